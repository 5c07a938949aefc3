"""A fault in a theatre folder: where it is, what it is, what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault. ``file`` is the file's path as given, ``where`` the key or entry inside it."""

    file: str
    where: str
    what: str
    do: str = ""

    def __str__(self) -> str:
        """One line: file, place inside it, what is wrong; what to do."""
        line = f"{self.file}: {self.where}: {self.what}" if self.where else f"{self.file}: {self.what}"
        return f"{line}; {self.do}" if self.do else line


#: Below this likeness (0 to 100) a suggestion would only confuse.
LIKE = 55


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like ``word``, or None when none is like it."""
    found = process.extractOne(word, list(known), scorer=fuzz.WRatio, score_cutoff=LIKE)
    return found[0] if found else None


def suggestion(word: str, known: Iterable[str]) -> str:
    """Say what to write instead: the nearest known word, or all that are known."""
    words = sorted(known)
    near = nearest(word, words)
    return f"did you mean {near!r}?" if near else "known: " + ", ".join(words)
