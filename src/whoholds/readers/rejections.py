"""Every reason why an input is not read, in one table: a stable code, what happened, what to do."""

from __future__ import annotations

from pathlib import Path

from whoholds.records import Rejection, stable_id

__all__ = ["CODES", "reject"]

#: code → (what happened, what to do next). ``{detail}`` is filled by the reader.
CODES: dict[str, tuple[str, str]] = {
    "empty-file": ("the file holds no text", "leave it out, or save the report again"),
    "binary-file": ("the file is not text ({detail})", "save the report as text, HTML or JSON Lines"),
    "unknown-format": ("the format is not one that is read ({detail})", "save the report as text, HTML or JSON Lines"),
    "encoding-unknown": ("the characters cannot be decoded ({detail})", "save it as UTF-8"),
    "json-broken": ("the JSON cannot be parsed ({detail})", "mend the line or export it again"),
    "text-missing": ("there is no report in it ({detail})", "give the row a 'text' that is a string and not empty"),
    "date-wrong": (
        "the report was read, but its date was not: {detail}",
        "write it as YYYY-MM-DD, or give --published",
    ),
    "too-large": ("it is larger than is read at once ({detail})", "split it into one report a file, or JSON Lines"),
    "html-no-article": ("no article was found in the page", "save the page of one article, or its text as .txt"),
    "unreadable": ("it cannot be opened ({detail})", "check the path and its permissions"),
}


def reject(path: Path, code: str, *, line: int | None = None, detail: str = "") -> Rejection:
    """Return the row for one input that was not read; ``line`` counts from 1."""
    what, do = CODES[code]
    where = f"{path}:{line}" if line is not None else str(path)
    sentence = what.format(detail=" ".join(detail.split())[:200] or "no details")
    return Rejection(id=stable_id("r", where, code, sentence), where=where, code=code, what=sentence, do=do)
