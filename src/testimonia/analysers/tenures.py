"""From when until when a post was held, as told beside it: "an office that he held from 1920 to 1923"."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cache

from testimonia.analysers.actors.lists import office_rules
from testimonia.analysers.terms import Clauses
from testimonia.findings import Findings, Office
from testimonia.text import Document

_REACH = 120  # code points after a post in which its tenure is looked for
_LONGEST_BETWEEN = 70


@cache
def _pattern(code: str) -> re.Pattern[str]:
    rules = office_rules(code)
    post, kept = "|".join(rules.tenures), "|".join(rules.keeping)
    inserted = rf"\s*,\s+(?:an?|the|his|her)\s+(?:{post})\s+(?:(?:that|which)\s+)?(?:he|she)\s+(?:had\s+)?(?:{kept})\b"
    further = (
        rf"[^.;:!?]{{0,{_LONGEST_BETWEEN}}}?(?:[.;]\s+(?:He|She|he|she)|\b(?:and|but|which)(?:\s+(?:he|she))?)\s+"
        rf"(?:had\s+)?(?:{kept})(?:\s+(?:it|(?:the|this|that|his|her)\s+(?:{post})))?\b"
    )
    return re.compile(f"{inserted}|{further}")


class Tenures:
    """Completes the dates of offices from the words after them."""

    def __init__(self, document: Document, found: Findings, clauses: Clauses) -> None:
        self._text = document.text
        self._clauses = clauses
        self._pattern = _pattern(document.language)
        persons = {actor.id for actor in found.actors if actor.kind == "person"}
        self._names = sorted(m.start for m in found.mentions if m.actor in persons and m.form == "name")

    def of(self, office: Office) -> Office:
        """``office`` with the dates of its tenure, if it lacks one and they are told before another person is named."""
        if office.since and office.until:
            return office
        end = office.office.end
        match = self._pattern.match(self._text, end, min(len(self._text), max(end, office.mention.end) + _REACH))
        if match is None or bisect_left(self._names, end) != bisect_left(self._names, match.end()):
            return office
        since, until = self._clauses.stated_after(match.end())
        return replace(office, since=office.since or since, until=office.until or until)
