"""Exports: the book for other programs, and who holds what for maps and tables."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from whoholds.app.clocks import release
from whoholds.exporters.claims_jsonl import claims_jsonl
from whoholds.exporters.control import control_csv, control_json
from whoholds.exporters.geojson import geojson
from whoholds.exporters.origins_jsonl import origins_jsonl
from whoholds.exporters.output import write
from whoholds.exporters.release import Release
from whoholds.records import Clocks

if TYPE_CHECKING:
    from whoholds.app.workspace import Workspace

__all__ = ["FORMS", "export_claims", "export_origins", "export_positions"]

#: How the state of places can be written.
FORMS = {"csv": control_csv, "json": control_json, "geojson": geojson}

_NAMES = "SELECT id, name FROM documents"


def export_claims(workspace: Workspace, target: Path | BinaryIO) -> int:
    """Write every claim of the ledger as JSON Lines; return how many."""
    with workspace.ledger() as ledger:
        names = {row["id"]: row["name"] for row in ledger.select(_NAMES)}
        return write(claims_jsonl(ledger.claims(), names), target)


def export_origins(workspace: Workspace, target: Path | BinaryIO) -> int:
    """Write the groups of documents that share an origin as JSON Lines; return how many."""
    from whoholds.app.origins import origin_groups

    groups = origin_groups(workspace)
    with workspace.ledger() as ledger:
        names = {row["id"]: row["name"] for row in ledger.select(_NAMES)}
    return write(origins_jsonl(groups, names), target)


def export_positions(
    workspace: Workspace,
    form: str,
    clocks: Clocks,
    target: Path | BinaryIO,
    *,
    embargo: bool = True,
    now: datetime | None = None,
) -> Release:
    """Write who holds each settlement, in one of ``FORMS``; return the terms, which the output states too.

    With ``embargo`` nothing published in the last ``settings.embargo_hours`` before ``now`` is used.
    """
    from whoholds.app.positions import positions

    hours = workspace.settings.embargo_hours if embargo else 0
    terms = release(clocks, hours, now or datetime.now(UTC))
    write(FORMS[form](positions(workspace, terms.clocks), terms), target)
    return terms
