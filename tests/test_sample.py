"""The bundled sample: complete rows, honest retelling, gold that points at real words."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from whoholds.records.claims import QuantityKind, Relation, Stance

SAMPLE = files("whoholds") / "data" / "sample"
SHARED = Path(__file__).resolve().parents[2] / "shared"
Row = dict[str, Any]

WEEKDAYS = {
    "on Monday": 0, "on Tuesday": 1, "on Wednesday": 2, "on Thursday": 3, "on Friday": 4,
    "on Saturday": 5, "on Sunday": 6,
    "в середу": 2, "в суботу": 5, "в среду": 2, "в четверг": 3, "в пятницу": 4,
}  # fmt: skip
SIDES = {"RU", "UA", "RSF", "SD", "KP", "civilians", None}
QUOTED = re.compile(r'"([^"]+)"|“([^”]+)”|«([^»]+)»|„([^“]+)“')


def rows(name: str) -> list[Row]:
    """The rows of one JSON Lines file of the sample."""
    text = (SAMPLE / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


REPORTS = rows("reports.jsonl")
GOLD = rows("gold.jsonl")
FACTS = {row["id"]: row for row in rows("facts.jsonl")}
TEXT = {row["id"]: row["text"] for row in REPORTS}
SPANS = [row for row in GOLD if row["type"] in {"control", "quantity"}]


def row_id(row: Row) -> str:
    """The name of a case: the report's own id."""
    return str(row["id"])


def shingles(text: str, size: int = 8) -> set[tuple[str, ...]]:
    """Every run of ``size`` words, case and punctuation aside."""
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def sentence_around(text: str, anchor: str) -> str:
    """The sentence that holds the anchor; a rough split is enough here."""
    return next(s for s in re.split(r"(?<=[.!?])\s+", text) if anchor in s)


def weekday_in(sentence: str) -> int | None:
    """The one weekday that the sentence names, or None."""
    found = {number for words, number in WEEKDAYS.items() if words in sentence}
    return found.pop() if len(found) == 1 else None


# ---------------------------------------------------------------- the reports


def test_ids_are_unique_and_about_forty_or_more() -> None:
    assert len({row["id"] for row in REPORTS}) == len(REPORTS) >= 40


def test_languages() -> None:
    count = Counter(row["lang"] for row in REPORTS)
    assert count["en"] >= 28
    assert count["uk"] >= 5
    assert count["ru"] >= 4
    assert set(count) == {"en", "uk", "ru"}


@pytest.mark.parametrize("row", REPORTS, ids=row_id)
def test_row_is_complete(row: Row) -> None:
    for field in ("id", "url", "outlet", "published", "lang", "title", "text"):
        assert isinstance(row[field], str), field
        assert row[field].strip() == row[field] != "", field
    assert row["retold"] is True
    assert row["facts"]
    assert row["outlet"].removeprefix("www.") in row["url"]
    assert 60 <= len(row["text"].split()) <= 220
    assert dt.date(2025, 6, 1) <= dt.date.fromisoformat(row["published"]) <= dt.date(2026, 1, 31)


@pytest.mark.parametrize("row", REPORTS, ids=row_id)
def test_language_is_that_of_the_text(row: Row) -> None:
    letters = [c for c in row["text"].casefold() if c.isalpha()]
    cyrillic = sum("а" <= c <= "я" or c in "іїєґё" for c in letters) / len(letters)
    assert (cyrillic > 0.8) == (row["lang"] in {"uk", "ru"})
    assert any(c in "іїєґ" for c in letters) == (row["lang"] == "uk")


@pytest.mark.parametrize("row", REPORTS, ids=row_id)
def test_nobody_is_quoted_at_length(row: Row) -> None:
    for match in QUOTED.finditer(row["title"] + "\n" + row["text"]):
        assert len(next(filter(None, match.groups())).split()) <= 3


def test_one_url_twice_only_as_versions_with_other_text() -> None:
    for _, group in itertools.groupby(sorted(REPORTS, key=lambda r: r["url"]), key=lambda r: r["url"]):
        same = sorted(group, key=lambda r: r["published"])
        if len(same) > 1:
            assert [row["version"] for row in same] == list(range(1, len(same) + 1))
            assert len({row["text"] for row in same}) == len(same)
    assert any(row.get("version") == 2 for row in REPORTS)


@pytest.mark.parametrize("row", [r for r in REPORTS if r["facts"][0] in FACTS], ids=row_id)
def test_report_and_fact_note_name_the_same_page(row: Row) -> None:
    fact = FACTS[row["facts"][0]]
    assert (fact["url"], fact["outlet"]) == (row["url"], row["outlet"])
    assert fact["date"] == row["published"] or row.get("version") == 1
    assert fact["lang"] == row.get("page_lang", row["lang"])


# ---------------------------------------------------------------- the gold


def test_gold_covers_enough_reports_once_each() -> None:
    docs = [row for row in GOLD if row["type"] == "doc"]
    published = {row["id"]: row["published"] for row in REPORTS}
    assert len({row["doc"] for row in docs}) == len(docs) >= 24
    for row in docs:
        assert row["published"] == published[row["doc"]]
        assert row["answer"]
    assert {row["doc"] for row in GOLD if row["type"] != "copies"} == {row["doc"] for row in docs}


