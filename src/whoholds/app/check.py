"""Checking a ledger: that the file is whole and every row can still be traced to its document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from whoholds.errors import LedgerUnusable
from whoholds.records import content_hash, document_id

if TYPE_CHECKING:
    from whoholds.app.workspace import Workspace
    from whoholds.ledger import SqliteLedger

__all__ = ["CheckReport", "check"]

#: Named queries that must return nothing; each row they return is a problem, its values the details.
_MUST_BE_EMPTY: dict[str, str] = {
    "a claim belongs to another document than its understanding": """
        SELECT c.id, c.document FROM claims AS c JOIN understandings AS u ON u.id = c.understanding
        WHERE c.document <> u.document""",
    "a claim's chain has gaps or no speaker": """
        SELECT c.id, c.depth, count(s.position) AS sources FROM claims AS c
        LEFT JOIN sources AS s ON s.understanding = c.understanding AND s.claim = c.id AND s.position < c.depth
        GROUP BY c.seq HAVING count(s.position) <> c.depth OR c.depth < 1""",
    "a date has no basis": """
        SELECT id, when_basis, said_basis FROM claims
        WHERE (coalesce(when_basis, 'none') = 'none' AND coalesce(when_start, when_end) IS NOT NULL)
           OR (coalesce(said_basis, 'none') = 'none' AND coalesce(said_start, said_end) IS NOT NULL)""",
    "a publication date has no basis": """
        SELECT id, document FROM understandings WHERE published IS NOT NULL AND published_basis = 'none'""",
    "a figure has no unit or no kind": """
        SELECT id, low, high FROM claims
        WHERE coalesce(low, high) IS NOT NULL AND (unit IS NULL OR quantity_kind IS NULL)""",
    "a document was never understood": """
        SELECT d.id, d.name FROM documents AS d
        WHERE NOT EXISTS (SELECT 1 FROM understandings AS u WHERE u.document = d.id)""",
}

#: Documents looked at together.
PAGE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What was found. ``problems``: one line each, none when the ledger is clean. ``counts``: rows by table."""

    problems: tuple[str, ...]
    counts: dict[str, int]

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def check(workspace: Workspace) -> CheckReport:
    """Check the ledger of the workspace; it is only read. A damaged file is a problem
    found; ``LedgerUnusable`` is raised for one that is absent, newer, or no ledger."""
    from whoholds.ledger.connection import is_damaged

    problems: list[str] = []
    counts: dict[str, int] = {}
    try:
        with workspace.ledger() as ledger:
            for problem in _problems(ledger):
                problems.append(problem)  # noqa: PERF402 - what was found before the file breaks is kept
            counts = ledger.counts()
    except LedgerUnusable as error:
        if not is_damaged(error):
            raise
        problems.append(f"{error.what}: go back to a copy, or read the reports into a new ledger")
    return CheckReport(problems=tuple(problems), counts=counts)


def _problems(ledger: SqliteLedger) -> Iterator[str]:
    for row in ledger.select("PRAGMA integrity_check"):
        if row["integrity_check"] != "ok":
            yield f"the file is damaged: {row['integrity_check']}"
    for row in ledger.select("PRAGMA foreign_key_check"):
        yield f"a row of {row['table']} points at a missing row of {row['parent']} (row {row['rowid']})"
    for what, sql in _MUST_BE_EMPTY.items():
        for row in ledger.select(sql):
            yield f"{what} ({_details(row)})"
    yield from _changed_documents(ledger)
    yield from _changed_readings(ledger)


def _changed_documents(ledger: SqliteLedger) -> Iterator[str]:
    sql = "SELECT seq, id, name, url, text, content_hash FROM documents WHERE seq > :after ORDER BY seq LIMIT :page"
    for row in _paged(ledger, sql):
        if row["id"] != document_id(row["name"], row["url"], row["text"]):
            yield f"a document's id is not the hash of its name, address and text ({row['id']}, {row['name']})"
        if row["content_hash"] != content_hash(row["text"]):
            yield f"a document's hash is not that of its text ({row['id']}, {row['name']})"
        yield from _wrong_quotes(ledger, row["id"], row["text"])


def _wrong_quotes(ledger: SqliteLedger, document: str, text: str) -> Iterator[str]:
    sql = 'SELECT id, start, "end", quote FROM claims WHERE document = :document'
    for row in ledger.select(sql, {"document": document}):
        if not 0 <= row["start"] < row["end"] or text[row["start"] : row["end"]] != row["quote"]:
            yield f"a quote is not the slice of its document that it says it is (claim {row['id']} of {document})"


def _changed_readings(ledger: SqliteLedger) -> Iterator[str]:
    from whoholds.ledger.encode import digest

    sql = "SELECT * FROM understandings WHERE seq > :after ORDER BY seq LIMIT :page"
    for row in _paged(ledger, sql):
        if digest({"understandings": [row], **ledger.reading_parts(row["id"])}) != row["digest"]:
            yield f"an understanding is not what was written ({row['id']} of {row['document']})"


def _paged(ledger: SqliteLedger, sql: str) -> Iterator[dict[str, Any]]:
    after = 0
    while rows := ledger.select(sql, {"after": after, "page": PAGE}):
        yield from rows
        after = rows[-1]["seq"]


def _details(row: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in row.items())
