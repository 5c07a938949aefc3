"""Ukraine's settlements: how each is called today and otherwise, by ``ua_places.tsv`` and the official register."""

from __future__ import annotations

import translitua
from rapidfuzz import fuzz

from gazetteer_build.register import Unit
from gazetteer_build.rows import CURRENT, DOUBTFUL, OTHER, VARIANT, PlaceRow, in_alphabet, plain, usable
from gazetteer_build.table import Raw, is_town_district, ukrainian
from whoholds.records import PlaceKind
from whoholds.stages import toponyms

SOURCE = "GeoNames and Who's On First (ua_places.tsv)"
_SCRIPTS = frozenset({"latin", "cyrillic"})
_LIKE = 65  # per cent: a label that resembles the name; others are of something else that shares the Wikidata item


def official_name(raw: Raw) -> str | None:
    """Return today's Ukrainian name: of the register, else the row's Ukrainian name that its own name romanises."""
    if raw.unit is not None:
        return raw.unit.name
    own = toponyms.key(raw.name)
    names = ukrainian(raw.listed("uk")) + ukrainian(raw.listed("variants"))
    return next((name for name in names if toponyms.key(name) == own), None)


def national(name: str) -> str:
    """Romanise a Ukrainian name by the national table of 2010."""
    return str(translitua.translit(name.replace("’", "'").replace("ʼ", "'"))).replace(" I ", " i ")


def to_place(raw: Raw, oblast_name: str | None) -> PlaceRow:
    """Return the row to write, with all its names; those of rows outside the register are doubtful."""
    official = official_name(raw)
    identifier = raw.line["id"]
    place = PlaceRow(
        id=f"wof:{identifier.removeprefix('wof')}" if identifier.startswith("wof") else f"gn:{identifier}",
        name=national(official) if official else plain(raw.name),
        kind=PlaceKind.DISTRICT if is_town_district(raw) else PlaceKind.SETTLEMENT,
        lat=raw.lat,
        lon=raw.lon,
        country="UA",
        region=oblast_name,
        population=raw.population,
        wikidata=raw.line["wikidata"] or None,
        source=SOURCE,
    )
    own, other = (CURRENT, OTHER) if raw.unit is not None else (DOUBTFUL, DOUBTFUL)
    place.call([place.name], "en", own)
    if official:
        place.call([official], "uk", own)
    place.call([raw.name], "", other)
    for column in ("uk", "ru", "en"):
        place.call(_labels(raw, column), column, other)
    place.call((name for name in raw.listed("variants") if _variant(name)), "", max(VARIANT, own))
    return place


def unlisted(unit: Unit, oblast_name: str | None) -> PlaceRow:
    """Return a settlement that the register has and the table lacks: a name and a district without coordinates."""
    place = PlaceRow(
        id=f"katottg:{unit.code}",
        name=national(unit.name),
        kind=PlaceKind.SETTLEMENT,
        lat=None,
        lon=None,
        country="UA",
        region=oblast_name,
        source="KATOTTG (no coordinates)",
    )
    place.call([place.name], "en", CURRENT)
    place.call([unit.name], "uk", CURRENT)
    return place


def _labels(raw: Raw, column: str) -> list[str]:
    """Return the labels of a column that are names of this place (some are of a namesake: a person, another town)."""
    own = {toponyms.key(name) for name in [raw.name, *raw.listed("variants")]}
    name = toponyms.key(raw.name)
    return [
        label
        for label in raw.listed(column)
        if usable(label, _SCRIPTS) and (toponyms.key(label) in own or fuzz.ratio(toponyms.key(label), name) >= _LIKE)
    ]


def _variant(name: str) -> bool:
    """Say whether a variant is kept: Latin, or Cyrillic in the letters of Ukrainian or Russian."""
    known = not toponyms.is_cyrillic(name) or in_alphabet(name, "uk") or in_alphabet(name, "ru")
    return known and usable(name, _SCRIPTS)


def only_owner(places: list[PlaceRow]) -> None:
    """Leave a Wikidata item with the most populous of the rows that share it."""
    owners: dict[str, PlaceRow] = {}
    for place in places:
        item = place.wikidata
        if item is not None and (item not in owners or (place.population or 0) > (owners[item].population or 0)):
            owners[item] = place
    for place in places:
        if place.wikidata is not None and owners[place.wikidata] is not place:
            place.wikidata = None
