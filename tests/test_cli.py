from __future__ import annotations

import errno
import importlib.util
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer

import whoholds
from whoholds import __version__
from whoholds.app.clocks import read_clocks
from whoholds.app.export import export_positions
from whoholds.app.settings import Settings
from whoholds.app.workspace import Workspace
from whoholds.cli import commands
from whoholds.cli.console import printable, show_rows
from whoholds.errors import InternalError, UnknownPlace

SAMPLE = Path(whoholds.__file__).parent / "data" / "sample" / "reports.jsonl"
ROOT = typer.main.get_command(commands.app)


def walk(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, child in getattr(command, "commands", {}).items():
        yield (*path, name), child
        yield from walk(child, (*path, name))


COMMANDS = dict(walk(ROOT))
LEAVES = {path: command for path, command in COMMANDS.items() if not hasattr(command, "commands")}


def options_of(command: Any) -> set[str]:
    return {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}


def test_every_command_of_the_contract_is_there() -> None:
    names = {path[0] for path in COMMANDS}
    asking, looking = (
        {"ask", "why", "claims", "figures", "disputes", "brief"},
        {"place", "theatres", "settings", "demo"},
    )
    assert names >= {"read", "check", "export", *asking, *looking}
    assert {path[1] for path in LEAVES if path[0] == "export"} >= {"claims", "origins", "control", "geojson"}


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_says_what_it_does_and_has_an_example_that_exists(path: tuple[str, ...]) -> None:
    command = COMMANDS[path]
    assert (command.help or "").strip()
    example = re.search(r"Example: (.+)", command.epilog or "")
    assert example, f"{path} has no example"
    program, *words = shlex.split(example[1])
    assert program == "whoholds"
    assert tuple(words[: len(path)]) == path
    leaf, used = max((item for item in LEAVES.items() if tuple(words[: len(item[0])]) == item[0]), default=(path, None))
    assert used is not None, f"{leaf} is no command"
    options = {word.split("=")[0] for word in words if word.startswith("-")}
    assert options <= options_of(used), options - options_of(used)


@pytest.mark.parametrize("path", LEAVES, ids=" ".join)
def test_help_prints_on_its_own(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main([*path, "--help"]) == 0
    assert "Example: whoholds" in " ".join(capsys.readouterr().out.split())


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["--version"]) == 0
    assert capsys.readouterr().out == f"whoholds {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["asl"],
        ["ask"],
        ["ask", "X", "--no-such-option"],
        ["settings", "--ledger"],
        ["ask", "X", "--as-of", "yesterday"],
    ],
    ids=" ".join,
)
def test_a_wrong_call_is_one_line_and_exit_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("whoholds: ")
    assert said.err.count("\n") == 1
    assert ";" in said.err


