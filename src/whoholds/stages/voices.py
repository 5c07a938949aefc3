"""Chains of attribution and stances: who, through whom, and how each stands to what is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whoholds.records import Source, Stance
from whoholds.stages.actors import fold_apostrophes
from whoholds.stages.attributions import Attribution
from whoholds.stages.page import Page, Spoken


def covering(spoken: Sequence[Spoken], at: int) -> list[Spoken]:
    """The attributions whose content holds an offset, outermost first."""
    inside = [s for s in spoken if s.attribution.content.start <= at < s.attribution.content.end]
    return sorted(inside, key=lambda s: s.attribution.content.start - s.attribution.content.end)


def chain_of(page: Page, speakers: Sequence[Source]) -> tuple[Source, ...]:
    """Publisher, document-level relays, speakers; nobody twice, an own voice alone."""
    if not speakers:
        return (page.publisher,)
    speakers = [s for s in speakers if s.name != page.publisher.name]
    if not speakers:
        return (page.publisher,)
    speakers = [s for i, s in enumerate(speakers) if i == 0 or s.name != speakers[i - 1].name]
    *outer, origin = speakers
    named = {s.name: s for s in outer}
    credited = {r.name for r in page.relays}
    relays = tuple(named.get(r.name, r) for r in page.relays if r.name != origin.name)
    return (page.publisher, *relays, *(s for s in outer if s.name not in credited), origin)


def voices(
    page: Page, around: Sequence[Spoken], inner: Stance
) -> Iterator[tuple[tuple[Source, ...], Stance, str | None]]:
    """Yield a chain, stance and content for each speaker who takes a stand on what is said.

    The innermost speaker asserts or denies it; each outer one who denies, or is unsure, does so too: a reported
    denial holds two claims.
    """
    if not around:
        yield chain_of(page, ()), inner, None
        return
    speakers = [s.speaker for s in around]
    text = page.document.text
    last = around[-1].attribution
    yield chain_of(page, speakers), _combined(inner, last.stance), text[last.content.start : last.content.end]
    for depth, outer in enumerate(around[:-1]):
        a = outer.attribution
        stance = _combined(_verdict(page, a, last), a.stance)
        if stance is not Stance.ASSERTS:
            yield chain_of(page, speakers[: depth + 1]), stance, text[a.content.start : a.content.end]


def _verdict(page: Page, outer: Attribution, inner: Attribution) -> Stance:
    """What an outer content says of the inner one behind it: "... were untrue"."""
    tail = fold_apostrophes(page.document.text[inner.content.end : outer.content.end])
    return (
        Stance.DENIES
        if page.reading.lexicon.grammar.patterns["verdict_tail"].search(" " + tail.strip())
        else Stance.ASSERTS
    )


def _combined(inner: Stance, outer: Stance) -> Stance:
    if Stance.UNSURE in (inner, outer):
        return Stance.UNSURE
    return Stance.DENIES if Stance.DENIES in (inner, outer) else Stance.ASSERTS
