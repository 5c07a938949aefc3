"""Ukraine: ``ua_places.tsv`` joined to the official register for today's names and districts."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import translitua
from rapidfuzz import fuzz

from gazetteer_build.nearby import Nearby
from gazetteer_build.register import SETTLEMENTS, Register, Unit
from gazetteer_build.rows import CURRENT, DOUBTFUL, OTHER, VARIANT, PlaceRow, in_alphabet, plain, usable
from whoholds.records import PlaceKind
from whoholds.stages import toponyms

SOURCE = "GeoNames and Who's On First (ua_places.tsv)"
_SCRIPTS = frozenset({"latin", "cyrillic"})
_LIKE = 65  # per cent: a label that resembles the name; others are of something else that shares the Wikidata item
_DUPLICATE_KM = 8.0
_PART_KM = 20.0
_NAME_COLUMNS = ("uk", "ru", "en", "variants")
_SPELT_ALIKE = 88
_AGREEING = 4  # of five neighbours
_SIZE = {"M": 0, "X": 1, "C": 2}  # town, settlement, village
_TOWN_DISTRICT = ("район", "rajon", "rayon", "raion", "district")


@dataclass(slots=True, kw_only=True)
class Raw:
    """One line of the table, with what is found out about it."""

    line: dict[str, str]
    lat: float
    lon: float
    oblast: str = ""  # code in the register
    unit: Unit | None = None
    raion: str = ""

    @property
    def name(self) -> str:
        """The table's own name."""
        return self.line["name"]

    @property
    def population(self) -> int | None:
        """Population, None where absent or 0 (GeoNames writes 0 for unknown)."""
        return int(self.line["population"] or 0) or None

    def listed(self, column: str) -> list[str]:
        """Return the values of a column that holds several."""
        return [value for value in self.line[column].split("|") if value]


def read_table(path: Path, oblasts: dict[str, str]) -> list[Raw]:
    """Read the table. ``oblasts`` maps its region names to codes of the register."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter="\t"))
    return [
        Raw(line=line, lat=float(line["lat"]), lon=float(line["lon"]), oblast=oblasts.get(line["region"], ""))
        for line in lines
    ]


# --- where it lies ----------------------------------------------------------------------------------------------------


def locate(raws: list[Raw], register: Register) -> None:
    """Find each row's oblast (from neighbours where absent), its row in the register, and its raion.

    A row claims a unit by its own or Ukrainian name; variants claim only what is then left. Each unit is claimed once,
    by the most populous row first.
    """
    _fill_oblasts(raws)
    taken = _special_cities(raws, register)
    settlements = [raw for raw in raws if raw.unit is None and not is_town_district(raw)]
    settlements.sort(key=lambda raw: (-(raw.population or 0), not raw.listed("uk")))
    _match(settlements, lambda raw: [raw.name, *_ukrainian(raw.listed("uk"))], register, taken)
    _reject_strays(settlements)
    rest = [raw for raw in settlements if raw.unit is None]
    _match(rest, lambda raw: _ukrainian(raw.listed("variants")), register, taken)
    _match_spellings([raw for raw in rest if raw.unit is None], register, taken)


def _fill_oblasts(raws: list[Raw]) -> None:
    """Give a row without a region that of its three nearest neighbours, if they agree."""
    known: Nearby[str] = Nearby()
    for raw in raws:
        if raw.oblast:
            known.add(raw.lat, raw.lon, raw.oblast)
    for raw in raws:
        if not raw.oblast:
            near = {oblast for _, oblast in known.nearest(raw.lat, raw.lon, 3, within=15)}
            raw.oblast = near.pop() if len(near) == 1 else ""


def _special_cities(raws: list[Raw], register: Register) -> set[str]:
    """Match the cities that are no part of an oblast (category K) to the largest row of their name; return their codes."""
    cities = register.of_kind("K")
    for unit in cities:
        named = [raw for raw in raws if toponyms.key(raw.name) == toponyms.key(unit.name)]
        city = max(named, key=lambda raw: raw.population or 0)
        city.unit, city.oblast, city.raion = unit, "", ""
    return {unit.code for unit in cities}


def _match(raws: list[Raw], names: Callable[[Raw], list[str]], register: Register, taken: set[str]) -> None:
    """Match rows to units: first where all namesakes lie in one raion, then by the raion of the neighbours."""
    for raw in raws:
        units = _units(raw.oblast, names(raw), register, taken)
        if len({unit.raion for unit in units}) == 1:
            _claim(raw, units[0], taken)
    sure = _raions(raws)
    for raw in raws:
        if raw.unit is None:
            _settle(raw, _units(raw.oblast, names(raw), register, taken), sure, taken)


def _claim(raw: Raw, unit: Unit, taken: set[str]) -> None:
    raw.unit, raw.raion = unit, unit.raion
    taken.add(unit.code)


def _raions(raws: list[Raw]) -> Nearby[str]:
    """Return the points whose raion is known."""
    known: Nearby[str] = Nearby()
    for raw in raws:
        if raw.raion:
            known.add(raw.lat, raw.lon, raw.raion)
    return known


def _units(oblast: str, names: list[str], register: Register, taken: set[str]) -> list[Unit]:
    """Return the free settlements of the register that the first fitting name can mean, towns first."""
    for name in names:
        units = [unit for unit in register.named(oblast, name) if unit.code not in taken]
        if units:
            return sorted(units, key=lambda unit: (_SIZE.get(unit.kind, 9), unit.code))
    return []


def _reject_strays(raws: list[Raw]) -> None:
    """Undo a match to a raion that none of the neighbours is in, when they agree on another."""
    known = _raions(raws)
    for raw in raws:
        near = Counter(raion for _, raion in known.nearest(raw.lat, raw.lon, 6, within=20))
        if raw.unit is not None and near[raw.raion] == 1 and near.most_common(1)[0][1] >= _AGREEING:
            raw.unit, raw.raion = None, near.most_common(1)[0][0]


def _match_spellings(raws: list[Raw], register: Register, taken: set[str]) -> None:
    """Match what is left within a raion by nearly equal keys: Ivano-Dar'yivka, Івано-Дар’ївка."""
    free: dict[str, list[Unit]] = defaultdict(list)
    for unit in register.of_kind(SETTLEMENTS):
        if unit.code not in taken:
            free[unit.raion].append(unit)
    for raw in raws:
        keys = {toponyms.key(name) for name in [raw.name, *raw.listed("uk"), *_ukrainian(raw.listed("variants"))]}
        scored = [
            (max(fuzz.ratio(key, toponyms.key(unit.name)) for key in keys), unit.code, unit)
            for unit in free.get(raw.raion, ())
            if unit.code not in taken
        ]
        if scored and max(scored)[0] >= _SPELT_ALIKE:
            _claim(raw, max(scored)[2], taken)


