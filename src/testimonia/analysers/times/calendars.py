"""Where a day may be of the Julian or of the Gregorian calendar, and the text does not say of which."""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import msgspec

from testimonia import language
from testimonia.findings import TimeExpression
from testimonia.text import Span

EITHER = "julian or gregorian"
_REFORM = "1582-10-15"  # the first Gregorian day


class Region(msgspec.Struct, forbid_unknown_fields=True):
    """``until``: the last Julian day of a country, as a Gregorian date; ``words``: what names it in a text."""

    until: datetime.date
    words: list[str]


class Rules(msgspec.Struct, forbid_unknown_fields=True):
    """See the head of calendars.yml."""

    regions: list[Region]


@dataclass(frozen=True, slots=True)
class _Regions:
    until: dict[str, str]  # word -> last Julian day
    latest: str
    words: re.Pattern[str]


@cache
def _regions(code: str) -> _Regions:
    rules = language.read(code, "calendars", Rules)
    until = {word: region.until.isoformat() for region in rules.regions for word in region.words}
    words = "|".join(sorted(map(re.escape, until), key=len, reverse=True))
    return _Regions(until, max(until.values()), re.compile(rf"\b(?:{words})\b"))


def noted(text: str, times: Sequence[TimeExpression], passages: Sequence[Span], code: str) -> list[TimeExpression]:
    """``times`` (in the order of the text), with a note on each day for which both calendars are possible at the place
    that its passage names."""
    regions = _regions(code)
    out = list(times)
    open_days = [n for n, time in enumerate(times) if _is_open(time, regions.latest)]
    starts = [times[n].start for n in open_days]
    for passage in passages:
        inside = open_days[bisect_left(starts, passage.start) : bisect_left(starts, passage.end)]
        if not inside:
            continue
        until = max((regions.until[word] for word in regions.words.findall(text, *passage)), default="")
        for n in inside:
            if (out[n].latest or "") <= until:
                out[n] = replace(out[n], calendar=EITHER)
    return out


def _is_open(time: TimeExpression, latest: str) -> bool:
    day = time.earliest
    return day is not None and day == time.latest and time.calendar is None and _REFORM <= day <= latest
