"""Attributions: who is said to have said what, in every frame; and words that look like one and are none."""

from __future__ import annotations

import pytest

from invented_theatre import attributions, document
from whoholds.records import Stance
from whoholds.stages.attributions import Attribution, continued_quotes, find_attributions
from whoholds.stages.segments import sentences
from whoholds.taggers.lexicons import load_lexicon


def read(text: str, lang: str = "en") -> list[tuple[str | None, str, str]]:
    """Return source, cue and content as they stand in the text."""
    return [_words(text, a) for a in attributions(text, lang)]


def _words(text: str, a: Attribution) -> tuple[str | None, str, str]:
    source = text[a.source.start : a.source.end] if a.source else None
    return source, text[a.cue.start : a.cue.end], text[a.content.start : a.content.end]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        # indirect
        (
            "The ministry said that its troops had entered Brenholt.",
            "The ministry",
            "said",
            "its troops had entered Brenholt",
        ),
        ("Arvid Holm said the town was lost.", "Arvid Holm", "said", "the town was lost"),
        (
            "On Monday, the governor said that the bridge was gone.",
            "the governor",
            "said",
            "the bridge was gone",
        ),
        (
            "Arvid Holm, a spokesman for the ministry, said that the town was quiet.",
            "Arvid Holm, a spokesman for the ministry",
            "said",
            "the town was quiet",
        ),
        ("The army announced the capture of Brenholt.", "The army", "announced", "the capture of Brenholt"),
        # direct
        ("“The whole town is ours,” the commander said.", "the commander", "said", "The whole town is ours"),
        ("The commander said: “The whole town is ours now.”", "The commander", "said", "The whole town is ours now"),
        # inverted
        ("“The whole town is ours,” said Arvid Holm.", "Arvid Holm", "said", "The whole town is ours"),
        ("The whole town is quiet, said Arvid Holm.", "Arvid Holm", "said", "The whole town is quiet"),
        # post
        ("The whole town is quiet, the governor said.", "the governor", "said", "The whole town is quiet"),
        ("The whole town is quiet, the governor said on Monday.", "the governor", "said", "The whole town is quiet"),
        # according to
        (
            "According to Lirra Watch, the rebels hold the centre.",
            "Lirra Watch",
            "According to",
            "the rebels hold the centre",
        ),
        (
            "The rebels hold the centre, according to Lirra Watch.",
            "Lirra Watch",
            "according to",
            "The rebels hold the centre",
        ),
        # told somebody
        (
            "The commander told reporters that the town had fallen.",
            "The commander",
            "told",
            "the town had fallen",
        ),
        (
            "The commander told Coast Daily the town had fallen at dawn.",
            "The commander",
            "told",
            "the town had fallen at dawn",
        ),
        # passive
        (
            "The envoy was quoted as saying the flag had been raised.",
            "The envoy",
            "was quoted as saying",
            "the flag had been raised",
        ),
        # headline
        ("Lirra Watch: rebels hold the whole centre", "Lirra Watch", ":", "rebels hold the whole centre"),
        ("Rebels hold the whole centre – Lirra Watch", "Lirra Watch", "–", "Rebels hold the whole centre"),
    ],
)
def test_each_frame(text: str, source: str, cue: str, content: str) -> None:
    assert read(text) == [(source, cue, content)]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The ministry said that the town had fallen.", Stance.ASSERTS),
        ("The ministry denied that the town had fallen.", Stance.DENIES),
        ("The ministry rejected the report of its defeat.", Stance.DENIES),
        ("The ministry called the whole report baseless.", Stance.DENIES),
        ("The agency could not independently verify the report.", Stance.UNSURE),
        ("Lirra Watch has seen no evidence that the town has fallen.", Stance.UNSURE),
        ("The ministry did not confirm the loss of Brenholt.", Stance.UNSURE),
        ("The ministry did not directly deny that the town had fallen.", Stance.UNSURE),
    ],
)
def test_the_stance_is_that_of_the_cue(text: str, stance: Stance) -> None:
    assert [a.stance for a in attributions(text)] == [stance]


def test_a_denied_claim_holds_two_attributions_the_denial_around_the_claim() -> None:
    text = "The army rejected Norish claims that the town had fallen."
    outer, inner = attributions(text)
    assert (outer.stance, inner.stance) == (Stance.DENIES, Stance.ASSERTS)
    assert _words(text, outer)[0] == "The army"
    assert _words(text, inner)[0] == "Norish"
    assert outer.content.start <= inner.content.start
    assert inner.content.end <= outer.content.end
    assert _words(text, inner)[2] == "the town had fallen"


