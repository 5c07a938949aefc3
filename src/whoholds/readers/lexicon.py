"""Loads the words of page furniture from the package's TOML."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from whoholds.records import SpanKind
from whoholds.stages.page_lexicon import PageLexicon, PhraseRule, Where, compile_lexicon

#: The kind in the data that protects a line instead of marking it.
BODY = "body"


def lexicon_data() -> dict[str, Any]:
    """Return ``data/lexicons/boilerplate.toml`` as it stands."""
    text = files("whoholds").joinpath("data", "lexicons", "boilerplate.toml").read_text("utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=1)
def page_lexicon() -> PageLexicon:
    """Return the compiled lexicon of the package."""
    data = lexicon_data()
    words: dict[str, list[str]] = {}
    for entry in data["stamp"]:
        words.setdefault(entry["label"], []).append(entry["pattern"])
    return compile_lexicon((_rule(entry) for entry in data["phrase"]), words)


def _rule(entry: dict[str, str]) -> PhraseRule:
    kind = None if entry["kind"] == BODY else SpanKind(entry["kind"])
    return PhraseRule(
        id=entry["id"], kind=kind, where=Where(entry["where"]), pattern=entry["pattern"], example=entry["example"]
    )
