"""Word data: every entry of every language does what its own example says, when the stages run on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from invented_theatre import PLACES, THEATRE, InventedGazetteer, attributions, findings, topic
from whoholds.records import Place, PlaceKind, QuantityKind, Relation, Side, Stance
from whoholds.stages.actors import fold_apostrophes
from whoholds.stages.quantities import find_quantities
from whoholds.taggers.lexicons import LANGUAGES, load_lexicon, read_tables
from whoholds.taggers.rules import RulesTagger

KINDS = ("cues", "predicates", "modifiers", "counted", "counted_before", "bounds", "bounds_after", "parts")

#: The examples speak of "the army" and "the rebels", and of a few towns: sides of those names, and no more.
SIDES = (
    Side(
        code="REB",
        name="Rebels",
        nouns={
            "en": ("the rebels", "rebels", "Russia", "fighters", "the militia", "the group"),
            "ru": ("враг", "противник"),
            "uk": ("ворог",),
        },
        adjectives={"en": ("rebel", "Russian"), "ru": ("российский",), "uk": ("російський",)},
    ),
    Side(
        code="ARM",
        name="Army",
        nouns={
            "en": ("the army", "the government", "the defenders", "the troops", "the garrison"),
            "ru": ("войска", "силы обороны"),
            "uk": ("війська", "підрозділи", "сили оборони"),
        },
        adjectives={"en": ("Ukrainian", "government"), "ru": ("украинский",), "uk": ("український",)},
    ),
)
TOWNS = tuple(
    Place(id=f"x:{n}", name=n, kind=PlaceKind.SETTLEMENT, lat=1.0, lon=1.0, population=50_000, names=(n,))
    for n in ("Hirnyk", "Vovchansk", "Goma")
)
TAGGER = RulesTagger((replace(THEATRE, sides=SIDES, actors=()),), {THEATRE.id: InventedGazetteer((*PLACES, *TOWNS))})


def entries(*kinds: str) -> list[Any]:
    return list(_entries(*kinds))


def _entries(*kinds: str) -> Iterator[Any]:
    for lang in LANGUAGES:
        for kind in kinds:
            for pattern, entry in getattr(load_lexicon(lang), kind):
                name = getattr(entry, "id", "") or entry.part.replace(" ", "-")
                yield pytest.param(lang, pattern, entry, id=f"{lang}-{kind}-{name}")


def _forms(example: str) -> tuple[str, str]:
    """Return an example as it is, and with its opening lower, as the control stage reads it."""
    text = fold_apostrophes(example)
    return text, re.sub(r"^([“«\"]?)(\w)", lambda m: m[1] + m[2].lower(), text)


@pytest.mark.parametrize(("lang", "pattern", "entry"), entries(*KINDS))
def test_the_example_is_matched_by_its_entry(lang: str, pattern: re.Pattern[str], entry: Any) -> None:
    assert any(pattern.search(form) for form in _forms(entry.example)), entry.example


@pytest.mark.parametrize(("lang", "pattern", "entry"), entries("predicates"))
def test_a_predicate_wins_its_example(lang: str, pattern: re.Pattern[str], entry: Any) -> None:
    """The stage gives the relation of this entry and no other that matches as well."""
    found = [f for f in findings(entry.example, lang, tagger=TAGGER, about=topic()) if f.rule == entry.id]
    assert found, f"another entry, or none, reads {entry.example!r}"
    narrowed = {Relation.HOLDS: {Relation.HOLDS, Relation.HOLDS_PART}}.get(entry.relation, {entry.relation})
    assert {f.relation for f in found} <= narrowed


@pytest.mark.parametrize(("lang", "pattern", "entry"), entries("modifiers"))
def test_a_modifier_changes_what_is_found(lang: str, pattern: re.Pattern[str], entry: Any) -> None:
    stances = {f.stance for f in findings(entry.example, lang, tagger=TAGGER, about=topic())}
    assert stances == {entry.stance}


@pytest.mark.parametrize(("lang", "pattern", "entry"), entries("cues"))
def test_a_cue_attributes(lang: str, pattern: re.Pattern[str], entry: Any) -> None:
    text = fold_apostrophes(entry.example)
    found = [a for a in attributions(entry.example, lang) if pattern.match(text, a.cue.start)]
    assert found, entry.example
    assert {a.stance for a in found} == {entry.stance}
    assert all(a.source is not None and a.content.end > a.content.start for a in found)


@pytest.mark.parametrize(("lang", "pattern", "entry"), entries("counted", "counted_before"))
def test_what_is_counted_gives_kind_and_unit(lang: str, pattern: re.Pattern[str], entry: Any) -> None:
    found = find_quantities(fold_apostrophes(entry.example), load_lexicon(lang))
    wanted = {f.quantity.unit for f in found if f.quantity.kind is entry.kind}
    assert wanted, f"{entry.example!r} gives {[f.quantity for f in found]}"
    assert entry.unit == "noun" or entry.unit in wanted


@pytest.mark.parametrize(("lang", "pattern", "entry"), entries("parts"))
def test_the_first_part_that_matches_is_the_right_one(lang: str, pattern: re.Pattern[str], entry: Any) -> None:
    first = next(word.part for p, word in load_lexicon(lang).parts if p.search(entry.example))
    assert first == entry.part


@pytest.mark.parametrize("lang", LANGUAGES)
def test_ids_are_their_own(lang: str) -> None:
    for tables in read_tables(lang).values():
        for rows in tables.values():
            ids = [row["id"] for row in rows if isinstance(row, dict) and "id" in row] if isinstance(rows, list) else []
            assert len(ids) == len(set(ids)), sorted({i for i in ids if ids.count(i) > 1})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_scopes_bounds_and_roles_are_words_that_the_stages_know(lang: str) -> None:
    lexicon = load_lexicon(lang)
    assert {m.scope for _, m in lexicon.modifiers} <= {"before", "clause", "ahead"}
    assert {b.bound for _, b in (*lexicon.bounds, *lexicon.bounds_after)} <= {"low", "high", "approx"}
    assert {p for _, e in lexicon.predicates for p in e.place} <= {"after", "before", "near", "topic"}
    roles = {a.removeprefix("inverse:") for _, e in lexicon.predicates for a in e.actor}
    assert roles <= {"after", "before", "near", "by", "inside", "own", "own-or-near", "other"}
    assert {e.needs for _, e in lexicon.predicates if e.needs} <= set(lexicon.grammar.patterns)


def test_an_unknown_language_is_read_with_the_english_words() -> None:
    assert load_lexicon("xx") is not None
    assert load_lexicon("xx").lang == "en"


def test_a_pattern_that_a_language_lacks_matches_nothing() -> None:
    assert load_lexicon("uk").grammar.patterns["no-such-pattern"].search("anything at all") is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_relation_stance_and_usual_figure_has_words(lang: str) -> None:
    lexicon = load_lexicon(lang)
    spoken = {p.relation for _, p in lexicon.predicates}
    assert spoken >= {Relation.CAPTURED, Relation.HOLDS, Relation.ENTERED, Relation.CONTESTED, Relation.WITHDREW}
    assert {c.stance for _, c in lexicon.cues} >= set(Stance)
    counted = {c.kind for _, c in (*lexicon.counted, *lexicon.counted_before)}
    assert counted >= {QuantityKind.TROOPS, QuantityKind.KILLED, QuantityKind.CIVILIANS, QuantityKind.SHARE}
