"""Score the rules on our Ukrainian and Russian reports; only the odd-numbered ones may be looked into.

python train/corpus_slavic/measure.py odd|even|a|b|sample [--lang uk|ru] [--errors]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from train.gold import rows  # noqa: E402
from train.markup import reports  # noqa: E402

from whoholds.exporters.claims_jsonl import claim_object  # noqa: E402
from whoholds.gazetteer.sqlite import SqliteGazetteer  # noqa: E402
from whoholds.records import Document  # noqa: E402
from whoholds.taggers.rules import RulesTagger  # noqa: E402
from whoholds.theatres import FolderTheatres  # noqa: E402

SHARED = ROOT.parent / "shared"
Row = dict[str, Any]


def scorer() -> Any:
    """Return the reference scorer as a module."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "score" / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ours(odd: bool) -> tuple[list[Row], list[Row]]:
    """Return the reports and gold of our own reports with odd, or even, numbers."""
    texts: list[Row] = []
    gold: list[Row] = []
    for path in sorted(Path(__file__).parent.glob("*-*.txt")):
        if int(path.stem[-2:]) % 2 != odd:
            continue
        for r in reports(path):
            texts.append({"id": r.id, "lang": path.stem[:2], "text": r.text, "outlet": r.header["outlet"],
                          "published": r.header["published"], "title": r.text.split("\n")[0][:200]})  # fmt: skip
            gold += rows(r)
    return texts, gold


def shared(name: str) -> tuple[list[Row], list[Row]]:
    """Return the Ukrainian and Russian reports of a development set with their gold."""
    folder = ROOT / "src/whoholds/data/sample" if name == "sample" else SHARED / "reports" / name

    def read(file: str) -> list[Row]:
        return [json.loads(line) for line in (folder / file).read_text(encoding="utf-8").splitlines() if line.strip()]

    texts = [r for r in read("reports.jsonl") if r.get("lang") in {"uk", "ru"}]
    ids = {r["id"] for r in texts}
    return texts, [g for g in read("gold.jsonl") if g.get("doc") in ids]


def claims(texts: list[Row]) -> list[Row]:
    """Return the exported claims that the rules find."""
    theatres = FolderTheatres(()).load(())
    tagger = RulesTagger(theatres, {t.id: SqliteGazetteer(Path(t.path) / "gazetteer.sqlite") for t in theatres})
    out = []
    for r in texts:
        known: Row = {k: r.get(k) for k in ("lang", "published", "outlet", "title", "url")}
        document = Document(id=r["id"], name=r["id"], text=r["text"], content_hash="h", **known)
        found = tagger.understand(document).claims
        assert all(c.quote == r["text"][c.span.start : c.span.end] for c in found)
        out += [claim_object(c, r["id"]) for c in found]
    return json.loads(json.dumps(out))  # type: ignore[no-any-return]


def show(score: Any, texts: list[Row], gold: list[Row], found: list[Row]) -> None:
    """Print what is missed, what is extra, and where a met row differs."""
    for r in texts:
        print("=" * 20, r["id"])
        for kind in ("control", "quantity"):
            wanted = [dict(g, _at=score.interval(r["text"], g["anchor"])) for g in _of(gold, "doc", "type", r, kind)]
            made = [dict(c, _at=(c["start"], c["end"])) for c in _of(found, "document", "kind", r, kind)]
            _show_kind(score, kind, wanted, made)
        contents = [c for c in found if c["document"] == r["id"] and c["content"] and len(c["attribution"]) > 1]
        for g in _of(gold, "doc", "type", r, "attribution"):
            near = [(score.token_f1(g["anchor"], c["content"]), score.origin(c), c["content"]) for c in contents]
            worth, name, content = max(near, default=(0.0, "", ""))
            if worth < 0.5 or not any(score.same_source(g[k], name) for k in ("source", "source_name")):
                print(
                    f"  SAID {g['source']} [{g['cue']}] {g['anchor'][:90]!r} BEST {worth:.2f} <{name}> {content[:80]!r}"
                )


def _of(rows_: list[Row], document: str, kind: str, report: Row, wanted: str) -> list[Row]:
    return [x for x in rows_ if x.get(document) == report["id"] and x.get(kind) == wanted]


def _show_kind(score: Any, kind: str, wanted: list[Row], made: list[Row]) -> None:
    keys, key = (score.control_keys, "place") if kind == "control" else (score.quantity_keys, "value")
    left = list(made)
    for g in wanted:
        near = [c for c in left if score.overlap(g["_at"], c["_at"]) >= 1 / 3 and keys(g, c)[key]]
        line = f"{g.get('relation') or g.get('kind')} {g['stance']} <{g['source']}> {g['anchor']!r}"
        if not near:
            print("  MISS", line)
            continue
        best = max(near, key=lambda c: sum(map(bool, keys(g, c).values())))
        left.remove(best)
        bad = [name for name, met in keys(g, best).items() if not met and name != "loose"]
        if bad:
            print("  DIFF", bad, line, "GOT", _told(score, best))
    for c in left:
        print("  EXTRA", _told(score, c), repr(c["quote"]))


def _told(score: Any, c: Row) -> str:
    place = (c["place"] or {}).get("name")
    return f"{c['relation']} {c['actor']} {c['stance']} <{score.origin(c)}> {place} {c['quantity'] or ''}"


def main() -> None:
    """Print the scores, and the errors where they may be seen."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("sets", nargs="+")
    options.add_argument("--lang")
    options.add_argument("--errors", action="store_true")
    chosen = options.parse_args()
    score = scorer()
    for name in chosen.sets:
        texts, gold = ours(name == "odd") if name in {"odd", "even"} else shared(name)
        texts = [t for t in texts if chosen.lang in (None, t["lang"])]
        ids = {t["id"] for t in texts}
        gold = [g for g in gold if g.get("doc") in ids]
        found = claims(texts)
        result = score.score({t["id"]: t["text"] for t in texts}, gold, found)
        print(name, chosen.lang or "uk+ru", len(texts), "reports")
        for level, v in result.items():
            if isinstance(v, dict):
                print(f"  {level:28} P {v['p']:.3f} R {v['r']:.3f} F1 {v['f1']:.3f}  gold {v['gold']} pred {v['pred']}")
        if chosen.errors and name in {"odd", "a"}:
            show(score, texts, gold, found)


if __name__ == "__main__":
    main()
