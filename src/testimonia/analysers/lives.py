"""Births and deaths told in a bracket after a person's name: Anna Kessler (1870–1924), Jonas Harlow (born 1880)."""

from __future__ import annotations

import re
from bisect import bisect_left

from testimonia.findings import Event, Findings, Mention, TimeExpression
from testimonia.text import Span

_OPENS = re.compile(r" \((?:[^()\d]{0,60}[;,:] )?(?:(b\.|born)|(d\.|died))?\s*(?:in |on |c\. ?|about )*", re.I)
_BETWEEN = re.compile(r"(?: in [^()\d]{1,60}| at [^()\d]{1,60}|, [^()\d]{1,60})?\s*[-–—]\s*(?:d\. |died )?(?:c\. ?)?")
_NUMBERED = re.compile(r"\b[IVXL]+$")  # Charles II (1660–1685) may be a reign
_SHORTEST_LIFE = 18  # years; a shorter stretch may be a term of office
_LONGEST_BRACKET = 200


def lives(text: str, found: Findings, times: list[TimeExpression]) -> list[Event]:
    """The births and deaths; ``times`` are the dated expressions in the order of the text."""
    persons = {actor.id for actor in found.actors if actor.kind == "person"}
    starts = [time.start for time in times]
    events: list[Event] = []
    for mention in found.mentions:
        if mention.actor in persons and mention.form == "name" and text[mention.end : mention.end + 2] == " (":
            close = text.find(")", mention.end, mention.end + _LONGEST_BRACKET)
            inside = times[bisect_left(starts, mention.end) : bisect_left(starts, max(close, 0))]
            events += _life(text, mention, inside, close + 1)
    return events


def _life(text: str, mention: Mention, inside: list[TimeExpression], end: int) -> list[Event]:
    opening = _OPENS.match(text, mention.end)
    if opening is None or not inside or inside[0].start > opening.end():
        return []
    first = inside[0]
    if len(inside) == 1 and (opening[1] or opening[2]):
        return [_event(mention, first, "birth" if opening[1] else "death", end)]
    if len(inside) != 2 or opening[2] or not _BETWEEN.fullmatch(text, first.end, inside[1].start):
        return []
    if not opening[1] and not _is_life(text, mention, *inside):
        return []
    return [_event(mention, first, "birth", end), _event(mention, inside[1], "death", end)]


def _is_life(text: str, mention: Mention, birth: TimeExpression, death: TimeExpression) -> bool:
    """Whether two dates are those of a life: whole days, or so many years apart as no office lasts."""
    if birth.earliest is None or death.earliest is None or birth.earliest[:1] == "-" or death.earliest[:1] == "-":
        return False
    if birth.earliest == birth.latest and death.earliest == death.latest and birth.earliest < death.earliest:
        return True
    reign = _NUMBERED.search(text, mention.start, mention.end) is not None
    return not reign and int(death.earliest[:4]) - int(birth.earliest[:4]) >= _SHORTEST_LIFE


def _event(mention: Mention, time: TimeExpression, kind: str, end: int) -> Event:
    when = time.edtf or ""
    return Event(
        mention.start, end, when, None, (mention.actor,), kind, time.earliest, time.latest,
        anchor=Span(time.start, time.end),
    )  # fmt: skip
