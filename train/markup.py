"""Read training reports with marks in the running text (see corpus/README.md): text without marks, and exact labels."""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from train.layers import KINDS, RELATIONS, STANCES

_OPEN = re.compile(r"\{([SQCPLARWNKG])([\d,]+)((?:\s[^|{}]*)?)\|")
#: Which mark a mark belongs to.
_ANCHORS = {"S": "C", "Q": "C", "L": "P", "A": "P", "R": "P", "W": "P", "K": "N", "G": "N"}
_VALUE = re.compile(r"~?(?:>=|<=)?(\d[\d.]*)(?:-(\d[\d.]*))?")


class MarkError(ValueError):
    """A mark that cannot be read; the message says where and what to do."""


@dataclass(slots=True)
class Mark:
    """One mark: ``letter`` and ``numbers``, its attributes, its interval in the text without marks."""

    letter: str
    numbers: tuple[str, ...]
    attributes: tuple[str, ...]
    name: str | None
    start: int
    end: int = -1


@dataclass(slots=True)
class Report:
    """One report: header values, text without marks, its marks in order of their start."""

    id: str
    header: dict[str, str]
    text: str
    marks: list[Mark] = field(default_factory=list)

    def of(self, letter: str, number: str) -> list[Mark]:
        """Return the marks of one letter that belong to a number."""
        return [m for m in self.marks if m.letter == letter and number in m.numbers]

    def numbers(self, letter: str) -> list[str]:
        """Return the numbers used with a letter, in order of appearance."""
        return list(dict.fromkeys(n for m in self.marks if m.letter == letter for n in m.numbers))


def reports(path: Path, strict: bool = True) -> Iterator[Report]:
    """Yield the reports of a file. Raises :class:`MarkError` at a fault, or leaves that report out."""
    blocks = re.split(r"(?m)^=== *", path.read_text(encoding="utf-8"))
    for block in blocks[1:]:
        head, _, body = block.partition("\n---\n")
        lines = head.splitlines()
        header = dict(line.split(":", 1) for line in lines[1:] if ":" in line)
        try:
            report = parse(lines[0].strip(), body.strip())
        except MarkError:
            if strict:
                raise
            continue
        report.header = {k.strip(): v.strip() for k, v in header.items()}
        yield report


