"""Dates in words: what they mean, which comes first.

>>> from testimonia import times
>>> late = times.parse("late 1922")
>>> late.value, late.mod, late.edtf
('1922', 'END', '1922')
>>> late.earliest, late.latest
('1922-07-01', '1922-12-31')

Ranges are put together, with the two years of "1922–24" in full. (As EDTF "1922-24" would be the winter of 1922.)

>>> times.parse("1922–24").edtf
'1922/1924'
>>> times.parse("from March to May 1921").edtf
'1921-03/1921-05'

Any two dates can be compared, though they are not equally precise:

>>> times.compare(late, times.parse("4 May 1921"))
'after'
>>> times.compare(times.parse("the 1920s"), times.parse("between 1929 and 1953"))
'overlaps'

In running text every expression has its place, and what is said of a day without naming it is counted from the date
the text has reached, or from the day on which it was written:

>>> found = times.find("The bridge opened on 4 May 1921. Two years later it fell.")
>>> [(time.start, time.end, time.value) for time in found]
[(21, 31, '1921-05-04'), (33, 48, '1923')]
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from testimonia import intervals, language
from testimonia.errors import InputError
from testimonia.findings import Findings, TimeExpression
from testimonia.intervals import Interval, Order
from testimonia.text import Document, passages_of

if TYPE_CHECKING:
    from testimonia.analysers.times.lexicon import Lexicon

__all__ = ["TimeExpression", "bounds", "compare", "find", "languages", "parse"]

DOUBTED = "the text doubts it"
_AROUND = " \t\r\n,.;:()[]"  # may stand around an expression
_UNMARKED = re.compile(r"^XXXX|^-?\d{4}-[2-4]\d$")
_DASHES = "-–—"  # one behind a date: it goes on from there
_EDTF = frozenset("0123456789X-/.~?%")


def parse(text: str, document_date: str | date | None = None, *, language: str = "en") -> TimeExpression | None:
    """The one time expression or range that ``text`` is; None where it is none, or more than one.

    Brackets and punctuation may stand around it, and a preposition before it ("in 1922").

    >>> parse("[c. 1818]").edtf
    '1818~'
    >>> parse("the third quarter of 1989").latest
    '1989-09-30'
    >>> parse("since 1918").edtf, parse("1918–").edtf, parse("before 1918").edtf
    ('1918/..', '1918/..', '../1917-12-31')
    >>> parse("[1922?]").edtf
    '1922?'
    >>> print(parse("October Revolution Square"))
    None

    What depends on the day of writing is open until that is given:

    >>> parse("last Friday").doubt
    'depends on the date of the document, which is not known'
    >>> parse("last Friday", document_date="1998-02-12").value
    '1998-02-06'

    ``document_date``: a day, as ``date`` or written YYYY-MM-DD. ``language``: one of ``languages()``.
    Raises ``InputError`` for a date that is no day and a language without rules.
    """
    from testimonia.analysers.times.ranges import Opening, open_range, opening_of

    found = find(text, document_date, language=language, ranges=True)
    if len(found) != 1:
        return None
    time, lexicon = found[0], _lexicon(language)
    opening = opening_of(text, time, lexicon)
    rest = text[time.end :].strip(_AROUND)
    if not text[: time.start].strip(_AROUND):
        opening = Opening(time.start, 0)
    elif opening.sense == 2 or text[: opening.start].strip(_AROUND):
        return None
    if rest == "?":
        return _doubted(time) if not opening.sense else None
    if rest and rest in _DASHES and not opening.sense:
        return open_range(time, Opening(time.start, 1))
    if rest:
        return None
    return open_range(time, opening) if opening.sense else time


def _doubted(time: TimeExpression) -> TimeExpression | None:
    """A date with a question mark behind it; None for a range, which has no such form."""
    if not time.edtf or "/" in time.edtf:
        return None
    marked = time.edtf
    if not _UNMARKED.search(marked):  # seasons and quarters, and days of no year, cannot be marked
        marked = marked[:-1] + "%" if marked.endswith("~") else marked + "?"
    return replace(time, edtf=marked, doubt=time.doubt or DOUBTED)


def find(
    text: str, document_date: str | date | None = None, *, language: str = "en", ranges: bool = False
) -> tuple[TimeExpression, ...]:
    """All time expressions of ``text``, in its order, with their places (code points, the end exclusive).

    >>> [time.edtf for time in find("He served from 1922 to 1924, and again in 1931.")]
    ['1922', '1924', '1931']

    ``ranges`` makes one expression of the two ends of a range:

    >>> [time.edtf for time in find("He served from 1922 to 1924, and again in 1931.", ranges=True)]
    ['1922/1924', '1931']

    The other arguments and the errors are those of ``parse``.
    """
    from testimonia.analysers import times
    from testimonia.analysers.times.ranges import with_ranges

    if not isinstance(text, str):
        raise InputError(f"a text is wanted, not {type(text).__name__}", "text")
    lexicon = _lexicon(language)
    document = Document("", text, passages_of(text), date=_day(document_date), language=language)
    found = times.find(document, Findings()).times
    return tuple(with_ranges(text, found, lexicon)) if ranges else found


def bounds(time: TimeExpression | str) -> tuple[str | None, str | None]:
    """First and last possible day of a found expression or of an EDTF date.

    None: open, not known, or before the year 1.

    >>> bounds("1918-XX")
    ('1918-01-01', '1918-12-31')
    >>> bounds("1938/..")
    ('1938-01-01', None)

    Raises ``InputError`` for a string that is not EDTF.
    """
    span = _interval(time)
    return intervals.iso(span.earliest), intervals.iso(span.latest)


def compare(one: TimeExpression | str, other: TimeExpression | str) -> Order:
    """Whether ``one`` is "before" or "after" ``other``, "overlaps" it, or one "cannot tell".

    One cannot tell where a side that matters is open or not known, nor where a date is approximate and the other near.
    Both may be found expressions or EDTF dates.

    >>> compare("1917-10", "1917-11-07")
    'before'
    >>> compare("1917", "1917-11-07")
    'overlaps'
    >>> compare("1818~", "1819")
    'cannot tell'
    >>> compare(parse("490 BC"), parse("AD 70"))
    'before'

    Raises ``InputError`` for a string that is not EDTF.
    """
    return intervals.compare(_interval(one), _interval(other))


def languages() -> tuple[str, ...]:
    """Codes of the languages whose times can be read.

    >>> "en" in languages()
    True
    """
    return tuple(code for code in language.languages() if "times" in language.rules_of(code))


def _lexicon(code: str) -> Lexicon:
    from testimonia.analysers.times.lexicon import lexicon

    if code not in languages():
        hint = f"Languages with rules for times: {', '.join(languages())}."
        raise InputError(f"there are no rules for times in {code!r}", "language", hint)
    return lexicon(code)


def _day(day: str | date | None) -> str | None:
    written = day.isoformat()[:10] if isinstance(day, date) else day
    if written is None or (isinstance(written, str) and intervals.from_iso(written) is not None):
        return written
    raise InputError(f"{day!r:.60} is no day", "document_date", "A day is written YYYY-MM-DD.")


def _interval(time: TimeExpression | str) -> Interval:
    from testimonia.analysers.times.ranges import interval_of

    if isinstance(time, TimeExpression):
        return interval_of(time)
    span = intervals.bounds(time) if isinstance(time, str) else None
    if span is None or (span.earliest is span.latest is None and not (time and _EDTF.issuperset(time))):
        raise InputError(f"{time!r:.60} is no EDTF date", None, "times.parse reads dates in words.")
    return span
