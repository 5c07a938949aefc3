"""Which texts are one text."""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path

import pytest

from whoholds.engines.near_duplicates import RensaNearDuplicates, shingles

VOCABULARY = [f"{a}{b}{c}" for a in ("ka", "lo", "mi", "re", "tu") for b in ("na", "so", "vi", "pe") for c in "dkrst"]


def story(seed: int, paragraphs: int = 8, words: int = 30) -> list[str]:
    rng = random.Random(seed)
    return [" ".join(rng.choice(VOCABULARY) for _ in range(words)) for _ in range(paragraphs)]


def groups(**texts: str) -> set[frozenset[str]]:
    return {frozenset(group) for group in RensaNearDuplicates().groups(list(texts.items()))}


def test_shingles_ignore_case_and_punctuation() -> None:
    assert shingles("The town, he SAID, is ours.") == shingles("the town he said is ours")


def test_a_wire_and_its_relays_are_one_text() -> None:
    wire = story(1)
    assert groups(
        wire="\n".join(wire),
        weekday="\n".join(wire).replace("kanad", "tupes"),
        cut="\n".join(wire[:3]),
        own_lead="\n".join(["our own first words about it", *wire[1:5], "and our own last"]),
        other="\n".join(story(2)),
    ) == {frozenset({"wire", "weekday", "cut", "own_lead"})}


def test_versions_are_joined_through_the_version_that_holds_both() -> None:
    first, second = story(3, paragraphs=5), story(4, paragraphs=5)
    assert groups(a="\n".join(first), b="\n".join(second), both="\n".join(first + second)) == {
        frozenset({"a", "b", "both"})
    }


def test_a_long_shared_quotation_does_not_make_two_reports_one() -> None:
    quote = f"“{story(5, paragraphs=1, words=60)[0]}”"
    one, other = "\n".join([*story(6, 3), quote]), "\n".join([quote, *story(7, 3)])
    assert groups(one=one, other=other) == set()
    assert groups(one=one.strip("“”").replace("“", ""), other=other.replace("“", "")) != set()


def test_a_shared_stock_line_does_not_make_two_reports_one() -> None:
    stock = "this story has not been edited by our staff and comes from a syndicated feed"
    assert groups(one=f"{story(8, 2)}\n{stock}", other=f"{story(9, 2)}\n{stock}") == set()


@pytest.mark.parametrize("texts", [{}, {"a": ""}, {"a": "", "b": ""}, {"a": "too short", "b": "too short"}])
def test_texts_without_shingles_belong_to_no_group(texts: dict[str, str]) -> None:
    assert groups(**texts) == set()


def test_the_order_of_the_texts_does_not_matter() -> None:
    wire = story(10)
    parts = {"a": wire, "b": wire[2:], "c": story(11), "d": wire[:4]}
    texts = [(key, "\n".join(part)) for key, part in parts.items()]
    for order in itertools.permutations(texts):
        assert RensaNearDuplicates().groups(list(order)) == [{"a", "b", "d"}]


@pytest.mark.shared
def test_pairs_of_the_development_reports(shared: Path) -> None:
    folder = shared / "reports" / "a"
    reports = [json.loads(line) for line in (folder / "reports.jsonl").open(encoding="utf-8")]
    rows = [json.loads(line) for line in (folder / "gold.jsonl").open(encoding="utf-8")]
    gold = _pairs(set(row["docs"]) for row in rows if row["type"] == "copies")
    found = _pairs(RensaNearDuplicates().groups([(r["id"], r["text"]) for r in reports]))
    assert not found - gold, "texts joined that are two"
    assert len(found) == 4, f"of {len(gold)} pairs; a rewrite and a translation are out of reach for text"


def _pairs(groups: object) -> set[tuple[str, ...]]:
    return {tuple(sorted(pair)) for group in groups for pair in itertools.combinations(group, 2)}  # type: ignore[attr-defined]
