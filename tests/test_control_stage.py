"""Control predicates in one sentence: relation, place, part, side and stance, and sentences that say nothing of it."""

from __future__ import annotations

import pytest

from invented_theatre import findings, topic
from whoholds.records import Relation, Stance
from whoholds.stages.actors import ActorMention
from whoholds.stages.control import ControlFinding

R = Relation


def read(text: str, lang: str = "en") -> list[tuple[str, str, str | None]]:
    """Return relation, place and side of what is found."""
    return [(f.relation.value, _place(f), _side(f)) for f in findings(text, lang)]


def _place(f: ControlFinding) -> str:
    assert f.place.chosen is not None
    return f.place.chosen.name


def _side(f: ControlFinding) -> str | None:
    if isinstance(f.actor, ActorMention):
        return f.actor.side or f.actor.kind.value
    return f.actor


@pytest.mark.parametrize(
    ("text", "relation", "side"),
    [
        ("Norish troops captured Brenholt.", R.CAPTURED, "NOR"),
        ("Brenholt was captured by Norish troops.", R.CAPTURED, "NOR"),
        ("Brenholt fell to the rebels.", R.CAPTURED, "NOR"),
        ("The rebels took full control of Brenholt.", R.CAPTURED, "NOR"),
        ("The capture of Brenholt by Norish troops was swift.", R.CAPTURED, "NOR"),
        ("Norish troops hoisted a flag over Brenholt.", R.CAPTURED, "NOR"),
        ("The army recaptured Brenholt.", R.CAPTURED, "SUN"),
        ("The army lost Brenholt.", R.CAPTURED, "NOR"),
        ("The rebels control Brenholt.", R.HOLDS, "NOR"),
        ("Brenholt is under Sundran control.", R.HOLDS, "SUN"),
        ("Brenholt is in rebel hands.", R.HOLDS, "NOR"),
        ("Brenholt is fully controlled by Sundran forces.", R.HOLDS, "SUN"),
        ("The army still holds Brenholt.", R.HOLDS, "SUN"),
        ("The convoy went to rebel-held Brenholt.", R.HOLDS, "NOR"),
        ("Rebel fighters entered Brenholt.", R.ENTERED, "NOR"),
        ("Rebel fighters pushed into Brenholt.", R.ENTERED, "NOR"),
        ("Rebel fighters advanced towards Brenholt.", R.ADVANCES, "NOR"),
        ("The army launched an assault on Brenholt.", R.ADVANCES, "SUN"),
        ("The rebels encircled Brenholt.", R.ENCIRCLES, "NOR"),
        ("The rebels cut off Brenholt.", R.ENCIRCLES, "NOR"),
        ("Brenholt is almost encircled by the rebels.", R.NEAR_ENCIRCLES, "NOR"),
        ("The rebels are trying to encircle Brenholt.", R.NEAR_ENCIRCLES, "NOR"),
        ("The rebels are about to capture Brenholt.", R.NEAR_CAPTURE, "NOR"),
        ("The army withdrew from Brenholt.", R.WITHDREW, "SUN"),
        ("The army pulled out of Brenholt.", R.WITHDREW, "SUN"),
        ("The army repelled the rebels near Brenholt.", R.REPELLED, "NOR"),
    ],
)
def test_relation_and_side(text: str, relation: Relation, side: str) -> None:
    assert read(text) == [(relation.value, "Brenholt", side)]


@pytest.mark.parametrize(
    "text",
    [
        "Fighting continued in Brenholt.",
        "Most of Brenholt remains a grey zone.",
        "Neither side controls Brenholt.",
        "The battle for Brenholt has not ended.",
    ],
)
def test_contested_is_nobodys(text: str) -> None:
    [found] = findings(text)
    assert (found.relation, _place(found)) == (R.CONTESTED, "Brenholt")


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The rebels captured Brenholt.", Stance.ASSERTS),
        ("The rebels did not capture Brenholt.", Stance.DENIES),
        ("The rebels have never captured Brenholt.", Stance.DENIES),
        ("The rebels failed to capture Brenholt.", Stance.DENIES),
        ("The rebels failed to take Brenholt.", Stance.DENIES),
        ("The rebels have yet to capture Brenholt.", Stance.DENIES),
        ("No rebel fighters entered Brenholt.", Stance.DENIES),
        ("The rebels have not been able to enter Brenholt.", Stance.DENIES),
        ("The report that the rebels captured Brenholt was false.", Stance.DENIES),
        ("The rebels reportedly captured Brenholt.", Stance.UNSURE),
        ("The rebels may have captured Brenholt.", Stance.UNSURE),
        ("The rebels appear to have captured Brenholt.", Stance.UNSURE),
        ("If the rebels captured Brenholt, the road is open.", Stance.UNSURE),
        ("If Brenholt falls, the road is open.", Stance.UNSURE),
        ("The rebels plan to capture Brenholt.", Stance.UNSURE),
        ("The rebels will capture Brenholt.", Stance.UNSURE),
    ],
)
def test_stance(text: str, stance: Stance) -> None:
    assert [(f.stance, _place(f)) for f in findings(text)] == [(stance, "Brenholt")]


