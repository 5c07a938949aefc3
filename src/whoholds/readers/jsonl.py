"""Reads JSON Lines, one report a line, and a single JSON object or array of such reports.

Keys: ``id, url, outlet, published, lang, title, text``; only ``text`` is needed. Lines are streamed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from whoholds.readers.decoding import marked_encoding
from whoholds.readers.documents import make_document
from whoholds.readers.rejections import reject
from whoholds.records import Document, Rejection
from whoholds.stages.publication import parse_date

#: Bytes of one line, and of a file that is one JSON value, at most.
LONGEST_LINE = 20_000_000
LARGEST_VALUE = 50_000_000
SUFFIXES = frozenset({".json", ".jsonl", ".ndjson", ".jl"})

_OPENS = re.compile(rb"\s*(?:\{\s*(?:\"|\}|$)|\[\s*(?:\{|\]|$))")


class JsonlReader:
    """JSON Lines; also one object, or an array of objects, over any number of lines."""

    name = "jsonl"

    def accepts(self, path: Path, head: bytes) -> bool:
        """Take what opens like JSON, and what is named so and opens like no other markup."""
        named = path.suffix.lower() in SUFFIXES
        return _OPENS.match(head.removeprefix(b"\xef\xbb\xbf")) is not None or named

    def read(self, path: Path) -> Iterator[Document | Rejection]:
        """Yield each row's report, or the reason why it is none, in the order of the lines."""
        try:
            with path.open("rb") as file:
                if marked_encoding(file.read(4)) not in (None, "utf-8-sig"):
                    yield reject(path, "encoding-unknown", detail="JSON Lines in UTF-16 or UTF-32")
                    return
                file.seek(0)
                one_value = _is_one_value(file)
                file.seek(0)
                yield from self._value(path, file) if one_value else self._lines(path, file)
        except OSError as error:
            yield reject(path, "unreadable", detail=error.strerror or str(error))

    def _lines(self, path: Path, file: IO[bytes]) -> Iterator[Document | Rejection]:
        number, rows = 0, 0
        while raw := file.readline(LONGEST_LINE + 1):
            number += 1
            if len(raw) > LONGEST_LINE:
                _skip_line(file, raw)
                yield reject(path, "too-large", line=number, detail=f"a line of over {LONGEST_LINE:,} bytes")
            elif raw.strip(b"\xef\xbb\xbf \t\r\n"):
                yield from self._line(path, number, raw)
            else:
                continue
            rows += 1
        if not rows:
            yield reject(path, "empty-file")

    def _line(self, path: Path, number: int, raw: bytes) -> Iterator[Document | Rejection]:
        value, problem = _parse(path, raw, number)
        if problem is not None:
            yield problem
        else:
            yield from self._row(path, value, number, file_name=None)

    def _value(self, path: Path, file: IO[bytes]) -> Iterator[Document | Rejection]:
        """Read a file that is one JSON value; the items of an array count as its lines."""
        raw = file.read(LARGEST_VALUE + 1)
        if len(raw) > LARGEST_VALUE:
            yield reject(path, "too-large", detail=f"one JSON value of over {LARGEST_VALUE:,} bytes")
            return
        value, problem = _parse(path, raw, None)
        if problem is not None:
            yield problem
        elif not isinstance(value, list):
            yield from self._row(path, value, None, file_name=path.stem)
        elif not value:
            yield reject(path, "empty-file")
        else:
            for number, item in enumerate(value, 1):
                yield from self._row(path, item, number, file_name=None)

    def _row(self, path: Path, row: Any, number: int | None, file_name: str | None) -> Iterator[Document | Rejection]:
        text = row.get("text") if isinstance(row, dict) else None
        if not isinstance(text, str) or not text.strip():
            yield reject(path, "text-missing", line=number, detail=_why_no_text(row))
            return
        published = row.get("published")
        yield make_document(
            name=_identifier(row.get("id")) or (path.stem if number is None else f"{path.stem}-{number}"),
            text=text,
            path=path,
            reader=self.name,
            url=_string(row.get("url")),
            outlet=_string(row.get("outlet")),
            title=_string(row.get("title")),
            lang=_string(row.get("lang")),
            metadata_date=_string(published),
            file_name=file_name,
        )
        if published not in (None, "") and not (isinstance(published, str) and parse_date(published)):
            detail = f"{str(published)[:60]!r} is not a date that can be read one way"
            yield reject(path, "date-wrong", line=number, detail=detail)


def _is_one_value(file: IO[bytes]) -> bool:
    """Say whether a file is one JSON value over many lines, and not JSON Lines: from its first two lines.

    An object that its first line does not close is one value, unless the next line opens another: then the
    first row is broken, and the others are still rows.
    """
    first, second = _next_line(file), _next_line(file)
    if not first.startswith((b"{", b"[")) or len(first) >= LONGEST_LINE:
        return False
    if first.startswith(b"["):
        return True
    return not first.endswith((b"}", b"},")) and not second.startswith(b"{")


def _next_line(file: IO[bytes]) -> bytes:
    """Return the next line that is not blank, stripped; empty at the end."""
    for raw in iter(lambda: file.readline(LONGEST_LINE), b""):
        stripped = raw.strip(b"\xef\xbb\xbf \t\r\n")
        if stripped:
            return stripped
    return b""


def _parse(path: Path, raw: bytes, number: int | None) -> tuple[Any, Rejection | None]:
    try:
        return json.loads(raw.decode("utf-8-sig")), None
    except UnicodeDecodeError as error:
        return None, reject(path, "encoding-unknown", line=number, detail=f"byte {error.start} is not UTF-8")
    except json.JSONDecodeError as error:
        line = number if number is not None else error.lineno
        return None, reject(
            path, "json-broken", line=line, detail=f"{error.msg.removesuffix(' at')}, column {error.colno}"
        )
    except (ValueError, RecursionError) as error:
        return None, reject(path, "json-broken", line=number, detail=str(error))


def _skip_line(file: IO[bytes], raw: bytes) -> None:
    while raw and not raw.endswith(b"\n"):
        raw = file.readline(LONGEST_LINE)


def _why_no_text(row: Any) -> str:
    if not isinstance(row, dict):
        return "the row is not an object"
    if "text" not in row:
        return "it has no 'text'"
    return "its 'text' is empty" if isinstance(row["text"], str) else "its 'text' is not a string"


def _identifier(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value).strip() or None


def _string(value: object) -> str | None:
    return value if isinstance(value, str) else None
