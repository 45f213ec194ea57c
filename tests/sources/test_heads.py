"""What single lines at the edge of a text say."""

from __future__ import annotations

import pytest

from testimonia.sources.heads import date_in, read_line

LINES = [
    # line, kind, facts, why
    ("By Jane Roe", "byline", {"byline": "Jane Roe"}, "the plain form"),
    ("By JANE ROE, Staff Writer", "byline", {"byline": "JANE ROE"}, "capitals, post behind"),
    ("By Jane RoeJane Roe", "byline", {"byline": "Jane Roe"}, "doubled where a link was copied with its label"),
    ("By Jane Roe and Tom van der Meer", "byline", {"byline": "Jane Roe and Tom van der Meer"}, "two"),
    ("by jroe", "", {}, "a small word after by is no name"),
    ("Posted by jroe", "byline", {"byline": "jroe"}, "a handle, where it says that it is one"),
    ("By the time the ship came", "", {}, "prose"),
    ("By Friday", "", {}, "a day"),
    (
        "July 9th, 2010 |\xa0\xa0Author:\xa0The Heron\xa0 \xa0",
        "date",
        {"date": "2010-07-09", "byline": "The Heron"},
        "",
    ),
    ("May 3, 2011 at 9:12 am by jroe", "date", {"date": "2011-05-03", "byline": "jroe"}, "a blog's line"),
    ("Tessen, 4 August 1911", "date", {"date": "1911-08-04"}, "a letter's line"),
    ("Northern Lantern, 23 November 1912", "date", {"date": "1912-11-23", "publisher": "Northern Lantern"}, ""),
    ("On 3 March 1911 the ledger was found", "", {}, "prose with a date"),
    ("May 3", "", {}, "no year is no date"),
    ("Archive for the ‘Ports’ Category", "page", {"category": "Ports"}, ""),
    ("Tag Archives: dredging", "page", {"category": "dredging"}, ""),
    ("Posts tagged “mud”", "page", {"category": "mud"}, ""),
    ("Posted in Ports, Strikes | 3 Comments »", "filing", {"category": "Strikes"}, "the last of two"),
    ("Labels: words, Tarnish", "filing", {"category": "Tarnish"}, ""),
    ("Posted in the rain, she said.", "", {}, "prose"),
    ("Read more:", "closing", {}, ""),
    ("3 Comments", "closing", {}, ""),
    ("— Jane Roe is a columnist for the Northern Star.", "credit", {"publisher": "Northern Star"}, ""),
    ("Jane Roe teaches history at Orle.", "credit", {}, "a credit that names no publication"),
    ("Jane Roe is a senator.", "", {}, "what she is, not who wrote this"),
    ("- Letters, edited by Ann Lind, is published by the Halmora Press", "closing", {}, "no byline"),
    ("The Halmora Courier", "mast", {"publisher": "The Halmora Courier"}, ""),
    ("A Star Is Born", "", {}, "a title with such a word"),
    ("Title: The kettle", "label", {"title": "The kettle"}, ""),
    ("Date: 3/4/2010", "", {}, "March or April"),
    ("* * *", "rule", {}, ""),
    ("FOR IMMEDIATE RELEASE", "opening", {}, ""),
]


@pytest.mark.parametrize(("line", "kind", "facts", "why"), LINES, ids=[line[0][:40] for line in LINES])
def test_a_line_at_the_edge(line: str, kind: str, facts: dict[str, str], why: str) -> None:
    text = "xx" + line
    said = read_line(text, 2, len(text))
    assert said.kind == kind, why
    assert {f.field: f.value for f in said.facts} == facts, why
    for fact in said.facts:
        assert fact.field == "date" or text[fact.start : fact.end] == fact.value


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("July 9, 2010", "2010-07-09"),
        ("Jul. 9th 2010", "2010-07-09"),
        ("9th of July, 2010", "2010-07-09"),
        ("2010-07-09", "2010-07-09"),
        ("9.7.2010", None),
        ("19.7.2010", "2010-07-19"),
        ("7/19/2010", "2010-07-19"),
        ("31 February 2010", None),
        ("3–5 July 2010", None),
        ("Updated May 9, 2010; published May 7, 2010", "2010-05-07"),
        ("July 2010", None),
        ("9 July", None),
    ],
)
def test_full_dates_only(words: str, date: str | None) -> None:
    found = date_in(words)
    assert (found[0] if found else None) == date
