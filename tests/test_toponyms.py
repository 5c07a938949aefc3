"""Keys of place names: one for all romanisations of a name, and the nominatives behind its cases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.stages import toponyms

SAME = [
    ("Kostiantynivka", "Kostyantynivka", "KOSTIANTYNIVKA", "Kostjantyniwka", "Костянтинівка"),
    ("Myrnohrad", "Mirnograd", "Myrnograd", "Мирноград", "мирноград"),
    ("Kupiansk", "Kupyansk", "Kup'yans'k", "Kup’iansk", "Kupjansk", "Куп'янськ", "Куп’янськ", "Купянск"),
    ("Avdiivka", "Avdiyivka", "Авдіївка"),
    ("Avdeevka", "Avdeyevka", "Авдеевка"),
    ("Kyiv", "Kyyiv", "Київ"),
    ("Kiev", "Kiyev", "Киев"),
    ("Artyomovsk", "Artemovsk", "Артёмовск", "Артемовск"),
    ("Zaporizhzhia", "Zaporizhzhya", "Zaporizhia", "Запоріжжя"),
    ("Zghurivka", "Zgurivka", "Згурівка"),
    ("Huliaipole", "Hulyaypole", "Gulyaypole", "Гуляйполе"),
    ("Dobropillia", "Dobropillya", "Dobropilya", "Добропілля"),
    ("Dobropolye", "Dobropol'ye", "Доброполье"),
    ("Hryshyne", "Гришине"),
    ("Grishino", "Гришино"),
    ("Kryvyi Rih", "Kryvyy Rih", "Кривий Ріг"),
    ("Ivano-Frankivsk", "Ivano Frankivsk", "Івано-Франківськ"),
    ("Shchastia", "Shchastya", "Щастя"),
    ("Chasiv Yar", "Chasiv-Yar", "Часів Яр"),
    ("Odesa", "Odessa", "Одеса", "Одесса"),
    ("Toretsk", "Torets'k", "Торецьк", "Торецк"),
    ("Kharkiv", "Харків"),
    ("Hama", "Ḩamāh", "Hamah"),
    ("Dar‘ā", "Dara", "Dar'a"),
    ("Qubadlı", "Qubadli"),
]

APART = [
    ("Kostiantynivka", "Konstantinovka"),
    ("Kharkiv", "Kharkov"),
    ("Kyiv", "Kiev"),
    ("Hryshyne", "Hryshivka"),
    ("Згурівка", "Журівка"),
    ("Pokrovsk", "Pokrovske"),
    ("Lyman", "Lymany"),
    ("Донецьк", "Донецьке"),
]

CASES = [
    ("Покровську", "Покровськ"),
    ("Покровська", "Покровськ"),
    ("Покровськом", "Покровськ"),
    ("Красноармейском", "Красноармейск"),
    ("Часового Яру", "Часів Яр"),
    ("Часова Яра", "Часов Яр"),
    ("Часовим Яром", "Часів Яр"),
    ("Костянтинівці", "Костянтинівка"),
    ("Костянтинівкою", "Костянтинівка"),
    ("Константиновке", "Константиновка"),
    ("Димитрова", "Димитров"),
    ("Димитровом", "Димитров"),
    ("Гришиного", "Гришине"),
    ("Гришиному", "Гришине"),
    ("Гришина", "Гришино"),
    ("Новоекономічного", "Новоекономічне"),
    ("Новоэкономическом", "Новоэкономическое"),
    ("Великої Новосілки", "Велика Новосілка"),
    ("Великій Новосілці", "Велика Новосілка"),
    ("Великую Новоселку", "Великая Новоселка"),
    ("Купянска", "Купянск"),
    ("Харкова", "Харків"),
    ("Києва", "Київ"),
    ("Миколаєва", "Миколаїв"),
    ("Львова", "Львів"),
    ("Тернополя", "Тернопіль"),
    ("Кривого Рогу", "Кривий Ріг"),
    ("Добропіллі", "Добропілля"),
    ("Доброполья", "Доброполье"),
    ("Гуляйполем", "Гуляйполе"),
    ("Запоріжжі", "Запоріжжя"),
    ("Сумах", "Суми"),
    ("Городка", "Городок"),
    ("Красного Лимана", "Красный Лиман"),
    ("Донецької області", "Донецька область"),
    ("Донецкой областью", "Донецкая область"),
    ("Покровського району", "Покровський район"),
    ("Олександрії", "Олександрія"),
    ("Кремінної", "Кремінна"),
]


@pytest.mark.parametrize("names", SAME, ids=lambda names: names[0])
def test_spellings_of_one_name_have_one_key(names: tuple[str, ...]) -> None:
    assert len({toponyms.key(name) for name in names}) == 1


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_words_keep_different_keys(one: str, other: str) -> None:
    assert toponyms.key(one) != toponyms.key(other)


@pytest.mark.parametrize(("form", "nominative"), CASES)
def test_a_case_leads_to_its_nominative(form: str, nominative: str) -> None:
    assert toponyms.key(nominative) in toponyms.stems(form)


@pytest.mark.parametrize(("form", "village"), [("Покровську", "Покровське"), ("Покровська", "Покровське")])
def test_a_town_in_sk_is_not_read_as_the_village_in_ske(form: str, village: str) -> None:
    assert toponyms.key(village) not in toponyms.stems(form)


def test_stems_are_for_cyrillic_alone_and_never_repeat_the_exact_key() -> None:
    assert toponyms.stems("Pokrovska") == ()
    assert toponyms.stems("") == ()
    assert toponyms.key("Покровську") not in toponyms.stems("Покровську")


@pytest.mark.parametrize("form", ["Покровске", "Донецке", "в Красноармейске"])
def test_russian_locatives_that_look_like_ukrainian_towns_are_known(form: str) -> None:
    assert toponyms.only_oblique(form)


@pytest.mark.parametrize("name", ["Покровське", "Покровск", "Pokrovske"])
def test_nominatives_are_not_taken_for_locatives(name: str) -> None:
    assert not toponyms.only_oblique(name)


@pytest.mark.parametrize(
    ("area", "bare"),
    [
        ("Donetsk Oblast", "Donetsk"),
        ("Donetsk region", "Donetsk"),
        ("Odesa Oblast", "Odessa"),
        ("Dnipropetrovsk Oblast", "Dnipropetrovs'k"),
        ("Pokrovsk Raion", "Pokrovsk district"),
        ("North Kivu Province", "North Kivu"),
        ("Shan State", "Shan"),
    ],
)
def test_an_area_is_one_with_or_without_its_generic_word(area: str, bare: str) -> None:
    assert toponyms.area_key(area) == toponyms.area_key(bare) != ""


def test_a_generic_word_alone_is_its_own_key() -> None:
    assert toponyms.area_key("Region") == toponyms.key("Region")


LETTERS = st.characters(codec="utf-8") | st.sampled_from("абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэъё'’-yjiehgkzs")


@given(st.text(LETTERS, max_size=24))
def test_a_key_is_its_own_key(name: str) -> None:
    assert toponyms.key(toponyms.key(name)) == toponyms.key(name)


@given(st.text("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя ", max_size=16))
def test_case_does_not_matter(name: str) -> None:
    assert toponyms.key(name.upper()) == toponyms.key(name)


@given(st.text("абвгдежзиклмнопрстухчшщьюяії -", max_size=16))
def test_stems_are_keys_and_few(name: str) -> None:
    found = toponyms.stems(name)
    assert len(found) <= 256
    assert all(toponyms.key(stem) == stem for stem in found)
