"""The card that ``whoholds ask`` prints: the answer, how it is known, for and against, and where to go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from whoholds.cli.console import printable
from whoholds.cli.statements import heading, indented, plural, show_statements
from whoholds.exporters.wording import amount, claimant, figure_subject, headline, says, state_name, state_sentence
from whoholds.records import ControlAnswer, FigureRow, Origin, Statement, Tier

__all__ = ["Card", "figure_line", "show_card", "show_claimants", "show_state"]

#: Statements shown on each side, and figures, before the card points to the command that lists all.
SHOWN = 3

_STYLES = {
    Tier.ASSESSED: "bold reverse",
    Tier.CLAIMED: "bold cyan",
    Tier.DISPUTED: "bold yellow",
    Tier.BACKGROUND: "bold dim",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What the card shows. ``options``: what to add to the commands it hints at, so that they can be copied."""

    answer: ControlAnswer
    district: str | None
    statements: Mapping[str, Statement]
    origins: Mapping[str, Origin]
    figures: Sequence[FigureRow]
    disputes: int
    sides: Mapping[str, str]
    asked: str
    options: str


def show_card(console: Console, card: Card) -> None:
    """Print the whole card."""
    show_state(console, card)
    heading(console, "Who says so")
    show_claimants(console, card)
    _show_sides(console, card)
    _show_parts(console, card)
    _show_figures(console, card)
    _show_next(console, card)


def show_state(console: Console, card: Card) -> None:
    """Print the place, the clocks, the state in words, its tier and the rule that fired."""
    answer = card.answer
    console.print(Text.assemble((printable(answer.place_name), "bold"), (_district(card), "dim")))
    clocks = f"as of {answer.clocks.as_of}, from reports published up to {answer.clocks.known_by}"
    console.print(Text(clocks, "dim"))
    console.print()
    head = Text.assemble((f" {headline(answer, card.sides)} ", _STYLES[answer.tier]), (f"  {answer.tier}", "dim"))
    if answer.since:
        head.append(f", since {answer.since}", "dim")
    indented(console, head, 1)
    indented(console, Text(printable(state_sentence(answer, card.statements, card.sides))))
    console.print()
    indented(console, Text.assemble(("rule  ", "dim"), (answer.rule, "italic"), f": {printable(answer.why)}"))


def show_claimants(console: Console, card: Card) -> None:
    """Print who says what of the place, denies it or assesses it, each with its number of independent origins."""
    said: dict[str, dict[str, set[str]]] = {}
    for claim in dict.fromkeys((*card.answer.supporting, *card.answer.opposing)):
        if statement := card.statements.get(claim):
            names = said.setdefault(says(statement, card.sides), {})
            names.setdefault(claimant(statement, card.sides), set()).add(_origin_id(card, claim))
    for content, names in sorted(said.items(), key=lambda item: -len(set.union(*item[1].values()))):
        counts = "; ".join(f"{name}, {plural(len(ids), 'origin')}" for name, ids in names.items())
        indented(console, Text.assemble(printable(content), (f": {printable(counts)}", "dim")))


def _origin_id(card: Card, claim: str) -> str:
    origin = card.origins.get(claim)
    return origin.id if origin else claim


def _district(card: Card) -> str:
    return f"  {printable(card.district)}" if card.district else ""


def _show_sides(console: Console, card: Card) -> None:
    answer = card.answer
    more = f"whoholds why {card.asked}{card.options}"
    for name, claims, count in (
        ("For", answer.supporting, answer.origins_for),
        ("Against", answer.opposing, answer.origins_against),
    ):
        heading(console, name, plural(count, "independent origin"))
        rows = [card.statements[claim] for claim in claims if claim in card.statements]
        if rows:
            show_statements(console, rows, card.sides, card.origins, limit=SHOWN, more=more)
        else:
            indented(console, Text("nobody in this book", "dim"))


def _show_parts(console: Console, card: Card) -> None:
    if card.answer.parts:
        heading(console, "Parts")
    for part in card.answer.parts:
        since = f", since {part.since}" if part.since else ""
        indented(console, Text(printable(f"{part.part}: {state_name(part.state, card.sides)}, {part.tier}{since}")))


def _show_figures(console: Console, card: Card) -> None:
    if not card.figures:
        return
    heading(console, "Figures", "as each source gave them")
    for row in card.figures[:SHOWN]:
        indented(console, Text(printable(figure_line(row, card.sides))))
    if len(card.figures) > SHOWN:
        more = f"and {len(card.figures) - SHOWN:,} more: whoholds figures {card.asked}{card.options}"
        indented(console, Text(more, "dim"))


def figure_line(row: FigureRow, sides: Mapping[str, str]) -> str:
    """Say one claimant's figure on one line."""
    stance = {"asserts": "", "denies": ", denied", "unsure": ", hedged"}[row.stance.value]
    figure = amount(row.low, row.high, row.unit, approx=row.approx)
    dated = f", {row.as_of}" if row.as_of else ""
    return f"{figure_subject(row, sides)}: {figure}{stance} ({row.claimant}{dated}; {plural(row.origins, 'origin')})"


def _show_next(console: Console, card: Card) -> None:
    console.print()
    disputes = f"{plural(card.disputes, 'dispute')}; " if card.disputes else ""
    console.print(Text(f"{disputes}next:", "dim"))
    for command in ("why", "figures", "disputes"):
        indented(console, Text(f"whoholds {command} {card.asked}{card.options}", "dim"))
