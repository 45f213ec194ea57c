"""Dates in the order of time, and as an English reader writes them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia import intervals, times
from testimonia.intervals import Interval, compare
from testimonia.views.dates import date_words, day_words, days_of, event_words, heading, place_in_time

WORDS = [
    ("1918-11-06", "6 November 1918"),
    ("1918-11", "November 1918"),
    ("1918-11-XX", "November 1918"),
    ("1918", "1918"),
    ("1918-XX", "1918"),
    ("192X", "1920s"),
    ("190X", "1900–09"),
    ("19XX", "20th century"),
    ("11XX", "12th century"),
    ("01XX", "2nd century"),
    ("-04XX", "5th century BC"),
    ("-048X", "490–481 BC"),
    ("000X", "AD 1–9"),
    ("1818~", "c. 1818"),
    ("1918-05?", "perhaps May 1918"),
    ("1918%", "perhaps c. 1918"),
    ("1922-21", "spring 1922"),
    ("1922-24", "winter 1922–23"),
    ("1999-24", "winter 1999–2000"),
    ("200X", "2000s"),
    ("190X", "1900–09"),
    ("1922-33", "first quarter of 1922"),
    ("1922-41", "second half of 1922"),
    ("1918/1920", "1918–20"),
    ("1903/1906", "1903–06"),
    ("1899/1901", "1899–1901"),
    ("-0490/-0479", "491–480 BC"),
    ("-0010/0015", "11 BC – AD 15"),
    ("1911-03/1911-05", "March–May 1911"),
    ("1909-03/1911-10", "March 1909 – October 1911"),
    ("1918-11-06/1918-11-09", "6–9 November 1918"),
    ("1918-11-28/1918-12-02", "28 November – 2 December 1918"),
    ("1918-12-28/1919-01-03", "28 December 1918 – 3 January 1919"),
    ("1918~/1920", "c. 1918 – 1920"),
    ("1929/..", "from 1929"),
    ("../1953-03-05", "until 5 March 1953"),
    ("../..", "no date"),
    ("-0489", "490 BC"),
    ("0000", "1 BC"),
    ("-0489-09-12", "12 September 490 BC"),
    ("0476", "AD 476"),
    ("0476-09-04", "4 September 476"),
    ("0030-04", "April AD 30"),
    ("XXXX-09-25", "25 September, year not known"),
    ("XXXX-12", "December, year not known"),
    ("1918-13", "1918-13"),
    ("soon", "soon"),
    ("", ""),
    (None, ""),
]


@pytest.mark.parametrize(("edtf", "words"), WORDS)
def test_dates_in_words(edtf: str | None, words: str) -> None:
    assert date_words(edtf) == words


@pytest.mark.parametrize(
    ("when", "until", "first", "last", "words"),
    [
        ("1918", None, "1918-01-01", "1918-12-31", "1918"),
        ("1918", None, "1918-07-02", "1918-12-31", "late 1918"),
        ("1918", None, "1918-01-01", "1918-07-02", "early 1918"),
        ("1918", None, "1918-04-02", "1918-10-01", "mid-1918"),
        ("1910-10", None, "1910-10-15", "1910-10-31", "late October 1910"),
        ("18XX", None, "1850-01-01", "1899-12-31", "late 19th century"),
        ("1918", "1920", "1918-01-01", "1920-12-31", "1918–20"),
        ("1918", "1920", "1918-07-02", "1920-12-31", "late 1918 – 1920"),
        ("1918", "1920", "1918-01-01", "1920-06-30", "1918 – early 1920"),
        ("1911-07-24", None, "1911-08-06", "1911-08-06", "24 July 1911 (Old Style; 6 August 1911)"),
        ("1917-10", None, "1917-10-14", "1917-11-13", "October 1917 (Old Style; 14 October – 13 November 1917)"),
        ("1938", "..", "1938-01-01", None, "from 1938"),
        ("..", "1927-02", None, "1927-02-28", "until February 1927"),
        ("-0489", None, None, None, "490 BC"),
    ],
)
def test_events_in_words(when: str, until: str | None, first: str | None, last: str | None, words: str) -> None:
    assert event_words(when, until, days_of(when, until, first, last)) == words


YEARS = st.one_of(st.integers(1000, 2030), st.integers(-1200, 999))
SINGLE = st.one_of(
    st.builds(intervals.edtf, YEARS, st.none(), st.none(), st.sampled_from(["", "~", "?"])),
    st.builds(intervals.edtf, YEARS, st.integers(1, 12)),
    st.builds(intervals.edtf, YEARS, st.integers(1, 12), st.integers(1, 28)),
    st.builds(intervals.edtf, YEARS, st.sampled_from([21, 22, 23, 24, 33, 40, 41])),
    st.integers(100, 202).filter(lambda n: n % 10).map(lambda n: f"{n}X"),
    st.integers(10, 20).map(lambda n: f"{n}XX"),
)
ANY = st.one_of(
    SINGLE,
    st.tuples(SINGLE, SINGLE).map("/".join),
    SINGLE.map(lambda d: f"{d}/.."),
    SINGLE.map(lambda d: f"../{d}"),
    st.sampled_from(["XXXX-05-03", "", "../..", "soon", "9999-99"]),
)


@settings(max_examples=300)
@given(st.lists(ANY, min_size=2, max_size=8))
def test_the_order_contradicts_no_comparison(dates: list[str]) -> None:
    spans = sorted((days_of(d) for d in dates), key=place_in_time)
    for i, one in enumerate(spans):
        for other in spans[i + 1 :]:
            assert compare(one, other) != "after", (one, other)
    keys = [place_in_time(s) for s in spans]
    assert all(a <= b for a, b in pairwise(keys)), "one order for all"


@given(st.lists(st.tuples(st.none() | st.integers(-9, 9), st.none() | st.integers(-9, 9)), max_size=6))
def test_any_days_have_one_order(ends: list[tuple[int | None, int | None]]) -> None:
    spans = [Interval(*sorted(e)) if None not in e else Interval(*e) for e in ends]  # type: ignore[type-var]
    ordered = sorted(spans, key=place_in_time)
    for i, one in enumerate(ordered):
        assert all(compare(one, other) != "after" for other in ordered[i + 1 :])


def test_a_stretch_stands_before_the_days_in_it_and_what_has_no_place_last() -> None:
    dates = ["XXXX-05-03", "1918-11-06", "1918-11", "1918-01-01", "1918"]
    dates += ["1918/1920", "1919", "-0489", "1918-10/1918-12"]
    ordered = sorted(dates, key=lambda d: place_in_time(days_of(d)))
    assert ordered == [
        "-0489", "1918/1920", "1918", "1918-01-01", "1918-10/1918-12", "1918-11", "1918-11-06", "1919", "XXXX-05-03",
    ]  # fmt: skip


# Not read as one date: "perhaps 1921", a month with BC, "winter 1899–1900".
READ = SINGLE.filter(lambda d: not d.startswith(("-", "0")) and not d.endswith(("?", "99-24")))
BEFORE_CHRIST = st.builds(intervals.edtf, st.integers(-998, -1))


@settings(max_examples=300, deadline=None)
@given(READ | BEFORE_CHRIST)
def test_what_is_written_is_read_again(edtf: str) -> None:
    """The words of a date, read as a text, give that date."""
    read = times.parse(date_words(edtf))
    assert read is not None, date_words(edtf)
    assert read.edtf == edtf


def ends(*parts: st.SearchStrategy[int]) -> st.SearchStrategy[tuple[str, str]]:
    """Two dates of one precision, the first before the second."""
    two = st.tuples(st.tuples(*parts), st.tuples(*parts)).map(sorted).filter(lambda e: e[0] != e[1])
    return two.map(lambda e: (intervals.edtf(*e[0]), intervals.edtf(*e[1])))


YEAR = st.integers(1000, 2030)
MONTHS = ends(YEAR, st.integers(1, 12)).filter(lambda e: e[0][:4] != e[1][:4])  # March–May 1911 is not read as a whole
RANGES = ends(YEAR) | MONTHS | ends(YEAR, st.integers(1, 12), st.integers(1, 28))


@settings(max_examples=300, deadline=None)
@given(RANGES)
def test_ranges_that_are_written_are_read_again(two: tuple[str, str]) -> None:
    words = date_words("/".join(two))
    read = times.parse(words)
    assert read is not None, words
    assert intervals.bounds(read.edtf or "") == intervals.bounds("/".join(two)), words


@given(ANY)
def test_words_say_the_year_and_never_less_than_a_date(edtf: str) -> None:
    days = days_of(edtf)
    words = event_words(edtf, None, days)
    assert words or not edtf
    year = heading(day_words(days.earliest), day_words(days.latest))
    assert bool(year) == (not place_in_time(days)[0])


@given(st.text(alphabet="0123456789-X/.~?% T", max_size=22), st.text(alphabet="0123456789-X/.", max_size=11))
def test_words_of_anything(when: str, until: str) -> None:
    days = days_of(when, until or None, when, until)
    assert isinstance(event_words(when, until or None, days), str)
    assert days.earliest is None or days.latest is None or days.earliest <= days.latest
