"""Labelled windows to batches of like length, and a batch to the arrays that the network reads and is judged by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from train.labelling import Labelled
from train.layers import HEDGES, IGNORED, ROLES, TOKEN_LAYERS

Ints = NDArray[np.int64]


def batches(items: Sequence[Labelled], budget: int, rng: np.random.Generator) -> Iterator[list[Labelled]]:
    """Yield batches of windows of like length, in random order, of at most ``budget`` pieces."""
    order = sorted(range(len(items)), key=lambda i: len(items[i].window) + rng.random() * 8)
    groups: list[list[Labelled]] = []
    current: list[Labelled] = []
    for i in order:
        longest = max(len(items[i].window), max((len(x.window) for x in current), default=0))
        if current and longest * (len(current) + 1) > budget:
            groups.append(current)
            current = []
        current.append(items[i])
    groups += [current] if current else []
    for i in rng.permutation(len(groups)):
        yield groups[i]


def collate(batch: Sequence[Labelled]) -> dict[str, Any]:
    """Return the arrays of a batch: inputs, token labels, and for each role layer rows, places and labels."""
    size = max(len(b.window) for b in batch)
    layers = {name: _layer(batch, name, size) for name in TOKEN_LAYERS if any(name in b.layers for b in batch)}
    roles = {name: _roles(batch, name, size) for name in ROLES if any(a[0] == name for b in batch for a in b.anchors)}
    return _inputs(batch, size) | {"layers": layers, "roles": roles}


def _inputs(batch: Sequence[Labelled], size: int) -> dict[str, Any]:
    return {
        "ids": _padded([b.window.ids for b in batch], size, 0),
        "mask": _padded([[1] * len(b.window) for b in batch], size, 0),
        "shapes": _padded([b.window.shapes for b in batch], size, 5),
        "quoted": _padded([b.window.quoted for b in batch], size, 0),
        "starts": _padded([b.window.starts for b in batch], size, 0),
        "convention": np.asarray([b.convention for b in batch]),
    }


def _padded(values: Sequence[Sequence[int] | NDArray[np.int16]], size: int, fill: int) -> Ints:
    out = np.full((len(values), size), fill, np.int64)
    for row, v in enumerate(values):
        out[row, : len(v)] = v
    return out


def _layer(batch: Sequence[Labelled], name: str, size: int) -> Ints:
    shape = (len(batch), size, len(HEDGES)) if name == "hedge" else (len(batch), size)
    out = np.full(shape, IGNORED, np.int64)
    for row, b in enumerate(batch):
        if name in b.layers:
            out[row, : len(b.window)] = b.layers[name]
    return out


def _roles(batch: Sequence[Labelled], name: str, size: int) -> tuple[Ints, Ints, Ints]:
    found = [(row, at, labels) for row, b in enumerate(batch) for kind, at, labels in b.anchors if kind == name]
    rows, places = np.asarray([row for row, _, _ in found]), np.asarray([at for _, at, _ in found])
    return rows, places, _padded([labels for _, _, labels in found], size, IGNORED)
