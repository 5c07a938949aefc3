"""The timeline of statements: where each mark stands. Pure geometry; the template draws it.

Lanes are claimants (one a side, one for monitors, one for the rest), time runs left to right. The shape
says the stance and the lane says who, so that the picture reads without colour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from whoholds.records import Role, Stance, Statement, Tier

__all__ = ["Lane", "Mark", "Stretch", "Tick", "Timeline", "day_of", "lane_of", "timeline"]

#: The drawing's width, the lanes' left edge and the space around a mark, in SVG units.
WIDTH, LEFT, RIGHT, STEP = 960.0, 184.0, 24.0, 15.0
HEAD = 46.0

MONITORS, OTHERS = "Monitors", "Relays, witnesses, unnamed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One statement: ``shape`` by stance, at ``x, y``."""

    statement: Statement
    x: float
    y: float
    shape: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One claimant's row: ``key`` picks the colour, ``name`` is printed."""

    key: str
    name: str
    top: float
    height: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A labelled day on the axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of days with one answer, drawn as a band above the lanes."""

    x: float
    width: float
    state: str
    tier: Tier
    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Everything the template needs; ``height`` in SVG units."""

    width: float
    left: float
    height: float
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    stretches: tuple[Stretch, ...]


_SHAPES = {Stance.ASSERTS: "disc", Stance.DENIES: "cross", Stance.UNSURE: "diamond"}


def day_of(statement: Statement) -> str | None:
    """Return the day a statement is shown at: the last day of its event time, else its publication day.

    A period that runs on past its report ("in November") is shown on the day it was reported.
    """
    published = statement.published[:10] if statement.published else None
    start, end = statement.when_start, statement.when_end
    if end and published and published < end and (start or published) <= published:
        return published
    return end or start or published


def lane_of(statement: Statement, sides: Mapping[str, str]) -> tuple[str, str]:
    """Return the key and the name of the lane a statement belongs to."""
    if statement.speaker_role is Role.PARTY and statement.speaker_side in sides:
        return statement.speaker_side or "", sides[statement.speaker_side or ""]
    return ("monitor", MONITORS) if statement.speaker_role is Role.MONITOR else ("other", OTHERS)


def timeline(
    statements: Sequence[Statement],
    sides: Mapping[str, str],
    history: Sequence[tuple[str, str, Tier]],
    as_of: str,
) -> Timeline | None:
    """Place the statements on lanes up to the day ``as_of``; None when none has a date.

    ``history`` holds ``(day, state, tier)`` for each day on which the answer changed, oldest first.
    """
    dated = sorted(
        ((day, row) for row in statements if (day := day_of(row)) and _is_day(day) and day <= as_of),
        key=lambda item: item[0],
    )
    if not dated:
        return None
    scale = _Scale(date.fromisoformat(dated[0][0]), date.fromisoformat(as_of))
    lanes, bottom = _lanes(dated, sides, scale)
    return Timeline(
        width=WIDTH,
        left=LEFT,
        height=bottom + 34.0,
        lanes=lanes,
        ticks=scale.ticks(),
        stretches=_stretches(history, scale),
    )


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


class _Scale:
    """Days to SVG units, with a little air on both ends."""

    def __init__(self, first: date, last: date) -> None:
        pad = max(1, (last - first).days // 40)
        self.first, self.last = first - timedelta(days=pad), last + timedelta(days=pad)

    def x(self, day: date) -> float:
        share = (day - self.first).days / (self.last - self.first).days
        return round(LEFT + 10 + min(1.0, max(0.0, share)) * (WIDTH - LEFT - RIGHT - 10), 1)

    def ticks(self) -> tuple[Tick, ...]:
        days = (self.last - self.first).days
        step = next((step for step in (1, 2, 7, 14) if days / step <= 10), 0)
        return self._every(step) if step else self._months(1 + days // 330)

    def _every(self, step: int) -> tuple[Tick, ...]:
        days = range(0, (self.last - self.first).days + 1, step)
        return tuple(
            Tick(x=self.x(day), label=f"{day.day} {day:%b}") for day in (self.first + timedelta(n) for n in days)
        )

    def _months(self, step: int) -> tuple[Tick, ...]:
        number, end = self.first.year * 12 + self.first.month, self.last.year * 12 + self.last.month
        firsts = [date(n // 12, n % 12 + 1, 1) for n in range(number, end, step)]
        return tuple(Tick(x=self.x(day), label=f"{day:%b %Y}") for day in firsts if self.first <= day <= self.last)


def _lanes(
    dated: Sequence[tuple[str, Statement]], sides: Mapping[str, str], scale: _Scale
) -> tuple[tuple[Lane, ...], float]:
    order = [*sides.items(), ("monitor", MONITORS), ("other", OTHERS)]
    rows: dict[str, list[tuple[str, Statement]]] = {}
    for day, statement in dated:
        rows.setdefault(lane_of(statement, sides)[0], []).append((day, statement))
    lanes: list[Lane] = []
    top = HEAD
    for key, name in order:
        if key in rows:
            lanes.append(_lane(key, name, top, rows[key], scale))
            top += lanes[-1].height
    return tuple(lanes), top


def _lane(key: str, name: str, top: float, rows: Sequence[tuple[str, Statement]], scale: _Scale) -> Lane:
    levels: list[float] = []  # the right edge of the last mark on each level
    placed: list[tuple[Statement, float, int]] = []
    for day, statement in rows:
        x = scale.x(date.fromisoformat(day))
        level = next((n for n, edge in enumerate(levels) if x - edge >= STEP), len(levels))
        levels[level:] = [x] if level == len(levels) else [x, *levels[level + 1 :]]
        placed.append((statement, x, level))
    height = max(2, len(levels)) * STEP + 12
    marks = tuple(
        Mark(statement=row, x=x, y=round(top + 6 + (level + 0.5) * STEP, 1), shape=_SHAPES[row.stance])
        for row, x, level in placed
    )
    return Lane(key=key, name=name, top=top, height=height, marks=marks)


def _stretches(history: Sequence[tuple[str, str, Tier]], scale: _Scale) -> tuple[Stretch, ...]:
    stretches = []
    for number, (start, state, tier) in enumerate(history):
        last = number + 1 == len(history)
        end = scale.last if last else date.fromisoformat(history[number + 1][0])
        left, right = scale.x(date.fromisoformat(start)), scale.x(end)
        if right > left:
            stretches.append(
                Stretch(x=left, width=round(right - left, 1), state=state, tier=tier, start=start, end=end.isoformat())
            )
    return tuple(stretches)
