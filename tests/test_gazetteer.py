"""The shipped gazetteers: names in all spellings lead to the right places."""

from __future__ import annotations

import pickle
import sqlite3
from functools import cache
from pathlib import Path

import pytest

import whoholds
from whoholds.errors import TheatreInvalid
from whoholds.gazetteer import SqliteGazetteer
from whoholds.records import PlaceKind

THEATRES = Path(whoholds.__file__).parent / "data" / "theatres"
SIZES = {"ukraine": 16.0, "sudan": 4.0, "congo": 4.0, "syria": 4.0, "myanmar": 4.0, "karabakh-2020": 4.0}


@cache
def gazetteer(theatre: str) -> SqliteGazetteer:
    return SqliteGazetteer(THEATRES / theatre / "gazetteer.sqlite")


# --- Ukraine: id, then the spellings whose first place it must be ---------------------------------------------------

UKRAINE = {
    "gn:704422": "Pokrovsk|Pokrovs'k|Покровськ|Покровск|Покровську|Покровська|Покровске|Покровском|Krasnoarmeysk|"
    "Krasnoarmeisk|Krasnoarmiisk|Красноармейск|Красноармейском|Красноармейска|Красноармійськ",
    "gn:710035": "Myrnohrad|Mirnograd|Myrnograd|Мирноград|Мирнограді|Мирнограде|Dimitrov|Dymytrov|Димитров|Димитрова|"
    "Димитрове",
    "gn:703656": "Kupiansk|Kupyansk|Куп'янськ|Куп’янська|Купянск|Купянске|Купянска",
    "gn:705104": "Kostiantynivka|Kostyantynivka|Konstantinovka|Kostantinovka|Костянтинівка|Костянтинівці|"
    "Константиновку",
    "gn:713122": "Avdiivka|Avdiyivka|Avdeevka|Avdeyevka|Авдіївка|Авдіївки|Авдеевку",
    "gn:709900": "Dobropillia|Dobropillya|Dobropilya|Dobropolye|Добропілля|Добропіллі|Доброполья",
    "gn:690237": "Velyka Novosilka|Velikaya Novoselka|Великої Новосілки|Великая Новосёлка|Великую Новоселку",
    "gn:710915": "Chasiv Yar|Chasov Yar|Часів Яр|Часового Яру|Часового Яра|Часова Яра|Часов Яр",
    "gn:707898": "Huliaipole|Gulyaipole|Gulyaypole|Hulyaipole|Гуляйполе|Гуляйполя|Гуляйполем",
    "gn:689304": "Vovchansk|Volchansk|Вовчанськ|Вовчанську|Волчанск|Волчанска",
    "gn:708060": "Hryshyne|Grishino|Гришине|Гришиного|Гришино",
    "gn:699609": "Novoekonomichne|Novoekonomicheskoye|Новоекономічне|Новоекономічного|Новоэкономическом",
    "gn:713174": "Bakhmut|Artyomovsk|Artemivsk|Бахмут|Бахмута|Бахмуті|Артёмовск|Артемовска",
    "gn:709354": "Toretsk|Dzerzhinsk|Торецьк|Торецьку|Торецк|Дзержинск|Дзержинска",
    "gn:694677": "Selydove|Selidovo|Селидове|Селидового|Селидово",
    "gn:695357": "Kurakhove|Kurakhovo|Курахове|Курахового|Курахово",
    "gn:699557": "Novohrodivka|Novogrodovka|Новогродівка|Новогродівки|Новогродовку",
    "gn:704204": "Lyman|Liman|Krasny Liman|Krasnyi Lyman|Лиман|Лимана|Лимані|Красный Лиман|Красного Лимана",
    "gn:690823": "Vuhledar|Ugledar|Вугледар|Угледара",
    "gn:693468": "Sloviansk|Slavyansk|Слов'янськ|Слов’янська|Славянск|Славянске",
    "gn:691999": "Siverskodonetsk|Sievierodonetsk|Severodonetsk|Северодонецк|Сєвєродонецьк|Сіверськодонецька",
    "gn:702972": "Lysychansk|Lisichansk|Лисичанськ|Лисичанска",
    "gn:694403": "Siversk|Seversk|Сіверськ|Северска",
    "gn:695581": "Rodynske|Rodinskoye|Родинське|Родинського|Родинского",
    "gn:9112127": "Kotlyne|Kotlino|Котлине|Котлиного",
    "gn:686865": "Zolotyi Kolodiaz|Золотий Колодязь|Золотого Колодязя",
    "gn:9112915": "Nevelske|Невельське|Невельського",
    "gn:708395": "Hirnyk|Гірник",
    "gn:703448": "Kyiv|Kiev|Київ|Києва|Києві|Киев|Киева",
    "gn:706483": "Kharkiv|Kharkov|Харків|Харкова|Харькове|Харьков",
    "gn:698740": "Odesa|Odessa|Одеса|Одессу",
    "gn:709930": "Dnipro|Dnepropetrovsk|Дніпро|Дніпра|Днепр",
    "gn:687700": "Zaporizhzhia|Zaporizhia|Zaporozhye|Запоріжжя|Запоріжжі|Запорожье",
    "gn:709717": "Donetsk|Донецьк|Донецьку|Донецке",
    "gn:692194": "Sumy|Суми|Сум|Сумах|Сумы",
    "gn:695594": "Rivne|Rovno|Рівне|Рівного",
    "gn:486816": "Sudzha|Суджа|Суджу|Суджі",
    "gn:538560": "Kursk|Курск|Курска",
    "gn:578072": "Belgorod|Белгород|Белгорода",
    "katottg:UA14000000000091971": "Donetsk Oblast|Donetsk region|Donetsk oblast|Donetska oblast|Донецька область|"
    "Донецької області|Донецкая область|Донецкой области|Донеччини",
    "katottg:UA14160000000061982": "Pokrovsk Raion|Pokrovsk district|Pokrovskyi raion|Покровський район|"
    "Покровського району",
    "katottg:UA01000000000013043": "Crimea|Крим|Криму|Крыма",
    "adm1:RU.41": "Kursk Oblast|Kursk region|Курская область|Курской области",
    "adm1:RU.09": "Belgorod region|Белгородской области",
}

