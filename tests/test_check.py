"""whoholds check: a ledger that was tampered with or broken does not pass."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ledger_fakes import workspace
from ledger_rows import RECORDED, document, read, rejection
from whoholds.app.check import check
from whoholds.app.workspace import Workspace
from whoholds.errors import LedgerUnusable


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    made = workspace(tmp_path / "war.db")
    with made.ledger(create=True) as ledger:
        ledger.append(read(document(), document("other", "Mill held. So it goes.")), [rejection()], RECORDED)
    return made


def tamper(space: Workspace, *statements: str) -> None:
    """Change rows behind the ledger's back."""
    connection = sqlite3.connect(space.settings.ledger)
    triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_ledger_as_written_is_clean_and_counted(space: Workspace) -> None:
    report = check(space)
    assert report.clean
    assert {name: report.counts[name] for name in ("documents", "claims", "statements", "rejections", "batches")} == {
        "documents": 2,
        "claims": 4,
        "statements": 4,
        "rejections": 1,
        "batches": 1,
    }


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE documents SET text = 'x' || text WHERE name = 'other'", "id is not the hash"),
        ("UPDATE documents SET text = 'x' || text WHERE name = 'other'", "quote is not the slice"),
        ("UPDATE documents SET content_hash = 'x'", "hash is not that of its text"),
        ("UPDATE claims SET stance = 'denies' WHERE kind = 'control'", "not what was written"),
        ("UPDATE claims SET start = start + 1", "quote is not the slice"),
        ("UPDATE sources SET side = 'YY' WHERE position = 1", "not what was written"),
        ("DELETE FROM sources WHERE position = 0", "chain has gaps"),
        ("DELETE FROM claims WHERE kind = 'quantity'", "missing row of claims"),
        ("UPDATE claims SET when_basis = NULL", "a date has no basis"),
        ("UPDATE claims SET unit = NULL", "no unit"),
        ("UPDATE understandings SET published_basis = 'none'", "publication date has no basis"),
        ("DELETE FROM understandings WHERE seq = 1", "never understood"),
        ("UPDATE claims SET document = (SELECT id FROM documents WHERE name = 'other')", "another document"),
    ],
)
def test_what_was_changed_is_found(space: Workspace, statement: str, problem: str) -> None:
    tamper(space, statement)
    report = check(space)
    assert any(problem in line for line in report.problems), report.problems
    assert all("\n" not in line for line in report.problems)


@pytest.mark.parametrize("first", [2, 20], ids=["at the front", "behind"])
def test_a_damaged_file_is_found(space: Workspace, first: int) -> None:
    path = space.settings.ledger
    data = bytearray(path.read_bytes())
    page = 4096
    for start in range(page * first, len(data), page):
        data[start : start + 200] = b"\xff" * min(200, len(data) - start)
    path.write_bytes(data)
    report = check(space)
    assert not report.clean
    assert any("damaged" in line for line in report.problems)


def test_an_absent_ledger_cannot_be_checked(tmp_path: Path) -> None:
    with pytest.raises(LedgerUnusable, match="there is no ledger"):
        check(workspace(tmp_path / "none.db"))
