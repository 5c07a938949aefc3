"""Bytes to text: a byte order mark, then UTF-8, then what charset-normalizer is sure of."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

#: Bytes looked at to tell an encoding or a format.
HEAD = 4096
#: A guess needs this many bytes outside ASCII to stand on, and letters that go together this well.
LEAST_EVIDENCE = 24
LEAST_COHERENCE = 0.3

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "gzip"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG", "PNG"),
    (b"GIF8", "GIF"),
    (b"SQLite format 3", "SQLite"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "RTF"),
)
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13, 27}


def marked_encoding(data: bytes) -> str | None:
    """Return the encoding that a byte order mark names, or None."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def binary_kind(head: bytes) -> str | None:
    """Say what kind of binary file bytes are the head of, or None for text."""
    known = next((kind for magic, kind in _BINARY if head.startswith(magic)), None)
    if known or not head or marked_encoding(head):
        return known
    controls = sum(byte in _CONTROLS for byte in head)
    return "control bytes" if controls / len(head) > 0.02 else None


def decode(data: bytes) -> str | None:
    """Return the text of bytes, newlines untouched; None where no encoding can be trusted."""
    encoding = marked_encoding(data) or "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return _guess(data) if encoding == "utf-8" else None


def _guess(data: bytes) -> str | None:
    if sum(byte > 127 for byte in data) < LEAST_EVIDENCE and len(data) < 4 * LEAST_EVIDENCE:
        return None
    best = from_bytes(data).best()
    return str(best) if best is not None and best.coherence >= LEAST_COHERENCE else None


def storable(text: str) -> str:
    """Replace what no database stores, one character for one: lone surrogates and NUL become U+FFFD.

    SQLite cannot encode the first and PostgreSQL forbids the second. All else stays as read, and offsets stay true.
    """
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    return text
