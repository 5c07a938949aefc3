"""Our held-out reports as a test of the whole path: reports.jsonl and gold.jsonl in the form that score.py reads.

    python -m train.gold --out build/train/validation [--all]

Only wars that an installed theatre covers; a report's language is English.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from train.markup import Mark, Report, held_out, reports, value

#: Side codes of the installed theatres: a report about others cannot be read.
KNOWN = frozenset(
    "RU UA SD RSF CD M23 ADF CODECO SY HTS SDF ISIS SNA MM MNDAA TNLA AA KIA KNLA PDF AZ AM".split()  # noqa: SIM905
)
UNITS = {
    "share": "percent",
    "area_km2": "km2",
    "distance_km": "km",
    "groups": "groups",
    "duration": "days",
    "other": "items",
}
Row = dict[str, Any]


def rows(report: Report) -> Iterator[Row]:
    """Yield the gold rows of a report."""
    relays = [r.strip() for r in report.header.get("relays", "").split(",") if r.strip()]
    header = {"published": report.header.get("published"), "relays": relays, "outlet": report.header.get("outlet")}
    yield {"type": "doc", "doc": report.id, **header, "attributions_complete": True}
    for n in report.numbers("C"):
        yield from _attribution(report, n)
    for n in report.numbers("P"):
        yield from _control(report, n)
    for n in report.numbers("N"):
        yield _quantity(report, n)


def _attribution(report: Report, number: str) -> Iterator[Row]:
    """Yield who says it, where the text has a cue and a source."""
    source, cue = report.of("S", number), report.of("Q", number)
    if cue and source:
        longest = max(report.of("C", number), key=lambda m: m.end - m.start)
        yield {
            "type": "attribution",
            "doc": report.id,
            "source": _words(report, source[0]),
            "source_name": source[0].name or _words(report, source[0]),
            "cue": _words(report, cue[0]),
            "anchor": _words(report, longest).strip(' ,.“”"'),
        }


def _control(report: Report, number: str) -> Iterator[Row]:
    """Yield who holds what: a row for each place and each voice."""
    p = report.of("P", number)[0]
    relation, inner, actor = p.attributes[:3]
    anchor = _anchor(report, [p, *report.of("L", number)])
    for place in _places(report, number, p):
        for source, stance in _voices(report, p, inner):
            row = {"type": "control", "doc": report.id, "anchor": anchor, "place": place, "part": None}
            row |= {"actor": None if actor == "-" else actor, "relation": relation, "stance": stance}
            yield row | {"source": source, "via": [], "when": None}


def _quantity(report: Report, number: str) -> Row:
    """Return how many, as the innermost voice says it."""
    f = report.of("N", number)[0]
    kind, written, side, *more = f.attributes
    low, high, approx = value(written)
    units = [a.removeprefix("unit=") for a in f.attributes if a.startswith("unit=")]
    inner = next((a for a in more if a in {"denies", "unsure"}), "asserts")
    source, stance = next(iter(_voices(report, f, inner)))
    anchor = _anchor(report, [f, *report.of("K", number)])
    row = {"type": "quantity", "doc": report.id, "anchor": anchor, "kind": kind, "low": low, "high": high}
    row |= {"approx": approx, "unit": units[0] if units else UNITS.get(kind, "persons")}
    row |= {"side": None if side == "-" else side, "place": None}
    return row | {"source": source, "via": [], "stance": stance, "when": None}


def _words(report: Report, mark: Mark) -> str:
    return report.text[mark.start : mark.end]


def _places(report: Report, number: str, trigger: Mark) -> list[str]:
    named = [m.name or _words(report, m) for m in report.of("L", number)]
    return named or [trigger.name or ""]


def _voices(report: Report, mark: Mark, inner: str) -> Iterator[tuple[str, str]]:
    """Yield who says it and how; first the innermost speaker, then each outer one who denies or doubts."""
    around = [c for c in report.marks if c.letter == "C" and c.start <= mark.start and mark.end <= c.end]
    around.sort(key=lambda c: c.end - c.start)
    if not around:
        yield "outlet", inner
    for depth, content in enumerate(around):
        cue, source = report.of("Q", content.numbers[0]), report.of("S", content.numbers[0])
        said = cue[0].attributes[0] if cue and cue[0].attributes else "asserts"
        if depth == 0 or said != "asserts":
            named = source[0].name or _words(report, source[0]) if source else content.name or "outlet"
            yield named, next((s for s in ("unsure", "denies") if s in (said, inner)), "asserts")


def _anchor(report: Report, marks: list[Mark]) -> str:
    near = [m for m in marks if abs(m.start - marks[0].start) < 120]
    return report.text[min(m.start for m in near) : max(m.end for m in near)]


def _reports() -> Iterator[Report]:
    """Yield the reports about wars that an installed theatre covers."""
    for path in sorted((Path(__file__).parent / "corpus").glob("*.txt")):
        yield from (r for r in reports(path, strict=False) if KNOWN & set(r.header.get("sides", "").split()))


def _text(report: Report) -> Row:
    outlet = report.header.get("outlet")
    row = {"id": report.id, "lang": "en", "text": report.text, "outlet": outlet, "url": f"https://{outlet}/x"}
    return row | {"published": report.header.get("published"), "title": report.text.split("\n")[0][:200]}


def main() -> None:
    """Write the two files."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=Path("build/train/validation"))
    options.add_argument("--all", action="store_true", help="the training reports too: to read errors, not to measure")
    chosen = options.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    kept = [r for r in _reports() if chosen.all or held_out(r.id)]
    with (chosen.out / "reports.jsonl").open("w") as texts, (chosen.out / "gold.jsonl").open("w") as gold:
        for r in kept:
            texts.write(json.dumps(_text(r), ensure_ascii=False) + "\n")
            gold.writelines(json.dumps(g, ensure_ascii=False) + "\n" for g in rows(r))
    print(len(kept), "reports")


if __name__ == "__main__":
    main()
