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
from rich import box
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

__all__ = ["err", "note", "out", "print_json", "printable", "show_fields", "show_rows", "warn"]

#: Columns used where there is no terminal to ask.
PIPED_WIDTH = 100

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]")
_SPACE = re.compile(r"\s+")


class _Pipe(Console):
    """A console that lets a closed pipe be handled in one place, by ``run``."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or os.environ.get("COLUMNS") else PIPED_WIDTH
    return _Pipe(stderr=stderr, width=width, markup=False, highlight=False, emoji=False)


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
    """Print one JSON value on stdout, indented."""
    data = msgspec.json.format(msgspec.json.encode(value), indent=2)
    sys.stdout.write(data.decode() + "\n")
    sys.stdout.flush()


def show_rows(columns: Sequence[str], rows: Sequence[Sequence[object]], *, right: frozenset[str] = frozenset()) -> None:
    """Print rows as a table where it fits, otherwise as blocks of ``column: value``; nothing is cut."""
    console = out()
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(column, no_wrap=True, justify="right" if column in right else "left")
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    if Measurement.get(console, console.options.update(width=10_000), table).maximum <= console.width:
        console.print(table)
        return
    for row in rows:
        show_fields(list(zip(columns, row, strict=True)))
        console.print()


def show_fields(fields: Sequence[tuple[str, object]]) -> None:
    """Print named values one below the other; a value that is None or empty is left out."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in fields:
        if _cell(value):
            grid.add_row(name, Text(_cell(value)))
    out().print(grid)


def _cell(value: object) -> str:
    return "" if value is None else printable(value)
