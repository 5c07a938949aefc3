"""Origins: one act of saying, however many reports relay it. Agreement is counted in origins."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from whoholds.queries.voices import days_between
from whoholds.records import Origin, Relation, Role, Statement, stable_id

__all__ = ["count_origins", "fold", "origin_of", "origins", "text_groups"]

_GROUPS = {
    Relation.CAPTURED: "hold",
    Relation.HOLDS: "hold",
    Relation.HOLDS_PART: "part",
    Relation.ENTERED: "part",
    Relation.ENCIRCLES: "ring",
    Relation.NEAR_ENCIRCLES: "ring",
}
_STATED = frozenset({"stated", "relative", "metadata", "header", "text"})


@dataclass(slots=True)
class _Occasion:
    """Statements taken as one act of saying; ``day`` and ``period`` are those of the first."""

    day: str | None
    period: tuple[str, str] | None
    members: list[Statement] = field(default_factory=list)


def fold(name: str) -> str:
    """Return a name without case, accents and punctuation, for comparing."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return re.sub(r"\W+", " ", plain).strip()


def text_groups(groups: Iterable[set[str]]) -> dict[str, str]:
    """Return document id -> name of its near-duplicate group; documents in none are left out."""
    return {document: min(group) for group in groups for document in group}


def origins(
    statements: Iterable[Statement], same_text: Mapping[str, str], *, occasion_days: int = 2
) -> tuple[Origin, ...]:
    """Group statements into origins: same speaker, same content, same occasion.

    ``same_text`` maps a document to its near-duplicate group (see ``text_groups``). Relays of a speaker whom
    the theatre knows may be published up to ``occasion_days`` after the earliest; others must share the day.
    Statements with stated event periods apart are two origins. Ordered by first publication.
    """
    by_key: dict[Hashable, list[Statement]] = {}
    for statement in sorted(statements, key=lambda s: (_day(s) or "9999", s.published or "9999", s.claim)):
        key = (_speaker_key(statement, same_text), _content_key(statement))
        by_key.setdefault(key, []).append(statement)
    found = [
        _origin(occasion.members, same_text)
        for members in by_key.values()
        for occasion in _occasions(members, same_text, occasion_days)
    ]
    return tuple(sorted(found, key=lambda origin: (origin.first or "9999", origin.id)))


def origin_of(found: Iterable[Origin]) -> dict[str, str]:
    """Return claim id -> origin id."""
    return {claim: origin.id for origin in found for claim in origin.claims}


def count_origins(claims: Iterable[str], of: Mapping[str, str]) -> int:
    """Return how many origins stand behind the claims."""
    return len({of[claim] for claim in claims})


def _speaker_key(statement: Statement, same_text: Mapping[str, str]) -> Hashable:
    """A known actor is itself; a report's own voice is its text; an unknown speaker its name and side."""
    spoken = not statement.own_voice or statement.speaker_role in (Role.MONITOR, Role.PARTY)
    if not spoken:
        return "text", same_text.get(statement.document, statement.document)
    if statement.speaker_actor is not None:
        return "actor", statement.speaker_actor
    return "name", fold(statement.speaker), statement.speaker_side


def _content_key(statement: Statement) -> Hashable:
    place = statement.place_id or (fold(statement.place_name) if statement.place_name else None)
    if statement.relation is not None:
        group = _GROUPS.get(statement.relation, statement.relation)
        return statement.kind, place, statement.part, statement.area, group, statement.actor, statement.stance
    if statement.quantity_kind is not None:
        value = (statement.quantity_kind, statement.low, statement.high, statement.unit, statement.quantity_side)
        return statement.kind, place, value, statement.stance
    return statement.kind, fold(statement.quote), statement.stance


def _occasions(members: Sequence[Statement], same_text: Mapping[str, str], days: int) -> list[_Occasion]:
    found: list[_Occasion] = []
    for statement in members:
        home = next((one for one in found if _belongs(statement, one, same_text, days)), None)
        if home is None:
            home = _Occasion(day=_day(statement), period=_period(statement))
            found.append(home)
        home.members.append(statement)
    return found


def _belongs(statement: Statement, occasion: _Occasion, same_text: Mapping[str, str], days: int) -> bool:
    text = same_text.get(statement.document, statement.document)
    period = _period(statement)
    if period and occasion.period and (period[0] > occasion.period[1] or period[1] < occasion.period[0]):
        return False
    if any(same_text.get(member.document, member.document) == text for member in occasion.members):
        return True
    day = _day(statement)
    if day is None or occasion.day is None:
        return False
    return days_between(occasion.day, day) <= (days if statement.speaker_actor is not None else 0)


def _day(statement: Statement) -> str | None:
    """The day of saying, as far as we know: the event's stated day where that is earlier than publication."""
    period = _period(statement)
    published = statement.published[:10] if statement.published else None
    stated = period[0] if period and period[0] == period[1] else None
    return min((day for day in (stated, published) if day), default=None)


def _period(statement: Statement) -> tuple[str, str] | None:
    if statement.when_basis not in _STATED or statement.when_start is None:
        return None
    return statement.when_start, statement.when_end or statement.when_start


def _origin(members: Sequence[Statement], same_text: Mapping[str, str]) -> Origin:
    ordered = sorted(members, key=lambda s: (s.published or "9999", s.claim))
    documents = tuple(dict.fromkeys(s.document for s in ordered))
    texts = {same_text.get(document, document) for document in documents}
    kind = "single" if len(documents) == 1 else "copy" if len(texts) == 1 else "relay"
    first = ordered[0]
    return Origin(
        id=stable_id("o", first.claim),
        kind=kind,
        speaker=(first.outlet or first.speaker) if first.own_voice else first.speaker,
        claims=tuple(s.claim for s in ordered),
        documents=documents,
        first=first.published[:10] if first.published else first.when_start,
    )
