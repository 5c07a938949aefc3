"""Sentences to windows of word pieces with their offsets: what the network reads, in training and at run time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tokenizers import Tokenizer

from whoholds.stages.segments import Sentence

#: Word pieces in one window, [CLS] and [SEP] included. Longer windows see more, and cost more.
LENGTH = 128
Found = tuple[int, int, int]  # first piece, piece behind the last, kind
#: Classes of :func:`shape_of`.
SHAPES = 6


@dataclass(slots=True)
class Window:
    """Consecutive whole sentences of one document as word pieces.

    All lists have one entry for each piece: ``ids`` of the vocabulary, ``offsets`` half-open in the document
    ((-1, -1) for [CLS] and [SEP]), ``shapes`` (:func:`shape_of`), ``quoted`` (1 within quotation marks) and
    ``starts`` (1 at a sentence's first piece, 2 at a paragraph's).
    """

    ids: list[int] = field(default_factory=list)
    offsets: list[tuple[int, int]] = field(default_factory=list)
    shapes: list[int] = field(default_factory=list)
    quoted: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def add(self, piece: int, offset: tuple[int, int], shape: int = 5, quoted: int = 0, start: int = 0) -> None:
        """Append one piece."""
        self.ids.append(piece)
        self.offsets.append(offset)
        self.shapes.append(shape)
        self.quoted.append(quoted)
        self.starts.append(start)

    def __len__(self) -> int:
        return len(self.ids)


def shape_of(word: str) -> int:
    """Return how a piece is written: 0 lower case, 1 capitalised, 2 capitals, 3 mixed, 4 with a digit, 5 neither."""
    if any(c.isdigit() for c in word):
        return 4
    letters = [c for c in word if c.isalpha()]
    if not letters:
        return 5
    if all(c.islower() for c in letters):
        return 0
    if letters[0].isupper() and all(c.islower() for c in letters[1:]):
        return 1 if len(letters) > 1 else 2
    return 2 if all(c.isupper() for c in letters) else 3


def windows(pieces: Sequence[Sentence], tokenizer: Tokenizer, length: int = LENGTH) -> Iterator[Window]:
    """Yield the windows of a document: whole sentences, as many as fit; a sentence longer than a window is cut."""
    cls, sep = (int(tokenizer.token_to_id(name) or 0) for name in ("[CLS]", "[SEP]"))
    room = length - 2
    encoded = tokenizer.encode_batch([p.text for p in pieces], add_special_tokens=False)
    window = _opened(cls)
    paragraph = -1
    for piece, words in zip(pieces, encoded, strict=True):
        for at in range(0, len(words.ids), room):
            ids, offsets = words.ids[at : at + room], words.offsets[at : at + room]
            if len(window) > 1 and len(window) - 1 + len(ids) > room:
                window.add(sep, (-1, -1))
                yield window
                window = _opened(cls)
            for index, (token, (start, end)) in enumerate(zip(ids, offsets, strict=True)):
                begin = 0 if index or at else (2 if piece.paragraph != paragraph else 1)
                low, high = piece.start + start, piece.start + end
                inside = any(q.start <= low < q.end for q in piece.quotes)
                window.add(token, (low, high), shape_of(piece.text[start:end]), int(inside), begin)
            paragraph = piece.paragraph
    if len(window) > 1:
        window.add(sep, (-1, -1))
        yield window


def _opened(cls: int) -> Window:
    window = Window()
    window.add(cls, (-1, -1))
    return window


def spelt(classes: Iterable[int], first: int = 0) -> Iterator[Found]:
    """Yield the spans that B (1 + 2k) and I (2 + 2k) classes spell; an I without its B opens one, too."""
    start, kind = -1, -1
    for i, c in enumerate([*classes, 0], first):
        k = (c - 1) // 2 if c > 0 else -1
        if start >= 0 and (k != kind or c % 2 == 1):
            yield start, i, kind
            start, kind = -1, -1
        if k >= 0 and start < 0:
            start, kind = i, k
