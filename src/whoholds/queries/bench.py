"""The bench: which voices stand on a day, and whether a rule of the table fits them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from whoholds.queries.voices import Camp, Reading, Voice, days_between, plus_days
from whoholds.records import CONTESTED, UNKNOWN, Tier
from whoholds.records.rules import EvidenceRule, Pattern, RuleBook, Says, Standing, Who

__all__ = ["Bench", "Settled", "fits"]

_READINGS: dict[Says, tuple[Reading, bool]] = {
    Says.X_HOLDS: (Reading.HOLDS, True),
    Says.X_NOT: (Reading.NOT_HOLDS, True),
    Says.X_INSIDE: (Reading.INSIDE, True),
    Says.X_NOT_INSIDE: (Reading.NOT_INSIDE, True),
    Says.X_STAYS: (Reading.STAYS, True),
    Says.OTHER_HOLDS: (Reading.HOLDS, False),
    Says.OTHER_INSIDE: (Reading.INSIDE, False),
    Says.OTHER_STAYS: (Reading.STAYS, False),
}
_CAMPS = {
    Who.MONITOR: Camp.MONITOR,
    Who.WITNESS: Camp.WITNESS,
    Who.OUTLET: Camp.OUTLET,
    Who.HISTORY: Camp.HISTORY,
}
_CLAIMS = (Reading.HOLDS, Reading.INSIDE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The state that later claims are shown over. ``day``: last said; ``stands``: a finding, not a story."""

    state: str
    tier: Tier
    rule: str
    day: str | None = None
    since: str | None = None
    first: str | None = None  # the day of the first evidence of the present run of this state
    stands: bool = False

    def standing(self, side: str) -> Standing:
        """Say how this state relates to a side."""
        if self.state in (CONTESTED, UNKNOWN):
            return Standing(self.state)
        return Standing.X if self.state == side else Standing.OTHER

    def tier_on(self, day: str, horizon: int) -> Tier:
        """Return the tier as seen on a day: what nobody has repeated within the horizon is background."""
        if self.day is None or days_between(self.day, day) > horizon:
            return Tier.BACKGROUND
        return self.tier


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """The voices of one day and those before it that still stand: within the horizon, and after the last settling."""

    day: str
    today: Sequence[Voice]
    live: Sequence[Voice]
    settled: Settled
    horizon: int
    book: RuleBook


def fits(rule: EvidenceRule, side: str, bench: Bench) -> list[Voice]:
    """Return today's voices that make the rule fire for this side; none where it does not."""
    if not _settled_fits(rule, side, bench):
        return []
    answers = _replies(rule, side, bench)
    fired = [voice for voice in bench.today if _any(rule.today, voice, side) or voice in answers]
    if not fired or (rule.reply and not answers) or not _enough(rule, side, bench):
        return []
    if not all(any(_any(choice, voice, side) for voice in bench.live) for choice in rule.live):
        return []
    if any(_any(rule.never, voice, side) for voice in bench.live):
        return []
    return [] if any(_any(rule.never_today, voice, side) for voice in bench.today) else fired


def _enough(rule: EvidenceRule, side: str, bench: Bench) -> bool:
    """Say whether enough acts of saying stand behind what the rule asks for; relays count once."""
    return rule.least == 1 or len({v.origin for v in bench.live if _any(rule.today, v, side)}) >= rule.least


def _settled_fits(rule: EvidenceRule, side: str, bench: Bench) -> bool:
    settled = bench.settled
    if settled.standing(side) not in rule.settled:
        return False
    if settled.tier_on(bench.day, bench.horizon) not in rule.settled_tier:
        return False
    if not rule.standing:
        return True
    recent = settled.day is not None and days_between(settled.day, bench.day) <= bench.book.standing_days
    return settled.stands and recent


def _replies(rule: EvidenceRule, side: str, bench: Bench) -> list[Voice]:
    """Return the denials that answer a live claim of this side: not before it, and not long before its repeat."""
    if not rule.reply:
        return []
    claims = [v.day for v in bench.live if v.side == side and v.of == side and v.reading in _CLAIMS]
    if not claims:
        return []
    earliest = max(plus_days(min(claims), -1), plus_days(max(claims), -bench.book.reply_days))
    return [v for v in bench.live if v.day >= earliest and _any(rule.reply, v, side)]


def _any(patterns: Sequence[Pattern], voice: Voice, side: str) -> bool:
    return any(_speaks(p.who, voice, side) and any(_says(s, voice, side) for s in p.says) for p in patterns)


def _speaks(who: Who, voice: Voice, side: str) -> bool:
    if who in _CAMPS:
        return voice.camp is _CAMPS[who]
    if voice.camp is not Camp.PARTY:
        return False
    return who is Who.PARTY or (voice.side == side) is (who is Who.X)


def _says(says: Says, voice: Voice, side: str) -> bool:
    if says is Says.FIGHTING:
        return voice.reading is Reading.FIGHTING
    reading, own = _READINGS[says]
    return voice.reading is reading and (voice.of == side) is own
