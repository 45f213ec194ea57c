"""Time expressions: what is said of time, and the day or span it means.

A text is cut into tokens, each token becomes the character of its classes (language/<code>/times.yml), and one regular
expression over these characters finds the forms; a builder a form says what stands there (``Raw``), and ``resolve``
what it means at its place. The ends of a range ("from March to May 1921", "1922-24") are expressions of their own, as
in TimeML.
"""

from __future__ import annotations

from dataclasses import replace

from testimonia import intervals, language
from testimonia.analysers.times import absolute, relative
from testimonia.analysers.times.absolute import Builder
from testimonia.analysers.times.lexicon import Tokens, lexicon, tokens_of
from testimonia.analysers.times.moment import Moment, of_day
from testimonia.analysers.times.raw import Match, Raw
from testimonia.analysers.times.resolve import Cursor, Place, finding, months_named, reporting, resolve
from testimonia.findings import Findings, TimeExpression
from testimonia.text import Document, passages_of

_FUNCTIONS: tuple[Builder, ...] = (
    absolute.calendar,
    absolute.centuries,
    absolute.clock,
    absolute.days,
    absolute.era_year,
    absolute.iso,
    absolute.month,
    absolute.nth,
    absolute.old_pair,
    absolute.part_of,
    absolute.short_range,
    absolute.slash,
    absolute.weekday,
    absolute.year,
    relative.age,
    relative.bare_shift,
    relative.day_word,
    relative.duration,
    relative.every,
    relative.fixed,
    relative.often,
    relative.shift,
    relative.that_year,
    relative.unit_end,
    relative.which,
)
BUILDERS = {function.__name__: function for function in _FUNCTIONS}


def find(document: Document, found: Findings) -> Findings:
    """``found`` with the document's time expressions, in the order of the text."""
    lines = scan(document)
    raws = [raw for _, own in lines for raw in own]
    day = intervals.from_iso(document.date) if document.date else None
    written = of_day(day) if day is not None else None
    cursor = Cursor(written, reporting(raws, written))
    named = months_named(raws)
    times: list[TimeExpression] = []
    for tokens, own in lines:
        times.extend(_resolved(tokens, own, cursor, named))
    return replace(found, times=tuple(times))


def scan(document: Document) -> list[tuple[Tokens, list[Raw]]]:
    """The forms that stand in each passage, before anything is resolved."""
    rules = lexicon(language.known(document.language))
    spans = [(p.start, p.end) for p in document.passages or passages_of(document.text)]
    return [(tokens, forms(tokens)) for tokens in tokens_of(document.text, spans, rules)]


def forms(tokens: Tokens) -> list[Raw]:
    rules = tokens.lexicon
    out: list[Raw] = []
    for m in rules.pattern.finditer(tokens.line):
        form = rules.forms[(m.lastindex or 1) - 1]
        out.extend(BUILDERS[form.build](Match(tokens, m.start(), m.end(), form)))
    return out


def _resolved(tokens: Tokens, raws: list[Raw], cursor: Cursor, named: dict[int, int]) -> list[TimeExpression]:
    out = []
    for raw in raws:
        moment, doubt = resolve(raw, cursor, Place(), named)
        if raw.anchor == "era" and raw.kind == "moment":
            continue
        out.append(finding(raw, moment, doubt))
        if moment is not None and moment.year is not None and not raw.name:
            cursor.narrative = Moment(year=moment.year, month=moment.month, day=moment.day, season=moment.season,
                                      week=moment.week, quarter=moment.quarter)  # fmt: skip
    return out
