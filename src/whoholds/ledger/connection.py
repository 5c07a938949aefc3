"""Opening the ledger's file, and saying in one line why it cannot be used."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from whoholds.errors import LedgerUnusable

__all__ = ["Mode", "connect", "is_damaged", "usable"]

#: ``ro`` reads and never blocks; ``rw`` needs the file; ``rwc`` makes it.
Mode = Literal["ro", "rw", "rwc"]

#: Seconds to wait for another writer.
BUSY_SECONDS = 10.0

_WRITER = ("synchronous=FULL", "foreign_keys=ON", "recursive_triggers=ON")

#: What SQLite says where it may not write the file that readers share.
_SHARED = re.compile("unable to open|readonly database")

#: What SQLite says -> (what happened, what to do).
_REASONS: dict[str, tuple[str, str]] = {
    "database or disk is full": (
        "the disk is full while writing {path}",
        "free some space and run the command again: what was stored is safe",
    ),
    "database is locked": (
        "{path} is locked: another program is writing to it",
        "wait for that program to end and try again",
    ),
    "readonly database": ("no permission to write to {path}", "give another --ledger or change its permissions"),
    "unable to open": ("cannot open {path}", "check that its folder exists and that you may write there"),
    "not a database": ("{path} is not a ledger", "give another --ledger"),
    "malformed": ("{path} is damaged", "run `whoholds check` to see how far, and go back to a copy"),
    "disk I/O error": ("the disk fails while using {path}", "check the disk; what was stored may need a copy"),
}


def connect(path: Path, mode: Mode) -> Connection:
    """Open the file. Raises ``LedgerUnusable`` for a path that cannot be one.

    A ledger on a read-only medium is opened as immutable, for SQLite cannot share it there.
    """
    _look(path, mode)
    with usable(path):
        connection = _open(path, mode)
        try:
            _prepare(connection, mode)
        except DBAPIError as error:
            connection.close()
            if mode != "ro" or not _SHARED.search(str(error.orig)) or _has_log(path):
                raise
            connection = _open(path, "ro", "&immutable=1")
            _prepare(connection, mode)
        return connection


@contextmanager
def usable(path: Path) -> Iterator[None]:
    """Turn what SQLite says of the file, its disk and its locks into ``LedgerUnusable``."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        said = str(error.orig if isinstance(error, DBAPIError) else error)
        for sign, (what, do) in _REASONS.items():
            if sign in said:
                raise LedgerUnusable(what.format(path=path), do=do) from error
        raise


def is_damaged(error: LedgerUnusable) -> bool:
    """Say whether the file itself is broken, not its surroundings."""
    return error.what.endswith("is damaged")


def empty(path: Path) -> LedgerUnusable:
    """Return the error for a file in which nothing was ever written."""
    return LedgerUnusable(f"{path} is empty", do=f"read reports into it: whoholds read … --ledger {path}")


def _look(path: Path, mode: Mode) -> None:
    if path.is_dir():
        raise LedgerUnusable(f"{path} is a folder", do="give a file: --ledger war.db")
    if path.exists() and not path.is_file():
        raise LedgerUnusable(f"{path} is no ordinary file", do="give another --ledger")
    if mode == "rwc":
        if not path.parent.is_dir():
            raise LedgerUnusable(
                f"the folder {path.parent} does not exist", do="make it first, or give another --ledger"
            )
        _permitted(path)
    elif not path.exists():
        raise LedgerUnusable(f"there is no ledger at {path}", do=f"read reports first: whoholds read … --ledger {path}")
    elif path.stat().st_size == 0:
        raise empty(path)
    else:
        _permitted(path)


def _permitted(path: Path) -> None:
    if path.exists() and not os.access(path, os.R_OK):
        raise LedgerUnusable(f"no permission to read {path}", do="give another --ledger or change its permissions")


def _open(path: Path, mode: Mode, extra: str = "") -> Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}{extra}"
    engine = create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, check_same_thread=False),
        poolclass=StaticPool,
        isolation_level="AUTOCOMMIT",  # BEGIN and COMMIT are said in so many words, by SqliteLedger.transaction
    )
    return engine.connect()


def _prepare(connection: Connection, mode: Mode) -> None:
    for pragma in _WRITER if mode != "ro" else ():
        connection.exec_driver_sql(f"PRAGMA {pragma}")
    connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")


def _has_log(path: Path) -> bool:
    """Whether rows still lie in the write-ahead log: then the file alone is not the whole ledger."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0
