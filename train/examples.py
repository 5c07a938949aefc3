"""Examples: documents with layers of spans, from the corpora (JSONL), our marked reports and the generator; to labelled windows."""

from __future__ import annotations

import json
import re

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from train.corpora import ANNOTATED
from train.markup import KINDS, RELATIONS, STANCES, Mark, Report, reports
from train.model import CONVENTIONS, TOKEN_LAYERS
from whoholds.records import Document
from whoholds.stages.actors import ActorIndex
from whoholds.stages.segments import sentences
from whoholds.taggers.rules import RulesTagger
from whoholds.taggers.windows import LENGTH, Window, windows
from whoholds.theatres import FolderTheatres

IGNORED = -100
MENTIONS = ("person", "organisation", "place", "facility", "date", "quantity")
CERTAINTIES = ("fact", "counterfact", "uncertain")
OWNERS = ("none", "civilians", "side")
HEDGES = ("hedge", "negation", "hedge_scope", "negation_scope")
_LOST = re.compile(r"(?i)\b(?:lost|los(?:s|es|ing)|ced|surrender|gave up|gives? up|yield|forfeit|relinquish)")
SAID, CONTROL, COUNT = ("source", "content"), ("place", "part", "actor", "time"), ("counted", "scope", "whose")
Spans = list[tuple[int, int]]
Ints = NDArray[np.int16]


@dataclass(slots=True)
class Anchor:
    """A cue, trigger or figure with what belongs to it: ``roles`` maps a role to its spans."""

    span: tuple[int, int]
    roles: dict[str, Spans]
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
    loose: list[dict[str, Spans]] = field(default_factory=list)  # attributions without a cue
    triggers: list[Anchor] | None = None
    figures: list[Anchor] | None = None
    mentions: list[tuple[int, int, str]] | None = None
    certainty: list[tuple[int, int, str]] | None = None
    hedges: list[tuple[int, int, str]] | None = None
    hedge_labels: tuple[str, ...] = HEDGES  # those that the corpus annotates


@dataclass(slots=True)
class Labelled:
    """A window with its labels: ``layers`` by token layer, ``anchors`` (role layer, piece, labels of all pieces)."""

    window: Window
    convention: int
    layers: dict[str, Ints]
    anchors: list[tuple[str, int, Ints]]
    example: str = ""


