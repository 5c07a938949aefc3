"""Reads a plain text, with or without a small header."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from whoholds.readers.decoding import decode
from whoholds.readers.documents import make_document
from whoholds.readers.files import load
from whoholds.readers.header import split_header
from whoholds.readers.rejections import reject
from whoholds.records import Document, Rejection
from whoholds.stages.publication import parse_date

#: Names that end so, or have no ending, are plain text, once no other reader took the content.
SUFFIXES = frozenset({"", ".txt", ".text", ".md", ".markdown", ".html", ".htm"})


class PlainTextReader:
    """A ``.txt`` or ``.md`` file, or one without an ending, is one report."""

    name = "plain-text"

    def accepts(self, path: Path, head: bytes) -> bool:
        """Take what is named like a text; the reader asks last, so no other format claimed it."""
        suffix = path.suffix.lower()
        return suffix in SUFFIXES or not suffix[1:].isalpha() or len(suffix) > 6

    def read(self, path: Path) -> Iterator[Document | Rejection]:
        """Yield the one report, and a row for a date in its header that is none."""
        data = load(path)
        text = decode(data) if isinstance(data, bytes) else None
        if isinstance(data, Rejection):
            yield data
        elif text is None:
            yield reject(path, "encoding-unknown", detail="not UTF-8, and no other encoding is sure")
        else:
            yield from self._document(path, text)

    def _document(self, path: Path, text: str) -> Iterator[Document | Rejection]:
        header, body = split_header(text)
        if not body.strip():
            yield reject(path, "empty-file")
            return
        published = header.get("published")
        yield make_document(
            name=header.get("id") or path.stem,
            text=body,
            path=path,
            reader=self.name,
            url=header.get("url"),
            outlet=header.get("outlet"),
            title=header.get("title"),
            lang=header.get("lang"),
            header_date=published,
            file_name=path.stem,
        )
        if published and parse_date(published) is None:
            yield reject(path, "date-wrong", detail=f"{published!r} is not a date that can be read one way")
