"""One claim down to its sentence: who says it through whom, what was read, and by which entry of the word data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from whoholds.exporters.claims_jsonl import claim_object
from whoholds.exporters.passages import Passage, passage
from whoholds.records import Claim, Document

if TYPE_CHECKING:
    from whoholds.app.workspace import Workspace

__all__ = ["ClaimTrace", "is_claim_id", "trace", "trace_json"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTrace:
    """A claim, the document that carries it, and the words around it."""

    claim: Claim
    document: Document
    passage: Passage


def is_claim_id(text: str) -> bool:
    """Say whether a text is a claim's id and not the name of a place."""
    prefix, dash, digits = text.partition("-")
    return (prefix, dash) == ("c", "-") and len(digits) >= 8 and all(char in "0123456789abcdef" for char in digits)


def trace(workspace: Workspace, claim_id: str) -> ClaimTrace:
    """Return a claim with its document. Raises ``NotFound``."""
    with workspace.ledger() as ledger:
        claim = ledger.claim(claim_id)
        document = ledger.document(claim.document)
    around = workspace.settings.context_chars
    words = passage(document.text, claim.span.start, claim.span.end, claim.quote, around)
    return ClaimTrace(claim=claim, document=document, passage=words)


def trace_json(found: ClaimTrace) -> dict[str, Any]:
    """Return the claim as the export has it, with the rule that read it and the words around it."""
    return {
        **claim_object(found.claim, found.document.name),
        "rule": found.claim.rule,
        "section": found.claim.section,
        "before": found.passage.before,
        "after": found.passage.after,
        "outlet": found.document.outlet,
        "url": found.document.url,
        "published": found.document.published,
    }
