"""The flat rows that the ledger hands to the evidence rules, and the answers that come back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from whoholds.records.claims import QuantityKind, Relation, Role, Section, Stance


class Tier(StrEnum):
    """How we know a state."""

    ASSESSED = "assessed"
    CLAIMED = "claimed"
    DISPUTED = "disputed"
    BACKGROUND = "background"


#: The two control states that are no side.
CONTESTED = "contested"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A claim after grounding, joined to its document: comparable across documents.

    One row of the ledger's ``statements`` view. ``when_*`` is event time (ISO, inclusive), ``published``
    publication time, ``recorded`` knowledge time. ``chain`` holds the names outermost first.
    """

    claim: str
    document: str
    document_name: str
    outlet: str | None
    url: str | None
    title: str | None
    published: str | None
    recorded: str
    lang: str | None
    kind: str
    section: Section
    start: int
    end: int
    quote: str
    stance: Stance
    speaker: str
    speaker_actor: str | None
    speaker_role: Role | None
    speaker_side: str | None
    chain: tuple[str, ...]
    own_voice: bool
    relation: Relation | None = None
    actor: str | None = None
    place_id: str | None = None
    place_name: str | None = None
    part: str | None = None
    area: str | None = None
    when_start: str | None = None
    when_end: str | None = None
    when_basis: str | None = None
    quantity_kind: QuantityKind | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    approx: bool = False
    quantity_side: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One act of saying: speaker, content, day. Many documents relay one origin; it counts once.

    ``kind``: ``single`` (one document), ``copy`` (one text in several documents), ``relay`` (separate
    relays of one statement). ``claims`` are claim ids, first published first.
    """

    id: str
    kind: str
    speaker: str
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    first: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """Which clocks an answer was read at. ``as_of``: event time; ``known_by``: publication time."""

    as_of: str
    known_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartAnswer:
    """The state of a part of a place."""

    part: str
    state: str
    tier: Tier
    since: str | None
    rule: str
    supporting: tuple[str, ...]
    opposing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlAnswer:
    """Who holds a place: state, tier, since when, by which rule, on what evidence."""

    place_id: str
    place_name: str
    lat: float | None
    lon: float | None
    clocks: Clocks
    state: str  # a side code, "contested" or "unknown"
    tier: Tier
    since: str | None
    rule: str
    why: str
    shown_over: str | None  # the earlier state, where a claim is only shown over it
    claimed_by: str | None  # the side that claims it, where it is claimed or disputed
    supporting: tuple[str, ...]  # claim ids
    opposing: tuple[str, ...]
    origins_for: int
    origins_against: int
    parts: tuple[PartAnswer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """Two sets of statements about one thing that cannot both hold."""

    id: str
    place_id: str | None
    place_name: str | None
    about: str  # one line: what is disputed
    supporting: tuple[str, ...]
    opposing: tuple[str, ...]
    origins_for: int
    origins_against: int
    first: str | None
    last: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One claimant's figure of one kind and scope: never averaged with another's."""

    kind: QuantityKind
    side: str | None
    place_name: str | None
    unit: str
    claimant: str
    claimant_role: Role | None
    low: float | None
    high: float | None
    approx: bool
    stance: Stance
    as_of: str | None
    claims: tuple[str, ...]
    documents: int
    origins: int
