"""Listing statements of the ledger by what was said, by whom, about what and when."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any

from whoholds.app.clocks import day
from whoholds.app.places import find_place
from whoholds.errors import UsageError
from whoholds.queries.statements import by_words, listing, match_expression
from whoholds.records import ClaimKind, QuantityKind, Relation, Role, Stance, Statement

if TYPE_CHECKING:
    from enum import StrEnum

    from whoholds.app.workspace import Workspace

__all__ = ["ClaimFilter", "claims", "statement_object"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFilter:
    """What statements to list; None: any. The words are those of the records; days are ISO, inclusive.

    ``place`` is a name, found as ``ask`` finds it, ``near`` helps; ``claimant`` a name or actor id; ``side``
    the speaker's side, ``actor`` the side spoken of; ``words`` are searched in the quotes.
    """

    place: str | None = None
    near: str | None = None
    claimant: str | None = None
    side: str | None = None
    role: str | None = None
    actor: str | None = None
    relation: str | None = None
    kind: str | None = None
    quantity_kind: str | None = None
    stance: str | None = None
    outlet: str | None = None
    document: str | None = None
    claim: str | None = None
    words: str | None = None
    since: str | None = None
    as_of: str | None = None
    known_by: str | None = None
    limit: int | None = None


_WORDS: dict[str, type[StrEnum]] = {
    "relation": Relation,
    "role": Role,
    "stance": Stance,
    "kind": ClaimKind,
    "quantity_kind": QuantityKind,
}
_DAYS = ("since", "as_of", "known_by")
_NO_COLUMN = {"place", "near", "words", "limit"}


def claims(workspace: Workspace, chosen: ClaimFilter | None = None) -> list[Statement]:
    """Return the statements that fit the filter, in the order of event time; a limit keeps the latest.

    Raises ``UnknownPlace``, ``AmbiguousPlace``, ``UsageError`` for a word or a day that cannot be, ``LedgerUnusable``.
    """
    wanted = chosen or ClaimFilter()
    _check(wanted)
    given = {f.name: getattr(wanted, f.name) for f in fields(wanted) if f.name not in _NO_COLUMN}
    parameters: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if wanted.place is not None:
        parameters["place_id"] = find_place(workspace, wanted.place, near=wanted.near).place.id
    with workspace.ledger() as ledger:
        if wanted.words is not None:
            hits = ledger.statements(by_words(), {"words": match_expression(wanted.words)})
            parameters["claims"] = [statement.claim for statement in hits]
        found = ledger.statements(listing(tuple(parameters)), parameters)
    return found[-wanted.limit :] if wanted.limit else found


def _check(chosen: ClaimFilter) -> None:
    for name, words in _WORDS.items():
        value = getattr(chosen, name)
        if value is not None and value not in [str(word) for word in words]:
            known = ", ".join(words)
            raise UsageError(f"no {name.replace('_', ' ')} is called {value!r}", do=f"use one of: {known}")
    for name in _DAYS:
        value = getattr(chosen, name)
        if value is not None:
            day(value, f"--{name.replace('_', '-')}")
    if chosen.limit is not None and chosen.limit < 1:
        raise UsageError(f"--limit {chosen.limit} lists nothing", do="give 1 or more")


def statement_object(statement: Statement) -> dict[str, Any]:
    """Return a statement as a JSON object: every column of the ``statements`` view."""
    return asdict(statement)
