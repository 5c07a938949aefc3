"""The trained reader: sentences to spans and roles, in one pass of a small int8 network on onnxruntime.

``train/`` makes the weights; ``data/reader/`` holds them with a card. The graphs know only numbers: ``reader.toml``
names the classes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Tokenizer

from whoholds.records import (
    QuantityKind,
    Relation,
    Span,
    Stance,
    TaggedAttribution,
    TaggedFigure,
    TaggedMention,
    TaggedPredicate,
    Tagging,
)
from whoholds.stages.segments import Sentence
from whoholds.taggers.windows import Found, Window, spelt, windows

FOLDER = Path(__file__).parents[1] / "data" / "reader"
#: Windows in one batch: they are sorted by length, so that little is padded.
BATCH = 16
#: A trigger or figure less likely than this is left out.
SURE = 0.5
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Read:
    """A window with what the network says of it: logits of each token layer, and its states."""

    window: Window
    logits: dict[str, Floats]
    states: Floats


class Reader:
    """The network with its vocabulary. Thread-safe after it is made; one per process is enough."""

    def __init__(self, folder: Path = FOLDER, threads: int = 1) -> None:
        self.labels: dict[str, Any] = tomllib.loads((folder / "reader.toml").read_text(encoding="utf-8"))
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self._tokens = _session(folder / "tokens.onnx", threads)
        self._roles = {name: _session(folder / f"{name}.onnx", threads) for name in ("said", "control", "count")}
        self._outputs = [o.name for o in self._tokens.get_outputs()]

    def tag(self, pieces: Sequence[Sentence], convention: str = "own") -> Tagging:
        """Return what stands in the sentences of one document.

        ``convention`` chooses whose annotation is followed: ours ("own"), or a corpus's, to be measured on it.
        """
        read = self.read(list(windows(pieces, self.tokenizer, self.labels["length"])), convention)
        attributions = [a for r, found in self._with_roles(read, "said", "cue") for a in self._attributions(r, found)]
        predicates = [
            p for r, found in self._with_roles(read, "control", "trigger") for p in self._predicates(r, found)
        ]
        figures = [f for r, found in self._with_roles(read, "count", "figure") for f in self._figures(r, found)]
        mentions = [m for r in read for m in self._mentions(r)]
        covered = [c for a in attributions for c in a.content]
        loose = [c for r in read for c in _contents(r) if not any(c.start < k.end and k.start < c.end for k in covered)]
        return Tagging(
            attributions=tuple(attributions),
            predicates=tuple(predicates),
            figures=tuple(figures),
            mentions=tuple(mentions),
            loose=tuple(loose),
        )

    def read(self, made: Sequence[Window], convention: str = "own") -> list[Read]:
        """Run the encoder with all token heads over windows, sorted by length, and return them in their order."""
        out: dict[int, Read] = {}
        order = sorted(range(len(made)), key=lambda i: len(made[i]))
        for first in range(0, len(order), BATCH):
            chosen = order[first : first + BATCH]
            named = self.run(self.inputs([made[i] for i in chosen], convention))
            for row, i in enumerate(chosen):
                size = len(made[i])
                logits = {n: v[row, :size] for n, v in named.items() if n != "states"}
                out[i] = Read(made[i], logits, named["states"][row, :size])
        return [out[i] for i in range(len(made))]

    def inputs(self, made: Sequence[Window], convention: str = "own") -> dict[str, NDArray[np.int64]]:
        """Return the padded arrays of a batch of windows."""
        return _inputs(made, self.labels["conventions"].index(convention))

    def run(self, batch: dict[str, NDArray[np.int64]]) -> dict[str, Floats]:
        """Return the states and the logits of every token layer of a batch, by name."""
        return dict(zip(self._outputs, self._tokens.run(self._outputs, batch), strict=True))

    def _with_roles(
        self, read: Sequence[Read], layer: str, anchors: str
    ) -> Iterator[tuple[Read, list[tuple[Found, Floats]]]]:
        """Yield each window with its anchors and the role logits (pieces, classes) of each."""
        for r in read:
            found = list(spans(r.logits[anchors]))
            if found:
                at = np.asarray([f[0] for f in found], np.int64)
                inputs = {"states": r.states[None], "rows": np.zeros(len(found), np.int64), "at": at}
                roles = self._roles[layer].run(None, inputs)[0]
                yield r, list(zip(found, roles, strict=True))

    def _attributions(self, r: Read, found: Sequence[tuple[Found, Floats]]) -> Iterator[TaggedAttribution]:
        for cue, roles in found:
            parts = _by_role(r.window, roles, self.labels["said"])
            if parts["content"]:
                yield TaggedAttribution(
                    cue=_span(r.window, cue), source=parts["source"], content=parts["content"],
                    stance=Stance(self._class(r, "cue_stance", "stances", cue)),
                )  # fmt: skip

    def _predicates(self, r: Read, found: Sequence[tuple[Found, Floats]]) -> Iterator[TaggedPredicate]:
        for trigger, roles in found:
            parts = _by_role(r.window, roles, self.labels["control"])
            score = _score(r.logits["trigger"], trigger)
            if score >= SURE:
                yield TaggedPredicate(
                    trigger=_span(r.window, trigger),
                    relation=Relation(self._class(r, "relation", "relations", trigger)),
                    stance=Stance(self._class(r, "stance", "stances", trigger)),
                    places=parts["place"],
                    parts=parts["part"],
                    actors=parts["actor"],
                    times=parts["time"],
                    score=score,
                )

    def _figures(self, r: Read, found: Sequence[tuple[Found, Floats]]) -> Iterator[TaggedFigure]:
        for figure, roles in found:
            parts = _by_role(r.window, roles, self.labels["count"])
            score = _score(r.logits["figure"], figure)
            if score >= SURE:
                yield TaggedFigure(
                    number=_span(r.window, figure), kind=QuantityKind(self._class(r, "kind", "kinds", figure)),
                    stance=Stance(self._class(r, "figure_stance", "stances", figure)), counted=parts["counted"],
                    scopes=parts["scope"],
                    owner=self._class(r, "figure_side", "owners", figure),
                    whose=parts["whose"], score=score,
                )  # fmt: skip

    def _mentions(self, r: Read) -> Iterator[TaggedMention]:
        for found in spans(r.logits["mention"]):
            yield TaggedMention(span=_span(r.window, found), label=self.labels["mentions"][found[2]])

    def _class(self, r: Read, layer: str, names: str, found: Found) -> str:
        """The class of a span: the best of the mean over its pieces."""
        mean = r.logits[layer][found[0] : found[1]].mean(axis=0)
        return str(self.labels[names][int(mean.argmax())])


@cache
def shipped_reader() -> Reader:
    """Return the reader with the shipped weights, loaded once a process."""
    return Reader()


def _session(path: Path, threads: int) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _inputs(made: Sequence[Window], convention: int) -> dict[str, NDArray[np.int64]]:
    size = max(len(w) for w in made)

    def padded(rows: Sequence[Sequence[int]], fill: int) -> NDArray[np.int64]:
        out = np.full((len(rows), size), fill, np.int64)
        for i, row in enumerate(rows):
            out[i, : len(row)] = row
        return out

    return {
        "ids": padded([w.ids for w in made], 0),
        "mask": padded([[1] * len(w) for w in made], 0),
        "shapes": padded([w.shapes for w in made], 5),
        "quoted": padded([w.quoted for w in made], 0),
        "starts": padded([w.starts for w in made], 0),
        "convention": np.full(len(made), convention, np.int64),
    }


def spans(logits: Floats) -> Iterator[Found]:
    """Yield the spans of the best sequence of B and I classes: an I stands only behind its own B or I (Viterbi)."""
    classes = logits[1:-1].argmax(axis=1).tolist()  # [CLS] and [SEP] are no words
    if not any(classes):
        return
    if any(c and c % 2 == 0 and before not in (c - 1, c) for before, c in zip([0, *classes], classes, strict=False)):
        classes = best_path(logits[1:-1])
    yield from spelt(classes, 1)


def best_path(logits: Floats) -> list[int]:
    """Return the best classes O, B, I, B, I ... of a row of pieces, none of them an I without its B."""
    classes = logits.shape[1]
    allowed = np.zeros((classes, classes), np.float32)
    for c in range(2, classes, 2):
        allowed[:, c] = -1e9
        allowed[[c - 1, c], c] = 0.0
    score = logits[0].copy()
    score[2::2] = -1e9
    back = np.zeros(logits.shape, np.int64)
    for i in range(1, len(logits)):
        options = score[:, None] + allowed
        back[i] = options.argmax(axis=0)
        score = options[back[i], np.arange(classes)] + logits[i]
    path = [int(score.argmax())]
    for i in range(len(logits) - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return path[::-1]


def _score(logits: Floats, found: Found) -> float:
    """The mean probability that the pieces of a span are in a span at all."""
    part = logits[found[0] : found[1]]
    odds = np.exp(part - part.max(axis=1, keepdims=True))
    return float((1 - odds[:, 0] / odds.sum(axis=1)).mean())


def _contents(r: Read) -> Iterator[Span]:
    for found in spans(r.logits["content"]):
        yield _span(r.window, found)


def _span(window: Window, found: Found) -> Span:
    return Span(start=window.offsets[found[0]][0], end=window.offsets[found[1] - 1][1])


def _by_role(window: Window, roles: Floats, names: Sequence[str]) -> dict[str, tuple[Span, ...]]:
    out: dict[str, list[Span]] = {name: [] for name in names}
    for found in spans(roles):
        out[names[found[2]]].append(_span(window, found))
    return {name: tuple(found) for name, found in out.items()}
