"""What the documents show is what the program does: every ``console`` block is run, in its order, on the sample."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pages import BLOCK, PAGES, ROOT, Shown, answer, commands, found, lay_out, shown

_LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(#[^)]*)?\)|<img [^>]*src=\"([^\"]+)\"")


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_the_commands_of_a_page_run_and_answer_as_shown(page: Path, tmp_path: Path) -> None:
    lay_out(tmp_path)
    for item in commands(page.read_text(encoding="utf-8")):
        if item.runs:
            printed = answer(item.command, tmp_path)
            absent = [line for line in item.lines if not found(line, printed)]
            assert not absent, f"{name(page)}: $ {item.command}\nno longer prints {absent}: make readme"


@pytest.mark.parametrize("page", [*PAGES, ROOT / "CONTRIBUTING.md", ROOT / "bench" / "README.md"], ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = {a or b for a, _, b in _LINK.findall(page.read_text(encoding="utf-8"))}
    dead = [target for target in targets if "://" not in target and not (page.parent / target).exists()]
    assert not dead, f"{name(page)} links to what is not there: {dead}"


def test_the_readme_shows_the_two_commands_and_what_users_do() -> None:
    told = [item.command for item in commands((ROOT / "README.md").read_text(encoding="utf-8"))]
    assert told[:2] == ["make demo", "make test"]
    for command in ("read", "ask", "why", "figures", "disputes", "export"):
        assert any(line.startswith(f"whoholds {command} ") for line in told), command


def test_the_picture_loads_nothing() -> None:
    picture = (ROOT / "docs" / "img" / "answer.svg").read_text(encoding="utf-8")
    assert not re.findall(r"(?:href|src|url)\s*[=(]\s*[\"']?https?:", picture)


def test_a_block_is_read_into_commands_and_answers() -> None:
    text = 'x\n<!-- shows 3; 2 from "A" -->\n```console\n'
    text += "$ whoholds ask \\\n  Place\n\nstate AA\nrule x\n$ make test\n```\n"
    block = BLOCK.search(text)
    assert block
    assert block["shows"] == '3; 2 from "A"'
    assert list(shown(block["body"])) == [
        Shown(command="whoholds ask    Place", lines=("state AA", "rule x")),
        Shown(command="make test", lines=()),
    ]
    assert [item.runs for item in commands(text)] == [True, False]


def test_an_answer_is_found_however_it_is_wrapped() -> None:
    assert found("state … seen", "the state AA\n  was seen")
    assert found("the state was", "the state\n   was")
    assert not found("state BB", "the state AA")
