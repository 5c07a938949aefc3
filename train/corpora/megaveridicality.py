"""MegaVeridicality, recast: does what is embedded under a verb follow (`someone confirmed that a thing happened`)?

What: for each frame three hypotheses, that the thing happened, did not, or may have; the one that follows labels the
embedded predicate fact, counterfact or uncertain. A frame where none or several follow is left out.
Why: which verbs commit the speaker, for a thousand verbs, affirmed and negated. The sentences are bleached templates:
sample them sparingly.
Source: White and Rawlins 2018, recast by Poliak et al. 2018 (DNC), https://github.com/decompositional-semantics-initiative.
Licence: CC BY-SA 4.0.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from train.corpora import Example

NAME = "megaveridicality"
ARCHIVES = ("nli.tar.gz",)
EMBEDDED = re.compile(r"\b(happened|happen|do|did|have|had)(?= a particular thing\b|\W*$)")


def label_of(hypothesis: str) -> str:
    """Name the label that holds where the hypothesis follows."""
    if " might or might not " in hypothesis:
        return "uncertain"
    return "counterfact" if "n't " in hypothesis else "fact"


def examples(folder: Path, split: str) -> Iterator[Example]:
    """Give one example per frame of the official part `split`."""
    path = folder / "dnc" / f"{split}-recast_megaveridicality_data.json"
    frames: dict[str, list[str]] = {}
    for pair in json.loads(path.read_text(encoding="utf-8")):
        labels = frames.setdefault(pair["context"], [])
        if pair["label"] == "entailed":
            labels.append(label_of(pair["hypothesis"]))
    for number, (context, labels) in enumerate(frames.items()):
        text = re.sub(r" (?=n't\b|\.)", "", context)
        text = text[:1].upper() + text[1:]
        places = list(EMBEDDED.finditer(text))
        if len(labels) == 1 and places:
            span = (*places[-1].span(1), labels[0])
            yield Example(id=f"{split}-{number:05d}", corpus=NAME, text=text, certainty=(span,))
