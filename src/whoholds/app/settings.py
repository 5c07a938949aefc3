"""Settings: one frozen object, read once from options, the environment and ``whoholds.toml``.

An option outranks ``WHOHOLDS_*`` in the environment, which outranks ``whoholds.toml`` in the working
folder, which outranks the default. Every value remembers where it came from.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from whoholds.errors import SettingsError

__all__ = ["CONFIG_NAME", "ENV_PREFIX", "LoadedSettings", "Settings", "load_settings"]

CONFIG_NAME = "whoholds.toml"
ENV_PREFIX = "WHOHOLDS_"

#: Variables with our prefix that steer the program but are no settings.
NOT_SETTINGS = frozenset({"CONFIG", "TRACEBACK", "COMPLETE"})

#: How a report can be understood; the first is the default.
UNDERSTANDINGS = ("trained", "rules")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the whole program is told once.

    ``ledger``: the book's file. ``theatres``: ids to activate, empty for all installed.
    ``theatre_paths``: further folders that hold theatres. ``understanding``: how reports are read.
    ``workers``: processes that understand documents. ``batch_size``: documents per transaction.
    ``embargo_hours``: how long the newest positions are held back from public exports.
    ``context_chars``: characters of a document shown around a quote, at most.
    """

    ledger: Path = Path("whoholds.db")
    theatres: tuple[str, ...] = ()
    theatre_paths: tuple[Path, ...] = ()
    understanding: str = "trained"
    workers: int = 1
    batch_size: int = 64
    embargo_hours: int = 72
    context_chars: int = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedSettings:
    """Settings, and for each of them where its value came from: in words, for ``whoholds settings``."""

    settings: Settings
    sources: dict[str, str]

    def rows(self) -> list[tuple[str, str, str]]:
        """Return ``(name, value as text, source)`` in the order of the fields."""
        values = asdict(self.settings)
        return [(name, _as_text(values[name]), self.sources[name]) for name in values]


def load_settings(options: Mapping[str, object], environ: Mapping[str, str], cwd: Path) -> LoadedSettings:
    """Read the settings: option > environment > file > default.

    ``options`` maps setting names to values; None means that the option was not given. ``config`` among
    them (or ``WHOHOLDS_CONFIG``) names the file instead of ``whoholds.toml`` in ``cwd``; a named file must
    exist. Paths are relative to ``cwd``, in a file to the file's folder. Raises ``SettingsError``.
    """
    given = {name: value for name, value in options.items() if value is not None}
    config = given.pop("config", None) or environ.get(f"{ENV_PREFIX}CONFIG")
    values: dict[str, Any] = {}
    sources = {field.name: "default" for field in fields(Settings)}
    layers = (_from_file(config, cwd), _from_environment(environ, cwd), _from_options(given, cwd))
    for layer in layers:
        for name, (value, source) in layer.items():
            values[name], sources[name] = value, source
    if "ledger" not in values:
        values["ledger"] = cwd / Settings().ledger
    return LoadedSettings(settings=Settings(**values), sources=sources)


_Layer = dict[str, tuple[Any, str]]


def _from_options(given: Mapping[str, object], cwd: Path) -> _Layer:
    return _layer(given.items(), cwd, lambda name: f"option --{_option_name(name)}")


def _from_environment(environ: Mapping[str, str], cwd: Path) -> _Layer:
    mine = [
        (key.removeprefix(ENV_PREFIX).lower(), _split(key.removeprefix(ENV_PREFIX).lower(), value))
        for key, value in environ.items()
        if key.startswith(ENV_PREFIX) and key.removeprefix(ENV_PREFIX) not in NOT_SETTINGS
    ]
    return _layer(mine, cwd, lambda name: f"environment {ENV_PREFIX}{name.upper()}")


def _from_file(config: object, cwd: Path) -> _Layer:
    path = cwd / str(config) if config else cwd / CONFIG_NAME
    if not config and not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} is not TOML ({error})", do="mend that line") from error
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise SettingsError(f"cannot read the settings file {path} ({reason})", do="give another --config") from error
    return _layer(table.items(), path.parent, lambda name: f"file {path} ({name})")


def _layer(items: Iterable[tuple[str, object]], base: Path, source: Callable[[str], str]) -> _Layer:
    layer: _Layer = {}
    for name, raw in items:
        where = source(name)
        if name not in _PARSERS:
            raise SettingsError(f"{where}: no setting is called {name!r}", do=_nearest(name))
        layer[name] = (_PARSERS[name](name, raw, base, where), where)
    return layer


def _nearest(name: str) -> str:
    near = difflib.get_close_matches(name, list(_PARSERS), n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else f"the settings are {', '.join(_PARSERS)}"


def _path(name: str, raw: object, base: Path, where: str) -> Path:
    if not isinstance(raw, str | Path) or not str(raw):
        raise SettingsError(f"{where}: {name} must be a path, not {raw!r}", do='write it as text: "war.db"')
    return base / Path(raw).expanduser()


def _paths(name: str, raw: object, base: Path, where: str) -> tuple[Path, ...]:
    return tuple(_path(name, item, base, where) for item in _items(name, raw, where))


def _names(name: str, raw: object, base: Path, where: str) -> tuple[str, ...]:
    items = _items(name, raw, where)
    for item in items:
        if not isinstance(item, str):
            raise SettingsError(f"{where}: {name} holds {item!r}, which is no name", do='write ["ukraine"]')
    return tuple(str(item) for item in items)


def _items(name: str, raw: object, where: str) -> list[object]:
    if isinstance(raw, str | Path):
        return [raw]
    if isinstance(raw, list | tuple):
        return list(raw)
    raise SettingsError(f"{where}: {name} must be a list, not {raw!r}", do='write it as ["one", "two"]')


def _split(name: str, value: str) -> object:
    """Split a list in the environment: names at commas, paths as the system does."""
    separator = {"theatres": ",", "theatre_paths": os.pathsep}.get(name)
    return [part.strip() for part in value.split(separator) if part.strip()] if separator else value


def _at_least(least: int) -> Callable[[str, object, Path, str], int]:
    def parse(name: str, raw: object, base: Path, where: str) -> int:
        text = str(raw).strip()
        number = int(text) if text.removeprefix("-").isdecimal() and not isinstance(raw, bool) else None
        if number is None or number < least:
            raise SettingsError(f"{where}: {name} is {raw!r}", do=f"give a whole number of at least {least}")
        return number

    return parse


def _understanding(name: str, raw: object, base: Path, where: str) -> str:
    if raw not in UNDERSTANDINGS:
        raise SettingsError(f"{where}: no understanding is called {raw!r}", do=f"use {' or '.join(UNDERSTANDINGS)}")
    return str(raw)


_PARSERS: dict[str, Callable[[str, object, Path, str], Any]] = {
    "ledger": _path,
    "theatres": _names,
    "theatre_paths": _paths,
    "understanding": _understanding,
    "workers": _at_least(1),
    "batch_size": _at_least(1),
    "embargo_hours": _at_least(0),
    "context_chars": _at_least(0),
}


def _option_name(name: str) -> str:
    return {"theatres": "theatre", "theatre_paths": "theatre-path"}.get(name, name.replace("_", "-"))


def _as_text(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value)
    return str(value)
