"""Control predicates and their roles in one sentence: which relation, which place, which side.

A predicate of the lexicon is found; its place and actor are looked for where the entry says; words around
it change polarity and certainty. Purposes ("to seize X") are no statements. What cannot be tied to a place
is dropped: a claim about nowhere is no claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from whoholds.records import Relation, Span, Stance
from whoholds.records.lexicon import Lexicon, Predicate
from whoholds.stages.actors import ActorIndex, ActorMention, MentionKind
from whoholds.stages.places import PlaceMention
from whoholds.stages.whereabouts import AROUND, SentenceView, find_part, find_place_of

#: Two predicates of one kind this close are one statement.
_CLOSE = 25
#: A role farther off than this is not quoted with its predicate.
_QUOTED_WITH = 70
#: Weak words that mean nothing here without somebody who does it: "located in", "gathers in".
_NEED_AGENT = frozenset({Relation.ENTERED, Relation.ADVANCES, Relation.HOLDS, Relation.HOLDS_PART, Relation.REPELLED})
_UNIT_BREAK = re.compile(r"[.!?…]+[”\"»]?\s+(?=[“\"«]?[A-ZА-ЯІЇЄ])")


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlFinding:
    """A control predicate with its roles, before it is attributed."""

    start: int
    end: int
    anchor: int  # where the predicate's words begin
    relation: Relation
    place: PlaceMention
    part: str | None
    actor: ActorMention | str | None  # a mention, "own", "other" or "they" relative to the speaker, or None
    stance: Stance
    rule: str
    score: float = 1.0  # of a trained reader: how likely its trigger is one


def find_control(view: SentenceView, lexicon: Lexicon, index: ActorIndex) -> list[ControlFinding]:
    """Return the control statements of one sentence, in order of their words."""
    found: list[ControlFinding] = []
    for match, predicate in _predicates(view, lexicon):
        unit = _unit(view, match.start(), match.end())
        found.extend(_findings(view, match, predicate, unit, lexicon, index))
    return _distinct(found)


def _predicates(view: SentenceView, lexicon: Lexicon) -> list[tuple[re.Match[str], Predicate]]:
    """Return the predicate matches whose conditions hold; where several overlap, the longest stays."""
    plain = _uncapitalised(view.text)
    hits = [(m, p) for pattern, p in lexicon.predicates for m in pattern.finditer(plain)]
    hits = [(m, p) for m, p in hits if _placed(view, m, p, lexicon)]
    kept: list[tuple[re.Match[str], Predicate]] = []
    for match, predicate in sorted(hits, key=lambda x: (-(x[0].end() - x[0].start()), x[0].start())):
        if all(match.end() <= k.start() or match.start() >= k.end() for k, _ in kept):
            kept.append((match, predicate))
    return sorted(kept, key=lambda x: x[0].start())


def _uncapitalised(text: str) -> str:
    """Lower the first letter of sentences, and every letter of a headline in title case; lengths stay."""
    words = [w for w in text.split() if w[0].isalpha()]
    if len(words) >= 4 and sum(w[0].isupper() for w in words) > 0.6 * len(words):
        return text.lower() if len(text.lower()) == len(text) else text
    return re.sub(r"(?:^|(?<=[.!?] )|(?<=[“\"«]))[A-Z](?=[a-z]+\s)", lambda m: m.group().lower(), text)


def _unit(view: SentenceView, start: int, end: int) -> Span:
    """The stretch a predicate can reach in: its quotation, its sentence within a quotation, its clause."""
    left, right = 0, len(view.text)
    for cut in _UNIT_BREAK.finditer(view.text):
        if cut.end() <= start:
            left = max(left, cut.end())
        elif cut.start() >= end:
            right = min(right, cut.start() + 1)
    for quote in view.quotes:
        if quote.end - quote.start < 25:
            continue
        q_start, q_end = quote.start - view.start, quote.end - view.start
        if q_start <= start < q_end:
            left, right = max(left, q_start), min(right, q_end)
        elif q_end <= start:
            left = max(left, q_end)
        elif q_start >= end:
            right = min(right, q_start)
    return Span(start=left, end=right)


def _findings(
    view: SentenceView, match: re.Match[str], predicate: Predicate, unit: Span, lexicon: Lexicon, index: ActorIndex
) -> Iterator[ControlFinding]:
    words = _own_words(view, match, unit)
    stance = _stance(view.text, match, predicate, words, lexicon)
    if stance is None or _is_agent(view, match) or not _applies(view, match, predicate, lexicon):
        return
    places = find_place_of(view, match, predicate, unit, lexicon)
    relation = predicate.relation
    clause = view.text[unit.start : unit.end]
    actor = _actor(view, match, predicate, words, lexicon, index) if places else None
    if actor is None and predicate.weak and relation in _NEED_AGENT:
        return
    for place in places:
        if place.area in {"around", "sector"} and relation not in AROUND and place is not view.topic:
            continue
        part = "sector" if place.area == "sector" else find_part(view, match, place, unit, lexicon)
        exact = _narrowed(relation, part, clause, match, unit, lexicon)
        start, end = _extent(view, match, place, actor, unit)
        yield ControlFinding(
            start=start, end=end, anchor=view.start + match.start(), relation=exact, place=place, part=part,
            actor=actor, stance=stance, rule=predicate.id,
        )  # fmt: skip


def _own_words(view: SentenceView, match: re.Match[str], unit: Span) -> Span:
    """The words of the one who says it: the smallest content around a predicate, within its unit."""
    at = view.start + match.start()
    around = [c for c in view.contents if c.start <= at < c.end]
    if not around:
        return unit
    inner = min(around, key=lambda c: c.end - c.start)
    start, end = max(unit.start, inner.start - view.start), min(unit.end, inner.end - view.start)
    return Span(start=min(start, match.start()), end=max(end, match.end()))


def _about_people(view: SentenceView, match: re.Match[str], lexicon: Lexicon) -> bool:
    """Whether people or things were captured, not a place: "60 soldiers had been captured"."""
    g = lexicon.grammar.patterns
    if g["passive_form"].match(match.group()):
        return bool(g["people_before"].search(view.text[: match.start()]))
    behind = g["people_behind"].match(view.text[match.end() :])
    if behind is None:
        return False
    start, end = view.start + match.end(), view.start + match.end() + behind.end()
    return not any(start <= p.start < end for p in view.places)


def _placed(view: SentenceView, match: re.Match[str], predicate: Predicate, lexicon: Lexicon) -> bool:
    """Whether an entry may be tried here: some only within a quotation, some only beside certain words."""
    at = view.start + match.start()
    if predicate.quoted and not any(q.start <= at < q.end for q in view.quotes):
        return False
    return not predicate.needs or bool(lexicon.grammar.patterns[predicate.needs].search(view.text))


def _applies(view: SentenceView, match: re.Match[str], predicate: Predicate, lexicon: Lexicon) -> bool:
    """Whether the words state something of a place: no captured people, no hypothesis."""
    g = lexicon.grammar.patterns
    if predicate.relation is Relation.CAPTURED and _about_people(view, match, lexicon):
        return False
    supposed = predicate.nominal or bool(g["participle_cue"].fullmatch(match.group().split()[0]))
    rest = _UNIT_BREAK.split(view.text[match.end() :])[0]
    return not (supposed and g["hypothetical"].search(rest))


def _is_agent(view: SentenceView, match: re.Match[str]) -> bool:
    """Whether the predicate's words lie inside a source or cue ("announced", "the occupation ministry")."""
    at = view.start + match.start()
    return any(b.start <= at < b.end for b in view.barred)


