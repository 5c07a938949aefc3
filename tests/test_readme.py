"""What the documents show is what the program does: every ``console`` block is run, in its order, on the sample."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]

_FENCE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(#[^)]*)?\)|<img [^>]*src=\"([^\"]+)\"")

#: Commands that set up or that run this very suite: shown, not run here.
NOT_RUN = ("make ", "git ", "cd ", "pip ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A command of a page, and the lines that the page shows as its answer."""

    command: str
    lines: tuple[str, ...]


def shown(text: str) -> Iterator[Shown]:
    """Yield the commands of a page's console blocks: lines after ``$ ``, with ``\\`` continued."""
    for block in _FENCE.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, answer = part.replace("\\\n", " ").partition("\n")
            yield Shown(command=command.strip(), lines=tuple(line for line in answer.splitlines() if line.strip()))


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out a user's folder: their reports are the sample, as JSON Lines and as single files."""
    folder = tmp_path_factory.mktemp("user")
    sample = ROOT / "src" / "whoholds" / "data" / "sample" / "reports.jsonl"
    (folder / "reports.jsonl").write_bytes(sample.read_bytes())
    return folder


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_the_commands_of_a_page_run_and_answer_as_shown(page: Path, tmp_path: Path, table: Path) -> None:
    commands = [item for item in shown(page.read_text(encoding="utf-8")) if not item.command.startswith(NOT_RUN)]
    if any("--ledger" in item.command for item in commands) and page.name != "README.md":
        run("whoholds read reports.jsonl --ledger war.db", table)
    for item in commands:
        result = run(item.command, table)
        assert result.returncode == 0, f"{name(page)}: $ {item.command}\n{result.stderr}"
        answer = squeezed(result.stdout + result.stderr)
        absent = [line for line in item.lines if not found(line, answer)]
        assert not absent, f"{name(page)}: $ {item.command}\nnot in its answer: {absent}\n{result.stdout}"


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    words = shlex.split(command)
    assert words[0] == "whoholds", f"the pages may only show whoholds commands, not {command!r}"
    environment = {**os.environ, "COLUMNS": "100"}
    start = [sys.executable, "-c", "from whoholds.cli import main; main()"]
    return subprocess.run(
        [*start, *words[1:]], cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def found(line: str, answer: str) -> bool:
    """Whether each stretch of a shown line stands in the answer; ``…`` stands for what is left out."""
    return all(squeezed(part) in answer for part in line.split("…"))


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "bench" / "README.md"], ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = {a or b for a, _, b in _LINK.findall(page.read_text(encoding="utf-8"))}
    dead = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert not dead, f"{name(page)} links to what is not there: {dead}"


def test_the_readme_shows_the_two_commands_and_runs_something() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make demo" in text
    assert "make test" in text
    assert len([item for item in shown(text) if item.command.startswith("whoholds ")]) >= 5


def test_a_block_is_read_into_commands_and_answers() -> None:
    text = "x\n```console\n$ whoholds ask \\\n  Place\n\nstate AA\nrule x\n$ whoholds why\n```\n"
    assert list(shown(text)) == [
        Shown(command="whoholds ask    Place", lines=("state AA", "rule x")),
        Shown(command="whoholds why", lines=()),
    ]
    assert found("state … seen", "the state AA was seen")
    assert not found("state BB", "the state AA")
