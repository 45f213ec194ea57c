"""What an expression means where the text stands: dates without a year, weekdays, "two years later", "that summer"."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from testimonia import intervals
from testimonia.analysers.times.cursor import Cursor
from testimonia.analysers.times.feasts import settled
from testimonia.analysers.times.moment import Moment, of_day
from testimonia.analysers.times.raw import Raw
from testimonia.findings import TimeExpression

NO_DATE = "depends on the date of the document, which is not known"
NO_ANCHOR = "depends on a date that the text does not give"
OTHER_YEAR = "the text does not name the year, and another is possible"
EVENT = "counts from an event"
OTHER_WEEK = "the text does not say whether it lies behind or ahead"
NAME = "part of a name"
_NEAR = 6  # months; a date without its year that lies nearer to the narrative is hardly ever of another year
_BACK = 5  # months that a narrative may go back without naming the year
_BACK_NEWS = 9  # months that a month without its year may lie before the document's day
_BACK_AHEAD = 1  # the same where the words speak of what is to come
_YEARS_ON, _DECADES_ON = 10, 30  # years after where the text stands of which a clipped year, a clipped decade may tell
_OPEN_VALUES = {"W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "MO": "XXXX-XX", "Q": "XXXX-QX", "DE": "XXX", "CE": "XX"}
_MONTHS_OF_SEASON = {"SP": 4, "SU": 7, "FA": 10, "WI": 12}


class Reading(NamedTuple):
    """What an expression means at its place, the doubt where that is open, and what else it may mean."""

    moment: Moment | None
    doubt: str | None = None
    others: tuple[Moment, ...] = ()
    stretch: str | None = None  # EDTF of a length of time that ends or begins at a date


def nearest_year(month: int, base: Moment, back: int) -> int:
    """The year in which ``month`` lies from ``back`` months before ``base`` to ``11 - back`` months after it."""
    assert base.year is not None
    if base.month is None:
        return base.year
    distance = (month - base.month + back) % 12 - back
    return base.year + (base.month - 1 + distance) // 12


def readings(raw: Raw, cursor: Cursor, ahead: bool | None, named: dict[int, int]) -> list[Reading]:
    """What ``raw`` may mean here: one reading, or several where a narrative leaves the year open.

    ``ahead``: the words around it speak of what is to come; None: they do not say. ``named``: see ``months_named``.
    """
    if raw.kind == "fixed":
        return [Reading(None, stretch=_stretch(raw, cursor))]
    read = Reading(*_read(raw, cursor, bool(ahead), named), raw.others)
    if ahead is None and cursor.reporting and raw.kind in ("moment", "weekday") and not raw.moment.known:
        other, _ = _read(raw, cursor, True, named)
        if other and read.moment and other != read.moment:
            return [read._replace(doubt=OTHER_WEEK if raw.kind == "weekday" else OTHER_YEAR, others=(other,))]
    if raw.kind != "moment" or raw.name or raw.anchor or raw.moment.known or cursor.reporting or not cursor.narrative:
        return [read]
    if read.moment is None or read.moment.year is None or not (read.moment.month or read.moment.season):
        return [read]
    found = []
    for years in (-1, 0, 1):
        # Whoever goes on for a year or more names the year.
        if _apart(cursor.narrative.months(), read.moment.months(), years) < 12:
            moment, _ = _checked(replace(read.moment, year=read.moment.year + years) if years else read.moment)
            found += [moment] if moment else []
    return [_doubtful(moment, found, cursor.narrative) for moment in found] or [read]


def _doubtful(moment: Moment, found: list[Moment], here: Moment) -> Reading:
    """A reading so far from where the narrative stands that another year is as near."""
    others = [other for other in found if other is not moment]
    if not others or apart(here, moment) < _NEAR:
        return Reading(moment)
    return Reading(moment, OTHER_YEAR, (min(others, key=lambda other: apart(here, other)),))


def apart(a: Moment, b: Moment) -> int:
    """Months between two moments; 0 where they share a month."""
    return _apart(a.months(), b.months())


def _apart(a: tuple[int, int], b: tuple[int, int], years: int = 0) -> int:
    """The same for first and last months, ``b`` so many years on."""
    return max(b[0] + 12 * years - a[1], a[0] - b[1] - 12 * years, 0)


def _read(raw: Raw, cursor: Cursor, ahead: bool, named: dict[int, int]) -> tuple[Moment | None, str | None]:
    """The moment that ``raw`` means here, and the doubt where there is none or more than one.

    The arguments are those of ``readings``.
    """
    if raw.kind == "then":
        return cursor.narrative, None
    if raw.anchor == "era":
        old = _old_year(raw, cursor)
        return old if old[0] or not raw.moment.month else _complete(raw, cursor, ahead)
    if raw.anchor == "century" and raw.moment.year is not None:
        return replace(raw.moment, year=_in_century(raw.moment.year, cursor, _YEARS_ON)), None
    if raw.anchor == "century" and raw.moment.decade is not None:
        return Moment(decade=_in_century(10 * raw.moment.decade, cursor, _DECADES_ON) // 10), None
    if raw.name:
        year = named.get(raw.moment.month or 0) if raw.moment.year is None else raw.moment.year
        return (replace(raw.moment, year=year) if year is not None else None), NAME
    if raw.kind == "moment" and raw.moment.known:
        return raw.moment, "which is the day and which the month" if raw.anchor == "day and month" else None
    if raw.kind == "moment":
        return _complete(raw, cursor, ahead)
    if raw.kind == "weekday":
        return _weekday(raw, cursor, ahead)
    if raw.kind == "weekend":
        return _weekend(cursor, ahead)
    if raw.kind == "quarter":
        return _same_quarter(raw.amount, cursor)
    if raw.anchor == "event":
        return None, EVENT
    base = cursor.base("" if raw.anchor == "the" else raw.anchor)
    if base is None and raw.anchor == "document" and raw.kind == "which" and (raw.moment.day or not cursor.reporting):
        base = cursor.narrative  # of a day of this month (inst.) also where the text speaks from its own day
    if raw.anchor == "the" and raw.unit in ("D", "N") and raw.amount:
        base = cursor.base("here") or base
    if raw.anchor == "narrative" and not raw.amount and cursor.narrative is None:
        base = None  # the same day: as what?
    if base is None:
        return None, NO_DATE if cursor.document is None and raw.anchor != "narrative" else NO_ANCHOR
    if raw.kind == "which":
        return _which(raw, base)
    if raw.unit == "Y" and raw.amount == -1 and cursor.reporting and cursor.quarter:
        return _same_quarter(-1, cursor)
    return _shift(raw, base)


def _in_century(year: int, cursor: Cursor, after: int) -> int:
    """'89 in a text about 1792 is 1789: the last such year before where the text stands, or so many years after.

    No text is written before the decade of which it tells.
    """
    base = cursor.base("")
    if base is None or base.year is None or base.year < 1:
        return year
    latest = base.year + after
    if after == _DECADES_ON and cursor.document and cursor.document.year is not None:
        latest = min(latest, cursor.document.year)
    return latest - (latest - year) % 100


def _old_year(raw: Raw, cursor: Cursor) -> tuple[Moment | None, str | None]:
    """Three digits are a year where the narrative stands before the year 1000."""
    here = cursor.narrative.year if cursor.narrative else None
    year = raw.moment.year
    if here is None or year is None or here > 1000:
        return None, None
    return replace(raw.moment, year=1 - year if here < 1 else year), None


def _complete(raw: Raw, cursor: Cursor, ahead: bool) -> tuple[Moment | None, str | None]:
    """A date without its year."""
    base = cursor.base("")
    if base is None or base.year is None:
        return None, NO_DATE if cursor.document is None else NO_ANCHOR
    moment = raw.moment
    if moment.day is not None and moment.month is None:
        if base.month is None:
            return None, NO_ANCHOR
        return _checked(replace(moment, year=base.year, month=base.month))
    month = moment.month or _MONTHS_OF_SEASON.get(moment.season or "") or 3 * (moment.quarter or 0) - 2
    if month < 1:
        return replace(moment, year=base.year), None
    back = 11 if raw.anchor == "last" else 0 if raw.anchor == "next" else _BACK
    if cursor.reporting and not raw.anchor:
        back = _BACK_AHEAD if ahead and not moment.quarter else _BACK_NEWS
    return _checked(replace(moment, year=nearest_year(month, base, back)))


def _stretch(raw: Raw, cursor: Cursor) -> str | None:
    """The past three years are the three up to the document's day, the following two those from the narrative's."""
    base = cursor.base(raw.anchor) if raw.amount else None
    other = base.moved(raw.amount, raw.unit) if base else None
    if base is None or other is None:
        return None
    first, last = (other, base) if raw.amount < 0 else (base, other)
    return f"{first.edtf()}/{last.edtf()}"


def _checked(moment: Moment) -> tuple[Moment | None, str | None]:
    """29 February of a year that has none is no day; Easter has one once its year is known."""
    moment = settled(moment)
    if moment.day is not None and moment.number() is None:
        return None, "that year has no such day"
    return moment, None


def _weekday(raw: Raw, cursor: Cursor, ahead: bool) -> tuple[Moment | None, str | None]:
    base = cursor.base("")
    number = base.number() if base else None
    wanted = raw.moment.weekday
    if number is None or wanted is None:
        return None, NO_DATE if cursor.document is None else NO_ANCHOR
    if cursor.at_own_day() and not ahead:
        day = number - (intervals.weekday(number) - wanted) % 7
    else:
        day = number + (wanted - intervals.weekday(number)) % 7
    return replace(of_day(day), part=raw.moment.part), None


def _weekend(cursor: Cursor, ahead: bool) -> tuple[Moment | None, str | None]:
    """The weekend just past, or the one to come."""
    base = cursor.base("")
    number = base.number() if base else None
    if number is None:
        return None, NO_DATE if cursor.document is None else NO_ANCHOR
    year, week = intervals.iso_week(number if ahead or intervals.weekday(number) > 5 else number - 7)
    return Moment(year=year, week=week, weekend=True), None


def _same_quarter(years: int, cursor: Cursor) -> tuple[Moment | None, str | None]:
    """The quarter spoken of, so many years on: figures are compared with those of the same quarter a year ago."""
    if cursor.quarter is None or cursor.quarter.year is None:
        base = cursor.base("") if years else None
        return (base.shifted(years, "Y"), None) if base else (None, NO_ANCHOR)
    return replace(cursor.quarter, year=cursor.quarter.year + years), None


def _shift(raw: Raw, base: Moment) -> tuple[Moment | None, str | None]:
    unit = {"N": "D"}.get(raw.unit, raw.unit)
    moved = base.shifted(raw.amount, unit)
    if moved is None:
        return None, NO_ANCHOR
    return replace(moved, part=raw.moment.part), None


def _which(raw: Raw, base: Moment) -> tuple[Moment | None, str | None]:
    """This, last, next, that, the following …"""
    moment, step = raw.moment, raw.amount
    if raw.unit == "Y" and (moment.month or moment.season or moment.quarter or moment.half):
        return _checked(replace(moment, year=base.year + step)) if base.year is not None else (None, NO_ANCHOR)
    if raw.unit == "MO" and moment.day and moment.month is None:
        named = base.shifted(step, "MO")
        return _checked(replace(named, day=moment.day)) if named else (None, NO_ANCHOR)
    if raw.unit in ("MO", "SE") and (moment.month or moment.season):
        if base.year is None:
            return None, NO_ANCHOR
        month = moment.month or _MONTHS_OF_SEASON[moment.season or "SP"]
        return replace(moment, year=_near_year(month, base, step)), None
    if raw.unit == "WD":
        return _which_weekday(moment, base, step)
    if raw.unit in ("DE", "CE") and base.year is not None:
        return _decade_or_century(raw.unit, base.year, step), None
    unit = {"N": "D"}.get(raw.unit, raw.unit)
    moved = base.shifted(step, unit)
    if moved is None:
        return None, NO_ANCHOR
    return replace(moved, part="TNI" if raw.unit == "N" else moment.part), None


def _decade_or_century(unit: str, year: int, step: int) -> Moment:
    """The one ``step`` away from that of an astronomical year; before Christ they are counted backwards."""
    old = year < 1
    if unit == "DE":
        number = (1 - year) // 10 - step if old else year // 10 + step
        return Moment(decade=max(number, 0), before=old)
    number = -year // 100 - step if old else year // 100 + step
    return Moment(century=max(number, 0), before=old)


def _which_weekday(moment: Moment, base: Moment, step: int) -> tuple[Moment | None, str | None]:
    """That Friday is of the same week, the next or previous one is not of the same day."""
    number = base.number()
    if number is None or moment.weekday is None:
        return None, NO_ANCHOR
    here = intervals.weekday(number)
    day = number - here + moment.weekday
    if step > 0:
        day = number + ((moment.weekday - here) % 7 or 7)
    elif step < 0:
        day = number - ((here - moment.weekday) % 7 or 7)
    return replace(of_day(day), part=moment.part), None


def _near_year(month: int, base: Moment, step: int) -> int:
    assert base.year is not None
    if base.month is None or step == 0:
        return base.year + step
    if step < 0:
        return base.year - (1 if month >= base.month else 0)
    return base.year + (1 if month <= base.month else 0)


def finding(raw: Raw, reading: Reading) -> TimeExpression:
    """The finding of a resolved (or unresolvable) expression."""
    moment, doubt, others, stretch = reading
    if raw.kind == "fixed":
        length = intervals.bounds(stretch) if stretch else intervals.Interval(None, None)
        days: tuple[str | None, str | None] = intervals.iso(length.earliest), intervals.iso(length.latest)
        days = days if None not in days else (None, None)
        return TimeExpression(raw.start, raw.end, raw.type, raw.value, raw.mod, stretch, *days)
    if moment is None and raw.kind == "then":
        return TimeExpression(raw.start, raw.end, raw.type, "PAST_REF")
    if moment is None and raw.anchor == "document" and not raw.amount and raw.unit == "D" and not raw.moment.part:
        return TimeExpression(raw.start, raw.end, raw.type, "PRESENT_REF", raw.mod, doubt=doubt)
    if moment is None:
        return TimeExpression(raw.start, raw.end, raw.type, _open_value(raw), raw.mod, _open_edtf(raw), doubt=doubt)
    span = old_style(moment) if raw.calendar == "julian" else moment.bounds(raw.mod, raw.edge)
    edtf = moment.edtf(raw.mod == "APPROX")
    earliest, latest = intervals.iso(span.earliest), intervals.iso(span.latest)
    return TimeExpression(
        start=raw.start,
        end=raw.end,
        type=raw.type,
        value=moment.value(),
        mod=raw.mod,
        edtf=edtf,
        earliest=earliest,
        latest=latest,
        calendar=raw.calendar,
        doubt=doubt,
        readings=tuple(written for other in others if (written := other.edtf())),
    )


def old_style(moment: Moment) -> intervals.Interval:
    """The Gregorian day of a day in the Julian calendar."""
    try:
        day = intervals.julian_day_number(moment.year or 1, moment.month or 1, moment.day or 0)
    except ValueError:
        return moment.bounds()
    return intervals.Interval(day, day)


def _open_edtf(raw: Raw) -> str | None:
    return raw.moment.edtf() if raw.kind == "moment" else None


def _open_value(raw: Raw) -> str:
    if raw.kind in ("weekend", "quarter"):
        return "XXXX-WXX-WE" if raw.kind == "weekend" else "XXXX-QX"
    if raw.kind in ("moment", "weekday") or raw.unit in ("SE", "WD") or raw.moment.month:
        return raw.moment.value()
    if raw.moment.part or raw.unit in ("D", "N"):
        return "XXXX-XX-XX" + raw.moment.part
    return _OPEN_VALUES.get(raw.unit, "XXXX")
