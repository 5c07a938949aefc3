"""When two names mean one speaker, one place, one side."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path

_DATA = tomllib.loads(Path(__file__).with_name("naming.toml").read_text(encoding="utf-8"))
_WEAK = frozenset(_DATA["weak"])
_EMPTY = frozenset(_DATA["empty"])
_NOT_WORD = re.compile(r"[^\w]+")


def folded(name: object) -> str:
    """Return a name without case, accents and punctuation, its words one space apart. None is empty."""
    letters = unicodedata.normalize("NFKD", str(name or "")).casefold()
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", plain).strip()


def same_speaker(one: object, other: object) -> bool:
    """Whether two names mean one speaker: equal, or sharing a word that tells speakers apart.

    Where neither name has such a word, a shared weak one is enough ("Russian military", "the military").
    """
    if folded(one) == folded(other):
        return True
    left, right = _words(one), _words(other)
    telling_left, telling_right = left - _WEAK, right - _WEAK
    if telling_left and telling_right:
        return not telling_left.isdisjoint(telling_right)
    return not telling_left and not telling_right and bool((left & right) - _EMPTY)


def side_code(code: str | None) -> str | None:
    """Return the code a side goes by, or None where there is no side."""
    return _DATA["sides"].get(code, code) or None


def _words(name: object) -> set[str]:
    return {_DATA["same"].get(word, word) for word in folded(name).split()}
