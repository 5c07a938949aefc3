"""The texts of documents, for showing a quote in its sentence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from whoholds.records import Statement

if TYPE_CHECKING:
    from whoholds.app.workspace import Workspace

__all__ = ["texts_of"]

_TEXTS = "SELECT id, text FROM documents WHERE id IN :ids"

#: Documents asked for at a time: SQLite limits the parameters of one query.
BATCH = 500


def texts_of(workspace: Workspace, statements: Iterable[Statement]) -> dict[str, str]:
    """Return document id -> text for the documents that carry the statements."""
    wanted = sorted({row.document for row in statements})
    found: dict[str, str] = {}
    if not wanted:
        return found
    with workspace.ledger() as ledger:
        for at in range(0, len(wanted), BATCH):
            rows = ledger.select(_TEXTS, {"ids": wanted[at : at + BATCH]})
            found.update((row["id"], row["text"]) for row in rows)
    return found
