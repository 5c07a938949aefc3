"""Who holds a place: the answer with everything behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from whoholds.app.clocks import read_clocks
from whoholds.app.evidence import gather, question, side_names
from whoholds.app.places import find_place
from whoholds.engines.evidence_rules import load_rules
from whoholds.queries.control import assess, history
from whoholds.queries.disputes import control_disputes, figure_disputes
from whoholds.queries.figures import figures
from whoholds.queries.statements import about_place
from whoholds.records import (
    Clocks,
    ControlAnswer,
    Dispute,
    FigureRow,
    Origin,
    PartAnswer,
    Place,
    Statement,
    Theatre,
    Tier,
)

if TYPE_CHECKING:
    from whoholds.app.workspace import Workspace
    from whoholds.ports import Ledger

__all__ = ["Answer", "answer_for", "ask", "figure_object", "to_json"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer and what is behind it.

    ``statements``: every statement about the place known at the clocks, by claim id, whether or not it counts;
    ``origins``: the acts of saying they come from. ``history``: (day, state, tier) on each change.
    """

    control: ControlAnswer
    place: Place
    theatre: Theatre
    sides: Mapping[str, str]
    statements: Mapping[str, Statement]
    origins: tuple[Origin, ...]
    of: Mapping[str, str]
    figures: tuple[FigureRow, ...]
    disputes: tuple[Dispute, ...]
    history: tuple[tuple[str, str, Tier], ...]

    def origin(self, claim: str) -> Origin:
        """Return the act of saying that a claim relays."""
        return next(origin for origin in self.origins if origin.id == self.of[claim])


def ask(
    workspace: Workspace, place: str, *, as_of: str | None = None, known_by: str | None = None, near: str | None = None
) -> Answer:
    """Answer who holds a place as of a day (default today), from reports published up to ``known_by`` (the same day).

    Raises ``UnknownPlace``, ``AmbiguousPlace``, ``UsageError`` for a wrong day, ``LedgerUnusable``.
    """
    clocks = read_clocks(as_of, known_by)
    choice = find_place(workspace, place, near=near)
    with workspace.ledger() as ledger:
        return answer_for(ledger, choice.place, choice.theatre, clocks, side_names(workspace))


def answer_for(ledger: Ledger, place: Place, theatre: Theatre, clocks: Clocks, sides: Mapping[str, str]) -> Answer:
    """Answer for a place already found, from an open ledger."""
    evidence = gather(ledger, about_place(), {"place_id": place.id, **asdict(clocks)}, ("control", "quantity"))
    control = [s for s in evidence.statements if s.kind == "control"]
    asked, book = question(place, theatre, clocks), load_rules()
    rows = figures(evidence.statements, clocks, evidence.of)
    place_ids = {s.claim: s.place_id for s in evidence.statements}
    return Answer(
        control=assess(asked, control, book, evidence.of),
        place=place,
        theatre=theatre,
        sides=sides,
        statements={s.claim: s for s in evidence.statements},
        origins=evidence.origins,
        of=evidence.of,
        figures=rows,
        disputes=(
            *control_disputes(control, clocks, evidence.of, sides),
            *figure_disputes(rows, evidence.of, place_ids, sides),
        ),
        history=tuple(history(asked, control, book, evidence.of)),
    )


def to_json(answer: Answer) -> dict[str, Any]:
    """Return the one object that ``ask --json`` prints."""
    control = answer.control
    return {
        "place": {
            "id": control.place_id,
            "name": control.place_name,
            "lat": control.lat,
            "lon": control.lon,
        },
        "as_of": control.clocks.as_of,
        "known_by": control.clocks.known_by,
        "state": control.state,
        "tier": control.tier,
        "since": control.since,
        "rule": control.rule,
        "for": _listed(control.supporting, answer),
        "against": _listed(control.opposing, answer),
        "origins": {"for": control.origins_for, "against": control.origins_against},
        "parts": [_part(part) for part in control.parts],
        "figures": [figure_object(row) for row in answer.figures],
    }


def _listed(claims: Iterable[str], answer: Answer) -> list[dict[str, Any]]:
    return [_statement(answer.statements[claim], answer.of[claim]) for claim in claims]


def _statement(statement: Statement, origin: str) -> dict[str, Any]:
    return {
        "claim": statement.claim,
        "speaker": statement.speaker,
        "role": statement.speaker_role,
        "side": statement.speaker_side,
        "stance": statement.stance,
        "relation": statement.relation,
        "quote": statement.quote,
        "document": statement.document_name,
        "url": statement.url,
        "date": statement.published[:10] if statement.published else None,
        "origin": origin,
    }


def _part(part: PartAnswer) -> dict[str, Any]:
    return {
        "part": part.part,
        "state": part.state,
        "tier": part.tier,
        "since": part.since,
        "rule": part.rule,
        "for": list(part.supporting),
        "against": list(part.opposing),
    }


def figure_object(row: FigureRow) -> dict[str, Any]:
    """Return one claimant's figure as a JSON object."""
    return {
        "kind": row.kind,
        "side": row.side,
        "place": row.place_name,
        "low": row.low,
        "high": row.high,
        "approx": row.approx,
        "unit": row.unit,
        "stance": row.stance,
        "claimant": row.claimant,
        "role": row.claimant_role,
        "as_of": row.as_of,
        "claims": list(row.claims),
        "documents": row.documents,
        "origins": row.origins,
    }
