"""Ids are hashes of content, so that reading the same thing twice changes nothing."""

from __future__ import annotations

import hashlib

#: Hex characters kept of a SHA-256: 80 bits, no collision expected below 10^11 rows.
ID_LENGTH = 20


def content_hash(text: str) -> str:
    """Return the SHA-256 of the text as read (UTF-8), in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def stable_id(prefix: str, *parts: object) -> str:
    """Return ``prefix-`` and the first 20 hex digits of a SHA-256 over the parts.

    Parts are joined by U+001F and None is kept apart from the empty string.
    """
    joined = "\x1f".join("\x00" if part is None else str(part) for part in parts)
    return f"{prefix}-{content_hash(joined)[:ID_LENGTH]}"


def document_id(name: str, url: str | None, text: str) -> str:
    """Return a document's id. Two texts of one URL are two documents."""
    return stable_id("d", name, url, text)
