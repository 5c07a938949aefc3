"""Commands that look things up in the data: place and theatres."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whoholds.cli.options import AsJson, Config, Near, TheatreNames, loaded, workspace
from whoholds.errors import TheatreInvalid

if TYPE_CHECKING:
    from whoholds.records import Place, Theatre

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command(epilog="Example: whoholds place Krasnoarmeysk --theatre ukraine")(place)
    app.command(epilog="Example: whoholds theatres")(theatres)


def place(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="Any name, spelling or alphabet.", metavar="NAME")],
    near: Near = None,
    as_json: AsJson = False,
    theatre: TheatreNames = None,
    config: Config = None,
) -> None:
    """Find a place by any of its names: its id, where it is, what else it is called."""
    from whoholds.app.places import find_place
    from whoholds.cli.console import print_json

    choice = find_place(workspace(ctx, theatre=theatre, config=config), name, near=near)
    if as_json:
        print_json(_place_object(choice.place))
    else:
        _show_place(choice.place)


def _place_object(found: Place) -> dict[str, Any]:
    return {
        "id": found.id,
        "name": found.name,
        "kind": found.kind,
        "lat": found.lat,
        "lon": found.lon,
        "country": found.country,
        "region": found.region,
        "district": found.district,
        "population": found.population,
        "names": list(found.names),
    }


def _show_place(found: Place) -> None:
    from whoholds.cli.console import show_fields

    where = ", ".join(part for part in (found.district, found.region, found.country) if part)
    located = f"{found.lat:.4f}, {found.lon:.4f}" if found.lat is not None and found.lon is not None else "not known"
    show_fields(
        [
            ("name", found.name),
            ("kind", found.kind),
            ("where", where),
            ("lat, lon", located),
            ("population", f"{found.population:,}" if found.population else None),
            ("id", found.id),
            ("names", ", ".join(found.names)),
        ]
    )


def theatres(
    ctx: typer.Context,
    check: Annotated[
        Path | None,
        typer.Option("--check", help="Check this theatre folder and list every fault.", metavar="DIR", readable=False),
    ] = None,
    as_json: AsJson = False,
    theatre: TheatreNames = None,
    config: Config = None,
) -> None:
    """List the installed theatres, or check a theatre folder."""
    if check is not None:
        _check_folder(check, as_json)
        return
    from whoholds.cli.console import print_json, show_rows
    from whoholds.theatres import FolderTheatres

    settings = loaded(ctx, theatre=theatre, config=config).settings
    found = FolderTheatres(settings.theatre_paths).load(settings.theatres or None)
    if as_json:
        print_json([_theatre_object(row) for row in found])
    else:
        show_rows(("id", "title", "sides", "from", "to", "actors"), [_theatre_row(row) for row in found])


def _theatre_row(theatre: Theatre) -> Sequence[object]:
    sides = ", ".join(side.name if side.name == side.code else f"{side.code} {side.name}" for side in theatre.sides)
    return (theatre.id, theatre.title, sides, theatre.start, theatre.end, len(theatre.actors))


def _theatre_object(theatre: Theatre) -> dict[str, Any]:
    return {
        "id": theatre.id,
        "title": theatre.title,
        "sides": [{"code": side.code, "name": side.name} for side in theatre.sides],
        "start": theatre.start,
        "end": theatre.end,
        "languages": list(theatre.languages),
        "actors": len(theatre.actors),
        "path": theatre.path,
    }


def _check_folder(folder: Path, as_json: bool) -> None:
    from whoholds.app.theatres import check_theatre
    from whoholds.cli.console import note, print_json

    faults = check_theatre(folder, places=True)
    if as_json:
        print_json([str(fault) for fault in faults])
    for fault in () if as_json else faults:
        typer.echo(str(fault))
    if faults:
        count = f"{len(faults)} fault{'s' if len(faults) != 1 else ''}"
        raise TheatreInvalid(f"{folder} has {count}", do="mend what is listed")
    note(f"{folder}: no fault")
