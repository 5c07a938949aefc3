"""Write the shipped weights: one graph for the encoder with all token heads, one for each kind of anchor; int8.

    python -m train.export --weights build/train/run/STAGE.pt --out src/whoholds/data/reader

The embedding table is stored as int8 with one scale a row; the matrices of the encoder are quantised per output channel
(never the quantiser's defaults, which ruin neighbour order); heads, roles and norms stay in fp32.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tomllib
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from train.layers import (
    CERTAINTIES,
    CONVENTIONS,
    HEDGES,
    INPUTS,
    KINDS,
    MENTIONS,
    OWNERS,
    RELATIONS,
    ROLE_LAYERS,
    ROLES,
    STANCES,
    TOKEN_LAYERS,
)
from train.model import WIDTH, Network
from train.sources import base
from whoholds.taggers.windows import LENGTH

OPSET = 17


class SmallEmbedding(nn.Module):
    """A table of int8 rows with one scale each."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", torch.round(weight / scale).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        """Return the vectors of ids."""
        return self.rows[ids].float() * self.scale[ids]  # type: ignore[index]


class Tokens(nn.Module):
    """The graph that sees every piece once."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, ids: Tensor, mask: Tensor, shapes: Tensor, quoted: Tensor, starts: Tensor, convention: Tensor
    ) -> tuple[Tensor, ...]:
        """Return the states and the logits of each token layer, in the order of ``TOKEN_LAYERS``."""
        states = self.network.states(ids, mask, shapes, quoted, starts, convention)
        return (states, *(self.network.heads[name](states) for name in TOKEN_LAYERS))


class Anchored(nn.Module):
    """The graph that sees every anchor once."""

    def __init__(self, network: Network, name: str) -> None:
        super().__init__()
        self.roles = network.roles[name]

    def forward(self, states: Tensor, rows: Tensor, at: Tensor) -> Tensor:
        """Return the logits of a role layer."""
        return self.roles(states, rows, at)  # type: ignore[no-any-return]


def export(network: Network, folder: Path, quantised: bool = True) -> None:
    """Write the graphs into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    if quantised:
        network.encoder.words = SmallEmbedding(network.encoder.words.weight.detach())  # type: ignore[assignment]
    network.encoder.positions = nn.Embedding.from_pretrained(network.encoder.positions.weight.detach()[:LENGTH].clone())
    plain = folder / "tokens.fp32.onnx"
    _write_tokens(network, plain)
    if quantised:
        _quantise(plain, folder / "tokens.onnx")
        plain.unlink()
    else:
        plain.replace(folder / "tokens.onnx")
    for name in ROLE_LAYERS:
        _write_roles(network, name, folder / f"{name}.onnx")


def _write_tokens(network: Network, path: Path) -> None:
    ids = torch.ones((2, 16), dtype=torch.long)
    inputs = (ids, ids, ids * 0, ids * 0, ids * 0, torch.zeros(2, dtype=torch.long))
    outputs = ["states", *TOKEN_LAYERS]
    axes = {n: {0: "batch", 1: "length"} for n in (*INPUTS[:5], *outputs)} | {"convention": {0: "batch"}}
    torch.onnx.export(
        Tokens(network), inputs, str(path), input_names=list(INPUTS), output_names=outputs, dynamic_axes=axes,
        opset_version=OPSET, dynamo=False,
    )  # fmt: skip


def _quantise(plain: Path, out: Path) -> None:
    heads = [n.name for n in onnx.load(str(plain)).graph.node if n.op_type == "MatMul" and "heads" in n.name]
    quantize_dynamic(
        plain, out, per_channel=True, weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul"],
        nodes_to_exclude=heads,
    )  # fmt: skip


def _write_roles(network: Network, name: str, path: Path) -> None:
    inputs = (torch.zeros((2, 16, WIDTH)), torch.zeros(3, dtype=torch.long), torch.zeros(3, dtype=torch.long))
    axes = {"states": {0: "batch", 1: "length"}, "rows": {0: "anchors"}, "at": {0: "anchors"}}
    torch.onnx.export(
        Anchored(network, name), inputs, str(path), input_names=list(axes), output_names=["roles"],
        opset_version=OPSET, dynamo=False, dynamic_axes=axes | {"roles": {0: "anchors", 1: "length"}},
    )  # fmt: skip


def labels() -> str:
    """Return the names of all classes, in order, as TOML: the graphs know only numbers."""
    rows = {
        "conventions": CONVENTIONS, "relations": RELATIONS, "stances": STANCES, "kinds": KINDS, "mentions": MENTIONS,
        "certainties": CERTAINTIES, "hedges": HEDGES, "owners": OWNERS, **ROLES,
    }  # fmt: skip
    return "".join(f"{k} = [{', '.join(map(json.dumps, vs))}]\n" for k, vs in rows.items())


def main() -> None:
    """Export a checkpoint."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--weights", type=Path, required=True)
    options.add_argument("--out", type=Path, default=Path("src/whoholds/data/reader"))
    options.add_argument("--fp32", action="store_true", help="no quantisation: to measure what it costs")
    chosen = options.parse_args()
    weights, _ = base()
    network = Network()
    network.load_state_dict(torch.load(chosen.weights, weights_only=True))
    export(network, chosen.out, quantised=not chosen.fp32)
    shutil.copyfile(weights.parent / "tokenizer.json", chosen.out / "tokenizer.json")
    digest = hashlib.sha256((chosen.out / "tokens.onnx").read_bytes()).hexdigest()
    (chosen.out / "reader.toml").write_text(f'weights = "{digest}"\nlength = {LENGTH}\n' + labels())
    assert tomllib.loads((chosen.out / "reader.toml").read_text())["weights"] == digest
    for file in sorted(chosen.out.iterdir()):
        print(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
