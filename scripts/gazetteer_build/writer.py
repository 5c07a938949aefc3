"""Writes rows into one immutable SQLite file, the same bytes for the same rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path

from gazetteer_build.rows import PlaceRow
from whoholds.stages import toponyms

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE places (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, lat REAL, lon REAL,
    country TEXT, region TEXT, district TEXT, population INTEGER, wikidata TEXT, source TEXT NOT NULL);
CREATE TABLE names (
    place INTEGER NOT NULL REFERENCES places (row), key TEXT NOT NULL, name TEXT NOT NULL, lang TEXT NOT NULL,
    rank INTEGER NOT NULL);
"""
_INDEXES = """
CREATE UNIQUE INDEX places_id ON places (id);
CREATE INDEX names_key ON names (key);
CREATE INDEX names_place ON names (place);
"""


def write(path: Path, places: Iterable[PlaceRow], meta: Mapping[str, str]) -> int:
    """Write the file anew and return its size in bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA page_size = 4096;" + _SCHEMA)
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
    for row, place in enumerate(sorted(places, key=lambda place: place.id), start=1):
        _write_place(connection, row, place)
    connection.execute("COMMIT")
    connection.executescript(_INDEXES + "ANALYZE; VACUUM;")
    connection.close()
    return path.stat().st_size


def _write_place(connection: sqlite3.Connection, row: int, place: PlaceRow) -> None:
    """Write one place and its names, best rank first."""
    connection.execute(
        "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            row, place.id, place.name, place.kind.value, place.lat, place.lon, place.country, place.region,
            place.district, place.population, place.wikidata, place.source,
        ),
    )  # fmt: skip
    names = sorted(place.names.values(), key=lambda name: (name.rank, name.name))
    connection.executemany(
        "INSERT INTO names VALUES (?, ?, ?, ?, ?)",
        ((row, toponyms.key(name.name), name.name, name.lang, name.rank) for name in names),
    )
