"""Loads a file that is read whole, or says why it cannot be."""

from __future__ import annotations

from pathlib import Path

from whoholds.readers.rejections import reject
from whoholds.records import Rejection

#: Bytes of a file that holds one report, at most.
LARGEST = 50_000_000


def load(path: Path, limit: int = LARGEST) -> bytes | Rejection:
    """Return the bytes of a file of at most ``limit`` bytes; its size is asked before it is read."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= limit else b""
    except OSError as error:
        return reject(path, "unreadable", detail=error.strerror or str(error))
    if size > limit or len(data) > limit:
        return reject(path, "too-large", detail=f"{size:,} bytes, at most {limit:,}")
    return data
