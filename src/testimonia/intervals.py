"""Days, and stretches of days, that can be compared although a date may be partial.

A day is counted as a whole number in the proleptic Gregorian calendar: day 1 is 1 January of the year 1, as in
``datetime.date.toordinal``, and the count goes on below it. Years are astronomical: 1 BC is the year 0, 490 BC is -489.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Order = Literal["before", "after", "overlaps", "cannot tell"]

_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAYS_IN_400_YEARS = 146_097
# EDTF seasons; a winter begins in December of its year. (first month, months, years between first and last)
SEASONS = {21: (3, 5, 0), 22: (6, 8, 0), 23: (9, 11, 0), 24: (12, 2, 1)}
QUARTERS = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12)}
HALVES = {40: (1, 6), 41: (7, 12)}


class Interval(NamedTuple):
    """First and last possible day (counted, both inclusive); None: open, or not known.

    ``approximate``: the source says circa, or doubts the date, so that days near the edges are possible too.
    """

    earliest: int | None
    latest: int | None
    approximate: bool = False


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    return 29 if month == 2 and is_leap(year) else _MONTH_DAYS[month - 1]


def day_number(year: int, month: int, day: int) -> int:
    """The day's count; raises ``ValueError`` for a day that the calendar does not have."""
    if not 1 <= month <= 12 or not 1 <= day <= month_length(year, month):
        raise ValueError(f"there is no day {year}-{month}-{day}")
    before = year - 1
    leap_day = int(month > 2 and is_leap(year))
    return before * 365 + before // 4 - before // 100 + before // 400 + sum(_MONTH_DAYS[: month - 1]) + leap_day + day


def civil(number: int) -> tuple[int, int, int]:
    """(year, month, day) of a counted day."""
    cycles, rest = divmod(number - 1, _DAYS_IN_400_YEARS)
    year = cycles * 400 + rest // 366 + 1
    while day_number(year + 1, 1, 1) <= number:
        year += 1
    rest = number - day_number(year, 1, 1)
    month = 1
    while rest >= month_length(year, month):
        rest -= month_length(year, month)
        month += 1
    return year, month, rest + 1


def iso(number: int | None) -> str | None:
    """YYYY-MM-DD; None for a day that is not known or lies before the year 1 or after 9999."""
    if number is None:
        return None
    year, month, day = civil(number)
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= year <= 9999 else None


