"""Understanding by the trained reader, with the stages and data of the rules around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from whoholds.ports import Gazetteer
from whoholds.records import Document, Theatre, Understanding
from whoholds.stages.understanding import understand
from whoholds.taggers.reader import Reader, shipped_reader
from whoholds.taggers.rules import RulesTagger

#: Languages that the shipped weights read; the others are read by rules.
LANGUAGES = frozenset({"en"})


class TrainedTagger(RulesTagger):
    """Understands documents with the trained reader where it knows the language, else by rules."""

    name = "trained"

    def __init__(
        self, theatres: Sequence[Theatre], gazetteers: Mapping[str, Gazetteer], reader: Reader | None = None
    ) -> None:
        super().__init__(theatres, gazetteers)
        self._reader = reader or shipped_reader()

    def understand(self, document: Document) -> Understanding:
        """Return the claims of one document, read under the theatre that fits it best."""
        lang = document.lang or "en"
        theatre = self._theatre(document, lang)
        if theatre is None or lang not in LANGUAGES:
            return super().understand(document)
        return understand(document, self.reading(theatre, lang), self._reader.tag)
