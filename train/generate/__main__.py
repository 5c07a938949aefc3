"""Write annotated passages: ``python -m train.generate --seed 7 --count 20000 --out build/train/generated.txt``."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from train.generate.passages import passages


def main() -> int:
    """Write the passages to a file, in one step at the end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--count", type=int, default=20000)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    part = args.out.with_name(args.out.name + ".part")
    with part.open("w", encoding="utf-8") as file:
        for passage in passages(args.seed, args.count):
            file.write(passage)
    os.replace(part, args.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
