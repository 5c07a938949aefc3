"""BioScope: cues of negation and speculation with their scopes, in biology abstracts and papers.

What: in-line mark-up of cues and of what they reach over; scopes nest, and hold their cue. The clinical part is left
out: its words were replaced by asterisks.
Why: the largest corpus of scopes.
Source: Vincze et al. 2008, https://rgai.inf.u-szeged.hu/node/105. Licence: CC BY 2.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from train.corpora import Example, Labelled, in_split, tidy
from train.corpora.bioscope_xml import Marked, documents

NAME = "bioscope"
ARCHIVES = ("negation.tar.gz",)
FILES = ("abstracts.xml", "full_papers.xml")
LABELS = {"negation": "negation", "speculation": "hedge"}


def hedges_of(document: Marked) -> tuple[Labelled, ...]:
    """Label the cues by their type and the scopes by the cue that refers to them."""
    kinds = {attributes["ref"]: attributes["type"] for tag, attributes, _, _ in document.marks if tag == "cue"}
    found: set[Labelled] = set()
    for tag, attributes, start, end in document.marks:
        kind = attributes.get("type") if tag == "cue" else kinds.get(attributes.get("id", ""))
        if kind in LABELS:
            label = LABELS[kind] + ("" if tag == "cue" else "_scope")
            found.update((*span, label) for span in tidy(document.text, [(start, end)]))
    return tuple(sorted(found))


def examples(folder: Path, split: str) -> Iterator[Example]:
    """Give one example per document; there are no official parts."""
    for name in FILES:
        for document in documents(folder / "bioscope" / name):
            if in_split(document.id, split):
                yield Example(id=document.id, corpus=NAME, text=document.text, hedges=hedges_of(document))
