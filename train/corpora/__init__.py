"""Public corpora brought into one training format.

What: one small module per corpus, each with `examples(folder, split)`, and `convert` as the command that runs them all.
Why: the tagger learns several layers at once, and no corpus has them all. A layer that a corpus does not annotate is
None (its loss is masked); an empty list says that somebody looked and found nothing there.
Source: the archives in ../shared/data. Licences differ; each module names its own. Corpus text is never committed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

Span = tuple[int, int]
Labelled = tuple[int, int, str]

MENTION_LABELS = ("person", "organisation", "place", "facility", "date", "quantity")
CERTAINTY_LABELS = ("fact", "counterfact", "uncertain")
HEDGE_LABELS = ("hedge", "negation", "hedge_scope", "negation_scope")
STANCES = ("asserts", "denies", "unsure")
SPLITS = ("train", "dev")
ARTICLE = re.compile(r"(?:the|an?)\s+(?=\S)", re.IGNORECASE)

# A layer may be annotated for some of its labels only: the absence of the others says nothing and is to be masked too.
ANNOTATED: dict[str, tuple[str, ...]] = {
    "newswire": ("person", "organisation", "place", "facility", "date"),
    "re3d": ("person", "organisation", "place", "date", "quantity"),
    "gum": ("person", "organisation", "place", "date"),
    "uds": CERTAINTY_LABELS,
    "megaveridicality": CERTAINTY_LABELS,
    "szeged": ("hedge",),
    "bioscope": HEDGE_LABELS,
    "cdsco": ("negation", "negation_scope"),
}


@dataclass(frozen=True)
class Attribution:
    """Who says what: the spans of one source, its cue and its content; any of them may be empty."""

    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    stance: str | None = None


@dataclass(frozen=True)
class Example:
    """One document or passage with the layers its corpus annotates."""

    id: str
    corpus: str
    text: str
    attributions: tuple[Attribution, ...] | None = None
    mentions: tuple[Labelled, ...] | None = None
    certainty: tuple[Labelled, ...] | None = None
    hedges: tuple[Labelled, ...] | None = None

    def as_json(self) -> dict[str, Any]:
        """Give the example as plain data for one line of JSON."""
        return asdict(self)


def is_dev(identifier: str) -> bool:
    """Send every tenth identifier to the dev part, the same ones on every machine."""
    return int.from_bytes(hashlib.sha256(identifier.encode("utf-8")).digest()[:8], "big") % 10 == 0


def in_split(identifier: str, split: str) -> bool:
    """Tell whether a document of a corpus without official parts belongs to `split`."""
    return is_dev(identifier) == (split == "dev")


def tidy(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sort spans, cut white space off their ends and drop what is then empty."""
    kept: list[Span] = []
    for start, end in sorted(spans):
        piece = text[start:end]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if left < right:
            kept.append((left, right))
    return tuple(kept)


def flat(items: Iterable[Labelled]) -> tuple[Labelled, ...]:
    """Keep the longest of overlapping labelled spans, in order of text."""
    kept: list[Labelled] = []
    for item in sorted(set(items), key=lambda each: (each[0] - each[1], each)):
        if all(item[1] <= other[0] or other[1] <= item[0] for other in kept):
            kept.append(item)
    return tuple(sorted(kept))


def bare(text: str, start: int, end: int) -> Span:
    """Leave a leading article out of a mention, as the newswire annotation does; The Hague keeps its own."""
    found = ARTICLE.match(text, start, end)
    return (found.end(), end) if found and text[start:end] != "The Hague" else (start, end)
