"""The commands that ask the book about a place: ask, why, brief."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from whoholds.cli.options import AsJson, AsOf, Config, KnownBy, LedgerPath, Near, TheatreNames, where_options, workspace

if TYPE_CHECKING:
    from whoholds.app.ask import Answer
    from whoholds.app.workspace import Workspace
    from whoholds.cli.card import Card

__all__ = ["card_of", "register"]

Place = Annotated[str, typer.Argument(help="A place by any of its names, or its id.", metavar="PLACE")]
PlaceOrClaim = Annotated[str, typer.Argument(help="A place, or the id of a claim (c-…).", metavar="PLACE")]


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command(epilog="Example: whoholds ask Pokrovsk --as-of 2025-11-07 --ledger war.db")(ask)
    app.command(epilog="Example: whoholds why Pokrovsk --as-of 2025-11-07 --ledger war.db")(why)
    app.command(epilog="Example: whoholds brief Pokrovsk --as-of 2025-11-07 --ledger war.db")(brief)


def ask(
    ctx: typer.Context,
    place: Place,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    near: Near = None,
    as_json: AsJson = False,
    ledger: LedgerPath = None,
    theatre: TheatreNames = None,
    config: Config = None,
) -> None:
    """Who holds a place on a day: the state, how it is known, who says so, who denies it."""
    from whoholds.app import ask as use
    from whoholds.cli.card import show_card
    from whoholds.cli.console import out, print_json

    space = workspace(ctx, ledger=ledger, theatre=theatre, config=config)
    answer = use.ask(space, place, as_of=as_of, known_by=known_by, near=near)
    if as_json:
        print_json(use.to_json(answer))
        return
    options = where_options(ctx, ledger=ledger, theatre=theatre, config=config)
    show_card(out(), card_of(space, answer, _again(place, answer, near), options))


def card_of(space: Workspace, answer: Answer, asked: str, options: str) -> Card:
    """Make the card of an answer. ``asked``: place and clocks as they are typed; ``options``: the rest."""
    from whoholds.app.texts import texts_of
    from whoholds.cli.card import Card

    place = answer.place
    return Card(
        answer=answer.control,
        district=", ".join(part for part in (place.district, place.region) if part),
        statements=answer.statements,
        origins={claim: origin for origin in answer.origins for claim in origin.claims},
        figures=answer.figures,
        disputes=len(answer.disputes),
        sides=answer.sides,
        texts=texts_of(space, answer.statements.values()),
        asked=asked,
        options=options,
    )


def _again(place: str, answer: Answer, near: str | None) -> str:
    """Return the question as it is typed after another command."""
    clocks = answer.control.clocks
    words = [place, "--as-of", clocks.as_of]
    words += ["--known-by", clocks.known_by] if clocks.known_by != clocks.as_of else []
    return shlex.join([*words, "--near", near] if near else words)


def why(
    ctx: typer.Context,
    place: PlaceOrClaim,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    near: Near = None,
    as_json: AsJson = False,
    ledger: LedgerPath = None,
    theatre: TheatreNames = None,
    config: Config = None,
) -> None:
    """Why the answer is what it is: each act of saying down to its sentences; or one claim by its id."""
    from whoholds.app import trace
    from whoholds.app import why as use
    from whoholds.cli.console import out, print_json
    from whoholds.cli.trails import show_trace, show_why

    space = workspace(ctx, ledger=ledger, theatre=theatre, config=config)
    if trace.is_claim_id(place):
        claim = trace.trace(space, place)
        print_json(trace.trace_json(claim)) if as_json else show_trace(out(), claim)
        return
    found = use.why(space, place, as_of=as_of, known_by=known_by, near=near)
    if as_json:
        print_json(use.why_json(found))
    else:
        show_why(out(), found)


def brief(
    ctx: typer.Context,
    place: Place,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    near: Near = None,
    as_json: AsJson = False,
    ledger: LedgerPath = None,
    theatre: TheatreNames = None,
    config: Config = None,
) -> None:
    """A page about a place in sentences, each with the statements it rests on."""
    from whoholds.app import brief as use
    from whoholds.cli.console import out, print_json
    from whoholds.cli.trails import show_brief

    space = workspace(ctx, ledger=ledger, theatre=theatre, config=config)
    found = use.brief(space, place, as_of=as_of, known_by=known_by, near=near)
    if as_json:
        print_json(use.brief_json(found))
    else:
        show_brief(out(), found)
