"""Nearest points, for a few ten thousand points of one country."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")
_CELL = 0.1  # degrees
_RINGS = 3


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the distance of two points in km (plane approximation, good to 1 % below 100 km)."""
    x = (lon2 - lon1) * math.cos(math.radians((lat1 + lat2) / 2))
    return 111.2 * math.hypot(lat2 - lat1, x)


class Nearby(Generic[T]):
    """Points in cells of a tenth of a degree."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[tuple[float, float, T]]] = defaultdict(list)

    def add(self, lat: float, lon: float, item: T) -> None:
        """Add a point."""
        self._cells[int(lat // _CELL), int(lon // _CELL)].append((lat, lon, item))

    def nearest(self, lat: float, lon: float, count: int, within: float) -> list[tuple[float, T]]:
        """Return up to ``count`` (km, item) pairs within so many km (at most about 20), nearest first."""
        found = [(kilometres(lat, lon, y, x), item) for y, x, item in self._around(lat, lon)]
        return sorted((pair for pair in found if pair[0] <= within), key=lambda pair: pair[0])[:count]

    def _around(self, lat: float, lon: float) -> Iterator[tuple[float, float, T]]:
        row, column = int(lat // _CELL), int(lon // _CELL)
        for y in range(row - _RINGS, row + _RINGS + 1):
            for x in range(column - _RINGS, column + _RINGS + 1):
                yield from self._cells.get((y, x), ())
