"""When a report was published, and how we know: metadata, header, address, file name, or a stamp in its text.

The first of these that gives a day decides. A date that could be read two ways with nothing to decide, a
stamp without a year, two stamps that disagree: None, never a guess. Dates in sentences are never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice

from whoholds.records import Basis, MarkedSpan, SpanKind
from whoholds.stages.calendar_dates import YEARS, CalendarDate, dates, month_names
from whoholds.stages.layout import lines, margins, prose_bounds
from whoholds.stages.stamps import Stamp, StampWords, dispatch, stamps

#: A stamp without a year, or with day and month swappable, is decided by another date this near, in days.
NEAR = 3

#: Dates of a text that are looked at to decide about its stamp.
MOST_DATES = 200

_ADDRESS = re.compile(r"(?:[A-Za-z][\w+.-]*:)?(?://[^/?#]*)?(?P<path>[^?#]*)")
_SEGMENT = r"(?:(?<=/)|(?<=^)|(?<=[-_.]))"
_END = r"(?=[/_.-]|$)"
_FULL = re.compile(
    rf"{_SEGMENT}(?P<y>(?:19|20)\d\d)(?P<s>[/_.-]?)(?P<m>\d\d|(?<=[/_.-])\d)(?P=s)(?P<d>\d\d|(?<=[/_.-])\d)(?!\d){_END}"
)
_WORDED = re.compile(rf"{_SEGMENT}(?P<y>(?:19|20)\d\d)/(?P<m>[a-z]{{3,9}})/(?P<d>\d{{1,2}})(?!\d){_END}")
_MONTH_ONLY = re.compile(r"(?<=/)(?P<y>(?:19|20)\d\d)(?:/(?P<m>\d{1,2}))?(?=/)")
_SKIPPED = frozenset({SpanKind.RELATED, SpanKind.CORRECTION, SpanKind.CAPTION, SpanKind.HEADLINE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A publication date (ISO date or date-time) or None, its basis, and the words it was read from."""

    value: str | None
    basis: Basis
    mention: str | None = None


