"""From marked reports and corpus rows to what the network learns: examples, labelled windows, batches, arrays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers
from train.batching import batches, collate
from train.examples import Anchor, Example, from_corpus, from_marked, from_row
from train.labelling import bio, inside, labelled, marked
from train.layers import (
    HEDGES,
    IGNORED,
    INPUTS,
    KINDS,
    MENTIONS,
    OWNERS,
    RELATIONS,
    ROLE_LAYERS,
    SPAN_LAYERS,
    STANCES,
    TOKEN_LAYERS,
)
from train.markup import parse
from train.owners import owner_of, side_words

from whoholds.theatres import FolderTheatres
from windows_by_hand import example_of, labelled_of, window_of, windows_of_lengths

TEXT = "Norish troops took Brenholt on Monday."
SHARED = (
    "{A1,2|Norish troops} {P1,2 captured asserts NOR|took} {L1|Brenholt} "
    "and {L2|the port of {L3|Velmar}}{P3 holds asserts NOR|.}"
)


def words(example: Example, spans: list[tuple[int, int]]) -> list[str]:
    return [example.text[s:e] for s, e in spans]


# -- the names ------------------------------------------------------------------------------------------------


def test_layers_have_the_sizes_that_checkpoints_have() -> None:
    assert list(TOKEN_LAYERS.items()) == [
        ("source", 3), ("cue", 3), ("content", 3), ("mention", 13), ("certainty", 4), ("hedge", 4), ("trigger", 3),
        ("relation", 11), ("stance", 3), ("cue_stance", 3), ("figure", 3), ("kind", 15), ("figure_stance", 3),
        ("figure_side", 3),
    ]  # fmt: skip
    assert list(ROLE_LAYERS.items()) == [("said", 5), ("control", 9), ("count", 7)]
    assert set(SPAN_LAYERS) < set(TOKEN_LAYERS)


# -- pieces ---------------------------------------------------------------------------------------------------


def test_inside_takes_every_piece_that_a_span_touches_and_no_frame() -> None:
    window = window_of(TEXT)  # [CLS] Norish troops took Brenholt on Monday . [SEP]
    assert inside(window, 0, 13).tolist() == [1, 2]
    assert inside(window, 3, 9).tolist() == [1, 2]  # parts of words
    assert inside(window, 6, 7).tolist() == []  # the blank between them
    assert inside(window, 0, len(TEXT)).tolist() == [1, 2, 3, 4, 5, 6, 7]


def test_bio_opens_each_span() -> None:
    assert bio(window_of(TEXT), [(0, 13, 0), (19, 27, 1)]).tolist() == [0, 1, 2, 0, 3, 0, 0, 0, 0]


def test_bio_tells_neighbours_apart() -> None:
    assert bio(window_of(TEXT), [(0, 6, 0), (7, 13, 0)]).tolist()[:4] == [0, 1, 1, 0]


def test_bio_lets_a_longer_span_yield_to_the_one_in_it() -> None:
    assert bio(window_of(TEXT), [(0, 37, 0), (14, 27, 1)]).tolist() == [0, 1, 2, 3, 4, 2, 2, 0, 0]
    assert bio(window_of(TEXT), [(14, 27, 1), (0, 37, 0)]).tolist() == [0, 1, 2, 3, 4, 2, 2, 0, 0]


def test_bio_does_not_open_a_span_that_began_in_the_window_before() -> None:
    text = "He said it fell. It is ours."
    second = window_of(text, start=17)
    assert bio(second, [(8, 27, 0)]).tolist() == [0, 2, 2, 2, 0, 0]
    assert bio(second, [(17, 27, 0)]).tolist() == [0, 1, 2, 2, 0, 0]
    assert bio(second, [(0, 16, 0)]).tolist() == [0, 0, 0, 0, 0, 0]


def test_marked_gives_a_class_within_spans_and_nothing_elsewhere() -> None:
    no = IGNORED
    assert marked(window_of(TEXT), [(14, 27, 4)]).tolist() == [no, no, no, 4, 4, no, no, no, no]


# -- marked reports -------------------------------------------------------------------------------------------


def test_a_shared_trigger_is_one_anchor_with_both_places() -> None:
    took, holds = example_of(SHARED).triggers or []
    assert words(example_of(SHARED), took.roles["place"]) == ["Brenholt", "the port of Velmar"]
    assert words(example_of(SHARED), took.roles["actor"]) == ["Norish troops"]
    assert (took.label, took.stance) == ("captured", "asserts")
    assert words(example_of(SHARED), holds.roles["place"]) == ["Velmar"]


def test_a_shared_trigger_is_labelled_once() -> None:
    made = labelled_of(example_of(SHARED))
    first, second = [a for a in made.anchors if a[0] == "control"]
    assert first[1] == 3
    assert first[2].tolist() == [0, 5, 6, 0, 1, 0, 1, 2, 2, 2, 0, 0]  # B, I of the actor; then both places
    assert second[2].tolist() == [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0]


@pytest.mark.parametrize(
    ("marked_text", "actor"),
    [
        ("{A1|Norish troops} {P1 captured asserts SUN|lost} {L1|Brenholt}.", []),
        ("{A1|Norish troops} {P1 captured asserts SUN|surrendered} {L1|Brenholt}.", []),
        ("{A1|Norish troops} {P1 captured asserts NOR|took} {L1|Brenholt}.", ["Norish troops"]),
        ("{A1|Norish troops} {P1 holds denies NOR|lost} {L1|Brenholt}.", ["Norish troops"]),
    ],
)
def test_who_lost_a_place_is_not_who_took_it(marked_text: str, actor: list[str]) -> None:
    example = example_of(marked_text)
    assert [words(example, t.roles["actor"]) for t in example.triggers or ()] == [actor]


def test_an_attribution_without_a_cue_is_loose() -> None:
    example = example_of("{S1|Holm} {Q1 denies|denied} {C1|that it fell}. {C2 =Holm|“It is ours.”}")
    assert [(words(example, [c.span]), c.stance) for c in example.cues or ()] == [(["denied"], "denies")]
    assert [words(example, a["content"]) for a in example.loose] == [["“It is ours.”"]]
    made = labelled_of(example)
    assert made.layers["content"].tolist() == [0, 0, 0, 1, 2, 2, 0, 1, 2, 2, 2, 2, 2, 0]
    assert made.layers["cue_stance"].tolist()[2] == STANCES.index("denies")
    assert [(kind, at, labels.tolist()) for kind, at, labels in made.anchors] == [
        ("said", 2, [0, 1, 0, 3, 4, 4, 0, 0, 0, 0, 0, 0, 0, 0])
    ]


def test_a_figure_has_its_kind_its_stance_and_whose_it_is() -> None:
    example = example_of("{N1 killed ~40 NOR unsure|About 40} {K1|Norish soldiers} died {G1|in Brenholt}.")
    made = labelled_of(example)
    assert made.layers["figure"].tolist() == [0, 1, 2, 0, 0, 0, 0, 0, 0, 0]
    for layer, expected in (
        ("kind", KINDS.index("killed")),
        ("figure_stance", STANCES.index("unsure")),
        ("figure_side", OWNERS.index("side")),
    ):
        assert made.layers[layer].tolist()[:4] == [IGNORED, expected, expected, IGNORED]
    (_, _, roles), *_ = made.anchors
    assert roles.tolist() == [0, 0, 0, 5, 2, 0, 3, 4, 0, 0]  # whose (within what is counted), counted, scope


def test_layers_that_nobody_annotated_have_no_labels() -> None:
    text = "Norish troops took Brenholt."
    assert labelled_of(Example("x", "own", text)).layers == {}
    every = labelled_of(example_of(SHARED)).layers
    assert set(every) == {
        "source", "content", "cue", "cue_stance", "trigger", "relation", "stance", "figure", "kind", "figure_stance",
        "figure_side",
    }  # fmt: skip
    assert every["relation"].tolist()[3] == RELATIONS.index("captured")


def test_a_report_with_a_fault_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("=== a\n---\n{C1|open\n=== b\n---\n{S1|He} {Q1|said} {C1|so}.\n", encoding="utf-8")
    assert [e.id for e in from_marked([path])] == ["b"]


# -- whose a figure is ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("marked_text", "expected"),
    [
        ("{N1 killed 40 NOR|40} {K1|Norish soldiers} died.", "Norish"),
        ("{N1 killed 40 NOR|40} {K1|enemy soldiers} died.", "enemy"),
        ("{A1|Norish troops} {P1 captured asserts NOR|took} {L1|Velmar} and lost {N1 killed 40 NOR|40} {K1|men}.",
         "Norish troops"),
        ("{A1|Norish troops} {P1 captured asserts NOR|took} {L1|Velmar}. Then {N1 killed 40 NOR|40} {K1|men} died.",
         None),
        ("{A1|Norish troops} {P1 captured asserts NOR|took} {L1|Velmar} from {N1 troops 40 SUN|40} {K1|men}.", None),
        ("{N1 civilians 40 civilians|40} {K1|people of Velmar} fled.", None),
        ("{N1 distance_km 40 -|40 km} from {K1|Velmar}.", None),
    ],
)  # fmt: skip
def test_whose_a_figure_is(marked_text: str, expected: str | None) -> None:
    report = parse("x", marked_text)
    found = owner_of(report, report.of("N", "1")[0], "1")
    assert (report.text[found[0] : found[1]] if found else None) == expected


def test_the_nearer_words_for_a_side_say_whose_a_figure_is() -> None:
    report = parse(
        "x",
        "{A1|Norish troops} {P1 captured asserts NOR|took} {L1|Velmar}, where {N1 killed 40 NOR|40} {K1|men} died, "
        "and {A2|the Norish} {P2 withdrew asserts NOR|left} {L2|Tolvik}.",
    )
    found = owner_of(report, report.of("N", "1")[0], "1")
    assert found
    assert report.text[found[0] : found[1]] == "the Norish"


def test_the_sides_of_installed_theatres_are_found_by_name() -> None:
    side = next(s for t in FolderTheatres(()).load(None) for s in t.sides)
    noun = side.nouns["en"][0]
    assert side_words(f"It fell, {noun} said.", 7, side.code) == [(16, 16 + len(noun))]
    assert side_words(f"It fell, {noun} said.", 7, "NOR") == []


# -- corpora --------------------------------------------------------------------------------------------------


def row(**layers: Any) -> dict[str, Any]:
    blank = dict.fromkeys(("attributions", "mentions", "certainty", "hedges"))
    return {"id": "r", "corpus": "polnear", "text": TEXT} | blank | layers


def test_a_corpus_row_becomes_an_example(tmp_path: Path) -> None:
    said = {"source": [[0, 13]], "cue": [[14, 18], [28, 30]], "content": [[19, 27], [31, 37]], "stance": None}
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps(row(attributions=[said, said | {"cue": []}])) + "\n", encoding="utf-8")
    (example,) = from_corpus(path)
    roles = {"source": [(0, 13)], "content": [(19, 27), (31, 37)]}
    assert (example.id, example.convention, example.text) == ("r", "polnear", TEXT)
    assert example.cues == [Anchor((14, 18), roles)]
    assert example.loose == [roles]
    assert example.mentions is None


def test_a_corpus_without_guidelines_of_its_own_is_other() -> None:
    example = from_row(row(corpus="re3d", mentions=[[0, 13, "organisation"], [19, 27, "place"]]))
    assert (example.convention, example.cues) == ("other", None)
    made = labelled_of(example).layers
    organisation, place = (1 + 2 * MENTIONS.index(k) for k in ("organisation", "place"))
    assert made["mention"].tolist() == [0, organisation, organisation + 1, 0, place, 0, 0, 0, 0]
    assert list(made) == ["mention"]


def test_hedges_that_a_corpus_does_not_annotate_say_nothing() -> None:
    made = labelled_of(from_row(row(corpus="cdsco", hedges=[[14, 18, "negation"], [14, 27, "negation_scope"]])))
    by_name = dict(zip(HEDGES, made.layers["hedge"].T.tolist(), strict=True))
    assert by_name["negation"] == [0, 0, 0, 1, 0, 0, 0, 0, 0]
    assert by_name["negation_scope"] == [0, 0, 0, 1, 1, 0, 0, 0, 0]
    assert set(by_name["hedge"]) == set(by_name["hedge_scope"]) == {IGNORED}


def test_certainty_is_nothing_where_no_event_is() -> None:
    made = labelled_of(from_row(row(certainty=[[14, 18, "counterfact"]])))
    assert made.layers["certainty"].tolist() == [0, 0, 0, 2, 0, 0, 0, 0, 0]


def vocabulary(text: str) -> Tokenizer:
    known = {w: i for i, w in enumerate(dict.fromkeys(["[CLS]", "[SEP]", "[UNK]", *text.replace(".", " .").split()]))}
    tokenizer = Tokenizer(models.WordLevel(known, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def test_every_piece_of_a_text_is_in_one_window_with_its_labels() -> None:
    example = example_of("{S1|Holm} {Q1|said} {C1|{L1|Velmar} {P1 captured asserts NOR|fell}. It fell twice}. He left.")
    found = list(labelled(example, vocabulary(example.text), length=8))
    assert len(found) > 1
    offsets = [o for w in found for o in w.window.offsets if o != (-1, -1)]
    assert [example.text[s:e] for s, e in offsets] == example.text.replace(".", " .").split()
    assert all(len(labels) == len(w.window) for w in found for labels in w.layers.values())
    assert [w.layers["content"].tolist() for w in found][1][1] == 2  # goes on from the window before
    assert [(kind, at) for w in found for kind, at, _ in w.anchors] == [("said", 2), ("control", 4)]
    assert {(w.example, w.convention) for w in found} == {("x", 0)}


# -- batches --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("budget", [40, 100, 1000])
def test_batches_hold_each_window_once_within_the_budget(budget: int) -> None:
    items = windows_of_lengths([3 + (7 * i) % 36 for i in range(60)])
    made = list(batches(items, budget, np.random.default_rng(1)))
    assert sorted(int(w.example) for b in made for w in b) == list(range(60))
    assert all(len(b) * max(len(w.window) for w in b) <= budget for b in made)
    spread = [max(len(w.window) for w in b) - min(len(w.window) for w in b) for b in made if len(b) > 1]
    assert budget == 1000 or max(spread) < 20


def test_a_window_over_the_budget_is_a_batch_of_its_own() -> None:
    made = list(batches(windows_of_lengths([50, 5, 5]), 20, np.random.default_rng(1)))
    assert sorted(len(b) for b in made) == [1, 2]


def test_batches_are_the_same_for_a_seed_and_none_for_nothing() -> None:
    items = windows_of_lengths([3 + i % 20 for i in range(50)])
    names = [[[w.example for w in b] for b in batches(items, 60, np.random.default_rng(s))] for s in (1, 1, 2)]
    assert names[0] == names[1] != names[2]
    assert list(batches([], 60, np.random.default_rng(1))) == []


def test_collate_pads_and_masks() -> None:
    long, short = labelled_of(example_of(SHARED)), labelled_of(from_row(row(hedges=[[14, 18, "hedge"]])))
    made = collate([short, long])
    assert [made[name].shape for name in INPUTS] == [(2, 12)] * 5 + [(2,)]
    assert made["mask"].tolist() == [[1] * 9 + [0] * 3, [1] * 12]
    assert made["ids"][0].tolist() == [*short.window.ids, 0, 0, 0]
    assert made["shapes"][0, 9:].tolist() == [5, 5, 5]
    assert list(made["layers"]) == [n for n in TOKEN_LAYERS if n in long.layers or n in short.layers]
    assert set(made["layers"]["trigger"][0].tolist()) == {IGNORED}  # the short one has no such layer
    assert made["layers"]["trigger"][1].tolist() == long.layers["trigger"].tolist()
    assert made["layers"]["hedge"].shape == (2, 12, len(HEDGES))
    assert made["layers"]["hedge"][0, 3].tolist() == [1, 0, 0, 0]
    assert set(made["layers"]["hedge"][0, 9:].flatten().tolist()) == {IGNORED}


def test_collate_says_in_which_row_an_anchor_stands() -> None:
    short, long = labelled_of(example_of("{S1|Holm} {Q1|said} {C1|so}.")), labelled_of(example_of(SHARED))
    made = collate([long, short])["roles"]
    assert set(made) == {"said", "control"}
    rows, places, labels = made["control"]
    assert (rows.tolist(), places.tolist(), labels.shape) == ([0, 0], [3, 10], (2, 12))
    rows, places, labels = made["said"]
    assert (rows.tolist(), places.tolist()) == ([1], [2])
    assert labels.tolist() == [[0, 1, 0, 3, 0, 0, *[IGNORED] * 6]]
