"""Commands about the book itself: read and check."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whoholds.cli.options import AsJson, Config, LedgerPath, TheatreNames, workspace
from whoholds.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whoholds.app.read import ReadReport
    from whoholds.app.workspace import Workspace
    from whoholds.records import Rejection

__all__ = ["reading", "register", "show_read"]

#: Warnings printed before the rest is only counted.
WARNINGS_SHOWN = 8

#: Inputs that could not be read that are printed; all are rows of the book.
REJECTIONS_SHOWN = 20

#: The code of a report that was read, but not its date.
DATE_WRONG = "date-wrong"

#: What ``check`` counts, with the word for one of it.
_ROWS = {
    "documents": "document",
    "understandings": "understanding",
    "claims": "claim",
    "statements": "statement",
    "relays": "relay",
    "rejections": "input not read",
}


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command(epilog="Example: whoholds read reports.jsonl pages/ --ledger war.db")(read)
    app.command(epilog="Example: whoholds check --ledger war.db")(check)


def read(
    ctx: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files or folders: text, saved HTML, JSON Lines.", metavar="PATHS...", readable=False),
    ] = None,
    published: Annotated[
        str | None, typer.Option("--published", help="The publication date of all these reports.", metavar="DATE")
    ] = None,
    outlet: Annotated[
        str | None, typer.Option("--outlet", help="The publisher of all these reports.", metavar="NAME")
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", help="Processes that understand reports.", metavar="N")
    ] = None,
    understanding: Annotated[
        str | None, typer.Option("--understanding", help="How reports are understood: trained or rules.", metavar="HOW")
    ] = None,
    report: Annotated[
        bool, typer.Option("--report", help="List every input of the book that could not be read, and why.")
    ] = False,
    as_json: AsJson = False,
    ledger: LedgerPath = None,
    theatre: TheatreNames = None,
    config: Config = None,
) -> None:
    """Read reports into the book. Reading the same again adds nothing and says so."""
    if not paths and not report:
        raise UsageError("nothing to read", do="give files or folders, or --report to list what could not be read")
    space = workspace(
        ctx,
        ledger=ledger,
        theatre=theatre,
        config=config,
        workers=workers,
        understanding=understanding,
    )
    stopped = False
    if paths:
        done = reading(space, paths, published=published, outlet=outlet)
        stopped = done.stopped
        if as_json and not report:
            from whoholds.cli.console import print_json

            print_json(_read_object(done))
        elif not as_json:
            show_read(done, space.settings.ledger)
    if report:
        _show_rejections(space, as_json)
    if stopped:
        raise typer.Exit(130)


def reading(
    space: Workspace, paths: Sequence[Path], *, published: str | None = None, outlet: str | None = None
) -> ReadReport:
    """Read with a progress bar on stderr, shown only on a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from whoholds.app.read import ReadProgress
    from whoholds.app.read import read as read_into
    from whoholds.cli.console import err

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = err()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("reading", total=None)

        def tell(state: ReadProgress) -> None:
            bar.update(task, completed=state.done, total=state.total)

        return read_into(space, list(paths), published=published, outlet=outlet, progress=tell)


def show_read(done: ReadReport, ledger: Path) -> None:
    """Say what one run did: counts on stdout, warnings and unreadable inputs on stderr."""
    from whoholds.cli.console import note, out, warn

    for rejection in done.rejections[:REJECTIONS_SHOWN]:
        refused = "" if rejection.code == DATE_WRONG else "not read: "
        warn(f"{refused}{rejection.where}: {rejection.what}; {rejection.do}")
    if len(done.rejections) > REJECTIONS_SHOWN:
        note(f"and {len(done.rejections) - REJECTIONS_SHOWN:,} more such inputs: whoholds read --report")
    for warning in done.warnings[:WARNINGS_SHOWN]:
        warn(warning)
    if len(done.warnings) > WARNINGS_SHOWN:
        note(f"and {len(done.warnings) - WARNINGS_SHOWN:,} more warnings, kept in the book")
    added = "" if done.added or done.reread else "Nothing was added. "
    out().print(f"{added}{ledger}: {', '.join(_counts(done))}; {done.seconds:.1f} s", soft_wrap=True)


def _counts(done: ReadReport) -> list[str]:
    """Say how many documents came to what end; one read without its date is not one that could not be read."""
    from whoholds.cli.statements import plural

    undated = sum(rejection.code == DATE_WRONG for rejection in done.rejections)
    refused = len(done.rejections) - undated
    counts = [f"{done.added:,} new", f"{done.known:,} known already"]
    counts += [f"{done.reread:,} understood anew"] if done.reread else []
    counts += [f"{plural(len(done.versions), 'version')} of a known page"] if done.versions else []
    counts += [f"{undated:,} with a date that could not be read"] if undated else []
    counts += [f"{refused:,} not readable"] if refused else []
    if done.rejections:
        counts[-1] += " (whoholds read --report)"
    return counts


def _read_object(done: ReadReport) -> dict[str, Any]:
    return {
        "added": done.added,
        "known": done.known,
        "reread": done.reread,
        "versions": len(done.versions),
        "rejections": [_rejection_object(rejection) for rejection in done.rejections],
        "warnings": list(done.warnings),
        "seconds": round(done.seconds, 3),
        "stopped": done.stopped,
    }


def _rejection_object(rejection: Rejection) -> dict[str, Any]:
    return {"where": rejection.where, "code": rejection.code, "what": rejection.what, "do": rejection.do}


def _show_rejections(space: Workspace, as_json: bool) -> None:
    from whoholds.cli.console import note, print_json, show_rows

    with space.ledger() as ledger:
        rejections = list(ledger.rejections())
    if as_json:
        print_json([_rejection_object(rejection) for rejection in rejections])
    elif rejections:
        rows = [(row.where, row.code, row.what, row.do) for row in rejections]
        show_rows(("input", "code", "what", "do"), rows)
    else:
        note("every input of this book could be read")


def check(
    ctx: typer.Context,
    as_json: AsJson = False,
    ledger: LedgerPath = None,
    config: Config = None,
) -> None:
    """Check that the book is whole and that every row can still be traced to its sentence."""
    from whoholds.app.check import check as check_ledger
    from whoholds.cli.console import out, print_json
    from whoholds.cli.statements import plural

    space = workspace(ctx, ledger=ledger, config=config)
    found = check_ledger(space)
    if as_json:
        print_json({"clean": found.clean, "problems": list(found.problems), "counts": found.counts})
    else:
        for problem in found.problems:
            out().print(problem, soft_wrap=True)
        counts = ", ".join(_rows_of(table, count) for table, count in found.counts.items() if count and table in _ROWS)
        verdict = "clean" if found.clean else plural(len(found.problems), "problem")
        out().print(f"{space.settings.ledger}: {verdict}; {counts or 'nothing in it yet'}", soft_wrap=True)
    if not found.clean:
        raise typer.Exit(1)


def _rows_of(table: str, count: int) -> str:
    """Return "1 claim", "2 claims"; what could not be read is counted by its inputs."""
    one = _ROWS[table]
    many = one.replace("input", "inputs") if one.startswith("input") else f"{one}s"
    return f"{count:,} {one if count == 1 else many}"
