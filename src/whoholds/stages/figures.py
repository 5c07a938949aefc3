"""Quantity claims: figures with their speaker, side and scope."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from whoholds.records import Claim, ClaimKind, Quantity, QuantityKind, Source, Stance
from whoholds.stages.actors import MentionKind, fold_apostrophes
from whoholds.stages.agents import own_side
from whoholds.stages.claims import make_claim
from whoholds.stages.page import Page, Spoken
from whoholds.stages.places import PlaceMention, reference
from whoholds.stages.quantities import SIDED, FoundQuantity, find_quantities
from whoholds.stages.segments import Sentence
from whoholds.stages.voices import covering, voices
from whoholds.stages.whereabouts import SentenceView

#: Figures that are about a settlement where one is named beside its region.
_OF_SETTLEMENTS = frozenset(
    {QuantityKind.POPULATION, QuantityKind.CIVILIANS, QuantityKind.CHILDREN, QuantityKind.DISTANCE}
)


def figures_in(page: Page, piece: Sentence) -> list[FoundQuantity]:
    """Return the figures of a sentence, in document offsets."""
    context = page.document.text[max(0, piece.start - 160) : piece.start]
    found = find_quantities(fold_apostrophes(piece.text), page.reading.lexicon, context)
    return [replace(f, start=f.start + piece.start, end=f.end + piece.start) for f in found]


def quantity_claims(
    page: Page, piece: Sentence, figure: FoundQuantity, spoken: Sequence[Spoken], view: SentenceView
) -> Iterator[Claim]:
    """Yield the claim of one figure. A figure inside a denied statement is denied, once, by who denies it."""
    around = covering(spoken, figure.start)
    stands = list(voices(page, around, Stance.ASSERTS))
    denied = [v for v in stands if v[1] is Stance.DENIES]
    chain, stance, content = denied[0] if denied else stands[0]
    place = _figure_place(page, figure, view)
    yield make_claim(
        page, piece, ClaimKind.QUANTITY, figure.start, figure.end, chain, stance, content,
        quantity=_sided(page, figure, view, chain),
        place=reference(place) if place else None,
        rule=f"quantity:{figure.quantity.kind}",
    )  # fmt: skip


def _figure_place(page: Page, figure: FoundQuantity, view: SentenceView) -> PlaceMention | None:
    """The scope of a figure: the settlement nearest to it in the sentence, else the place talked about."""
    near = [p for p in view.places if p.chosen is not None]
    behind = next((p for p in near if 0 <= p.start - figure.end < 40), None)
    scope = page.reading.lexicon.grammar.patterns["scope_gap"]
    if behind and scope.fullmatch(page.document.text[figure.end : behind.start]):
        return behind
    settlements = [p for p in near if p.settlement]
    near = settlements if settlements and figure.quantity.kind in _OF_SETTLEMENTS else near
    if near:
        return min(near, key=lambda p: max(p.start - figure.end, figure.start - p.end, 0))
    return page.topic


def _sided(page: Page, figure: FoundQuantity, view: SentenceView, chain: Sequence[Source]) -> Quantity:
    quantity = figure.quantity
    if quantity.side or quantity.kind not in SIDED:
        return quantity
    agents = [a for a in view.actors if not any(b.start <= a.start < b.end for b in view.barred)]
    near = min(agents, key=lambda a: max(a.start - figure.end, figure.start - a.end, 0), default=None)
    side = near.side if near else None
    if near and near.kind is MentionKind.ENEMY:
        side = page.reading.index.enemy_of(own_side(page, chain)) or page.attacker
    elif near and near.kind is MentionKind.OURS:
        side = own_side(page, chain)
    return replace(quantity, side=side)
