"""Event times: expressions in a passage, resolved against the publication date, each with its basis.

First version: days, months and years as stated; weekdays, "yesterday", "last month", "in January" and the
like as relative to the publication date. What cannot be resolved stays None.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache

from whoholds.records import Basis, Period
from whoholds.records.lexicon import Grammar

#: First and last month of a part of a year, by the group that names it in the pattern ``part_of_year``.
_PARTS_OF_YEAR = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}


def find_period(text: str, published: str | None, grammar: Grammar) -> Period | None:
    """Return the most specific period that a passage names, or None."""
    found = list(_periods(text, published, grammar))
    return min(found, key=_width) if found else None


def _width(period: Period) -> int:
    if not period.start or not period.end:
        return 10**6
    return (date.fromisoformat(period.end) - date.fromisoformat(period.start)).days


def _periods(text: str, published: str | None, grammar: Grammar) -> Iterator[Period]:
    anchor = date.fromisoformat(published) if published else None
    if grammar.months:
        yield from _calendar(text, anchor, grammar)
    if anchor:
        yield from _weekdays(text, anchor, grammar)
        yield from _relative(text, anchor, grammar)


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


@cache
def _shapes(names: tuple[str, ...], ordinal: str, of: str, before: str) -> tuple[re.Pattern[str], ...]:
    """Compile the shapes of a date with a month's name, from the words of a language."""
    months = _any_of(names)
    shapes = (
        rf"(?<!\w)(?P<d>\d{{1,2}}){ordinal}\s+{of}(?P<m>{months})\b\.?,?(?:\s+(?P<y>(?:19|20)\d\d))?",
        rf"(?<!\w)(?P<m>{months})\b\.?\s+(?P<d>\d{{1,2}})(?!\d){ordinal},?(?:\s+(?P<y>(?:19|20)\d\d))?",
        rf"(?<!\w)(?<!\d\s)(?P<m>{months})\b\.?,?\s+{of}(?P<y>(?:19|20)\d\d)",
        rf"(?<!\w){before}(?P<m>{months})\b(?!\.?\s+\d)",
    )
    return tuple(re.compile(shape, re.IGNORECASE) for shape in shapes)


@cache
def _weekday(names: tuple[str, ...], since: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:(?P<since>{since})\s+)?(?P<w>{_any_of(names)})\b", re.IGNORECASE)


@cache
def _words(words: tuple[str, ...]) -> re.Pattern[str]:
    """Compile the words of a relative time; they are patterns themselves."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(words, key=len, reverse=True))})(?!\w)", re.IGNORECASE)


def _calendar(text: str, anchor: date | None, grammar: Grammar) -> Iterator[Period]:
    ordinal, of, before = (grammar.patterns[n].pattern for n in ("day_ordinal", "month_of", "before_month"))
    for shape in _shapes(tuple(grammar.months), ordinal, of, before):
        for match in shape.finditer(text):
            period = _month_day(match, anchor, grammar)
            if period:
                yield period
    for match in grammar.patterns["part_of_year"].finditer(text):
        yield _part_of_year(match)
    for match in grammar.patterns["year_alone"].finditer(text):
        year = int(match["y"])
        yield Period(start=f"{year}-01-01", end=f"{year}-12-31", basis=Basis.STATED, mention=match.group())


def _part_of_year(match: re.Match[str]) -> Period:
    """Read "early 2024" as the first four months of it."""
    year = int(match["y"])
    first, last = next(months for part, months in _PARTS_OF_YEAR.items() if match[part])
    end = calendar.monthrange(year, last)[1]
    return Period(
        start=f"{year}-{first:02}-01", end=f"{year}-{last:02}-{end}", basis=Basis.STATED, mention=match.group()
    )


def _month_day(match: re.Match[str], anchor: date | None, grammar: Grammar) -> Period | None:
    groups = match.groupdict()
    month = grammar.months.get(groups["m"].casefold().rstrip("."))
    day = int(groups["d"]) if groups.get("d") else None
    if month is None:  # letters that only look like those of the name: "Auguſt"
        return None
    if groups.get("y"):
        year, basis = int(groups["y"]), Basis.STATED
    elif anchor is not None:
        year, basis = anchor.year - ((month, day or 1) > (anchor.month, anchor.day)), Basis.RELATIVE
    else:
        return None
    last = calendar.monthrange(year, month)[1]
    if day is not None and not 1 <= day <= last:
        return None
    start, end = date(year, month, day or 1), date(year, month, day or last)
    if anchor and basis is Basis.RELATIVE and end > anchor:
        end = max(start, anchor)
    return Period(start=start.isoformat(), end=end.isoformat(), basis=basis, mention=match.group())


def _weekdays(text: str, anchor: date, grammar: Grammar) -> Iterator[Period]:
    if not grammar.weekdays:
        return
    for match in _weekday(tuple(grammar.weekdays), grammar.patterns["since"].pattern).finditer(text):
        weekday = grammar.weekdays.get(match["w"].casefold())
        if weekday is None:  # letters that only look like those of the name: "Frıday"
            continue
        back = (anchor.weekday() - weekday) % 7
        start = anchor - timedelta(days=back)
        end = anchor if match["since"] else start
        yield Period(start=start.isoformat(), end=end.isoformat(), basis=Basis.RELATIVE, mention=match.group())


def _relative(text: str, anchor: date, grammar: Grammar) -> Iterator[Period]:
    for name, words in grammar.words.items():
        if not name.startswith("time_"):
            continue
        for match in _words(words).finditer(text):
            start, end = _window(name.removeprefix("time_"), anchor)
            yield Period(start=start.isoformat(), end=end.isoformat(), basis=Basis.RELATIVE, mention=match.group())


def _window(name: str, anchor: date) -> tuple[date, date]:
    """Return the days a relative word means, seen from the publication day."""
    first = anchor.replace(day=1)
    before = first - timedelta(days=1)
    monday = anchor - timedelta(days=anchor.weekday())
    windows = {
        "today": (anchor, anchor),
        "yesterday": (anchor - timedelta(days=1), anchor - timedelta(days=1)),
        "last_night": (anchor - timedelta(days=1), anchor),
        "past_day": (anchor - timedelta(days=1), anchor),
        "weekend": (monday - timedelta(days=2), monday - timedelta(days=1)),
        "this_week": (monday, anchor),
        "last_week": (monday - timedelta(days=7), monday - timedelta(days=1)),
        "this_month": (first, anchor),
        "last_month": (before.replace(day=1), before),
        "this_year": (anchor.replace(month=1, day=1), anchor),
        "last_year": (date(anchor.year - 1, 1, 1), date(anchor.year - 1, 12, 31)),
    }
    return windows[name]
