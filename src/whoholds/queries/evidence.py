"""Which voices support an answer and which oppose it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from whoholds.queries.voices import Reading, Voice
from whoholds.records import CONTESTED, UNKNOWN, Tier

__all__ = ["Verdict", "for_and_against"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer for a place or a part. ``over``: the settled state that a claim is shown over."""

    state: str
    tier: Tier
    rule: str
    since: str | None = None
    claimed_by: str | None = None
    over: str | None = None


def for_and_against(verdict: Verdict, heard: Iterable[Voice]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the claim ids that support the answer and those that oppose it, first said first.

    Where the state is unknown because a claim is disputed, the claim is opposed to it and its denials
    support it; where nothing is known nothing supports or opposes.
    """
    supporting: list[str] = []
    opposing: list[str] = []
    for voice in heard:
        fits = _supports(voice, verdict)
        if fits is not None:
            (supporting if fits else opposing).append(voice.statement.claim)
    return tuple(supporting), tuple(opposing)


def _supports(voice: Voice, verdict: Verdict) -> bool | None:
    """Say whether a voice bears the state out (True), speaks against it (False), or neither (None)."""
    if verdict.state == UNKNOWN:
        return _against_claim(voice, verdict.claimed_by)
    if verdict.state == CONTESTED:
        return _bears_contested(voice)
    return _bears_holder(voice, verdict.state)


def _against_claim(voice: Voice, claimant: str | None) -> bool | None:
    if claimant is None:
        return None
    holder = _bears_holder(voice, claimant)
    return None if holder is None else not holder


def _bears_contested(voice: Voice) -> bool:
    return voice.reading not in (Reading.HOLDS, Reading.NOT_INSIDE, Reading.STAYS)


def _bears_holder(voice: Voice, holder: str) -> bool | None:
    if voice.reading is Reading.FIGHTING:
        return False
    positive = voice.reading in (Reading.HOLDS, Reading.INSIDE, Reading.STAYS)
    return positive if voice.of == holder else not positive
