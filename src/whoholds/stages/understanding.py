"""Assembly: sentences, mentions, attributions and findings to the claims of one document. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from whoholds.records import Claim, Document, Tagging, Understanding
from whoholds.stages.actors import fold_apostrophes
from whoholds.stages.claims import control_claims, plain_statements
from whoholds.stages.control import find_control
from whoholds.stages.echoes import echoes
from whoholds.stages.figures import figures_in, quantity_claims
from whoholds.stages.page import Page, Reading, first_topic, move_topic
from whoholds.stages.preparation import (
    attacker_by_deeds,
    attacker_of,
    opponents_of,
    people_in,
    place_roles,
    places_in,
    publisher_of,
    relay_source,
    shifted,
)
from whoholds.stages.relays import find_relays
from whoholds.stages.segments import Sentence, sentences
from whoholds.stages.speech import barred_spans, claim_back, reaching, remember, spoken_in
from whoholds.stages.tagged_control import tagged_control, weighed
from whoholds.stages.whereabouts import SentenceView

#: Finds what stands in the sentences of one document.
Tag = Callable[[Sequence[Sentence]], Tagging]


def understand(document: Document, reading: Reading, tag: Tag | None = None) -> Understanding:
    """Return the claims of one document under one theatre. Pure, as far as ``tag`` is.

    ``tag`` is a trained reader; without one the words of the lexicon are looked for.
    """
    pieces = sentences(document, reading.lexicon.lang)
    actors = {
        s.start: shifted(reading.index.find(fold_apostrophes(s.text), document.published_date), s.start) for s in pieces
    }
    tagging = tag(pieces) if tag else None
    places = places_in(pieces, actors, reading, people_in(tagging), place_roles(tagging))
    names = find_relays(document, pieces, actors, reading.lexicon)
    main = first_topic(document, places, reading)
    page = Page(
        document=document,
        reading=reading,
        places=places,
        actors=actors,
        publisher=publisher_of(document, reading),
        relays=tuple(relay_source(n, reading) for n in names),
        attacker=attacker_of(actors, reading),
        opponents=opponents_of(actors, reading),
        topic=main,
        main=main,
        tagging=tagging,
    )
    page.attacker = attacker_by_deeds(tagging, actors, page) or page.attacker
    for piece in pieces:
        _hear_sentence(page, piece)
    for piece in pieces:
        _read_sentence(page, piece)
    return Understanding(
        document=document.id,
        claims=tuple(_unique(page.claims)),
        relays=names,
        theatres=(reading.theatre.id,),
    )


def _hear_sentence(page: Page, piece: Sentence) -> None:
    """Find who speaks in a sentence, and remember it for the pronouns of the next."""
    if piece.paragraph != page.paragraph:
        page.paragraph, page.last = piece.paragraph, None
    page.spoken[piece.start] = spoken_in(page, piece)
    remember(page, piece, page.spoken[piece.start])


def _read_sentence(page: Page, piece: Sentence) -> None:
    if page.before is not None and page.before.paragraph != piece.paragraph:
        page.at, page.lost = None, False  # a new paragraph is about the subject of the report again
    own = page.spoken[piece.start]
    spoken = [*own, *reaching(page, piece)]
    places, actors = page.places[piece.start], page.actors[piece.start]
    view = SentenceView(
        start=piece.start,
        text=fold_apostrophes(piece.text),
        places=tuple(places),
        actors=tuple(actors),
        quotes=piece.quotes,
        topic=page.topic,
        several=page.several,
        barred=barred_spans(spoken),
        contents=tuple(s.attribution.content for s in spoken),
    )
    findings = find_control(view, page.reading.lexicon, page.reading.index)
    if page.tagging is not None:
        tagged = tagged_control(page, view)
        findings = weighed(tagged, findings)
    figures = figures_in(page, piece)
    made = [
        *(c for f in findings for c in control_claims(page, piece, f, spoken)),
        *(c for f in figures for c in quantity_claims(page, piece, f, spoken, view)),
    ]
    page.claims.extend(made)
    page.claims.extend(echoes(page, piece, spoken, made, view))
    page.claims.extend(plain_statements(page, piece, own, made))
    claim_back(page, piece)
    move_topic(page, places)
    page.before = piece


def _unique(claims: Sequence[Claim]) -> list[Claim]:
    return list({c.id: c for c in claims}.values())
