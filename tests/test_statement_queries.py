"""Selections over the statements view: the clocks, the filters, the words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ledger_rows import RECORDED, document, understanding
from whoholds.ledger import Provenance, SqliteLedger, open_ledger
from whoholds.queries.statements import FILTERS, about_place, by_claimant, by_words, in_force, listing, match_expression
from whoholds.records import Basis, Period, Relation


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqliteLedger]:
    opened = open_ledger(tmp_path / "war.db", create=True)
    yield opened
    opened.close()


def put(
    ledger: SqliteLedger,
    name: str,
    published: str | None,
    when: tuple[str | None, str | None] | None,
    *,
    basis: Basis = Basis.STATED,
    relation: Relation = Relation.CAPTURED,
) -> None:
    doc = document(name, "Old Mill fell.", published=published)
    reading = understanding(doc)
    period = Period(start=when[0], end=when[1], basis=basis) if when else None
    claim = replace(reading.claims[0], when=period, relation=relation)
    ledger.append([(doc, replace(reading, claims=(claim,)))], [], RECORDED)


def found(ledger: SqliteLedger, as_of: str, known_by: str | None = None) -> list[str]:
    clocks = {"place_id": "gn:1", "as_of": as_of, "known_by": known_by or as_of}
    return [statement.document_name for statement in ledger.statements(about_place(), clocks)]


def test_events_count_from_their_day_and_reports_from_theirs(ledger: SqliteLedger) -> None:
    put(ledger, "late", "2025-05-10T08:00:00Z", ("2025-05-03", "2025-05-03"))
    assert found(ledger, "2025-05-09") == []
    assert found(ledger, "2025-05-03", known_by="2025-05-10") == ["late"]
    assert found(ledger, "2025-05-02", known_by="2025-05-10") == []
    assert found(ledger, "2025-05-10") == ["late"]


def test_without_event_time_the_publication_day_stands_in(ledger: SqliteLedger) -> None:
    put(ledger, "undated-event", "2025-05-04T23:59:00Z", None)
    assert found(ledger, "2025-05-03", known_by="2025-06-01") == []
    assert found(ledger, "2025-05-04") == ["undated-event"]


def test_an_undated_document_gives_only_what_states_its_date(ledger: SqliteLedger) -> None:
    put(ledger, "stated", None, ("2025-05-03", "2025-05-03"))
    put(ledger, "relative", None, ("2025-05-03", "2025-05-03"), basis=Basis.RELATIVE)
    put(ledger, "no-date", None, None)
    assert found(ledger, "2025-05-30") == ["stated"]
    assert found(ledger, "2025-05-02") == []


def test_a_month_reported_within_it_ends_with_the_report(ledger: SqliteLedger) -> None:
    put(ledger, "this-month", "2025-05-20", ("2025-05-01", "2025-05-31"))
    assert found(ledger, "2025-05-07", known_by="2025-05-20") == [], "it may have been after the 7th"
    assert found(ledger, "2025-05-20") == ["this-month"]


def test_what_is_planned_has_not_happened(ledger: SqliteLedger) -> None:
    put(ledger, "plan", "2025-05-20", ("2025-06-01", "2025-06-30"))
    assert found(ledger, "2025-05-25") == []
    assert found(ledger, "2025-06-30") == ["plan"]


def test_a_lasting_state_holds_within_its_period(ledger: SqliteLedger) -> None:
    put(ledger, "held", "2025-06-20", ("2025-05-01", "2025-06-10"), relation=Relation.HOLDS)
    put(ledger, "fell", "2025-06-20", ("2025-05-01", "2025-06-10"))
    put(ledger, "since", "2025-06-20", ("2025-05-01", None), relation=Relation.HOLDS)
    assert found(ledger, "2025-05-15", known_by="2025-06-20") == ["since", "held"]


def test_by_claimant_takes_a_name_or_an_actor(ledger: SqliteLedger) -> None:
    doc = document()
    ledger.append([(doc, understanding(doc))], [], RECORDED)
    clocks = {"as_of": "2025-06-01", "known_by": "2025-06-01"}
    for name in ("Ministry", "ministry", "xx-mod"):
        assert [s.kind for s in ledger.statements(by_claimant(), {"claimant": name, **clocks})] == ["quantity"]
    assert len(ledger.statements(in_force(), clocks)) == 2


def test_words_find_quotes_of_the_newest_understanding_once(ledger: SqliteLedger) -> None:
    doc = document()
    reading = understanding(doc)
    ledger.append([(doc, reading)], [], RECORDED, Provenance(version="1"))
    ledger.append([(doc, replace(reading, claims=reading.claims[1:]))], [], RECORDED, Provenance(version="2"))

    def search(words: str) -> list[str]:
        return [s.quote for s in ledger.statements(by_words(), {"words": match_expression(words)})]

    assert search("killed soldiers") == [reading.claims[1].quote]
    assert search("fell") == [], "the newest understanding dropped it"
    assert search('"unbalanced AND (') == search("") == []


@pytest.mark.parametrize("name", sorted(FILTERS))
def test_every_filter_runs(ledger: SqliteLedger, name: str) -> None:
    put(ledger, "a", "2025-05-20", None)
    value: object = ["x"] if name in ("claims", "place_ids") else "2025-01-01"
    sql = listing([name], limited=True)
    assert len(ledger.statements(sql, {name: value, "limit": 5, "offset": 0})) == (1 if name == "since" else 0)
