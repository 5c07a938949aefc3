from __future__ import annotations

import os
from pathlib import Path

import pytest

from whoholds.app.settings import Settings, load_settings
from whoholds.errors import SettingsError


def test_defaults_say_that_they_are_defaults(tmp_path: Path) -> None:
    loaded = load_settings({}, {}, tmp_path)
    assert loaded.settings.ledger == tmp_path / "whoholds.db"
    assert loaded.settings.embargo_hours == 72
    assert set(loaded.sources.values()) == {"default"}


def test_option_outranks_environment_outranks_file(tmp_path: Path) -> None:
    (tmp_path / "whoholds.toml").write_text('ledger = "file.db"\nworkers = 2\nbatch_size = 7\n', encoding="utf-8")
    environ = {"WHOHOLDS_LEDGER": "env.db", "WHOHOLDS_WORKERS": "3", "HOME": "/x"}
    loaded = load_settings({"ledger": Path("option.db"), "workers": None}, environ, tmp_path)
    assert loaded.settings.ledger == tmp_path / "option.db"
    assert loaded.settings.workers == 3
    assert loaded.settings.batch_size == 7
    assert loaded.sources["ledger"] == "option --ledger"
    assert loaded.sources["workers"] == "environment WHOHOLDS_WORKERS"
    assert "whoholds.toml" in loaded.sources["batch_size"]
    assert loaded.sources["context_chars"] == "default"


def test_paths_in_a_file_are_relative_to_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "conf"
    folder.mkdir()
    (folder / "mine.toml").write_text('ledger = "war.db"\ntheatre_paths = ["more"]\n', encoding="utf-8")
    loaded = load_settings({"config": "conf/mine.toml"}, {}, tmp_path)
    assert loaded.settings.ledger == folder / "war.db"
    assert loaded.settings.theatre_paths == (folder / "more",)


def test_lists_from_the_environment(tmp_path: Path) -> None:
    paths = os.pathsep.join(["a", "b"])
    environ = {"WHOHOLDS_THEATRES": "ukraine, sudan", "WHOHOLDS_THEATRE_PATHS": paths}
    settings = load_settings({}, environ, tmp_path).settings
    assert settings.theatres == ("ukraine", "sudan")
    assert settings.theatre_paths == (tmp_path / "a", tmp_path / "b")


@pytest.mark.parametrize(
    ("options", "environ", "said"),
    [
        ({}, {"WHOHOLDS_LEGDER": "x"}, "'ledger'"),
        ({}, {"WHOHOLDS_WORKERS": "many"}, "at least 1"),
        ({}, {"WHOHOLDS_WORKERS": "0"}, "at least 1"),
        ({"understanding": "oracle"}, {}, "rules"),
        ({"embargo_hours": -1}, {}, "at least 0"),
        ({"config": "absent.toml"}, {}, "absent.toml"),
    ],
)
def test_a_wrong_setting_says_what_to_do(
    options: dict[str, object], environ: dict[str, str], said: str, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(options, environ, tmp_path)
    assert said in str(caught.value)
    assert caught.value.do
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["ledgr = 'x'", "workers = [", "workers = true", "ledger = 3", "theatres = 1"])
def test_a_wrong_file_names_itself(text: str, tmp_path: Path) -> None:
    (tmp_path / "whoholds.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"whoholds\.toml"):
        load_settings({}, {}, tmp_path)


def test_variables_that_are_no_settings_are_left_alone(tmp_path: Path) -> None:
    loaded = load_settings({}, {"WHOHOLDS_TRACEBACK": "1"}, tmp_path)
    assert loaded.settings == Settings(ledger=tmp_path / "whoholds.db")


def test_rows_print_each_value_and_where_it_came_from(tmp_path: Path) -> None:
    rows = load_settings({"theatres": ("ukraine", "sudan")}, {}, tmp_path).rows()
    assert ("theatres", "ukraine, sudan", "option --theatre") in rows
    assert len(rows) == 8
