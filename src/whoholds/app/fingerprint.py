"""Telling one understanding from another: a hash of all code and data that it rests on.

The ledger keeps it with every reading. An input that was read under the same fingerprint is known; after a
change of a lexicon, a theatre or the code the same input is understood anew, beside what it said before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import msgspec

import whoholds
from whoholds.app.settings import Settings
from whoholds.records import Theatre

__all__ = ["settings_text", "understanding_version"]

#: What understanding rests on, inside the package.
_ROOMS = ("stages", "taggers", "data/lexicons", "data/reader")
_SUFFIXES = frozenset({".py", ".toml"})

#: Hex characters kept.
LENGTH = 16


def understanding_version(theatres: Sequence[Theatre], gazetteers: Iterable[Path]) -> str:
    """Return a hash over the code and word data of the package, the theatres, and their gazetteers' files."""
    total = hashlib.sha256()
    package = Path(whoholds.__file__).parent
    for room in _ROOMS:
        for path in sorted((package / room).rglob("*")):
            if path.suffix in _SUFFIXES:
                total.update(f"{path.relative_to(package).as_posix()}\n".encode())
                total.update(path.read_bytes())
    for theatre in theatres:
        total.update(repr(replace(theatre, path="")).encode())
    for path in gazetteers:
        with path.open("rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()[:LENGTH]


def settings_text(settings: Settings) -> str:
    """Return the settings as JSON, for the ledger's record of a batch."""
    values = asdict(settings)
    return msgspec.json.encode(values, enc_hook=str, order="sorted").decode()
