"""Assembly: sentences, mentions, attributions and findings to the claims of one document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from whoholds.records import (
    Basis, Claim, ClaimKind, Document, Period, Place, Quantity, Relation, Role, Section, Source, Span, Stance, Theatre,
    Understanding, stable_id,
)  # fmt: skip
from whoholds.records.lexicon import Lexicon
from whoholds.stages.actors import ActorIndex, ActorMention, MentionKind, fold_apostrophes
from whoholds.stages.attributions import Attribution, continued_quotes, find_attributions
from whoholds.stages.control import OFFENSIVE, ControlFinding, SentenceView, find_control
from whoholds.stages.places import Lookup, PlaceMention, choose, find_places, reference
from whoholds.stages.quantities import SIDED, FoundQuantity, find_quantities
from whoholds.stages.relays import find_relays
from whoholds.stages.segments import Sentence, sentences
from whoholds.stages.speakers import SpeakerMemory, resolve_speaker
from whoholds.stages.times import find_period


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the stages need to read one document: word data, actors and names of one theatre."""

    theatre: Theatre
    index: ActorIndex
    lexicon: Lexicon
    lookup: Lookup
    holder: Callable[[Place], str | None]  # who held a place when the theatre opens


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """An attribution with its speaker resolved."""

    attribution: Attribution
    speaker: Source


@dataclass(slots=True, kw_only=True)
class _Page:
    """What is known so far of the document that is being read. Lives as long as one call."""

    document: Document
    reading: Reading
    places: Mapping[int, list[PlaceMention]]
    actors: Mapping[int, list[ActorMention]]
    publisher: Source
    relays: tuple[Source, ...]
    attacker: str | None
    memory: SpeakerMemory = field(default_factory=SpeakerMemory)
    topic: PlaceMention | None = None
    main: PlaceMention | None = None
    seen: set[str] = field(default_factory=set)
    several: tuple[PlaceMention, ...] = ()
    claims: list[Claim] = field(default_factory=list)
    last: Attribution | None = None
    last_speaker: Source | None = None
    paragraph: int = -1
    before: Sentence | None = None


def understand(document: Document, reading: Reading) -> Understanding:
    """Return the claims of one document under one theatre. Pure."""
    pieces = sentences(document, reading.lexicon.lang)
    actors = {s.start: _shift(reading.index.find(fold_apostrophes(s.text)), s.start) for s in pieces}
    places = _places(pieces, actors, reading)
    names = find_relays(document, pieces, actors, reading.lexicon)
    main = _first_topic(document, places, reading)
    page = _Page(
        document=document,
        reading=reading,
        places=places,
        actors=actors,
        publisher=_publisher(document, reading),
        relays=tuple(_relay_source(n, reading) for n in names),
        attacker=_attacker(actors, reading),
        topic=main,
        main=main,
    )
    for piece in pieces:
        _read_sentence(page, piece)
    return Understanding(
        document=document.id,
        claims=tuple(_unique(page.claims)),
        relays=names,
        theatres=(reading.theatre.id,),
    )


def _shift(found: Sequence[ActorMention], offset: int) -> list[ActorMention]:
    return [replace(m, start=m.start + offset, end=m.end + offset) for m in found]


def _places(
    pieces: Sequence[Sentence], actors: Mapping[int, list[ActorMention]], reading: Reading
) -> dict[int, list[PlaceMention]]:
    found: dict[int, list[PlaceMention]] = {}
    for piece in pieces:
        blocked = [Span(start=a.start - piece.start, end=a.end - piece.start) for a in actors[piece.start]]
        text = fold_apostrophes(piece.text)
        blocked = [b for b in blocked if not _locative_side(text, b, reading)]
        found[piece.start] = find_places(text, piece.start, reading.lookup, reading.lexicon, blocked)
    chosen = choose([m for mentions in found.values() for m in mentions], reading.theatre)
    by_start = {m.start: m for m in chosen}
    return {start: [by_start[m.start] for m in mentions if m.start in by_start] for start, mentions in found.items()}


def _locative_side(text: str, span: Span, reading: Reading) -> bool:
    """Whether a capital stands as a place ("in Khartoum"), not for its government."""
    if span.end - span.start > 20:
        return False
    return bool(reading.lexicon.grammar.patterns["place_preposition"].search(text[: span.start]))


def _publisher(document: Document, reading: Reading) -> Source:
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


def _relay_source(name: str, reading: Reading) -> Source:
    for mention in reading.index.find(name):
        if mention.actor:
            actor = mention.actor
            return Source(name=actor.name, actor=actor.id, role=actor.role, side=actor.side)
    return Source(name=name, role=Role.RELAY)


