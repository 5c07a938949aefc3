"""Disputes: who contradicts whom, about a place or in the whole ledger."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from whoholds.app.clocks import read_clocks
from whoholds.app.evidence import gather, side_names
from whoholds.app.places import find_place
from whoholds.queries.disputes import control_disputes, figure_disputes
from whoholds.queries.figures import figures
from whoholds.queries.statements import about_place, in_force
from whoholds.records import Clocks, Dispute, Origin, Statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from whoholds.app.workspace import Workspace

__all__ = ["Disputes", "dispute_object", "disputes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputes:
    """The disputes, latest first, with the statements behind them by claim id and their origins."""

    clocks: Clocks
    rows: tuple[Dispute, ...]
    statements: Mapping[str, Statement]
    origins: tuple[Origin, ...]


def disputes(
    workspace: Workspace,
    place: str | None = None,
    *,
    as_of: str | None = None,
    known_by: str | None = None,
    near: str | None = None,
) -> Disputes:
    """Return what is disputed, as known at the clocks. Raises as ``ask`` does."""
    clocks = read_clocks(as_of, known_by)
    place_id = find_place(workspace, place, near=near).place.id if place else None
    with workspace.ledger() as ledger:
        sql = about_place() if place_id else in_force()
        evidence = gather(ledger, sql, {"place_id": place_id, **asdict(clocks)}, ("control", "quantity"))
    numbers = figures(evidence.statements, clocks, evidence.of)
    place_ids = {statement.claim: statement.place_id for statement in evidence.statements}
    sides = side_names(workspace)
    rows = (
        *control_disputes(evidence.statements, clocks, evidence.of, sides),
        *figure_disputes(numbers, evidence.of, place_ids, sides),
    )
    return Disputes(
        clocks=clocks,
        rows=tuple(sorted(rows, key=lambda row: (row.last or "", row.id), reverse=True)),
        statements={statement.claim: statement for statement in evidence.statements},
        origins=evidence.origins,
    )


def dispute_object(dispute: Dispute) -> dict[str, Any]:
    """Return a dispute as a JSON object."""
    return asdict(dispute)
