"""Szeged Uncertainty: words that make a statement uncertain, in Wikipedia and biology.

What: cue spans of four classes (probable, doxastic, condition, investigation), all labelled hedge. Scopes and negation
are not annotated.
Why: hedges in plain prose of the encyclopaedia; the biology repeats the documents of BioScope with other guidelines.
Source: Vincze 2014 / Szarvas et al. 2012, https://rgai.inf.u-szeged.hu/node/160. Licence: wiki text CC BY-SA, rest not
stated.

There are no official parts; a document goes where BioScope's document of that name goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from train.corpora import Example, in_split, tidy
from train.corpora.bioscope_xml import documents

NAME = "szeged"
ARCHIVES = ("szeged_uncertainty.tar.gz",)


def examples(folder: Path, split: str) -> Iterator[Example]:
    """Give one example per document."""
    for path in sorted(folder.glob("*.xml")):
        for document in documents(path):
            if in_split(document.id, split):
                spans = tidy(document.text, {mark[2:] for mark in document.marks if mark[0] == "ccue"})
                hedges = tuple((start, end, "hedge") for start, end in spans)
                yield Example(id=f"{path.stem}/{document.id}", corpus=NAME, text=document.text, hedges=hedges)
