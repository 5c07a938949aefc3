"""The words for states, tiers, roles, stances and figures: the same on the terminal and on the page.

They say who says so. None says what is the case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from whoholds.exporters.timeline import day_of
from whoholds.records import (
    CONTESTED,
    UNKNOWN,
    ControlAnswer,
    FigureRow,
    QuantityKind,
    Relation,
    Role,
    Stance,
    Statement,
    Tier,
)
from whoholds.stages.toponyms import key

__all__ = [
    "amount",
    "claimant",
    "figure_subject",
    "headline",
    "kind_words",
    "listed",
    "named",
    "says",
    "stance_words",
    "state_name",
    "state_sentence",
    "tier_words",
]

_WORD = re.compile(r"[\w-]+")

_TIERS = {
    Tier.ASSESSED: "an independent monitor assesses it so, or the losing side admits it",
    Tier.CLAIMED: "one side says so, the other and the monitors are silent",
    Tier.DISPUTED: "one side says so, the other denies it, no monitor decides",
    Tier.BACKGROUND: "no statement within the theatre's horizon: the state it opened with",
}

_STANCES = {Stance.ASSERTS: "says", Stance.DENIES: "denies", Stance.UNSURE: "does not commit itself"}

_RELATIONS = {
    Relation.CAPTURED: "{actor} captured it",
    Relation.HOLDS: "{actor} holds it",
    Relation.HOLDS_PART: "{actor} holds part of it",
    Relation.CONTESTED: "it is fought over",
    Relation.ENCIRCLES: "{actor} has encircled it",
    Relation.NEAR_ENCIRCLES: "{actor} has nearly encircled it",
    Relation.ADVANCES: "{actor} is advancing there",
    Relation.ENTERED: "{actor} has entered it",
    Relation.REPELLED: "{actor} was pushed back there",
    Relation.NEAR_CAPTURE: "{actor} is about to capture it",
    Relation.WITHDREW: "{actor} withdrew from it",
}

#: Parts that the sentence names already ("holds part of it"), or that are no part.
_NO_PART = frozenset({"part", "parts", "whole", "all"})

#: Kinds whose side is not what is counted: an area of a side is what it is said to have, no area of its own.
_OF_NOBODY = frozenset(
    {QuantityKind.AREA, QuantityKind.SHARE, QuantityKind.DISTANCE, QuantityKind.DURATION, QuantityKind.OTHER}
)

_UNITS = {"percent": "%", "km2": "km²", "mi2": "mi²"}

_KINDS = {
    QuantityKind.AREA: "area",
    QuantityKind.SHARE: "share",
    QuantityKind.DISTANCE: "distance",
    QuantityKind.CAPTURED_PEOPLE: "captured people",
    QuantityKind.OTHER: "other figures",
}


def tier_words(tier: Tier) -> str:
    """Say how we know a state, in half a sentence."""
    return _TIERS[tier]


def stance_words(stance: Stance) -> str:
    """Return the verb of a stance."""
    return _STANCES[stance]


def state_name(state: str, sides: Mapping[str, str]) -> str:
    """Name a state: a side's name, "contested" or "unknown". ``sides`` maps codes to names."""
    return state if state in (CONTESTED, UNKNOWN) else sides.get(state, state)


def headline(answer: ControlAnswer, sides: Mapping[str, str]) -> str:
    """Say the state in two or three words, with its tier in them where it is not assessed."""
    name = state_name(answer.state, sides)
    if answer.tier is Tier.DISPUTED:
        return "Disputed"
    if answer.state in (CONTESTED, UNKNOWN):
        return name.capitalize()
    return f"Claimed by {name}" if answer.tier is Tier.CLAIMED else name


def listed(names: Iterable[str]) -> str:
    """Join names as a sentence does: a, b and c. Each name once, in whichever script it came first."""
    unique = _once(names)
    return unique[0] if len(unique) == 1 else f"{', '.join(unique[:-1])} and {unique[-1]}" if unique else ""


def _once(names: Iterable[str]) -> list[str]:
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(key(name) or name, name)
    return list(first.values())


def named(text: str, sides: Mapping[str, str]) -> str:
    """Write the names of sides for their codes in a text."""
    return _WORD.sub(lambda word: sides.get(word[0], word[0]), text)


