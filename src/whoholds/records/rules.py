"""The rules of evidence as data: what must have been said, by whom, for which answer. See docs/method.md."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from whoholds.records.claims import Relation, Stance
from whoholds.records.evidence import Tier


class Who(StrEnum):
    """Who speaks, seen from the side X that a rule is tried for. The same words serve every side."""

    MONITOR = "monitor"
    X = "x"  # a party voice of side X
    OTHER = "other"  # a party voice of any other side
    PARTY = "party"  # a party voice of any side
    WITNESS = "witness"  # named or unnamed, of no side
    OUTLET = "outlet"  # a report's own voice on what is recent
    HISTORY = "history"  # a report's own voice on what is long past


class Says(StrEnum):
    """What is said of the place, seen from side X."""

    X_HOLDS = "x_holds"  # X took it or holds it, or the others left it
    X_NOT = "x_not"  # X does not hold it (all)
    X_INSIDE = "x_inside"  # X is in it, or holds a part of it
    X_NOT_INSIDE = "x_not_inside"  # X is not in it
    X_STAYS = "x_stays"  # X is neither cut off nor about to lose it
    OTHER_HOLDS = "other_holds"
    OTHER_INSIDE = "other_inside"
    OTHER_STAYS = "other_stays"
    FIGHTING = "fighting"  # it is fought over, or nobody's


class Outcome(StrEnum):
    """Which state a rule gives."""

    X = "x"
    CONTESTED = "contested"
    EARLIER = "earlier"  # the settled state stands
    OPPONENT = "opponent"  # the one other side


class Standing(StrEnum):
    """How the settled state relates to side X."""

    X = "x"
    OTHER = "other"
    CONTESTED = "contested"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """``who`` says one of ``says``."""

    who: Who
    says: tuple[Says, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleLine:
    """One statement of a worked example, about one place."""

    day: str
    speaker: str  # "party A", "monitor M", "witness W", "outlet O"
    stance: Stance
    relation: Relation
    actor: str | None
    part: str | None = None
    when: str | None = None  # event day, where it is not the day of publication


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A worked example: what is known, and the answer. Sides are A and B."""

    initial: str | None
    as_of: str
    lines: tuple[ExampleLine, ...]
    state: str
    tier: Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRule:
    """One row of the table, tried for every side X on each day on which something was said.

    It fires when any of ``today`` was said that day, every entry of ``live`` (each a choice) still stands,
    none of ``never`` stands, none of ``never_today`` was said that day, and the settled state fits.
    A rule that ``settles`` makes its state the one that later claims are shown over; a finding that
    ``stands`` is not unseated by a party's own word for a while (``RuleBook.standing_days``).
    """

    id: str
    sentence: str
    today: tuple[Pattern, ...]
    state: Outcome
    tier: Tier | None  # None: as the settled state has it
    live: tuple[tuple[Pattern, ...], ...] = ()
    reply: tuple[Pattern, ...] = ()  # the denials that count, said in reply to a live claim of X
    never: tuple[Pattern, ...] = ()
    never_today: tuple[Pattern, ...] = ()
    settled: tuple[Standing, ...] = tuple(Standing)
    settled_tier: tuple[Tier, ...] = tuple(Tier)
    least: int = 1  # how many origins must have said what ``today`` asks for, that day or live
    standing: bool = False  # only against a finding that still stands
    settles: bool = False
    stands: bool = False
    example: Example | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBook:
    """The rules in order of precedence, and the spans of time they share (days).

    ``reply_days``: how long a denial answers later repeats of the claim it denied. ``standing_days``: how
    long a finding holds against a party's own word. ``history_days``: from when on a report's own words
    about a past event are history. ``occasion_days``: how far apart two relays of one named speaker's
    words may be published.
    """

    rules: tuple[EvidenceRule, ...]
    reply_days: int
    standing_days: int
    history_days: int
    occasion_days: int
    background: dict[str, str] = field(default_factory=dict)  # ids and sentences of the rules of silence

    def sentence(self, rule_id: str) -> str:
        """Return the sentence of a rule, of the table or of silence."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule.sentence
        return self.background[rule_id]
