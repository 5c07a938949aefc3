"""The ledger over SQLite: written in whole batches, read without blocking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from whoholds.errors import LedgerUnusable
from whoholds.ledger import migrations
from whoholds.ledger.connection import Mode, connect, usable
from whoholds.ledger.encode import (
    READING_TABLES,
    Provenance,
    document_row,
    reading_rows,
    rejection_row,
    understanding_id,
)
from whoholds.ledger.reading import LedgerReader
from whoholds.ledger.schema import TABLES
from whoholds.ledger.verify import verify
from whoholds.records import Document, Rejection, Understanding

__all__ = ["SqliteLedger", "open_ledger"]

Row = dict[str, Any]


class SqliteLedger(LedgerReader):
    """The append-only book; implements ``ports.Ledger``. Made by :func:`open_ledger`."""

    def __init__(self, connection: Connection, path: Path) -> None:
        super().__init__(connection, path)
        self._inside = False

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all or nothing. A transaction inside another one is part of it."""
        if self._inside:
            yield
            return
        with usable(self.path):
            self._connection.exec_driver_sql("BEGIN IMMEDIATE")
            self._inside = True
            try:
                yield
                self._connection.exec_driver_sql("COMMIT")
            except BaseException:
                self._roll_back()
                raise
            finally:
                self._inside = False

    def append(
        self,
        read: Sequence[tuple[Document, Understanding]],
        rejections: Sequence[Rejection],
        recorded: str,
        by: Provenance = Provenance(),
    ) -> tuple[int, int]:
        """Write one batch in one transaction; return (documents added, documents already known).

        A known document that is understood anew counts as known and gains an understanding. Raises
        ``QuoteMismatch`` or ``InternalError``, writing nothing, when a reading cannot be traced.
        """
        for document, understanding in read:
            verify(document, understanding)
        with self.transaction():
            fresh = {understanding_id(document, by): (document, reading) for document, reading in read}
            for known in self.known_understandings(fresh):
                del fresh[known]
            texts = {document.id: document for document, _ in fresh.values()}
            for known in self.known_documents(texts):
                del texts[known]
            new_rejections = self._unknown_rejections(rejections)
            if fresh or new_rejections:
                stamp = {"recorded": recorded, "batch": self._new_batch(recorded, by)}
                self._insert("documents", [{**document_row(d), **stamp} for d in texts.values()])
                self._insert_readings([reading_rows(d, u, by) for d, u in fresh.values()], stamp)
                self._insert("rejections", [{**rejection_row(r), **stamp} for r in new_rejections])
        return len(texts), len({document.id for document, _ in read}) - len(texts)

    def version(self) -> int:
        """Return the file's schema version; 0 for a database without tables."""
        with usable(self.path):
            return migrations.version_of(self._connection, self.path)

    def bring_up_to_date(self) -> None:
        """Make the tables, or change those of an older version, in one transaction."""
        version = self.version()
        with usable(self.path):  # only now: the file is ours
            self._connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        if version == migrations.SCHEMA_VERSION:
            return
        with self.transaction():
            found = self.version()  # another program may have been faster
            if found == 0:
                migrations.create(self._connection)
            else:
                migrations.migrate(self._connection, found, self.path)

    def _new_batch(self, recorded: str, by: Provenance) -> int:
        row = {"recorded": recorded, "tool_version": by.tool_version, "settings": by.settings}
        table = TABLES.tables["batches"]
        return int(self._connection.execute(insert(table).returning(table.c.seq), row).scalar_one())

    def _insert_readings(self, readings: list[dict[str, list[Row]]], stamp: Row) -> None:
        for table in READING_TABLES:
            rows = [row for reading in readings for row in reading[table]]
            self._insert(table, [{**row, **stamp} for row in rows] if table == "understandings" else rows)

    def _insert(self, table: str, rows: list[Row]) -> None:
        if rows:
            self._connection.execute(insert(TABLES.tables[table]), rows)

    def _unknown_rejections(self, rejections: Sequence[Rejection]) -> list[Rejection]:
        given = {rejection.id: rejection for rejection in rejections}
        for known in self._present("rejections", given):
            del given[known]
        return list(given.values())


def open_ledger(path: Path, *, create: bool = False) -> SqliteLedger:
    """Open a ledger to read, or with ``create`` to write, making it where it is absent.

    A reader sees one snapshot and never blocks a writer. An older file is first brought up to date.
    Raises ``LedgerUnusable`` for a newer version, another kind of file, no permission, a lock.
    """
    if create:
        return _to_write(path, "rwc")
    ledger = _to_read(path)
    if ledger is None:
        _to_write(path, "rw").close()
        ledger = _to_read(path)
    if ledger is None:
        raise LedgerUnusable(f"{path} cannot be brought up to date", do="try again when no other program uses it")
    return ledger


def _to_read(path: Path) -> SqliteLedger | None:
    """Open to read; None when the file must be brought up to date first."""
    ledger = SqliteLedger(connect(path, "ro"), path)
    try:
        ledger.begin_reading()
        version = ledger.version()
        migrations.refuse_unfit(version, path)
    except BaseException:
        ledger.close()
        raise
    if version == migrations.SCHEMA_VERSION:
        return ledger
    ledger.close()
    return None


def _to_write(path: Path, mode: Mode) -> SqliteLedger:
    ledger = SqliteLedger(connect(path, mode), path)
    try:
        ledger.bring_up_to_date()
    except BaseException:
        ledger.close()
        raise
    return ledger
