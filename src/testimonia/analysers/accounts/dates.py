"""How two dates given for one thing differ."""

from __future__ import annotations

from dataclasses import dataclass

from testimonia.intervals import Interval, bounds, compare, iso

# Days between the calendars, by the last year of the stretch in which they hold.
_CALENDAR = ((1700, 10), (1800, 11), (1900, 12), (2100, 13))


@dataclass(frozen=True, slots=True)
class Differs:
    """``difference`` is one of findings.DIFFERENCES; ``reason`` says it in words."""

    difference: str
    reason: str


def differs(a: str, b: str) -> Differs | None:
    """How the EDTF dates differ; None where they are equal, or it cannot be told."""
    first, second = bounds(a), bounds(b)
    if a == b or None in (*first[:2], *second[:2]):
        return None
    order = compare(first, second)
    if order == "cannot tell":
        return None
    if order == "overlaps":
        return Differs("refinement", f"{_finer(a, first, b, second)} is the more exact of {a} and {b}")
    if is_day(a) and is_day(b):
        days = _calendar_days(first, second)
        if days:
            return Differs("calendar", f"{a} and {b} lie {days} days apart, as Old and New Style do")
    return Differs("contradiction", f"{a} and {b} cannot both be right")


def is_day(value: str) -> bool:
    """Whether the date names one day."""
    span = bounds(value)
    return span.earliest is not None and span.earliest == span.latest


def is_year(value: str) -> bool:
    """Whether the date says no more than a year."""
    return len(value) == 4 and value.isdigit()


def _finer(a: str, first: Interval, b: str, second: Interval) -> str:
    return a if _length(first) <= _length(second) else b


def _length(span: Interval) -> int:
    return (span.latest or 0) - (span.earliest or 0)


def _calendar_days(first: Interval, second: Interval) -> int | None:
    apart = abs((first.earliest or 0) - (second.earliest or 0))
    earlier = iso(min(first.earliest or 0, second.earliest or 0))
    if earlier is None or earlier < "1582-10-05":
        return None
    days = next((d for year, d in _CALENDAR if int(earlier[:4]) <= year), None)
    return apart if apart == days else None
