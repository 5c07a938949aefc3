"""Theatres: the shipped ones hold together, broken ones say what is broken, and the code knows no country."""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from whoholds.app.theatres import check_theatre, list_theatres
from whoholds.errors import NotFound, TheatreInvalid
from whoholds.gazetteer.sqlite import SqliteGazetteer
from whoholds.records import Actor, Place, Role, Theatre
from whoholds.theatres import BUNDLED, FolderTheatres
from whoholds.theatres.checking import alias_faults

SHIPPED = ("congo", "karabakh-2020", "myanmar", "sudan", "syria", "ukraine")
SOURCE = BUNDLED.parent.parent

THEATRE = """
id = "atlantis"
title = "War of Atlantis"
countries = ["XX"]
languages = ["en"]
start = "2030-01-01"
"""
SIDES = """
[[side]]
code = "NOR"
name = "North"
nouns.en = ["northerners"]

[[side]]
code = "SOU"
name = "South"
"""
ACTORS = """
[[actor]]
id = "north-staff"
name = "Northern Staff"
kind = "staff"
role = "party"
side = "NOR"
aliases.en = ["the staff"]
office = [{ alias = "the speaker", start = "2030-01-01", end = "2030-06-01" }]
"""
CONTROL = """
[[control]]
place = "Poseidonia"
side = "SOU"
source = "a made-up map"
"""


