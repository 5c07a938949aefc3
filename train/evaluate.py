"""Scores of every head on labelled windows: exact spans, classes, and roles given the anchor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray

from train.examples import CONTROL, COUNT, IGNORED, SAID, Labelled, batches, collate
from train.model import BINARY_LAYERS, TOKEN_LAYERS

if TYPE_CHECKING:
    from train.model import Network

SPAN_LAYERS = ("source", "cue", "content", "mention", "trigger", "figure")
ROLE_NAMES = {"said": SAID, "control": CONTROL, "count": COUNT}


def spans(classes: NDArray[np.int64]) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, kind) of the spans that B/I classes spell; an I without its B opens a span."""
    start, kind = -1, -1
    for i, c in enumerate([*classes.tolist(), 0]):
        k = (c - 1) // 2 if c > 0 else -1
        if start >= 0 and (k != kind or c % 2 == 1):
            yield start, i, kind
            start, kind = -1, -1
        if k >= 0 and start < 0:
            start, kind = i, k


def evaluate(network: Network, items: Sequence[Labelled]) -> dict[str, float]:
    """Return F1 of span layers and roles, accuracy of class layers, by name."""
    counts: Counter[tuple[str, str]] = Counter()
    network.eval()
    with torch.no_grad():
        for batch in batches(items, 4096, np.random.default_rng(0)):
            _count(network, collate(batch), counts)
    network.train()
    out = {}
    for name in sorted({n for n, _ in counts}):
        tp, gold, made = (counts[name, k] for k in ("tp", "gold", "made"))
        out[name] = round(2 * tp / (gold + made), 4) if gold + made else 0.0
    return out


def _count(network: Network, batch: dict, counts: Counter[tuple[str, str]]) -> None:  # type: ignore[type-arg]
    t = [torch.from_numpy(batch[k]) for k in ("ids", "mask", "shapes", "quoted", "starts", "convention")]
    states = network.states(*t)
    for name, gold in batch["layers"].items():
        logits = network.heads[name](states)
        if name in BINARY_LAYERS:
            valid = gold != IGNORED
            made = (logits.numpy() > 0)[valid]
            _tally(counts, name, made & (gold[valid] == 1), gold[valid] == 1, made)
            continue
        made = logits.argmax(-1).numpy()
        if name not in SPAN_LAYERS:
            valid = (gold != IGNORED) & ((gold > 0) | (made > 0)) if name == "certainty" else gold != IGNORED
            right = (made == gold) & valid
            _tally(counts, name, right, valid, valid)
            continue
        for row in range(len(gold)):
            valid = gold[row] != IGNORED
            a, b = set(spans(gold[row][valid])), set(spans(made[row][valid]))
            counts[name, "tp"] += len(a & b)
            counts[name, "gold"] += len(a)
            counts[name, "made"] += len(b)
    for name, (rows, at, labels) in batch["roles"].items():
        made = network.roles[name](states, torch.from_numpy(rows), torch.from_numpy(at)).argmax(-1).numpy()
        for i in range(len(labels)):
            valid = labels[i] != IGNORED
            a, b = set(spans(labels[i][valid])), set(spans(made[i][valid]))
            for kind, role in enumerate(ROLE_NAMES[name]):
                x, y = {s for s in a if s[2] == kind}, {s for s in b if s[2] == kind}
                counts[f"{name}.{role}", "tp"] += len(x & y)
                counts[f"{name}.{role}", "gold"] += len(x)
                counts[f"{name}.{role}", "made"] += len(y)
            counts[f"{name}.whole", "tp"] += a == b
            counts[f"{name}.whole", "gold"] += 1
            counts[f"{name}.whole", "made"] += 1


def _tally(
    counts: Counter[tuple[str, str]],
    name: str,
    right: NDArray[np.bool_],
    gold: NDArray[np.bool_],
    made: NDArray[np.bool_],
) -> None:
    counts[name, "tp"] += int(right.sum())
    counts[name, "gold"] += int(gold.sum())
    counts[name, "made"] += int(made.sum())


__all__ = ["TOKEN_LAYERS", "evaluate", "spans"]
