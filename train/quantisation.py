"""What int8 costs: every head on the held-out parts, in fp32 and as shipped, side by side.

    python -m train.quantisation --weights build/train/run/final.pt [--shipped src/whoholds/data/reader] [--most 0.5]

Exits with 1 where a head loses more than half a point of F1 (or accuracy): then its layer is to be kept in fp32.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import onnxruntime as ort
import torch
from torch import Tensor

from train.evaluate import evaluate
from train.fit import base, load
from train.model import ROLE_LAYERS, TOKEN_LAYERS, Network


class Shipped:
    """The exported graphs with the face of the network that :func:`train.evaluate.evaluate` asks."""

    def __init__(self, folder: Path) -> None:
        self._tokens = ort.InferenceSession(str(folder / "tokens.onnx"), providers=["CPUExecutionProvider"])
        self._logits: dict[str, Tensor] = {}
        self.heads: dict[str, Callable[[Tensor], Tensor]] = {n: self._head(n) for n in TOKEN_LAYERS}
        self.roles = {n: self._role(folder / f"{n}.onnx") for n in ROLE_LAYERS}

    def eval(self) -> None:
        """Do nothing: it always evaluates."""

    def train(self) -> None:
        """Do nothing: it never trains."""

    def states(self, *inputs: Tensor) -> Tensor:
        """Run the graph of the tokens and keep its logits for the heads."""
        names = [i.name for i in self._tokens.get_inputs()]
        outputs = [o.name for o in self._tokens.get_outputs()]
        made = self._tokens.run(outputs, {n: t.numpy() for n, t in zip(names, inputs, strict=True)})
        self._logits = {n: torch.from_numpy(v) for n, v in zip(outputs, made, strict=True)}
        return self._logits["states"]

    def _head(self, name: str) -> Callable[[Tensor], Tensor]:
        return lambda _: self._logits[name]

    def _role(self, path: Path) -> Callable[[Tensor, Tensor, Tensor], Tensor]:
        session = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"])

        def run(states: Tensor, rows: Tensor, at: Tensor) -> Tensor:
            inputs = {"states": states.numpy(), "rows": rows.numpy(), "at": at.numpy()}
            return torch.from_numpy(session.run(None, inputs)[0])

        return run


def main() -> int:
    """Measure, print, and say whether a head lost too much."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--weights", type=Path, required=True)
    options.add_argument("--shipped", type=Path, default=Path("src/whoholds/data/reader"))
    options.add_argument("--stages", type=Path, default=Path("train/stages.toml"))
    options.add_argument("--most", type=float, default=0.5, help="points that a head may lose")
    options.add_argument("--windows", type=int, default=250, help="held-out windows of each source")
    options.add_argument("--json", type=Path)
    chosen = options.parse_args()
    network: Any = Network()
    network.load_state_dict(torch.load(chosen.weights, weights_only=True))
    shipped: Any = Shipped(chosen.shipped)
    sources = tomllib.loads(chosen.stages.read_text())["stage"][-1]["source"]
    lost, table = 0, {}
    for source, items in load(sources, base()[1], "dev"):
        full, small = (evaluate(n, items[: chosen.windows]) for n in (network, shipped))
        table[source["files"]] = {n: {"fp32": full[n], "int8": small[n]} for n in full}
        for name in full:
            change = 100 * (small[name] - full[name])
            lost += change < -chosen.most
            row = f"{name:16} {100 * full[name]:6.2f} {100 * small[name]:6.2f} {change:+6.2f}"
            print(f"{Path(source['files']).name:24} {row}")
    if chosen.json:
        chosen.json.write_text(json.dumps(table, indent=1))
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
