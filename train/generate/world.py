"""Worlds (wars, real and invented) and the scene of one passage: which sides, places and speakers it is about."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """A place: its name, what it is, other names it goes by, the province it lies in."""

    name: str
    kind: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """A side with its word forms."""

    code: str
    name: str
    adj: str
    state: bool
    capital: str
    demonym: str
    forces: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class World:
    """A war: sides, places, regions, persons without a side, outlets."""

    id: str
    sides: tuple[Side, ...]
    places: tuple[Place, ...]
    regions: tuple[str, ...]
    persons: tuple[str, ...]
    outlets: tuple[str, ...]


@cache
def worlds() -> tuple[World, ...]:
    """Return all worlds of the data files."""
    found = []
    for path in sorted((Path(__file__).parent / "worlds").glob("*.toml")):
        for key, table in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found.append(_world(key, table))
    return tuple(found)


def _world(key: str, table: dict[str, list[str]]) -> World:
    sides = []
    for line in table["sides"]:
        code, name, adj, kind, capital, demonym, forces, persons = (part.strip() for part in line.split("|"))
        sides.append(Side(code, name, adj, kind == "state", capital, demonym, _list(forces), _list(persons)))
    places = []
    for line in table["places"]:
        name, kind, *others = (part.strip() for part in line.split("/"))
        places.append(Place(name, {"c": "city", "t": "town", "v": "village"}[kind], tuple(others)))
    return World(
        key, tuple(sides), tuple(places), tuple(table["regions"]), tuple(table["persons"]), tuple(table["outlets"])
    )


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


@dataclass(slots=True)
class Frame:
    """What the clause in hand states: relation and stance."""

    relation: str = "captured"
    stance: str = "asserts"


@dataclass(slots=True)
class Speaker:
    """Who spoke last: full name for ``=name``, pronoun, side letter (``-``: none), noun that stands for the speaker."""

    name: str
    pronoun: str
    side: str
    noun: str


@dataclass(slots=True)
class Scene:
    """The world as one passage sees it: sides and places by letter, who spoke last, whose quotation it is."""

    world: World
    sides: dict[str, Side]
    places: dict[str, Place]
    frame: Frame = field(default_factory=Frame)
    seen: set[str] = field(default_factory=set)
    focus: str = ""
    voice: str = ""
    speaker: Speaker | None = None
    spoken: list[str] = field(default_factory=list)

    def code(self, letter: str) -> str:
        """Return the code of a side letter, or what was given."""
        return self.sides[letter].code if letter in self.sides else letter

    def called(self, letter: str) -> str:
        """Return the name of a place letter, or what was given."""
        return self.places[letter].name if letter in self.places else letter

    def swap(self) -> None:
        """Exchange the two sides."""
        self.sides["x"], self.sides["y"] = self.sides["y"], self.sides["x"]
        if self.voice:
            self.voice = {"x": "y", "y": "x"}.get(self.voice, self.voice)
        if self.speaker:
            self.speaker.side = {"x": "y", "y": "x"}.get(self.speaker.side, self.speaker.side)


def scene(rng: random.Random) -> Scene:
    """Return a scene drawn by chance."""
    world = rng.choice(worlds())
    first, second = rng.sample(world.sides, 2)
    names = rng.sample(world.places, 4)
    return Scene(world, {"x": first, "y": second}, dict(zip("pqrt", names, strict=True)))
