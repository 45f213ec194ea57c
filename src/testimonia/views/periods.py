"""Periods that a person asks for and walks through: centuries, decades, years, months, days.

A period is its first and last day, counted as in ``testimonia.intervals``, both included. Years are astronomical there
(490 BC is -489); decades and centuries before Christ end in the year 1 BC, as in EDTF those of one sign do.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from testimonia import intervals
from testimonia.errors import InputError
from testimonia.intervals import Interval
from testimonia.views.dates import date_words, days_of, range_words

UNITS = ("day", "month", "year", "decade", "century", "millennium")
_FIRST, _LAST = (
    intervals.day_number(-9999, 1, 1),
    intervals.day_number(9999, 12, 31),
)  # what EDTF names with four digits
_YEARS = {"decade": 10, "century": 100, "millennium": 1000}
LONGEST = 60  # code points of a date in words
_HINT = (
    "Give a year (1918), a month (1918-11), a day (1918-11-06), or words with a year: spring 1921, the 1920s, 490 BC; "
    "as EDTF 1921-21, 192X, -0489."
)


class Period(NamedTuple):
    """``first`` and ``last`` day, both included."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """In days."""
        return self.last - self.first + 1

    def __str__(self) -> str:
        return range_words(*self.edtf)

    @property
    def between(self) -> str:
        """As the end of a sentence: "between 1862 and 2011"; "of August 1911"."""
        first, last = self.edtf
        return f"of {self}" if first == last else f"between {date_words(first)} and {date_words(last)}"

    @property
    def edtf(self) -> tuple[str, str]:
        """(first, last) as EDTF, no more precise than is needed: a whole year is (1918, 1918)."""
        a, b = intervals.civil(self.first), intervals.civil(self.last)
        after = intervals.civil(self.last + 1)
        if a[1:] == (1, 1) and after[1:] == (1, 1):
            return intervals.edtf(a[0]), intervals.edtf(b[0])
        if a[2] == 1 and after[2] == 1:
            return intervals.edtf(*a[:2]), intervals.edtf(*b[:2])
        return intervals.edtf(*a), intervals.edtf(*b)


def asked(from_: str | None, to: str | None) -> Interval:
    """The days from the first of one date to the last of another, EDTF or in words; None where nothing is asked.

    Raises ``InputError`` for what is no date, and for an end before the beginning.
    """
    first = _bounds(from_).earliest if from_ else None
    last = _bounds(to).latest if to else None
    if (from_ and first is None) or (to and last is None):
        raise _no_date(from_ if from_ and first is None else to or "")
    if first is not None and last is not None and last < first:
        raise InputError(f"the period ends ({to}) before it begins ({from_})", hint="Exchange the two dates.")
    return Interval(first, last)


def _bounds(date: str) -> Interval:
    found = intervals.bounds(date.strip())
    return found if found[:2] != (None, None) else _worded(date)


def _worded(date: str) -> Interval:
    """The days of a date that is written in words."""
    from testimonia import times  # the rules take a moment to load, and EDTF needs none

    read = times.parse(date) if len(date) <= LONGEST and date.isprintable() else None
    found = days_of(read.edtf, None, read.earliest, read.latest) if read and read.edtf and not read.doubt else None
    if found is None or found[:2] == (None, None):
        raise _no_date(date)
    return found


def _no_date(date: str) -> InputError:
    return InputError(f"{date!r} is not a date", hint=_HINT)


# ---------------------------------------------------------------- blocks of the calendar


def block(unit: str, day: int) -> Period:
    """The day, month, year, decade, century or millennium that a day lies in."""
    year, month, _ = intervals.civil(day)
    if unit == "day":
        return Period(day, day)
    if unit == "month":
        first = intervals.day_number(year, month, 1)
        return Period(first, first + intervals.month_length(year, month) - 1)
    first_year, last_year = _block_of_years(year, _YEARS.get(unit, 1))
    return Period(intervals.day_number(first_year, 1, 1), intervals.day_number(last_year, 12, 31))


def _block_of_years(year: int, size: int) -> tuple[int, int]:
    """1911: 1910 to 1919; -489 (490 BC): -489 to -480; the years 1 to 9 are a short block, as there is no year 0."""
    if year <= 0:
        back = -year // size * size
        return -back - size + 1, -back
    first = year // size * size
    return max(1, first), first + size - 1


def blocks(unit: str, period: Period) -> Iterator[Period]:
    """The blocks that share a day with the period, in order."""
    day = period.first
    while day <= period.last:
        found = block(unit, day)
        yield found
        day = found.last + 1


def finest(period: Period, most: int) -> str:
    """The finest unit of which the period has at most ``most`` blocks; the coarsest where all have more."""
    years = intervals.civil(period.last)[0] - intervals.civil(period.first)[0] + 1
    numbers = {"day": period.length, "month": years * 12, "year": years, "decade": years // 10 + 1}
    if years <= 2:
        numbers["month"] = sum(1 for _ in blocks("month", period))
    numbers |= {"century": years // 100 + 1}
    return next((unit for unit in UNITS[:-1] if numbers[unit] <= most), UNITS[-1])


# ---------------------------------------------------------------- walking


def outer(period: Period) -> Period | None:
    """The next greater block that holds the whole period; None beyond millennia."""
    for unit in UNITS[1:]:
        found = block(unit, period.first)
        if found.length > period.length and found.last >= period.last:
            return found
    return None


def outers(period: Period) -> list[Period]:
    """All blocks that hold the period, the greatest first."""
    found: list[Period] = []
    wider = outer(period)
    while wider:
        found.insert(0, wider)
        wider = outer(wider)
    return found


def beside(period: Period, step: int) -> Period | None:
    """The period before (``step`` -1) or after it (1): the next month after a month, else as many years or days.

    None where EDTF cannot name it with four digits.
    """
    found = _beside(period, step)
    return found if found.first >= _FIRST and found.last <= _LAST else None


def _beside(period: Period, step: int) -> Period:
    for unit in UNITS:
        if block(unit, period.first) == period:
            return block(unit, period.first - 1 if step < 0 else period.last + 1)
    years = _whole_years(period)
    if years:
        first, last = years
        length = (last - first + 1) * step
        return Period(intervals.day_number(first + length, 1, 1), intervals.day_number(last + length, 12, 31))
    return Period(period.first + step * period.length, period.last + step * period.length)


def _whole_years(period: Period) -> tuple[int, int] | None:
    first, last = intervals.civil(period.first), intervals.civil(period.last)
    return (first[0], last[0]) if first[1:] == (1, 1) and last[1:] == (12, 31) else None


def inner(period: Period, most: int = 31) -> list[Period]:
    """The blocks to walk into, cut to the period; none for a single day."""
    if period.length == 1:
        return []
    unit = finest(period, most)
    found = [Period(max(b.first, period.first), min(b.last, period.last)) for b in blocks(unit, period)]
    return found if len(found) > 1 else []


# ---------------------------------------------------------------- what is drawn and counted


def bulk(stretches: list[tuple[int, int]]) -> Period | None:
    """A period of whole years or more in which nearly all stretches lie, so that a few far ones do not press the rest
    into a corner; None for no stretch.
    """
    if not stretches:
        return None
    ends = sorted(day for stretch in stretches for day in stretch)
    far = max(len(ends) // 25, 4 if len(ends) >= 24 else 0)  # ends of stretches that may be far off, on each side
    low, high = ends[far], ends[-1 - far]
    room = max(3653, (high - low) // 2)
    near = [s for s in stretches if low - room <= s[0] and s[1] <= high + room] or stretches
    first, last = min(s[0] for s in near), max(s[1] for s in near)
    unit = "month" if last - first < 62 else "year" if last - first < 3653 * 3 else "decade"
    return Period(block(unit, first).first, block(unit, last).last)


class Counts(NamedTuple):
    """How many stretches surely lie in a block, and how many more may or reach into it."""

    sure: list[int]
    more: list[int]


def counted(stretches: Iterable[Interval], parts: list[Period]) -> Counts:
    """Stretches counted by the parts of a period, which follow each other in order.

    One that is open at an end is counted where its known end lies: else it would stand in all parts to the end of time.
    """
    starts = [part.first for part in parts]
    sure, change = [0] * len(parts), [0] * (len(parts) + 1)
    for first, last, _ in stretches:
        known = first if last is None else last
        if not parts or known is None:
            continue
        begin, end = (known if first is None else first), (known if last is None else last)
        if None in (first, last) and not starts[0] <= known <= parts[-1].last:  # it reaches over all of them, or none
            begin = starts[0] if first is None else begin
            end = parts[-1].last if last is None else end
        if end < starts[0] or begin > parts[-1].last:
            continue
        i, j = max(0, bisect_right(starts, begin) - 1), bisect_right(starts, end) - 1
        if None not in (first, last) and i == j and parts[i].first <= begin and end <= parts[i].last:
            sure[i] += 1
        else:
            change[i] += 1
            change[j + 1] -= 1
    more, total = [], 0
    for step in change[:-1]:
        total += step
        more.append(total)
    return Counts(sure, more)
