"""Faults that show only across records: unknown sides, one alias for two actors, ids given twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from whoholds.records import CONTESTED, UNKNOWN, Actor, InitialControl, Side, Tenure
from whoholds.theatres import schema
from whoholds.theatres.faults import Fault, suggestion

Key = TypeVar("Key")
FIRST_DAY, LAST_DAY = "0000-00-00", "9999-99-99"


def side_faults(sides: Sequence[Side]) -> Iterator[Fault]:
    """Yield codes given twice, and the lack of any side."""
    if not sides:
        yield Fault(file=schema.SIDES_FILE, where="", what="no side", do='add [[side]] with code = "…"')
    for code in _twice(side.code for side in sides):
        yield Fault(file=schema.SIDES_FILE, where=f"side {code!r}", what="code given twice", do="keep one")


def actor_faults(actors: Sequence[Actor], sides: Sequence[Side]) -> Iterator[Fault]:
    """Yield ids given twice, sides that do not exist, and parties without a side."""
    codes = {side.code for side in sides}
    for actor_id in _twice(actor.id for actor in actors):
        yield _actor_fault(actor_id, "id given twice", "keep one")
    for actor in actors:
        if actor.side is not None and actor.side not in codes:
            yield _actor_fault(f"{actor.id}", f"unknown side {actor.side!r}", suggestion(actor.side, codes))
        if actor.role == "party" and actor.side is None:
            yield _actor_fault(actor.id, "a party needs a side", 'add side = "…" or another role')


def control_faults(rows: Sequence[InitialControl], sides: Sequence[Side]) -> Iterator[Fault]:
    """Yield rows whose side does not exist and places given twice from one day."""
    states = {side.code for side in sides} | {CONTESTED, UNKNOWN}
    for row in rows:
        if row.side not in states:
            yield _control_fault(row.place, f"unknown side {row.side!r}", suggestion(row.side, states))
    for place, *_ in _twice((row.place, row.region or "", row.kind, row.since or "") for row in rows):
        yield _control_fault(place, "given twice", "keep one, or tell them apart by region")


def alias_faults(actors: Sequence[Actor]) -> Iterator[Fault]:
    """Yield aliases that two actors claim for overlapping periods."""
    claimed: defaultdict[str, list[tuple[Actor, Tenure]]] = defaultdict(list)
    for actor in actors:
        for tenure in _tenures(actor):
            for other, held in claimed[tenure.alias.casefold()]:
                if other.id != actor.id and _overlap(held, tenure):
                    what = f"alias {tenure.alias!r} is also claimed by {other.id!r} for an overlapping period"
                    yield _actor_fault(actor.id, what, "keep it at one of them, or give both as offices with dates")
            claimed[tenure.alias.casefold()].append((actor, tenure))


def _tenures(actor: Actor) -> Iterator[Tenure]:
    """Yield every alias once: name and aliases without end, offices for their periods."""
    names = {actor.name.casefold(): actor.name}
    for words in (*actor.aliases.values(), actor.domains):
        names.update((word.casefold(), word) for word in words)
    yield from (Tenure(alias=name) for name in names.values())
    yield from actor.offices


def _overlap(one: Tenure, two: Tenure) -> bool:
    """Whether two tenures share a day. The day of a handover is not shared: a period ends before its end day."""
    starts = max(one.start or FIRST_DAY, two.start or FIRST_DAY)
    return starts < min(one.end or LAST_DAY, two.end or LAST_DAY)


def _twice(keys: Iterable[Key]) -> list[Key]:
    return [key for key, times in Counter(keys).items() if times > 1]


def _actor_fault(actor_id: str, what: str, do: str) -> Fault:
    return Fault(file=schema.ACTORS_FILE, where=f"actor {actor_id!r}", what=what, do=do)


def _control_fault(place: str, what: str, do: str) -> Fault:
    return Fault(file=schema.CONTROL_FILE, where=f"control {place!r}", what=what, do=do)
