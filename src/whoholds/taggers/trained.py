"""Understanding by the trained reader, with the stages and data of the rules around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from whoholds.ports import Gazetteer
from whoholds.records import Theatre
from whoholds.stages.understanding import Tag
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

    def _tag(self, lang: str) -> Tag | None:
        return self._reader.tag if lang in LANGUAGES else None
