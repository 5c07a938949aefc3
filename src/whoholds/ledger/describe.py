"""Descriptions of every table, view and column, for Datasette and for the ledger file itself."""

from __future__ import annotations

from typing import Any

from whoholds.ledger.schema import TABLES
from whoholds.ledger.views import STATEMENTS, VERSIONS, VIEWS

__all__ = ["datasette_metadata", "descriptions"]

#: The Datasette defaults of a table: what labels a row, what is worth a facet.
_DISPLAY: dict[str, dict[str, Any]] = {
    "documents": {"label_column": "name", "facets": ["outlet", "lang"], "fts_table": "documents_fts", "fts_pk": "seq"},
    "claims": {"label_column": "quote", "facets": ["kind", "stance"], "fts_table": "claims_fts", "fts_pk": "seq"},
    "statements": {"facets": ["speaker", "place_name", "kind", "stance"], "sort": "published"},
}


def descriptions() -> dict[str, tuple[str, dict[str, str]]]:
    """Return, for every table and view, its description and those of its columns."""
    tables = {
        name: (table.comment or "", {column.name: column.comment or "" for column in table.columns})
        for name, table in TABLES.tables.items()
    }
    statements = {name: what for name, (_, what) in STATEMENTS.items()}
    return {
        **tables,
        "statements": (VIEWS["statements"], statements),
        "document_versions": (VIEWS["document_versions"], dict(VERSIONS)),
    }


def datasette_metadata(database: str = "whoholds") -> dict[str, Any]:
    """Return metadata for ``datasette -m``; ``database`` is the ledger's file name without its suffix."""
    tables = {
        name: {"description": what, "columns": columns, **_DISPLAY.get(name, {})}
        for name, (what, columns) in descriptions().items()
    }
    about = "Who says what of which place, when, in which exact sentence. It does not say what is true."
    return {
        "title": "Whoholds ledger",
        "description": about,
        "databases": {database: {"description": about, "tables": tables}},
    }