def from_corpus(path: Path) -> Iterator[Example]:
    """Yield the examples that a corpus converter wrote."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            name = row["corpus"] if row["corpus"] in CONVENTIONS else "other"
            example = Example(row["id"], name, row["text"], mentions=row["mentions"], certainty=row["certainty"],
                              hedges=row["hedges"], hedge_labels=ANNOTATED.get(row["corpus"], HEDGES))  # fmt: skip
            if row["attributions"] is not None:
                example.cues = []
                for a in row["attributions"]:
                    roles = {r: [(s, e) for s, e in a[r]] for r in SAID}
                    if a["cue"]:
                        whole = [(s, e) for s, e in a["cue"]]
                        example.cues.append(Anchor(whole[0], roles, stance=a.get("stance")))
                    else:
                        example.loose.append(roles)
            yield example


def from_report(report: Report) -> Example:
    """Return the example of one marked report."""

    def spans(letter: str, number: str) -> Spans:
        return [(m.start, m.end) for m in report.of(letter, number)]

    example = Example(report.id, "own", report.text, cues=[], triggers=[], figures=[])
    for n in report.numbers("C"):
        roles = {"source": spans("S", n), "content": spans("C", n)}
        cue = report.of("Q", n)
        if cue:
            stance = cue[0].attributes[0] if cue[0].attributes else "asserts"
            example.cues.append(Anchor((cue[0].start, cue[0].end), roles, stance=stance))  # type: ignore[union-attr]
        else:
            example.loose.append(roles)
    shared: dict[tuple[int, int], Anchor] = {}  # "took A and B" is one trigger with two numbers
    for n in report.numbers("P"):
        p = report.of("P", n)[0]
        roles = {r: spans(x, n) for r, x in zip(CONTROL, "LRAW", strict=True)}
        if p.attributes[0] == "captured" and _LOST.search(report.text[p.start : p.end]):
            roles["actor"] = []  # who lost it is not who took it
        anchor = shared.setdefault((p.start, p.end), Anchor((p.start, p.end), {}, p.attributes[0], p.attributes[1]))
        for role, found in roles.items():
            anchor.roles[role] = sorted({*anchor.roles.get(role, []), *found})
    example.triggers = list(shared.values())
    for n in report.numbers("N"):
        f = report.of("N", n)[0]
        stance = f.attributes[3] if len(f.attributes) > 3 and f.attributes[3] in STANCES else "asserts"
        owner = owner_of(report, f, n)
        roles = {"counted": spans("K", n), "scope": spans("G", n), "whose": [owner] if owner else []}
        anchor = Anchor((f.start, f.end), roles, f.attributes[0], stance)
        anchor.side = {"-": "none", "civilians": "civilians"}.get(f.attributes[2], "side")
        example.figures.append(anchor)  # type: ignore[union-attr]
    return example


def owner_of(report: Report, figure: Mark, number: str) -> tuple[int, int] | None:
    """Return the words that say whose a figure is: in what is counted, else the nearest words for that side beside it.

    The marks give the side's code only. Words for it are those that mark it as the side of a predicate (A), and the names of the
    installed theatres. None where no such words stand in the sentence: the side is to be understood.
    """
    code = figure.attributes[2]
    if code in {"-", "civilians"}:
        return None
    for counted in report.of("K", number):
        named = re.search(r"[A-Z][\w-]+|\b(?:our|enemy|rebel|government|army)\b", report.text[counted.start : counted.end])
        if named:
            return counted.start + named.start(), counted.start + named.end()
    low, high = _sentence_around(report.text, figure.start, figure.end)
    codes = {n: report.of("P", n)[0].attributes[2] for n in report.numbers("P")}
    near = [(m.start, m.end) for m in report.marks if m.letter == "A" and any(codes[n] == code for n in m.numbers)]
    near += side_words(report.text[low:high], low, code)
    near = [s for s in near if low <= s[0] and s[1] <= high]
    return min(near, key=lambda s: max(s[0] - figure.end, figure.start - s[1]), default=None)


def _sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    left = max((m.end() for m in re.finditer(r"[.!?…]\s+(?=[A-Z“\"])|\n", text[:start])), default=0)
    right = re.search(r"[.!?…](?=\s+[A-Z“\"]|\s*$)|\n", text[end:])
    return left, end + right.start() if right else len(text)


@cache
def _indexes() -> tuple[ActorIndex, ...]:
    theatres = FolderTheatres(()).load(None)
    tagger = RulesTagger(theatres, dict.fromkeys((t.id for t in theatres)))  # type: ignore[arg-type]
    return tuple(tagger.reading(t, "en").index for t in tagger.theatres)


def side_words(text: str, offset: int, code: str) -> list[tuple[int, int]]:
    """Return where a text names a side of an installed theatre."""
    for index in _indexes():
        if index.side(code):
            return [(m.start + offset, m.end + offset) for m in index.find(text) if m.side == code]
    return []


def from_marked(paths: Iterable[Path]) -> Iterator[Example]:
    """Yield the examples of marked files."""
    for path in paths:
        for report in reports(path, strict=False):
            yield from_report(report)


def labelled(example: Example, tokenizer: Tokenizer, length: int = LENGTH) -> Iterator[Labelled]:
    """Yield the labelled windows of an example."""
    document = Document(id="", name="", text=example.text, content_hash="")
    for window in windows(sentences(document, "en"), tokenizer, length):
        yield Labelled(window, CONVENTIONS.index(example.convention), dict(_layers(window, example)),
                       list(_anchors(window, example)), example.id)  # fmt: skip


def _layers(window: Window, example: Example) -> Iterator[tuple[str, Ints]]:
    if example.cues is not None:
        for role in SAID:
            every = [s for a in [*(c.roles for c in example.cues), *example.loose] for s in a.get(role, [])]
            yield role, bio(window, [(s, e, 0) for s, e in every])
        yield "cue", bio(window, [(*c.span, 0) for c in example.cues])
        yield "cue_stance", marked(window, [(*c.span, STANCES.index(c.stance)) for c in example.cues if c.stance])
    if example.triggers is not None:
        yield "trigger", bio(window, [(*t.span, 0) for t in example.triggers])
        yield "relation", marked(window, [(*t.span, RELATIONS.index(t.label or "")) for t in example.triggers])
        yield "stance", marked(window, [(*t.span, STANCES.index(t.stance or "")) for t in example.triggers])
    if example.figures is not None:
        yield "figure", bio(window, [(*f.span, 0) for f in example.figures])
        yield "kind", marked(window, [(*f.span, KINDS.index(f.label or "")) for f in example.figures])
        yield "figure_stance", marked(window, [(*f.span, STANCES.index(f.stance or "")) for f in example.figures])
        yield "figure_side", marked(window, [(*f.span, OWNERS.index(f.side or "none")) for f in example.figures])
    if example.mentions is not None:
        yield "mention", bio(window, [(s, e, MENTIONS.index(k)) for s, e, k in example.mentions])
    if example.certainty is not None:
        marks = marked(window, [(s, e, CERTAINTIES.index(k) + 1) for s, e, k in example.certainty])
        yield "certainty", np.where(marks == IGNORED, 0, marks).astype(np.int16)
    if example.hedges is not None:
        layer = np.zeros((len(window), len(HEDGES)), np.int16)
        layer[:, [i for i, name in enumerate(HEDGES) if name not in example.hedge_labels]] = IGNORED
        for s, e, k in example.hedges:
            layer[inside(window, s, e), HEDGES.index(k)] = 1
        yield "hedge", layer


def _anchors(window: Window, example: Example) -> Iterator[tuple[str, int, Ints]]:
    for layer, anchors, roles in (
        ("said", example.cues, SAID), ("control", example.triggers, CONTROL), ("count", example.figures, COUNT),
    ):  # fmt: skip
        for anchor in anchors or ():
            at = inside(window, *anchor.span)
            if at.size:
                spans = [(s, e, i) for i, role in enumerate(roles) for s, e in anchor.roles.get(role, [])]
                yield layer, int(at[0]), bio(window, spans)


def inside(window: Window, start: int, end: int) -> NDArray[np.intp]:
    """Return the pieces of a window that lie in an interval."""
    offsets = np.asarray(window.offsets)
    return np.nonzero((offsets[:, 0] >= 0) & (offsets[:, 0] < end) & (offsets[:, 1] > start))[0]


def bio(window: Window, spans: Sequence[tuple[int, int, int]]) -> Ints:
    """Return B (1 + 2k) and I (2 + 2k) classes of spans of kind k; a longer span yields to the shorter ones in it."""
    out = np.zeros(len(window), np.int16)
    for start, end, kind in sorted(spans, key=lambda s: s[0] - s[1]):
        at = inside(window, start, end)
        if at.size:
            out[at] = 2 + 2 * kind
            if window.offsets[int(at[0])][0] <= start or window.starts[int(at[0])] == 0:
                out[at[0]] = 1 + 2 * kind
    return out


def marked(window: Window, spans: Sequence[tuple[int, int, int]]) -> Ints:
    """Return the class of every piece in a span, and :data:`IGNORED` elsewhere."""
    out = np.full(len(window), IGNORED, np.int16)
    for start, end, kind in spans:
        out[inside(window, start, end)] = kind
    return out


def batches(items: Sequence[Labelled], budget: int, rng: np.random.Generator) -> Iterator[list[Labelled]]:
    """Yield batches of windows of like length, in random order, of at most ``budget`` pieces."""
    order = sorted(range(len(items)), key=lambda i: len(items[i].window) + rng.random() * 8)
    groups: list[list[Labelled]] = []
    current: list[Labelled] = []
    for i in order:
        longest = max(len(items[i].window), max((len(x.window) for x in current), default=0))
        if current and longest * (len(current) + 1) > budget:
            groups.append(current)
            current = []
        current.append(items[i])
    groups += [current] if current else []
    for i in rng.permutation(len(groups)):
        yield groups[i]


def collate(batch: Sequence[Labelled]) -> dict[str, Any]:
    """Return the arrays of a batch: inputs, token labels, and for each role layer rows, places and labels."""
    size = max(len(b.window) for b in batch)

    def padded(values: Sequence[Sequence[int]], fill: int) -> NDArray[np.int64]:
        out = np.full((len(values), size), fill, np.int64)
        for row, v in enumerate(values):
            out[row, : len(v)] = v
        return out

    out: dict[str, Any] = {
        "ids": padded([b.window.ids for b in batch], 0),
        "mask": padded([[1] * len(b.window) for b in batch], 0),
        "shapes": padded([b.window.shapes for b in batch], 5),
        "quoted": padded([b.window.quoted for b in batch], 0),
        "starts": padded([b.window.starts for b in batch], 0),
        "convention": np.asarray([b.convention for b in batch]),
        "layers": {},
        "roles": {},
    }
    for name in TOKEN_LAYERS:
        if any(name in b.layers for b in batch):
            shape = (len(batch), size, len(HEDGES)) if name == "hedge" else (len(batch), size)
            layer = np.full(shape, IGNORED, np.int64)
            for row, b in enumerate(batch):
                if name in b.layers:
                    layer[row, : len(b.window)] = b.layers[name]
            out["layers"][name] = layer
    for name in ("said", "control", "count"):
        found = [(row, at, labels) for row, b in enumerate(batch) for kind, at, labels in b.anchors if kind == name]
        if found:
            targets = np.full((len(found), size), IGNORED, np.int64)
            for i, (_, _, labels) in enumerate(found):
                targets[i, : len(labels)] = labels
            out["roles"][name] = (np.asarray([f[0] for f in found]), np.asarray([f[1] for f in found]), targets)
    return out
