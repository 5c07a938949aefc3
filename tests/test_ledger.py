"""The ledger: what is written stays, is written once, and can be traced to its document."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger_rows import RECORDED, document, read, rejection, understanding
from whoholds.errors import InternalError, LedgerUnusable, NotFound, QuoteMismatch
from whoholds.ledger import Provenance, SqliteLedger, migrations, open_ledger, understanding_id
from whoholds.ledger.describe import datasette_metadata
from whoholds.records import Basis, Period, Span, Statement


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[SqliteLedger]:
    opened = open_ledger(tmp_path / "war.db", create=True)
    yield opened
    opened.close()


def rows_of(path: Path) -> dict[str, set[str]]:
    """All rows of all tables, without the columns that count the order of writing."""
    with sqlite3.connect(path) as connection:
        connection.row_factory = sqlite3.Row
        names = [r[0] for r in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = [name for name in names if "_fts" not in name and name not in ("schema_info", "batches")]
        return {
            name: {
                json.dumps({k: v for k, v in dict(row).items() if k not in ("seq", "batch")})
                for row in connection.execute(f"SELECT * FROM {name}")
            }
            for name in tables
        }


# -- what goes in comes out ----------------------------------------------------------------------------


def test_records_come_back_as_they_went_in(ledger: SqliteLedger) -> None:
    doc = document(url="https://www.courier.example/mill?utm_source=x")
    reading = understanding(doc)
    assert ledger.append([(doc, reading)], [rejection()], RECORDED) == (1, 0)
    assert list(ledger.documents()) == [doc]
    assert ledger.document("report-1") == ledger.document(doc.id) == doc
    assert tuple(ledger.claims()) == reading.claims
    assert ledger.claim(reading.claims[1].id) == reading.claims[1]
    assert list(ledger.rejections()) == [rejection()]
    assert ledger.relays() == {doc.id: ("Wire",)}
    assert ledger.warnings() == [("report-1", "unsure of May")]


def test_a_statement_joins_claim_speaker_and_document(ledger: SqliteLedger) -> None:
    ledger.append(read(document()), [], RECORDED)
    own, quoted = ledger.statements('SELECT * FROM statements ORDER BY "start"')
    assert (own.speaker, own.own_voice, own.chain) == ("The Courier", True, ("The Courier",))
    assert (own.place_id, own.part, own.when_start, own.when_basis) == ("gn:1", "north", "2025-05-03", "stated")
    assert (quoted.speaker, quoted.speaker_side, quoted.own_voice) == ("Ministry", "XX", False)
    assert quoted.chain == ("The Courier", "Ministry")
    assert (quoted.low, quoted.high, quoted.quantity_side, quoted.approx) == (40.0, None, "YY", False)
    assert (quoted.published, quoted.recorded, quoted.document_name) == ("2025-05-04", RECORDED, "report-1")


def test_the_view_has_exactly_the_columns_of_a_statement(ledger: SqliteLedger) -> None:
    columns = [row["name"] for row in ledger.select("SELECT name FROM pragma_table_info('statements')")]
    assert columns == [field.name for field in fields(Statement)]


def test_an_absent_record_is_not_found(ledger: SqliteLedger) -> None:
    with pytest.raises(NotFound):
        ledger.claim("c-none")
    with pytest.raises(NotFound):
        ledger.document("none")


def test_full_text_finds_documents_and_quotes(ledger: SqliteLedger) -> None:
    ledger.append(read(document(), document("other", "Nothing happened.")), [], RECORDED)
    sql = "SELECT d.name FROM documents_fts AS f JOIN documents AS d ON d.seq = f.rowid WHERE documents_fts MATCH :w"
    assert [row["name"] for row in ledger.select(sql, {"w": "soldiers"})] == ["report-1"]
    sql = "SELECT c.kind FROM claims_fts AS f JOIN claims AS c ON c.seq = f.rowid WHERE claims_fts MATCH :w"
    assert [row["kind"] for row in ledger.select(sql, {"w": "mill"})] == ["control"]


def test_a_list_fills_an_in_clause(ledger: SqliteLedger) -> None:
    ledger.append(read(document("a"), document("b"), document("c")), [], RECORDED)
    sql = "SELECT name FROM documents WHERE name IN :names ORDER BY name"
    assert [row["name"] for row in ledger.select(sql, {"names": ["a", "c", "x"]})] == ["a", "c"]


# -- once, whole, and for good -------------------------------------------------------------------------


def test_appending_twice_adds_nothing_and_says_so(ledger: SqliteLedger) -> None:
    batch = read(document("a"), document("b"))
    assert ledger.append(batch, [rejection()], RECORDED) == (2, 0)
    before = ledger.counts()
    assert ledger.append(batch, [rejection()], "2026-02-02T00:00:00+00:00") == (0, 2)
    assert ledger.counts() == before


def test_the_same_document_twice_in_one_batch_is_one(ledger: SqliteLedger) -> None:
    assert ledger.append(read(document(), document()), [rejection(), rejection()], RECORDED) == (1, 0)
    counts = ledger.counts()
    assert (counts["documents"], counts["understandings"], counts["rejections"]) == (1, 1, 1)


def test_a_wrong_quote_is_refused_and_the_batch_with_it(ledger: SqliteLedger) -> None:
    good, bad = document("good"), document("bad")
    reading = understanding(bad)
    moved = replace(reading.claims[0], span=Span(start=1, end=5))
    with pytest.raises(QuoteMismatch):
        ledger.append([*read(good), (bad, replace(reading, claims=(moved,)))], [], RECORDED)
    assert ledger.counts()["documents"] == 0


def test_a_value_without_a_basis_is_refused(ledger: SqliteLedger) -> None:
    doc = document()
    reading = understanding(doc)
    dated = replace(reading.claims[0], when=Period(start="2025-05-03", end=None, basis=Basis.NONE))
    with pytest.raises(InternalError, match="without a basis"):
        ledger.append([(doc, replace(reading, claims=(dated,)))], [], RECORDED)
    with pytest.raises(InternalError, match="without a basis"):
        ledger.append(read(replace(document(), published_basis=Basis.NONE)), [], RECORDED)


def test_a_crash_inside_a_batch_leaves_the_ledger_as_before(
    ledger: SqliteLedger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.append(read(document("first")), [], RECORDED)
    before = ledger.counts()
    write = SqliteLedger._insert

    def crash(self: SqliteLedger, table: str, rows: list[dict[str, object]]) -> None:
        write(self, table, rows)
        if table == "claims":
            raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(SqliteLedger, "_insert", crash)
        with pytest.raises(RuntimeError):
            ledger.append(read(document("second")), [rejection()], RECORDED)
    assert ledger.counts() == before
    assert ledger.append(read(document("second")), [], RECORDED) == (1, 0)


def test_a_killed_writer_leaves_the_committed_batches(tmp_path: Path) -> None:
    path = tmp_path / "war.db"
    script = (
        "import os, sys; sys.path.insert(0, sys.argv[2]);"
        "from pathlib import Path; from whoholds.ledger import open_ledger; from ledger_rows import *;"
        "ledger = open_ledger(Path(sys.argv[1]), create=True); ledger.append(read(document('a')), [], RECORDED);"
        "\nwith ledger.transaction(): ledger.append(read(document('b')), [], RECORDED); os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path), str(Path(__file__).parent)], check=False)
    assert done.returncode == 9
    reader = open_ledger(path)
    assert [doc.name for doc in reader.documents()] == ["a"]
    reader.close()


def test_an_outer_transaction_takes_in_several_batches(ledger: SqliteLedger) -> None:
    def two_batches() -> None:
        with ledger.transaction():
            ledger.append(read(document("a")), [], RECORDED)
            ledger.append(read(document("b")), [], RECORDED)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        two_batches()
    assert ledger.counts()["documents"] == 0


@pytest.mark.parametrize("table", ["documents", "understandings", "claims", "sources", "rejections", "marked_spans"])
@pytest.mark.parametrize("sql", ["UPDATE {0} SET rowid = rowid", "DELETE FROM {0}"])
def test_rows_can_be_neither_changed_nor_deleted(ledger: SqliteLedger, table: str, sql: str) -> None:
    ledger.append(read(document()), [rejection()], RECORDED)
    ledger.close()
    connection = sqlite3.connect(ledger.path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(sql.format(table))
    connection.close()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(6)), cuts=st.sets(st.integers(1, 5), max_size=3))
def test_the_order_of_documents_changes_no_row(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], cuts: set[int]
) -> None:
    docs = [
        document(f"r{n}", f"Mill {n} fell. Much else.", "https://x.example/p", f"2025-05-0{n + 1}") for n in range(6)
    ]

    def written(numbers: list[int], at: list[int]) -> tuple[dict[str, set[str]], set[str]]:
        path = tmp_path_factory.mktemp("order") / "war.db"
        book = open_ledger(path, create=True)
        for start, end in zip([0, *at], [*at, len(numbers)], strict=True):
            book.append(read(*(docs[n] for n in numbers[start:end])), [], RECORDED)
        links = {str(link) for link in book.versions()}
        book.close()
        return rows_of(path), links

    assert written(order, sorted(cuts)) == written(sorted(order), [])


# -- readings and versions -----------------------------------------------------------------------------


def test_a_new_understanding_takes_over_and_the_old_rows_stay(ledger: SqliteLedger) -> None:
    doc = document()
    reading = understanding(doc)
    first, second = Provenance(understanding="rules", version="1"), Provenance(understanding="rules", version="2")
    ledger.append([(doc, reading)], [], RECORDED, first)
    fewer = replace(reading, claims=reading.claims[:1], warnings=())
    assert ledger.append([(doc, fewer)], [], "2026-03-03T00:00:00+00:00", second) == (0, 1)
    assert list(ledger.claims()) == list(fewer.claims)
    assert ledger.warnings() == []
    (shown,) = ledger.statements("SELECT * FROM statements")
    assert shown.recorded == "2026-03-03T00:00:00+00:00"
    assert ledger.counts()["claims"] == 3
    assert ledger.claim(reading.claims[1].id) == reading.claims[1], "a claim once cited can still be shown"


def test_a_date_given_later_is_a_new_understanding(ledger: SqliteLedger) -> None:
    undated = document(published=None)
    dated = replace(undated, published="2025-05-06", published_basis=Basis.OPTION)
    ledger.append(read(undated), [], RECORDED)
    assert understanding_id(undated, Provenance()) != understanding_id(dated, Provenance())
    assert ledger.append(read(dated), [], RECORDED) == (0, 1)
    assert ledger.document("report-1").published == "2025-05-06"
    assert {s.published for s in ledger.statements("SELECT * FROM statements")} == {"2025-05-06"}


def test_a_newer_text_of_a_known_address_is_linked_to_the_older(ledger: SqliteLedger) -> None:
    new = document("new", "Mill did not fall. Corrected.", "http://courier.example/mill/", "2025-05-06")
    old = document("old", url="https://www.courier.example/mill?utm_source=feed#top", published="2025-05-04")
    ledger.append(read(new), [], RECORDED)
    assert ledger.versions() == []
    ledger.append(read(old, document("elsewhere", url="https://courier.example/barn")), [], RECORDED)
    (link,) = ledger.versions()
    assert (link.document, link.earlier, link.kind) == (new.id, old.id, "version")


def test_the_same_text_at_one_address_is_a_copy(ledger: SqliteLedger) -> None:
    ledger.append(
        read(document("a", url="https://x.example/p"), document("b", url="https://x.example/p")), [], RECORDED
    )
    assert [link.kind for link in ledger.versions()] == ["copy"]


# -- opening -------------------------------------------------------------------------------------------


def refused(path: Path, *, create: bool = False) -> str:
    with pytest.raises(LedgerUnusable) as caught:
        open_ledger(path, create=create)
    line = str(caught.value)
    assert "\n" not in line
    assert caught.value.do
    return line


def test_what_is_no_ledger_is_refused_in_one_line(tmp_path: Path) -> None:
    assert "there is no ledger" in refused(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()
    assert "is a folder" in refused(tmp_path, create=True)
    assert "does not exist" in refused(tmp_path / "no" / "war.db", create=True)
    (tmp_path / "empty.db").touch()
    assert "is empty" in refused(tmp_path / "empty.db")
    (tmp_path / "notes.txt").write_text("no database at all, but long enough to have a header " * 40)
    assert "is not a ledger" in refused(tmp_path / "notes.txt")
    assert "is not a ledger" in refused(tmp_path / "notes.txt", create=True)


def test_another_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE cats (name TEXT)")
    before = path.read_bytes()
    assert "no ledger" in refused(path)
    assert "no ledger" in refused(path, create=True)
    assert path.read_bytes() == before


def test_a_ledger_of_a_newer_version_is_refused(ledger: SqliteLedger) -> None:
    ledger.close()
    with sqlite3.connect(ledger.path) as connection:
        connection.execute("INSERT INTO schema_info VALUES (99, 'later')")
    for create in (False, True):
        line = refused(ledger.path, create=create)
        assert "99" in line
        assert "up to 1" in line
        assert "install" in line


def test_an_older_ledger_is_brought_up_to_date(ledger: SqliteLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.append(read(document()), [], RECORDED)
    ledger.close()
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", 3)
    steps = {
        1: lambda connection: connection.exec_driver_sql("ALTER TABLE documents ADD COLUMN lemmas TEXT"),
        2: lambda connection: connection.exec_driver_sql("ALTER TABLE documents ADD COLUMN mood TEXT"),
    }
    monkeypatch.setattr(migrations, "MIGRATIONS", steps)
    reader = open_ledger(ledger.path)
    assert reader.version() == 3
    assert reader.select("SELECT lemmas, mood FROM documents") == [{"lemmas": None, "mood": None}]
    assert [doc.name for doc in reader.documents()] == ["report-1"]
    reader.close()


def test_a_failed_migration_changes_nothing(ledger: SqliteLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.close()
    monkeypatch.setattr(migrations, "SCHEMA_VERSION", 3)
    monkeypatch.setattr(
        migrations, "MIGRATIONS", {1: lambda c: c.exec_driver_sql("ALTER TABLE documents ADD COLUMN x")}
    )
    assert "version 2" in refused(ledger.path)
    monkeypatch.undo()
    reader = open_ledger(ledger.path)
    assert reader.version() == 1
    assert reader.select("SELECT name FROM pragma_table_info('documents') WHERE name = 'x'") == []
    reader.close()


def test_a_reader_does_not_block_a_writer_and_sees_one_snapshot(ledger: SqliteLedger) -> None:
    ledger.append(read(document("a")), [], RECORDED)
    reader = open_ledger(ledger.path)
    ledger.append(read(document("b")), [], RECORDED)
    assert [doc.name for doc in reader.documents()] == ["a"]
    reader.close()
    again = open_ledger(ledger.path)
    assert [doc.name for doc in again.documents()] == ["a", "b"]
    again.close()


def test_a_reader_cannot_write(ledger: SqliteLedger) -> None:
    reader = open_ledger(ledger.path)
    with pytest.raises(LedgerUnusable, match="no permission to write"):
        reader.select("INSERT INTO rejections VALUES (1, 'x', 'x', 'x', 'x', 'x', 'x', 1)")
    reader.close()


def test_a_locked_ledger_says_so(ledger: SqliteLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("whoholds.ledger.connection.BUSY_SECONDS", 0.01)
    other = open_ledger(ledger.path, create=True)
    with ledger.transaction(), pytest.raises(LedgerUnusable, match="is locked"):
        other.append(read(document()), [], RECORDED)
    assert other.append(read(document()), [], RECORDED) == (1, 0)
    other.close()


def test_a_full_disk_keeps_what_was_stored(ledger: SqliteLedger) -> None:
    ledger.append(read(document("kept")), [], RECORDED)
    pages = ledger.select("PRAGMA page_count")[0]["page_count"]
    ledger.select(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(LedgerUnusable, match="the disk is full") as caught:
        ledger.append(read(document("big", "Mill fell. " + "x" * 100_000)), [], RECORDED)
    assert "what was stored is safe" in caught.value.do
    assert [doc.name for doc in ledger.documents()] == ["kept"]
    assert ledger.select("PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    ledger.select("PRAGMA max_page_count = 1000000")
    assert ledger.append(read(document("big", "Mill fell. " + "x" * 100_000)), [], RECORDED) == (1, 0)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder in which nobody can write")
def test_a_folder_without_permission_is_refused() -> None:
    assert "cannot open" in refused(Path("/proc/war.db"), create=True)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs root, to become somebody else")
def test_a_ledger_on_a_read_only_medium_can_be_read() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "war.db"
        book = open_ledger(path, create=True)
        book.append(read(document()), [], RECORDED)
        book.close()
        open_ledger(path).close()  # a reader leaves an empty log behind
        for left in Path(folder).iterdir():
            left.chmod(0o600)
        Path(folder).chmod(0o755)
        path.chmod(0o644)
        child = os.fork()
        if child == 0:
            os._exit(_as_nobody(path))
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _as_nobody(path: Path) -> int:
    os.setuid(65534)
    reader = open_ledger(path)
    if [doc.name for doc in reader.documents()] != ["report-1"]:
        return 3
    try:
        open_ledger(path, create=True)
    except LedgerUnusable as error:
        return 0 if "no permission to write" in str(error) or "cannot open" in str(error) else 4
    return 5


# -- descriptions --------------------------------------------------------------------------------------


def test_every_table_view_and_column_is_described(ledger: SqliteLedger) -> None:
    tables = ledger.describe()["databases"]["war"]["tables"]
    master = ledger.select("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE '%_fts%'")
    assert {row["name"] for row in master} == set(tables)
    for name, entry in tables.items():
        columns = [row["name"] for row in ledger.select("SELECT name FROM pragma_table_info(:n)", {"n": name})]
        assert list(entry["columns"]) == columns
        assert entry["description"]
        assert all(entry["columns"].values()), name


def test_the_file_carries_its_own_descriptions(ledger: SqliteLedger) -> None:
    sql = "SELECT description FROM descriptions WHERE table_name = 'claims' AND column_name = 'quote'"
    assert "verbatim" in ledger.select(sql)[0]["description"]
    json.dumps(datasette_metadata())
