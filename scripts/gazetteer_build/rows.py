"""What every source becomes: places with their names, ready to be written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from whoholds.records import PlaceKind
from whoholds.stages import toponyms

# Rank of a name: today's; official elsewhere, former or colloquial; any spelling; of a row that may be no settlement.
CURRENT, OTHER, VARIANT, DOUBTFUL = 0, 1, 2, 3

_SHORTEST_KEY = 4
_MOST_WORDS = 5
_CODE = re.compile(r"[A-Z]{2,4}$")  # airport codes
_SCRIPTS = {"LATIN": "latin", "CYRILLIC": "cyrillic", "ARABIC": "arabic"}
_ALPHABETS = {
    "uk": re.compile(r"[а-щьюяґєії'’ʼ\- .]+"),
    "ru": re.compile(r"[а-яё\- .]+"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRow:
    """A name as spelt, its language ("" where the source does not say) and its rank."""

    name: str
    lang: str
    rank: int


@dataclass(slots=True, kw_only=True)
class PlaceRow:
    """A place to be written. ``names`` is filled by :meth:`call`, best rank first."""

    id: str
    name: str
    kind: PlaceKind
    lat: float | None
    lon: float | None
    country: str
    region: str | None = None
    district: str | None = None
    population: int | None = None
    wikidata: str | None = None
    source: str
    names: dict[tuple[str, str], NameRow] = field(default_factory=dict)

    def call(self, names: Iterable[str], lang: str, rank: int) -> None:
        """Add names; one is kept for each key and script, the best ranked."""
        for name in names:
            spelt = tidy(name)
            slot = (toponyms.key(spelt), script(spelt))
            known = self.names.get(slot)
            if slot[0] and (known is None or rank < known.rank):
                self.names[slot] = NameRow(name=spelt, lang=lang, rank=rank)


def tidy(name: str) -> str:
    """Return a name with one kind of apostrophe and plain spaces."""
    return re.sub(r"\s+", " ", re.sub(r"[ʼ‘`´]", "’", name)).strip()


def script(name: str) -> str:
    """Return the script of the first letter: latin, cyrillic, arabic or other."""
    letter = next((c for c in name if c.isalpha()), "")
    return _SCRIPTS.get(unicodedata.name(letter, "?").split()[0], "other") if letter else "other"


def in_alphabet(name: str, lang: str) -> bool:
    """Say whether a Cyrillic name uses only letters of Ukrainian or Russian."""
    return script(name) == "cyrillic" and _ALPHABETS[lang].fullmatch(name.casefold()) is not None


def usable(name: str, scripts: frozenset[str]) -> bool:
    """Say whether an alternate name can stand in a report.

    Left out: airport codes, transliterations of other scripts (GeoNames writes them in lower case), phrases, and
    keys so short that they would match anything.
    """
    letter = next((c for c in name if c.isalpha()), "")
    if not letter or script(name) not in scripts or _CODE.fullmatch(name):
        return False
    if letter.islower() and not name.startswith(("al-", "el-", "ash-", "as-", "ad-", "ar-")):
        return False
    words = toponyms.key(name)
    return len(words) >= _SHORTEST_KEY and len(words.split()) <= _MOST_WORDS


def plain(name: str) -> str:
    """Return a Latin name without diacritics and apostrophes, as newspapers print it."""
    letters = name.translate(str.maketrans("əƏıłŁ", "aAilL"))
    folded = unicodedata.normalize("NFKD", letters)
    kept = "".join(c for c in folded if not unicodedata.combining(c))
    return re.sub(r"['’‘ʼ`´ʻ“”\"]", "", kept).strip()
