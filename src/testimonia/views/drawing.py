"""What stands where in a picture of the chronology: a lane a type of event, time from left to right.

In a lane of few events each has its mark: a day is narrow, a date known only to the month or year is pale and as long
as that, what lasted is dark, what is open at an end has an arrow there. A lane of many is drawn as columns: dark, how
many events surely lie in that stretch; pale above it, how many more may. Nothing stands at a day that no text gives it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from testimonia import intervals
from testimonia.views.chronology import Drawn
from testimonia.views.dates import MONTHS, place_in_time, possible, year_words
from testimonia.views.periods import Period, block, blocks, bulk, counted, finest

ROW, TALL, GAP = 11, 34, 8  # pixels: a row of marks, a lane of columns, between lanes
ROWS, EACH, ALL = 6, 80, 500  # rows of a lane; marks of a lane, and of all lanes; where there are more, columns
THIN, COLUMN = 5, 4  # pixels that a mark and a column have at least
STUB = 26  # pixels of a stretch that is open at an end
LABELS, NARROW = 118, 600  # pixels for the names of the lanes; below that width they stand above them
HIGH = 360  # pixels
CHARACTER = 6.6  # pixels of a character of a label
YEARS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000)


class Box(NamedTuple):
    """A rectangle from one day to another (fractions of days too), ``top`` to ``bottom`` in pixels from above.

    ``style``: "dark", "pale", "dashed" (approximate or open) or "hollow" (not told as a fact), where it stands for an
    ``event``; "dark" and "more", where for the ``sure`` and for the ``more`` events of ``part``.
    """

    first: float
    last: float
    top: float
    bottom: float
    style: str
    event: Drawn | None = None
    part: Period | None = None
    sure: int = 0
    more: int = 0


class Arrow(NamedTuple):
    """Where a stretch is open: ``way`` is -1 to the past, 1 to the future."""

    day: float
    middle: float
    way: int


class Lane(NamedTuple):
    """``label`` stands at ``middle``; the lane begins at ``top``."""

    label: str
    top: float
    middle: float


class Drawing(NamedTuple):
    """All of a picture; ``before`` and ``after`` are events that lie outside its period.

    The labels of the ticks stand below, and where the picture is ``tall`` also above.
    """

    period: Period
    width: int  # pixels of the plot, without the names of the lanes
    height: float
    narrow: bool
    lanes: list[Lane]
    boxes: list[Box]
    arrows: list[Arrow]
    ticks: list[tuple[int, str]]
    before: int
    after: int

    @property
    def tall(self) -> bool:
        return self.height > HIGH


def period_of(events: Sequence[Drawn], first: int | None, last: int | None) -> Period | None:
    """The period to draw: what was asked for, a side left open being where most events lie; None for no event."""
    if first is not None and last is not None:
        return Period(first, last)
    stretches = [s for e in events if (s := _stretch(e))]
    near = bulk(stretches)
    if near is None:
        return None
    period = Period(near.first if first is None else first, near.last if last is None else last)
    return period if period.length > 0 else Period(min(period), max(period))


def drawing(events: Sequence[Drawn], period: Period, width: int) -> Drawing:
    """The events within the period, in ``width`` pixels; linear in their number."""
    narrow = width < NARROW
    plot = width - (12 if narrow else LABELS + 12)
    inside = [e for e in events if _meets(e, period)]
    lanes = _lanes(inside)
    scale = period.length / plot  # days a pixel
    packed = {name: _packed(those, period, scale) for name, those in lanes.items()}
    few = _few(packed)
    unit = finest(period, plot // COLUMN)
    parts = [Period(max(b.first, period.first), min(b.last, period.last)) for b in blocks(unit, period)]
    counts = {
        name: counted([possible(e.days) for e in those], parts) for name, those in lanes.items() if name not in few
    }
    most = max((s + m for c in counts.values() for s, m in zip(*c, strict=True)), default=1)
    made = Drawing(period, plot, 0, narrow, [], [], [], ticks(period, plot), *_outside(events, period))
    top = float(GAP)
    for name, those in lanes.items():
        label = f"{name.replace('-', ' ')}  {len(those):,}"
        head = 14 if narrow else 0
        if name in few:
            rows = packed[name] or []
            height = ROW * (max(row for row, _ in rows) + 1)
            for row, event in rows:
                _mark(made, event, top + head + ROW * row, scale)
        else:
            height = TALL
            made.boxes.extend(_columns(parts, counts[name], top + head, most, scale))
        made.lanes.append(Lane(label, top, top + 6 if narrow else top + min(height, TALL) / 2))
        top += head + height + GAP
    return made._replace(height=top)


def _lanes(events: Sequence[Drawn]) -> dict[str, list[Drawn]]:
    """{type: its events}, types by name, what has no type last."""
    lanes: dict[str, list[Drawn]] = defaultdict(list)
    for event in events:
        lanes[event.type].append(event)
    return dict(sorted(lanes.items(), key=lambda lane: (lane[0] == "other", lane[0])))


def _stretch(event: Drawn) -> tuple[int, int] | None:
    """First and last day; where one is open, the other stands for it."""
    first, last, _ = possible(event.days)
    if first is None and last is None:
        return None
    return (last if first is None else first, first if last is None else last)  # type: ignore[return-value]


def _within(event: Drawn, period: Period) -> tuple[int, int]:
    """First and last day that it may be; an open side reaches beyond the period."""
    first, last, _ = possible(event.days)
    return (period.first - 1 if first is None else first, period.last + 1 if last is None else last)


def _meets(event: Drawn, period: Period) -> bool:
    if place_in_time(event.days)[0]:
        return False
    first, last = _within(event, period)
    return first <= period.last and last >= period.first


def _outside(events: Sequence[Drawn], period: Period) -> tuple[int, int]:
    days = [possible(e.days) for e in events]
    before = sum(d.latest is not None and d.latest < period.first for d in days)
    return before, sum(d.earliest is not None and d.earliest > period.last for d in days)


# ---------------------------------------------------------------- marks


def _edges(event: Drawn, period: Period, scale: float) -> tuple[float, float]:
    """Where its mark begins and ends, cut to the period and at least so wide that it can be seen and clicked."""
    first, last = _within(event, period)
    begin, end = float(max(first, period.first)), float(min(last, period.last) + 1)
    if event.days.latest is None and first >= period.first:
        end = min(end, begin + STUB * scale)
    elif event.days.earliest is None and last <= period.last:
        begin = max(begin, end - STUB * scale)
    least = scale * (2 * THIN if event.days.approximate else THIN)  # dashes need room
    if end - begin < least:
        end = min(begin + least, period.last + 1.0)
        begin = min(begin, end - least)
    return begin, end


def _packed(events: Sequence[Drawn], period: Period, scale: float) -> list[tuple[int, Drawn]] | None:
    """[(row, event)] so that no two of a row touch; None where that needs too many rows."""
    if len(events) > EACH:
        return None
    ends: list[float] = []
    packed = []
    for event in sorted(events, key=lambda e: place_in_time(e.days)):
        begin, end = _edges(event, period, scale)
        row = next((i for i, last in enumerate(ends) if last + 2 * scale <= begin), len(ends))
        if row == ROWS:
            return None
        ends[row : row + 1] = [end]
        packed.append((row, event))
    return packed


def _few(packed: dict[str, list[tuple[int, Drawn]] | None]) -> set[str]:
    """The lanes that are drawn as marks: the smallest first, while there are not too many of them."""
    few: set[str] = set()
    total = 0
    for name, rows in sorted(packed.items(), key=lambda lane: len(lane[1] or ())):
        if rows is not None and total + len(rows) <= ALL:
            few.add(name)
            total += len(rows)
    return few


def _mark(made: Drawing, event: Drawn, top: float, scale: float) -> None:
    begin, end = _edges(event, made.period, scale)
    middle, days = top + (ROW - 2) / 2, possible(event.days)
    if event.factuality != "fact":
        style = "hollow"
    elif days.approximate or None in (days.earliest, days.latest):
        style = "dashed"
    else:
        style = "dark" if event.lasting or days.earliest == days.latest else "pale"
    made.boxes.append(Box(begin, end, top, top + ROW - 2, style, event))
    if days.earliest is None or days.earliest < made.period.first:
        made.arrows.append(Arrow(begin, middle, -1))
    if days.latest is None or days.latest > made.period.last:
        made.arrows.append(Arrow(end, middle, 1))


# ---------------------------------------------------------------- columns


def _columns(
    parts: Sequence[Period], counts: tuple[list[int], list[int]], top: float, most: int, scale: float
) -> Iterator[Box]:
    """Two boxes a part, one over the other; their height grows with the root of the number, so that few are seen."""
    for part, sure, more in zip(parts, *counts, strict=True):
        total = sure + more
        if not total:
            continue
        height = max(2.0, TALL * math.sqrt(total / most))
        begin, end = float(part.first), max(part.last + 1 - scale, part.first + scale)
        bottom = top + TALL
        solid = height * sure / total
        if more:
            yield Box(begin, end, bottom - height, bottom - solid, "more", None, part, sure, more)
        if sure:
            yield Box(begin, end, bottom - solid, bottom, "dark", None, part, sure, more)


# ---------------------------------------------------------------- ticks


def ticks(period: Period, width: int) -> list[tuple[int, str]]:
    """[(day, label)] as close as the labels leave room: days, months, years, or rounder years."""
    for unit, step in [("day", 1), ("day", 2), ("day", 7), ("month", 1), ("month", 3), *(("year", n) for n in YEARS)]:
        if _at_least(period, unit, step) * 3 * CHARACTER > width:
            continue
        found = list(_ticks(period, unit, step))
        if len(found) * (max((len(label) for _, label in found), default=1) * CHARACTER + 14) <= width:
            return found or [(period.first, _label(period.first, "day", True))]
    return []


def _at_least(period: Period, unit: str, step: int) -> int:
    """About how many ticks there would be, less a few."""
    return period.length // ({"day": 1, "month": 31, "year": 366}[unit] * step) - 2


def _ticks(period: Period, unit: str, step: int) -> Iterator[tuple[int, str]]:
    begun = False
    for part in blocks(unit, Period(block(unit, period.first).first, period.last)):
        year, month, day = intervals.civil(part.first)
        number = {"day": day - 1, "month": month - 1, "year": year if year > 0 else 1 - year}[unit]
        round_number = number % step == 0 and not (step == 7 and day > 22)
        round_number = round_number or (unit == "year" and year == 1)
        if part.first >= period.first and round_number:
            yield part.first, _label(part.first, unit, not begun or month == day == 1)
            begun = True


def _label(day: int, unit: str, first: bool) -> str:
    """The year is said once, and where it begins."""
    year, month, number = intervals.civil(day)
    if unit == "year":
        return year_words(year)
    parts = [str(number) if unit == "day" else "", MONTHS[month - 1][:3], year_words(year) if first else ""]
    return " ".join(part for part in parts if part)
