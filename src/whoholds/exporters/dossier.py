"""The dossier: one place on one day as one HTML file, to show, print or attach. No script, no network."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from whoholds.exporters import wording
from whoholds.exporters.passages import Passage, passage, sentence
from whoholds.exporters.ranges import range_charts
from whoholds.exporters.timeline import day_of, lane_of, timeline
from whoholds.records import ControlAnswer, Dispute, FigureRow, Origin, Statement, Tier

__all__ = ["Dossier", "RuleLine", "dossier_html"]

_LANG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """One rule of evidence as the method section prints it."""

    id: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """What the page shows. The app gathers it; nothing here is looked up or computed anew.

    ``statements``: every statement behind the answer, the figures and the disputes, by claim id.
    ``control``: the control statements of the place, for the timeline and who-says-what. ``history``:
    ``(day, state, tier)`` on each day the answer changed. ``texts``: document id -> text, for context.
    ``sides``: code -> name, in the theatre's order. ``revision``: name -> value, as printed at the end.
    ``notice``: what must be known of the reports before the page is read.
    """

    answer: ControlAnswer
    district: str | None
    statements: Mapping[str, Statement]
    control: Sequence[Statement]
    history: Sequence[tuple[str, str, Tier]]
    figures: Sequence[FigureRow]
    disputes: Sequence[Dispute]
    origins: Sequence[Origin]
    texts: Mapping[str, str]
    sides: Mapping[str, str]
    rules: Sequence[RuleLine]
    revision: Mapping[str, str]
    context_chars: int
    notice: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    """One document in the list of sources."""

    name: str
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    lang: str | None


def dossier_html(dossier: Dossier) -> bytes:
    """Render the dossier: one self-contained UTF-8 page."""
    environment = Environment(
        loader=FunctionLoader(_template),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    style = _template("style.css")
    page = environment.get_template("page.html.jinja").render(
        **_context(dossier), style=Markup(style), style_hash=_csp_hash(style)
    )
    return page.encode("utf-8", "replace")


def _template(name: str) -> str:
    return (files("whoholds") / "data" / "dossier" / name).read_text(encoding="utf-8")


def _csp_hash(style: str) -> str:
    """Return the digest by which the page's own policy admits its one style block, and no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _context(dossier: Dossier) -> dict[str, Any]:
    answer, sides = dossier.answer, dossier.sides
    origin_of = {claim: origin for origin in dossier.origins for claim in origin.claims}
    control = _one_an_origin(dossier.control, origin_of)
    return {
        "d": dossier,
        "answer": answer,
        "headline": wording.headline(answer, sides),
        "sentence": wording.state_sentence(answer, dossier.statements, sides),
        "tier_words": wording.tier_words,
        "state_name": lambda state: wording.state_name(state, sides),
        "key": lambda code: _colour_key(code, sides),
        "says": lambda row: wording.says(row, sides),
        "claimant": lambda row: wording.claimant(row, sides),
        "amount": lambda row: wording.amount(row.low, row.high, row.unit, approx=row.approx),
        "subject": lambda row: wording.figure_subject(row, sides),
        "named": lambda text: wording.named(text, sides),
        "stance": wording.stance_words,
        "when": day_of,
        "lang": _lang,
        "link": _link,
        "passage": lambda row: _passage(dossier, row),
        "in_sentence": lambda row: sentence(dossier.texts.get(row.document), row.start, row.end, row.quote),
        "rows": lambda claims: _newest_first(_one_an_origin(_known(dossier, claims), origin_of)),
        "timeline": timeline(control, sides, dossier.history, answer.clocks.as_of),
        "columns": _columns(control, sides),
        "range_charts": range_charts(dossier.figures, sides),
        "bar_key": lambda bar: _bar_key(dossier, bar.row),
        "copied": [origin for origin in dossier.origins if len(set(origin.documents)) > 1],
        "origin_of": origin_of,
        "document_name": {row.document: row.document_name for row in dossier.statements.values()},
        "sources": _sources(dossier.statements.values()),
    }


def _colour_key(code: str | None, sides: Mapping[str, str]) -> str:
    """Return the colour class of a side, a lane or a state: by order, so that no side is special."""
    order = list(sides)
    return f"k{order.index(code) % 6}" if code in order else f"k-{code or 'other'}"


def _bar_key(dossier: Dossier, row: FigureRow) -> str:
    """Colour a figure by who gives it, as the timeline's lanes are."""
    speakers = [dossier.statements[claim] for claim in row.claims if claim in dossier.statements]
    return _colour_key(lane_of(speakers[0], dossier.sides)[0] if speakers else "other", dossier.sides)


def _lang(lang: str | None) -> str | None:
    return lang if lang and _LANG.fullmatch(lang) else None


def _link(url: str | None) -> str | None:
    """Return a URL only where following it is harmless: http and https with a host."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _passage(dossier: Dossier, row: Statement) -> Passage:
    return passage(dossier.texts.get(row.document), row.start, row.end, row.quote, dossier.context_chars)


def _known(dossier: Dossier, claims: Iterable[str]) -> list[Statement]:
    return [dossier.statements[claim] for claim in claims if claim in dossier.statements]


def _newest_first(rows: Iterable[Statement]) -> list[Statement]:
    """Order by the day spoken of, newest first, unknown days last."""
    return sorted(rows, key=lambda row: day_of(row) or "", reverse=True)


def _one_an_origin(rows: Iterable[Statement], origin_of: Mapping[str, Origin]) -> list[Statement]:
    """Leave one statement an act of saying: the one published first."""
    first: dict[str, Statement] = {}
    for row in sorted(rows, key=lambda row: (row.published or "9999", row.claim)):
        origin = origin_of.get(row.claim)
        first.setdefault(origin.id if origin else row.claim, row)
    return list(first.values())


def _columns(rows: Iterable[Statement], sides: Mapping[str, str]) -> list[tuple[str, str, list[Statement]]]:
    """Sort the control statements by who says it: ``(key, name, newest first)``, sides first."""
    columns: dict[tuple[str, str], list[Statement]] = {}
    for row in _newest_first(rows):
        columns.setdefault(lane_of(row, sides), []).append(row)
    order = [*sides, "monitor", "other"]
    ordered = sorted(columns.items(), key=lambda item: order.index(item[0][0]))
    return [(key, name, rows) for (key, name), rows in ordered]


def _sources(rows: Iterable[Statement]) -> list[_Report]:
    reports = {
        row.document: _Report(
            name=row.document_name,
            outlet=row.outlet,
            title=row.title,
            url=row.url,
            published=row.published,
            lang=row.lang,
        )
        for row in rows
    }
    return sorted(reports.values(), key=lambda report: (report.published or "", report.name))
