"""One act of saying, however many reports relay it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_cases import statement
from whoholds.queries.document_groups import document_groups
from whoholds.queries.origins import count_origins, fold, origin_of, origins, text_groups
from whoholds.records import Document, QuantityKind, Relation, Stance, Statement, content_hash

NOBODY: Any = {"speaker": "a local official", "speaker_actor": None, "speaker_side": None, "speaker_role": None}
OWN: Any = {**NOBODY, "speaker": "Outlet", "own_voice": True, "chain": ("Outlet",)}


def sizes(*told: Statement, same: dict[str, str] | None = None) -> list[int]:
    return sorted((len(origin.claims) for origin in origins(told, same or {})), reverse=True)


def test_fold_ignores_case_accents_and_punctuation() -> None:
    assert fold("  Général O'Neil ") == fold("general o neil")


def test_relays_of_a_known_speaker_within_two_days_are_one_origin() -> None:
    told = [statement(f"c{day}", published=f"2024-05-{day}") for day in (10, 11, 12, 13)]
    found = origins(told, {})
    assert [origin.claims for origin in found] == [("c10", "c11", "c12"), ("c13",)]
    assert [(origin.kind, origin.first) for origin in found] == [("relay", "2024-05-10"), ("single", "2024-05-13")]


def test_an_unknown_speaker_must_speak_on_the_same_day() -> None:
    told = [statement(f"c{day}", published=f"2024-05-{day}", **NOBODY) for day in (10, 11)]
    assert sizes(*told) == [1, 1]
    assert sizes(told[0], replace(told[1], published="2024-05-10T23:00:00")) == [2]


def test_what_differs_makes_two_origins() -> None:
    first = statement("c1")
    others: list[dict[str, Any]] = [
        {"stance": Stance.DENIES},
        {"relation": Relation.CONTESTED, "actor": None},
        {"place_id": "p:2"},
        {"part": "north"},
        {"speaker_actor": "another"},
        {"actor": "B"},
    ]
    for changes in others:
        assert sizes(first, statement("c2", **changes)) == [1, 1], changes
    assert sizes(first, statement("c2", relation=Relation.HOLDS)) == [2]


def test_events_on_different_stated_days_are_two_origins() -> None:
    dated: Any = {"when_basis": "stated"}
    told = [
        statement("c1", when_start="2024-05-01", when_end="2024-05-01", **dated),
        statement("c2", when_start="2024-05-02", when_end="2024-05-02", **dated),
        statement("c3", when_start="2024-05-01", when_end="2024-05-01", published="2024-05-29", **dated),
    ]
    assert {origin.claims for origin in origins(told, {})} == {("c1", "c3"), ("c2",)}


def test_the_same_words_in_copies_are_one_origin_of_kind_copy() -> None:
    told = [statement("c1", **OWN), statement("c2", published="2024-05-20", **OWN)]
    assert sizes(*told) == [1, 1]
    same = text_groups([{"d-c1", "d-c2"}])
    (origin,) = origins(told, same)
    assert (origin.kind, origin.claims, origin.speaker) == ("copy", ("c1", "c2"), "Outlet")


def test_two_figures_of_one_speaker_are_two_origins() -> None:
    figure: Any = {"kind": "quantity", "relation": None, "quantity_kind": QuantityKind.TROOPS, "unit": "persons"}
    told = [statement(f"c{low}", low=low, high=low, **figure) for low in (100.0, 200.0)]
    assert sizes(*told) == [1, 1]


def test_count_origins_counts_acts_not_reports() -> None:
    told = [statement("c1"), statement("c2"), statement("c3", stance=Stance.DENIES)]
    of = origin_of(origins(told, {}))
    assert count_origins(["c1", "c2"], of) == 1
    assert count_origins(["c1", "c2", "c3"], of) == 2


def documents(count: int) -> list[Document]:
    return [
        Document(id=f"d{n}", name=f"n{n}", text="t", content_hash=content_hash("t"), published=f"2024-05-1{4 - n}")
        for n in range(count)
    ]


def test_copies_are_groups_of_documents_first_published_first() -> None:
    (found,) = document_groups(documents(4), [{"d2", "d3"}], [])
    assert (found.kind, found.documents, found.first) == ("copy", ("d3", "d2"), "2024-05-11")


def test_reports_that_mostly_relay_the_same_words_are_a_relay_group() -> None:
    places = ("p:1", "p:2", "p:3")
    told = [
        *(statement(f"a{place}", document="d0", place_id=place) for place in places),
        *(statement(f"b{place}", document="d1", place_id=place) for place in places[:2]),
        *(statement(f"c{place}", document="d2", place_id=place, speaker_actor="other") for place in places),
        statement("c", document="d2", place_id="p:1"),
        statement("e", document="d3", place_id="p:1", speaker_actor="third"),
    ]
    (found,) = document_groups(documents(4), [], origins(told, {}))
    assert (found.kind, set(found.documents), found.speaker) == ("relay", {"d0", "d1"}, "Ministry of A")


def test_a_pair_of_copies_is_not_told_again_as_relays() -> None:
    told = [statement("a", document="d0"), statement("b", document="d1")]
    found = document_groups(documents(2), [{"d0", "d1"}], origins(told, text_groups([{"d0", "d1"}])))
    assert [group.kind for group in found] == ["copy"]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.builds(
            lambda n, day, actor, own: statement(f"c{n:05}", published=f"2024-05-{day:02}", **(OWN if own else actor)),
            st.integers(0, 9999),
            st.integers(1, 9),
            st.sampled_from(({}, NOBODY, {"speaker_actor": "other"})),
            st.booleans(),
        ),
        max_size=10,
        unique_by=lambda s: s.claim,
    ),
    st.randoms(use_true_random=False),
)
def test_every_claim_has_one_origin_whatever_the_order(told: list[Statement], shuffler: Any) -> None:
    found = origins(told, {})
    assert sorted(claim for origin in found for claim in origin.claims) == sorted(s.claim for s in told)
    mixed = list(told)
    shuffler.shuffle(mixed)
    assert origins(mixed, {}) == found
