"""Rows to records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

import msgspec

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
    Section,
    Source,
    Span,
    SpanKind,
    Stance,
    Statement,
)

__all__ = ["claim_of", "document_of", "rejection_of", "statement_of"]

Row = Mapping[str, Any]

_STATEMENT_FIELDS = tuple(field.name for field in fields(Statement))


def statement_of(row: Row) -> Statement:
    """Return a row of the ``statements`` view; further columns of a query are left out."""
    values = {name: row[name] for name in _STATEMENT_FIELDS}
    values["section"] = Section(row["section"])
    values["stance"] = Stance(row["stance"])
    values["chain"] = _list(row["chain"])
    values["speaker_role"] = _maybe(Role, row["speaker_role"])
    values["relation"] = _maybe(Relation, row["relation"])
    values["quantity_kind"] = _maybe(QuantityKind, row["quantity_kind"])
    values["own_voice"] = bool(row["own_voice"])
    values["approx"] = bool(row["approx"])
    return Statement(**values)


def document_of(row: Row, marks: Iterable[Row] = ()) -> Document:
    """Return a document with the metadata of its newest understanding."""
    return Document(
        id=row["id"],
        name=row["name"],
        text=row["text"],
        content_hash=row["content_hash"],
        url=row["url"],
        outlet=row["outlet"],
        published=row["published"],
        published_basis=Basis(row["published_basis"]),
        lang=row["lang"],
        title=row["title"],
        marked=tuple(MarkedSpan(start=m["start"], end=m["end"], kind=SpanKind(m["kind"])) for m in marks),
        reader=row["reader"],
        origin_path=row["origin_path"],
    )


def claim_of(row: Row, sources: Sequence[Row]) -> Claim:
    """Return a claim from its row and the rows of its chain, outermost first."""
    return Claim(
        id=row["id"],
        document=row["document"],
        kind=ClaimKind(row["kind"]),
        span=Span(start=row["start"], end=row["end"]),
        quote=row["quote"],
        chain=tuple(_source_of(source) for source in sources),
        stance=Stance(row["stance"]),
        section=Section(row["section"]),
        content=row["content"],
        relation=_maybe(Relation, row["relation"]),
        actor=row["actor"],
        place=_place_of(row),
        when=_period_of("when", row),
        said=_period_of("said", row),
        quantity=_quantity_of(row),
        rule=row["rule"],
    )


def rejection_of(row: Row) -> Rejection:
    """Return a rejection from its row."""
    return Rejection(id=row["id"], where=row["where"], code=row["code"], what=row["what"], do=row["do"])


def _source_of(row: Row) -> Source:
    return Source(
        name=row["name"],
        mention=row["mention"],
        start=row["start"],
        cue=row["cue"],
        actor=row["actor"],
        role=_maybe(Role, row["role"]),
        side=row["side"],
    )


def _place_of(row: Row) -> PlaceRef | None:
    if row["place_mention"] is None:
        return None
    return PlaceRef(
        mention=row["place_mention"],
        id=row["place_id"],
        name=row["place_name"],
        names=_list(row["place_names"]),
        part=row["place_part"],
        area=row["place_area"],
        lat=row["place_lat"],
        lon=row["place_lon"],
        candidates=_list(row["place_candidates"]),
    )


def _period_of(prefix: str, row: Row) -> Period | None:
    basis = row[f"{prefix}_basis"]
    if basis is None:
        return None
    return Period(
        start=row[f"{prefix}_start"],
        end=row[f"{prefix}_end"],
        basis=Basis(basis),
        mention=row[f"{prefix}_mention"],
    )


def _quantity_of(row: Row) -> Quantity | None:
    if row["quantity_kind"] is None:
        return None
    return Quantity(
        kind=QuantityKind(row["quantity_kind"]),
        low=row["low"],
        high=row["high"],
        unit=row["unit"],
        approx=bool(row["approx"]),
        side=row["quantity_side"],
        counted=row["counted"],
    )


def _maybe(kind: Any, value: str | None) -> Any:
    return None if value is None else kind(value)


def _list(text: str) -> tuple[str, ...]:
    return tuple(msgspec.json.decode(text))
