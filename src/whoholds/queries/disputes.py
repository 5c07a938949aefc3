"""Disputes: who contradicts whom, about holding a place and about figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from whoholds.queries.figures import amount, claimant_name
from whoholds.queries.origins import count_origins
from whoholds.queries.voices import days_between, event_days, known, plus_days
from whoholds.records import Clocks, Dispute, FigureRow, QuantityKind, Relation, Role, Stance, Statement, stable_id

__all__ = ["control_disputes", "figure_disputes"]

#: Two statements about one thing contradict each other when they speak of days at most this far apart.
OVERLAP_DAYS = 14
#: How far an approximate figure reaches on each side.
APPROX = 0.1

_COMPARED: dict[QuantityKind, str] = {
    QuantityKind.TROOPS: "troops",
    QuantityKind.KILLED: "were killed",
    QuantityKind.WOUNDED: "were wounded",
    QuantityKind.CASUALTIES: "casualties",
    QuantityKind.ENCIRCLED: "are encircled",
    QuantityKind.POPULATION: "inhabitants",
    QuantityKind.CIVILIANS: "civilians",
    QuantityKind.AREA: "square kilometres",
    QuantityKind.SHARE: "per cent",
    QuantityKind.CAPTURED_PEOPLE: "were captured",
}
_ABOUT: dict[Relation, str] = {
    Relation.CAPTURED: "holds",
    Relation.HOLDS: "holds",
    Relation.HOLDS_PART: "is inside",
    Relation.ENTERED: "is inside",
    Relation.ENCIRCLES: "encircles",
    Relation.NEAR_ENCIRCLES: "encircles",
    Relation.WITHDREW: "left",
    Relation.ADVANCES: "advances on",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A statement and the days it speaks of; ``reach`` is how far a contradiction may lie after its end."""

    statement: Statement
    start: str
    end: str
    reach: str

    def near(self, other: _Said) -> bool:
        """Say whether two statements speak of days close enough to contradict each other."""
        return self.start <= other.reach and other.start <= self.reach


def control_disputes(
    statements: Iterable[Statement], clocks: Clocks, of: Mapping[str, str], sides: Mapping[str, str]
) -> tuple[Dispute, ...]:
    """Return what is asserted and denied of one place, or held by two sides at once, latest first.

    ``sides`` names the codes. Hedged statements dispute nothing; a speaker who later says otherwise has changed
    its mind and is not in dispute with itself on different days.
    """
    by_place: dict[tuple[str | None, str | None], list[_Said]] = {}
    for said in _told(statements, clocks):
        by_place.setdefault((said.statement.place_id, said.statement.part), []).append(said)
    found = [dispute for here in by_place.values() for dispute in _widest(_disputes_of(here, of, sides))]
    return tuple(sorted(found, key=lambda d: (d.last or "", d.id), reverse=True))


def figure_disputes(
    rows: Sequence[FigureRow],
    of: Mapping[str, str],
    place_ids: Mapping[str, str | None],
    sides: Mapping[str, str],
) -> tuple[Dispute, ...]:
    """Return figures of one kind, side, scope and unit that exclude each other, by different claimants.

    ``place_ids`` maps claims to place ids, ``sides`` names the codes. "About" reaches a tenth to each side. A
    report's own voice disputes nobody's figure, and distances, durations and counts of things are left out:
    they are rarely about one and the same.
    """
    return tuple(
        _figure_dispute(one, other, of, place_ids, sides)
        for one, other in combinations(rows, 2)
        if _same_subject(one, other) and _exclude(one, other)
    )


def _disputes_of(here: Sequence[_Said], of: Mapping[str, str], sides: Mapping[str, str]) -> Iterator[Dispute]:
    """Yield the disputes about one place or part, from each side that something is asserted of."""
    for about, side in sorted(_subjects(here)):
        supporting = [s for s in here if _is(s, about, side) and s.statement.stance is Stance.ASSERTS]
        opposing = [s for s in here if _opposes(s, about, side)]
        for run in _runs(supporting, opposing):
            yield _dispute(about, sides.get(side, side), *run, of)


def _told(statements: Iterable[Statement], clocks: Clocks) -> list[_Said]:
    told = []
    for statement in statements:
        days = event_days(statement, clocks.as_of)
        definite = statement.stance is not Stance.UNSURE and statement.area is None
        if definite and statement.relation in _ABOUT and statement.place_id and days and known(statement, clocks):
            reach = plus_days(days[1], OVERLAP_DAYS)
            told.append(_Said(statement=statement, start=days[0], end=days[1], reach=reach))
    return sorted(told, key=lambda s: (s.end, s.statement.claim))


def _subjects(said: Iterable[_Said]) -> set[tuple[str, str]]:
    """Return (what, side) of everything that somebody asserts."""
    return {
        (_ABOUT[s.statement.relation], s.statement.actor)
        for s in said
        if s.statement.relation and s.statement.actor and s.statement.stance is Stance.ASSERTS
    }


def _is(said: _Said, about: str, side: str) -> bool:
    relation = said.statement.relation
    return relation is not None and _ABOUT[relation] == about and said.statement.actor == side


def _opposes(said: _Said, about: str, side: str) -> bool:
    """A denial of it; for holding also that another side holds it."""
    if said.statement.stance is Stance.DENIES:
        return _is(said, about, side)
    relation, actor = said.statement.relation, said.statement.actor
    return about == "holds" and relation is not None and _ABOUT[relation] == "holds" and actor not in (None, side)


