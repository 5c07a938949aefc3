"""Why and brief on the terminal: down to the sentences, each with the words around it and its report."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from whoholds.cli.console import printable
from whoholds.cli.statements import MARKS, heading, indented, marked, plural
from whoholds.exporters.wording import headline, says, state_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from whoholds.app.trace import ClaimTrace
    from whoholds.app.why import Telling, Trail, Why
    from whoholds.records import Claim
    from whoholds.records.brief import Brief, Support

__all__ = ["show_brief", "show_trace", "show_trail", "show_why"]


def show_why(console: Console, found: Why) -> None:
    """Print the answer, the rule, and each act of saying with every report that tells it."""
    answer, sides = found.answer.control, found.answer.sides
    clocks = f"as of {answer.clocks.as_of}, from reports published up to {answer.clocks.known_by}"
    console.print(Text.assemble((printable(answer.place_name), "bold"), (f"  {clocks}", "dim")))
    words = headline(answer, sides)
    beside = "" if answer.tier.value in words.lower() else f"  {answer.tier}"
    console.print(Text.assemble((words, "bold"), f"{beside}{f'  since {answer.since}' if answer.since else ''}"))
    indented(console, Text(printable(state_sentence(answer, found.answer.statements, sides))), 0)
    indented(console, Text.assemble(("rule ", "dim"), (answer.rule, "italic"), f": {printable(answer.why)}"), 0)
    for name, supports in (("For", True), ("Against", False)):
        trails = [trail for trail in found.trails if trail.supports is supports]
        heading(console, name, plural(len(trails), "independent origin"))
        for trail in trails:
            show_trail(console, trail, sides)


def show_trail(console: Console, trail: Trail, sides: Mapping[str, str]) -> None:
    """Print one act of saying: the speaker, what is said, and each report's own words."""
    first = trail.tellings[0].statement
    mark, colour = MARKS[first.stance]
    reports = plural(len(trail.tellings), "passage")
    head = Text.assemble(
        (f"{mark} ", colour),
        (printable(trail.origin.speaker), "bold"),
        f" {printable(says(first, sides))}",
        (f"  first {trail.origin.first or 'undated'}, {reports}", "dim"),
    )
    indented(console, head)
    for telling in trail.tellings:
        _telling(console, telling)


def _telling(console: Console, telling: Telling) -> None:
    statement = telling.statement
    published = statement.published[:10] if statement.published else "no publication date"
    chain = " < ".join(printable(name) for name in statement.chain)
    where = f"{printable(statement.document_name)} {statement.start}-{statement.end}, {published}"
    indented(console, marked(telling.passage), 4)
    indented(console, Text(f"{where} · {chain} · {statement.claim}", "dim"), 4)
    if statement.url:
        console.print(Text(f"    {printable(statement.url)}", "dim"), soft_wrap=True)


def show_trace(console: Console, found: ClaimTrace) -> None:
    """Print one claim: its sentence in context, the chain, what was read, and by which entry."""
    from whoholds.cli.console import show_fields

    claim, document = found.claim, found.document
    indented(console, marked(found.passage), 0)
    console.print()
    show_fields(
        [
            ("claim", claim.id),
            ("kind", claim.kind),
            ("stance", claim.stance),
            *_content(claim),
            ("chain", " < ".join(source.name for source in claim.chain)),
            ("cue", claim.speaker.cue),
            ("read by", claim.rule),
            ("document", f"{document.name} {claim.span.start}-{claim.span.end}"),
            ("published", f"{document.published or 'not known'} ({document.published_basis})"),
            ("url", document.url),
        ]
    )


def _content(claim: Claim) -> list[tuple[str, object]]:
    from whoholds.exporters.wording import amount

    place, when, figure = claim.place, claim.when, claim.quantity
    days = dict.fromkeys((when.start or "…", when.end or "…")) if when else ()
    dates = f"{' to '.join(days)} ({when.basis})" if when else None
    told = f"{figure.kind}: {amount(figure.low, figure.high, figure.unit, approx=figure.approx)}" if figure else None
    return [
        ("relation", claim.relation),
        ("of side", claim.actor),
        ("figure", told),
        ("place", f"{place.name or place.mention} ({place.id or 'not decided'})" if place else None),
        ("part", place.part if place else None),
        ("when", dates),
    ]


def show_brief(console: Console, found: Brief) -> None:
    """Print the sentences with numbered notes, and the notes below."""
    console.print(Text(printable(found.title), "bold"))
    console.print()
    if found.silence:
        indented(console, Text(printable(found.silence)), 0)
    notes: dict[str, tuple[int, Support]] = {}
    for sentence in found.sentences:
        numbers = [notes.setdefault(row.claim, (len(notes) + 1, row))[0] for row in sentence.support]
        marks = "".join(f"[{run}]" for run in _runs(sorted(set(numbers))))
        indented(console, Text.assemble(f"• {printable(sentence.text)} ", (marks, "dim")), 0)
    if notes:
        heading(console, "What it rests on")
    for number, row in notes.values():
        _note(console, number, row)


def _runs(numbers: Sequence[int]) -> Iterator[str]:
    """Write ascending numbers with what follows on joined: 1-3, 7."""
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        if len(run) < 3:
            yield from map(str, run)
        else:
            yield f"{run[0]}-{run[-1]}"


def _note(console: Console, number: int, row: Support) -> None:
    indented(console, Text.assemble((f"[{number}] ", "bold"), f"{printable(row.speaker)}: “{printable(row.quote)}”"))
    where = f"{printable(row.document_name)} {row.start}-{row.end}, {row.date or 'no date'} · {row.claim}"
    indented(console, Text(where, "dim"), 6)
