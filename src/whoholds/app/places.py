"""Finding the one place that a user means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from math import cos, hypot, radians
from typing import Protocol

from whoholds.errors import AmbiguousPlace, NotFound, UnknownPlace, UsageError
from whoholds.ports import Gazetteer
from whoholds.records import Place, PlaceKind, Theatre
from whoholds.stages import toponyms

__all__ = ["PlaceChoice", "find_place"]

_ID = re.compile(r"[a-z]+\d?:\S+$")  # gn:704422, wof:…, katottg:…, adm1:…, wh:…
_POINT = re.compile(r"(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)$")
_DOMINANT = 5  # times as populous as the next
_TOWN = 5_000  # inhabitants
_POPULOUS = 500
_CLEARLY_NEARER = 1.5  # times
_NEAR_KM = 150.0
_LISTED = 8
_KM_PER_DEGREE = 111.2

Found = tuple[Theatre, Place]


class Places(Protocol):
    """What of a workspace is needed here."""

    @property
    def theatres(self) -> Sequence[Theatre]:
        """The active theatres."""

    @property
    def gazetteers(self) -> Mapping[str, Gazetteer]:
        """The gazetteer of each theatre, by its id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceChoice:
    """The place chosen, the theatre it is in, all that bear the name, and why this one."""

    place: Place
    theatre: Theatre
    candidates: tuple[Place, ...]
    reason: str


def find_place(workspace: Places, name: str, near: str | None = None, theatre: str | None = None) -> PlaceChoice:
    """Return the place that ``name`` means.

    ``name`` is a name in any script and spelling, with or without a preposition, ``Name, District`` (or region), or a
    place id such as ``gn:704422``. ``near`` is a place or ``lat,lon`` that the place lies close to. Among namesakes the
    choice falls, in this order, on the nearest to ``near``; the one that is far more populous; the only populous one in
    the theatre's focus.
    Otherwise nothing is guessed. Raises UnknownPlace, AmbiguousPlace, NotFound (theatre), UsageError (``near``).
    """
    if not toponyms.key(name) and not _ID.match(name.strip()):
        raise UsageError(f"{name!r} names no place", do="give a name or an id, such as Pokrovsk or gn:704422")
    theatres = _theatres(workspace, theatre)
    if _ID.match(name.strip()):
        return _by_id(workspace, theatres, name.strip())
    found = _named(workspace, theatres, name) or _named(workspace, theatres, _bare(name))
    if not found:
        raise _unknown(workspace, theatres, name)
    if near is not None:
        return _nearest(found, name, near, _point(workspace, near, theatre))
    return _likeliest(found, name)


# --- candidates -----------------------------------------------------------------------------------------------------


def _theatres(workspace: Places, wanted: str | None) -> list[Theatre]:
    chosen = [theatre for theatre in workspace.theatres if wanted in (None, theatre.id)]
    if not chosen:
        known = ", ".join(theatre.id for theatre in workspace.theatres)
        raise NotFound(f"no active theatre is called {wanted!r}", do=f"use one of: {known}")
    return chosen


def _by_id(workspace: Places, theatres: Sequence[Theatre], place_id: str) -> PlaceChoice:
    for theatre in theatres:
        place = workspace.gazetteers[theatre.id].place(place_id)
        if place is not None:
            return PlaceChoice(place=place, theatre=theatre, candidates=(place,), reason="the id names it")
    raise UnknownPlace(f"no active gazetteer has the id {place_id}", do="give a name instead")


def _named(workspace: Places, theatres: Sequence[Theatre], name: str) -> list[Found]:
    """Return the places that bear the name, or that bear what stands before the last comma and lie in what follows."""
    found = _lookups(workspace, theatres, name)
    bare, comma, area = name.rpartition(",")
    if found or not comma:
        return found
    wanted = toponyms.area_key(area)
    return [(theatre, place) for theatre, place in _lookups(workspace, theatres, bare) if wanted in _areas(place)]


def _bare(name: str) -> str:
    """Return the name without the small words before it: "in Pokrovsk", "у Покровську"."""
    words = name.split()
    small = next((at for at, word in enumerate(words) if not word.islower()), 0)
    return " ".join(words[small:])


def _areas(place: Place) -> set[str]:
    """Return the keys of the areas that a place lies in."""
    return {toponyms.area_key(area) for area in (place.district, place.region, place.country) if area}


def _lookups(workspace: Places, theatres: Sequence[Theatre], name: str) -> list[Found]:
    """Return the candidates of all theatres: renamed places, else exact matches, else stems; no area beside a town."""
    by_match: dict[str, list[Found]] = {}
    for theatre in theatres:
        gazetteer = workspace.gazetteers[theatre.id]
        renamed = _renamed(theatre, gazetteer, name)
        if renamed is not None:
            by_match.setdefault("renamed", []).append((theatre, renamed))
        elif (hit := gazetteer.lookup(name)) is not None:
            by_match.setdefault(hit.match, []).extend((theatre, place) for place in hit.places)
    found = next((by_match[match] for match in ("renamed", "exact", "stem") if match in by_match), [])
    settlements = [(theatre, place) for theatre, place in found if place.kind is PlaceKind.SETTLEMENT]
    return _once(settlements or found)


def _renamed(theatre: Theatre, gazetteer: Gazetteer, name: str) -> Place | None:
    """Return the place that the theatre's data says this name means."""
    wanted = toponyms.key(name)
    return next(
        (gazetteer.place(place_id) for old, place_id in theatre.renamed.items() if toponyms.key(old) == wanted), None
    )


