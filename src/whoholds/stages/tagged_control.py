"""Control predicates that a trained reader found, tied to the places and sides that the sentence names. Pure.

The reader says which words state which relation and which words stand for its roles; which place and which side
these words mean is grounding, and stays with the gazetteer and the theatre.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from whoholds.records import Relation, Span, Stance, TaggedPredicate
from whoholds.records.lexicon import Lexicon
from whoholds.stages.actors import ActorMention, MentionKind
from whoholds.stages.control import ControlFinding
from whoholds.stages.page import Page, enemy_of
from whoholds.stages.places import PlaceMention
from whoholds.stages.whereabouts import AROUND, SentenceView, joined_places

#: A name stands in these words.
_NAME = re.compile(
    r"(?<![.!?] )(?<!^)[A-Z][a-z]{2,}|^[A-Z][a-z]{2,}(?:[ -][A-Z][a-z]+)+$"
    r"|^(?!The|This|That|Its|Our|It|There|Here)[A-Z][a-z]{3,}$"
)
#: A role farther off than this is not quoted with its predicate.
_QUOTED_WITH = 90
#: Two triggers of one kind about one place this close are one statement.
_NEXT_WORDS = 30
#: The same, where their sides are the same too.
_NEAR = 70
_RINGS = frozenset({Relation.ENCIRCLES, Relation.NEAR_ENCIRCLES})
_ORDER = (MentionKind.FORCE, MentionKind.NOUN, MentionKind.ENEMY, MentionKind.OURS, MentionKind.SPEAKER,
          MentionKind.ACTOR, MentionKind.ADJECTIVE)  # fmt: skip


def tagged_control(page: Page, view: SentenceView) -> list[ControlFinding]:
    """Return the control statements whose trigger stands in a sentence, in order of their words.

    Words that name no place are most often about that of the statement before (``page.at``, moved on here).
    """
    end = view.start + len(view.text)
    predicates = page.tagging.predicates if page.tagging else ()
    found: list[ControlFinding] = []
    for predicate in predicates:
        if view.start <= predicate.trigger.start < end and not _names(view, predicate, page.reading.lexicon):
            found = _with_new(found, list(_findings(page, view, predicate)))
    return found


def _names(view: SentenceView, predicate: TaggedPredicate, lexicon: Lexicon) -> bool:
    """Whether the words only name a place: "which Moscow calls ..."."""
    words = view.text[predicate.trigger.start - view.start : predicate.trigger.end - view.start]
    return bool(lexicon.grammar.patterns["naming"].fullmatch(words))


def _with_new(found: list[ControlFinding], new: Sequence[ControlFinding]) -> list[ControlFinding]:
    """Add findings that say something new; of two that say the same close by, the likelier stays."""
    for finding in new:
        twin = next((k for k in found if _again(finding, k)), None)
        if twin is None:
            found = [*found, finding]
        elif finding.score > twin.score:
            found = [finding if k is twin else k for k in found]
    return found


def _again(finding: ControlFinding, kept: ControlFinding) -> bool:
    """Whether a finding says once more, in the next words, what another says: "is", "under their control"."""
    alike = (finding.relation, finding.place.chosen, finding.stance) == (kept.relation, kept.place.chosen, kept.stance)
    sides = [f.actor.side if isinstance(f.actor, ActorMention) else f.actor for f in (finding, kept)]
    same = sides[0] == sides[1] or None in sides
    return alike and same and abs(finding.anchor - kept.anchor) <= (_NEXT_WORDS if sides[0] != sides[1] else _NEAR)


def _findings(page: Page, view: SentenceView, predicate: TaggedPredicate) -> Iterator[ControlFinding]:
    lexicon = page.reading.lexicon
    stance = _stance(view, predicate, lexicon)
    actor = _actor(page, view, predicate, lexicon)
    relation = predicate.relation
    for place in _places(page, view, predicate):
        around = place.area in {"around", "sector"} and any(_touch(place.start, place.end, s) for s in predicate.places)
        if around and relation not in AROUND:
            continue
        page.at = place
        part = "sector" if place.area == "sector" else _part(view, predicate, lexicon)
        relation = Relation.HOLDS_PART if part and relation is Relation.HOLDS else relation
        start, end = _extent(view, predicate, place, actor)
        yield ControlFinding(
            start=start, end=end, anchor=predicate.trigger.start, relation=relation, place=place, part=part,
            actor=actor, stance=stance, rule=f"reader:{relation}", score=predicate.score,
        )  # fmt: skip


def _places(page: Page, view: SentenceView, predicate: TaggedPredicate) -> list[PlaceMention]:
    """The places that a predicate's place words name; where they only point to it, that of the statement before.

    A name that the gazetteer does not know is no place, and what points back to it has none either.
    """
    text = page.document.text
    words = [text[s.start : s.end] for s in predicate.places]
    if words and all(page.reading.lexicon.grammar.patterns["some_place"].match(w) for w in words):
        page.lost = True
        return []
    named = [
        p
        for found in page.places.values()
        for p in found
        if _grounded(p) and any(_touch(p.start, p.end, s) for s in predicate.places)
    ]
    if named:
        page.lost = False
        named = _with_joined(named, view, page.reading.lexicon)
        apart = page.reading.lexicon.grammar.patterns["instead_of"]
        named = [p for p in named if not apart.search(text[max(0, p.start - 14) : p.start])]
        return list({p.chosen.id: p for p in named if p.chosen}.values())
    if any(_NAME.search(w) for w in words):
        page.lost = True
        return []
    if page.lost:
        return []
    if page.several and any(page.reading.lexicon.grammar.patterns["plural_anaphor"].search(w) for w in words):
        return list(page.several)
    if page.at is not None:
        return [page.at]
    before = [p for p in view.places if _grounded(p) and p.settlement and p.end <= predicate.trigger.start]
    if before and not words:
        return [before[-1]]
    return [page.topic] if page.topic else []


def _with_joined(named: list[PlaceMention], view: SentenceView, lexicon: Lexicon) -> list[PlaceMention]:
    """Places with those that "and" joins to them: what is said of one of a list is said of all."""
    here = [p for p in view.places if _grounded(p) and p.area == named[0].area]
    return [*named, *(j for n in named if n in here for j in joined_places(n, here, view, lexicon))]


def _grounded(place: PlaceMention) -> bool:
    return place.chosen is not None and (place.settlement or place.area == "region")


def _actor(page: Page, view: SentenceView, predicate: TaggedPredicate, lexicon: Lexicon) -> ActorMention | str | None:
    """The side that a predicate's side words name, or "own" or "they" where they only point to it."""
    if not predicate.actors:
        inner = _within(view, predicate, lexicon)
        if isinstance(inner, str) or inner is None or predicate.relation not in _RINGS:
            return inner
        return _other_side(page, inner) if _suffers(page, view, predicate, inner, lexicon) else inner
    sided = _sided(view)
    touching = [a for a in sided if any(_touch(a.start, a.end, s) for s in predicate.actors)]
    if touching:
        actor = min(touching, key=lambda a: _ORDER.index(a.kind))
        return _other_side(page, actor) if _suffers(page, view, predicate, actor, lexicon) else actor
    words = " ".join(view.text[s.start - view.start : s.end - view.start] for s in predicate.actors)
    pointed = lexicon.grammar.patterns["own_words"].search(words) or words.lower().startswith(("its ", "his ", "her "))
    kind = "own" if pointed else "they" if lexicon.grammar.patterns["group_words"].match(words) else None
    span = predicate.actors[0]
    named = ActorMention(start=span.start, end=span.end, text=words, kind=MentionKind.OURS)
    if _suffers(page, view, predicate, named, lexicon):
        return "other" if kind == "own" or words.lower() == "it" else None  # "we are surrounded", "it had lost X"
    return "it" if words.lower() == "it" else kind


