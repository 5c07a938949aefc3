"""Tables to records. Each function notes the faults of its table and returns what could be read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from whoholds.records import Actor, InitialControl, Role, Side, Tenure, Theatre
from whoholds.theatres import schema
from whoholds.theatres.table import Table

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
PLACE_ID = re.compile(r"[a-z]+:\S+")


def parse_theatre(table: Table, folder: str) -> Theatre:
    """Return the theatre of ``theatre.toml``, without sides, actors and initial control."""
    table.only(schema.THEATRE_KEYS)
    identifier = table.text("id", required=True) or ""
    if identifier and identifier != folder:
        table.fault("id", f"{identifier!r} is not the folder's name {folder!r}", "make them the same")
    return Theatre(
        id=identifier,
        title=table.text("title", required=True) or "",
        countries=table.texts("countries", required=True),
        languages=table.texts("languages", required=True),
        start=table.day("start", required=True) or "",
        end=table.day("end"),
        horizon_days=table.whole("horizon_days", default=90),
        sides=(),
        actors=(),
        renamed=_renamed(table),
        not_places=table.texts("not_places"),
        focus=_focus(table),
    )


def _renamed(table: Table) -> dict[str, str]:
    value = table.data.get("renamed", {})
    if not isinstance(value, dict):
        table.fault("renamed", "must be a table", 'write [renamed] and then "name in reports" = "gn:…"')
        return {}
    for name, place in value.items():
        if not (isinstance(place, str) and PLACE_ID.fullmatch(place)):
            table.fault(f"renamed.{name}", f"{place!r} is no gazetteer id", 'write it as "gn:704422"')
    return {name: place for name, place in value.items() if isinstance(place, str)}


def _focus(table: Table) -> tuple[float, float, float, float] | None:
    value = table.data.get("focus")
    if value is None:
        return None
    if isinstance(value, list) and len(value) == 4 and all(isinstance(item, int | float) for item in value):
        west, south, east, north = (float(item) for item in value)
        if -180 <= west < east <= 180 and -90 <= south < north <= 90:
            return west, south, east, north
    table.fault("focus", f"{value!r} is no box", "write [west, south, east, north] in degrees")
    return None


def parse_side(table: Table) -> Side:
    """Return one ``[[side]]``."""
    table.only(schema.SIDE_KEYS)
    colour = table.text("colour")
    if colour and not COLOUR.fullmatch(colour):
        table.fault("colour", f"{colour!r} is no colour", 'write it as "#0072B2"')
    return Side(
        code=table.text("code", required=True) or "",
        name=table.text("name", required=True) or "",
        speaker_name=table.text("speaker_name"),
        colour=colour,
        nouns=table.words("nouns"),
        adjectives=table.words("adjectives"),
        speakers=table.words("speakers"),
        epithets=table.words("epithets"),
    )


def parse_actor(table: Table) -> Actor:
    """Return one ``[[actor]]``."""
    table.only(schema.ACTOR_KEYS)
    return Actor(
        id=table.text("id", required=True) or "",
        name=table.text("name", required=True) or "",
        kind=table.choice("kind", schema.ACTOR_KINDS) or "person",
        role=Role(table.choice("role", schema.ROLES) or "witness"),
        side=table.text("side"),
        aliases=table.words("aliases"),
        offices=tuple(_tenure(office) for office in table.tables("office", named="alias")),
        domains=table.texts("domains"),
    )


def _tenure(table: Table) -> Tenure:
    table.only(schema.OFFICE_KEYS)
    start, end = table.day("start"), table.day("end")
    if start and end and start > end:
        table.fault("end", f"{end} is before start {start}")
    return Tenure(alias=table.text("alias", required=True) or "", start=start, end=end)


def parse_control(table: Table) -> Iterator[InitialControl]:
    """Yield the rows of one ``[[control]]``: one for ``place``, one for each of ``places``."""
    table.only(schema.CONTROL_KEYS)
    single = table.text("place", required="places" not in table.data)
    places = ((single,) if single else ()) + table.texts("places")
    kind = table.choice("kind", schema.PLACE_KINDS, default="settlement") or "settlement"
    side, region = table.text("side", required=True) or "", table.text("region")
    since, source = table.day("since"), table.text("source", required=True) or ""
    for place in places:
        yield InitialControl(place=place, side=side, since=since, source=source, kind=kind, region=region)
