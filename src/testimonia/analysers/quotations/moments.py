"""When words were said: the date at the head of their sentence, beside the cue, in the source or after the tag."""

from __future__ import annotations

import re
from bisect import bisect_left

from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.speakers import Speakers
from testimonia.analysers.quotations.works import Works
from testimonia.findings import TimeExpression

_HEAD = 150  # code points of a sentence before its source
_WORDS = 4  # words between "before" and its date, or before a date at the head of a sentence
_BESIDE = 8  # words between a cue and the date that belongs to it
_MONTH = len("1912-05")
_YEAR = re.compile(r"\d{4}")


class Moments:
    """Looks up the dates around a quotation."""

    def __init__(self, ground: Ground, works: Works) -> None:
        self.ground = ground
        self.works = works

    def of(self, draft: Draft) -> str | None:
        """The date of the words, EDTF; None where the text dates them not."""
        time = self._around(draft) if draft.cue else None
        return self.ended(time) if time is not None else None

    def _around(self, draft: Draft) -> TimeExpression | None:
        cue = draft.cue[0]
        if cue.end > draft.start:
            clause = self.ground.clause_at(cue.start)
            if clause is None or cue.start < draft.end:
                return None
            marks = self.ground.marks_from(cue.end)
            return self._first(cue.end, min(clause.end, marks.start) if marks is not None else clause.end)
        found = self._first(cue.end, draft.start)
        if found is not None:
            return found
        if draft.source is None or draft.source.start >= cue.start:
            return self._heading(cue.start, 1)
        source = Speakers.span(draft.source)
        inside = next((t for t in self._stated(source.start, source.end)), None)
        named = bool(self.ground.mentions_in(source.start, source.end))
        return inside or self._first(source.end, cue.start) or self._heading(source.start, 0 if named else 1)

    def _first(self, start: int, end: int) -> TimeExpression | None:
        """The first date of ``[start, end)``, a few words after its beginning."""
        near = (t for t in self._stated(start, end) if self.ground.count(start, t.start) <= _BESIDE)
        return next(near, None) if end > start else None

    def _heading(self, source: int, others: int) -> TimeExpression | None:
        """In 1927, HOLM said: a date with which the sentence begins.

        ``others``: how many may be named between it and ``source``: one, who is the subject, where ``source`` is not.
        """
        begin = self.ground.sentence_before(source + 1)
        if source - begin > _HEAD:
            return None
        time = next(iter(self._stated(begin, source)), None)
        if time is None or self.ground.count(begin, time.start) > _WORDS:
            return None
        between = self.ground.text[time.end : source]
        if between.strip(" ,") == "":
            return time
        comma = between.find(",")
        beside = comma >= 0 and self.ground.count(time.end, time.end + comma) <= _WORDS - 1
        return time if beside and len(self.ground.mentions_in(time.end, source)) <= others else None

    def _stated(self, start: int, end: int) -> list[TimeExpression]:
        """The dates of ``[start, end)``: with their year, or told to the month and day."""
        return [t for t in self.works.times_in(start, end) if t.end <= end and self._is_stated(t)]

    def _is_stated(self, time: TimeExpression) -> bool:
        at = bisect_left(self.ground.words.start, time.start)
        if at > 0 and self.ground.words.lower[at - 1] in self.works.source_words.since:
            return False
        year = _YEAR.search(self.ground.text, time.start, time.end) is not None
        return year or (len(time.edtf or "") >= _MONTH and "/" not in (time.edtf or ""))

    def ended(self, time: TimeExpression) -> str | None:
        """The date; all the time until it for "until 1905"."""
        words = self.ground.words
        at = bisect_left(words.start, time.start)
        for k in range(at - 1, max(-1, at - 1 - _WORDS), -1):
            if words.gap[k + 1].strip():
                break
            if words.lower[k] in self.works.source_words.before and time.edtf and "/" not in time.edtf:
                return f"../{time.edtf}"
        return time.edtf
