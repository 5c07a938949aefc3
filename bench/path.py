"""Reports per second and peak memory of the whole path, against reading and splitting into sentences alone.

    python bench/path.py [--copies 20] [--rounds 3] [--workers 2] [--json FILE]

Each measurement is a process of its own, so that peaks of memory do not mix; rounds alternate between the
tasks, so that a slow minute of the machine falls on all of them. The figure of a task is its median round.
Trust the ratios: absolute figures are this machine's, today.
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "src" / "whoholds" / "data" / "sample" / "reports.jsonl"

#: The task that the others are compared with.
BASE = "reading + sentences"


def split(reports: Path, folder: Path, workers: int) -> dict[str, int]:
    """Read the reports and split them into sentences: the least that any understanding must do."""
    from whoholds.stages.segments import sentences

    found = [sentences(document, document.lang or "en") for document in documents(reports, folder)]
    return {"reports": len(found), "sentences": sum(map(len, found))}


def understand(reports: Path, folder: Path, workers: int) -> dict[str, int]:
    """Read the reports and understand them, without a ledger."""
    tagger = workspace(folder, 1).tagger
    found = [tagger.understand(document) for document in documents(reports, folder)]
    return {"reports": len(found), "claims": sum(len(item.claims) for item in found)}


def whole_path(reports: Path, folder: Path, workers: int) -> dict[str, int]:
    """Read the reports into a new ledger, as ``whoholds read`` does."""
    from whoholds.app.read import read

    report = read(workspace(folder, workers), [reports])
    return {"reports": report.added, "ledger_bytes": (folder / "bench.db").stat().st_size}


def documents(reports: Path, folder: Path) -> Iterator[Any]:
    """Yield the documents of a file as its reader gives them."""
    from whoholds.records import Document

    for item in workspace(folder, 1).reader_for(reports).read(reports):
        if isinstance(item, Document):
            yield item


def workspace(folder: Path, workers: int) -> Any:
    """Return a workspace over a ledger in a folder."""
    from whoholds.app.settings import Settings
    from whoholds.app.workspace import Workspace

    return Workspace(Settings(ledger=folder / "bench.db", workers=workers))


TASKS: dict[str, Callable[[Path, Path, int], dict[str, int]]] = {
    BASE: split,
    "… + understanding": understand,
    "whole path": whole_path,
}


def main() -> None:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--copies", type=int, default=20, help="copies of the sample to read (default 20)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds, the median of which counts (default 3)")
    parser.add_argument("--workers", type=int, default=2, help="processes of the last row (default 2)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures too")
    parser.add_argument("--child", nargs=2, metavar=("TASK", "REPORTS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(options.child[0], Path(options.child[1]), options.workers)
        return
    result = measure(options.copies, options.rounds, options.workers)
    print("\n".join(table(result)))
    if options.json:
        options.json.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def measure(copies: int, rounds: int, workers: int) -> dict[str, Any]:
    """Run every task in every round; return the medians."""
    runs = [(name, name, 1) for name in TASKS]
    if workers > 1:
        runs.append((f"whole path, {workers} workers", "whole path", workers))
    taken: dict[str, list[dict[str, float]]] = {label: [] for label, _, _ in runs}
    with tempfile.TemporaryDirectory(prefix="whoholds-bench-") as folder:
        reports = Path(folder) / "reports.jsonl"
        count = multiply(SAMPLE, copies, reports)
        for number in range(rounds):
            for label, task, processes in runs:
                print(f"round {number + 1} of {rounds}: {label} …", file=sys.stderr)
                taken[label].append(in_child(task, reports, processes))
    return {
        "date": date.today().isoformat(),
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "reports": count,
        "rounds": rounds,
        "tasks": {label: medians(rows) for label, rows in taken.items()},
    }


def multiply(sample: Path, copies: int, target: Path) -> int:
    """Write copies of the sample that differ in id, address, day and last line; return how many reports."""
    rows = [json.loads(line) for line in sample.read_text(encoding="utf-8").splitlines()]
    with target.open("w", encoding="utf-8") as out:
        for copy in range(copies):
            for row in rows:
                out.write(json.dumps(varied(row, copy), ensure_ascii=False) + "\n")
    return copies * len(rows)


def varied(row: dict[str, Any], copy: int) -> dict[str, Any]:
    """Return a copy of a report with its own id, address, publication day and closing line."""
    changed = {"id": f"{row['id']}-{copy}", "text": f"{row['text']}\n\nBulletin no. {copy + 1}."}
    if row.get("url"):
        changed["url"] = f"{row['url']}?copy={copy}"
    if row.get("published"):
        day = date.fromisoformat(row["published"][:10]) + timedelta(days=copy)
        changed["published"] = day.isoformat() + row["published"][10:]
    return {**row, **changed}


def in_child(task: str, reports: Path, workers: int) -> dict[str, float]:
    """Run one task in a process of its own and return what it says of itself."""
    command = [sys.executable, __file__, "--workers", str(workers), "--child", task, str(reports)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise SystemExit(f"{task} failed:\n{result.stderr}")
    answer: dict[str, float] = json.loads(result.stdout.splitlines()[-1])
    return answer


def child(task: str, reports: Path, workers: int) -> None:
    """Run one task and print seconds, peak memory and counts. Peak: this process, and its largest child."""
    with tempfile.TemporaryDirectory(prefix="whoholds-bench-") as folder:
        began = time.perf_counter()
        counts = TASKS[task](reports, Path(folder), workers)
        seconds = time.perf_counter() - began
    peak = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps({"seconds": seconds, "peak_mib": peak / 1024, **counts}))


def medians(rows: list[dict[str, float]]) -> dict[str, float]:
    """Return the median of each figure over the rounds, and reports per second."""
    figures = {name: statistics.median(row[name] for row in rows) for name in rows[0]}
    return {**figures, "reports_per_second": figures["reports"] / figures["seconds"]}


def table(result: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of the table; ratios are against the base task."""
    base = result["tasks"][BASE]
    yield f"{result['reports']} reports, median of {result['rounds']} rounds, {result['machine']}, {result['date']}"
    yield ""
    yield f"{'':<24} {'reports/s':>10} {'ms/report':>10} {'time':>7} {'peak MiB':>9} {'memory':>7}"
    for label, row in result["tasks"].items():
        slower, larger = row["seconds"] / base["seconds"], row["peak_mib"] / base["peak_mib"]
        yield (
            f"{label:<24} {row['reports_per_second']:10.1f} {1000 * row['seconds'] / row['reports']:10.2f} "
            f"{slower:6.1f}x {row['peak_mib']:9.0f} {larger:6.1f}x"
        )


if __name__ == "__main__":
    main()
