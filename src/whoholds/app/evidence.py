"""What the use cases share: statements of a place with their origins, and what the theatre knows of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from whoholds.engines.evidence_rules import load_rules
from whoholds.engines.near_duplicates import RensaNearDuplicates
from whoholds.ports import Ledger
from whoholds.queries.control import Question
from whoholds.queries.origins import origin_of, origins, text_groups
from whoholds.queries.texts import PAGE_MARKS, TEXTS, without
from whoholds.records import Clocks, InitialControl, Origin, Place, Statement, Theatre
from whoholds.stages import toponyms

if TYPE_CHECKING:
    from whoholds.app.workspace import Workspace

__all__ = ["Evidence", "copies_among", "gather", "initial_control", "question", "side_names"]

#: Documents asked for at a time: SQLite limits the parameters of one query.
BATCH = 500

_AREAS = {"district": "district", "region": "region", "country": "country"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Statements and the acts of saying behind them. ``of``: claim id -> origin id."""

    statements: tuple[Statement, ...]
    origins: tuple[Origin, ...]
    of: Mapping[str, str]


def gather(ledger: Ledger, sql: str, parameters: Mapping[str, Any], kinds: Sequence[str]) -> Evidence:
    """Return the statements of a selection, of these kinds, with the copies among their documents found by text."""
    statements = tuple(s for s in ledger.statements(sql, dict(parameters)) if s.kind in kinds)
    documents = sorted({statement.document for statement in statements})
    found = origins(statements, text_groups(copies_among(ledger, documents)), occasion_days=load_rules().occasion_days)
    return Evidence(statements=statements, origins=found, of=origin_of(found))


def copies_among(ledger: Ledger, documents: Sequence[str]) -> list[set[str]]:
    """Return the sets of documents that carry one text; share bars and related headlines are left out of it."""
    texts: dict[str, str] = {}
    cuts: dict[str, list[tuple[int, int]]] = {}
    for at in range(0, len(documents), BATCH):
        ids = {"ids": list(documents[at : at + BATCH])}
        texts.update((row["id"], row["text"]) for row in ledger.select(TEXTS, ids))
        for row in ledger.select(PAGE_MARKS, ids):
            cuts.setdefault(row["document"], []).append((row["start"], row["end"]))
    bodies = [(document, without(text, cuts.get(document, ()))) for document, text in texts.items()]
    return RensaNearDuplicates().groups(bodies)


def question(place: Place, theatre: Theatre, clocks: Clocks) -> Question:
    """Return the question as the rules of evidence take it."""
    initial = initial_control(theatre, place, clocks.as_of)
    return Question(
        place=place,
        clocks=clocks,
        sides=tuple(side.code for side in theatre.sides),
        horizon_days=theatre.horizon_days,
        initial=initial,
        opened=max(theatre.start, initial.since or "") if initial else None,
    )


def initial_control(theatre: Theatre, place: Place, as_of: str) -> InitialControl | None:
    """Return the theatre's row for a place as it opened: its own, else its district's, region's or country's.

    None before the theatre opens, and where no row speaks of it. The row is returned under the place's id.
    """
    if as_of < theatre.start:
        return None
    rows = [row for row in theatre.initial if (row.since or theatre.start) <= as_of]
    for kind in ("settlement", *_AREAS):
        fitting = [row for row in rows if row.kind == kind and _fits(row, place, theatre)]
        if fitting:
            return replace(max(fitting, key=lambda row: row.since or ""), place=place.id)
    return None


def _fits(row: InitialControl, place: Place, theatre: Theatre) -> bool:
    if row.place == place.id:
        return True
    if row.region is not None and not _same_area(row.region, place.region):
        return False
    if row.kind in _AREAS:
        return _same_area(row.place, getattr(place, _AREAS[row.kind]))
    wanted = toponyms.key(row.place)
    return wanted in {toponyms.key(name) for name in (place.name, *place.names)} or _renamed(theatre, row) == place.id


def _renamed(theatre: Theatre, row: InitialControl) -> str | None:
    return theatre.renamed.get(row.place)


def _same_area(one: str, other: str | None) -> bool:
    return other is not None and toponyms.area_key(one) == toponyms.area_key(other)


def side_names(workspace: Workspace) -> dict[str, str]:
    """Return side code -> name over all active theatres, in their order."""
    return {side.code: side.name for theatre in workspace.theatres for side in theatre.sides}
