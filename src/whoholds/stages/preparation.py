"""Before the sentences are read: mentions of the whole document, its publisher, its relays and its attacker."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from whoholds.records import Document, Relation, Role, Source, Span, Tagging
from whoholds.stages.actors import ActorMention, MentionKind, fold_apostrophes
from whoholds.stages.page import Page, Reading, enemy_of
from whoholds.stages.places import PlaceMention, choose, find_places
from whoholds.stages.segments import Sentence
from whoholds.stages.whereabouts import OFFENSIVE


def shifted(found: Sequence[ActorMention], offset: int) -> list[ActorMention]:
    """Move mentions from sentence to document offsets."""
    return [replace(m, start=m.start + offset, end=m.end + offset) for m in found]


def places_in(
    pieces: Sequence[Sentence],
    actors: Mapping[int, list[ActorMention]],
    reading: Reading,
    people: Sequence[Span] = (),
    roles: Sequence[Span] = (),
) -> dict[int, list[PlaceMention]]:
    """Return the grounded place mentions of each sentence, by the sentence's start.

    ``people`` are no places. ``roles`` are words that a trained reader takes for a place: a name in there is believed.
    """
    found: dict[int, list[PlaceMention]] = {}
    for piece in pieces:
        blocked = [Span(start=a.start - piece.start, end=a.end - piece.start) for a in actors[piece.start]]
        text = fold_apostrophes(piece.text)
        meant = [Span(start=r.start - piece.start, end=r.end - piece.start) for r in roles]
        blocked = [b for b in blocked if not _locative_side(text, b, reading) and not _inside(b, meant)]
        persons = [Span(start=p.start - piece.start, end=p.end - piece.start) for p in people]
        blocked += [p for p in persons if not _inside(p, meant)]
        made = find_places(text, piece.start, reading.lookup, reading.lexicon, blocked)
        found[piece.start] = [
            replace(m, locative=True) if _inside(Span(start=m.start, end=m.end), roles) else m for m in made
        ]
    chosen = choose([m for mentions in found.values() for m in mentions], reading.theatre)
    by_start = {m.start: m for m in chosen}
    return {start: [by_start[m.start] for m in mentions if m.start in by_start] for start, mentions in found.items()}


def _inside(span: Span, others: Sequence[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def place_roles(tagging: Tagging | None) -> list[Span]:
    """Return the words that a trained reader takes for the place of a predicate."""
    return [s for p in tagging.predicates for s in p.places] if tagging else []


def people_in(tagging: Tagging | None) -> list[Span]:
    """Return the names of people that a trained reader found: "Volodymyr" the man is not Volodymyr the town."""
    return [m.span for m in tagging.mentions if m.label == "person"] if tagging else []


def _locative_side(text: str, span: Span, reading: Reading) -> bool:
    """Whether a capital stands as a place ("in Khartoum"), not for its government."""
    if span.end - span.start > 20:
        return False
    return bool(reading.lexicon.grammar.patterns["place_preposition"].search(text[: span.start]))


def publisher_of(document: Document, reading: Reading) -> Source:
    """Return who publishes the document: a known outlet by name or domain, else its name as it stands."""
    name = document.outlet or _domain(document.url) or document.name
    known = _actor_by_domain(name, document.url, reading)
    if known:
        return known
    return Source(name=name, role=Role.RELAY)


def _domain(url: str | None) -> str | None:
    match = re.match(r"[a-z]+://(?:www\.)?([^/:]+)", url or "")
    return match.group(1) if match else None


def _actor_by_domain(name: str, url: str | None, reading: Reading) -> Source | None:
    domain = _domain(url)
    for actor in reading.theatre.actors:
        if name == actor.name or (domain and any(domain == d or domain.endswith("." + d) for d in actor.domains)):
            return Source(name=actor.name, actor=actor.id, role=actor.role, side=actor.side)
    return None


def relay_source(name: str, reading: Reading) -> Source:
    """Return the relay that a credit names."""
    for mention in reading.index.find(name):
        if mention.actor:
            actor = mention.actor
            return Source(name=actor.name, actor=actor.id, role=actor.role, side=actor.side)
    return Source(name=name, role=Role.RELAY)


#: What a deed tells of who attacks in a report: taking tells more than keeping.
_TELLS = {Relation.WITHDREW: 0.7, Relation.HOLDS: 0.2, Relation.HOLDS_PART: 0.2, Relation.CONTESTED: 0.5}
#: What the first holder of a place tells, where nobody is named who attacks it.
_HELD = 0.5


def attacker_by_deeds(tagging: Tagging | None, actors: Mapping[int, list[ActorMention]], page: Page) -> str | None:
    """The side that a report most often has taking, entering, advancing and surrounding; None where nothing tells.

    A predicate without words for its side tells a little by who held its place when the theatre opened.
    """
    sided = [m for found in actors.values() for m in found if m.side]
    placed = [m for found in page.places.values() for m in found if m.chosen]
    votes: dict[str, float] = defaultdict(float)
    for predicate in tagging.predicates if tagging else ():
        offensive = predicate.relation in OFFENSIVE
        sides = {m.side for m in sided if _inside(Span(start=m.start, end=m.end), predicate.actors)}
        for side in sides:
            attacker = side if offensive or predicate.relation is Relation.CONTESTED else enemy_of(page, side)
            votes[attacker or ""] += _TELLS.get(predicate.relation, 1.0)
        if offensive and not predicate.actors:
            held = {page.reading.holder(m.chosen) for m in placed
                    if m.chosen and _inside(Span(start=m.start, end=m.end), predicate.places)}  # fmt: skip
            for side in held:
                votes[enemy_of(page, side) or ""] += _HELD
    votes.pop("", None)
    return max(votes, key=lambda side: votes[side], default=None)


def opponents_of(actors: Mapping[int, list[ActorMention]], reading: Reading) -> tuple[str, ...]:
    """The two sides that a report names most, where its theatre has more than two: who fights whom in this report."""
    if len(reading.theatre.sides) < 3:
        return ()
    counted = Counter(m.side for found in actors.values() for m in found if m.side and m.kind is not MentionKind.ACTOR)
    most = [code for code, _ in counted.most_common(2) if code]
    return tuple(most) if len(most) == 2 else ()


def attacker_of(actors: Mapping[int, list[ActorMention]], reading: Reading) -> str | None:
    """The side a bare "the enemy" means in the report's own voice: the one most often named as a force."""
    codes = [s.code for s in reading.theatre.sides[:2]]
    counted = Counter(
        m.side for found in actors.values() for m in found
        if m.side in codes and m.kind in {MentionKind.FORCE, MentionKind.NOUN}
    )  # fmt: skip
    return counted.most_common(1)[0][0] if counted else None
