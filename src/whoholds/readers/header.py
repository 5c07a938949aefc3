"""The small ``Key: value`` header that a plain text may open with.

It is a header only if every line up to the first blank one has a known key: a body that merely starts with
"Update: …" stays body.
"""

from __future__ import annotations

import re

#: Key as written, in lower case → what it gives.
KEYS = {
    "url": "url",
    "link": "url",
    "outlet": "outlet",
    "published": "published",
    "date": "published",
    "lang": "lang",
    "language": "lang",
    "title": "title",
    "id": "id",
}
#: More lines than there are keys are no header.
MOST_LINES = len(KEYS)

_FIELD = re.compile(r"(?P<key>[A-Za-z]+)[ \t]*:(?:[ \t]+(?P<value>[^\r\n]*))?(?:\r\n|\n|\r|\Z)")
_BLANK = re.compile(r"[ \t]*(?:\r\n|\n|\r|\Z)")


def split_header(text: str) -> tuple[dict[str, str], str]:
    """Return the header's values and the text below it, exact; no header: no values and the whole text."""
    values: dict[str, str] = {}
    at = 0
    for _ in range(MOST_LINES):
        match = _FIELD.match(text, at)
        key = KEYS.get(match.group("key").lower()) if match else None
        if match is None or key is None or key in values:
            break
        values[key] = (match.group("value") or "").strip()
        at = match.end()
    blank = _BLANK.match(text, at) if values else None
    if blank is None:
        return {}, text
    return values, text[blank.end() :]
