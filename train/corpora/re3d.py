"""re3d: people, organisations, places, dates and quantities in reports on the war in Syria and Iraq.

What: JSON lines of documents and of entities with offsets. Of the crowd's verdicts those held likelier than not are
kept. Pronouns and unnamed mentions (`civilians`, `his government`) are left out and leading articles cut, so that the
labels mean what they mean in the newswire corpus; dates and quantities stay as they are.
Why: the nearest public text to ours. Facilities are annotated as places here.
Source: Dstl, https://github.com/dstl/re3d. Licences by folder: OGL v3 (UK), public domain (US), CC BY (Australia),
CC BY-SA (Wikipedia), EU notice.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from train.corpora import Example, Labelled, bare, flat, in_split, tidy

NAME = "re3d"
ARCHIVES = ("re3d.tar.gz",)
LABELS = {
    "Person": "person",
    "Organisation": "organisation",
    "Location": "place",
    "Coordinate": "place",
    "Temporal": "date",
    "Quantity": "quantity",
}
NAMED = ("person", "organisation", "place")
PRONOUNS = frozenset(
    [
        *("i", "me", "my", "mine", "we", "us", "our", "ours", "he", "him", "his", "she", "her", "it", "its", "they"),
        *("them", "their", "theirs", "who", "whose", "you", "your"),
    ]
)
LIKELY = 0.5


def lines_of(path: Path) -> Iterator[dict[str, Any]]:
    """Read a file of JSON lines."""
    for line in path.read_text(encoding="utf-8-sig").split("\n"):
        if line.strip():
            yield json.loads(line)


def is_named(words: str) -> bool:
    """Tell whether a mention holds a name: a capital letter that is not a pronoun's."""
    return any(word[:1].isupper() and word.casefold() not in PRONOUNS for word in words.split())


def mention_of(entity: dict[str, Any], text: str) -> Labelled | None:
    """Give the mention of one entity, or None where it is unlikely, of another class or unnamed."""
    label = LABELS.get(entity["type"])
    if label is None or entity["confidence"] < LIKELY:
        return None
    trimmed = tidy(text, [(entity["begin"], entity["end"])])
    if not trimmed:
        return None
    start, end = bare(text, *trimmed[0])
    if label in NAMED and not is_named(text[start:end]):
        return None
    return (start, end, label)


def examples(folder: Path, split: str) -> Iterator[Example]:
    """Give one example per document; there are no official parts."""
    for part in sorted(path.parent for path in folder.glob("*/documents.json")):
        entities: dict[str, list[dict[str, Any]]] = {}
        for entity in lines_of(part / "entities.json"):
            entities.setdefault(entity["documentId"], []).append(entity)
        for document in lines_of(part / "documents.json"):
            identifier, text = document["_id"], document["text"]
            if in_split(identifier, split):
                found = (mention_of(entity, text) for entity in entities.get(identifier, []))
                yield Example(id=identifier, corpus=NAME, text=text, mentions=flat(item for item in found if item))
