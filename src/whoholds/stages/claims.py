"""Claims from findings: span, quote, chain, stance, roles and time, with a content id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from whoholds.records import (
    Basis,
    Claim,
    ClaimKind,
    Document,
    Period,
    PlaceRef,
    Quantity,
    Relation,
    Section,
    Source,
    Span,
    Stance,
    stable_id,
)
from whoholds.stages.actors import fold_apostrophes
from whoholds.stages.agents import side_of, speaks_of_itself
from whoholds.stages.control import ControlFinding
from whoholds.stages.page import Page, Spoken
from whoholds.stages.places import reference
from whoholds.stages.segments import Sentence
from whoholds.stages.times import find_period
from whoholds.stages.voices import chain_of, covering, voices


def control_claims(page: Page, piece: Sentence, finding: ControlFinding, spoken: Sequence[Spoken]) -> Iterator[Claim]:
    """Yield a claim for each speaker who takes a stand on a finding: a reported denial holds two."""
    around = covering(spoken, finding.anchor)
    denied = bool(around) and around[-1].attribution.stance is Stance.DENIES
    if around and (whose := speaks_of_itself(page, finding, around[-1].attribution.content.start)):
        finding = replace(finding, actor=whose)
    words = chain_of(page, [s.speaker for s in around])  # "it" and "ours" are the innermost speaker's
    side = side_of(page, finding, words, denied)
    for chain, stance, content in voices(page, around, finding.stance):
        yield make_claim(
            page, piece, ClaimKind.CONTROL, finding.start, finding.end, chain, stance, content,
            relation=finding.relation,
            actor=side,
            place=reference(finding.place, finding.part),
            rule=finding.rule if finding.actor is not None or side is None else f"{finding.rule}+assumed-side",
        )  # fmt: skip


def plain_statements(page: Page, piece: Sentence, spoken: Sequence[Spoken], made: Sequence[Claim]) -> Iterator[Claim]:
    """An attribution without control or figures is a statement of another kind."""
    text = page.document.text
    carried = {c.content for c in made}
    for item in spoken:
        a = item.attribution
        content = text[a.content.start : a.content.end]
        if content in carried or not content.strip():
            continue
        yield make_claim(
            page, piece, ClaimKind.STATEMENT, a.content.start, a.content.end,
            chain_of(page, [s.speaker for s in _outer(spoken, item)]), a.stance, content, rule=f"attribution:{a.frame}",
        )  # fmt: skip


def _outer(spoken: Sequence[Spoken], item: Spoken) -> list[Spoken]:
    inner = item.attribution.content
    around = [
        s for s in spoken
        if s.attribution.content.start <= inner.start and inner.end <= s.attribution.content.end and s is not item
    ]  # fmt: skip
    return [*around, item]


def make_claim(
    page: Page, piece: Sentence, kind: ClaimKind, start: int, end: int, chain: tuple[Source, ...], stance: Stance,
    content: str | None, *, relation: Relation | None = None, actor: str | None = None, place: PlaceRef | None = None,
    quantity: Quantity | None = None, rule: str = "",
) -> Claim:  # fmt: skip
    """Return a claim whose quote is the verbatim slice ``[start, end)`` of its document."""
    document = page.document
    when = _when(page, piece)
    parts = (document.id, kind, start, end, relation, actor, place and place.id, place and place.part,
             stance, [s.name for s in chain], quantity, content)  # fmt: skip
    return Claim(
        id=stable_id("c", *parts),
        document=document.id,
        kind=kind,
        span=Span(start=start, end=end),
        quote=document.text[start:end],
        chain=chain,
        stance=stance,
        section=_section(piece, when, document),
        content=content,
        relation=relation,
        actor=actor,
        place=place,
        when=when,
        quantity=quantity,
        rule=rule,
    )


def _when(page: Page, piece: Sentence) -> Period | None:
    """The event time a sentence names; the publication day, as assumed, where it names none."""
    if piece.start not in page.times:
        published = page.document.published_date
        assumed = Period(start=published, end=published, basis=Basis.ASSUMED) if published else None
        found = find_period(fold_apostrophes(piece.text), published, page.reading.lexicon.grammar)
        page.times[piece.start] = found or assumed
    return page.times[piece.start]


def _section(piece: Sentence, when: Period | None, document: Document) -> Section:
    """Background is what happened more than 45 days before the report."""
    published = document.published_date
    if piece.section is Section.BODY and when and when.end and published and _days(when.end, published) > 45:
        return Section.BACKGROUND
    return piece.section


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
