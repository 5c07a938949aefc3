"""The whole path, measured: no level falls beneath its floor."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from quality import floors as book
from quality.corpora import Corpus, corpora, measure
from quality.scorer import Figure, Score

Summary = Callable[[str, object], None]


def check(corpus: Corpus, folder: Path, record_property: Summary) -> None:
    entry = book.load().corpora.get(corpus.name)
    assert entry, f"no floors for {corpus.name}: make floors"
    assert entry.digest == corpus.digest(), (
        f"{corpus.name} is not the corpus its floors were measured on ({corpus.folder}): its figures do not compare. "
        "If the change is meant: make floors"
    )
    measured = measure(corpus, folder)
    for line in book.table(corpus.name, measured, entry):
        record_property("summary", line)
    faults = book.beneath(entry, measured)
    assert not faults, f"{corpus.name}: " + "; ".join(faults)


@pytest.mark.parametrize("name", ["sample-reader", "sample"])
def test_the_sample_stays_above_its_floors(name: str, tmp_path: Path, record_property: Summary) -> None:
    check(next(corpus for corpus in corpora() if corpus.name == name), tmp_path, record_property)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["shared-a-reader", "shared-b-reader", "shared-a", "shared-b"])
def test_the_development_reports_stay_above_their_floors(
    shared: Path, name: str, tmp_path: Path, record_property: Summary
) -> None:
    corpus = next(corpus for corpus in corpora(shared) if corpus.name == name)
    check(corpus, tmp_path, record_property)


# -- the floors themselves ------------------------------------------------------------------------------------


def scored(f1: float, *, missing: int = 0) -> Score:
    return Score(
        spans_not_in_text=missing, figures={"control.found": Figure(met=round(f1 * 1000), gold=1000, predicted=1000)}
    )


def floors_at(f1: float) -> book.Floors:
    return book.raised(book.Floors(), "sample", "d1", scored(f1), date="2026-01-01")


def test_a_better_measurement_raises_a_floor() -> None:
    after = book.raised(floors_at(0.5), "sample", "d1", scored(0.6), date="2026-01-02")
    assert after.corpora["sample"].floors == {"control.found": 0.6}
    assert after.corpora["sample"].measured == "2026-01-02"


def test_the_same_measurement_changes_nothing() -> None:
    before = floors_at(0.5)
    assert book.raised(before, "sample", "d1", scored(0.5), date="2026-01-02") is before


@pytest.mark.parametrize("digest", ["d1", "d2"])
def test_a_floor_does_not_fall_without_a_reason(digest: str) -> None:
    with pytest.raises(book.Refused, match=r"control\.found 0\.500 to 0\.499"):
        book.raised(floors_at(0.5), "sample", digest, scored(0.499), date="2026-01-02")


def test_a_level_does_not_vanish_without_a_reason() -> None:
    with pytest.raises(book.Refused):
        book.raised(floors_at(0.5), "sample", "d1", Score(spans_not_in_text=0, figures={}), date="2026-01-02")


def test_the_reason_for_lowering_stays_on_record(tmp_path: Path) -> None:
    path = tmp_path / "floors.toml"
    lower = book.raised(floors_at(0.5), "sample", "d2", scored(0.4), date="2026-01-02", reason='the gold was "wrong"')
    book.save(lower, path)
    assert book.load(path) == lower
    assert lower.lowered == (
        book.Lowered(
            corpus="sample",
            level="control.found",
            before=0.5,
            after=0.4,
            reason='the gold was "wrong"',
            date="2026-01-02",
        ),
    )


def test_quotes_that_are_not_in_their_text_are_never_let_through() -> None:
    with pytest.raises(ValueError, match="not in their text"):
        book.raised(book.Floors(), "sample", "d1", scored(0.9, missing=1), date="2026-01-02", reason="why not")
    assert book.beneath(floors_at(0.5).corpora["sample"], scored(0.5, missing=1))


def test_beneath_a_floor_by_the_least_amount() -> None:
    entry = floors_at(0.5).corpora["sample"]
    assert book.beneath(entry, scored(0.5)) == []
    assert book.beneath(entry, scored(0.499)) == ["control.found is 0.499, beneath its floor of 0.500"]
    assert book.beneath(entry, Score(spans_not_in_text=0, figures={})) == [
        "control.found is no longer measured; its floor is 0.500"
    ]
