"""The commands as a person or a script meets them."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_archive import ODD, WORDS, make
from told_events import Told
from told_events import make as tell
from typer.testing import CliRunner, Result

from testimonia import exchange
from testimonia.cli import app
from testimonia.cli.reference import page
from testimonia.cli.safe import one_line, safe, safe_json

PAGE = Path(__file__).parent.parent / "docs" / "commands.md"
QUESTIONS = ("documents", "quotations", "chronology", "actors", "copies", "conflicts")
LINES = '{"id": "one", "text": "On 6 May 1921 Vera Holm came.", "date": "1921-05-07"}\n\n{"id": "two", "text": ""}\n'


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("cli") / "a.db"
    make(path)
    return str(path)


def run(*arguments: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=given, prog_name="testimonia")


def spawn(*arguments: str, **more: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "testimonia", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)  # type: ignore[call-overload,no-any-return]


def test_the_page_on_the_commands_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m testimonia.cli.reference > docs/commands.md"


def test_every_command_has_an_example() -> None:
    parts = page().split("\n## ")[1:]
    assert len(parts) == 16
    for part in parts:
        name = part.splitlines()[0]
        assert f"testimonia {name}" in part.partition("Example:")[2], name


def test_help_needs_nothing_heavy() -> None:
    heavy = "{'sqlalchemy', 'lxml', 'numpy', 'altair', 'rapidfuzz', 'rich.table', 'testimonia.pipeline'}"
    program = f"import sys, testimonia.cli; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
    assert "Commands:" in run("--help").output


def test_the_version() -> None:
    assert run("--version").output.startswith("testimonia 0.")


@pytest.mark.parametrize("command", QUESTIONS)
def test_each_question_in_each_format(base: str, command: str) -> None:
    table = run(command, "--base", base)
    assert table.exit_code == 0, table.output
    assert "───" in table.output
    rows = json.loads(run(command, "--base", base, "--format", "json").output)
    lines = run(command, "--base", base, "--format", "jsonl").output.splitlines()
    cells = list(csv.DictReader(io.StringIO(run(command, "--base", base, "--format", "csv").output)))
    assert len(rows) == len(lines) == len(cells) > 0
    if command not in ("copies", "conflicts"):
        assert [json.loads(line) for line in lines] == rows
        assert [c["words"] for c in cells] == [r["words"] for r in rows]
    else:
        assert [c["a_words"] for c in cells] == [r["a"]["words"] for r in rows]


def test_conflicts_and_copies_speak_the_exchange_format(base: str) -> None:
    row = json.loads(run("conflicts", "--base", base, "--format", "jsonl").output.splitlines()[0])
    assert row.keys() == {"a", "b", "kind", "difference", "severity", "about", "reasons"}
    assert row["a"].keys() == {"doc", "start", "end"}
    row = json.loads(run("copies", "--base", base, "--format", "jsonl").output)
    assert row.keys() == {"a", "b", "a_span", "b_span", "similarity", "direction", "kind", "reasons"}


def test_limit(base: str) -> None:
    cut = run("documents", "--base", base, "--limit", "1")
    assert "there are more: --limit 0 shows all" in cut.output
    assert "there are more" not in run("documents", "--base", base, "--limit", "0").output
    assert len(run("documents", "--base", base, "--format", "jsonl", "--limit", "2").output.splitlines()) == 2
    assert run("documents", "--base", base, "--offset", "9").output == "There are no further rows.\n"
    assert run("documents", "--base", base, "--limit", "-1").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("quotations", "--speaker", "Nobody"), "No quotations with speaker “Nobody”. `testimonia actors` lists"),
        (("quotations", "--speaker", "Nobody " * 900), "Nobody…”. `testimonia actors` lists"),
        (("quotations", "--rests-on", "Pravda 1918"), "No quotations with source “Pravda 1918”."),
        (("quotations", "--broken", "--kind", "block"), "No quotations with kind “block” and chain “broken”."),
        (("quotations", "--minimum-confidence", "1", "--cited", "1066"), "No quotations with cited “1066”"),
        (("search", "zeppelin"), "No passage has all the words “zeppelin”."),
        (("chronology", "--from", "1950"), "No events with from “1950”."),
        (("chronology", "--from", "1950"), "With the other filters there are events between 1909 and 1912."),
        (("chronology", "--type", "arrest", "--type", "trial"), "No events with type “arrest, trial”."),
        (("chronology", "--actor", "vasel", "--voice", "quoted"), "with actor “vasel” and voice “quoted”."),
        (("chronology", "--offset", "9"), "There are no further rows."),
        (("trace", "zeppelins over the town at night"), "stands nowhere in this base"),
    ],
)
def test_nothing_found_is_a_sentence(base: str, arguments: tuple[str, ...], sentence: str) -> None:
    result = run(*arguments, "--base", base)
    assert (result.exit_code, sentence in result.output) == (0, True), result.output
    assert run(*arguments, "--base", base, "--format", "csv").output.count("\n") <= 1


def test_quotations_by_what_they_rest_on(base: str) -> None:
    def words(*options: str) -> list[str]:
        rows = json.loads(run("quotations", "--base", base, "--format", "json", *options).output)
        return [row["words"] for row in rows]

    assert words("--rests-on", "courier 1911-05-03") == [WORDS]
    assert words("--rests-on", "courier", "--cited", "1911-05-05") != words("--rests-on", "courier")
    assert sorted(words("--doubtful")) == sorted(words())
    lines = run("quotations", "--base", base, "--rests-on", "courier", "--format", "jsonl").output.splitlines()
    row = json.loads(lines[0])
    new = {"steps", "cited_basis", "citation", "breaks", "confidence", "reason", "speaker_confidence", "speaker_reason"}
    assert row.keys() > new


CHRONICLE = {
    "Annals": [
        Told("The fleet was lost off Skerra.", "-0489", "battle", where=("Skerra",)),
        Told("Brand was arrested on 6 May 1921.", "1921-05-06", "arrest", ("Jon Brand",)),
        Told("The union was founded in 1904.", "1904", "founding"),
        Told(
            "Brand was to speak on 9 May.", "1921-05-09", "speech", ("Jon Brand",), factuality="plan", basis="narrative"
        ),
    ],
    "Letters": [
        Told("“They took Brand that 6 May.”", "1921-05-06", "arrest", ("Jon Brand",), speaker="Ilse Marr"),
        Told("The union was founded in 1906.", "1906", "founding"),
        Told("It is always on 3 May.", "XXXX-05-03", doubt="no year is named"),
    ],
}


@pytest.fixture(scope="module")
def chronicle(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("chronicle") / "a.db"
    tell(path, CHRONICLE, [["The union was founded in 1904.", "The union was founded in 1906."]])
    return str(path)


def test_the_chronology_as_a_table(chronicle: str) -> None:
    shown = run("chronology", "--base", chronicle).output
    order = ("490 BC", "1904", "≠ 1906", "1921", "6 May", "No place in time", "3 May, year not known")
    places = [shown.index(words) for words in order]
    assert places == sorted(places), shown
    assert "6 May 1921 " not in shown, "the year stands above"
    for words in ("battle · in Skerra", "arrest · with Jon Brand", "In doubt: no year is named"):
        assert words in shown
    assert "Told in 2 passages of 2 documents, also as 1906" in shown
    assert "4 events, told in 6 passages of 2 documents." in shown
    assert "Not shown: 1 plan. --factuality all shows them." in shown
    assert shown.count("\n") < 35


def test_the_table_fits_a_narrow_terminal(chronicle: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("testimonia.cli.show._PIPED_WIDTH", 80)
    assert max(map(len, run("chronology", "--base", chronicle).output.splitlines())) <= 80


def test_the_chronology_filtered_and_cut(chronicle: str) -> None:
    shown = run("chronology", "--base", chronicle, "--from", "1921-05", "--to", "1921", "--factuality", "plan").output
    assert "(plan)" in shown
    assert "dated by the course of the text" in shown
    assert "Not shown: 1 fact." in shown
    cut = run("chronology", "--base", chronicle, "--limit", "1", "--offset", "1").output
    assert "Events 2 to 2 of 4, told in 6 passages of 2 documents: --limit 0 shows all." in cut
    reaching = run("chronology", "--base", chronicle, "--from", "1904-05", "--to", "1921").output
    assert "1 of them surely lie within the dates: --within shows only those." in reaching
    assert "Not shown: 1 event without a year" in reaching
    unfolded = run("chronology", "--base", chronicle, "--unfold").output
    assert "6 events, told in 6 passages" in unfolded
    assert "as told by Ilse Marr" in unfolded


def test_the_chronology_for_programs_is_complete(chronicle: str) -> None:
    result = run("chronology", "--base", chronicle, "--format", "jsonl")
    assert result.stderr == "Not shown: 1 plan. --factuality all shows them.\n"
    first, founded, arrest, open_one = map(json.loads, result.stdout.splitlines())
    assert (first["dated"], first["when"], first["earliest"], first["latest"]) == (
        "490 BC", "-0489", "-0489-01-01", "-0489-12-31",
    )  # fmt: skip
    assert [(t["when"], t["agrees"]) for t in founded["tellings"]] == [("1906", False)]
    assert (arrest["passages"], arrest["tellings"][0]["voice"]) == (2, "Ilse Marr")
    assert (open_one["earliest"], open_one["doubt"]) == (None, "no year is named")
    text = run("chronology", "--base", chronicle, "--format", "csv", "--factuality", "all").stdout
    cells = list(csv.DictReader(io.StringIO(text)))
    assert [c["dated"] for c in cells] == ["490 BC", "1904", "6 May 1921", "9 May 1921", "3 May, year not known"]
    assert "(1906)" in cells[1]["tellings"]
    assert cells[1].keys() == first.keys()


@pytest.mark.parametrize(("name", "head"), [("o.svg", b"<svg"), ("o.png", b"\x89PNG")])
def test_the_chronology_as_a_picture(chronicle: str, tmp_path: Path, name: str, head: bytes) -> None:
    output = tmp_path / name
    result = run("chronology", "--base", chronicle, "--from", "1900", "--picture", str(output))
    assert result.stdout == f"{output}: 2 events, {output.stat().st_size:,} bytes.\n", result.output
    assert output.read_bytes().startswith(head)
    assert list(tmp_path.iterdir()) == [output]
    (tmp_path / "base.svg").write_bytes(Path(chronicle).read_bytes())
    refused = run("chronology", "--base", chronicle, "--picture", str(tmp_path / "base.svg"))
    assert (refused.exit_code, "this is an evidence base" in refused.stderr) == (2, True)


def test_trace_tells_the_lineage(base: str) -> None:
    told = run("trace", "The ledger was never out of my hands", "--base", base).output
    for words in ("Konrad Vasel", "Courier, 1911-05-03", "Courier, 1911-05-05", "1 independent witness", "strong"):
        assert words in told
    assert json.loads(run("trace", WORDS, "--base", base, "--format", "json").output)["wordings"][0]["kind"] == "direct"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("documents", "--base", "nowhere.db"), "nowhere.db: there is no evidence base here."),
        (("documents", "--base", str(PAGE)), "this is no evidence base of Testimonia."),
        (("quotations", "--kind", "spoken"), "there is no kind of quotation 'spoken'."),
        (("chronology", "--from", "yesterday"), "'yesterday' is not a date. Give a year (1918),"),
        (("chronology", "--from", "1912", "--to", "1911"), "the period ends (1911) before it begins (1912)."),
        (("chronology", "--type", "war"), "there is no type of event 'war'. One of: birth, death, arrest,"),
        (("chronology", "--factuality", "rumour"), "One of: fact, plan, denial, possibility, all."),
        (("chronology", "--basis", "guess"), "One of: stated, narrative, document."),
        (("chronology", "--picture", "out.gif"), "out.gif: a picture is written as .svg or .png."),
        (("chronology", "--picture", "no/out.svg"), "there is no such folder."),
        (("chronology", "--actor", "nobody", "--picture", "out.svg"), "there is no event to draw."),
        (("quotations", "--cited", "yesterday"), "'yesterday' is not a date."),
        (("quotations", "--minimum-confidence", "nan"), "confidence nan is not between 0 and 1."),
        (("quotations", "--rests-on", "…"), "there are no words to look for."),
        (("copies", "--minimum", "nan"), "similarity nan is not between 0 and 1."),
        (("copies", "--minimum", "-inf"), "similarity -inf is not between 0 and 1."),
        (("read", "archvie", "--base", "none.db"), "no such file or folder. Check the name; no base was made."),
        (("analyse", "--only", "names"), "there is no kind of findings 'names'"),
        (("analyse", "x.txt", "--documents", "y.jsonl"), "not both"),
        (("analyse", "--documents", "nowhere.jsonl"), "nowhere.jsonl: No such file"),
        (("copies", "--documents", "x", "--base", "y"), "not both"),
        (("split", "nowhere.txt"), "nowhere.txt: there is no such file."),
        (("shout",), "No such command"),
        (("documents", "--format", "xml"), "Invalid value"),
    ],
)
def test_errors_are_a_sentence(base: str, arguments: tuple[str, ...], sentence: str) -> None:
    if arguments[0] in QUESTIONS and "--base" not in arguments:
        arguments = (*arguments, "--base", base)
    result = run(*arguments)
    assert result.exit_code == (1 if arguments[0] == "split" else 2)
    assert sentence in result.stderr
    assert result.stdout == ""


def test_a_fault_is_a_sentence_too(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("testimonia.views.archive.Archive.open", fail)
    result = run("documents", "--base", base)
    assert (result.exit_code, result.stderr) == (
        2,
        "This is a fault in Testimonia, please report it: ZeroDivisionError: by zero\n",
    )


def test_analyse_answers_in_order(tmp_path: Path) -> None:
    file = tmp_path / "d.jsonl"
    file.write_text(LINES)
    result = run("analyse", "--documents", str(file), "--only", "times", "--jobs", "2")
    assert result.exit_code == 0, result.stderr
    first, second = map(json.loads, result.stdout.splitlines())
    assert (first["id"], second) == ("one", {"id": "two", "times": []})
    assert first["times"][0]["value"] == "1921-05-06"
    assert first.keys() == {"id", "times"}


def test_analyse_refuses_a_line_and_goes_on() -> None:
    lines = LINES + '{"id": "three"}\nnonsense\n{"id": "four", "text": "In 1921."}\n'
    result = run("analyse", "--documents", "-", "--only", "times", "--jobs", "1", given=lines)
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["one", "two", "four"]
    assert result.exit_code == 1
    assert [line[:15] for line in result.stderr.splitlines()] == ["Refused: line 4", "Refused: line 5"]


def test_a_document_has_one_identifier(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear Vera,\n\nthe ledger came on 6 May 1921. It was wet.\n\nYours, K.\n")
    row = json.loads(run("split", str(file)).stdout)
    found = [
        run("analyse", str(file), "--only", "times", "--jobs", "1"),
        run("analyse", "--only", "times", "--jobs", "1", given=file.read_bytes()),
    ]
    assert [json.loads(r.stdout)["id"] for r in found] == [row["id"]] * 2
    read = run("read", str(file), "--base", str(tmp_path / "a.db"), "--jobs", "1")
    assert read.exit_code == 0, read.output
    listed = json.loads(run("documents", "--base", str(tmp_path / "a.db"), "--format", "json").stdout)
    assert [r["document"] for r in listed] == [row["id"]]


def test_copies_among_documents(tmp_path: Path) -> None:
    words = (
        "The ledger was carried over the bridge by two dockers before the morning whistle, and nobody stopped them. "
    )
    file = tmp_path / "d.jsonl"
    file.write_bytes(b"".join(exchange.to_line({"id": i, "text": f"{i} begins here. {words * 3}"}) for i in "ab"))
    result = run("copies", "--documents", str(file))
    assert result.exit_code == 0, result.stderr
    assert all(json.loads(line)["a_span"] for line in result.stdout.splitlines())
    file.write_bytes(exchange.to_line({"id": "a", "text": ""}) * 2)
    assert "two documents have the id" in run("copies", "--documents", str(file)).stderr


def test_read_names_what_it_refuses(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "good.txt").write_text("The ledger came on 6 May 1921.\n")
    (tmp_path / "in" / "empty.txt").write_text("")
    result = run("read", str(tmp_path / "in"), "--base", str(tmp_path / "a.db"), "--jobs", "1")
    assert result.exit_code == 1
    assert "empty.txt" in result.stderr
    assert "2 files: 1 read, 0 in the base already, 1 refused. 1 document analysed." in result.stdout
    (tmp_path / "in" / "empty.txt").unlink()
    again = run("read", str(tmp_path / "in"), "--base", str(tmp_path / "a.db"), "--jobs", "1")
    assert (again.exit_code, "1 in the base already" in again.stdout) == (0, True)


def test_verify_tells_by_its_exit_status(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    make(path)
    assert run("verify", "--base", str(path)).exit_code == 0
    import sqlite3

    with sqlite3.connect(path) as c:
        c.execute("UPDATE document SET text = 'other' WHERE title = 'Port Handbook'")
    c.close()
    result = run("verify", "--base", str(path))
    assert result.exit_code == 1
    assert "hold" in result.stderr


def test_report(base: str, tmp_path: Path) -> None:
    output = tmp_path / "r.html"
    result = run("report", "--base", base, "--output", str(output))
    assert result.exit_code == 0, result.stderr
    assert "Konrad Vasel" in output.read_text(encoding="utf-8")


def test_hostile_text_does_not_steer_the_terminal(base: str) -> None:
    shown = run("search", "quay", "--base", base).output
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "␛[31mshouted" in shown
    row = json.loads(run("search", "quay", "--base", base, "--format", "jsonl").output)
    assert row["words"] == ODD.rstrip("\n")


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_safe_words(words: str) -> None:
    shown = safe(words)
    assert len(shown) == len(words)
    assert not any(c != "\n" and (ord(c) < 32 or 127 <= ord(c) < 160 or 0xD800 <= ord(c) < 0xE000) for c in shown)
    assert "\n" not in one_line(words)
    assert len(one_line(words, 20)) <= 20
    line = exchange.to_line(words)
    assert json.loads(safe_json(line)) == json.loads(line)
    assert "\x9b" not in safe_json(line).decode()


def test_a_reader_that_has_had_enough(base: str) -> None:
    with spawn("documents", "--base", base, "--format", "jsonl") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_an_interruption_is_told(tmp_path: Path) -> None:
    file = tmp_path / "d.jsonl"
    file.write_text('{"id": "a", "text": "On 6 May 1921 Vera Holm came. It was wet."}\n' * 200_000)
    with spawn(
        "analyse", "--documents", str(file), "--jobs", "1", env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert said == b"Interrupted. What was finished is kept; the same command goes on from there.\n"
        assert process.returncode == 130
