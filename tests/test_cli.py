from __future__ import annotations

import importlib
import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from whoholds import __version__
from whoholds.cli import commands
from whoholds.cli.console import printable, show_rows
from whoholds.errors import InternalError, UnknownPlace

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
    wanted = "read ask why claims figures disputes brief export place theatres check settings demo".split()
    assert names >= set(wanted)
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
    [["asl"], ["ask"], ["ask", "X", "--no-such-option"], ["settings", "--ledger"], ["ask", "X", "--as-of", "yesterday"]],
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


def test_completion_is_offered(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--show-completion" in options_of(ROOT)
    assert importlib.util.find_spec("shellingham") is not None
