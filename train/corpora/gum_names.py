"""GUM's named entities: people, organisations, places and dates.

What: GUM marks every mention, named or not, with all that modifies it. A mention is kept where its head is a proper
noun and is cut to the name around the head (`Dr. William Glennie`, not `Dr. William Glennie, in Dulwich`), as the
newswire corpus does. A time is kept whole where it holds a number or a proper noun and is no mere length (`30 years`).
Buildings count as places.
Why: names in other genres than news.
Source: see gum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from train.corpora import Labelled, bare, flat, tidy
from train.corpora.conllu import Document, Word

LABELS = {"person": "person", "organization": "organisation", "place": "place", "time": "date"}
MARK = re.compile(r"\((?P<open>\d+)-(?P<kind>[a-z]+)[^()]*|(?P<close>\d+)?\)")
INNER = ("flat", "compound", "nmod:desc", "nmod", "nmod:unmarked", "nummod", "amod", "case", "det", "punct", "dep")
LINKS = frozenset(
    ["of", "de", "del", "da", "di", "la", "le", "al", "el", "van", "von", "der", "bin", "the", "&", "-", "'s"]
)
LENGTHS = frozenset(["second", "minute", "hour", "day", "week", "month", "year", "decade", "century"])
LONGEST_DATE = 6


def mentions_of(words: list[Word]) -> Iterator[tuple[str, list[Word]]]:
    """Give each marked mention's class and words."""
    opened: list[tuple[str, str, int]] = []
    for at, word in enumerate(words):
        for mark in MARK.finditer(word.misc.get("Entity", "")):
            if mark["open"]:
                opened.append((mark["open"], mark["kind"], at))
                continue
            wanted = mark["close"] or (opened[-1][0] if opened else "")
            place = next((i for i in range(len(opened) - 1, -1, -1) if opened[i][0] == wanted), None)
            if place is not None:
                _, kind, start = opened.pop(place)
                yield kind, words[start : at + 1]


def head_of(words: list[Word]) -> Word | None:
    """Give the word whose head lies outside the mention."""
    inside = {word.index for word in words}
    return next((word for word in words if word.head not in inside), None)


def name_within(words: list[Word]) -> list[Word]:
    """Cut a mention to the name around its head; empty where the head is no proper noun."""
    head = head_of(words)
    if head is None or head.upos != "PROPN":
        return []
    belongs = {head.index}
    for _ in words:
        belongs |= {each.index for each in words if each.head in belongs and each.relation.split("@")[0] in INNER}

    def is_part(word: Word) -> bool:
        return word.index in belongs and (word.upos in ("PROPN", "NUM") or word.form[:1].isupper())

    at = words.index(head)
    first = last = at
    for step, bound in ((-1, -1), (1, len(words))):
        for place in range(at + step, bound, step):
            word = words[place]
            if is_part(word):
                first, last = min(first, place), max(last, place)
            elif word.index not in belongs or word.form.lower() not in LINKS:
                break
    return words[first : last + 1]


def is_dated(words: list[Word]) -> bool:
    """Tell whether a time names a date: by a proper noun, or by a number that does not count days or years."""
    counted = any(word.lemma.lower() in LENGTHS for word in words)
    named = any(word.upos == "PROPN" or (word.upos == "NUM" and not counted) for word in words)
    return named and len(words) <= LONGEST_DATE


def names_of(document: Document, text: str) -> tuple[Labelled, ...]:
    """Give the named mentions of one document."""
    found: list[Labelled] = []
    for sentence in document.sentences:
        for kind, words in mentions_of(list(sentence.words.values())):
            label = LABELS.get(kind)
            whole = words if is_dated(words) else []
            kept = whole if label == "date" else name_within(words)
            if label and kept:
                spans = tidy(text, [(kept[0].start, kept[-1].end)])
                found.extend((*bare(text, *span), label) for span in spans)
    return flat(found)
