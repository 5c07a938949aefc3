"""Keys of place names: one key for all romanisations, scripts and cases of one name. Pure.

A key holds what every usual spelling of a name keeps: Костянтинівка, Kostiantynivka and Kostyantynivka have one key.
It does not join different words: Konstantinovka (Russian) has its own key and reaches the town through the gazetteer.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice, product

__all__ = ["area_key", "is_cyrillic", "key", "only_oblique", "stems"]

# --- data -----------------------------------------------------------------------------------------------------------

_LETTERS = str.maketrans(
    # Cyrillic, after NFKD (so that й, ї, ё arrive as и, і, е), to the letters of a key
    dict(zip("абвгґдезийіклмнопрстуфыэє", "abvggdeziiiklmnoprstufiee", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia", "ь": "", "ъ": ""}
    # Latin letters that stand for one sound in romanisations of these languages, and those NFKD leaves whole
    | {"y": "i", "j": "i", "w": "v", "x": "ks", "ł": "l", "đ": "d", "ø": "o", "ı": "i", "ə": "a", "æ": "e"}
)
_DROPPED = re.compile(r"['’‘ʼʹʺ′″`´\"“”ʻʾʿˈ]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_WORD = re.compile(r"[^\W_]+")

_REWRITES = (
    (re.compile(r"gh"), "g"),
    (re.compile(r"ah$"), "a"),  # the silent Arabic ending: Hamah, Babanusah
    (re.compile(r"(?<![kzsc])h"), "g"),  # Hryshyne, Grishine: г is romanised both ways
    (re.compile(r"tz"), "ts"),
    (re.compile(r"i[eo]"), "e"),  # Avdeyevka, Avdeevka; Artyomovsk, Artemovsk
    (re.compile(r"(shch|kh|zh|sh|ch|ts|[^\W\d_])\1+"), r"\1"),  # Dobropillia, Dobropilia; Avdiivka, Avdivka
)

# Endings of oblique cases (as they look in a key) and the nominative endings that they can come from, likeliest first.
_ENDINGS: dict[str, tuple[str, ...]] = {
    "a": ("", "o", "e"),
    "ia": ("", "e"),
    "u": ("", "a", "o", "e"),
    "iu": ("", "ia", "e"),
    "om": ("", "o", "e", "oe", "i"),
    "em": ("", "e", "ia", "i"),
    "i": ("a", "ia", "", "o", "e"),
    "e": ("", "a", "ia", "o"),
    "ovi": ("", "o"),
    "evi": ("", "e"),
    "oiu": ("a", "aia"),
    "eiu": ("ia", "a"),
    "uiu": ("aia",),
    "oi": ("a", "aia"),
    "ei": ("ia", "a", "aia"),
    "ogo": ("e", "oe", "i", "", "oi"),
    "ego": ("e", "i"),
    "omu": ("e", "oe", "i", "", "oi"),
    "emu": ("e", "i"),
    "im": ("e", "oe", "i", "", "oi"),
    "ikh": ("i", "e"),
    "imi": ("i", "e"),
    "iv": ("i",),
    "ov": ("i",),
    "am": ("i",),
    "iam": ("i", "ia"),
    "ami": ("i",),
    "iami": ("i",),
    "akh": ("i",),
    "iakh": ("i",),
    "": ("i",),
}
_BY_LENGTH = tuple(sorted(_ENDINGS.items(), key=lambda item: -len(item[0])))
_SOFTENED = {"ts": "k", "z": "g", "s": "kh"}  # before the -i of the dative and locative: Костянтинівці
_ADJECTIVAL = re.compile(r"[sz]k$")  # -ське declines as an adjective, never as a noun: Покровську is no Покровське
_NOUN_CASES = frozenset({"a", "ia", "u", "iu", "i", "e", "em", "ovi", "evi"})
_CLOSED = re.compile(r"[oe](?=(?:kh|zh|sh|ch|ts|[bdfgklmnprstvz])$)")  # Харкова, Харків; Рогу, Ріг
_FLEETING = re.compile(r"(?<=[bdfgklmnprtvz])(?=(?:ts|k|l|r|n)$)")  # Городка, Городок; Борця, Борець
# Words that go with the bare name of an area.
_AREA_WORDS = ("oblast", "region", "state", "province", "governorate", "district", "raion", "county", "division")
_ONLY_OBLIQUE = re.compile(r"[сц]ке$")
_VOWELS = frozenset("aeiou")
_LEAST = 2  # letters of a stem
_MOST = 256  # candidates returned


# --- keys -----------------------------------------------------------------------------------------------------------


def is_cyrillic(name: str) -> bool:
    """Say whether the name holds a Cyrillic letter."""
    return _CYRILLIC.search(name) is not None


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """Return the romanisation-insensitive key of a name: lower-case words joined by one space, or "".

    ``key(key(name)) == key(name)``. Scripts other than Latin and Cyrillic are only folded.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold()).casefold()
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    words = _WORD.findall(_DROPPED.sub("", plain.translate(_LETTERS)))
    return " ".join(filter(None, map(_collapse, words)))


