"""The marked training reports: readable, whole, and written apart from what the reader is measured on."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from train.layers import KINDS, RELATIONS, STANCES
from train.markup import MarkError, Report, held_out, parse, reports, value

CORPUS = Path(__file__).parents[1] / "train" / "corpus"
GRAM = 10


def all_reports() -> list[Report]:
    return [r for path in sorted(CORPUS.glob("*.txt")) for r in reports(path)]


def test_every_report_can_be_read_and_has_a_name_of_its_own() -> None:
    found = all_reports()
    assert len(found) > 400
    assert not [name for name, n in Counter(r.id for r in found).items() if n > 1]
    assert {"published", "outlet", "sides"} <= set.intersection(*(set(r.header) for r in found))


def test_all_relations_stances_and_kinds_occur_in_both_parts() -> None:
    for part in (True, False):
        marks = [m for r in all_reports() if held_out(r.id) is part for m in r.marks]
        assert {m.attributes[0] for m in marks if m.letter == "P"} == set(RELATIONS)
        assert {m.attributes[1] for m in marks if m.letter == "P"} == set(STANCES)
        assert {m.attributes[0] for m in marks if m.letter == "N"} <= set(KINDS)


def test_marks_are_taken_off_exactly() -> None:
    report = parse("x", "{S1|He} {Q1 denies|denied} {C1|that {P1 captured asserts RSF @New Town|it fell} twice}.")
    assert report.text == "He denied that it fell twice."
    assert [report.text[m.start : m.end] for m in report.of("P", "1")] == ["it fell"]
    assert report.of("P", "1")[0].name == "New Town"
    assert report.of("P", "1")[0].attributes == ("captured", "asserts", "RSF")


@pytest.mark.parametrize(
    ("marked", "fault"),
    [
        ("{P1 captured asserts RU|took} it", "has no place"),
        ("{P1 conquered asserts RU @X|took} it", "wants relation"),
        ("{S1|He} said", "has no C1"),
        ("{C1|open", "never closed"),
        ("shut}", "without its"),
        ("{N1 troops many RU|many} men", "wants kind"),
        ("{X1|what}", "no mark begins"),
    ],
)
def test_a_fault_is_named(marked: str, fault: str) -> None:
    with pytest.raises(MarkError, match=fault):
        parse("x", marked)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("500", (500, 500, False)), ("~500", (500, 500, True)), (">=500", (500, None, False)),
        ("<=70", (None, 70, False)), ("500-600", (500, 600, False)), ("~0.5", (0.5, 0.5, True)),
    ],
)  # fmt: skip
def test_values(word: str, expected: tuple[float | None, float | None, bool]) -> None:
    assert value(word) == expected


def grams(text: str) -> set[str]:
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1)}


@pytest.mark.shared
def test_no_sentence_is_taken_from_what_the_reader_is_measured_on(shared: Path) -> None:
    measured: set[str] = set()
    for name in ("a", "b"):
        lines = (shared / "reports" / name / "reports.jsonl").read_text(encoding="utf-8").splitlines()
        measured |= {g for line in lines for g in grams(json.loads(line)["text"])}
    assert [r.id for r in all_reports() if grams(r.text) & measured] == []