@pytest.mark.parametrize("row", SPANS, ids=lambda row: f"{row['doc']}:{row['anchor'][:24]}")
def test_anchor_is_verbatim_unique_and_short(row: Row) -> None:
    assert TEXT[row["doc"]].count(row["anchor"]) == 1
    assert len(row["anchor"].split()) <= 25


def test_attributions_are_verbatim() -> None:
    for row in (r for r in GOLD if r["type"] == "attribution"):
        text = TEXT[row["doc"]]
        assert row["anchor"] in text, row
        assert row["source"] in text, row
        assert row["cue"].casefold() in text.casefold(), row
        assert row["source_name"], row


def test_values_are_of_the_vocabulary() -> None:
    for row in SPANS:
        assert row["stance"] in list(Stance), row
        assert row["source"], row
        assert isinstance(row["via"], list), row
        if row["type"] == "control":
            assert row["relation"] in list(Relation), row
            assert row["actor"] in SIDES - {"civilians"}, row
            assert row["actor"] or row["relation"] == "contested", row
        else:
            assert row["kind"] in list(QuantityKind), row
            assert row["side"] in SIDES, row
            assert row["low"] is not None or row["high"] is not None, row


def test_no_row_is_there_twice() -> None:
    seen = Counter(json.dumps(row, sort_keys=True) for row in GOLD)
    assert not [row for row, times in seen.items() if times > 1]


def test_ranges_run_upwards() -> None:
    for row in SPANS:
        if row["type"] == "quantity" and None not in (row["low"], row["high"]):
            assert row["low"] <= row["high"], row
        start, _, end = (row["when"] or "").partition("/")
        assert not end or start <= end, row


def test_figures_stand_in_their_anchors() -> None:
    """A figure written in digits is the figure of the row (a thousands comma or the word for thousand aside)."""
    for row in (r for r in GOLD if r["type"] == "quantity"):
        numbers = [float(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", row["anchor"])]
        if re.search(r"thousand|тисяч|тысяч", row["anchor"]):
            numbers = [n * 1000 for n in numbers]
        if numbers:
            assert {row["low"], row["high"]} - {None} <= set(numbers), row


def test_weekdays_agree_with_dates() -> None:
    """Where a sentence says "on Friday", the dated rows read from it include that Friday."""
    days: dict[tuple[str, str], set[int]] = {}
    for row in SPANS:
        sentence = sentence_around(TEXT[row["doc"]], row["anchor"].split(". ")[0])
        if weekday_in(sentence) is not None and re.fullmatch(r"\d{4}-\d\d-\d\d", row["when"] or ""):
            days.setdefault((row["doc"], sentence), set()).add(dt.date.fromisoformat(row["when"]).weekday())
    assert len(days) >= 20
    assert {key for key, found in days.items() if weekday_in(key[1]) not in found} == set()


def test_nothing_happens_after_it_was_reported() -> None:
    published = {row["id"]: row["published"] for row in REPORTS}
    for row in SPANS:
        latest = (row["when"] or "").rpartition("/")[2]
        assert latest <= published[row["doc"]][: len(latest)], row


def test_copies_share_their_words() -> None:
    for row in (r for r in GOLD if r["type"] == "copies"):
        first, *others = (shingles(TEXT[doc], 4) for doc in row["docs"])
        if row["kind"] == "same wire":
            assert all(len(first & other) / len(first | other) > 0.6 for other in others), row["group"]
        chain = itertools.pairwise([first, *others])
        assert any(len(one & other) >= 10 for one, other in chain), row["group"]


# ---------------------------------------------------------------- against the project's own lists


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "facts.jsonl").exists(), reason="../shared is absent")
def test_every_fact_id_is_known_and_names_the_page() -> None:
    known = {row["id"]: row for row in map(json.loads, (SHARED / "facts.jsonl").read_text("utf-8").splitlines())}
    for row in REPORTS:
        assert set(row["facts"]) <= set(known) | set(FACTS), row["id"]
        if fact := known.get(row["facts"][0]):
            assert (fact["url"], fact["outlet"], fact["date"]) == (row["url"], row["outlet"], row["published"])
            assert fact["lang"] == row.get("page_lang", row["lang"])


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "reports").exists(), reason="../shared is absent")
def test_no_run_of_eight_words_is_taken_from_the_shared_reports() -> None:
    theirs: set[tuple[str, ...]] = set()
    for path in SHARED.glob("reports/*/reports.jsonl"):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            theirs |= shingles(row["text"]) | shingles(row["title"])
    for path in SHARED.glob("real/*"):
        theirs |= shingles(path.read_text("utf-8"))
    assert len(theirs) > 1000
    taken = {row["id"]: (shingles(row["text"]) | shingles(row["title"])) & theirs for row in REPORTS}
    assert {doc: found for doc, found in taken.items() if found} == {}
