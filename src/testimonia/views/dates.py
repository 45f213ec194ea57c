"""Dates of events: the days they may mean, and how an English reader would write them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from testimonia import intervals
from testimonia.intervals import Interval

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
PARTS = {
    21: "spring", 22: "summer", 23: "autumn", 24: "winter", 33: "first quarter of", 34: "second quarter of",
    35: "third quarter of", 36: "fourth quarter of", 40: "first half of", 41: "second half of",
}  # fmt: skip
DATED_BY = {"narrative": "dated by the course of the text", "document": "dated by the document"}
_MARKS = {"": "", "~": "c. ", "?": "perhaps ", "%": "perhaps c. "}
_DATE = re.compile(r"(-?\d{4})(?:-(\d\d|XX)(?:-(\d\d|XX))?)?([~?%]?)", re.ASCII)
_LOOSE = re.compile(r"(-?)(\d{2}XX|\d{3}X)([~?%]?)", re.ASCII)
_YEARLESS = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?", re.ASCII)
_AS_DECADE = 2000  # from here on the first years of a century are told of as a decade
_LATE, _EARLY = 0.45, 0.55  # share of a stretch after which "late" begins, and before which "early" ends


class _Date(NamedTuple):
    year: int
    month: int | None
    day: int | None
    mark: str


# ---------------------------------------------------------------- days


@lru_cache(maxsize=65536)
def days_of(when: str, until: str | None = None, earliest: str | None = None, latest: str | None = None) -> Interval:
    """First and last day of ``when`` to ``until`` (EDTF).

    ``earliest``/``latest`` (YYYY-MM-DD), where they are known, say more than the EDTF can: the late part of a year, a
    day of the Julian calendar. Both sides are None where the date has no place in time, as one without its year.
    """
    begin, end = intervals.bounds(when), intervals.bounds(until if until else when)
    first = (intervals.from_iso(earliest) if earliest else None) or begin.earliest
    last = (intervals.from_iso(latest) if latest else None) or end.latest
    if first is not None and last is not None and first > last:
        first, last = last, first
    return Interval(first, last, begin.approximate or end.approximate)


def place_in_time(days: Interval) -> tuple[bool, int, int]:
    """The key that orders stretches: what lies wholly before another comes first, a stretch before what lies in it.

    A stretch without a beginning stands at its end; what has neither comes last.
    """
    first = days.latest if days.earliest is None else days.earliest
    if first is None:
        return True, 0, 0
    return False, first, -(days.latest if days.latest is not None else 10**9)


def possible(days: Interval) -> Interval:
    """All days that the stretch may mean: of an approximate one, as many more on each side as it is long."""
    if not days.approximate or days.earliest is None or days.latest is None:
        return days
    length = days.latest - days.earliest + 1
    return Interval(days.earliest - length, days.latest + length, True)


def day_words(number: int | None) -> str | None:
    """A counted day as EDTF, of any year; None for none."""
    return None if number is None else intervals.edtf(*intervals.civil(number))


# ---------------------------------------------------------------- words


def date_words(edtf: str | None) -> str:
    """An EDTF date or range as an English reader would write it; what has no short form is given as it is."""
    if not edtf:
        return ""
    if "/" in edtf:
        first, last = edtf.split("/", 1)
        return range_words(first, last)
    return _single(edtf)


def range_words(first: str, last: str) -> str:
    """``1918`` and ``1920``: 1918–20; ``..`` or nothing is an open side."""
    if last in ("", ".."):
        return f"from {_single(first)}" if first not in ("", "..") else "no date"
    if first in ("", ".."):
        return f"until {_single(last)}"
    a, b = _read(first), _read(last)
    if first == last:
        return _single(first)
    return (_close(a, b) if a and b else None) or f"{_single(first)} – {_single(last)}"


def event_words(when: str, until: str | None, days: Interval) -> str:
    """The date of an event: 6 November 1918; late 1918; 1918–20; 24 July 1911 (Old Style; 6 August 1911)."""
    begin, end = intervals.bounds(when), intervals.bounds(until if until else when)
    if (days.earliest, days.latest) == (begin.earliest, end.latest):
        return range_words(when, until) if until else date_words(when)
    if _outside(days.earliest, begin) or _outside(days.latest, end):
        written = range_words(when, until) if until else date_words(when)
        meant = range_words(day_words(days.earliest) or "", day_words(days.latest) or "")
        return f"{written} (Old Style; {meant})"
    if not until:
        return _part(days, begin) + date_words(when)
    first = _part(Interval(days.earliest, begin.latest), begin) + _single(when)
    return f"{first} – {_part(Interval(end.earliest, days.latest), end)}{_single(until)}"


def heading(earliest: str | None, latest: str | None) -> str:
    """The year under which an event of these days (EDTF) stands: "1918", "490 BC"; "" for no place in time."""
    day = earliest or latest
    return year_words(int(day[: -len("-MM-DD")])) if day else ""


def year_words(year: int) -> str:
    if year <= 0:
        return f"{1 - year} BC"
    return str(year) if year >= 1000 else f"AD {year}"


def _read(edtf: str) -> _Date | None:
    """A date with a year; XX for a month or day is as if it were left out."""
    match = _DATE.fullmatch(edtf)
    if not match:
        return None
    year, month, day, mark = match.groups()
    known = month is not None and month != "XX"
    number = int(month) if known else None
    if number is not None and number not in PARTS and not 1 <= number <= 12:
        return None
    whole = known and day is not None and day != "XX"
    return _Date(int(year), number, int(day) if whole else None, mark)


def _single(edtf: str) -> str:
    date, loose, yearless = _read(edtf), _LOOSE.fullmatch(edtf), _YEARLESS.fullmatch(edtf)
    if date:
        return _MARKS[date.mark] + _plain(date)
    if loose:
        return _MARKS[loose[3]] + _loose(loose[2], bool(loose[1]))
    if yearless and 1 <= int(yearless[1]) <= 12:
        day = f"{int(yearless[2])} " if yearless[2] else ""
        return f"{day}{MONTHS[int(yearless[1]) - 1]}, year not known"
    return edtf


def _plain(date: _Date) -> str:
    if date.month == 24:  # a winter begins in December of its year
        return f"winter {_years(date.year, date.year + 1)}"
    if date.month is None:
        return year_words(date.year)
    year = str(date.year) if 100 <= date.year < 1000 else year_words(date.year)
    return f"{_day_and_month(date)} {year}"


def _day_and_month(date: _Date) -> str:
    if date.month is None:
        return ""
    name = PARTS.get(date.month) or MONTHS[date.month - 1]
    return f"{date.day} {name}" if date.day else name


def _loose(digits: str, before: bool) -> str:
    """192X: 1920s; 19XX: 20th century; of years before Christ, -04XX is the 5th century BC."""
    known = digits.rstrip("X")
    if len(known) == 2:
        return f"{_ordinal(int(known) + 1)} century{' BC' if before else ''}"
    tens = int(known) * 10
    if before:
        return _years(-tens - 9, -tens)
    plain = tens % 100 or tens >= _AS_DECADE
    return f"{year_words(tens)}s" if plain else _years(max(1, tens), tens + 9)  # the 1900s may be the century


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _years(first: int, last: int) -> str:
    """1918–20; 491–481 BC; AD 5–9; 11 BC – AD 15."""
    if first <= 0 and last <= 0:
        return f"{1 - first}–{year_words(last)}"
    if first <= 0:
        return f"{year_words(first)} – {year_words(last)}"
    if first < 1000:
        return f"{year_words(first)}–{last}"
    return f"{first}–{last % 100:02d}" if first // 100 == last // 100 else f"{first}–{last}"


def _close(a: _Date, b: _Date) -> str | None:
    """A range whose ends share what need not be said twice; None where they do not."""
    if a.mark or b.mark:
        return None
    if a.month is None and b.month is None:
        return _years(a.year, b.year) if a.year < b.year else None
    months = a.month and b.month and max(a.month, b.month) <= 12
    if a.year != b.year or not months or (a.day is None) != (b.day is None):
        return None
    if a.day and a.month == b.month:
        return f"{a.day}–{_plain(b)}"
    return f"{_day_and_month(a)}{' – ' if a.day else '–'}{_plain(b)}"


def _outside(day: int | None, stretch: Interval) -> bool:
    """Whether a day lies outside the stretch as it is written: then it is of another calendar."""
    before = day is not None and stretch.earliest is not None and day < stretch.earliest
    return before or (day is not None and stretch.latest is not None and day > stretch.latest)


def _part(days: Interval, whole: Interval) -> str:
    """ "early ", "mid-" or "late ", where the days are a part of the whole."""
    if None in (days.earliest, days.latest, whole.earliest, whole.latest):
        return ""
    assert days.earliest is not None and days.latest is not None  # noqa: PT018
    assert whole.earliest is not None and whole.latest is not None  # noqa: PT018
    length = whole.latest - whole.earliest + 1
    begins, ends = (days.earliest - whole.earliest) / length, (days.latest - whole.earliest + 1) / length
    if begins >= _LATE or (begins > 0 and ends == 1):
        return "late "
    if ends <= _EARLY or (ends < 1 and begins == 0):
        return "early "
    return "mid-" if begins > 0 else ""
