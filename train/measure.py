"""Measure the shipped reader on PolNeAR's development part, as published work does.

Exact spans, content overlap, whole relations.

python -m train.measure --corpora build/train/corpora [--reader DIR]
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from whoholds.records import Document
from whoholds.stages.segments import sentences
from whoholds.taggers.reader import FOLDER, Reader

_WORD = re.compile(r"\w+|[^\w\s]")
Words = frozenset[int]
ROLES = ("source", "cue", "content")


def words_of(starts: Sequence[int], spans: Iterable[tuple[int, int]]) -> Words:
    """Return the numbers of the words that begin in spans: two spans of the same words are the same."""
    return frozenset(i for i, at in enumerate(starts) if any(s <= at < e for s, e in spans))


def gold_relations(row: dict[str, Any], starts: Sequence[int]) -> list[dict[str, list[Words]]]:
    """Return the gold attributions of a document: for each role its stretches, as words."""
    return [{r: [words_of(starts, [tuple(s)]) for s in a[r]] for r in ROLES} for a in row["attributions"]]


def found_relations(reader: Reader, row: dict[str, Any], starts: Sequence[int]) -> list[dict[str, list[Words]]]:
    """Return what the reader finds, in the same form."""
    document = Document(id="", name="", text=row["text"], content_hash="")
    tagging = reader.tag(sentences(document, "en"), "polnear")
    out = []
    for a in tagging.attributions:
        parts = {"source": a.source, "cue": (a.cue,), "content": a.content}
        out.append({r: [words_of(starts, [(s.start, s.end)]) for s in parts[r]] for r in ROLES})
    return out


def measure(reader: Reader, path: Path, limit: int | None = None) -> dict[str, float]:
    """Return exact F1 of each role's spans, F1 of the words in content, and F1 of whole relations."""
    counts: Counter[tuple[str, str]] = Counter()
    rows = path.read_text(encoding="utf-8").splitlines()[:limit]
    for line in rows:
        row = json.loads(line)
        starts = [m.start() for m in _WORD.finditer(row["text"])]
        gold, made = gold_relations(row, starts), found_relations(reader, row, starts)
        for role in ROLES:
            _tally(counts, role, *({s for a in side for s in a[role] if s} for side in (gold, made)))
        inside = [frozenset().union(*(s for a in side for s in a["content"])) for side in (gold, made)]
        _tally(counts, "content words", set(inside[0]), set(inside[1]))
        whole = [{tuple(frozenset().union(*a[r]) for r in ROLES) for a in side} for side in (gold, made)]
        _tally(counts, "whole relation", whole[0], whole[1])
    return {n: round(2 * counts[n, "tp"] / (counts[n, "gold"] + counts[n, "made"]), 4)
            for n in (*ROLES, "content words", "whole relation")}  # fmt: skip


def _tally(counts: Counter[tuple[str, str]], name: str, gold: set[Any], made: set[Any]) -> None:
    counts[name, "tp"] += len(gold & made)
    counts[name, "gold"] += len(gold)
    counts[name, "made"] += len(made)


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--corpora", type=Path, default=Path("build/train/corpora"))
    options.add_argument("--reader", type=Path, default=FOLDER)
    options.add_argument("--limit", type=int)
    chosen = options.parse_args()
    for name, value in measure(
        Reader(chosen.reader, threads=2), chosen.corpora / "polnear.dev.jsonl", chosen.limit
    ).items():
        print(f"{name:16} {value:.3f}")


if __name__ == "__main__":
    main()
