"""Days, EDTF and their comparison, checked against the standard library and the ``edtf`` package."""

from __future__ import annotations

import datetime

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia import intervals
from testimonia.intervals import bounds, compare, iso

NUMBERS = st.integers(min_value=-2_000_000, max_value=3_000_000)


@given(st.dates())
def test_days_are_counted_as_in_the_standard_library(day: datetime.date) -> None:
    number = intervals.day_number(day.year, day.month, day.day)
    assert number == day.toordinal()
    assert intervals.civil(number) == (day.year, day.month, day.day)
    assert intervals.weekday(number) == day.isoweekday()
    assert intervals.iso_week(number) == tuple(day.isocalendar())[:2]
    assert iso(number) == day.isoformat()
    assert intervals.from_iso(day.isoformat()) == number


@given(NUMBERS)
def test_days_before_the_year_one_too(number: int) -> None:
    assert intervals.day_number(*intervals.civil(number)) == number
    assert intervals.civil(number + 1) > intervals.civil(number)


@pytest.mark.parametrize(
    ("julian", "gregorian"),
    [
        ((1917, 10, 25), (1917, 11, 7)),
        ((1582, 10, 5), (1582, 10, 15)),
        ((1700, 2, 29), (1700, 3, 11)),
        ((1881, 3, 1), (1881, 3, 13)),
        ((1, 1, 1), (0, 12, 30)),
        ((-4712, 1, 1), (-4713, 11, 24)),
    ],
)
def test_julian_days(julian: tuple[int, int, int], gregorian: tuple[int, int, int]) -> None:
    assert intervals.julian_to_gregorian(*julian) == gregorian


@pytest.mark.parametrize("day", [(1900, 2, 29), (1918, 13, 1), (1918, 4, 31), (1918, 0, 1), (1918, 1, 0)])
def test_days_that_do_not_exist(day: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="there is no day"):
        intervals.day_number(*day)
    if day[1:] != (2, 29):
        with pytest.raises(ValueError, match="there is no Julian day"):
            intervals.julian_day_number(*day)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1918", "1918-01-01", "1918-12-31"),
        ("1918-11", "1918-11-01", "1918-11-30"),
        ("1918-11-06", "1918-11-06", "1918-11-06"),
        ("1918-XX", "1918-01-01", "1918-12-31"),
        ("1918-11-XX", "1918-11-01", "1918-11-30"),
        ("192X", "1920-01-01", "1929-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("1917~", "1917-01-01", "1917-12-31"),
        ("1917?", "1917-01-01", "1917-12-31"),
        ("1922/1924", "1922-01-01", "1924-12-31"),
        ("1938/..", "1938-01-01", None),
        ("../1927-02", None, "1927-02-28"),
        ("1922-24", "1922-12-01", "1923-02-28"),
        ("1922-21", "1922-03-01", "1922-05-31"),
        ("1989-35", "1989-07-01", "1989-09-30"),
        ("1989-41", "1989-07-01", "1989-12-31"),
        ("-0489", None, None),
        ("XXXX-09-25", None, None),
        ("1918-13-01", None, None),
        ("1918-02-30", None, None),
        ("no date", None, None),
        ("", None, None),
    ],
)
def test_bounds(text: str, first: str | None, last: str | None) -> None:
    span = bounds(text)
    assert (iso(span.earliest), iso(span.latest)) == (first, last)


def test_years_before_christ_have_days_that_compare() -> None:
    marathon, salamis = bounds("-0489"), bounds("-0479")
    assert marathon.earliest is not None
    assert compare(marathon, salamis) == "before"
    assert bounds("-049X") == intervals.Interval(bounds("-0499").earliest, bounds("-0490").latest)


@pytest.mark.parametrize(
    ("a", "b", "order"),
    [
        ("1918", "1919-01-01", "before"),
        ("1919-01-01", "1918", "after"),
        ("1918", "1918-11-06", "overlaps"),
        ("1917~", "1918", "cannot tell"),
        ("1917~", "1930", "before"),
        ("1938/..", "1940", "cannot tell"),
        ("1938/..", "1930", "after"),
        ("XXXX-09-25", "1940", "cannot tell"),
    ],
)
def test_compare(a: str, b: str, order: str) -> None:
    assert compare(bounds(a), bounds(b)) == order


MONTHS = [None, *range(1, 13), *range(21, 25), *range(33, 37), 40, 41]


@settings(max_examples=50, deadline=None)
@given(st.integers(-9999, 9999), st.sampled_from(MONTHS), st.sampled_from(["", "~", "?", "%"]))
def test_what_is_written_is_edtf(year: int, month: int | None, qualifier: str) -> None:
    text = intervals.edtf(year, month, 28 if month and month <= 12 else None, qualifier)
    parse_edtf(text)
    assert bounds(text).earliest is not None


@given(st.text(alphabet="0123456789-X/.~?% T", max_size=14))
def test_bounds_of_anything(text: str) -> None:
    span = bounds(text)
    if span.earliest is not None and span.latest is not None and "/" not in text:
        assert span.earliest <= span.latest