# --- elsewhere: theatre, English name, spellings --------------------------------------------------------------------

WORLD = {
    ("sudan", "El Fasher"): "El Fasher|Al-Fashir|Al Fashir|El-Fasher|Эль-Фашер|الفاشر",
    ("sudan", "Bara"): "Bara|Bārah",
    ("sudan", "Babanusa"): "Babanusa|Babnousa|Babanusah",
    ("sudan", "Khartoum North"): "Bahri|Khartoum North",
    ("sudan", "Khartoum"): "Khartoum|Хартум",
    ("sudan", "Omdurman"): "Omdurman",
    ("sudan", "El Obeid"): "El Obeid|Al-Obeid|El-Obeid",
    ("sudan", "El Geneina"): "El Geneina|Geneina",
    ("sudan", "Kazgeil"): "Kazgeil|Kazqeil",
    ("sudan", "North Darfur State"): "North Darfur|North Darfur State|Северный Дарфур",
    ("sudan", "North Kordofan State"): "North Kordofan",
    ("congo", "Goma"): "Goma|Гома",
    ("congo", "Bukavu"): "Bukavu",
    ("congo", "Sake"): "Sake",
    ("congo", "Kavumu"): "Kavumu",
    ("congo", "Masisi"): "Masisi",
    ("congo", "Walikale"): "Walikale",
    ("congo", "Uvira"): "Uvira",
    ("congo", "North Kivu Province"): "North Kivu|Nord-Kivu|North Kivu province",
    ("congo", "South Kivu Province"): "South Kivu",
    ("syria", "Aleppo"): "Aleppo|Алеппо",
    ("syria", "Hama"): "Hama|Ḩamāh",
    ("syria", "Homs"): "Homs|Хомса",
    ("syria", "Daraa"): "Daraa|Deraa",
    ("syria", "Idlib"): "Idlib",
    ("syria", "Saraqib"): "Saraqib",
    ("syria", "Deir ez-Zor"): "Deir ez-Zor|Deir al-Zor",
    ("syria", "Aleppo Governorate"): "Aleppo province|Aleppo Governorate",
    ("myanmar", "Lashio"): "Lashio",
    ("myanmar", "Laukkaing"): "Laukkaing|Laukkai",
    ("myanmar", "Myawaddy"): "Myawaddy|Myawadi",
    ("myanmar", "Hsipaw"): "Hsipaw|Thibaw",
    ("myanmar", "Falam"): "Falam",
    ("myanmar", "Maungdaw"): "Maungdaw",
    ("myanmar", "Shan State"): "Shan State",
    ("karabakh-2020", "Shusha"): "Shusha|Shushi|Шуша|Шуши",
    ("karabakh-2020", "Khankendi"): "Stepanakert|Khankendi|Xankəndi|Степанакерт|Степанакерта",
    ("karabakh-2020", "Fuzuli"): "Fuzuli|Füzuli|Физули",
    ("karabakh-2020", "Hadrut"): "Hadrut|Гадрут",
    ("karabakh-2020", "Lachin"): "Lachin|Laçın|Berdzor",
}


