"""Reading a text in its order: the running date, and what each expression means by it.

A year told in passing (a charter of 1712, a memorial of 2008) must not carry the dates after it away, but a year that a
paragraph turns to must. Which of the two it is, only what follows shows: after a stray year the text goes on where it
was. So several courses of the narrative are kept side by side (a beam search), each with the steps it took from date to
date; the course whose steps cost least in the end is the one that is believed. A step forward is cheap, a step back is
dear, and so is to leave a date by the wayside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import cycle, repeat
from math import log2

from testimonia.analysers.times.cursor import Cursor, months_named, reporting
from testimonia.analysers.times.lexicon import Tokens
from testimonia.analysers.times.moment import Moment
from testimonia.analysers.times.raw import Raw
from testimonia.analysers.times.resolve import Reading, apart, finding, readings
from testimonia.analysers.times.tense import ahead, promised
from testimonia.findings import TimeExpression

Passage = tuple[bool, Tokens, list[Raw]]  # whether it is a heading, its tokens, its forms

_ORIGIN = 10  # tokens; how far before a year the word is looked for that puts it into another time
_TENSED = frozenset({"moment", "weekday", "weekend"})
_CONNECT = frozenset({"join", "dash", "hyphen", "comma", "definite", "early", "edge", "genitive", "open", "slant"})
_UP_TO = frozenset({"upto", "dash", "hyphen"})
_BEFORE_DATE = frozenset({"at", "definite", "early"})  # what may stand between the head of a sentence and its date
_LINE = 80  # characters of a line on which a day stands
_PLACE = 4  # words beside it there, each with a capital
_COURSES = 6  # kept side by side
# What steps cost. Chosen on histories (WikiWars) and texts of many kinds (GUM), and no figure is finely tuned.
_COST = {
    "forward": 0.5,  # a step of six months, and again each time it doubles
    "back": 0.65,  # the same, backwards
    "turn": 0.6,  # to go back at all, in full from four months on
    "fresh": 0.7,  # part of these that counts for the first date of a passage
    "new year": 0.4,  # to come to another year without naming it
    "old year": 2.5,  # to go back to one
    "aside": 3.0,  # not to follow a year, or a month with its year
    "day": 5.0,  # the same, a day
    "opening": 2.0,  # the same, where the date opens a sentence
    "passing": -2.0,  # the same, where the words say that the year is told in passing
    "range": 4.0,  # to end a range before its beginning
    "outside": 1.5,  # to leave the years that the heading names
}


@dataclass(frozen=True, slots=True)
class _Step:
    """One expression read, and the step before it."""

    reading: Reading
    before: _Step | None


@dataclass(frozen=True, slots=True)
class _Course:
    """One way to read the text so far."""

    cost: float
    cursor: Cursor
    last: _Step | None = None

    def written_here(self) -> _Course:
        """What follows was written on the day just read: a letter, an entry of a diary."""
        day = self.last.reading.moment if self.last else None
        return self if day is None or day.day is None else replace(self, cursor=replace(self.cursor, document=day))

    def steps(self) -> list[Reading]:
        out = []
        step = self.last
        while step:
            out.append(step.reading)
            step = step.before
        return out[::-1]


class Reader:
    """Resolves the expressions of one document; ``written`` is the day of the document."""

    def __init__(self, written: Moment | None, passages: list[Passage]) -> None:
        self.passages = passages
        self.raws = [raw for _, _, own in passages for raw in own]
        self.named = months_named(self.raws)
        self.undated = written is None
        self.courses = [_Course(0.0, Cursor(written, reporting(self.raws, written)))]

    def read(self) -> list[TimeExpression]:
        """The findings, in the order of the text."""
        for heading, tokens, raws in self.passages:
            if raws or heading:
                self._passage(heading, tokens, raws)
        read = zip(self.raws, self.courses[0].steps(), strict=True)
        return [finding(raw, reading) for raw, reading in read if raw.anchor != "era" or reading.moment]

    def _passage(self, heading: bool, tokens: Tokens, raws: list[Raw]) -> None:
        lend_years(tokens, raws)
        section = _section(raws) if heading else None
        self.courses = [replace(c, cursor=c.cursor.begun(heading, section)) for c in self.courses]
        scopes = _Scopes(tokens)
        for n, raw in enumerate(raws):
            opened = () if heading else scopes.follow(raw.first)
            around = raws[n - 1] if n else None, raws[n + 1] if n + 1 < len(raws) else None
            place = _Place(tokens, raw, heading, around)
            self.courses = self._after(place, opened)
            if self.undated and is_dateline(tokens.text, raw):
                self.courses = [course.written_here() for course in self.courses]

    def _after(self, place: _Place, opened: Iterable[str]) -> list[_Course]:
        """The courses after one more expression, the cheapest first; of those that stand at one date only one."""
        best: dict[Cursor, _Course] = {}
        for course in self.courses:
            cursor = course.cursor
            for mark in opened:
                cursor = cursor.left() if mark == "close" else cursor.entered(mark == "quotation")
            # What will be is told from the writer's own day, also in a history.
            own_day = place.promised and cursor.document is not None and not cursor.outer
            seen = replace(cursor, reporting=True) if own_day else cursor
            future = place.ahead if place.raw.kind in _TENSED and seen.at_own_day() else False
            seen = seen.beside(course.last.reading.moment) if place.counts_from_last and course.last else seen
            for reading in readings(place.raw, seen, future, self.named):
                step = _Step(reading, course.last)
                for after, cost in place.steps(cursor, reading):
                    total = course.cost + cost
                    if after not in best or total < best[after].cost:
                        best[after] = _Course(total, after, step)
        return sorted(best.values(), key=lambda course: course.cost)[:_COURSES]


class _Place:
    """An expression where it stands, and whether the narrative goes on from it."""

    def __init__(self, tokens: Tokens, raw: Raw, heading: bool, around: tuple[Raw | None, Raw | None]) -> None:
        self.tokens = tokens
        self.raw = raw
        self.heading = heading
        before, after = around
        self.first = before is None
        self.ends_range = before is not None and _ranged(tokens, before, raw, _UP_TO)
        self.counts_from_last = before is not None and _counts_from(tokens, before, raw)
        self.crosses = after is not None and self._crosses(after)

    @cached_property
    def ahead(self) -> bool | None:
        return ahead(self.tokens, self.raw)

    @cached_property
    def promised(self) -> bool:
        return self.raw.kind == "moment" and not self.raw.moment.known and promised(self.tokens, self.raw)

    def steps(self, cursor: Cursor, reading: Reading) -> list[tuple[Cursor, float]]:
        """Where the narrative may stand after this expression, and what that costs."""
        moment, here = reading.moment, cursor.narrative
        if not self._may_move(moment):
            return [(cursor, 0.0)]
        assert moment is not None
        if self.heading:
            return [(cursor.moved(moment), 0.0)] if self.first else [(cursor, 0.0)]
        cost = _jump(here, moment) * (_COST["fresh"] if self.first else 1.0)
        cost += _COST["outside"] if cursor.outside(moment) else 0.0
        if self.raw.moment.known is False and self.raw.kind == "moment":
            if here is not None and here.year is not None and moment.year is not None and apart(here, moment):
                cost += self._other_year(moment.year - here.year)
            # From October to March: the end lies behind the beginning.
            cost += _COST["range"] if self.ends_range and here is not None and _before(moment, here) else 0.0
            return [(cursor.moved(moment), cost)]
        if here is None or not cost or cursor.outer or self.raw.kind != "moment":
            return [(cursor.moved(moment, self.raw.kind == "moment"), 0.0)]
        aside = self._aside(moment, here)
        return [(cursor.moved(moment), cost), (cursor, aside)]

    def _crosses(self, after: Raw) -> bool:
        """From October to March: the range may as well have ended in this year as begun in it."""
        month, later = self.raw.moment.month, after.moment.month
        if not month or not later or later >= month or after.moment.known:
            return False
        return _ranged(self.tokens, self.raw, after, _UP_TO | {"plus"})

    def _other_year(self, years: int) -> float:
        """What it costs to come to another year without naming it."""
        return 0.0 if not years else _COST["new year"] if years > 0 or self.crosses else _COST["old year"]

    def _may_move(self, moment: Moment | None) -> bool:
        """Not a name, nor a look back (two years earlier)."""
        raw = self.raw
        if moment is None or moment.year is None or raw.name:
            return False
        return raw.kind not in ("shift", "which") or raw.amount >= 0

    def _aside(self, moment: Moment, here: Moment) -> float:
        """What it costs not to follow a date: little for a year told in passing, much for one that opens a sentence."""
        cost = _COST["day" if moment.day else "aside"]
        partial = moment.precision in ("year", "month")
        before = self.tokens.classes(self.raw.first - 1) if self.raw.first else frozenset()
        forward = moment.year is not None and here.year is not None and moment.year > here.year
        if partial and forward and (self.ahead or self._behind("limit")):
            return 0.0  # it lasted until, it would end in
        told_back = moment.year is not None and here.year is not None and moment.year < here.year
        passing = "passing" in before or (here.precision == "day" and self._behind("origin"))
        if partial and (passing or (told_back and self._behind("pluperfect"))):
            cost += _COST["passing"]
        if self._opens():
            cost += _COST["opening"]
        return cost

    def _opens(self) -> bool:
        """In 1889 he was poor: at most a preposition stands between the date and the end of the sentence before."""
        for i in range(self.raw.first - 1, max(self.raw.first - 4, -1), -1):
            own = self.tokens.classes(i)
            if "stop" in own or "break" in own:
                return True
            if not own & _BEFORE_DATE:
                return False
        return self.raw.first < 4

    def _behind(self, name: str) -> bool:
        """Whether a word of this class stands before the date in its sentence (the hall was founded in 1889)."""
        for i in range(self.raw.first - 1, max(self.raw.first - _ORIGIN, -1), -1):
            own = self.tokens.classes(i)
            if name in own:
                return True
            if "stop" in own:
                return False
        return False


def _counts_from(tokens: Tokens, before: Raw, raw: Raw) -> bool:
    """By then; it began in 2011 and ended two years later: whether the date before is meant, followed or not."""
    if raw.kind == "then":
        return True
    if raw.kind != "shift" or raw.amount < 0 or raw.anchor != "narrative":
        return False
    return not any("stop" in tokens.classes(i) for i in range(before.last, raw.first))


def _ranged(tokens: Tokens, first: Raw, second: Raw, joins: frozenset[str]) -> bool:
    """From October to March: whether the two are the ends of a range."""
    between = range(first.last, second.first)
    return 0 < len(between) < 3 and any(tokens.classes(i) & joins for i in between)


def _before(a: Moment, b: Moment) -> bool:
    return a.months()[1] < b.months()[0]


def _jump(here: Moment | None, moment: Moment) -> float:
    """What it costs the narrative to go from one date to another."""
    if here is None or here.year is None:
        return 0.0
    a, b = here.months(), moment.months()
    if b[0] > a[1]:
        return _COST["forward"] * log2(1 + (b[0] - a[1]) / 6)
    if b[1] < a[0]:
        return _COST["turn"] * min(1.0, (a[0] - b[1]) / 4) + _COST["back"] * log2(1 + (a[0] - b[1]) / 6)
    return 0.0


def _section(raws: list[Raw]) -> tuple[int, int] | None:
    """The years that a heading names: Civil War (1918–1920)."""
    years = [raw.moment.year for raw in raws if raw.kind == "moment" and raw.moment.year is not None]
    return (min(years), max(years)) if years else None


class _Scopes:
    """Parentheses and quotations opened and closed between expressions."""

    def __init__(self, tokens: Tokens) -> None:
        lexicon = tokens.lexicon
        self.kinds = dict.fromkeys(lexicon.of("open"), "parenthesis")
        self.kinds.update((char, "quotation") for char in lexicon.of("openquote"))
        self.kinds.update((char, "close") for char in lexicon.of("close", "closequote"))
        straight = lexicon.of("quote")
        self.marks = re.compile(f"[{''.join(self.kinds)}{straight}]")
        self.line = tokens.line
        self.at = 0
        # Straight marks open and close in turn, where their number is even.
        paired = sum(tokens.line.count(char) for char in straight) % 2 == 0
        self.turns = cycle(("quotation", "close")) if paired else repeat("")

    def follow(self, token: int) -> list[str]:
        """For each mark up to ``token``: what it opens, or that it closes."""
        marks = self.marks.finditer(self.line, self.at, max(token, self.at))
        found = [self.kinds.get(mark.group()) or next(self.turns) for mark in marks]
        self.at = max(token, self.at)
        return [kind for kind in found if kind]


def is_dateline(text: str, raw: Raw) -> bool:
    """Whether a day stands on a line of its own, at most with a place: the head of a letter or of an entry."""
    if raw.kind != "moment" or raw.moment.day is None or raw.moment.year is None or raw.name:
        return False
    begin = text.rfind("\n", max(0, raw.start - _LINE), raw.start) + 1
    end = text.find("\n", raw.end, raw.end + _LINE)
    if (not begin and raw.start > _LINE) or (end < 0 and len(text) > raw.end + _LINE):
        return False
    words = re.findall(r"\w+", text[begin : raw.start] + text[raw.end : end if end >= 0 else len(text)])
    return len(words) <= _PLACE and all(word[0].isupper() for word in words)


def lend_years(tokens: Tokens, raws: list[Raw]) -> None:
    """July 1 to July 3, 1863; August and September 1914: the year stands once and serves both."""
    for n in range(len(raws) - 2, -1, -1):
        raw, follower = raws[n], raws[n + 1]
        year, later = follower.moment.year, follower.moment.month or (12 if follower.moment.season else None)
        if year is None or later is None or raw.name or raw.kind != "moment" or raw.moment.known:
            continue
        between = range(raw.last, follower.first)
        if 0 < len(between) < 4 and all(tokens.classes(i) & _CONNECT for i in between):
            raw.moment = replace(raw.moment, year=year - ((raw.moment.month or 0) > later))
