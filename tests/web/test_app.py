"""Every page answers, says what was found, escapes what hostile text holds, and says so when there is nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import testimonia
from testimonia import report
from testimonia.base.connection import open_base
from testimonia.views.archive import Archive
from testimonia.web.app import application

NO_SENSE = ["/chronology?from=soon", "/quotations?kind=loud", "/actors?kind=ghost", "/quotations?cited=soon"]
NO_SENSE += [f"/quotations?minimum_confidence={x}" for x in ("nan", "2", "-1", "inf", "much", "٥x")]
PAGES = [
    ("/", "A letter about the quay"),
    ("/documents?category=harb", "filed under Harbour"),
    ("/documents?publisher=nobody", "No document fits"),
    ("/search?q=ledger", 'The <span class="found'),
    ("/search?q=%22never+in+my+keeping%22", "keeping"),
    ("/search?q=zeppelin", "No passage has all of these words"),
    ("/search", "Type words"),
    ("/quotations", "Ilse Brandt"),
    ("/quotations?speaker=brandt&kind=direct", "The ledger was never in my hands."),
    ("/quotations?about=crane", "No quotation fits"),
    ("/quotations?rests_on=courier+1921", "Ilse Brandt"),
    ("/quotations?rests_on=courier+1922", "No quotation fits"),
    ("/quotations?broken=1", "No quotation fits"),
    ("/quotations?minimum_confidence=0.96", "No quotation fits"),
    ("/quotations?doubtful=1&minimum_confidence=0.9", "speaker doubtful (the nearest name)"),
    ("/quotations?cited=1921-05-03", "<i>cites</i>"),
    ("/chronology", "3 May 1921"),
    ("/chronology?from=1921-05-04&to=1921", "5 May 1921"),
    ("/chronology?actor=nobody", "No dated event fits"),
    ("/actors", "Brandt"),
    ("/actors?name=nobody", "Nobody of that name"),
    ("/copies", "taken over by"),
    ("/conflicts", "day of the Courier"),
    ("/conflicts?severity=weak", "No two accounts were found"),
    ("/trace?words=the+ledger+was+never+in+my+hands", "2 wordings"),
    ("/trace?words=quite+other+words", "stand nowhere"),
    ("/trace", "Type some words"),
]


@pytest.mark.parametrize(("address", "words"), PAGES)
def test_pages(client: TestClient, address: str, words: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert words in answer.text
    assert "<script" not in answer.text


@pytest.mark.parametrize(
    "address", ["/documents/dnone", "/copies/none", "/conflicts/none", "/nothing", "/static/none.css"]
)
def test_what_is_not_there_is_a_sentence(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert re.search(r"[Tt]here is no ", answer.text)


@pytest.mark.parametrize("address", NO_SENSE)
def test_a_question_that_makes_no_sense_is_answered_with_what_does(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert re.search(r"Give a year|One of:|Give a number", answer.text)


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999", "2"])
def test_any_page_number_is_answered(client: TestClient, page: str) -> None:
    assert client.get(f"/documents?page={page}").status_code == 200


@pytest.mark.parametrize(
    "words", ['"', "a OR", "NEAR(", "*", "col:x", "a -b ^c", "\0", "'; DROP TABLE passage;--", "é"]
)
def test_no_search_is_a_syntax_error(client: TestClient, words: str) -> None:
    assert client.get("/search", params={"q": words}).status_code == 200
    assert client.get("/trace", params={"words": words}).status_code == 200


def test_the_reading_page_shows_voice_date_name_copy_and_conflict(client: TestClient, archive: Archive) -> None:
    row = archive.documents(title="letter")[0]
    text = client.get(f"/documents/{row.document}").text
    for words in ('class="voice direct v1', 'class="time', 'class="name', "also in", "day of the Courier differs"):
        assert words in text
    assert "&lt;b&gt;believed&lt;/b&gt; her &amp; she left" in text
    assert "<b>believed" not in text


def test_a_span_that_is_asked_for_is_marked(client: TestClient, archive: Archive) -> None:
    row = archive.quotations()[0]
    text = client.get(f"/documents/{row.document}?at={row.start}-{row.end}").text
    assert 'id="at"' in text
    for at in ("x", "5", "5-2", "0-999999999999999999", "-1-4", "١-٢"):
        assert client.get(f"/documents/{row.document}", params={"at": at}).status_code == 200


def test_words_that_are_nobodys_are_marked_when_asked_for(client: TestClient, archive: Archive) -> None:
    row = archive.documents(title="letter")[0]
    plain, marked = (client.get(f"/documents/{row.document}{more}").text for more in ("", "?asides=shown"))
    assert 'class="aside' not in plain
    assert "?asides=shown" in plain
    assert '<span class="aside term begins ends" title="term">barrels</span>' in marked
    assert "barrels" not in "".join(q.words for q in archive.quotations())


def test_a_note_says_on_what_it_rests_and_marks_what_is_doubtful(client: TestClient, archive: Archive) -> None:
    text = client.get(f"/documents/{archive.documents(title='letter')[0].document}").text
    assert 'title="in marks &lt;b&gt;; the speaker: the nearest name"' in text
    assert '<span class="doubtful"' in text
    assert "through The Courier" in text
    assert (
        '<span class="voice direct continued v1 begins ends" title="Ilse Brandt, continued">forty days</span>' in text
    )


def test_the_trace_shows_steps_citations_and_what_is_earliest(client: TestClient) -> None:
    text = client.get("/trace?words=the+ledger+was+never+in+my+hands").text
    assert "A. Clerk › <i>cites</i> <a href=" in text
    assert "› <i>quotes</i> Ilse Brandt" in text
    assert 'Earliest by the date of the work cited: <a href="#w0">number 1</a>' in text


def test_a_report_of_many_copies_says_what_it_leaves_out(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "COPIES", 0)
    report.write(archive, "made.db", tmp_path / "report.html")
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "1 further copy is not shown here" in text
    assert "testimonia copies --base made.db --limit 0" in text
    assert "#copy-" not in text
    assert "also in" in text


def test_a_source_name_with_markup_is_escaped(client: TestClient) -> None:
    text = client.get("/documents").text
    assert "board/&lt;notice&gt;.txt" in text
    assert "<notice>" not in text


def test_side_by_side_marks_the_words_that_differ(client: TestClient, archive: Archive) -> None:
    text = client.get(f"/copies/{archive.copies()[0].id}").text
    assert '<span class="differs">forty</span>' in text
    assert '<span class="differs">thirty</span>' in text
    text = client.get(f"/conflicts/{archive.conflicts()[0].id}").text
    assert "keeping" in text


def test_marks_of_the_picture_lead_to_their_passages(client: TestClient, archive: Archive) -> None:
    text = client.get("/chronology").text
    event = archive.chronology()[0]
    assert f'href="/documents/{event.document}?at={event.start}-{event.end}#at"' in text
    assert "vega" not in text.lower()
    assert " style=" not in text


def test_the_policy_is_strict_on_every_answer(client: TestClient) -> None:
    for address in ("/", "/static/style.css", "/nothing"):
        headers = client.get(address).headers
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8765", 200),
        ("localhost:8765", 200),
        ("LOCALHOST", 200),
        ("[::1]:8765", 200),
        ("example.org", 400),
        ("127.0.0.1.example.org", 400),
        ("localhost.example.org:8765", 400),
        ("", 400),
    ],
)
def test_only_the_loopback_is_answered(client: TestClient, host: str, status: int) -> None:
    assert client.get("/", headers={"host": host}).status_code == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_only_reading_is_offered(client: TestClient, method: str) -> None:
    assert client.request(method, "/documents").status_code == 405


@pytest.mark.parametrize(
    ("site", "mode", "status"),
    [
        ("none", "navigate", 200),
        ("same-origin", "no-cors", 200),
        ("cross-site", "navigate", 200),
        ("cross-site", "no-cors", 403),
    ],
)
def test_another_site_may_link_but_not_load(client: TestClient, site: str, mode: str, status: int) -> None:
    headers = {"sec-fetch-site": site, "sec-fetch-mode": mode}
    assert client.get("/documents", headers=headers).status_code == status


def test_an_empty_base_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    open_base(path, create=True).close()
    with (
        Archive.open(path) as archive,
        TestClient(application(archive, "empty.db"), base_url="http://localhost") as client,
    ):
        assert "testimonia read FOLDER --base empty.db" in client.get("/").text
        for page in ("quotations", "chronology", "actors", "copies", "conflicts", "trace?words=a"):
            assert client.get(f"/{page}").status_code == 200
        report.write(archive, "empty.db", tmp_path / "empty.html")
    assert "No two accounts were found" in (tmp_path / "empty.html").read_text(encoding="utf-8")


def test_the_report_is_one_file_whose_links_stay_inside(archive: Archive, tmp_path: Path) -> None:
    output = tmp_path / "report.html"
    report.write(archive, "made.db", output)
    text = output.read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == [output]
    assert "<script" not in text
    assert not re.search(r'(?:src|href)="(?!#|data:)', text)
    identifiers = set(re.findall(r'\bid="([^"]+)"', text))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= identifiers
    assert "day of the Courier" in text
    assert f"Testimonia {testimonia.__version__}" in text
