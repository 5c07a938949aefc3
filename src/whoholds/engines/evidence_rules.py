"""Loads the rules of evidence from their TOML table (``data/evidence/rules.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from whoholds.errors import InternalError
from whoholds.records import Relation, Stance, Tier
from whoholds.records.rules import (
    EvidenceRule,
    Example,
    ExampleLine,
    Outcome,
    Pattern,
    RuleBook,
    Says,
    Standing,
    Who,
)

__all__ = ["load_rules", "parse_rules"]

_LINE = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d) \| (?P<speaker>(?:party|monitor|witness|outlet) \w+) \| "
    r"(?P<stance>\w+) (?P<relation>\w+) (?P<actor>\w+|-)(?: \[(?P<part>[^]]+)\])?(?: @ (?P<when>\d{4}-\d\d-\d\d))?"
)
_KEYS = {
    *("id", "sentence", "today", "live", "reply", "never", "never_today", "settled", "settled_tier"),
    *("standing", "least", "state", "tier", "settles", "stands", "example"),
}


@cache
def load_rules() -> RuleBook:
    """Return the rules that ship with the package."""
    return parse_rules((files("whoholds") / "data" / "evidence" / "rules.toml").read_text(encoding="utf-8"))


def parse_rules(text: str) -> RuleBook:
    """Return the rules of a TOML text. Raises ``InternalError`` naming the rule that cannot be read."""
    table = tomllib.loads(text)
    return RuleBook(
        rules=tuple(_rule(row) for row in table["rule"]),
        reply_days=table["reply_days"],
        standing_days=table["standing_days"],
        history_days=table["history_days"],
        occasion_days=table["occasion_days"],
        background=dict(table["background"]),
    )


def _rule(row: Mapping[str, Any]) -> EvidenceRule:
    try:
        if unknown := set(row) - _KEYS:
            raise ValueError(f"unknown key {sorted(unknown)[0]!r}")
        return EvidenceRule(
            id=row["id"],
            sentence=row["sentence"],
            today=_choice(*row["today"]),
            live=tuple(_choice(entry) for entry in row.get("live", ())),
            reply=_choice(*row.get("reply", ())),
            never=_choice(*row.get("never", ())),
            never_today=_choice(*row.get("never_today", ())),
            settled=tuple(Standing(value) for value in row.get("settled", Standing)),
            settled_tier=tuple(Tier(value) for value in row.get("settled_tier", Tier)),
            least=row.get("least", 1),
            standing=row.get("standing", False),
            state=Outcome(row["state"]),
            tier=Tier(row["tier"]) if "tier" in row else None,
            settles=row.get("settles", False),
            stands=row.get("stands", False),
            example=_example(row["example"]),
        )
    except (KeyError, ValueError) as problem:
        name = row.get("id", "?")
        raise InternalError(f"evidence rule {name!r} cannot be read: {problem}", do="mend data/evidence") from problem


def _choice(*entries: str) -> tuple[Pattern, ...]:
    """Return the patterns of ``"who: says, says | who: says"`` texts, any of which will do."""
    return tuple(_pattern(text) for entry in entries for text in entry.split("|"))


def _pattern(text: str) -> Pattern:
    who, says = text.split(":")
    return Pattern(who=Who(who.strip()), says=tuple(Says(word.strip()) for word in says.split(",")))


def _example(row: Mapping[str, Any]) -> Example:
    return Example(
        initial=row.get("initial"),
        as_of=row["as_of"],
        lines=_lines(row["lines"]),
        state=row["state"],
        tier=Tier(row["tier"]),
    )


def _lines(texts: Sequence[str]) -> tuple[ExampleLine, ...]:
    return tuple(_line(text) for text in texts)


def _line(text: str) -> ExampleLine:
    match = _LINE.fullmatch(text)
    if match is None:
        raise ValueError(f"example line {text!r} is not 'day | speaker | stance relation side'")
    found = match.groupdict()
    return ExampleLine(
        day=found["day"],
        speaker=found["speaker"],
        stance=Stance(found["stance"]),
        relation=Relation(found["relation"]),
        actor=None if found["actor"] == "-" else found["actor"],
        part=found["part"],
        when=found["when"],
    )
