"""Figures, disputes and lists of statements on the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.text import Text

from whoholds.cli.console import printable
from whoholds.cli.statements import heading, indented, plural, show_statements
from whoholds.exporters.wording import amount, figure_subject, named
from whoholds.records import Dispute, FigureRow, Origin, Statement

__all__ = ["show_disputes", "show_figures"]


def show_figures(console: Console, figures: Sequence[FigureRow], sides: Mapping[str, str]) -> None:
    """Print the figures by what they count, one line a claimant. Never added up, never averaged."""
    subjects: dict[str, list[FigureRow]] = {}
    for row in figures:
        subjects.setdefault(figure_subject(row, sides), []).append(row)
    for subject, rows in subjects.items():
        heading(console, subject)
        wide = max(len(_amount(row)) for row in rows)
        for row in rows:
            indented(console, Text.assemble((_amount(row).ljust(wide), "bold"), f"  {_claimant(row)}"))


def _amount(row: FigureRow) -> str:
    stance = {"asserts": "", "denies": " (denied)", "unsure": " (hedged)"}[row.stance.value]
    return amount(row.low, row.high, row.unit, approx=row.approx) + stance


def _claimant(row: FigureRow) -> str:
    role = f" ({row.claimant_role})" if row.claimant_role else ""
    dated = f", {row.as_of}" if row.as_of else ", no date"
    counts = f"{plural(row.origins, 'origin')}, {plural(row.documents, 'report')}"
    return printable(f"{row.claimant}{role}{dated}; {counts}")


def show_disputes(
    console: Console,
    disputes: Sequence[Dispute],
    statements: Mapping[str, Statement],
    origins: Mapping[str, Origin],
    sides: Mapping[str, str],
    texts: Mapping[str, str],
    *,
    limit: int | None = 2,
    more: str = "--limit 0 shows all",
) -> None:
    """Print each dispute with what stands on both sides of it."""
    for dispute in disputes:
        dates = " to ".join(dict.fromkeys(day for day in (dispute.first, dispute.last) if day))
        about = named(dispute.about, sides)
        heading(console, about[:1].upper() + about[1:], dates)
        indented(console, Text(printable(dispute.reason), "dim"))
        for words, claims, count in (
            ("says so", dispute.supporting, dispute.origins_for),
            ("says otherwise", dispute.opposing, dispute.origins_against),
        ):
            indented(console, Text.assemble((words, "italic"), (f"  {plural(count, 'independent origin')}", "dim")))
            rows = [statements[claim] for claim in claims if claim in statements]
            show_statements(console, rows, sides, origins, texts, limit=limit, more=more)
