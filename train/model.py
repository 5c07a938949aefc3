"""The network: MiniLM-L6 with features of writing, heads for every layer of annotation, and roles towards an anchor.

One pass of the encoder gives token layers (BIO tags and classes). A cue, a control predicate or a figure is then an
*anchor*: for every token of its window a small network says which role it has towards that anchor (source and content
of this cue, place and side of this predicate). So overlapping, nested and discontinuous spans, and which belongs to
which, come out of one pass.
Source of the idea: predicate-conditioned role labelling (He et al. 2017, "Deep semantic role labeling"), with a shared
encoder.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from train.layers import CONVENTIONS, ROLE_LAYERS, TOKEN_LAYERS

WIDTH, LAYERS, HEADS, INNER = 384, 6, 12, 1536
PAIR = 160  # width of the conditioned network
REACH = 32  # distances beyond this many pieces are alike, in steps


class Layer(nn.Module):
    """One transformer layer, post-norm, as BERT has it."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, INNER)
        self.down = nn.Linear(INNER, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return the next states (batch, length, width); ``mask`` is additive (batch, 1, 1, length)."""
        b, t, _ = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        if torch.onnx.is_in_onnx_export():
            weights = torch.softmax(q @ k.transpose(-1, -2) / (WIDTH // HEADS) ** 0.5 + mask, dim=-1)
            mixed = weights @ v
        else:
            mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype))
        mixed = mixed.transpose(1, 2).reshape(b, t, WIDTH)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(functional.gelu(self.up(x)))))

    def load(self, w: dict[str, Tensor], name: str) -> None:
        """Take over the published weights of the layer that is called ``name`` there."""
        for kind in ("weight", "bias"):
            parts = [w[f"{name}attention.self.{n}.{kind}"] for n in ("query", "key", "value")]
            getattr(self.qkv, kind).copy_(torch.cat(parts))
            getattr(self.out, kind).copy_(w[f"{name}attention.output.dense.{kind}"])
            getattr(self.norm1, kind).copy_(w[f"{name}attention.output.LayerNorm.{kind}"])
            getattr(self.up, kind).copy_(w[f"{name}intermediate.dense.{kind}"])
            getattr(self.down, kind).copy_(w[f"{name}output.dense.{kind}"])
            getattr(self.norm2, kind).copy_(w[f"{name}output.LayerNorm.{kind}"])


class Encoder(nn.Module):
    """MiniLM-L6 with added embeddings of shape, quotation and sentence start (zero at first: nothing is lost)."""

    def __init__(self) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.shapes = nn.Embedding(6, WIDTH)
        self.quoted = nn.Embedding(2, WIDTH)
        self.starts = nn.Embedding(3, WIDTH)
        for added in (self.shapes, self.quoted, self.starts):
            nn.init.zeros_(added.weight)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def forward(self, ids: Tensor, mask: Tensor, shapes: Tensor, quoted: Tensor, starts: Tensor) -> Tensor:
        """Return states (batch, length, width) from integer inputs (batch, length)."""
        x = self.words(ids) + self.positions(torch.arange(ids.shape[1], device=ids.device)) + self.kind
        x = x + self.shapes(shapes) + self.quoted(quoted) + self.starts(starts)
        x = self.drop(self.norm(x))
        added = (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        for layer in self.layers:
            x = layer(x, added)
        return x

    def load(self, path: Path) -> None:
        """Take over the published weights."""
        w = load_file(path)
        with torch.no_grad():
            self.words.weight.copy_(w["embeddings.word_embeddings.weight"])
            self.positions.weight.copy_(w["embeddings.position_embeddings.weight"])
            self.kind.copy_(w["embeddings.token_type_embeddings.weight"][0])
            self.norm.weight.copy_(w["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(w["embeddings.LayerNorm.bias"])
            for i, layer in enumerate(self.layers):
                assert isinstance(layer, Layer)
                layer.load(w, f"encoder.layer.{i}.")


class Roles(nn.Module):
    """For an anchor and every token of its window: which role the token has towards it."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.key = nn.Linear(WIDTH, PAIR)
        self.query = nn.Linear(WIDTH, PAIR)
        self.scale = nn.Linear(WIDTH, PAIR)
        self.near = nn.Embedding(2 * REACH + 1, PAIR)
        self.mix = nn.Conv1d(PAIR, PAIR, 5, padding=2, groups=PAIR)
        self.out = nn.Linear(PAIR, classes)
        self.drop = nn.Dropout(0.1)
        nn.init.normal_(self.near.weight, std=0.02)

    def forward(self, states: Tensor, rows: Tensor, at: Tensor) -> Tensor:
        """Return logits (anchors, length, classes) for anchors at ``(rows, at)`` of states (batch, length, width)."""
        anchor = states[rows, at]
        keys = self.key(states)[rows]
        apart = torch.arange(states.shape[1], device=states.device)[None, :] - at[:, None]
        x = (
            keys * (1 + torch.tanh(self.scale(anchor)))[:, None]
            + self.query(anchor)[:, None]
            + self.near(bucket(apart))
        )
        x = functional.gelu(x)
        x = x + self.mix(x.transpose(1, 2)).transpose(1, 2)
        return self.out(self.drop(functional.gelu(x)))


def bucket(apart: Tensor) -> Tensor:
    """Return the class of a distance: exact near by, coarser far away."""
    size = apart.abs()
    far = (8 + torch.log2(size.clamp(min=8).float() / 8) * 6).long()
    step = torch.where(size <= 8, size, far).clamp(max=REACH)
    return REACH + step * apart.sign()


class Network(nn.Module):
    """The encoder with all heads."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.convention = nn.Embedding(len(CONVENTIONS), WIDTH)
        nn.init.zeros_(self.convention.weight)
        self.drop = nn.Dropout(0.1)
        self.heads = nn.ModuleDict(
            {
                name: nn.Sequential(nn.Linear(WIDTH, 128), nn.GELU(), nn.Linear(128, n))
                for name, n in TOKEN_LAYERS.items()
            }
        )
        self.roles = nn.ModuleDict({name: Roles(n) for name, n in ROLE_LAYERS.items()})

    def states(
        self, ids: Tensor, mask: Tensor, shapes: Tensor, quoted: Tensor, starts: Tensor, convention: Tensor
    ) -> Tensor:
        """Return the states that the heads read, under the annotation convention of each row (batch,)."""
        states = self.encoder(ids, mask, shapes, quoted, starts)
        return states + self.convention(convention)[:, None, :]
