"""The workspace: what every use case works with, made from the settings when first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whoholds.errors import TheatreInvalid
from whoholds.records import Theatre

if TYPE_CHECKING:
    from whoholds.app.settings import Settings
    from whoholds.ledger import Provenance, SqliteLedger
    from whoholds.ports import Gazetteer, Reader, Tagger

__all__ = ["GAZETTEER_FILE", "Workspace"]

#: The gazetteer inside a theatre's folder.
GAZETTEER_FILE = "gazetteer.sqlite"

#: Bytes of a file by which its reader is chosen.
HEAD = 4096


class Workspace:
    """Theatres, gazetteers, tagger, readers and ledger, each made once and only when needed.

    Tests (and programs with their own parts) give parts instead of having them made. A workspace can be
    pickled: another process makes its own parts from the settings, and takes over only those given.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        theatres: Sequence[Theatre] | None = None,
        gazetteers: Mapping[str, Gazetteer] | None = None,
        tagger: Tagger | None = None,
        readers: Sequence[Reader] | None = None,
    ) -> None:
        self.settings = settings
        parts = {"theatres": theatres, "gazetteers": gazetteers, "tagger": tagger, "readers": readers}
        self._given: dict[str, Any] = {name: part for name, part in parts.items() if part is not None}

    def __reduce__(self) -> tuple[Any, ...]:
        return _remade, (self.settings, self._given)

    @cached_property
    def theatres(self) -> tuple[Theatre, ...]:
        """The active theatres: those of the settings, or all installed ones."""
        if "theatres" in self._given:
            return tuple(self._given["theatres"])
        from whoholds.theatres import FolderTheatres

        return FolderTheatres(self.settings.theatre_paths).load(self.settings.theatres or None)

    @cached_property
    def gazetteers(self) -> dict[str, Gazetteer]:
        """Theatre id -> its gazetteer."""
        if "gazetteers" in self._given:
            return dict(self._given["gazetteers"])
        from whoholds.gazetteer.sqlite import SqliteGazetteer

        return {theatre.id: SqliteGazetteer(_gazetteer_file(theatre)) for theatre in self.theatres}

    @cached_property
    def tagger(self) -> Tagger:
        """What understands documents: the trained reader, or rules where these are wanted or it cannot run here."""
        if "tagger" in self._given:
            tagger: Tagger = self._given["tagger"]
            return tagger
        made: Tagger
        if self.settings.understanding == "trained" and reader_runs():
            from whoholds.taggers.trained import TrainedTagger

            made = TrainedTagger(self.theatres, self.gazetteers)
            return made
        from whoholds.taggers.rules import RulesTagger

        made = RulesTagger(self.theatres, self.gazetteers)
        return made

    def reader_for(self, path: Path) -> Reader | None:
        """Return what turns this file into documents, or into the reason why not."""
        if "readers" not in self._given:
            from whoholds.readers import reader_for

            return reader_for(path)
        with path.open("rb") as file:
            head = file.read(HEAD)
        return next((reader for reader in self._given["readers"] if reader.accepts(path, head)), None)

    @cached_property
    def provenance(self) -> Provenance:
        """Who writes: this program, its understanding with all code and data it rests on, the settings."""
        from whoholds import __version__
        from whoholds.app.fingerprint import settings_text, understanding_version
        from whoholds.ledger import Provenance

        given: str | None = getattr(self.tagger, "version", None)
        if given is None and "tagger" not in self._given:
            given = understanding_version(self.theatres, [_gazetteer_file(theatre) for theatre in self.theatres])
        return Provenance(
            tool_version=__version__,
            understanding=self.tagger.name,
            version=given or "",
            settings=settings_text(self.settings),
        )

    @contextmanager
    def ledger(self, create: bool = False) -> Iterator[SqliteLedger]:
        """Open the ledger: to read one snapshot of it, or with ``create`` to write. Raises ``LedgerUnusable``."""
        from whoholds.ledger import open_ledger

        ledger = open_ledger(self.settings.ledger, create=create)
        try:
            yield ledger
        finally:
            ledger.close()


def reader_runs() -> bool:
    """Whether what the trained reader runs on is installed here; there is not a wheel of it for every machine."""
    return all(find_spec(name) is not None for name in ("onnxruntime", "tokenizers", "numpy"))


def _remade(settings: Settings, given: dict[str, Any]) -> Workspace:
    return Workspace(settings, **given)


def _gazetteer_file(theatre: Theatre) -> Path:
    path = Path(theatre.path) / GAZETTEER_FILE
    if not path.is_file():
        raise TheatreInvalid(
            f"theatre {theatre.id!r} has no {GAZETTEER_FILE} in {theatre.path}",
            do="put one there (scripts/build_gazetteer.py makes it), or leave this theatre out with --theatre",
        )
    return path
