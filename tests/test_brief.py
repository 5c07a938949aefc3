"""A brief says nothing without its support."""

from __future__ import annotations

from typing import Any

import pytest

from evidence_cases import answer, statement
from whoholds.engines.evidence_rules import load_rules
from whoholds.errors import InternalError
from whoholds.queries.brief import brief
from whoholds.queries.disputes import control_disputes
from whoholds.queries.figures import figures
from whoholds.queries.origins import origin_of, origins
from whoholds.records import QuantityKind, Relation, Stance, Statement
from whoholds.records.brief import Brief, Sentence

SIDES = {"A": "Aland", "B": "Beland"}
B_SAYS: Any = {"speaker": "Staff of B", "speaker_actor": "staff-b", "speaker_side": "B"}


def written(*told: Statement, initial: str | None = None) -> Brief:
    control = [s for s in told if s.kind == "control"]
    found = answer(control, load_rules(), initial=initial)
    of = origin_of(origins(told, {}))
    rows = figures(told, found.clocks, of)
    disputes = control_disputes(control, found.clocks, of, SIDES)
    return brief(found, rows, disputes, {s.claim: s for s in told}, SIDES)


def test_a_sentence_without_support_cannot_be_made() -> None:
    with pytest.raises(InternalError, match="without support"):
        Sentence(text="The town fell.", support=())


def test_every_sentence_carries_quotes_with_their_place_in_the_report() -> None:
    told = (
        statement("c1", quote="we took it", start=10, end=20),
        statement("c2", stance=Stance.DENIES, quote="not true", **B_SAYS),
        statement("c3", part="north", relation=Relation.HOLDS_PART, quote="the north"),
        statement(
            "c4",
            kind="quantity",
            relation=None,
            quantity_kind=QuantityKind.TROOPS,
            quantity_side="A",
            low=5.0,
            high=5.0,
            unit="persons",
            quote="five men",
        ),
    )
    found = written(*told, initial="B")
    texts = [sentence.text for sentence in found.sentences]
    assert texts[0].startswith("Somewhere: held by Beland (disputed)")
    assert "According to Ministry of A: Aland captured it (2024-05-10)." in texts
    assert "Denied by Staff of B: Aland captured it (2024-05-10)." in texts
    assert "north: held by Aland (as claimed, not assessed)." in texts
    assert "troops, Aland, Somewhere: Ministry of A gives 5 persons (2024-05-10)." in texts
    assert any(text.startswith("Disputed: whether Aland holds Somewhere.") for text in texts)
    assert found.silence is None
    quotes = {s.claim: (s.quote, s.start, s.end) for sentence in found.sentences for s in sentence.support}
    assert quotes["c1"] == ("we took it", 10, 20)
    assert set(quotes) == {"c1", "c2", "c3", "c4"}


def test_relays_share_one_sentence() -> None:
    found = written(*(statement(f"c{n}", published=f"2024-05-1{n}") for n in range(3)))
    (said,) = [s for s in found.sentences if s.text.startswith("According")]
    assert len(said.support) == 3
    assert said.text.endswith("(2024-05-10 to 2024-05-12).")


def test_silence_is_said_as_silence() -> None:
    found = written(initial="B")
    assert found.sentences == ()
    assert found.silence is not None
    assert found.silence.startswith("Somewhere: held by Beland.")
    unknown = written()
    assert unknown.silence is not None
    assert "not known who holds it" in unknown.silence
