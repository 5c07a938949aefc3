"""Why the answer is what it is: for each act of saying the chain, the sentence and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from whoholds.app.ask import Answer, ask, to_json
from whoholds.exporters.passages import Passage, passage
from whoholds.records import Origin, Statement

if TYPE_CHECKING:
    from whoholds.app.workspace import Workspace

__all__ = ["Telling", "Trail", "Why", "why", "why_json"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One report's words for it: the statement with its chain and offsets, and the words around it."""

    statement: Statement
    passage: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """One act of saying, and every report that tells it, first published first."""

    origin: Origin
    supports: bool
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """The answer and the trails down to the sentences: those for it, then those against it."""

    answer: Answer
    trails: tuple[Trail, ...]


def why(
    workspace: Workspace, place: str, *, as_of: str | None = None, known_by: str | None = None, near: str | None = None
) -> Why:
    """Answer as ``ask`` does and show every sentence behind it. Raises as ``ask`` does."""
    answer = ask(workspace, place, as_of=as_of, known_by=known_by, near=near)
    claims = (*answer.control.supporting, *answer.control.opposing)
    documents = sorted({answer.statements[claim].document for claim in claims})
    texts: dict[str, str] = {}
    with workspace.ledger() as ledger:
        for document in documents:
            rows = ledger.select("SELECT text FROM documents WHERE id = :id", {"id": document})
            texts.update((document, row["text"]) for row in rows)
    around = workspace.settings.context_chars
    trails = (
        *_trails(answer, answer.control.supporting, texts, around, supports=True),
        *_trails(answer, answer.control.opposing, texts, around, supports=False),
    )
    return Why(answer=answer, trails=trails)


def _trails(
    answer: Answer, claims: Iterable[str], texts: Mapping[str, str], around: int, *, supports: bool
) -> list[Trail]:
    told: dict[str, list[Statement]] = {}
    for claim in claims:
        told.setdefault(answer.of[claim], []).append(answer.statements[claim])
    origins = {origin.id: origin for origin in answer.origins}
    return [
        Trail(
            origin=origins[key],
            supports=supports,
            tellings=tuple(_telling(s, texts, around) for s in sorted(group, key=_when_published)),
        )
        for key, group in told.items()
    ]


def _when_published(statement: Statement) -> tuple[str, str]:
    return statement.published or "9999", statement.claim


def _telling(statement: Statement, texts: Mapping[str, str], around: int) -> Telling:
    text = texts.get(statement.document)
    return Telling(
        statement=statement,
        passage=passage(text, statement.start, statement.end, statement.quote, around),
    )


def why_json(found: Why) -> dict[str, Any]:
    """Return the object of ``why --json``: the answer's, the rule in words, and the trails."""
    return {
        **to_json(found.answer),
        "why": found.answer.control.why,
        "shown_over": found.answer.control.shown_over,
        "claimed_by": found.answer.control.claimed_by,
        "trails": [_trail(trail) for trail in found.trails],
    }


def _trail(trail: Trail) -> dict[str, Any]:
    origin = trail.origin
    return {
        "origin": origin.id,
        "kind": origin.kind,
        "speaker": origin.speaker,
        "first": origin.first,
        "supports": trail.supports,
        "tellings": [_told(telling) for telling in trail.tellings],
    }


def _told(telling: Telling) -> dict[str, Any]:
    statement = telling.statement
    return {
        "claim": statement.claim,
        "chain": list(statement.chain),
        "stance": statement.stance,
        "relation": statement.relation,
        "actor": statement.actor,
        "part": statement.part,
        "quote": statement.quote,
        "before": telling.passage.before,
        "after": telling.passage.after,
        "document": statement.document_name,
        "outlet": statement.outlet,
        "url": statement.url,
        "date": statement.published[:10] if statement.published else None,
        "start": statement.start,
        "end": statement.end,
    }
