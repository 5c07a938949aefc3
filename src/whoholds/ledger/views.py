"""What the schema needs beyond tables: views, full text, and the triggers that keep rows as written."""

from __future__ import annotations

from collections.abc import Iterator

from whoholds.ledger.schema import TABLES

__all__ = ["STATEMENTS", "VERSIONS", "VIEWS", "ddl"]

#: Columns of the view ``statements``: exactly those of ``records.Statement``: (expression, description).
STATEMENTS: dict[str, tuple[str, str]] = {
    "claim": ("c.id", "id of the claim"),
    "document": ("u.document", "id of the document that carries it"),
    "document_name": ("d.name", "the report's own id"),
    "outlet": ("u.outlet", "publisher"),
    "url": ("d.url", "address"),
    "title": ("u.title", "headline"),
    "published": ("u.published", "publication time (ISO)"),
    "recorded": ("u.recorded", "knowledge time: when this ledger wrote it (ISO, UTC)"),
    "lang": ("u.lang", "language code"),
    "kind": ("c.kind", "control, quantity, or statement (of another kind)"),
    "section": ("c.section", "where in the document the passage stands"),
    "start": ("c.start", "first character of the quote in the document's text"),
    "end": ('c."end"', "character after the last of the quote"),
    "quote": ("c.quote", "the passage that says it, verbatim"),
    "stance": ("c.stance", "asserts, denies or unsure"),
    "speaker": ("s.name", "who is the origin: the innermost source"),
    "speaker_actor": ("s.actor", "the speaker's actor id, where known"),
    "speaker_role": ("s.role", "the speaker's role: party, monitor, relay or witness"),
    "speaker_side": ("s.side", "code of the side that the speaker speaks for"),
    "chain": ("c.chain", "names of the chain of attribution, outermost first, as a JSON list"),
    "own_voice": ("c.depth = 1", "1 when the report says it itself"),
    "relation": ("c.relation", "control: what is said of the place"),
    "actor": ("c.actor", "control: code of the side it is said of"),
    "place_id": ("c.place_id", "gazetteer id; null when the text does not decide"),
    "place_name": ("coalesce(c.place_name, c.place_mention)", "gazetteer's name, else as the passage writes it"),
    "part": ("c.place_part", "part of the place"),
    "area": ("c.place_area", "set when the area around the place is meant"),
    "when_start": ("c.when_start", "event time: first day (ISO)"),
    "when_end": ("c.when_end", "event time: last day (ISO)"),
    "when_basis": ("c.when_basis", "how the event time is known"),
    "quantity_kind": ("c.quantity_kind", "quantity: what the number counts"),
    "low": ("c.low", "quantity: at least"),
    "high": ("c.high", "quantity: at most"),
    "unit": ("c.unit", "quantity: unit of low and high"),
    "approx": ("coalesce(c.approx, 0)", "quantity: 1 when given as approximate"),
    "quantity_side": ("c.quantity_side", "quantity: code of the side counted"),
}

#: Columns of the view ``document_versions``.
VERSIONS: dict[str, str] = {
    "document": "the later document",
    "earlier": "the document before it at the same address",
    "kind": "version: another text; copy: the same text",
    "url": "address",
}

#: Names and descriptions of the views.
VIEWS: dict[str, str] = {
    "statements": "Claims of the newest understanding of every document, with speaker, place, time and figure",
    "document_versions": "Documents of one address, each with the one before it by publication time",
}

_STATEMENTS_FROM = """
FROM claims AS c
JOIN understandings AS u ON u.id = c.understanding
JOIN documents AS d ON d.id = u.document
JOIN sources AS s ON s.understanding = c.understanding AND s.claim = c.id AND s.position = c.depth - 1
WHERE NOT EXISTS (SELECT 1 FROM understandings AS later WHERE later.document = u.document AND later.seq > u.seq)
"""

# A document without a publication time is placed by the time it was recorded: it cannot be younger.
_VERSIONS = """
CREATE VIEW document_versions AS
SELECT id AS document, earlier, CASE WHEN earlier_hash = content_hash THEN 'copy' ELSE 'version' END AS kind, url
FROM (
    SELECT d.id, d.url, d.content_hash, lag(d.id) OVER w AS earlier, lag(d.content_hash) OVER w AS earlier_hash
    FROM documents AS d JOIN understandings AS u ON u.document = d.id
    WHERE d.url_key IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM understandings AS l WHERE l.document = u.document AND l.seq > u.seq)
    WINDOW w AS (PARTITION BY d.url_key ORDER BY coalesce(u.published, d.recorded), d.seq)
) AS ordered
WHERE earlier IS NOT NULL
"""

_FULL_TEXT = {"documents": ("title", "text"), "claims": ("quote",)}

#: Rewritten by a migration; all other tables keep what was written.
_MUTABLE = frozenset({"descriptions"})


def ddl() -> Iterator[str]:
    """Yield the statements to run after the tables exist."""
    columns = ",\n  ".join(f'{expression} AS "{name}"' for name, (expression, _) in STATEMENTS.items())
    yield f"CREATE VIEW statements AS SELECT\n  {columns}{_STATEMENTS_FROM}"
    yield _VERSIONS
    for table, indexed in _FULL_TEXT.items():
        yield from _full_text(table, indexed)
    for name in TABLES.tables:
        if name not in _MUTABLE:
            yield from _append_only(name)


def _full_text(table: str, columns: tuple[str, ...]) -> Iterator[str]:
    names = ", ".join(columns)
    values = ", ".join(f"new.{column}" for column in columns)
    yield (
        f"CREATE VIRTUAL TABLE {table}_fts USING fts5({names}, content='{table}', content_rowid='seq', "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    yield (
        f"CREATE TRIGGER {table}_index AFTER INSERT ON {table} BEGIN "
        f"INSERT INTO {table}_fts(rowid, {names}) VALUES (new.seq, {values}); END"
    )


def _append_only(table: str) -> Iterator[str]:
    for verb in ("UPDATE", "DELETE"):
        yield (
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN "
            f"SELECT RAISE(ABORT, 'append-only: rows of {table} stay as written; add a row instead'); END"
        )
