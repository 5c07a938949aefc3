"""Reading the clocks: which days an answer is given for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from whoholds.errors import UsageError
from whoholds.exporters.release import Release
from whoholds.records import Clocks

__all__ = ["day", "read_clocks", "release"]


def day(text: str, option: str) -> str:
    """Return a day as ``YYYY-MM-DD``; raises ``UsageError`` naming the option."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UsageError(f"{option} {text!r} is no day", do="write it as YYYY-MM-DD, for example 2025-11-07") from error


def read_clocks(as_of: str | None, known_by: str | None, *, today: date | None = None) -> Clocks:
    """Return the clocks: ``as_of`` defaults to today (UTC), ``known_by`` to the as-of day."""
    event = day(as_of, "--as-of") if as_of is not None else (today or datetime.now(UTC).date()).isoformat()
    return Clocks(as_of=event, known_by=day(known_by, "--known-by") if known_by is not None else event)


def release(asked: Clocks, embargo_hours: int, now: datetime) -> Release:
    """Set the clocks back so that nothing published in the last ``embargo_hours`` is passed on.

    Publication is known to the day, so the last day used is the last one that ended before the embargo began.
    """
    if not embargo_hours:
        return Release(clocks=asked, asked=asked, embargo_hours=0)
    last = ((now - timedelta(hours=embargo_hours)).date() - timedelta(days=1)).isoformat()
    clocks = Clocks(as_of=min(asked.as_of, last), known_by=min(asked.known_by, last))
    return Release(clocks=clocks, asked=asked, embargo_hours=embargo_hours)
