"""Who holds a place: the rules of evidence applied day by day to what was said of it.

The fold keeps two states: the *settled* one, which later claims are shown over, and the one *shown*. It
depends on the set of statements only, not on their order, and knows sides only as codes to compare.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from whoholds.queries.bench import Bench, Settled, fits
from whoholds.queries.evidence import Verdict, for_and_against
from whoholds.queries.origins import count_origins
from whoholds.queries.voices import Camp, Voice, days_between, plus_days, voices
from whoholds.records import (
    CONTESTED,
    UNKNOWN,
    Clocks,
    ControlAnswer,
    InitialControl,
    PartAnswer,
    Place,
    Statement,
    Tier,
)
from whoholds.records.rules import EvidenceRule, Outcome, RuleBook, Standing

__all__ = ["Question", "assess", "history"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: a place, the clocks, and what the theatre knows of the place.

    ``opened`` is the day as of which ``initial`` is told: nothing before it counts.
    """

    place: Place
    clocks: Clocks
    sides: tuple[str, ...]
    horizon_days: int
    initial: InitialControl | None = None
    opened: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """The answer as of a day. ``day``: when a rule last fired for it."""

    state: str
    tier: Tier
    rule: str
    day: str | None = None
    since: str | None = None
    claimed_by: str | None = None
    over: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Books:
    """The two states after a day, and the voices that still stand."""

    settled: Settled
    shown: _Shown
    live: tuple[Voice, ...] = ()


def assess(question: Question, statements: Sequence[Statement], book: RuleBook, of: Mapping[str, str]) -> ControlAnswer:
    """Answer who holds the place. ``of`` maps each statement's claim to its origin (see ``origins``).

    Statements of other places must not be passed. Parts of the place are answered by the same rules.
    """
    heard = _voices(question, statements, book, of, None)
    books = _fold(question, heard, book)
    verdict = _verdict(books, question)
    supporting, opposing = for_and_against(verdict, _evidence(heard, books, question, verdict))
    return ControlAnswer(
        place_id=question.place.id,
        place_name=question.place.name,
        lat=question.place.lat,
        lon=question.place.lon,
        clocks=question.clocks,
        state=verdict.state,
        tier=verdict.tier,
        since=verdict.since,
        rule=verdict.rule,
        why=book.sentence(verdict.rule),
        shown_over=verdict.over,
        claimed_by=verdict.claimed_by,
        supporting=supporting,
        opposing=opposing,
        origins_for=count_origins(supporting, of),
        origins_against=count_origins(opposing, of),
        parts=_parts(question, statements, book, of),
    )


def history(
    question: Question, statements: Sequence[Statement], book: RuleBook, of: Mapping[str, str]
) -> list[tuple[str, str, Tier]]:
    """Return ``(day, state, tier)`` for each day on which the answer changed, as known by ``known_by``."""
    changes: list[tuple[str, str, Tier]] = []
    for day, books in _days(question, _voices(question, statements, book, of, None), book):
        now = (books.shown.state, books.shown.tier)
        if not changes or changes[-1][1:] != now:
            changes.append((day, *now))
    return changes


def _voices(
    question: Question, statements: Sequence[Statement], book: RuleBook, of: Mapping[str, str], part: str | None
) -> list[Voice]:
    return voices(statements, question.clocks, question.sides, of, part=part, history_days=book.history_days)


def _fold(question: Question, heard: Sequence[Voice], book: RuleBook) -> _Books:
    books = _opening(question)
    for _, books in _days(question, heard, book):  # noqa: B007 - the last one is the answer
        pass
    return books


def _opening(question: Question) -> _Books:
    initial = question.initial
    state, rule = (initial.side, "initial") if initial else (UNKNOWN, "nothing_known")
    since = initial.since if initial else None
    settled = Settled(state=state, tier=Tier.BACKGROUND, rule=rule, since=since)
    return _Books(settled=settled, shown=_Shown(state=state, tier=Tier.BACKGROUND, rule=rule, since=since))


def _days(question: Question, heard: Sequence[Voice], book: RuleBook) -> list[tuple[str, _Books]]:
    """Return the states after each day on which something definite was said."""
    books, trail = _opening(question), []
    sides = sorted({*question.sides, *(v.of for v in heard if v.of), *(v.side for v in heard if v.side)})
    for day, group in groupby(heard, key=lambda voice: voice.day):
        if question.opened and day < question.opened:
            continue
        books = _after(day, tuple(group), books, sides, question.horizon_days, book)
        trail.append((day, books))
    return trail


def _after(
    day: str, today: tuple[Voice, ...], books: _Books, sides: Sequence[str], horizon: int, book: RuleBook
) -> _Books:
    oldest = plus_days(day, -horizon)
    live = (*(voice for voice in books.live if voice.day >= oldest), *today)
    bench = Bench(day=day, today=today, live=live, settled=books.settled, horizon=horizon, book=book)
    for rule in book.rules:
        fired = {side: found for side in sides if (found := fits(rule, side, bench))}
        if fired:
            return _apply(rule, fired, replace(books, live=live), bench, sides)
    return replace(books, live=live)


