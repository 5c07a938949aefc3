"""UDS factuality: whether an event happened, by the predicates of UD English EWT.

What: per predicate a value from about -1.2 to 1.2, in three labels. A low value says that the event did not happen,
mostly because it was wished, ordered, asked or foreseen (twelve in thirteen below -1 bear no negation), so the value
alone does not make a counterfact:
  counterfact  the clause is negated in the indicative, or hangs on a verb that denies it (failed to, refused to)
  fact         above 0.5, not negated
  uncertain    all else: modal, imperative, conditional, future, or the annotators were in doubt
Why: the certainty of what is reported. Nearly every verb was asked about (98 in 100), but no nouns or adjectives.
Source: White et al. 2016, Rudinger et al. 2018, http://decomp.io; UD English EWT. Licence: CC BY-SA 4.0 both.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from train.corpora import Example, Labelled
from train.corpora.conllu import Sentence, Word, documents

NAME = "uds"
ARCHIVES = ("uds_factuality.tar.gz", "ud_ewt.tar.gz")
THRESHOLD = 0.5
NEGATORS = frozenset(["not", "n't", "never", "no", "neither", "nor"])
NOBODY = frozenset(["nobody", "nothing", "none", "neither"])
MODALS = frozenset(
    ["can", "could", "may", "might", "must", "shall", "should", "will", "would", "wo", "ca", "'ll", "'d"]
)
UNREAL = frozenset(["to", "if", "unless", "whether"])
DENIERS = frozenset(["fail", "refuse", "forget", "avoid", "prevent", "decline", "neglect", "deny", "stop", "cease"])


def negated(sentence: Sentence, word: Word) -> bool:
    """Tell whether the predicate's own clause is negated, by a particle or by `no` in its subject or object."""
    for child in sentence.children(word.index):
        if child.relation in ("advmod", "cc:preconj") and child.lemma.lower() in NEGATORS:
            return True
        if child.relation.split(":")[0] in ("nsubj", "obj"):
            if child.lemma.lower() in NOBODY:
                return True
            if any(each.relation == "det" and each.lemma.lower() == "no" for each in sentence.children(child.index)):
                return True
    return False


def indicative(sentence: Sentence, word: Word) -> bool:
    """Tell whether the predicate is stated: no modal, no infinitive, imperative or condition."""
    children = sentence.children(word.index)
    auxiliaries = [child for child in children if child.relation.startswith("aux")]
    if any(each.form.lower() in MODALS or "Mood=Imp" in each.features for each in (*auxiliaries, word)):
        return False
    if any(child.relation == "mark" and child.lemma.lower() in UNREAL for child in children):
        return False
    return any("Mood=Ind" in each.features for each in auxiliaries or [word])


def certainty(sentence: Sentence, word: Word, value: float) -> str:
    """Give the label of one predicate."""
    if negated(sentence, word):
        return "counterfact" if indicative(sentence, word) else "uncertain"
    if value > THRESHOLD:
        return "fact"
    above = sentence.words.get(word.head)
    hangs = word.relation in ("xcomp", "ccomp") and above is not None and above.lemma.lower() in DENIERS
    if hangs and above and value < -THRESHOLD and indicative(sentence, above) and not negated(sentence, above):
        return "counterfact"
    return "uncertain"


def values_by_sentence(folder: Path) -> dict[str, dict[int, float]]:
    """Read the values, by the treebank's sentence and word index."""
    names = json.loads((folder / "ud_ids.json").read_text(encoding="utf-8"))
    graphs = json.loads((folder / "norm" / "factuality.json").read_text(encoding="utf-8"))["data"]
    found: dict[str, dict[int, float]] = {}
    for graph, nodes in graphs.items():
        sentence = found.setdefault(names[graph]["sentence_id"], {})
        for node, layers in nodes.items():
            if "-pred-" in node:
                sentence[int(node.rpartition("-")[2])] = layers["factuality"]["factual"]["value"]
    return found


def examples(folder: Path, split: str) -> Iterator[Example]:
    """Give one example per document of the treebank's part `split`."""
    values = values_by_sentence(folder)
    for document in documents(folder.parent / "ud_ewt" / f"en_ewt-ud-{split}.conllu"):
        labels: list[Labelled] = []
        for sentence in document.sentences:
            for index, value in sorted(values.get(sentence.id, {}).items()):
                word = sentence.words.get(index)
                if word:
                    labels.append((word.start, word.end, certainty(sentence, word, value)))
        if labels:
            yield Example(id=document.id, corpus=NAME, text=document.text.rstrip(), certainty=tuple(labels))
