"""A theatre: everything the code must be told about one war. The code itself knows no country."""

from __future__ import annotations

from dataclasses import dataclass, field

from whoholds.records.claims import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A party to the war. ``code``: a state by its ISO code, an armed group by its usual acronym.

    ``nouns`` name the side or its forces ("Russians", "Moscow's troops"), ``adjectives`` qualify a force
    ("Russian"), ``speakers`` are the places and metonyms that speak for it ("Moscow", "the Kremlin"),
    ``epithets`` are words one side uses of another ("the occupiers"). All keyed by language.
    """

    code: str
    name: str
    nouns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    adjectives: dict[str, tuple[str, ...]] = field(default_factory=dict)
    speakers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    epithets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    speaker_name: str | None = None  # what a metonym speaker resolves to: "Russia"
    colour: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """The period in which an alias ("the defence minister") means this actor. None: open."""

    alias: str
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Someone who speaks: person, office, ministry, staff, unit, agency, outlet, monitor, channel."""

    id: str
    name: str
    kind: str
    role: Role
    side: str | None = None
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    offices: tuple[Tenure, ...] = ()
    domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InitialControl:
    """Who held what when the theatre opens; ``place`` is a gazetteer id or a name as the gazetteer has it.

    ``region`` is the first-order unit that tells two places of one name apart.
    """

    place: str
    side: str
    since: str | None = None
    source: str = ""
    kind: str = "settlement"  # or "region", "district", "country"
    region: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Theatre:
    """One war as data. ``horizon_days``: after so long without a statement the state is background."""

    id: str
    title: str
    countries: tuple[str, ...]
    languages: tuple[str, ...]
    start: str
    end: str | None
    horizon_days: int
    sides: tuple[Side, ...]
    actors: tuple[Actor, ...]
    initial: tuple[InitialControl, ...] = ()
    renamed: dict[str, str] = field(default_factory=dict)  # a name used in reports -> gazetteer place id
    not_places: tuple[str, ...] = ()  # names that are no settlement here though a gazetteer has one
    focus: tuple[float, float, float, float] | None = None  # west, south, east, north: where homonyms are likelier
    path: str = ""
