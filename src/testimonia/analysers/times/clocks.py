"""Builders of times of day."""

from __future__ import annotations

import re

from testimonia.analysers.times.absolute import day_of, valid, year_of
from testimonia.analysers.times.moment import Moment
from testimonia.analysers.times.raw import Match, Raw


def clock_time(match: Match, late: str | None = None) -> str | None:
    """T15:00 of what the match says; None where it is no time of day. ``late``: the part of the day it is of."""
    hourword = match.word("hourword")
    if hourword:
        return f"T{hourword}"
    for name in ("clock", "halfday", "dotclock", "day", "number"):
        for i in match.all(name):
            digits = re.findall(r"\d+", match.tokens.word(i)) or [str(match.tokens.value(i, name))]
            hour, minute = int(digits[0]), int(digits[1]) if len(digits) > 1 else 0
            if len(digits[0]) == 4:
                hour, minute = divmod(hour, 100)
            half = match.tokens.value_of_letters(i, "meridiem")
            half = match.number("meridiem") if half is None else half
            hour = _late(hour, late) if half is None else hour % 12 + int(half)
            return f"T{hour:02d}:{minute:02d}" if hour < 25 and minute < 60 else None
    return None


def _late(hour: int, word: str | None) -> int:
    """Six o'clock in the evening, ten at night."""
    late = word in ("AF", "EV") or (word == "NI" and hour > 5)
    return hour + 12 if late and 0 < hour < 12 else hour


def clock(match: Match) -> list[Raw]:
    """A time of day, with its date where that stands beside it."""
    times = [i for i in match if match.tokens.classes(i) & {"clock", "halfday", "meridiem", "oclock", "hourword"}]
    date = match.all("month")
    if not times and match.has("halfword"):
        times = match.any("day", "number")[:1]
    if not times:
        return []
    stop = times[-1] + 1
    time = match.part(match.first if not date or date[0] > times[0] else times[0] - 1, stop)
    part = clock_time(time, match.word("halfword"))
    if part is None:
        return []
    part += match.word("zone") or ""
    rest = match.part(stop, match.last) if not date or date[0] > times[0] else match.part(match.first, times[0])
    return _on_its_day(match, rest, part)


def _on_its_day(match: Match, rest: Match, part: str) -> list[Raw]:
    """A time of day on the day that ``rest`` names, or on the day where the text stands."""
    mod = match.word("about")
    if rest.all("month"):
        moment = Moment(year=year_of(rest), month=rest.number("month"), day=day_of(rest), part=part)
        return [match.raw(type="TIME", moment=moment, mod=mod)] if valid(moment) else []
    moment = Moment(weekday=match.number("weekday"), part=part)
    if moment.weekday:
        return [match.raw("weekday", type="TIME", moment=moment, mod=mod)]
    days = match.number("dayword")
    if days is not None:
        return [match.raw("shift", type="TIME", amount=days, unit="D", anchor="document", moment=moment, mod=mod)]
    return [match.raw("which", type="TIME", unit="D", anchor="here", moment=moment, mod=mod)]


def past_hour(match: Match) -> list[Raw]:
    """Half past ten, a quarter to six; ``value`` is 1 for past and -1 for to."""
    sign = int(match.form.value)
    turn = next(i for i in match if "turn" in match.tokens.classes(i))
    head, hour = match.part(match.first, turn + 1), match.part(turn + 1, turn + 2)
    named = hour.word("hourword")
    told = hour.number("day") or hour.number("number") or 0
    number = int(named[:2]) if named else _late(told, match.word("halfword"))
    minutes = head.number("int") or head.number("number") or (30 if head.has("half") else 15)
    total = number * 60 + minutes * sign
    if not 0 < minutes < 60 or not 0 <= total < 24 * 60 or number > 24:
        return []
    return _on_its_day(match, match.part(turn + 2, match.last), f"T{total // 60:02d}:{total % 60:02d}")


def hours(match: Match) -> list[Raw]:
    """At 0600 hours."""
    digits = match.tokens.word(match.first)
    hour, minute = int(digits[:2]), int(digits[2:] or 0)
    if len(digits) != 4 or hour > 24 or minute > 59:
        return []
    moment = Moment(part=f"T{hour:02d}:{minute:02d}")
    return [match.raw("which", type="TIME", unit="D", anchor="here", moment=moment)]
