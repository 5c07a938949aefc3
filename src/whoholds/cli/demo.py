"""The demo on the terminal: read, ask, count, dispute, trace, and the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from whoholds.cli.asking import card_of
from whoholds.cli.books import reading, show_read
from whoholds.cli.card import Card, show_claimants, show_state
from whoholds.cli.console import note, out
from whoholds.cli.statements import heading, hint
from whoholds.cli.tables import show_disputes, show_figures
from whoholds.cli.trails import show_trail

if TYPE_CHECKING:
    from whoholds.app.demo import DemoPlan
    from whoholds.app.why import Why
    from whoholds.app.workspace import Workspace

__all__ = ["run_demo"]

#: Disputes, and statements on each side of one, that the demo prints.
DISPUTES, SIDES = 2, 1


def run_demo(folder: Path) -> None:
    """Run the main job on the bundled sample and say what to try next."""
    from whoholds.app.demo import dossier_path, fresh_settings, plan
    from whoholds.app.workspace import Workspace

    with plan() as todo:
        space = Workspace(fresh_settings(folder, todo))
        note(todo.notice)
        done = reading(space, [todo.reports])
        show_read(done, space.settings.ledger)
        out().print()
        _answers(out(), space, todo)
        page = dossier_path(folder, todo.place)
        _page(space, todo, page)
    _next(out(), space, todo, page)


def _answers(console: Console, space: Workspace, todo: DemoPlan) -> None:
    from whoholds.app.why import why

    found = why(space, todo.place, as_of=todo.as_of)
    card = card_of(space, found.answer, f"{todo.place} --as-of {todo.as_of}", f" --ledger {space.settings.ledger}")
    show_state(console, card)
    heading(console, "Who says so")
    show_claimants(console, card)
    _figures(console, card, todo)
    heading(console, f"Disputed: {len(found.answer.disputes)}", f"the latest {DISPUTES}")
    disputes = found.answer.disputes[:DISPUTES]
    show_disputes(
        console, disputes, card.statements, card.origins, card.sides, card.texts, limit=SIDES, more="in the page"
    )
    _one_why(console, found)


def _figures(console: Console, card: Card, todo: DemoPlan) -> None:
    rows = [row for row in card.figures if row.kind.value in todo.figures]
    show_figures(console, rows, card.sides)


def _one_why(console: Console, found: Why) -> None:
    heading(console, "Why", "one of the acts of saying behind it, down to the sentences")
    if found.trails:
        told = max(found.trails, key=lambda trail: (len(trail.origin.documents) > 1, trail.origin.first or ""))
        show_trail(console, told, found.answer.sides)


def _page(space: Workspace, todo: DemoPlan, page: Path) -> None:
    from whoholds.app.clocks import read_clocks
    from whoholds.app.dossier import write_dossier

    write_dossier(space, todo.place, read_clocks(todo.as_of, None), page, notice=todo.notice)


def _next(console: Console, space: Workspace, todo: DemoPlan, page: Path) -> None:
    console.print()
    console.print(Text.assemble(("The page about it: ", "bold"), str(page)), soft_wrap=True)
    console.print(Text("Ask further:", "dim"))
    for command in ("ask", "why", "figures", "disputes", "brief"):
        hint(console, f"whoholds {command} {todo.place} --as-of {todo.as_of} --ledger {space.settings.ledger}")
