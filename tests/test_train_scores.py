"""How the heads are measured: spans from classes, and F1 by name."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from train.labelling import bio
from train.layers import IGNORED
from train.scores import Scores, spans

from windows_by_hand import example_of, labelled_of, window_of

NO = IGNORED


def array(*rows: list[int]) -> NDArray[np.int64]:
    return np.asarray(rows, np.int64)


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        ([], []),
        ([0, 0], []),
        ([0, 1, 2, 2, 0], [(1, 4, 0)]),
        ([1, 1, 2], [(0, 1, 0), (1, 3, 0)]),  # neighbours
        ([2, 2, 0, 2], [(0, 2, 0), (3, 4, 0)]),  # an I without its B
        ([1, 4, 4, 3], [(0, 1, 0), (1, 3, 1), (3, 4, 1)]),  # the kind changes
        ([0, 5, 6], [(1, 3, 2)]),  # open to the end
    ],
)
def test_spans_that_classes_spell(classes: list[int], expected: list[tuple[int, int, int]]) -> None:
    assert list(spans(np.asarray(classes, np.int64))) == expected


def test_spans_give_back_what_bio_wrote() -> None:
    window = window_of("Norish troops took Brenholt on Monday.")
    assert list(spans(bio(window, [(0, 6, 0), (7, 13, 0), (19, 27, 2)]).astype(np.int64))) == [
        (1, 2, 0), (2, 3, 0), (4, 5, 2),
    ]  # fmt: skip


def test_a_span_is_right_only_as_a_whole() -> None:
    scores = Scores()
    scores.layer("cue", array([0, 1, 2, 0, 1, NO]), array([0, 1, 2, 0, 1, 1]))
    assert scores.figures() == {"cue": 1.0}
    scores.layer("cue", array([1, 2, 0]), array([1, 0, 0]))
    assert scores.figures() == {"cue": round(2 * 2 / 6, 4)}


def test_classes_are_measured_where_they_are_asked_for() -> None:
    scores = Scores()
    scores.layer("relation", array([NO, 3, 3, 5]), array([3, 3, 4, 5]))
    assert scores.figures() == {"relation": round(2 / 3, 4)}


def test_certainty_is_measured_where_there_is_any() -> None:
    scores = Scores()
    scores.layer("certainty", array([0, 0, 2, 1]), array([0, 3, 2, 2]))
    assert scores.figures() == {"certainty": round(1 / 3, 4)}


def test_yes_and_no_are_measured_by_the_yes() -> None:
    scores = Scores()
    gold = np.asarray([[[1, 0, NO, NO], [1, 1, NO, NO]]], np.int64)
    made = np.asarray([[[True, True, True, False], [False, True, True, True]]])
    scores.layer("hedge", gold, made)
    assert scores.figures() == {"hedge": round(2 * 2 / (3 + 3), 4)}


def test_roles_are_measured_each_and_whole() -> None:
    scores = Scores()
    scores.roles("said", array([0, 1, 0, 3, 4, NO], [1, 0, 3, 4, 4, 4]), array([0, 1, 0, 3, 4, 4], [1, 0, 3, 4, 0, 0]))
    assert scores.figures() == {"said.content": 0.5, "said.source": 1.0, "said.whole": 0.5}


def test_what_never_occurs_scores_nothing() -> None:
    scores = Scores()
    scores.layer("cue", array([0, 0]), array([0, 0]))
    assert scores.figures() == {"cue": 0.0}


def test_a_network_is_measured_on_all_windows() -> None:
    torch, model = pytest.importorskip("torch"), pytest.importorskip("train.model")
    torch.manual_seed(1)
    items = [labelled_of(example_of("{S1|Holm} {Q1|said} {C1|so}.")) for _ in range(3)]
    figures = pytest.importorskip("train.evaluate").evaluate(model.Network(), items)
    assert {"source", "cue", "content", "said.source", "said.content", "said.whole"} <= set(figures)
    assert all(0 <= value <= 1 for value in figures.values())
