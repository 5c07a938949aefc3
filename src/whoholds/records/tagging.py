"""What a trained reader finds in a document: spans with their roles, not yet grounded. Offsets are the document's."""

from __future__ import annotations

from dataclasses import dataclass

from whoholds.records.claims import QuantityKind, Relation, Stance
from whoholds.records.documents import Span

Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedAttribution:
    """Who says what: the scheme of PARC and PolNeAR. ``content`` may be discontinuous, ``source`` empty."""

    cue: Span
    source: Spans
    content: Spans
    stance: Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedPredicate:
    """Words that say who holds, takes, loses, enters, surrounds or fights for a place, with the words for its roles.

    ``score`` is the mean probability of the trigger, 0 to 1.
    """

    trigger: Span
    relation: Relation
    stance: Stance
    places: Spans
    parts: Spans
    actors: Spans
    times: Spans
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedFigure:
    """A number about the war: its words, what it counts, for which place, and whose it is.

    ``owner`` is "none", "civilians" or "side"; ``whose`` are the words for that side, where any stand there.
    """

    number: Span
    kind: QuantityKind
    stance: Stance
    counted: Spans
    scopes: Spans
    owner: str
    whose: Spans
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedMention:
    """A named person, organisation, place or facility, a date or a quantity."""

    span: Span
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagging:
    """All that a trained reader found in one document. ``loose``: contents that no cue in reach attributes."""

    attributions: tuple[TaggedAttribution, ...] = ()
    predicates: tuple[TaggedPredicate, ...] = ()
    figures: tuple[TaggedFigure, ...] = ()
    mentions: tuple[TaggedMention, ...] = ()
    loose: Spans = ()
