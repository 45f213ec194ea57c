"""Periods that a person walks through: blocks of the calendar, from millennia to days and back."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia import intervals
from testimonia.views.periods import UNITS, Period, asked, beside, block, blocks, bulk, counted, finest, inner, outers

DAYS = st.integers(intervals.day_number(-3000, 1, 1), intervals.day_number(2500, 1, 1))
BLOCKS = st.builds(block, st.sampled_from(UNITS[:-1]), DAYS)
PERIODS = st.one_of(BLOCKS, st.tuples(DAYS, st.integers(0, 200_000)).map(lambda p: Period(p[0], p[0] + p[1])))


def period(first: str, last: str | None = None) -> Period:
    span = asked(first, last or first)
    assert span.earliest is not None
    assert span.latest is not None
    return Period(span.earliest, span.latest)


@pytest.mark.parametrize(
    ("first", "last", "words", "before", "after", "outward", "inward"),
    [
        ("1911-08-07", None, "7 August 1911", "6 August 1911", "8 August 1911", "August 1911", None),
        ("1911-08", None, "August 1911", "July 1911", "September 1911", "1911", "1 August 1911"),
        ("1911", None, "1911", "1910", "1912", "1910–19", "January 1911"),
        ("191X", None, "1910–19", "1900–09", "1920–29", "1900–99", "1910"),
        ("19XX", None, "1900–99", "1800–99", "2000–99", "1000–1999", "1900–09"),
        ("-0489", None, "490 BC", "491 BC", "489 BC", "490–481 BC", "January 490 BC"),
        ("0001", None, "AD 1", "1 BC", "AD 2", "AD 1–9", "January AD 1"),
        ("0000", None, "1 BC", "2 BC", "AD 1", "10–1 BC", "January 1 BC"),
        ("1909", "1912", "1909–12", "1905–08", "1913–16", "1900–99", "1909"),
        ("1911-07-24", "1911-08-15", "24 July – 15 August 1911", "1–23 July 1911", "16 August – 7 September 1911",
         "1911", "24 July 1911"),
    ],
)  # fmt: skip
def test_ways(
    first: str, last: str | None, words: str, before: str, after: str, outward: str, inward: str | None
) -> None:
    here = period(first, last)
    assert str(here) == words
    assert [str(beside(here, step)) for step in (-1, 1)] == [before, after]
    assert str(outers(here)[-1]) == outward
    assert [str(p) for p in inner(here)[:1]] == ([inward] if inward else [])


def test_at_the_ends_of_time_there_is_no_further_way() -> None:
    assert beside(period("9999"), 1) is None
    assert beside(period("-9999"), -1) is None
    assert str(beside(period("9999"), -1)) == "9998"


@given(PERIODS)
def test_a_period_is_what_its_dates_say(here: Period) -> None:
    assert period(*here.edtf) == here


@given(BLOCKS)
def test_there_and_back(here: Period) -> None:
    after = beside(here, 1)
    assert after is not None
    assert after.first == here.last + 1
    assert beside(after, -1) == here
    assert all(wide.first <= here.first and here.last <= wide.last for wide in outers(here))
    lengths = [wide.length for wide in (*outers(here), here)]
    assert all(a > b for a, b in pairwise(lengths))


@settings(deadline=None)
@given(PERIODS)
def test_what_lies_inside_is_all_of_it(here: Period) -> None:
    parts = inner(here)
    if not parts:
        return
    assert (parts[0].first, parts[-1].last) == (here.first, here.last)
    assert all(a.last + 1 == b.first for a, b in pairwise(parts))
    assert 2 <= len(parts) <= 33
    for unit in UNITS[2:]:
        assert all(b.last + 1 == c.first for b, c in pairwise(blocks(unit, here)))
    assert len(list(blocks(finest(here, 100), here))) <= 102


STRETCHES = st.tuples(DAYS, st.integers(0, 4000)).map(lambda p: intervals.Interval(p[0], p[0] + p[1]))


@given(PERIODS, st.lists(STRETCHES, max_size=20))
def test_counts_are_those_of_counting(here: Period, stretches: list[intervals.Interval]) -> None:
    parts = inner(here)
    sure, more = counted(stretches, parts)
    for part, surely, perhaps in zip(parts, sure, more, strict=True):
        meet = [s for s in stretches if (s.earliest or 0) <= part.last and (s.latest or 0) >= part.first]
        inside = [s for s in meet if part.first <= (s.earliest or 0) and (s.latest or 0) <= part.last]
        assert (surely, perhaps) == (len(inside), len(meet) - len(inside))


def test_what_is_open_counts_where_its_known_end_lies() -> None:
    here = period("191X")
    parts = inner(here)

    def more(edtf: str) -> list[int]:
        sure, more = counted([intervals.bounds(edtf)], parts)
        assert sum(sure) == 0
        return more

    assert more("1913/..") == more("../1913") == [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]
    assert more("1905/..") == more("../1925") == [1] * 10
    assert more("1921/..") == more("../1909") == more("../..") == [0] * 10


def test_a_few_far_ones_do_not_press_the_rest_into_a_corner() -> None:
    near = [(period(str(y)).first, period(str(y)).last) for y in range(1905, 1932)]
    assert str(bulk(near)) == "1905–31"
    assert str(bulk([*near, (period("-0489").first, period("-0489").last)])) == "1905–31"
    assert str(bulk(near[:1])) == "1905"
    assert bulk([]) is None
