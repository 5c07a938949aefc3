"""Examples to labelled windows: a class for every word piece in every layer, and its role towards every anchor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from train.examples import Anchor, Example
from train.layers import (
    CERTAINTIES,
    CONVENTIONS,
    HEDGES,
    IGNORED,
    KINDS,
    MENTIONS,
    OWNERS,
    RELATIONS,
    ROLES,
    SAID,
    STANCES,
)
from whoholds.records import Document
from whoholds.stages.segments import sentences
from whoholds.taggers.windows import LENGTH, Window, windows

Ints = NDArray[np.int16]
Layers = Iterator[tuple[str, Ints]]


@dataclass(slots=True)
class Labelled:
    """A window with its labels: ``layers`` by token layer, ``anchors`` (role layer, piece, labels of all pieces)."""

    window: Window
    convention: int
    layers: dict[str, Ints]
    anchors: list[tuple[str, int, Ints]]
    example: str = ""


def labelled(example: Example, tokenizer: Tokenizer, length: int = LENGTH) -> Iterator[Labelled]:
    """Yield the labelled windows of an example."""
    document = Document(id="", name="", text=example.text, content_hash="")
    convention = CONVENTIONS.index(example.convention)
    for window in windows(sentences(document, "en"), tokenizer, length):
        yield Labelled(window, convention, dict(layers(window, example)), list(anchors(window, example)), example.id)


def layers(window: Window, example: Example) -> Layers:
    """Yield the token layers that an example annotates."""
    yield from _attributions(window, example)
    yield from _predicates(window, example)
    yield from _figures(window, example)
    yield from _words(window, example)


def anchors(window: Window, example: Example) -> Iterator[tuple[str, int, Ints]]:
    """Yield the anchors in a window: their role layer, their first piece, and every piece's role towards them."""
    for layer, found in (("said", example.cues), ("control", example.triggers), ("count", example.figures)):
        for anchor in found or ():
            at = inside(window, *anchor.span)
            if at.size:
                spans = [(s, e, i) for i, role in enumerate(ROLES[layer]) for s, e in anchor.roles.get(role, [])]
                yield layer, int(at[0]), bio(window, spans)


# -- layers ---------------------------------------------------------------------------------------------------


def _attributions(window: Window, example: Example) -> Layers:
    if example.cues is None:
        return
    for role in SAID:
        every = [s for a in [*(c.roles for c in example.cues), *example.loose] for s in a.get(role, [])]
        yield role, bio(window, [(s, e, 0) for s, e in every])
    yield "cue", _spelt(window, example.cues)
    yield "cue_stance", _told(window, [c for c in example.cues if c.stance], STANCES, lambda c: c.stance)


def _predicates(window: Window, example: Example) -> Layers:
    if example.triggers is None:
        return
    yield "trigger", _spelt(window, example.triggers)
    yield "relation", _told(window, example.triggers, RELATIONS, lambda t: t.label)
    yield "stance", _told(window, example.triggers, STANCES, lambda t: t.stance)


def _figures(window: Window, example: Example) -> Layers:
    if example.figures is None:
        return
    yield "figure", _spelt(window, example.figures)
    yield "kind", _told(window, example.figures, KINDS, lambda f: f.label)
    yield "figure_stance", _told(window, example.figures, STANCES, lambda f: f.stance)
    yield "figure_side", _told(window, example.figures, OWNERS, lambda f: f.side or "none")


def _words(window: Window, example: Example) -> Layers:
    if example.mentions is not None:
        yield "mention", bio(window, [(s, e, MENTIONS.index(k)) for s, e, k in example.mentions])
    if example.certainty is not None:
        marks = marked(window, [(s, e, CERTAINTIES.index(k) + 1) for s, e, k in example.certainty])
        yield "certainty", np.where(marks == IGNORED, 0, marks).astype(np.int16)
    if example.hedges is not None:
        yield "hedge", _hedged(window, example.hedges, example.hedge_labels)


def _hedged(window: Window, spans: Sequence[tuple[int, int, str]], annotated: Sequence[str]) -> Ints:
    """Return yes or no for each kind of hedge; :data:`IGNORED` for the kinds that the corpus does not annotate."""
    out = np.zeros((len(window), len(HEDGES)), np.int16)
    out[:, [i for i, name in enumerate(HEDGES) if name not in annotated]] = IGNORED
    for start, end, kind in spans:
        out[inside(window, start, end), HEDGES.index(kind)] = 1
    return out


def _spelt(window: Window, found: Sequence[Anchor]) -> Ints:
    return bio(window, [(*a.span, 0) for a in found])


def _told(window: Window, found: Sequence[Anchor], names: Sequence[str], name: Callable[[Anchor], str | None]) -> Ints:
    return marked(window, [(*a.span, names.index(name(a) or "")) for a in found])


# -- pieces ---------------------------------------------------------------------------------------------------


def inside(window: Window, start: int, end: int) -> NDArray[np.intp]:
    """Return the pieces of a window that lie in an interval."""
    offsets = np.asarray(window.offsets)
    return np.nonzero((offsets[:, 0] >= 0) & (offsets[:, 0] < end) & (offsets[:, 1] > start))[0]


def bio(window: Window, spans: Sequence[tuple[int, int, int]]) -> Ints:
    """Return B (1 + 2k) and I (2 + 2k) classes of spans of kind k; a longer span yields to the shorter ones in it."""
    out = np.zeros(len(window), np.int16)
    for start, end, kind in sorted(spans, key=lambda s: s[0] - s[1]):
        at = inside(window, start, end)
        if at.size:
            out[at] = 2 + 2 * kind
            if window.offsets[int(at[0])][0] <= start or window.starts[int(at[0])] == 0:
                out[at[0]] = 1 + 2 * kind
    return out


def marked(window: Window, spans: Sequence[tuple[int, int, int]]) -> Ints:
    """Return the class of every piece in a span, and :data:`IGNORED` elsewhere."""
    out = np.full(len(window), IGNORED, np.int16)
    for start, end, kind in spans:
        out[inside(window, start, end)] = kind
    return out
