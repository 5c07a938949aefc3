"""Reader of CoNLL-U: documents with their running text and every word's place in it.

What: words with offsets, heads, features and the MISC column, by sentence and document.
Why: UDS (over UD English EWT) and GUM share the format.
Source: https://universaldependencies.org/format.html.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Word:
    """One syntactic word; `start` and `end` are offsets into the document's text."""

    index: int
    form: str
    lemma: str
    upos: str
    features: str
    head: int
    relation: str
    misc: dict[str, str]
    start: int
    end: int


@dataclass
class Sentence:
    """One sentence, its words keyed by index."""

    id: str
    words: dict[int, Word] = field(default_factory=dict)

    def children(self, head: int) -> list[Word]:
        """Give the words that depend on `head`."""
        return [word for word in self.words.values() if word.head == head]

    def subtree(self, head: int) -> list[Word]:
        """Give `head` and all that depends on it, in order of text."""
        found, todo = {head}, [head]
        while todo:
            for child in self.children(todo.pop()):
                if child.index not in found:
                    found.add(child.index)
                    todo.append(child.index)
        return [self.words[index] for index in sorted(found)]


@dataclass
class Document:
    """One document, its text being the sentences' with paragraphs parted by blank lines."""

    id: str
    text: str = ""
    sentences: list[Sentence] = field(default_factory=list)

    def begin(self, identifier: str, paragraph: bool) -> None:
        """Begin a sentence."""
        if self.text:
            self.text = self.text.rstrip() + ("\n\n" if paragraph else " ")
        self.sentences.append(Sentence(identifier))

    def add(self, columns: list[str], surface: str, start: int) -> None:
        """Add a word at `start`, where the token it belongs to reads `surface`."""
        place = (start, start + len(surface))
        misc = dict(pair.split("=", 1) for pair in columns[9].split("|") if "=" in pair)
        index, head = int(columns[0]), int(columns[6]) if columns[6].isdigit() else 0
        word = Word(index, columns[1], columns[2], columns[3], columns[5], head, columns[7], misc, *place)
        self.sentences[-1].words[index] = word


def pieces(surface: str, forms: list[str]) -> list[tuple[int, str]]:
    """Share a token's surface among its words where they concatenate to it; else each word has all of it."""
    if "".join(forms) != surface:
        return [(0, surface)] * len(forms)
    found, cursor = [], 0
    for form in forms:
        found.append((cursor, form))
        cursor += len(form)
    return found


def add_sentence(document: Document, rows: list[list[str]]) -> None:
    """Add a sentence's tokens to the document's text, and its words."""
    at = 0
    while at < len(rows):
        row = rows[at]
        at += 1
        if "." in row[0]:
            continue
        words = [row]
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            words = rows[at : at + last - first + 1]
            at += len(words)
        start = len(document.text)
        shares = pieces(row[1], [word[1] for word in words])
        for word, (shift, share) in zip(words, shares, strict=True):
            document.add(word, share, start + shift)
        document.text += row[1] + ("" if "SpaceAfter=No" in row[9] else " ")


def documents(path: Path) -> Iterator[Document]:
    """Read the documents of a CoNLL-U file."""
    document: Document | None = None
    name, paragraph = "", False
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.split("\n") if line]
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        for line in lines:
            if line.startswith("# newdoc id = "):
                if document:
                    yield document
                document = Document(line.partition(" = ")[2].strip())
            elif line.startswith("# sent_id = "):
                name = line.partition(" = ")[2].strip()
            paragraph = paragraph or line.startswith("# newpar")
        if document and rows:
            document.begin(name, paragraph)
            add_sentence(document, rows)
            paragraph = False
    if document:
        yield document
