"""A brief about a place: sentences that each carry what they rest on."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from whoholds.app.ask import Answer, ask
from whoholds.queries.brief import brief as write_brief
from whoholds.records.brief import Brief

if TYPE_CHECKING:
    from whoholds.app.workspace import Workspace

__all__ = ["brief", "brief_json", "brief_of"]


def brief(
    workspace: Workspace, place: str, *, as_of: str | None = None, known_by: str | None = None, near: str | None = None
) -> Brief:
    """Write the brief of a place. Raises as ``ask`` does."""
    return brief_of(ask(workspace, place, as_of=as_of, known_by=known_by, near=near))


def brief_of(answer: Answer) -> Brief:
    """Write the brief of an answer."""
    return write_brief(answer.control, answer.figures, answer.disputes, answer.statements, answer.sides)


def brief_json(found: Brief) -> dict[str, Any]:
    """Return a brief as a JSON object."""
    return asdict(found)