NOT_KNOWN = Publication(value=None, basis=Basis.NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """All that may say when a report was published. ``text`` comes with its ``marked`` spans.

    ``metadata`` and ``header``: a value as written there. ``file_name``: the stem, None where one file holds
    many reports; a date in it counts like one in an address (basis ``url``). ``labels``: texts of page
    elements that are said to be dates, when the body does not show them.
    """

    metadata: str | None = None
    header: str | None = None
    url: str | None = None
    file_name: str | None = None
    text: str = ""
    marked: Sequence[MarkedSpan] = ()
    labels: Sequence[str] = ()
    language: str | None = None


def publication(clues: Clues, words: StampWords) -> Publication:
    """Return the publication date by the first basis that gives one."""
    for value, basis in ((clues.metadata, Basis.METADATA), (clues.header, Basis.HEADER)):
        given = parse_date(value, clues.language) if value else None
        if given:
            return Publication(value=given, basis=basis, mention=value)
    for address in (path_of(clues.url), clues.file_name):
        day = date_in_address(address) if address else None
        if day:
            return Publication(value=day, basis=Basis.URL, mention=address)
    return _from_text(clues, words)


def parse_date(value: str, language: str | None = None) -> str | None:
    """Read a date as metadata and headers give it: ISO as it stands, else one date that can be read one way."""
    text = value.strip()
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        found = list(dates(text, language)) if len(text) <= 80 else []
        return _iso(found[0]) if len(found) == 1 and not found[0].swapped else None
    if parsed.year not in YEARS or not re.match(r"\d{4}-\d\d-\d\d", text):
        return parsed.date().isoformat() if parsed.year in YEARS and re.match(r"\d{8}(?:T|$)", text) else None
    return text


def path_of(url: str | None) -> str | None:
    """Return the path of an address; None for none. A date in its query or host says nothing."""
    match = _ADDRESS.match(url) if url else None
    return match["path"] if match else None


def date_in_address(path: str) -> str | None:
    """Return the one full date in a path or file name: /2025/11/07/, /20251107/, -2025-11-07, /2025/nov/07/."""
    months = month_names("en")
    found = {_day(m["y"], int(m["m"]), m["d"]) for m in _FULL.finditer(path)}
    found |= {_day(m["y"], months.get(m["m"], 0), m["d"]) for m in _WORDED.finditer(path.lower())}
    days = found - {None}
    return days.pop() if len(days) == 1 else None


def _day(year: str, month: int, day: str) -> str | None:
    try:
        return date(int(year), month, int(day)).isoformat() if int(year) in YEARS else None
    except ValueError:
        return None


def _iso(when: CalendarDate) -> str | None:
    return _day(str(when.year), when.month, str(when.day)) if when.year else None


def _from_text(clues: Clues, words: StampWords) -> Publication:
    """Weigh the stamps: labelled before bare, timed before not; the best must agree on one day."""
    found = list(_candidates(clues, words))
    known = _known_dates(clues) if found else []
    resolved = [(stamp, day) for stamp in found if (day := _resolve(stamp.when, known, found, clues))]
    if not resolved:
        return NOT_KNOWN
    best = min(_rank(stamp) for stamp, _ in resolved)
    days = {day for stamp, day in resolved if _rank(stamp) == best}
    if len(days) != 1:
        return NOT_KNOWN
    mention = next(stamp.mention for stamp, _ in resolved if _rank(stamp) == best)
    return Publication(value=days.pop(), basis=Basis.TEXT, mention=mention)


def _rank(stamp: Stamp) -> tuple[int, bool]:
    return (stamp.label, not stamp.timed)


def _candidates(clues: Clues, words: StampWords) -> Iterator[Stamp]:
    """Yield the stamps above the second paragraph, below the last, and in the page's date elements."""
    page = lines(clues.text)
    first = prose_bounds(page)[0]
    for index in margins(page):
        line = page[index]
        if _skipped(line.start, clues.marked, _SKIPPED):
            continue
        yield from stamps(line.text, words, clues.language)
        opening = dispatch(line.text, clues.language) if first <= index <= first + 1 else None
        if opening:
            yield opening
    for label in clues.labels:
        yield from stamps(label.strip(), words, clues.language)


def _skipped(at: int, marked: Sequence[MarkedSpan], kinds: frozenset[SpanKind]) -> bool:
    return any(mark.start <= at < mark.end and mark.kind in kinds for mark in marked)


def _known_dates(clues: Clues) -> list[CalendarDate]:
    """Return the dates the text names, related articles aside: they may decide, but are never taken."""
    found = islice(dates(clues.text, clues.language), MOST_DATES)
    return [when for when in found if not _skipped(when.start, clues.marked, frozenset({SpanKind.RELATED}))]


def _resolve(when: CalendarDate, known: Sequence[CalendarDate], found: Sequence[Stamp], clues: Clues) -> str | None:
    """Turn a stamp's date into a day, or None where its year or its order stays open."""
    if when.year is None:
        return _with_year(when, known, clues)
    if not when.swapped:
        return _iso(when)
    if any(s.when.year and not s.when.swapped and _numeric_day_first(s) for s in found):
        return _iso(when)
    month_first = replace(when, month=when.day, day=when.month)
    if any(s.when.year and not s.when.swapped and _numeric_month_first(s) for s in found):
        return _iso(month_first)
    fits = [reading for reading in (when, month_first) if _supported(reading, known, clues)]
    return _iso(fits[0]) if len(fits) == 1 else None


def _numeric_day_first(stamp: Stamp) -> bool:
    head = re.match(r"(\d{1,2})[/-](\d{1,2})[/-]\d{4}$", stamp.mention)
    return head is not None and int(head[1]) == stamp.when.day and int(head[1]) > 12


def _numeric_month_first(stamp: Stamp) -> bool:
    head = re.match(r"(\d{1,2})[/-](\d{1,2})[/-]\d{4}$", stamp.mention)
    return head is not None and int(head[2]) == stamp.when.day and int(head[2]) > 12


def _supported(reading: CalendarDate, known: Iterable[CalendarDate], clues: Clues) -> bool:
    """Whether the address or a date in words near it bears a reading out."""
    year, month = _year_of_address(clues)
    if month is not None:
        return (year, month) == (reading.year, reading.month)
    others = (k for k in known if not k.swapped and (k.year or reading.year) == reading.year)
    return any(_apart(reading, other) <= NEAR for other in others)


def _with_year(when: CalendarDate, known: Iterable[CalendarDate], clues: Clues) -> str | None:
    """Find the year of a stamp that gives none: from the address, or from a full date beside it in the text."""
    year, month = _year_of_address(clues)
    if year is not None:
        return _iso(replace(when, year=year)) if month in (None, when.month) else None
    full = [k for k in known if k.year and not k.swapped]
    years = {k.year for k in full if _apart(replace(when, year=k.year), k) <= NEAR}
    return _iso(replace(when, year=years.pop())) if len(years) == 1 else None


def _apart(left: CalendarDate, right: CalendarDate) -> int:
    """Days between two dates; one without a year takes the other's."""
    year = left.year or right.year or 2000
    try:
        return abs((date(year, left.month, left.day) - date(right.year or year, right.month, right.day)).days)
    except ValueError:
        return 10**6


def _year_of_address(clues: Clues) -> tuple[int | None, int | None]:
    path = path_of(clues.url) or ""
    found = _MONTH_ONLY.search(path)
    if found is None or int(found["y"]) not in YEARS:
        return None, None
    month = int(found["m"]) if found["m"] else None
    return int(found["y"]), month if month is not None and 1 <= month <= 12 else None
