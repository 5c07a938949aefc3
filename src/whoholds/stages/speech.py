"""The attributions of a sentence with their speakers resolved, and speakers named one sentence later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from whoholds.records import Claim, Role, Source, Span, stable_id
from whoholds.stages.actors import fold_apostrophes
from whoholds.stages.attributions import Attribution, continued_quotes, find_attributions
from whoholds.stages.page import Page, Spoken
from whoholds.stages.segments import Sentence
from whoholds.stages.speakers import PERSONAL, resolve_speaker
from whoholds.stages.tagged_speech import UNSOURCED, loose_quotations, tagged_attributions
from whoholds.stages.voices import chain_of


def barred_spans(spoken: Sequence[Spoken]) -> tuple[Span, ...]:
    """Return the spans in which no agent stands: sources and cues."""
    spans = [s.attribution.source for s in spoken if s.attribution.source]
    return (*spans, *(s.attribution.cue for s in spoken))


def spoken_in(page: Page, piece: Sentence) -> list[Spoken]:
    """Return the attributions of a sentence with their speakers, the bare quotations included."""
    if page.tagging is not None:
        found = tagged_attributions(page.document.text, piece, page.tagging, page.reading.lexicon)
    else:
        found = find_attributions(piece, page.reading.lexicon)
    found = [a for a in found if a.frame != "headline" or _headline_speaker(page, piece, a)]
    if not found:
        return _continued(page, piece)
    result = []
    for attribution in found:
        speaker = _speaker(page, piece, attribution)
        item = Spoken(attribution=attribution, speaker=speaker)
        cited = _cited(page, piece, item)
        result.extend([item, cited] if cited else [item])
        if attribution.frame not in {"noun", UNSOURCED}:
            page.last, page.last_speaker, page.cited = attribution, speaker, attribution
    return result


def _continued(page: Page, piece: Sentence) -> list[Spoken]:
    """Quotations that stand without a cue go on with what the last speaker said."""
    speaker = page.last_speaker
    if speaker is None:
        return []
    continued = continued_quotes(piece, page.last)
    if not continued and page.tagging is not None and page.cited is not None:
        continued = loose_quotations(page.document.text, piece, page.tagging, page.cited)
    return [Spoken(attribution=a, speaker=speaker) for a in continued]


def reaching(page: Page, piece: Sentence) -> list[Spoken]:
    """Return attributions of other sentences whose content reaches into this one: quotations of several sentences."""
    return [
        item
        for start, spoken in page.spoken.items()
        if start != piece.start
        for item in spoken
        if item.attribution.content.start < piece.end and piece.start < item.attribution.content.end
    ]


def _headline_speaker(page: Page, piece: Sentence, attribution: Attribution) -> bool:
    """Whether "X: words" has a speaker for X: an actor, a side, or a role."""
    if attribution.source is None:
        return False
    span = attribution.source
    named = sum(a.end - a.start for a in page.actors[piece.start] if a.start >= span.start and a.end <= span.end)
    if named >= 0.7 * (span.end - span.start):
        return True
    phrase = page.document.text[span.start : span.end]
    roles = list(page.reading.lexicon.grammar.patterns["personal_role"].finditer(phrase))
    return bool(roles) and (roles[-1].end() >= len(phrase) - 4 or named > 0)


def _speaker(page: Page, piece: Sentence, attribution: Attribution) -> Source:
    span = attribution.source
    if attribution.frame == UNSOURCED:
        return page.publisher
    if span is None:
        return page.last_speaker or page.publisher
    phrase = fold_apostrophes(page.document.text[span.start : span.end])
    inside = [a for a in page.actors[piece.start] if a.start < span.end and span.start < a.end]
    return resolve_speaker(
        phrase,
        attribution.cue_text,
        span.start,
        inside,
        page.reading.index,
        page.memory,
        page.reading.lexicon,
    )


def remember(page: Page, piece: Sentence, spoken: Sequence[Spoken]) -> None:
    """Keep who was named in a sentence for the pronouns of the next; its speakers come first."""
    for mention in page.actors[piece.start]:
        actor = mention.actor
        if actor is not None and actor.role is not Role.RELAY:
            source = Source(name=actor.name, mention=mention.text, actor=actor.id, role=actor.role, side=actor.side)
            page.memory.add(source, actor.kind in PERSONAL)
    for item in spoken:
        page.memory.again(item.speaker)


def _cited(page: Page, piece: Sentence, item: Spoken) -> Spoken | None:
    """Return who a speaker cites: "Zelensky said, citing Syrskyi" makes Syrskyi the origin. Relays are not origins."""
    text = fold_apostrophes(piece.text)
    for match in page.reading.lexicon.grammar.patterns["citing"].finditer(text):
        at = piece.start + match.end()
        if at <= item.attribution.cue.end:
            continue
        for mention in page.actors[piece.start]:
            actor = mention.actor
            if actor is None or actor.role is Role.RELAY or not at <= mention.start < at + 40:
                continue
            cue = Span(start=piece.start + match.start(), end=at)
            source = Span(start=mention.start, end=mention.end)
            attribution = replace(item.attribution, cue=cue, source=source, cue_text=match.group().strip())
            speaker = Source(
                name=actor.name, mention=mention.text, start=mention.start, cue=match.group().strip(),
                actor=actor.id, role=actor.role, side=actor.side,
            )  # fmt: skip
            return Spoken(attribution=attribution, speaker=speaker)
    return None


def claim_back(page: Page, piece: Sentence) -> None:
    """ "About this informs X", "Об этом сообщил X": the sentence before it is what X said."""
    if page.before is None or page.before.paragraph != piece.paragraph:
        return
    speakers = [a for a in page.actors[piece.start] if a.actor is not None or a.side is not None]
    if not page.reading.lexicon.grammar.patterns["about_this"].search(fold_apostrophes(piece.text)) or not speakers:
        return
    mention = next((a for a in reversed(speakers) if a.actor and a.actor.kind == "person"), speakers[-1])
    speaker = resolve_speaker(
        mention.text,
        "",
        mention.start,
        [mention],
        page.reading.index,
        page.memory,
        page.reading.lexicon,
    )
    start, end = page.before.start, page.before.end
    page.claims = [_attributed(page, c, speaker) if start <= c.span.start < end else c for c in page.claims]
    page.last_speaker = speaker


def _attributed(page: Page, claim: Claim, speaker: Source) -> Claim:
    if not claim.own_voice:
        return claim
    before = page.before
    content = page.document.text[before.start : before.end] if before else claim.content
    chain = chain_of(page, [speaker])
    return replace(claim, id=stable_id("c", claim.id, speaker.name), chain=chain, content=content)