def _stance(text: str, match: re.Match[str], predicate: Predicate, unit: Span, lexicon: Lexicon) -> Stance | None:
    """Return how the words stand to the predicate; None where it is a bare purpose."""
    g = lexicon.grammar.patterns
    before = text[unit.start : match.start()]
    cut = max((m.end() for m in g["scope_break"].finditer(before)), default=0)
    near = " ".join(before[cut:].split()[-9:])
    ahead = re.split(r"[.;!?]\s", text[: match.start()])[-1]
    found: set[Stance] = set()
    for pattern, modifier in lexicon.modifiers:
        where = {"clause": text[unit.start : unit.end], "ahead": ahead}.get(modifier.scope, near)
        own = match.group() if modifier.scope == "before" and not predicate.settled else ""
        if pattern.search(where) or (own and pattern.search(own)):
            found.add(modifier.stance)
    if not predicate.nominal and g["purpose"].search(near) and not found & {Stance.DENIES}:
        return Stance.UNSURE if g["intention"].search(near) else None
    if Stance.DENIES in found:
        return Stance.DENIES
    if Stance.UNSURE in found:
        return Stance.UNSURE
    return predicate.stance or Stance.ASSERTS


def _narrowed(
    relation: Relation, part: str | None, clause: str, match: re.Match[str], unit: Span, lexicon: Lexicon
) -> Relation:
    """Holding a part, or a share, is ``holds_part``."""
    if relation not in {Relation.HOLDS, Relation.CAPTURED}:
        return relation
    share = lexicon.grammar.patterns["share_near"].search(clause[max(0, match.start() - unit.start - 70) :][:180])
    if share or (part and relation is Relation.HOLDS):
        return Relation.HOLDS_PART
    return relation


