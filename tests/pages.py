"""The ``console`` blocks of the documents: reading them, running them, and telling whether an answer is as shown."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "src" / "whoholds" / "data" / "sample" / "reports.jsonl"
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))

#: A block, and the note before it that says what it shows: ``<!-- shows 9; 4 from "Who says so" -->``, in lines.
BLOCK = re.compile(r"(?:<!-- shows (?P<shows>[^>]+) -->\n)?^```console\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)

#: Shown for people; not run, as they set up, or run the very suite that runs the pages.
NOT_RUN = ("make test", "git ", "cd ")

#: What stands for something left out.
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A command of a page, and the lines that the page shows as its answer."""

    command: str
    lines: tuple[str, ...]

    @property
    def runs(self) -> bool:
        """Whether the command can be run here."""
        return not self.command.startswith(NOT_RUN)


def shown(body: str) -> Iterator[Shown]:
    """Yield the commands of a block: lines after ``$ ``, continued by a backslash at the end."""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, answer = part.replace("\\\n", " ").partition("\n")
        yield Shown(command=command.strip(), lines=tuple(line for line in answer.splitlines() if line.strip()))


def commands(text: str) -> list[Shown]:
    """Return the commands of a page, in order."""
    return [item for block in BLOCK.finditer(text) for item in shown(block["body"])]


def lay_out(folder: Path) -> None:
    """Make a user's folder: the reports at hand are the sample."""
    (folder / "reports.jsonl").write_bytes(SAMPLE.read_bytes())


def answer(command: str, folder: Path) -> str:
    """Run a command in a folder, and return what it prints, with what differs from run to run left out.

    Raises ``AssertionError`` where it fails, or is no command of ours.
    """
    words = shlex.split("whoholds demo" if command == "make demo" else command)
    assert words[0] == "whoholds", f"the pages may only show whoholds commands, not {command!r}"
    start = [sys.executable, "-c", "from whoholds.cli import main; main()"]
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    result = subprocess.run(
        [*start, *words[1:]], cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert result.returncode == 0, f"$ {command}\nended with {result.returncode}: {result.stderr}"
    return re.sub(r"\d+\.\d s\b", f"{ELLIPSIS} s", (result.stdout + result.stderr).replace(f"{folder}/", ""))


def found(line: str, printed: str) -> bool:
    """Whether each stretch of a shown line stands in what was printed, however it was wrapped."""
    return all(squeezed(part) in squeezed(printed) for part in line.split(ELLIPSIS))


def squeezed(text: str) -> str:
    """Return a text with its words one space apart."""
    return " ".join(text.split())
