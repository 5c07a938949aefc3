"""English verb forms by rule, with a table of the irregular ones."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

_IRREGULAR: dict[str, str] = tomllib.loads((Path(__file__).parent / "irregular.toml").read_text(encoding="utf-8"))
_FORMS = ("pres", "pp", "past", "ing")


@cache
def inflect(phrase: str, form: str, plural: bool) -> str:
    """Return a verb phrase with its first word (or the one after ``*``) in a form: base, pres, past, pp or ing."""
    before, _, after = phrase.rpartition("*")
    head, _, rest = after.partition(" ")
    word = head if form == "base" or (form == "pres" and plural) else _word(head, form)
    return before + (f"{word} {rest}" if rest else word)


def _word(verb: str, form: str) -> str:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb].split()[_FORMS.index(form)]
    stem = verb[:-1] if verb.endswith("e") else verb
    consonant_y = bool(re.search(r"[^aeiou]y$", verb))
    if form == "pres":
        if consonant_y:
            return verb[:-1] + "ies"
        return verb + ("es" if re.search(r"(s|x|ch|sh|z|o)$", verb) else "s")
    if re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprtv]", verb):  # one short syllable doubles its end
        stem = verb + verb[-1]
    if form == "ing":
        return stem + "ing" if not verb.endswith("ee") else verb + "ing"
    return verb[:-1] + "ied" if consonant_y else stem + "ed"
