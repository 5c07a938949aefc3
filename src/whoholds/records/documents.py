"""Documents: reports as read, and the rows that say what could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Basis(StrEnum):
    """How we know a value. A value without a basis does not exist."""

    METADATA = "metadata"  # machine-readable metadata of the page or row
    HEADER = "header"  # a ``Key: value`` header above a plain text
    URL = "url"
    TEXT = "text"  # read from the text itself: a dateline, a date stamp
    OPTION = "option"  # the user said so
    STATED = "stated"  # an absolute expression in the passage
    RELATIVE = "relative"  # resolved against the publication date
    ASSUMED = "assumed"  # the publication date stands in; the passage gives none
    NONE = "none"  # unknown; the value is None


class SpanKind(StrEnum):
    """What a stretch of text is, where it is not plain body text."""

    HEADLINE = "headline"
    DATELINE = "dateline"
    BYLINE = "byline"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"  # share bars, appeals, navigation, licence notes
    RELATED = "related"  # headlines of other articles
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A half-open character interval ``text[start:end]`` of one document."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedSpan:
    """A stretch of text marked as something else than body text; never deleted."""

    start: int
    end: int
    kind: SpanKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One report as read. ``id`` is a hash of ``name``, ``url`` and ``text`` (see :mod:`.identity`).

    ``name`` is the report's own id: its file stem, or its ``id`` in a JSONL. ``published`` is an ISO
    date or date-time, or None when none can be had; ``published_basis`` says how we know.
    """

    id: str
    name: str
    text: str
    content_hash: str
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    published_basis: Basis = Basis.NONE
    lang: str | None = None
    title: str | None = None
    marked: tuple[MarkedSpan, ...] = ()
    reader: str = ""
    origin_path: str = ""

    @property
    def published_date(self) -> str | None:
        """The publication day as ``YYYY-MM-DD``, or None."""
        return self.published[:10] if self.published else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A row saying what could not be read, why, and what to do next. Never only a log line.

    ``where`` is the path, with ``:line`` for a row of a JSONL. ``code`` is stable, kebab-case.
    """

    id: str
    where: str
    code: str
    what: str
    do: str
