"""Since when and until when: the dates that a clause gives to a post or a tie."""

from __future__ import annotations

import re
from bisect import bisect_left

from testimonia.findings import Findings, TimeExpression
from testimonia.text import Document

_FROM = re.compile(r"[,\s(]*(?:from|since|between|starting in|beginning in|as of)\s+(?:the\s+)?")
_UNTIL = re.compile(r"[,\s(]*(?:until|till|up to|to|through)\s+(?:his death in\s+|her death in\s+|the\s+)?")
_RANGE = re.compile(r"\s*(?:–|—|-|to|until|till|and|through)\s*(?:the\s+)?")
_BRACKET = re.compile(r"\s*[(\[]\s*")
_IN = re.compile(
    r"[,\s]*(?:again\s+)?(?:in|on|during|at the end of|early in|late in|at)\s+(?:the\s+)?(?:early\s+|late\s+)?|\s+"
)
_BEFORE_DATE = re.compile(r"\b(?:in|on|during|since|of|around|by)\s+(?:the\s+)?(?:early\s+|late\s+)?$")
_ACRONYM = re.compile(r"^\)?\s*\([^()]{1,20}\)")
_ANOTHER_TERM = re.compile(r"\b(?:until|till|since|from|before|after|by)\s+(?:the\s+)?$")
_STOP = re.compile(r"(?<!\b[A-Z])[.!?;]\s|\n\s*\n")
_REACH = 60  # code points between a post and the date that belongs to it


class Clauses:
    """Looks up the dates of a document by where they stand."""

    def __init__(self, document: Document, found: Findings) -> None:
        self._text = document.text
        self._times = [time for time in found.times if time.edtf and time.type == "DATE"]
        self._every = frozenset(time.start for time in found.times)
        self._starts = [time.start for time in self._times]

    def stated_after(self, end: int) -> tuple[str | None, str | None]:
        """(since, until) where "from 1960 to 1969", "since 2004", "until May 1920" or "(1911–1920)" follows ``end``."""
        time = self._next(end)
        if time is None:
            return None, None
        between = self._text[end : time.start]
        if _UNTIL.fullmatch(between):
            return None, time.edtf
        if _FROM.fullmatch(between) or _BRACKET.fullmatch(between) or (between == " " and "/" in (time.edtf or "")):
            return self._range(time, _BRACKET.fullmatch(between) is not None)
        return self._inside(end, time)

    def _inside(self, end: int, time: TimeExpression) -> tuple[str | None, str | None]:
        """Where the expression itself begins with "from" or "since" as a part of it."""
        words = self._text[time.start : time.end].lower()
        if self._text[end : time.start].strip(" ,(") == "" and words.startswith(
            ("from ", "since ", "between ", "until ")
        ):
            if words.startswith("until "):
                return None, time.edtf
            return self._range(time, False)
        return None, None

    def _range(self, time: TimeExpression, bracket: bool) -> tuple[str | None, str | None]:
        value = time.edtf or ""
        if "/" in value:
            since, until = value.split("/", 1)
            return (since if since not in ("", "..") else None), (until if until not in ("", "..") else None)
        after = self._next(time.end)
        if after is not None and _RANGE.fullmatch(self._text[time.end : after.start]):
            return value, after.edtf
        return (None, None) if bracket else (value, None)

    def time_of(self, end: int, start: int) -> str | None:
        """The date of a clause: right after ``end`` ("in 1911"), else at the beginning of the sentence of ``start``."""
        time = self._next(end)
        if time is not None and _IN.fullmatch(_ACRONYM.sub("", self._text[end : time.start])):
            return time.edtf
        i = bisect_left(self._starts, start) - 1
        if i < 0 or start - self._times[i].end > _REACH:
            return None
        before = self._times[i]
        if _STOP.search(self._text, before.end, start) or "“" in self._text[before.end : start]:
            return None
        return None if _ANOTHER_TERM.search(self._text, max(0, before.start - 12), before.start) else before.edtf

    def later(self, end: int) -> tuple[int, str | None] | None:
        """Where the next date of the sentence begins and what it is, if "in" or "on" stands before it."""
        time = self._next(end)
        if time is None or not _BEFORE_DATE.search(self._text, end, time.start):
            return None
        return time.start, time.edtf

    def begins(self, start: int) -> bool:
        """Whether an expression of time begins at ``start``."""
        return start in self._every

    def end_of(self, start: int) -> int | None:
        """Where the date that begins at ``start`` ends."""
        i = bisect_left(self._starts, start)
        return self._times[i].end if i < len(self._times) and self._starts[i] == start else None

    def date_between(self, start: int, end: int) -> str | None:
        """The one date that stands inside ``[start, end)``."""
        inside = self._times[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return inside[0].edtf if len(inside) == 1 else None

    def without_dates(self, start: int, end: int) -> str:
        """The words of ``[start, end)`` without its dates and the prepositions before them."""
        pieces, begin = [], start
        for time in self._times[bisect_left(self._starts, start) : bisect_left(self._starts, end)]:
            pieces.append(_BEFORE_DATE.sub("", self._text[begin : time.start]))
            begin = max(begin, time.end)
        return " ".join([*pieces, self._text[min(begin, end) : end]])

    def _next(self, end: int) -> TimeExpression | None:
        i = bisect_left(self._starts, end)
        if i >= len(self._times) or self._times[i].start - end > _REACH:
            return None
        return None if _STOP.search(self._text, end, self._times[i].start) else self._times[i]