def _stance(view: SentenceView, predicate: TaggedPredicate, lexicon: Lexicon) -> Stance:
    """How the words stand to the predicate: "it is false that", "are propaganda", "purported footage"."""
    g = lexicon.grammar.patterns
    at, end = predicate.trigger.start, predicate.trigger.end
    inner = min((c for c in view.contents if c.start <= at < c.end), key=lambda c: c.end - c.start, default=None)
    low, high = (inner.start, inner.end) if inner else (view.start, view.start + len(view.text))
    before = view.text[max(0, low - view.start) : at - view.start]
    after = view.text[end - view.start : max(0, high - view.start)]
    if predicate.stance is Stance.DENIES and (g["not_them"].search(before) or g["not_there"].match(after)):
        return Stance.ASSERTS  # "Ukraine, not Russia, controls X", "captured X, not Y"
    if predicate.stance is not Stance.ASSERTS:
        return predicate.stance
    if g["verdict_before"].search(before) or g["verdict_after"].search(after):
        return Stance.DENIES
    return Stance.UNSURE if g["purported"].search(view.text[: at - view.start][-120:]) else Stance.ASSERTS


def _suffers(page: Page, view: SentenceView, predicate: TaggedPredicate, actor: ActorMention, lexicon: Lexicon) -> bool:
    """Whether a side is named as the one to whom it is done: who is surrounded, who loses, who beats an attack back."""
    g = lexicon.grammar.patterns
    start, end = predicate.trigger.start - view.start, predicate.trigger.end - view.start
    words, after = view.text[start:end], view.text[end : end + 20]
    behind = actor.start - view.start > start
    between = view.text[start : actor.start - view.start] if behind else view.text[actor.end - view.start : end]
    if predicate.relation in _RINGS:
        if behind:
            return not g["by_whom"].search(between)
        if between.startswith("’s"):
            return False
        passive = g["passive_be"].search(between) or g["no_object"].match(after)
        if g["ringed_alone"].search(words) or (passive and g["ring_participle"].search(words)):
            return True
        agent = g["agent_gap"].fullmatch(view.text[actor.end - view.start : start])
        return not agent and _holds_first(page, predicate, actor.side)
    if predicate.relation is Relation.CAPTURED:
        return bool(g["taken_from"].search(between) if behind else g["losing"].search(words))
    if predicate.relation is Relation.REPELLED and not behind:
        return bool(g["beats_back"].search(words)) and not g["passive_be"].search(between)
    return False


