"""A tagger and readers made up for tests of reading: small, and picklable for worker processes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from ledger_rows import document, rejection, understanding
from whoholds.app.inputs import reject
from whoholds.app.settings import Settings
from whoholds.app.workspace import Workspace
from whoholds.records import Document, Rejection, Understanding


class FirstSentenceTagger:
    """Claims the first sentence; breaks on "boom", quotes wrongly on "liar", is interrupted on "stop"."""

    name = "first-sentence"
    version = "1"

    def understand(self, doc: Document) -> Understanding:
        if "boom" in doc.text:
            raise ValueError("a pattern\nbroke")
        if "stop" in doc.text:
            raise KeyboardInterrupt
        reading = understanding(doc)
        if "liar" in doc.text:
            reading = replace(reading, claims=(replace(reading.claims[0], quote="something else"),))
        return reading


class TextReader:
    """Reads ``.txt``: the whole file is the text."""

    name = "text"

    def accepts(self, path: Path, head: bytes) -> bool:
        return path.suffix == ".txt"

    def read(self, path: Path) -> Iterator[Document | Rejection]:
        text = path.read_text(encoding="utf-8")
        if not text:
            yield reject(path, "empty-file", "the file is empty", "save it again")
            return
        yield replace(document(path.stem, text, published=None), origin_path=str(path))


class LinesReader:
    """Reads ``.jsonl``: ``id, text, url, published`` on each line."""

    name = "jsonl"

    def accepts(self, path: Path, head: bytes) -> bool:
        return path.suffix == ".jsonl"

    def read(self, path: Path) -> Iterator[Document | Rejection]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                row = json.loads(line)
            except ValueError:
                yield rejection(f"{path}:{number}")
                continue
            yield replace(
                document(row["id"], row["text"], row.get("url"), row.get("published")), origin_path=f"{path}:{number}"
            )


class BrokenReader(TextReader):
    """Gives one document and breaks."""

    def read(self, path: Path) -> Iterator[Document | Rejection]:
        yield from super().read(path)
        raise RuntimeError("unexpected")


def workspace(ledger: Path, **settings: object) -> Workspace:
    made: Callable[..., Settings] = Settings
    return Workspace(
        made(ledger=ledger, **settings),
        theatres=(),
        gazetteers={},
        tagger=FirstSentenceTagger(),
        readers=(TextReader(), LinesReader()),
    )