def _attacker(actors: Mapping[int, list[ActorMention]], reading: Reading) -> str | None:
    """The side a bare "the enemy" means in the report's own voice: the one most often named as a force."""
    codes = [s.code for s in reading.theatre.sides[:2]]
    counted = Counter(
        m.side for found in actors.values() for m in found
        if m.side in codes and m.kind in {MentionKind.FORCE, MentionKind.NOUN}
    )  # fmt: skip
    return counted.most_common(1)[0][0] if counted else (codes[0] if codes else None)


def _first_topic(
    document: Document, places: Mapping[int, list[PlaceMention]], reading: Reading
) -> PlaceMention | None:
    """The place talked about before any is named: the title's, else the most often named settlement."""
    settled = [m for found in places.values() for m in found if m.settlement and m.area != "sector"]
    title = document.title or ""
    for mention in settled:
        if mention.text in title:
            return mention
    counted = Counter(m.chosen.id for m in settled if m.chosen)
    most = counted.most_common(1)
    return next((m for m in settled if m.chosen and m.chosen.id == most[0][0]), None) if most else None


def _read_sentence(page: _Page, piece: Sentence) -> None:
    if piece.paragraph != page.paragraph:
        page.paragraph, page.last = piece.paragraph, None
    spoken = _spoken(page, piece)
    places, actors = page.places[piece.start], page.actors[piece.start]
    view = SentenceView(
        start=piece.start,
        text=fold_apostrophes(piece.text),
        places=tuple(places),
        actors=tuple(actors),
        quotes=piece.quotes,
        topic=page.topic,
        several=page.several,
        barred=_barred(spoken),
    )
    findings = find_control(view, page.reading.lexicon, page.reading.index)
    figures = _figures(page, piece)
    made = [
        *(c for f in findings for c in _control_claims(page, piece, f, spoken)),
        *(c for f in figures for c in _quantity_claims(page, piece, f, spoken, view)),
    ]
    page.claims.extend(made)
    page.claims.extend(_echoes(page, piece, spoken, made, view))
    page.claims.extend(_plain_statements(page, piece, spoken, made))
    _claim_back(page, piece)
    _move_topic(page, places)
    page.before = piece


def _claim_back(page: _Page, piece: Sentence) -> None:
    """"About this informs X", "Об этом сообщил X": the sentence before it is what X said."""
    if page.before is None or page.before.paragraph != piece.paragraph:
        return
    speakers = [a for a in page.actors[piece.start] if a.actor is not None or a.side is not None]
    if not page.reading.lexicon.grammar.patterns["about_this"].search(fold_apostrophes(piece.text)) or not speakers:
        return
    mention = next((a for a in reversed(speakers) if a.actor and a.actor.kind == "person"), speakers[-1])
    speaker = resolve_speaker(
        mention.text, "", mention.start, [mention], page.reading.index, page.memory, page.reading.lexicon
    )
    start, end = page.before.start, page.before.end
    page.claims = [_attributed(page, c, speaker) if start <= c.span.start < end else c for c in page.claims]
    page.last_speaker = speaker


def _attributed(page: _Page, claim: Claim, speaker: Source) -> Claim:
    if not claim.own_voice:
        return claim
    before = page.before
    content = page.document.text[before.start : before.end] if before else claim.content
    chain = _chain(page, [speaker])
    return replace(claim, id=stable_id("c", claim.id, speaker.name), chain=chain, content=content)


def _barred(spoken: Sequence[Spoken]) -> tuple[Span, ...]:
    spans = [s.attribution.source for s in spoken if s.attribution.source and s.attribution.frame != "noun"]
    return (*spans, *(s.attribution.cue for s in spoken))


def _move_topic(page: _Page, places: Sequence[PlaceMention]) -> None:
    """The place talked about: the report's own subject when it is named again, else the only one just named."""
    settled = [p for p in places if p.settlement and p.area is None]
    ids = {p.chosen.id for p in settled if p.chosen}
    if len(ids) > 1:
        page.several = tuple({p.chosen.id: p for p in settled if p.chosen}.values())[:3]
    main = page.main.chosen.id if page.main and page.main.chosen else None
    if main in ids:
        page.topic = page.main
    elif len(ids) == 1:
        page.topic = settled[0]
    elif ids and main not in page.seen:
        page.topic = settled[0]
    elif ids:
        page.topic = page.main
    page.seen.update(ids)


