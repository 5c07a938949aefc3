"""Figures: who gives which number, for a place or for the whole ledger."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from whoholds.app.clocks import read_clocks
from whoholds.app.evidence import Evidence, gather, side_names
from whoholds.app.places import find_place
from whoholds.errors import UsageError
from whoholds.queries.figures import figures as figure_rows
from whoholds.queries.statements import about_place, in_force
from whoholds.records import Clocks, FigureRow, QuantityKind, Statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from whoholds.app.workspace import Workspace

__all__ = ["Figures", "figures"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The rows, and the statements behind them by claim id."""

    clocks: Clocks
    rows: tuple[FigureRow, ...]
    statements: Mapping[str, Statement]
    sides: Mapping[str, str]
    evidence: Evidence


def figures(
    workspace: Workspace,
    place: str | None = None,
    *,
    kind: str | None = None,
    as_of: str | None = None,
    known_by: str | None = None,
    near: str | None = None,
) -> Figures:
    """Return who gives which figure, as known at the clocks. Raises as ``ask`` does; ``UsageError`` for the kind."""
    clocks = read_clocks(as_of, known_by)
    kinds = [str(word) for word in QuantityKind]
    if kind is not None and kind not in kinds:
        raise UsageError(f"no kind of figure is called {kind!r}", do=f"use one of: {', '.join(kinds)}")
    place_id = find_place(workspace, place, near=near).place.id if place else None
    with workspace.ledger() as ledger:
        sql = about_place() if place_id else in_force()
        evidence = gather(ledger, sql, {"place_id": place_id, **asdict(clocks)}, ("quantity",))
    rows = figure_rows(evidence.statements, clocks, evidence.of)
    return Figures(
        clocks=clocks,
        rows=tuple(row for row in rows if kind in (None, row.kind)),
        statements={statement.claim: statement for statement in evidence.statements},
        sides=side_names(workspace),
        evidence=evidence,
    )
