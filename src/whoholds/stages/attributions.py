"""Attributions in one sentence: source, cue and content, by the frames of the cue lexicon.

The scheme is that of PARC and PolNeAR (Pareti 2016; Newell et al. 2018): a source span, a cue span, a
content span. Frames are shapes around a cue; this module knows the shapes, the lexicon knows the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from whoholds.records import Span, Stance
from whoholds.records.lexicon import Cue, Lexicon
from whoholds.stages.segments import MASK, Sentence
from whoholds.stages.sources import clean_source, is_source, phrase_after, source_before

_QUOTE_END = re.compile(r"[”\"»“][,.]?\s*(?:[-–—]\s*)?$")
_WORD = re.compile(r"\w+")
#: Behind a quotation; «» around a name ("group «East»") are no quotation of a speaker's words.
_BEHIND_QUOTE = rf"(?:[”\"]|[{MASK},.?!…]»)[,.]?\s+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One attribution, in document offsets. ``source`` None: the source stands in another sentence."""

    source: Span | None
    cue: Span
    content: Span
    stance: Stance
    frame: str
    cue_text: str
    direct: bool = False


def find_attributions(sentence: Sentence, lexicon: Lexicon) -> list[Attribution]:
    """Return the attributions of one sentence, outer ones first."""
    found: list[Attribution] = []
    for pattern, cue in lexicon.cues:
        for match in pattern.finditer(sentence.masked):
            made = _by_frames(sentence, match.start(), match.end(), cue, lexicon)
            found.extend(_placed(a, sentence.start, sentence.text) for a in made)
    found.extend(_placed(a, sentence.start, sentence.text) for a in _headline(sentence, lexicon))
    return _resolve_overlaps(_shared_sources(found, sentence, lexicon))


def _shared_sources(found: Sequence[Attribution], s: Sentence, lexicon: Lexicon) -> list[Attribution]:
    """Give "..., adding that" the source of the attribution before it in the sentence."""
    result: list[Attribution] = []
    for a in found:
        before = s.masked[: a.cue.start - s.start]
        earlier = [e for e in found if e.source and e.cue.end <= a.cue.start and e.frame != "noun"]
        if (
            earlier
            and lexicon.grammar.patterns["participle_cue"].fullmatch(a.cue_text)
            and before.rstrip().endswith(",")
        ):
            a = replace(a, source=max(earlier, key=lambda e: e.cue.start).source)
        result.append(a)
    return result


def continued_quotes(sentence: Sentence, last: Attribution | None) -> list[Attribution]:
    """Attribute a quotation that stands without a cue to the speaker before it in its paragraph."""
    if last is None:
        return []
    bare = re.sub(rf"[{MASK}“”\"«».,!?…\s–—-]+", "", sentence.masked)
    if bare or not sentence.quotes:
        return []
    return [
        replace(last, content=Span(start=q.start, end=_quote_end(sentence, q)), frame="continued", direct=True)
        for q in sentence.quotes
        if q.end - q.start > 8
    ]


def _quote_end(sentence: Sentence, quote: Span) -> int:
    inner = sentence.text[quote.start - sentence.start : quote.end - sentence.start]
    return quote.start + len(inner.rstrip(" ,"))


def _placed(a: Attribution, offset: int, text: str) -> Attribution:
    """Move sentence offsets to document offsets."""

    def moved(span: Span) -> Span:
        return Span(start=span.start + offset, end=span.end + offset)

    return replace(
        a,
        source=moved(a.source) if a.source else None,
        cue=moved(a.cue),
        content=moved(a.content),
        cue_text=text[a.cue.start : a.cue.end],
    )


def _by_frames(s: Sentence, start: int, end: int, cue: Cue, lexicon: Lexicon) -> list[Attribution]:
    if "before" in cue.frames:
        return _according(s, start, end, cue, lexicon)
    if "noun" in cue.frames:
        return _noun(s, start, end, cue, lexicon)
    return _verbal(s, start, end, cue, lexicon)


