"""PolNeAR: who said what, by which word, in US political news.

What: brat stand-off files; text-bound lines (T) hold discontinuous spans, event lines (E) link them.
Why: the largest and most complete corpus of source, cue and content. It does not nest and gives no stance.
Source: Newell, Margolin and Ruths 2018, https://github.com/networkdynamics/PolNeAR.
Licence: none stated, so it is only trained on.

Some articles were annotated by several people. One annotation is taken, that with the most attributions (a missed
attribution is the commoner error), the first by name where they tie.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from train.corpora import Attribution, Example, Span, tidy

NAME = "polnear"
ARCHIVES = ("polnear.tar.gz",)
ROLES = {"Source": "source", "Cue": "cue", "Content": "content"}


def spans_of(place: str) -> list[Span]:
    """Read brat's offsets, e.g. `2103 2168;2170 2425`."""
    pairs = (piece.split() for piece in place.split(";"))
    return [(int(start), int(end)) for start, end in pairs]


def attributions_of(annotation: str, text: str) -> tuple[Attribution, ...]:
    """Read the attributions of one brat file."""
    bound: dict[str, list[Span]] = {}
    events: list[str] = []
    for line in annotation.split("\n"):
        fields = line.rstrip("\r").split("\t")
        if line.startswith("T") and len(fields) > 1 and fields[0][1:].isdigit():
            bound[fields[0]] = spans_of(fields[1].split(" ", 1)[1])
        elif line.startswith("E") and len(fields) > 1 and fields[1].startswith("Attribution"):
            events.append(fields[1])
    found: list[Attribution] = []
    for event in events:
        roles: dict[str, list[Span]] = {role: [] for role in ROLES.values()}
        for argument in event.split()[1:]:
            name, _, target = argument.partition(":")
            role = ROLES.get(name.rstrip("0123456789"))
            if role and target in bound:
                roles[role].extend(bound[target])
        item = Attribution(tidy(text, roles["source"]), tidy(text, roles["cue"]), tidy(text, roles["content"]))
        if item.cue or item.content:
            found.append(item)
    return tuple(sorted(found, key=lambda item: (item.source + item.cue + item.content)[0]))


def examples(folder: Path, split: str) -> Iterator[Example]:
    """Give one example per article of the official part `split`."""
    annotations: dict[str, list[Path]] = {}
    for path in sorted((folder / "data" / split / "attributions").glob("*.ann")):
        annotations.setdefault(path.stem.rpartition("_")[0], []).append(path)
    for path in sorted((folder / "data" / split / "text").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        versions = [attributions_of(each.read_bytes().decode("utf-8"), text) for each in annotations.get(path.stem, [])]
        if versions:
            yield Example(id=path.stem, corpus=NAME, text=text, attributions=max(versions, key=len))