def claimant(statement: Statement, sides: Mapping[str, str]) -> str:
    """Name who says it, with the role the theatre gives him, never guessed."""
    role = statement.speaker_role
    if role is Role.PARTY and statement.speaker_side:
        side = sides.get(statement.speaker_side, statement.speaker_side).split(" (")[0]
        return statement.speaker if statement.speaker == side else f"{statement.speaker} ({side})"
    if statement.own_voice:
        return f"{statement.speaker} (own voice)"
    return f"{statement.speaker} ({role})" if role else statement.speaker


def says(statement: Statement, sides: Mapping[str, str]) -> str:
    """Return what a control statement says, with its stance: "denies that Russia captured it"."""
    if statement.relation is None:
        return "gives a figure" if statement.quantity_kind else "says"
    actor = sides.get(statement.actor, statement.actor) if statement.actor else "somebody unnamed"
    content = _RELATIONS[statement.relation].format(actor=actor)
    if statement.part and statement.part not in _NO_PART:
        content += f" ({statement.part})"
    if statement.stance is Stance.UNSURE:
        return f"does not commit itself on whether {content}"
    assesses = statement.speaker_role is Role.MONITOR and statement.stance is Stance.ASSERTS
    return f"{'assesses' if assesses else _STANCES[statement.stance]} that {content}"


def state_sentence(answer: ControlAnswer, statements: Mapping[str, Statement], sides: Mapping[str, str]) -> str:
    """Say the state and who stands behind it in one or two sentences."""
    supporting = [statements[claim] for claim in answer.supporting if claim in statements]
    opposing = [statements[claim] for claim in answer.opposing if claim in statements]
    holder = state_name(answer.state, sides)
    build = {
        Tier.ASSESSED: _assessed,
        Tier.CLAIMED: _claimed,
        Tier.DISPUTED: _disputed,
        Tier.BACKGROUND: _background,
    }[answer.tier]
    return build(answer, holder, sides, supporting, opposing)


_Rows = list[Statement]


def _assessed(answer: ControlAnswer, holder: str, sides: Mapping[str, str], supporting: _Rows, opposing: _Rows) -> str:
    held = "Contested" if answer.state == CONTESTED else f"Held by {holder}"
    monitors = [row.speaker for row in reversed(supporting) if row.speaker_role is Role.MONITOR]
    voiced = [row for row in supporting if row.speaker_role is Role.PARTY]
    parties = [_party(row, sides) for row in voiced]
    admitting = [_party(row, sides) for row in voiced if row.speaker_side != answer.state]
    admitted = bool(admitting) and answer.state != CONTESTED and not answer.rule.startswith("monitor")
    if admitted or not monitors:
        names = admitting if admitted else parties
        against_interest = " against its interest" if answer.state != CONTESTED else ""
        who = f"as {_few(names)} {_verb(listed(_once(names)), 'says', 'say')}{against_interest}"
    else:
        who = f"as assessed by {_few(monitors)}"
    against = listed(
        name for row in opposing if row.speaker_role is Role.PARTY and (name := _party(row, sides)) not in parties
    )
    tail = f" {against} {_verb(against, 'says', 'say')} otherwise." if against else ""
    if not monitors and (answer.state == CONTESTED or not parties):
        who = f"as {_few(parties or [row.speaker for row in supporting])} {_verb(listed(parties), 'says', 'say')}"
    return f"{held}, {who}.{tail}" if supporting else f"{held}, as assessed.{tail}"


def _few(names: Iterable[str]) -> str:
    """Name three at most, each once."""
    unique = _once(names)
    return listed(unique) if len(unique) <= 3 else f"{', '.join(unique[:3])} and others"


def _claimed(answer: ControlAnswer, holder: str, sides: Mapping[str, str], supporting: _Rows, opposing: _Rows) -> str:
    who = _few(_parties_first(supporting, sides)) or "One side"
    against = _few(_parties_first(opposing, sides))
    answered = f"against it: {against}" if against else "nobody else in this book answers"
    if answer.state == CONTESTED:
        return f"{who} {_verb(who, 'reports', 'report')} fighting in it; {answered}."
    over = f" It is shown over the earlier state: {state_name(answer.shown_over, sides)}." if answer.shown_over else ""
    claims = (
        _verb(who, "claims it", "claim it") if who == holder else f"{_verb(who, 'says', 'say')} that {holder} holds it"
    )
    return f"{who} {claims}; {answered}.{over}"


