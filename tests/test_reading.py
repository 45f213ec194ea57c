"""Reading an archive: nothing twice, going on after any end, following changes of files and rules."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import reads
from reads import STORY, archive, dump, read_into
from sqlalchemy import func, select

from testimonia import reading
from testimonia.base import open_base, schema
from testimonia.errors import InputError
from testimonia.reading import Step


def count(base: Path, table: str) -> int:
    with open_base(base) as opened, opened.connect() as c:
        return int(c.execute(select(func.count()).select_from(schema.metadata.tables[table])).scalar_one())


def test_a_folder_is_read_analysed_and_linked(tmp_path: Path) -> None:
    steps: list[Step] = []
    report = read_into(tmp_path / "a.db", archive(tmp_path / "archive", 3), steps=steps)
    assert (report.counts.files, report.counts.read, report.counts.same, report.counts.refused) == (3, 3, 0, 0)
    assert report.counts.documents == count(tmp_path / "a.db", "document") >= 3
    assert report.linked
    assert [s.files for s in steps] == sorted(s.files for s in steps)
    assert (steps[-1].stage, steps[-1].files, steps[-1].of) == ("linking", 3, 3)


def test_a_run_is_recorded(tmp_path: Path) -> None:
    report = read_into(tmp_path / "a.db", archive(tmp_path / "archive", 1))
    with open_base(tmp_path / "a.db") as base, base.connect() as c:
        run = c.execute(select(schema.run)).one()
    assert (run.id, run.version) == (report.run, reading.testimonia.__version__)
    assert run.started <= run.finished
    assert run.settings["timeout"] == 60
    assert run.counts["documents"] == report.counts.documents
    assert {"code", "en/sentences.yml"} <= set(run.digests)
    assert json.dumps(run.digests)


def test_reading_twice_changes_nothing(tmp_path: Path) -> None:
    folder = archive(tmp_path / "archive", 3)
    read_into(tmp_path / "a.db", folder)
    before = dump(tmp_path / "a.db")
    report = read_into(tmp_path / "a.db", folder)
    assert dump(tmp_path / "a.db") == before
    assert (report.counts.read, report.counts.same, report.counts.documents, report.linked) == (0, 3, 0, False)


def test_the_number_of_processes_makes_no_difference(tmp_path: Path) -> None:
    folder = archive(tmp_path / "archive", 6)
    read_into(tmp_path / "a.db", folder, jobs=1)
    read_into(tmp_path / "b.db", folder, jobs=3)
    assert dump(tmp_path / "a.db") == dump(tmp_path / "b.db")


def test_the_same_bytes_at_two_places_are_one_source(tmp_path: Path) -> None:
    folder = archive(tmp_path / "archive", 1)
    (folder / "copy.txt").write_bytes((folder / "000.txt").read_bytes())
    report = read_into(tmp_path / "a.db", folder)
    assert (report.counts.read, report.counts.same) == (1, 1)
    assert (count(tmp_path / "a.db", "source"), count(tmp_path / "a.db", "location")) == (1, 2)


def test_a_file_that_was_moved_is_not_analysed_again(tmp_path: Path) -> None:
    folder = archive(tmp_path / "archive", 1)
    read_into(tmp_path / "a.db", folder)
    (folder / "000.txt").rename(folder / "moved.txt")
    report = read_into(tmp_path / "a.db", folder)
    assert (report.counts.read, report.counts.same, report.linked) == (0, 1, False)
    assert count(tmp_path / "a.db", "location") == 2


def test_a_changed_file_takes_the_place_of_its_earlier_self(tmp_path: Path) -> None:
    folder = archive(tmp_path / "archive", 2)
    first = read_into(tmp_path / "a.db", folder)
    (folder / "000.txt").write_text(STORY + "\nA later hand added this.\n")
    report = read_into(tmp_path / "a.db", folder)
    assert (report.counts.read, report.counts.same, report.linked) == (1, 1, True)
    assert report.counts.removed > 0
    assert count(tmp_path / "a.db", "source") == count(tmp_path / "a.db", "location") == 2
    assert (
        count(tmp_path / "a.db", "document") == first.counts.documents + report.counts.documents - report.counts.removed
    )


def test_other_rules_analyse_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = archive(tmp_path / "archive", 2)
    first = read_into(tmp_path / "a.db", folder)
    before = dump(tmp_path / "a.db")
    rules = reading.rules()
    monkeypatch.setattr(reading, "rules", lambda: rules | {"en/sentences.yml": "other"})
    report = read_into(tmp_path / "a.db", folder)
    assert (report.counts.read, report.counts.same, report.linked) == (2, 0, True)
    assert report.counts.documents == first.counts.documents
    after = dump(tmp_path / "a.db")
    for table in ("document", "quotation", "time_expression", "actor", "event", "source", "location"):
        assert after[table] == before[table]


def test_a_run_that_was_cut_off_between_documents_goes_on(tmp_path: Path) -> None:
    """As if it had ended after the first document of three."""
    folder = archive(tmp_path / "archive", 3)
    read_into(tmp_path / "whole.db", folder)

    class EndError(Exception):
        pass

    def stop(step: Step) -> None:
        if step.documents == 1:
            raise EndError

    with pytest.raises(EndError):
        reading.read([folder], tmp_path / "a.db", reads.settings(), stop)
    assert read_into(tmp_path / "a.db", folder).counts.documents == 2
    assert dump(tmp_path / "a.db") == dump(tmp_path / "whole.db")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, list[str]]]:
    """An archive, and what a base of it holds when nothing interrupts."""
    folder = tmp_path_factory.mktemp("whole")
    files = archive(folder / "archive", 8)
    read_into(folder / "a.db", files)
    return files, dump(folder / "a.db")


def begin(base: Path, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, reads.__file__, str(base), str(folder)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )  # fmt: skip


@pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX systems")
@pytest.mark.parametrize("seed", range(4))
def test_killed_at_any_moment(tmp_path: Path, whole: tuple[Path, dict[str, list[str]]], seed: int) -> None:
    base = tmp_path / "a.db"
    process = begin(base, whole[0])
    assert process.stdout is not None
    if seed % 2:  # when documents come in; else at any time from the start on
        process.stdout.readline()
    time.sleep(random.Random(seed).uniform(0, 0.5 if seed % 2 else 2.5))
    process.kill()
    process.communicate(timeout=30)
    read_into(base, whole[0])
    assert dump(base) == whole[1]


@pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX systems")
@pytest.mark.parametrize("documents", ["0", "3"])
def test_interrupted(tmp_path: Path, whole: tuple[Path, dict[str, list[str]]], documents: str) -> None:
    base = tmp_path / "a.db"
    process = begin(base, whole[0])
    assert process.stdout is not None
    if documents != "0":
        while process.stdout.readline().strip() != documents:
            pass
    else:
        while not base.exists():
            time.sleep(0.01)
        time.sleep(0.2)
    begun = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert time.monotonic() - begun < 10
    assert process.returncode != 0
    assert said.count("Traceback") <= 1, "workers say nothing"
    read_into(base, whole[0])
    assert dump(base) == whole[1]


def test_a_mistyped_name_makes_no_base(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no such file or folder.*no base was made"):
        read_into(tmp_path / "a.db", tmp_path / "archvie")
    assert list(tmp_path.iterdir()) == []
    folder = archive(tmp_path / "archive", 1)
    read_into(tmp_path / "a.db", folder)
    report = read_into(tmp_path / "a.db", tmp_path / "archvie")  # there is a base: the name is refused as before
    assert report.counts.refused == 1
