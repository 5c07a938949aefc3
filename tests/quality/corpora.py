"""What quality is measured on, and the whole path over it: reports read, claims and origins exported, scored."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quality.scorer import Score, score

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """Reports (JSON Lines: id, text, ...) with the gold annotations of what they say."""

    name: str
    folder: Path
    understanding: str = "rules"

    @property
    def reports(self) -> Path:
        """The file of reports."""
        return self.folder / "reports.jsonl"

    @property
    def gold(self) -> Path:
        """The file of gold annotations."""
        return self.folder / "gold.jsonl"

    @property
    def present(self) -> bool:
        """Whether both files are here."""
        return self.reports.is_file() and self.gold.is_file()

    def digest(self) -> str:
        """Return a SHA-256 over both files: figures of two digests do not compare."""
        digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (self.reports, self.gold)]
        return hashlib.sha256(" ".join(digests).encode()).hexdigest()


def corpora(shared: Path | None = None) -> tuple[Corpus, ...]:
    """Return the bundled sample, and the development reports below ``shared`` (default: ../shared).

    Each stands twice: read by the trained reader (``…-reader``, the default of a user) and by rules, the baseline.
    """
    shared = shared or Path(os.environ.get("WHOHOLDS_SHARED") or ROOT.parent / "shared")
    folders = {
        "sample": ROOT / "src" / "whoholds" / "data" / "sample",
        "shared-a": shared / "reports" / "a",
        "shared-b": shared / "reports" / "b",
    }
    trained = [Corpus(name=f"{n}-reader", folder=f, understanding="trained") for n, f in folders.items()]
    return (*trained, *(Corpus(name=n, folder=f) for n, f in folders.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """What the two measured exports wrote."""

    claims: Path
    origins: Path


def export(corpus: Corpus, folder: Path) -> Export:
    """Read a corpus into a new ledger in ``folder``, as a user would, and export its claims and origins."""
    ledger = folder / f"{corpus.name}.db"
    written = Export(claims=folder / f"{corpus.name}.claims.jsonl", origins=folder / f"{corpus.name}.origins.jsonl")
    reports = corpus.reports.resolve()
    with contextlib.chdir(folder), _no_settings():
        _whoholds("read", str(reports), "--ledger", str(ledger), "--understanding", corpus.understanding)
        _whoholds("export", "claims", "--ledger", str(ledger), "--out", str(written.claims))
        _whoholds("export", "origins", "--ledger", str(ledger), "--out", str(written.origins))
    return written


def measure(corpus: Corpus, folder: Path) -> Score:
    """Run the whole path over a corpus and score what comes out."""
    written = export(corpus, folder)
    texts = {row["id"]: row["text"] for row in rows(corpus.reports)}
    return score(texts, list(rows(corpus.gold)), list(rows(written.claims)), list(rows(written.origins)))


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


@contextlib.contextmanager
def _no_settings() -> Iterator[None]:
    """Keep the settings of who measures out of it: those of the environment, as chdir does those of a file."""
    kept = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("WHOHOLDS_")}
    try:
        yield
    finally:
        os.environ.update(kept)


def _whoholds(*arguments: str) -> None:
    from whoholds.cli.commands import main

    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = main(arguments)
    if status:
        raise RuntimeError(f"whoholds {' '.join(arguments)} ended with status {status}:\n{said.getvalue()}")
