"""Every code of rejection has an input that earns it, one clear line, and neighbours that are still read."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from whoholds.readers import CODES, files, jsonl, reader_for, reject
from whoholds.records import Document, Rejection

TEXT = "The army said on Friday that its troops had taken the village after three days of fighting."
ROW = json.dumps({"text": TEXT})


def items(path: Path) -> list[Document | Rejection]:
    return list(reader_for(path).read(path))


def rejected(path: Path) -> list[Rejection]:
    return [item for item in items(path) if isinstance(item, Rejection)]


CASES: list[tuple[str, str, bytes]] = [
    ("empty-file", "a.txt", b""),
    ("empty-file", "a.txt", b" \n\r\n\t"),
    ("empty-file", "a.txt", b"\xef\xbb\xbf"),
    ("empty-file", "a.txt", b"Title: nothing below\n\n \n"),
    ("empty-file", "a.jsonl", b"\n\n"),
    ("empty-file", "a.json", b"[]"),
    ("binary-file", "a.txt", b"%PDF-1.7\nabc"),
    ("binary-file", "a.html", b"PK\x03\x04abc"),
    ("binary-file", "a", bytes(range(256)) * 4),
    ("binary-file", "a.jsonl", b"\x00\x01\x02\x03" * 50),
    ("unknown-format", "a.csv", b"place,side\nPlace,XX\n"),
    ("unknown-format", "a.xml", b"<?xml version='1.0'?><rss></rss>"),
    ("unknown-format", "a.txt", b"<?xml version='1.0'?><rss></rss>"),
    ("unknown-format", "a.py", b"print('report')"),
    ("encoding-unknown", "a.txt", "Ситуация".encode("cp1251")),
    ("encoding-unknown", "a.txt", b"\xff\xfe\x00"),
    ("encoding-unknown", "a.jsonl", ROW.encode("utf-16")),
    ("encoding-unknown", "a.jsonl", b'{"text": "\xe9t\xe9"}'),
    ("json-broken", "a.jsonl", b'{"text": "abc"'),
    ("json-broken", "a.jsonl", b"not json at all"),
    ("json-broken", "a.json", b'{\n "text": "abc",\n}'),
    ("json-broken", "a.jsonl", b'{"text": ' + b"[" * 100_000),
    ("json-broken", "a.jsonl", b'{"text": ' + b"9" * 5000 + b"}"),
    ("text-missing", "a.jsonl", b'{"id": "a"}'),
    ("text-missing", "a.jsonl", b'{"text": ""}'),
    ("text-missing", "a.jsonl", b'{"text": 5}'),
    ("text-missing", "a.jsonl", b'"only a string"'),
    ("text-missing", "a.json", b"[1]"),
    ("date-wrong", "a.jsonl", json.dumps({"text": TEXT, "published": "soon"}).encode()),
    ("date-wrong", "a.jsonl", json.dumps({"text": TEXT, "published": 1762521480}).encode()),
    ("date-wrong", "a.txt", f"Date: 03/12/2025\n\n{TEXT}".encode()),
    ("html-no-article", "a.html", b"<html><body><nav>Home</nav></body></html>"),
    ("html-no-article", "a.html", b"<html>"),
]


@pytest.mark.parametrize(("code", "name", "data"), CASES, ids=[f"{c}-{n}-{i}" for i, (c, n, _) in enumerate(CASES)])
def test_a_bad_input_earns_its_code(tmp_path: Path, code: str, name: str, data: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (row,) = rejected(path)
    assert row.code == code
    assert row.where.startswith(str(path))


def too_large(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = folder / "a.txt"
    with path.open("wb") as file:
        file.write(b"text " * 1000)
        file.truncate(files.LARGEST + 1)  # sparse: nothing is written, and nothing may be read
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("read although too large"))
    return path


def line_too_large(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(jsonl, "LONGEST_LINE", 1000)
    path = folder / "a.jsonl"
    path.write_text(f"{ROW}\n{json.dumps({'text': 'x' * 5000})}\n{ROW}\n")
    return path


def value_too_large(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(jsonl, "LARGEST_VALUE", 1000)
    path = folder / "a.json"
    path.write_text(json.dumps([{"text": "x" * 5000}]))
    return path


@pytest.mark.parametrize("make", [too_large, line_too_large, value_too_large])
def test_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path, pytest.MonkeyPatch], Path]
) -> None:
    (row,) = rejected(make(tmp_path, monkeypatch))
    assert row.code == "too-large"


def test_a_line_too_large_leaves_its_neighbours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = items(line_too_large(tmp_path, monkeypatch))
    assert [getattr(item, "name", None) or item.where.rsplit(":", 1)[1] for item in read] == ["a-1", "2", "a-3"]  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", ["absent", "folder", "pipe", "name"])
def test_what_is_no_file_is_unreadable(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "name":
        path = tmp_path / ("a" * 5000)
    (row,) = rejected(path)
    assert row.code == "unreadable"


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl"])
def test_a_file_without_permission_is_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    path = tmp_path / name
    path.write_text(TEXT)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    reader = reader_for(path)
    for method in ("open", "read_bytes"):
        monkeypatch.setattr(Path, method, refuse)
    for read in (reader, reader_for(path)):  # refused after the choice, and at it
        (row,) = read.read(path)
        assert isinstance(row, Rejection)
        assert (row.code, "Permission denied" in row.what) == ("unreadable", True)


def test_broken_json_on_line_7_of_20(tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"r{n}", "text": TEXT}) for n in range(1, 21)]
    lines[6] = lines[6][:40]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(lines))
    read = items(path)
    (row,) = [item for item in read if isinstance(item, Rejection)]
    assert (row.code, row.where) == ("json-broken", f"{path}:7")
    assert [item.name for item in read if isinstance(item, Document)] == [f"r{n}" for n in range(1, 21) if n != 7]


def test_a_broken_first_line_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text(f"{ROW[:20]}\n{ROW}\n{ROW}\n")
    assert [type(item) for item in items(path)] == [Rejection, Document, Document]


def test_the_line_of_a_broken_value_is_named(tmp_path: Path) -> None:
    path = tmp_path / "value.json"
    path.write_text('{\n "id": "a",\n "text": "abc"\n "lang": "en"\n}')
    (row,) = rejected(path)
    assert row.where == f"{path}:4"


@pytest.mark.parametrize("code", CODES)
def test_each_code_is_one_clear_line(code: str) -> None:
    row = reject(Path("a.txt"), code, line=3, detail="one\ntwo " * 200)
    assert row.where == "a.txt:3"
    for sentence in (row.what, row.do):
        assert sentence
        assert "\n" not in sentence
        assert "{" not in sentence
        assert len(sentence) < 320


def test_every_code_is_earned_by_a_test() -> None:
    assert {code for code, _, _ in CASES} | {"too-large", "unreadable"} == set(CODES)


def test_a_rejection_has_the_same_id_each_time(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"")
    assert rejected(path) == rejected(path)
