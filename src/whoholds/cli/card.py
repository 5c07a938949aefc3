"""The card that ``whoholds ask`` prints: the answer, how it is known, for and against, and where to go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from whoholds.cli.console import printable
from whoholds.cli.statements import MARKS, heading, hint, indented, plural, show_statements
from whoholds.exporters.timeline import day_of
from whoholds.exporters.wording import amount, figure_subject, headline, listed, says, state_name, state_sentence
from whoholds.records import ControlAnswer, FigureRow, Origin, Role, Statement, Tier

__all__ = ["Card", "figure_line", "show_card", "show_claimants", "show_state"]

#: Statements shown on each side, and figures, before the card points to the command that lists all.
SHOWN = 3

#: Lines of who says what before the card points to the command that lists all.
CLAIMANTS = 8

_STYLES = {
    Tier.ASSESSED: "bold reverse",
    Tier.CLAIMED: "bold cyan",
    Tier.DISPUTED: "bold yellow",
    Tier.BACKGROUND: "bold dim",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What the card shows.

    ``texts``: document id -> text, for the sentences. ``asked`` and ``options``: the question, and the
    rest of the command line, as they are typed after another command.
    """

    answer: ControlAnswer
    district: str | None
    statements: Mapping[str, Statement]
    origins: Mapping[str, Origin]
    figures: Sequence[FigureRow]
    disputes: int
    sides: Mapping[str, str]
    texts: Mapping[str, str]
    asked: str
    options: str


def show_card(console: Console, card: Card) -> None:
    """Print the whole card."""
    show_state(console, card)
    if card.answer.supporting or card.answer.opposing:
        heading(console, "Who says so")
        show_claimants(console, card)
        _show_sides(console, card)
    else:
        console.print()
        indented(console, Text("Nobody in this book speaks to who holds it by then.", "dim"))
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
    words = headline(answer, card.sides)
    beside = [answer.tier.value] if answer.tier.value not in words.lower() else []
    beside += [f"since {answer.since}"] if answer.since else []
    head = Text.assemble((f" {words} ", _STYLES[answer.tier]), (f"  {', '.join(beside)}", "dim"))
    indented(console, head, 1)
    indented(console, Text(printable(state_sentence(answer, card.statements, card.sides))))
    console.print()
    indented(console, Text.assemble(("rule  ", "dim"), (answer.rule, "italic"), f": {printable(answer.why)}"))


def show_claimants(console: Console, card: Card, limit: int = CLAIMANTS) -> None:
    """Print who says, denies and assesses what of the place, latest first, with the number of origins."""
    said: dict[tuple[str, str], list[Statement]] = {}
    for claim in dict.fromkeys((*card.answer.supporting, *card.answer.opposing)):
        if statement := card.statements.get(claim):
            said.setdefault((_camp(statement, card.sides), says(statement, card.sides)), []).append(statement)
    ordered = sorted(said.items(), key=lambda item: max(day_of(row) or "" for row in item[1]), reverse=True)
    for (who, content), rows in ordered[:limit]:
        _claimant_line(console, card, who, content, rows)
    if len(ordered) > limit:
        more = f"and {len(ordered) - limit} more, said earlier: whoholds why {card.asked}{card.options}"
        hint(console, more)


def _claimant_line(console: Console, card: Card, who: str, content: str, rows: Sequence[Statement]) -> None:
    mark, colour = MARKS[rows[0].stance]
    origins = {origin.id if (origin := card.origins.get(row.claim)) else row.claim for row in rows}
    last = max((day for row in rows if (day := day_of(row))), default="no date")
    speakers = listed(printable(row.speaker) for row in rows)
    names = f" ({speakers})" if speakers != who else ""
    head = Text.assemble((f"{mark} ", colour), (printable(who), "bold"), f" {printable(content)}")
    indented(console, head.append(f"  {plural(len(origins), 'origin')}, last {last}{names}", "dim"))


def _camp(statement: Statement, sides: Mapping[str, str]) -> str:
    """Name the side that a party speaks for, a monitor by its name, and the rest by their role."""
    if statement.speaker_role is Role.PARTY and statement.speaker_side:
        return sides.get(statement.speaker_side, statement.speaker_side)
    if statement.speaker_role is Role.MONITOR:
        return statement.speaker
    if statement.own_voice:
        return "A report's own voice"
    return "A witness" if statement.speaker_role is Role.WITNESS else "A source of no known side"


def _district(card: Card) -> str:
    return f"  {printable(card.district)}" if card.district else ""


def _show_sides(console: Console, card: Card) -> None:
    answer = card.answer
    more = f"whoholds why {card.asked}{card.options}"
    for name, claims, count in (
        ("For", answer.supporting, answer.origins_for),
        ("Against", answer.opposing, answer.origins_against),
    ):
        shown = state_name(answer.state, card.sides)
        heading(console, f"{name} “{shown}”", plural(count, "independent origin"))
        rows = [card.statements[claim] for claim in claims if claim in card.statements]
        if rows:
            show_statements(console, rows, card.sides, card.origins, card.texts, limit=SHOWN, more=more)
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
    for row in sorted(card.figures, key=lambda row: row.as_of or "", reverse=True)[:SHOWN]:
        indented(console, Text(printable(figure_line(row, card.sides))))
    if len(card.figures) > SHOWN:
        more = f"and {len(card.figures) - SHOWN:,} more: whoholds figures {card.asked}{card.options}"
        hint(console, more)


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
        hint(console, f"whoholds {command} {card.asked}{card.options}")
