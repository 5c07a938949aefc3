"""Our own additions: press names, aliases, regions, and places that the sources lack."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gazetteer_build.rows import OTHER, PlaceRow
from whoholds.records import PlaceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One overlay row. With ``id`` it amends a place of a source; without, it adds a place without coordinates."""

    name: str
    id: str = ""
    country: str = ""
    code: str = ""
    region: str | None = None
    district: str | None = None
    part: bool = False
    names: dict[str, list[str]] = field(default_factory=dict)

    def amend(self, place: PlaceRow) -> None:
        """Give a place the press name and the aliases."""
        place.name = self.name
        place.region = self.region or place.region
        place.district = self.district or place.district
        place.call([self.name], "en", 0)
        self.call(place)

    def call(self, place: PlaceRow) -> None:
        """Give a place the aliases."""
        for lang, names in self.names.items():
            place.call(names, lang, OTHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """One file of ``scripts/gazetteer_overlay``."""

    countries: tuple[str, ...]
    places: tuple[Entry, ...]
    regions: tuple[Entry, ...]
    settings: dict[str, Any]


def read_overlay(path: Path) -> Overlay:
    """Read one overlay file."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Overlay(
        countries=tuple(data.pop("countries")),
        places=tuple(_entry(row) for row in data.pop("place", [])),
        regions=tuple(_entry(row) for row in data.pop("region", [])),
        settings=data,
    )


def _entry(row: dict[str, Any]) -> Entry:
    """Read one table; language codes are the keys of two letters that hold lists."""
    names = {key: row.pop(key) for key in list(row) if isinstance(row[key], list)}
    return Entry(names=names, **row)


def added(entry: Entry, folder: str) -> PlaceRow:
    """Return the row of a place that no source has; it has no coordinates."""
    slug = entry.name.casefold().replace(" ", "-").replace("'", "")
    place = PlaceRow(
        id=f"wh:{folder}/{slug}",
        name=entry.name,
        kind=PlaceKind.SETTLEMENT,
        lat=None,
        lon=None,
        country=entry.country,
        region=entry.region,
        district=entry.district,
        source="name only: no source with coordinates",
    )
    entry.amend(place)
    return place
