"""Worldwide newswire: named entities in news of Asia, Africa, Latin America, the Middle East and Oceania.

What: a token and its BIO labels per line; a second column of labels nests in the first. The tokens are laid over the
original article, so that the text is the page as it was read. Miscellaneous, money, product, nationality are dropped.
Why: names far from the usual Western newswire. Amounts are not annotated.
Source: Shan et al. 2023, https://arxiv.org/abs/2404.13465, stanfordnlp/en-worldwide-newswire. Licence: none stated.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from train.corpora import Example, Labelled, Span, flat, in_split

NAME = "newswire"
ARCHIVES = ("worldwide_newswire.tar.gz",)
LABELS = {
    "Person": "person",
    "Organization": "organisation",
    "Location": "place",
    "Facility": "facility",
    "Date": "date",
}
SLACK = 4
LOST = 0.02


def rows_of(table: str) -> list[list[str]]:
    """Read the tokens and their labels; blank lines part paragraphs and are passed over."""
    rows = (line.split() for line in table.splitlines())
    return [row for row in rows if len(row) > 1]


def align(tokens: list[str], text: str) -> list[Span | None]:
    """Lay the tokens over the text in order; a token that is spelt otherwise there gets None."""
    places: list[Span | None] = []
    cursor, room = 0, SLACK
    for token in tokens:
        while cursor < len(text) and text[cursor].isspace():
            cursor += 1
        start = text.find(token, cursor, cursor + room + len(token))
        if start < 0:
            places.append(None)
            room += len(token) + SLACK
            continue
        cursor, room = start + len(token), SLACK
        places.append((start, cursor))
    return places


def rebuilt(tokens: list[str]) -> tuple[str, list[Span | None]]:
    """Join the tokens by spaces, where the original article reads otherwise."""
    places: list[Span | None] = []
    cursor = 0
    for token in tokens:
        places.append((cursor, cursor + len(token)))
        cursor += len(token) + 1
    return " ".join(tokens), places


def mentions_of(labels: list[str], places: list[Span | None]) -> list[Labelled]:
    """Gather one column of BIO labels into mentions."""
    found: list[Labelled] = []
    before = "O"
    for label, place in zip(labels, places, strict=True):
        kind = LABELS.get(label[2:])
        goes_on = label.startswith("I-") and before[2:] == label[2:]
        before = label
        if kind is None or place is None:
            continue
        if goes_on and found and found[-1][2] == kind:
            found[-1] = (found[-1][0], place[1], kind)
        else:
            found.append((*place, kind))
    return found


def read(identifier: str, table: str, original: str) -> Example:
    """Make one example of an annotated article and its original."""
    rows = rows_of(table)
    tokens = [row[0] for row in rows]
    text, places = original, align(tokens, original)
    if places.count(None) > LOST * len(tokens):
        text, places = rebuilt(tokens)
    text = text[: max((place[1] for place in places if place), default=0)]
    mentions: list[Labelled] = []
    for column in range(1, max(map(len, rows), default=1)):
        labels = [row[column] if column < len(row) else "O" for row in rows]
        mentions.extend(mentions_of(labels, places))
    return Example(id=identifier, corpus=NAME, text=text, mentions=flat(mentions))


def examples(folder: Path, split: str) -> Iterator[Example]:
    """Give one example per article; there are no official parts."""
    for path in sorted((folder / "processed_annotated").glob("*.tsv")):
        identifier = path.name.removesuffix(".tsv").removesuffix(".txt")
        if in_split(identifier, split):
            original = folder / "original_articles" / f"{identifier}.txt"
            text = original.read_bytes().decode("utf-8", "replace") if original.exists() else ""
            yield read(identifier, path.read_bytes().decode("utf-8", "replace"), text)
