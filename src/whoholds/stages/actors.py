"""Finds the sides and actors of a theatre in text: who acts, who speaks, and whose something is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from whoholds.records import Actor, Side, Tenure, Theatre

T = TypeVar("T")

_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
#: A shorter stem would match other words: "Рос" of "Росія" is also in "росте".
_SHORTEST_STEM = 4
_ENDING = re.compile(r"[аеёиіїоуыэюяйь]{1,2}$", re.IGNORECASE)


class MentionKind(StrEnum):
    """What a mention of a side is made of."""

    NOUN = "noun"  # "the Russians", "rebels"
    FORCE = "force"  # "Russian troops"
    ADJECTIVE = "adjective"  # "Russian"
    SPEAKER = "speaker"  # "Moscow"
    ACTOR = "actor"  # "Gerasimov"
    ENEMY = "enemy"  # "the enemy": relative to who speaks
    OURS = "ours"  # "our troops": relative to who speaks


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMention:
    """A side or actor found in a text. ``side`` is None for actors without one and for relative words."""

    start: int
    end: int
    text: str
    kind: MentionKind
    side: str | None = None
    actor: Actor | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SideWords:
    """The words of one language that the sides share: "troops", "the enemy", "ours"."""

    force: re.Pattern[str]
    enemy: re.Pattern[str]
    ours: re.Pattern[str]
    between: re.Pattern[str]  # a word that may stand between "Russian" and "troops"
    joined: re.Pattern[str] = re.compile(r"(?!)")  # a word that a hyphen may join to an adjective: "rebel-held"


class ActorIndex:
    """All aliases of one theatre, compiled for one language."""

    def __init__(self, theatre: Theatre, lang: str, words: SideWords) -> None:
        self.theatre = theatre
        self._sides = {side.code: side for side in theatre.sides}
        self._enemy, self._ours = _whole(words.enemy), _whole(words.ours)
        self._actors = _compile(_aliases(theatre.actors, lang))
        self._offices = _compile(_offices(theatre.actors).items())
        self._nouns = _compile((a, s) for s in theatre.sides for a in _terms(s.nouns, lang) + _terms(s.epithets, lang))
        self._speakers = _compile((a, s) for s in theatre.sides for a in _terms(s.speakers, lang))
        self._adjectives = _compile(
            ((a, s) for s in theatre.sides for a in _terms(s.adjectives, lang)), words.joined.pattern
        )
        self._force_after = re.compile(
            rf"(?:’s)?\s+(?:(?:{words.between.pattern})\s+){{0,2}}?(?:{words.force.pattern})(?!\w)"
        )

    def side(self, code: str | None) -> Side | None:
        """Return a side by its code."""
        return self._sides.get(code) if code else None

    def enemy_of(self, code: str | None) -> str | None:
        """Return the principal enemy of a side: the first side of the theatre that is not it."""
        others = [s.code for s in self.theatre.sides[:2] if s.code != code]
        return others[0] if code and others else None

    def find(self, text: str, on: str | None = None) -> list[ActorMention]:
        """Return the mentions in a text, without overlaps, longest first at one place.

        ``on`` is the publication day (ISO): it says who held an office. Without it an office that several
        people held names nobody.
        """
        found = [
            *self._named(text, on),
            *self._sided(text, self._nouns, MentionKind.NOUN),
            *self._sided(text, self._speakers, MentionKind.SPEAKER),
            *self._adjectival(text),
            *(_relative(text, self._enemy, MentionKind.ENEMY)),
            *(_relative(text, self._ours, MentionKind.OURS)),
        ]
        return _without_overlaps(found)

    def _named(self, text: str, on: str | None) -> Iterable[ActorMention]:
        held = ((s, e, _holder(holders, on)) for s, e, holders in self._offices(text))
        for start, end, actor in (*self._actors(text), *((s, e, a) for s, e, a in held if a is not None)):
            yield ActorMention(
                start=start, end=end, text=text[start:end], kind=MentionKind.ACTOR, side=actor.side, actor=actor
            )

    def _sided(
        self, text: str, search: Callable[[str], Iterator[tuple[int, int, Side]]], kind: MentionKind
    ) -> Iterable[ActorMention]:
        for start, end, side in search(text):
            yield ActorMention(start=start, end=end, text=text[start:end], kind=kind, side=side.code)

    def _adjectival(self, text: str) -> Iterable[ActorMention]:
        for search in (self._adjectives, self._speakers):
            for start, end, side in search(text):
                force = self._force_after.match(text, end)
                kind = MentionKind.FORCE if force else MentionKind.ADJECTIVE
                stop = force.end() if force else end
                if force or search is self._adjectives:
                    yield ActorMention(start=start, end=stop, text=text[start:stop], kind=kind, side=side.code)


def _terms(table: dict[str, tuple[str, ...]], lang: str) -> tuple[str, ...]:
    """Return the terms of a language; every language also reads the English ones (names in Latin script)."""
    return table.get(lang, ()) if lang == "en" else table.get(lang, ()) + table.get("en", ())


def _aliases(actors: Sequence[Actor], lang: str) -> Iterable[tuple[str, Actor]]:
    for actor in actors:
        for alias in dict.fromkeys((actor.name, *_terms(actor.aliases, lang))):
            yield alias, actor
            yield from ((variant, actor) for variant in _spellings(alias))


#: Spellings of one name on two sides of an ocean, and in and out of capitals.
_SPELLINGS = (("Defense Ministry", "Defence Ministry"), ("Defense Ministry", "defence ministry"),
              ("Defense Ministry", "defense ministry"), ("Defence Ministry", "Defense Ministry"),
              ("Defence Ministry", "defence ministry"), ("Defence Ministry", "defense ministry"),
              ("Ministry of Defense", "Ministry of Defence"), ("Ministry of Defense", "ministry of defence"),
              ("General Staff", "general staff"), ("Foreign Ministry", "foreign ministry"))  # fmt: skip


def _spellings(alias: str) -> Iterator[str]:
    return (alias.replace(one, other) for one, other in _SPELLINGS if one in alias)


def _offices(actors: Sequence[Actor]) -> dict[str, tuple[tuple[Tenure, Actor], ...]]:
    """Return each office with those who hold or held it."""
    found: dict[str, tuple[tuple[Tenure, Actor], ...]] = {}
    for actor in actors:
        for tenure in actor.offices:
            found[tenure.alias] = (*found.get(tenure.alias, ()), (tenure, actor))
    return found


def _holder(holders: Sequence[tuple[Tenure, Actor]], on: str | None) -> Actor | None:
    """Return who held an office on a day; without a day, the only one who ever did."""
    if on is None:
        return holders[0][1] if len({a.id for _, a in holders}) == 1 else None
    return next((a for t, a in holders if (t.start or "") <= on and (t.end is None or on < t.end)), None)


def _compile(entries: Iterable[tuple[str, T]], joined: str = "(?!)") -> Callable[[str], Iterator[tuple[int, int, T]]]:
    """Return a search for many expressions at once, longest first.

    Expressions are kept by the first letters they begin with, so that each word of a text is tried against few
    of them. A match is led back to its entry by the folded text, or by trying the inflected ones.
    """
    owners: dict[str, T] = {}
    inflected: list[tuple[re.Pattern[str], T]] = []
    sources: dict[str, dict[str, int]] = {}
    for alias, owner in entries:
        alias = fold_apostrophes(alias.strip())
        if not alias:
            continue
        source = expression(alias)
        sources.setdefault(alias[:_KEY].casefold(), {}).setdefault(source, len(alias))
        if _CYRILLIC.search(alias):
            inflected.append((re.compile(source, re.IGNORECASE), owner))
        owners.setdefault(alias.casefold(), owner)
    after = rf"(?!\w|-(?!(?:{joined})(?!\w)))"
    buckets = {key: _alternation(found, after) for key, found in sources.items()}

    def search(text: str) -> Iterator[tuple[int, int, T]]:
        free = 0
        for word in _WORD_START.finditer(text):
            if word.start() < free:
                continue
            match = _longest(buckets, text, word.start())
            if match is None:
                continue
            free = match.end()
            owner = owners.get(match.group().casefold())
            if owner is None:
                owner = next((o for p, o in inflected if p.fullmatch(match.group())), None)
            if owner is not None:
                yield match.start(), match.end(), owner

    return search


_WORD_START = re.compile(r"(?<![\w-])\S")
#: Letters by which expressions are kept: shorter than any stem, so that inflection does not change them.
_KEY = 3


def _alternation(sources: dict[str, int], after: str) -> re.Pattern[str]:
    ordered = sorted(sources, key=lambda x: -sources[x])
    return re.compile(rf"(?:{'|'.join(ordered)}){after}")


def _longest(buckets: Mapping[str, re.Pattern[str]], text: str, at: int) -> re.Match[str] | None:
    """Return the longest match that begins at a place, among the expressions of its first letters."""
    found = None
    for length in range(_KEY, 0, -1):
        pattern = buckets.get(text[at : at + length].casefold())
        match = pattern.match(text, at) if pattern else None
        if match and (found is None or match.end() > found.end()):
            found = match
    return found


def fold_apostrophes(text: str) -> str:
    """Write every apostrophe as ’, so that patterns need one form. Keeps the length."""
    return text.translate(_APOSTROPHES)


_APOSTROPHES = str.maketrans({"'": "’", "ʼ": "’", "`": "’", "‘": "’"})


def expression(alias: str) -> str:
    """Return the pattern of one alias.

    A Cyrillic word of five letters or more loses its case ending and takes any; shorter ones and
    abbreviations stay. A Latin expression is matched as written, its first letter in either case where it
    is a common noun (lower case in the data).
    """
    words = [_word(w) for w in re.split(r"(\s+)", alias)]
    return "".join(words)


def _word(word: str) -> str:
    if word.isspace():
        return r"\s+"
    if not _CYRILLIC.search(word):
        first = word[0]
        lead = f"[{first.upper()}{first}]" if first.islower() else re.escape(first)
        return lead + re.escape(word[1:])
    if len(word) < 5 or word.isupper():
        return re.escape(word)
    stem = _ENDING.sub("", word)
    stem = stem if len(stem) >= _SHORTEST_STEM else word
    first = f"[{stem[0].upper()}{stem[0].lower()}]"
    return first + re.escape(stem[1:]) + r"\w{0,4}"


def _whole(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """Compile a pattern so that it finds whole words only."""
    return re.compile(rf"(?<!\w)(?:{pattern.pattern})(?!\w)")


def _relative(text: str, pattern: re.Pattern[str], kind: MentionKind) -> Iterable[ActorMention]:
    for match in pattern.finditer(text):
        yield ActorMention(start=match.start(), end=match.end(), text=match.group(), kind=kind)


def _without_overlaps(found: Iterable[ActorMention]) -> list[ActorMention]:
    """Keep the longest of overlapping mentions; a named actor wins over a side word of the same length."""
    order = {MentionKind.ACTOR: 0, MentionKind.FORCE: 1, MentionKind.NOUN: 2}
    kept: list[ActorMention] = []
    for mention in sorted(found, key=lambda m: (-(m.end - m.start), order.get(m.kind, 3), m.start)):
        if all(mention.end <= k.start or mention.start >= k.end for k in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)