def _apply(
    rule: EvidenceRule, fired: Mapping[str, list[Voice]], books: _Books, bench: Bench, sides: Sequence[str]
) -> _Books:
    """Return the books after a rule fired; where it fires for sides that exclude each other, nobody holds."""
    states = {_state(rule, side, bench.settled, sides) for side in fired}
    state = states.pop() if len(states) == 1 else CONTESTED
    if rule.standing:
        return books
    monitored = any(voice.camp is Camp.MONITOR for found in fired.values() for voice in found)
    tier = rule.tier or books.settled.tier
    if states and not monitored:
        tier = Tier.DISPUTED  # parties whose admissions exclude each other settle nothing
    start = min(voice.start for found in fired.values() for voice in found)
    since = _since(state, tier, start, books)
    claimants = [side for side in fired if any(voice.side == side for voice in bench.live)]
    claimant = claimants[0] if len(fired) == 1 and claimants and not rule.settles else None
    shown = _Shown(state=state, tier=tier, rule=rule.id, day=bench.day, since=since, claimed_by=claimant)
    if not rule.settles:
        if rule.state is Outcome.X:
            shown = replace(shown, over=books.settled.state if books.settled.state != state else None)
        return replace(books, shown=shown)
    same = books.settled.state == state and books.settled.first is not None
    first = books.settled.first if same else bench.day
    settled = Settled(state=state, tier=tier, rule=rule.id, day=bench.day, since=since, first=first, stands=rule.stands)
    return _Books(settled=settled, shown=shown, live=())


def _since(state: str, tier: Tier, start: str, books: _Books) -> str | None:
    """Return since when the state is so; of a dispute, since when it is disputed."""
    if tier is Tier.DISPUTED:
        return books.shown.since if books.shown.tier is tier and books.shown.state == state else start
    if state == books.shown.state:
        return books.shown.since
    return books.settled.since if state == books.settled.state else start


def _state(rule: EvidenceRule, side: str, settled: Settled, sides: Sequence[str]) -> str:
    if rule.state is Outcome.X:
        return side
    if rule.state is Outcome.CONTESTED:
        return CONTESTED
    if rule.state is Outcome.EARLIER or settled.standing(side) is Standing.OTHER:
        return settled.state
    others = [other for other in sides if other != side]
    return others[0] if len(others) == 1 else UNKNOWN


def _verdict(books: _Books, question: Question) -> Verdict:
    """Return the final answer: what nobody repeated within the horizon gives way to the settled state."""
    shown, settled, as_of = books.shown, books.settled, question.clocks.as_of
    if shown.day is not None and days_between(shown.day, as_of) <= question.horizon_days:
        return Verdict(
            state=shown.state,
            tier=shown.tier,
            rule=shown.rule,
            since=shown.since,
            claimed_by=shown.claimed_by,
            over=shown.over,
        )
    rule = settled.rule if settled.day is None or settled.tier is Tier.BACKGROUND else "gone_quiet"
    return Verdict(state=settled.state, tier=Tier.BACKGROUND, rule=rule, since=settled.since)


def _evidence(heard: Sequence[Voice], books: _Books, question: Question, verdict: Verdict) -> list[Voice]:
    """Return the voices to list: since the run of the settled state began, within the horizon.

    A settled state that has gone quiet is listed with the voices that settled it, however old.
    """
    oldest = plus_days(question.clocks.as_of, -question.horizon_days)
    first = books.settled.first or ""
    if verdict.tier is Tier.BACKGROUND:
        return [voice for voice in heard if voice.day >= first]
    return [voice for voice in heard if voice.day >= max(first, oldest)]


def _parts(
    question: Question, statements: Sequence[Statement], book: RuleBook, of: Mapping[str, str]
) -> tuple[PartAnswer, ...]:
    """Answer each part of which somebody says who holds it, in the order of their names."""
    names = sorted({s.part for s in statements if s.part and s.area is None})
    return tuple(answer for name in names if (answer := _part(question, statements, book, of, name)) is not None)


def _part(
    question: Question, statements: Sequence[Statement], book: RuleBook, of: Mapping[str, str], part: str
) -> PartAnswer | None:
    heard = _voices(question, statements, book, of, part)
    books = _fold(question, heard, book)
    verdict = _verdict(books, question)
    if verdict.rule in book.background:
        return None
    supporting, opposing = for_and_against(verdict, _evidence(heard, books, question, verdict))
    return PartAnswer(
        part=part,
        state=verdict.state,
        tier=verdict.tier,
        since=verdict.since,
        rule=verdict.rule,
        supporting=supporting,
        opposing=opposing,
    )
