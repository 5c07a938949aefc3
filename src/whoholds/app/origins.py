"""Which documents are no independent reports of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoholds.app.evidence import copies_among
from whoholds.engines.evidence_rules import load_rules
from whoholds.queries.document_groups import document_groups
from whoholds.queries.origins import origins, text_groups
from whoholds.queries.statements import listing
from whoholds.records import Origin

if TYPE_CHECKING:
    from whoholds.app.workspace import Workspace

__all__ = ["origin_groups"]


def origin_groups(workspace: Workspace) -> tuple[Origin, ...]:
    """Return the groups of documents for ``export origins`` (see ``queries.document_groups``)."""
    with workspace.ledger() as ledger:
        documents = list(ledger.documents())
        copies = copies_among(ledger, [document.id for document in documents])
        statements = ledger.statements(listing())
    about = [statement for statement in statements if statement.kind != "statement"]
    found = origins(about, text_groups(copies), occasion_days=load_rules().occasion_days)
    return document_groups(documents, copies, found)
