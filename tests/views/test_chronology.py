"""The chronology: what stands where, what is left out and said to be, and what is told more than once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from told_events import Told, make

from testimonia import intervals
from testimonia.errors import InputError
from testimonia.views.archive import Archive
from testimonia.views.dates import days_of, place_in_time

ARCHIVE = {
    "Annals": [
        Told("The fleet of Halm was lost off Skerra.", "-0489", "battle", where=("Skerra",)),
        Told("The wall of Halm was begun.", "0030~", "founding"),
        Told("Lamps were lit every midwinter.", "XXXX-12-21", doubt="no year is named"),
        Told("Brand was born.", "1818~", "birth", ("Jon Brand",)),
    ],
    "Chronicle": [
        Told("Vera Holm led the board until 1920.", "1918", "office-begun", ("Vera Holm",), until="1920"),
        Told("In 1918 the harbour was closed.", "1918"),
        Told("Late in 1918 it was open again.", "1918", days=("1918-07-02", "1918-12-31")),
        Told("On 6 November 1918 Jon Brand was arrested.", "1918-11-06", "arrest", ("Jon Brand",), where=("Halm",)),
        Told("On 1 January 1918 the bell rang.", "1918-01-01"),
        Told("Holm was to speak on 9 November 1918.", "1918-11-09", "speech", ("Vera Holm",), factuality="plan"),
        Told("No one was tried in 1919.", "1919", "trial", factuality="denial"),
        Told("It is the year 1938 since when no ship has called.", "1938", until=".."),
    ],
    "Letters": [
        Told("“They took Brand on 6 November 1918.”", "1918-11-06", "arrest", ("Jon Brand",), speaker="Ilse Marr"),
        Told("That week Holm wrote to the board.", "1918-11", "letter", ("Vera Holm",), basis="narrative"),
        Told("By the old calendar it was 24 July.", "1911-07-24", "travel", days=("1911-08-06", "1911-08-06")),
    ],
}
ORDER = [
    "490 BC", "c. AD 30", "c. 1818", "24 July 1911 (Old Style; 6 August 1911)", "1918–20", "1918", "1 January 1918",
    "late 1918", "November 1918", "6 November 1918", "from 1938", "21 December, year not known",
]  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    path = tmp_path_factory.mktemp("told") / "a.db"
    return path, make(path, ARCHIVE)


@pytest.fixture(scope="module")
def archive(made: tuple[Path, dict[str, str]]) -> Iterator[Archive]:
    with Archive.open(made[0]) as opened:
        yield opened


def test_partial_dates_stand_in_their_place(archive: Archive) -> None:
    found = archive.chronology()
    assert [row.dated for row in found] == ORDER
    assert found[0].earliest == "-0489-01-01"
    assert (found[-1].earliest, found[-1].doubt) == (None, "no year is named")
    assert found[-2].latest is None


def test_a_page_is_a_part_of_the_whole(archive: Archive) -> None:
    whole = archive.chronology()
    pages = [row for offset in range(0, 20, 3) for row in archive.chronology(limit=3, offset=offset)]
    assert pages == list(whole)
    first = archive.chronology(limit=3)
    assert (first.total, first.passages, first.documents, len(first.drawn)) == (12, 13, 3, 12)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"from_": "-0489", "to": "-0400"}, ["490 BC"]),
        ({"to": "0001"}, ["490 BC"]),
        ({"from_": "490 BC", "to": "AD 30"}, ["490 BC", "c. AD 30"]),
        ({"from_": "0031", "to": "0031"}, ["c. AD 30"]),
        ({"from_": "0032", "to": "1700"}, []),
        ({"from_": "1819", "to": "1819"}, ["c. 1818"]),
        ({"from_": "1819", "to": "1819", "within": True}, []),
        ({"from_": "1918-11-09", "to": "1918-11-10"}, ["1918–20", "1918", "late 1918", "November 1918"]),
        ({"from_": "1918-11", "to": "1918-11", "within": True}, ["November 1918", "6 November 1918"]),
        ({"from_": "1918-21", "to": "1918-21"}, ["1918–20", "1918"]),
        ({"from_": "spring 1918", "to": "spring 1918"}, ["1918–20", "1918"]),
        ({"from_": "191X", "to": "191X", "type": "travel"}, [ORDER[3]]),
        ({"from_": "2001"}, ["from 1938"]),
        ({"actor": "brand"}, ["c. 1818", "6 November 1918"]),
        ({"actor": "Skerra"}, ["490 BC"]),
        ({"type": ("arrest", "birth")}, ["c. 1818", "6 November 1918"]),
        ({"type": "arrest, birth"}, ["c. 1818", "6 November 1918"]),
        ({"type": "office"}, ["1918–20"]),
        ({"voice": "text", "type": "arrest"}, ["6 November 1918"]),
        ({"voice": "quoted"}, ["6 November 1918"]),
        ({"voice": "marr"}, ["6 November 1918"]),
        ({"voice": "brand"}, []),
        ({"basis": "narrative"}, ["November 1918"]),
        ({"basis": "document"}, []),
        ({"factuality": "plan"}, ["9 November 1918"]),
        ({"factuality": ("denial", "plan")}, ["9 November 1918", "1919"]),
        ({"actor": "holm", "factuality": "all"}, ["1918–20", "November 1918", "9 November 1918"]),
    ],
)
def test_filters(archive: Archive, asked: dict[str, object], expected: list[str]) -> None:
    found = archive.chronology(**asked)  # type: ignore[arg-type]
    assert [row.dated for row in found] == expected
    assert found.total == len(expected)


def test_in_one_document(archive: Archive, made: tuple[Path, dict[str, str]]) -> None:
    found = archive.chronology(document=made[1]["Letters"])
    assert [row.title for row in found] == ["Letters"] * 3
    assert found.documents == 1


def test_what_is_left_out_is_counted(archive: Archive) -> None:
    assert archive.chronology().left_out == {"plan": 1, "denial": 1}
    assert archive.chronology(from_="1919").left_out == {"denial": 1}
    assert archive.chronology(factuality="all").left_out == {}
    found = archive.chronology(from_="1918", to="1918")
    assert (found.undated, found.total, found.surely) == (1, 6, 5)
    assert archive.chronology().undated == 0
    empty = archive.chronology(from_="1700", to="1800")
    assert (list(empty), str(empty.hull)) == ([], "490 BC – 1938")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"type": "war"}, r"no type of event 'war'.*birth, death, arrest.*other"),
        ({"factuality": "rumour"}, r"no factuality 'rumour'.*fact, plan, denial, possibility, all"),
        ({"basis": "guess"}, r"no basis of a date 'guess'.*stated, narrative, document"),
        ({"from_": "soon"}, r"'soon' is not a date.*1918-11-06.*490 BC"),
        ({"from_": "5 May"}, r"'5 May' is not a date"),
        ({"to": "../1920", "from_": "1921/.."}, r"ends \(../1920\) before it begins"),
        ({"from_": "../1921"}, r"'../1921' is not a date"),
        ({"from_": "1920", "to": "1919"}, r"ends \(1919\) before it begins \(1920\)"),
        ({"limit": -1}, r"counts"),
    ],
)
def test_a_question_that_makes_no_sense(archive: Archive, asked: dict[str, object], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        archive.chronology(**asked)  # type: ignore[arg-type]


def test_an_event_told_twice_is_one_row_that_hides_nothing(archive: Archive) -> None:
    (row,) = archive.chronology(type="arrest")
    assert (row.passages, row.documents, row.voice) == (2, 2, None)
    (other,) = row.tellings
    assert (other.title, other.voice, other.dated, other.agrees) == ("Letters", "Ilse Marr", "6 November 1918", True)
    assert row.reasons == ("both state 6 November 1918 for this type of event, and both name Jon Brand",)
    assert row.where == ("Halm",)
    every = archive.chronology(type="arrest", unfold=True)
    assert [(r.title, r.tellings) for r in every] == [("Chronicle", ()), ("Letters", ())]
    assert {r.id for r in every} == {row.id, other.id}


def test_rows_are_plain_data(archive: Archive) -> None:
    found = archive.chronology()
    assert found.to_dicts()[0]["dated"] == "490 BC"
    assert found.to_dataframe().type.iloc[0] == "battle"
    assert "490 BC" in found._repr_html_()
    assert archive.event_types()[:2] == ("birth", "death")


DATES = st.one_of(
    st.builds(intervals.edtf, st.integers(-600, 2000)),
    st.builds(intervals.edtf, st.integers(1900, 1903), st.integers(1, 12)),
    st.builds(intervals.edtf, st.integers(1900, 1903), st.integers(1, 12), st.integers(1, 28)),
    st.sampled_from(["XXXX-05-03", "190X", "19XX", "1901~", "../1902", "1901-21", "1902-24"]),
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(dates=st.lists(DATES, min_size=1, max_size=12), data=st.data())
def test_any_events_are_in_order_and_all_there(
    tmp_path_factory: pytest.TempPathFactory, dates: list[str], data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.db"
    make(path, {"Book": [Told(f"Number {n} was told.", date) for n, date in enumerate(dates)]})
    first, last = sorted((data.draw(st.integers(-700, 2100)), data.draw(st.integers(-700, 2100))))
    with Archive.open(path) as archive:
        rows = archive.chronology()
        some = archive.chronology(from_=intervals.edtf(first), to=intervals.edtf(last))
        drawn = archive.chronology(limit=0)
    assert sorted(r.when for r in rows) == sorted(dates)
    keys = [place_in_time(days_of(r.when)) for r in rows]
    assert all(a <= b for a, b in pairwise(keys))
    period = intervals.Interval(*(intervals.bounds(intervals.edtf(y))[i] for i, y in enumerate((first, last))))
    sure = {r.id for r in rows if intervals.compare(days_of(r.when), period) == "overlaps"}
    assert sure <= {r.id for r in some}
    never = {r.id for r in rows if intervals.compare(days_of(r.when), period) in ("before", "after")}
    assert not {r.id for r in some if r.when != "1901~"} & never
    assert (list(drawn), len(drawn.drawn)) == ([], len(dates))


def test_what_the_course_of_the_text_dates_is_found_where_the_text_stands(tmp_path: Path) -> None:
    told = [
        Told("Then she wrote on.", "1909/..", "publication", basis="narrative"),
        Told("Since 1909 the gate is shut.", "1909/.."),
    ]
    make(tmp_path / "a.db", {"Story": told})
    with Archive.open(tmp_path / "a.db") as archive:
        assert [row.basis for row in archive.chronology(from_="1909", to="1909")] == ["narrative", "stated"]
        found = archive.chronology(from_="1909", to="1909", within=True)  # then or later: not surely
        assert ([row.basis for row in found], found.surely) == ([], 0)
        assert [row.basis for row in archive.chronology(from_="1915", to="1920")] == ["stated"]
        assert len(archive.chronology(from_="1915", to="1920").drawn) == 1


def test_a_century_is_one_date_and_no_time_that_something_lasted(tmp_path: Path) -> None:
    told = [
        Told("In the fifth century BC the wall fell.", "-0499/-0400", "battle"),
        Told("The siege lasted from 480 until 478 BC.", "-0479", "battle", until="-0477"),
    ]
    make(tmp_path / "a.db", {"Annals": told})
    with Archive.open(tmp_path / "a.db") as archive:
        assert [event.lasting for event in archive.chronology().drawn] == [False, True]


def test_several_types_may_be_named_with_commas(archive: Archive) -> None:
    both = [row.id for row in archive.chronology(type=["arrest", "battle"])]
    assert [row.id for row in archive.chronology(type=["arrest,battle"])] == both
    assert [row.id for row in archive.chronology(type="arrest, battle,")] == both
