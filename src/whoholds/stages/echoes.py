"""Denials and doubts without a predicate of their own: they take up the last claim about their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from whoholds.records import Claim, ClaimKind, Relation, Source, Span, Stance
from whoholds.stages.claims import make_claim
from whoholds.stages.page import Page, Spoken, enemy_of
from whoholds.stages.places import PlaceMention, reference
from whoholds.stages.segments import Sentence
from whoholds.stages.voices import chain_of
from whoholds.stages.whereabouts import SentenceView

_CLAIMED = frozenset({Relation.CAPTURED, Relation.HOLDS, Relation.HOLDS_PART, Relation.ENCIRCLES, Relation.ENTERED})
#: What a report is more often doubted for than that somebody still holds on.
_GAINS = frozenset({Relation.CAPTURED, Relation.HOLDS_PART, Relation.ENCIRCLES, Relation.ENTERED})


def echoes(
    page: Page, piece: Sentence, spoken: Sequence[Spoken], made: Sequence[Claim], view: SentenceView
) -> Iterator[Claim]:
    """A denial or doubt without a predicate of its own takes up the last claim about its place.

    "Kyiv rejected this", "Reuters could not verify the report from Hirnyk".
    """
    for item in spoken:
        a = item.attribution
        content = page.document.text[a.content.start : a.content.end]
        if a.stance is Stance.ASSERTS or a.frame == "noun" or any(_within(c, a.content) for c in made):
            continue
        if len(content.split(", and ")[0].split()) > 16 or not page.reading.lexicon.grammar.patterns[
            "echo_object"
        ].search(content):
            continue
        named = [p for p in view.places if p.settlement and a.content.start <= p.start < a.content.end]
        plural = page.reading.lexicon.grammar.patterns["plural_anaphor"].search(content)
        for place in named or (page.several if plural else None) or ([page.topic] if page.topic else []):
            echoed = _last_about(page, place, item.speaker)
            relation, actor = _echoed_roles(page, echoed, item.speaker, bool(named))
            if relation is None:
                continue
            start = item.attribution.cue.start
            yield make_claim(
                page, piece, ClaimKind.CONTROL, min(start, a.content.start), max(a.cue.end, a.content.end),
                chain_of(page, [item.speaker]), a.stance, content,
                relation=relation, actor=actor, place=replace(reference(place), part=None), rule="echo",
            )  # fmt: skip


def _echoed_roles(page: Page, echoed: Claim | None, speaker: Source, named: bool) -> tuple[Relation | None, str | None]:
    """What is doubted: the last claim about the place; else, where a party denies a named place, its capture."""
    if echoed is not None:
        return echoed.relation, echoed.actor
    if named and speaker.side:
        return Relation.CAPTURED, enemy_of(page, speaker.side)
    return None, None


def _within(claim: Claim, span: Span) -> bool:
    return claim.kind is ClaimKind.CONTROL and claim.span.start < span.end and span.start < claim.span.end


def _last_about(page: Page, place: PlaceMention, doubter: Source) -> Claim | None:
    """The claim a denial or doubt is about: of a gain before one of holding on, never of the doubter's own side."""
    about = [
        c
        for c in reversed(page.claims)
        if c.kind is ClaimKind.CONTROL and c.place is not None and place.chosen is not None
        if c.place.id == place.chosen.id and c.stance is Stance.ASSERTS and c.relation in _CLAIMED
        if doubter.side is None or c.actor != doubter.side
    ]
    gains = [c for c in about if c.relation in _GAINS]
    return next(iter(gains or about), None)
