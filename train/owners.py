"""Whose a figure is: from the side's code that a mark gives to the words of the text that say so."""

from __future__ import annotations

import re
from functools import cache

from train.markup import Mark, Report
from whoholds.stages.actors import ActorIndex
from whoholds.taggers.rules import RulesTagger
from whoholds.theatres import FolderTheatres

_OWNER = re.compile(r"[A-Z][\w-]+|\b(?:our|enemy|rebel|government|army)\b")
_SENTENCE_BEFORE = re.compile(r"[.!?…]\s+(?=[A-Z\d“\"])|\n")
_SENTENCE_AFTER = re.compile(r"[.!?…](?=\s+[A-Z“\"]|\s*$)|\n")


def owner_of(report: Report, figure: Mark, number: str) -> tuple[int, int] | None:
    """Return the words that say whose a figure is: in what is counted, else the nearest words for that side beside it.

    The marks give the side's code only. Words for it are those that mark it as the side of a predicate (A), and the
    names of the installed theatres. None where no such words stand in the sentence: the side is to be understood.
    """
    code = figure.attributes[2]
    if code in {"-", "civilians"}:
        return None
    for counted in report.of("K", number):
        named = _OWNER.search(report.text[counted.start : counted.end])
        if named:
            return counted.start + named.start(), counted.start + named.end()
    return _nearest(report, figure, code)


def _nearest(report: Report, figure: Mark, code: str) -> tuple[int, int] | None:
    low, high = _sentence_around(report.text, figure.start, figure.end)
    codes = {n: report.of("P", n)[0].attributes[2] for n in report.numbers("P")}
    near = [(m.start, m.end) for m in report.marks if m.letter == "A" and any(codes[n] == code for n in m.numbers)]
    near += side_words(report.text[low:high], low, code)
    near = [s for s in near if low <= s[0] and s[1] <= high]
    return min(near, key=lambda s: max(s[0] - figure.end, figure.start - s[1]), default=None)


def _sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    left = max((m.end() for m in _SENTENCE_BEFORE.finditer(text, 0, start + 1) if m.end() <= start), default=0)
    right = _SENTENCE_AFTER.search(text[end:])
    return left, end + right.start() if right else len(text)


def side_words(text: str, offset: int, code: str) -> list[tuple[int, int]]:
    """Return where a text names a side of an installed theatre; a side of several is looked for in all of them."""
    knowing = [index for index in _indexes() if index.side(code)]
    found = {(m.start + offset, m.end + offset) for index in knowing for m in index.find(text) if m.side == code}
    return sorted(found)


@cache
def _indexes() -> tuple[ActorIndex, ...]:
    theatres = FolderTheatres(()).load(None)
    tagger = RulesTagger(theatres, dict.fromkeys(t.id for t in theatres))  # type: ignore[arg-type]
    return tuple(tagger.reading(t, "en").index for t in tagger.theatres)
