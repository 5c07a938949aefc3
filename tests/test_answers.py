"""The rules of evidence against what careful readers answered: a floor that only rises."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

#: Reached on the gold statements of set a (61 places): right state, right state and tier.
FLOORS = (0.88, 0.85)


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    path = Path(__file__).resolve().parent.parent / "bench" / "answers.py"
    spec = importlib.util.spec_from_file_location("bench_answers", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.shared
def test_answers_of_careful_readers(bench: ModuleType, shared: Path) -> None:
    found = [(gold, ours) for _, gold, ours in bench.answers(shared / "reports" / "a")]
    state = sum(ours.state == gold["state"] for gold, ours in found) / len(found)
    both = sum((ours.state, ours.tier) == (gold["state"], gold["tier"]) for gold, ours in found) / len(found)
    assert len(found) == 61
    assert state >= FLOORS[0]
    assert both >= FLOORS[1]


def test_annotated_times_are_read_as_periods(bench: ModuleType) -> None:
    assert bench.period("2024-02") == ("2024-02-01", "2024-02-29")
    assert bench.period("2025-01-25/2025-01-28") == ("2025-01-25", "2025-01-28")
    assert bench.period("2023") == ("2023-01-01", "2023-12-31")
    assert bench.period(None) == (None, None)
