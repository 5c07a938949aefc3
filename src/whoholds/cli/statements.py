"""Statements on the terminal: who says what, with the sentence and where it stands. Nothing is cut."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.text import Text

from whoholds.cli.console import printable
from whoholds.exporters.passages import Passage, sentence
from whoholds.exporters.timeline import day_of
from whoholds.exporters.wording import amount, claimant, kind_words, says
from whoholds.records import Origin, Stance, Statement

__all__ = ["MARKS", "heading", "hint", "indented", "marked", "plural", "show_statement", "show_statements"]

#: A stance is shown by shape first; the colour only repeats it.
MARKS = {Stance.ASSERTS: ("●", "blue"), Stance.DENIES: ("✕", "magenta"), Stance.UNSURE: ("◇", "yellow")}


def indented(console: Console, text: Text | str, left: int = 2) -> None:
    """Print a text wrapped within the width, moved right; no blanks at the ends of lines."""
    whole = text if isinstance(text, Text) else Text(text)
    for line in whole.wrap(console, max(20, console.width - left)):
        line.rstrip()
        console.print(Text.assemble(" " * left, line), soft_wrap=True)


def hint(console: Console, text: str, left: int = 2) -> None:
    """Print a command that can be copied: on one line, however long."""
    console.print(Text(" " * left + text, "dim"), soft_wrap=True)


def heading(console: Console, text: str, beside: str = "") -> None:
    """Print a heading with a word beside it."""
    console.print()
    console.print(Text.assemble((printable(text), "bold"), (f"  {printable(beside)}" if beside else "", "dim")))


def plural(count: int, word: str) -> str:
    """Return "1 origin", "2 origins"."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def show_statements(
    console: Console,
    statements: Sequence[Statement],
    sides: Mapping[str, str],
    origins: Mapping[str, Origin],
    texts: Mapping[str, str],
    *,
    limit: int | None = None,
    more: str = "",
) -> None:
    """Print statements newest first, those that share an origin once; beyond ``limit`` say how many and where."""
    ordered = list(_one_an_origin(sorted(statements, key=lambda row: day_of(row) or "", reverse=True), origins))
    for statement in ordered[:limit]:
        show_statement(console, statement, sides, texts, origins.get(statement.claim))
    left = len(ordered) - len(ordered[:limit])
    if left:
        hint(console, f"and {left:,} more: {more}")


def _one_an_origin(statements: Iterable[Statement], origins: Mapping[str, Origin]) -> Iterable[Statement]:
    seen: set[str] = set()
    for statement in statements:
        origin = origins.get(statement.claim)
        if origin is None or origin.id not in seen:
            yield statement
        if origin is not None:
            seen.add(origin.id)


def show_statement(
    console: Console,
    statement: Statement,
    sides: Mapping[str, str],
    texts: Mapping[str, str],
    origin: Origin | None = None,
) -> None:
    """Print one statement: who, with which stance, the sentence it stands in, and its report."""
    mark, colour = MARKS[statement.stance]
    head = Text.assemble(
        (f"{mark} ", colour),
        (day_of(statement) or "no date", "dim"),
        "  ",
        (printable(claimant(statement, sides)), "bold"),
        " ",
        printable(_content(statement, sides)),
    )
    indented(console, head)
    words = sentence(texts.get(statement.document), statement.start, statement.end, statement.quote)
    indented(console, marked(words), 4)
    indented(console, Text(_where(statement, origin), "dim"), 4)


def marked(words: Passage) -> Text:
    """Return a quote in brackets and bold, with the words around it."""
    if not words.before and not words.after:
        return Text(f"“{printable(words.quote)}”", "bold")
    before = printable(words.before) + (" " if words.before.endswith(" ") else "")
    after = (" " if words.after.startswith(" ") else "") + printable(words.after)
    return Text.assemble((before, "dim"), (f"[{printable(words.quote)}]", "bold"), (after, "dim"))


def _content(statement: Statement, sides: Mapping[str, str]) -> str:
    if statement.quantity_kind is None:
        return says(statement, sides)
    verb = {Stance.ASSERTS: "says", Stance.DENIES: "denies", Stance.UNSURE: "does not commit itself on"}
    whose = f" of {sides.get(statement.quantity_side, statement.quantity_side)}" if statement.quantity_side else ""
    figure = amount(statement.low, statement.high, statement.unit or "", approx=statement.approx)
    return f"{verb[statement.stance]} {figure} ({kind_words(statement.quantity_kind)}{whose})"


def _where(statement: Statement, origin: Origin | None) -> str:
    parts = [printable(statement.document_name)]
    if statement.outlet and statement.outlet != statement.document_name:
        parts[0] += f" ({printable(statement.outlet)})"
    parts[0] += f", published {statement.published[:10]}" if statement.published else ", no publication date"
    if len(statement.chain) > 2:
        parts.append(f"via {printable(', '.join(statement.chain[1:-1]))}")
    if origin is not None and len(set(origin.documents)) > 1:
        parts.append(f"one origin in {len(set(origin.documents))} reports")
    return " · ".join([*parts, statement.claim])