def fails(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def raises(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(commands, "app", raises)


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (UnknownPlace("no place 'X'", do="did you mean Y?"), 2, "whoholds: no place 'X'; did you mean Y?\n"),
        (InternalError("broken"), 1, "whoholds: broken\n"),
        (KeyboardInterrupt(), 130, "whoholds: stopped; what was finished before is kept"),
        (ZeroDivisionError("oh\nno"), 1, "WHOHOLDS_TRACEBACK=1"),
        (OSError(errno.ENOSPC, "No space left on device", "x.db"), 2, "whoholds: No space left on device: x.db;"),
    ],
)
def test_errors_are_one_line_with_their_status(
    error: BaseException, status: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fails(monkeypatch, error)
    assert commands.main([]) == status
    printed = capsys.readouterr().err
    assert said in printed
    assert printed.count("\n") == 1


def test_a_traceback_on_request(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("WHOHOLDS_TRACEBACK", "1")
    fails(monkeypatch, ZeroDivisionError("oh"))
    assert commands.main([]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_settings_say_where_they_come_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WHOHOLDS_WORKERS", "2")
    assert commands.main(["--ledger", "before.db", "settings", "--ledger", "after.db", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["ledger"] == {"value": str(tmp_path / "after.db"), "source": "option --ledger"}
    assert found["workers"]["source"] == "environment WHOHOLDS_WORKERS"
    assert commands.main(["--ledger", "before.db", "settings"]) == 0
    assert "before.db" in capsys.readouterr().out


def test_a_report_cannot_steer_the_terminal() -> None:
    assert printable("a\x1b[31mb\u202ec\nd\r\te") == "a[31mbc d e"


def test_wide_rows_become_blocks_and_nothing_is_cut(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    quote = "a sentence of many words that is wider than the terminal by far"
    show_rows(("place", "quote"), [("Here", quote), ("There", quote)])
    printed = " ".join(capsys.readouterr().out.split())
    assert "…" not in printed
    assert printed.count("place") == 2
    assert all(word in printed for word in quote.split())


def test_help_starts_without_the_heavy_libraries() -> None:
    code = (
        "import sys; from whoholds.cli.commands import main; main(['--help']); "
        "print(sorted({'sqlalchemy', 'pymorphy3', 'trafilatura', 'dateparser', 'jinja2', 'rensa'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_closed_pipe_is_quiet() -> None:
    code = "from whoholds.cli.commands import run; import sys; sys.argv[1:] = ['settings', '--json']; run()"
    command = f"{shlex.quote(sys.executable)} -c {shlex.quote(code)} | true"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""


# --- the whole path on the bundled sample -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ledger = tmp_path_factory.mktemp("book") / "war.db"
    assert commands.main(["read", str(SAMPLE), "--ledger", str(ledger), "--theatre", "ukraine"]) == 0
    return ledger


def told(capsys: pytest.CaptureFixture[str], book: Path, *arguments: str) -> str:
    capsys.readouterr()
    assert commands.main([*arguments, "--ledger", str(book), "--theatre", "ukraine"]) == 0
    return capsys.readouterr().out


QUESTION = ("Pokrovsk", "--as-of", "2025-12-02")


def test_ask_prints_the_card_with_whole_sentences(capsys: pytest.CaptureFixture[str], book: Path) -> None:
    printed = told(capsys, book, "ask", *QUESTION)
    flat = " ".join(printed.split())
    assert flat.startswith("Pokrovsk Pokrovsk Raion, Donetsk Oblast as of 2025-12-02")
    assert "rule" in flat
    assert "For “" in flat
    assert "Against “" in flat
    assert f"whoholds why Pokrovsk --as-of 2025-12-02 --ledger {book} --theatre ukraine" in printed
    assert not re.search(r"\b(true|false)\b", re.sub(r"[“\[].*?[”\]]|^    .*$", "", printed, flags=re.M), re.I)
    assert not [line for line in printed.splitlines() if line != line.rstrip()]


def test_ask_json_is_the_documented_object(capsys: pytest.CaptureFixture[str], book: Path) -> None:
    found = json.loads(told(capsys, book, "ask", *QUESTION, "--json"))
    keys = ["place", "as_of", "known_by", "state", "tier", "since", "rule"]
    assert list(found) == [*keys, "for", "against", "origins", "parts", "figures"]
    assert found["place"]["name"] == "Pokrovsk"
    assert found["origins"].keys() == {"for", "against"}
    assert all({"claim", "speaker", "stance", "quote", "document", "date"} <= row.keys() for row in found["for"])


def test_the_printed_quotes_are_those_of_the_reports(capsys: pytest.CaptureFixture[str], book: Path) -> None:
    texts = {row["id"]: row["text"] for row in map(json.loads, SAMPLE.read_text(encoding="utf-8").splitlines())}
    why = json.loads(told(capsys, book, "why", *QUESTION, "--json"))
    tellings = [telling for trail in why["trails"] for telling in trail["tellings"]]
    assert tellings
    for telling in tellings:
        assert texts[telling["document"]][telling["start"] : telling["end"]] == telling["quote"]
    printed = " ".join(told(capsys, book, "why", *QUESTION).split())
    assert all(" ".join(telling["quote"].split()) in printed for telling in tellings)


def test_a_claim_can_be_traced_by_its_id(capsys: pytest.CaptureFixture[str], book: Path) -> None:
    claim = json.loads(told(capsys, book, "claims", "--limit", "1", "--json"))[0]
    found = json.loads(told(capsys, book, "why", claim["claim"], "--json"))
    assert (found["quote"], found["document"]) == (claim["quote"], claim["document_name"])
    assert found["rule"]
    assert "read by" in told(capsys, book, "why", claim["claim"])


@pytest.mark.parametrize(
    "command",
    ["claims --limit 3", "figures", "disputes", "why Pokrovsk", "brief Pokrovsk", "figures Pokrovsk --kind troops"],
)
def test_answers_print_as_text_and_as_json(command: str, capsys: pytest.CaptureFixture[str], book: Path) -> None:
    words = command.split()
    words += [] if words[0] == "claims" else ["--as-of", "2025-12-02"]
    printed = told(capsys, book, *words)
    assert printed.strip()
    assert "\x1b" not in printed
    assert json.loads(told(capsys, book, *words, "--json"))


def test_exports_agree_with_the_reports(capsys: pytest.CaptureFixture[str], book: Path, tmp_path: Path) -> None:
    texts = {row["id"]: row["text"] for row in map(json.loads, SAMPLE.read_text(encoding="utf-8").splitlines())}
    out = tmp_path / "claims.jsonl"
    assert told(capsys, book, "export", "claims", "--out", str(out)) == ""
    claims = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert claims
    assert all(texts[claim["document"]][claim["start"] : claim["end"]] == claim["quote"] for claim in claims)
    assert len({claim["id"] for claim in claims}) == len(claims)
    origins = [json.loads(line) for line in _bytes(book, "origins", tmp_path).splitlines()]
    assert {name for origin in origins for name in origin["documents"]} <= set(texts)


def _bytes(book: Path, what: str, folder: Path, *more: str) -> bytes:
    out = folder / what
    arguments = ["export", what, "--out", str(out), "--ledger", str(book), "--theatre", "ukraine", *more]
    assert commands.main(arguments) == 0
    return out.read_bytes()


def test_positions_say_their_terms(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--as-of", "2025-12-02")
    table = _bytes(book, "control", tmp_path, *asked).decode()
    assert table.startswith("# Who holds what as of 2025-12-02")
    places = {
        feature["properties"]["place"] for feature in json.loads(_bytes(book, "geojson", tmp_path, *asked))["features"]
    }
    assert "Pokrovsk" in places
    capsys.readouterr()
    _bytes(book, "geojson", tmp_path, *asked, "--no-embargo")
    assert "private use" in capsys.readouterr().err


def test_the_newest_days_are_held_back(book: Path, tmp_path: Path) -> None:
    workspace = Workspace(Settings(ledger=book, theatres=("ukraine",)))
    asked = read_clocks("2025-12-02", None)
    now = datetime(2025, 12, 3, 12, tzinfo=UTC)
    terms = export_positions(workspace, "json", asked, tmp_path / "a.json", now=now)
    assert terms.clocks.known_by == "2025-11-29"
    assert terms.held_back
    rows = json.loads((tmp_path / "a.json").read_bytes())
    assert rows["release"]["held_back"] is True
    assert {row["known_by"] for row in rows["places"]} == {"2025-11-29"}
    private = export_positions(workspace, "json", asked, tmp_path / "b.json", embargo=False, now=now)
    assert private.clocks == asked


def test_reading_twice_says_so_and_what_was_not_read_is_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger, empty, report = tmp_path / "war.db", tmp_path / "empty.txt", tmp_path / "report.txt"
    empty.write_bytes(b"")
    report.write_text(
        "Date: 2025-11-04\n\nRussian troops have captured Pokrovsk, the ministry said.\n", encoding="utf-8"
    )
    arguments = ["read", str(empty), str(report), "--ledger", str(ledger), "--theatre", "ukraine"]
    assert commands.main(arguments) == 0
    first = capsys.readouterr()
    assert "1 new" in first.out
    assert f"not read: {empty}" in first.err
    assert commands.main(arguments) == 0
    assert "Nothing was added." in capsys.readouterr().out
    assert commands.main(["read", "--report", "--json", "--ledger", str(ledger)]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["where"] == str(empty)
    assert row["do"]


def test_check_is_clean_and_a_missing_book_is_the_users_mistake(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main(["check", "--ledger", str(book)]) == 0
    assert "clean" in capsys.readouterr().out
    assert commands.main(["check", "--ledger", str(tmp_path / "none.db")]) == 2
    assert "no ledger" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("ask", "Pokrovks"), "Pokrovsk"), (("ask", "Novoselivka"), "Raion"), (("place", "Atlantis Nova"), "knows")],
)
def test_a_place_that_cannot_be_told_is_explained(
    arguments: tuple[str, ...], said: str, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--theatre", "ukraine"] if arguments[0] == "place" else ["--theatre", "ukraine", "--ledger", str(book)]
    assert commands.main([*arguments, *where]) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert printed.err.count("\n") == 1


def test_the_demo_ends_by_itself_and_can_be_run_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    for _ in range(2):
        assert commands.main(["demo", "--out", str(out)]) == 0
        printed = capsys.readouterr().out
    page = out / "pokrovsk.html"
    assert str(page) in printed
    html = page.read_text(encoding="utf-8")
    assert "retold in our own words" in html
    assert "Timeline of statements" in html
    for said in ("Pokrovsk", "as of 2025-12-02", "rule", "origin", "Troops", "Disputed", "Why"):
        assert said in printed


def test_the_demo_says_when_its_folder_cannot_be_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert commands.main(["demo", "--out", str(tmp_path / "file")]) == 2
    assert "give another --out" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_one_line(book: Path) -> None:
    command = [sys.executable, "-c", "from whoholds.cli import main; main()", "export", "claims", "--ledger", str(book)]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("whoholds: cannot write the output (No space left on device)")
    assert done.stderr.count("\n") == 1


def test_completion_is_offered() -> None:
    assert "--show-completion" in options_of(ROOT)
    assert importlib.util.find_spec("shellingham") is not None
