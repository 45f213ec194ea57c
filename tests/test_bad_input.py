"""What an archive may hold that is no text, and what may go wrong with the base: a sentence, and the rest is read."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from reads import STORY, read_into, refusal, settings

from testimonia import reading
from testimonia.base import documents, open_base
from testimonia.base.connection import VERSION
from testimonia.errors import BaseError
from testimonia.text import Document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive of one good file, between which and its end the bad ones stand."""
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "a-good.txt").write_text(STORY)
    (folder / "z-good.txt").write_text(STORY + "\nThe end of the archive.\n")
    return folder


def texts(base: Path) -> list[Document]:
    with open_base(base) as opened:
        return list(documents(opened))


def refused(folder: Path, name: str, **values: object) -> str:
    """Reads the archive; both good files must be in. What is said of the file of that name."""
    base = folder.parent / "a.db"
    report = read_into(base, folder, **values)
    assert (report.counts.read, report.counts.refused) == (2, 1)
    said = str(refusal(report, name))
    with open_base(base) as opened, opened.connect() as c:
        ((path, reason),) = c.exec_driver_sql("SELECT path, reason FROM refusal").all()
    assert said == f"{path}: {reason}"
    return said


def test_an_empty_file(folder: Path) -> None:
    (folder / "empty.txt").touch()
    assert "empty" in refused(folder, "empty.txt")


def test_a_file_of_200_mb(folder: Path) -> None:
    with (folder / "large.txt").open("wb") as file:
        file.truncate(200_000_000)
    begun = time.monotonic()
    assert "200,000,000 bytes, more than the limit of 32,000,000" in refused(folder, "large.txt")
    assert time.monotonic() - begun < 30


