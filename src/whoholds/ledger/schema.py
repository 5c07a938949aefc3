"""The tables of the ledger. Every table and column says in its comment what it holds.

Rows are only ever added. What a later reading corrects is a new ``understandings`` row with its own
claims; the view ``statements`` (see :mod:`.views`) shows the newest understanding of each document.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

__all__ = ["SCHEMA_VERSION", "TABLES"]

#: Raised by one with every change to the tables, together with a step in :mod:`.migrations`.
SCHEMA_VERSION = 1

TABLES = MetaData()


def _seq() -> Column[int]:
    return Column("seq", Integer, primary_key=True, comment="order in which rows were written")


def _text(name: str, comment: str, *, null: bool = True, **options: Any) -> Column[str]:
    return Column(name, Text, nullable=null, comment=comment, **options)


def _link(name: str, target: str, comment: str) -> Column[str]:
    return Column(name, Text, ForeignKey(target), nullable=False, comment=comment)


def _batch() -> Column[int]:
    return Column("batch", Integer, ForeignKey("batches.seq"), nullable=False, comment="the batch that wrote the row")


def _recorded() -> Column[str]:
    return _text("recorded", "knowledge time: when this ledger wrote the row (ISO, UTC)", null=False)


def _dated(basis: str, *values: str) -> CheckConstraint:
    """No value without a basis."""
    absent = " AND ".join(f"{value} IS NULL" for value in values)
    return CheckConstraint(f"({basis} IS NOT NULL AND {basis} <> 'none') OR ({absent})", name=f"{basis}_given")


schema_info = Table(
    "schema_info",
    TABLES,
    Column("version", Integer, primary_key=True, comment="schema version; the highest one is the file's"),
    _text("created", "when the file got this version (ISO, UTC)", null=False),
    comment="Which version of the schema this file has had, and since when",
)

descriptions = Table(
    "descriptions",
    TABLES,
    _text("table_name", "table or view", null=False, primary_key=True),
    _text("column_name", "column, or empty for the table itself", null=False, primary_key=True),
    _text("description", "what it holds", null=False),
    comment="What every table, view and column of this file holds",
)

batches = Table(
    "batches",
    TABLES,
    _seq(),
    _recorded(),
    _text("tool_version", "version of Whoholds that wrote it", null=False),
    _text("settings", "settings in force, as JSON", null=False),
    comment="Transactions: each batch was written as a whole or not at all",
)

documents = Table(
    "documents",
    TABLES,
    _seq(),
    _text("id", "hash of name, url and text", null=False, unique=True),
    _text("name", "the report's own id: its file stem, or its id in a JSONL", null=False, index=True),
    _text("url", "address, as read"),
    _text("url_key", "address without scheme, www, fragment and tracking: equal for versions of one page", index=True),
    _text("outlet", "publisher, as first read"),
    _text("published", "publication time as first read (ISO); what counts is in understandings"),
    _text("published_basis", "how the publication time is known", null=False),
    _text("lang", "language code, as first read"),
    _text("title", "headline, as first read"),
    _text("text", "the text as read; all offsets count its characters", null=False),
    _text("content_hash", "SHA-256 of the text (UTF-8)", null=False, index=True),
    _text("reader", "reader that read it", null=False),
    _text("origin_path", "path it was first read from", null=False),
    _recorded(),
    _batch(),
    _dated("published_basis", "published"),
    comment="Reports as read; one row a text, name and address",
)

understandings = Table(
    "understandings",
    TABLES,
    _seq(),
    _text("id", "hash of the document, its metadata and who understood it", null=False, unique=True),
    _link("document", "documents.id", "the document understood"),
    _text("understanding", "kind of understanding: rules, or a model", null=False),
    _text("version", "hash of the code and data that understood it", null=False),
    _text("published", "publication time taken as true (ISO)"),
    _text("published_basis", "how the publication time is known", null=False),
    _text("outlet", "publisher taken as true"),
    _text("lang", "language code"),
    _text("title", "headline"),
    _text("theatres", "theatres the document belongs to, as a JSON list", null=False),
    _text("digest", "hash of all rows of this understanding; whoholds check computes it again", null=False),
    _recorded(),
    _batch(),
    _dated("published_basis", "published"),
    comment="Readings of a document: the newest of each document counts, the earlier ones stay",
)
Index("understandings_document", understandings.c.document, understandings.c.seq)


def _part(table: str, comment: str, *columns: Column[Any]) -> Table:
    """A numbered list that belongs to an understanding."""
    return Table(
        table,
        TABLES,
        Column(
            "understanding",
            Text,
            ForeignKey("understandings.id"),
            primary_key=True,
            comment="the understanding it belongs to",
        ),
        Column("position", Integer, primary_key=True, comment="place in the list, from 0"),
        *columns,
        comment=comment,
    )


marked_spans = _part(
    "marked_spans",
    "Stretches of text that are no body text: headlines, captions, boilerplate",
    Column("start", Integer, nullable=False, comment="first character"),
    Column("end", Integer, nullable=False, comment="character after the last"),
    _text("kind", "what the stretch is", null=False),
)

relays = _part(
    "relays",
    "The document-level chain of attribution, outermost first, without the publisher",
    _text("name", "who relays", null=False),
)

warnings = _part(
    "warnings",
    "What the reading was unsure of",
    _text("text", "one line", null=False),
)

claims = Table(
    "claims",
    TABLES,
    _seq(),
    _text("id", "hash of the claim's content", null=False, index=True),
    _link("understanding", "understandings.id", "the understanding it belongs to"),
    _text("document", "the document that carries it", null=False, index=True),
    _text("kind", "control, quantity, or statement (of another kind)", null=False),
    Column("start", Integer, nullable=False, comment="first character of the quote in the document's text"),
    Column("end", Integer, nullable=False, comment="character after the last of the quote"),
    _text("quote", "the passage that says it, verbatim", null=False),
    _text("content", "the attribution's content span, verbatim"),
    _text("section", "where in the document: headline, body, caption, background, correction", null=False),
    _text("stance", "asserts, denies or unsure", null=False),
    _text("chain", "names of the chain of attribution, outermost first, as a JSON list", null=False),
    Column("depth", Integer, nullable=False, comment="length of the chain; 1 is the report's own voice"),
    _text("relation", "control: what is said of the place"),
    _text("actor", "control: code of the side it is said of"),
    _text("place_id", "gazetteer id; null when the text does not decide", index=True),
    _text("place_name", "gazetteer's name"),
    _text("place_mention", "place as the passage writes it; null when no place is meant"),
    _text("place_names", "other names, as a JSON list"),
    _text("place_part", "part of the place: north, centre, …"),
    _text("place_area", "set when the area around the place is meant, not the place"),
    Column("place_lat", Float, comment="latitude, WGS 84 degrees"),
    Column("place_lon", Float, comment="longitude, WGS 84 degrees"),
    _text("place_candidates", "gazetteer ids between which the text does not decide, as a JSON list"),
    _text("when_start", "event time: first day (ISO); null is open or unknown"),
    _text("when_end", "event time: last day (ISO); null is open or unknown"),
    _text("when_basis", "how the event time is known"),
    _text("when_mention", "event time as the passage writes it"),
    _text("said_start", "when it was said: first day (ISO)"),
    _text("said_end", "when it was said: last day (ISO)"),
    _text("said_basis", "how the time of saying is known"),
    _text("said_mention", "time of saying as the passage writes it"),
    _text("quantity_kind", "quantity: what the number counts"),
    Column("low", Float, comment="quantity: at least; null is up to"),
    Column("high", Float, comment="quantity: at most; null is at least"),
    _text("unit", "quantity: unit of low and high"),
    Column("approx", Boolean, comment="quantity: whether it is given as approximate"),
    _text("quantity_side", "quantity: code of the side counted"),
    _text("counted", "quantity: the words that say what is counted"),
    _text("rule", "lexicon entry or model head that produced it", null=False),
    UniqueConstraint("understanding", "id"),
    CheckConstraint("depth >= 1", name="spoken"),
    _dated("when_basis", "when_start", "when_end"),
    _dated("said_basis", "said_start", "said_end"),
    comment="What passages say, as their sources put it, with the exact quote",
)

sources = Table(
    "sources",
    TABLES,
    _text("understanding", "the understanding it belongs to", null=False, primary_key=True),
    _text("claim", "the claim attributed", null=False, primary_key=True),
    Column("position", Integer, primary_key=True, comment="0 is the publisher, the last one the origin"),
    _text("name", "resolved name", null=False, index=True),
    _text("mention", "as the passage writes it; null for the publisher and for a document-level relay"),
    Column("start", Integer, comment="first character of the mention"),
    _text("cue", "the attributing words, verbatim"),
    _text("actor", "the theatre's actor id, where known", index=True),
    _text("role", "party, monitor, relay or witness"),
    _text("side", "code of the side it speaks for"),
    ForeignKeyConstraint(["understanding", "claim"], ["claims.understanding", "claims.id"]),
    comment="Chains of attribution: publisher, relays and speaker of each claim",
)

rejections = Table(
    "rejections",
    TABLES,
    _seq(),
    _text("id", "hash of where, code and what", null=False, unique=True),
    _text("where", "path, with :line for a row of a JSONL", null=False),
    _text("code", "stable code", null=False),
    _text("what", "what is wrong", null=False),
    _text("do", "what to do next", null=False),
    _recorded(),
    _batch(),
    comment="Inputs that could not be read, and why",
)

judgements = Table(
    "judgements",
    TABLES,
    _seq(),
    _text("id", "hash of the decision", null=False, unique=True),
    _text("kind", "same, not-same, correct, wrong, grade or withdrawn", null=False),
    _text("subject", "claim or origin id decided on", null=False, index=True),
    _text("object", "the other claim, where two are compared"),
    _text("value", "the grade or correction given"),
    _text("decided_by", "the person who decided", null=False),
    _text("reason", "why", null=False),
    _text("withdraws", "id of the judgement that this row withdraws"),
    _recorded(),
    comment="Decisions of people; they outrank scores and are withdrawn by another row",
)
