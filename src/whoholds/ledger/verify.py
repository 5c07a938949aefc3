"""What must hold of a reading before it is written. A breach is our own fault, never the report's."""

from __future__ import annotations

from whoholds.errors import InternalError, QuoteMismatch
from whoholds.records import Basis, Claim, Document, Period, Understanding, content_hash, document_id

__all__ = ["verify"]


def verify(document: Document, understanding: Understanding) -> None:
    """Raise ``QuoteMismatch`` or ``InternalError`` unless the reading can be traced to the document.

    Every quote is the slice that it says it is, every claim has a speaker, every value a basis, and ids
    are those of the content.
    """
    if understanding.document != document.id:
        raise InternalError(f"an understanding of {understanding.document} was given for {document.id}")
    if document.id != document_id(document.name, document.url, document.text):
        raise InternalError(f"the id {document.id} is not that of the document {document.name}")
    if document.content_hash != content_hash(document.text):
        raise InternalError(f"the content hash of {document.name} is not that of its text")
    if document.published is not None and document.published_basis is Basis.NONE:
        raise InternalError(f"{document.name} has a publication date without a basis")
    seen: dict[str, Claim] = {}
    for claim in understanding.claims:
        _verify_claim(document, claim)
        if seen.setdefault(claim.id, claim) != claim:
            raise InternalError(f"two claims of {document.name} share the id {claim.id}")


def _verify_claim(document: Document, claim: Claim) -> None:
    where = f"claim {claim.id} of {document.name}"
    start, end = claim.span.start, claim.span.end
    if not 0 <= start < end or document.text[start:end] != claim.quote:
        raise QuoteMismatch(f"{where}: the quote is not text[{start}:{end}]")
    if claim.document != document.id:
        raise InternalError(f"{where} belongs to {claim.document}")
    if not claim.chain:
        raise InternalError(f"{where} has no speaker")
    for period in (claim.when, claim.said):
        _verify_period(where, period)


def _verify_period(where: str, period: Period | None) -> None:
    if period is not None and period.basis is Basis.NONE and (period.start or period.end):
        raise InternalError(f"{where} has a date without a basis")
