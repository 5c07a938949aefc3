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


def rows(report: Report) -> Iterator[dict[str, Any]]:
    """Yield the gold rows of a report."""
    text = report.text
    relays = [r.strip() for r in report.header.get("relays", "").split(",") if r.strip()]
    yield {"type": "doc", "doc": report.id, "published": report.header.get("published"), "relays": relays,
           "outlet": report.header.get("outlet"), "attributions_complete": True}  # fmt: skip
    for n in report.numbers("C"):
        source, cue = report.of("S", n), report.of("Q", n)
        if cue and source:
            longest = max(report.of("C", n), key=lambda m: m.end - m.start)
            yield {"type": "attribution", "doc": report.id, "source": text[source[0].start : source[0].end],
                   "source_name": source[0].name or text[source[0].start : source[0].end],
                   "cue": text[cue[0].start : cue[0].end], "anchor": text[longest.start : longest.end].strip(" ,.“”\"")}  # fmt: skip
    for n in report.numbers("P"):
        p = report.of("P", n)[0]
        for place in _places(report, n, p):
            for source, stance in _voices(report, p, p.attributes[1]):
                yield {"type": "control", "doc": report.id, "anchor": _anchor(report, [p, *report.of("L", n)]), "place": place,
                       "part": None, "actor": None if p.attributes[2] == "-" else p.attributes[2], "relation": p.attributes[0],
                       "stance": stance, "source": source, "via": [], "when": None}  # fmt: skip
    for n in report.numbers("N"):
        f = report.of("N", n)[0]
        low, high, approx = value(f.attributes[1])
        unit = next(
            (a.removeprefix("unit=") for a in f.attributes if a.startswith("unit=")),
            UNITS.get(f.attributes[0], "persons"),
        )
        inner = next((a for a in f.attributes[3:] if a in {"denies", "unsure"}), "asserts")
        source, stance = next(iter(_voices(report, f, inner)))
        yield {"type": "quantity", "doc": report.id, "anchor": _anchor(report, [f, *report.of("K", n)]), "kind": f.attributes[0],
               "low": low, "high": high, "approx": approx, "unit": unit, "side": None if f.attributes[2] == "-" else f.attributes[2],
               "place": None, "source": source, "via": [], "stance": stance, "when": None}  # fmt: skip


def _places(report: Report, number: str, trigger: Mark) -> list[str]:
    named = [m.name or report.text[m.start : m.end] for m in report.of("L", number)]
    return named or [trigger.name or ""]


def _voices(report: Report, mark: Mark, inner: str) -> Iterator[tuple[str, str]]:
    """Yield who says it and how; first the innermost speaker, then each outer one who denies or doubts."""
    around = [c for c in report.marks if c.letter == "C" and c.start <= mark.start and mark.end <= c.end]
    around.sort(key=lambda c: c.end - c.start)
    if not around:
        yield "outlet", inner
    for depth, content in enumerate(around):
        n = content.numbers[0]
        cue, source = report.of("Q", n), report.of("S", n)
        said = cue[0].attributes[0] if cue and cue[0].attributes else "asserts"
        stance = "unsure" if "unsure" in (said, inner) else "denies" if "denies" in (said, inner) else "asserts"
        if depth == 0 or said != "asserts":
            named = (
                source[0].name or report.text[source[0].start : source[0].end] if source else content.name or "outlet"
            )
            yield named, stance


def _anchor(report: Report, marks: list[Mark]) -> str:
    near = [m for m in marks if abs(m.start - marks[0].start) < 120]
    return report.text[min(m.start for m in near) : max(m.end for m in near)]


def main() -> None:
    """Write the two files."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=Path("build/train/validation"))
    options.add_argument("--all", action="store_true", help="the training reports too: to read errors, not to measure")
    chosen = options.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    kept = [
        r for path in sorted((Path(__file__).parent / "corpus").glob("*.txt")) for r in reports(path, strict=False)
        if (chosen.all or held_out(r.id)) and KNOWN & set(r.header.get("sides", "").split())
    ]  # fmt: skip
    with (chosen.out / "reports.jsonl").open("w") as texts, (chosen.out / "gold.jsonl").open("w") as gold:
        for r in kept:
            row = {"id": r.id, "lang": "en", "text": r.text, "outlet": r.header.get("outlet"), "url": f"https://{r.header.get('outlet')}/x",
                   "published": r.header.get("published"), "title": r.text.split("\n")[0][:200]}  # fmt: skip
            texts.write(json.dumps(row, ensure_ascii=False) + "\n")
            gold.writelines(json.dumps(g, ensure_ascii=False) + "\n" for g in rows(r))
    print(len(kept), "reports")


if __name__ == "__main__":
    main()
