"""Date stamps: the dates with which a page says when it was published, and no other dates.

A stamp stands alone on its line or among furniture ("By admin / 15.01.2025", "4 min read"), or opens a
dispatch ("MOSCOW, Nov 20 (Reuters) -"). A date inside a sentence is never a stamp. The words that label a
stamp ("Updated:") are data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from whoholds.stages.calendar_dates import CalendarDate, dates, weekday_names

#: Longest line that can be a stamp, in characters.
STAMP_LENGTH = 160


class Label(IntEnum):
    """What the words before a stamp say it is; the lowest is the best publication date."""

    PUBLISHED = 0
    BARE = 1
    UPDATED = 2
    DATELINE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class StampWords:
    """Patterns of the words that may stand before a stamp; each is searched at the end of what precedes it.

    ``published`` and ``updated`` label it; ``issue`` ("Daily brief for") makes a stamp of a date without an edge.
    """

    published: re.Pattern[str]
    updated: re.Pattern[str]
    issue: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A date stamp on a line. ``timed``: a time of day stands beside it. ``mention`` is the date verbatim."""

    when: CalendarDate
    label: Label
    timed: bool
    mention: str


_TIME = r"\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?(?!\w)"
_ZONE = r"(?:[A-ZА-Я]{1,5}(?:[+-]\d{1,2}(?::?\d\d)?)?(?!\w)|[+-]\d\d:?\d\d)"
_TIME_AFTER = re.compile(
    rf"^(?:\s*[,|•·—–-]\s*|\s*T|\s+(?:at|о|в|г\.|р\.)\s+|\s+)?\(?(?:{_TIME})(?!\d)\s*\)?\s*(?-i:{_ZONE})?",
    re.IGNORECASE,
)
_TIME_BEFORE = re.compile(rf"(?:{_TIME})\s*(?-i:{_ZONE})?(?:\s*[,|•·—–-]\s*|\s+(?:on\s+)?)$", re.IGNORECASE)
_LEFT_EDGE = re.compile(r"(?:^|[|•·/:;()\[\]—–»›]|\s-|[.!?])\s*$")
#: "Kyiv Independent, 17 November 2026" alone on its line: a name of up to five words, then the date.
_NAMED_LINE = re.compile(r"^\s*[^\W\d_a-zа-яёіїєґ][\w'’.&-]*(?:\s[\w'’.&-]+){0,4},\s*$")
_RIGHT_EDGE = re.compile(r"^\s*(?:$|[|•·/;()\[\]—–»›‧]|-\s|\.(?:\s|$)|\d[\d\s.,]*[KkКк]?$|by\s+\w+(?:\s\w+){0,2}$)")
_LAST_WORD = re.compile(r"(?<!\w)(?P<word>[^\W\d_](?:[^\W\d_]|['’ʼ]){1,12})\.?,?\s*$")
_APOSTROPHE = re.compile("[’ʼ]")
_DISPATCH = re.compile(
    r"^(?P<place>[^\W\d_][^\d(:;!?«»\"]{1,60}?)?,?\s*"
    r"(?P<date>(?:[^\W\d_]+\.?\s+\d{1,2}|\d{1,2}\s+[^\W\d_]+\.?)(?:,?\s+\d{4})?)[,.]?\s*"
    r"(?:\([^()]{2,40}\)\s*[—–-]|[—–-]|/[^/]{2,30}/\.?)\s+"
)


def stamps(line: str, words: StampWords, language: str | None = None) -> list[Stamp]:
    """Return the stamps on one line of a page, in order; none for a sentence with a date in it."""
    if len(line) > STAMP_LENGTH or not any(char.isdigit() for char in line):
        return []
    weekdays = weekday_names(language)
    found = (_stamp(line, when, words, weekdays) for when in dates(line, language))
    return [stamp for stamp in found if stamp is not None]


def dispatch(line: str, language: str | None = None) -> Stamp | None:
    """Return the date with which a dispatch opens: "MOSCOW, Nov 20 (Reuters) - …"."""
    head = _DISPATCH.match(line)
    if head is None:
        return None
    for when in dates(head.group("date"), language):
        return Stamp(when=when, label=Label.DATELINE, timed=False, mention=head.group("date"))
    return None


def _stamp(line: str, when: CalendarDate, words: StampWords, weekdays: frozenset[str]) -> Stamp | None:
    before, after = line[: when.start], line[when.end :]
    timed = False
    if clock := _TIME_AFTER.match(after):
        timed, after = True, after[clock.end() :]
    elif clock := _TIME_BEFORE.search(before):
        timed, before = True, before[: clock.start()]
    last = _LAST_WORD.search(before)
    if last and _APOSTROPHE.sub("'", last.group("word").casefold()) in weekdays:
        before = before[: last.start()]
    label = _label(before, words)
    if label is None and not after.strip() and _NAMED_LINE.match(before):
        label = Label.BARE
    if label is None or not _RIGHT_EDGE.match(after):
        return None
    return Stamp(when=when, label=label, timed=timed, mention=line[when.start : when.end])


def _label(before: str, words: StampWords) -> Label | None:
    """Read what stands before a date; None where a sentence runs up to it."""
    if words.published.search(before):
        return Label.PUBLISHED
    if words.updated.search(before):
        return Label.UPDATED
    return Label.BARE if _LEFT_EDGE.search(before) or words.issue.search(before) else None
