"""Words per second and core: the raw network, the reader around it, the whole stage, and the rules, in one run.

    python bench/understand.py [--rounds 5] [--json FILE]

Rounds alternate between the tasks on one core, so that a slow minute of the machine falls on all of them; the figure
of a task is its median round. "Raw" runs the encoder with its heads over prepared batches: no sentences, no word
pieces, no roles. Trust the ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from whoholds.app.settings import Settings
from whoholds.app.workspace import Workspace
from whoholds.records import Document
from whoholds.stages.segments import sentences
from whoholds.taggers.reader import BATCH, shipped_reader
from whoholds.taggers.rules import RulesTagger
from whoholds.taggers.trained import TrainedTagger
from whoholds.taggers.windows import Window, windows

SAMPLE = Path(__file__).resolve().parent.parent / "src" / "whoholds" / "data" / "sample" / "reports.jsonl"


def documents() -> list[Document]:
    """Return the English reports of the bundled sample."""
    found = Workspace(Settings()).reader_for(SAMPLE)
    return [d for d in (found.read(SAMPLE) if found else ()) if isinstance(d, Document) and (d.lang or "en") == "en"]


def tasks(found: Sequence[Document]) -> dict[str, Callable[[], object]]:
    """Return what is measured, by name."""
    space = Workspace(Settings())
    trained, rules = TrainedTagger(space.theatres, space.gazetteers), RulesTagger(space.theatres, space.gazetteers)
    reader = shipped_reader()
    pieces = [sentences(d, "en") for d in found]
    cut = [w for p in pieces for w in windows(p, reader.tokenizer)]
    batches = [reader.inputs(b) for b in _sorted(cut)]
    return {
        "raw network": lambda: [reader.run(b) for b in batches],
        "reader (word pieces, network, roles)": lambda: [reader.tag(p) for p in pieces],
        "whole stage, trained": lambda: [trained.understand(d) for d in found],
        "whole stage, rules": lambda: [rules.understand(d) for d in found],
    }


def _sorted(cut: Sequence[Window]) -> list[list[Window]]:
    order = sorted(cut, key=len)
    return [list(order[i : i + BATCH]) for i in range(0, len(order), BATCH)]


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--json", type=Path)
    chosen = options.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    found = documents()
    words = sum(len(d.text.split()) for d in found)
    measured = tasks(found)
    spent: dict[str, list[float]] = {}
    for _ in range(chosen.rounds + 1):  # the first round warms up and is left out
        for name, task in measured.items():
            began = time.perf_counter()
            task()
            spent.setdefault(name, []).append(time.perf_counter() - began)
    raw = statistics.median(spent["raw network"][1:])
    for name, times in spent.items():
        middle = statistics.median(times[1:])
        print(f"{name:38} {words / middle:9,.0f} words/s   {middle / raw:5.2f} x raw")
    if chosen.json:
        chosen.json.write_text(json.dumps({n: words / statistics.median(t[1:]) for n, t in spent.items()}))


if __name__ == "__main__":
    main()