def _spoken(page: _Page, piece: Sentence) -> list[Spoken]:
    """Return the attributions of a sentence with their speakers, the bare quotations included."""
    found = find_attributions(piece, page.reading.lexicon)
    found = [a for a in found if a.frame != "headline" or _headline_speaker(page, piece, a)]
    if not found:
        continued = continued_quotes(piece, page.last)
        speaker = page.last_speaker
        return [Spoken(attribution=a, speaker=speaker) for a in continued] if speaker else []
    result = []
    for attribution in found:
        speaker = _speaker(page, piece, attribution)
        result.append(Spoken(attribution=attribution, speaker=speaker))
        if attribution.frame != "noun":
            page.last, page.last_speaker = attribution, speaker
    return result


def _headline_speaker(page: _Page, piece: Sentence, attribution: Attribution) -> bool:
    """Whether "X: words" has a speaker for X: an actor, a side, or a role."""
    if attribution.source is None:
        return False
    span = attribution.source
    if any(a.start >= span.start and a.end <= span.end for a in page.actors[piece.start]):
        return True
    phrase = page.document.text[span.start : span.end]
    return bool(page.reading.lexicon.grammar.patterns["personal_role"].search(phrase))


def _speaker(page: _Page, piece: Sentence, attribution: Attribution) -> Source:
    span = attribution.source
    if span is None:
        return page.last_speaker or page.publisher
    phrase = fold_apostrophes(page.document.text[span.start : span.end])
    inside = [a for a in page.actors[piece.start] if a.start < span.end and span.start < a.end]
    return resolve_speaker(
        phrase, attribution.cue_text, span.start, inside, page.reading.index, page.memory, page.reading.lexicon
    )


def _covering(spoken: Sequence[Spoken], at: int) -> list[Spoken]:
    """The attributions whose content holds an offset, outermost first."""
    inside = [s for s in spoken if s.attribution.content.start <= at < s.attribution.content.end]
    return sorted(inside, key=lambda s: s.attribution.content.start - s.attribution.content.end)


def _chain(page: _Page, speakers: Sequence[Source]) -> tuple[Source, ...]:
    """Publisher, document-level relays, speakers; nobody twice, an own voice alone."""
    if not speakers:
        return (page.publisher,)
    names = {s.name for s in speakers}
    relays = tuple(r for r in page.relays if r.name not in names)
    return (page.publisher, *relays, *speakers)


def _voices(page: _Page, around: Sequence[Spoken], inner: Stance) -> Iterator[tuple[tuple[Source, ...], Stance, str | None]]:
    """Yield a chain, stance and content for each speaker who takes a stand on what is said.

    The innermost speaker asserts or denies it; each outer one who denies, or is unsure, does so too: a reported
    denial holds two claims.
    """
    if not around:
        yield _chain(page, ()), inner, None
        return
    speakers = [s.speaker for s in around]
    text = page.document.text
    last = around[-1].attribution
    yield _chain(page, speakers), _combined(inner, last.stance), text[last.content.start : last.content.end]
    for depth, outer in enumerate(around[:-1]):
        a = outer.attribution
        stance = _combined(_verdict(page, a, last), a.stance)
        if stance is not Stance.ASSERTS:
            yield _chain(page, speakers[: depth + 1]), stance, text[a.content.start : a.content.end]


def _verdict(page: _Page, outer: Attribution, inner: Attribution) -> Stance:
    """What an outer content says of the inner one behind it: "... were untrue"."""
    tail = fold_apostrophes(page.document.text[inner.content.end : outer.content.end])
    return Stance.DENIES if page.reading.lexicon.grammar.patterns["verdict_tail"].search(" " + tail.strip()) else Stance.ASSERTS


def _combined(inner: Stance, outer: Stance) -> Stance:
    if Stance.UNSURE in (inner, outer):
        return Stance.UNSURE
    return Stance.DENIES if Stance.DENIES in (inner, outer) else Stance.ASSERTS


def _control_claims(
    page: _Page, piece: Sentence, finding: ControlFinding, spoken: Sequence[Spoken]
) -> Iterator[Claim]:
    around = _covering(spoken, finding.anchor)
    for chain, stance, content in _voices(page, around, finding.stance):
        yield _claim(
            page, piece, ClaimKind.CONTROL, finding.start, finding.end, chain, stance, content,
            relation=finding.relation,
            actor=_side(page, finding, chain),
            place=reference(finding.place, finding.part),
            rule=finding.rule,
        )  # fmt: skip


