"""The words of page furniture, as compiled from data: what a line must say to be something else than body."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from whoholds.records import SpanKind
from whoholds.stages.stamps import StampWords


class Where(StrEnum):
    """How a pattern must stand in its line, and how far the mark reaches."""

    LINE = "line"  # it is the whole line
    START = "start"  # the line opens with it
    ANY = "any"  # it stands anywhere in the line
    TAIL = "tail"  # it is the whole line, and all that follows on the page goes with it
    CUE = "cue"  # it announces other articles: alone on its line, or before a colon and their headlines
    LIST = "list"  # the same, but before a colon only where no sentence follows ("Latest news: A | B")
    ALONE = "alone"  # it announces other articles only alone on its line ("Breaking")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseRule:
    """One entry of the data: a case-insensitive pattern, and a line that it must match.

    ``kind`` None protects the line: it is body, whatever other entries say (a line that names the source).
    """

    id: str
    kind: SpanKind | None
    where: Where
    pattern: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLexicon:
    """All entries, compiled to one pattern for each kind and place."""

    rules: tuple[PhraseRule, ...]
    stamps: StampWords
    protected: tuple[re.Pattern[str], ...]
    marked: tuple[tuple[SpanKind, re.Pattern[str]], ...]
    tail: re.Pattern[str]
    cue_alone: re.Pattern[str]
    cue_inline: re.Pattern[str]
    list_inline: re.Pattern[str]
    cue_within: re.Pattern[str]


#: List marks, arrows and emoji that may stand before the words.
_DECOR = r"^[^\w(\[{©\"“«„'’]*"
_SEPARATOR = r"\s*(?:[:：|►▶→»]|[—–-](?=\s))\s*"
_NEVER = r"(?!)"


def compile_lexicon(rules: Iterable[PhraseRule], stamp_words: Mapping[str, Iterable[str]]) -> PageLexicon:
    """Compile the entries. ``stamp_words`` maps ``published``, ``updated``, ``issue`` to patterns."""
    kept = tuple(rules)
    kinds = [kind for kind in SpanKind if any(rule.kind is kind for rule in kept)]
    places = (Where.LINE, Where.START, Where.ANY)
    cues, lists, alone = (
        _either(r.pattern for r in kept if r.where is w) for w in (Where.CUE, Where.LIST, Where.ALONE)
    )
    return PageLexicon(
        rules=kept,
        stamps=StampWords(
            published=_before(stamp_words.get("published", ())),
            updated=_before(stamp_words.get("updated", ())),
            issue=_before(stamp_words.get("issue", ())),
        ),
        protected=tuple(_compiled(kept, None, where) for where in places),
        marked=tuple((kind, _compiled(kept, kind, where)) for kind in kinds for where in places),
        tail=re.compile(rf"{_DECOR}{_either(r.pattern for r in kept if r.where is Where.TAIL)}\W*$", re.IGNORECASE),
        cue_alone=re.compile(rf"{_DECOR}(?:{cues}|{lists}|{alone})\W*$", re.IGNORECASE),
        cue_inline=re.compile(rf"{_DECOR}{cues}{_SEPARATOR}(?=\S)", re.IGNORECASE),
        list_inline=re.compile(rf"{_DECOR}{lists}{_SEPARATOR}(?=\S)", re.IGNORECASE),
        cue_within=re.compile(rf"(?<=[.!?»”\")])\s+(?={cues}\s*[:：]\s*\S)", re.IGNORECASE),
    )


def _compiled(rules: tuple[PhraseRule, ...], kind: SpanKind | None, where: Where) -> re.Pattern[str]:
    body = _either(rule.pattern for rule in rules if rule.kind is kind and rule.where is where)
    frame = {Where.LINE: _DECOR + body + r"\W*$", Where.START: _DECOR + body, Where.ANY: body}[where]
    return re.compile(frame, re.IGNORECASE)


def _either(patterns: Iterable[str]) -> str:
    return f"(?:{'|'.join(f'(?:{pattern})' for pattern in patterns) or _NEVER})"


def _before(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){_either(patterns)}\s*[:—–-]?\s*$", re.IGNORECASE)
