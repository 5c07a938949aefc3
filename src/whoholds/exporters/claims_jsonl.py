"""Claims as JSON Lines: the export that is measured (docs/architecture.md, design note section 6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from whoholds.records import Claim, ClaimKind, Period, PlaceRef, Quantity, Source

__all__ = ["claim_object", "claims_jsonl"]

_ENCODER = msgspec.json.Encoder()


def claims_jsonl(claims: Iterable[Claim], document_names: Mapping[str, str]) -> Iterator[bytes]:
    """Yield one line a claim. ``document_names`` maps a document's id to the report's own id."""
    for claim in claims:
        yield _ENCODER.encode(claim_object(claim, document_names[claim.document])) + b"\n"


def claim_object(claim: Claim, document_name: str) -> dict[str, Any]:
    """Return one claim as the export's JSON object; absent values are null, never left out."""
    control = claim.kind is ClaimKind.CONTROL
    return {
        "id": claim.id,
        "document": document_name,
        "start": claim.span.start,
        "end": claim.span.end,
        "quote": claim.quote,
        "content": claim.content,
        "kind": claim.kind,
        "attribution": [_source(source) for source in claim.chain],
        "stance": claim.stance,
        "when": _when(claim.when),
        "place": _place(claim.place),
        "actor": claim.actor if control else None,
        "relation": claim.relation if control else None,
        "quantity": _quantity(claim.quantity, claim.place),
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "source": source.name,
        "mention": source.mention,
        "cue": source.cue,
        "role": source.role,
        "side": source.side,
    }


def _when(period: Period | None) -> dict[str, Any] | None:
    return None if period is None else {"start": period.start, "end": period.end, "basis": period.basis}


def _place(place: PlaceRef | None) -> dict[str, Any] | None:
    """Keep an undecided place too: its id is null, its name the words of the text."""
    if place is None:
        return None
    name = place.name or place.mention
    return {
        "id": place.id,
        "name": name,
        "names": list(place.names) or [name],
        "part": place.part,
        "lat": place.lat,
        "lon": place.lon,
    }


def _quantity(quantity: Quantity | None, scope: PlaceRef | None) -> dict[str, Any] | None:
    if quantity is None:
        return None
    return {
        "kind": quantity.kind,
        "low": quantity.low,
        "high": quantity.high,
        "unit": quantity.unit,
        "approx": quantity.approx,
        "side": quantity.side,
        "place": (scope.name or scope.mention) if scope else None,
    }