@pytest.mark.parametrize("head", [b"", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7\n", b"PK\x03\x04"])
def test_binary_under_a_text_s_name(folder: Path, head: bytes) -> None:
    (folder / "picture.txt").write_bytes(head + bytes(range(256)) * 400)
    assert re.search(r"no text|not a text", refused(folder, "picture.txt"))


def test_utf8_with_one_bad_byte_is_refused_or_read_without_loss(folder: Path) -> None:
    (folder / "bad.txt").write_bytes("Café “straße” naïve. ".encode() * 50 + b"\xff\xfe\x80" + b" and on it goes.\n")
    report = read_into(folder.parent / "a.db", folder)
    assert report.counts.read + report.counts.refused == 3
    assert all("�" not in d.text for d in texts(folder.parent / "a.db"))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32", "cp1252"])
def test_other_encodings(folder: Path, encoding: str) -> None:
    (folder / "other.txt").write_bytes((STORY + "\nIn the café on the quay.\n").encode(encoding))
    report = read_into(folder.parent / "a.db", folder)
    assert report.counts.read == 3
    assert any("café on the quay" in d.text for d in texts(folder.parent / "a.db"))


def test_one_line_of_50_mb(folder: Path) -> None:
    (folder / "line.txt").write_bytes(b"The clerk said so. " * 2_700_000)
    assert "more than the limit" in refused(folder, "line.txt")


def test_one_long_line_within_the_limit(folder: Path) -> None:
    """It takes as long as it takes, but no longer than the time limit, and the rest is read."""
    (folder / "line.txt").write_bytes(b'On 3 May 1921 Vera Holm said, "I know." ' * 25_000)
    report = read_into(folder.parent / "a.db", folder, timeout=120)
    assert report.counts.read == 3
    assert not report.refused
    assert max(len(d.text) for d in texts(folder.parent / "a.db")) > 900_000


def test_a_loop_of_links(folder: Path) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "in" / "itself.txt").symlink_to("itself.txt")
    (folder / "in" / "nowhere.txt").symlink_to("none.txt")
    report = read_into(folder.parent / "a.db", folder)
    assert report.counts.read == 2
    assert {Path(r.where or "").name for r in report.refused} <= {"itself.txt", "nowhere.txt"}


def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert "pipe" in refused(folder, "pipe.txt")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(folder: Path) -> None:
    (folder / "secret.txt").write_text(STORY + "secret")
    (folder / "secret.txt").chmod(0)
    assert "may not be read" in refused(folder, "secret.txt")


def test_a_path_that_is_not_there(folder: Path) -> None:
    report = read_into(folder.parent / "a.db", folder, folder / "none.txt")
    assert "there is no such file" in str(refusal(report, "none.txt"))


def test_html_nested_100_000_deep(folder: Path) -> None:
    (folder / "deep.html").write_text("<html><body>" + "<div>" * 100_000 + "<p>Deep words here.</p>")
    report = read_into(folder.parent / "a.db", folder)
    assert report.counts.read + report.counts.refused == 3
    assert "fault" not in str(report.refused)


def test_a_name_that_is_no_utf8(folder: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text(STORY + "latin name")
    except OSError:
        pytest.skip("this file system allows no such name")
    report = read_into(folder.parent / "a.db", folder)
    assert report.counts.read == 3
    with open_base(folder.parent / "a.db") as base, base.connect() as c:
        assert any(path.endswith("caf\\xe9.txt") for path in c.exec_driver_sql("SELECT path FROM location").scalars())


def test_text_that_is_no_language(folder: Path) -> None:
    (folder / "odd.txt").write_text("\u202e“" * 3000 + "🙂" * 3000 + "(" * 3000 + "שלום " * 300, encoding="utf-8")
    assert read_into(folder.parent / "a.db", folder).counts.read == 3


def test_a_document_that_takes_too_long_costs_only_its_file(folder: Path) -> None:
    report = reading.read([folder], folder.parent / "a.db", settings(timeout=0.000001))
    assert report.counts.documents == 0
    assert len(report.refused) == 2
    assert "took longer than 1e-06 seconds" in str(report.refused[0])
    assert read_into(folder.parent / "a.db", folder).counts.read == 2


def test_a_base_that_is_no_base(folder: Path) -> None:
    (folder.parent / "a.db").write_text("A shopping list.\n" * 200)
    with pytest.raises(BaseError, match="no evidence base"):
        reading.read([folder], folder.parent / "a.db", settings())
    assert (folder.parent / "a.db").read_text().startswith("A shopping list")


def test_a_base_of_a_newer_version(folder: Path) -> None:
    base = folder.parent / "a.db"
    open_base(base, create=True).close()
    raw = sqlite3.connect(base)
    raw.execute(f"PRAGMA user_version = {VERSION + 1}")
    raw.close()
    with pytest.raises(BaseError, match="newer version"):
        reading.read([folder], base, settings())


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MB; skipped where none can be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if not mount or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no small file system can be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_fills(folder: Path, small_disk: Path) -> None:
    (folder / "much.txt").write_text("\n\n".join(f"{n}. {STORY}" for n in range(3000)))
    base = small_disk / "a.db"
    with pytest.raises(BaseError, match="the disk is full"):
        reading.read([folder], base, settings())
    with open_base(base) as opened, opened.connect() as c:
        assert c.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    subprocess.run(["mount", "-o", "remount,size=100m", str(small_disk)], check=True)  # room is made
    report = read_into(base, folder)
    assert report.counts.read + report.counts.same == 3


def test_a_base_that_may_not_grow(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same where nothing can be mounted: the database refuses to grow, as on a full disk."""
    (folder / "much.txt").write_text("\n\n".join(f"{n}. {STORY}" for n in range(500)))

    def small(path: Path, *, create: bool = False) -> object:
        base = open_base(path, create=create)
        with base.write() as c:
            c.exec_driver_sql("PRAGMA max_page_count = 120")
        return base

    monkeypatch.setattr(reading, "open_base", small)
    with pytest.raises(BaseError, match="the disk is full"):
        reading.read([folder], folder.parent / "a.db", settings())
    monkeypatch.undo()
    assert read_into(folder.parent / "a.db", folder).counts.refused == 0
