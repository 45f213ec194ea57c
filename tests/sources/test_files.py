"""Files and folders: what is read, in which order, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from testimonia.errors import Refused
from testimonia.sources import documents_of, read_source, walk


def names(found: list[Path | Refused], top: Path) -> list[str]:
    return [str(f.relative_to(top)) if isinstance(f, Path) else f"refused: {f.what}" for f in found]


def test_folders_are_read_in_order_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/c.htm", ".hidden.txt", ".git/x.txt", "a/NOTES", "p.jpg"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("words", encoding="utf-8")
    (tmp_path / "raw").write_bytes(bytes(200))
    assert names(list(walk([tmp_path])), tmp_path) == [
        "a/NOTES", "a/c.htm", "a/z.md", "b.txt",
        "refused: files of the kind .jpg are not read", "refused: this does not look like a text",
    ]  # fmt: skip


def test_loops_of_links_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text("words", encoding="utf-8")
    (tmp_path / "a" / "up").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "0").symlink_to(tmp_path / "a", target_is_directory=True)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    found = list(walk([tmp_path, tmp_path]))
    assert [f for f in found if isinstance(f, Path)] == [tmp_path / "a" / "x.txt"]
    assert len([f for f in found if isinstance(f, Refused)]) == 2


def test_names_that_are_no_utf8(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        Path(os.fsdecode(path)).write_text("Some words.", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes only UTF-8")
    (found,) = walk([tmp_path])
    assert isinstance(found, Path)
    source = read_source(found, 1000)
    assert source.path.endswith("/caf\\xe9.txt")
    source.path.encode()


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe", "large", "unreadable"])
def test_what_cannot_be_read_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.txt"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind != "missing":
        path.write_text("words " * 100, encoding="utf-8")
    if kind == "unreadable":
        path.chmod(0)
        if os.access(path, os.R_OK):
            pytest.skip("this user may read everything")
    with pytest.raises(Refused) as caught:
        read_source(path, 100 if kind == "large" else 10_000)
    assert caught.value.where == str(path)
    assert "--max-size" in (caught.value.hint or "") or kind != "large"


def test_a_page_under_a_text_name_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "saved.txt"
    path.write_text("<!DOCTYPE html><title>T</title><p>Some words.</p>", encoding="utf-8")
    assert read_source(path, 1000).media_type == "text/html"


def test_a_source_without_a_letter_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dots.txt"
    path.write_text("… 1 2 3 …", encoding="utf-8")
    with pytest.raises(Refused, match="no text"):
        documents_of(read_source(path, 1000))
