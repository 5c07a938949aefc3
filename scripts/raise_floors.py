"""Measures the quality on every corpus at hand and raises the floors to it; renews the README's table.

    python scripts/raise_floors.py [--dry-run] [--allow-lower REASON] [CORPUS ...]

Never lowers a floor by itself. With ``--allow-lower REASON`` it does, and the reason stays in the file.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from quality import floors as book  # noqa: E402
from quality.corpora import Corpus, corpora, measure  # noqa: E402
from quality.scorer import Score  # noqa: E402

README = ROOT / "README.md"
START, END = "<!-- quality:start -->", "<!-- quality:end -->"

#: What the README calls a corpus and a level.
CORPUS_NAMES = {
    "sample-reader": "sample",
    "shared-a-reader": "development a",
    "shared-b-reader": "development b",
    "shared-b": "b by rules",
}
LEVEL_NAMES = {
    "control.found": "who holds a place: found",
    "control.relaxed": "… and the kind of relation",
    "control.full": "… and relation, side, stance, speaker",
    "quantity.found": "figures: found",
    "quantity.relaxed": "… and what is counted",
    "quantity.full": "… and unit, side, stance, speaker",
    "attribution.content": "who says what: what is said",
    "attribution.content+source": "… and the speaker",
    "copies.pairs": "reports of one origin, as pairs",
}


def main() -> int:
    """Measure, show, raise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="*", metavar="CORPUS", help="sample, shared-a, shared-b; default: all here")
    parser.add_argument("--dry-run", action="store_true", help="measure and show only")
    parser.add_argument("--allow-lower", default="", metavar="REASON", help="let floors fall, for a reason on record")
    options = parser.parse_args()
    before = book.load()
    scores = {corpus: measured(corpus) for corpus in _wanted(options.corpora)}
    for corpus, score in scores.items():
        print("\n".join(book.table(corpus.name, score, before.corpora.get(corpus.name))), end="\n\n")
    return 0 if options.dry_run else _raise(before, scores, options.allow_lower.strip())


def measured(corpus: Corpus) -> Score:
    """Run the whole path over a corpus in a folder that goes away."""
    with tempfile.TemporaryDirectory(prefix="whoholds-quality-") as folder:
        return measure(corpus, Path(folder))


def _wanted(names: list[str]) -> list[Corpus]:
    known = {corpus.name: corpus for corpus in corpora()}
    if unknown := set(names) - set(known):
        raise SystemExit(f"no corpus is called {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    absent = [corpus.name for corpus in known.values() if not corpus.present]
    if absent:
        print(f"not here, left as they are: {', '.join(absent)}\n")
    return [corpus for name, corpus in known.items() if corpus.present and (not names or name in names)]


def _raise(before: book.Floors, scores: dict[Corpus, Score], reason: str) -> int:
    after = before
    for corpus, score in scores.items():
        try:
            after = book.raised(
                after, corpus.name, corpus.digest(), score, date=date.today().isoformat(), reason=reason
            )
        except (book.Refused, ValueError) as refusal:
            print(f"refused: {refusal}", file=sys.stderr)
            return 1
    if after != before:
        book.save(after)
    print(f"floors {'raised' if after != before else 'stand'}: {book.PATH.relative_to(ROOT)}")
    renew_readme({corpus.name: score for corpus, score in scores.items()})
    return 0


def renew_readme(scores: dict[str, Score]) -> None:
    """Write the README's table of measured quality between its two markers."""
    text = README.read_text(encoding="utf-8")
    head, marked, rest = text.partition(START)
    _, closed, tail = rest.partition(END)
    if not (marked and closed):
        raise SystemExit(f"{README.name} has no {START} … {END}")
    README.write_text(f"{head}{START}\n{_markdown(scores)}{END}{tail}", encoding="utf-8")


def _markdown(scores: dict[str, Score]) -> str:
    scores = {name: score for name, score in scores.items() if name in CORPUS_NAMES}
    names = [CORPUS_NAMES[name] for name in scores]
    lines = [f"| F1 on | {' | '.join(names)} |", f"|---|{'--:|' * len(names)}"]
    for level, label in LEVEL_NAMES.items():
        cells = [f"{score.figures[level].f1:.2f}" if level in score.figures else "–" for score in scores.values()]
        lines.append(f"| {label} | {' | '.join(cells)} |")
    missing = " | ".join(str(score.spans_not_in_text) for score in scores.values())
    lines.append(f"| quotes that are not in their text | {missing} |")
    return "\n".join(lines) + f"\n\nMeasured on {date.today().isoformat()} by `make floors`.\n"


if __name__ == "__main__":
    sys.exit(main())
