"""Figures: who gives which number of what, never averaged with another's."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence

from whoholds.queries.origins import count_origins, fold
from whoholds.queries.voices import days_between, event_days, known
from whoholds.records import Clocks, FigureRow, QuantityKind, Role, Statement

__all__ = ["PERIOD_DAYS", "amount", "claimant_key", "claimant_name", "figures"]

#: What the reader asks for first, as the record lists the kinds.
_KINDS = {kind: number for number, kind in enumerate(QuantityKind)}

#: The same figure given again by the same claimant after longer than this is a row of its own.
PERIOD_DAYS = 30


def figures(statements: Iterable[Statement], clocks: Clocks, of: Mapping[str, str]) -> tuple[FigureRow, ...]:
    """Return one row for each claimant, kind, side, scope, figure, stance and period.

    ``of`` maps claims to origins. A bound that is absent stays None ("at least", "up to"); ``as_of`` is the
    last day that the first such statement speaks of. Ordered by kind, side, place; the newest first.
    """
    by_key: dict[Hashable, list[tuple[str, Statement]]] = {}
    for statement in statements:
        days = event_days(statement, clocks.as_of)
        if statement.quantity_kind is not None and days is not None and known(statement, clocks):
            by_key.setdefault(_key(statement), []).append((days[1], statement))
    rows = [
        _row(period, of)
        for dated in by_key.values()
        for period in _periods(sorted(dated, key=lambda pair: (pair[0], pair[1].claim)))
    ]
    rows.sort(key=lambda row: (row.claimant, row.claims))
    rows.sort(key=lambda row: row.as_of or "", reverse=True)
    return tuple(sorted(rows, key=lambda row: (_KINDS[row.kind], row.side or "", row.place_name or "", row.unit)))


def claimant_name(statement: Statement) -> str:
    """Return whose figure it is: the speaker, or for a report's own voice its outlet."""
    return (statement.outlet or statement.speaker) if statement.own_voice else statement.speaker


def amount(row: FigureRow) -> str:
    """Say a figure in words, as given: "at least", "up to", "about"."""
    about = "about " if row.approx else ""
    if row.low is not None and row.high is not None:
        value = f"{row.low:,.10g}" if row.low == row.high else f"{row.low:,.10g} to {row.high:,.10g}"
        return f"{about}{value} {row.unit}"
    if row.low is not None:
        return f"at least {about}{row.low:,.10g} {row.unit}"
    return f"up to {about}{row.high:,.10g} {row.unit}" if row.high is not None else "no number"


def claimant_key(statement: Statement) -> Hashable:
    """Return what tells claimants apart: the known actor, else the folded name and side."""
    if statement.speaker_actor is not None and not (statement.own_voice and statement.speaker_role is Role.RELAY):
        return statement.speaker_actor
    return fold(claimant_name(statement)), statement.speaker_side


def _key(statement: Statement) -> Hashable:
    value = (statement.low, statement.high, statement.unit, statement.approx, statement.stance)
    scope = statement.place_id or (fold(statement.place_name) if statement.place_name else None)
    return claimant_key(statement), statement.quantity_kind, statement.quantity_side, scope, value


def _periods(dated: Sequence[tuple[str, Statement]]) -> list[list[tuple[str, Statement]]]:
    """Cut a claimant's repeats of one figure where they pause for long."""
    found = [[dated[0]]]
    for pair in dated[1:]:
        if days_between(found[-1][-1][0], pair[0]) > PERIOD_DAYS:
            found.append([])
        found[-1].append(pair)
    return found


def _row(period: Sequence[tuple[str, Statement]], of: Mapping[str, str]) -> FigureRow:
    day, first = period[0]
    assert first.quantity_kind is not None
    claims = tuple(statement.claim for _, statement in period)
    return FigureRow(
        kind=first.quantity_kind,
        side=first.quantity_side,
        place_name=first.place_name,
        unit=first.unit or "",
        claimant=claimant_name(first),
        claimant_role=first.speaker_role,
        low=first.low,
        high=first.high,
        approx=first.approx,
        stance=first.stance,
        as_of=day,
        claims=claims,
        documents=len({statement.document for _, statement in period}),
        origins=count_origins(claims, of),
    )
