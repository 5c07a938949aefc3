"""Numbers in text: digits, words, mixed forms and ranges, with their exact spans, in three languages."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.stages.numbers import find_numbers
from whoholds.taggers.lexicons import LANGUAGES, load_lexicon


def read(text: str, lang: str = "en") -> list[tuple[str, float, float]]:
    return [(text[n.start : n.end], n.low, n.high) for n in find_numbers(text, load_lexicon(lang).grammar)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7 tanks", 7),
        ("1,200 soldiers", 1200),
        ("1 200 soldiers", 1200),
        ("1\u00a0200 soldiers", 1200),
        ("1\u202f200 soldiers", 1200),
        ("12,345,678 leaflets", 12_345_678),
        ("1.3 million people", 1_300_000),
        ("5,5 km", 5.5),
        ("98.5 percent", 98.5),
        ("60 thousand people", 60_000),
        ("60k people", 60_000),
        ("2.5k people", 2500),
        ("three tanks", 3),
        ("twenty-five tanks", 25),
        ("a hundred tanks", 100),
        ("two hundred tanks", 200),
        ("two hundred and fifty tanks", 250),
        ("three thousand four hundred tanks", 3400),
        ("a thousand and two tanks", 1002),
        ("a dozen tanks", 12),
        ("two dozen tanks", 24),
    ],
)
def test_one_english_number(text: str, value: float) -> None:
    [(mention, low, high)] = read(text)
    assert (low, high) == (value, value)
    assert text.startswith(mention)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("300-500 soldiers", 300, 500),
        ("300–500 soldiers", 300, 500),
        ("300 to 500 soldiers", 300, 500),
        ("two or three soldiers", 2, 3),
        ("between 300 and 500 soldiers", 300, 500),
        ("between about 300 and 500 soldiers", 300, 500),
        ("ten to twenty thousand soldiers", 10_000, 20_000),
        ("1-2 thousand soldiers", 1000, 2000),
        ("10,000-12,000 soldiers", 10_000, 12_000),
        ("two hundred, three hundred soldiers", 200, 300),
    ],
)
def test_a_range_is_one_number(text: str, low: float, high: float) -> None:
    assert [(a, b) for _, a, b in read(text)] == [(low, high)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("three tanks and five guns", [3, 5]),
        ("12 and 15 soldiers", [12, 15]),
        ("500 to 300 soldiers", [500, 300]),
        ("7, 9 and 11 soldiers", [7, 9, 11]),
        ("no figure here", []),
        ("", []),
        ("someone, anyone, tension, often", []),
    ],
)
def test_numbers_that_are_no_range_stay_apart(text: str, values: list[float]) -> None:
    found = read(text)
    assert [low for _, low, _ in found] == values
    assert all(low == high for _, low, high in found)


@pytest.mark.parametrize(
    ("lang", "text", "low", "high"),
    [
        ("ru", "двести солдат", 200, 200),
        ("ru", "пять тысяч солдат", 5000, 5000),
        ("ru", "60 тысяч жителей", 60_000, 60_000),
        ("ru", "от 300 до 500 солдат", 300, 500),
        ("uk", "п’ять кілометрів", 5, 5),
        ("uk", "двадцять п’ять кілометрів", 25, 25),
        ("uk", "60 тисяч мешканців", 60_000, 60_000),
        ("uk", "від 300 до 500 солдатів", 300, 500),
    ],
)
def test_russian_and_ukrainian_numbers(lang: str, text: str, low: float, high: float) -> None:
    assert [(a, b) for _, a, b in read(text, lang)] == [(low, high)]


def test_words_alone_are_told_from_digits() -> None:
    numbers = find_numbers("three tanks and 5 guns", load_lexicon("en").grammar)
    assert [n.words for n in numbers] == [True, False]


@given(value=st.integers(min_value=0, max_value=10**9), separator=st.sampled_from([",", " ", "\u00a0"]))
def test_grouped_digits_are_read_back(value: int, separator: str) -> None:
    text = f"{value:,}".replace(",", separator)
    assert [(a, b) for _, a, b in read(f"There were {text} of them")] == [(value, value)]


@given(text=st.text(max_size=200), lang=st.sampled_from(LANGUAGES))
def test_any_text_is_read_in_order_and_without_overlap(text: str, lang: str) -> None:
    found = find_numbers(text, load_lexicon(lang).grammar)
    assert all(0 <= n.start < n.end <= len(text) for n in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(n.low <= n.high for n in found)
