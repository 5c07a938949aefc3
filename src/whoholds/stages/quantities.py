"""Figures of the war: value or range, bound, what is counted, whose and where.

Dates, ages, calibres, prices, clock times and names with numbers in them are no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from whoholds.records import Quantity, QuantityKind, Span, Stance
from whoholds.records.lexicon import Counted, Lexicon
from whoholds.stages.numbers import Number, find_numbers

_YEAR = re.compile(r"(?:19|20)\d\d$")
#: "one day", "one of them": the pronoun or article, not a count.
_NOT_ONE = frozenset({QuantityKind.DURATION, QuantityKind.TROOPS})
_NUMBERISH = re.compile(r"\d")
#: People of whom the words before may say what became of them, and what that can be.
_PEOPLE = frozenset({QuantityKind.TROOPS, QuantityKind.POPULATION, QuantityKind.CIVILIANS})
#: Characters around a number in which the words that bound and count it stand.
_NEAR = 160
_LOSSES = frozenset({QuantityKind.KILLED, QuantityKind.WOUNDED, QuantityKind.CASUALTIES})


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundQuantity:
    """A figure with the words that carry it: offsets within the text that was searched."""

    start: int
    end: int
    quantity: Quantity
    stance: Stance = Stance.ASSERTS
    owner: str | None = None  # "none", "civilians" or "side" where a trained reader says so
    whose: tuple[Span, ...] = ()  # words for that side, in document offsets


def find_quantities(text: str, lexicon: Lexicon, context: str = "") -> list[FoundQuantity]:
    """Return the figures in one sentence. ``side`` is filled in later, from the mentions beside them.

    ``context`` is the text before it in its paragraph or question: it says what a bare number counts.
    """
    numbers = [n for n in find_numbers(text, lexicon.grammar) if not _excluded(text, n, lexicon)]
    found: list[FoundQuantity] = []
    for number in numbers:
        figure = _figure(text, number, lexicon)
        if figure is None and found:
            figure = _elliptic(text, number, found[-1], lexicon)
        if figure is None:
            figure = _by_context(text, number, context, lexicon)
        if figure is not None:
            found.append(figure)
    found.extend(_fractions(text, lexicon))
    return _subsets(text, _merge_conversions(text, sorted(found, key=lambda f: f.start)), lexicon)


def quantity_of(
    text: str, start: int, end: int, counted: Counted, words: str, lexicon: Lexicon
) -> FoundQuantity | None:
    """Return the figure whose number stands in ``[start, end)``, given what it counts; None where none does."""
    share = counted.kind is QuantityKind.SHARE
    fractions = [f for f in _fractions(text, lexicon) if f.start < end and start < f.end] if share else []
    if fractions:
        return fractions[0]
    for number in find_numbers(text, lexicon.grammar):
        if number.start < end and start < number.end and not _excluded(text, number, lexicon):
            return _made(text, number, counted, max(number.end, end), words, lexicon)
    return None


def _fractions(text: str, lexicon: Lexicon) -> Iterator[FoundQuantity]:
    """Yield shares written as words: "half of the town", "one street in ten"."""
    grammar = lexicon.grammar
    for name in ("fraction", "one_in"):
        if name not in grammar.patterns:
            continue
        for match in grammar.patterns[name].finditer(text):
            value = grammar.fractions[match["f"].lower()] if name == "fraction" else 100 / grammar.numbers[match["n"]]
            number = Number(start=match.start(), end=match.end(), low=value, high=value, words=True)
            share = Counted(id=name, kind=QuantityKind.SHARE, unit="percent", pattern="", example="")
            yield _made(text, number, share, match.end(), match.group(), lexicon)


def _by_context(text: str, number: Number, context: str, lexicon: Lexicon) -> FoundQuantity | None:
    """A bare number of a hundred or more takes what the sentence before was counting."""
    if number.high < 100 or not lexicon.grammar.patterns["bare_number_after"].match(text[number.end :][:_NEAR]):
        return None
    kinds = (("population_context", QuantityKind.POPULATION), ("remaining_context", QuantityKind.CIVILIANS))
    for name, kind in kinds:
        pattern = lexicon.grammar.patterns.get(name)
        if pattern and (pattern.search(context) or pattern.search(text)):
            counted = Counted(id=name, kind=kind, unit="persons", pattern="", example="", side="civilians")
            return _made(text, number, counted, number.end, "", lexicon)
    return None


def _excluded(text: str, number: Number, lexicon: Lexicon) -> bool:
    """Whether a number is part of a date, a time, an age, a price, a name or a model."""
    patterns = lexicon.grammar.patterns
    before, after = text[max(0, number.start - 24) : number.start], text[number.end : number.end + 24]
    raw = text[number.start : number.end]
    if patterns["not_number_before"].search(before) or patterns["not_number_after"].search(after):
        return True
    if _beside_month(before, after, raw, lexicon):
        return True
    return bool(_YEAR.fullmatch(raw)) and not re.match(r"\s+[a-zа-яі]{4,}", after)


def _beside_month(before: str, after: str, raw: str, lexicon: Lexicon) -> bool:
    if not _NUMBERISH.search(raw) or len(raw) > 4:
        return False
    left = re.search(r"([^\W\d_]+)\.?\s*$", before)
    right = lexicon.grammar.patterns["month_behind"].match(after)
    months = lexicon.grammar.months
    return any(m is not None and m.group(1).lower() in months for m in (left, right))


def _figure(text: str, number: Number, lexicon: Lexicon) -> FoundQuantity | None:
    """Read what a number counts: the words behind it, made more exact by those before ("killed 13 soldiers")."""
    if behind := _counted_behind(text, number, lexicon):
        match, counted = behind
        if number.words and number.high == 1 and counted.kind in _NOT_ONE:
            return None
        if not number.words and lexicon.grammar.patterns["pronoun_counted"].fullmatch(match.group().strip()):
            counted = replace(counted, kind=QuantityKind.OTHER, unit="items")  # "160 of them" may be anything
        before = _counted_before(text, number, lexicon) if counted.kind in _PEOPLE else None
        if before and before[2].kind in _LOSSES:
            return _made(text, number, before[2], match.end(), match.group(), lexicon, start=before[0])
        return _made(text, number, counted, match.end(), match.group(), lexicon)
    if found := _counted_before(text, number, lexicon):
        start, words, counted = found
        return _made(text, number, counted, number.end, words, lexicon, start=start)
    return None


def _counted_behind(text: str, number: Number, lexicon: Lexicon) -> tuple[re.Match[str], Counted] | None:
    after = text[number.end : number.end + _NEAR]
    lead = len(after) - len(after.lstrip(" \u00a0-"))
    if after[lead : lead + 1].isdigit():
        return None  # "3-1", a row of a table: no noun begins with a figure
    for pattern, counted in lexicon.counted:
        match = pattern.match(text, number.end + lead) or pattern.match(text, number.end)
        if match and match.end() > number.end:
            return match, counted
    return None


def _counted_before(text: str, number: Number, lexicon: Lexicon) -> tuple[int, str, Counted] | None:
    """Find words such as "killed" before a number and its bounds ("killed at least 12"): where, which, what."""
    for end in dict.fromkeys((_bounds(text, number, lexicon)[0], number.start)):
        left = max(0, end - _NEAR)
        for pattern, counted in lexicon.counted_before:
            match = _ending(pattern.pattern).search(text[left:end])
            if match:
                return left + match.start(), match.group(), counted
    return None


@cache
def _ending(pattern: str, filler: str = "") -> re.Pattern[str]:
    """Compile words that stand at the end of a stretch, with nothing but a filler behind them."""
    return re.compile(rf"(?<!\w){pattern}{filler}\s*$", re.IGNORECASE)


@cache
def _beginning(pattern: str) -> re.Pattern[str]:
    """Compile words that stand behind a number, after two others at most."""
    return re.compile(rf"(?:\s+[\w’-]+){{0,2}},?\s*(?:{pattern})(?!\w)", re.IGNORECASE)


def _elliptic(text: str, number: Number, last: FoundQuantity, lexicon: Lexicon) -> FoundQuantity | None:
    """A number without a noun, joined to a figure before it: "60,000 people in A and 46,000 in B"."""
    between = text[last.end : number.start]
    following = text[number.end : number.end + 8]
    g = lexicon.grammar.patterns
    if len(between) > 60 or not g["elliptic_after"].match(following) or not g["elliptic_between"].search(between):
        return None
    quantity = Quantity(
        kind=last.quantity.kind,
        low=number.low,
        high=number.high,
        unit=last.quantity.unit,
        side=last.quantity.side,
        counted=last.quantity.counted,
    )
    return FoundQuantity(start=number.start, end=number.end, quantity=quantity)


def _made(
    text: str, number: Number, counted: Counted, end: int, words: str, lexicon: Lexicon, start: int | None = None
) -> FoundQuantity:
    left, bounds = _bounds(text, number, lexicon)
    approx = "approx" in bounds
    low: float | None = number.low
    high: float | None = number.high
    if "low" in bounds and low == high:
        high = None
    elif "high" in bounds:
        low = None if low == high else low
    unit = _noun(words) if counted.unit == "noun" else counted.unit
    quantity = Quantity(
        kind=counted.kind, low=low, high=high, unit=unit, approx=approx, side=counted.side, counted=words.strip()
    )
    return FoundQuantity(start=min(left, number.start if start is None else start), end=end, quantity=quantity)


def _noun(words: str) -> str:
    """The last word of what is counted, as a plural unit: "more days" is "days", "day" is "days"."""
    noun = re.split(r"[\s-]+", words.strip())[-1].lower() or "items"
    return noun if noun.endswith("s") or not noun.isascii() else noun + "s"


def _bounds(text: str, number: Number, lexicon: Lexicon) -> tuple[int, set[str]]:
    """Return where the bounding words begin and which bounds they set."""
    start, found = number.start, set[str]()
    filler = lexicon.grammar.patterns["bound_filler"].pattern
    for _ in range(3):
        left = max(0, start - _NEAR)
        before = text[left:start]
        hits = [
            (left + match.start(), bound.bound)
            for pattern, bound in lexicon.bounds
            if (match := _ending(pattern.pattern, filler).search(before))
        ]
        if not hits:
            break
        start, bound_of = min(hits)  # the longest words: "no more than" is not "more than"
        found.add(bound_of)
    tail = text[number.end : number.end + 60]
    for pattern, bound in lexicon.bounds_after:
        if _beginning(pattern.pattern).match(tail):
            found.add(bound.bound)
    return start, found


def _subsets(text: str, found: Sequence[FoundQuantity], lexicon: Lexicon) -> list[FoundQuantity]:
    """Give a subset what befell its total: "826 people killed, including 111 civilians", in either order."""
    g, result = lexicon.grammar.patterns, list(found)
    for i in range(1, len(result)):
        total, part = result[i - 1], result[i]
        if not g["subset_joint"].fullmatch(text[total.end : part.start]) or part.quantity.kind not in _OF_A_TOTAL:
            continue
        if g["killed_behind"].match(text[part.end :]) and total.quantity.kind in _OF_A_TOTAL:
            result[i - 1] = total = _befallen(total, QuantityKind.KILLED)
        if total.quantity.kind in _LOSSES:
            result[i] = _befallen(part, total.quantity.kind)
    return result


#: People that may be part of a total of the dead or wounded.
_OF_A_TOTAL = _PEOPLE | {QuantityKind.CHILDREN}


def _befallen(item: FoundQuantity, kind: QuantityKind) -> FoundQuantity:
    return replace(item, quantity=replace(item.quantity, kind=kind, side=None))


def _merge_conversions(text: str, found: Sequence[FoundQuantity]) -> list[FoundQuantity]:
    """Drop a conversion in brackets: "70 miles (110 kilometers)" is one figure, as first given."""
    kept: list[FoundQuantity] = []
    for item in found:
        if kept and item.quantity.kind is kept[-1].quantity.kind and text[kept[-1].end : item.start].strip() == "(":
            continue
        kept.append(item)
    return kept


#: Kinds whose figures belong to a side.
SIDED = frozenset(
    {
        QuantityKind.TROOPS,
        QuantityKind.KILLED,
        QuantityKind.WOUNDED,
        QuantityKind.CASUALTIES,
        QuantityKind.ENCIRCLED,
        QuantityKind.CAPTURED_PEOPLE,
        QuantityKind.SHARE,
        QuantityKind.AREA,
        QuantityKind.GROUPS,
        QuantityKind.DURATION,
        QuantityKind.OTHER,
    }
)
