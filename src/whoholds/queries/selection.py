"""Which statements to read from the ledger: functions that return SQL text and its parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["Filter", "same_text_inputs", "select"]

Query = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What statements to list; None: any. Days are ISO, inclusive.

    ``since`` and ``until`` bound event time where it is known, else publication; ``known_by`` publication.
    ``speaker`` matches a part of the name in any case (for ASCII) or the whole actor id; ``document`` a
    document's id or name; ``containing`` words of the quote.
    """

    place_id: str | None = None
    kinds: Sequence[str] = ()
    relation: str | None = None
    actor: str | None = None
    side: str | None = None
    role: str | None = None
    stance: str | None = None
    speaker: str | None = None
    document: str | None = None
    containing: str | None = None
    claims: Sequence[str] = ()
    since: str | None = None
    until: str | None = None
    known_by: str | None = None
    limit: int | None = None


_EQUAL = {
    "place_id": "place_id",
    "relation": "relation",
    "actor": "actor",
    "side": "speaker_side",
    "role": "speaker_role",
    "stance": "stance",
}
_OTHER = {
    "kinds": "kind IN :kinds",
    "claims": "claim IN :claims",
    "document": "(document = :document OR document_name = :document)",
    "speaker": "(lower(speaker) LIKE '%' || lower(:speaker) || '%' OR speaker_actor = :speaker)",
    "containing": "lower(quote) LIKE '%' || lower(:containing) || '%'",
    "since": "substr(coalesce(when_end, when_start, published), 1, 10) >= :since",
    "until": "substr(coalesce(when_start, when_end, published), 1, 10) <= :until",
    "known_by": "substr(coalesce(published, when_end, when_start), 1, 10) <= :known_by",
}


def select(chosen: Filter) -> Query:
    """Return the query over the ``statements`` view: newest first, so that a limit keeps the newest."""
    conditions, parameters = [], {}
    for name, condition in {**{key: f"{column} = :{key}" for key, column in _EQUAL.items()}, **_OTHER}.items():
        value = getattr(chosen, name)
        if value is not None and value != ():
            conditions.append(condition)
            parameters[name] = list(value) if isinstance(value, list | tuple) else value
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    limit = " LIMIT :limit" if chosen.limit is not None else ""
    if limit:
        parameters["limit"] = chosen.limit
    order = " ORDER BY coalesce(when_start, published) DESC, document, start, claim"
    return f"SELECT * FROM statements{where}{order}{limit}", parameters


def same_text_inputs(documents: Sequence[str]) -> tuple[Query, Query]:
    """Return the queries for the texts of documents, and for their stretches that are of the page, not the report."""
    texts = "SELECT id, text FROM documents WHERE id IN :ids ORDER BY id"
    marks = (
        'SELECT DISTINCT u.document AS document, m.start AS start, m."end" AS "end" FROM marked_spans AS m '
        "JOIN understandings AS u ON u.id = m.understanding "
        "WHERE u.document IN :ids AND m.kind IN ('boilerplate', 'related', 'caption')"
    )
    return (texts, {"ids": list(documents)}), (marks, {"ids": list(documents)})
