"""Paragraphs, quotations and sentences, with true offsets.

Sentences are found by sentencex on text whose quotations are masked, so that a full stop inside a
quotation does not cut the sentence that attributes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sentencex

from whoholds.records import Document, MarkedSpan, Section, Span, SpanKind
from whoholds.stages.actors import fold_apostrophes

#: Stands for a masked character of a quotation.
MASK = "\x1a"

_PARAGRAPH = re.compile(r"[^\n]+")
#: Bullets, clock stamps of live pages and datelines ("KYIV, Nov 20 (Reuters) - ") are no words of a sentence.
_LEAD = re.compile(
    r"\s*(?:[•●▪◦*❗️🔻👉⚡–—-]+\s*|\d{1,2}:\d{2}\s*\|\s*)*"
    r"(?:[A-ZА-ЯІЇЄ][A-ZА-ЯІЇЄ/.' -]{2,40}(?:, [^()\n–—-]{2,30})?\s*(?:\([^)\n]{2,30}\)\s*)?[-–—]\s+"
    r"|(?:[A-ZА-Я][A-ZА-Я/]+ )?(?:[A-Z][a-z]+\.? \d{1,2} )\([^)\n]{2,30}\)\s*[-–—]\s+)?"
)
_CLOSING = {"“": "”", "«": "»", "„": "“”", "‘": "’", '"': '"'}
_OPENING = re.compile(r"[“«„\"]|(?<![\w’])‘")
#: A longer stretch without a full stop is no sentence (tables, runs of names, broken text): it is read in pieces,
#: for looking around a word costs the square of a sentence's length.
_LONGEST = 1500
_SKIPPED = frozenset({SpanKind.BOILERPLATE, SpanKind.RELATED, SpanKind.BYLINE})
_SECTIONS = {
    SpanKind.HEADLINE: Section.HEADLINE,
    SpanKind.CAPTION: Section.CAPTION,
    SpanKind.CORRECTION: Section.CORRECTION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence. ``text`` is verbatim, ``masked`` has its quotations replaced by :data:`MASK`."""

    start: int
    end: int
    text: str
    masked: str
    quotes: tuple[Span, ...]  # inner text of quotations, document offsets
    paragraph: int
    section: Section


def sentences(document: Document, lang: str) -> list[Sentence]:
    """Return the sentences of a document that are not boilerplate, in order."""
    found: list[Sentence] = []
    for number, paragraph in enumerate(_PARAGRAPH.finditer(document.text)):
        if not paragraph.group().strip():
            continue
        kind = _marked_as(paragraph.start(), paragraph.end(), document.marked)
        if kind in _SKIPPED:
            continue
        section = _SECTIONS.get(kind, Section.BODY) if kind else Section.BODY
        found.extend(_paragraph(document, paragraph.start(), paragraph.end(), number, section, lang))
    return found


def _marked_as(start: int, end: int, marked: Sequence[MarkedSpan]) -> SpanKind | None:
    """Return the kind of the mark that covers most of an interval, if one covers half of it."""
    for mark in marked:
        if min(end, mark.end) - max(start, mark.start) > (end - start) / 2:
            return mark.kind
    return None


def _paragraph(
    document: Document, start: int, end: int, number: int, section: Section, lang: str
) -> Iterator[Sentence]:
    text = document.text[start:end]
    quotes = list(quotations(text))
    masked = fold_apostrophes(mask(text, quotes))
    for at, piece in _pieces(masked, lang):
        lead = _LEAD.match(piece).end()  # type: ignore[union-attr]
        left, right = at + lead, at + len(piece.rstrip())
        if left >= right:
            continue
        inside = tuple(
            Span(start=start + q.start, end=start + q.end) for q in quotes if q.start >= left and q.end <= right
        )
        if _blanked(document.marked, start + left, start + right):
            continue
        yield Sentence(
            start=start + left,
            end=start + right,
            text=text[left:right],
            masked=masked[left:right],
            quotes=inside,
            paragraph=number,
            section=section,
        )


def _pieces(masked: str, lang: str) -> Iterator[tuple[int, str]]:
    """Yield the sentences of a paragraph with their offsets, none longer than :data:`_LONGEST`."""
    offset = 0
    for piece in sentencex.segment(lang if lang in {"en", "ru", "uk"} else "en", masked):
        at, offset = offset, offset + len(piece)
        if masked[at:offset] != piece:
            continue
        while piece.strip():
            cut = len(piece) if len(piece) <= _LONGEST else piece.rfind(" ", 1, _LONGEST) + 1 or _LONGEST
            yield at, piece[:cut]
            at, piece = at + cut, piece[cut:]


def _blanked(marked: Sequence[MarkedSpan], start: int, end: int) -> bool:
    kind = _marked_as(start, end, marked)
    return kind in _SKIPPED


def quotations(text: str) -> Iterator[Span]:
    """Yield the inner spans of quotations in one paragraph; an unclosed one runs to its end."""
    at = 0
    while found := _OPENING.search(text, at):
        closing = _CLOSING.get(found.group()[-1], '"')
        ends = [i for c in closing if (i := _close(text, c, found.end())) >= 0]
        end = min(ends) if ends else len(text)
        yield Span(start=found.end(), end=end)
        at = end + 1


def _close(text: str, closing: str, start: int) -> int:
    """Find a closing mark; a single quote followed by a letter is an apostrophe."""
    at = text.find(closing, start)
    while closing == "’" and 0 <= at < len(text) - 1 and text[at + 1].isalnum():
        at = text.find(closing, at + 1)
    return at


def mask(text: str, quotes: Sequence[Span]) -> str:
    """Replace the inside of long quotations, but for a final mark of punctuation, by :data:`MASK`.

    Quotations of one or two words ("dew", "encircled") stay: they are words of the sentence.
    """
    out: list[str] = []
    done = 0
    for quote in quotes:
        inner = text[quote.start : quote.end]
        if len(inner.split()) < 3 and not inner.rstrip().endswith((",", ".", "?", "!")):
            continue
        last = inner[-1] if inner[-1:] in ",.?!…" else MASK
        out += (text[done : quote.start], MASK * (len(inner) - 1), last)
        done = quote.end
    return "".join((*out, text[done:]))
