"""Who holds each place that the ledger speaks of."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from whoholds.app.evidence import gather, question
from whoholds.engines.evidence_rules import load_rules
from whoholds.queries.control import assess
from whoholds.queries.statements import in_force
from whoholds.records import Clocks, ControlAnswer, Place, PlaceKind, Statement, Theatre

if TYPE_CHECKING:
    from whoholds.app.workspace import Workspace

__all__ = ["positions"]


def positions(workspace: Workspace, clocks: Clocks) -> list[ControlAnswer]:
    """Return an answer for every settlement that a control statement names, by name. Areas are not held."""
    with workspace.ledger() as ledger:
        evidence = gather(ledger, in_force(), asdict(clocks), ("control",))
    by_place: dict[str, list[Statement]] = {}
    for statement in evidence.statements:
        if statement.place_id is not None:
            by_place.setdefault(statement.place_id, []).append(statement)
    answers = [
        assess(question(*found, clocks), told, load_rules(), evidence.of)
        for place_id, told in by_place.items()
        if (found := _settlement(workspace, place_id)) is not None
    ]
    return sorted(answers, key=lambda answer: (answer.place_name, answer.place_id))


def _settlement(workspace: Workspace, place_id: str) -> tuple[Place, Theatre] | None:
    for theatre in workspace.theatres:
        place = workspace.gazetteers[theatre.id].place(place_id)
        if place is not None and place.kind is PlaceKind.SETTLEMENT:
            return place, theatre
    return None
