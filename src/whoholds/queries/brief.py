"""A page about one place, made of sentences that each carry the statements they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from whoholds.queries.figures import amount, claimant_name
from whoholds.records import CONTESTED, UNKNOWN, ControlAnswer, Dispute, FigureRow, Relation, Stance, Statement, Tier
from whoholds.records.brief import Brief, Sentence, Support

__all__ = ["brief"]

_TIERS = {
    Tier.ASSESSED: "assessed",
    Tier.CLAIMED: "as claimed, not assessed",
    Tier.DISPUTED: "disputed",
    Tier.BACKGROUND: "background: nothing newer is known",
}
_VERBS: dict[Relation, str] = {
    Relation.CAPTURED: "captured it",
    Relation.HOLDS: "holds it",
    Relation.HOLDS_PART: "holds a part of it",
    Relation.CONTESTED: "it is fought over",
    Relation.ENCIRCLES: "encircles it",
    Relation.NEAR_ENCIRCLES: "nearly encircles it",
    Relation.ADVANCES: "advances on it",
    Relation.ENTERED: "entered it",
    Relation.REPELLED: "was pushed back",
    Relation.NEAR_CAPTURE: "is about to take it",
    Relation.WITHDREW: "left it",
}
_STANCES = {
    Stance.ASSERTS: "According to {speaker}: {what}",
    Stance.DENIES: "Denied by {speaker}: {what}",
    Stance.UNSURE: "Held possible by {speaker}: {what}",
}


def brief(
    answer: ControlAnswer,
    figures: Sequence[FigureRow],
    disputes: Sequence[Dispute],
    statements: Mapping[str, Statement],
    sides: Mapping[str, str],
) -> Brief:
    """Write the page. ``statements`` holds every claim named by the others; ``sides`` the names of the codes."""
    sentences = [
        *_state(answer, statements, sides),
        *_said(answer.supporting, statements, sides),
        *_said(answer.opposing, statements, sides),
        *_parts(answer, statements, sides),
        *(_figure(row, statements, sides) for row in figures),
        *(_dispute(row, statements) for row in disputes),
    ]
    title = f"{answer.place_name}, {answer.clocks.as_of} (as known by {answer.clocks.known_by})"
    return Brief(title=title, sentences=tuple(sentences), silence=_silence(answer, sides))


def _state(answer: ControlAnswer, statements: Mapping[str, Statement], sides: Mapping[str, str]) -> Iterator[Sentence]:
    support = _support(answer.supporting, statements) or _support(answer.opposing, statements)
    if support:
        since = f", since {answer.since}" if answer.since else ""
        text = f"{answer.place_name}: {_holder(answer.state, sides)} ({_TIERS[answer.tier]}){since}. {answer.why}"
        yield Sentence(text=text, support=support)


def _silence(answer: ControlAnswer, sides: Mapping[str, str]) -> str | None:
    if answer.supporting or answer.opposing:
        return None
    return f"{answer.place_name}: {_holder(answer.state, sides)}. {answer.why}"


def _holder(state: str, sides: Mapping[str, str]) -> str:
    words = {CONTESTED: "contested", UNKNOWN: "not known who holds it"}
    return words.get(state) or f"held by {sides.get(state, state)}"


def _said(claims: Iterable[str], statements: Mapping[str, Statement], sides: Mapping[str, str]) -> Iterator[Sentence]:
    """Yield one sentence for each speaker and thing said, with all reports of it."""
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for claim in claims:
        statement = statements[claim]
        part = f" ({statement.part})" if statement.part else ""
        what = f"{_what(statement, sides)}{part}"
        grouped.setdefault((claimant_name(statement), statement.stance, what), []).append(claim)
    for (speaker, stance, what), told in grouped.items():
        words = _STANCES[Stance(stance)].format(speaker=speaker, what=what)
        text = f"{words}{_dates(told, statements)}."
        yield Sentence(text=text, support=_support(told, statements))


def _what(statement: Statement, sides: Mapping[str, str]) -> str:
    if statement.relation is None:
        return "so"
    verb = _VERBS[statement.relation]
    if statement.actor is None or statement.relation is Relation.CONTESTED:
        return verb
    return f"{sides.get(statement.actor, statement.actor)} {verb}"


def _dates(claims: Iterable[str], statements: Mapping[str, Statement]) -> str:
    days = sorted({day for claim in claims if (day := _date(statements[claim]))})
    if not days:
        return ""
    return f" ({days[0]})" if len(days) == 1 else f" ({days[0]} to {days[-1]})"


def _parts(answer: ControlAnswer, statements: Mapping[str, Statement], sides: Mapping[str, str]) -> Iterator[Sentence]:
    for part in answer.parts:
        support = _support((*part.supporting, *part.opposing), statements)
        if support:
            yield Sentence(text=f"{part.part}: {_holder(part.state, sides)} ({_TIERS[part.tier]}).", support=support)


def _figure(row: FigureRow, statements: Mapping[str, Statement], sides: Mapping[str, str]) -> Sentence:
    first = statements[row.claims[0]]
    side = f", {sides.get(row.side, row.side)}" if row.side else ""
    scope = f", {row.place_name}" if row.place_name else ""
    words = {Stance.ASSERTS: "gives", Stance.DENIES: "denies", Stance.UNSURE: "holds possible"}[row.stance]
    dated = f" ({row.as_of})" if row.as_of else ""
    text = f"{row.kind}{side}{scope}: {claimant_name(first)} {words} {amount(row)}{dated}."
    return Sentence(text=text, support=_support(row.claims, statements))


def _dispute(row: Dispute, statements: Mapping[str, Statement]) -> Sentence:
    text = f"Disputed: {row.about}. {row.reason}."
    return Sentence(text=text, support=_support((*row.supporting, *row.opposing), statements))


def _support(claims: Iterable[str], statements: Mapping[str, Statement]) -> tuple[Support, ...]:
    return tuple(_supporting(statements[claim]) for claim in claims)


def _supporting(statement: Statement) -> Support:
    return Support(
        claim=statement.claim,
        quote=statement.quote,
        speaker=claimant_name(statement),
        document=statement.document,
        document_name=statement.document_name,
        date=_date(statement),
        url=statement.url,
        start=statement.start,
        end=statement.end,
    )


def _date(statement: Statement) -> str | None:
    return statement.published[:10] if statement.published else statement.when_start