@pytest.fixture(scope="module")
def shipped() -> tuple[Theatre, ...]:
    return FolderTheatres().load()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a sound theatre folder that a test then breaks."""
    path = tmp_path / "atlantis"
    path.mkdir()
    for name, text in (("theatre", THEATRE), ("sides", SIDES), ("actors", ACTORS), ("control", CONTROL)):
        (path / f"{name}.toml").write_text(text, encoding="utf-8")
    return path


def lines(folder: Path) -> list[str]:
    return [str(fault).removeprefix(f"{folder}/") for fault in check_theatre(folder)]


# --------------------------------------------------------------------------------------------- loading


def test_shipped_theatres_are_sound(shipped: tuple[Theatre, ...]) -> None:
    assert tuple(theatre.id for theatre in shipped) == SHIPPED
    for name in SHIPPED:
        assert lines(BUNDLED / name) == []


def test_a_sound_folder_loads_with_all_that_it_says(folder: Path) -> None:
    theatre = FolderTheatres([folder]).load(["atlantis"])[0]
    assert [side.code for side in theatre.sides] == ["NOR", "SOU"]
    staff = theatre.actors[0]
    assert (staff.name, staff.role, staff.side, staff.aliases) == (
        "Northern Staff", Role.PARTY, "NOR", {"en": ("the staff",)},
    )  # fmt: skip
    assert (staff.offices[0].alias, staff.offices[0].end) == ("the speaker", "2030-06-01")
    assert (theatre.initial[0].place, theatre.initial[0].side) == ("Poseidonia", "SOU")
    assert theatre.path == str(folder)


def test_a_folder_of_theatres_is_a_path_too_and_underscored_folders_are_none(folder: Path) -> None:
    shutil.copytree(folder, folder.parent / "_draft")
    names = FolderTheatres([folder.parent]).names()
    assert "atlantis" in names
    assert not [name for name in names if name.startswith("_")]


def test_a_users_theatre_takes_the_place_of_a_bundled_one(folder: Path) -> None:
    mine = folder.rename(folder.parent / "sudan")
    (mine / "theatre.toml").write_text(THEATRE.replace("atlantis", "sudan"), encoding="utf-8")
    theatre = FolderTheatres([mine]).load(["sudan"])[0]
    assert theatre.title == "War of Atlantis"


def test_shared_actors_are_in_every_theatre_and_give_way_to_its_own(folder: Path, shipped: tuple[Theatre, ...]) -> None:
    assert all("reuters" in {actor.id for actor in theatre.actors} for theatre in shipped)
    own = '\n[[actor]]\nid = "reuters"\nname = "Atlantis Reuters"\nkind = "agency"\nrole = "relay"\n'
    (folder / "actors.toml").write_text(ACTORS + own, encoding="utf-8")
    theatre = FolderTheatres([folder]).load(["atlantis"])[0]
    assert [actor.name for actor in theatre.actors if actor.id == "reuters"] == ["Atlantis Reuters"]


def test_places_of_one_entry_become_rows(folder: Path) -> None:
    several = '[[control]]\nplaces = ["A", "B"]\nside = "NOR"\nregion = "West"\nsince = 2029-05-01\nsource = "s"\n'
    (folder / "control.toml").write_text(several, encoding="utf-8")
    rows = FolderTheatres([folder]).load(["atlantis"])[0].initial
    assert [(row.place, row.region, row.since) for row in rows] == [
        ("A", "West", "2029-05-01"), ("B", "West", "2029-05-01"),
    ]  # fmt: skip


def test_list_theatres(shipped: tuple[Theatre, ...]) -> None:
    rows = list_theatres(SimpleNamespace(theatres=shipped))
    assert [row.id for row in rows] == list(SHIPPED)
    assert {"UA", "RU"} <= set(rows[-1].sides)
    assert all(row.actors > 100 and row.initial > 10 for row in rows)


def test_an_unknown_name_suggests_the_nearest() -> None:
    with pytest.raises(NotFound, match=r"no theatre 'sudann'; did you mean 'sudan'\?"):
        FolderTheatres().load(["sudann"])


def test_a_path_that_is_no_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(TheatreInvalid, match="absent: no such folder; mend theatre_paths"):
        FolderTheatres([tmp_path / "absent"]).load()


def test_a_path_without_theatres_is_named(tmp_path: Path) -> None:
    with pytest.raises(TheatreInvalid, match=r"holds no theatre; a theatre is a folder with theatre\.toml"):
        FolderTheatres([tmp_path]).load()


def test_loading_a_broken_theatre_tells_the_first_fault_and_how_many_more(folder: Path) -> None:
    (folder / "sides.toml").write_text(SIDES.replace("nouns.en", "nouns.english").replace("name", "nmae"), "utf-8")
    with pytest.raises(TheatreInvalid, match=r"sides\.toml: side 'NOR'.*\(\d+ more: whoholds theatres --check"):
        FolderTheatres([folder]).load(["atlantis"])


# --------------------------------------------------------------------------------------------- faults

BROKEN = {
    "unknown key": ("theatre", 'titel = "x"', "theatre.toml: titel: unknown key 'titel'; did you mean 'title'?"),
    "bad date": ("theatre", 'end = "31.12.2030"', "theatre.toml: end: '31.12.2030' is no date; write it as YYYY-MM-DD"),
    "bad horizon": ("theatre", "horizon_days = 0", "theatre.toml: horizon_days: must be a whole number above 0, is 0"),
    "bad box": (
        "theatre", "focus = [40, 1, 30, 2]",
        "theatre.toml: focus: [40, 1, 30, 2] is no box; write [west, south, east, north] in degrees",
    ),
    "renamed to a name": (
        "theatre", 'renamed = { "Old" = "New" }',
        "theatre.toml: renamed.Old: 'New' is no gazetteer id; write it as \"gn:704422\"",
    ),
    "list for text": (
        "theatre", 'not_places = "Peace"',
        "theatre.toml: not_places: must be a list of texts, is 'Peace'; write it as [\"…\", \"…\"]",
    ),
    "not TOML": ("theatre", "start = ", "theatre.toml: is not TOML:"),
    "colour": (
        "sides", '[[side]]\ncode = "EST"\nname = "East"\ncolour = "red"',
        "sides.toml: side 'EST'.colour: 'red' is no colour; write it as \"#0072B2\"",
    ),
    "language": (
        "sides", '[[side]]\ncode = "EST"\nname = "East"\nnouns.english = ["x"]',
        "sides.toml: side 'EST'.nouns.english: 'english' is no language code; use two small letters, as in en, ru, uk",
    ),
    "no language": (
        "sides", '[[side]]\ncode = "EST"\nname = "East"\nnouns = ["x"]',
        "sides.toml: side 'EST'.nouns: must be lists by language; write nouns.en = [\"…\"]",
    ),
    "side twice": (
        "sides", '[[side]]\ncode = "NOR"\nname = "Again"', "sides.toml: side 'NOR': code given twice; keep one",
    ),
    "no id": (
        "actors", '[[actor]]\nname = "X"\nkind = "person"\nrole = "witness"',
        "actors.toml: actor number 2.id: missing; add id = \"…\"",
    ),
    "unknown role": (
        "actors", '[[actor]]\nid = "x"\nname = "X"\nkind = "person"\nrole = "moniter"',
        "actors.toml: actor 'x'.role: unknown role 'moniter'; did you mean 'monitor'?",
    ),
    "unknown kind": (
        "actors", '[[actor]]\nid = "x"\nname = "X"\nkind = "persn"\nrole = "witness"',
        "actors.toml: actor 'x'.kind: unknown kind 'persn'; did you mean 'person'?",
    ),
    "unknown side": (
        "actors", '[[actor]]\nid = "x"\nname = "X"\nkind = "person"\nrole = "party"\nside = "NORD"',
        "actors.toml: actor 'x': unknown side 'NORD'; did you mean 'NOR'?",
    ),
    "party without side": (
        "actors", '[[actor]]\nid = "x"\nname = "X"\nkind = "person"\nrole = "party"',
        "actors.toml: actor 'x': a party needs a side; add side = \"…\" or another role",
    ),
    "alias of two": (
        "actors",
        '[[actor]]\nid = "x"\nname = "X"\nkind = "person"\nrole = "witness"\naliases.en = ["The Staff"]',
        "actors.toml: actor 'x': alias 'The Staff' is also claimed by 'north-staff' for an overlapping period;"
        " keep it at one of them, or give both as offices with dates",
    ),
    "alias of a shared actor": (
        "actors", '[[actor]]\nid = "x"\nname = "AFP"\nkind = "person"\nrole = "witness"',
        "actors.toml: actor 'afp': alias 'AFP' is also claimed by 'x' for an overlapping period;"
        " keep it at one of them, or give both as offices with dates",
    ),
    "office of two": (
        "actors",
        '[[actor]]\nid = "x"\nname = "X"\nkind = "person"\nrole = "witness"\n'
        'office = [{ alias = "the speaker", start = 2030-05-01 }]',
        "actors.toml: actor 'x': alias 'the speaker' is also claimed by 'north-staff' for an overlapping period;"
        " keep it at one of them, or give both as offices with dates",
    ),
    "term of office": (
        "actors",
        '[[actor]]\nid = "x"\nname = "X"\nkind = "person"\nrole = "witness"\n'
        'office = [{ alias = "mayor", start = "2031-01-01", end = "2030-01-01" }]',
        "actors.toml: actor 'x', office 'mayor'.end: 2030-01-01 is before start 2031-01-01",
    ),
    "control by nobody": (
        "control", '[[control]]\nplace = "P"\nside = "SUO"\nsource = "s"',
        "control.toml: control 'P': unknown side 'SUO'; did you mean 'SOU'?",
    ),
    "control without source": (
        "control", '[[control]]\nplace = "P"\nside = "SOU"',
        "control.toml: control 'P'.source: missing; add source = \"…\"",
    ),
    "control twice": (
        "control", '[[control]]\nplace = "Poseidonia"\nside = "NOR"\nsource = "s"',
        "control.toml: control 'Poseidonia': given twice; keep one, or tell them apart by region",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_theatre_says_what_is_broken(name: str, folder: Path) -> None:
    file, extra, expected = BROKEN[name]
    path = folder / f"{file}.toml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{extra}\n", encoding="utf-8")
    found = [line.removeprefix(f"{path.parent}/") for line in lines(folder)]
    assert any(line.startswith(expected) if name == "not TOML" else line == expected for line in found), found
    assert len(found) == 1 or name == "not TOML"


@pytest.mark.parametrize("file", ["theatre", "sides", "actors", "control"])
def test_a_missing_file_is_named(file: str, folder: Path) -> None:
    (folder / f"{file}.toml").unlink()
    assert f"{file}.toml: missing; every theatre has this file" in lines(folder)


def test_a_file_that_is_no_text_is_named(folder: Path) -> None:
    (folder / "sides.toml").write_bytes(b"\xff\xfe\x00")
    assert any(line.startswith("sides.toml: cannot be read") for line in lines(folder))


def test_the_id_is_the_folders_name(folder: Path) -> None:
    other = folder.rename(folder.parent / "mu")
    assert any("'atlantis' is not the folder's name 'mu'" in line for line in lines(other))


def test_all_faults_of_a_folder_are_told_at_once(folder: Path) -> None:
    (folder / "theatre.toml").write_text(THEATRE + "a = 1\nb = 2\n", encoding="utf-8")
    (folder / "control.toml").unlink()
    assert len(lines(folder)) == 3


def test_an_absent_folder_is_a_fault(tmp_path: Path) -> None:
    assert [fault.what for fault in check_theatre(tmp_path / "absent")] == ["no such folder"]


def test_an_office_handed_over_on_a_day_is_no_clash(folder: Path) -> None:
    next_one = (
        '[[actor]]\nid = "x"\nname = "X"\nkind = "person"\nrole = "witness"\n'
        'office = [{ alias = "the speaker", start = "2030-06-01" }]\n'
    )
    (folder / "actors.toml").write_text(ACTORS + next_one, encoding="utf-8")
    assert lines(folder) == []


# --------------------------------------------------------------------------------------------- the data


def test_each_actor_of_the_shipped_theatres_stands_for_itself(shipped: tuple[Theatre, ...]) -> None:
    for theatre in shipped:
        assert not [str(fault) for fault in alias_faults(theatre.actors)]


def test_monitors_and_relays_have_no_side(shipped: tuple[Theatre, ...]) -> None:
    with_side = [
        f"{theatre.id}: {actor.id}"
        for theatre in shipped
        for actor in theatre.actors
        if actor.role in (Role.MONITOR, Role.RELAY) and actor.side
    ]
    assert with_side == []


@pytest.mark.parametrize(
    ("theatre", "language", "alias", "day", "name"),
    [
        ("ukraine", "en", "Zelenskyy", None, "Volodymyr Zelensky"),
        ("ukraine", "ru", "Сырский", None, "Oleksandr Syrskyi"),
        ("ukraine", "uk", "Генштаб ЗСУ", None, "General Staff of Ukraine"),
        ("ukraine", "uk", "Міноборони РФ", None, "Russian Defense Ministry"),
        ("ukraine", "en", "Deep State", None, "DeepState"),
        ("ukraine", "en", "Ukrainian commander-in-chief", "2024-02-01", "Valerii Zaluzhnyi"),
        ("ukraine", "en", "Ukrainian commander-in-chief", "2024-02-20", "Oleksandr Syrskyi"),
        ("ukraine", "en", "Ukraine's defence minister", "2025-08-01", "Denys Shmyhal"),
        ("sudan", "en", "Hemedti", None, "Mohamed Hamdan Dagalo"),
        ("sudan", "en", "army spokesman", "2025-05-01", "Nabil Abdallah"),
        ("congo", "en", "AFC/M23", None, "Congo River Alliance"),
        ("syria", "en", "Golani", None, "Ahmed al-Sharaa"),
        ("syria", "en", "Syrian president", "2024-12-01", "Bashar al-Assad"),
        (
            "myanmar",
            "en",
            "Myanmar National Democratic Alliance Army",
            None,
            "Myanmar National Democratic Alliance Army (MNDAA)",
        ),
        ("karabakh-2020", "ru", "Минобороны Азербайджана", None, "Azerbaijani Defence Ministry"),
        ("sudan", "en", "The Associated Press", None, "AP"),
    ],
)
def test_names_lead_to_their_actors(
    shipped: tuple[Theatre, ...], theatre: str, language: str, alias: str, day: str | None, name: str
) -> None:
    actors = next(one for one in shipped if one.id == theatre).actors
    assert [actor.name for actor in actors if _bears(actor, language, alias, day)] == [name]


def _bears(actor: Actor, language: str, alias: str, day: str | None) -> bool:
    if day is None:
        return alias in actor.aliases.get(language, ())
    return any(
        office.alias == alias and (office.start or "") <= day < (office.end or "9999") for office in actor.offices
    )


def test_initial_control_names_places_of_the_gazetteer(shipped: tuple[Theatre, ...]) -> None:
    for theatre in shipped:
        gazetteer = SqliteGazetteer(Path(theatre.path) / "gazetteer.sqlite")
        for row in theatre.initial:
            places = _settlements(gazetteer, row.place, row.region) if row.kind == "settlement" else [row]
            assert len(places) == 1, f"{theatre.id}: {row.place} ({row.region}) is {len(places)} places"


def _settlements(gazetteer: SqliteGazetteer, name: str, region: str | None) -> list[Place]:
    if ":" in name:
        found = gazetteer.place(name)
        return [found] if found else []
    named = gazetteer.lookup(name)
    places = named.places if named else ()
    return [
        place
        for place in places
        if place.kind == "settlement" and place.name == name and region in (None, place.region)
    ]


def test_renamed_places_are_in_the_gazetteer(shipped: tuple[Theatre, ...]) -> None:
    for theatre in shipped:
        gazetteer = SqliteGazetteer(Path(theatre.path) / "gazetteer.sqlite")
        assert [name for name, place in theatre.renamed.items() if gazetteer.place(place) is None] == []


def test_nothing_is_known_before_it_was(shipped: tuple[Theatre, ...]) -> None:
    for theatre in shipped:
        assert date.fromisoformat(theatre.start)
        assert [row.place for row in theatre.initial if (row.since or "") > theatre.start] == []


# --------------------------------------------------------------------------------------------- the code


def test_the_code_knows_no_side_speaker_or_outlet(shipped: tuple[Theatre, ...]) -> None:
    """Proof that a war is data: no string or name in the code holds a proper name of a theatre.

    Docstrings and the examples of the commands' help are not code: they may show what a user would type.
    """
    codes = {side.code for theatre in shipped for side in theatre.sides} | {theatre.id for theatre in shipped}
    codes -= {"PDF"}  # a file format, too
    names = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(_proper_names(shipped))))})(?!\w)")
    told = [
        f"{path.relative_to(SOURCE)}: {word!r}"
        for path in sorted(SOURCE.rglob("*.py"))
        for word in _strings(ast.parse(path.read_text(encoding="utf-8")))
        if (word in codes or names.search(word)) and not word.startswith("Example: whoholds ")
    ]
    assert told == []


def test_the_proof_would_find_a_country_in_the_code(shipped: tuple[Theatre, ...]) -> None:
    code = 'def f(x):\n    """Moscow in a docstring."""\n    return "Moscow" in x'
    assert list(_strings(ast.parse(code))) == ["f", "Moscow", "x"]
    assert {"Moscow", "Naypyidaw", "Reuters", "Сырский", "Rapid Support Forces"} <= _proper_names(shipped)


def _proper_names(theatres: tuple[Theatre, ...]) -> set[str]:
    """Return what begins with a capital and is long enough to be nobody's variable."""
    words = {theatre.title for theatre in theatres}
    for theatre in theatres:
        for side in theatre.sides:
            words.add(side.name)
            for kind in (side.nouns, side.adjectives, side.speakers, side.epithets):
                words.update(word for group in kind.values() for word in group)
        for actor in theatre.actors:
            words.update((actor.name, *(word for group in actor.aliases.values() for word in group)))
    return {word for word in words if len(word) > 3 and word[0].isupper()}


def _strings(tree: ast.Module) -> Iterator[str]:
    """Yield the string literals that are no docstring, and the names of variables, functions and classes."""
    docstrings = {id(constant) for node in ast.walk(tree) for constant in _docstring(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value
        elif isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name


def _docstring(node: ast.AST) -> Iterator[ast.expr]:
    body = node.body if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) else []
    if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        yield body[0].value
