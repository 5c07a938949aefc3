"""Control statements as voices: who in the eyes of the rules says what of the place, and about which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from whoholds.records import Basis, Clocks, Relation, Role, Section, Stance, Statement

__all__ = ["Camp", "Reading", "Voice", "days_between", "event_days", "known", "plus_days", "voices"]

_EVENTS = frozenset({Relation.CAPTURED, Relation.ENTERED, Relation.WITHDREW, Relation.REPELLED, Relation.ADVANCES})
_LASTING = frozenset(
    {Relation.HOLDS, Relation.HOLDS_PART, Relation.CONTESTED, Relation.ENCIRCLES, Relation.NEAR_ENCIRCLES}
)


class Camp(StrEnum):
    """The kind of claimant that the rules tell apart."""

    PARTY = "party"
    MONITOR = "monitor"
    WITNESS = "witness"
    OUTLET = "outlet"
    HISTORY = "history"


class Reading(StrEnum):
    """What a definite statement says of a side and the place. Movement and rings say nothing of holding."""

    HOLDS = "holds"
    NOT_HOLDS = "not_holds"
    INSIDE = "inside"
    NOT_INSIDE = "not_inside"
    STAYS = "stays"
    FIGHTING = "fighting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One statement as the rules see it. ``day`` orders it (the last day it speaks of); ``start`` is the first."""

    statement: Statement
    origin: str
    camp: Camp
    side: str | None  # whose voice, for a party
    reading: Reading
    of: str | None  # the side it is about; None for fighting
    day: str
    start: str


def plus_days(day: str, days: int) -> str:
    """Return the ISO day so many days later (or earlier)."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def days_between(first: str, last: str) -> int:
    """Return the days from one ISO day to another."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def known(statement: Statement, clocks: Clocks) -> bool:
    """Say whether a statement was published by ``known_by`` about something not later than ``as_of``.

    As ``queries.statements`` has it in SQL: what lasts need only have begun; an event may have happened on
    the last day of its period. A document without a publication date contributes only statements that state
    their date, known from then on.
    """
    days = event_days(statement, "9999-12-31")
    if days is None or days[0 if statement.relation in _LASTING else 1] > clocks.as_of:
        return False
    if statement.published is None and statement.when_basis != Basis.STATED:
        return False
    return (statement.published or days[1])[:10] <= clocks.known_by


def event_days(statement: Statement, as_of: str) -> tuple[str, str] | None:
    """Return the first and last day that a statement speaks of, or None when neither clock tells.

    A period is cut at publication and at ``as_of``: nobody reports the end of a month that is not over.
    """
    published = statement.published[:10] if statement.published else None
    start = statement.when_start or statement.when_end or published
    if start is None:
        return None
    end = statement.when_end or (start if statement.relation in _EVENTS else published) or start
    limit = min(published, as_of) if published else as_of
    return start, max(start, min(end, limit))


def voices(
    statements: Iterable[Statement],
    clocks: Clocks,
    sides: Sequence[str],
    of: Mapping[str, str],
    *,
    part: str | None,
    history_days: int,
) -> list[Voice]:
    """Return the definite voices known at the clocks about the whole place, or about one part of it.

    ``of`` maps claims to origins; a claim that it lacks is its own. Hedged statements and statements about the
    area around a place are none. Sorted by day, then claim id: the order of the statements does not matter.
    """
    told = [s for s in statements if s.stance is not Stance.UNSURE and s.area is None and known(s, clocks)]
    opponents = _opponents(told, sides)
    found = [
        voice
        for s in told
        if part is None or s.part == part
        if (voice := _voice(s, opponents, clocks, of, history_days, whole=part is None)) is not None
    ]
    return sorted(found, key=lambda voice: (voice.day, voice.statement.claim))


