"""Reader of the BioScope mark-up: documents of parts of sentences with cues and scopes inside.

What: the running text (sentences parted by a space, parts by a blank line) and every inner element with its place.
Why: Szeged Uncertainty and BioScope share the mark-up, but for the case of its tags.
Source: BioScope.dtd, Vincze et al. 2008.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

DOCUMENT = re.compile(r"<Document\s.*?</Document>", re.DOTALL)


@dataclass
class Marked:
    """One document, its text and its inner elements as (tag, attributes, start, end)."""

    id: str
    text: str = ""
    marks: list[tuple[str, dict[str, str], int, int]] = field(default_factory=list)

    def add(self, element: ET.Element) -> None:
        """Add an element's text and, but for the sentence itself, its place."""
        start = len(self.text)
        self.text += element.text or ""
        for child in element:
            self.add(child)
            self.text += child.tail or ""
        if element.tag.lower() != "sentence":
            self.marks.append((element.tag.lower(), dict(element.attrib), start, len(self.text)))


def documents(path: Path) -> Iterator[Marked]:
    """Read the whole documents of one file; a file may break off within its last one, which is passed over."""
    for found in DOCUMENT.finditer(path.read_text(encoding="utf-8")):
        element = ET.fromstring(found.group())
        document = Marked(id=(element.findtext("DocID") or "").strip())
        for part in element.iter("DocumentPart"):
            document.text = document.text.rstrip() + ("\n\n" if document.text else "")
            for sentence in part:
                document.add(sentence)
                document.text = document.text.rstrip() + " "
        document.text = document.text.rstrip()
        if document.text:
            yield document
