"""Texts of documents for comparing: SQL text with a named parameter, and what of a page is no report."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["PAGE_MARKS", "TEXTS", "without"]

#: Texts of the documents ``:ids``.
TEXTS = "SELECT id, text FROM documents WHERE id IN :ids ORDER BY id"

#: Their stretches that belong to the page or to a picture, not to the report.
PAGE_MARKS = """SELECT DISTINCT u.document AS document, m.start AS start, m."end" AS "end"
FROM marked_spans AS m JOIN understandings AS u ON u.id = m.understanding
WHERE u.document IN :ids AND m.kind IN ('boilerplate', 'related', 'caption')"""


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text without these stretches; they may overlap."""
    kept, at = [], 0
    for start, end in sorted(spans):
        kept.append(text[at:start])
        at = max(at, end)
    return " ".join((*kept, text[at:]))
