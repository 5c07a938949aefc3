"""Score the rules on our Ukrainian and Russian reports; only the odd-numbered ones may be looked into.

python train/corpus_slavic/measure.py odd|even|a|b [--lang uk|ru] [--errors]
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


def scorer() -> Any:
    """Return the reference scorer as a module."""
    spec = importlib.util.spec_from_file_location("score", SHARED / "score" / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ours(odd: bool) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the reports and gold of our own reports with odd, or even, numbers."""
    texts, gold = [], []
    for path in sorted(Path(__file__).parent.glob("*-*.txt")):
        if int(path.stem[-2:]) % 2 != odd:
            continue
        for r in reports(path):
            texts.append({"id": r.id, "lang": path.stem[:2], "text": r.text, "outlet": r.header["outlet"],
                          "published": r.header["published"], "title": r.text.split("\n")[0][:200]})  # fmt: skip
            gold += rows(r)
    return texts, gold


def shared(name: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the Ukrainian and Russian reports of a development set with their gold."""
    folder = SHARED / "reports" / name

    def read(file: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (folder / file).read_text(encoding="utf-8").splitlines() if line.strip()]

    texts = [r for r in read("reports.jsonl") if r.get("lang") in {"uk", "ru"}]
    ids = {r["id"] for r in texts}
    return texts, [g for g in read("gold.jsonl") if g.get("doc") in ids]


def claims(texts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the exported claims that the rules find."""
    theatres = FolderTheatres(()).load(())
    tagger = RulesTagger(theatres, {t.id: SqliteGazetteer(Path(t.path) / "gazetteer.sqlite") for t in theatres})
    out = []
    for r in texts:
        document = Document(id=r["id"], name=r["id"], text=r["text"], content_hash="h", lang=r["lang"],
                            published=r["published"], outlet=r["outlet"], title=r.get("title"), url=r.get("url"))  # fmt: skip
        found = tagger.understand(document).claims
        assert all(c.quote == r["text"][c.span.start : c.span.end] for c in found)
        out += [claim_object(c, r["id"]) for c in found]
    return json.loads(json.dumps(out))  # type: ignore[no-any-return]


def show(score: Any, texts: list[dict[str, Any]], gold: list[dict[str, Any]], found: list[dict[str, Any]]) -> None:
    """Print what is missed, what is extra, and where a met row differs."""
    for r in texts:
        print("=" * 20, r["id"], sep="\n")
        for kind, keys in (("control", score.control_keys), ("quantity", score.quantity_keys)):
            key = "place" if kind == "control" else "value"
            g = [dict(x, _at=score.interval(r["text"], x["anchor"])) for x in gold if x["doc"] == r["id"] and x["type"] == kind]  # fmt: skip
            p = [dict(c, _at=(c["start"], c["end"])) for c in found if c["document"] == r["id"] and c["kind"] == kind]
            used: set[int] = set()
            for x in g:
                options = [(sum(map(bool, k.values())), j) for j, c in enumerate(p) if j not in used
                           and score.overlap(x["_at"], c["_at"]) >= 1 / 3 and (k := keys(x, c))[key]]  # fmt: skip
                tag = f"{x.get('relation') or x.get('kind')} {x.get('actor') or x.get('side')} {x['stance']} <{x['source']}> {x.get('place')}"
                if not options:
                    print(f"  MISS {tag}: {x['anchor']!r}")
                    continue
                j = max(options)[1]
                used.add(j)
                bad = [n for n, ok in keys(x, p[j]).items() if not ok and n != "loose"]
                if bad:
                    c = p[j]
                    print(f"  DIFF {bad} {tag}: {x['anchor']!r} GOT {c['relation']} {c['actor']} {c['stance']} <{score.origin(c)}> {c['quantity'] or ''}")
            for j, c in enumerate(p):
                if j not in used:
                    print(f"  EXTRA {c['relation']} {c['actor']} {c['stance']} <{score.origin(c)}> {(c['place'] or {}).get('name')} {c['quantity'] or ''}: {c['quote']!r}")
        for x in (x for x in gold if x["doc"] == r["id"] and x["type"] == "attribution"):
            near = [(score.token_f1(x["anchor"], c["content"]), score.origin(c), c["content"]) for c in found
                    if c["document"] == r["id"] and c["content"] and len(c["attribution"]) > 1]  # fmt: skip
            best = max(near, default=(0, "", ""))
            same = best[0] >= 0.5 and (score.same_source(x["source_name"], best[1]) or score.same_source(x["source"], best[1]))
            if not same:
                print(f"  ATT {x['source']} / {x['source_name']} [{x['cue']}] {x['anchor'][:90]!r} BEST {best[0]:.2f} <{best[1]}> {best[2][:90]!r}")


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
