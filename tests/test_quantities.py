"""Figures: what is counted, in which unit, how exactly; and numbers that are no figures."""

from __future__ import annotations

from typing import Any

import pytest

from whoholds.records import Quantity, QuantityKind
from whoholds.stages.quantities import find_quantities
from whoholds.taggers.lexicons import load_lexicon

K = QuantityKind


def figures(text: str, lang: str = "en", context: str = "") -> list[Quantity]:
    return [f.quantity for f in find_quantities(text, load_lexicon(lang), context)]


def only(text: str, lang: str = "en") -> Quantity:
    [found] = figures(text, lang)
    return found


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("A force of 400 troops arrived.", K.TROOPS, 400, "persons"),
        ("At dawn 30 soldiers were killed.", K.KILLED, 30, "persons"),
        ("At dawn 30 soldiers were wounded.", K.WOUNDED, 30, "persons"),
        ("The unit counted 200 killed and wounded.", K.CASUALTIES, 200, "persons"),
        ("The shelling killed 12 civilians.", K.KILLED, 12, "persons"),
        ("The shelling wounded 40 people.", K.WOUNDED, 40, "persons"),
        ("In all 90 fighters surrendered.", K.CAPTURED_PEOPLE, 90, "persons"),
        ("In the pocket 5,000 soldiers were encircled.", K.ENCIRCLED, 5000, "persons"),
        ("Still 1,200 civilians remain there.", K.CIVILIANS, 1200, "persons"),
        ("Still 14 children remain there.", K.CHILDREN, 14, "persons"),
        ("It had 27,000 residents once.", K.POPULATION, 27_000, "persons"),
        ("It has a population of 27,000.", K.POPULATION, 27_000, "persons"),
        ("They hold 70 percent of it.", K.SHARE, 70, "percent"),
        ("They hold 70% of it.", K.SHARE, 70, "percent"),
        ("They hold half of it.", K.SHARE, 50, "percent"),
        ("They took 175 square kilometres.", K.AREA, 175, "km2"),
        ("They took 20 square miles.", K.AREA, 20, "mi2"),
        ("It lies 40 km from the coast.", K.DISTANCE, 40, "km"),
        ("It lies 25 miles from the coast.", K.DISTANCE, 25, "mi"),
        ("The siege lasted nine days.", K.DURATION, 9, "days"),
        ("In a day 36 attacks were repelled.", K.OTHER, 36, "attacks"),
        ("By night five groups slipped through.", K.GROUPS, 5, "groups"),
    ],
)
def test_what_is_counted(text: str, kind: QuantityKind, value: float, unit: str) -> None:
    found = only(text)
    assert (found.kind, found.low, found.high, found.unit) == (kind, value, value, unit)


@pytest.mark.parametrize(
    ("text", "low", "high", "approx"),
    [
        ("They lost 30 tanks.", 30, 30, False),
        ("They lost at least 30 tanks.", 30, None, False),
        ("They lost more than 30 tanks.", 30, None, False),
        ("They lost up to 30 tanks.", None, 30, False),
        ("They lost no more than 30 tanks.", None, 30, False),
        ("They lost about 30 tanks.", 30, 30, True),
        ("They lost some 30 tanks.", 30, 30, True),
        ("They lost 30 to 40 tanks.", 30, 40, False),
        ("They lost about 30 to 40 tanks.", 30, 40, True),
        ("They lost 30 tanks or more.", 30, None, False),
        ("They lost 30 tanks or so.", 30, 30, True),
    ],
)
def test_bounds(text: str, low: float | None, high: float | None, approx: bool) -> None:
    found = only(text)
    assert (found.low, found.high, found.approx) == (low, high, approx)


@pytest.mark.parametrize(
    "text",
    [
        "It happened on 12 March.",
        "It happened in March 2031.",
        "It happened at 14:30.",
        "The driver, aged 40, left.",
        "The 40-year-old driver left.",
        "It cost $300 million.",
        "The 54th Brigade stood there.",
        "They fired a 152-mm shell.",
        "See page 7.",
        "It began in 2024.",
        "A T-90 burnt out.",
        "One of them spoke.",
        "9" * 400 + " soldiers were killed.",
    ],
)
def test_numbers_that_are_no_figures(text: str) -> None:
    assert figures(text) == []


def test_killed_are_not_wounded() -> None:
    found = figures("The strike killed 12 people and wounded 40.")
    assert [(f.kind, f.low) for f in found] == [(K.KILLED, 12), (K.WOUNDED, 40)]


def test_a_subset_is_a_figure_of_its_own() -> None:
    found = figures("In the area 1,221 soldiers were killed, 519 of them in the town.")
    assert [f.low for f in found] == [1221, 519]


def test_an_ellipsis_counts_what_was_counted_before() -> None:
    found = figures("There were 60,000 residents in the one and 46,000 in the other.")
    assert [(f.kind, f.low) for f in found] == [(K.POPULATION, 60_000), (K.POPULATION, 46_000)]


def test_a_conversion_in_brackets_is_no_second_figure() -> None:
    assert [(f.unit, f.low) for f in figures("It lies 70 miles (110 kilometres) away.")] == [("mi", 70)]


def test_a_bare_number_is_read_by_what_was_asked_before() -> None:
    assert figures("Today there are 900.", context="") == []
    [found] = figures("Today there are 900.", context="How many residents are left?")
    assert found.kind in {K.POPULATION, K.CIVILIANS}


def test_the_span_carries_bound_number_and_noun() -> None:
    text = "By noon at least 30 tanks were lost."
    [found] = find_quantities(text, load_lexicon("en"))
    assert text[found.start : found.end] == "at least 30 tanks"


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ru", "В городе остаётся около 1200 мирных жителей.", {"kind": K.CIVILIANS, "low": 1200, "approx": True}),
        ("ru", "За сутки ликвидировано 13 солдат.", {"kind": K.KILLED, "low": 13}),
        ("ru", "Освобождено 12 квадратных километров.", {"kind": K.AREA, "low": 12, "unit": "km2"}),
        ("ru", "Под контролем 70% города.", {"kind": K.SHARE, "low": 70}),
        ("ru", "До границы 15 километров.", {"kind": K.DISTANCE, "low": 15, "unit": "km"}),
        ("uk", "У місті залишається близько 1200 цивільних.", {"kind": K.CIVILIANS, "low": 1200, "approx": True}),
        ("uk", "За добу знищено 13 солдатів.", {"kind": K.KILLED, "low": 13}),
        ("uk", "Звільнено 12 квадратних кілометрів.", {"kind": K.AREA, "low": 12, "unit": "km2"}),
        ("uk", "Під контролем 70% міста.", {"kind": K.SHARE, "low": 70}),
        ("uk", "До кордону 15 кілометрів.", {"kind": K.DISTANCE, "low": 15, "unit": "km"}),
    ],
)
def test_russian_and_ukrainian_figures(lang: str, text: str, expected: dict[str, Any]) -> None:
    found = only(text, lang)
    assert {name: getattr(found, name) for name in expected} == expected
