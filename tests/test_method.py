"""docs/method.md tells the rules of evidence as they are."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
BOOK: dict[str, Any] = tomllib.loads((ROOT / "src/whoholds/data/evidence/rules.toml").read_text(encoding="utf-8"))
STATES = {"x": "that side"}


def rows() -> list[str]:
    rules = [
        f"| `{rule['id']}` | {rule['sentence']} | {STATES.get(rule['state'], rule['state'])} "
        f"| {rule.get('tier', 'as it was')} |"
        for rule in BOOK["rule"]
    ]
    return rules + [f"| `{name}` | {sentence} |" for name, sentence in BOOK["background"].items()]


@pytest.fixture(scope="module")
def page() -> str:
    return (ROOT / "docs" / "method.md").read_text(encoding="utf-8")


def test_the_page_has_every_rule_in_the_order_in_which_they_are_tried(page: str) -> None:
    shown = [line for line in page.splitlines() if line.startswith("| `")]
    assert shown == rows(), "docs/method.md is out of step; its tables should be:\n" + "\n".join(rows())


def test_the_page_gives_the_days_of_the_table(page: str) -> None:
    assert f"not more than {BOOK['reply_days']} days" in page.replace("\n", " ")
    assert f"of the last {BOOK['standing_days']} days" in page
    assert BOOK["history_days"] == 21, "the page says three weeks"
    assert BOOK["occasion_days"] == 2, "the page says two days"
