"""Ranges: two time expressions that a text joins (from March to May 1921), and open ones (since 1918).

As in TimeML the analyser leaves the ends apart; here they are put together, for readers of dates. Which words open and
join a range is said by the classes ``opening``, ``upto`` and ``plus`` of the language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from testimonia import intervals
from testimonia.analysers.times.lexicon import Lexicon, Tokens, tokens_of
from testimonia.findings import TimeExpression
from testimonia.intervals import Interval

_BEFORE = 30  # characters before an expression, at most, in which its opening is looked for
_SIGNS = frozenset({"dash", "hyphen", "slant"})
_SMALL = frozenset({"definite", "opening"})
_DATED = frozenset({"DATE", "TIME"})


@dataclass(frozen=True, slots=True)
class Opening:
    """The words before an expression that may open a range: where they begin, and what they say of it.

    1: it begins; -1: it ends; 2: it begins and "and" joins its end; 3: it begins when the date is over; -3: it ends
    before the date; 0: nothing.
    """

    start: int
    sense: int


def with_ranges(text: str, times: Sequence[TimeExpression], lexicon: Lexicon) -> list[TimeExpression]:
    """``times`` in their order, the two ends of a range made one expression, with what opens and joins them."""
    ends = [0, *(time.end for time in times)]
    spans = [(max(ends[n], time.start - _BEFORE), time.start) for n, time in enumerate(times)]
    before = list(tokens_of(text, spans, lexicon))
    out: list[TimeExpression] = []
    n = 0
    while n < len(times):
        whole = _joined(times[n], times[n + 1], before[n], before[n + 1]) if n + 1 < len(times) else None
        out.append(whole or times[n])
        n += 2 if whole else 1
    return out


def opening_of(text: str, time: TimeExpression, lexicon: Lexicon) -> Opening:
    """What opens ``time``."""
    return _opening(next(tokens_of(text, [(max(0, time.start - _BEFORE), time.start)], lexicon)), time.start)


def open_range(time: TimeExpression, opening: Opening) -> TimeExpression:
    """Since 1918, until 1924, after 1918, before 1924: a range with one end, as ``opening`` says."""
    begins = opening.sense > 0
    side, first, last = _side(time, last=not begins), time.earliest, time.latest
    if abs(opening.sense) == 3:
        span = interval_of(time)
        edge = span.latest if begins else span.earliest
        day = None if edge is None else edge + (1 if begins else -1)
        side = None if day is None else intervals.edtf(*intervals.civil(day))
        first = last = intervals.iso(day)
    return replace(
        time,
        start=opening.start,
        value=f"{time.value}/" if begins else f"/{time.value}",
        edtf=intervals.edtf_range(side if begins else None, None if begins else side) if side else None,
        earliest=first if begins else None,
        latest=None if begins else last,
        readings=(),
    )


def interval_of(time: TimeExpression) -> Interval:
    """The days of a finding, also of one before Christ; both sides None where it has none."""
    written = intervals.bounds(time.edtf) if time.edtf else Interval(None, None)
    first = intervals.from_iso(time.earliest) if time.earliest else written.earliest
    last = intervals.from_iso(time.latest) if time.latest else written.latest
    return Interval(first, last, written.approximate or time.mod == "APPROX")


def _joined(first: TimeExpression, last: TimeExpression, before: Tokens, between: Tokens) -> TimeExpression | None:
    """The range from ``first`` to ``last``; None where the words between do not say so, or its end lies before."""
    if {first.type, last.type} - _DATED:
        return None
    opening = _opening(before, first.start)
    if not _joins(between, opening.sense, first.end):
        return None
    one, two = interval_of(first), interval_of(last)
    if one.earliest is not None and two.latest is not None and one.earliest > two.latest:
        return None
    sides = _side(first), _side(last, last=True)
    doubts = dict.fromkeys(doubt for doubt in (first.doubt, last.doubt) if doubt)
    return TimeExpression(
        opening.start if opening.sense in (1, 2) else first.start,
        last.end,
        first.type if first.type == last.type else "DATE",
        f"{first.value}/{last.value}",
        edtf=intervals.edtf_range(*sides) if all(sides) else None,
        earliest=first.earliest,
        latest=last.latest,
        calendar=first.calendar if first.calendar == last.calendar else None,
        doubt="; ".join(doubts) or None,
    )


def _opening(before: Tokens, start: int) -> Opening:
    sense = 0
    for i in range(len(before.line) - 1, -1, -1):
        if "opening" not in before.classes(i):
            break
        start, sense = before.start(i), int(before.value(i, "opening")) or sense
    return Opening(start, sense)


def _joins(between: Tokens, sense: int, start: int) -> bool:
    """Whether the words between two expressions, all of them small, make a range of the two."""
    if not between.line or between.text[start : between.start(0)].strip():
        return False
    own = [between.classes(i) for i in range(len(between.line))]
    ends = [bool(c & _SIGNS or "upto" in c or (sense == 2 and "plus" in c)) for c in own]
    return sum(ends) == 1 and all(end or c & _SMALL for end, c in zip(ends, own, strict=True))


def _side(time: TimeExpression, last: bool = False) -> str | None:
    """The EDTF of one end; a week is a range itself."""
    if not time.edtf or "XXXX" in time.edtf:
        return None
    return time.edtf.split("/")[-1 if last else 0]
