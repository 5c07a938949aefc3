"""Place mentions in a document, grounded in a gazetteer by name and by company.

A name that several places bear is decided by the theatre's focus, population and the other places of the
report; where these do not decide, the reference keeps its candidates and no id: a wrong village is worse
than none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from whoholds.records import Place, PlaceKind, PlaceName, PlaceRef, Span, Theatre
from whoholds.records.lexicon import Lexicon

Lookup = Callable[[str], PlaceName | None]

_NAME = re.compile(r"(?:(?:al|el|Al|El|as|ash|an|ad|at)-)?[A-ZА-ЯІЇЄҐЁ][\w’]*(?:-[\w’]+)*")
_LONGEST = 4
_AROUND = 160  # characters before and behind a name that say whether and how it is a place
#: A place of this many people is known by its name alone; a smaller one needs a preposition or a place noun.
_KNOWN_ALONE = 4000
#: A name this long in the theatre's focus is hardly anything else.
_LONG_NAME = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A name of a place in a text. ``area`` is "sector", "region" or "around" where not the place itself is meant."""

    start: int
    end: int
    text: str
    candidates: tuple[Place, ...]
    area: str | None = None
    locative: bool = False
    exact: bool = True  # not an oblique form at the head of a sentence, which could be another word
    chosen: Place | None = None

    @property
    def settlement(self) -> bool:
        """Whether a settlement itself is meant, and known."""
        return self.chosen is not None and self.chosen.kind is PlaceKind.SETTLEMENT and self.area != "region"


def find_places(
    text: str, offset: int, lookup: Lookup, lexicon: Lexicon, blocked: Sequence[Span]
) -> list[PlaceMention]:
    """Return the place names of one sentence with their candidates, not yet chosen.

    ``blocked`` are spans, in offsets of ``text``, that name a speaker, a side or an organisation.
    """
    tokens = list(_NAME.finditer(text))
    found: list[PlaceMention] = []
    i = 0
    while i < len(tokens):
        mention, used = _longest(text, tokens, i, lookup, lexicon, blocked)
        if mention:
            found.append(replace(mention, start=mention.start + offset, end=mention.end + offset))
        i += used
    return found


def _longest(
    text: str, tokens: Sequence[re.Match[str]], i: int, lookup: Lookup, lexicon: Lexicon, blocked: Sequence[Span]
) -> tuple[PlaceMention | None, int]:
    run = _run(text, tokens, i)
    for length in range(len(run), 0, -1):
        start, end = run[0].start(), run[length - 1].end()
        if any(b.start < end and start < b.end for b in blocked):
            continue
        name = re.sub(r"’s?$", "", text[start:end])
        mention = _mention(text, start, start + len(name), name, lookup, lexicon)
        if mention:
            return mention, length
    return None, 1


def _run(text: str, tokens: Sequence[re.Match[str]], i: int) -> list[re.Match[str]]:
    """Return up to four capitalised words that stand side by side."""
    run = [tokens[i]]
    for follower in tokens[i + 1 : i + _LONGEST]:
        if text[run[-1].end() : follower.start()] not in {" ", "-"} or run[-1].group().endswith("’s"):
            break
        run.append(follower)
    return run


def _mention(text: str, start: int, end: int, name: str, lookup: Lookup, lexicon: Lexicon) -> PlaceMention | None:
    g = lexicon.grammar.patterns
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if g["not_place_after"].match(after) or g["not_place_before"].search(before):
        return None
    region = g["region_after"].match(after)
    sector = g["sector_after"].match(after)
    if region:
        regional = lookup(name + region.group())
        if regional and regional.places and regional.places[0].kind is not PlaceKind.SETTLEMENT:
            return PlaceMention(
                start=start, end=end + len(region.group()), text=name, candidates=regional.places, area="region"
            )
        return None
    hit = lookup(name) or (_adjectival(name, lookup) if sector else None)
    if hit is None or not hit.places:
        return None
    area = "sector" if sector else ("around" if g["area_before"].search(before) else None)
    locative = bool(g["locative"].search(before)) or bool(sector)
    return PlaceMention(
        start=start,
        end=end,
        text=name,
        candidates=hit.places,
        area=area,
        locative=locative,
        exact=hit.match == "exact" or start > 0,
    )


