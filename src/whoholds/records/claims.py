"""Claims: what a passage says, as its source puts it; and statements: claims after grounding."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from whoholds.records.documents import Basis, Span
from whoholds.records.places import PlaceRef


class ClaimKind(StrEnum):
    """What a claim is about."""

    CONTROL = "control"
    QUANTITY = "quantity"
    STATEMENT = "statement"  # an attributed statement of another kind


class Stance(StrEnum):
    """How the source stands to what is said."""

    ASSERTS = "asserts"
    DENIES = "denies"
    UNSURE = "unsure"


class Relation(StrEnum):
    """What a control claim says that a side did to a place, or has of it."""

    CAPTURED = "captured"
    HOLDS = "holds"
    HOLDS_PART = "holds_part"
    CONTESTED = "contested"
    ENCIRCLES = "encircles"
    NEAR_ENCIRCLES = "near_encircles"
    ADVANCES = "advances"
    ENTERED = "entered"
    REPELLED = "repelled"  # the actor is the side pushed back
    NEAR_CAPTURE = "near_capture"
    WITHDREW = "withdrew"


class Role(StrEnum):
    """The role of a claimant in a theatre."""

    PARTY = "party"
    MONITOR = "monitor"
    RELAY = "relay"
    WITNESS = "witness"


class QuantityKind(StrEnum):
    """What a number counts. Killed is not wounded is not casualties."""

    TROOPS = "troops"
    KILLED = "killed"
    WOUNDED = "wounded"
    CASUALTIES = "casualties"
    ENCIRCLED = "encircled"
    POPULATION = "population"
    CIVILIANS = "civilians"
    CHILDREN = "children"
    AREA = "area_km2"
    SHARE = "share"
    DISTANCE = "distance_km"
    DURATION = "duration"
    GROUPS = "groups"
    CAPTURED_PEOPLE = "captured_people"
    OTHER = "other"


class Section(StrEnum):
    """Where in its document a passage stands."""

    HEADLINE = "headline"
    BODY = "body"
    CAPTION = "caption"
    BACKGROUND = "background"  # a paragraph that tells earlier history
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """ISO dates, inclusive; a month or year is spelt out as its first and last day. None: open or unknown."""

    start: str | None
    end: str | None
    basis: Basis
    mention: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One link of a chain of attribution: publisher, relay or speaker.

    ``name`` is resolved ("Ivan Stupak"), ``mention`` verbatim ("Stupak"; None for a document-level relay
    or the publisher), ``cue`` verbatim ("said"). ``actor`` is the theatre's actor id where it is known;
    side and role are the theatre's, never guessed from nationality; an unknown speaker keeps its name.
    """

    name: str
    mention: str | None = None
    start: int | None = None
    cue: str | None = None
    actor: str | None = None
    role: Role | None = None
    side: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A figure as given. ``high`` None: at least; ``low`` None: up to; equal: exact or approximate."""

    kind: QuantityKind
    low: float | None
    high: float | None
    unit: str
    approx: bool = False
    side: str | None = None
    counted: str | None = None  # the words that say what is counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a passage says. ``quote == document.text[span.start:span.end]``, checked when written.

    ``chain`` runs outermost first: the publisher, relays, and last the one who is the origin. A chain of
    one is the report's own voice. ``rule`` names the lexicon entry or model head that produced it.
    """

    id: str
    document: str
    kind: ClaimKind
    span: Span
    quote: str
    chain: tuple[Source, ...]
    stance: Stance
    section: Section = Section.BODY
    content: str | None = None
    relation: Relation | None = None
    actor: str | None = None
    place: PlaceRef | None = None
    when: Period | None = None
    said: Period | None = None
    quantity: Quantity | None = None
    rule: str = ""

    @property
    def speaker(self) -> Source:
        """Who is the origin: the innermost source."""
        return self.chain[-1]

    @property
    def own_voice(self) -> bool:
        """Whether the report says it itself."""
        return len(self.chain) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """All that was read out of one document. A pure function of the document and the theatre data."""

    document: str
    claims: tuple[Claim, ...]
    relays: tuple[str, ...]  # the document-level chain ("Fakti" < "BTA" < "Reuters"), publisher not included
    theatres: tuple[str, ...]
    warnings: tuple[str, ...] = ()
