"""Passages: sentences about one scene, headers, spelling noise."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator

from train.generate.noise import tidy, vary
from train.generate.world import scene
from train.generate.writer import Writer

_MARKS = re.compile(r"\{[SQCPLARWNKG][\d,]+[^|{}]*\||\}")
_FEWEST, _MOST = 20, 120


def passages(seed: int, count: int, used: Counter[tuple[str, int]] | None = None) -> Iterator[str]:
    """Yield passages with their headers. A passage depends on the seed and its number alone."""
    for number in range(count):
        rng = random.Random(f"{seed}/{number}")
        while True:
            found = _passage(rng, f"gen-{seed}-{number}", used)
            if found:
                yield found
                break


def _passage(rng: random.Random, name: str, used: Counter[tuple[str, int]] | None) -> str:
    where = scene(rng)
    w = Writer(rng, where, used)
    sides = " ".join(side.code for side in (where.sides["x"], where.sides["y"]))
    parts: list[str] = []
    target = rng.choices((1, 2, 3, 4, 5), (14, 26, 28, 20, 12))[0]
    if rng.random() < 0.22:
        parts.append("^" + w.scoped("headline").strip() + "\n\n")
        where.focus = ""
    lengths = 0
    while len(parts) < target + 6:
        if rng.random() < 0.35:
            where.swap()
        if rng.random() < 0.2:
            _turn(rng, w)
        said = w.scoped("sentence").strip()
        ended = said.rstrip('}"').endswith((".", "?", "!"))
        parts.append(f"^{said}" + (" " if ended and rng.random() > 0.15 else "\n\n"))
        lengths = len(_MARKS.sub("", "".join(parts)).split())
        if len(parts) >= target and lengths >= _FEWEST:
            break
    text = vary(rng, tidy("".join(parts)))
    if not _FEWEST <= len(_MARKS.sub("", text).split()) <= _MOST:
        return ""
    day = f"{rng.randint(2014, 2026)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
    outlet = re.sub(r"[^a-z0-9]", "", rng.choice(where.world.outlets).lower())
    return f"=== {name}\npublished: {day}\noutlet: {outlet}.example\nrelays:\nsides: {sides}\n---\n{text}\n\n"


def _turn(rng: random.Random, w: Writer) -> None:
    """Let another place come to the fore."""
    places = w.scene.places
    places["p"], places["q"] = places["q"], places["p"]
    w.scene.focus = ""
