"""Which time expressions date what is told: those of a sentence, the running date, and the document's own."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from testimonia.analysers.events.clauses import Sentence, ends_in_past
from testimonia.analysers.events.rules import Rules
from testimonia.analysers.events.voices import Voices
from testimonia.findings import Findings, TimeExpression
from testimonia.intervals import from_iso
from testimonia.text import Document, Span

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NEXT = re.compile(r" ([^\W\d_]+)")
_DIGITS = re.compile(r"\d{3,4}|[’']\d\d")
_REACH = 400  # code points in which the bracket around a date is sought
_TERM = 60  # code points from a post to the dates between which it was held
_GAP = 20  # code points between the ends of a range
_BEFORE = 24  # code points before a date that say what it is there for
_EQUAL = 80  # code points before a date in which a superlative makes it a measure
_BEST = 8  # words among which it stands
_SHORTEST = 5  # letters of a superlative, less one
_HEAD = 600  # code points of a text in which its own date may stand on a line
_OPENING = 2_000  # code points in which a report tells of the days before it
_LEAD = 300  # code points of a report that say of which day it tells
_FRESH = 700  # code points in which a text names such a day if it is a report
_PERSONAL = 33  # words of which one is "I" or "you" in a text that is no report
_RECENT = 8  # days before a report of which it tells
_SHARE = 4  # of so many dates of a report's opening one is recent
_NOW = "PRESENT_REF"  # TIMEX3: now, currently
_CUT = re.compile(r"[\d\n.;:]")  # what ends the words that go with a date
_YEARS = re.compile(r"-?\d{4}/-?\d{4}")
_COARSE = re.compile(r"-?\d{4}(?:-\d\d)?")


@dataclass(frozen=True, slots=True)
class When:
    """The date of an event: EDTF, its days, the expression that gives it and on what it rests."""

    when: str
    until: str | None
    earliest: str | None
    latest: str | None
    anchor: Span | None
    basis: str = "stated"
    doubt: str | None = None  # why another date is possible

    @property
    def is_day(self) -> bool:
        return self.earliest is not None and self.earliest == self.latest


def usable(time: TimeExpression) -> bool:
    """Whether the expression says when: a date or time of day with days of its own, not part of a name.

    One of which another reading is possible does, with its doubt.
    """
    known = time.type in ("DATE", "TIME") and time.edtf is not None and "XXXX" not in time.edtf
    return known and (time.doubt is None or bool(time.readings))


class Dates:
    """The dates of a document by their place."""

    def __init__(self, document: Document, found: Findings, rules: Rules, voices: Voices) -> None:
        self.text, self.rules = document.text, rules
        self.times = [t for t in found.times if usable(t)]
        self.starts = [t.start for t in self.times]
        unknown = (t for t in found.times if t.type in ("DATE", "TIME") and not usable(t) and t.value != _NOW)
        self.others = sorted(t.start for t in unknown)
        self.citations = sorted(q.citation for q in found.quotations if q.citation)
        self.lines = [t for t in self.times if t.start < _HEAD and t.type == "DATE" and self._fills_a_line(t)]
        self.heads = {t.start for t in self.lines} | self._of_terms(found)
        self.reported = None if self._is_personal(voices) else self._reported(document)

    def within(self, span: Span) -> list[TimeExpression]:
        """The dates in a sentence, without those of citations and of a text's head."""
        inside = self.times[bisect_left(self.starts, span.start) : bisect_left(self.starts, span.end)]
        return [t for t in inside if t.start not in self.heads and not (self._cited(t, span) or self._measures(t))]

    def _measures(self, time: TimeExpression) -> bool:
        """Compared with 2008: a date by which something is measured, and at which it did not happen."""
        return self.preceded(time, "aside") or self._vague(time) or self._unequalled(time)

    def _unequalled(self, time: TimeExpression) -> bool:
        """Its biggest fall since 1998, the worst defeat since the war of 1914."""
        before = _CUT.split(self.text[max(0, time.start - _EQUAL) : time.start])[-1]
        words = [w.lower() for w in _WORD.findall(before)][-_BEST:]
        at = next((i for i, word in enumerate(words) if word in self.rules["since"]), None)
        rules = self.rules
        told = (i for i in range((at or 0) - 1, -1, -1) if words[i] in rules.auxiliaries or words[i] in rules.telling)
        last = next(told, -1)  # the best have met since 1914
        return at is not None and any(w in rules["best"] or self._superlative(w) for w in words[last + 1 : at])

    def _superlative(self, word: str) -> bool:
        return len(word) > _SHORTEST and word.endswith(self.rules.best_ending)

    def _vague(self, time: TimeExpression) -> bool:
        """Then, at that time: no date for what the sentence tells."""
        words = self.text[time.start : time.end].lower().split()
        return words[-1] in self.rules["vague"] and not any(word[0].isdigit() for word in words)

    def _of_terms(self, found: Findings) -> set[int]:
        """The dates right after a post between which somebody held it: they date nothing else (see terms.py)."""
        known: set[int] = set()
        for office in found.offices:
            if office.since and office.until:
                i, ends = bisect_left(self.starts, office.office.end), (office.since, office.until)
                near = (t for t in self.times[i : i + 2] if t.start - office.office.end <= _TERM)
                known.update(t.start for t in near if t.edtf in (*ends, "/".join(ends)))
        return known

    def unresolved(self, start: int, end: int) -> bool:
        """Whether a stretch of the text names a time that is not known."""
        return bisect_left(self.others, start) < bisect_left(self.others, end)

    def _cited(self, time: TimeExpression, sentence: Span) -> bool:
        """Whether the date belongs to a citation: (Stalin, Pravda, Nov. 6, 1918), Pathfinder (1972)."""
        i = bisect_right(self.citations, (time.start, len(self.text) + 1)) - 1
        if i >= 0 and time.start < self.citations[i].end:
            return True
        first, last = max(sentence.start, time.start - _REACH), min(sentence.end, time.end + _REACH)
        opening = self.text.rfind("(", first, time.start)
        if opening < 0 or self.text.find(")", opening, time.start) >= 0:
            return False
        closing = self.text.find(")", time.end, last)
        inside = self.text[opening + 1 : time.start] + self.text[time.end : closing if closing >= 0 else last]
        return not any(w.islower() and len(w) > 3 for w in _WORD.findall(inside))

    def _fills_a_line(self, time: TimeExpression) -> bool:
        begin = self.text.rfind("\n", 0, time.start) + 1
        end = self.text.find("\n", time.end)
        line = self.text[begin : time.start] + self.text[time.end : end if end >= 0 else len(self.text)]
        return time.earliest == time.latest is not None and not _WORD.search(line)

    def _reported(self, document: Document) -> When | None:
        """The day of a report: its own, where its opening tells of that day or the days before it; else None."""
        line = self.lines[0] if self.lines else None
        day = line.earliest if line else document.date
        number = from_iso(day) if day else None
        if day is None or number is None:
            return None
        opening = [t for t in self.times if t.start < _OPENING and t.start not in self.heads]
        recent = [t for t in opening if _lies_near(t, number)]
        fresh = any(t.start < _FRESH for t in recent) and len(recent) * _SHARE >= len(opening)
        reports = fresh if opening else self._has_reporters()
        if not line and not reports:
            return None
        lead = next((t for t in recent if t.start < (line.end if line else 0) + _LEAD), None)
        first = line if lead is None else lead
        day = lead.earliest or day if lead else day
        return When(day, None, day, day, Span(first.start, first.end) if first else None, "document")

    def _is_personal(self, voices: Voices) -> bool:
        """Whether the opening speaks of "I" and "you" in its own voice: a speech, letter or interview is no report."""
        words = list(_WORD.finditer(self.text, 0, _OPENING))
        own = [m for m in words if m.group().lower() in self.rules["persons"] and not voices.speaks(m.start())]
        return len(own) * _PERSONAL > len(words)

    def _has_reporters(self) -> bool:
        """Officials said: whether the opening names those whom reports name."""
        words = [w.lower() for w in _WORD.findall(self.text, 0, _OPENING)]
        told = (a in self.rules["reporters"] and b in self.rules["sayings"] for a, b in pairwise(words))
        return any(told)

    # ------------------------------------------------------------ ranges and edges

    def stated(self, anchors: Sequence[TimeExpression]) -> Iterator[tuple[TimeExpression, When]]:
        """The dates of a sentence, those that are the two ends of a range together."""
        i = 0
        while i < len(anchors):
            first, second = anchors[i], anchors[i + 1] if i + 1 < len(anchors) else None
            if second and self.joined(first, second):
                span = Span(first.start, second.end)
                doubt = first.doubt or second.doubt
                yield first, When(first.edtf or "", second.edtf, first.earliest, second.latest, span, doubt=doubt)
                i += 2
            else:
                yield first, replace(self._single(first), doubt=first.doubt)
                i += 1

    def _single(self, time: TimeExpression) -> When:
        when, end = time.edtf or "", None
        span = Span(time.start, time.end)
        if "/" in when and ("/" in time.value or not _YEARS.fullmatch(when)):  # EDTF writes a century BC as two years
            when, _, end = when.partition("/")
        elif self.preceded(time, "after"):
            return When(f"{when}/..", None, time.earliest, None, span)
        elif self.preceded(time, "before"):
            return When(f"../{when}", None, None, time.latest, span)
        return When(when, end, time.earliest, time.latest, span)

    def of_state(self, time: TimeExpression, when: When) -> When:
        """What lasted before 1997, where no word tells an event, is dated by its end."""
        if not when.when.startswith("../"):
            return when
        return When(time.edtf or "", None, time.earliest, time.latest, when.anchor, doubt=when.doubt)

    def joined(self, first: TimeExpression, second: TimeExpression) -> bool:
        between = self.text[first.end : min(second.start, first.end + _GAP)]
        if (first.earliest or "") > (second.earliest or "") or second.start > first.end + _GAP:
            return False
        if self.rules.join.fullmatch(between):
            return True
        opening = self.text[max(0, first.start - _GAP) : first.start]
        return bool(self.rules.pair.fullmatch(between) and self.rules.between.search(opening))

    def preceded(self, time: TimeExpression, name: str) -> bool:
        """Whether one of the words of a list stands right before the date."""
        words = [w.lower() for w in _WORD.findall(self.text, max(0, time.start - _BEFORE), time.start)]
        return bool(words) and bool({words[-1], " ".join(words[-2:])} & self.rules[name])

    def attributive(self, time: TimeExpression) -> bool:
        """The events of the 1917 revolution: whether the date tells which, and not when."""
        before = _WORD.findall(self.text, max(0, time.start - _BEFORE), time.start)
        after = _NEXT.match(self.text, time.end)
        if not before or after is None or before[-1].lower() not in self.rules["articles"]:
            return False
        word = after[1].lower()
        told = word in self.rules.openers or word in self.rules.telling or word in self.rules.nouns
        return not told and word not in self.rules["locatives"]

    def recurs(self, sentence: Sentence, anchors: Sequence[TimeExpression]) -> bool:
        """The sheds are open from March until October: what a season brings each year has no year of its own."""
        if any(_DIGITS.search(self.text, t.start, t.end) or t.earliest == t.latest for t in anchors):
            return False
        words = sentence.words
        ranged = len(anchors) == 2 and self.joined(*anchors)
        if not ranged and self.rules["habits"].isdisjoint(words):
            return False
        present = self.rules["present"]
        ended = (ends_in_past(w, self.rules) and before not in present for before, w in pairwise(["", *words]))
        tells = not (self.rules["finite"] - present).isdisjoint(words) or not self.rules["future"].isdisjoint(words)
        return not tells and not any(ended)


def _lies_near(time: TimeExpression, day: int) -> bool:
    first, last = (from_iso(d) if d else None for d in (time.earliest, time.latest))
    return first is not None and first == last and day - _RECENT <= first <= day + 1


def carried(when: When, basis: str, *, later: bool, soon: bool = True) -> When:
    """A date as it goes on for what it does not date itself.

    ``later``: for what is told after it, which did not happen before; else for what happened about then. ``soon``: for
    what is told right after it, which a day still dates.
    """
    value = when.when
    if when.until is None and _COARSE.fullmatch(value):
        value += "/.." if later else "~"
    elif when.until is None and not soon and "/" not in value:
        value += "/.."
    latest = None if value.endswith("/..") else when.latest
    return When(value, when.until, when.earliest, latest, when.anchor, basis, when.doubt)
