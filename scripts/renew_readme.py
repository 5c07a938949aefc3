"""Renews what the documents show of the program: the README's picture, and the answers of the ``console`` blocks.

A block whose answer is to be renewed says before it which lines to show: ``<!-- shows 9; 4 from "Who says so" -->`` is
the first nine, and four from the first line thereafter that holds these words.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import readme_picture  # noqa: E402
from pages import BLOCK, ELLIPSIS, PAGES, answer, lay_out, shown  # noqa: E402


def main() -> None:
    """Renew every page, then the picture."""
    for page in PAGES:
        before = page.read_text(encoding="utf-8")
        after = renewed(before)
        if after != before:
            page.write_text(after, encoding="utf-8")
            print(f"renewed {page.relative_to(ROOT)}")
    readme_picture.main()


def renewed(text: str) -> str:
    """Return a page with the answers that its commands give now."""
    parts: list[str] = []
    end = 0
    with tempfile.TemporaryDirectory(prefix="whoholds-readme-") as name:
        folder = Path(name)
        lay_out(folder)
        for block in BLOCK.finditer(text):
            answers = {item.command: answer(item.command, folder) for item in shown(block["body"]) if item.runs}
            parts.append(text[end : block.start()])
            parts.append(_with_answer(block[0], block["shows"], answers) if block["shows"] else block[0])
            end = block.end()
    return "".join([*parts, text[end:]])


def _with_answer(block: str, wanted: str, answers: dict[str, str]) -> str:
    if len(answers) != 1:
        raise SystemExit(f"a block with chosen lines holds one command:\n{block}")
    ((command, printed),) = answers.items()
    head = block[: block.index("```console")]
    return f"{head}```console\n$ {command}\n{chosen(printed, wanted)}\n```"


def chosen(printed: str, wanted: str) -> str:
    """Return the wanted stretches of a text, with an ellipsis where something is left out."""
    rows = [row.rstrip() for row in printed.strip("\n").splitlines()]
    out: list[str] = []
    at = 0
    for count, words in re.findall(r'(\d+)(?: from "([^"]+)")?', wanted):
        start = next((number for number in range(at, len(rows)) if words in rows[number]), None)
        if start is None:
            raise SystemExit(f"no line holds {words!r} in:\n{printed}")
        out += [ELLIPSIS] * (start > at) + rows[start : start + int(count)]
        at = start + int(count)
    return "\n".join(out + [ELLIPSIS] * (at < len(rows)))


if __name__ == "__main__":
    main()
