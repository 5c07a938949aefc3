"""Counts of what is right: exact spans, classes, and roles given their anchor. No torch: arrays in, figures out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from train.layers import BINARY_LAYERS, IGNORED, ROLES, SPAN_LAYERS
from whoholds.taggers.windows import Found, spelt

Classes = NDArray[np.int64]


def spans(classes: Classes) -> Iterator[Found]:
    """Yield (start, end, kind) of the spans that B/I classes spell; an I without its B opens a span."""
    return spelt(classes.tolist())


class Scores:
    """What was found, what is to be found, and what of it is right, by name."""

    def __init__(self) -> None:
        self._right: Counter[str] = Counter()
        self._all: Counter[str] = Counter()  # gold and made together

    def figures(self) -> dict[str, float]:
        """Return F1 of all names."""
        return {n: round(2 * self._right[n] / whole, 4) if whole else 0.0 for n, whole in sorted(self._all.items())}

    def layer(self, name: str, gold: Classes, made: NDArray[Any]) -> None:
        """Count a token layer of a batch; ``made`` is yes or no in a binary layer, else a class."""
        valid = gold != IGNORED
        if name in SPAN_LAYERS:
            for row, asked in enumerate(valid):
                self._sets(name, set(spans(gold[row][asked])), set(spans(made[row][asked])))
        elif name in BINARY_LAYERS:
            self._add(name, int((made & valid & (gold == 1)).sum()), int((gold == 1).sum() + (made & valid).sum()))
        else:
            asked = valid & ((gold > 0) | (made > 0)) if name == "certainty" else valid
            self._add(name, int(((made == gold) & asked).sum()), 2 * int(asked.sum()))

    def roles(self, name: str, gold: Classes, made: Classes) -> None:
        """Count a role layer of a batch: each role, and how often all roles of an anchor are right."""
        for row, asked in enumerate(gold != IGNORED):
            a, b = set(spans(gold[row][asked])), set(spans(made[row][asked]))
            for kind, role in enumerate(ROLES[name]):
                self._sets(f"{name}.{role}", {s for s in a if s[2] == kind}, {s for s in b if s[2] == kind})
            self._add(f"{name}.whole", int(a == b), 2)

    def _sets(self, name: str, gold: set[Found], made: set[Found]) -> None:
        self._add(name, len(gold & made), len(gold) + len(made))

    def _add(self, name: str, right: int, whole: int) -> None:
        self._right[name] += right
        self._all[name] += whole
