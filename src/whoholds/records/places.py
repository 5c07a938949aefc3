"""Places and the references that passages make to them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PlaceKind(StrEnum):
    """The kind of thing a gazetteer row is. Only settlements are held; areas are their own kind."""

    SETTLEMENT = "settlement"
    REGION = "region"  # first-order unit: oblast, state, province
    DISTRICT = "district"  # second-order unit: raion, county
    COUNTRY = "country"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One row of a gazetteer. ``id`` is namespaced (``gn:704422``, ``wof:…``); WGS 84 degrees."""

    id: str
    name: str
    kind: PlaceKind
    lat: float | None
    lon: float | None
    country: str | None = None
    region: str | None = None
    district: str | None = None
    population: int | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceName:
    """A name found in a gazetteer, with the places that bear it, best known first.

    ``match`` says how the name led there: ``exact`` (same key), ``stem`` (an oblique case),
    ``fuzzy`` (a misspelling; never used to ground a passage without company).
    """

    name: str
    match: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRef:
    """A reference to a place. ``id`` is None when the text does not decide: a wrong village is worse.

    ``part`` is a part of it ("north", "centre"); ``area`` is "sector" or the like when the passage names
    the area around the place and not the place itself.
    """

    mention: str
    id: str | None
    name: str | None
    names: tuple[str, ...] = ()
    part: str | None = None
    area: str | None = None
    lat: float | None = None
    lon: float | None = None
    candidates: tuple[str, ...] = ()
