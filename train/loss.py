"""What the network is taught by: the losses of all layers and roles that a batch has, weighed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from train.layers import BINARY_LAYERS, IGNORED, INPUTS
from train.model import Network

#: How much a layer's loss counts; the others count 1.
WEIGHT = {
    "certainty": 0.3,
    "hedge": 0.3,
    "mention": 0.5,
    "kind": 0.5,
    "figure_stance": 0.3,
    "figure_side": 0.5,
    "trigger": 2.0,
}


def loss_of(network: Network, batch: dict[str, Any]) -> Tensor:
    """Return the summed loss of all layers that a batch has."""
    states = network.drop(network.states(*(torch.from_numpy(batch[name]) for name in INPUTS)))
    total = torch.zeros(())
    for weight, loss in _losses(network, batch, states):
        total = total + weight * loss
    return total


def _losses(network: Network, batch: dict[str, Any], states: Tensor) -> Iterator[tuple[float, Tensor]]:
    for name, layer in batch["layers"].items():
        target = torch.from_numpy(layer)
        logits = network.heads[name](states).float()
        valid = target != IGNORED
        if name in BINARY_LAYERS:
            loss = functional.binary_cross_entropy_with_logits(logits[valid], target[valid].float())
            yield WEIGHT.get(name, 1.0), loss
        elif valid.any():
            yield WEIGHT.get(name, 1.0), _classes(logits, target)
    for name, (rows, at, labels) in batch["roles"].items():
        logits = network.roles[name](states, torch.from_numpy(rows), torch.from_numpy(at)).float()
        yield 2, _classes(logits, torch.from_numpy(labels))


def _classes(logits: Tensor, target: Tensor) -> Tensor:
    return functional.cross_entropy(logits.flatten(0, 1), target.flatten(), ignore_index=IGNORED)
