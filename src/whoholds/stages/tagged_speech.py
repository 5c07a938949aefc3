"""Attributions that a trained reader found, in the shape of the stages: one for each stretch of content. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from whoholds.records import Span, Stance, TaggedAttribution, Tagging
from whoholds.records.lexicon import Lexicon
from whoholds.stages.attributions import Attribution, find_attributions
from whoholds.stages.segments import Sentence

#: The frame of words without a source: "it was claimed". The report itself stands for them.
UNSOURCED = "unsourced"
#: Stretches of content no farther apart are one: a comma, a dash or a quotation mark stands between.
_JOINED = 3
#: "..., the staff said on Monday, ..." is an aside of no more characters, and no sentence ends in it.
_ASIDE = 60
_STOP = re.compile(r"[.!?”\"]")
#: Characters that are no part of a content at its ends.
_EDGE = ' ,:;–—-“”"«»\t\n.‘'


def tagged_attributions(text: str, piece: Sentence, tagging: Tagging, lexicon: Lexicon) -> list[Attribution]:
    """Return the attributions whose cue stands in a sentence, outer ones first.

    Where the reader found no source, the source that the rules found for the same cue is taken; a quotation without
    one belongs to the last speaker; other words without one ("it was claimed") stay with the report, and are marked so.
    """
    ruled = find_attributions(piece, lexicon)
    found: list[Attribution] = []
    for tagged in tagging.attributions:
        words = text[tagged.cue.start : tagged.cue.end]
        if piece.start <= tagged.cue.start < piece.end and not lexicon.grammar.patterns["no_cue"].fullmatch(words):
            found += _one(text, tagged, ruled, found, lexicon)
    cues = [a.cue for a in found]
    for r in ruled:
        headline = r.frame == "headline" and not any(_alike(r.content, f.content) for f in found)
        noun = r.frame == "noun" and not any(r.cue.start < c.end and c.start < r.cue.end for c in cues)
        found += [r] if headline or (noun and any(_alike(r.content, f.content) for f in found)) else []
    return sorted(_distinct(found), key=lambda a: (a.content.start - a.content.end, a.cue.start))


def _one(
    text: str, tagged: TaggedAttribution, ruled: Sequence[Attribution], before: Sequence[Attribution], lexicon: Lexicon
) -> Iterator[Attribution]:
    twin = next((r for r in ruled if r.cue.start < tagged.cue.end and tagged.cue.start < r.cue.end), None)
    source = _joined_source(tagged.source)
    if source is not None and lexicon.grammar.patterns["no_source"].fullmatch(text[source.start : source.end]):
        source = before[-1].source if before else None  # a fragment: "..., dismissing a report", of who spoke before
    source = source or (twin.source if twin else None)
    for content in joined(text, tagged):
        span = _trimmed(text, content)
        if span.end - span.start < 2:
            continue
        direct = _quoted(text, span)
        yield Attribution(
            source=source, cue=tagged.cue, content=span, stance=_stance(text, tagged, lexicon),
            frame=UNSOURCED if source is None and not direct else twin.frame if twin else "clause",
            cue_text=text[tagged.cue.start : tagged.cue.end], direct=direct,
        )  # fmt: skip


def _stance(text: str, tagged: TaggedAttribution, lexicon: Lexicon) -> Stance:
    """How a cue stands: "did not deny" and "ordered to" assert and deny nothing."""
    g = lexicon.grammar.patterns
    words = text[tagged.cue.start : tagged.cue.end]
    if g["not_denied"].search(words) or (tagged.stance is Stance.ASSERTS and g["bidding"].fullmatch(words)):
        return Stance.UNSURE
    return tagged.stance


def loose_quotations(text: str, piece: Sentence, tagging: Tagging, last: Attribution) -> list[Attribution]:
    """Return the quotations of a sentence that no cue attributes: they go on with what the last speaker said."""
    inside = [_trimmed(text, c) for c in tagging.loose if piece.start <= c.start < piece.end]
    return [
        replace(last, content=c, frame="continued", direct=True)
        for c in inside
        if c.end - c.start > _JOINED and any(q.start <= c.start + 1 and c.end <= q.end + 1 for q in piece.quotes)
    ]


def _joined_source(spans: Sequence[Span]) -> Span | None:
    """The source as one span: the longest of its stretches."""
    return max(spans, key=lambda s: s.end - s.start, default=None)


def joined(text: str, tagged: TaggedAttribution) -> list[Span]:
    """Return the stretches of a content; those that only punctuation parts, or "he said" in mid-sentence, as one."""
    out: list[Span] = []
    for span in tagged.content:
        gap = text[out[-1].end : span.start] if out else ""
        said = out and out[-1].end <= tagged.cue.start < span.start and len(gap) <= _ASIDE and not _STOP.search(gap)
        if out and (len(gap) <= _JOINED or said):
            out[-1] = replace(out[-1], end=span.end)
        else:
            out.append(span)
    return out


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start=start, end=end)


def _quoted(text: str, span: Span) -> bool:
    """Whether a content stands in quotation marks."""
    return text[max(0, span.start - 1) : span.start] in {"“", '"', "«", "„", "‘"}


def _alike(one: Span, other: Span) -> bool:
    """Whether two spans share most of the shorter one."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > 0.6 * min(one.end - one.start, other.end - other.start)


def _distinct(found: Sequence[Attribution]) -> list[Attribution]:
    """Keep one attribution of one content and stance."""
    kept: dict[tuple[int, int, Stance], Attribution] = {}
    for a in found:
        kept.setdefault((a.content.start, a.content.end, a.stance), a)
    return list(kept.values())
