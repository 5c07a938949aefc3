"""Commands about the program itself: settings and the demo."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from whoholds.cli.options import AsJson, Config, LedgerPath, TheatreNames, loaded

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command(epilog="Example: whoholds settings --ledger war.db")(settings)
    app.command(epilog="Example: whoholds demo --out out")(demo)


def settings(
    ctx: typer.Context,
    ledger: LedgerPath = None,
    theatre: TheatreNames = None,
    config: Config = None,
    as_json: AsJson = False,
) -> None:
    """Print each setting and where its value came from."""
    from whoholds.cli.console import print_json, show_rows

    found = loaded(ctx, ledger=ledger, theatre=theatre, config=config)
    if as_json:
        values = asdict(found.settings)
        print_json({name: {"value": values[name], "source": source} for name, _, source in found.rows()})
    else:
        show_rows(("setting", "value", "source"), found.rows())


def demo(
    out: Annotated[
        Path, typer.Option("--out", help="Where to write the ledger and the dossier.", metavar="DIR", readable=False)
    ] = Path("out"),
) -> None:
    """Read the bundled sample, answer questions about it, and write a dossier. Takes some seconds."""
    from whoholds.cli.demo import run_demo

    run_demo(out)
