"""Reading reports into the ledger: everything readable is stored, everything else is a row that says why."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ledger_fakes import BrokenReader, FirstSentenceTagger, TextReader, workspace
from ledger_rows import document
from whoholds.app.check import check
from whoholds.app.fingerprint import understanding_version
from whoholds.app.inputs import discover
from whoholds.app.read import ReadProgress, read
from whoholds.app.settings import Settings
from whoholds.app.workspace import Workspace
from whoholds.engines.executors import ProcessExecutor, SerialExecutor
from whoholds.errors import InputUnreadable, InternalError, LedgerUnusable, TheatreInvalid, UsageError
from whoholds.ledger import SqliteLedger
from whoholds.records import Basis, Document, Rejection, Side, Theatre, Understanding


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    return workspace(tmp_path / "war.db", batch_size=4)


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Path]:
    """Write reports into the folder of inputs and return it."""

    def write(**texts: str) -> Path:
        folder = tmp_path / "in"
        for name, text in texts.items():
            path = folder / name.replace("__", "/").replace("_dot_", ".")
            path = path if path.suffix else path.with_suffix(".txt")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    return write


def names(space: Workspace) -> list[str]:
    with space.ledger() as ledger:
        return [doc.name for doc in ledger.documents()]


def codes(space: Workspace) -> list[str]:
    with space.ledger() as ledger:
        return [row.code for row in ledger.rejections()]


def lines(folder: Path, rows: list[str]) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "reports.jsonl"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def row(number: int, **more: str) -> str:
    return json.dumps({"id": f"r{number}", "text": f"Mill {number} fell. More.", "published": "2025-05-04", **more})


# -- what is stored ------------------------------------------------------------------------------------


def test_a_folder_is_read_in_order_with_its_folders(space: Workspace, put: Callable[..., Path]) -> None:
    folder = put(b="Mill B fell.", a__inner="Mill I fell.", c="Mill C fell.", _dot_hidden="Mill H fell.")
    report = read(space, [folder])
    assert (report.added, report.known, report.rejections, report.stopped) == (3, 0, (), False)
    assert names(space) == ["inner", "b", "c"]
    assert check(space).problems == ()


def test_reading_twice_adds_nothing_and_understands_nothing(
    space: Workspace, put: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = put(a="Mill A fell.", b="Mill B fell.")
    read(space, [folder])

    def unexpected(self: FirstSentenceTagger, doc: Document) -> Understanding:
        raise AssertionError("a known document was understood again")

    monkeypatch.setattr(FirstSentenceTagger, "understand", unexpected)
    report = read(space, [folder, folder / "a.txt"])
    assert (report.added, report.reread, report.known, report.rejections) == (0, 0, 2, ())


def test_a_changed_understanding_reads_known_documents_anew(space: Workspace, put: Callable[..., Path]) -> None:
    folder = put(a="Mill A fell.")
    read(space, [folder])
    tagger = FirstSentenceTagger()
    tagger.version = "2"
    report = read(Workspace(space.settings, tagger=tagger, readers=[TextReader()]), [folder])
    assert (report.added, report.reread, report.known) == (0, 1, 0)


def test_one_broken_line_of_twenty_costs_that_line(space: Workspace, tmp_path: Path) -> None:
    path = lines(tmp_path / "in", [row(n) if n != 7 else row(n)[:-9] for n in range(1, 21)])
    report = read(space, [path])
    assert report.added == 19
    assert [rejected.where for rejected in report.rejections] == [f"{path}:7"]
    assert codes(space) == ["json-broken"]
    again = read(space, [path])
    assert (again.added, again.known, len(again.rejections)) == (0, 19, 1)
    assert codes(space) == ["json-broken"], "the same rejection is one row"
    assert check(space).clean


def test_what_the_user_says_outranks_the_document(space: Workspace, put: Callable[..., Path]) -> None:
    folder = put(a="Mill A fell.")
    first = read(space, [folder])
    assert [w for w in first.warnings if "no publication date" in w]
    report = read(space, [folder], published="20250506", outlet="The Herald")
    assert (report.added, report.reread) == (0, 1)
    with space.ledger() as ledger:
        doc = ledger.document("a")
    assert (doc.published, doc.published_basis, doc.outlet) == ("2025-05-06", Basis.OPTION, "The Herald")
    assert not [w for w in report.warnings if "no publication date" in w]


@pytest.mark.parametrize("wrong", ["yesterday", "2025-13-01", "", "07.11.2025", "2025-11-07 at noon"])
def test_a_wrong_date_is_the_users_mistake(space: Workspace, put: Callable[..., Path], wrong: str) -> None:
    with pytest.raises(UsageError, match="is no date"):
        read(space, [put(a="Mill A fell.")], published=wrong)
    assert not space.settings.ledger.exists()


def test_a_newer_text_of_a_known_address_is_reported(space: Workspace, tmp_path: Path) -> None:
    address = "https://x.example/mill"
    first = lines(tmp_path / "one", [row(1, url=address), row(2)])
    assert read(space, [first]).versions == ()
    second = lines(tmp_path / "two", [row(3, url=address + "/?utm_source=y", published="2025-05-09")])
    (link,) = read(space, [second]).versions
    assert (link.name, link.earlier_name, link.kind) == ("r3", "r1", "version")
    assert read(space, [second]).versions == ()


# -- what cannot be read -------------------------------------------------------------------------------


def test_what_cannot_be_read_is_a_row_and_the_rest_is_read(space: Workspace, put: Callable[..., Path]) -> None:
    folder = put(a="Mill A fell.", boom="boom. Mill.", liar="A liar. Mill.", empty="")
    (folder / "picture.png").write_bytes(b"\x89PNG\x00\x01")
    os.mkfifo(folder / "pipe.txt")
    (folder / "nowhere.txt").symlink_to(folder / "gone.txt")
    report = read(space, [folder, folder / "absent.txt"])
    assert names(space) == ["a"]
    found = {Path(r.where.split(":")[0]).name: r.code for r in report.rejections}
    assert found == {
        "boom.txt": "not-understood",
        "liar.txt": "not-understood",
        "empty.txt": "empty-file",
        "picture.png": "unknown-format",
        "pipe.txt": "no-file",
        "nowhere.txt": "no-file",
        "absent.txt": "input-absent",
    }
    assert sorted(codes(space)) == sorted(found.values())
    assert all("\n" not in r.what and r.do for r in report.rejections)
    assert check(space).clean


def test_only_absent_inputs_make_no_ledger(space: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InputUnreadable, match=r"nothing could be read: .*no such file.*and 1 more"):
        read(space, [tmp_path / "x", tmp_path / "y"])
    with pytest.raises(InputUnreadable, match="nothing to read"):
        read(space, [])
    assert not space.settings.ledger.exists()


def test_when_nothing_could_be_read_the_rows_still_say_why(space: Workspace, put: Callable[..., Path]) -> None:
    with pytest.raises(InputUnreadable, match="the file is empty"):
        read(space, [put(empty="")])
    assert codes(space) == ["empty-file"]


def test_an_empty_folder_says_so(space: Workspace, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(InputUnreadable, match="holds no file"):
        read(space, [tmp_path / "in"])


def test_a_reader_that_breaks_keeps_what_it_gave(space: Workspace, put: Callable[..., Path]) -> None:
    folder = put(a="Mill A fell.", b="Mill B fell.")
    broken = Workspace(space.settings, tagger=FirstSentenceTagger(), readers=[BrokenReader()])
    report = read(broken, [folder])
    assert report.added == 2
    assert [r.code for r in report.rejections] == ["reader-failed", "reader-failed"]


def test_half_a_character_costs_that_document(space: Workspace, tmp_path: Path) -> None:
    path = lines(tmp_path / "in", [row(1), '{"id": "r2", "text": "Mill \\ud800 fell."}', row(3)])
    report = read(space, [path])
    assert report.added == 2
    assert [r.code for r in report.rejections] == ["text-broken"]


@pytest.mark.parametrize("text", ["Mill \x00 fell. More \x00 text.", "Mühle 🏚 пала. Ещё 🏚."])
def test_odd_characters_keep_their_offsets(space: Workspace, put: Callable[..., Path], text: str) -> None:
    read(space, [put(a=text)])
    assert check(space).clean


def test_the_real_readers_lose_one_line_of_twenty_and_mend_a_date(tmp_path: Path) -> None:
    rows = [row(n, published="2025-05-04" if n != 9 else "soon") for n in range(1, 21)]
    rows[6] = rows[6][:-9]
    path = lines(tmp_path / "in", rows)
    (tmp_path / "in" / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x01\x02" * 50)
    (tmp_path / "in" / "empty.txt").touch()
    fake = workspace(tmp_path / "war.db")
    space = Workspace(fake.settings, theatres=(), gazetteers={}, tagger=FirstSentenceTagger())
    report = read(space, [tmp_path / "in"])
    assert report.added == 19
    assert sorted(codes(space)) == ["binary-file", "date-wrong", "empty-file", "json-broken"]
    assert [r.where for r in report.rejections if r.code == "json-broken"] == [f"{path}:7"]
    mended = read(space, [path], published="2025-05-05")
    assert (mended.added, mended.reread, [r.code for r in mended.rejections]) == (0, 19, ["json-broken"])
    assert check(space).clean


# -- folders -------------------------------------------------------------------------------------------


def test_links_in_a_circle_end(put: Callable[..., Path]) -> None:
    folder = put(a="A.", inner__b="B.")
    (folder / "inner" / "up").symlink_to(folder)
    (folder / "again.txt").symlink_to(folder / "a.txt")
    (folder / "self").symlink_to(folder / "self")
    found = list(discover([folder, folder / "inner"]))
    assert [path.name for path in found if isinstance(path, Path)] == ["a.txt", "b.txt"]
    assert [r.code for r in found if isinstance(r, Rejection)] == ["no-file"]


def test_the_ledger_is_no_input(put: Callable[..., Path]) -> None:
    folder = put(a="Mill A fell.")
    space = workspace(folder / "war.db")
    assert read(space, [folder]).rejections == ()
    assert read(space, [folder]).rejections == ()


# -- stopping ------------------------------------------------------------------------------------------


def test_stopping_keeps_what_was_understood(space: Workspace, tmp_path: Path) -> None:
    rows = [row(n) for n in range(1, 11)]
    path = lines(tmp_path / "in", [*rows[:6], row(0, text="stop"), *rows[6:]])
    report = read(space, [path])
    assert report.stopped
    assert report.added == 6
    assert names(space) == [f"r{n}" for n in range(1, 7)]
    lines(tmp_path / "in", rows)
    again = read(space, [path])
    assert (again.added, again.known, again.stopped) == (4, 6, False)


def test_a_failure_between_batches_keeps_the_earlier_ones(
    space: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = SqliteLedger.append
    calls = []

    def full(self: SqliteLedger, *arguments: object) -> tuple[int, int]:
        calls.append(1)
        if len(calls) == 2:
            raise LedgerUnusable("the disk is full")
        return append(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(SqliteLedger, "append", full)
    path = lines(tmp_path / "in", [row(n) for n in range(10)])
    with pytest.raises(LedgerUnusable):
        read(space, [path])
    assert len(names(space)) == 4
    assert read(space, [path]).added == 6


def test_progress_counts_every_document_once(space: Workspace, tmp_path: Path) -> None:
    seen: list[ReadProgress] = []
    path = lines(tmp_path / "in", [row(n) if n != 3 else "{" for n in range(10)])
    read(space, [path], progress=seen.append)
    assert [step.done for step in seen] == list(range(1, 11))
    assert {step.total for step in seen} == {10}
    last = seen[-1]
    assert (last.added, last.known, last.rejected) == (9, 0, 1)
    seen.clear()
    read(space, [path], progress=seen.append)
    assert (seen[-1].done, seen[-1].added, seen[-1].known, seen[-1].rejected) == (10, 0, 9, 1)


# -- executors -----------------------------------------------------------------------------------------


def test_processes_store_the_same_as_one(tmp_path: Path) -> None:
    path = lines(tmp_path / "in", [row(n) if n % 5 else row(n, text="boom") for n in range(1, 21)])
    stored = []
    for workers in (1, 2):
        space = workspace(tmp_path / f"war{workers}.db", workers=workers, batch_size=8)
        report = read(space, [path])
        with space.ledger() as ledger:
            stored.append((report.added, list(ledger.documents()), list(ledger.claims()), list(ledger.rejections())))
    assert stored[0] == stored[1]
    assert stored[0][0] == 16


def _end_at_once(_: int) -> int:
    os._exit(1)


def test_a_worker_that_dies_is_one_clear_error() -> None:
    with ProcessExecutor(1) as executor, pytest.raises(InternalError, match="worker process"):
        list(executor.map(_end_at_once, [1, 2]))


def test_the_serial_executor_takes_no_item_ahead() -> None:
    taken: list[int] = []
    items = (taken.append(n) or n for n in range(5))  # type: ignore[func-returns-value]
    results = SerialExecutor().map(str, items)
    assert next(iter(results)) == "0"
    assert taken == [0]


# -- workspace -----------------------------------------------------------------------------------------


def test_given_parts_are_used_and_nothing_else_is_made(tmp_path: Path) -> None:
    space = workspace(tmp_path / "war.db")
    assert space.theatres == ()
    assert space.gazetteers == {}
    assert space.tagger.understand(document()).claims
    assert space.reader_for(Path(__file__)) is None
    by = space.provenance
    assert (by.understanding, by.version) == ("first-sentence", "1")
    assert json.loads(by.settings)["ledger"] == str(tmp_path / "war.db")


def test_the_version_of_the_understanding_follows_its_data_not_its_folder(tmp_path: Path) -> None:
    gazetteer = tmp_path / "gazetteer.sqlite"
    gazetteer.write_bytes(b"one")
    theatre = Theatre(
        id="mill",
        title="Mill",
        countries=("XX",),
        languages=("en",),
        start="2020-01-01",
        end=None,
        horizon_days=60,
        sides=(Side(code="XX", name="X"),),
        actors=(),
        path="/here",
    )
    version = understanding_version([theatre], [gazetteer])
    assert version == understanding_version([replace(theatre, path="/there")], [gazetteer])
    assert version != understanding_version([replace(theatre, not_places=("Mill",))], [gazetteer])
    gazetteer.write_bytes(b"two")
    assert version != understanding_version([theatre], [gazetteer])


def test_a_theatre_without_a_gazetteer_says_so(tmp_path: Path) -> None:
    theatre = Theatre(
        id="mill",
        title="Mill",
        countries=(),
        languages=(),
        start="2020-01-01",
        end=None,
        horizon_days=60,
        sides=(),
        actors=(),
        path=str(tmp_path),
    )
    with pytest.raises(TheatreInvalid, match=r"'mill' has no gazetteer.sqlite"):
        _ = Workspace(Settings(ledger=tmp_path / "war.db"), theatres=[theatre]).gazetteers
