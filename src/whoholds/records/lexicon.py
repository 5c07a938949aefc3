"""Word data: what linguists change without touching code. Every entry carries an example it must match."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from whoholds.records.claims import QuantityKind, Relation, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A word that attributes: "said", "denied", "according to".

    ``frames`` names the shapes it stands in: ``clause`` (said that X), ``object`` (denied X, rejected X),
    ``person`` (told Reuters that X), ``noun`` (the claim that X), ``before`` (according to X), ``post``
    (X, said he; and "X", he said).
    """

    id: str
    pattern: str
    stance: Stance
    frames: frozenset[str]
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """A control predicate: the words, the relation, and where its roles stand.

    ``place`` and ``actor`` list where to look, best first: ``after``, ``before``, ``near``, ``topic`` (the
    place talked about), ``by`` ("by X" after it), ``own`` (the speaker's side), ``other`` (the speaker's
    enemy), ``inverse:before`` (the other side of the one found).
    """

    id: str
    relation: Relation
    pattern: str
    place: tuple[str, ...]
    actor: tuple[str, ...]
    example: str
    stance: Stance | None = None
    weak: bool = False  # only counts when its place stands in the same clause
    nominal: bool = False  # "the capture of", "rebel-held": never a purpose; a hypothesis where "would" follows
    quoted: bool = False  # speech of soldiers and residents: only within a quotation
    settled: bool = False  # a "no" or "neither" in its own words is part of its meaning
    needs: str | None = None  # a pattern of the grammar that the clause must match


@dataclass(frozen=True, slots=True, kw_only=True)
class Modifier:
    """A word that changes polarity or certainty: "not", "reportedly", "if confirmed"."""

    id: str
    pattern: str
    stance: Stance
    scope: str  # "before" (close before it), "clause" (anywhere in it), "ahead" (anywhere before it in the sentence)
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A noun that says what a number counts, with the unit of the figure."""

    id: str
    kind: QuantityKind
    unit: str
    pattern: str
    example: str
    side: str | None = None  # "civilians" where the people counted are


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """Words before or after a number: at least, up to, about."""

    id: str
    pattern: str
    bound: str  # "low" (at least), "high" (up to), "approx"
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartWord:
    """Words that name a part of a place: "the northern part", "the centre", "along the railway"."""

    part: str
    pattern: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """Compiled patterns of one language that are no lists of entries: noun phrases, numbers, areas."""

    patterns: dict[str, re.Pattern[str]] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)
    scales: dict[str, float] = field(default_factory=dict)
    fractions: dict[str, float] = field(default_factory=dict)
    months: dict[str, int] = field(default_factory=dict)
    weekdays: dict[str, int] = field(default_factory=dict)
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """All word data of one language, compiled."""

    lang: str
    cues: tuple[tuple[re.Pattern[str], Cue], ...]
    predicates: tuple[tuple[re.Pattern[str], Predicate], ...]
    modifiers: tuple[tuple[re.Pattern[str], Modifier], ...]
    counted: tuple[tuple[re.Pattern[str], Counted], ...]
    counted_before: tuple[tuple[re.Pattern[str], Counted], ...]
    bounds: tuple[tuple[re.Pattern[str], Bound], ...]
    bounds_after: tuple[tuple[re.Pattern[str], Bound], ...]
    parts: tuple[tuple[re.Pattern[str], PartWord], ...]
    grammar: Grammar
