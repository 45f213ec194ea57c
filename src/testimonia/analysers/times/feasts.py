"""Days that have a name, and those among them that move from year to year."""

from __future__ import annotations

import re
from dataclasses import replace

from testimonia import intervals
from testimonia.analysers.times.moment import Moment

_EASTER = re.compile(r"E([+-]\d+)")
_WEEKDAY = re.compile(r"(\d+)-(-?\d)-(\d)")
_REFORM = 1583  # the first year with a Gregorian Easter


def fixed_day(rule: str) -> Moment:
    """What a rule of times.yml says without a year: 1225, E-2 (days from Easter), 11-4-4 (the fourth Thursday of
    November). A day that moves has its month only, and its rule in ``feast``."""
    weekday = _WEEKDAY.fullmatch(rule)
    if weekday:
        return Moment(month=int(weekday.group(1)), feast=rule)
    if _EASTER.fullmatch(rule):
        return Moment(month=4, feast=rule)
    month, day = divmod(int(rule), 100)
    return Moment(month=month, day=day)


def settled(moment: Moment) -> Moment:
    """A moment on a day that moves, once its year is known."""
    if not moment.feast or moment.year is None:
        return moment
    weekday = _WEEKDAY.fullmatch(moment.feast)
    if weekday:
        day = _nth_weekday(moment.year, *map(int, weekday.groups()))
    else:
        offset = _EASTER.fullmatch(moment.feast)
        day = easter(moment.year) + int(offset.group(1) if offset else 0)
    year, month, number = intervals.civil(day)
    return replace(moment, year=year, month=month, day=number, feast="")


def _nth_weekday(year: int, month: int, nth: int, weekday: int) -> int:
    if nth < 0:
        last = intervals.day_number(year, month, intervals.month_length(year, month))
        return last - (intervals.weekday(last) - weekday) % 7
    first = intervals.day_number(year, month, 1)
    return first + (weekday - intervals.weekday(first)) % 7 + 7 * (nth - 1)


def easter(year: int) -> int:
    """The count of Easter Sunday of the Western churches; before the reform of 1582 by the Julian calendar.

    Gregorian: the anonymous algorithm (Nature, 1876); Julian: Meeus, Astronomical Algorithms, chapter 8.
    """
    a = year % 19
    if year < _REFORM:
        d = (19 * a + 15) % 30
        e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
        month, day = divmod(d + e + 114, 31)
        return intervals.day_number(year, month, day + 1)  # as the day was written then
    b, c = divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    n = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * n) // 451
    month, day = divmod(h + n - 7 * m + 114, 31)
    return intervals.day_number(year, month, day + 1)
