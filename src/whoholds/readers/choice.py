"""Which reader takes a file: by its first bytes, then by its name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from whoholds.ports import Reader
from whoholds.readers.decoding import HEAD, binary_kind
from whoholds.readers.jsonl import JsonlReader
from whoholds.readers.plain_text import PlainTextReader
from whoholds.readers.rejections import reject
from whoholds.readers.saved_html import HtmlReader
from whoholds.records import Document, Rejection

#: Every reader, in the order in which they are asked; the one that takes any text comes last.
ALL: tuple[Reader, ...] = (HtmlReader(), JsonlReader(), PlainTextReader())

_MARKUP = ((b"<?xml", "XML"), (b"<rss", "a feed"), (b"<feed", "a feed"), (b"WARC/", "a web archive"))


class RefusingReader:
    """Stands for a file that no reader takes: reading it yields the reason."""

    name = "none"

    def __init__(self, reason: Rejection) -> None:
        self.reason = reason

    def accepts(self, path: Path, head: bytes) -> bool:
        """Take nothing: it is only ever chosen for want of another."""
        return False

    def read(self, path: Path) -> Iterator[Document | Rejection]:
        """Yield the reason."""
        yield self.reason


def reader_for(path: Path) -> Reader:
    """Return the reader for one file. Never raises, opens regular files only."""
    try:
        if not path.is_file():
            kind = "no such file" if not path.exists() else "a folder" if path.is_dir() else "not a regular file"
            return RefusingReader(reject(path, "unreadable", detail=kind))
        with path.open("rb") as file:
            head = file.read(HEAD)
    except (OSError, ValueError) as error:
        return RefusingReader(reject(path, "unreadable", detail=getattr(error, "strerror", None) or str(error)))
    return _by_head(path, head)


def _by_head(path: Path, head: bytes) -> Reader:
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        return RefusingReader(reject(path, "empty-file")) if len(head) < HEAD else ALL[-1]
    binary = binary_kind(head)
    if binary:
        return RefusingReader(reject(path, "binary-file", detail=binary))
    chosen = next((reader for reader in ALL if reader.accepts(path, head)), None)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    markup = next((kind for opening, kind in _MARKUP if start.startswith(opening)), None)
    if chosen is None or (chosen is ALL[-1] and markup):
        detail = markup or f"files that end in {path.suffix}"
        return RefusingReader(reject(path, "unknown-format", detail=detail))
    return chosen