def test_if_it_falls_is_an_unsure_capture() -> None:
    [found] = findings("If Brenholt falls, the road is open.")
    assert (found.relation, found.stance) == (R.CAPTURED, Stance.UNSURE)


def test_on_the_verge_is_no_capture() -> None:
    [found] = findings("Brenholt is on the verge of falling to the rebels.")
    assert (found.relation, found.stance) == (R.NEAR_CAPTURE, Stance.UNSURE)


@pytest.mark.parametrize(
    "text",
    [
        "They came to seize Brenholt.",
        "The rebels massed troops to seize Brenholt.",
        "The rebels have fire control over Brenholt.",
        "The road to Brenholt is under rebel fire control.",
        "The governor came to Brenholt and spoke.",
        "It rained in Brenholt.",
        "The rebels captured a tank.",
        "The rebels captured the imagination of a generation.",
        "",
    ],
)
def test_what_says_nothing_of_who_took_or_holds_it(text: str) -> None:
    assert [f for f in findings(text) if f.relation in {R.CAPTURED, R.HOLDS, R.HOLDS_PART}] == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("The rebels captured Brenholt and Kestova.", ["Brenholt", "Kestova"]),
        ("The rebels captured Brenholt, Kestova and Tolvik.", ["Brenholt", "Kestova", "Tolvik"]),
        ("The rebels captured neither Brenholt nor Kestova.", ["Brenholt", "Kestova"]),
        ("Brenholt and Kestova were captured by the rebels.", ["Brenholt", "Kestova"]),
        ("The rebels captured Brenholt while the army left Kestova.", ["Brenholt", "Kestova"]),
    ],
)
def test_several_places(text: str, places: list[str]) -> None:
    assert [_place(f) for f in findings(text)] == places


def test_two_clauses_keep_their_own_sides() -> None:
    found = read("The rebels captured Brenholt, but the army recaptured Kestova.")
    assert found == [("captured", "Brenholt", "NOR"), ("captured", "Kestova", "SUN")]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("The rebels captured the northern part of Brenholt.", "north"),
        ("The rebels captured the south-eastern outskirts of Brenholt.", "southeast"),
        ("The rebels captured the centre of Brenholt.", "centre"),
        ("The rebels captured the railway station in Brenholt.", "station"),
        ("The rebels captured the airport of Brenholt.", "airport"),
        ("The rebels captured Brenholt.", None),
    ],
)
def test_parts(text: str, part: str | None) -> None:
    assert [(_place(f), f.part) for f in findings(text)] == [("Brenholt", part)]


@pytest.mark.parametrize(
    "text",
    [
        "The rebels hold the northern part of Brenholt.",
        "The rebels hold 70 percent of Brenholt.",
        "The rebels control about 70% of Brenholt.",
        "The rebels control most of Brenholt.",
        "Half of Brenholt is in rebel hands.",
    ],
)
def test_a_share_or_a_part_is_not_the_whole(text: str) -> None:
    found = findings(text)
    assert {(f.relation, _place(f), _side(f)) for f in found} == {(R.HOLDS_PART, "Brenholt", "NOR")}


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The enemy captured Brenholt.", "enemy"),
        ("Our troops captured Brenholt.", "ours"),
        ("We captured Brenholt.", "own"),
        ("They captured Brenholt.", "they"),
        ("Brenholt was captured.", None),
    ],
)
def test_who_is_relative_to_the_speaker_stays_so(text: str, actor: str | None) -> None:
    assert [(_place(f), _side(f)) for f in findings(text)] == [("Brenholt", actor)]