def _holds_first(page: Page, predicate: TaggedPredicate, side: str | None) -> bool:
    """Whether a side held the predicate's place at first: it is rather surrounded there than surrounding."""
    every = [p for found in page.places.values() for p in found]
    named = [p for p in every if any(_touch(p.start, p.end, s) for s in predicate.places)]
    places = [p.chosen for p in (*named, page.at, page.topic) if p is not None and p.chosen]
    return bool(places) and side is not None and page.reading.holder(places[0]) == side


def _other_side(page: Page, actor: ActorMention) -> ActorMention | str | None:
    if actor.kind is MentionKind.ENEMY:
        return "own"
    return "other" if actor.kind is MentionKind.OURS else replace(actor, side=enemy_of(page, actor.side))


def _sided(view: SentenceView) -> list[ActorMention]:
    return [a for a in view.actors if a.side or a.kind in {MentionKind.ENEMY, MentionKind.OURS}]


def _within(view: SentenceView, predicate: TaggedPredicate, lexicon: Lexicon) -> ActorMention | str | None:
    """The side that the words of the predicate name themselves: "is Ukrainian", "ours", "fell to the rebels"."""
    start, end = predicate.trigger.start, predicate.trigger.end
    sided = _sided(view)
    inside = [a for a in sided if start <= a.start < end]
    if inside:
        return inside[0]
    g = lexicon.grammar.patterns
    words = view.text[start - view.start : end - view.start]
    if g["own_words"].search(words):
        return "own"
    behind = next((a for a in sided if a.start >= end), None)
    if behind and g["taken_by"].fullmatch(view.text[end - view.start : behind.start - view.start]):
        return behind
    return "liberator" if predicate.relation is Relation.CAPTURED and g["liberation"].search(words) else None


def _part(view: SentenceView, predicate: TaggedPredicate, lexicon: Lexicon) -> str | None:
    """The part of the place that a predicate's part words name."""
    for span in predicate.parts:
        words = view.text[max(0, span.start - view.start) : max(0, span.end - view.start)]
        for pattern, word in lexicon.parts:
            if pattern.search(words):
                return word.part
    return None


def _extent(
    view: SentenceView, predicate: TaggedPredicate, place: PlaceMention, actor: ActorMention | str | None
) -> tuple[int, int]:
    """Return the quote: the trigger with its roles, as far as they stand near it in its sentence."""
    start, end = predicate.trigger.start, min(predicate.trigger.end, view.start + len(view.text))
    roles = [Span(start=place.start, end=place.end), *predicate.parts]
    roles += [] if isinstance(actor, str) or actor is None else [Span(start=actor.start, end=actor.end)]
    for role in roles:
        inside = view.start <= role.start and role.end <= view.start + len(view.text)
        if inside and max(role.start - end, start - role.end) <= _QUOTED_WITH:
            start, end = min(start, role.start), max(end, role.end)
    return start, end


def _touch(start: int, end: int, span: Span) -> bool:
    return start < span.end and span.start < end


#: A trigger that no entry of the lexicon confirms must be this likely.
SURE_ALONE = 0.7


def weighed(found: Sequence[ControlFinding], ruled: Sequence[ControlFinding]) -> list[ControlFinding]:
    """Return what the reader found, less the unlikely that no rule confirms, and what rules have on other places."""
    kept = [f for f in found if f.score >= SURE_ALONE or any(abs(f.anchor - r.anchor) <= _NEXT_WORDS for r in ruled)]
    places = {f.place.chosen.id for f in kept if f.place.chosen}
    return [*kept, *(r for r in ruled if r.place.chosen and r.place.chosen.id not in places)]
