"""Figures that a trained reader found: what a number counts; its value is read by the grammar of numbers. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from whoholds.records import QuantityKind, TaggedFigure, Tagging
from whoholds.records.lexicon import Counted, Lexicon
from whoholds.stages.quantities import FoundQuantity, quantity_of

_PERSONS = frozenset(
    {QuantityKind.TROOPS, QuantityKind.KILLED, QuantityKind.WOUNDED, QuantityKind.CASUALTIES, QuantityKind.ENCIRCLED,
     QuantityKind.POPULATION, QuantityKind.CIVILIANS, QuantityKind.CHILDREN, QuantityKind.CAPTURED_PEOPLE}
)  # fmt: skip
#: Kinds that the nouns of the lexicon tell but loosely: what befell the people, the reader sees better.
_LOOSE = frozenset({QuantityKind.TROOPS, QuantityKind.OTHER, QuantityKind.POPULATION, QuantityKind.CIVILIANS})
_CIVILIANS = frozenset({QuantityKind.POPULATION, QuantityKind.CIVILIANS, QuantityKind.CHILDREN})


def tagged_figures(
    text: str, offset: int, ruled: Sequence[FoundQuantity], tagging: Tagging, lexicon: Lexicon
) -> list[FoundQuantity]:
    """Return the figures of a sentence, in its offsets: those of the rules as the reader sees them, and its own.

    A figure that the rules found and the reader did not is kept: the words beside it say what it counts.
    """
    tagged = [t for t in tagging.figures if offset <= t.number.start < offset + len(text)]
    found: list[FoundQuantity] = []
    for figure in ruled:
        twin = next(
            (t for t in tagged if t.number.start - offset < figure.end and figure.start < t.number.end - offset), None
        )
        found.append(_corrected(figure, twin, text, offset, lexicon) if twin else figure)
    for t in tagged:
        start, end = t.number.start - offset, t.number.end - offset
        if any(start < f.end and f.start < end for f in ruled):
            continue
        made = _read(t, text, offset, lexicon)
        if made is not None and not any(made.start < f.end and f.start < made.end for f in found):
            found.append(made)
    return sorted(found, key=lambda f: f.start)


def _corrected(figure: FoundQuantity, twin: TaggedFigure, text: str, offset: int, lexicon: Lexicon) -> FoundQuantity:
    """A figure of the rules with the stance that the reader gives it, and its kind where the words leave it open."""
    quantity = figure.quantity
    if twin.kind is not quantity.kind and quantity.kind in _LOOSE:
        counted = _counted(twin, text, offset, lexicon)
        side = "civilians" if twin.kind in _CIVILIANS else None
        quantity = replace(
            quantity, kind=twin.kind, unit=counted.unit if counted.unit != "noun" else quantity.unit, side=side
        )
    return _owned(replace(figure, quantity=quantity), twin)


def _owned(figure: FoundQuantity, t: TaggedFigure) -> FoundQuantity:
    return replace(figure, stance=t.stance, owner=t.owner, whose=t.whose)


def _read(t: TaggedFigure, text: str, offset: int, lexicon: Lexicon) -> FoundQuantity | None:
    words = " ".join(
        text[s.start - offset : s.end - offset] for s in t.counted if offset <= s.start < offset + len(text)
    )
    made = quantity_of(
        text, t.number.start - offset, t.number.end - offset, _counted(t, text, offset, lexicon), words, lexicon
    )
    return _owned(made, t) if made else None


def _counted(t: TaggedFigure, text: str, offset: int, lexicon: Lexicon) -> Counted:
    """What a tagged figure counts, with the unit of its kind."""
    unit = "noun"
    after = text[t.number.end - offset : t.number.end - offset + 25]
    if t.kind in _PERSONS:
        unit = "persons"
    elif t.kind is QuantityKind.SHARE:
        unit = "percent"
    elif t.kind is QuantityKind.GROUPS:
        unit = "groups"
    elif t.kind in {QuantityKind.AREA, QuantityKind.DISTANCE}:
        unit = _measure(t.kind, after + text[t.number.start - offset : t.number.end - offset], lexicon)
    return Counted(id="reader", kind=t.kind, unit=unit, pattern="", example="",
                   side="civilians" if t.kind in _CIVILIANS else None)  # fmt: skip


def _measure(kind: QuantityKind, after: str, lexicon: Lexicon) -> str:
    """The unit that the words behind a number name, among those of its kind; kilometres where none does."""
    for pattern, counted in lexicon.counted:
        if counted.kind is kind and re.search(rf"\b(?:{pattern.pattern})", after, re.IGNORECASE):
            return counted.unit
    return "km2" if kind is QuantityKind.AREA else "km"