def _parties_first(rows: _Rows, sides: Mapping[str, str]) -> list[str]:
    """Name who speaks, the sides before the others."""
    return [_party(row, sides) for row in sorted(rows, key=lambda row: row.speaker_role is not Role.PARTY)]


def _disputed(answer: ControlAnswer, holder: str, sides: Mapping[str, str], supporting: _Rows, opposing: _Rows) -> str:
    parties = [row for row in (*supporting, *opposing) if row.speaker_role is Role.PARTY]
    claimed = listed(sides.get(code, code) for code in _claimants(answer, parties)) or "One side"
    denying = (_party(row, sides) for row in parties if row.stance is Stance.DENIES or _claims_it(row))
    deniers = listed(name for name in denying if name != claimed) or "the other side"
    answered = f"{deniers} {_verb(deniers, 'denies', 'deny')} it"
    said = f"{claimed} each claim it" if " and " in claimed else f"{claimed} claims it; {answered}"
    return f"{said}; no monitor decides. Until one does, the book shows: {holder}."


def _claimants(answer: ControlAnswer, parties: _Rows) -> list[str]:
    """Return the side whose claim is disputed; where the rules name none, the sides that claimed it last."""
    if answer.claimed_by:
        return [answer.claimed_by]
    claims = [(day_of(row) or "", row.speaker_side) for row in parties if _claims_it(row)]
    last = max((day for day, _ in claims), default="")
    return [side for day, side in claims if day == last and side]


def _claims_it(statement: Statement) -> bool:
    """Whether a side says of itself that it has the place."""
    holding = statement.relation in (Relation.CAPTURED, Relation.HOLDS)
    return holding and statement.stance is Stance.ASSERTS and statement.actor == statement.speaker_side


def _background(
    answer: ControlAnswer, holder: str, sides: Mapping[str, str], supporting: _Rows, opposing: _Rows
) -> str:
    if answer.state == UNKNOWN:
        return "Unknown: no statement in this book decides, and the theatre opened without a state for it."
    if supporting:
        return f"{holder}, as background: what was said of it is history, or older than the theatre's horizon."
    if opposing:
        return f"{holder}, as background: what was said of it is too little or too old to change that."
    return f"{holder}, as background: nobody was heard on it within the theatre's horizon."


def _verb(names: str, one: str, many: str) -> str:
    """One name or several; an "and" inside brackets joins nothing: "Congo (army and government)"."""
    return many if " and " in re.sub(r"\([^)]*\)", "", names) else one


def _party(statement: Statement, sides: Mapping[str, str]) -> str:
    """Name the side that speaks, or the speaker where no side stands behind him."""
    if statement.speaker_role is Role.PARTY and statement.speaker_side:
        return sides.get(statement.speaker_side, statement.speaker_side)
    return statement.speaker


def amount(low: float | None, high: float | None, unit: str, *, approx: bool) -> str:
    """Write a figure as it was given: exact, a range, or with one bound. Never a middle value."""
    words = _UNITS.get(unit, unit)
    if low == high == 1:
        words = words.removesuffix("s")
    joined = "" if words == "%" else " "
    about = "about " if approx else ""
    if low is None and high is None:
        return "no number given"
    if low is None or high is None:
        bound = "up to" if low is None else "at least"
        return f"{bound} {about}{_number(high if low is None else low)}{joined}{words}"
    span = _number(low) if low == high else f"{_number(low)} to {_number(high)}"
    return f"{about}{span}{joined}{words}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}" if value == int(value) else f"{value:,g}"


def kind_words(kind: QuantityKind) -> str:
    """Name a kind of figure in words."""
    return _KINDS.get(kind, kind.value)


def figure_subject(row: FigureRow, sides: Mapping[str, str]) -> str:
    """Say what a figure counts, whose and where: "Troops of Russia, Pokrovsk"."""
    kind = kind_words(row.kind).capitalize()
    if row.side is None or row.side.lower() == kind.lower():
        whose = ""
    else:
        whose = (
            f" of {sides[row.side]}"
            if row.side in sides and row.kind not in _OF_NOBODY
            else f" ({sides.get(row.side, row.side)})"
        )
    return f"{kind}{whose}{f', {row.place_name}' if row.place_name else ''}"