def from_iso(day: str) -> int | None:
    """The count of a day written YYYY-MM-DD; None where it is no such day."""
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", day, re.ASCII)
    try:
        return day_number(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def julian_day_number(year: int, month: int, day: int) -> int:
    """The count of a day that is written in the Julian calendar (Old Style).

    Raises ``ValueError`` for a day that calendar does not have.
    """
    length = 29 if month == 2 and year % 4 == 0 else _MONTH_DAYS[month - 1] if 1 <= month <= 12 else 0
    if not 1 <= day <= length:
        raise ValueError(f"there is no Julian day {year}-{month}-{day}")
    before = year - 1
    leap_day = int(month > 2 and year % 4 == 0)
    # The Julian count of 1 January 1 lies two days before the Gregorian one.
    return before * 365 + before // 4 + sum(_MONTH_DAYS[: month - 1]) + leap_day + day - 2


def julian_to_gregorian(year: int, month: int, day: int) -> tuple[int, int, int]:
    """25 October 1917 Old Style is 7 November 1917. Raises ``ValueError`` as ``julian_day_number`` does."""
    return civil(julian_day_number(year, month, day))


def month_span(year: int, first: int, last: int) -> Interval:
    """From the first day of one month to the last day of another of the same year."""
    return Interval(day_number(year, first, 1), day_number(year, last, month_length(year, last)))


def week_span(year: int, week: int) -> Interval:
    """Monday to Sunday of an ISO week."""
    fourth = day_number(year, 1, 4)
    monday = fourth - weekday(fourth) + 1 + 7 * (week - 1)
    return Interval(monday, monday + 6)


def weekday(number: int) -> int:
    """1 for Monday to 7 for Sunday."""
    return (number - 1) % 7 + 1


def iso_week(number: int) -> tuple[int, int]:
    """(year, week) of the ISO week that holds a counted day."""
    thursday = number - weekday(number) + 4
    year = civil(thursday)[0]
    return year, (thursday - day_number(year, 1, 1)) // 7 + 1


# ---------------------------------------------------------------- EDTF (ISO 8601-2)

_DATE = re.compile(r"(-?)([0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2}))?)?([~?%]?)", re.ASCII)
_OPEN = Interval(None, None)


def edtf(year: int, month: int | None = None, day: int | None = None, qualifier: str = "") -> str:
    """A date as EDTF, as precise as what is given; ``month`` may be a season, quarter or half (21 to 41).

    ``qualifier`` is "" or one of ``~`` (approximate), ``?`` (uncertain), ``%`` (both).
    """
    sign = "-" if year < 0 else ""
    parts = [f"{sign}{abs(year):04d}", *(f"{part:02d}" for part in (month, day) if part is not None)]
    # A season, quarter or half cannot be qualified as a whole in levels 0 to 2 as readers know them.
    return "-".join(parts) + (qualifier if month is None or month <= 12 else "")


def edtf_range(first: str | None, last: str | None) -> str:
    """``first/last``; None is an open side."""
    return f"{first or '..'}/{last or '..'}"


def bounds(text: str) -> Interval:
    """First and last day of an EDTF date, season, unspecified date (192X, 1918-XX) or range (1922/1924, 1938/..).

    An open or unknown side is None, and so are both where the string is not EDTF of this kind or has no year.
    """
    if "/" in text:
        first, _, last = text.partition("/")
        start, stop = _side(first), _side(last)
        if start is None or stop is None:
            return _OPEN
        return Interval(start.earliest, stop.latest, start.approximate or stop.approximate)
    return _single(text) or _OPEN


def _side(text: str) -> Interval | None:
    return _OPEN if text in ("", "..") else _single(text)


def _single(text: str) -> Interval | None:
    match = _DATE.fullmatch(text)
    if not match:
        return None
    sign, digits, month, day, qualifier = match.groups()
    years = _years(digits)
    if years is None:
        return None
    first, last = (-years[1], -years[0]) if sign else years
    try:
        span = _within(first, last, month, day)
    except ValueError:
        return None
    return Interval(span.earliest, span.latest, qualifier != "")


def _years(digits: str) -> tuple[int, int] | None:
    """192X: 1920 to 1929. A place left open must be followed by none that is known."""
    known = digits.rstrip("X")
    if not known or "X" in known:
        return None
    return int(known.ljust(4, "0")), int(known.ljust(4, "9"))


def _within(first: int, last: int, month: str | None, day: str | None) -> Interval:
    if month is None or "X" in month or first != last:
        return Interval(day_number(first, 1, 1), day_number(last, 12, 31))
    number = int(month)
    if number in SEASONS:
        begin, end, later = SEASONS[number]
        return Interval(day_number(first, begin, 1), day_number(first + later, end, month_length(first + later, end)))
    if number > 12 or day is None or "X" in day:
        return month_span(first, *(QUARTERS.get(number) or HALVES.get(number) or (number, number)))
    return Interval(day_number(first, number, int(day)), day_number(first, number, int(day)))


def compare(a: Interval, b: Interval) -> Order:
    """Whether ``a`` lies before or after ``b``, shares a day with it, or cannot be told.

    It cannot be told where a side that matters is open or not known, nor where a date is approximate and the two lie
    no further apart than the longer of them lasts.
    """
    if a.latest is not None and b.earliest is not None and a.latest < b.earliest:
        return "cannot tell" if _near(a, b, b.earliest - a.latest) else "before"
    if b.latest is not None and a.earliest is not None and b.latest < a.earliest:
        return "cannot tell" if _near(a, b, a.earliest - b.latest) else "after"
    if None in (a.earliest, a.latest, b.earliest, b.latest):
        return "cannot tell"
    return "overlaps"


def _near(a: Interval, b: Interval, gap: int) -> bool:
    lengths = [i.latest - i.earliest + 1 for i in (a, b) if i.latest is not None and i.earliest is not None]
    return (a.approximate or b.approximate) and gap <= max(lengths, default=0)
