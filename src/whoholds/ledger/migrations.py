"""Making a new ledger, and bringing an older one up to this program's schema: in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, insert, inspect, text

from whoholds.errors import LedgerUnusable
from whoholds.ledger.connection import empty
from whoholds.ledger.describe import descriptions
from whoholds.ledger.schema import SCHEMA_VERSION, TABLES
from whoholds.ledger.views import ddl

__all__ = ["MIGRATIONS", "SCHEMA_VERSION", "Migration", "create", "migrate", "refuse_unfit", "version_of"]

#: Changes a file of one version into the next. It runs inside a transaction and must not end it.
Migration = Callable[[Connection], None]

#: The step away from each older version.
MIGRATIONS: Mapping[int, Migration] = {}


def version_of(connection: Connection, path: Path) -> int:
    """Return the file's schema version, 0 for an empty file; refuse a database that is no ledger."""
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return 0
    if "schema_info" not in tables or "understandings" not in tables:
        raise LedgerUnusable(f"{path} is a database but no ledger", do="give another --ledger")
    return int(connection.execute(text("SELECT max(version) FROM schema_info")).scalar_one() or 0)


def _refuse_newer(found: int, path: Path) -> None:
    """Raise ``LedgerUnusable`` for a ledger that a newer program wrote."""
    if found > SCHEMA_VERSION:
        raise LedgerUnusable(
            f"{path} has schema version {found}, this program knows up to {SCHEMA_VERSION}",
            do="install the newer Whoholds that wrote it, or give another --ledger",
        )


def refuse_unfit(found: int, path: Path) -> None:
    """Raise ``LedgerUnusable`` for a file that cannot be read, now or after migration."""
    if found == 0:
        raise empty(path)
    _refuse_newer(found, path)


def create(connection: Connection) -> None:
    """Make all tables, views, indexes and triggers. Runs inside the caller's transaction."""
    TABLES.create_all(connection)
    for statement in ddl():
        connection.exec_driver_sql(statement)
    _describe(connection)
    _stamp(connection, SCHEMA_VERSION)


def migrate(connection: Connection, found: int, path: Path) -> None:
    """Take the file from version ``found`` to this program's, step by step, in the caller's transaction."""
    _refuse_newer(found, path)
    for version in range(found, SCHEMA_VERSION):
        if version not in MIGRATIONS:
            raise LedgerUnusable(
                f"{path} has schema version {version}, which this program can no longer bring up to date",
                do="open it once with an earlier Whoholds, or read the reports into a new ledger",
            )
        MIGRATIONS[version](connection)
        _stamp(connection, version + 1)
    if found < SCHEMA_VERSION:
        connection.exec_driver_sql("DELETE FROM descriptions")
        _describe(connection)


def _stamp(connection: Connection, version: int) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(insert(TABLES.tables["schema_info"]), {"version": version, "created": now})


def _describe(connection: Connection) -> None:
    rows = [
        {"table_name": table, "column_name": column, "description": what}
        for table, (about, columns) in descriptions().items()
        for column, what in {"": about, **columns}.items()
    ]
    connection.execute(insert(TABLES.tables["descriptions"]), rows)
