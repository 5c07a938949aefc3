"""Understanding by rules: lexicons and the pure stages. The honest baseline that trained models must beat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from whoholds.ports import Gazetteer
from whoholds.records import Document, Place, PlaceName, Theatre, Understanding
from whoholds.stages.actors import ActorIndex, MentionKind, SideWords, fold_apostrophes
from whoholds.stages.page import Reading
from whoholds.stages.understanding import Tag, understand
from whoholds.taggers.lexicons import load_lexicon

#: How much a mention tells of the theatre: a named actor or a force more than a bare adjective.
_WEIGHTS = {MentionKind.ACTOR: 2, MentionKind.FORCE: 2, MentionKind.NOUN: 1, MentionKind.SPEAKER: 2,
            MentionKind.ADJECTIVE: 1}  # fmt: skip
#: A place of this many people is hardly another theatre's village of the same name.
_TOWN = 2000
#: One theatre is named this many times as much as the next, or towns are counted too, this much each.
_CLEARLY, _A_TOWN = 1.5, 2.0
_NAMES = 200  # capitalised words that are looked up
_CAPITALISED = re.compile(r"[A-ZА-ЯІЇЄҐ][\w’-]{3,}")
_LEAD = 3000  # characters that decide the theatre
_HEAD = 1500  # characters in which the principal sides count once more


class RulesTagger:
    """Understands documents with the lexicons of their language and the theatre they are about."""

    name = "rules"

    def __init__(self, theatres: Sequence[Theatre], gazetteers: Mapping[str, Gazetteer]) -> None:
        self.theatres = tuple(theatres)
        self._gazetteers = dict(gazetteers)
        self._readings: dict[tuple[str, str], Reading] = {}

    def understand(self, document: Document) -> Understanding:
        """Return the claims of one document, read under the theatre that fits it best."""
        lang = document.lang or "en"
        theatre = self._theatre(document, lang)
        if theatre is None:
            return Understanding(document=document.id, claims=(), relays=(), theatres=(), warnings=("no-theatre",))
        return understand(document, self.reading(theatre, lang), self._tag(lang))

    def _tag(self, lang: str) -> Tag | None:
        """Return what finds the words of a language; None: the lexicon does."""
        return None

    def reading(self, theatre: Theatre, lang: str) -> Reading:
        """Return what the stages need for a theatre and language; made once."""
        key = (theatre.id, lang)
        if key not in self._readings:
            self._readings[key] = self._make(theatre, lang)
        return self._readings[key]

    def _make(self, theatre: Theatre, lang: str) -> Reading:
        lexicon = load_lexicon(lang, _adjectives(theatre, lang))
        patterns = lexicon.grammar.patterns
        words = SideWords(
            force=patterns["force_noun"],
            enemy=patterns["enemy"],
            ours=patterns["ours"],
            between=patterns["between"],
            joined=patterns["joined_adjective"],
        )
        gazetteer = self._gazetteers[theatre.id]
        renamed = {k.casefold(): v for k, v in theatre.renamed.items()}
        barred = {n.casefold() for n in theatre.not_places}

        def lookup(name: str) -> PlaceName | None:
            folded = name.casefold()
            if folded in barred or patterns["common_word"].fullmatch(folded):
                return None
            if folded in renamed:
                place = gazetteer.place(renamed[folded])
                return PlaceName(name=name, match="exact", places=(place,)) if place else None
            return gazetteer.lookup(name)

        return Reading(
            theatre=theatre,
            index=ActorIndex(theatre, lexicon.lang, words),
            lexicon=lexicon,
            lookup=lookup,
            holder=_initial_holder(theatre),
        )

    def _theatre(self, document: Document, lang: str) -> Theatre | None:
        """The theatre whose own sides and actors, not shared with others, are named most."""
        if len(self.theatres) == 1:
            return self.theatres[0]
        text = fold_apostrophes(f"{document.title or ''}\n{document.text[:_LEAD]}")
        scores = {t.id: self._score(t, lang, text) for t in self.theatres}
        first, second = sorted(scores.values(), reverse=True)[:2]
        if first and first >= _CLEARLY * second:
            return max(self.theatres, key=lambda t: scores[t.id])
        places = {t.id: self._known_places(t, lang, text) for t in self.theatres}
        if first:  # sides that several theatres share ("American", "Russian"): the towns decide
            return max(self.theatres, key=lambda t: scores[t.id] + _A_TOWN * places[t.id])
        most = max(places.values(), default=0)
        best = [t for t in self.theatres if most and places[t.id] == most]
        return best[0] if len(best) == 1 else None

    def _known_places(self, theatre: Theatre, lang: str, text: str) -> int:
        """How many towns of a theatre a text names: where no side is named, its places tell the war."""
        lookup = self.reading(theatre, lang).lookup
        names = sorted(set(_CAPITALISED.findall(text)))[:_NAMES]
        found = (lookup(name) for name in names)
        return sum(any((p.population or 0) >= _TOWN for p in hit.places) for hit in found if hit is not None)

    def _score(self, theatre: Theatre, lang: str, text: str) -> float:
        mentions = self.reading(theatre, lang).index.find(text)
        counted: Counter[str] = Counter()
        for mention in mentions:
            if mention.side is None and (mention.actor is None or mention.actor.id in self._shared_actors):
                continue
            counted[mention.text] += _WEIGHTS.get(mention.kind, 0)
        principal = {s.code for s in theatre.sides[:2]}
        named = sum(min(n, 6) for word, n in counted.items() if not _lower(word))
        weak = sum(min(n, 3) for word, n in counted.items() if _lower(word))
        about = sum(1 for m in mentions if m.end <= _HEAD and m.side in principal and not _lower(m.text))
        return named + 0.3 * weak + about

    @cached_property
    def _shared_actors(self) -> frozenset[str]:
        counts = Counter(a.id for t in self.theatres for a in t.actors)
        return frozenset(i for i, n in counts.items() if n > 1)


def _initial_holder(theatre: Theatre) -> Callable[[Place], str | None]:
    """Return who held a place when the theatre opens: by its own row, else by its region's."""
    rows = {(row.kind, row.place.casefold()): row.side for row in theatre.initial}

    def holder(place: Place) -> str | None:
        for kind, name in (("settlement", place.name), ("district", place.district), ("region", place.region)):
            if name and (kind, name.casefold()) in rows:
                return rows[kind, name.casefold()]
        return None

    return holder


def _adjectives(theatre: Theatre, lang: str) -> tuple[str, ...]:
    """Return the plain adjectives of the sides ("Russian"), which word data writes as ``{side}``."""
    words = (word for side in theatre.sides for word in side.adjectives.get(lang, ()))
    return tuple(sorted({word for word in words if re.fullmatch(r"[^\W\d_]+", word)}))


def _lower(word: str) -> bool:
    """Whether an expression has no name in it: "the rebels" could be anyone's."""
    return not re.search(r"[A-ZА-ЯІЇЄ]", word[1:]) and not word[:1].isupper()