def _side(page: _Page, finding: ControlFinding, chain: Sequence[Source]) -> str | None:
    """Resolve the agent of a finding to a side code, seen from the speaker."""
    index, own = page.reading.index, _own_side(page, chain)
    if finding.relation is Relation.CONTESTED:
        return finding.actor.side if isinstance(finding.actor, ActorMention) else None
    if isinstance(finding.actor, ActorMention):
        if finding.actor.side:
            return finding.actor.side
        if finding.actor.kind is MentionKind.ENEMY:
            return index.enemy_of(own) or page.attacker
        return own
    if finding.actor == "own":
        return own
    if finding.actor == "other":
        return index.enemy_of(own)
    return _assumed_side(page, finding)


def _assumed_side(page: _Page, finding: ControlFinding) -> str | None:
    """No agent is named: the side that the report has doing such things to this place."""
    chosen = finding.place.chosen
    for claim in reversed(page.claims):
        same = claim.place is not None and chosen is not None and claim.place.id == chosen.id
        if claim.kind is ClaimKind.CONTROL and claim.actor and same and _kin(claim.relation, finding.relation):
            return claim.actor
    holder = page.reading.holder(chosen) if chosen else None
    if finding.relation in OFFENSIVE:
        return page.reading.index.enemy_of(holder) or page.attacker
    return holder or page.reading.index.enemy_of(page.attacker)


def _kin(one: Relation | None, other: Relation) -> bool:
    return (one in OFFENSIVE) == (other in OFFENSIVE)


def _own_side(page: _Page, chain: Sequence[Source]) -> str | None:
    if chain[-1].side:
        return chain[-1].side
    return page.reading.index.enemy_of(page.attacker) if len(chain) > 1 else None


def _figures(page: _Page, piece: Sentence) -> list[FoundQuantity]:
    context = page.document.text[max(0, piece.start - 160) : piece.start]
    found = find_quantities(fold_apostrophes(piece.text), page.reading.lexicon, context)
    return [replace(f, start=f.start + piece.start, end=f.end + piece.start) for f in found]


def _quantity_claims(
    page: _Page, piece: Sentence, figure: FoundQuantity, spoken: Sequence[Spoken], view: SentenceView
) -> Iterator[Claim]:
    around = _covering(spoken, figure.start)
    voices = list(_voices(page, around, Stance.ASSERTS))
    denied = [v for v in voices if v[1] is Stance.DENIES]
    chain, stance, content = denied[0] if denied else voices[0]
    place = _figure_place(page, figure, view)
    yield _claim(
        page, piece, ClaimKind.QUANTITY, figure.start, figure.end, chain, stance, content,
        quantity=_sided(page, figure, view, chain),
        place=reference(place) if place else None,
        rule=f"quantity:{figure.quantity.kind}",
    )  # fmt: skip


def _figure_place(page: _Page, figure: FoundQuantity, view: SentenceView) -> PlaceMention | None:
    """The scope of a figure: the settlement nearest to it in the sentence, else the place talked about."""
    near = [p for p in view.places if p.chosen is not None]
    if near:
        return min(near, key=lambda p: max(p.start - figure.end, figure.start - p.end, 0))
    return page.topic


def _sided(page: _Page, figure: FoundQuantity, view: SentenceView, chain: Sequence[Source]) -> Quantity:
    quantity = figure.quantity
    if quantity.side or quantity.kind not in SIDED:
        return quantity
    agents = [a for a in view.actors if not any(b.start <= a.start < b.end for b in view.barred)]
    near = min(agents, key=lambda a: max(a.start - figure.end, figure.start - a.end, 0), default=None)
    side = near.side if near else None
    if near and near.kind is MentionKind.ENEMY:
        side = page.reading.index.enemy_of(_own_side(page, chain)) or page.attacker
    elif near and near.kind is MentionKind.OURS:
        side = _own_side(page, chain)
    return replace(quantity, side=side)


def _echoes(
    page: _Page, piece: Sentence, spoken: Sequence[Spoken], made: Sequence[Claim], view: SentenceView
) -> Iterator[Claim]:
    """A denial or doubt without a predicate of its own takes up the last claim about its place.

    "Kyiv rejected this", "Reuters could not verify the report from Hirnyk".
    """
    for item in spoken:
        a = item.attribution
        content = page.document.text[a.content.start : a.content.end]
        if a.stance is Stance.ASSERTS or a.frame == "noun" or any(_within(c, a.content) for c in made):
            continue
        if len(content.split()) > 16 or not page.reading.lexicon.grammar.patterns["echo_object"].search(content):
            continue
        named = [p for p in view.places if p.settlement and a.content.start <= p.start < a.content.end]
        plural = page.reading.lexicon.grammar.patterns["plural_anaphor"].search(content)
        for place in named or (page.several if plural else None) or ([page.topic] if page.topic else []):
            echoed = _last_about(page, place)
            relation, actor = _echoed_roles(page, echoed, item.speaker, bool(named))
            if relation is None:
                continue
            start = item.attribution.cue.start
            yield _claim(
                page, piece, ClaimKind.CONTROL, min(start, a.content.start), max(a.cue.end, a.content.end),
                _chain(page, [item.speaker]), a.stance, content,
                relation=relation, actor=actor, place=replace(reference(place), part=None), rule="echo",
            )  # fmt: skip


