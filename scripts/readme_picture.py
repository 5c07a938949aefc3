"""Draws the README's picture: the head of what ``whoholds ask`` prints on a terminal, over the sample, as SVG."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "src" / "whoholds" / "data" / "sample" / "reports.jsonl"
PICTURE = ROOT / "docs" / "img" / "answer.svg"
QUESTION = ["ask", "Pokrovsk", "--as-of", "2025-12-02", "--ledger", "war.db"]
COLUMNS = 108

#: The picture ends before this heading: the sentences behind the answer are shown further down the page.
END = "\nFor "

#: The picture loads nothing: the reader's own monospaced font draws it.
SELF_CONTAINED = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)


def main() -> None:
    """Read the sample, ask, and write what was printed as a picture."""
    with tempfile.TemporaryDirectory(prefix="whoholds-picture-") as folder:
        whoholds(["read", str(SAMPLE), "--ledger", "war.db"], folder)
        answer = whoholds(QUESTION, folder)
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=COLUMNS, file=nowhere, force_terminal=True, color_system="truecolor")
        console.print(head(Text.from_ansi(answer)))
        svg = console.export_svg(
            title=f"whoholds {' '.join(QUESTION)}", code_format=SELF_CONTAINED, unique_id="whoholds"
        )
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(svg, encoding="utf-8")
    print(f"wrote {PICTURE.relative_to(ROOT)}")


def head(answer: Text) -> Text:
    """Return an answer up to the sentences behind it."""
    end = answer.plain.find(END)
    return Text.assemble(answer[:end], "…") if end >= 0 else answer


def whoholds(arguments: list[str], folder: str) -> str:
    """Run a command as on a colour terminal and return what it prints."""
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    environment |= {"FORCE_COLOR": "1", "TERM": "xterm-256color", "COLUMNS": str(COLUMNS)}
    command = [sys.executable, "-c", "from whoholds.cli import main; main()", *arguments]
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return ran.stdout


if __name__ == "__main__":
    main()
