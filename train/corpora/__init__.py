"""Public corpora brought into one training format.

What: one small module per corpus, each with `examples(folder, split)`, and `convert` as the command that runs them all.
Why: the tagger learns several layers at once, and no corpus has them all. A layer that a corpus does not annotate is
None (its loss is masked); an empty list says that somebody looked and found nothing there.
Source: the archives in ../shared/data. Licences differ; each module names its own. Corpus text is never committed.
"""

from __future__ import annotations

import hashlib
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