def _echoed_roles(
    page: _Page, echoed: Claim | None, speaker: Source, named: bool
) -> tuple[Relation | None, str | None]:
    """What is doubted: the last claim about the place; else, where a party denies a named place, its capture."""
    if echoed is not None:
        return echoed.relation, echoed.actor
    if named and speaker.side:
        return Relation.CAPTURED, page.reading.index.enemy_of(speaker.side)
    return None, None


def _within(claim: Claim, span: Span) -> bool:
    return claim.kind is ClaimKind.CONTROL and claim.span.start < span.end and span.start < claim.span.end


def _last_about(page: _Page, place: PlaceMention) -> Claim | None:
    for claim in reversed(page.claims):
        if claim.kind is not ClaimKind.CONTROL or claim.place is None or place.chosen is None:
            continue
        if claim.place.id == place.chosen.id and claim.relation in _CLAIMED and claim.stance is Stance.ASSERTS:
            return claim
    return None


_CLAIMED = frozenset({Relation.CAPTURED, Relation.HOLDS, Relation.HOLDS_PART, Relation.ENCIRCLES, Relation.ENTERED})


def _plain_statements(
    page: _Page, piece: Sentence, spoken: Sequence[Spoken], made: Sequence[Claim]
) -> Iterator[Claim]:
    """An attribution without control or figures is a statement of another kind."""
    text = page.document.text
    carried = {c.content for c in made}
    for item in spoken:
        a = item.attribution
        content = text[a.content.start : a.content.end]
        if content in carried or not content.strip():
            continue
        yield _claim(
            page, piece, ClaimKind.STATEMENT, a.content.start, a.content.end,
            _chain(page, [s.speaker for s in _outer(spoken, item)]), a.stance, content, rule=f"attribution:{a.frame}",
        )  # fmt: skip


def _outer(spoken: Sequence[Spoken], item: Spoken) -> list[Spoken]:
    inner = item.attribution.content
    around = [
        s for s in spoken
        if s.attribution.content.start <= inner.start and inner.end <= s.attribution.content.end and s is not item
    ]  # fmt: skip
    return [*around, item]


def _claim(
    page: _Page, piece: Sentence, kind: ClaimKind, start: int, end: int, chain: tuple[Source, ...], stance: Stance,
    content: str | None, *, relation: Relation | None = None, actor: str | None = None, place: object = None,
    quantity: Quantity | None = None, rule: str = "",
) -> Claim:  # fmt: skip
    document = page.document
    when = _when(page, piece)
    parts = (document.id, kind, start, end, relation, actor, getattr(place, "id", None), getattr(place, "part", None),
             stance, [s.name for s in chain], quantity, content)  # fmt: skip
    return Claim(
        id=stable_id("c", *parts),
        document=document.id,
        kind=kind,
        span=Span(start=start, end=end),
        quote=document.text[start:end],
        chain=chain,
        stance=stance,
        section=_section(piece, when, document),
        content=content,
        relation=relation,
        actor=actor,
        place=place,  # type: ignore[arg-type]
        when=when,
        quantity=quantity,
        rule=rule,
    )


def _when(page: _Page, piece: Sentence) -> Period | None:
    """The event time a sentence names; the publication day, as assumed, where it names none."""
    published = page.document.published_date
    period = find_period(fold_apostrophes(piece.text), published, page.reading.lexicon.grammar)
    if period:
        return period
    return Period(start=published, end=published, basis=Basis.ASSUMED) if published else None


def _section(piece: Sentence, when: Period | None, document: Document) -> Section:
    """Background is what happened more than 45 days before the report."""
    published = document.published_date
    if piece.section is Section.BODY and when and when.end and published and _days(when.end, published) > 45:
        return Section.BACKGROUND
    return piece.section


def _days(first: str, last: str) -> int:
    from datetime import date

    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _unique(claims: Sequence[Claim]) -> list[Claim]:
    return list({c.id: c for c in claims}.values())


Understander = Callable[[Document], Understanding]
