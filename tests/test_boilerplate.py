"""What is marked on a page, and above all what is not: precision and recall on small pages, and the lexicon."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boilerplate_pages import KINDS, PAGES, Page
from whoholds.readers.lexicon import lexicon_data, page_lexicon
from whoholds.records import MarkedSpan, SpanKind
from whoholds.stages.boilerplate import mark
from whoholds.stages.page_lexicon import PhraseRule, Where, compile_lexicon

NOT_READ = {SpanKind.RELATED, SpanKind.BOILERPLATE, SpanKind.BYLINE}
ENTRIES = lexicon_data()["phrase"]
STAMP_ENTRIES = lexicon_data()["stamp"]

#: Sentences of war reports that hold the words of furniture; none may be taken for it.
BODY = [
    "Share prices of the steelmaker fell after the mine near the town was closed.",
    "Subscription to the official channel rose when the capture was announced, analysts said.",
    "Next to the school stands the last house that the brigade still holds.",
    "Top commanders reported to the president that the town was encircled.",
    "Latest reports say that 40 soldiers were captured near the bridge.",
    "Breaking: Russian forces entered the northern district of the town.",
    "Most of the town is held by the attackers, and the rest is contested.",
    "More than 200 soldiers were killed in the fighting, the ministry said.",
    "By Monday evening the army had left the southern part of the village.",
    "By Saturday the Russians had captured two villages",
    "Source: the General Staff reports 36 attacks on the town.",
    "The video: soldiers raise a flag over the council, was filmed on Tuesday, experts said.",
    "Supporters of the governor said that the city would be held at any price.",
    "See the map: the grey zone now covers half of the town.",
    "Comments by the spokesman: the situation is difficult, but there is no encirclement.",
    "Related parties denied that the village had been lost.",
    "Correct information will follow, the army said about the fall of the town.",
    "Главное управление разведки сообщило о потерях противника в городе.",
    "Подписание договора о перемирии отложено, бои за город продолжаются.",
    "Последние жители покинули посёлок, который заняли войска.",
    "Следующая атака была отбита, сообщил представитель бригады.",
    "Головні сили противника перебувають на південь від міста, повідомив речник.",
    "Підписання угоди відкладено, бої за місто тривають.",
    "Останні захисники залишили село, повідомив Генштаб.",
    "Карта DeepState показывает, что город остаётся в серой зоне.",
]


def marks(text: str, title: str | None = None) -> tuple[MarkedSpan, ...]:
    return mark(text, title, page_lexicon())


def kind_of(line: str, text: str, spans: tuple[MarkedSpan, ...]) -> SpanKind | None:
    """The kind of the span that covers the whole of a line, if one does."""
    start = text.index(line)
    return next((s.kind for s in spans if s.start <= start and start + len(line) <= s.end), None)


def judged(page: Page) -> list[tuple[SpanKind | None, SpanKind | None, str]]:
    """Each line of a page: what it is, what it was marked as, its text."""
    _, title, content = page
    text = "\n".join(line for _, line in content)
    spans = marks(text, title)
    return [(KINDS[k] if k else None, kind_of(line, text, spans), line) for k, line in content if line]


@pytest.mark.parametrize("page", PAGES, ids=[name for name, _, _ in PAGES])
def test_no_body_is_lost(page: Page) -> None:
    lost = [(got, line) for want, got, line in judged(page) if want is None and got is not None]
    assert not lost


@pytest.mark.parametrize("page", PAGES, ids=[name for name, _, _ in PAGES])
def test_no_headline_of_another_article_is_read(page: Page) -> None:
    left = [line for want, got, line in judged(page) if want is SpanKind.RELATED and got not in NOT_READ]
    assert not left


def test_precision_and_recall(record_property: Callable[[str, object], None]) -> None:
    lines = [judgement for page in PAGES for judgement in judged(page)]
    right = Counter(want for want, got, _ in lines if want is not None and want is got)
    wanted = Counter(want for want, _, _ in lines if want is not None)
    given_ = Counter(got for _, got, _ in lines if got is not None)
    recall = sum(right.values()) / sum(wanted.values())
    precision = sum(right.values()) / sum(given_.values())
    record_property("summary", f"boilerplate: precision {precision:.2f}, recall {recall:.2f} on {len(lines)} lines")
    assert precision >= 0.97, [line for line in lines if line[0] is not line[1]]
    assert recall >= 0.97, [line for line in lines if line[0] is not line[1]]


@pytest.mark.parametrize("sentence", BODY)
def test_a_sentence_with_the_words_of_furniture_is_body(sentence: str) -> None:
    before = "The fighting for the town went on for the third week, officials on both sides said on Thursday."
    after = "Neither account of the fighting could be checked, because no reporter has been in the town since May."
    text = "\n\n".join((before, before.upper(), sentence, after, after.lower()))
    start = text.index(sentence)
    touched = [s for s in marks(text) if s.start < start + len(sentence) and s.end > start]
    assert not touched


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry["id"] for entry in ENTRIES])
def test_each_entry_matches_its_example_and_marks_it(entry: dict[str, str]) -> None:
    rule = PhraseRule(
        id=entry["id"],
        kind=None if entry["kind"] == "body" else SpanKind(entry["kind"]),
        where=Where(entry["where"]),
        pattern=entry["pattern"],
        example=entry["example"],
    )
    alone = compile_lexicon([rule], {})
    patterns = [*alone.protected, alone.tail, alone.cue_alone, alone.cue_inline, alone.list_inline]
    assert any(p.search(rule.example) for p in [*patterns, *(p for _, p in alone.marked)])
    prose = "The brigade said its soldiers still held the northern streets of the town after a night of shelling."
    text = f"{prose}\n\n{prose}\n\n{rule.example}"
    assert kind_of(rule.example, text, marks(text)) is rule.kind


def test_entries_have_ids_of_their_own() -> None:
    ids = [entry["id"] for entry in ENTRIES]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("entry", STAMP_ENTRIES, ids=[f"{e['label']}-{e['lang']}" for e in STAMP_ENTRIES])
def test_each_stamp_entry_stands_in_its_example(entry: dict[str, str]) -> None:
    assert re.search(
        rf"(?<!\w)(?:{entry['pattern']})\s*:?\s*\d|(?:{entry['pattern']})\s\w+\s\d", entry["example"], re.IGNORECASE
    )


def test_the_dateline_of_a_dispatch_is_marked_but_not_its_sentence() -> None:
    text = "SOMEWHERE, Nov 20 (Agency) - The army said on Thursday that its troops had left the town by the river."
    assert [(text[s.start : s.end], s.kind) for s in marks(text)] == [
        ("SOMEWHERE, Nov 20 (Agency) -", SpanKind.DATELINE)
    ]


def test_read_also_at_the_end_of_a_paragraph_is_marked() -> None:
    text = "The army said that it held the town and the road to it. Read also: Enemy takes the bridge"
    text = f"{text}\n\nThe enemy said nothing about the road, but showed a flag above the council of the town."
    spans = [(text[s.start : s.end], s.kind) for s in marks(text)]
    assert spans == [("Read also: Enemy takes the bridge", SpanKind.RELATED)]


def test_carriage_returns_change_nothing() -> None:
    _, title, content = PAGES[0]
    plain = "\n".join(line for _, line in content)
    windows = "\r\n".join(line for _, line in content)
    assert [s.kind for s in marks(plain, title)] == [s.kind for s in marks(windows, title)]


@given(
    st.text(alphabet=st.sampled_from("aA Б.:|\n\r•5—?(«Read also Comments"), max_size=400),
    st.none() | st.text(max_size=40),
)
def test_marks_are_in_order_apart_and_inside(text: str, title: str | None) -> None:
    end = 0
    for span in marks(text, title):
        assert end <= span.start < span.end <= len(text)
        end = span.end


@pytest.mark.shared
def test_no_gold_claim_is_marked_as_furniture(shared: Path) -> None:
    folder = shared / "reports" / "a"
    reports = {row["id"]: row for row in map(json.loads, (folder / "reports.jsonl").read_text("utf-8").splitlines())}
    spans = {name: mark(r["text"], r["title"], page_lexicon(), r["lang"]) for name, r in reports.items()}
    hidden, checked = [], 0
    for row in map(json.loads, (folder / "gold.jsonl").read_text("utf-8").splitlines()):
        if row["type"] not in {"control", "quantity"}:
            continue
        start = reports[row["doc"]]["text"].index(row["anchor"])
        checked += 1
        if any(
            s.kind in NOT_READ and s.start < start + len(row["anchor"]) and s.end > start for s in spans[row["doc"]]
        ):
            hidden.append((row["doc"], row["anchor"]))
    assert checked > 200
    assert hidden == []  # no exception is needed on this set
