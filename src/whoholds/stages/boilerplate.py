"""Marks what on a page is not body text: headline, stamps, bylines, captions, furniture, other articles' headlines.

Nothing is deleted, so offsets stay true. The rules lean towards body: a line of prose is only taken out by an
entry of the lexicon that it matches, and the headlines of other articles, which would become false claims, are
taken by the shape of the list that a cue opens ("Read also").
"""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz import fuzz

from whoholds.records import MarkedSpan, SpanKind
from whoholds.stages.layout import Line, is_counter, is_trail, lines, margins, prose_bounds
from whoholds.stages.page_lexicon import PageLexicon
from whoholds.stages.stamps import stamps

#: A line this like the title (0 to 100) is the headline.
TITLE_LIKENESS = 88
#: A first line that shares this much of its words with the title (0 to 100) is a headline too.
TITLE_KINSHIP = 60
#: What follows a list's cue counts as the foot of the page when it is at most this share of it.
FOOT_SHARE = 0.4
#: A paragraph this long below a cue is an article going on, not a teaser.
TEASER_LENGTH = 200
#: Longer lines than this are no furniture.
PHRASE_LENGTH = 400

_CAPITAL = "A-ZА-ЯІЇЄҐÀ-Þ"
_CAPITALS = rf"[{_CAPITAL}][{_CAPITAL}'’.\- ]+"
_COUNTRY = rf", [{_CAPITAL}][\w'’-]+(?: [{_CAPITAL}][\w'’-]+)?"
_PLACE = rf"{_CAPITALS}(?:/{_CAPITALS})*(?:{_COUNTRY})?"
_DAY = rf"(?:[{_CAPITAL}]?[^\W\d_]{{2,10}}\.? \d{{1,2}}|\d{{1,2}} [^\W\d_]{{2,10}}\.?)(?:,? \d{{4}})?"
_AGENCY = r"\([^()]{2,40}\)"
_DASH = r"\s*[—–-]\s+"
_OPENING = re.compile(
    rf"{_PLACE},? {_DAY},? ?(?:{_AGENCY})?{_DASH}|{_PLACE} {_AGENCY}{_DASH}|{_PLACE}{_DASH}|{_DAY} {_AGENCY}{_DASH}"
)

Kinds = list[SpanKind | None]


def mark(text: str, title: str | None, lexicon: PageLexicon, language: str | None = None) -> tuple[MarkedSpan, ...]:
    """Return the marked spans of a page, in order and without overlap; ``title`` None: not known."""
    page = lines(text)
    kinds: Kinds = [None] * len(page)
    guarded = _guarded(page, lexicon)
    _mark_title(page, kinds, title)
    _mark_phrases(page, kinds, guarded, lexicon)
    _mark_stamps(page, kinds, lexicon, language)
    _mark_lists(page, kinds, lexicon)
    _mark_top(page, kinds, guarded, title, lexicon)
    _mark_tails(page, kinds, lexicon)
    _mark_foot(page, kinds, guarded)
    _mark_corrections(page, kinds)
    return tuple(sorted([*_spans(page, kinds), *_parts(page, kinds, lexicon)], key=lambda span: span.start))


def _guarded(page: list[Line], lexicon: PageLexicon) -> list[bool]:
    """Which lines stay body whatever else matches: those that say where the report comes from."""
    return [any(pattern.search(line.text) for pattern in lexicon.protected) for line in page]


def _mark_title(page: list[Line], kinds: Kinds, title: str | None) -> None:
    """Mark the line that is the title, above the first paragraphs."""
    first = prose_bounds(page)[0]
    for index, line in enumerate(page[: first + 3] if title else ()):
        if _alike(line.text, title or ""):
            kinds[index] = SpanKind.HEADLINE
            return


def _alike(line: str, title: str) -> bool:
    left, right = _plain(line), _plain(title)
    if not left or not right:
        return False
    whole = fuzz.ratio(left, right) >= TITLE_LIKENESS
    return whole or (
        min(len(left), len(right)) >= 25 and len(left) < 250 and (right.startswith(left) or left.startswith(right))
    )


def _plain(text: str) -> str:
    return " ".join("".join(c if unicodedata.category(c)[0] in "LN" else " " for c in text.casefold()).split())


