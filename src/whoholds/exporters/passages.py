"""A quote in its context: enough to judge the reading, never the whole article."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Passage", "passage", "sentence"]

_SPACE = re.compile(r"\s+")

#: The word that a cut may have gone through, at either end.
_FIRST_WORD, _LAST_WORD = re.compile(r"^\S*\s*"), re.compile(r"\s*\S*$")

#: Where a sentence ends; an abbreviation taken for one only shortens what is shown around a quote.
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\s+|\n+")

#: Characters shown around a quote at most where its sentence does not end.
LONGEST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The words before a quote, the quote, and the words after it, on one line each.

    They join as they stand: a blank between them is part of ``before`` or ``after``.
    """

    before: str
    quote: str
    after: str


def passage(text: str | None, start: int, end: int, quote: str, context_chars: int) -> Passage:
    """Cut a quote out of its document with at most ``context_chars`` characters around it.

    Half of them before and half after, trimmed to whole words. Without the text only the quote is shown.
    """
    if text is None or text[start:end] != quote or context_chars < 2:
        return Passage(before="", quote=_line(quote), after="")
    half = context_chars // 2
    before, after = text[max(0, start - half) : start], text[end : end + half]
    if start > half:
        before = f"… {_FIRST_WORD.sub('', before)}"
    if end + half < len(text):
        after = f"{_LAST_WORD.sub('', after)} …"
    return _joined(before, quote, after)


def sentence(text: str | None, start: int, end: int, quote: str) -> Passage:
    """Cut a quote out of its document with the rest of the sentence that it stands in."""
    if text is None or text[start:end] != quote:
        return Passage(before="", quote=_line(quote), after="")
    ends = [found.end() for found in _SENTENCE_END.finditer(text, max(0, start - LONGEST), start)]
    stop = _SENTENCE_END.search(text, max(start, end - 1), end + LONGEST)
    first = ends[-1] if ends else max(0, start - LONGEST)
    last = stop.end() if stop else min(len(text), end + LONGEST)
    return _joined(text[first:start], quote, text[end : max(end, last)])


def _joined(before: str, quote: str, after: str) -> Passage:
    return Passage(before=_SPACE.sub(" ", before).lstrip(), quote=_line(quote), after=_SPACE.sub(" ", after).rstrip())


def _line(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
