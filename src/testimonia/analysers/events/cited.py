"""Publications that a text cites with their date: – Anna Kessler, The Courier, 6 November 1918."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from testimonia.analysers.events.dates import Dates
from testimonia.findings import Event, Findings
from testimonia.text import Span

_MONTH = re.compile(r"\d{4}-\d\d(?:-\d\d)?")  # a year alone is as often that of a later edition
_DATED = ("words", "work")  # an edition is no event of the time that is told


def cited(found: Findings, dates: Dates) -> Iterator[Event]:
    """One event for each citation line of a quotation that gives the date of the words or of the work."""
    told: set[Span] = set()
    for q in found.quotations:
        if q.citation is None or q.citation in told or not q.cited_date or q.cited_basis not in _DATED:
            continue
        first, last = (bisect_left(dates.starts, place) for place in q.citation)
        time = next((t for t in dates.times[first:last] if t.edtf == q.cited_date), None)
        if time is not None and _MONTH.fullmatch(q.cited_date):
            told.add(q.citation)
            yield Event(
                start=q.citation.start, end=q.citation.end, when=q.cited_date, who=(q.actor,) if q.actor else (),
                type="publication", earliest=time.earliest, latest=time.latest, voice=q.parent,
                anchor=Span(time.start, time.end),
            )  # fmt: skip
