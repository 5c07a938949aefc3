"""The publication date: its bases in their order, forty stamps and more, and the traps that must give None."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.readers.lexicon import page_lexicon
from whoholds.records import Basis
from whoholds.stages.boilerplate import mark
from whoholds.stages.publication import Clues, Publication, date_in_address, parse_date, publication

EN = (
    "The brigade said its soldiers still held the northern streets of the town after a night of shelling.",
    "A spokesman told reporters that the road to the south was under fire and that supplies came at night.",
    "Residents who left last week described burning houses along the whole length of the railway embankment.",
    "No side has shown pictures that would settle the matter, and both have been wrong about it before this.",
)
RU = (
    "В бригаде сообщили, что её бойцы удерживают северные улицы города после ночного обстрела.",
    "Представитель войск рассказал журналистам, что дорога на юг простреливается, а снабжение идёт ночью.",
    "Жители, уехавшие на прошлой неделе, рассказали о горящих домах вдоль всей железной дороги.",
)
UK = (
    "У бригаді повідомили, що її бійці утримують північні вулиці міста після нічного обстрілу.",
    "Речник розповів журналістам, що дорога на південь прострілюється, а постачання йде лише вночі.",
    "Мешканці, які виїхали минулого тижня, розповіли про палаючі будинки вздовж усієї залізниці.",
)
BODY = {"en": EN, "ru": RU, "uk": UK}


def page(stamp: str, lang: str = "en", *, body: tuple[str, ...] | None = None, foot: str = "") -> str:
    """A page: headline, stamp, paragraphs, foot."""
    head = {"en": "Army says town still holds", "ru": "В армии говорят о городе", "uk": "В армії кажуть про місто"}[
        lang
    ]
    return "\n\n".join(part for part in (head, stamp, *(body or BODY[lang]), foot) if part)


def found(text: str, lang: str = "en", **clues: str | None) -> Publication:
    lexicon = page_lexicon()
    marked = mark(text, None, lexicon, lang)
    return publication(Clues(text=text, marked=marked, language=lang, **clues), lexicon.stamps)  # type: ignore[arg-type]


STAMPS = [
    ("Nov 7, 2025 13:18", "en", "2025-11-07"),
    ("Nov 7, 2025 13:18 263", "en", "2025-11-07"),
    ("November 7, 2025", "en", "2025-11-07"),
    ("7 November 2025", "en", "2025-11-07"),
    ("7th November 2025, 10:15", "en", "2025-11-07"),
    ("Friday, November 7, 2025", "en", "2025-11-07"),
    ("Friday 7 November 2025 10.15 GMT", "en", "2025-11-07"),
    ("Fri, 7 Nov 2025", "en", "2025-11-07"),
    ("2025-11-07", "en", "2025-11-07"),
    ("2025-11-07T13:18:00+02:00", "en", "2025-11-07"),
    ("2025/11/07 13:18", "en", "2025-11-07"),
    ("13:18, 7 November 2025", "en", "2025-11-07"),
    ("Updated: 16-02-2025 13:42 IST", "en", "2025-02-16"),
    ("City Desk | Updated: 16-02-2025 13:42 IST | Created: 15-02-2025 13:40 IST", "en", "2025-02-15"),
    ("PUBLISHED Nov 21, 2025, 04:55 AM | UPDATED Nov 22, 2025, 07:20 AM", "en", "2025-11-21"),
    ("Updated 22 November 2025 / Published 21 November 2025", "en", "2025-11-21"),
    ("By admin / 15.01.2025", "en", "2025-01-15"),
    ("By Jane Doe | Sept. 3, 2025 | 5 min read", "en", "2025-09-03"),
    ("Posted on November 3, 2025 by admin", "en", "2025-11-03"),
    ("Publication date: 3 November 2025", "en", "2025-11-03"),
    ("December 12, 2025 4:47 pm • 4 min read", "en", "2025-12-12"),
    ("4 November 2025, 19:42 | 3 118 views | Comments: 47", "en", "2025-11-04"),
    ("LAKE REVIEW | Morning digest for January 28, 2025 | 2 min", "en", "2025-01-28"),
    ("13/12/2025 • 4 minute read", "en", "2025-12-13"),
    ("12/13/2025 10:00 AM", "en", "2025-12-13"),
    ("05/05/2025", "en", "2025-05-05"),
    ("03.12.2025 14:10", "en", "2025-12-03"),
    ("30 жовтня 2025, 13:06", "uk", "2025-10-30"),
    ("30 жовтня 2025, 13:06 | 9 406 переглядів", "uk", "2025-10-30"),
    ("30 жовтня 2025 року", "uk", "2025-10-30"),
    ("Опубліковано: 07.11.2025", "uk", "2025-11-07"),
    ("П'ятниця, 7 листопада 2025, 10:15", "uk", "2025-11-07"),
    ("07.11.2025, 18:20", "uk", "2025-11-07"),
    ("Оновлено: 8 листопада 2025", "uk", "2025-11-08"),
    ("1 декабря 2025, 22:10", "ru", "2025-12-01"),
    ("1 декабря 2025 г.", "ru", "2025-12-01"),
    ("Дата публикации: 07.11.2025 18:20", "ru", "2025-11-07"),
    ("Агентство, русская служба. 1 декабря 2025, 22:10", "ru", "2025-12-01"),
    ("18:20 07.11.2025 (обновлено: 19:00 08.11.2025)", "ru", "2025-11-07"),
    ("Сводка за 7 ноября 2025", "ru", "2025-11-07"),
]

TRAPS = [
    ("12 November, 08:31", "en", "a stamp without a year"),
    ("8 January, 11:20", "en", "a stamp without a year"),
    ("Tuesday, January 28.", "en", "a weekday does not make a year"),
    ("1 декабря, 22:10", "ru", "a stamp without a year"),
    ("12 листопада, 08:31", "uk", "a stamp without a year"),
    ("03/12/2025 • 4 minute read", "en", "3 December or March 12"),
    ("03-12-2025 13:42", "en", "3 December or March 12"),
    ("31/02/2025", "en", "no such day"),
    ("45 November 2025", "en", "no such day"),
    ("November 2025", "en", "a month is no day"),
    ("2025", "en", "a year is no day"),
    ("Updated 3 hours ago", "en", "relative to a moment that is not known"),
    ("© 2025 Example Press", "en", "a copyright year"),
    ("Copyright 1 January 2025 Example Press, all rights reserved", "en", "a copyright notice"),
    ("Version 3.12.2025.1", "en", "a version number"),
    ("Russian losses since 24 February 2022 reach a new high", "en", "the date of an event in a headline"),
    ("The town fell on 3 May 2025 and was retaken within a week, officials say", "en", "a date in a sentence"),
    ("Call 050-11-07-2025", "en", "a telephone number"),
    ("Correction, 3 December 2025: the first version named another village.", "en", "the date of a correction"),
    ("Photo: the bridge on 3 December 2025", "en", "the date of a picture"),
]


@pytest.mark.parametrize(("stamp", "lang", "day"), STAMPS, ids=[stamp for stamp, _, _ in STAMPS])
def test_a_stamp_gives_its_day(stamp: str, lang: str, day: str) -> None:
    result = found(page(stamp, lang), lang)
    assert (result.value, result.basis) == (day, Basis.TEXT)


@pytest.mark.parametrize(("stamp", "lang", "why"), TRAPS, ids=[stamp for stamp, _, _ in TRAPS])
def test_a_trap_gives_none(stamp: str, lang: str, why: str) -> None:
    assert found(page(stamp, lang), lang) == Publication(value=None, basis=Basis.NONE), why


def test_a_date_in_a_body_sentence_is_not_taken() -> None:
    body = (
        *EN[:2],
        "On 3 November 2025 the minister said the town had been lost.",
        "He repeated it on Nov. 4, 2025.",
        EN[3],
    )
    assert found(page("", body=body)).value is None


def test_a_date_below_related_headlines_is_not_taken() -> None:
    foot = "Read also\n\nAnother town is quiet\n\n5 November 2025\n\nA third town burns\n\n4 November 2025"
    assert found(page("", foot=foot)).value is None


def test_a_label_at_the_foot_is_taken() -> None:
    assert found(page("", foot="Published: 7 November 2025")).value == "2025-11-07"


def test_the_stamp_with_a_time_beats_the_masthead() -> None:
    text = "Saturday, 22 November 2025\n\n" + page("Nov 7, 2025 13:18")
    assert found(text).value == "2025-11-07"


def test_two_bare_stamps_that_disagree_decide_nothing() -> None:
    text = "22 November 2025\n\n" + page("7 November 2025")
    assert found(text).value is None


def test_the_address_gives_the_year_of_a_stamp() -> None:
    result = found(page("12 November, 08:31"), url="https://a.example/2025/11/the-town")
    assert (result.value, result.basis) == ("2025-11-12", Basis.TEXT)


def test_an_address_of_another_month_gives_no_year() -> None:
    assert found(page("12 November, 08:31"), url="https://a.example/2025/10/the-town").value is None


def test_a_full_date_beside_it_gives_the_year_of_a_stamp() -> None:
    body = (*EN, "The pictures were taken on 11 November 2025, and the fighting went on after that day, he said.")
    assert found(page("12 November, 08:31", body=body)).value == "2025-11-12"


def test_a_full_date_far_away_does_not() -> None:
    body = (*EN, "The town was first entered on 3 February 2024, and the fighting went on after that day, he said.")
    assert found(page("12 November, 08:31", body=body)).value is None


def test_dates_in_words_decide_the_order_of_day_and_month() -> None:
    body = (f"{EN[0][:-1]} on 2 December.", *EN[1:])
    assert found(page("03/12/2025 • 4 minute read", body=body)).value == "2025-12-03"
    body = (f"{EN[0][:-1]} on March 11.", *EN[1:])
    assert found(page("03/12/2025 • 4 minute read", body=body)).value == "2025-03-12"


def test_another_stamp_decides_the_order_of_day_and_month() -> None:
    assert found(page("Updated: 16/12/2025 10:00 | Created: 03/12/2025 09:00")).value == "2025-12-03"
    assert found(page("Updated: 03/16/2025 10:00 | Created: 03/12/2025 09:00")).value == "2025-03-12"


def test_a_dispatch_opens_with_its_day() -> None:
    body = ("SOMEWHERE, Nov 20 (Agency) - " + EN[0], *EN[1:])
    assert found(page("", body=body)).value is None
    assert found(page("", body=body), url="https://a.example/2025/11/story").value == "2025-11-20"


def test_the_bases_are_asked_in_their_order() -> None:
    clues = {"metadata": "2025-11-05", "header": "2025-11-06", "url": "https://a.example/2025/11/07/x"}
    text = page("8 November 2025")
    order = [Basis.METADATA, Basis.HEADER, Basis.URL, Basis.TEXT]
    for basis, key in zip(order, [*clues, ""], strict=True):
        result = found(text, **clues)
        assert result.basis is basis
        clues.pop(key, None)


def test_a_wrong_metadata_date_falls_back() -> None:
    result = found(page("8 November 2025"), metadata="2025-13-45")
    assert (result.value, result.basis) == ("2025-11-08", Basis.TEXT)


def test_the_file_name_counts_like_an_address() -> None:
    assert found(page(""), file_name="ap-2025-06-27") == Publication(
        value="2025-06-27", basis=Basis.URL, mention="ap-2025-06-27"
    )


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2025/11/07/the-town", "2025-11-07"),
        ("/news/2025/1/7/the-town", "2025-01-07"),
        ("/20251107/the-town", "2025-11-07"),
        ("/the-town-2025-11-07", "2025-11-07"),
        ("/the-town-2025-11-07.html", "2025-11-07"),
        ("/world/2025/nov/07/the-town", "2025-11-07"),
        ("/2025/13/07/the-town", None),
        ("/2025/02/30/the-town", None),
        ("/news/1720251107/the-town", None),
        ("/web/20251107123456/the-town", None),
        ("/2025/11/the-town", None),
        ("/2025/11/07/what-happened-2024-02-17", None),
        ("/1899/11/07/the-town", None),
        ("ap-2025-06-27", "2025-06-27"),
        ("2025-06-27_ap", "2025-06-27"),
        ("report20250627", None),
    ],
)
def test_a_date_in_an_address(path: str, day: str | None) -> None:
    assert date_in_address(path) == day


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("2025-11-07", "2025-11-07"),
        ("2025-11-07T13:18:00Z", "2025-11-07T13:18:00Z"),
        ("20251107", "2025-11-07"),
        ("7 November 2025", "2025-11-07"),
        ("Fri, 07 Nov 2025 13:18:00 GMT", "2025-11-07"),
        ("7 листопада 2025", "2025-11-07"),
        ("2025-13-45", None),
        ("03/12/2025", None),
        ("yesterday", None),
        ("2025", None),
        ("1762521480", None),
        ("0001-01-01", None),
        ("", None),
    ],
)
def test_a_date_as_metadata_gives_it(value: str, read: str | None) -> None:
    assert parse_date(value) == read


@given(st.text(max_size=300))
def test_any_text_has_a_date_or_none(text: str) -> None:
    result = found(text)
    assert (result.value is None) == (result.basis is Basis.NONE)
    assert result.value is None or parse_date(result.value) == result.value
