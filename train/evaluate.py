"""Scores of every head on labelled windows: exact spans, classes, and roles given the anchor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from train.batching import batches, collate
from train.labelling import Labelled
from train.layers import BINARY_LAYERS, INPUTS, TOKEN_LAYERS
from train.scores import Scores, spans

if TYPE_CHECKING:
    from train.model import Network


def evaluate(network: Network, items: Sequence[Labelled]) -> dict[str, float]:
    """Return F1 of span layers and roles, accuracy of class layers, by name."""
    scores = Scores()
    network.eval()
    with torch.no_grad():
        for batch in batches(items, 4096, np.random.default_rng(0)):
            _count(network, collate(batch), scores)
    network.train()
    return scores.figures()


def _count(network: Network, batch: dict[str, Any], scores: Scores) -> None:
    states = network.states(*(torch.from_numpy(batch[k]) for k in INPUTS))
    for name, gold in batch["layers"].items():
        logits = network.heads[name](states)
        scores.layer(name, gold, ((logits > 0) if name in BINARY_LAYERS else logits.argmax(-1)).numpy())
    for name, (rows, at, labels) in batch["roles"].items():
        logits = network.roles[name](states, torch.from_numpy(rows), torch.from_numpy(at))
        scores.roles(name, labels, logits.argmax(-1).numpy())


__all__ = ["TOKEN_LAYERS", "evaluate", "spans"]
