"""A quote in its context: enough to judge the reading, never the whole article."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Passage", "passage"]

_SPACE = re.compile(r"\s+")

#: The word that a cut may have gone through, at either end.
_FIRST_WORD, _LAST_WORD = re.compile(r"^\S*\s*"), re.compile(r"\s*\S*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The words before a quote, the quote, and the words after it, on one line each."""

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
    return Passage(before=_line(before), quote=_line(quote), after=_line(after))


def _line(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
