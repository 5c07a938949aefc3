"""Our held-out reports as gold: the rows that the scorer compares."""

from __future__ import annotations

from typing import Any

import pytest
from train.gold import rows
from train.markup import Report, parse

DENIAL = (
    "{S1|The ministry} {Q1 denies|denied} {C1|{S2|the staff}'s {Q2|claim} that "
    "{C2|{A1|Norish troops} had {P1 captured asserts NOR|taken} {L1|Brenholt}}}."
)
CHAIN = (
    "{S1 =Arvid Holm|He} {Q1|said} {C1|{S2|scouts} had {Q2|told} him that "
    "{C2|{L1 =Brenholt|the town} {P1 captured asserts NOR|fell}, and {P2 holds unsure SUN @New Velmar|may be held}}}."
)


def gold(marked: str, kind: str, **header: str) -> list[dict[str, Any]]:
    report: Report = parse("x", marked)
    report.header = header
    return [row for row in rows(report) if row["type"] == kind]


def told(marked: str, *keys: str) -> list[tuple[Any, ...]]:
    return [tuple(row[k] for k in keys) for row in gold(marked, "control")]


def test_a_document_has_its_date_outlet_and_relays() -> None:
    (row,) = gold("Nothing.", "doc", published="2025-03-22", outlet="coast.example", relays="AFP, Coast Wire,")
    assert row == {
        "type": "doc", "doc": "x", "published": "2025-03-22", "relays": ["AFP", "Coast Wire"],
        "outlet": "coast.example", "attributions_complete": True,
    }  # fmt: skip


def test_a_reported_denial_gives_the_claim_and_its_denial() -> None:
    assert told(DENIAL, "source", "stance", "place", "actor", "relation") == [
        ("the staff", "asserts", "Brenholt", "NOR", "captured"),
        ("The ministry", "denies", "Brenholt", "NOR", "captured"),
    ]


def test_a_chain_gives_its_innermost_speaker_alone() -> None:
    assert told(CHAIN, "source", "stance", "place", "actor", "via") == [
        ("scouts", "asserts", "Brenholt", "NOR", []),
        ("scouts", "unsure", "New Velmar", "SUN", []),
    ]


def test_every_attribution_with_cue_and_source_is_a_row() -> None:
    found = gold(CHAIN, "attribution")
    assert [(r["source"], r["source_name"], r["cue"]) for r in found] == [
        ("He", "Arvid Holm", "said"),
        ("scouts", "scouts", "told"),
    ]
    assert found[1]["anchor"] == "the town fell, and may be held"
    assert gold("It {Q1|reportedly} {C1|fell}. {C2 =Holm|“So it is.”}", "attribution") == []


@pytest.mark.parametrize(
    ("cue", "inner", "expected"),
    [
        ("{Q1|said}", "denies", "denies"),
        ("{Q1 unsure|could not confirm}", "asserts", "unsure"),
        ("{Q1 denies|denied}", "unsure", "unsure"),
        ("{Q1 denies|denied}", "asserts", "denies"),
    ],
)
def test_a_stance_is_the_speakers_with_the_clauses(cue: str, inner: str, expected: str) -> None:
    marked = f"{{S1|Holm}} {cue} {{C1|{{L1|Velmar}} {{P1 captured {inner} NOR|fell}}}}."
    assert told(marked, "source", "stance") == [("Holm", expected)]


def test_without_a_speaker_it_is_the_outlets() -> None:
    assert told("{L1|Velmar} {P1 contested asserts -|is contested}.", "source", "actor") == [("outlet", None)]
    assert told("{Q1 unsure|Reportedly} {C1|{L1|Velmar} {P1 holds asserts SUN|holds}}.", "source", "stance") == [
        ("outlet", "unsure")
    ]
    assert told("{C1 =Holm|“{L1|Velmar} {P1 holds asserts SUN|is ours}.”}", "source") == [("Holm",)]


def test_each_place_of_a_predicate_is_a_row() -> None:
    marked = "{A1|They} {P1 captured asserts NOR|took} {L1|Velmar} and {L1 =Tolvik|the port}."
    assert told(marked, "place", "anchor") == [
        ("Velmar", "took Velmar and the port"),
        ("Tolvik", "took Velmar and the port"),
    ]


def test_an_anchor_leaves_out_a_place_that_is_far_away() -> None:
    marked = f"{{L1|Velmar}} {'is a town on the coast ' * 8} and {{P1 captured asserts NOR|fell}}."
    assert told(marked, "place", "anchor") == [("Velmar", "fell")]


def test_a_figure_has_its_bounds_unit_and_speaker() -> None:
    marked = "{S1|Holm} {Q1|said} {C1|{N1 killed >=40 NOR denies|more than 40} {K1|Norish soldiers} had died}."
    (row,) = gold(marked, "quantity")
    assert row == {
        "type": "quantity", "doc": "x", "anchor": "more than 40 Norish soldiers", "kind": "killed", "low": 40,
        "high": None, "approx": False, "unit": "persons", "side": "NOR", "place": None, "source": "Holm", "via": [],
        "stance": "denies", "when": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ("{N1 share ~70 NOR|about 70 per cent}", (70, 70, True, "percent", "NOR")),
        ("{N1 distance_km 5-6 -|5 to 6 km}", (5, 6, False, "km", None)),
        ("{N1 distance_km 5 - unit=mi|five miles}", (5, 5, False, "mi", None)),
        ("{N1 other <=12 SUN|up to 12}", (None, 12, False, "items", "SUN")),
        ("{N1 troops ~500-600 SUN|some 500 to 600}", (500, 600, True, "persons", "SUN")),
    ],
)
def test_values_units_and_sides_of_figures(mark: str, expected: tuple[Any, ...]) -> None:
    (row,) = gold(mark, "quantity")
    assert tuple(row[k] for k in ("low", "high", "approx", "unit", "side")) == expected


def test_a_figure_in_a_reported_denial_is_the_innermost_speakers() -> None:
    marked = "{S1|The ministry} {Q1 denies|denied} {C1|{S2|the staff}'s {Q2|claim} of {C2|{N1 killed 40 NOR|40 dead}}}."
    assert [(r["source"], r["stance"]) for r in gold(marked, "quantity")] == [("the staff", "asserts")]
