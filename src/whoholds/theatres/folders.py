"""Finding theatre folders and loading them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import whoholds
from whoholds.errors import NotFound, TheatreInvalid
from whoholds.records import Actor, Theatre
from whoholds.theatres import checking, schema
from whoholds.theatres.faults import Fault, suggestion
from whoholds.theatres.parsing import parse_actor, parse_control, parse_side, parse_theatre
from whoholds.theatres.table import Table

#: The theatres that come with the package.
BUNDLED = Path(whoholds.__file__).parent / "data" / "theatres"

#: The folder beside the theatres whose actors every theatre shares.
WORLD = "_world"

Parsed = TypeVar("Parsed")


class FolderTheatres:
    """Theatres from TOML folders: those of the package, then those under the user's ``paths``.

    A path is a folder of theatre folders, or one theatre folder. A user's theatre takes the place of a bundled one
    of the same id. Folders whose name starts with ``_`` are no theatres.
    """

    def __init__(self, paths: Sequence[Path] = (), *, bundled: Path = BUNDLED) -> None:
        self.paths = tuple(paths)
        self.bundled = bundled

    def names(self) -> tuple[str, ...]:
        """Return the ids of the installed theatres, bundled ones first."""
        return tuple(self._folders())

    def load(self, names: Sequence[str] | None = None) -> tuple[Theatre, ...]:
        """Return the named theatres, or all. Raises ``TheatreInvalid`` or ``NotFound``."""
        folders = self._folders()
        for name in names or ():
            if name not in folders:
                raise NotFound(f"no theatre {name!r}", do=suggestion(name, folders) if folders else "none is installed")
        return tuple(self._load(folders[name]) for name in names or folders)

    def _folders(self) -> dict[str, Path]:
        """Map theatre ids to folders."""
        found: dict[str, Path] = {}
        for path in (self.bundled, *self.paths):
            if not path.is_dir():
                raise TheatreInvalid(f"{path}: no such folder", do="mend theatre_paths in the settings")
            theatres = [path] if _is_theatre(path) else sorted(filter(_is_theatre, path.iterdir()))
            if not theatres and path != self.bundled:
                raise TheatreInvalid(
                    f"{path}: holds no theatre", do=f"a theatre is a folder with {schema.THEATRE_FILE}"
                )
            found.update({folder.name: folder for folder in theatres})
        return found

    def _load(self, folder: Path) -> Theatre:
        theatre, faults = _read(folder, self.bundled)
        if faults:
            more = f" ({len(faults) - 1} more: whoholds theatres --check {folder})" if len(faults) > 1 else ""
            raise TheatreInvalid(f"{faults[0]}{more}")
        return theatre


def faults_of(folder: Path, *, bundled: Path = BUNDLED) -> list[Fault]:
    """Return every fault of one theatre folder, file by file; an empty list means that it can be loaded."""
    if not folder.is_dir():
        return [Fault(file=str(folder), where="", what="no such folder")]
    return _read(folder, bundled)[1]


def _is_theatre(folder: Path) -> bool:
    return not folder.name.startswith("_") and (folder / schema.THEATRE_FILE).is_file()


def _read(folder: Path, bundled: Path) -> tuple[Theatre, list[Fault]]:
    """Read one folder: the theatre as far as it could be read, and all its faults."""
    faults: list[Fault] = []
    head = _table(folder / schema.THEATRE_FILE, faults)
    theatre = parse_theatre(head, folder.resolve().name)
    sides = tuple(_entries(folder / schema.SIDES_FILE, "side", "code", parse_side, faults))
    own = tuple(_entries(folder / schema.ACTORS_FILE, "actor", "id", parse_actor, faults))
    rows = _entries(folder / schema.CONTROL_FILE, "control", "place", parse_control, faults)
    initial = tuple(row for group in rows for row in group)
    actors = own + _world_actors(folder, bundled, {actor.id for actor in own}, faults)
    across = (
        *checking.side_faults(sides),
        *checking.actor_faults(own, sides),
        *checking.alias_faults(actors),
        *checking.control_faults(initial, sides),
    )
    faults.extend(replace(fault, file=str(folder / fault.file)) for fault in across)
    return replace(theatre, sides=sides, actors=actors, initial=initial, path=str(folder)), faults


def _world_actors(folder: Path, bundled: Path, own: set[str], faults: list[Fault]) -> tuple[Actor, ...]:
    """Return the shared actors, those beside the folder before the bundled ones, but for ids the theatre has itself."""
    actors: dict[str, Actor] = {}
    for parent in dict.fromkeys((bundled.resolve(), folder.resolve().parent)):
        path = parent / WORLD / schema.ACTORS_FILE
        if path.is_file():
            actors.update({actor.id: actor for actor in _entries(path, "actor", "id", parse_actor, faults)})
    return tuple(actor for actor in actors.values() if actor.id not in own)


def _entries(
    path: Path, key: str, named: str, parse: Callable[[Table], Parsed], faults: list[Fault]
) -> Iterator[Parsed]:
    """Yield the parsed entries of a file's one array of tables."""
    table = _table(path, faults)
    table.only({key})
    for entry in table.tables(key, named=named):
        yield parse(entry)


def _table(path: Path, faults: list[Fault]) -> Table:
    """Read a TOML file as a table; a file that cannot be read is a fault and an empty table."""
    data: dict[str, Any] = {}
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        faults.append(Fault(file=str(path), where="", what="missing", do="every theatre has this file"))
    except (OSError, UnicodeDecodeError) as error:
        faults.append(Fault(file=str(path), where="", what=f"cannot be read: {error}"))
    except tomllib.TOMLDecodeError as error:
        faults.append(Fault(file=str(path), where="", what=f"is not TOML: {error}"))
    return Table(data, file=str(path), where="", faults=faults)
