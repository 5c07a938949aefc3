"""Event times: stated or relative, with their basis; None where nothing decides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.records import Basis, Period
from whoholds.stages.times import find_period
from whoholds.taggers.lexicons import LANGUAGES, load_lexicon

#: A Monday.
PUBLISHED = "2031-03-10"


def period(text: str, published: str | None = PUBLISHED, lang: str = "en") -> Period | None:
    return find_period(text, published, load_lexicon(lang).grammar)


def days(text: str, published: str | None = PUBLISHED, lang: str = "en") -> tuple[str | None, str | None]:
    found = period(text, published, lang)
    assert found is not None
    return found.start, found.end


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("It fell on 2 March 2031.", "2031-03-02", "2031-03-02"),
        ("It fell on 2nd of March 2031.", "2031-03-02", "2031-03-02"),
        ("It fell on March 2, 2031.", "2031-03-02", "2031-03-02"),
        ("It fell on Feb. 2, 2030.", "2030-02-02", "2030-02-02"),
        ("It fell in December 2030.", "2030-12-01", "2030-12-31"),
        ("It fell in February 2032.", "2032-02-01", "2032-02-29"),
        ("It fell in 2029.", "2029-01-01", "2029-12-31"),
        ("It fell in early 2029.", "2029-01-01", "2029-04-30"),
    ],
)
@pytest.mark.parametrize("published", [PUBLISHED, None])
def test_a_stated_date_needs_no_publication_date(text: str, start: str, end: str, published: str | None) -> None:
    found = period(text, published)
    assert found is not None
    assert (found.start, found.end, found.basis) == (start, end, Basis.STATED)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("It fell on 2 March.", "2031-03-02", "2031-03-02"),
        ("It fell on 2 December.", "2030-12-02", "2030-12-02"),
        ("It fell in January.", "2031-01-01", "2031-01-31"),
        ("It fell in March.", "2031-03-01", "2031-03-10"),
        ("It fell in November.", "2030-11-01", "2030-11-30"),
        ("It fell yesterday.", "2031-03-09", "2031-03-09"),
        ("It fell overnight.", "2031-03-09", "2031-03-10"),
        ("It fell on Monday.", "2031-03-10", "2031-03-10"),
        ("It fell on Sunday.", "2031-03-09", "2031-03-09"),
        ("It fell on Tuesday.", "2031-03-04", "2031-03-04"),
        ("It fell last week.", "2031-03-03", "2031-03-09"),
        ("It fell over the weekend.", "2031-03-08", "2031-03-09"),
        ("It fell last month.", "2031-02-01", "2031-02-28"),
        ("It fell last year.", "2030-01-01", "2030-12-31"),
    ],
)
def test_a_relative_date_is_counted_from_the_publication_day(text: str, start: str, end: str) -> None:
    found = period(text)
    assert found is not None
    assert (found.start, found.end, found.basis) == (start, end, Basis.RELATIVE)


@pytest.mark.parametrize(
    "text",
    ["It fell on 2 March.", "It fell in January.", "It fell yesterday.", "It fell on Monday.", "It fell last week."],
)
def test_without_a_publication_date_a_relative_date_is_unknown(text: str) -> None:
    assert period(text, None) is None


@pytest.mark.parametrize(
    "text",
    [
        "It fell.",
        "It may fall, as the march went on.",
        "It fell on 31 February.",
        "They lost 2031 troops in 2031 troops' time.",
        "",
    ],
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert period(text) is None


def test_the_most_specific_of_several_dates_is_taken() -> None:
    assert days("In 2031, on 2 March, it fell.") == ("2031-03-02", "2031-03-02")


def test_the_mention_is_kept_verbatim() -> None:
    found = period("The town fell on 2 March 2031, after a week.")
    assert found is not None
    assert found.mention == "2 March 2031"


@pytest.mark.parametrize(
    ("lang", "text", "start", "end"),
    [
        ("ru", "Город пал 2 марта 2031 года.", "2031-03-02", "2031-03-02"),
        ("ru", "Город пал 2 декабря.", "2030-12-02", "2030-12-02"),
        ("ru", "Город пал вчера.", "2031-03-09", "2031-03-09"),
        ("ru", "Город пал в январе.", "2031-01-01", "2031-01-31"),
        ("ru", "Город пал во вторник.", "2031-03-04", "2031-03-04"),
        ("uk", "Місто впало 2 березня 2031 року.", "2031-03-02", "2031-03-02"),
        ("uk", "Місто впало 2 грудня.", "2030-12-02", "2030-12-02"),
        ("uk", "Місто впало вчора.", "2031-03-09", "2031-03-09"),
        ("uk", "Місто впало у січні.", "2031-01-01", "2031-01-31"),
        ("uk", "Місто впало у вівторок.", "2031-03-04", "2031-03-04"),
    ],
)
def test_russian_and_ukrainian_dates(lang: str, text: str, start: str, end: str) -> None:
    assert days(text, PUBLISHED, lang) == (start, end)


@given(
    text=st.text(alphabet=st.sampled_from("0123456789 ./-:MarchJune,onisedy"), max_size=60) | st.text(max_size=60),
    published=st.none() | st.dates().map(lambda d: d.isoformat()),
    lang=st.sampled_from(LANGUAGES),
)
def test_any_text_gives_an_ordered_period_or_none(text: str, published: str | None, lang: str) -> None:
    found = period(text, published, lang)
    if found is not None and found.start and found.end:
        assert found.start <= found.end
        assert found.basis in {Basis.STATED, Basis.RELATIVE}
    if found is not None and published is None:
        assert found.basis is Basis.STATED


def test_letters_that_only_look_like_those_of_a_name_are_none() -> None:
    assert period("It fell on Frıday.") is None