def _verbal(s: Sentence, start: int, end: int, cue: Cue, lexicon: Lexicon) -> list[Attribution]:
    text, g = s.masked, lexicon.grammar.patterns
    before, after = text[:start], text[end:]
    if g["determiner_before"].search(before) or g["not_cue_after"].match(after):
        return []
    if g["passive_before"].search(before) and not g["active_form"].search(text[start:end]):
        return []
    behind = _post(s, start, end, cue, lexicon) if "post" in cue.frames else None
    if behind is not None:
        return behind
    named = g["object_before"].search(before)  # "в ЗСУ це заперечують": what is denied stands before the cue
    if named and cue.stance is not Stance.ASSERTS:
        subject = source_before(text, named.start(), lexicon)
        said = Span(start=named.start(), end=start)
        return list(_attributions(s, subject, start, end, said, cue, "clause")) if subject else []
    subject = source_before(text, start, lexicon)
    if subject is None:
        return []
    after_cue = _content_after(text, end, cue, lexicon)
    return list(_attributions(s, subject, start, end, after_cue, cue, "clause")) if after_cue else []


def _post(s: Sentence, start: int, end: int, cue: Cue, lexicon: Lexicon) -> list[Attribution] | None:
    """Read a cue behind its content, or between a verdict and it; None where the content does not stand before."""
    text, g = s.masked, lexicon.grammar.patterns
    inverted = _inverted(text, start, end, cue, lexicon)
    if inverted:
        source, content = inverted
        return list(_attributions(s, source, start, end, content, cue, "post"))
    after = text[end:]
    if not _content_precedes(text[:start], _past_addressee(after, cue, lexicon), lexicon):
        return None
    split = _split_post(text, start, lexicon)
    if split is None:
        return None
    source, content = split
    that = g["that_behind"].match(after)
    if that:
        if g["verdict_lead"].search(text[content.start : content.end]):
            cue = replace(cue, stance=Stance.DENIES)  # "It was false, the staff said, that ..."
        content = Span(start=end + that.end(), end=len(text))
    return list(_attributions(s, source, start, end, content, cue, "post"))


def _past_addressee(after: str, cue: Cue, lexicon: Lexicon) -> str:
    """Return what follows "told Reuters": the rest, where the cue takes a person."""
    person = lexicon.grammar.patterns["addressee"].match(after) if "person" in cue.frames else None
    return after[person.end() :] if person else after


def _attributions(
    s: Sentence, source: Span | None, start: int, end: int, content: Span, cue: Cue, frame: str
) -> Iterator[Attribution]:
    """Yield one attribution per quotation in the content, or one for the content as a whole."""
    quotes = [
        Span(start=q.start - s.start, end=q.end - s.start)
        for q in s.quotes
        if q.start - s.start >= content.start - 1 and q.end - s.start <= content.end + 1 and _long(s, q)
    ]
    whole = content.end - content.start
    quoted = sum(q.end - q.start for q in quotes)
    if quotes and quoted >= 0.6 * whole:
        for quote in quotes:
            trimmed = _trim(s.text, quote)
            yield Attribution(
                source=source, cue=Span(start=start, end=end), content=trimmed, stance=cue.stance, frame=frame,
                cue_text="", direct=True,
            )  # fmt: skip
        return
    trimmed = _trim(s.text, content)
    if len(_WORD.findall(s.text[trimmed.start : trimmed.end])) >= (1 if cue.stance is not Stance.ASSERTS else 2):
        yield Attribution(
            source=source, cue=Span(start=start, end=end), content=trimmed, stance=cue.stance, frame=frame, cue_text=""
        )


def _long(s: Sentence, quote: Span) -> bool:
    return MASK in s.masked[quote.start - s.start : quote.end - s.start]


def _trim(text: str, span: Span) -> Span:
    """Cut spaces, commas, dashes, quote marks and a final full stop from a content span."""
    start, end = span.start, span.end
    while start < end and text[start] in ' ,:;–—-“"«\t\n':
        start += 1
    while end > start and text[end - 1] in ' ,:;–—-”"»\t\n.':
        end -= 1
    return Span(start=start, end=end)


