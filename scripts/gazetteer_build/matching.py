"""Where each line of ``ua_places.tsv`` lies, and which settlement of the official register it is, if any."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable

from rapidfuzz import fuzz

from gazetteer_build.nearby import Nearby
from gazetteer_build.register import SETTLEMENTS, Register, Unit
from gazetteer_build.table import Raw, is_town_district, ukrainian
from whoholds.stages import toponyms

_DUPLICATE_KM = 8.0
_PART_KM = 20.0
_TOWN, _THOUSANDS = 20_000, 5_000  # inhabitants; the register would have a place of thousands
_NAME_COLUMNS = ("uk", "ru", "en", "variants")
_SPELT_ALIKE = 88
_AGREEING = 4  # of five neighbours
_SIZE = {"M": 0, "X": 1, "C": 2}  # town, settlement, village


def locate(raws: list[Raw], register: Register) -> None:
    """Find each row's oblast (from neighbours where absent), its row in the register, and its raion.

    A row claims a unit by its own or Ukrainian name; variants claim only what is then left. Each unit is claimed once,
    by the most populous row first.
    """
    _fill_oblasts(raws)
    taken = _special_cities(raws, register)
    settlements = [raw for raw in raws if raw.unit is None and not is_town_district(raw)]
    settlements.sort(key=lambda raw: (-(raw.population or 0), not raw.listed("uk")))
    _match(settlements, lambda raw: [raw.name, *ukrainian(raw.listed("uk"))], register, taken)
    _reject_strays(settlements, taken)
    rest = [raw for raw in settlements if raw.unit is None]
    _match(rest, lambda raw: ukrainian(raw.listed("variants")), register, taken)
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
    """Match the cities outside the oblasts (category K) to the largest row of their name; return their codes."""
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


def _reject_strays(raws: list[Raw], taken: set[str]) -> None:
    """Undo a match to a raion that none of the neighbours is in, when they agree on another."""
    known = _raions(raws)
    for raw in raws:
        near = Counter(raion for _, raion in known.nearest(raw.lat, raw.lon, 6, within=20))
        if raw.unit is not None and near[raw.raion] == 1 and near.most_common(1)[0][1] >= _AGREEING:
            taken.discard(raw.unit.code)
            raw.unit, raw.raion = None, near.most_common(1)[0][0]


def _match_spellings(raws: list[Raw], register: Register, taken: set[str]) -> None:
    """Match what is left within a raion by nearly equal keys: Ivano-Dar'yivka, Івано-Дар’ївка."""
    free: dict[str, list[Unit]] = defaultdict(list)
    for unit in register.of_kind(SETTLEMENTS):
        if unit.code not in taken:
            free[unit.raion].append(unit)
    for raw in raws:
        keys = {toponyms.key(name) for name in [raw.name, *raw.listed("uk"), *ukrainian(raw.listed("variants"))]}
        scored = [
            (max(fuzz.ratio(key, toponyms.key(unit.name)) for key in keys), unit.code, unit)
            for unit in free.get(raw.raion, ())
            if unit.code not in taken
        ]
        if scored and max(scored)[0] >= _SPELT_ALIKE:
            _claim(raw, max(scored)[2], taken)


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


def parts_of_towns(raws: list[Raw]) -> set[str]:
    """Return the ids of quarters: rows near a town, absent from the register, of GeoNames alone or with thousands."""
    towns: Nearby[Raw] = Nearby()
    for raw in raws:
        if raw.unit is not None and (raw.population or 0) >= _TOWN:
            towns.add(raw.lat, raw.lon, raw)
    absent = (raw for raw in raws if raw.unit is None)
    quarters = (raw for raw in absent if not raw.line["wof_ids"] or (raw.population or 0) >= _THOUSANDS)
    return {raw.line["id"] for raw in quarters if towns.nearest(raw.lat, raw.lon, 1, within=_PART_KM)}


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
