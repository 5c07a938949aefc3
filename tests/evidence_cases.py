"""Statements made from short lines, for the tests of the evidence rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from whoholds.queries.control import Question, assess
from whoholds.queries.origins import origin_of, origins
from whoholds.records import (
    Clocks,
    ControlAnswer,
    InitialControl,
    Place,
    PlaceKind,
    Relation,
    Role,
    Section,
    Stance,
    Statement,
)
from whoholds.records.rules import Example, ExampleLine, RuleBook

PLACE = Place(id="p:1", name="Somewhere", kind=PlaceKind.SETTLEMENT, lat=1.0, lon=2.0)


def statement(claim: str, **changes: Any) -> Statement:
    """A control statement by side A's ministry that A captured the place, in a report of its own."""
    defaults: dict[str, Any] = {
        "document": f"d-{claim}",
        "document_name": f"name-{claim}",
        "outlet": "Outlet",
        "url": None,
        "title": None,
        "published": "2024-05-10",
        "recorded": "2024-06-01T00:00:00Z",
        "lang": "en",
        "kind": "control",
        "section": Section.BODY,
        "start": 0,
        "end": 5,
        "quote": "quote",
        "stance": Stance.ASSERTS,
        "speaker": "Ministry of A",
        "speaker_actor": "ministry-a",
        "speaker_role": Role.PARTY,
        "speaker_side": "A",
        "chain": ("Outlet", "Ministry of A"),
        "own_voice": False,
        "relation": Relation.CAPTURED,
        "actor": "A",
        "place_id": PLACE.id,
        "place_name": PLACE.name,
    }
    return Statement(claim=claim, **{**defaults, **changes})


def from_line(number: int, line: ExampleLine) -> Statement:
    """One line of a worked example as a statement."""
    kind, name = line.speaker.split()
    speakers: dict[str, dict[str, Any]] = {
        "party": {"speaker_role": Role.PARTY, "speaker_side": name},
        "monitor": {"speaker_role": Role.MONITOR, "speaker_side": None},
        "witness": {"speaker_role": Role.WITNESS, "speaker_side": None},
        "outlet": {"speaker_role": None, "speaker_side": None, "own_voice": True},
    }
    return statement(
        f"c-{number:03}",
        speaker=line.speaker,
        speaker_actor=line.speaker,
        chain=("Outlet", line.speaker),
        published=line.day,
        stance=line.stance,
        relation=line.relation,
        actor=line.actor,
        part=line.part,
        when_start=line.when,
        when_end=line.when,
        when_basis="stated" if line.when else None,
        **speakers[kind],
    )


def answer(
    statements: Iterable[Statement],
    book: RuleBook,
    *,
    as_of: str = "2024-05-31",
    known_by: str | None = None,
    initial: str | None = None,
    sides: tuple[str, ...] = ("A", "B"),
    horizon_days: int = 90,
    same_text: dict[str, str] | None = None,
) -> ControlAnswer:
    """Ask who holds the place."""
    given = list(statements)
    question = Question(
        place=PLACE,
        clocks=Clocks(as_of=as_of, known_by=known_by or as_of),
        sides=sides,
        horizon_days=horizon_days,
        initial=InitialControl(place=PLACE.id, side=initial) if initial else None,
    )
    return assess(question, given, book, origin_of(origins(given, same_text or {})))


def answer_example(example: Example, book: RuleBook) -> ControlAnswer:
    """Answer a worked example."""
    lines = [from_line(number, line) for number, line in enumerate(example.lines)]
    return answer(lines, book, as_of=example.as_of, initial=example.initial)
