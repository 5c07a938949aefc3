"""The nouns of Whoholds. A newcomer reads these first.

:mod:`.documents` what was read · :mod:`.places` where · :mod:`.claims` who says what ·
:mod:`.theatre` one war as data · :mod:`.evidence` rows and answers · :mod:`.lexicon` word data ·
:mod:`.tagging` what a trained reader finds · :mod:`.identity` how ids are made.

All are frozen, slotted, keyword-only dataclasses over the standard library.
"""

from whoholds.records.claims import (
    Claim,
    ClaimKind,
    Period,
    Quantity,
    QuantityKind,
    Relation,
    Role,
    Section,
    Source,
    Stance,
    Understanding,
)
from whoholds.records.documents import Basis, Document, MarkedSpan, Rejection, Span, SpanKind
from whoholds.records.evidence import (
    CONTESTED,
    UNKNOWN,
    Clocks,
    ControlAnswer,
    Dispute,
    FigureRow,
    Origin,
    PartAnswer,
    Statement,
    Tier,
)
from whoholds.records.identity import content_hash, document_id, stable_id
from whoholds.records.places import Place, PlaceKind, PlaceName, PlaceRef
from whoholds.records.tagging import TaggedAttribution, TaggedFigure, TaggedMention, TaggedPredicate, Tagging
from whoholds.records.theatre import Actor, InitialControl, Side, Tenure, Theatre

__all__ = [
    "CONTESTED",
    "UNKNOWN",
    "Actor",
    "Basis",
    "Claim",
    "ClaimKind",
    "Clocks",
    "ControlAnswer",
    "Dispute",
    "Document",
    "FigureRow",
    "InitialControl",
    "MarkedSpan",
    "Origin",
    "PartAnswer",
    "Period",
    "Place",
    "PlaceKind",
    "PlaceName",
    "PlaceRef",
    "Quantity",
    "QuantityKind",
    "Rejection",
    "Relation",
    "Role",
    "Section",
    "Side",
    "Source",
    "Span",
    "SpanKind",
    "Stance",
    "Statement",
    "TaggedAttribution",
    "TaggedFigure",
    "TaggedMention",
    "TaggedPredicate",
    "Tagging",
    "Tenure",
    "Theatre",
    "Tier",
    "Understanding",
    "content_hash",
    "document_id",
    "stable_id",
]
