"""Examples: documents with layers of spans, from the corpora (JSONL), our marked reports and the generator."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from train.corpora import ANNOTATED
from train.layers import CONTROL, CONVENTIONS, HEDGES, SAID, STANCES
from train.markup import Mark, Report, reports
from train.owners import owner_of

Span = tuple[int, int]
Spans = list[Span]
Roles = dict[str, Spans]
Said = tuple[Spans, Roles, str | None]  # stretches of the cue, what belongs to it, its stance

_LOST = re.compile(r"(?i)\b(?:lost|los(?:s|es|ing)|ced|surrender|gave up|gives? up|yield|forfeit|relinquish)")


@dataclass(slots=True)
class Anchor:
    """A cue, trigger or figure with what belongs to it: ``roles`` maps a role to its spans."""

    span: Span
    roles: Roles
    label: str | None = None
    stance: str | None = None
    side: str | None = None


@dataclass(slots=True)
class Example:
    """A text with the layers that its corpus annotates; None: not annotated."""

    id: str
    convention: str
    text: str
    cues: list[Anchor] | None = None
    loose: list[Roles] = field(default_factory=list)  # attributions without a cue
    triggers: list[Anchor] | None = None
    figures: list[Anchor] | None = None
    mentions: list[tuple[int, int, str]] | None = None
    certainty: list[tuple[int, int, str]] | None = None
    hedges: list[tuple[int, int, str]] | None = None
    hedge_labels: tuple[str, ...] = HEDGES  # those that the corpus annotates

    def attribute(self, said: Sequence[Said]) -> None:
        """Take over attributions, those without a cue as loose ones."""
        self.cues = [Anchor(cue[0], roles, stance=stance) for cue, roles, stance in said if cue]
        self.loose = [roles for cue, roles, _ in said if not cue]


# -- the public corpora ---------------------------------------------------------------------------------------


def from_corpus(path: Path) -> Iterator[Example]:
    """Yield the examples that a corpus converter wrote."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield from_row(json.loads(line))


def from_row(row: dict[str, Any]) -> Example:
    """Return the example that a line of a converted corpus spells."""
    corpus = row["corpus"]
    example = Example(row["id"], corpus if corpus in CONVENTIONS else "other", row["text"])
    example.mentions, example.certainty, example.hedges = row["mentions"], row["certainty"], row["hedges"]
    example.hedge_labels = ANNOTATED.get(corpus, HEDGES)
    if row["attributions"] is not None:
        example.attribute([_said_in_row(a) for a in row["attributions"]])
    return example


def _said_in_row(attribution: dict[str, Any]) -> Said:
    roles = {role: [(s, e) for s, e in attribution[role]] for role in SAID}
    return [(s, e) for s, e in attribution["cue"]], roles, attribution.get("stance")


# -- our reports, and the generator's -------------------------------------------------------------------------


def from_marked(paths: Iterable[Path]) -> Iterator[Example]:
    """Yield the examples of marked files."""
    for path in paths:
        for report in reports(path, strict=False):
            yield from_report(report)


def from_report(report: Report) -> Example:
    """Return the example of one marked report."""
    example = Example(report.id, "own", report.text)
    example.attribute([_said(report, n) for n in report.numbers("C")])
    example.triggers = _triggers(report)
    example.figures = [_figure(report, n) for n in report.numbers("N")]
    return example


def _spans(report: Report, letter: str, number: str) -> Spans:
    return [(m.start, m.end) for m in report.of(letter, number)]


def _said(report: Report, number: str) -> Said:
    stances = [m.attributes[0] if m.attributes else "asserts" for m in report.of("Q", number)]
    roles = {"source": _spans(report, "S", number), "content": _spans(report, "C", number)}
    return _spans(report, "Q", number), roles, stances[0] if stances else None


def _triggers(report: Report) -> list[Anchor]:
    """Return the predicates of a report: "took A and B" is one of them, with two numbers and both places."""
    anchors: dict[Span, Anchor] = {}
    for n in report.numbers("P"):
        p = report.of("P", n)[0]
        anchor = anchors.setdefault((p.start, p.end), Anchor((p.start, p.end), {}, p.attributes[0], p.attributes[1]))
        for role, found in _control(report, p, n).items():
            anchor.roles[role] = sorted({*anchor.roles.get(role, []), *found})
    return list(anchors.values())


def _control(report: Report, trigger: Mark, number: str) -> Roles:
    roles = {role: _spans(report, letter, number) for role, letter in zip(CONTROL, "LRAW", strict=True)}
    if trigger.attributes[0] == "captured" and _LOST.search(report.text[trigger.start : trigger.end]):
        roles["actor"] = []  # who lost it is not who took it
    return roles


def _figure(report: Report, number: str) -> Anchor:
    figure = report.of("N", number)[0]
    kind, side, *more = figure.attributes[0], *figure.attributes[2:]
    owner = owner_of(report, figure, number)
    roles = {
        "counted": _spans(report, "K", number),
        "scope": _spans(report, "G", number),
        "whose": [owner] if owner else [],
    }
    stance = more[0] if more and more[0] in STANCES else "asserts"
    whose = {"-": "none", "civilians": "civilians"}.get(side, "side")
    return Anchor((figure.start, figure.end), roles, kind, stance, whose)
