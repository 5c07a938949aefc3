"""Regions and districts: rows of their own kind with a representative point (the median of their settlements)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from statistics import median

from gazetteer_build.overlay import Entry
from gazetteer_build.register import Register, Unit
from gazetteer_build.rows import CURRENT, OTHER, PlaceRow
from gazetteer_build.ukraine import national
from whoholds.records import PlaceKind
from whoholds.stages import toponyms

_POINT = "point: median of its settlements"
_SUFFIX = "ski"  # of the key of an adjective: Покровський


def region(entry: Entry, identifier: str, words: Iterable[str], members: list[PlaceRow]) -> PlaceRow:
    """Return a region's row. ``words`` ("Oblast", "region") are put after its bare name to make aliases."""
    place = _area(identifier, entry.name, PlaceKind.REGION, entry.country, members)
    place.call([entry.name], "en", CURRENT)
    generic = [word for word in words if entry.name.casefold().endswith(f" {word.casefold()}")]
    bare = entry.name[: -len(generic[0]) - 1] if generic else entry.name
    place.call((f"{bare} {word}" for word in words), "en", OTHER)
    entry.call(place)
    return place


def raions(register: Register, places: Mapping[str, list[PlaceRow]], seats: Mapping[str, str]) -> dict[str, PlaceRow]:
    """Return the raions by code. ``places`` are the settlements by raion; ``seats`` names what no rule finds."""
    found = {}
    for unit in register.of_kind("P"):
        members = places.get(unit.code, [])
        bare = seats.get(unit.name) or _seat(unit, members) or national(unit.name)
        place = _area(f"katottg:{unit.code}", f"{bare} Raion", PlaceKind.DISTRICT, "UA", members)
        place.region = members[0].region if members else None
        place.call([place.name], "en", CURRENT)
        place.call([f"{unit.name} район"], "uk", CURRENT)
        place.call([f"{bare} district", f"{national(unit.name)} raion", f"{national(unit.name)} district"], "en", OTHER)
        found[unit.code] = place
    return found


def _seat(unit: Unit, members: list[PlaceRow]) -> str | None:
    """Return the largest settlement whose name the raion's adjective is made of."""
    base = toponyms.key(unit.name).removesuffix(_SUFFIX)
    least = max(3, len(base) - 2)
    named = [place for place in members if _common(base, toponyms.key(place.name)) >= least]
    best = max(named, key=lambda place: place.population or 0, default=None)
    return best.name if best is not None and (best.population or 0) > 0 else None


def _common(one: str, other: str) -> int:
    """Return how many letters two words begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def by_area(places: Iterable[tuple[str, PlaceRow]]) -> dict[str, list[PlaceRow]]:
    """Group rows by the code of their area; rows without one are left out."""
    groups: dict[str, list[PlaceRow]] = defaultdict(list)
    for code, place in places:
        if code:
            groups[code].append(place)
    return dict(groups)


def _area(identifier: str, name: str, kind: PlaceKind, country: str, members: list[PlaceRow]) -> PlaceRow:
    points = [(place.lat, place.lon) for place in members if place.lat is not None and place.lon is not None]
    return PlaceRow(
        id=identifier,
        name=name,
        kind=kind,
        lat=round(median(lat for lat, _ in points), 4) if points else None,
        lon=round(median(lon for _, lon in points), 4) if points else None,
        country=country,
        source=_POINT if points else "name only: no source with coordinates",
    )
