"""Sentences that a first reader of Whoholds wrote and saw turned round: each must keep its side and its stance."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from whoholds.gazetteer.sqlite import SqliteGazetteer
from whoholds.records import Claim, ClaimKind, Document, Relation, Stance
from whoholds.records.identity import content_hash, document_id
from whoholds.taggers.rules import RulesTagger
from whoholds.theatres import FolderTheatres

Said = tuple[str, Relation, str | None, Stance, str | None]


@cache
def tagger() -> RulesTagger:
    theatres = FolderTheatres().load(("ukraine", "sudan"))
    return RulesTagger(theatres, {t.id: SqliteGazetteer(Path(t.path) / "gazetteer.sqlite") for t in theatres})


def claims(text: str, lang: str = "en") -> list[Claim]:
    document = Document(
        id=document_id("report", None, text), name="report", text=text, content_hash=content_hash(text),
        outlet="x.example", published="2025-12-10", lang=lang,
    )  # fmt: skip
    return list(tagger().understand(document).claims)


def said(text: str, lang: str = "en") -> set[Said]:
    found = (c for c in claims(text, lang) if c.kind is ClaimKind.CONTROL and c.relation)
    return {
        (c.speaker.name, c.relation, c.actor, c.stance, c.place.name if c.place else None) for c in found if c.relation
    }


def test_no_evidence_is_no_capture() -> None:
    for text in (
        "ISW said it had seen no evidence that Russian forces had seized Huliaipole.",
        "ISW has not observed evidence that Russian forces seized Huliaipole.",
    ):
        assert {(stance, actor) for _, _, actor, stance, _ in said(text)} == {(Stance.UNSURE, "RU")}


@pytest.mark.parametrize(
    "text",
    [
        "Ukrainian forces hold Kurakhove. Zelensky said 60 Ukrainian soldiers had been captured.",
        "Ukrainian forces hold Kurakhove. Russia captured dozens of soldiers, Zelensky said.",
    ],
)
def test_captured_people_are_no_captured_place(text: str) -> None:
    assert {relation for _, relation, _, _, _ in said(text)} == {Relation.HOLDS}


def test_it_is_who_speaks_last() -> None:
    text = "DeepState said Russia had captured Siversk, but Ukraine's military said it still held the town."
    assert said(text) == {
        ("DeepState", Relation.CAPTURED, "RU", Stance.ASSERTS, "Siversk"),
        ("Ukrainian military", Relation.HOLDS, "UA", Stance.ASSERTS, "Siversk"),
    }


def test_a_claim_called_false_by_another_keeps_both_voices() -> None:
    assert said("Russia's claim that it took Pokrovsk is false, Zelensky said.") == {
        ("Russia", Relation.CAPTURED, "RU", Stance.ASSERTS, "Pokrovsk"),
        ("Volodymyr Zelensky", Relation.CAPTURED, "RU", Stance.DENIES, "Pokrovsk"),
    }


@pytest.mark.parametrize(
    ("lang", "text", "place"),
    [
        ("uk", "Міноборони РФ заявило про захоплення Сіверська, але в ЗСУ це заперечують.", "Siversk"),
        (
            "ru",
            "Российские войска взяли под контроль Лиман, сообщило Минобороны РФ. В Генштабе ВСУ это опровергли.",
            "Lyman",
        ),
    ],
)
def test_what_is_denied_may_stand_before_the_cue(lang: str, text: str, place: str) -> None:
    stands = {(c.speaker.side, c.stance) for c in claims(text, lang) if c.relation is Relation.CAPTURED}
    assert stands == {("RU", Stance.ASSERTS), ("UA", Stance.DENIES)}
    assert {c.actor for c in claims(text, lang) if c.relation} == {"RU"}
    assert {c.place.name for c in claims(text, lang) if c.place} == {place}


def test_the_dead_are_not_of_the_side_that_struck() -> None:
    text = "Three people were killed and seven wounded in a Russian strike on Kherson, the governor said."
    assert [c.quantity.side for c in claims(text) if c.quantity] == [None, None]


def test_losses_are_no_strength() -> None:
    text = "Ukraine lost up to 215 troops near Pokrovsk, the Russian Defense Ministry said."
    (figure,) = [c.quantity for c in claims(text) if c.quantity]
    assert (figure.kind, figure.low, figure.high, figure.side) == ("casualties", None, 215, "UA")


def test_a_part_stays_in_its_clause() -> None:
    text = "Ukrainian troops liberated Dobropillia's outskirts, while Russian forces occupied Rodynske."
    parts = {c.place.name: c.place.part for c in claims(text) if c.place and c.relation}
    assert parts == {"Dobropillia": "outskirts", "Rodynske": None}


def test_a_unit_named_with_its_town_leaves_the_town() -> None:
    text = (
        "The RSF said on Sunday they had seized the headquarters of the army's 6th Infantry Division in El Fasher. "
        "Army chief Abdel Fattah al-Burhan admitted that his troops had withdrawn from the city."
    )
    assert {(relation, actor, place) for _, relation, actor, _, place in said(text)} == {
        (Relation.CAPTURED, "RSF", "El Fasher"),
        (Relation.WITHDREW, "SD", "El Fasher"),
    }


def test_who_denies_something_of_them_denies_it_of_others() -> None:
    text = "Russian troops entered Siversk. Ukraine's General Staff disputed that they control the town."
    assert ("General Staff of Ukraine", Relation.HOLDS, "RU", Stance.DENIES, "Siversk") in said(text)


def test_a_subset_of_the_dead_is_dead() -> None:
    for text in (
        "At least 826 people, including 111 civilians, have been killed in Pokrovsk.",
        "The fighting in Pokrovsk has killed at least 826 people, including 111 civilians.",
    ):
        assert [(q.kind, q.low, q.side) for c in claims(text) if (q := c.quantity)] == [
            ("killed", 826, None),
            ("killed", 111, None),
        ]


def test_what_was_assumed_is_said_so() -> None:
    rules = [c.rule for c in claims("The capture of Siversk was announced on Monday.") if c.relation]
    assert rules == ["capture-noun+assumed-side"]


def test_each_side_controls_its_own_part() -> None:
    text = (
        "За даними Генштабу ЗСУ, російські війська контролюють східну частину Сіверська, "
        "а Сили оборони утримують центр."
    )
    parts = {(c.actor, c.place.part) for c in claims(text, "uk") if c.place and c.relation}
    assert parts == {("RU", "east"), ("UA", "centre")}


def test_a_verdict_before_the_speaker_denies() -> None:
    text = "It was equally false, the General Staff of Ukraine said, that Russia controlled 70% of Pokrovsk."
    assert {(side, stance) for side, _, _, stance, _ in said(text)} == {("General Staff of Ukraine", Stance.DENIES)}
