"""The lines of a page, and what their shape alone says: prose, a heading, a list item.

Every line carries true offsets into the text it was cut from; nothing is normalised.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

#: A paragraph of at least this many characters that ends like a sentence is prose.
PROSE_LENGTH = 60
#: Longer than this and a line is no headline, whatever it ends with.
HEADING_LENGTH = 200

#: Lines above the body, and below it, in which a page may say when it was published.
MARGIN = 40

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\r\n\u2028\u2029]")
_CLOSERS = "\"'”’»)]› \u200b"
_FINAL = ".!?…。؟۔။।"
_BULLETS = re.compile(r"^(?:[•●▪◦‣·*+→►▶»>–—-]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that is not blank. ``text`` is ``page[start:end]``, without the white space around it.

    ``gap``: blank lines stand before it.
    """

    start: int
    end: int
    text: str
    gap: bool

    @property
    def ends_sentence(self) -> bool:
        """Whether it ends like a sentence, closing quotation marks and brackets aside."""
        bare = self.text.rstrip(_CLOSERS)
        return bool(bare) and bare[-1] in _FINAL

    @property
    def prose(self) -> bool:
        """Whether it has the shape of body text: long enough, and ends like a sentence."""
        return len(self.text) >= HEADING_LENGTH or (len(self.text) >= PROSE_LENGTH and self.ends_sentence)

    @property
    def bulleted(self) -> bool:
        """Whether it opens with a list mark."""
        return _BULLETS.match(self.text) is not None

    @property
    def heading(self) -> bool:
        """Whether it could be a headline: short, and no full stop or comma at its end."""
        return len(self.text) < HEADING_LENGTH and self.text[-1] not in ".,;"

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


def lines(text: str) -> list[Line]:
    """Cut a text into its lines; blank ones are only remembered as the gap before the next."""
    found: list[Line] = []
    previous = 0
    for match in _LINE.finditer(text):
        stripped = match.group().strip()
        if not stripped:
            continue
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        gap = bool(found) and len(_BREAK.findall(text, previous, start)) > 1
        found.append(Line(start=start, end=start + len(stripped), text=stripped, gap=gap))
        previous = start + len(stripped)
    return found


def prose_bounds(page: list[Line]) -> tuple[int, int]:
    """Return the index of the first and of the last line of prose; ``(len, -1)`` where there is none."""
    at = [index for index, line in enumerate(page) if line.prose]
    return (at[0], at[-1]) if at else (len(page), -1)


def margins(page: list[Line]) -> list[int]:
    """Return the indices of the lines above the second line of prose and below the last: where a page is dated.

    At most :data:`MARGIN` lines on either side: a list of a thousand dates is no masthead.
    """
    first, last = prose_bounds(page)
    top = range(min(first + 2, len(page), MARGIN))
    bottom = range(max(last, len(page) - MARGIN, top.stop), len(page))
    return [*top, *bottom]


def is_counter(text: str) -> bool:
    """Say whether a line is a row of counters: digits beside emoji or symbols, and no word."""
    letters = max((len(run) for run in re.findall(r"[^\W\d_]+", text)), default=0)
    symbols = any(unicodedata.category(char) in {"So", "Sk"} for char in text)
    return symbols and letters < 4 and any(char.isdigit() for char in text)


def is_trail(text: str) -> bool:
    """Say whether a line is a trail of crumbs: "Home » News » War", two to five short names."""
    crumbs = re.split(r"\s+[»›>/→]\s+", text)
    return (
        2 <= len(crumbs) <= 5
        and len(text) <= 80
        and not any(char.isdigit() for char in text)
        and all(0 < len(crumb.split()) <= 3 for crumb in crumbs)
    )
