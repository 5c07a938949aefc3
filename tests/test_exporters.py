from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from whoholds.exporters.claims_jsonl import claims_jsonl
from whoholds.exporters.control import COLUMNS, control_csv, control_json
from whoholds.exporters.geojson import geojson
from whoholds.exporters.origins_jsonl import origins_jsonl
from whoholds.exporters.output import OutputUnwritable, write
from whoholds.exporters.release import Release
from whoholds.records import (
    Basis,
    Claim,
    ClaimKind,
    Clocks,
    ControlAnswer,
    Origin,
    Period,
    PlaceRef,
    Quantity,
    QuantityKind,
    Relation,
    Role,
    Source,
    Span,
    Stance,
    Tier,
)

PLACE = PlaceRef(
    mention="Покровську", id="gn:1", name="Pokrovsk", names=("Pokrovsk", "Покровськ"), part="north", lat=48.3, lon=37.2
)
CLAIM = Claim(
    id="c-1",
    document="d-1",
    kind=ClaimKind.CONTROL,
    span=Span(start=10, end=22),
    quote='the "town"\nfell',
    chain=(
        Source(name="Fakti", role=Role.RELAY),
        Source(name="Ministry", mention="the ministry", cue="said", role=Role.PARTY, side="RU"),
    ),
    stance=Stance.ASSERTS,
    content="fell",
    relation=Relation.CAPTURED,
    actor="RU",
    place=PLACE,
    when=Period(start="2025-11-01", end="2025-11-30", basis=Basis.STATED),
)
CLOCKS = Clocks(as_of="2025-12-02", known_by="2025-12-02")
ANSWER = ControlAnswer(
    place_id="gn:1",
    place_name="Pokrovsk",
    lat=48.3,
    lon=37.2,
    clocks=CLOCKS,
    state="contested",
    tier=Tier.DISPUTED,
    since=None,
    rule="disputed",
    why="",
    shown_over=None,
    claimed_by="RU",
    supporting=("c-1",),
    opposing=(),
    origins_for=1,
    origins_against=0,
)
RELEASE = Release(clocks=CLOCKS, asked=CLOCKS, embargo_hours=72)


def one(lines: Iterator[bytes]) -> dict[str, object]:
    parsed: dict[str, object] = json.loads(b"".join(lines))
    return parsed


def test_a_control_claim_is_the_documented_object() -> None:
    assert one(claims_jsonl([CLAIM], {"d-1": "report-7"})) == {
        "id": "c-1",
        "document": "report-7",
        "start": 10,
        "end": 22,
        "quote": 'the "town"\nfell',
        "content": "fell",
        "kind": "control",
        "attribution": [
            {"source": "Fakti", "mention": None, "cue": None, "role": "relay", "side": None},
            {"source": "Ministry", "mention": "the ministry", "cue": "said", "role": "party", "side": "RU"},
        ],
        "stance": "asserts",
        "when": {"start": "2025-11-01", "end": "2025-11-30", "basis": "stated"},
        "place": {
            "id": "gn:1",
            "name": "Pokrovsk",
            "names": ["Pokrovsk", "Покровськ"],
            "part": "north",
            "lat": 48.3,
            "lon": 37.2,
        },
        "actor": "RU",
        "relation": "captured",
        "quantity": None,
    }


def test_a_quantity_names_its_scope_and_no_actor() -> None:
    quantity = Quantity(kind=QuantityKind.TROOPS, low=None, high=170000.0, unit="persons", side="RU")
    claim = replace(CLAIM, kind=ClaimKind.QUANTITY, relation=None, actor=None, quantity=quantity, when=None)
    line = one(claims_jsonl([claim], {"d-1": "r"}))
    assert line["quantity"] == {
        "kind": "troops",
        "low": None,
        "high": 170000.0,
        "unit": "persons",
        "approx": False,
        "side": "RU",
        "place": "Pokrovsk",
    }
    assert line["relation"] is None
    assert line["when"] is None


def test_an_undecided_place_keeps_the_words_of_the_text_and_no_id() -> None:
    claim = replace(CLAIM, place=PlaceRef(mention="Novoselivka", id=None, name=None))
    place = one(claims_jsonl([claim], {"d-1": "r"}))["place"]
    assert place == {
        "id": None,
        "name": "Novoselivka",
        "names": ["Novoselivka"],
        "part": None,
        "lat": None,
        "lon": None,
    }


def test_each_claim_is_one_line_even_when_the_quote_has_a_line_break() -> None:
    lines = list(claims_jsonl([CLAIM, CLAIM], {"d-1": "r"}))
    assert [line.count(b"\n") for line in lines] == [1, 1]


def test_origins_name_reports_once_by_their_own_ids() -> None:
    origin = Origin(
        id="o-1",
        kind="copy",
        speaker="Syrskyi",
        claims=("c-1", "c-2", "c-3"),
        documents=("d-1", "d-2", "d-1"),
        first="2025-11-01",
    )
    assert one(origins_jsonl([origin], {"d-1": "a", "d-2": "b"})) == {
        "id": "o-1",
        "kind": "copy",
        "documents": ["a", "b"],
        "speaker": "Syrskyi",
        "first": "2025-11-01",
    }


def test_control_csv_says_its_terms_first_and_leaves_unknown_empty() -> None:
    head, *rest = b"".join(control_csv([ANSWER], RELEASE)).decode().splitlines()
    assert head.startswith("# Who holds what as of 2025-12-02")
    rows = list(csv.DictReader(io.StringIO("\n".join(rest))))
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["state"] == "contested"
    assert rows[0]["since"] == ""


def test_a_name_that_starts_like_a_formula_is_not_run_by_a_spreadsheet() -> None:
    text = b"".join(control_csv([replace(ANSWER, place_name="=cmd()")], RELEASE)).decode()
    assert ",'=cmd()," in text


def test_an_embargo_that_moved_a_clock_says_so() -> None:
    release = Release(clocks=CLOCKS, asked=Clocks(as_of="2025-12-04", known_by="2025-12-04"), embargo_hours=72)
    body = one(control_json([ANSWER], release))
    terms = body["release"]
    assert isinstance(terms, dict)
    assert terms["held_back"] is True
    assert "held back" in terms["note"]
    assert terms["as_of"] == "2025-12-02"


def test_no_embargo_says_that_it_is_for_private_use() -> None:
    assert "private use" in replace(RELEASE, embargo_hours=0).sentence()


def test_geojson_puts_longitude_first_and_lists_the_unlocated() -> None:
    nowhere = replace(ANSWER, place_id="gn:2", place_name="Nowhere", lat=None, lon=None)
    body = one(geojson([ANSWER, nowhere], RELEASE))
    features, unlocated = body["features"], body["unlocated"]
    assert isinstance(features, list)
    assert isinstance(unlocated, list)
    assert [feature["geometry"]["coordinates"] for feature in features] == [[37.2, 48.3]]
    assert features[0]["properties"]["tier"] == "disputed"
    assert [row["place"] for row in unlocated] == ["Nowhere"]


def test_a_failed_export_leaves_the_earlier_file_and_no_debris(tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_bytes(b"earlier")

    def breaks() -> Iterator[bytes]:
        yield b"half"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write(breaks(), target)
    assert target.read_bytes() == b"earlier"
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_an_export_makes_its_folder_and_counts_lines(tmp_path: Path) -> None:
    target = tmp_path / "new" / "out.jsonl"
    assert write([b"1\n", b"2\n"], target) == 2
    assert target.read_bytes() == b"1\n2\n"


def test_a_folder_in_the_way_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputUnwritable, match="cannot write"):
        write([b""], tmp_path / "file" / "out.jsonl")
