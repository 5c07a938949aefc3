"""The commands that list what is in the book: claims, figures, disputes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from whoholds.cli.options import AsJson, AsOf, Config, KnownBy, LedgerPath, Near, TheatreNames, workspace

if TYPE_CHECKING:
    from whoholds.app.claims import ClaimFilter
    from whoholds.app.workspace import Workspace

__all__ = ["register"]

MaybePlace = Annotated[str | None, typer.Argument(help="Only about this place.", metavar="PLACE")]
Text = str | None


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command(epilog="Example: whoholds claims Pokrovsk --side UA --stance denies --limit 5 --ledger war.db")(claims)
    app.command(epilog="Example: whoholds figures Pokrovsk --kind troops --as-of 2025-11-07 --ledger war.db")(figures)
    app.command(epilog="Example: whoholds disputes Pokrovsk --as-of 2025-11-07 --ledger war.db")(disputes)


def claims(
    ctx: typer.Context,
    place: MaybePlace = None,
    kind: Annotated[Text, typer.Option("--kind", help="control, quantity or statement.", metavar="KIND")] = None,
    claimant: Annotated[Text, typer.Option("--claimant", help="Who says it: a name.", metavar="NAME")] = None,
    side: Annotated[Text, typer.Option("--side", help="Code of the side that says it.", metavar="SIDE")] = None,
    role: Annotated[Text, typer.Option("--role", help="party, monitor, relay or witness.", metavar="ROLE")] = None,
    stance: Annotated[Text, typer.Option("--stance", help="asserts, denies or unsure.", metavar="STANCE")] = None,
    relation: Annotated[Text, typer.Option("--relation", help="captured, holds, …", metavar="RELATION")] = None,
    actor: Annotated[Text, typer.Option("--actor", help="Code of the side it is said of.", metavar="SIDE")] = None,
    figure: Annotated[Text, typer.Option("--figure", help="troops, killed, area_km2, …", metavar="KIND")] = None,
    document: Annotated[Text, typer.Option("--document", help="The report's own id.", metavar="ID")] = None,
    outlet: Annotated[Text, typer.Option("--outlet", help="Who published it.", metavar="NAME")] = None,
    words: Annotated[Text, typer.Option("--words", help="Words of the quote.", metavar="WORDS")] = None,
    since: Annotated[Text, typer.Option("--since", help="Events from this day on.", metavar="DAY")] = None,
    as_of: Annotated[Text, typer.Option("--as-of", help="Events up to this day. Default: all.", metavar="DAY")] = None,
    known_by: Annotated[Text, typer.Option("--known-by", help="Published up to this day.", metavar="DAY")] = None,
    limit: Annotated[int, typer.Option("--limit", help="At most so many, the latest; 0: all.", metavar="N")] = 20,
    near: Near = None,
    as_json: AsJson = False,
    ledger: LedgerPath = None,
    theatre: TheatreNames = None,
    config: Config = None,
) -> None:
    """List statements: who says what, through whom, with the sentence. In order of time."""
    from whoholds.app.claims import ClaimFilter

    chosen = ClaimFilter(
        place=place,
        near=near,
        claimant=claimant,
        side=side,
        role=role,
        actor=actor,
        relation=relation,
        kind=kind,
        quantity_kind=figure,
        stance=stance,
        outlet=outlet,
        document=document,
        words=words,
        since=since,
        as_of=as_of,
        known_by=known_by,
        limit=limit or None,
    )
    _list_claims(workspace(ctx, ledger=ledger, theatre=theatre, config=config), chosen, as_json)


def _list_claims(space: Workspace, chosen: ClaimFilter, as_json: bool) -> None:
    from whoholds.app import claims as use
    from whoholds.app.evidence import side_names
    from whoholds.app.texts import texts_of
    from whoholds.cli.console import note, out, print_json
    from whoholds.cli.statements import show_statement

    rows = use.claims(space, chosen)
    if as_json:
        print_json([use.statement_object(row) for row in rows])
        return
    sides, texts = side_names(space), texts_of(space, rows)
    for row in rows:
        show_statement(out(), row, sides, texts)
    if not rows:
        note("no statement in this book fits")
    elif len(rows) == chosen.limit:
        note(f"the latest {len(rows)}; --limit 0 lists all")


def figures(
    ctx: typer.Context,
    place: MaybePlace = None,
    kind: Annotated[Text, typer.Option("--kind", help="Only this kind: troops, killed, …", metavar="KIND")] = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    near: Near = None,
    as_json: AsJson = False,
    ledger: LedgerPath = None,
    theatre: TheatreNames = None,
    config: Config = None,
) -> None:
    """How many: each claimant's figures as given, never added up or averaged."""
    from whoholds.app import figures as use
    from whoholds.app.ask import figure_object
    from whoholds.cli.console import note, out, print_json
    from whoholds.cli.tables import show_figures

    space = workspace(ctx, ledger=ledger, theatre=theatre, config=config)
    found = use.figures(space, place, kind=kind, as_of=as_of, known_by=known_by, near=near)
    if as_json:
        print_json([figure_object(row) for row in found.rows])
    elif found.rows:
        show_figures(out(), found.rows, found.sides)
    else:
        note("no figure in this book fits")


def disputes(
    ctx: typer.Context,
    place: MaybePlace = None,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    near: Near = None,
    limit: Annotated[int, typer.Option("--limit", help="Statements shown on each side; 0: all.", metavar="N")] = 2,
    as_json: AsJson = False,
    ledger: LedgerPath = None,
    theatre: TheatreNames = None,
    config: Config = None,
) -> None:
    """What is disputed: statements about one thing that cannot both hold, latest first."""
    from whoholds.app import disputes as use
    from whoholds.app.evidence import side_names
    from whoholds.app.texts import texts_of
    from whoholds.cli.console import note, out, print_json
    from whoholds.cli.tables import show_disputes

    space = workspace(ctx, ledger=ledger, theatre=theatre, config=config)
    found = use.disputes(space, place, as_of=as_of, known_by=known_by, near=near)
    if as_json:
        print_json([use.dispute_object(row) for row in found.rows])
    elif found.rows:
        origins = {claim: origin for origin in found.origins for claim in origin.claims}
        texts = texts_of(space, found.statements.values())
        show_disputes(out(), found.rows, found.statements, origins, side_names(space), texts, limit=limit or None)
    else:
        note("nothing in this book contradicts itself here")
