"""Selections over the ``statements`` view, as SQL text with named parameters.

The columns are those of ``records.Statement``; ``SELECT *`` decodes to it. What is here runs on SQLite and
on PostgreSQL alike, except :func:`by_words`, which needs SQLite's full text.

Parameters: ``:as_of`` and ``:known_by`` are days (``YYYY-MM-DD``, inclusive), see :class:`records.Clocks`.
"""

from __future__ import annotations

from collections.abc import Collection

from whoholds.records import Relation

__all__ = [
    "EVENT_DAY",
    "FILTERS",
    "HAPPENED",
    "KNOWN",
    "ORDER",
    "PUBLISHED_DAY",
    "about_place",
    "by_claimant",
    "by_words",
    "in_force",
    "listing",
    "match_expression",
]

#: Relations that last: they hold on every day of their period, not only after its end.
LASTING = (Relation.HOLDS, Relation.HOLDS_PART, Relation.CONTESTED, Relation.ENCIRCLES, Relation.NEAR_ENCIRCLES)

#: Publication time as a day.
PUBLISHED_DAY = "substr(published, 1, 10)"

#: Event time as one day: the last on which it can have happened. A period ends at the latest when it is
#: reported; a statement without event time counts on its publication day.
EVENT_DAY = f"""CASE
    WHEN when_start IS NULL AND when_end IS NULL THEN {PUBLISHED_DAY}
    WHEN when_end IS NULL THEN when_start
    WHEN {PUBLISHED_DAY} < when_end AND coalesce(when_start, {PUBLISHED_DAY}) <= {PUBLISHED_DAY} THEN {PUBLISHED_DAY}
    ELSE when_end
  END"""

#: Happened up to the end of day ``:as_of``; a lasting state need only have begun.
HAPPENED = f"""({EVENT_DAY} <= :as_of
  OR (when_start <= :as_of AND relation IN ({", ".join(f"'{relation}'" for relation in LASTING)})))"""

#: Published up to day ``:known_by``; of an undated document only what states its own date.
KNOWN = f"""({PUBLISHED_DAY} <= :known_by
  OR (published IS NULL AND when_basis = 'stated' AND coalesce(when_end, when_start) <= :known_by))"""

#: By event time, then publication time, then place in the document.
ORDER = f'{EVENT_DAY}, published, document_name, document, "start", claim'

#: Filter -> condition. Each uses the parameter of its own name.
FILTERS: dict[str, str] = {
    "as_of": HAPPENED,
    "known_by": KNOWN,
    "since": f"{EVENT_DAY} >= :since",
    "place_id": "place_id = :place_id",
    "place_ids": "place_id IN :place_ids",
    "claimant": "(speaker = :claimant OR speaker_actor = :claimant OR lower(speaker) = lower(:claimant))",
    "side": "speaker_side = :side",
    "role": "speaker_role = :role",
    "actor": "actor = :actor",
    "relation": "relation = :relation",
    "kind": "kind = :kind",
    "stance": "stance = :stance",
    "quantity_kind": "quantity_kind = :quantity_kind",
    "quantity_side": "quantity_side = :quantity_side",
    "outlet": "outlet = :outlet",
    "document": "(document = :document OR document_name = :document)",
    "claim": "claim = :claim",
    "claims": "claim IN :claims",
}


def listing(filters: Collection[str] = (), *, limited: bool = False) -> str:
    """Return the statements that meet all the named ``FILTERS``; ``limited`` adds ``:limit`` and ``:offset``.

    An unknown filter is a ``KeyError``: filters come from code, never from a user.
    """
    conditions = "\n  AND ".join(FILTERS[name] for name in sorted(filters))
    where = f"\nWHERE {conditions}" if conditions else ""
    limit = "\nLIMIT :limit OFFSET :offset" if limited else ""
    return f"SELECT * FROM statements{where}\nORDER BY {ORDER}{limit}"


def in_force() -> str:
    """Return all statements that had happened by ``:as_of`` and were known by ``:known_by``."""
    return listing(("as_of", "known_by"))


def about_place() -> str:
    """Return the statements about ``:place_id`` by ``:as_of``, known by ``:known_by``."""
    return listing(("place_id", "as_of", "known_by"))


def by_claimant() -> str:
    """Return the statements whose origin is ``:claimant`` (a name or an actor id) on both clocks."""
    return listing(("claimant", "as_of", "known_by"))


def by_words() -> str:
    """Return the statements whose quote holds ``:words`` (from :func:`match_expression`), best first."""
    return """SELECT statements.* FROM claims_fts
JOIN claims ON claims.seq = claims_fts.rowid
JOIN statements ON statements.claim = claims.id AND statements.document = claims.document
WHERE claims_fts MATCH :words
GROUP BY statements.claim
ORDER BY min(claims_fts.rank), statements.claim"""


def match_expression(words: str) -> str:
    """Return a user's words as a full-text expression: all of them, in any order, no operators."""
    quoted = [word.replace('"', '""') for word in words.split()]
    return " ".join(f'"{word}"' for word in quoted) or '""'