def _inverted(text: str, start: int, end: int, cue: Cue, lexicon: Lexicon) -> tuple[Span, Span] | None:
    """Read "CONTENT," said SOURCE: the source stands behind the cue, the content before it."""
    g = lexicon.grammar.patterns
    before = text[:start]
    quoted = bool(_QUOTE_END.search(before))
    if not quoted and ("person" in cue.frames or not re.search(r"[,–—]\s*$", before)):
        return None
    if len(before.split()) < (1 if quoted else 3):
        return None
    source = phrase_after(text, end, lexicon)
    if source is None or not is_source(text[source.start : source.end], lexicon):
        return None
    phrase = text[source.start : source.end]
    if not quoted and (g["finite"].search(text[end : end + 120].split(",")[0]) or not g["inverted_head"].match(phrase)):
        return None
    return source, Span(start=_content_start(text, start, lexicon), end=start)


def _content_start(text: str, before: int, lexicon: Lexicon) -> int:
    """Where the content that ends at ``before`` begins: the sentence, or after a break like "; "."""
    cuts = [m.end() for m in lexicon.grammar.patterns["reporting_break"].finditer(text[:before])]
    return cuts[-1] if cuts and before - cuts[-1] > 20 else 0


def _content_precedes(before: str, after: str, lexicon: Lexicon) -> bool:
    """Whether "CONTENT, SOURCE said." fits: nothing but an adverbial follows the cue."""
    if after.startswith(",") and len(before.split()) >= 6 and "," in before:
        return True
    for cut in ("reporting_break", "tail_break"):
        after = lexicon.grammar.patterns[cut].split(after)[0]
    if not lexicon.grammar.patterns["adverbial_tail"].match(after):
        return bool(re.search(_BEHIND_QUOTE + r"[^“\"«,]{2,60}$", before)) and bool(re.match(r"\s*[,.]", after))
    return MASK in before or len(before.split()) >= 3


def _split_post(text: str, start: int, lexicon: Lexicon) -> tuple[Span, Span] | None:
    """Split "CONTENT, SOURCE" in front of a cue that ends its sentence."""
    g = lexicon.grammar.patterns
    quote = list(re.finditer(_BEHIND_QUOTE, text[:start]))
    if quote and start - quote[-1].end() < 90:
        source = clean_source(text, quote[-1].end(), start, lexicon)
        return (source, Span(start=0, end=quote[-1].start())) if source else None
    cuts = [m.start() for m in re.finditer(r",\s", text[:start].rstrip(" ,") + " ")]
    for depth in range(1, min(4, len(cuts) + 1)):
        at = cuts[-depth]
        source = clean_source(text, at + 1, start, lexicon)
        if source is None or g["finite"].search(text[source.start : source.end]):
            continue
        wider = cuts[-depth - 1] if depth < len(cuts) else None
        if wider is not None and re.match(r",\s+(?:the|a|an)\b[^,]{3,80},\s+[A-Z]", text[wider:]):
            continue
        if not is_source(text[source.start : source.end], lexicon):
            continue
        return source, Span(start=_content_start(text, at, lexicon), end=at)
    return None


def _content_after(text: str, end: int, cue: Cue, lexicon: Lexicon) -> Span | None:
    """Return the content that follows a cue, past "on Monday", "in a statement", "that"."""
    g = lexicon.grammar.patterns
    at = end
    if "person" in cue.frames:
        person = g["addressee"].match(text, at)
        if not person:
            return None
        at = person.end()
    skipped = g["content_lead"].match(text, at)
    at = skipped.end() if skipped else at
    right = _content_end(text, at, lexicon)
    if not cue.frames & {"object", "finding"} and not _clausal(text[at:right], lexicon):
        return None
    return Span(start=at, end=right) if right - at > 2 else None


def _content_end(text: str, at: int, lexicon: Lexicon) -> int:
    """Where a content ends: at a break, at another attribution, or with the sentence."""
    stops = [m.start() for m in (lexicon.grammar.patterns["content_stop"].search(text, at),) if m]
    for match in lexicon.grammar.patterns["joined_cue"].finditer(text, at):
        if any(p.match(text, match.end()) for p, c in lexicon.cues if c.frames & {"clause", "person", "object"}):
            stops.append(match.start())
            break
    return min(stops, default=len(text))


def _clausal(text: str, lexicon: Lexicon) -> bool:
    """Whether a stretch can be a clause: it is quoted, or has three words or more and a verb."""
    if MASK in text or re.match(r"\s*[“\"«]", text):
        return True
    return len(text.split()) >= 3


