"""The scorer behind the quality floors: it sees what is wrong, and agrees with the reference scorer."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path
from typing import Any

import pytest

from quality.agreement import overlap, passage, wording
from quality.corpora import corpora, export
from quality.naming import same_speaker
from quality.scorer import Figure, Score, score

Row = dict[str, Any]

TEXT = "Our forces took Riverton on Monday, the ministry said. The army denied it: 300 soldiers hold the town."
QUOTE = "Our forces took Riverton on Monday"
NUMBER = "300 soldiers hold the town"

GOLD: list[Row] = [
    {"type": "doc", "doc": "one", "attributions_complete": True},
    {"type": "doc", "doc": "two"},
    {
        "type": "control",
        "doc": "one",
        "anchor": "took Riverton on Monday",
        "place": "Riverton",
        "relation": "captured",
        "actor": "AA",
        "stance": "asserts",
        "source": "the defense ministry",
    },
    {
        "type": "quantity",
        "doc": "one",
        "anchor": NUMBER,
        "kind": "troops",
        "low": 300,
        "high": 300,
        "unit": "persons",
        "side": "BB",
        "stance": "asserts",
        "source": "outlet",
    },
    {"type": "attribution", "doc": "one", "source": "the defence ministry", "cue": "said", "anchor": QUOTE},
    {"type": "copies", "docs": ["one", "two"]},
]
TEXTS = {"one": TEXT, "two": TEXT, "other": TEXT}


def claim(quote: str, **changes: Any) -> Row:
    row: Row = {
        "document": "one",
        "start": TEXT.find(quote),
        "end": TEXT.find(quote) + len(quote),
        "quote": quote,
        "attribution": [{"source": "Example News"}, {"source": "Ministry of Defence", "cue": "said"}],
        "stance": "asserts",
    }
    return row | changes


def capture(**changes: Any) -> Row:
    place = {"name": "Riverton", "names": ["Rivertown"]}
    control = {"kind": "control", "place": place, "relation": "captured", "actor": "AA", "content": QUOTE}
    return claim(QUOTE, **(control | changes))


def troops(**changes: Any) -> Row:
    quantity = {"kind": "troops", "low": 300.0, "high": 300.0, "unit": "persons", "side": "BB"} | changes
    return claim(NUMBER, kind="quantity", quantity=quantity, attribution=[{"source": "Example News"}])


def met(claims: list[Row], origins: list[Row] | None = None) -> dict[str, int]:
    return {name: figure.met for name, figure in score(TEXTS, GOLD, claims, origins).figures.items() if figure.met}


def test_a_right_export_meets_every_level() -> None:
    result = score(TEXTS, GOLD, [capture(), troops()], [{"documents": ["one", "two"]}])
    assert {name: round(figure.f1, 3) for name, figure in result.figures.items()} == dict.fromkeys(
        [
            "control.found",
            "control.relaxed",
            "control.full",
            "quantity.found",
            "quantity.relaxed",
            "quantity.full",
            "attribution.content",
            "attribution.content+source",
            "copies.pairs",
        ],
        1.0,
    )
    assert result.spans_not_in_text == 0


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        ({"place": {"name": "Rivertown", "names": []}}, {"control.found", "control.relaxed", "control.full"}),
        ({"relation": "encircles"}, {"control.relaxed", "control.full"}),
        ({"relation": "holds"}, {"control.full"}),
        ({"actor": "BB"}, {"control.full"}),
        ({"stance": "denies"}, {"control.full"}),
        ({"document": "two"}, {"control.found", "control.relaxed", "control.full"}),
    ],
)
def test_each_thing_said_wrongly_costs_its_levels(change: Row, lost: set[str]) -> None:
    control = {"control.found", "control.relaxed", "control.full"}
    assert control & set(met([capture(**change)])) == control - lost


@pytest.mark.parametrize(
    ("change", "levels"),
    [
        ({"high": None}, set()),
        ({"kind": "killed"}, {"quantity.found"}),
        ({"unit": "km"}, {"quantity.found", "quantity.relaxed"}),
        ({"side": "AA"}, {"quantity.found", "quantity.relaxed"}),
    ],
)
def test_a_figure_is_found_by_its_range(change: Row, levels: set[str]) -> None:
    assert set(met([troops(**change)])) == levels


def test_a_claim_and_a_gold_row_are_used_once() -> None:
    figure = score(TEXTS, GOLD, [capture(), capture()]).figures["control.full"]
    assert figure == Figure(met=1, gold=1, predicted=2)
    assert figure.precision == 0.5
    assert figure.recall == 1.0


def test_a_quote_that_is_not_in_its_text_is_counted_and_meets_nothing() -> None:
    invented = capture() | {"quote": "Our forces lost Riverton", "start": 0, "end": 24}
    assert score(TEXTS, GOLD, [invented]).spans_not_in_text == 1
    assert not {name for name in met([invented]) if name.startswith("control")}


def test_a_report_without_annotations_is_left_out() -> None:
    assert score(TEXTS, GOLD, [capture(document="other")]).figures["control.found"].predicted == 0


def test_copies_are_scored_as_pairs_of_annotated_reports() -> None:
    assert score(TEXTS, GOLD, [], [{"documents": ["one", "two", "other"]}]).figures["copies.pairs"].f1 == 1.0
    assert score(TEXTS, GOLD, [], [{"documents": ["one"]}]).figures["copies.pairs"].f1 == 0.0


def test_nothing_predicted_is_zero_and_no_error() -> None:
    assert {figure.f1 for figure in score(TEXTS, GOLD, []).figures.values()} == {0.0}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Volodymyr Zelenskyy", "President Zelensky", True),
        ("the Russian Ministry of Defence", "Russia's defense ministry", True),
        ("the Ukrainian military", "Russian military", True),  # weak words alone: as the reference scorer has it
        ("Kyiv", "Moscow", False),
        ("ISW", "Institute for the Study of War", True),
        ("Stupak", "Syrskyi", False),
    ],
)
def test_when_two_names_mean_one_speaker(one: str, other: str, same: bool) -> None:
    assert same_speaker(one, other) is same


def test_passages() -> None:
    assert passage("a b, later a b", "a b", 11) == (11, 14)
    assert passage("a b", "c") is None
    assert overlap((0, 10), (8, 12)) == 0.5
    assert overlap((0, 10), None) == 0.0
    assert wording("The town fell", "the town, fell!") == 1.0
    assert wording("", "") == 0.0


# -- against the reference scorer -------------------------------------------------------------------------


def reference_figures(
    shared: Path, texts: dict[str, str], gold: list[Row], claims: list[Row], copies: list[Row]
) -> Any:
    spec = importlib.util.spec_from_file_location("reference_score", shared / "score" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.score(texts, gold, [dict(row) for row in claims], copies)


def as_reference(result: Score) -> dict[str, Any]:
    figures = {
        name: {
            "p": round(figure.precision, 3),
            "r": round(figure.recall, 3),
            "f1": round(figure.f1, 3),
            "gold": figure.gold,
            "pred": figure.predicted,
            "tp": figure.met,
        }
        for name, figure in result.figures.items()
    }
    return {"spans_not_in_text": result.spans_not_in_text, **figures}


def noisy_export(gold: list[Row], texts: dict[str, str], chance: random.Random) -> list[Row]:
    """Make claims out of gold rows, and spoil some of what each says."""
    people = ["Stupak", "ISW", "Russian Ministry of Defence", "the military", "Zelenskyy", "Kyiv", ""]

    def spoilt(value: Any, others: list[Any]) -> Any:
        return chance.choice(others) if chance.random() < 0.3 else value

    rows = []
    for row in gold * 2:
        if row["type"] not in ("control", "quantity", "attribution"):
            continue
        text, anchor = texts[row["doc"]], row["anchor"]
        start = max(0, text.find(anchor) - chance.choice([0, 0, 30]))
        quote = text[start : start + int(len(anchor) * chance.choice([0.3, 1, 2]))] + spoilt("", ["§"])
        speaker = spoilt(row.get("source"), people)
        rows.append(
            {
                "document": spoilt(row["doc"], list(texts)),
                "start": start,
                "end": start + len(quote),
                "quote": quote,
                "kind": spoilt(row["type"], ["control", "quantity", "statement"]),
                "attribution": [{"source": "paper"}] + ([{"source": speaker}] if speaker != "outlet" else []),
                "content": spoilt(anchor, [anchor[: len(anchor) // 2], anchor + " and more words here", None]),
                "stance": spoilt(row.get("stance"), ["asserts", "denies", "unsure"]),
                "relation": spoilt(row.get("relation"), ["captured", "holds", "contested", "entered"]),
                "actor": spoilt(row.get("actor"), ["RU", "UA", "SAF", None]),
                "place": spoilt({"name": row.get("place"), "names": []}, [None, {"name": "Pokrovsk", "names": ["X"]}]),
                "quantity": {
                    name: spoilt(row.get(name), [None, 5, "persons"][: 2 if name in ("low", "high") else 3])
                    for name in ("kind", "low", "high", "unit", "side")
                },
            }
        )
    return rows


@pytest.mark.shared
@pytest.mark.parametrize("corpus", ["a", "b"])
@pytest.mark.parametrize("seed", [1, 2])
def test_it_agrees_with_the_reference_scorer(shared: Path, corpus: str, seed: int) -> None:
    folder = shared / "reports" / corpus
    texts = {row["id"]: row["text"] for row in lines(folder / "reports.jsonl")}
    gold = lines(folder / "gold.jsonl")
    chance = random.Random(seed)
    claims = noisy_export(gold, texts, chance)
    copies = [{"documents": chance.sample(sorted(texts), 3)} for _ in range(20)]
    expected = reference_figures(shared, texts, gold, claims, copies)
    assert as_reference(score(texts, gold, claims, copies)) == expected
    assert 0 < expected["control.full"]["f1"] < expected["control.found"]["f1"] < 1


@pytest.mark.shared
@pytest.mark.parametrize("name", ["shared-a", "shared-b"])
def test_it_agrees_with_the_reference_scorer_on_what_is_exported(shared: Path, name: str, tmp_path: Path) -> None:
    corpus = next(corpus for corpus in corpora(shared) if corpus.name == name)
    written = export(corpus, tmp_path)
    texts = {row["id"]: row["text"] for row in lines(corpus.reports)}
    gold, claims, origins = lines(corpus.gold), lines(written.claims), lines(written.origins)
    assert as_reference(score(texts, gold, claims, origins)) == reference_figures(shared, texts, gold, claims, origins)


def lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