@pytest.mark.parametrize(
    ("place_id", "name"), [(place_id, name) for place_id, names in UKRAINE.items() for name in names.split("|")]
)
def test_a_ukrainian_name_leads_first_to_its_place(place_id: str, name: str) -> None:
    found = gazetteer("ukraine").lookup(name)
    assert found is not None
    assert found.places[0].id == place_id


@pytest.mark.parametrize(
    ("theatre", "english", "name"),
    [(*key, name) for key, names in WORLD.items() for name in names.split("|")],
)
def test_a_name_elsewhere_leads_first_to_its_place(theatre: str, english: str, name: str) -> None:
    found = gazetteer(theatre).lookup(name)
    assert found is not None
    assert found.places[0].name == english


@pytest.mark.parametrize("place_id", [place_id for place_id in UKRAINE if ":RU" not in place_id])
def test_the_current_english_name_is_the_first_spelling_listed(place_id: str) -> None:
    place = gazetteer("ukraine").place(place_id)
    assert place is not None
    assert place.name == UKRAINE[place_id].split("|")[0]
    assert place.name in place.names


# --- namesakes ------------------------------------------------------------------------------------------------------


def test_many_places_are_called_shevchenko_and_each_has_its_district() -> None:
    found = gazetteer("ukraine").lookup("Shevchenko")
    assert found is not None
    donetsk = [place for place in found.places if place.region == "Donetsk Oblast" and place.name == "Shevchenko"]
    assert {"gn:694167", "gn:707625", "gn:694171"} <= {place.id for place in donetsk}
    assert all(place.district for place in donetsk)


def test_the_town_and_the_village_dobropillia_are_two_places_of_one_district() -> None:
    found = gazetteer("ukraine").lookup("Добропілля")
    assert found is not None
    here = [place for place in found.places if place.district == "Pokrovsk Raion"]
    assert [(place.id, place.population) for place in here] == [("gn:709900", 28170), ("gn:709901", 1084)]


def test_rivne_is_the_city_first_and_many_villages() -> None:
    found = gazetteer("ukraine").lookup("Rivne")
    assert found is not None
    assert found.places[0].population == 243873
    assert any(place.region == "Donetsk Oblast" for place in found.places[1:])


def test_a_district_of_a_town_is_no_settlement() -> None:
    place = gazetteer("ukraine").place("gn:13561779")
    assert place is not None
    assert place.kind is PlaceKind.DISTRICT


