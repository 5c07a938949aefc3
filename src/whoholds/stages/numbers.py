"""Numbers in text: digits and words, mixed forms and ranges, as values with exact spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from whoholds.records.lexicon import Grammar

#: Between groups of three digits: a space (plain, no-break, thin or narrow), or in English a comma.
_GAP = r" \u00a0\u2009\u202f,"
#: More than this is a serial number or noise, no count of anything.
_MOST = 1e13
_DIGITS = rf"\d{{1,3}}(?:[{_GAP}.]\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:[.,]\d+)?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number or range as written. ``low == high`` for a single value; ``words``: written in words only."""

    start: int
    end: int
    low: float
    high: float
    words: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Value:
    start: int
    end: int
    value: float
    scale: float  # the largest scale word it carries (thousand ...), 1 when none
    words: bool


@lru_cache(maxsize=8)
def _pattern(words: tuple[str, ...], scales: tuple[str, ...], joiners: str) -> re.Pattern[str]:
    word = "|".join(sorted(map(re.escape, words), key=len, reverse=True)) or r"(?!)"
    scale = "|".join(sorted(map(re.escape, scales), key=len, reverse=True)) or r"(?!)"
    unit = rf"(?:{word}|{scale})(?!\w)"
    after_scale = "|".join(rf"(?<={re.escape(s)})" for s in scales) or r"(?!)"
    return re.compile(
        rf"(?<![\w.,])(?:(?P<digits>{_DIGITS})(?:[\s-]?(?P<scale>{scale})(?!\w))?"
        rf"|(?P<words>(?:an?\s+(?={scale}))?{unit}(?:(?:[\s-]+|(?:{after_scale})\s+(?:{joiners})\s+){unit})*))",
        re.IGNORECASE,
    )


def find_numbers(text: str, grammar: Grammar) -> list[Number]:
    """Return the numbers of a text in order, ranges joined ("300-500", "between one and two hundred")."""
    values = list(_values(text, grammar))
    found: list[Number] = []
    skip = False
    for i, value in enumerate(values):
        if skip:
            skip = False
            continue
        follower = values[i + 1] if i + 1 < len(values) else None
        joined = _range(text, value, follower, grammar) if follower else None
        skip = joined is not None
        found.append(
            joined or Number(start=value.start, end=value.end, low=value.value, high=value.value, words=value.words)
        )
    return found


def _range(text: str, first: _Value, second: _Value, grammar: Grammar) -> Number | None:
    between = text[first.end : second.start]
    joiner = grammar.patterns["range_joiner"].fullmatch(between)
    if not joiner or second.value <= 0:
        return None
    if between.strip() in grammar.words.get("range_and", ()) and not _opened(text, first, second, between, grammar):
        return None
    low = first.value
    if first.scale < second.scale and low < second.value and low * second.scale <= second.value:
        low *= second.scale
    if low > second.value:
        return None
    return Number(start=first.start, end=second.end, low=low, high=second.value, words=first.words and second.words)


def _opened(text: str, first: _Value, second: _Value, between: str, grammar: Grammar) -> bool:
    """Whether "X and Y" or "X, Y" is a range: after "between", or two round words side by side."""
    if grammar.patterns["range_open"].search(text[: first.start]):
        return True
    return between.strip() == "," and first.words and second.words and first.scale == second.scale >= 100


def _values(text: str, grammar: Grammar) -> Iterator[_Value]:
    pattern = _pattern(tuple(grammar.numbers), tuple(grammar.scales), grammar.patterns["number_and"].pattern)
    for match in pattern.finditer(text):
        scale = 1.0
        if match["digits"]:
            value = _digits(match["digits"])
            if match["scale"]:
                scale = grammar.scales.get(match["scale"].casefold(), 1.0)
                value *= scale
            if value <= _MOST:
                yield _Value(start=match.start(), end=match.end(), value=value, scale=scale, words=False)
        else:
            read = _words(match["words"], grammar)
            if read is not None:
                yield _Value(start=match.start(), end=match.end(), value=read[0], scale=read[1], words=True)


def _digits(text: str) -> float:
    """Read "1,200", "1 200", "1.3", "5,5"."""
    grouped = re.fullmatch(rf"\d{{1,3}}(?:[{_GAP}.]\d{{3}})+(?:\.\d+)?", text)
    if grouped and not re.fullmatch(r"\d{1,3}\.\d{3}", text):
        return float(re.sub(rf"[{_GAP}](?=\d{{3}})", "", text)) if text.count(".") < 2 else float(text.replace(".", ""))
    return float(text.replace(",", "."))


def _words(text: str, grammar: Grammar) -> tuple[float, float] | None:
    """Add up number words; return the value and its largest scale."""
    total, current, largest = 0.0, 0.0, 1.0
    seen = False
    for word in re.split(r"[\s-]+", text.casefold()):
        if word in grammar.numbers:
            current += grammar.numbers[word]
            seen = True
        elif word in grammar.scales:
            scale = grammar.scales[word]
            largest = max(largest, scale)
            current = (current or 1) * scale
            seen = True
            if scale >= 1000:
                total, current = total + current, 0.0
    return (total + current, largest) if seen else None
