"""Hostile and clumsy users: nothing they type or name ends in a fault, steers the terminal or destroys a base."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_archive import make
from typer.testing import CliRunner, Result

from testimonia.cli import app
from testimonia.errors import InputError
from testimonia.views.archive import Archive

FILTERS = (
    "documents --category --publisher --author --title --from --to",
    "quotations --speaker --about --document",
    "chronology --actor --document --voice --type --factuality --basis --from --to",
    "actors --name",
    "conflicts --document --kind",
    "copies --document --kind",
)
ODD = st.one_of(
    st.text(max_size=30),
    st.text(alphabet="\"'%_*()^:-+{}\\\0\n\x1b\x9b\u202e\ud800“”/.~?X0129", max_size=12),
    st.sampled_from(
        ["AND", "a OR b", "NEAR(a b)", "0000", "9999-99", "-0500", "20th century", "x" * 100_000, "\udcff"]
    ),
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("hostile") / "a.db"
    make(path)
    return str(path)


@pytest.fixture(scope="module")
def archive(base: str) -> Archive:
    return Archive.open(base)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), prog_name="testimonia")


@settings(max_examples=100, deadline=None)
@given(ODD)
def test_any_words_can_be_asked_for(archive: Archive, words: str) -> None:
    questions = (
        lambda: archive.documents(category=words, publisher=words, author=words, title=words),
        lambda: archive.documents(from_=words),
        lambda: archive.search(words),
        lambda: archive.quotations(speaker=words),
        lambda: archive.quotations(about=words, text=words, document=words),
        lambda: archive.chronology(to=words),
        lambda: archive.chronology(actor=words, voice=words, document=words),
        lambda: archive.chronology(type=words, factuality=words, basis=words),
        lambda: archive.actors(words),
        lambda: archive.conflicts(document=words),
        lambda: archive.copies(document=words),
        lambda: archive.trace(words),
        lambda: archive.page(words),
    )
    for ask in questions:
        with contextlib.suppress(InputError):
            ask()


@pytest.mark.parametrize("words", ["\udcff", "x" * 100_000, "%", "\x1b[31m", "9999-99"])
@pytest.mark.parametrize("line", FILTERS)
def test_any_filter_is_answered_with_a_sentence(base: str, line: str, words: str) -> None:
    command, *filters = line.split()
    for name in filters:
        result = run(command, f"{name}={words}", "--base", base)
        assert result.exit_code in (0, 2)
        assert "fault" not in result.output
        assert "\x1b" not in result.output


@pytest.mark.parametrize("number", [2**63 - 1, 10**30])
def test_counts_beyond_measure(base: str, number: int) -> None:
    assert "Rows" not in run("documents", "--limit", str(number), "--base", base).output
    assert run("documents", "--offset", str(number), "--base", base).output == "There are no further rows.\n"


def test_a_report_never_takes_the_place_of_a_base_or_a_device(base: str, tmp_path: Path) -> None:
    before = Path(base).read_bytes()
    link = tmp_path / "link.html"
    link.symlink_to(base)
    for output in (base, str(link)):
        result = run("report", "--base", base, "--output", output)
        assert (result.exit_code, "this is an evidence base" in result.stderr) == (2, True), result.output
    assert Path(base).read_bytes() == before
    for output, sentence in (("/dev/null", "no file that"), (str(tmp_path), "no file that"), ("no/r.html", "folder")):
        result = run("report", "--base", base, "--output", output)
        assert (result.exit_code, sentence in result.stderr) == (2, True), result.output
    assert Path("/dev/null").is_char_device()
    assert [p.name for p in tmp_path.iterdir()] == ["link.html"]


def test_a_file_s_name_cannot_pass_for_a_line_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a\nRefused: b\x1b[2J.txt").touch()
    result = run("read", str(tmp_path), "--base", str(tmp_path / "a.db"), "--jobs", "1")
    assert result.exit_code == 1
    assert "a␊Refused: b␛[2J.txt: the file is empty." in result.stderr
    assert result.stderr.count("\n") == 1, "the base in the archive's own folder goes without saying"


def test_what_the_walk_refuses_counts_as_a_file(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("picture.jpg", "empty.txt"):
        (tmp_path / "in" / name).touch()
    result = run("read", str(tmp_path / "in"), "--base", str(tmp_path / "a.db"), "--jobs", "1")
    assert "2 files: 0 read, 0 in the base already, 2 refused." in result.output


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_one_file_that_may_not_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    closed, fine = tmp_path / "closed.txt", tmp_path / "fine.txt"
    for file in (closed, fine):
        file.write_text("On 6 May 1921 Vera Holm came.")
    closed.chmod(0)
    for command in (("analyse",), ("read", "--base", str(tmp_path / "a.db"))):
        result = run(*command, str(closed), str(fine), "--jobs", "1")
        assert result.exit_code == 1
        assert "may not be read" in result.stderr


def test_a_worker_whose_parent_is_killed_says_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("On 6 May 1921 Vera Holm came.")
    arguments = [sys.executable, "-m", "testimonia", "analyse", str(file)]
    for pause in (0.2, 0.5, 0.8):
        with (tmp_path / "said").open("w+b") as said:
            with subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=said) as process:
                time.sleep(pause)
                process.kill()
            time.sleep(0.5)
            said.seek(0)
            assert b"_serve" not in said.read()
