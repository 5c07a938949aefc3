"""The trained reader: windows, decoding, and what the shipped weights find."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from whoholds.records import Document, Relation, Stance, Tagging
from whoholds.stages.segments import Sentence, sentences

pytest.importorskip("onnxruntime")

from whoholds.taggers.reader import best_path, shipped_reader, spans
from whoholds.taggers.windows import LENGTH, shape_of, windows


def pieces_of(text: str) -> list[Sentence]:
    return sentences(Document(id="d", name="d", text=text, content_hash=""), "en")


def tag(text: str) -> Tagging:
    return shipped_reader().tag(pieces_of(text))


@pytest.mark.parametrize(
    ("word", "shape"),
    [("town", 0), ("Town", 1), ("A", 2), ("UN", 2), ("iPhone", 3), ("m23", 4), ("M23", 4), ("—", 5), ("Слава", 1)],
)
def test_the_shape_of_a_word(word: str, shape: int) -> None:
    assert shape_of(word) == shape


TEXT = "Rebels took Lyman on Monday. “We hold it,” he said.\n\nKyiv denied that."


def test_a_piece_stands_where_its_offsets_say() -> None:
    reader = shipped_reader()
    (window,) = windows(pieces_of(TEXT), reader.tokenizer)
    words = [TEXT[s:e].lower() for s, e in window.offsets if s >= 0]
    assert words[:5] == ["rebels", "took", "lyman", "on", "monday"] or "rebels" in "".join(words)
    assert "".join(words).replace(" ", "") == TEXT.lower().replace(" ", "").replace("\n", "")


def test_quotations_and_sentence_starts_are_marked() -> None:
    reader = shipped_reader()
    (window,) = windows(pieces_of(TEXT), reader.tokenizer)
    quoted = "".join(TEXT[s:e] for (s, e), q in zip(window.offsets, window.quoted, strict=True) if q)
    assert quoted == "Wehold it,".replace(" ", "")
    assert [s for s in window.starts if s] == [2, 1, 2]


def test_no_window_is_longer_than_the_network_sees() -> None:
    text = "The army said that the town of Lyman had not fallen yet. " * 60 + "word " * 900
    reader = shipped_reader()
    made = list(windows(pieces_of(text), reader.tokenizer))
    assert max(map(len, made)) <= LENGTH
    inside = sorted(o for w in made for o in w.offsets if o[0] >= 0)
    assert len(inside) == len(set(inside)), "no piece stands in two windows"
    assert inside[-1][1] >= len(text.rstrip()) - 1, "and none is lost"


logits = st.integers(2, 14).flatmap(
    lambda n: st.lists(st.lists(st.floats(-5, 5, width=32), min_size=5, max_size=5), min_size=n, max_size=n)
)


@given(logits)
def test_spans_follow_one_another_and_hold_one_kind(rows: list[list[float]]) -> None:
    found = list(spans(np.asarray(rows, np.float32)))
    for start, end, kind in found:
        assert 1 <= start < end <= len(rows) - 1
        assert kind in {0, 1}
    assert all(a[1] <= b[0] for a, b in pairwise(found))


@given(logits)
def test_the_best_path_has_no_inside_without_its_beginning(rows: list[list[float]]) -> None:
    path = best_path(np.asarray(rows, np.float32))
    for before, c in zip([0, *path], path, strict=False):
        assert c == 0 or c % 2 == 1 or before in (c - 1, c)


@given(logits)
def test_no_other_legal_path_is_better(rows: list[list[float]]) -> None:
    scores = np.asarray(rows[:4], np.float32)
    best = sum(scores[i, c] for i, c in enumerate(best_path(scores)))
    for number in range(5 ** len(scores)):
        path = [number // 5**i % 5 for i in range(len(scores))]
        if all(c == 0 or c % 2 == 1 or b in (c - 1, c) for b, c in zip([0, *path], path, strict=False)):
            assert sum(scores[i, c] for i, c in enumerate(path)) <= best + 1e-4


def test_a_denied_capture_has_both_voices() -> None:
    text = "Ukraine’s General Staff rejected Moscow’s claim that Russian troops had captured Toretsk."
    found = tag(text)
    said = {text[a.cue.start : a.cue.end]: a.stance for a in found.attributions}
    assert said.get("rejected") is Stance.DENIES
    assert said.get("claim") is Stance.ASSERTS
    (predicate,) = found.predicates
    assert predicate.relation is Relation.CAPTURED
    assert [text[s.start : s.end] for s in predicate.places] == ["Toretsk"]
    assert [text[s.start : s.end] for s in predicate.actors] == ["Russian troops"]


def test_the_same_text_is_tagged_alike_alone_and_among_others() -> None:
    reader = shipped_reader()
    alone = reader.tag(pieces_of(TEXT))
    for _ in range(2):
        assert reader.tag(pieces_of(TEXT)) == alone


@pytest.mark.parametrize("text", ["", " ", "…", "“", "\u200b\u200b", "a" * 5000, "🙂 " * 400])
def test_odd_texts_are_read(text: str) -> None:
    assert isinstance(tag(text), Tagging)