def _adjectival(name: str, lookup: Lookup) -> PlaceName | None:
    """Read the adjective of a direction: "Pokrovsky", "Kupyanskyi", "Покровському"."""
    for ending in ("skyi", "skiy", "sky", "ский", "ський"):
        if name.casefold().endswith(ending):
            stem = name[: -len(ending)]
            for tail in ("sk", "ск", "ськ", "", "e", "a", "ka"):
                hit = lookup(stem + tail)
                if hit:
                    return hit
    return None


def choose(mentions: Sequence[PlaceMention], theatre: Theatre) -> list[PlaceMention]:
    """Choose a place for each mention of a document, the clear ones first, the others by their company."""
    first = [replace(m, chosen=_clear(m, theatre)) for m in mentions]
    company = [m.chosen for m in first if m.chosen and m.chosen.lat is not None]
    repeated = {m.text for m in mentions if m.locative}
    chosen = [m if m.chosen else replace(m, chosen=_by_company(m, company)) for m in first]
    return [m for m in chosen if _believable(m, repeated, theatre)]


def _believable(mention: PlaceMention, repeated: set[str], theatre: Theatre) -> bool:
    """Whether a name that is a village somewhere is meant as a place here."""
    population = max((p.population or 0 for p in mention.candidates), default=0)
    sure = mention.exact and len(mention.text) >= _LONG_NAME
    if mention.chosen and sure and in_focus(mention.chosen, theatre):
        return True
    return (
        mention.locative
        or mention.text in repeated
        or (mention.exact and population >= _KNOWN_ALONE)
        or mention.area == "region"
    )


def _clear(mention: PlaceMention, theatre: Theatre) -> Place | None:
    """The one candidate; the one five times larger; or the only sizeable one in the theatre's focus."""
    wanted = [p for p in mention.candidates if (p.kind is not PlaceKind.SETTLEMENT) == (mention.area == "region")]
    if len(wanted) <= 1:
        return wanted[0] if wanted else None
    ranked = sorted(wanted, key=lambda p: -(p.population or 0))
    top, second = ranked[0].population or 0, ranked[1].population or 0
    if top >= 3000 and top >= 5 * max(second, 1):
        return ranked[0]
    inside = [p for p in ranked if in_focus(p, theatre)]
    return inside[0] if len(inside) == 1 else None


def in_focus(place: Place, theatre: Theatre) -> bool:
    """Whether a place lies in the box where the theatre's reports are about."""
    if theatre.focus is None or place.lat is None or place.lon is None:
        return False
    west, south, east, north = theatre.focus
    return west <= place.lon <= east and south <= place.lat <= north


def _by_company(mention: PlaceMention, company: Iterable[Place]) -> Place | None:
    """The candidate nearest to the other places of the report, if it is near and no other is."""
    anchors = [p for p in company if p.kind is PlaceKind.SETTLEMENT]
    if not anchors:
        return None
    ranked = sorted((_nearest(p, anchors), p.id, p) for p in mention.candidates if p.lat is not None)
    if not ranked or ranked[0][0] > 60:
        return None
    if len(ranked) > 1 and ranked[1][0] < max(2 * ranked[0][0], 20):
        return None
    return ranked[0][2]


def _nearest(place: Place, anchors: Sequence[Place]) -> float:
    return min(distance_km(place, a) for a in anchors)


def distance_km(a: Place, b: Place) -> float:
    """Great-circle distance in kilometres (haversine, mean radius 6371 km); infinite where one has no point."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    phi, psi = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((psi - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(psi) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(half))


def reference(mention: PlaceMention, part: str | None = None) -> PlaceRef:
    """Return the reference that a claim keeps."""
    place = mention.chosen
    return PlaceRef(
        mention=mention.text,
        id=place.id if place else None,
        name=place.name if place else None,
        names=tuple(dict.fromkeys((*(place.names if place else ()), mention.text))),
        part=part,
        area=mention.area,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        candidates=() if place else tuple(p.id for p in mention.candidates[:12]),
    )
