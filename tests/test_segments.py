"""Sentences: true offsets, quotations masked, marked stretches left out."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from invented_theatre import document
from whoholds.records import MarkedSpan, Section, SpanKind
from whoholds.stages.segments import MASK, Sentence, quotations, sentences
from whoholds.taggers.lexicons import LANGUAGES


def split(text: str, lang: str = "en") -> list[Sentence]:
    return sentences(document(text, lang=lang), lang)


def texts(text: str, lang: str = "en") -> list[str]:
    return [s.text for s in split(text, lang)]


def test_a_paragraph_is_cut_into_sentences() -> None:
    assert texts("Brenholt fell. The bridge stands.\n\nKestova held out.") == [
        "Brenholt fell.",
        "The bridge stands.",
        "Kestova held out.",
    ]
    assert [s.paragraph for s in split("One went. Two went.\n\nThree went.")] == [0, 0, 1]


def test_a_full_stop_within_a_quotation_does_not_cut() -> None:
    text = "“We left. Nobody stayed. It is over,” the miller said. Then it rained."
    assert texts(text) == ["“We left. Nobody stayed. It is over,” the miller said.", "Then it rained."]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“We left at dawn,” he said.", "We left at dawn,"),
        ('"We left at dawn," he said.', "We left at dawn,"),
        ("«Мы ушли на рассвете», — сказал он.", "Мы ушли на рассвете"),
        ("„Ми пішли на світанку“, — сказав він.", "Ми пішли на світанку"),
        ("‘We left the miller’s house,’ he said.", "We left the miller’s house,"),
        ("He said: “We left at dawn and", "We left at dawn and"),
    ],
)
def test_quotations_of_every_style(text: str, inner: str) -> None:
    [found] = quotations(text)
    assert text[found.start : found.end] == inner


def test_a_long_quotation_is_masked_and_the_text_is_not() -> None:
    [sentence] = split("“The whole town is quiet now,” the miller said.")
    assert "quiet" not in sentence.masked
    assert MASK in sentence.masked
    assert len(sentence.masked) == len(sentence.text)
    assert sentence.text.startswith("“The whole town is quiet now")
    [quote] = sentence.quotes
    assert "“The whole town is quiet now,” the miller said."[quote.start : quote.end] == "The whole town is quiet now,"


def test_apostrophes_of_a_word_are_no_quotation() -> None:
    assert list(quotations("The miller’s horses and the town’s gates.")) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("OSKARA, March 9 (Harbour Agency) - Brenholt fell.", "Brenholt fell."),
        ("• Brenholt fell.", "Brenholt fell."),
        ("14:05 | Brenholt fell.", "Brenholt fell."),
    ],
)
def test_datelines_bullets_and_clocks_are_no_words_of_a_sentence(text: str, sentence: str) -> None:
    [found] = split(text)
    assert found.text == sentence
    assert text[found.start : found.end] == sentence


@pytest.mark.parametrize("kind", [SpanKind.BOILERPLATE, SpanKind.RELATED, SpanKind.BYLINE])
def test_what_is_marked_as_no_text_is_left_out(kind: SpanKind) -> None:
    text = "Brenholt fell.\n\nGive to our paper today.\n\nKestova stands."
    start = text.index("Give")
    marked = replace(document(text), marked=(MarkedSpan(start=start, end=start + 24, kind=kind),))
    assert [s.text for s in sentences(marked, "en")] == ["Brenholt fell.", "Kestova stands."]


@pytest.mark.parametrize(
    ("kind", "section"),
    [
        (SpanKind.HEADLINE, Section.HEADLINE),
        (SpanKind.CAPTION, Section.CAPTION),
        (SpanKind.CORRECTION, Section.CORRECTION),
    ],
)
def test_headlines_captions_and_corrections_are_read_and_known_as_such(kind: SpanKind, section: Section) -> None:
    marked = replace(document("Brenholt fell\n\nIt was dawn."), marked=(MarkedSpan(start=0, end=13, kind=kind),))
    assert [s.section for s in sentences(marked, "en")] == [section, Section.BODY]


@pytest.mark.parametrize("text", ["", "\n\n", "   \n\t\n ", "…", "“", "•", "\ufeff"])
def test_next_to_nothing_is_read_without_complaint(text: str) -> None:
    assert all(text[s.start : s.end] == s.text for s in split(text))


@given(
    text=st.lists(
        st.sampled_from(
            ["Brenholt fell. ", "“Go! ", "stop.” ", "he said. ", "«Так. ", "», ", "\n", "’", "\u00a0", "🔻 "]
        )
        | st.text(max_size=12),
        max_size=14,
    ).map("".join),
    lang=st.sampled_from(LANGUAGES),
)
def test_every_sentence_is_a_slice_of_its_document(text: str, lang: str) -> None:
    found = split(text, lang)
    for sentence in found:
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text.strip()
        assert len(sentence.masked) == len(sentence.text)
        assert all(sentence.start <= q.start <= q.end <= sentence.end for q in sentence.quotes)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("unit", ["Aaaa ", "a", "1 ", "“", "x, "])
def test_a_stretch_without_a_full_stop_is_read_in_pieces_that_lose_nothing(unit: str) -> None:
    text = unit * (6000 // len(unit))
    pieces = split(text)
    assert max(len(p.text) for p in pieces) <= 1500
    assert "".join("".join(p.text for p in pieces).split()) == "".join(text.split())
    assert all(text[p.start : p.end] == p.text for p in pieces)