def _according(s: Sentence, start: int, end: int, cue: Cue, lexicon: Lexicon) -> list[Attribution]:
    """Read "According to SOURCE, CONTENT" and "CONTENT, according to SOURCE"."""
    text = s.masked
    source = phrase_after(text, end, lexicon)
    if source is None:
        return []
    if len(text[:start].split()) <= 3:
        content = Span(start=_after_apposition(text, source.end), end=len(text))
    else:
        rest = text[source.end :].strip(' .,”"')
        content = Span(start=0, end=len(text) if len(rest.split()) > 3 else start)
    return list(_attributions(s, source, start, end, content, cue, "before"))


def _after_apposition(text: str, end: int) -> int:
    comma = re.match(r"[^,]{0,5},\s", text[end:])
    return end + comma.end() if comma else end


def _noun(s: Sentence, start: int, end: int, cue: Cue, lexicon: Lexicon) -> list[Attribution]:
    """Read "Russian claims that CONTENT" and "reports in the media that CONTENT"."""
    text, g = s.masked, lexicon.grammar.patterns
    that = g["noun_content"].match(text, end)
    if not that:
        return []
    owner = g["noun_owner"].search(text[:start])
    source = Span(start=owner.start("owner"), end=owner.end("owner")) if owner else None
    if that.group("by"):
        source = Span(start=that.start("by"), end=that.end("by"))
    if source is None:
        return []
    right = _content_end(text, that.end(), lexicon)
    tail = g["verdict_tail"].search(text[that.end() : right])
    right = that.end() + tail.start() if tail else right
    content = Span(start=that.end(), end=right)
    return list(_attributions(s, source, start, end, content, cue, "noun"))


def _headline(s: Sentence, lexicon: Lexicon) -> Iterator[Attribution]:
    """Read "SOURCE: content" and "Content — SOURCE"."""
    text, g = s.masked, lexicon.grammar.patterns
    lead = re.match(r"(?P<source>[^:“\"«]{3,60}):\s+(?=\S)", text)
    if lead and is_source(lead["source"], lexicon) and len(lead["source"].split()) <= 6:
        content = _trim(s.text, Span(start=lead.end(), end=len(text)))
        yield Attribution(
            source=Span(start=lead.start("source"), end=lead.end("source")),
            cue=Span(start=lead.end("source"), end=lead.end("source") + 1),
            content=content, stance=Stance.ASSERTS, frame="headline", cue_text=":",
        )  # fmt: skip
    tail = re.search(r"[,.]?\s+[-–—]\s+(?P<source>[^-–—,.“\"]{3,50})$", text)
    if (
        tail
        and is_source(tail["source"], lexicon)
        and len(tail["source"].split()) <= 5
        and g["speaker_name"].search(tail["source"])
    ):
        yield Attribution(
            source=Span(start=tail.start("source"), end=tail.end("source")),
            cue=Span(start=tail.start("source") - 2, end=tail.start("source") - 1),
            content=Span(start=0, end=tail.start()), stance=Stance.ASSERTS, frame="headline", cue_text="–",
        )  # fmt: skip


def _resolve_overlaps(found: list[Attribution]) -> list[Attribution]:
    """Keep one attribution per cue place and content, the longest cue first; order outer before inner."""
    kept: list[Attribution] = []
    found = [a for a in found if not _runs_over(a, found)]
    for a in sorted(found, key=lambda x: (x.frame == "noun", -(x.cue.end - x.cue.start), x.cue.start)):
        same_cue = any(a.cue.start < k.cue.end and k.cue.start < a.cue.end for k in kept if k.content == a.content)
        in_cue = any(k.cue.start <= a.cue.start < k.cue.end and k.cue != a.cue for k in kept)
        same_content = any(k.content == a.content for k in kept)
        if not (same_cue or in_cue or same_content):
            kept.append(a)
    return sorted(kept, key=lambda a: (a.content.start - a.content.end, a.cue.start))


def _runs_over(a: Attribution, found: Sequence[Attribution]) -> bool:
    """Whether a subject runs over another cue, and the word is a noun: "The army rejected Norish" (claims that)."""
    if a.source is None or a.frame != "clause" or not any(b.frame == "noun" and b.cue == a.cue for b in found):
        return False
    return any(a.source.start <= b.cue.start and b.cue.end <= a.source.end for b in found)
