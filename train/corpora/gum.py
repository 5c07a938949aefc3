"""GUM: nested attributions from discourse relations, and names, in seven open genres.

What: an attribution relation joins an attributing unit to the stretch that is attributed: the governed unit with all
that hangs on it more closely than the attribution, and its other half where the attribution splits it. Source and cue
are the tokens that the annotators gave as the signals of the relation; where the cue has none, the verb that heads the
unit, or `according to`.
Why: the only nested attributions at hand, with a polarity. Attributing units are clauses; `his claim that` is missing.
Source: Zeldes 2017, https://gucorpling.org/gum/. Licence: CC BY for these genres.

Stance: attribution-negative mostly means that the source does not know or say; only with verbs of holding true is it a
denial.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from train.corpora import Attribution, Example, Span, tidy
from train.corpora.conllu import Document, Word, documents
from train.corpora.gum_names import names_of

NAME = "gum"
ARCHIVES = ("gum_ccby.tar.gz",)
RELATION = re.compile(r"([\w-]+):(\d+)->(\d+):(\d+):?(\S*)")
SOURCE = re.compile(r"sem-atsrc-(\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*)")
CUE = re.compile(r"lex-indwd-(\d+)")
HOLDING = frozenset(["think", "believe", "agree", "expect", "accept", "buy", "feel", "mean"])
DENYING = frozenset(["deny", "reject", "dispute", "refute", "rebut", "dismiss"])
DOUBTING = frozenset(["doubt", "wonder", "ask", "question", "inquire", "unsure", "uncertain", "unclear"])
PARTS = ("aux", "aux:pass", "compound:prt", "cop", "fixed")
QUOTES = '"“”'
FRAME = " \t\n,;:.-–—"


@dataclass
class Unit:
    """One elementary discourse unit: its words' positions in the document and its relation."""

    words: range
    relation: str = "ROOT"
    above: int = 0
    depth: int = 0
    signals: str = ""


def units_of(words: list[Word]) -> dict[int, Unit]:
    """Cut the document into its numbered units; each begins at a word that bears a relation."""
    starts = [at for at, word in enumerate(words) if "Discourse" in word.misc]
    units: dict[int, Unit] = {}
    for at, end in zip(starts, [*starts[1:], len(words)], strict=True):
        label = words[at].misc["Discourse"]
        found = RELATION.match(label)
        if found:
            name, number, above, depth, signals = found.groups()
            signals = signals.split(";")[0]
            units[int(number)] = Unit(range(at, end), name, int(above), int(depth), signals)
        elif label.startswith("ROOT:"):
            units[int(label.split(":")[1])] = Unit(range(at, end))
    return units


def attributed(number: int, units: dict[int, Unit]) -> list[int]:
    """Give the units that attribution `number` reaches over."""
    relation = units[number]
    todo = [relation.above]
    for key, unit in units.items():
        closer = unit.depth < relation.depth or unit.relation.startswith("same-unit")
        if unit.above == relation.above and closer:
            todo.append(key)
    found = {number}
    while todo:
        key = todo.pop()
        if key in units and key not in found:
            found.add(key)
            if key != relation.above:
                todo.extend(each for each, unit in units.items() if unit.above == key)
    return sorted(found - {number})


def numbers_of(signals: str) -> list[int]:
    """Read the source's word positions from a relation's signals."""
    found = SOURCE.search(signals)
    if not found:
        return []
    ends = [piece.split("-") for piece in found.group(1).split(",")]
    return [at for piece in ends for at in range(int(piece[0]) - 1, int(piece[-1]))]


def cue_of(unit: Unit, words: list[Word], content: set[int], source: set[int]) -> list[int]:
    """Find the cue: the signalled word that governs the content, with its auxiliaries and particles."""
    inside = [at for at in unit.words if at not in source]
    for at in inside[:-1]:
        if words[at].form.lower() == "according" and words[at + 1].form.lower() == "to":
            return [at, at + 1]
    begins = {at: at - words[at].index for at in (*unit.words, *content)}
    signalled = [at for at in (int(each) - 1 for each in CUE.findall(unit.signals)) if at in inside]
    governing = [at for at in signalled if any(begins[each] + words[each].head == at for each in content)]
    heads = [at for at in inside if begins[at] + words[at].head not in unit.words and words[at].upos == "VERB"]
    if not (governing or signalled or heads):
        return []
    head = (governing or signalled or heads)[-1]
    kept = {head}
    for at in inside:
        if begins[at] + words[at].head == head and (
            words[at].relation in PARTS or "Polarity=Neg" in words[at].features
        ):
            kept.add(at)
    return sorted(kept)


def stance_of(unit: Unit, words: list[Word], cue: list[int], ends: str) -> str | None:
    """Give the source's stance, or None where the attribution itself is asked or supposed."""
    lemmas = {words[at].lemma.lower() for at in cue}
    if ends == "?" or words[unit.words[0]].form.lower() == "if":
        return None
    if unit.relation.endswith("negative"):
        if lemmas & DENYING:
            return "denies" if not any("Polarity=Neg" in words[at].features for at in cue) else "unsure"
        return "denies" if lemmas & HOLDING else "unsure"
    if lemmas & DENYING:
        return "denies"
    return "unsure" if lemmas & DOUBTING else "asserts"


def spans_of(positions: list[int], words: list[Word], text: str) -> tuple[Span, ...]:
    """Turn word positions into spans, merged where only white space parts them."""
    found: list[Span] = []
    for at in sorted(positions):
        start, end = words[at].start, words[at].end
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tidy(text, [trim(text, start, end) for start, end in found])


def trim(text: str, start: int, end: int) -> Span:
    """Cut punctuation off a span's ends, and a quotation mark whose partner lies outside."""
    while start < end:
        piece = text[start:end]
        lone = sum(piece.count(mark) for mark in QUOTES) == 1
        if piece[0] in FRAME or (lone and piece[0] in QUOTES):
            start += 1
        elif piece[-1] in FRAME or (lone and piece[-1] in QUOTES):
            end -= 1
        else:
            break
    return start, end


def attributions_of(document: Document, text: str) -> Iterator[Attribution]:
    """Read the attributions of one document."""
    words = [word for sentence in document.sentences for word in sentence.words.values()]
    units = units_of(words)
    for number, unit in units.items():
        if not unit.relation.startswith("attribution"):
            continue
        content = [at for key in attributed(number, units) for at in units[key].words]
        source = [at for at in numbers_of(unit.signals) if at < len(words) and at not in content]
        cue = cue_of(unit, words, set(content), set(source))
        whole = text[: words[max([*unit.words, *content])].end].rstrip(QUOTES + "’' ")
        spans = spans_of(content, words, text)
        if spans:
            stance = stance_of(unit, words, cue, whole[-1:])
            yield Attribution(spans_of(source, words, text), spans_of(cue, words, text), spans, stance)


def examples(folder: Path, split: str) -> Iterator[Example]:
    """Give one example per document of the official part `split`."""
    for document in documents(folder / f"{split}.conllu"):
        text = document.text.rstrip()
        attributions = tuple(sorted(attributions_of(document, text), key=lambda item: item.content))
        yield Example(document.id, NAME, text, attributions=attributions, mentions=names_of(document, text))