def _once(found: Sequence[Found]) -> list[Found]:
    """Leave each place once: theatres may overlap."""
    return list({place.id: (theatre, place) for theatre, place in reversed(found)}.values())[::-1]


# --- choice -----------------------------------------------------------------------------------------------------------


def _likeliest(found: Sequence[Found], name: str) -> PlaceChoice:
    """Choose without a hint: the only one, the dominant one, or the only populous one in its theatre's focus."""
    if len(found) == 1:
        return _chosen(found[0], found, "the only place of this name")
    ordered = sorted(found, key=lambda pair: -(pair[1].population or 0))
    first, second = (pair[1].population or 0 for pair in ordered[:2])
    if first > _TOWN and first >= _DOMINANT * second:
        return _chosen(ordered[0], found, f"by far the most populous of {len(found)} places of this name")
    focal = [pair for pair in found if (pair[1].population or 0) >= _POPULOUS and _in_focus(*pair)]
    if len(focal) == 1:
        return _chosen(focal[0], found, f"of {len(found)} places of this name the only populous one near the front")
    raise _ambiguous(ordered, name)


def _in_focus(theatre: Theatre, place: Place) -> bool:
    if theatre.focus is None or place.lat is None or place.lon is None:
        return False
    west, south, east, north = theatre.focus
    return west <= place.lon <= east and south <= place.lat <= north


def _nearest(found: Sequence[Found], name: str, near: str, point: tuple[float, float]) -> PlaceChoice:
    """Choose the nearest to a point, if it is near; among those about as near, the likeliest."""
    placed = [pair for pair in found if pair[1].lat is not None]
    ordered = sorted(placed, key=lambda pair: _km(pair[1], point))
    if not ordered:
        raise _ambiguous(found, name)
    first = _km(ordered[0][1], point)
    if first > _NEAR_KM:
        raise _ambiguous(ordered, name)
    close = [pair for pair in ordered if _km(pair[1], point) <= _CLEARLY_NEARER * first]
    if len(close) > 1:
        return _likeliest(close, name)
    return _chosen(ordered[0], found, f"the nearest to {near}: {first:.0f} km")


def _point(workspace: Places, near: str, theatre: str | None) -> tuple[float, float]:
    """Return the latitude and longitude that ``near`` means."""
    if match := _POINT.match(near.strip()):
        return float(match[1]), float(match[2])
    place = find_place(workspace, near, theatre=theatre).place
    if place.lat is None or place.lon is None:
        raise UsageError(f"{place.name} has no coordinates to be near to", do="give another place or LAT,LON")
    return place.lat, place.lon


def _km(place: Place, point: tuple[float, float]) -> float:
    """Return the distance in km (plane approximation, which is enough to order candidates)."""
    assert place.lat is not None
    assert place.lon is not None
    east = (place.lon - point[1]) * cos(radians((place.lat + point[0]) / 2))
    return _KM_PER_DEGREE * hypot(place.lat - point[0], east)


def _chosen(pair: Found, found: Sequence[Found], reason: str) -> PlaceChoice:
    theatre, place = pair
    return PlaceChoice(place=place, theatre=theatre, candidates=tuple(place for _, place in found), reason=reason)


# --- errors -----------------------------------------------------------------------------------------------------------


def _ambiguous(found: Sequence[Found], name: str) -> AmbiguousPlace:
    """Return the error that lists the candidates with district, region and id."""
    areas = Counter((place.name, place.district, place.region) for _, place in found)
    twins = {area for area, count in areas.items() if count > 1}
    listed = "; ".join(_described(place, twins) for _, place in found[:_LISTED])
    more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
    return AmbiguousPlace(
        f"{len(found)} places are called {name!r}: {listed}{more}",
        do=f"give an id ({found[0][1].id}), '{name}, DISTRICT', or a place nearby: --near PLACE",
    )


def _described(place: Place, twins: Collection[tuple[str, str | None, str | None]]) -> str:
    """Return a place with what tells it from its namesakes; from a twin in the same district only the point does."""
    parts = [place.name, *filter(None, (place.district, place.region, place.country))]
    placed = place.lat is not None and place.lon is not None
    twin = placed and (place.name, place.district, place.region) in twins
    return f"{', '.join(parts)} ({place.id}){f' at {place.lat:.2f},{place.lon:.2f}' if twin else ''}"


def _unknown(workspace: Places, theatres: Sequence[Theatre], name: str) -> UnknownPlace:
    """Return the error that suggests similar names."""
    near = [place for theatre in theatres for place in workspace.gazetteers[theatre.id].similar(name, limit=3)]
    near.sort(key=lambda place: -(place.population or 0))
    names = list(dict.fromkeys(_suggested(place, name) for place in near))[:5]
    do = f"did you mean {', '.join(names)}?" if names else "check the spelling, or give an id such as gn:704422"
    return UnknownPlace(f"no active gazetteer knows a place called {name!r}", do=do)


def _suggested(place: Place, name: str) -> str:
    """Return the place's name; where another of its names is the similar one, that name first."""
    wanted = toponyms.key(name)
    similar = max(
        (place.name, *place.names), key=lambda known: SequenceMatcher(None, wanted, toponyms.key(known)).ratio()
    )
    return place.name if toponyms.key(similar) == toponyms.key(place.name) else f"{similar} (today {place.name})"
