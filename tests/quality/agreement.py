"""In what a claim agrees with a gold row: its passage, and each thing it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from quality.naming import folded, same_speaker, side_code

Row = Mapping[str, Any]
Interval = tuple[int, int]

#: Relations that a reader would take for one another.
RELATION_GROUPS = {
    "captured": "hold",
    "holds": "hold",
    "withdrew": "hold",
    "holds_part": "part",
    "entered": "part",
    "contested": "contest",
    "repelled": "contest",
    "advances": "contest",
    "encircles": "ring",
    "near_encircles": "ring",
    "near_capture": "near",
}

#: Kinds of people whose side is always "civilians", whether it is said or not.
CIVILIAN_KINDS = frozenset({"population", "civilians", "children"})


def passage(text: str, quote: str | None, near: int | None = None) -> Interval | None:
    """Return where a quote stands in a text: at or just before ``near`` where it does, else first; or None."""
    if not quote:
        return None
    start = -1 if near is None else text.find(quote, max(0, near - 5))
    if start < 0:
        start = text.find(quote)
    return (start, start + len(quote)) if start >= 0 else None


def overlap(one: Interval | None, other: Interval | None) -> float:
    """Return the characters two passages share, as a share of the shorter one."""
    if one is None or other is None:
        return 0.0
    shared = min(one[1], other[1]) - max(one[0], other[0])
    shorter = min(one[1] - one[0], other[1] - other[0])
    return max(0, shared) / max(1, shorter)


def wording(one: object, other: object) -> float:
    """Return how far two passages say the same words: F1 over their folded words, counted."""
    left, right = Counter(folded(one).split()), Counter(folded(other).split())
    shared = (left & right).total()
    return 2 * shared / (left.total() + right.total()) if shared else 0.0


def origin_of(claim: Row) -> str:
    """Return the name of the innermost source: who is the origin."""
    chain = claim.get("attribution") or []
    if not chain:
        return "outlet"
    return str((chain[-1] or {}).get("source", ""))


def control_agreement(gold: Row, claim: Row) -> dict[str, bool]:
    """Say in what a control claim agrees with a gold row."""
    relation = claim.get("relation")
    return {
        "place": folded(gold["place"]) in _place_names(claim.get("place")),
        "group": RELATION_GROUPS.get(gold["relation"]) == RELATION_GROUPS.get(str(relation)),
        "relation": gold["relation"] == relation,
        "actor": gold["relation"] == "contested" or _same_side(gold.get("actor"), claim.get("actor")),
        "stance": gold["stance"] == claim.get("stance"),
        "source": _same_origin(gold, claim),
    }


def quantity_agreement(gold: Row, claim: Row) -> dict[str, bool]:
    """Say in what a figure agrees with a gold row. ``bound``: one end of the range agrees at least."""
    figure = claim.get("quantity") or {}
    wanted, got = _range(gold), _range(figure)
    unspoken = gold["kind"] in CIVILIAN_KINDS and figure.get("side") in (None, "civilians")
    return {
        "value": wanted == got,
        "bound": bool((set(wanted) & set(got)) - {None}),
        "kind": gold["kind"] == figure.get("kind"),
        "unit": gold.get("unit") == figure.get("unit"),
        "side": unspoken or _same_side(gold.get("side"), figure.get("side")),
        "stance": gold["stance"] == claim.get("stance"),
        "source": _same_origin(gold, claim),
    }


def _place_names(place: Any) -> set[str]:
    if isinstance(place, Mapping):
        return {folded(place.get("name")), *map(folded, place.get("names", []))}
    return {folded(place)}


def _same_side(one: str | None, other: str | None) -> bool:
    return side_code(one) == side_code(other)


def _same_origin(gold: Row, claim: Row) -> bool:
    if gold["source"] == "outlet":
        return len(claim.get("attribution") or []) <= 1
    return same_speaker(gold["source"], origin_of(claim))


def _range(figure: Row) -> tuple[float | None, float | None]:
    return _number(figure.get("low")), _number(figure.get("high"))


def _number(value: Any) -> float | None:
    return None if value is None else round(float(value), 6)
