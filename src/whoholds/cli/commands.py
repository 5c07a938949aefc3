"""The command line's entry: the app, its global options, and what becomes of errors."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Annotated

import typer

from whoholds import __version__
from whoholds.cli import asking, books, exporting, listing, lookups, showing
from whoholds.cli.options import Config, LedgerPath, TheatreNames
from whoholds.errors import WhoholdsError

__all__ = ["app", "main", "run"]

#: Exit statuses beside 0 (done), 2 (the user's mistake) and 1 (ours).
INTERRUPTED = 130

#: What the machine refuses: no space, no quota, a broken disk, a read-only one, no permission.
_OUTSIDE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EACCES, errno.EPERM})

app = typer.Typer(
    name="whoholds",
    help="Keeps the books on a war's contradicting reports: who holds a place, how many, what is disputed. "
    "It never says what is true: it says who said it, and shows the sentence.",
    epilog="Example: whoholds ask Pokrovsk --as-of 2025-11-07 --ledger war.db",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for room in (books, asking, listing, exporting, lookups, showing):
    room.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"whoholds {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    ledger: LedgerPath = None,
    theatre: TheatreNames = None,
    config: Config = None,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Take the options that may also stand before the command."""


def run() -> None:
    """Run ``whoholds`` on this process's arguments and exit with its status."""
    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks a letter gets a mark for it, not an error
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status: 0 done, 2 the user's mistake, 1 ours, 130 stopped."""
    try:
        status = app(list(arguments), prog_name="whoholds", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        return _reader_left()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    except Exception as error:
        return _failed(error)
    if status == INTERRUPTED:
        _say("stopped; what was finished before is kept, run the same command again to go on")
    return status if isinstance(status, int) else 0


def _failed(error: Exception) -> int:
    """Say an error in one line and return its exit status."""
    if os.environ.get("WHOHOLDS_TRACEBACK"):
        traceback.print_exception(error)
    if isinstance(error, WhoholdsError):
        _say(str(error))
        return error.exit_status
    if isinstance(error, typer.TyperException):
        if not error.format_message():  # no command: its help is printed already
            return error.exit_code
        _say(f"{error.format_message().rstrip('.')}; see '{_command_of(error)} --help'")
        return error.exit_code
    if isinstance(error, typer.Abort):
        return INTERRUPTED
    if isinstance(error, OSError) and error.errno in _OUTSIDE:
        _say(f"{error.strerror}{f': {error.filename}' if error.filename else ''}; mend that and run it again")
        return 2
    _say(
        f"internal error, ours to mend: {type(error).__name__}: {error}; "
        "run again with WHOHOLDS_TRACEBACK=1 and report what it prints"
    )
    return 1


def _command_of(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    return context.command_path if context is not None else "whoholds"


def _say(line: str) -> None:
    sys.stderr.write(f"whoholds: {' '.join(line.split())}\n")


def _reader_left() -> int:
    """Leave quietly when the reader of a pipe has closed it."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
    return 0