def _mark_phrases(page: list[Line], kinds: Kinds, guarded: list[bool], lexicon: PageLexicon) -> None:
    for index, line in enumerate(page):
        if kinds[index] is None and not guarded[index]:
            kinds[index] = _phrase_kind(line, lexicon)


def _phrase_kind(line: Line, lexicon: PageLexicon) -> SpanKind | None:
    if is_counter(line.text):
        return SpanKind.BOILERPLATE
    if len(line.text) > PHRASE_LENGTH or (line.text[0].islower() and not line.gap):
        return None  # too long for furniture, or the middle of a wrapped paragraph
    return next((kind for kind, pattern in lexicon.marked if pattern.search(line.text)), None)


def _mark_stamps(page: list[Line], kinds: Kinds, lexicon: PageLexicon, language: str | None) -> None:
    """Mark date stamps above the second paragraph and on the last lines."""
    for index in margins(page):
        if kinds[index] in (None, SpanKind.BYLINE) and stamps(page[index].text, lexicon.stamps, language):
            kinds[index] = SpanKind.DATELINE


def _mark_top(page: list[Line], kinds: Kinds, guarded: list[bool], title: str | None, lexicon: PageLexicon) -> None:
    """Above the first paragraph: a headline where the title gave none, trails of crumbs, repeats of the headline."""
    first = prose_bounds(page)[0]
    if first == len(page):
        return
    for index, line in enumerate(page[:first]):
        if kinds[index] is None and is_trail(line.text):
            kinds[index] = SpanKind.BOILERPLATE
    if SpanKind.HEADLINE not in kinds:
        _mark_shape_of_headline(page, kinds, guarded, title, lexicon)
    headline = next((page[i].text for i, kind in enumerate(kinds) if kind is SpanKind.HEADLINE), None)
    for index, line in enumerate(page[:first]):
        if kinds[index] is None and headline and _alike(line.text, headline):
            kinds[index] = SpanKind.CAPTION  # the text under the picture repeats the headline


def _mark_shape_of_headline(
    page: list[Line], kinds: Kinds, guarded: list[bool], title: str | None, lexicon: PageLexicon
) -> None:
    """Mark the first line that could be a headline; where the title is known, only one that shares its words."""
    for index, line in enumerate(page[: prose_bounds(page)[0]]):
        shaped = line.heading and line.words >= 4 and not line.bulleted and line.text[0] not in "([{"
        if kinds[index] is not None or guarded[index] or not shaped or lexicon.cue_within.search(line.text):
            continue
        if (
            fuzz.token_set_ratio(_plain(line.text), _plain(title)) >= TITLE_KINSHIP
            if title
            else _apart(page, kinds, index)
        ):
            kinds[index] = SpanKind.HEADLINE
            return


def _apart(page: list[Line], kinds: Kinds, index: int) -> bool:
    """Whether a line stands apart from the text below it, and is not the first of a wrapped paragraph."""
    return page[index + 1].gap or kinds[index + 1] is not None


def _mark_lists(page: list[Line], kinds: Kinds, lexicon: PageLexicon) -> None:
    """Mark the headlines of other articles: a line that a cue opens, or the list below a cue."""
    first = prose_bounds(page)[0]
    for index, line in enumerate(page):
        if kinds[index] not in (None, SpanKind.RELATED) or line.text[0].islower():
            continue
        if lexicon.cue_alone.match(line.text):
            kinds[index] = SpanKind.RELATED
            if index > first:
                _mark_list_below(page, kinds, index, lexicon)
        elif _opens_list(line, lexicon):
            kinds[index] = SpanKind.RELATED
            _mark_bullets_below(page, kinds, index)


def _opens_list(line: Line, lexicon: PageLexicon) -> bool:
    """Whether a cue stands before a colon and headlines: "Read also: A | B"."""
    if len(line.text) > PHRASE_LENGTH:
        return False
    listed = not line.text.endswith(".") and lexicon.list_inline.match(line.text) is not None
    return listed or lexicon.cue_inline.match(line.text) is not None


def _mark_bullets_below(page: list[Line], kinds: Kinds, cue: int) -> None:
    for index in range(cue + 1, len(page)):
        if not page[index].bulleted or page[index].gap or len(page[index].text) > TEASER_LENGTH:
            return
        kinds[index] = SpanKind.RELATED


