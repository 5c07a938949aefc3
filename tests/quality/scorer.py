"""Scoring an export against gold annotations, level by level.

A claim meets a gold row where they stand in one document, their passages overlap by at least a third of the
shorter one, and they agree in what the level asks. Each row and each claim is used once; the pairs that agree
in most things are taken first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from quality.agreement import (
    Interval,
    Row,
    control_agreement,
    origin_of,
    overlap,
    passage,
    quantity_agreement,
    wording,
)
from quality.naming import same_speaker

Agreement = Callable[[Row, Row], dict[str, bool]]

#: Kind of claim: how agreement is read, and what each level asks, the easiest first.
LEVELS: dict[str, tuple[Agreement, dict[str, tuple[str, ...]]]] = {
    "control": (
        control_agreement,
        {
            "found": ("place",),
            "relaxed": ("place", "group"),
            "full": ("place", "group", "relation", "actor", "stance", "source"),
        },
    ),
    "quantity": (
        quantity_agreement,
        {
            "found": ("value",),
            "relaxed": ("value", "kind"),
            "full": ("value", "kind", "unit", "side", "stance", "source"),
        },
    ),
}

#: The least share of the shorter passage that two must have in common to be one.
LEAST_OVERLAP = 1 / 3

#: The least agreement in words of two contents that are one.
LEAST_WORDING = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What a level measured: pairs that meet, gold rows, predictions; and the three shares of them."""

    met: int
    gold: int
    predicted: int

    @property
    def precision(self) -> float:
        """The share of predictions that meet a gold row."""
        return self.met / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of gold rows that are met."""
        return self.met / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """All levels of one corpus, and how many quotes are not in their text (there may be none)."""

    spans_not_in_text: int
    figures: dict[str, Figure]


_Placed = tuple[Row, Interval | None]


def score(
    texts: Mapping[str, str], gold: Sequence[Row], claims: Iterable[Row], origins: Iterable[Row] | None = None
) -> Score:
    """Score exported claims, and the groups of copies where ``origins`` are given.

    ``texts`` maps a report's own id to its text. Claims of reports without a gold ``doc`` row are left out.
    """
    annotated = {row["doc"] for row in gold if row["type"] == "doc"}
    mine = [claim for claim in claims if claim.get("document") in annotated]
    placed = [(claim, _claim_passage(texts.get(claim["document"], ""), claim)) for claim in mine]
    figures: dict[str, Figure] = {}
    for kind in LEVELS:
        figures |= _score_kind(kind, texts, gold, placed)
    figures |= _score_attributions(gold, mine)
    if origins is not None:
        figures |= _score_copies(gold, origins, annotated)
    return Score(spans_not_in_text=sum(where is None for _, where in placed), figures=figures)


def _claim_passage(text: str, claim: Row) -> Interval | None:
    start, end, quote = claim.get("start"), claim.get("end"), claim.get("quote")
    if start is not None and end is not None and text[start:end] == quote:
        return (start, end)
    return passage(text, quote, start)


def _score_kind(
    kind: str, texts: Mapping[str, str], gold: Sequence[Row], placed: Sequence[_Placed]
) -> dict[str, Figure]:
    agreement, levels = LEVELS[kind]
    rows = [(row, passage(texts[row["doc"]], row["anchor"])) for row in gold if row["type"] == kind]
    found = [(claim, where) for claim, where in placed if claim.get("kind") == kind and where is not None]
    pairs = _candidates(rows, found, agreement)
    return {
        f"{kind}.{level}": Figure(met=_met(pairs, asked), gold=len(rows), predicted=len(found))
        for level, asked in levels.items()
    }


@dataclass(frozen=True, slots=True)
class _Pair:
    row: int
    claim: int
    overlap: float
    agrees: dict[str, bool]

    def order(self) -> tuple[int, float, int, int]:
        return (-sum(self.agrees.values()), -self.overlap, self.row, self.claim)


def _candidates(rows: Sequence[_Placed], found: Sequence[_Placed], agreement: Agreement) -> list[_Pair]:
    """Return the pairs of one document and one passage, those that agree in most things first."""
    pairs = []
    for i, (row, row_at) in enumerate(rows):
        for j, (claim, claim_at) in enumerate(found):
            if row["doc"] != claim["document"]:
                continue
            common = overlap(row_at, claim_at)
            if common >= LEAST_OVERLAP:
                pairs.append(_Pair(i, j, common, agreement(row, claim)))
    return sorted(pairs, key=_Pair.order)


def _met(pairs: Iterable[_Pair], asked: Sequence[str]) -> int:
    agreeing = (pair for pair in pairs if all(pair.agrees[name] for name in asked))
    return len(_once((pair.row, pair.claim) for pair in agreeing))


def _once(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Keep the pairs whose two members were not used by an earlier pair."""
    kept: list[tuple[int, int]] = []
    left: set[int] = set()
    right: set[int] = set()
    for one, other in pairs:
        if one not in left and other not in right:
            left.add(one)
            right.add(other)
            kept.append((one, other))
    return kept


def _score_attributions(gold: Sequence[Row], claims: Iterable[Row]) -> dict[str, Figure]:
    """Score contents, in the reports whose attributions were annotated exhaustively."""
    exhaustive = {row["doc"] for row in gold if row["type"] == "doc" and row.get("attributions_complete")}
    rows = [row for row in gold if row["type"] == "attribution" and row["doc"] in exhaustive]
    if not rows:
        return {}
    contents: dict[tuple[str, str], Row] = {}
    for claim in claims:
        if claim["document"] in exhaustive and claim.get("content") and len(claim.get("attribution") or []) > 1:
            contents.setdefault((claim["document"], claim["content"]), claim)
    found = list(contents.values())
    met = _once(_same_contents(rows, found))
    named = sum(_names_speaker(rows[i], found[j]) for i, j in met)
    return {
        "attribution.content": Figure(met=len(met), gold=len(rows), predicted=len(found)),
        "attribution.content+source": Figure(met=named, gold=len(rows), predicted=len(found)),
    }


def _same_contents(rows: Sequence[Row], found: Sequence[Row]) -> list[tuple[int, int]]:
    pairs = [
        (wording(row["anchor"], claim["content"]), i, j)
        for i, row in enumerate(rows)
        for j, claim in enumerate(found)
        if row["doc"] == claim["document"]
    ]
    best_first = sorted(pairs, key=lambda pair: -pair[0])
    return [(i, j) for alike, i, j in best_first if alike >= LEAST_WORDING]


def _names_speaker(row: Row, claim: Row) -> bool:
    speaker = origin_of(claim)
    return same_speaker(row.get("source_name") or row["source"], speaker) or same_speaker(row["source"], speaker)


def _score_copies(gold: Sequence[Row], origins: Iterable[Row], annotated: set[str]) -> dict[str, Figure]:
    """Score groups of copies as pairs of documents."""
    wanted = _document_pairs(row["docs"] for row in gold if row["type"] == "copies")
    if not wanted:
        return {}
    found = {pair for pair in _document_pairs(row["documents"] for row in origins) if annotated.issuperset(pair)}
    return {"copies.pairs": Figure(met=len(wanted & found), gold=len(wanted), predicted=len(found))}


def _document_pairs(groups: Iterable[Iterable[str]]) -> set[tuple[str, ...]]:
    return {pair for group in groups for pair in combinations(sorted(set(group)), 2)}
