"""What a form says by itself, before its place in the text is considered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from testimonia.analysers.times.lexicon import Tokens, Value
from testimonia.analysers.times.moment import Moment
from testimonia.analysers.times.patterns import Form


@dataclass(slots=True)
class Raw:
    """One time expression as it stands: ``kind`` says how it is resolved.

    moment: ``moment`` is complete, or lacks its year; shift: ``amount`` units from an anchor; which: the one ``amount``
    units away (this, last, that); weekday, weekend, quarter: the one nearest by;
    then: the date that the narrative has reached (that time); fixed: ``value`` is all there is (references, durations,
    sets), but that a length of time may run to or from a date (the past three years: ``amount`` and ``unit``).
    ``anchor``: "document", "narrative", "here" (this passage), or "" where the running date decides; of a moment also
    "last" and "next", and what is open of it: "era", "century", "day and month".
    """

    start: int
    end: int
    kind: str = "moment"
    type: str = "DATE"
    moment: Moment = field(default_factory=Moment)
    mod: str | None = None
    value: str = ""
    amount: int = 0
    unit: str = ""
    anchor: str = ""
    calendar: str | None = None  # as the text says: "julian" or "gregorian"
    name: bool = False  # part of a name, as in October Revolution
    edge: bool = False  # its beginning or end, as against its early or late part
    others: tuple[Moment, ...] = ()  # what it may mean where the words leave that open
    first: int = 0  # token at which it begins
    last: int = 0  # token after its end


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens ``[first, last)`` that a form matched."""

    tokens: Tokens
    first: int
    last: int
    form: Form

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.first, self.last))

    def all(self, name: str) -> list[int]:
        """The tokens of this class, in order."""
        return [i for i in self if name in self.tokens.classes(i)]

    def any(self, *names: str) -> list[int]:
        """The tokens of one of these classes, in order."""
        return [i for i in self if not self.tokens.classes(i).isdisjoint(names)]

    def has(self, name: str) -> bool:
        """Whether a token is of this class."""
        return any(name in self.tokens.classes(i) for i in self)

    def long_units(self) -> set[Value]:
        """Which of century (CE) and millennium (ML) the match names."""
        units = {self.tokens.value(i, "unit") for i in self.all("unit")} & {"CE", "ML"}
        # The 19th c.; but "c. 1871" is circa.
        counted = {"ordinal", "ordday", "ordnum", "hyphen"}
        short = any(i > self.first and self.tokens.classes(i - 1) & counted for i in self.all("shortcentury"))
        return units | {"CE"} if short else units

    def get(self, name: str) -> Value | None:
        """The value of the first token of this class."""
        for i in self:
            if name in self.tokens.classes(i):
                return self.tokens.value(i, name)
        return None

    def day_at(self, i: int) -> int:
        """The day of the month that token ``i`` is, in figures or as an ordinal."""
        return int(self.tokens.value(i, "ordday" if "ordday" in self.tokens.classes(i) else "day"))

    def number(self, name: str) -> int | None:
        value = self.get(name)
        return int(value) if value is not None else None

    def word(self, name: str) -> str | None:
        value = self.get(name)
        return None if value is None else str(value)

    def full_year(self, number: int) -> int:
        """'45 is 1945: of the hundred years that the language names, the one with these last two digits."""
        first = self.tokens.lexicon.rules.short_years_from
        return number if number >= 100 else first + (number - first) % 100

    def definite(self) -> bool:
        """Whether it has the article, or stands behind a preposition that holds it."""
        return self.has("definite") or "contracted" in self.before()

    def part(self, first: int, last: int) -> Match:
        return Match(self.tokens, first, last, self.form)

    def raw(self, kind: str = "moment", **fields: object) -> Raw:
        """A finding that spans the whole match."""
        start, end = self.tokens.start(self.first), self.tokens.end(self.last - 1)
        made = Raw(start, end, kind, first=self.first, last=self.last)
        for name, value in fields.items():
            setattr(made, name, value)
        return made

    def ends(self) -> bool:
        """Whether nothing stands behind it."""
        return self.last >= len(self.tokens.line)

    def before(self, distance: int = 1) -> frozenset[str]:
        i = self.first - distance
        return self.tokens.classes(i) if i >= 0 else frozenset()

    def after(self, distance: int = 0) -> frozenset[str]:
        i = self.last + distance
        return self.tokens.classes(i) if i < len(self.tokens.line) else frozenset()
