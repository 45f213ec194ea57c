"""Where a text stands in time, and from which date its open expressions count.

One method for news and narrative. A text that speaks from its own day (yesterday, on Friday, last month) is *reporting*
and its expressions count from its date; any other *narrates*, and they count from the date the narrative has reached.
Parentheses and quotations are scopes of their own: what is dated inside them does not move the date outside.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from testimonia.analysers.times.moment import Moment
from testimonia.analysers.times.raw import Raw

_SAID = 1_000_000  # dates; a name with its year outweighs them
_DEEPEST = 8  # scopes within one another that are told apart


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the narrative stands. ``document`` is the document's day, ``narrative`` the last date of this scope;
    ``fresh``: it was given in this passage; ``section``: the first and last year that the heading names."""

    document: Moment | None
    reporting: bool
    narrative: Moment | None = None
    fresh: bool = False
    quarter: Moment | None = None  # the quarter last spoken of
    outer: tuple[tuple[Moment | None, bool], ...] = ()  # the narratives around, and whether a quotation began there
    section: tuple[int, int] | None = None

    def at_own_day(self) -> bool:
        """Whether the text speaks from its own day here: all through, or as long as it has reached no other date."""
        return self.reporting or (self.document is not None and self.narrative in (None, self.document))

    def base(self, anchor: str) -> Moment | None:
        """What an expression counts from: the document's day, the narrative, or what this text counts from ("")."""
        if anchor == "document":
            # Who is quoted in a history speaks from the day that the history has reached.
            quoted = any(opened for _, opened in self.outer)
            return self.document if self.at_own_day() else self.narrative if quoted else None
        if anchor == "narrative":
            return self.narrative or (self.document if self.reporting else None)
        if anchor == "here":
            return self.narrative if self.fresh else self.document if self.reporting else None
        if self.reporting:
            return self.document or (self.narrative if self.fresh else None)
        return self.narrative or self.document

    def beside(self, moment: Moment | None) -> Cursor:
        """Counting from a date that was told last, though the narrative may not have followed it."""
        return self if moment is None or not moment.known else replace(self, narrative=moment)

    def outside(self, moment: Moment) -> bool:
        """Whether a date lies outside the years of the section."""
        if self.section is None or moment.year is None:
            return False
        return not self.section[0] <= moment.year <= self.section[1]

    def begun(self, heading: bool, section: tuple[int, int] | None) -> Cursor:
        """In a new passage: what was opened in the last one is closed."""
        narrative = self.outer[0][0] if self.outer else self.narrative
        section = section if heading else self.section
        if not self.outer and not self.fresh and section == self.section:
            return self
        return Cursor(self.document, self.reporting, narrative, False, self.quarter, (), section)

    def moved(self, moment: Moment, named: bool = True) -> Cursor:
        """``named``: by its own name, not by the way from another date (the quarter a year ago)."""
        quarter = moment if moment.quarter and named else self.quarter
        narrative = replace(moment, part="", weekend=False) if moment.part or moment.weekend else moment
        return Cursor(self.document, self.reporting, narrative, True, quarter, self.outer, self.section)

    def entered(self, quotation: bool) -> Cursor:
        if len(self.outer) == _DEEPEST:
            return self
        return replace(self, outer=(*self.outer, (self.narrative, quotation)))

    def left(self) -> Cursor:
        return replace(self, narrative=self.outer[-1][0], outer=self.outer[:-1]) if self.outer else self


def reporting(raws: list[Raw], document: Moment | None) -> bool:
    """Whether the text speaks from its own day: one look from there (yesterday, Friday) for four years long gone.

    Of a text that is not dated, every year counts as long gone, and its own day stays open.
    """
    seen = sum(r.kind == "weekday" or (r.anchor == "document" and r.kind in ("shift", "which")) for r in raws)
    years = [r.moment.year for r in raws if r.kind == "moment" and r.moment.year is not None]
    if document is None or document.year is None:
        return seen > 1 and 4 * seen >= len(set(years))
    return 4 * seen >= sum(abs(year - document.year) > 1 for year in years)


def months_named(raws: list[Raw]) -> dict[int, int]:
    """{month: the year this text most often gives it}: what "October Revolution" means in it.

    Where it is said once (the October Revolution of 1917), that counts; of two years given as often, the one of which
    the text speaks more.
    """
    seen: Counter[tuple[int, int]] = Counter()
    for raw in raws:
        if raw.kind == "moment" and raw.moment.month and raw.moment.year is not None:
            seen[raw.moment.month, raw.moment.year] += _SAID if raw.name else 1
    years = Counter(raw.moment.year for raw in raws if raw.kind == "moment" and raw.moment.year is not None)
    weights = {(month, year): (count, years[year]) for (month, year), count in seen.items()}
    out: dict[int, int] = {}
    for month in {month for month, _ in weights}:
        best = max(weight for (m, _), weight in weights.items() if m == month)
        found = [year for (m, year), weight in weights.items() if m == month and weight == best]
        if len(found) == 1:  # of two that are named as often, neither
            out[month] = found[0]
    return out
