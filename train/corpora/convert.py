"""Unpack the corpora and write them as JSON lines, one file per corpus and part.

    python -m train.corpora.convert --archives ../shared/data --out build/train/corpora

What is already written is skipped, so the command can be broken off and started again; `--again` writes anew.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import sys
import tarfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from train.corpora import SPLITS, Example

CORPORA = ("polnear", "newswire", "re3d", "uds", "szeged", "bioscope", "cdsco", "gum", "megaveridicality")


def unpack(archive: Path, folder: Path) -> Path:
    """Unpack `archive` into `folder` once and give the folder of its contents, which bears the archive's name."""
    name = archive.name.removesuffix(".tar.gz")
    done = folder / f"{name}.done"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
        done.touch()
    return folder / name


def count(line: dict[str, object]) -> Counter[str]:
    """Count the items of each layer in one example."""
    counts: Counter[str] = Counter(examples=1)
    for layer in ("attributions", "mentions", "certainty", "hedges"):
        items = line.get(layer)
        if isinstance(items, list | tuple):
            counts[layer] += len(items)
            if layer != "attributions":
                counts.update(f"{layer}.{item[2]}" for item in items)
    return counts


def write(items: Iterable[Example], path: Path) -> Counter[str]:
    """Write the examples to `path`, whole or not at all, and count them."""
    counts: Counter[str] = Counter()
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        for item in items:
            line = item.as_json()
            counts += count(line)
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    part.replace(path)
    return counts


def recount(path: Path) -> Counter[str]:
    """Count the examples of a file written before."""
    with path.open(encoding="utf-8") as file:
        return sum((count(json.loads(line)) for line in file), Counter())


def main(arguments: Sequence[str] | None = None) -> int:
    """Convert what is asked for and print the counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archives", type=Path, default=Path("../shared/data"), help="folder of the .tar.gz files")
    parser.add_argument("--out", type=Path, default=Path("build/train/corpora"), help="folder for the JSON lines")
    parser.add_argument("--only", nargs="+", choices=CORPORA, default=CORPORA, help="just these corpora")
    parser.add_argument("--again", action="store_true", help="write anew what is there")
    chosen = parser.parse_args(arguments)
    os.makedirs(chosen.out, exist_ok=True)
    for name in chosen.only:
        corpus = importlib.import_module(f"train.corpora.{name}")
        for split in SPLITS:
            path = chosen.out / f"{name}.{split}.jsonl"
            if path.exists() and not chosen.again:
                counts = recount(path)
            else:
                folders = [unpack(chosen.archives / archive, chosen.out / "unpacked") for archive in corpus.ARCHIVES]
                counts = write(corpus.examples(folders[0], split), path)
            sys.stdout.write(f"{name}.{split}\t" + " ".join(f"{k}={v}" for k, v in sorted(counts.items())) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
