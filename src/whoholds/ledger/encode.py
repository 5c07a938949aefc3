"""Records to rows: what one reading of a document adds to each table."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import msgspec

from whoholds.ledger.urls import url_key
from whoholds.records import Claim, Document, Period, PlaceRef, Quantity, Rejection, Source, Understanding, stable_id

__all__ = ["Provenance", "digest", "document_row", "reading_rows", "rejection_row", "understanding_id"]

Row = dict[str, Any]

#: The tables that one understanding fills, parents before children.
READING_TABLES = ("understandings", "marked_spans", "relays", "warnings", "claims", "sources")

#: Columns outside the digest: they say where a row lies, not what it says.
_PLACING = frozenset({"seq", "batch", "recorded", "digest"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Who wrote a batch: the program, the kind of understanding with its version, and the settings."""

    tool_version: str = ""
    understanding: str = ""
    version: str = ""
    settings: str = "{}"


def understanding_id(document: Document, by: Provenance) -> str:
    """Return the id of this document as understood by this program.

    It changes with the text, with the metadata taken as true (date, outlet, language, title, marked
    spans) and with the code and data that understand it; so an unchanged input is known before it is
    understood again.
    """
    marks = _json([(mark.start, mark.end, mark.kind) for mark in document.marked])
    facts = (document.published, document.published_basis, document.outlet, document.lang, document.title, marks)
    return stable_id("u", document.id, by.understanding, by.version, *facts)


def document_row(document: Document) -> Row:
    """Return the row of ``documents``, without ``recorded`` and ``batch``."""
    return {
        "id": document.id,
        "name": document.name,
        "url": document.url,
        "url_key": url_key(document.url),
        "outlet": document.outlet,
        "published": document.published,
        "published_basis": str(document.published_basis),
        "lang": document.lang,
        "title": document.title,
        "text": document.text,
        "content_hash": document.content_hash,
        "reader": document.reader,
        "origin_path": document.origin_path,
    }


def reading_rows(document: Document, understanding: Understanding, by: Provenance) -> dict[str, list[Row]]:
    """Return the rows of each table that one understanding fills, with its digest."""
    key = understanding_id(document, by)
    claims = list({claim.id: claim for claim in understanding.claims}.values())
    rows: dict[str, list[Row]] = {
        "understandings": [_understanding_row(key, document, understanding, by)],
        "marked_spans": [
            {"understanding": key, "position": n, "start": mark.start, "end": mark.end, "kind": str(mark.kind)}
            for n, mark in enumerate(document.marked)
        ],
        "relays": [{"understanding": key, "position": n, "name": name} for n, name in enumerate(understanding.relays)],
        "warnings": [{"understanding": key, "position": n, "text": w} for n, w in enumerate(understanding.warnings)],
        "claims": [{"understanding": key, **_claim_row(claim)} for claim in claims],
        "sources": [
            {"understanding": key, "claim": claim.id, "position": n, **_source_row(source)}
            for claim in claims
            for n, source in enumerate(claim.chain)
        ],
    }
    rows["understandings"][0]["digest"] = digest(rows)
    return rows


def rejection_row(rejection: Rejection) -> Row:
    """Return the row of ``rejections``, without ``recorded`` and ``batch``."""
    return {
        "id": rejection.id,
        "where": rejection.where,
        "code": rejection.code,
        "what": rejection.what,
        "do": rejection.do,
    }


def digest(rows: dict[str, list[Row]]) -> str:
    """Return a hash over all that one understanding says, the same for records and for stored rows.

    Empty columns are left out, so that a later schema can add some. Claims and sources count as a set,
    numbered lists carry their position.
    """
    lines = sorted(
        _json([table, sorted((k, _plain(v)) for k, v in row.items() if v is not None and k not in _PLACING)])
        for table in READING_TABLES
        for row in rows.get(table, ())
    )
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


def _understanding_row(key: str, document: Document, understanding: Understanding, by: Provenance) -> Row:
    return {
        "id": key,
        "document": document.id,
        "understanding": by.understanding,
        "version": by.version,
        "published": document.published,
        "published_basis": str(document.published_basis),
        "outlet": document.outlet,
        "lang": document.lang,
        "title": document.title,
        "theatres": _json(understanding.theatres),
    }


def _claim_row(claim: Claim) -> Row:
    return {
        "id": claim.id,
        "document": claim.document,
        "kind": str(claim.kind),
        "start": claim.span.start,
        "end": claim.span.end,
        "quote": claim.quote,
        "content": claim.content,
        "section": str(claim.section),
        "stance": str(claim.stance),
        "chain": _json([source.name for source in claim.chain]),
        "depth": len(claim.chain),
        "relation": _name(claim.relation),
        "actor": claim.actor,
        **_place_columns(claim.place),
        **_period_columns("when", claim.when),
        **_period_columns("said", claim.said),
        **_quantity_columns(claim.quantity),
        "rule": claim.rule,
    }


def _place_columns(place: PlaceRef | None) -> Row:
    return {
        "place_id": place.id if place else None,
        "place_name": place.name if place else None,
        "place_mention": place.mention if place else None,
        "place_names": _json(place.names) if place else None,
        "place_part": place.part if place else None,
        "place_area": place.area if place else None,
        "place_lat": _number(place.lat) if place else None,
        "place_lon": _number(place.lon) if place else None,
        "place_candidates": _json(place.candidates) if place else None,
    }


def _period_columns(prefix: str, period: Period | None) -> Row:
    return {
        f"{prefix}_start": period.start if period else None,
        f"{prefix}_end": period.end if period else None,
        f"{prefix}_basis": str(period.basis) if period else None,
        f"{prefix}_mention": period.mention if period else None,
    }


def _quantity_columns(quantity: Quantity | None) -> Row:
    return {
        "quantity_kind": str(quantity.kind) if quantity else None,
        "low": _number(quantity.low) if quantity else None,
        "high": _number(quantity.high) if quantity else None,
        "unit": quantity.unit if quantity else None,
        "approx": quantity.approx if quantity else None,
        "quantity_side": quantity.side if quantity else None,
        "counted": quantity.counted if quantity else None,
    }


def _source_row(source: Source) -> Row:
    return {
        "name": source.name,
        "mention": source.mention,
        "start": source.start,
        "cue": source.cue,
        "actor": source.actor,
        "role": _name(source.role),
        "side": source.side,
    }


def _name(value: str | None) -> str | None:
    return None if value is None else str(value)


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)


def _plain(value: object) -> object:
    """Return a value as the database gives it back."""
    return int(value) if isinstance(value, bool) else value


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
