"""Where the command line prints: answers on stdout, progress and warnings on stderr.

Everything printed from a report passes :func:`printable`: a report must not be able to move the cursor,
recolour the terminal or turn the reading direction. Nothing is ever cut: narrow output wraps.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence

import msgspec
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

__all__ = ["err", "note", "out", "print_json", "printable", "show_fields", "show_rows", "warn"]

#: Columns used where there is no terminal to ask.
PIPED_WIDTH = 100

#: Columns below which a width is not taken at its word.
NARROWEST = 20

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]")
_SPACE = re.compile(r"\s+")


class _Pipe(Console):
    """A console that lets a closed pipe be handled in one place, by ``run``."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    return _Pipe(stderr=stderr, width=_width(stream.isatty()), markup=False, highlight=False, emoji=False)


def _width(terminal: bool) -> int | None:
    """Return the columns to print in, None to ask the terminal: ``COLUMNS`` outranks it, if it can be meant."""
    given = os.environ.get("COLUMNS", "")
    if given.isascii() and given.isdigit() and int(given):
        return max(int(given), NARROWEST)
    return None if terminal else PIPED_WIDTH


def out() -> Console:
    """Return the console of answers (stdout)."""
    return _console(stderr=False)


def err() -> Console:
    """Return the console of progress and warnings (stderr)."""
    return _console(stderr=True)


def note(text: str) -> None:
    """Say something beside the answer: on stderr, on one line however long."""
    err().print(Text(printable(text)), soft_wrap=True)


def warn(text: str) -> None:
    """Warn on stderr, on one line however long."""
    err().print(Text.assemble(("warning: ", "yellow"), printable(text)), soft_wrap=True)


def printable(text: object) -> str:
    """Return a text on one line without control or direction characters."""
    return _SPACE.sub(" ", _UNPRINTABLE.sub("", str(text).replace("\x0b", " ").replace("\x0c", " "))).strip()


def print_json(value: object) -> None:
    """Print one JSON value on stdout, indented: in UTF-8, whatever the terminal speaks."""
    data = msgspec.json.format(msgspec.json.encode(value, enc_hook=str), indent=2)
    sys.stdout.flush()
    sys.stdout.buffer.write(data + b"\n")
    sys.stdout.buffer.flush()


def show_rows(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows as a table where it fits, otherwise as blocks of ``column: value``; nothing is cut."""
    console = out()
    cells = [tuple(columns), *(tuple(_cell(value) for value in row) for row in rows)]
    widths = [max(cell_len(row[at]) for row in cells) for at in range(len(columns))]
    if sum(widths) + 2 * (len(widths) - 1) <= console.width:
        for number, line in enumerate(cells):
            padded = "  ".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(line, widths, strict=True))
            console.print(Text(padded.rstrip(), "" if number else "dim"), soft_wrap=True)
        return
    for row in rows:
        show_fields(list(zip(columns, row, strict=True)))
        console.print()


def show_fields(fields: Sequence[tuple[str, object]]) -> None:
    """Print named values one below the other, wrapped beside their names; what is None or empty is left out."""
    console = out()
    given = [(name, _cell(value)) for name, value in fields if _cell(value)]
    left = max((len(name) for name, _ in given), default=0) + 2
    for name, value in given:
        whole = " " not in value  # an address or an id is copied, so it stays on one line
        lines = [Text(value)] if whole else Text(value).wrap(console, max(20, console.width - left))
        for number, line in enumerate(lines):
            line.rstrip()
            label = name if number == 0 else ""
            console.print(Text.assemble((label.ljust(left), "dim"), line), soft_wrap=True)


def _cell(value: object) -> str:
    return "" if value is None else printable(value)
