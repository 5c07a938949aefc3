"""The demo: the main job on the bundled sample, into a fresh book."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from whoholds.app.settings import Settings
from whoholds.errors import LedgerUnusable, UsageError
from whoholds.records import Document

__all__ = ["DemoPlan", "dossier_path", "fresh_settings", "plan"]

#: The book and the page that the demo writes into its folder.
LEDGER, DOSSIER = "demo.db", "{place}.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPlan:
    """What the demo reads and asks (``data/demo.toml``). ``figures``: the kinds of figures it prints;
    ``notice``: what must be known of the sample."""

    reports: Path
    theatres: tuple[str, ...]
    place: str
    as_of: str
    figures: tuple[str, ...]
    notice: str


@contextmanager
def plan() -> Iterator[DemoPlan]:
    """Give the demo's plan; the sample is a file for as long as it is used."""
    data = files("whoholds") / "data"
    table = tomllib.loads((data / "demo.toml").read_text(encoding="utf-8"))
    with as_file(data / table["reports"]) as reports:
        yield DemoPlan(
            reports=reports,
            theatres=tuple(table["theatres"]),
            place=table["place"],
            as_of=table["as_of"],
            figures=tuple(table["figures"]),
            notice=table["notice"],
        )


def fresh_settings(out: Path, plan: DemoPlan) -> Settings:
    """Return settings for a new book in ``out``; the book of an earlier demo there makes way.

    Raises ``UsageError`` when ``out`` cannot be used, or its book holds anything but the sample.
    """
    ledger = out / LEDGER
    if _holds_others(ledger, plan):
        raise UsageError(
            f"{ledger} holds more than an earlier demo wrote", do="it is left as it is: give another --out"
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
        for end in ("", "-wal", "-shm", "-journal"):
            ledger.with_name(ledger.name + end).unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"cannot use the folder {out} ({error.strerror})", do="give another --out") from error
    return Settings(ledger=ledger, theatres=plan.theatres)


def _holds_others(ledger: Path, plan: DemoPlan) -> bool:
    """Whether a file lies there that is not empty and no ledger, or a ledger with reports that are not the sample's."""
    from whoholds.app.inputs import Overrides, documents_in
    from whoholds.app.workspace import Workspace

    if not ledger.is_file() or not ledger.stat().st_size:
        return ledger.exists() and not ledger.is_file()
    space = Workspace(Settings(ledger=ledger))
    sample = {
        item.name for item in documents_in(plan.reports, space.reader_for, Overrides()) if isinstance(item, Document)
    }
    try:
        with space.ledger() as book:
            return any(row["name"] not in sample for row in book.select("SELECT name FROM documents"))
    except LedgerUnusable:
        return True


def dossier_path(out: Path, place_name: str) -> Path:
    """Return where the page about a place goes."""
    slug = "".join(char if char.isalnum() else "-" for char in place_name.lower()).strip("-")
    return out / DOSSIER.format(place=slug)
