"""A point in time as far as it is known, and how it is written."""

from __future__ import annotations

from dataclasses import dataclass, replace

from testimonia import intervals
from testimonia.intervals import Interval

_DAYS = {"D": 1, "N": 1, "W": 7, "F": 14}
_MONTHS = {"MO": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}
_FOUR_DIGITS = 9999
_EDGES_OF_YEAR = {"START": (1, 3), "END": (10, 12)}
_PARTS_OF_YEAR = {"START": (1, 6), "MID": (4, 9), "END": (7, 12)}
_YEARS = {"Y": 1, "DE": 10, "CE": 100, "ML": 1000}
SEASONS = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}


@dataclass(frozen=True, slots=True)
class Moment:
    """Calendar fields, None where not known. ``year`` is astronomical; ``decade`` 193 is 1930 to 1939, ``century`` 19
    is 1900 to 1999 (both counted backwards before Christ, where ``before`` is set); ``part`` is TIMEX3's time of day
    ("TMO", "T15:00")."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    week: int | None = None
    weekday: int | None = None
    weekend: bool = False
    decade: int | None = None
    century: int | None = None
    before: bool = False
    part: str = ""
    feast: str = ""  # the rule of a day that moves, as long as the year is not known
    years: tuple[int, int] | None = None  # first and last year of a part of a century, of a millennium

    @property
    def known(self) -> bool:
        return self.year is not None or self.decade is not None or self.century is not None

    @property
    def precision(self) -> str:
        if self.day is not None:
            return "day"
        for name in ("week", "month", "season", "quarter", "half", "year", "decade", "century"):
            if getattr(self, name) is not None:
                return name
        return "none"

    def number(self) -> int | None:
        """The day's count where the moment is a day."""
        if self.year is None or self.month is None or self.day is None:
            return None
        try:
            return intervals.day_number(self.year, self.month, self.day)
        except ValueError:
            return None

    @property
    def _millennium(self) -> bool:
        return self.years is not None and self.years[1] - self.years[0] >= 998

    def value(self) -> str:
        """TIMEX3."""
        if self.century is not None and self._millennium:
            return ("BC" if self.before else "") + f"{self.century // 10}"
        if self.century is not None:
            return ("BC" if self.before else "") + f"{self.century:02d}"
        if self.decade is not None:
            return ("BC" if self.before else "") + f"{self.decade:03d}X"
        if self.feast:
            return "XXXX-XX-XX" + self.part
        return self._year() + self._rest() + self.part

    def _year(self) -> str:
        if self.year is None:
            return "XXXX"
        return f"{self.year:04d}" if self.year > 0 else f"BC{1 - self.year:04d}"

    def _rest(self) -> str:
        if self.day is not None:
            return f"-{self.month:02d}-{self.day:02d}" if self.month else f"-XX-{self.day:02d}"
        if self.month is not None:
            return f"-{self.month:02d}" + ("-XX" if self.part else "")
        if self.season:
            return f"-{self.season}"
        if self.quarter is not None:
            return f"-Q{self.quarter or 'X'}"
        if self.half is not None:
            return f"-H{self.half}"
        if self.week is not None:
            return (f"-W{self.week:02d}" if self.week else "-WXX") + ("-WE" if self.weekend else "")
        if self.weekday is not None:
            return f"-WXX-{self.weekday}"
        return "-XX-XX" if self.part else ""

    def edtf(self, approximate: bool = False) -> str | None:
        """EDTF, or None where it has no form for it (a weekday without a date)."""
        mark = "~" if approximate else ""
        if self.century is not None and self.century > _FOUR_DIGITS // 100:
            return None
        if self.years:
            return "/".join(intervals.edtf(year) for year in self.years)
        if self.before and (self.century is not None or self.decade is not None):
            span = self._span()
            ends = (intervals.civil(day)[0] for day in (span.earliest, span.latest) if day is not None)
            return "/".join(intervals.edtf(year) for year in ends)
        if self.century == 0:
            return "0001/0099"  # the year 0 of EDTF is 1 BC
        if self.century is not None:
            return f"{self.century:02d}XX"
        if self.decade is not None:
            return f"{self.decade:03d}X"
        if self.year is not None and abs(self.year) > _FOUR_DIGITS:
            return None
        if self.year is None:
            return f"XXXX-{self.month:02d}-{self.day:02d}" if self.month and self.day else None
        if self.week:
            span = self._span()
            return (
                f"{intervals.iso(span.earliest)}/{intervals.iso(span.latest)}" if intervals.iso(span.earliest) else None
            )
        month = self.month
        if self.season:
            month = SEASONS[self.season]
        elif self.quarter:
            month = 32 + self.quarter
        elif self.half:
            month = 39 + self.half
        return intervals.edtf(self.year, month, self.day if self.month else None, mark)

    def _span(self) -> Interval:
        if self.year is not None and self.week:
            week = intervals.week_span(self.year, self.week)
            return Interval((week.latest or 0) - 1, week.latest) if self.weekend else week
        if self.century is not None and self.before and not self.years:
            return _years(-100 * self.century - 99, -100 * self.century)
        if self.decade is not None and self.before:
            return _years(1 - 10 * self.decade - 9, 1 - 10 * self.decade)
        written = self.edtf()
        return intervals.bounds(written) if written else Interval(None, None)

    def bounds(self, mod: str | None = None, edge: bool = False) -> Interval:
        """First and last day; "early" leaves the first half, "late" the second, "mid" the two middle quarters (of a
        year in whole months); ``edge``, the beginning or end, a quarter."""
        span = self._span()
        first, last = span.earliest, span.latest
        if first is None or last is None or self.day is not None:
            return span
        if self.years and not self._millennium:
            return span
        if self.year is None and mod in ("START", "MID", "END"):
            return _part_of_years(intervals.civil(first)[0], intervals.civil(last)[0], mod, edge)
        if self.precision == "year" and self.year is not None and mod in _PARTS_OF_YEAR:
            return intervals.month_span(self.year, *(_EDGES_OF_YEAR if edge and mod != "MID" else _PARTS_OF_YEAR)[mod])
        half, quarter = (last - first + 1) // 2, (last - first + 1) // 4
        if mod == "START":
            return Interval(first, first + (quarter if edge else half) - 1)
        if mod == "END":
            return Interval(last - quarter + 1 if edge else first + half, last)
        return Interval(first + quarter, last - quarter) if mod == "MID" else span

    def months(self) -> tuple[int, int]:
        """The first and last month it may lie in, counted from the year 0; (0, 0) where it has no year."""
        if self.year is None:
            return 0, 0
        first = self.year * 12
        if self.month:
            return first + self.month - 1, first + self.month - 1
        if self.season:
            begin, end, later = intervals.SEASONS[SEASONS[self.season]]
            return first + begin - 1, first + 12 * later + end - 1
        if self.quarter:
            return first + 3 * self.quarter - 3, first + 3 * self.quarter - 1
        if self.half:
            return first + 6 * self.half - 6, first + 6 * self.half - 1
        if self.week:
            month = min(11, (self.week - 1) * 7 // 30)
            return first + month, first + month
        return first, first + 11

    def shifted(self, amount: int, unit: str) -> Moment | None:
        """This moment moved by whole units (D, W, MO, Q, Y, DE, CE), as precise as the unit; None where it cannot."""
        if unit in ("D", "W", "F", "WE"):
            return self._shifted_days(amount, unit)
        if self.year is None:
            return self._shifted_decade(amount, unit)
        if unit == "MO" and self.month is not None:
            months = self.year * 12 + self.month - 1 + amount
            return Moment(year=months // 12, month=months % 12 + 1)
        if unit == "Q":
            quarter = self.quarter or ((self.month - 1) // 3 + 1 if self.month else None)
            if quarter is None:
                return None
            quarters = self.year * 4 + quarter - 1 + amount
            return Moment(year=quarters // 4, quarter=quarters % 4 + 1)
        if unit in _YEARS:
            return Moment(year=self.year + amount * _YEARS[unit])
        return None

    def moved(self, amount: int, unit: str) -> Moment | None:
        """This moment so many units on, as precise as it is; None where the unit is finer than it, or no unit of days
        and years."""
        number = self.number()
        if unit in _DAYS:
            return of_day(number + amount * _DAYS[unit]) if number is not None else None
        months = amount * _MONTHS.get(unit, 0)
        if not months or self.year is None or self.season or self.week or (self.month is None and months % 12):
            return None
        if self.month is None:
            return Moment(year=self.year + months // 12) if self.precision == "year" else None
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        day = min(self.day, intervals.month_length(year, month + 1)) if self.day else None
        return Moment(year=year, month=month + 1, day=day)

    def _shifted_decade(self, amount: int, unit: str) -> Moment | None:
        if unit == "DE" and self.decade is not None and not self.before:
            return replace(self, decade=self.decade + amount)
        if unit == "CE" and self.century is not None and not self.before:
            return replace(self, century=self.century + amount)
        return None

    def _shifted_days(self, amount: int, unit: str) -> Moment | None:
        number = self.number()
        if unit == "D":
            return of_day(number + amount) if number is not None else None
        if number is None and self.year is not None and self.week:
            number = intervals.week_span(self.year, self.week).earliest
        if number is None:
            return None
        year, week = intervals.iso_week(number + 7 * amount * (2 if unit == "F" else 1))
        return Moment(year=year, week=week, weekend=unit == "WE")


def _part_of_years(first: int, last: int, mod: str, edge: bool) -> Interval:
    """The early 1990s are 1990 to 1994, the late ones 1995 to 1999: whole years of a decade or century."""
    half, quarter = (last - first + 1) // 2, (last - first + 1) // 4
    part = quarter if edge else half
    if mod == "START":
        return _years(first, first + part - 1)
    return _years(last - part + 1, last) if mod == "END" else _years(first + quarter, last - quarter)


def _years(first: int, last: int) -> Interval:
    return Interval(intervals.day_number(first, 1, 1), intervals.day_number(last, 12, 31))


def of_day(number: int) -> Moment:
    year, month, day = intervals.civil(number)
    return Moment(year=year, month=month, day=day)
