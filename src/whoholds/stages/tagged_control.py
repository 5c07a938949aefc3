"""Control predicates that a trained reader found, tied to the places and sides that the sentence names. Pure.

The reader says which words state which relation and which words stand for its roles; which place and which side these words
mean is grounding, and stays with the gazetteer and the theatre.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from whoholds.records import Relation, Span, TaggedPredicate, Tagging
from whoholds.records.lexicon import Lexicon
from whoholds.stages.actors import ActorMention, MentionKind
from whoholds.stages.control import ControlFinding
from whoholds.stages.places import PlaceMention
from whoholds.stages.whereabouts import AROUND, SentenceView

#: A role farther off than this is not quoted with its predicate.
_QUOTED_WITH = 90
_ORDER = (MentionKind.FORCE, MentionKind.NOUN, MentionKind.ENEMY, MentionKind.OURS, MentionKind.SPEAKER,
          MentionKind.ACTOR, MentionKind.ADJECTIVE)  # fmt: skip


def tagged_control(
    view: SentenceView, tagging: Tagging, lexicon: Lexicon, at: PlaceMention | None
) -> list[ControlFinding]:
    """Return the control statements whose trigger stands in a sentence, in order of their words.

    ``at`` is the place of the statement before: words that name no place are most often about that.
    """
    end = view.start + len(view.text)
    inside = [p for p in tagging.predicates if view.start <= p.trigger.start < end]
    found: list[ControlFinding] = []
    for predicate in inside:
        made = list(_findings(view, predicate, lexicon, at))
        at = made[-1].place if made else at
        found += made
    return found


def _findings(
    view: SentenceView, predicate: TaggedPredicate, lexicon: Lexicon, at: PlaceMention | None
) -> Iterator[ControlFinding]:
    actor = _actor(view, predicate, lexicon)
    relation = predicate.relation
    for place in _places(view, predicate, lexicon, at):
        if place.area in {"around", "sector"} and relation not in AROUND and place not in (view.topic, at):
            continue
        part = "sector" if place.area == "sector" else _part(view, predicate, lexicon)
        start, end = _extent(view, predicate, place, actor)
        yield ControlFinding(
            start=start, end=end, anchor=predicate.trigger.start, relation=relation, place=place, part=part, actor=actor,
            stance=predicate.stance, rule=f"reader:{relation}",
        )  # fmt: skip


def _places(
    view: SentenceView, predicate: TaggedPredicate, lexicon: Lexicon, at: PlaceMention | None
) -> list[PlaceMention]:
    """The places that a predicate's place words name; where they only point to it, that of the statement before."""
    grounded = [p for p in view.places if p.chosen is not None and (p.settlement or p.area == "region")]
    named = [p for p in grounded if any(_touch(p.start, p.end, s) for s in predicate.places)]
    if named:
        return list({p.chosen.id: p for p in named if p.chosen}.values())
    words = " ".join(view.text[s.start - view.start : s.end - view.start] for s in predicate.places)
    if any(w[:1].isupper() for w in words.split()[1:]) or (
        words and words[0].isupper() and len(words) > 4 and predicate.places[0].start > view.start
    ):
        return []  # a name that the gazetteer does not know: no place is better than a wrong one
    if view.several and lexicon.grammar.patterns["plural_anaphor"].search(words):
        return list(view.several)
    if at is not None:
        return [at]
    before = [p for p in grounded if p.settlement and p.area is None and p.end <= predicate.trigger.start]
    if before and not predicate.places:
        return [before[-1]]
    return [view.topic] if view.topic else []


def _actor(view: SentenceView, predicate: TaggedPredicate, lexicon: Lexicon) -> ActorMention | str | None:
    """The side that a predicate's side words name, or "own" or "they" where they only point to it."""
    if not predicate.actors:
        return None
    touching = [
        a for a in view.actors
        if (a.side or a.kind in {MentionKind.ENEMY, MentionKind.OURS}) and any(_touch(a.start, a.end, s) for s in predicate.actors)
    ]  # fmt: skip
    if touching:
        return min(touching, key=lambda a: _ORDER.index(a.kind))
    words = " ".join(view.text[s.start - view.start : s.end - view.start] for s in predicate.actors)
    subject = lexicon.grammar.patterns["own_subject"].search(words)
    return "own" if subject and not words.lower().startswith(("they", "their")) else "they"


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


def without_repeats(found: Sequence[ControlFinding], more: Sequence[ControlFinding]) -> list[ControlFinding]:
    """Return findings, and those of ``more`` about a place on which ``found`` has nothing in this sentence."""
    places = {f.place.chosen.id for f in found if f.place.chosen}
    return [*found, *(m for m in more if m.place.chosen and m.place.chosen.id not in places)]


__all__ = ["Relation", "tagged_control", "without_repeats"]