def _runs(supporting: Sequence[_Said], opposing: Sequence[_Said]) -> list[tuple[list[_Said], list[_Said]]]:
    """Return runs of statements that contradict each other, cut where nobody contradicts for long."""
    pairs = [(a, b) for a in supporting for b in opposing if a.near(b) and not _same_mind(a, b)]
    involved = sorted({id(s): s for pair in pairs for s in pair}.values(), key=lambda s: (s.end, s.statement.claim))
    runs: list[list[_Said]] = []
    for s in involved:
        if not runs or days_between(runs[-1][-1].end, s.end) > OVERLAP_DAYS:
            runs.append([])
        runs[-1].append(s)
    asserted, denied = {id(a) for a, _ in pairs}, {id(b) for _, b in pairs}
    split = [([s for s in run if id(s) in asserted], [s for s in run if id(s) in denied]) for run in runs]
    return [(a, b) for a, b in split if a and b]


def _same_mind(one: _Said, other: _Said) -> bool:
    """A speaker's later word replaces its earlier one; on one day it may contradict itself."""
    first, second = one.statement, other.statement
    same = (first.speaker, first.speaker_actor) == (second.speaker, second.speaker_actor)
    return same and one.end != other.end


def _dispute(about: str, side: str, supporting: list[_Said], opposing: list[_Said], of: Mapping[str, str]) -> Dispute:
    first = supporting[0].statement
    claims_for = tuple(s.statement.claim for s in supporting)
    claims_against = tuple(s.statement.claim for s in opposing)
    days = sorted(s.end for s in (*supporting, *opposing))
    where = f"{first.place_name}, {first.part}" if first.part else first.place_name
    return Dispute(
        id=stable_id("q", *sorted((*claims_for, *claims_against))),
        place_id=first.place_id,
        place_name=first.place_name,
        about=f"whether {side} {about} {where}",
        supporting=claims_for,
        opposing=claims_against,
        origins_for=count_origins(claims_for, of),
        origins_against=count_origins(claims_against, of),
        first=days[0],
        last=days[-1],
        reason=_reason(supporting, opposing),
    )


def _reason(supporting: Sequence[_Said], opposing: Sequence[_Said]) -> str:
    denied = any(s.statement.stance is Stance.DENIES for s in opposing)
    against = "denied by" if denied else "another side holds it according to"
    return f"asserted by {_names(supporting)}; {against} {_names(opposing)}; within {OVERLAP_DAYS} days of each other"


def _names(said: Iterable[_Said]) -> str:
    return ", ".join(dict.fromkeys(claimant_name(s.statement) for s in said))


def _widest(found: Iterable[Dispute]) -> list[Dispute]:
    """Leave out what only tells a part of another dispute from the other side; of equals keep the first claimed."""
    kept: list[Dispute] = []
    for dispute in sorted(found, key=lambda d: (-len(_claims(d)), d.first or "", d.supporting)):
        if not any(_claims(dispute) <= _claims(other) for other in kept):
            kept.append(dispute)
    return kept


def _claims(dispute: Dispute) -> set[str]:
    return {*dispute.supporting, *dispute.opposing}


def _same_subject(one: FigureRow, other: FigureRow) -> bool:
    keys = [(row.kind, row.side, row.place_name, row.unit) for row in (one, other)]
    asserted = one.stance is other.stance is Stance.ASSERTS
    if keys[0] != keys[1] or not asserted or one.claimant == other.claimant or one.kind not in _COMPARED:
        return False
    if Role.RELAY in (one.claimant_role, other.claimant_role):
        return False
    return one.as_of is not None and other.as_of is not None and _within(one.as_of, other.as_of)


def _within(one: str, other: str) -> bool:
    return abs(days_between(one, other)) <= OVERLAP_DAYS


def _exclude(one: FigureRow, other: FigureRow) -> bool:
    (low, high), (other_low, other_high) = _reach(one), _reach(other)
    return high < other_low or other_high < low


def _reach(row: FigureRow) -> tuple[float, float]:
    slack = APPROX if row.approx else 0.0
    low = float("-inf") if row.low is None else row.low * (1 - slack)
    high = float("inf") if row.high is None else row.high * (1 + slack)
    return low, high


def _figure_dispute(
    one: FigureRow,
    other: FigureRow,
    of: Mapping[str, str],
    place_ids: Mapping[str, str | None],
    sides: Mapping[str, str],
) -> Dispute:
    days = sorted(day for day in (one.as_of, other.as_of) if day)
    whose = f" ({sides.get(one.side, one.side)})" if one.side else ""
    where = f" at {one.place_name}" if one.place_name else ""
    return Dispute(
        id=stable_id("q", *sorted((*one.claims, *other.claims))),
        place_id=place_ids.get(one.claims[0]),
        place_name=one.place_name,
        about=f"how many {_COMPARED[one.kind]}{whose}{where}",
        supporting=one.claims,
        opposing=other.claims,
        origins_for=count_origins(one.claims, of),
        origins_against=count_origins(other.claims, of),
        first=days[0],
        last=days[-1],
        reason=f"{one.claimant}: {amount(one)}; {other.claimant}: {amount(other)}; the two exclude each other",
    )
