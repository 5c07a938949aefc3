"""Reading the ledger: queries, and the records rebuilt from its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import BindParameter, Connection, TextClause, bindparam, text

from whoholds.errors import NotFound
from whoholds.ledger.connection import usable
from whoholds.ledger.decode import claim_of, document_of, rejection_of, statement_of
from whoholds.ledger.describe import datasette_metadata
from whoholds.ledger.encode import READING_TABLES
from whoholds.ledger.schema import TABLES
from whoholds.records import Claim, Document, Rejection, Statement

__all__ = ["LedgerReader", "VersionLink"]

Row = dict[str, Any]

#: Rows fetched at a time by the iterators.
PAGE = 256

_NEWEST = "NOT EXISTS (SELECT 1 FROM understandings AS l WHERE l.document = u.document AND l.seq > u.seq)"

_DOCUMENTS = f"""
SELECT d.seq, d.id, d.name, d.text, d.content_hash, d.url, d.reader, d.origin_path,
       u.id AS understanding, u.outlet, u.published, u.published_basis, u.lang, u.title
FROM documents AS d JOIN understandings AS u ON u.document = d.id WHERE {_NEWEST}
"""

_CLAIMS = f"SELECT c.* FROM claims AS c JOIN understandings AS u ON u.id = c.understanding WHERE {_NEWEST}"


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionLink:
    """Two documents of one address, by id and by name. ``kind``: ``version`` (another text) or ``copy``."""

    document: str
    earlier: str
    kind: str
    url: str
    name: str
    earlier_name: str


class LedgerReader:
    """All that can be asked of an open ledger."""

    def __init__(self, connection: Connection, path: Path) -> None:
        self.path = path
        self._connection = connection

    def known_documents(self, ids: Iterable[str]) -> set[str]:
        """Return those of the ids that the ledger holds."""
        return self._present("documents", ids)

    def known_understandings(self, ids: Iterable[str]) -> set[str]:
        """Return those of the ids (see ``understanding_id``) that the ledger holds."""
        return self._present("understandings", ids)

    def _present(self, table: str, ids: Iterable[str]) -> set[str]:
        return {row["id"] for row in self._by_ids(f"SELECT id FROM {table} WHERE id IN :ids", list(ids))}

    def select(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """Run a query; ``:name`` is a parameter, and a list or tuple fills ``IN :name``."""
        given = dict(parameters or {})
        with usable(self.path):
            return [dict(row) for row in self._connection.execute(_statement(sql, given), given).mappings()]

    def statements(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[Statement]:
        """Run a query over the ``statements`` view and decode its rows."""
        return [statement_of(row) for row in self.select(sql, parameters)]

    def documents(self) -> Iterator[Document]:
        """Yield every document as last understood, first recorded first."""
        for page in self._pages(f"{_DOCUMENTS} AND d.seq > :after ORDER BY d.seq LIMIT :page"):
            yield from self._with_marks(page)

    def document(self, key: str) -> Document:
        """Return the document of this id or name; of several with one name the one recorded last."""
        sql = f"{_DOCUMENTS} AND (d.id = :key OR d.name = :key) ORDER BY d.id = :key DESC, d.seq DESC LIMIT 1"
        rows = self.select(sql, {"key": key})
        if not rows:
            raise NotFound(f"the ledger holds no document {key!r}", do="see `whoholds claims` for its documents")
        return next(self._with_marks(rows))

    def claims(self) -> Iterator[Claim]:
        """Yield every claim as last understood, in the order of documents and of their text."""
        for page in self._pages(f"{_CLAIMS} AND c.seq > :after ORDER BY c.seq LIMIT :page"):
            yield from self._with_sources(page)

    def claim(self, claim_id: str) -> Claim:
        """Return the claim of this id; one that a later understanding dropped is still found."""
        sql = "SELECT * FROM claims WHERE id = :id ORDER BY seq DESC LIMIT 1"
        rows = self.select(sql, {"id": claim_id})
        if not rows:
            raise NotFound(f"the ledger holds no claim {claim_id!r}", do="list them with `whoholds claims`")
        return next(self._with_sources(rows))

    def rejections(self) -> Iterator[Rejection]:
        """Yield every input that could not be read, first recorded first."""
        for row in self.select("SELECT * FROM rejections ORDER BY seq"):
            yield rejection_of(row)

    def warnings(self) -> list[tuple[str, str]]:
        """Return ``(document name, warning)`` of the newest understandings."""
        sql = (
            "SELECT d.name, w.text FROM warnings AS w JOIN understandings AS u ON u.id = w.understanding "
            f"JOIN documents AS d ON d.id = u.document WHERE {_NEWEST} ORDER BY d.seq, w.position"
        )
        return [(row["name"], row["text"]) for row in self.select(sql)]

    def relays(self) -> dict[str, tuple[str, ...]]:
        """Return document id -> names of its document-level chain, where it has one."""
        sql = (
            "SELECT u.document, r.name FROM relays AS r JOIN understandings AS u ON u.id = r.understanding "
            f"WHERE {_NEWEST} ORDER BY u.document, r.position"
        )
        found: dict[str, tuple[str, ...]] = {}
        for row in self.select(sql):
            found[row["document"]] = (*found.get(row["document"], ()), row["name"])
        return found

    def versions(self) -> list[VersionLink]:
        """Return every document that has an earlier one at its address."""
        sql = (
            "SELECT v.document, v.earlier, v.kind, v.url, d.name, e.name AS earlier_name FROM document_versions AS v "
            "JOIN documents AS d ON d.id = v.document JOIN documents AS e ON e.id = v.earlier ORDER BY d.name, d.id"
        )
        return [VersionLink(**row) for row in self.select(sql)]

    def reading_parts(self, understanding: str) -> dict[str, list[Row]]:
        """Return the stored rows of one understanding by table, for its digest."""
        tables = [table for table in READING_TABLES if table != "understandings"]
        sql = "SELECT * FROM {} WHERE understanding = :key"
        return {table: self.select(sql.format(table), {"key": understanding}) for table in tables}

    def counts(self) -> dict[str, int]:
        """Return how many rows each table and the ``statements`` view hold."""
        names = [name for name in TABLES.tables if name != "descriptions"] + ["statements"]
        return {name: int(self.select(f"SELECT count(*) AS n FROM {name}")[0]["n"]) for name in names}

    def describe(self) -> dict[str, Any]:
        """Return Datasette metadata for this file."""
        return datasette_metadata(self.path.stem)

    def _pages(self, sql: str) -> Iterator[list[Row]]:
        after = 0
        while page := self.select(sql, {"after": after, "page": PAGE}):
            yield page
            after = page[-1]["seq"]

    def _by_ids(self, sql: str, ids: list[str]) -> Iterator[Row]:
        for start in range(0, len(ids), PAGE):
            yield from self.select(sql, {"ids": ids[start : start + PAGE]})

    def _with_marks(self, rows: list[Row]) -> Iterator[Document]:
        marks: dict[str, list[Row]] = {}
        sql = "SELECT * FROM marked_spans WHERE understanding IN :ids ORDER BY understanding, position"
        for mark in self._by_ids(sql, [row["understanding"] for row in rows]):
            marks.setdefault(mark["understanding"], []).append(mark)
        for row in rows:
            yield document_of(row, marks.get(row["understanding"], ()))

    def _with_sources(self, rows: list[Row]) -> Iterator[Claim]:
        chains: dict[tuple[str, str], list[Row]] = {}
        sql = "SELECT * FROM sources WHERE understanding IN :ids ORDER BY understanding, claim, position"
        for source in self._by_ids(sql, sorted({row["understanding"] for row in rows})):
            chains.setdefault((source["understanding"], source["claim"]), []).append(source)
        for row in rows:
            yield claim_of(row, chains[row["understanding"], row["id"]])

    def begin_reading(self) -> None:
        """Hold one snapshot until closed: several queries see the same book."""
        with usable(self.path):
            self._connection.exec_driver_sql("BEGIN")

    def close(self) -> None:
        """Close the file, undoing what was not committed. Closing twice is harmless."""
        if self._connection.closed:
            return
        self._roll_back()
        self._connection.close()
        self._connection.engine.dispose()

    def _roll_back(self) -> None:
        driver = self._connection.connection.driver_connection
        if driver is not None and driver.in_transaction:  # SQLite may have rolled back by itself
            driver.rollback()


def _statement(sql: str, parameters: Mapping[str, Any]) -> TextClause:
    """Prepare a query; each list or tuple among the parameters is spelt out for ``IN``."""
    listed = [name for name, value in parameters.items() if isinstance(value, list | tuple)]
    lists: list[BindParameter[Any]] = [bindparam(name, expanding=True) for name in listed]
    return text(sql).bindparams(*lists)