def _ukrainian(names: list[str]) -> list[str]:
    return [name for name in names if in_alphabet(name, "uk")]


def _settle(raw: Raw, units: list[Unit], sure: Nearby[str], taken: set[str]) -> None:
    """Choose raion and unit by what surrounds the row; leave them open where the neighbours differ."""
    near = Counter(raion for _, raion in sure.nearest(raw.lat, raw.lon, 5, within=20))
    for raion, count in near.most_common():
        unit = next((unit for unit in units if unit.raion == raion), None)
        if unit is not None:
            _claim(raw, unit, taken)
            return
        if count >= _AGREEING and not raw.raion:
            raw.raion = raion


# --- what it is -------------------------------------------------------------------------------------------------------


def is_town_district(raw: Raw) -> bool:
    """Say whether the row is a district of a town or a raion, by its own other names."""
    return any(word in name.casefold() for name in raw.listed("variants") for word in _TOWN_DISTRICT)


def parts_of_towns(raws: list[Raw]) -> set[str]:
    """Return the ids of quarters: rows of GeoNames alone, absent from the register, near a larger town."""
    towns: Nearby[Raw] = Nearby()
    for raw in raws:
        if raw.unit is not None and (raw.population or 0) >= 20_000:
            towns.add(raw.lat, raw.lon, raw)
    return {
        raw.line["id"]
        for raw in raws
        if raw.unit is None and not raw.line["wof_ids"] and towns.nearest(raw.lat, raw.lon, 1, within=_PART_KM)
    }


def duplicates(raws: list[Raw]) -> set[str]:
    """Return the ids of rows outside the register that bear a name of a registered settlement close by."""
    known: Nearby[Raw] = Nearby()
    for raw in raws:
        if raw.unit is not None:
            known.add(raw.lat, raw.lon, raw)
    return {raw.line["id"] for raw in raws if raw.unit is None and not is_town_district(raw) and _repeats(raw, known)}


def _repeats(raw: Raw, known: Nearby[Raw]) -> bool:
    own = toponyms.key(raw.name)
    return any(
        own == toponyms.key(name)
        for _, other in known.nearest(raw.lat, raw.lon, 20, within=_DUPLICATE_KM)
        for name in [other.name, *(label for column in _NAME_COLUMNS for label in other.listed(column))]
    )


# --- how it is called -------------------------------------------------------------------------------------------------


def official_name(raw: Raw) -> str | None:
    """Return today's Ukrainian name: of the register, else the row's Ukrainian name that its own name romanises."""
    if raw.unit is not None:
        return raw.unit.name
    own = toponyms.key(raw.name)
    names = _ukrainian(raw.listed("uk")) + _ukrainian(raw.listed("variants"))
    return next((name for name in names if toponyms.key(name) == own), None)


def national(name: str) -> str:
    """Romanise a Ukrainian name by the national table of 2010."""
    return str(translitua.translit(name.replace("’", "'").replace("ʼ", "'")))


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
