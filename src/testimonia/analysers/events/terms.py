"""Posts begun and ended, as far as the text says from when or until when somebody held them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from testimonia.analysers.events.dates import Dates
from testimonia.analysers.events.reader import Reader
from testimonia.findings import Event, Findings, Office, TimeExpression
from testimonia.intervals import bounds, iso
from testimonia.text import Span

_REACH = 200  # code points from a post to the date that says since when


def terms(found: Findings, told: Iterable[Event], reader: Reader) -> Iterator[Event]:
    """The beginnings and ends that no other event tells; ``told``: the events so far."""
    known = {(kind, event.when, actor) for event in told for kind in _said_by(event.type) for actor in event.who}
    for office in found.offices:
        for kind, when in (("office-begun", office.since), ("office-ended", office.until)):
            if when and "/" not in when and (kind, when, office.actor) not in known:
                known.add((kind, when, office.actor))
                yield _event(office, kind, when, reader)


def _said_by(kind: str) -> tuple[str, ...]:
    """The types that an event tells: who is elected mayor begins to be it."""
    return ("election", "office-begun") if kind == "election" else (kind,)


def _event(office: Office, kind: str, when: str, reader: Reader) -> Event:
    days, time = bounds(when), _anchor(office, when, reader.dates)
    i = bisect_right(reader.told, (office.office.start, len(reader.text))) - 1
    start, end = office.office
    if i >= 0 and reader.told[i].end >= end:
        start, end = reader.told[i]
    return Event(
        start=start, end=end, when=when, who=(office.actor,), type=kind, earliest=iso(days.earliest),
        latest=iso(days.latest), voice=reader.voices.at(office.office.start), trigger=office.office,
        anchor=None if time is None else Span(time.start, time.end),
    )  # fmt: skip


def _anchor(office: Office, when: str, dates: Dates) -> TimeExpression | None:
    """The nearest expression with this date."""
    first, last = (
        bisect_left(dates.starts, place) for place in (office.office.start - _REACH, office.office.end + _REACH)
    )
    near = [t for t in dates.times[first:last] if when in (t.edtf or "").split("/")]
    return min(near, key=lambda t: abs(t.start - office.office.end), default=None)
