"""Windows of word pieces made by hand, and what a marked text becomes in them: tests of training need no vocabulary."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from train.examples import Example, from_report
from train.labelling import Labelled, anchors, layers
from train.markup import parse

from whoholds.taggers.windows import Window

_PIECE = re.compile(r"\w+|[^\w\s]")


def window_of(text: str, start: int = 0, end: int | None = None, sentence: bool = True) -> Window:
    """Return the words and signs of a stretch of a text as one window; ``sentence``: a sentence begins with it."""
    window = Window()
    window.add(101, (-1, -1))
    for number, piece in enumerate(_PIECE.finditer(text, start, len(text) if end is None else end)):
        window.add(1000 + number, piece.span(), shape=0, start=int(sentence and number == 0))
    window.add(102, (-1, -1))
    return window


def example_of(marked: str) -> Example:
    """Return the example of a marked text."""
    return from_report(parse("x", marked))


def labelled_of(example: Example, window: Window | None = None) -> Labelled:
    """Return an example's labels in one window, by default the whole text."""
    window = window or window_of(example.text)
    return Labelled(window, 0, dict(layers(window, example)), list(anchors(window, example)), example.id)


def windows_of_lengths(lengths: Sequence[int]) -> list[Labelled]:
    """Return windows of so many pieces without any label; ``example`` tells them apart."""
    out = []
    for number, length in enumerate(lengths):
        window = window_of("a " * (length - 2))
        out.append(Labelled(window, 0, {"cue": np.zeros(length, np.int16)}, [], str(number)))
    return out
