"""``ua_places.tsv``: its lines, with what is found out about each."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from gazetteer_build.register import Unit
from gazetteer_build.rows import in_alphabet

_LISTED_FROM = 500  # inhabitants
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


def rename(raws: list[Raw], names: Mapping[str, str]) -> None:
    """Give rows (by id) the Ukrainian name of today that the table does not have yet."""
    for raw in raws:
        if raw.line["id"] in names:
            raw.line["uk"] = "|".join([names[raw.line["id"]], *raw.listed("uk")])


def distrust(raws: list[Raw], listed: Collection[str]) -> None:
    """Drop populations that GeoNames' own list of places of 500 and more (``listed``: its ids) does not bear out.

    They are of namesakes: a village of Lviv Oblast has the half million of Mykolaiv.
    """
    for raw in raws:
        if raw.line["id"] not in listed and (raw.population or 0) >= _LISTED_FROM:
            raw.line["population"] = ""


def is_town_district(raw: Raw) -> bool:
    """Say whether the row is a district of a town or a raion, by its own other names."""
    return any(word in name.casefold() for name in raw.listed("variants") for word in _TOWN_DISTRICT)


def ukrainian(names: list[str]) -> list[str]:
    """Return the names that are spelt with Ukrainian letters."""
    return [name for name in names if in_alphabet(name, "uk")]
