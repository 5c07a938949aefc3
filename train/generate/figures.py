"""Figures: a value drawn by kind, spelled in one of many ways, with the value that the mark carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from train.generate.writer import Writer

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["zero", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_RANGES = {
    "troops": (40, 150000), "killed": (2, 90000), "wounded": (3, 60000), "casualties": (20, 200000),
    "encircled": (30, 12000), "population": (300, 1900000), "civilians": (20, 400000), "children": (2, 9000),
    "area_km2": (2, 1800), "share": (5, 98), "distance_km": (2, 60), "duration": (2, 40),
    "groups": (2, 40), "captured_people": (2, 2500), "other": (2, 900),
}  # fmt: skip


def words(n: int) -> str:
    """Return a whole number under a million in words."""
    if n < 20:
        return _ONES[n]
    if n < 100:
        return _TENS[n // 10] + (f"-{_ONES[n % 10]}" if n % 10 else "")
    if n < 1000:
        return f"{_ONES[n // 100]} hundred" + (f" and {words(n % 100)}" if n % 100 else "")
    return f"{words(n // 1000)} thousand" + (f" {words(n % 1000)}" if n % 1000 else "")


def figure(w: Writer, numbers: tuple[str, ...], args: list[str]) -> str:
    """Return a marked number: ``args`` are kind, side (``c``: civilians), range, more attributes."""
    kind, side = args[0], args[1] if len(args) > 1 else "-"
    low, high = _RANGES[kind]
    extra = ""
    for arg in args[2:]:
        if "-" in arg and arg[0].isdigit():
            low, high = (int(part) for part in arg.split("-"))
        else:
            extra += f" {arg}"
    code = "civilians" if side == "c" else w.scene.code(side)
    value, text = spelled(w, _draw(w, low, high), kind == "share")
    return w.mark("N", numbers, f"{kind} {value} {code}{extra}", text)


def _draw(w: Writer, low: int, high: int) -> int:
    """Draw evenly over orders of magnitude; mostly round."""
    n = int(low * (high / low) ** w.rng.random())
    if n > 20 and w.chance(0.7):
        step = 10 ** (len(str(n)) - 1)
        n = max(low, n // (step // 2 or 1) * (step // 2 or 1)) if n > 100 else n // 5 * 5
    return max(n, 2)


def spelled(w: Writer, n: int, share: bool) -> tuple[str, str]:
    """Return the value as the mark writes it, and the words."""
    percent = w.rng.choice((" percent", " per cent", "%", "%")) if share else ""
    style = w.rng.random()
    if style < 0.14:
        top = min(n + max(1, n // w.rng.choice((2, 3, 4, 5))), 99 if share else 10**9)
        if top > n:
            return _range(w, n, top, percent)
    text = plain(w, n) + percent
    if style < 0.5:
        return str(n), text
    bound = ("~", ">=", "<=", "~", ">=")[int((style - 0.5) * 9.99)]
    mixed = w.rng.random() < 0.04 and bound != "~"
    before = w.word({"~": "figure.about", ">=": "figure.least", "<=": "figure.most"}[bound])
    if bound == "~" and w.chance(0.08):
        return f"~{n}", f"{text} or so"
    if mixed and before not in ("upwards of",):
        return f"~{bound}{n}", f"{before} about {text}"
    return f"{bound}{n}", f"{before} {text}"


def _range(w: Writer, n: int, top: int, percent: str) -> tuple[str, str]:
    first, last = plain(w, n, digits=True), plain(w, top, digits=True)
    joint, lead = w.rng.choice((("-", ""), ("–", ""), (" to ", ""), (" to ", "from "), (" and ", "between ")))
    about = w.word("figure.about") + " " if not lead and w.chance(0.15) else ""
    return f"{'~' if about else ''}{n}-{top}", f"{about}{lead}{first}{joint}{last}{percent}"


def plain(w: Writer, n: int, digits: bool = False) -> str:
    """Return one spelling of a whole number."""
    if not digits and n <= 12 and w.chance(0.75):
        return _ONES[n]
    if not digits and n < 1000 and w.chance(0.15) and (n < 100 or n % 100 == 0):
        return words(n)
    if n >= 1_000_000 and n % 100_000 == 0:
        return f"{n / 1_000_000:g} million"
    if not digits and n >= 2000 and n % 1000 == 0 and w.chance(0.3):
        return f"{n // 1000} thousand" if n > 12000 or w.chance(0.5) else f"{words(n // 1000)} thousand"
    if not digits and n in (1000, 100) and w.chance(0.6):
        return "a hundred" if n == 100 else "a thousand"
    if n >= 1000:
        return w.rng.choice(
            (f"{n:,}", f"{n:,}", f"{n:,}", f"{n:,}".replace(",", " "), f"{n:,}".replace(",", "."), str(n))
        )
    return str(n)