def held_out(name: str) -> bool:
    """Whether a report of our own is kept for validation: one in eight, by a hash of its id."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 8 == 0


def parse(name: str, marked: str) -> Report:
    """Return the report that a marked text spells. Raises :class:`MarkError`."""
    out: list[str] = []
    length, at = 0, 0
    open_marks: list[Mark] = []
    marks: list[Mark] = []
    while at < len(marked):
        char = marked[at]
        if char == "{":
            match = _OPEN.match(marked, at)
            if match is None:
                raise MarkError(f"{name}: no mark begins with {marked[at : at + 40]!r}")
            mark = _opened(match, length)
            open_marks.append(mark)
            marks.append(mark)
            at = match.end()
        elif char == "}":
            if not open_marks:
                raise MarkError(f"{name}: a }} without its {{ near {marked[max(0, at - 40) : at + 1]!r}")
            open_marks.pop().end = length
            at += 1
        else:
            out.append(char)
            length += 1
            at += 1
    if open_marks:
        raise MarkError(f"{name}: {open_marks[-1].letter}{open_marks[-1].numbers[0]} is never closed")
    report = Report(name, {}, "".join(out), marks)
    faults = list(check(report))
    if faults:
        raise MarkError(f"{name}: " + "; ".join(faults))
    return report


def _opened(match: re.Match[str], start: int) -> Mark:
    given, _, name = match[3].partition(" =")
    mark = Mark(match[1], tuple(match[2].split(",")), tuple(given.split()), name.strip() or None, start)
    if " @" in match[3]:  # a place given on the predicate may have blanks
        given, _, place = match[3].partition(" @")
        mark.attributes, mark.name = tuple(given.split()), place.strip()
    return mark


def check(report: Report) -> Iterator[str]:
    """Yield what is wrong with the marks of a report."""
    for m in report.marks:
        label = f"{m.letter}{','.join(m.numbers)} {report.text[m.start : m.end][:30]!r}"
        if m.end <= m.start:
            yield f"{label} is empty"
        if m.letter == "P" and not (
            len(m.attributes) >= 3 and m.attributes[0] in RELATIONS and m.attributes[1] in STANCES
        ):
            yield f"{label}: wants relation, stance and actor, has {m.attributes}"
        if m.letter == "N" and not (
            len(m.attributes) >= 3 and m.attributes[0] in KINDS and _VALUE.fullmatch(m.attributes[1])
        ):
            yield f"{label}: wants kind, value and side, has {m.attributes}"
        if m.letter == "Q" and m.attributes and m.attributes[0] not in STANCES:
            yield f"{label}: stance is one of {STANCES}, not {m.attributes}"
    yield from _loose(report)


def _loose(report: Report) -> Iterator[str]:
    for letter, anchor in _ANCHORS.items():
        for number in report.numbers(letter):
            if not report.of(anchor, number):
                yield f"{letter}{number} has no {anchor}{number}"
    for letter in "PNQ":
        for number in report.numbers(letter):
            if len(report.of(letter, number)) > 1:
                yield f"{letter}{number} stands twice: every {letter} has a number of its own"
    for number in report.numbers("P"):
        if not report.of("L", number) and report.of("P", number)[0].name is None:
            yield f"P{number} has no place: mark L{number}, or write @Place on it"


def value(word: str) -> tuple[float | None, float | None, bool]:
    """Return low, high and whether it is approximate, of a value as the marks write it."""
    approx, word = word.startswith("~"), word.removeprefix("~")
    match = _VALUE.fullmatch(word)
    if match is None:
        raise MarkError(f"no value: {word}")
    low = float(match[1])
    high = float(match[2]) if match[2] else low
    if word.startswith(">="):
        return low, None, approx
    return (None, low, approx) if word.startswith("<=") else (low, high, approx)


def listing(report: Report) -> Iterator[str]:
    """Yield lines that show a report's labels to its writer."""

    def said(letter: str, number: str) -> str:
        return " … ".join(report.text[m.start : m.end] for m in report.of(letter, number)) or "-"

    for n in report.numbers("C"):
        stance = next((m.attributes[0] for m in report.of("Q", n) if m.attributes), "asserts")
        yield f"  C{n} [{said('S', n)}] [{said('Q', n)}: {stance}] {said('C', n)[:110]}"
    for n in report.numbers("P"):
        p = report.of("P", n)[0]
        belongs = f"place={p.name or said('L', n)} actor={said('A', n)} part={said('R', n)} when={said('W', n)}"
        yield f"  P{n} {' '.join(p.attributes)} <{said('P', n)}> {belongs}"
    for n in report.numbers("N"):
        yield f"  N{n} {' '.join(report.of('N', n)[0].attributes)} <{said('N', n)}> {said('K', n)} @ {said('G', n)}"


def main(paths: list[str]) -> int:
    """Check the files named, or all of the corpus; return 1 where one has a fault."""
    files = [Path(p) for p in paths] or sorted((Path(__file__).parent / "corpus").glob("*.txt"))
    counts: Counter[str] = Counter()
    bad = 0
    for path in files:
        for block in re.split(r"(?m)^(?==== *)", path.read_text(encoding="utf-8"))[1:]:
            head, _, body = block.partition("\n---\n")
            try:
                report = parse(head.splitlines()[0].removeprefix("===").strip(), body.strip())
            except MarkError as error:
                print(f"{path.name}: {error}")
                bad += 1
                continue
            counts.update(m.letter for m in report.marks)
            counts.update(m.attributes[0] for m in report.marks if m.letter in "PN")
            counts["words"] += len(report.text.split())
            counts["reports"] += 1
            if paths:
                print(report.id, *listing(report), sep="\n")
    print(dict(counts))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
