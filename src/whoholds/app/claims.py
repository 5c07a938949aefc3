"""Listing statements of the ledger by what was said, by whom, about what and when."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from whoholds.app.clocks import day
from whoholds.app.places import find_place
from whoholds.errors import UsageError
from whoholds.queries.selection import Filter, select
from whoholds.records import ClaimKind, Relation, Role, Stance, Statement

if TYPE_CHECKING:
    from enum import StrEnum

    from whoholds.app.workspace import Workspace

__all__ = ["Filter", "claims", "statement_object"]

_WORDS: dict[str, type[StrEnum]] = {"relation": Relation, "role": Role, "stance": Stance}
_DAYS = ("since", "until", "known_by")


def claims(
    workspace: Workspace, chosen: Filter | None = None, *, place: str | None = None, near: str | None = None
) -> list[Statement]:
    """Return the statements that fit the filter, newest first.

    ``place`` is a name, found as ``ask`` finds it. Raises ``UnknownPlace``, ``AmbiguousPlace``, ``UsageError``
    for a word or a day that the filter does not know, ``LedgerUnusable``.
    """
    wanted = _checked(chosen or Filter())
    if place is not None:
        wanted = replace(wanted, place_id=find_place(workspace, place, near=near).place.id)
    with workspace.ledger() as ledger:
        return ledger.statements(*select(wanted))


def _checked(chosen: Filter) -> Filter:
    for kind in chosen.kinds:
        _one_of(kind, ClaimKind, "kind")
    for name, words in _WORDS.items():
        value = getattr(chosen, name)
        if value is not None:
            _one_of(value, words, name)
    for name in _DAYS:
        value = getattr(chosen, name)
        if value is not None:
            day(value, f"--{name.replace('_', '-')}")
    if chosen.limit is not None and chosen.limit < 1:
        raise UsageError(f"--limit {chosen.limit} lists nothing", do="give 1 or more")
    return chosen


def _one_of(value: str, words: type[StrEnum], name: str) -> None:
    known = [str(word) for word in words]
    if value not in known:
        raise UsageError(f"no {name} is called {value!r}", do=f"use one of: {', '.join(known)}")


def statement_object(statement: Statement) -> dict[str, Any]:
    """Return a statement as a JSON object: every column of the ``statements`` view."""
    return asdict(statement)