def _mark_list_below(page: list[Line], kinds: Kinds, cue: int, lexicon: PageLexicon) -> None:
    if _at_foot(page, cue):
        for index in range(cue + 1, len(page)):
            kinds[index] = kinds[index] or SpanKind.RELATED
        return
    spaced = cue + 1 < len(page) and page[cue + 1].gap
    for index in range(cue + 1, len(page)):
        line = page[index]
        ended = line.prose or kinds[index] is not None or lexicon.cue_alone.match(line.text) is not None
        if ended or (line.gap and not spaced):
            return
        kinds[index] = SpanKind.RELATED


def _at_foot(page: list[Line], cue: int) -> bool:
    """Whether all below a cue is the foot of the page: a small share of it, headlines and perhaps their leads.

    A lead directly follows its headline, and one headline with prose below it is the article going on.
    """
    below = page[cue + 1 :]
    length = sum(len(line.text) for line in below)
    whole = sum(len(line.text) for line in page) or 1
    if length / whole > FOOT_SHARE or any(len(line.text) >= TEASER_LENGTH for line in below):
        return False
    leads = [index for index, line in enumerate(below) if line.prose]
    led = all(index and not below[index - 1].prose for index in leads)
    return not leads or (led and len(below) - len(leads) >= max(2, len(leads)))


def _mark_tails(page: list[Line], kinds: Kinds, lexicon: PageLexicon) -> None:
    """Readers' comments and the like: from the line that opens them, all that follows."""
    first = prose_bounds(page)[0]
    for index, line in enumerate(page):
        if index > first and kinds[index] in (None, SpanKind.BOILERPLATE) and lexicon.tail.match(line.text):
            for below in range(index, len(page)):
                kinds[below] = kinds[below] or SpanKind.BOILERPLATE
            return


def _mark_foot(page: list[Line], kinds: Kinds, guarded: list[bool]) -> None:
    """Below the last paragraph of body, bare headlines after furniture are other articles'."""
    body = max((i for i, line in enumerate(page) if line.prose and kinds[i] in (None, SpanKind.CORRECTION)), default=-1)
    furniture = (SpanKind.BOILERPLATE, SpanKind.RELATED)
    start = next((i for i in range(body + 1, len(page)) if kinds[i] in furniture), len(page))
    if body < 0:
        return
    for index in range(start + 1, len(page)):
        if kinds[index] is None and not guarded[index] and page[index].heading and page[index].words >= 3:
            kinds[index] = SpanKind.RELATED


def _mark_corrections(page: list[Line], kinds: Kinds) -> None:
    """A bare "Correction" takes the lines of its own paragraph with it."""
    for index in range(1, len(page)):
        opens = kinds[index - 1] is SpanKind.CORRECTION and not page[index - 1].prose
        if opens and not page[index].gap and kinds[index] is None:
            kinds[index] = SpanKind.CORRECTION


def _spans(page: list[Line], kinds: Kinds) -> list[MarkedSpan]:
    """Join neighbouring lines of one kind, but headlines and stamps, into one span."""
    spans: list[MarkedSpan] = []
    joined = {SpanKind.RELATED, SpanKind.BOILERPLATE}
    for index, (line, kind) in enumerate(zip(page, kinds, strict=True)):
        if kind is None:
            continue
        if spans and index and kinds[index - 1] is kind and kind in joined:
            spans[-1] = MarkedSpan(start=spans[-1].start, end=line.end, kind=kind)
        else:
            spans.append(MarkedSpan(start=line.start, end=line.end, kind=kind))
    return spans


def _parts(page: list[Line], kinds: Kinds, lexicon: PageLexicon) -> list[MarkedSpan]:
    """Mark inside lines of body: the dateline that opens a dispatch, and "Read also: …" at a line's end."""
    spans = []
    first = prose_bounds(page)[0]
    for index, (line, kind) in enumerate(zip(page, kinds, strict=True)):
        if kind is not None:
            continue
        opening = _OPENING.match(line.text) if first <= index <= first + 1 else None
        if opening:
            end = line.start + len(opening.group().rstrip())
            spans.append(MarkedSpan(start=line.start, end=end, kind=SpanKind.DATELINE))
        within = lexicon.cue_within.search(line.text)
        if within and len(line.text) - within.end() <= TEASER_LENGTH:
            spans.append(MarkedSpan(start=line.start + within.end(), end=line.end, kind=SpanKind.RELATED))
    return spans
