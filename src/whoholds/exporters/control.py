"""Who holds each place on a date, as CSV or JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from whoholds.exporters.release import Release
from whoholds.records import ControlAnswer

__all__ = ["COLUMNS", "control_csv", "control_json", "control_row"]

COLUMNS = (
    "place_id",
    "place",
    "lat",
    "lon",
    "as_of",
    "known_by",
    "state",
    "tier",
    "since",
    "claimed_by",
    "shown_over",
    "rule",
    "origins_for",
    "origins_against",
)


def control_row(answer: ControlAnswer) -> dict[str, Any]:
    """Return one place's state as a flat row, in the order of ``COLUMNS``."""
    return {
        "place_id": answer.place_id,
        "place": answer.place_name,
        "lat": answer.lat,
        "lon": answer.lon,
        "as_of": answer.clocks.as_of,
        "known_by": answer.clocks.known_by,
        "state": answer.state,
        "tier": answer.tier,
        "since": answer.since,
        "claimed_by": answer.claimed_by,
        "shown_over": answer.shown_over,
        "rule": answer.rule,
        "origins_for": answer.origins_for,
        "origins_against": answer.origins_against,
    }


def control_csv(answers: Iterable[ControlAnswer], release: Release) -> Iterator[bytes]:
    """Yield a CSV: one comment line with the terms, a header, one row a place. Unknown is empty."""
    yield f"# {release.sentence()}\n".encode()
    yield _csv_line(COLUMNS)
    for answer in answers:
        yield _csv_line(control_row(answer).values())


def control_json(answers: Iterable[ControlAnswer], release: Release) -> Iterator[bytes]:
    """Yield one JSON object: the terms and the places."""
    body = {"release": release.as_object(), "places": [control_row(answer) for answer in answers]}
    yield msgspec.json.format(msgspec.json.encode(body), indent=2) + b"\n"


def _csv_line(values: Iterable[object]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow("" if value is None else _safe(value) for value in values)
    return buffer.getvalue().encode()


def _safe(value: object) -> object:
    """Keep a spreadsheet from running a text as a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" and value else value
