"""Write requirements/*.txt: the exact versions of what this environment has installed.

Each lock is the closure of one list in pyproject.toml, less what ``runtime.txt`` holds already. Install the
versions you want first (``.venv/bin/pip install -U ...``), run ``make test``, then ``make lock``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent

HEADS = {
    "runtime": "What Whoholds runs on: the exact versions of its dependencies and of what they need.",
    "dev": "What the checks of 'make test' need beside runtime.txt.",
    "build": "What rebuilding the gazetteers ('make gazetteer') needs beside runtime.txt. Users do not need it.",
}


def closure(requirements: Iterable[str]) -> dict[str, str]:
    """Return ``{normalised name: "Name==version"}`` of the installed packages that these pull in."""
    pins: dict[str, str] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [Requirement(text) for text in requirements]
    while waiting:
        wanted = waiting.pop()
        key = (normalised(wanted.name), frozenset(wanted.extras))
        if key in seen:
            continue
        seen.add(key)
        installed = distribution(wanted.name)
        pins[key[0]] = f"{installed.metadata['Name']}=={installed.version}"
        waiting += _applicable(installed.requires or [], wanted.extras)
    return pins


def _applicable(requirements: Iterable[str], extras: Iterable[str]) -> list[Requirement]:
    parsed = [Requirement(text) for text in requirements]
    environments = [{"extra": extra} for extra in [*extras, ""]]
    return [item for item in parsed if item.marker is None or any(map(item.marker.evaluate, environments))]


def normalised(name: str) -> str:
    """Return a package name in the form that compares (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> None:
    """Write the three locks."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        "runtime": project["project"]["dependencies"],
        "dev": project["dependency-groups"]["dev"],
        "build": project["project"]["optional-dependencies"]["build"],
    }
    runtime = closure(wanted["runtime"])
    for name, requirements in wanted.items():
        pins = {k: v for k, v in closure(requirements).items() if name == "runtime" or k not in runtime}
        lines = [f"# {HEADS[name]}", "# Written by 'make lock'.", *(pins[key] for key in sorted(pins))]
        (ROOT / "requirements" / f"{name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"requirements/{name}.txt: {len(pins)} packages")


if __name__ == "__main__":
    main()
