"""Made-up documents and claims for tests of the ledger."""

from __future__ import annotations

from whoholds.records import (
    Basis,
    Claim,
    ClaimKind,
    Document,
    MarkedSpan,
    Period,
    PlaceRef,
    Quantity,
    QuantityKind,
    Rejection,
    Relation,
    Role,
    Source,
    Span,
    SpanKind,
    Stance,
    Understanding,
    content_hash,
    document_id,
    stable_id,
)

RECORDED = "2026-01-01T00:00:00+00:00"
TEXT = "Old Mill fell on 3 May. The ministry said 40 soldiers were killed."


def document(
    name: str = "report-1",
    text: str = TEXT,
    url: str | None = None,
    published: str | None = "2025-05-04",
    outlet: str | None = "The Courier",
) -> Document:
    return Document(
        id=document_id(name, url, text),
        name=name,
        text=text,
        content_hash=content_hash(text),
        url=url,
        outlet=outlet,
        published=published,
        published_basis=Basis.METADATA if published else Basis.NONE,
        lang="en",
        title="Old Mill falls",
        marked=(MarkedSpan(start=0, end=8, kind=SpanKind.HEADLINE),) if len(text) > 8 else (),
        reader="text",
        origin_path=f"/in/{name}.txt",
    )


def understanding(doc: Document) -> Understanding:
    """A control claim on the first sentence and a quantity on the rest."""
    end = doc.text.find(".") + 1 or len(doc.text)
    claims = [_control(doc, end)]
    if doc.text[end:].strip():
        claims.append(_quantity(doc, end + 1))
    return Understanding(
        document=doc.id, claims=tuple(claims), relays=("Wire",), theatres=("mill",), warnings=("unsure of May",)
    )


def _control(doc: Document, end: int) -> Claim:
    return Claim(
        id=stable_id("c", doc.id, 0),
        document=doc.id,
        kind=ClaimKind.CONTROL,
        span=Span(start=0, end=end),
        quote=doc.text[:end],
        chain=(Source(name=doc.outlet or "unknown", role=Role.RELAY),),
        stance=Stance.ASSERTS,
        relation=Relation.CAPTURED,
        actor="XX",
        place=PlaceRef(
            mention="Old Mill", id="gn:1", name="Old Mill", names=("Mill",), part="north", lat=1.5, lon=2.25
        ),
        when=Period(start="2025-05-03", end="2025-05-03", basis=Basis.STATED, mention="3 May"),
        rule="fell",
    )


def _quantity(doc: Document, start: int) -> Claim:
    return Claim(
        id=stable_id("c", doc.id, 1),
        document=doc.id,
        kind=ClaimKind.QUANTITY,
        span=Span(start=start, end=len(doc.text)),
        quote=doc.text[start:],
        chain=(
            Source(name=doc.outlet or "unknown"),
            Source(
                name="Ministry",
                mention="The ministry",
                start=start,
                cue="said",
                actor="xx-mod",
                role=Role.PARTY,
                side="XX",
            ),
        ),
        stance=Stance.ASSERTS,
        content="40 soldiers were killed",
        said=Period(start="2025-05-04", end="2025-05-04", basis=Basis.ASSUMED),
        quantity=Quantity(kind=QuantityKind.KILLED, low=40, high=None, unit="people", side="YY", counted="soldiers"),
        rule="killed",
    )


def rejection(where: str = "/in/broken.jsonl:7") -> Rejection:
    what = "not JSON"
    return Rejection(
        id=stable_id("r", where, "json-broken", what), where=where, code="json-broken", what=what, do="mend the line"
    )


def read(*documents: Document) -> list[tuple[Document, Understanding]]:
    return [(doc, understanding(doc)) for doc in documents]