def _actor(
    view: SentenceView, match: re.Match[str], predicate: Predicate, unit: Span, lexicon: Lexicon, index: ActorIndex
) -> ActorMention | str | None:
    """Return the agent, or "own"/"other" where it is relative to the speaker."""
    inside = [
        a
        for a in view.actors
        if unit.start <= a.start - view.start < unit.end
        and not any(b.start <= a.start < b.end for b in view.barred)
        and (a.side or a.kind in {MentionKind.ENEMY, MentionKind.OURS})
    ]
    start, end = view.start + match.start(), view.start + match.end()
    by = lexicon.grammar.patterns["agent_by"]
    if lexicon.grammar.patterns["own_hands"].search(match.group()):
        return "they"
    for where in predicate.actor:
        if where in {"own", "own-or-near"}:
            near = _nearest([a for a in inside if start <= a.start < end], start, end)
            return near or "own"
        inverse = where.startswith("inverse:")
        chosen = _agent(inside, where.removeprefix("inverse:"), start, end, view, predicate.weak, by)
        if chosen:
            return _inverse(chosen, index) if inverse else chosen
    before = view.text[unit.start : match.start()]
    subject = lexicon.grammar.patterns["own_subject"].search(before) if predicate.actor else None
    if subject is None:
        return None
    if subject.group().lower().startswith("they"):
        return "they"
    return "other" if "inverse:before" in predicate.actor else "own"


def _agent(
    actors: Sequence[ActorMention],
    where: str,
    start: int,
    end: int,
    view: SentenceView,
    weak: bool,
    by: re.Pattern[str],
) -> ActorMention | None:
    before = [a for a in actors if a.start < start and a.end <= end]
    after = [a for a in actors if a.start >= end - 1]
    inside = [a for a in actors if start <= a.start and a.end <= end]
    if where == "inside":
        return inside[0] if inside else None
    if where == "before":
        before = [a for a in before if not weak or a.kind is not MentionKind.ADJECTIVE]
        agents = [a for a in before if a.kind is not MentionKind.ACTOR or a.actor is None or a.actor.kind != "person"]
        return agents[-1] if agents else (before[-1] if before else None)
    if where == "after":
        return after[0] if after else None
    if where == "by":
        return next((a for a in after if by.search(_gap(view, end, a.start))), None)
    if where == "near":
        return _nearest([*inside, *before[-1:], *after[:1]], start, end)
    return None


def _gap(view: SentenceView, start: int, end: int) -> str:
    return view.text[start - view.start : end - view.start]


def _nearest(actors: Sequence[ActorMention], start: int, end: int) -> ActorMention | None:
    return min(actors, key=lambda a: max(0, start - a.end, a.start - end), default=None)


def _inverse(actor: ActorMention, index: ActorIndex) -> ActorMention | str | None:
    if actor.kind is MentionKind.ENEMY:
        return "own"
    if actor.kind is MentionKind.OURS:
        return "other"
    return replace(actor, side=index.enemy_of(actor.side))


def _extent(
    view: SentenceView, match: re.Match[str], place: PlaceMention, actor: ActorMention | str | None, unit: Span
) -> tuple[int, int]:
    """Return the quote: the predicate with its roles, within its unit."""
    points = [match.start(), match.end()]
    low, high = view.start + unit.start, view.start + unit.end
    for role in (place, actor):
        if isinstance(role, str) or role is None or not low <= role.start < high:
            continue
        start, end = role.start - view.start, role.end - view.start
        if max(start - match.end(), match.start() - end) <= _QUOTED_WITH:
            points += [start, end]
    return view.start + min(points), view.start + max(points)


def _distinct(found: Sequence[ControlFinding]) -> list[ControlFinding]:
    """Keep one finding for one place, relation, part and agent in overlapping words."""
    kept: list[ControlFinding] = []
    for item in found:
        if not any(_same(item, k) for k in kept):
            kept.append(item)
    return kept


def _same(one: ControlFinding, other: ControlFinding) -> bool:
    alike = one.place == other.place and one.relation is other.relation and one.part == other.part
    near = one.start < other.end and other.start < one.end
    return alike and near and (one.actor == other.actor or abs(one.anchor - other.anchor) < _CLOSE)