def test_a_mere_spelling_of_a_larger_town_is_no_candidate_for_anothers_own_name() -> None:
    found = gazetteer("ukraine").lookup("Гришино")
    assert found is not None
    ids = [place.id for place in found.places]
    assert "gn:708060" in ids
    assert "gn:704422" not in ids  # Pokrovsk was Grishino before 1938


def test_areas_are_reached_by_their_own_names_only() -> None:
    found = gazetteer("ukraine").lookup("Donetsk")
    assert found is not None
    assert all(place.kind is PlaceKind.SETTLEMENT for place in found.places)


# --- how a name was found -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "match"), [("Pokrovsk", "exact"), ("Покровськ", "exact"), ("Покровську", "stem"), ("Покровске", "stem")]
)
def test_the_match_says_how_the_name_led_there(name: str, match: str) -> None:
    found = gazetteer("ukraine").lookup(name)
    assert found is not None
    assert (found.name, found.match) == (name, match)


@pytest.mark.parametrize("name", ["", "  ", "'", "Qwertyuiop", "Zzzz", "Ъ", "Путину", "Они"])
def test_what_is_no_place_leads_nowhere(name: str) -> None:
    assert gazetteer("ukraine").lookup(name) is None


def test_latin_names_have_no_cases() -> None:
    assert gazetteer("ukraine").lookup("Pokrovskoms") is None


def test_similar_names_put_the_likeliest_first() -> None:
    assert gazetteer("ukraine").similar("Pokrovks")[0].name == "Pokrovsk"
    assert gazetteer("ukraine").similar("Kostyantinvka")[0].name == "Kostiantynivka"
    assert len(gazetteer("ukraine").similar("Pokrovks", limit=2)) == 2
    assert gazetteer("ukraine").similar("Qqqqqqqqqqqq") == []


# --- the files ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("theatre", SIZES)
def test_each_file_is_compact_and_says_its_sources_and_licences(theatre: str) -> None:
    assert gazetteer(theatre).path.stat().st_size < SIZES[theatre] * 1e6
    meta = gazetteer(theatre).meta
    assert "GeoNames" in meta["sources"]
    assert "CC BY 4.0" in meta["licences"]


@pytest.mark.parametrize("theatre", SIZES)
def test_every_place_has_a_source_a_name_and_both_coordinates_or_none(theatre: str) -> None:
    with sqlite3.connect(gazetteer(theatre).path) as connection:
        rows = connection.execute(
            "SELECT id FROM places WHERE source = '' OR (lat IS NULL) <> (lon IS NULL) OR (lat = 0 AND lon = 0)"
            " OR lat NOT BETWEEN -90 AND 90 OR population = 0 OR row NOT IN (SELECT place FROM names)"
        ).fetchall()
    assert rows == []


@pytest.mark.parametrize("theatre", SIZES)
def test_the_keys_in_the_file_are_those_of_todays_code(theatre: str) -> None:
    from whoholds.stages import toponyms

    with sqlite3.connect(gazetteer(theatre).path) as connection:
        rows = connection.execute("SELECT key, name FROM names WHERE rowid % 17 = 1").fetchall()
    assert [(key, name) for key, name in rows if toponyms.key(name) != key] == []


def test_the_file_cannot_be_written_through_the_gazetteer(tmp_path: Path) -> None:
    connection = gazetteer("sudan")._connection
    with pytest.raises(sqlite3.OperationalError):
        connection.execute("DELETE FROM places")


def test_a_pickled_gazetteer_opens_its_own_file() -> None:
    copy = pickle.loads(pickle.dumps(gazetteer("ukraine")))
    found = copy.lookup("Pokrovsk")
    assert found is not None
    assert found.places == gazetteer("ukraine").lookup("Pokrovsk").places  # type: ignore[union-attr]


def test_an_absent_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(TheatreInvalid, match="build_gazetteer"):
        SqliteGazetteer(tmp_path / "gazetteer.sqlite").lookup("Kyiv")


def test_an_unknown_id_is_none() -> None:
    assert gazetteer("ukraine").place("gn:1") is None
