"""The dossier: gathers what the page about one place on one day shows, and writes it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from whoholds import __version__
from whoholds.app.ask import Answer, ask
from whoholds.app.texts import texts_of
from whoholds.engines.evidence_rules import load_rules
from whoholds.exporters.dossier import Dossier, RuleLine, dossier_html
from whoholds.exporters.output import write
from whoholds.queries.voices import event_days, known
from whoholds.records import Clocks

if TYPE_CHECKING:
    from whoholds.app.workspace import Workspace

__all__ = ["gather_dossier", "write_dossier"]


def write_dossier(
    workspace: Workspace,
    place: str,
    clocks: Clocks,
    target: Path | BinaryIO,
    *,
    near: str | None = None,
    notice: str | None = None,
) -> int:
    """Write the page of a place, with ``notice`` on top of it; return 1.

    Raises as ``ask`` does, and ``OutputUnwritable``.
    """
    answer = ask(workspace, place, as_of=clocks.as_of, known_by=clocks.known_by, near=near)
    return write([dossier_html(gather_dossier(workspace, answer, notice))], target)


def gather_dossier(workspace: Workspace, answer: Answer, notice: str | None = None) -> Dossier:
    """Gather the page of an answer: only what counts at its clocks is shown."""
    clocks = answer.control.clocks
    counted = [row for row in answer.statements.values() if event_days(row, clocks.as_of) and known(row, clocks)]
    control = [row for row in counted if row.kind == "control" and row.area is None]
    documents = {row.document for row in counted}
    return Dossier(
        answer=answer.control,
        district=_district(answer),
        statements={row.claim: row for row in counted},
        control=control,
        history=answer.history,
        figures=answer.figures,
        disputes=answer.disputes,
        origins=[origin for origin in answer.origins if documents & set(origin.documents)],
        texts=texts_of(workspace, counted),
        sides={side.code: side.name for side in answer.theatre.sides},
        rules=_rules(),
        revision=_revision(workspace, answer, len(documents)),
        context_chars=workspace.settings.context_chars,
        notice=notice,
    )


def _district(answer: Answer) -> str:
    place = answer.place
    return ", ".join(part for part in (place.district, place.region) if part)


def _rules() -> list[RuleLine]:
    book = load_rules()
    told = [(rule.id, rule.sentence) for rule in book.rules]
    return [RuleLine(id=key, sentence=sentence) for key, sentence in (*told, *book.background.items())]


def _revision(workspace: Workspace, answer: Answer, documents: int) -> dict[str, str]:
    with workspace.ledger() as ledger:
        total, schema = ledger.counts()["documents"], ledger.version()
    recorded = max((row.recorded for row in answer.statements.values()), default="nothing")
    return {
        "Reports recorded up to (knowledge time)": recorded,
        "Reports that speak to this place": f"{documents:,} of {total:,} in the book",
        "Book": f"{workspace.settings.ledger.name}, schema {schema}",
        "Theatre": f"{answer.theatre.id}: {answer.theatre.title}",
        "Gazetteer id": answer.place.id,
        "Understanding": workspace.settings.understanding,
        "Whoholds": __version__,
        "Page written": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
    }
