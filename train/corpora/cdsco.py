"""CD-SCO: negation cues and their scopes in stories by Conan Doyle.

What: a token per line; for each negation of the sentence three columns, cue, scope and event, each naming the part of
the token that belongs to it (`im` of `impossible`). Sentences are joined into passages. A scope leaves its cue out.
Why: negation in narrative, with affixes.
Source: Morante and Blanco 2012, *SEM shared task. Licence: none stated for the annotation; the stories are free.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from train.corpora import Example, Labelled, Span

NAME = "cdsco"
ARCHIVES = ("negation.tar.gz",)
FILES = {
    "train": "training/SEM-2012-SharedTask-CD-SCO-training-09032012.txt",
    "dev": "dev/SEM-2012-SharedTask-CD-SCO-dev-09032012.txt",
}
COLUMNS = ((0, "negation"), (1, "negation_scope"))
PASSAGE = 20
PLAIN = {"``": "“", "''": "”", "-LRB-": "(", "-RRB-": ")"}
CLINGS = ("'s", "'S", "n't", "'m", "'re", "'ve", "'ll", "'d", "”", ")", ",", ".", ";", ":", "!", "?", "'", "%")


def join(rows: list[list[str]], text: str) -> tuple[str, list[int]]:
    """Add a sentence's tokens to the text as they would be printed, and give where each begins."""
    starts: list[int] = []
    for row in rows:
        word = PLAIN.get(row[3], row[3])
        if text and not (word in CLINGS or text[-1] in "“("):
            text += " "
        starts.append(len(text))
        text += word
    return text, starts


def runs(spans: list[Span], text: str) -> Iterator[Span]:
    """Merge spans that only white space parts."""
    current: Span | None = None
    for start, end in spans:
        if current and not text[current[1] : start].strip():
            current = (current[0], end)
            continue
        if current:
            yield current
        current = (start, end)
    if current:
        yield current


def hedges_of(rows: list[list[str]], starts: list[int], text: str) -> Iterator[Labelled]:
    """Read the cues and scopes of one sentence."""
    for negation in range(7, len(rows[0]) - 2, 3):
        for shift, label in COLUMNS:
            spans: list[Span] = []
            for row, start in zip(rows, starts, strict=True):
                cell = PLAIN.get(row[negation + shift], row[negation + shift])
                word = PLAIN.get(row[3], row[3])
                if cell != "_" and cell in word:
                    first = start + (word.rfind(cell) if shift else word.find(cell))
                    spans.append((first, first + len(cell)))
            yield from ((*span, label) for span in runs(spans, text))


def examples(folder: Path, split: str) -> Iterator[Example]:
    """Give one example per passage of consecutive sentences of a chapter."""
    path = folder / "starsem-st-2012-data" / "cd-sco" / "corpus" / FILES[split]
    blocks = path.read_text(encoding="utf-8").strip().split("\n\n")
    sentences = [[line.split("\t") for line in block.split("\n") if line.strip()] for block in blocks]
    for chapter, group in groupby(sentences, key=lambda rows: rows[0][0]):
        members = list(group)
        for at in range(0, len(members), PASSAGE):
            text = ""
            found: set[Labelled] = set()
            for rows in members[at : at + PASSAGE]:
                text, starts = join(rows, text)
                found.update(hedges_of(rows, starts, text))
            yield Example(id=f"{chapter}-{at:04d}", corpus=NAME, text=text, hedges=tuple(sorted(found)))
