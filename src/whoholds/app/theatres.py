"""Use cases of theatres: list those installed, check a folder that somebody writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from whoholds.app.workspace import GAZETTEER_FILE
from whoholds.records import Theatre
from whoholds.theatres import Fault, faults_of

__all__ = ["TheatreSummary", "check_theatre", "list_theatres"]


class Theatres(Protocol):
    """What of a workspace is needed here."""

    @property
    def theatres(self) -> Sequence[Theatre]:
        """The active theatres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TheatreSummary:
    """One line about a theatre. ``sides`` are codes; ``actors`` counts the shared ones too; ISO dates."""

    id: str
    title: str
    start: str
    end: str | None
    languages: tuple[str, ...]
    sides: tuple[str, ...]
    actors: int
    initial: int  # rows of initial control
    path: str


def list_theatres(workspace: Theatres) -> list[TheatreSummary]:
    """Return a line about each active theatre, by id."""
    return [_summary(theatre) for theatre in sorted(workspace.theatres, key=lambda theatre: theatre.id)]


def _summary(theatre: Theatre) -> TheatreSummary:
    return TheatreSummary(
        id=theatre.id,
        title=theatre.title,
        start=theatre.start,
        end=theatre.end,
        languages=theatre.languages,
        sides=tuple(side.code for side in theatre.sides),
        actors=len(theatre.actors),
        initial=len(theatre.initial),
        path=theatre.path,
    )


def check_theatre(path: Path, *, places: bool = False) -> list[Fault]:
    """Return every fault of a theatre folder, file by file; an empty list means that it can be used.

    ``str(fault)`` is one line: file, key, what is wrong, what to do. ``places``: its gazetteer must be there too.
    """
    faults = faults_of(path)
    if places and path.is_dir() and not (path / GAZETTEER_FILE).is_file():
        how = "build it with scripts/build_gazetteer.py, see docs/theatres.md"
        faults.append(Fault(file=str(path / GAZETTEER_FILE), where="", what="there is no gazetteer", do=how))
    return faults
