"""A gazetteer in one read-only SQLite file, as ``scripts/build_gazetteer.py`` writes it."""

from __future__ import annotations

import math
import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from whoholds.errors import TheatreInvalid
from whoholds.records import Place, PlaceKind, PlaceName
from whoholds.stages import toponyms

__all__ = ["SqliteGazetteer"]

_CACHED = 65536
_LEAST_LIKENESS = 70.0
_POOL = 40  # keys looked at for each suggestion list
_VARIANT = 2  # rank of a name that is only some spelling; above it, of a row that may be no settlement today
_ANY = 9
_COLUMNS = "id, name, kind, lat, lon, country, region, district, population"


class SqliteGazetteer:
    """Places by name and id (implements :class:`whoholds.ports.Gazetteer`).

    The file is opened on first use, immutable and read-only; pickling keeps the path alone, so that every process
    opens its own. One object serves one thread.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._names: OrderedDict[str, PlaceName | None] = OrderedDict()
        self._places: dict[int, Place] = {}

    def __reduce__(self) -> tuple[type[SqliteGazetteer], tuple[Path]]:
        """Pickle as the path."""
        return type(self), (self.path,)

    # --- the port -------------------------------------------------------------------------------------------------

    def lookup(self, name: str) -> PlaceName | None:
        """Return the places that bear this name in any spelling or case, or None.

        ``match`` is "exact" where the key of the name is known; else, for Cyrillic, "stem" where a nominative that the
        form can come from is known as a place's own name. Settlements go before areas, own names before mere
        spellings, the most populous first.
        """
        try:
            self._names.move_to_end(name)
            return self._names[name]
        except KeyError:
            pass
        found = self._names[name] = self._look_up(name)
        if len(self._names) > _CACHED:
            self._names.popitem(last=False)
        return found

    def place(self, place_id: str) -> Place | None:
        """Return one place by its id."""
        row = self._connection.execute("SELECT row FROM places WHERE id = ?", (place_id,)).fetchone()
        return self._place(row[0]) if row else None

    def similar(self, name: str, limit: int = 5) -> Sequence[Place]:
        """Return places of similar names, nearest first: for suggestions, never for grounding."""
        near = process.extract(
            toponyms.key(name), self._keys, scorer=fuzz.ratio, score_cutoff=_LEAST_LIKENESS, limit=_POOL
        )
        scored = [(score, place) for key, score, _ in near for place in self._bearing([key])]
        scored.sort(key=lambda pair: -pair[0] - math.log10(1 + (pair[1].population or 0)))
        best: dict[str, Place] = {}
        for _, place in scored:
            best.setdefault(place.name, place)
        return list(best.values())[:limit]

    @property
    def meta(self) -> dict[str, str]:
        """What the file says of itself: sources, licences, schema."""
        return dict(self._connection.execute("SELECT key, value FROM meta ORDER BY key").fetchall())

    # --- inside ---------------------------------------------------------------------------------------------------

    @cached_property
    def _connection(self) -> sqlite3.Connection:
        if not self.path.is_file():
            raise TheatreInvalid(f"no gazetteer at {self.path}", do="run scripts/build_gazetteer.py for this theatre")
        uri = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
        return sqlite3.connect(uri, uri=True, check_same_thread=False, cached_statements=256)

    @cached_property
    def _keys(self) -> list[str]:
        """The keys of all names but mere variants, for suggestions."""
        rows = self._connection.execute("SELECT DISTINCT key FROM names WHERE rank < ? ORDER BY key", (_VARIANT,))
        return [key for (key,) in rows]

    def _look_up(self, name: str) -> PlaceName | None:
        key = toponyms.key(name)
        if not key:
            return None
        if not toponyms.only_oblique(name) and (places := self._bearing([key])):
            return PlaceName(name=name, match="exact", places=places)
        if toponyms.is_cyrillic(name) and (places := self._bearing(toponyms.stems(name), _VARIANT)):
            return PlaceName(name=name, match="stem", places=places)
        return None

    def _bearing(self, keys: Sequence[str], below: int = _ANY) -> tuple[Place, ...]:
        """Return the places with a name of these keys ranked below a limit, likeliest first.

        A mere spelling of one place says nothing where it is another's own name: Grishino is Hryshyne, not Pokrovsk.
        """
        marks = ", ".join("?" * len(keys))
        rows = self._connection.execute(
            f"SELECT place, min(rank) FROM names WHERE key IN ({marks}) AND rank < ? GROUP BY place", (*keys, below)
        ).fetchall()
        owned = any(rank < _VARIANT for _, rank in rows)
        ranked = [(self._place(row), rank) for row, rank in rows if not (owned and rank == _VARIANT)]
        ranked.sort(key=lambda pair: _order(*pair))
        return tuple(place for place, _ in ranked)

    def _place(self, row: int) -> Place:
        if row not in self._places:
            columns = self._connection.execute(f"SELECT {_COLUMNS} FROM places WHERE row = ?", (row,)).fetchone()
            names = self._connection.execute("SELECT name FROM names WHERE place = ? ORDER BY rowid", (row,))
            self._places[row] = _to_place(columns, (name for (name,) in names))
        return self._places[row]


def _order(place: Place, rank: int) -> tuple[bool, bool, int, int, str]:
    """Return the sort key of a candidate: settlements first, own names before mere variants, then population."""
    return (place.kind is not PlaceKind.SETTLEMENT, rank >= _VARIANT, -(place.population or 0), rank, place.id)


def _to_place(columns: tuple[Any, ...], names: Iterable[str]) -> Place:
    """Return the record of a row."""
    place_id, name, kind, lat, lon, country, region, district, population = columns
    return Place(
        id=place_id,
        name=name,
        kind=PlaceKind(kind),
        lat=lat,
        lon=lon,
        country=country,
        region=region,
        district=district,
        population=population,
        names=tuple(dict.fromkeys(names)),
    )
