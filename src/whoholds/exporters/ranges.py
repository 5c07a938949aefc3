"""The chart of figures: one row a claimant, from low to high, one scale a kind. Pure geometry."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from whoholds.exporters.wording import amount, figure_subject
from whoholds.records import FigureRow

__all__ = ["Bar", "RangeChart", "range_charts"]

LEFT, RIGHT, WIDTH, ROW, HEAD = 300.0, 30.0, 960.0, 30.0, 8.0

#: Beyond this ratio of largest to smallest figure the scale is logarithmic, and says so.
LINEAR_UP_TO = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One claimant's figure: from ``x1`` to ``x2``; an open end is drawn as an arrow."""

    row: FigureRow
    label: str
    y: float
    x1: float
    x2: float
    open_low: bool
    open_high: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeChart:
    """The figures of one kind, side, place and unit."""

    title: str
    height: float
    width: float
    left: float
    logarithmic: bool
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]


def range_charts(rows: Sequence[FigureRow], sides: Mapping[str, str]) -> tuple[RangeChart, ...]:
    """Group the figures by what they count and place each claimant's on the group's scale."""
    drawn = [row for row in rows if row.low is not None or row.high is not None]
    ordered = sorted(drawn, key=_subject)
    return tuple(_chart(list(group), sides) for _, group in groupby(ordered, key=_subject))


def _subject(row: FigureRow) -> tuple[str, str, str, str]:
    return (row.kind.value, row.side or "", row.place_name or "", row.unit)


def _chart(rows: Sequence[FigureRow], sides: Mapping[str, str]) -> RangeChart:
    values = [value for row in rows for value in (row.low, row.high) if value is not None]
    scale = _Scale(values)
    ordered = sorted(rows, key=lambda row: (row.as_of or "", row.claimant))
    bars = tuple(_bar(row, HEAD + ROW * (number + 0.5), scale) for number, row in enumerate(ordered))
    return RangeChart(
        title=figure_subject(rows[0], sides),
        height=HEAD + ROW * len(rows) + 26,
        width=WIDTH,
        left=LEFT,
        logarithmic=scale.logarithmic,
        bars=bars,
        ticks=scale.ticks(),
    )


def _bar(row: FigureRow, y: float, scale: _Scale) -> Bar:
    low, high = row.low, row.high
    near = scale.x(low if low is not None else high)
    far = scale.x(high if high is not None else low)
    return Bar(
        row=row,
        label=amount(low, high, row.unit, approx=row.approx),
        y=y,
        x1=near if low is not None else round(near - 34, 1),
        x2=far if high is not None else round(far + 34, 1),
        open_low=low is None,
        open_high=high is None,
    )


class _Scale:
    """Values to SVG units: linear from 0, or logarithmic where the figures are far apart."""

    def __init__(self, values: Sequence[float]) -> None:
        positive = [value for value in values if value > 0]
        self.top = max(values, default=1.0) * 1.15 or 1.0
        self.logarithmic = bool(positive) and len(positive) == len(values) and self.top / min(positive) > LINEAR_UP_TO
        self.base = min(positive) / 2 if self.logarithmic else 0.0

    def x(self, value: float | None) -> float:
        share = self._share(value or 0.0)
        return round(LEFT + 40 + share * (WIDTH - LEFT - RIGHT - 80), 1)

    def _share(self, value: float) -> float:
        if self.logarithmic:
            return math.log(value / self.base) / math.log(self.top / self.base)
        return value / self.top

    def ticks(self) -> tuple[tuple[float, str], ...]:
        return tuple((self.x(value), f"{value:,g}") for value in self._steps())

    def _steps(self) -> list[float]:
        if self.logarithmic:
            powers = range(math.ceil(math.log10(self.base)), math.floor(math.log10(self.top)) + 1)
            return [10.0**power for power in powers]
        rough = self.top / 4
        size = 10 ** math.floor(math.log10(rough))
        step = next(size * n for n in (1, 2, 2.5, 5, 10) if size * n >= rough)
        return [step * n for n in range(int(self.top // step) + 1)]
