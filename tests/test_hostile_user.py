"""What a hostile but fair user tries: one clear line, the right exit status, the others still read, nothing lost."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import whoholds
from whoholds.app.places import find_place
from whoholds.app.settings import Settings
from whoholds.app.workspace import Workspace
from whoholds.cli import commands
from whoholds.cli.console import out
from whoholds.cli.trails import _runs
from whoholds.exporters.wording import amount, listed
from whoholds.taggers.trained import TrainedTagger

REPORTS = Path(whoholds.__file__).parent / "data" / "sample" / "reports.jsonl"
ROWS = REPORTS.read_text(encoding="utf-8").splitlines()
REPORT = "Date: 2025-11-05\nOutlet: Invented Wire\n\nRussia said its forces had captured Pokrovsk.\n"


class Tried:
    """One command in this process: its status, and what it printed where."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: object) -> None:
        capsys.readouterr()
        self.status = commands.main([str(argument) for argument in arguments])
        self.out, self.err = capsys.readouterr()

    @property
    def line(self) -> str:
        """The one line of a refusal, which leaves stdout alone."""
        assert (self.status, self.out, self.err.count("\n")) == (2, "", 1), self.err
        assert self.err.startswith("whoholds: ")
        return self.err


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger with one report."""
    report = tmp_path / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    assert commands.main(["read", str(report), "--ledger", str(tmp_path / "war.db"), "--theatre", "ukraine"]) == 0
    return tmp_path / "war.db"


def clean(capsys: pytest.CaptureFixture[str], ledger: Path) -> bool:
    return bool(json.loads(Tried(capsys, "check", "--ledger", ledger, "--json").out)["clean"])


# --- reading ----------------------------------------------------------------------------------------------------------


def test_a_bad_crowd_is_told_one_by_one_and_its_neighbours_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, book = tmp_path / "in", tmp_path / "war.db"
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.dat").write_bytes(bytes(range(256)) * 8)
    (folder / "rows.jsonl").write_text("\n".join([*ROWS[:6], ROWS[6][:60], *ROWS[7:20]]), encoding="utf-8")
    (folder / "odd.jsonl").write_text(
        '{"id": "no-text"}\n{"id": "late", "published": "31.13.2025", "text": "Russia said it took Siversk."}\n',
        encoding="utf-8",
    )
    tried = Tried(capsys, "read", folder, "--ledger", book, "--theatre", "ukraine")
    assert tried.status == 0
    assert "20 new" in tried.out
    assert "1 with a date that could not be read, 4 not readable (whoholds read --report)" in tried.out
    assert len(re.findall(r"^warning: not read: ", tried.err, re.M)) == 4
    assert f"warning: {folder / 'odd.jsonl'}:2: the report was read, but its date was not" in tried.err
    assert f"{folder / 'rows.jsonl'}:7: the JSON cannot be parsed" in tried.err
    assert " at, column" not in tried.err
    assert clean(capsys, book)
    listed_rows = json.loads(Tried(capsys, "read", "--report", "--json", "--ledger", book).out)
    assert sorted(row["code"] for row in listed_rows) == [
        "binary-file", "date-wrong", "empty-file", "json-broken", "text-missing"
    ]  # fmt: skip


def test_a_folder_without_permission_is_a_row_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shut, good = tmp_path / "shut", tmp_path / "good.txt"
    shut.mkdir()
    good.write_text(REPORT, encoding="utf-8")
    access, listdir = os.access, os.listdir

    def refuse(path: Any = ".") -> list[str]:
        if path == shut:
            raise PermissionError(13, "Permission denied")
        return listdir(path)

    monkeypatch.setattr(os, "access", lambda path, mode, **rest: Path(path) != shut and access(path, mode, **rest))
    monkeypatch.setattr(os, "listdir", refuse)
    tried = Tried(capsys, "read", shut, good, "--ledger", tmp_path / "war.db", "--theatre", "ukraine")
    assert tried.status == 0
    assert "1 new" in tried.out
    assert tried.err == f"warning: not read: {shut}: cannot be read (Permission denied); check its permissions\n"


def test_what_our_own_code_breaks_on_is_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("stage")

    monkeypatch.setattr(TrainedTagger, "understand", broken)
    report = tmp_path / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    tried = Tried(capsys, "read", report, "--ledger", tmp_path / "war.db", "--theatre", "ukraine")
    assert (tried.status, tried.err.count("\n")) == (1, 1)
    assert clean(capsys, tmp_path / "war.db")


def test_a_report_of_no_theatre_says_so_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "garden.txt"
    report.write_text("Date: 2025-11-05\n\nThe tomatoes are late this year.\n", encoding="utf-8")
    tried = Tried(capsys, "read", report, "--ledger", tmp_path / "war.db")
    assert "no-theatre" not in tried.err
    assert "speaks of no active theatre" in tried.err


# --- the ledger is never written over ---------------------------------------------------------------------------------


@pytest.mark.parametrize("what", [("claims",), ("origins",), ("control",), ("geojson",), ("dossier", "Pokrovsk")])
def test_an_export_never_replaces_a_ledger(
    what: tuple[str, ...], ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tried = Tried(capsys, "export", *what, "--ledger", ledger, "--out", ledger, "--theatre", "ukraine")
    assert "is a database" in tried.line
    assert clean(capsys, ledger)


def test_the_demo_leaves_what_it_did_not_write(
    tmp_path: Path, ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, data in (("own", ledger.read_bytes()), ("text", b"my notes")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "demo.db").write_bytes(data)
        assert "give another --out" in Tried(capsys, "demo", "--out", folder).line
        assert (folder / "demo.db").read_bytes() == data


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_ledger_that_may_not_be_read(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger.chmod(0)
    assert "no permission to read" in Tried(capsys, "claims", "--ledger", ledger).line


# --- asking -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ask", "Pokrovsk", "--as-of", ""), "--as-of '' is no day"),
        (("ask", "Pokrovsk", "--known-by", ""), "--known-by '' is no day"),
        (("ask", " "), "names no place"),
        (("place", "🦊"), "names no place"),
        (("place", "Shevchenko"), "Shevchenko, Pokrovsk Raion, Donetsk Oblast, UA (gn:694167) at 48.22,37.14;"),
        (("place", "Pokrovks"), "did you mean Pokrovsk, Pokrovka (today "),
    ],
)
def test_a_question_that_cannot_be_answered(
    arguments: tuple[str, ...], said: str, ledger: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = ["--ledger", ledger] if arguments[0] == "ask" else []
    assert said in Tried(capsys, *arguments, *book, "--theatre", "ukraine").line


@pytest.fixture(scope="module")
def space() -> Workspace:
    return Workspace(Settings())


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("у Покровську", "gn:704422"),
        ("in Pokrovsk", "gn:704422"),
        ("Красноармейск", "gn:704422"),
        ("Krasnoarmeysk", "gn:704422"),
        ("Kostantinovka", "gn:705104"),
        ("El Fasher", "gn:379555"),
    ],
)
def test_the_forms_that_reports_use_are_known(name: str, found: str, space: Workspace) -> None:
    assert find_place(space, name).place.id == found


def test_a_place_nearby_never_decides_worse_than_none(space: Workspace) -> None:
    alone = find_place(space, "Dobropillia").place
    assert find_place(space, "Dobropillia", near="Pokrovsk").place == alone


def test_no_command_is_help_without_a_complaint(capsys: pytest.CaptureFixture[str]) -> None:
    tried = Tried(capsys)
    assert (tried.status, tried.err) == (2, "")
    assert "Usage: whoholds" in tried.out


# --- terminals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_any_terminal_gets_an_answer_and_json_stays_whole(encoding: str) -> None:
    code = "import sys; from whoholds.cli import main; main()"
    for words in (["place", "gn:704422"], ["place", "gn:704422", "--json"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *words, "--theatre", "ukraine"],
            capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": encoding},
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, b"")
    assert "Покровськ" in json.loads(done.stdout)["names"]


@pytest.mark.parametrize(("columns", "width"), [("60", 60), ("5", 20), ("0", 100), ("abc", 100), ("", 100)])
def test_a_width_that_cannot_be_meant_is_not_taken(
    columns: str, width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert out().width == width


def values(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    return json.loads(Tried(capsys, *arguments, "--json").out)


def test_json_keeps_the_kinds_of_values(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = values(capsys, "settings", "--theatre", "sudan", "--ledger", tmp_path / "war.db")
    assert found["theatres"]["value"] == ["sudan"]
    assert found["workers"]["value"] == 1
    faults = values(capsys, "theatres", "--check", tmp_path)
    assert faults
    assert all(isinstance(fault, str) for fault in faults)


# --- words ------------------------------------------------------------------------------------------------------------


def test_one_person_in_two_scripts_is_named_once() -> None:
    assert listed(["Григорій Шаповал", "Radio", "Григорий Шаповал"]) == "Григорій Шаповал and Radio"


def test_units_are_written_as_people_write_them() -> None:
    assert amount(165, None, "mi2", approx=False) == "at least 165 mi²"
    assert amount(1, 1, "persons", approx=False) == "1 person"


def test_notes_in_a_row_are_joined() -> None:
    assert list(_runs([1, 2, 3, 5, 8, 9])) == ["1-3", "5", "8", "9"]


def test_check_speaks_of_one_and_of_many(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = Tried(capsys, "check", "--ledger", ledger).out
    assert "clean; 1 document, 1 understanding" in printed
    assert "schema_info" not in printed


def test_an_unknown_understanding_names_the_known_ones(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    asked = Tried(capsys, "read", tmp_path / "a.txt", "--understanding", "guesses", "--ledger", tmp_path / "war.db")
    assert "use trained or rules" in asked.line


def test_a_dossier_holds_back_the_newest_days(capsys: pytest.CaptureFixture[str], ledger: Path) -> None:
    page = ledger.parent / "page.html"
    where = ("--ledger", ledger, "--theatre", "ukraine", "--out", page)
    held = Tried(capsys, "export", "dossier", "Pokrovsk", "--as-of", "2999-01-01", *where)
    assert held.status == 0
    assert "2999-01-01" not in re.sub(r"asked for[^<]*", "", page.read_text(encoding="utf-8"))
    open_ = Tried(capsys, "export", "dossier", "Pokrovsk", "--as-of", "2999-01-01", "--no-embargo", *where)
    assert "do not pass it on" in open_.err
    assert "2999-01-01" in page.read_text(encoding="utf-8")
