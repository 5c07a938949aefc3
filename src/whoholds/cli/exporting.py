"""The commands that write files: export claims, origins, control, geojson, dossier."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from whoholds.cli.options import AsOf, Config, KnownBy, LedgerPath, Near, TheatreNames, workspace

__all__ = ["register"]

Out = Annotated[
    Path | None, typer.Option("--out", help="Write this file instead of stdout.", metavar="FILE", readable=False)
]
NoEmbargo = Annotated[
    bool, typer.Option("--no-embargo", help="Hold nothing back. For private use: do not pass the result on.")
]


class Form(StrEnum):
    """How the state of places is written."""

    CSV = "csv"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the group to the app."""
    group = typer.Typer(no_args_is_help=True, help="Write the book, or the state of places, for other programs.")
    group.command(epilog="Example: whoholds export claims --ledger war.db --out claims.jsonl")(claims)
    group.command(epilog="Example: whoholds export origins --ledger war.db --out origins.jsonl")(origins)
    group.command(epilog="Example: whoholds export control --as-of 2025-11-07 --ledger war.db --out control.csv")(
        control
    )
    group.command(epilog="Example: whoholds export geojson --as-of 2025-11-07 --ledger war.db --out map.geojson")(
        geojson
    )
    group.command(
        epilog="Example: whoholds export dossier Pokrovsk --as-of 2025-12-02 --ledger war.db --out pokrovsk.html"
    )(dossier)
    app.add_typer(group, name="export", epilog="Example: whoholds export claims --ledger war.db --out claims.jsonl")


def claims(
    ctx: typer.Context,
    out: Out = None,
    ledger: LedgerPath = None,
    theatre: TheatreNames = None,
    config: Config = None,
) -> None:
    """Write every claim as JSON Lines: quote, offsets, chain of attribution, place, figure."""
    from whoholds.app.export import export_claims

    space = workspace(ctx, ledger=ledger, theatre=theatre, config=config)
    _done(export_claims(space, _target(out)), "claims", out)


def origins(
    ctx: typer.Context,
    out: Out = None,
    ledger: LedgerPath = None,
    theatre: TheatreNames = None,
    config: Config = None,
) -> None:
    """Write the origins as JSON Lines: which reports carry one act of saying."""
    from whoholds.app.export import export_origins

    space = workspace(ctx, ledger=ledger, theatre=theatre, config=config)
    _done(export_origins(space, _target(out)), "origins", out)


def control(
    ctx: typer.Context,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    form: Annotated[Form, typer.Option("--format", help="csv or json.")] = Form.CSV,
    no_embargo: NoEmbargo = False,
    out: Out = None,
    ledger: LedgerPath = None,
    theatre: TheatreNames = None,
    config: Config = None,
) -> None:
    """Write who holds each place the book speaks of. The newest days are held back; the file says so."""
    _positions(ctx, form.value, as_of, known_by, no_embargo, out, ledger=ledger, theatre=theatre, config=config)


def geojson(
    ctx: typer.Context,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    no_embargo: NoEmbargo = False,
    out: Out = None,
    ledger: LedgerPath = None,
    theatre: TheatreNames = None,
    config: Config = None,
) -> None:
    """Write who holds each settlement as GeoJSON. The newest days are held back; the file says so."""
    _positions(ctx, "geojson", as_of, known_by, no_embargo, out, ledger=ledger, theatre=theatre, config=config)


def dossier(
    ctx: typer.Context,
    place: Annotated[str, typer.Argument(help="The place.", metavar="PLACE")],
    as_of: AsOf = None,
    known_by: KnownBy = None,
    near: Near = None,
    no_embargo: NoEmbargo = False,
    out: Out = None,
    ledger: LedgerPath = None,
    theatre: TheatreNames = None,
    config: Config = None,
) -> None:
    """Write one place on one day as one HTML page to show, print or attach. The newest days are held back."""
    from datetime import UTC, datetime

    from whoholds.app.clocks import read_clocks, release
    from whoholds.app.dossier import write_dossier
    from whoholds.cli.console import note, warn

    space = workspace(ctx, ledger=ledger, theatre=theatre, config=config)
    hours = 0 if no_embargo else space.settings.embargo_hours
    terms = release(read_clocks(as_of, known_by), hours, datetime.now(UTC))
    if no_embargo:
        warn("no embargo: the newest positions are in this file; for private use, do not pass it on")
    written = write_dossier(space, place, terms.clocks, _target(out), near=near)
    note(terms.sentence())
    _done(written, "page", out)


def _positions(
    ctx: typer.Context,
    form: str,
    as_of: str | None,
    known_by: str | None,
    no_embargo: bool,
    out: Path | None,
    **where: object,
) -> None:
    from whoholds.app.clocks import read_clocks
    from whoholds.app.export import export_positions
    from whoholds.cli.console import note, warn

    clocks = read_clocks(as_of, known_by)
    if no_embargo:
        warn("no embargo: the newest positions are in this file; for private use, do not pass it on")
    terms = export_positions(workspace(ctx, **where), form, clocks, _target(out), embargo=not no_embargo)
    note(terms.sentence())
    if out:
        note(f"wrote {out}")


def _target(out: Path | None) -> Path | BinaryIO:
    return out or sys.stdout.buffer


def _done(count: int, what: str, out: Path | None) -> None:
    from whoholds.cli.console import note

    if out:
        note(f"wrote {count:,} {what if count != 1 else what.removesuffix('s')} to {out}")