@lru_cache(maxsize=16384)
def area_key(name: str) -> str:
    """Return the key of an area's bare name: "Donetsk", "Donetsk Oblast" and "Donetsk region" have one."""
    words = key(name).split()
    generic = set(map(key, _AREA_WORDS))
    return " ".join(word for word in words if word not in generic) or " ".join(words)


def _collapse(word: str) -> str:
    """Apply the rewrites until nothing changes (each shortens the word or removes an h)."""
    before = ""
    while before != word:
        before = word
        for pattern, replacement in _REWRITES:
            word = pattern.sub(replacement, word)
    return word


# --- cases ----------------------------------------------------------------------------------------------------------


def only_oblique(name: str) -> bool:
    """Say whether a Cyrillic spelling can only be an oblique case, though its key looks like a nominative.

    Russian "в Покровске" has the key of the Ukrainian town Покровське; the missing soft sign tells them apart.
    """
    return _ONLY_OBLIQUE.search(name.casefold()) is not None


@lru_cache(maxsize=16384)
def stems(name: str) -> tuple[str, ...]:
    """Return the keys of the nominatives that a Cyrillic form in any case can come from, likeliest first.

    Ukrainian and Russian endings are undone word by word; names in other scripts give ``()``. Most candidates are
    no words at all: only those that a gazetteer holds mean anything, and an exact key always goes before them.
    """
    words = key(name).split()
    if not words or not is_cyrillic(name):
        return ()
    whole = " ".join(words)
    choices = [list(dict.fromkeys(_nominatives(word))) for word in words]
    if len(choices) == 1:
        choices[0].remove(whole)
    found = (" ".join(parts) for parts in product(*choices))
    return tuple(islice((form for form in dict.fromkeys(found) if form != whole), _MOST))


def _nominatives(word: str) -> list[str]:
    """Return a word and the nominatives it can be a case of."""
    forms = [word]
    for ending, nominatives in _BY_LENGTH:
        stem = word.removesuffix(ending)
        if not word.endswith(ending) or len(stem) < _LEAST or (not ending and word[-1] in _VOWELS):
            continue
        for nominative in nominatives:
            forms.extend(_collapse(form) for form in _with_ending(stem, ending, nominative))
    return forms


def _with_ending(stem: str, ending: str, nominative: str) -> list[str]:
    """Return the nominatives of one stem, with the alternations that its ending allows."""
    if nominative in {"o", "e"} and ending in _NOUN_CASES and _ADJECTIVAL.search(stem):
        return []
    if nominative == "":
        return [stem, *_closed(stem)]
    hard = next((stem.removesuffix(soft) + k for soft, k in _SOFTENED.items() if stem.endswith(soft)), None)
    if ending == "i" and nominative == "a" and hard is not None:
        return [hard + nominative, stem + nominative]
    return [stem + nominative]


def _closed(stem: str) -> list[str]:
    """Return the nominatives without an ending whose last vowel differs from the oblique cases."""
    forms = [_CLOSED.sub("i", stem)] if _CLOSED.search(stem) else []
    if _FLEETING.search(stem):
        forms += [_FLEETING.sub(vowel, stem) for vowel in ("o", "e")]
    return forms