def _opponents(told: Sequence[Statement], sides: Sequence[str]) -> dict[str, str | None]:
    """Return for each side the one other side of the fight for this place, or None when there are several.

    Those said to do something here come first, then those who speak of it, then all sides of the theatre.
    """
    actors = {s.actor for s in told if s.actor}
    speakers = {s.speaker_side for s in told if s.speaker_side}
    everyone = {*actors, *speakers, *sides}
    pools = (actors, actors | speakers, set(sides))
    return {side: next((min(pool - {side}) for pool in pools if len(pool - {side}) == 1), None) for side in everyone}


def _voice(
    statement: Statement,
    opponents: dict[str, str | None],
    clocks: Clocks,
    of: Mapping[str, str],
    history_days: int,
    *,
    whole: bool,
) -> Voice | None:
    read = _read(statement, opponents, whole=whole)
    days = event_days(statement, clocks.as_of)
    if read is None or days is None:
        return None
    camp = _camp(statement, days[0], history_days)
    side = statement.speaker_side if camp is Camp.PARTY else None
    return Voice(
        statement=statement,
        origin=of.get(statement.claim, statement.claim),
        camp=camp,
        side=side,
        reading=read[0],
        of=read[1],
        day=days[1],
        start=days[0],
    )


def _camp(statement: Statement, start: str, history_days: int) -> Camp:
    if statement.speaker_role is Role.MONITOR:
        return Camp.MONITOR
    if statement.speaker_side is not None:
        return Camp.PARTY
    if not statement.own_voice and statement.speaker_role is not Role.RELAY:
        return Camp.WITNESS
    return Camp.HISTORY if _is_history(statement, start, history_days) else Camp.OUTLET


def _is_history(statement: Statement, start: str, history_days: int) -> bool:
    """What a report tells of the past in its own voice, with a date of its own ("in February 2024")."""
    if statement.when_basis != Basis.STATED:
        return False
    published = statement.published[:10] if statement.published else start
    return statement.section is Section.BACKGROUND or days_between(start, published) >= history_days


def _read(statement: Statement, opponents: dict[str, str | None], *, whole: bool) -> tuple[Reading, str | None] | None:
    """Return (reading, side it is about), or None where the statement says nothing of who holds the place.

    Asked about the whole place, what a side holds of a part only says that it is inside.
    """
    side, relation = statement.actor, statement.relation
    if relation is Relation.CONTESTED:
        return (Reading.FIGHTING, None) if statement.stance is Stance.ASSERTS else None
    if side is None or relation is None:
        return None
    in_part = whole and statement.part is not None
    if relation is Relation.HOLDS_PART and not whole:
        relation = Relation.HOLDS
    if statement.stance is Stance.DENIES:
        return None if in_part else _denial(relation, side, opponents.get(side))
    return _assertion(relation, side, opponents.get(side), in_part=in_part)


def _assertion(relation: Relation, side: str, other: str | None, *, in_part: bool) -> tuple[Reading, str] | None:
    if relation is Relation.WITHDREW:
        if other is None:
            return None if in_part else (Reading.NOT_HOLDS, side)
        relation, side = Relation.HOLDS, other
    if relation in (Relation.CAPTURED, Relation.HOLDS):
        return (Reading.INSIDE if in_part else Reading.HOLDS), side
    if relation in (Relation.HOLDS_PART, Relation.ENTERED):
        return Reading.INSIDE, side
    return None


def _denial(relation: Relation, side: str, other: str | None) -> tuple[Reading, str] | None:
    if relation in (Relation.CAPTURED, Relation.HOLDS):
        return Reading.NOT_HOLDS, side
    if relation in (Relation.HOLDS_PART, Relation.ENTERED):
        return Reading.NOT_INSIDE, side
    if relation is Relation.WITHDREW:
        return Reading.STAYS, side
    if relation in (Relation.ENCIRCLES, Relation.NEAR_ENCIRCLES, Relation.NEAR_CAPTURE) and other is not None:
        return Reading.STAYS, other
    return None
