"""Loads the word data of a language from TOML and compiles it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from whoholds.records import QuantityKind, Relation, Stance
from whoholds.records.lexicon import (
    Bound,
    Counted,
    Cue,
    Grammar,
    Lexicon,
    Modifier,
    PartWord,
    Predicate,
)

LANGUAGES = ("en", "ru", "uk")
_FILES = ("attribution", "predicates", "modifiers", "quantities", "parts", "grammar")


def read_tables(lang: str) -> dict[str, dict[str, Any]]:
    """Return the raw tables of one language by file name; a file that is absent is an empty table."""
    folder = resources.files("whoholds") / "data" / "lexicons" / lang
    tables: dict[str, dict[str, Any]] = {}
    for name in _FILES:
        path = folder / f"{name}.toml"
        tables[name] = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    return tables


def word_pattern(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Compile a lexicon pattern so that it starts and ends at word borders."""
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)" if _wordy_end(pattern) else rf"(?<!\w)(?:{pattern})", flags)


def _wordy_end(pattern: str) -> bool:
    """Whether a border may follow: not behind a sign, nor where the pattern itself looks ahead at a letter."""
    return not pattern.endswith(("%", ".", "\\.", "=)", "\\+", "(?=[A-Z])"))


@cache
def load_lexicon(lang: str, sides: tuple[str, ...] = ()) -> Lexicon:
    """Return the compiled lexicon of a language; an unknown language gets the English one.

    ``sides`` are the adjectives of a theatre's sides, which stand for ``{side}`` in the patterns; without any,
    every capitalised adjective of a country does.
    """
    lang = lang if lang in LANGUAGES else "en"
    raw = _with_sides(read_tables(lang), sides)
    flags = re.IGNORECASE if lang != "en" else 0
    macros = raw["quantities"].get("macros", {})
    return Lexicon(
        lang=lang,
        cues=tuple((word_pattern(e["pattern"], flags), _cue(e)) for e in raw["attribution"].get("cue", ())),
        predicates=tuple(
            (word_pattern(e["pattern"], flags), _predicate(e)) for e in raw["predicates"].get("predicate", ())
        ),
        modifiers=tuple(
            (_modifier_pattern(e["pattern"]), Modifier(**{**e, "stance": Stance(e["stance"])}))
            for e in raw["modifiers"].get("modifier", ())
        ),
        counted=tuple(
            (re.compile(_expand(e["pattern"], macros), re.I), _counted(e)) for e in raw["quantities"].get("counted", ())
        ),
        counted_before=tuple(
            (re.compile(e["pattern"], re.I), _counted(e)) for e in raw["quantities"].get("before", ())
        ),
        bounds=tuple((re.compile(e["pattern"], re.I), Bound(**e)) for e in raw["quantities"].get("bound", ())),
        bounds_after=tuple(
            (re.compile(e["pattern"], re.I), Bound(**e)) for e in raw["quantities"].get("bound_after", ())
        ),
        parts=tuple((re.compile(e["pattern"], re.I), PartWord(**e)) for e in raw["parts"].get("part", ())),
        grammar=_grammar(raw["grammar"]),
    )


_ANY_SIDE = "[A-Z][a-z]+(?:ian|ean|ese|ish|an|i)"


def _with_sides(raw: dict[str, dict[str, Any]], sides: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """Put the theatre's adjectives for ``{side}`` in every pattern."""
    named = "|".join(sorted(map(re.escape, sides), key=len, reverse=True)) or _ANY_SIDE

    def filled(value: Any) -> Any:
        if isinstance(value, str):
            return value.replace("{side}", f"(?:{named})")
        if isinstance(value, dict):
            return {key: item if key == "example" else filled(item) for key, item in value.items()}
        return [filled(item) for item in value] if isinstance(value, list) else value

    return {name: filled(table) for name, table in raw.items()}


def _expand(pattern: str, macros: Mapping[str, str]) -> str:
    """Put the named fragments of a file into a pattern: ``{who}``."""
    for name, fragment in macros.items():
        pattern = pattern.replace("{" + name + "}", fragment)
    return pattern


def _modifier_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a modifier; "n’t" stands inside a word."""
    return re.compile(
        rf"(?:(?<!\w)(?:{pattern})|(?<=\w)n’t)(?!\w)" if "n’t" in pattern else rf"(?<!\w)(?:{pattern})(?!\w)", re.I
    )


def _cue(entry: Mapping[str, Any]) -> Cue:
    return Cue(**{**entry, "stance": Stance(entry["stance"]), "frames": frozenset(entry["frames"])})


def _predicate(entry: Mapping[str, Any]) -> Predicate:
    return Predicate(
        **{
            **entry,
            "relation": Relation(entry["relation"]),
            "place": tuple(entry["place"]),
            "actor": tuple(entry["actor"]),
            "stance": Stance(entry["stance"]) if "stance" in entry else None,
        }
    )


def _counted(entry: Mapping[str, Any]) -> Counted:
    return Counted(**{**entry, "kind": QuantityKind(entry["kind"])})


class Patterns(dict[str, re.Pattern[str]]):
    """Patterns of a language by name; one that a language does not have matches nothing."""

    _NEVER = re.compile(r"(?!)")

    def __missing__(self, name: str) -> re.Pattern[str]:
        return self._NEVER


def _grammar(raw: Mapping[str, Any]) -> Grammar:
    patterns = Patterns({k: re.compile(v) for k, v in raw.get("patterns", {}).items()})
    return Grammar(
        patterns=patterns,
        numbers=dict(raw.get("numbers", {})),
        scales=dict(raw.get("scales", {})),
        fractions=dict(raw.get("fractions", {})),
        months=dict(raw.get("months", {})),
        weekdays=dict(raw.get("weekdays", {})),
        words={k: tuple(v) for k, v in raw.get("words", {}).items()},
    )
