"""Source phrases: the subject before a cue, the noun phrase behind it, without auxiliaries, adverbs and times."""

from __future__ import annotations

import re

from whoholds.records import Span
from whoholds.records.lexicon import Lexicon
from whoholds.stages.segments import MASK

#: Commas that a subject with its appositions has at most.
_COMMAS = 12


def phrase_after(text: str, at: int, lexicon: Lexicon) -> Span | None:
    """Return the noun phrase that begins at ``at``, without what follows it."""
    g = lexicon.grammar.patterns
    lead = g["addressee_lead"].match(text, at)
    begin = lead.end() if lead else at
    stop = g["np_end"].search(text, begin + 1)
    end = stop.start() if stop else len(text)
    follow = re.match(r",\s+(?P<name>[A-ZА-ЯІЇЄ][^,.]{2,40}?)(?=[,.])", text[end:])
    if follow and re.fullmatch(g["name_only"].pattern, follow["name"]):
        end += follow.end()
    calls = g["callsign_after"].match(text, end) if "callsign_after" in g else None
    if calls:
        end = calls.end()
    phrase = text[begin:end]
    if not phrase.strip() or g["finite"].search(phrase) or MASK in phrase:
        return None
    return Span(start=begin, end=end)


def source_before(text: str, start: int, lexicon: Lexicon) -> Span | None:
    """Return the subject that stands before a cue at ``start``: the source of a clause frame."""
    g = lexicon.grammar.patterns
    cuts = [m.end() for m in g["reporting_break"].finditer(text[:start])]
    cuts += [m.end() for m in re.finditer(rf"{MASK}[.,?!]?[”\"»]?[,.]?\s", text[:start])]
    left = max(cuts, default=0)
    left = _skip_lead(text, left, start, g)
    segment = text[left:start].rstrip()
    relative = g["relative_end"].search(segment)
    if relative and relative.start() > 2:
        return source_before(text[: left + relative.start()] + " ", left + relative.start(), lexicon)
    if g["conjunction_end"].search(segment):
        return _subject(text, left, start, lexicon)
    if segment.endswith(","):
        span = _apposition(text, left, left + len(segment), lexicon)
    else:
        comma = text.rfind(", ", left, start)
        span = clean_source(text, comma + 2 if comma >= 0 else left, start, lexicon)
        if span and not is_source(text[span.start : span.end], lexicon):
            span = _subject(text, left, start, lexicon)
    if span is None or not is_source(text[span.start : span.end], lexicon):
        span = _subject(text, left, start, lexicon)
    return span


def _skip_lead(text: str, left: int, start: int, g: dict[str, re.Pattern[str]]) -> int:
    """Step over "But", "On 29 October", "In a video address,"."""
    for name in ("lead_in", "time_lead", "place_lead", "lead_in"):
        match = g[name].match(text[left:start])
        if match and left + match.end() < start - 1:
            left += match.end()
    return left


def _apposition(text: str, left: int, end: int, lexicon: Lexicon) -> Span | None:
    """Read "NAME, an analyst with the institute," or "the governor, NAME,"."""
    cuts = [left, *(left + m.end() for m in re.finditer(r",\s", text[left:end]))]
    cuts = [c for c in cuts if c < end]
    for begin in reversed(cuts[-_COMMAS:-1] if len(cuts) > 1 else cuts):
        head = text[begin : text.find(",", begin, end)] if "," in text[begin:end] else text[begin:end]
        if is_source(head, lexicon) and not lexicon.grammar.patterns["finite"].search(head):
            return Span(start=begin, end=end - 1)
    return None


def _subject(text: str, left: int, start: int, lexicon: Lexicon) -> Span | None:
    """The subject of a sentence whose verbs are joined: "X visited Y and said Z"."""
    g = lexicon.grammar.patterns
    joined = g["joined_verb"].search(text[left:start])
    if not joined:
        return None
    verb = g["finite_or_past"].search(text, left, start)
    stop = verb.start() if verb else left
    return clean_source(text, left, stop, lexicon) if stop > left else None


def clean_source(text: str, start: int, end: int, lexicon: Lexicon) -> Span | None:
    """Cut auxiliaries, adverbs and times from both ends of a source phrase."""
    g = lexicon.grammar.patterns
    while start < end and text[start] in ' ,“"«–—-':
        start += 1
    for _ in range(4):
        tail = g["source_tail"].search(text[start:end])
        if not tail or tail.start() == 0:
            break
        end = start + tail.start()
    start = _skip_lead(text, start, end, g)
    while end > start and text[end - 1] in " ,–—-":
        end -= 1
    return Span(start=start, end=end) if end > start else None


def is_source(phrase: str, lexicon: Lexicon) -> bool:
    """Whether a phrase can be a speaker: a pronoun, a name, a role; not too long, no broken quotation."""
    phrase = phrase.strip(" ,")
    if not phrase or len(phrase.split()) > 28 or MASK in phrase:
        return False
    g = lexicon.grammar.patterns
    if g["pronoun"].fullmatch(phrase):
        return True
    head = g["relative_clause"].split(re.split(r",\s", phrase)[0])[0]
    if g["finite"].search(head) or g["not_source"].match(head):
        return False
    return bool(g["role_noun_word"].search(head) or g["name_word"].search(head))
