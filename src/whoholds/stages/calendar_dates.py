"""Calendar dates as written on pages: with or without a year, in words or numbers; never a relative date.

Month names are dateparser's own data. Plain numbers are checked by the calendar alone, and where day and
month could be swapped, the date says so instead of choosing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

import dateparser
from dateparser.languages.loader import default_loader

#: Languages whose month names are always known; a document's own language is added to them.
LANGUAGES = ("en", "ru", "uk")
#: Years outside this range are numbers, not years of publication.
YEARS = range(1990, 2100)

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_BASE = datetime(2000, 1, 1)  # keeps dateparser from asking the clock


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDate:
    """A date as written. ``year`` None: not given. ``swapped``: the other reading of day and month, if both fit."""

    year: int | None
    month: int
    day: int
    start: int
    end: int
    swapped: bool = False


_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _info(language: str) -> dict[str, list[str]]:
    try:
        info: dict[str, list[str]] = default_loader.get_locale(language).info
    except (ValueError, AttributeError):
        return {}
    return info


@lru_cache(maxsize=32)
def weekday_names(language: str | None = None) -> frozenset[str]:
    """Return the weekday names and their abbreviations, case-folded, in the known languages and this one."""
    words = (word for known in _known(language) for key in _DAYS for word in _info(known).get(key, ()))
    return frozenset(word.casefold().rstrip(".") for word in words)


def _known(language: str | None) -> list[str]:
    return [*LANGUAGES, *([language] if language and language not in LANGUAGES else ())]


@lru_cache(maxsize=32)
def month_names(language: str) -> dict[str, int]:
    """Return the month names of a language, lower case, from dateparser's data; unknown language: none."""
    info = _info(language)
    return {name.casefold().rstrip("."): number for number, key in enumerate(_MONTHS, 1) for name in info.get(key, ())}


@lru_cache(maxsize=32)
def _patterns(language: str | None) -> tuple[re.Pattern[str], dict[str, int]]:
    names: dict[str, int] = {}
    for known in _known(language):
        names.update({name: number for name, number in month_names(known).items() if len(name) > 2})
    month = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    named = rf"(?P<{{0}}>{month})(?!\w)\.?"
    year = r"(?P<{0}>(?:19|20)\d\d)(?![\d:])"
    pattern = "|".join(
        (
            r"(?<![\d.,/-])(?P<y1>(?:19|20)\d\d)(?P<s1>[-/.])(?P<m1>\d{1,2})(?P=s1)(?P<d1>\d{1,2})(?!\d)",
            r"(?<![\d.,/-])(?P<a>\d{1,2})(?P<s2>[./-])(?P<b>\d{1,2})(?P=s2)(?P<y2>(?:19|20)\d\d|\d\d)(?![\d/-]|\.\d)",
            r"(?<![\d:.,])(?P<d3>\d{1,2})(?:st|nd|rd|th)?\.?(?:\s+of)?[\s-]+" + named.format("m3")
            + r"(?:[,\s-]*\s?" + year.format("y3") + r"(?:\s*(?:г\.|года|год|р\.|року|рік)(?!\w)|\s*г(?!\w))?)?",
            r"(?<!\w)" + named.format("m4") + r"\s+(?P<d4>\d{1,2})(?:st|nd|rd|th)?(?![\d:])"
            + r"(?:[,.]?\s+" + year.format("y4") + ")?",
        )
    )  # fmt: skip
    return re.compile(pattern, re.IGNORECASE), names


def dates(text: str, language: str | None = None) -> Iterator[CalendarDate]:
    """Yield the calendar dates written in a text, with or without a year; impossible ones are passed over."""
    pattern, names = _patterns(language)
    for match in pattern.finditer(text):
        found = _read(match, names, language)
        if found is not None:
            yield found


def _read(match: re.Match[str], names: dict[str, int], language: str | None) -> CalendarDate | None:
    group = match.groupdict()
    span = (match.start(), match.end())
    if group["y1"]:
        return _checked(int(group["y1"]), int(group["m1"]), int(group["d1"]), span)
    if group["a"]:
        return _numeric(int(group["a"]), int(group["b"]), group["y2"], group["s2"], span)
    day, month, year = (
        (group["d3"], group["m3"], group["y3"]) if group["d3"] else (group["d4"], group["m4"], group["y4"])
    )
    return _checked(int(year) if year else None, _month(month, language) or names[month.casefold()], int(day), span)


@lru_cache(maxsize=512)
def _month(word: str, language: str | None) -> int | None:
    """Read a month's name with dateparser; None where it declines an abbreviation of its own word list."""
    parsed = dateparser.parse(
        f"1 {word} 2000",
        languages=_known(language) if _info(language or "") else list(LANGUAGES),
        settings={"RELATIVE_BASE": _BASE},
    )
    return int(parsed.month) if parsed and parsed.year == 2000 and parsed.day == 1 else None


def _numeric(first: int, second: int, year: str, separator: str, span: tuple[int, int]) -> CalendarDate | None:
    """Read ``a/b/year``. Points mean day first; with strokes both readings stay open while both fit."""
    if len(year) == 2 and separator != ".":
        return None
    number = int(year) if len(year) == 4 else 2000 + int(year)
    day_first = _checked(number, second, first, span)
    if separator == "." or first == second or day_first is None:
        return day_first or (None if separator == "." else _checked(number, first, second, span))
    if _checked(number, first, second, span) is None:
        return day_first
    return _checked(number, second, first, span, swapped=True)


def _checked(
    year: int | None, month: int, day: int, span: tuple[int, int], swapped: bool = False
) -> CalendarDate | None:
    if year is not None and year not in YEARS:
        return None
    try:
        date(year or 2000, month, day)  # 2000 has a 29 February
    except ValueError:
        return None
    return CalendarDate(year=year, month=month, day=day, start=span[0], end=span[1], swapped=swapped)
