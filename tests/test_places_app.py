"""Which place a user means: namesakes are decided by hints, population or the front, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import whoholds
from whoholds.app.places import find_place
from whoholds.errors import AmbiguousPlace, NotFound, UnknownPlace, UsageError
from whoholds.gazetteer import SqliteGazetteer
from whoholds.ports import Gazetteer
from whoholds.records import Place, PlaceKind, PlaceName, Theatre

THEATRES = Path(whoholds.__file__).parent / "data" / "theatres"


@dataclass
class FakeWorkspace:
    theatres: Sequence[Theatre]
    gazetteers: dict[str, Gazetteer] = field(default_factory=dict)


class FakeGazetteer:
    """Places by exact name."""

    def __init__(self, *places: Place) -> None:
        self.places = places

    def lookup(self, name: str) -> PlaceName | None:
        found = tuple(place for place in self.places if place.name == name)
        return PlaceName(name=name, match="exact", places=found) if found else None

    def place(self, place_id: str) -> Place | None:
        return next((place for place in self.places if place.id == place_id), None)

    def similar(self, name: str, limit: int = 5) -> Sequence[Place]:
        return [place for place in self.places if place.name[:3] == name[:3]][:limit]


def theatre(name: str, **more: object) -> Theatre:
    return Theatre(
        id=name, title=name, countries=("UA",), languages=("en",), start="2025-01-01", end=None, horizon_days=90,
        sides=(), actors=(), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def place(number: int, population: int | None, lat: float | None, lon: float | None, **more: object) -> Place:
    values: dict[str, object] = {"name": "Mala", "kind": PlaceKind.SETTLEMENT, "country": "UA", **more}
    return Place(id=f"gn:{number}", population=population, lat=lat, lon=lon, **values)  # type: ignore[arg-type]


def workspace(*places: Place, **more: object) -> FakeWorkspace:
    return FakeWorkspace([theatre("t", **more)], {"t": FakeGazetteer(*places)})


@pytest.fixture(scope="module")
def real() -> FakeWorkspace:
    names = ["ukraine", "sudan", "congo", "syria", "myanmar", "karabakh-2020"]
    theatres = [theatre(name, focus=(34.0, 45.8, 40.3, 52.3) if name == "ukraine" else None) for name in names]
    return FakeWorkspace(theatres, {name: SqliteGazetteer(THEATRES / name / "gazetteer.sqlite") for name in names})


@pytest.mark.parametrize(
    ("name", "place_id", "in_theatre"),
    [
        ("Pokrovsk", "gn:704422", "ukraine"),
        ("Красноармейске", "gn:704422", "ukraine"),
        ("Dobropillia", "gn:709900", "ukraine"),
        ("Kostiantynivka", "gn:705104", "ukraine"),
        ("Rivne", "gn:695594", "ukraine"),
        ("Lyman", "gn:704204", "ukraine"),
        ("gn:694167", "gn:694167", "ukraine"),
        ("Shevchenko, Dobropillia", None, None),
        ("El Fasher", "gn:379555", "sudan"),
        ("Goma", "gn:216281", "congo"),
        ("Aleppo", "gn:170063", "syria"),
        ("Lashio", "gn:1314759", "myanmar"),
        ("Shushi", "gn:147105", "karabakh-2020"),
    ],
)
def test_names_that_news_readers_know_are_found_at_once(
    real: FakeWorkspace, name: str, place_id: str | None, in_theatre: str | None
) -> None:
    if place_id is None:
        with pytest.raises(UnknownPlace):
            find_place(real, name)
        return
    choice = find_place(real, name)
    assert (choice.place.id, choice.theatre.id) == (place_id, in_theatre)
    assert choice.place in choice.candidates
    assert choice.reason


def test_shevchenko_alone_is_not_guessed_and_each_candidate_can_be_given(real: FakeWorkspace) -> None:
    with pytest.raises(AmbiguousPlace, match=r"Pokrovsk Raion, Donetsk Oblast, UA \(gn:694167\)") as caught:
        find_place(real, "Shevchenko")
    assert caught.value.exit_status == 2
    assert "more" in str(caught.value)


def test_near_decides_between_namesakes(real: FakeWorkspace) -> None:
    near_pokrovsk = find_place(real, "Shevchenko", near="Pokrovsk")
    assert near_pokrovsk.place.id == "gn:694167"
    assert "nearest to Pokrovsk" in near_pokrovsk.reason
    assert find_place(real, "Shevchenko", near="48.38, 37.11").place.id == "gn:707625"


def test_near_that_names_no_place_is_an_error(real: FakeWorkspace) -> None:
    with pytest.raises(UnknownPlace):
        find_place(real, "Shevchenko", near="Qwertyuiopasd")


def test_a_district_after_the_comma_decides(real: FakeWorkspace) -> None:
    assert find_place(real, "Rivne, Pokrovsk Raion").place.region == "Donetsk Oblast"
    assert find_place(real, "Rivne, Pokrovsk district").place.region == "Donetsk Oblast"


def test_a_region_after_the_comma_that_has_none_is_unknown(real: FakeWorkspace) -> None:
    with pytest.raises(UnknownPlace):
        find_place(real, "Pokrovsk, Lviv Oblast")


def test_an_unknown_name_suggests_similar_ones(real: FakeWorkspace) -> None:
    with pytest.raises(UnknownPlace, match=r"did you mean .*Pokrovsk") as caught:
        find_place(real, "Pokrovks")
    assert caught.value.exit_status == 2


def test_a_region_is_found_by_its_full_name(real: FakeWorkspace) -> None:
    assert find_place(real, "Donetsk region").place.kind is PlaceKind.REGION


def test_a_theatre_limits_the_search(real: FakeWorkspace) -> None:
    with pytest.raises(UnknownPlace):
        find_place(real, "Goma", theatre="sudan")
    with pytest.raises(NotFound, match="use one of: ukraine"):
        find_place(real, "Goma", theatre="gaul")


def test_an_unknown_id_is_unknown(real: FakeWorkspace) -> None:
    with pytest.raises(UnknownPlace, match="gn:1"):
        find_place(real, "gn:1")


# --- the rules, one at a time ---------------------------------------------------------------------------------------


def test_a_dominant_town_is_chosen() -> None:
    choice = find_place(workspace(place(1, 6_000, 48, 37), place(2, 1_100, 49, 30)), "Mala")
    assert choice.place.id == "gn:1"
    assert "most populous" in choice.reason


def test_a_village_never_dominates() -> None:
    with pytest.raises(AmbiguousPlace):
        find_place(workspace(place(1, 4_000, 48, 37), place(2, 10, 49, 30)), "Mala")


def test_the_only_populous_one_in_the_focus_is_chosen() -> None:
    places = (place(1, 900, 48, 37), place(2, 800, 49, 30), place(3, None, 48.1, 37.1))
    choice = find_place(workspace(*places, focus=(36.0, 47.0, 38.0, 49.0)), "Mala")
    assert choice.place.id == "gn:1"
    assert "front" in choice.reason


def test_two_populous_ones_in_the_focus_are_ambiguous() -> None:
    places = (place(1, 900, 48, 37), place(2, 800, 48.5, 37.5))
    with pytest.raises(AmbiguousPlace):
        find_place(workspace(*places, focus=(36.0, 47.0, 38.0, 49.0)), "Mala")


def test_places_without_coordinates_are_not_near_anything() -> None:
    with pytest.raises(AmbiguousPlace):
        find_place(workspace(place(1, None, None, None), place(2, None, None, None)), "Mala", near="48,37")


def test_two_about_equally_near_are_ambiguous() -> None:
    with pytest.raises(AmbiguousPlace):
        find_place(workspace(place(1, None, 48.1, 37), place(2, None, 47.9, 37)), "Mala", near="48,37")


def test_near_needs_a_place_with_coordinates() -> None:
    unplaced = place(3, None, None, None, name="Nova")
    with pytest.raises(UsageError, match="no coordinates"):
        find_place(workspace(place(1, None, 48.1, 37), place(2, None, 47.9, 37), unplaced), "Mala", near="Nova")


def test_a_renamed_place_goes_before_namesakes() -> None:
    places = (place(1, 60_000, 48, 37), place(2, None, 50, 30, name="Staro"))
    choice = find_place(workspace(*places, renamed={"Staro": "gn:1"}), "staro")
    assert choice.place.id == "gn:1"


def test_a_place_that_two_theatres_share_is_one() -> None:
    both = [theatre("one"), theatre("two")]
    shared = place(1, None, 48, 37)
    choice = find_place(FakeWorkspace(both, {"one": FakeGazetteer(shared), "two": FakeGazetteer(shared)}), "Mala")
    assert choice.theatre.id == "one"


def test_a_settlement_goes_before_an_area_of_its_name() -> None:
    area = place(2, None, 48, 37, kind=PlaceKind.DISTRICT)
    assert find_place(workspace(place(1, None, 48, 37), area), "Mala").place.id == "gn:1"
