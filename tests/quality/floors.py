"""Floors: what was measured once may not be lost again. They rise; lowering one needs a reason that stays on record."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from quality.scorer import Figure, Score

PATH = Path(__file__).with_name("floors.toml")

HEAD = """\
# Quality floors: F1 of each level on each corpus, on the whole path (read, export, score).
# Written by `make floors`, which only raises them. To lower one: scripts/raise_floors.py --allow-lower "REASON",
# and the reason stays below. `make test` fails beneath a floor, and when a corpus is no longer the one measured.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpusFloors:
    """The floors of one corpus. ``digest``: of the corpus they were measured on; ``measured``: ISO date."""

    digest: str
    measured: str
    floors: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lowered:
    """A floor that was lowered, and why. ``after`` is None where the level is no longer measured."""

    corpus: str
    level: str
    before: float
    after: float | None
    reason: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """All floors, and the record of those that were lowered."""

    corpora: Mapping[str, CorpusFloors] = field(default_factory=dict)
    lowered: tuple[Lowered, ...] = ()


def load(path: Path = PATH) -> Floors:
    """Read the floors; none where there is no file yet."""
    if not path.exists():
        return Floors()
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    corpora = {name: CorpusFloors(**entry) for name, entry in table.get("corpus", {}).items()}
    return Floors(corpora=corpora, lowered=tuple(_lowered(entry) for entry in table.get("lowered", [])))


def save(floors: Floors, path: Path = PATH) -> None:
    """Write the floors as TOML."""
    blocks = [HEAD]
    for name, entry in floors.corpora.items():
        levels = "\n".join(f"{json.dumps(level)} = {value:.3f}" for level, value in entry.floors.items())
        blocks.append(
            f'[corpus.{name}]\ndigest = "{entry.digest}"\nmeasured = "{entry.measured}"\n\n'
            f"[corpus.{name}.floors]\n{levels}\n"
        )
    blocks += [_as_toml(entry) for entry in floors.lowered]
    path.write_text("\n".join(blocks), encoding="utf-8")


def floor_of(figure: Figure) -> float:
    """Return the floor that a figure sets: its F1, rounded down to three decimals."""
    return math.floor(round(figure.f1, 9) * 1000) / 1000


def beneath(entry: CorpusFloors, measured: Score) -> list[str]:
    """Return a sentence for each level that fell beneath its floor."""
    faults = []
    if measured.spans_not_in_text:
        faults.append(f"{measured.spans_not_in_text} quotes are not in their text; there may be none")
    for level, floor in entry.floors.items():
        figure = measured.figures.get(level)
        if figure is None:
            faults.append(f"{level} is no longer measured; its floor is {floor:.3f}")
        elif floor_of(figure) < floor:
            faults.append(f"{level} is {figure.f1:.3f}, beneath its floor of {floor:.3f}")
    return faults


class Refused(Exception):
    """The floors would have to be lowered, and nobody gave a reason."""


def raised(floors: Floors, corpus: str, digest: str, measured: Score, *, date: str, reason: str = "") -> Floors:
    """Return the floors after a measurement: each the higher of the two, or as measured where ``reason`` allows it.

    A corpus that changed starts anew, under the same rule: what its floors were may only fall for a reason.
    Raises ``Refused``.
    """
    if measured.spans_not_in_text:
        raise ValueError(f"{corpus}: {measured.spans_not_in_text} quotes are not in their text; mend that first")
    before = floors.corpora.get(corpus)
    now = {level: floor_of(figure) for level, figure in measured.figures.items()}
    falls = _falls(before.floors if before else {}, now)
    if falls and not reason:
        levels = ", ".join(f"{level} {a:.3f} to {b or 0:.3f}" for level, a, b in falls)
        raise Refused(f"{corpus}: {levels} would fall; give --allow-lower REASON if that is right")
    if before and before.digest == digest and dict(before.floors) == now:
        return floors
    entry = CorpusFloors(digest=digest, measured=date, floors=now)
    record = tuple(
        Lowered(corpus=corpus, level=level, before=a, after=b, reason=reason, date=date) for level, a, b in falls
    )
    return replace(floors, corpora={**floors.corpora, corpus: entry}, lowered=floors.lowered + record)


def _falls(before: Mapping[str, float], now: Mapping[str, float]) -> list[tuple[str, float, float | None]]:
    return [(level, floor, now.get(level)) for level, floor in before.items() if now.get(level, -1.0) < floor]


def table(corpus: str, measured: Score, entry: CorpusFloors | None) -> Iterable[str]:
    """Yield the lines of a table: each level's figures beside its floor."""
    yield f"{corpus:<28} {'P':>6} {'R':>6} {'F1':>6} {'floor':>6} {'gold':>5} {'pred':>5}"
    for level, figure in measured.figures.items():
        floor = entry.floors.get(level) if entry else None
        shown = "-" if floor is None else f"{floor:.3f}"
        yield (
            f"  {level:<26} {figure.precision:6.3f} {figure.recall:6.3f} {figure.f1:6.3f} {shown:>6} "
            f"{figure.gold:5} {figure.predicted:5}"
        )
    yield f"  quotes not in their text {measured.spans_not_in_text:>8}"


def _lowered(entry: Mapping[str, object]) -> Lowered:
    return Lowered(**{"after": None, **entry})  # type: ignore[arg-type]


def _as_toml(entry: Lowered) -> str:
    after = "" if entry.after is None else f"after = {entry.after:.3f}\n"
    return (
        f'[[lowered]]\ncorpus = "{entry.corpus}"\nlevel = "{entry.level}"\nbefore = {entry.before:.3f}\n{after}'
        f'reason = {json.dumps(entry.reason, ensure_ascii=False)}\ndate = "{entry.date}"\n'
    )
