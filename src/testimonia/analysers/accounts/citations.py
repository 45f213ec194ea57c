"""The date that a text gives, near a passage, for the words of the passage."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from testimonia.analysers.accounts.rules import rules
from testimonia.findings import TimeExpression

_BEFORE, _AFTER = 400, 160  # code points before and after a passage in which its citation is sought
_OPENS = re.compile(r"[\s”’»\"'.…\]]*[(\[–—-]")
_CLOSES = re.compile(r"[)\]]|\n\s*\n")
_YEAR = re.compile(r"\d{4}")
_NAME_FOLLOWS = re.compile(r" [^\W\d_a-z]")
_BLANK = re.compile(r"\n[^\S\n]*\n")


@cache
def _named_before(code: str) -> re.Pattern[str]:
    """A name with a capital right before a date: "Gazette, ", "the Gazette of ", "Gazette (issue of "."""
    between = "|".join(sorted(rules(code).between, key=len, reverse=True))
    return re.compile(rf"\b[^\W\d_a-z]\w{{3,}}[”’\"']?(?:,\s*|\s*\(\s*|\s+)(?:(?:{between})\s+)?(?:the\s+)?$")


@cache
def _telling(code: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(rules(code).telling) + r")", re.IGNORECASE)


class Near:
    """Finds citations in one text by its dates, which must be in order."""

    def __init__(self, text: str, times: Sequence[TimeExpression], code: str) -> None:
        self._text, self._code = text, code
        self._times = [t for t in times if t.type == "DATE" and t.edtf]
        self._starts = [t.start for t in self._times]

    def date_in(self, start: int, end: int) -> TimeExpression | None:
        """The one date inside ``[start, end)``; the most exact of several that agree."""
        inside = self._between(start, end)
        return max(inside, key=lambda t: len(t.edtf or ""), default=None)

    def citation(self, start: int, end: int) -> TimeExpression | None:
        """The date of the citation after ``[start, end)``, or of the sentence that introduces it."""
        return self._after(end) or self._before(start)

    def _between(self, start: int, end: int) -> list[TimeExpression]:
        return self._times[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _after(self, end: int) -> TimeExpression | None:
        opening = _OPENS.match(self._text, end, end + _AFTER)
        if opening is None:
            return None
        closing = _CLOSES.search(self._text, opening.end(), end + _AFTER)
        return self.date_in(opening.end(), closing.start() if closing else end + _AFTER)

    def _before(self, start: int) -> TimeExpression | None:
        """A date that follows a capitalised name in the paragraph before, where the words around it tell or write."""
        low = max(0, start - _BEFORE)
        breaks = [m.end() for m in _BLANK.finditer(self._text, low, start)]
        touching = breaks and not self._text[breaks[-1] : start].strip(" \t“‘\"'«")
        begin = (breaks[-2] if len(breaks) > 1 else low) if touching else (breaks[-1] if breaks else low)
        for time in reversed(self._between(begin, start)):
            named = _named_before(self._code).search(self._text, max(begin, time.start - 80), time.start)
            tells = _telling(self._code).search(self._text, max(begin, time.start - 150), min(start, time.end + 80))
            if named and tells and self._is_whole(time):
                return time
        return None

    def _is_whole(self, time: TimeExpression) -> bool:
        """Whether the expression names its year itself, and is no part of a name ("the October Rising")."""
        follows = _NAME_FOLLOWS.match(self._text, time.end) is not None
        return _YEAR.search(self._text, time.start, time.end) is not None and not follows
