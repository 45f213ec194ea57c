"""Time expressions: what is said of time, and the day or span it means.

A text is cut into tokens, each token becomes the character of its classes (language/<code>/times.yml), and one regular
expression over these characters finds the forms; a builder a form says what stands there (``Raw``), and ``resolve``
what it means at its place. The ends of a range ("from March to May 1921", "1922-24") are expressions of their own, as
in TimeML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from testimonia import intervals, language
from testimonia.analysers.times import absolute, clocks, relative
from testimonia.analysers.times.absolute import Builder
from testimonia.analysers.times.calendars import noted
from testimonia.analysers.times.lexicon import Tokens, lexicon, tokens_of
from testimonia.analysers.times.moment import of_day
from testimonia.analysers.times.naming import is_name
from testimonia.analysers.times.narrative import Reader
from testimonia.analysers.times.raw import Match, Raw
from testimonia.findings import Findings
from testimonia.text import Document, Passage, Span, passages_of

_FUNCTIONS: tuple[Builder, ...] = (
    absolute.calendar,
    absolute.centuries,
    absolute.days,
    absolute.era_year,
    absolute.feast,
    absolute.iso,
    absolute.month,
    absolute.nth,
    absolute.numeric,
    absolute.old_pair,
    absolute.old_style,
    absolute.part_of,
    absolute.part_of_century,
    absolute.short_range,
    absolute.slash,
    absolute.spoken_year,
    absolute.two_calendars,
    absolute.two_days,
    absolute.weekday,
    absolute.year,
    clocks.clock,
    clocks.hours,
    clocks.past_hour,
    relative.age,
    relative.bare_shift,
    relative.by_night,
    relative.count_range,
    relative.day_word,
    relative.duration,
    relative.every,
    relative.fixed,
    relative.instant,
    relative.last_week,
    relative.often,
    relative.quarter,
    relative.quarter_of,
    relative.shift,
    relative.that_year,
    relative.then,
    relative.unit_end,
    relative.weekend,
    relative.which,
)
# The heading of a section that names its years: Civil War (1918–1920).
_SECTION = re.compile(r"[^\n.!?(]{1,90}\([0-9]{4}\s?[–—-]\s?[0-9]{2,4}\)")
BUILDERS = {function.__name__: function for function in _FUNCTIONS}


def find(document: Document, found: Findings) -> Findings:
    """``found`` with the document's time expressions, in the order of the text."""
    day = intervals.from_iso(document.date) if document.date else None
    passages = document.passages or passages_of(document.text)
    reader = Reader(of_day(day) if day is not None else None, scan(document, passages))
    spans = [Span(passage.start, passage.end) for passage in passages]
    times = noted(document.text, reader.read(), spans, language.known(document.language, "calendars"))
    return replace(found, times=tuple(times))


def scan(document: Document, passages: Sequence[Passage]) -> list[tuple[bool, Tokens, list[Raw]]]:
    """For each passage: whether it is a heading, its tokens, and the forms in it before anything is resolved."""
    rules = lexicon(language.known(document.language, "times"))
    read = tokens_of(document.text, [(p.start, p.end) for p in passages], rules)
    headings = [p.kind == "heading" or bool(_SECTION.fullmatch(document.text, p.start, p.end)) for p in passages]
    return [(heading, tokens, forms(tokens, heading)) for heading, tokens in zip(headings, read, strict=True)]


def forms(tokens: Tokens, heading: bool = False) -> list[Raw]:
    """The forms in a passage; in a heading a capital is no sign of a name."""
    out: list[Raw] = []
    found = tokens.lexicon.forms.search(tokens.line, 0)
    while found:
        first, last, form = found
        built = BUILDERS[form.build](Match(tokens, first, last, form))
        out.extend(built if heading else [raw for raw in built if not is_name(tokens, raw)])
        # Where the calendar has no such date (31 April 1921), what stands behind its first token may still be one.
        found = tokens.lexicon.forms.search(tokens.line, last if built else first + 1)
    return out
