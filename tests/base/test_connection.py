"""Opening a base: what is no base, newer, damaged, not writable or full is said in a sentence."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from operator import attrgetter
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from testimonia.base import connection, findings_of, migrate, open_base, schema
from testimonia.base.connection import APPLICATION, VERSION, Base
from testimonia.errors import BaseError


def fails(path: Path, *, create: bool = False) -> str:
    with pytest.raises(BaseError) as caught:
        open_base(path, create=create)
    assert caught.value.where == str(path)
    assert caught.value.hint
    return str(caught.value)


def test_a_new_base_is_marked_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "with space %41 ?.db"
    open_base(path, create=True).close()
    raw = sqlite3.connect(path)
    assert raw.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
    assert raw.execute("PRAGMA user_version").fetchone() == (VERSION,)
    assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    raw.close()
    with open_base(path) as base, base.connect() as c:
        assert c.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_migrations_make_the_tables_of_the_schema(tmp_path: Path) -> None:
    with open_base(tmp_path / "a.db", create=True) as base, base.connect() as c:
        own = MigrationContext.configure(
            c,
            opts={
                "compare_server_default": True,
                "include_name": lambda name, kind, _: kind != "table" or not str(name).startswith("passage_fts"),
            },
        )
        assert compare_metadata(own, schema.metadata) == []


def test_the_newest_migration_is_the_version() -> None:
    folder = Path(schema.__file__).parent / "migrations"
    assert int(ScriptDirectory(str(folder)).get_current_head() or 0) == VERSION


def of_the_first_version(path: Path) -> None:
    """A base as the first version left it, with one quotation."""
    engine = connection._engine(path)
    with engine.connect().execution_options(writing=True) as c, c.begin():
        command.upgrade(migrate._configuration(c), "0001")
        for statement in (
            "INSERT INTO run (id, version, settings, digests, started) VALUES (1, '0', '{}', '{}', '2020')",
            "INSERT INTO source (id, media_type, encoding, size, content, run_id) VALUES ('s', '', '', 0, x'', 1)",
            'INSERT INTO document (id, source_id, position, start, "end", language, text, offsets, run_id) '
            "VALUES ('d', 's', 0, 0, 5, 'en', 'Words', '[]', 1)",
            'INSERT INTO quotation (id, document_id, kind, start, "end", spans, cue, speaker, chain) '
            "VALUES ('q', 'd', 'direct', 0, 5, '[[0, 5]]', '[]', '[]', '[\"A\", \"B\"]')",
            'INSERT INTO event (id, document_id, start, "end", "when", type) '
            "VALUES ('e', 'd', 0, 5, '1921', 'birth')",
            "INSERT INTO actor (id, document_id, name, kind, aliases) VALUES ('a', 'd', 'Vera Holm', 'person', '[]')",
            "INSERT INTO event_actor (event_id, actor_id, position) VALUES ('e', 'a', 0)",
            'INSERT INTO time_expression (id, document_id, start, "end", type, value) '
            "VALUES ('t', 'd', 0, 5, 'DATE', '1921')",
            f"PRAGMA application_id = {APPLICATION}",
            "PRAGMA user_version = 1",
        ):
            c.exec_driver_sql(statement)
    engine.dispose()


def test_a_base_of_the_first_version_is_migrated_and_keeps_what_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    of_the_first_version(path)
    with open_base(path) as base, base.connect() as c:
        assert c.exec_driver_sql("PRAGMA user_version").scalar_one() == VERSION
        for table in ("aside", "judgement"):
            assert c.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() == 0
    with open_base(path) as base:
        (found,), (event,), (time,) = attrgetter("quotations", "events", "times")(findings_of(base, "d"))
    assert (found.chain, found.links, found.continuation, found.cited_basis) == (("A", "B"), (), (), None)
    assert (found.confidence, found.reason, found.speaker_confidence, found.speaker_reason) == (1.0, "", 1.0, "")
    assert (event.type, event.who, event.where, event.factuality) == ("birth", ("a",), (), "fact")
    assert (event.trigger, event.anchor, event.basis, event.doubt) == (None, None, "stated", None)
    assert time.readings == ()


def test_two_open_a_base_of_the_first_version_at_once(tmp_path: Path) -> None:
    of_the_first_version(tmp_path / "a.db")
    code = "import sys; from pathlib import Path; from testimonia.base import open_base; open_base(Path(sys.argv[1]))"
    started = [sys.executable, "-c", code, str(tmp_path / "a.db")]
    both = [subprocess.Popen(started, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    assert [p.communicate()[1] for p in both] == ["", ""]


def test_a_base_that_is_being_read_is_migrated_when_the_reader_has_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.db"
    of_the_first_version(path)
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as reader:
        assert reader.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
        monkeypatch.setattr("testimonia.base.connection.BUSY", 0.0)  # as SQLite, which does not always wait
        with monkeypatch.context() as patch:
            patch.setattr("testimonia.base.migrate.BUSY", 0.1)
            with pytest.raises(BaseError, match="another program"):
                open_base(path)
        later = threading.Timer(0.3, reader.execute, ["COMMIT"])
        later.start()
        open_base(path).close()
        later.join()


def test_opening_an_up_to_date_base_imports_no_alembic(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_base(path, create=True).close()
    code = (
        "import sys; from pathlib import Path; from testimonia.base import open_base; "
        "open_base(Path(sys.argv[1])).close(); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode == 0


def test_missing(tmp_path: Path) -> None:
    assert "there is no evidence base here" in fails(tmp_path / "a.db")
    assert not (tmp_path / "a.db").exists()


@pytest.mark.parametrize(
    "content", [b"Not a database, but a letter. " * 50, b"\0" * 5000, b"SQLite format 3\0" + b"x" * 99]
)
def test_other_bytes(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(content)
    assert "this is no evidence base" in fails(path)
    assert "this is no evidence base" in fails(path, create=True)
    assert path.read_bytes() == content


def test_another_program_s_database(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE letters (id)")
    raw.close()
    assert "this is no evidence base" in fails(path, create=True)


def test_an_empty_file_becomes_a_base_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.touch()
    assert "nothing has been read into this base yet" in fails(path)
    open_base(path, create=True).close()
    open_base(path).close()


def test_a_newer_base(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_base(path, create=True).close()
    raw = sqlite3.connect(path)
    raw.execute(f"PRAGMA user_version = {VERSION + 1}")
    raw.close()
    said = fails(path, create=True)
    assert f"newer version ({VERSION + 1}; this program knows up to {VERSION})" in said
    assert "pip install --upgrade testimonia" in said


def test_a_folder_and_a_missing_folder(tmp_path: Path) -> None:
    assert "this is a folder" in fails(tmp_path)
    assert "this is a folder" in fails(tmp_path, create=True)
    assert "cannot be opened or made here" in fails(tmp_path / "none" / "a.db", create=True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_not_writable(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "cannot be opened or made here" in fails(tmp_path / "a.db", create=True)


def test_a_base_that_cannot_be_written(tmp_path: Path) -> None:
    def write(base: Base) -> None:
        with base.write() as c:
            c.exec_driver_sql("PRAGMA query_only = ON")
            c.exec_driver_sql("DELETE FROM source")

    with open_base(tmp_path / "a.db", create=True) as base, pytest.raises(BaseError) as caught:
        write(base)
    assert "the base cannot be written" in str(caught.value)


def fill(base: Base) -> None:
    with base.write() as c:
        c.exec_driver_sql(
            "INSERT INTO run (version, settings, digests, started) VALUES (hex(zeroblob(900000)), '', '', '')"
        )


def test_a_full_disk(tmp_path: Path) -> None:
    with open_base(tmp_path / "a.db", create=True) as base:
        with base.write() as c:
            pages = c.exec_driver_sql("PRAGMA page_count").scalar_one()
            c.exec_driver_sql(f"PRAGMA max_page_count = {pages + 5}")
        with pytest.raises(BaseError) as caught:
            fill(base)
        assert "the disk is full" in str(caught.value)
        with base.connect() as c:
            assert c.exec_driver_sql("SELECT count(*) FROM run").scalar_one() == 0
            assert c.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"


def test_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    open_base(path, create=True).close()
    content = bytearray(path.read_bytes())
    content[200:] = b"\x55" * (len(content) - 200)
    path.write_bytes(content)
    assert "the file is damaged" in fails(path)


def test_two_open_a_new_base_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from testimonia.base import open_base; "
        "open_base(Path(sys.argv[1]), create=True).close()"
    )
    started = [sys.executable, "-c", code, str(tmp_path / "a.db")]
    both = [subprocess.Popen(started, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    assert [p.communicate()[1] for p in both] == ["", "", ""]


def test_a_copy_of_the_file_is_a_base(tmp_path: Path) -> None:
    open_base(tmp_path / "a.db", create=True).close()
    shutil.copy(tmp_path / "a.db", tmp_path / "b.db")
    open_base(tmp_path / "b.db").close()
