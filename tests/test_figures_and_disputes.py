"""Figures by claimant, and what contradicts what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from evidence_cases import statement
from whoholds.queries.disputes import control_disputes, figure_disputes
from whoholds.queries.figures import amount, figures
from whoholds.queries.origins import origin_of, origins
from whoholds.records import Clocks, Dispute, FigureRow, QuantityKind, Relation, Role, Stance, Statement

CLOCKS = Clocks(as_of="2024-05-31", known_by="2024-05-31")
SIDES = {"A": "Aland", "B": "Beland"}
B_SAYS: Any = {"speaker": "Staff of B", "speaker_actor": "staff-b", "speaker_side": "B"}


def figure(claim: str, low: float | None, high: float | None, **changes: Any) -> Statement:
    return statement(
        claim,
        **{
            "kind": "quantity",
            "relation": None,
            "actor": None,
            "quantity_kind": QuantityKind.TROOPS,
            "quantity_side": "A",
            "unit": "persons",
            "low": low,
            "high": high,
            **changes,
        },
    )


def rows(*told: Statement) -> tuple[FigureRow, ...]:
    return figures(told, CLOCKS, origin_of(origins(told, {})))


def test_a_claimant_has_a_row_for_each_figure_and_nothing_is_averaged() -> None:
    found = rows(
        figure("c1", 100.0, 100.0),
        figure("c2", 300.0, 300.0, **B_SAYS),
        figure("c3", 120.0, None, published="2024-05-12"),
    )
    assert {(row.claimant, row.low, row.high) for row in found} == {
        ("Ministry of A", 100.0, 100.0),
        ("Ministry of A", 120.0, None),
        ("Staff of B", 300.0, 300.0),
    }
    assert found[0].as_of == "2024-05-12", "the newest first"


def test_relays_of_one_figure_are_one_row_and_one_origin() -> None:
    (row,) = rows(*(figure(f"c{n}", 100.0, 100.0, outlet=f"Outlet {n}") for n in range(3)))
    assert (row.documents, row.origins, row.claims) == (3, 1, ("c0", "c1", "c2"))


def test_another_kind_side_place_unit_or_stance_is_another_row() -> None:
    first = figure("c1", 100.0, 100.0)
    for changes in (
        {"quantity_kind": QuantityKind.KILLED},
        {"quantity_side": "B"},
        {"place_id": "p:2"},
        {"unit": "groups"},
        {"stance": Stance.DENIES},
        {"approx": True},
    ):
        assert len(rows(first, figure("c2", 100.0, 100.0, **changes))) == 2, changes


def test_the_same_figure_months_later_is_a_new_row() -> None:
    early = figure("c1", 100.0, 100.0, published="2024-03-01")
    assert len(rows(early, figure("c2", 100.0, 100.0))) == 2
    assert len(rows(early, figure("c2", 100.0, 100.0, published="2024-03-20"))) == 1


def test_figures_not_yet_known_are_left_out() -> None:
    assert rows(figure("c1", 1.0, 1.0, published="2024-06-01")) == ()


@pytest.mark.parametrize(
    ("low", "high", "approx", "words"),
    [
        (1000.0, 1000.0, False, "1,000 persons"),
        (1000.0, 2000.0, True, "about 1,000 to 2,000 persons"),
        (1000.0, None, False, "at least 1,000 persons"),
        (None, 2.5, False, "up to 2.5 persons"),
        (None, None, False, "no number"),
        (1234567.0, 1234567.0, False, "1,234,567 persons"),
    ],
)
def test_amounts_in_words(low: float | None, high: float | None, approx: bool, words: str) -> None:
    (row,) = rows(figure("c1", low, high, approx=approx))
    assert amount(row) == words


def disputed(*told: Statement) -> tuple[Dispute, ...]:
    found = rows(*told)
    of = origin_of(origins(told, {}))
    return figure_disputes(found, of, {s.claim: s.place_id for s in told}, SIDES)


def test_figures_that_exclude_each_other_are_a_dispute() -> None:
    (found,) = disputed(figure("c1", 100.0, 100.0), figure("c2", 300.0, None, **B_SAYS))
    assert found.about == "how many troops (Aland) at Somewhere"
    assert "Ministry of A: 100 persons" in found.reason
    assert "Staff of B: at least 300 persons" in found.reason
    assert (found.origins_for, found.origins_against, found.place_id) == (1, 1, "p:1")


@pytest.mark.parametrize(
    "changes",
    [
        {"low": 90.0, "high": 300.0},  # the ranges meet
        {"low": 105.0, "high": 105.0, "approx": True},  # about 105 may be 100
        {"published": "2024-04-01"},  # long before
        {"stance": Stance.UNSURE},
        {"quantity_side": "B"},
        {"speaker_role": Role.RELAY},
        {"quantity_kind": QuantityKind.DISTANCE},
        {"speaker": "Ministry of A", "speaker_actor": "ministry-a"},
    ],
)
def test_figures_that_can_both_hold_are_none(changes: dict[str, Any]) -> None:
    other = {"low": 300.0, "high": 300.0, **B_SAYS, **changes}
    one = figure("c1", 100.0, 100.0)
    if "quantity_kind" in changes:
        one = replace(one, quantity_kind=changes["quantity_kind"])
    assert disputed(one, figure("c2", other.pop("low"), other.pop("high"), **other)) == ()


def control(*told: Statement) -> tuple[Dispute, ...]:
    return control_disputes(told, CLOCKS, origin_of(origins(told, {})), SIDES)


def test_a_denial_makes_a_dispute_with_its_reason() -> None:
    (found,) = control(statement("c1"), statement("c2", stance=Stance.DENIES, published="2024-05-12", **B_SAYS))
    assert (found.about, found.supporting, found.opposing) == ("whether Aland holds Somewhere", ("c1",), ("c2",))
    assert found.reason.startswith("asserted by Ministry of A; denied by Staff of B;")
    assert (found.first, found.last) == ("2024-05-10", "2024-05-12")


def test_two_holders_at_once_are_one_dispute() -> None:
    (found,) = control(statement("c1"), statement("c2", actor="B", published="2024-05-11", **B_SAYS))
    assert (found.supporting, found.opposing) == (("c1",), ("c2",))
    assert "another side holds it according to Staff of B" in found.reason


@pytest.mark.parametrize(
    "changes",
    [
        {"stance": Stance.UNSURE},
        {"published": "2024-04-01"},
        {"place_id": "p:2"},
        {"part": "north"},
        {"area": "sector"},
        {"relation": Relation.ENCIRCLES},
        {"published": "2024-06-02"},
        {"speaker": "Ministry of A", "speaker_actor": "ministry-a", "published": "2024-05-12"},  # changed its mind
    ],
)
def test_what_does_not_meet_is_no_dispute(changes: dict[str, Any]) -> None:
    other = statement("c2", **{"stance": Stance.DENIES, **B_SAYS, **changes})
    assert control(statement("c1"), other) == ()


def test_a_dispute_that_rests_for_long_and_starts_again_is_two() -> None:
    told = [
        statement("c1", published="2024-03-01"),
        statement("c2", published="2024-03-01", stance=Stance.DENIES, **B_SAYS),
        statement("c3", published="2024-05-01"),
        statement("c4", published="2024-05-02", stance=Stance.DENIES, **B_SAYS),
    ]
    assert [d.supporting for d in control(*told)] == [("c3",), ("c1",)]


def test_rings_are_disputed_too() -> None:
    ring: Any = {"relation": Relation.ENCIRCLES}
    (found,) = control(statement("c1", **ring), statement("c2", stance=Stance.DENIES, **ring, **B_SAYS))
    assert found.about == "whether Aland encircles Somewhere"
