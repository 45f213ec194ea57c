"""A person says on what day a document was written: kept apart, in force, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from reads import dump, read_into, settings
from typer.testing import CliRunner, Result

import testimonia
from testimonia import reading
from testimonia.base import document_of, findings_of, judgements, links, open_base, verify
from testimonia.base.judgements import DOCUMENT_DATE, Judgement
from testimonia.cli import app
from testimonia.errors import InputError
from testimonia.reading import Dated, GivenDate, date_document
from testimonia.text import Document
from testimonia.views.archive import Archive

STORY = "The mill of Halm\n\nThe mill burned yesterday. Vera Holm had been arrested in Halm two days before that.\n"
DATED = "The bridge of Halm\n\nPublished: 3 June 1922\n\nThe bridge opened yesterday. Nobody from the council came.\n"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "files" / "b.txt").write_text(DATED, encoding="utf-8")
    read_into(tmp_path / "a.db", tmp_path / "files")
    return tmp_path / "a.db"


def ids(base: Path) -> tuple[str, str]:
    """The documents without and with a date of their own."""
    with Archive.open(base) as archive:
        rows = sorted(archive.documents(), key=lambda row: row.source)
    return rows[0].document, rows[1].document


def give(base: Path, document: str, day: str | None, by: str = "A. Kessler", reason: str | None = None) -> Dated:
    done = date_document(base, document, settings(), GivenDate(day, by, reason) if day is not None else None)
    with open_base(base) as opened:
        assert verify(opened).problems == []
    return done


def dates(base: Path, document: str) -> list[str | None]:
    with open_base(base) as opened:
        return [time.edtf for time in findings_of(opened, document).times]


def judged(base: Path) -> list[Judgement]:
    with open_base(base) as opened, opened.connect() as c:
        return list(judgements.of_kind(c, DOCUMENT_DATE).values())


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments), prog_name="testimonia")


def test_what_depends_on_the_date_gets_it(base: Path) -> None:
    mill, _ = ids(base)
    assert "1921-05-03" not in dates(base, mill)
    done = give(base, mill, "4 May 1921", reason="the postmark")
    assert (done.before, done.after, done.linked) == (None, "1921-05-04", True)
    assert "1921-05-03" in dates(base, mill)
    with open_base(base) as opened:
        assert document_of(opened, mill).date == "1921-05-04"
        assert "1921-05-03" in [event.when for event in findings_of(opened, mill).events]
    (one,) = judged(base)
    assert (one.document, one.value, one.by, one.reason, one.known) == (
        mill, "1921-05-04", "A. Kessler", "the postmark", True,
    )  # fmt: skip


def test_it_says_whose_date_it_is(base: Path) -> None:
    mill, bridge = ids(base)
    give(base, mill, "1921-05-04")
    with Archive.open(base) as archive:
        assert {row.document: row.dated_by for row in archive.documents()} == {mill: "A. Kessler", bridge: None}
    assert "says A." in run("documents", "--base", str(base)).output


def test_reading_again_keeps_it(base: Path, tmp_path: Path) -> None:
    mill, _ = ids(base)
    give(base, mill, "1921-05-04")
    before = dump(base)
    report = read_into(base, tmp_path / "files")
    assert (report.counts.documents, report.linked) == (0, False)
    assert dump(base) == before


def test_another_analysis_keeps_it(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mill, bridge = ids(base)
    give(base, mill, "1921-05-04")
    monkeypatch.setattr("testimonia.reading.rules", lambda: {"code": "another"})
    assert read_into(base, tmp_path / "files").counts.documents == 2
    assert "1921-05-03" in dates(base, mill)
    with open_base(base) as opened:
        assert [document_of(opened, id).date for id in (mill, bridge)] == ["1921-05-04", "1922-06-03"]


def test_it_outranks_what_the_source_states_until_it_is_forgotten(base: Path) -> None:
    _, bridge = ids(base)
    before = dump(base)
    assert give(base, bridge, "1922-06-04").before == "1922-06-03"
    assert give(base, bridge, "1922-06-05", by="J. Harlow").before == "1922-06-04"
    assert [(j.value, j.by) for j in judged(base)] == [("1922-06-05", "J. Harlow")]
    assert give(base, bridge, None).after == "1922-06-03"
    assert judged(base) == []
    after = dump(base)
    assert {name: after[name] for name in ("document", "event", "judgement")} == {
        name: before[name] for name in ("document", "event", "judgement")
    }


def test_it_waits_when_its_document_is_gone(base: Path, tmp_path: Path) -> None:
    mill, _ = ids(base)
    give(base, mill, "1921-05-04")
    (tmp_path / "files" / "a.txt").write_text(STORY + "More was lost.\n", encoding="utf-8")
    read_into(base, tmp_path / "files")
    assert [(j.document, j.known) for j in judged(base)] == [(mill, False)]
    assert "no longer in the base" in run("date", "--base", str(base)).output


def test_verification_looks_at_it(base: Path) -> None:
    mill, _ = ids(base)
    give(base, mill, "1921-05-04")
    with open_base(base) as opened:
        assert verify(opened).checked["judgements"] == 1
        with opened.write() as c:
            c.exec_driver_sql("UPDATE document SET date = '1921-05-05' WHERE date = '1921-05-04'")
        assert "dated 1921-05-05, but A. Kessler says 1921-05-04" in verify(opened).problems[0]
        with opened.write() as c:
            c.exec_driver_sql("UPDATE judgement SET value = 'soon'")
        assert "it names no day" in verify(opened).problems[0]


@pytest.mark.parametrize("words", ["1921", "May 1921", "31 June 1921", "yesterday", "", "two years", "4 or 5 May 1921"])
def test_what_is_no_day_is_refused(base: Path, words: str) -> None:
    mill, _ = ids(base)
    before = dump(base)
    with pytest.raises(InputError, match="is no day"):
        give(base, mill, words)
    assert dump(base) == before


def test_refusals_are_sentences(base: Path) -> None:
    mill, _ = ids(base)
    for arguments, said in (
        (("d0", "1921-05-04"), "there is no document of this identifier"),
        ((mill, "--forget"), "nobody gave this document a date"),
        ((mill,), "either a date or --forget"),
        ((mill, "1921-05-04", "--forget"), "either a date or --forget"),
        ((mill, "1921-05-04", "--by", " "), "it is not known who says so"),
        ((mill, "soon"), "is no day"),
    ):
        result = run("date", *arguments, "--base", str(base))
        assert result.exit_code == 2, arguments
        assert said in result.output


def test_the_command(base: Path) -> None:
    mill, bridge = ids(base)
    where = ("--base", str(base))
    assert "Nobody gave a document a date" in run("date", *where).output
    given = run("date", mill, "4 May 1921", "--by", "A. Kessler", "--reason", "the postmark", *where)
    assert (given.exit_code, "dated 1921-05-04 by A. Kessler (before: no date)" in given.output) == (0, True)
    assert f"{mill}  1921-05-04  by A. Kessler" in run("date", *where).output
    assert "without a date again" in run("date", mill, "--forget", *where).output
    assert run("date", bridge, "1922-06-04", *where).exit_code == 0  # by who is logged in
    assert "dated 1922-06-03 again, as its source states" in run("date", bridge, "--forget", *where).output


@pytest.mark.parametrize("taken_back", [False, True])
def test_a_date_given_while_the_archive_is_read_holds(
    base: Path, monkeypatch: pytest.MonkeyPatch, taken_back: bool
) -> None:
    mill, bridge = ids(base)
    day = None if taken_back else "1922-06-05"
    if taken_back:
        give(base, bridge, "1922-06-05")
    monkeypatch.setattr(reading, "rules", lambda: {"code": "other rules"})  # so that all is analysed anew
    after: list[Dated] = []

    def meanwhile(step: reading.Step) -> None:
        if not after:
            after.append(give(base, bridge, day))

    reading.read([base.parent / "files"], base, settings(), meanwhile)
    with open_base(base) as opened:
        assert verify(opened).problems == []
        assert document_of(opened, bridge).date == after[0].after == (day or "1922-06-03")
        assert document_of(opened, mill).date is None


def test_a_document_that_goes_while_it_is_dated_is_not_made_again(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mill, _ = ids(base)
    stated = reading._Reading._stated

    def removed(self: reading._Reading, source: str, document: str) -> Document:
        found = stated(self, source, document)
        with open_base(base) as opened, opened.write() as c:
            c.exec_driver_sql("DELETE FROM source WHERE id = ?", (source,))
        return found

    monkeypatch.setattr(reading._Reading, "_stated", removed)
    with pytest.raises(InputError, match="no document of this identifier"):
        give(base, mill, "1921-05-04")
    assert judged(base) == []


def test_links_are_sought_again_where_documents_changed_meanwhile(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mill, bridge = ids(base)
    find, given = reading.copies.find, []

    def meanwhile(documents: reading.Documents) -> object:
        if not given:
            given.append(bridge)
            give(base, bridge, "1922-06-05")
        return find(documents)

    monkeypatch.setattr(reading.copies, "find", meanwhile)
    assert give(base, mill, "1921-05-04").linked is False  # the run between has done it
    with open_base(base) as opened, opened.connect() as c:
        assert links.linked(c) == links.state(c, testimonia.__version__, reading.rules())


def test_a_mistyped_document_makes_no_run(base: Path) -> None:
    with open_base(base) as opened, opened.connect() as c:
        runs = c.exec_driver_sql("SELECT count(*) FROM run").scalar_one()
    assert run("date", "d0", "1921-05-04", "--base", str(base)).exit_code == 2
    with open_base(base) as opened, opened.connect() as c:
        assert c.exec_driver_sql("SELECT count(*) FROM run").scalar_one() == runs
