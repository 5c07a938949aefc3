"""Gazetteer: names to places, from one immutable SQLite file per theatre."""