def test_two_speakers_of_one_sentence() -> None:
    text = "The army said that the town held, but the rebels said that it had fallen."
    assert [(s, c) for s, _, c in read(text)] == [("The army", "the town held"), ("the rebels", "it had fallen")]


def test_an_added_word_has_the_speaker_before_it() -> None:
    text = "The governor said the bridge was gone, adding that the town was quiet."
    assert {s for s, _, _ in read(text)} == {"The governor"}
    assert "the town was quiet" in {c for _, _, c in read(text)}


@pytest.mark.xfail(strict=True, reason="what stands behind the speaker of a split quotation is not read")
def test_two_quotations_around_a_speaker_are_two_contents() -> None:
    text = "“We have left the town,” the governor said, “and we will not return to it.”"
    assert [c for _, _, c in read(text)] == ["We have left the town", "and we will not return to it."]


def test_a_subject_does_not_run_over_the_cue_of_another() -> None:
    assert read("The Norish army claims that the town fell.") == [("The Norish army", "claims", "the town fell")]


def test_a_bare_quotation_goes_on_with_the_speaker_before_it() -> None:
    text = "“The town is quiet now,” the governor said. “Nobody has come back to it since.”"
    first, second = sentences(document(text), "en")
    [spoken] = find_attributions(first, load_lexicon("en"))
    [further] = continued_quotes(second, spoken)
    assert text[further.content.start : further.content.end] == "Nobody has come back to it since."
    assert further.source == spoken.source
    assert continued_quotes(second, None) == []


def test_a_sentence_of_its_own_words_is_no_continued_quotation() -> None:
    text = "“The town is quiet now,” the governor said. The miller’s “old and tall house by the river” stands."
    first, second = sentences(document(text), "en")
    [spoken] = find_attributions(first, load_lexicon("en"))
    assert continued_quotes(second, spoken) == []


@pytest.mark.parametrize(
    "text",
    [
        "The town fell at dawn.",
        "There is nothing to report.",
        "The report was long.",
        "He was told nothing.",
        "The claim was never made in court.",
        "The bridge is said by some to be gone.",
        "She had her say.",
        "Read more: the fall of a town in ten pictures",
        "Photo: a street after rain",
        "It had to be said.",
        "The so-called “house of the lord” stands.",
    ],
)
def test_what_is_no_attribution(text: str) -> None:
    assert attributions(text) == []


@pytest.mark.parametrize(
    ("lang", "text", "source", "content"),
    [
        ("ru", "Министерство сообщило, что войска заняли село.", "Министерство", "войска заняли село"),
        ("ru", "По словам губернатора, в городе тихо и спокойно.", "губернатора", "в городе тихо и спокойно"),
        ("ru", "«В городе тихо и спокойно», — сказал губернатор.", "губернатор", "В городе тихо и спокойно"),
        ("uk", "Міністерство повідомило, що війська зайняли село.", "Міністерство", "війська зайняли село"),
        ("uk", "За словами губернатора, у місті тихо і спокійно.", "губернатора", "у місті тихо і спокійно"),
        ("uk", "«У місті тихо і спокійно», — сказав губернатор.", "губернатор", "У місті тихо і спокійно"),
        ("uk", "Голова групи «Захід» Іван Тихий заявив, що війська зайняли село.", "Голова групи «Захід» Іван Тихий",
         "війська зайняли село"),
        ("uk", "Як повідомив губернатор, у місті тихо і спокійно.", "губернатор", "у місті тихо і спокійно"),
        ("uk", "Генерал доповів міністру, що війська зайняли село.", "Генерал", "війська зайняли село"),
        ("ru", "Как сообщил губернатор, в городе тихо и спокойно.", "губернатор", "в городе тихо и спокойно"),
        ("ru", "Генерал доложил министру, что войска заняли село.", "Генерал", "войска заняли село"),
    ],
)  # fmt: skip
def test_russian_and_ukrainian_frames(lang: str, text: str, source: str, content: str) -> None:
    assert [(s, c) for s, _, c in read(text, lang)] == [(source, content)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Министерство опровергло захват города."),
        ("uk", "Міністерство спростувало захоплення міста."),
    ],
)
def test_russian_and_ukrainian_denials(lang: str, text: str) -> None:
    assert [a.stance for a in attributions(text, lang)] == [Stance.DENIES]


def test_offsets_are_those_of_the_document() -> None:
    text = "It rained.\n\nThe ministry said that the town was quiet."
    [found] = find_attributions(sentences(document(text), "en")[1], load_lexicon("en"))
    assert _words(text, found) == ("The ministry", "said", "the town was quiet")
