"""Which passages tell the same event.

Two do where the base holds a matter of kind "event" that has both as accounts; and where both state the same day, the
same type and a name in common: the actor of one day is hardly arrested twice. Only what both passages state counts, no
running date and no document's date. A date of a month or less joins the one day that lies in it; of two, none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from testimonia.intervals import Interval, compare
from testimonia.views.dates import day_words, place_in_time, range_words

LONGEST = 31  # days; what is dated less precisely is not joined by its date
MOST, FEW = 40, 10  # accounts of one matter, and events of one sentence, that are compared with each other

Spot = tuple[str, int, int]  # document, start, end


class Told(NamedTuple):
    """One passage's event, as far as it is compared; ``names`` are those of persons and bodies."""

    spot: Spot
    type: str
    factuality: str
    basis: str
    days: Interval
    names: frozenset[str]


class Matter(NamedTuple):
    """Passages that the analysis has put together, and why."""

    spots: Sequence[Spot]
    reason: str


class Group(NamedTuple):
    """Indexes of passages that tell one event, in the order given; and why they stand together."""

    members: list[int]
    reasons: tuple[str, ...]


def grouped(told: Sequence[Told], matters: Iterable[Matter]) -> list[Group]:
    """All of ``told`` in groups, each in one; an event told once is a group of its own."""
    root = list(range(len(told)))
    reasons: dict[int, dict[str, None]] = defaultdict(dict)

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for a, b, reason in (*_of_matters(told, matters), *_of_days(told)):
        one, other = find(a), find(b)
        if one != other:
            root[max(one, other)] = min(one, other)
        reasons[a][reason] = None
    members: dict[int, list[int]] = {}
    for i in range(len(told)):
        members.setdefault(find(i), []).append(i)
    return [
        Group(group, tuple(dict.fromkeys(r for i in group for r in reasons.get(i, ())))) for group in members.values()
    ]


def _alike(a: Told, b: Told) -> bool:
    return a.type == b.type and a.factuality == b.factuality and a.spot != b.spot


def _of_matters(told: Sequence[Told], matters: Iterable[Matter]) -> Iterator[tuple[int, int, str]]:
    """Pairs of events at the places of a matter: those whose dates overlap, else the only two of a type."""
    at: dict[Spot, list[int]] = defaultdict(list)
    for i, one in enumerate(told):
        at[one.spot].append(i)
    for matter in matters:
        spots = [spot for spot in dict.fromkeys(matter.spots) if spot in at][:MOST]
        for n, spot in enumerate(spots):
            for other in spots[n + 1 :]:
                for i, j in _pairs(told, at[spot][:FEW], at[other][:FEW]):
                    yield i, j, matter.reason


def _pairs(told: Sequence[Told], here: Sequence[int], there: Sequence[int]) -> Iterator[tuple[int, int]]:
    for i in here:
        others = [j for j in there if _alike(told[i], told[j])]
        same = [j for j in others if compare(told[i].days, told[j].days) == "overlaps"]
        rivals = [k for k in here if told[k].type == told[i].type and told[k].factuality == told[i].factuality]
        if len(same) == 1:
            yield i, same[0]
        elif len(others) == len(rivals) == 1:
            yield i, others[0]


def _of_days(told: Sequence[Told]) -> Iterator[tuple[int, int, str]]:
    """Pairs of events of one type and name whose stated dates name the same day."""
    by: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for i, one in enumerate(told):
        if one.type != "other" and one.basis == "stated" and _short(one.days):
            for name in one.names:
                by[one.type, one.factuality, name].append(i)
    for (_, _, name), indices in by.items():
        if len(indices) > 1:
            yield from _of_one_name(told, indices, name)


def _of_one_name(told: Sequence[Told], indices: Sequence[int], name: str) -> Iterator[tuple[int, int, str]]:
    days: dict[int, int] = {}  # day: the first event of it
    rest: dict[tuple[int, int], int] = {}
    ordered = sorted({told[i].days.earliest or 0 for i in indices if _length(told[i].days) == 1})
    for i in indices:
        first, last = told[i].days.earliest or 0, told[i].days.latest or 0
        if first == last:
            other = days.setdefault(first, i)
        else:
            within = ordered[bisect_left(ordered, first) : bisect_left(ordered, last + 1)]
            if len(within) > 1:
                continue
            other = rest.setdefault((first, last), i)
        if other != i and _alike(told[i], told[other]):
            yield i, other, _reason(told[i], name)
    for (first, last), i in rest.items():
        within = ordered[bisect_left(ordered, first) : bisect_left(ordered, last + 1)]
        if within and within[0] in days and _alike(told[i], told[days[within[0]]]):
            yield i, days[within[0]], _reason(told[i], name)


def _reason(one: Told, name: str) -> str:
    date = range_words(day_words(one.days.earliest) or "", day_words(one.days.latest) or "")
    return f"both state {date} for this type of event, and both name {name}"


def _length(days: Interval) -> int:
    return 0 if days.earliest is None or days.latest is None else days.latest - days.earliest + 1


def _short(days: Interval) -> bool:
    return not days.approximate and 1 <= _length(days) <= LONGEST


def lead(members: Sequence[int], told: Sequence[Told], own: Mapping[int, bool]) -> int:
    """The member that stands for its group: the text's own voice before a speaker's, then the most precise date, then
    the earliest.
    """
    return min(members, key=lambda i: (not own[i], *_precision(told[i].days), i))


def _precision(days: Interval) -> tuple[bool, int, tuple[bool, int, int]]:
    """Day, month, quarter, year, more; a year is no more precise than a leap year."""
    length = _length(days)
    return not length, bisect_left((1, LONGEST, 93, 366), length), place_in_time(days)
