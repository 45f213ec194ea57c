"""The page of the chronology: filters, ways through time, events told twice, and what it says when there is nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient
from told_events import Told, make

from testimonia import report
from testimonia.views.archive import Archive
from testimonia.web.app import application

ANNALS = [
    Told("The fleet was lost off Skerra.", "-0489", "battle", where=("Skerra",)),
    Told("Brand was arrested on 6 May 1921.", "1921-05-06", "arrest", ("Jon Brand",)),
    Told("The union was founded in 1904.", "1904", "founding"),
    Told("Brand was to speak on 9 May.", "1921-05-09", "speech", factuality="plan", basis="narrative"),
    Told("It is always on 3 May.", "XXXX-05-03", doubt="no <year> is named"),
]
LETTERS = [
    Told("“They took Brand that 6 May.”", "1921-05-06", "arrest", ("Jon Brand",), speaker="Ilse Marr"),
    Told("The union was founded in 1906.", "1906", "founding"),
]
MANY = [
    Told(f"Barrel {n} was found on day {n}.", f"19{n % 30 + 1:02d}-{n % 12 + 1:02d}-{n % 28 + 1:02d}", "travel")
    for n in range(200)
]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("pages") / "a.db"
    same = [["The union was founded in 1904.", "The union was founded in 1906."]]
    make(path, {"Annals": ANNALS, "Letters": LETTERS, "Barrels": MANY}, same)
    with Archive.open(path) as archive, TestClient(application(archive, "a.db"), base_url="http://localhost") as client:
        yield client


def links(text: str) -> list[str]:
    return [unescape(x) for x in re.findall(r'href="(/chronology\?[^"]*)"', text)]


@pytest.mark.parametrize(
    ("query", "there", "not_there"),
    [
        ("actor=brand", "6 May 1921", "490 BC"),
        ("type=battle&type=arrest", "490 BC", "founding</"),
        ("type=battle", "490 BC", "6 May 1921"),
        ("voice=marr", "as told by Ilse Marr", "490 BC"),
        ("voice=text&type=arrest", "6 May 1921", "Ilse Marr"),
        ("factuality=plan", "<i>a plan</i>", "490 BC"),
        ("factuality=all&basis=narrative", "dated by the course of the text", "490 BC"),
        ("from=490+BC&to=490+BC", "The fleet was lost", "Brand"),
        ("from=-0489&to=-0489", "The fleet was lost", "Brand"),
        ("from=1921-21&to=1921-21", "6 May 1921", "490 BC"),
        ("from=spring+1921&to=spring+1921", "6 May 1921", "490 BC"),
        ("from=1921-05-05&to=1921-05-07&within=1", "6 May 1921", "9 May"),
    ],
)
def test_filters(pages: TestClient, query: str, there: str, not_there: str) -> None:
    text = pages.get(f"/chronology?{query}").text
    form, _, shown = text.partition("<button>Show</button>")
    assert there in shown
    assert not_there not in shown
    for name, values in parse_qs(query).items():
        for value in values:
            named = f'name="{name}"[^>]*value="{re.escape(value)}"'
            assert re.search(f"{named}|<option[^>]*selected>|{named} checked", form), "the form says what was asked"


def test_what_is_told_twice_stands_once_and_folds_out(pages: TestClient) -> None:
    text = pages.get("/chronology?type=arrest").text
    assert text.count('<span class="when"') == 1
    assert "Told in 2 passages of 2 documents</summary>" in text
    assert "both state 6 May 1921 for this type of event, and both name Jon Brand" in text
    text = pages.get("/chronology?type=founding").text
    assert "≠ 1906" in text
    assert "; the dates differ</summary>" in text
    assert pages.get("/chronology?type=founding&unfold=1").text.count('<span class="when"') == 2


def test_what_is_not_shown_is_said(pages: TestClient) -> None:
    text = pages.get("/chronology").text
    assert "1 plan (“Told as” shows them)" in " ".join(text.split())
    text = pages.get("/chronology?from=1904-03&to=1904").text
    assert "1 event whose year is not known" in text
    assert re.search(r'Surely within the dates: <a href="[^"]*within=1">\d events?</a>', text)
    assert "Surely within the dates: no event;" in pages.get("/chronology?type=founding&from=1904-03&to=1904-05").text


def test_what_has_no_place_in_time_stands_last_with_its_reason(pages: TestClient) -> None:
    text = pages.get("/chronology?page=5").text
    assert "Without a place in time" in text
    assert "In doubt: no &lt;year&gt; is named" in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=1700&to=1720", "there are events between 490 BC and 1930"),
        ("from=1700&to=1720&type=founding", "there are events between 1904 and 1906"),
        ("actor=nobody", "No dated event fits. <a"),
        ("page=99", "There are no further events."),
    ],
)
def test_where_there_is_nothing_the_way_back_is_shown(pages: TestClient, query: str, sentence: str) -> None:
    answer = pages.get(f"/chronology?{query}")
    assert answer.status_code == 200
    text = answer.text
    assert sentence in text
    back = re.search(r'class="empty".*?href="([^"]*)"', text, re.DOTALL)
    assert back
    again = pages.get("/chronology" + back[1] if back[1].startswith("?") else unescape(back[1])).text
    assert '<span class="when"' in again


@pytest.mark.parametrize("query", ["type=war", "factuality=rumour", "basis=guess", "from=soon", "from=1921&to=1920"])
def test_what_makes_no_sense_is_a_sentence(pages: TestClient, query: str) -> None:
    answer = pages.get(f"/chronology?{query}")
    assert answer.status_code == 400
    assert re.search("One of:|Give a year|Exchange the two dates", answer.text)


def test_links_lead_from_the_century_to_the_day_and_keep_the_filters(pages: TestClient) -> None:
    here, walked = "/chronology?type=travel&from=1900&to=1999", []
    for _ in range(6):
        text = pages.get(here).text
        zoom = text[text.index('<nav class="zoom"') : text.index("</nav>", text.index('<nav class="zoom"'))]
        walked.append(re.findall(r"<b>([^<]*)</b>", zoom)[0])
        inward = zoom.partition("Closer")[2]
        counted = re.findall(r'href="([^"]*)">[^<]*</a> <small>', inward)
        if not counted:
            break
        here = unescape(counted[0])
        assert parse_qs(urlsplit(here).query)["type"] == ["travel"]
    assert walked == ["1900–99", "1900–09", "1901", "January 1901", "1 January 1901"]
    assert "1900–99</a> ›" not in zoom, "all time is no longer than that"
    assert [w for w in ("1900–09", "1901", "January 1901") if f">{w}</a> ›" in zoom] == walked[1:4]
    assert "31 December 1900</a>" in zoom
    assert "2 January 1901 →" in zoom


def test_many_events_of_a_type_are_columns_that_lead_to_their_stretch(pages: TestClient) -> None:
    text = pages.get("/chronology?type=travel").text
    wide = text[text.index('<div class="wide">') : text.index('<div class="slim">')]
    columns = links(wide)
    assert columns
    assert "/documents/" not in wide
    total = pages.get(columns[0]).text
    assert re.search(r"\d+ events?, told in", total)
    assert "A column counts" in text


def test_few_events_have_a_mark_each_that_leads_to_its_passage(pages: TestClient) -> None:
    text = pages.get("/chronology?actor=brand").text
    wide = text[text.index('<div class="wide">') : text.index('<div class="slim">')]
    marks = re.findall(r'href="(/documents/[^"]*)"', wide)
    assert len(marks) == 1
    assert 'id="at"' in pages.get(unescape(marks[0]).partition("#")[0]).text
    assert "<title>6 May 1921: Brand was arrested on 6 May 1921. [2 passages] (Annals, characters" in wide


def test_events_far_from_the_rest_are_not_drawn_but_led_to(pages: TestClient) -> None:
    text = pages.get("/chronology").text
    outside = re.search(r'Outside the picture: <a href="([^"]*)">([^<]*)</a> <small>1</small>', text)
    assert outside
    assert outside[2].startswith("490 BC – ")
    assert "The fleet was lost" in pages.get(unescape(outside[1])).text


def test_every_link_of_the_page_is_answered(pages: TestClient) -> None:
    for query in ("", "from=-0489&to=-0489", "from=9999&to=9999", "to=1904"):
        for link in dict.fromkeys(links(pages.get(f"/chronology?{query}").text)):
            assert pages.get(link).status_code == 200, link


def test_a_document_leads_to_its_own_chronology(pages: TestClient) -> None:
    document = unescape(re.findall(r'href="(/documents/[^"?]*)\?', pages.get("/chronology?voice=marr").text)[0])
    to = re.search(r'href="([^"]*)">The chronology of this document', pages.get(document).text)
    assert to
    text = pages.get(unescape(to[1])).text
    assert f'Only what <a href="{document}">Letters</a> tells' in text
    assert "2 events, told in 2 passages of 1 document" in text


def test_the_next_page_keeps_what_was_asked(pages: TestClient) -> None:
    text = pages.get("/chronology?type=travel&type=arrest&from=1901").text
    following = re.search(r'rel="next" href="(\?[^"]*page=2)"', text)
    assert following
    assert parse_qs(unescape(following[1])[1:]) == {"from": ["1901"], "type": ["travel", "arrest"], "page": ["2"]}
    assert "here 51 to 100" in pages.get("/chronology" + unescape(following[1])).text


def test_the_report_has_the_same_picture_and_its_columns_lead_to_years(tmp_path: Path) -> None:
    make(tmp_path / "a.db", {"Annals": ANNALS, "Barrels": MANY})
    with Archive.open(tmp_path / "a.db") as archive:
        report.write(archive, "a.db", tmp_path / "r.html")
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    targets = set(re.findall(r'href="#([^"]*)"', text))
    assert any(t.startswith("year-") for t in targets)
    assert targets <= set(re.findall(r'\bid="([^"]+)"', text))
    assert "<i>a plan</i>" in text, "a report is of the whole base"
    assert '<div class="slim"><svg' in text
