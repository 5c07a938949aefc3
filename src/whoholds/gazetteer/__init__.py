"""Names to places: one immutable SQLite file for each theatre."""

from whoholds.gazetteer.sqlite import SqliteGazetteer

__all__ = ["SqliteGazetteer"]