@pytest.mark.parametrize(
    "text",
    ["The rebels captured the town.", "The rebels withdrew from the town.", "The town fell to the rebels."],
)
def test_the_town_is_the_one_talked_about(text: str) -> None:
    assert findings(text) == []
    [found] = findings(text, about=topic("Kestova"))
    assert _place(found) == "Kestova"


def test_a_place_named_in_passing_is_not_taken() -> None:
    assert read("The rebels captured Brenholt, far from Tolvik.") == [("captured", "Brenholt", "NOR")]


def test_the_quote_holds_predicate_and_roles() -> None:
    text = "At dawn the rebels quietly captured Brenholt and slept."
    [found] = findings(text)
    assert text[found.start : found.end] == "the rebels quietly captured Brenholt"


def test_a_direction_is_not_the_town() -> None:
    [found] = findings("The rebels advanced in the Brenholt direction.")
    assert (found.relation, found.part) == (R.ADVANCES, "sector")


@pytest.mark.parametrize("text", ["The rebels captured Brenholt Street.", "The Brenholt Brigade captured nothing."])
def test_a_name_within_a_street_or_brigade_is_no_town(text: str) -> None:
    assert findings(text) == []


@pytest.mark.parametrize(
    ("lang", "text", "relation", "side", "stance"),
    [
        ("ru", "Норландские войска захватили Бренхольт.", R.CAPTURED, "NOR", Stance.ASSERTS),
        ("ru", "Сундранские войска оставили Бренхольт.", R.WITHDREW, "SUN", Stance.ASSERTS),
        ("ru", "Норландские войска не заняли Бренхольт.", R.CAPTURED, "NOR", Stance.DENIES),
        ("ru", "Норландские войска якобы заняли Бренхольт.", R.CAPTURED, "NOR", Stance.UNSURE),
        ("ru", "Противник вошёл в Бренхольт.", R.ENTERED, "enemy", Stance.ASSERTS),
        ("uk", "Норландські війська захопили Бренхольт.", R.CAPTURED, "NOR", Stance.ASSERTS),
        ("uk", "Сундранські війська покинули Бренхольт.", R.WITHDREW, "SUN", Stance.ASSERTS),
        ("uk", "Норландські війська не зайняли Бренхольт.", R.CAPTURED, "NOR", Stance.DENIES),
        ("uk", "Норландські війська нібито захопили Бренхольт.", R.CAPTURED, "NOR", Stance.UNSURE),
        ("uk", "Ворог увійшов у Бренхольт.", R.ENTERED, "enemy", Stance.ASSERTS),
    ],
)
def test_russian_and_ukrainian(lang: str, text: str, relation: Relation, side: str, stance: Stance) -> None:
    found = findings(text, lang)
    assert [(f.relation, _place(f), _side(f), f.stance) for f in found] == [(relation, "Brenholt", side, stance)]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ru", "У Бренхольт идут бои, а Кестова под контролем норландских войск.",
         [("contested", "Brenholt"), ("holds", "Kestova")]),
        ("uk", "У Бренхольт тривають бої, а Кестова під контролем норландських військ.",
         [("contested", "Brenholt"), ("holds", "Kestova")]),
        ("uk", "Бренхольт переходить із рук у руки, а в Кестова тихо.", [("contested", "Brenholt")]),
    ],
)  # fmt: skip
def test_a_place_of_the_same_clause_comes_first(lang: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(relation, place) for relation, place, _ in read(text, lang)] == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("uk", "Норландські війська взяли Бренхольт під вогневий контроль."),
        ("uk", "Дорога на Бренхольт під вогневим контролем норландських військ."),
        ("ru", "Норландские войска взяли под огневой контроль Бренхольт."),
        ("ru", "Норландские войска взяли Бренхольт под огневой контроль."),
        ("ru", "Дорога на Бренхольт под огневым контролем норландских войск."),
        ("uk", "Губернатор відкинув цю заяву про Бренхольт."),
        ("uk", "Норландські війська втратили 1500 вояків біля Бренхольт."),
    ],
)
def test_russian_and_ukrainian_words_that_say_nothing_of_control(lang: str, text: str) -> None:
    assert findings(text, lang) == []
