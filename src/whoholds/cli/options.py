"""The options that commands share, and the settings and workspace made from them."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from whoholds.app.settings import LoadedSettings
    from whoholds.app.workspace import Workspace

__all__ = [
    "AsJson",
    "AsOf",
    "Config",
    "KnownBy",
    "LedgerPath",
    "Near",
    "TheatreNames",
    "loaded",
    "where_options",
    "workspace",
]

LedgerPath = Annotated[
    Path | None,
    typer.Option("--ledger", help="The book to use.", metavar="FILE", readable=False,
                 rich_help_panel="Where to look"),
]  # fmt: skip
TheatreNames = Annotated[
    list[str] | None,
    typer.Option("--theatre", help="A theatre to activate; may be repeated. Default: all.", metavar="ID",
                 rich_help_panel="Where to look"),
]  # fmt: skip
Config = Annotated[
    Path | None,
    typer.Option("--config", help="A settings file instead of ./whoholds.toml.", metavar="FILE",
                 readable=False, rich_help_panel="Where to look"),
]  # fmt: skip
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on stdout.")]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", help="Events up to the end of this day (YYYY-MM-DD). Default: today.", metavar="DAY"),
]
KnownBy = Annotated[
    str | None,
    typer.Option("--known-by", help="Reports published up to this day. Default: the --as-of day.", metavar="DAY"),
]
Near = Annotated[
    str | None, typer.Option("--near", help="A place or district that tells same-named places apart.", metavar="PLACE")
]


def loaded(ctx: typer.Context, **given: Any) -> LoadedSettings:
    """Load the settings from a command's options over those before the command, env and file."""
    from whoholds.app.settings import load_settings

    before = {name: value for name, value in (ctx.find_root().params).items() if name in _SHARED and value}
    after = {name: value for name, value in given.items() if value is not None and value != []}
    options = {_SHARED.get(name, name): value for name, value in {**before, **after}.items()}
    return load_settings(options, os.environ, Path.cwd())


def workspace(ctx: typer.Context, **given: Any) -> Workspace:
    """Make the workspace that every use case takes first."""
    from whoholds.app.workspace import Workspace

    return Workspace(loaded(ctx, **given).settings)


def where_options(ctx: typer.Context, **given: Any) -> str:
    """Return the shared options as they were typed, to be repeated in a hint at another command."""
    before = {name: value for name, value in ctx.find_root().params.items() if name in _SHARED and value}
    typed = {**before, **{name: value for name, value in given.items() if value}}
    words: list[str] = []
    for name, value in typed.items():
        for item in value if isinstance(value, list | tuple) else [value]:
            words += [f"--{name}", str(item)]
    return f" {shlex.join(words)}" if words else ""


_SHARED = {"ledger": "ledger", "theatre": "theatres", "config": "config"}
