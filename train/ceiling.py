"""What the stages make of perfect taggings: our marked reports, their own marks in place of the network's findings.

    python -m train.ceiling --score ../shared/score/score.py [PREFIX ...]

Everything that is lost here is lost in grounding (places, sides, speakers), not by the network.
"""

from __future__ import annotations

import argparse
import importlib.util
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from train.gold import rows
from train.markup import Report, reports
from whoholds.app.settings import Settings
from whoholds.app.workspace import Workspace
from whoholds.records import (
    Claim,
    Document,
    QuantityKind,
    Relation,
    Span,
    Stance,
    TaggedAttribution,
    TaggedFigure,
    TaggedPredicate,
    Tagging,
)
from whoholds.stages.understanding import understand
from whoholds.taggers.rules import RulesTagger

#: The theatre that a side's code belongs to.
THEATRES = {"RU": "ukraine", "SD": "sudan", "CD": "congo", "SY": "syria", "MM": "myanmar", "AZ": "karabakh-2020"}
Spans = tuple[Span, ...]


def tagging(report: Report) -> Tagging:
    """Return the marks of a report as a trained reader would give them."""

    def spans(letter: str, number: str) -> Spans:
        found = sorted((m.start, m.end) for m in report.of(letter, number))
        return tuple(Span(start=start, end=end) for start, end in found)

    said: list[TaggedAttribution] = []
    loose: list[Span] = []
    for n in report.numbers("C"):
        if cue := report.of("Q", n):
            stance = Stance(cue[0].attributes[0] if cue[0].attributes else "asserts")
            said.append(
                TaggedAttribution(cue=spans("Q", n)[0], source=spans("S", n), content=spans("C", n), stance=stance)
            )
        else:
            loose += spans("C", n)
    return Tagging(
        attributions=tuple(sorted(said, key=lambda a: a.cue.start)),
        predicates=tuple(sorted(_predicates(report, spans), key=lambda p: p.trigger.start)),
        figures=tuple(sorted(_figures(report, spans), key=lambda f: f.number.start)),
        loose=tuple(loose),
    )


def _predicates(report: Report, spans: Any) -> Iterator[TaggedPredicate]:
    for n in report.numbers("P"):
        relation, stance = report.of("P", n)[0].attributes[:2]
        yield TaggedPredicate(
            trigger=spans("P", n)[0], relation=Relation(relation), stance=Stance(stance), places=spans("L", n),
            parts=spans("R", n), actors=spans("A", n), times=spans("W", n), score=1.0,
        )  # fmt: skip


def _figures(report: Report, spans: Any) -> Iterator[TaggedFigure]:
    for n in report.numbers("N"):
        kind, _, side, *rest = report.of("N", n)[0].attributes
        stance = Stance(next((r for r in rest if r in {"denies", "unsure"}), "asserts"))
        owner = {"-": "none", "civilians": "civilians"}.get(side, "side")
        yield TaggedFigure(
            number=spans("N", n)[0], kind=QuantityKind(kind), stance=stance, counted=spans("K", n),
            scopes=spans("G", n), owner=owner, whose=(), score=1.0,
        )  # fmt: skip


def row(name: str, claim: Claim) -> dict[str, Any]:
    """Return a claim in the form of the measured export, as far as it is scored."""
    place, quantity = claim.place, claim.quantity
    return {
        "document": name, "start": claim.span.start, "end": claim.span.end, "quote": claim.quote,
        "content": claim.content, "kind": claim.kind.value, "stance": claim.stance.value, "actor": claim.actor,
        "attribution": [{"source": s.name} for s in claim.chain], "relation": claim.relation and claim.relation.value,
        "place": {"name": place.name, "names": list(place.names)} if place else None,
        "quantity": quantity and {"kind": quantity.kind.value, "low": quantity.low, "high": quantity.high,
                                  "unit": quantity.unit, "side": quantity.side},
    }  # fmt: skip


def main() -> None:
    """Print the levels."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("prefixes", nargs="*", help="files of the corpus by the beginning of their name; default: all")
    options.add_argument("--score", type=Path, default=Path("../shared/score/score.py"))
    chosen = options.parse_args()
    made = list(_made(tuple(chosen.prefixes)))
    gold = [g for report, _ in made for g in rows(report)]
    found = _scorer(chosen.score).score(
        {r.id: r.text for r, _ in made}, gold, [c for _, claims in made for c in claims]
    )
    for level, value in found.items():
        if isinstance(value, dict):
            print(f"{level:28} P {value['p']:.3f} R {value['r']:.3f} F1 {value['f1']:.3f}  gold {value['gold']}")


def _made(prefixes: Sequence[str]) -> Iterator[tuple[Report, list[dict[str, Any]]]]:
    space = Workspace(Settings())
    tagger = RulesTagger(space.theatres, space.gazetteers)
    known = {t.id: t for t in tagger.theatres}
    for path in sorted((Path(__file__).parent / "corpus").glob("*.txt")):
        if prefixes and not path.name.startswith(tuple(prefixes)):
            continue
        for report in reports(path):
            theatre = next((THEATRES[s] for s in report.header["sides"].split() if s in THEATRES), None)
            if theatre is not None:
                yield report, [row(report.id, c) for c in _claims(report, tagger, known[theatre])]


def _claims(report: Report, tagger: RulesTagger, theatre: Any) -> Sequence[Claim]:
    document = Document(
        id=report.id, name=report.id, text=report.text, content_hash="", lang="en", outlet=report.header.get("outlet"),
        published=report.header.get("published"), title=report.text.split("\n")[0][:200],
    )  # fmt: skip
    return understand(document, tagger.reading(theatre, "en"), lambda _: tagging(report)).claims


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise SystemExit(f"no scorer at {path}: name it with --score")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
