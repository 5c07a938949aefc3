"""Tidy marked text and vary its typography without touching marks."""

from __future__ import annotations

import random
import re

_HEAD = re.compile(r"(\{[SQCPLARWNKG][\d,]+[^|{}]*\|)")
_CAPITAL = re.compile(r"\^((?:\{[^|{}]*\||[\"'“‘«( ])*)(\w)")

_ARTICLE = re.compile(
    r"\b([Aa])( (?:\{[^|{}]*\|)*(?:[AEIOaeio](?!uro|ne\b|ne-)|[FHLMNRSX][A-Z0-9]|u(?:n[a-hj-z]|p|r|l)))"
)


def tidy(text: str) -> str:
    """Remove doubled blanks and stray joints, put capitals where ``^`` stands."""
    text = text.replace("¦", "")
    text = re.sub(r"(\{[^|{}]*\|) +", r" \1", text)
    text = re.sub(r" +\}", "} ", text)
    text = re.sub(r"(\{[^|{}]*\|) +", r" \1", text)
    text = re.sub(r" +((?:\})*)([.,;:?!)])", r"\1\2", text)
    text = re.sub(r" {2,}", " ", text)
    text = re.sub(r"([.!?])(\}*)\.", r"\1\2", text)
    text = re.sub(r",(\}*),", r"\1,", text)
    text = re.sub(r",(\}*)([.;:?!])", r"\1\2", text)
    text = re.sub(r",(\}*)(?=\s*(?:\n|$| –|;))", r"\1", text)
    text = _ARTICLE.sub(lambda m: m[1] + "n" + m[2], text)
    text = _CAPITAL.sub(lambda m: m[1] + m[2].upper(), text)
    text = re.sub(r" *\n *", "\n", text.replace("^", ""))
    return text.strip()


def vary(rng: random.Random, text: str) -> str:
    """Vary quotes, dashes, articles and case of a whole passage."""
    style = rng.random()
    if style < 0.35:
        text = _outside(text, _curly)
    elif style < 0.42:
        text = _outside(text, lambda s: s.replace('"', "'"))
    elif style < 0.46:
        text = _outside(text, _angle)
    if rng.random() < 0.3:
        text = _outside(text, lambda s: s.replace(" – ", rng.choice((" - ", " — ", " -- "))))
    noise = rng.random()
    if noise < 0.025:
        text = _outside(text, str.lower)
    elif noise < 0.055:
        text = _outside(text, lambda s: re.sub(r"(^| )(?:the|a|an) (?=\w)", r"\1", s))
    return text


def _outside(text: str, change: object) -> str:
    assert callable(change)
    return "".join(part if _HEAD.fullmatch(part) else change(part) for part in _HEAD.split(text))


def _curly(text: str) -> str:
    text = re.sub(r'(^|[\s(\[–—])"', r"\1“", text)
    text = re.sub(r'^"(?=\w)', "“", text)
    return text.replace('"', "”").replace("'", "’")


def _angle(text: str) -> str:
    text = re.sub(r'(^|[\s(\[–—])"', r"\1«", text)
    return text.replace('"', "»")
