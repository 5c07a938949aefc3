"""The place a predicate is about: beside it, joined to another, or the one talked about; and which part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from whoholds.records import Relation, Span
from whoholds.records.lexicon import Lexicon, Predicate
from whoholds.stages.actors import ActorMention
from whoholds.stages.places import PlaceMention

#: Relations that can be said of the area around a place, or of a direction.
AROUND = frozenset(
    {Relation.ADVANCES, Relation.CONTESTED, Relation.REPELLED, Relation.NEAR_ENCIRCLES, Relation.ENCIRCLES}
)


OFFENSIVE = frozenset(
    {Relation.CAPTURED, Relation.ADVANCES, Relation.ENTERED, Relation.ENCIRCLES, Relation.NEAR_CAPTURE,
     Relation.NEAR_ENCIRCLES, Relation.REPELLED}
)  # fmt: skip


_REACH = 110  # characters between a predicate and its place
_SHORT_REACH = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceView:
    """One sentence with what was found in it. All offsets are document offsets."""

    start: int
    text: str
    places: tuple[PlaceMention, ...]
    actors: tuple[ActorMention, ...]
    quotes: tuple[Span, ...]
    topic: PlaceMention | None
    several: tuple[PlaceMention, ...] = ()  # the places last named together: "both cities"
    barred: tuple[Span, ...] = ()  # sources and cues of attributions: no agents in there
    contents: tuple[Span, ...] = ()  # contents of attributions: whose words end where


#: What can be said of a region as a whole.
_OF_REGIONS = frozenset({Relation.HOLDS, Relation.HOLDS_PART, Relation.CAPTURED, Relation.CONTESTED})


def _as_region(
    place: PlaceMention, predicate: Predicate, view: SentenceView, match: re.Match[str], lexicon: Lexicon
) -> bool:
    """Whether a region is the very object of a predicate: "holds part of Donetsk region", not "in the X region"."""
    if place.area != "region" or place.chosen is None or predicate.relation not in _OF_REGIONS:
        return False
    start, end = place.start - view.start, place.end - view.start
    if end <= match.start() and match.start() - end < 12 and predicate.place[0] == "before":
        return True
    gap = view.text[match.end() : start] if start >= match.end() else None
    return gap is not None and len(gap) < 40 and not lexicon.grammar.patterns["region_gap_break"].search(gap)


def find_place_of(
    view: SentenceView, match: re.Match[str], predicate: Predicate, unit: Span, lexicon: Lexicon
) -> list[PlaceMention]:
    """Return the place a predicate is about, with those coordinated to it."""
    inside = [
        p
        for p in view.places
        if (p.settlement or _as_region(p, predicate, view, match, lexicon))
        and unit.start <= p.start - view.start
        and p.end - view.start <= unit.end
    ]
    fitting = [p for p in inside if p.area in {None, "region"} or predicate.relation in AROUND]
    fitting = _of_its_clause(fitting, view, match, unit, lexicon) or fitting
    subject = _subject(fitting, view, unit, lexicon)
    for where in predicate.place:
        chosen = _positioned(
            fitting, where, view.start + match.start(), view.start + match.end(), subject, _reach(predicate)
        )
        if chosen:
            return joined_places(chosen, fitting, view, lexicon)
        if where == "topic":
            return _talked_about(view, match, predicate, unit, fitting, lexicon)
    return []


def _of_its_clause(
    places: Sequence[PlaceMention], view: SentenceView, match: re.Match[str], unit: Span, lexicon: Lexicon
) -> list[PlaceMention]:
    """The places that stand in the clause of a predicate, where a language tells its clauses by their joints."""
    left, right = unit.start, unit.end
    for joint in lexicon.grammar.patterns["place_joint"].finditer(view.text, left, right):
        if joint.end() <= match.start():
            left = joint.end()
        elif joint.start() >= match.end():
            right = joint.start()
            break
    return [p for p in places if left <= p.start - view.start < right]


def _talked_about(
    view: SentenceView,
    match: re.Match[str],
    predicate: Predicate,
    unit: Span,
    named: Sequence[PlaceMention],
    lexicon: Lexicon,
) -> list[PlaceMention]:
    """The place a predicate without one of its own is about: named earlier in its sentence, or talked about."""
    earlier = [p for p in named if p.end - view.start <= match.start()]
    if earlier:
        points_back = lexicon.grammar.patterns["place_anaphor"].search(view.text[match.end() : match.end() + 40])
        clear = predicate.relation in _CLEAR_ALONE and not predicate.weak
        return [earlier[-1]] if points_back or clear else []
    if named:
        return []
    if view.several and _plural(view, unit, lexicon):
        return list(view.several)
    return [view.topic] if view.topic and _topical(view, match, predicate, unit, lexicon) else []


def _positioned(
    places: Sequence[PlaceMention], where: str, start: int, end: int, subject: PlaceMention | None, reach: int
) -> PlaceMention | None:
    after = [p for p in places if p.start >= end - 1 and p.start - end <= reach]
    before = [p for p in places if p.end <= start + 1 and start - p.end <= reach]
    if where == "before" and subject is not None and subject.end <= start + 1:
        return subject
    if where == "after":
        return after[0] if after else None
    if where == "before":
        return before[-1] if before else None
    if where == "near":
        inside = [p for p in places if start <= p.start and p.end <= end]  # "the battle for X has not ended"
        both = sorted(
            (*inside[:1], *after[:1], *before[-1:]), key=lambda p: min(abs(p.start - end), abs(start - p.end))
        )
        return both[0] if both else None
    return None


def _reach(predicate: Predicate) -> int:
    """How far a predicate looks for its place: weak words must stand close to it."""
    return _SHORT_REACH if predicate.weak else _REACH


def _plural(view: SentenceView, unit: Span, lexicon: Lexicon) -> bool:
    clause = view.text[unit.start : unit.end]
    return bool(lexicon.grammar.patterns["plural_anaphor"].search(clause))


def _subject(places: Sequence[PlaceMention], view: SentenceView, unit: Span, lexicon: Lexicon) -> PlaceMention | None:
    """The place that opens its sentence and is described there: "Kupiansk, a junction on ..., fell"."""
    first = places[0] if places else None
    if first is None or first.area is not None:
        return None
    lead = view.text[unit.start : first.start - view.start]
    if not lexicon.grammar.patterns["named_subject"].fullmatch(lead.lower()):
        return None
    return first if view.text[first.end - view.start :].startswith(",") else None


def joined_places(
    first: PlaceMention, places: Sequence[PlaceMention], view: SentenceView, lexicon: Lexicon
) -> list[PlaceMention]:
    """Return a place and those joined to it by "and", "or" or commas."""
    chain = [first]
    for place in places:
        if place.start > chain[-1].start and _joined(view, chain[-1], place, lexicon):
            chain.append(place)
    for place in reversed(places):
        if place.start < chain[0].start and _joined(view, place, chain[0], lexicon):
            chain.insert(0, place)
    return chain


def _joined(view: SentenceView, left: PlaceMention, right: PlaceMention, lexicon: Lexicon) -> bool:
    """Whether nothing but "and", "or", a comma or "in the X region" stands between two places."""
    between = view.text[left.end - view.start : right.start - view.start]
    return bool(lexicon.grammar.patterns["joint"].fullmatch(between))


#: Relations whose words are about the place talked about even where no word stands for it.
_CLEAR_ALONE = frozenset(
    {Relation.ENCIRCLES, Relation.NEAR_ENCIRCLES, Relation.WITHDREW, Relation.CONTESTED}
)  # fmt: skip


def _topical(view: SentenceView, match: re.Match[str], predicate: Predicate, unit: Span, lexicon: Lexicon) -> bool:
    """Whether the place talked about may stand in: the unit says "the city", "it", or the words are clear alone."""
    after = view.text[match.end() : min(unit.end, match.end() + 40)]
    before = view.text[unit.start : match.start()]
    g = lexicon.grammar.patterns
    if predicate.nominal and g["object_behind"].search(match.group()):
        before = ""  # "the seizure of" names its object behind it
    if g["place_anaphor"].search(f"{before} {match.group()} {after}"):
        return True
    if g["place_within"].search(match.group()) or g["place_possessive"].match(match.group()):
        return True
    if predicate.weak or any(p.area == "region" for p in view.places):
        return False
    return predicate.relation in _CLEAR_ALONE or not re.match(r"\s+\w", after)


def _within_clause(text: str, match: re.Match[str], left: int, right: int, lexicon: Lexicon) -> tuple[int, int]:
    """Narrow a window around a predicate so that it does not reach into the clauses beside it."""
    g = lexicon.grammar.patterns["clause_joint"]
    for joint in g.finditer(text, left, right):
        if joint.end() <= match.start():
            left = joint.end()
        elif joint.start() >= match.end():
            right = joint.start()
            break
    return left, right


def find_part(
    view: SentenceView, match: re.Match[str], place: PlaceMention, unit: Span, lexicon: Lexicon
) -> str | None:
    """Return the part of the place that the words around a predicate name."""
    left = max(unit.start, min(match.start(), place.start - view.start) - 45)
    right = min(unit.end, max(match.end(), place.end - view.start) + 30)
    if not unit.start <= place.start - view.start < unit.end:
        left, right = max(unit.start, match.start() - 60), min(unit.end, match.end() + 60)
    left, right = _within_clause(view.text, match, left, right, lexicon)
    text = view.text[left:right]
    frame = lexicon.grammar.patterns["part_frame"]
    for candidate in frame.finditer(text):
        for pattern, word in lexicon.parts:
            if pattern.search(candidate.group()):
                return word.part
    return None
