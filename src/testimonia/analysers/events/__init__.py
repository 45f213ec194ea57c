"""Events: what happened, to whom, where and when, as far as a dated sentence tells it.

A sentence with a date and a word that tells an event gives one event for each date, and for each verb that the date
governs. A strong word without a date takes the running date of its passage or, in a report, that of the document; the
event says so (``basis``). Dates in names and in headings give none; those of citations are publications.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from testimonia import language
from testimonia.analysers.events.cited import cited
from testimonia.analysers.events.reader import Reader
from testimonia.analysers.events.terms import terms
from testimonia.analysers.lives import lives
from testimonia.findings import Event, Findings
from testimonia.text import Document, Span, passages_of, sentences


def find(document: Document, found: Findings) -> Findings:
    """``found`` with the events that the document tells, in the order of the text."""
    reader = Reader(document, found)
    events: list[Event] = []
    for passage in document.passages or passages_of(document.text):
        reader.open_passage()
        for sentence in _told(document, reader, passage.start, passage.end):
            if passage.kind == "heading" or reader.is_headline(sentence):
                events += reader.headline(sentence)
            else:
                events += reader.events(sentence)
    own = lives(document.text, found, reader.dates.times)
    if own:
        # A sentence with a bracket such as (born 1880) tells the same birth, but not surely whose.
        known = {(event.earliest, event.type) for event in own}
        events = [*own, *(e for e in events if (e.earliest, e.type) not in known)]
    events += cited(found, reader.dates)
    events += terms(found, tuple(events), reader)
    return replace(found, events=tuple(sorted(events, key=lambda e: (e.start, e.end))))


def _told(document: Document, reader: Reader, start: int, end: int) -> Iterator[Span]:
    """The sentences of a passage; the line of a text's own date stands between two."""
    code = language.known(document.language)
    for line in reader.dates.lines:
        if start <= line.start < end:
            yield from sentences(document.text, start, line.start, code)
            start = line.end
    yield from sentences(document.text, start, end, code)
