"""Quantity claims: figures with their speaker, side and scope."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from whoholds.records import Claim, ClaimKind, Quantity, QuantityKind, Source, Stance
from whoholds.stages.actors import ActorMention, MentionKind, fold_apostrophes
from whoholds.stages.agents import mentioned_side, own_side
from whoholds.stages.claims import make_claim
from whoholds.stages.page import Page, Spoken, enemy_of
from whoholds.stages.places import PlaceMention, reference
from whoholds.stages.quantities import SIDED, FoundQuantity, find_quantities
from whoholds.stages.segments import Sentence
from whoholds.stages.tagged_figures import tagged_figures
from whoholds.stages.voices import covering, voices
from whoholds.stages.whereabouts import SentenceView

#: Figures that are about a settlement where one is named beside its region.
_OF_SETTLEMENTS = frozenset(
    {QuantityKind.POPULATION, QuantityKind.CIVILIANS, QuantityKind.CHILDREN, QuantityKind.DISTANCE}
)


def figures_in(page: Page, piece: Sentence) -> list[FoundQuantity]:
    """Return the figures of a sentence, in document offsets."""
    context = page.document.text[max(0, piece.start - 160) : piece.start]
    text = fold_apostrophes(piece.text)
    found = find_quantities(text, page.reading.lexicon, context)
    if page.tagging is not None:
        found = tagged_figures(text, piece.start, found, page.tagging, page.reading.lexicon)
    return [replace(f, start=f.start + piece.start, end=f.end + piece.start) for f in found]


def quantity_claims(
    page: Page, piece: Sentence, figure: FoundQuantity, spoken: Sequence[Spoken], view: SentenceView
) -> Iterator[Claim]:
    """Yield the claim of one figure. A figure inside a denied statement is denied, once, by who denies it."""
    around = covering(spoken, figure.start)
    stands = list(voices(page, around, figure.stance))
    denied = [v for v in stands if v[1] is Stance.DENIES]
    chain, stance, content = denied[0] if denied else stands[0]
    place = _figure_place(page, figure, view)
    assumed = "+assumed-place" if place is not None and place is page.topic else ""
    yield make_claim(
        page, piece, ClaimKind.QUANTITY, figure.start, figure.end, chain, stance, content,
        quantity=_sided(page, figure, view, chain),
        place=reference(place) if place else None,
        rule=f"quantity:{figure.quantity.kind}{assumed}",
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


#: What befalls people: a side named beside it may be who did it.
_SUFFERED = frozenset(
    {QuantityKind.KILLED, QuantityKind.WOUNDED, QuantityKind.CASUALTIES, QuantityKind.CAPTURED_PEOPLE}
)


def _own_people(figure: FoundQuantity, view: SentenceView, page: Page) -> bool:
    """Whether a loss is told of the speaker's own: "his platoon has had four killed"."""
    before = view.text[: figure.end - view.start]
    return bool(page.reading.lexicon.grammar.patterns["own_people"].search(before))


def _victims(
    agents: Sequence[ActorMention], figure: FoundQuantity, view: SentenceView, page: Page
) -> list[ActorMention]:
    """The sides that a loss can be of: named in the figure's own words, or as who lost it. No other is guessed."""
    own = [a for a in agents if a.start < figure.end and figure.start < a.end]
    if own:
        return own
    g = page.reading.lexicon.grammar.patterns
    return [
        a
        for a in agents
        if a.end <= figure.start
        if g["lost_by"].match(view.text[a.end - view.start :]) or g["cost_to"].search(view.text[: a.start - view.start])
    ]


def _owner(page: Page, figure: FoundQuantity, view: SentenceView, chain: Sequence[Source]) -> str | None:
    """Whose a figure is, where a trained reader says that it is a side's: by its words, else by those nearest."""
    if figure.owner != "side" and not (figure.quantity.kind is QuantityKind.DURATION and view.actors):
        return figure.owner if figure.owner == "civilians" else None
    named = [a for a in view.actors if any(a.start < w.end and w.start < a.end for w in figure.whose)]
    if not named and _own_people(figure, view, page):
        return own_side(page, chain)
    agents = named or [a for a in view.actors if not any(b.start <= a.start < b.end for b in view.barred)]
    if not named and figure.quantity.kind in _SUFFERED | {QuantityKind.ENCIRCLED}:
        agents = _victims(agents, figure, view, page)
    near = min(agents, key=lambda a: max(a.start - figure.end, figure.start - a.end, 0), default=None)
    if near is not None:
        return mentioned_side(page, near, own_side(page, chain))
    return _understood_side(page, figure, chain)


def _understood_side(page: Page, figure: FoundQuantity, chain: Sequence[Source]) -> str | None:
    """Whose a figure is where no words say it: the trapped are defenders; a party tells its enemy's losses."""
    if figure.quantity.kind is QuantityKind.ENCIRCLED:
        return enemy_of(page, page.attacker)
    if figure.quantity.kind in _SUFFERED:
        return enemy_of(page, chain[-1].side)
    return chain[-1].side or page.attacker


def _sided(page: Page, figure: FoundQuantity, view: SentenceView, chain: Sequence[Source]) -> Quantity:
    quantity = figure.quantity
    if figure.owner is not None:
        return replace(quantity, side=_owner(page, figure, view, chain))
    if quantity.side or quantity.kind not in SIDED:
        return quantity
    agents = [a for a in view.actors if not any(b.start <= a.start < b.end for b in view.barred)]
    if quantity.kind in _SUFFERED:
        agents = _victims(agents, figure, view, page)
    near = min(agents, key=lambda a: max(a.start - figure.end, figure.start - a.end, 0), default=None)
    side = near.side if near else None
    if near is None and quantity.kind in _SUFFERED and _own_people(figure, view, page):
        side = own_side(page, chain)
    if near and near.kind in {MentionKind.ENEMY, MentionKind.OURS}:
        side = mentioned_side(page, near, own_side(page, chain))
    return replace(quantity, side=side)
