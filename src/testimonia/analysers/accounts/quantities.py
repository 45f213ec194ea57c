"""Quantities: figures that two passages give for one thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from testimonia.analysers.accounts.rules import rules
from testimonia.analysers.accounts.words import Groups, Weights, stems
from testimonia.findings import Account, Conflict, Figure, Findings, Matter, Place
from testimonia.intervals import bounds, compare
from testimonia.text import Document, sentences

CONTEXT = 5  # content words that the two sentences must share besides what is counted
SHARE = 0.5  # and their share of the shorter sentence, weighted by rarity
SHARED = 20  # figures that may share a word by which they are looked up
AROUND = 300  # code points of its sentence, on each side, that say what a figure counts
APART = 400  # code points; nearer figures of one document are parts of one account
ROUNDED = 0.1  # by so much may a figure differ that is given as "about" or "more than"

Value = float | tuple[float, float]


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with the content words of its sentence."""

    document: int
    place: Place
    figure: Figure
    words: str
    of: frozenset[str]
    context: frozenset[str]
    loose: bool


def collect(number: int, document: Document, found: Findings) -> Iterator[Counted]:
    """The figures of a document with what is said around them."""
    loose = tuple(word + " " for word in rules(document.language).loose)
    spans = _sentences(document, found.figures)
    for figure in found.figures:
        start, end = spans[figure.start]
        start, end = max(start, figure.start - AROUND), min(end, figure.end + AROUND)
        around = document.text[start : figure.start] + " " + document.text[figure.end : end]
        before = document.text[max(0, figure.start - 20) : figure.start].lower()
        context = frozenset(stems(around, document.language))
        of = frozenset(stems(figure.of, document.language))
        yield Counted(
            number, Place(document.id, figure.start, figure.end), figure, document.text[figure.start : figure.end],
            of,
            context | of, before.endswith(loose),
        )  # fmt: skip


def _sentences(document: Document, figures: Sequence[Figure]) -> dict[int, tuple[int, int]]:
    """The sentence of each figure, by the figure's beginning."""
    wanted = sorted(f.start for f in figures)
    spans: dict[int, tuple[int, int]] = {start: (start, start) for start in wanted}
    i = 0
    for passage in document.passages:
        while i < len(wanted) and wanted[i] < passage.start:
            i += 1
        if i == len(wanted) or wanted[i] >= passage.end:
            continue
        for sentence in sentences(document.text, passage.start, passage.end, document.language):
            while i < len(wanted) and wanted[i] < sentence.end:
                spans[wanted[i]] = sentence
                i += 1
    return spans


def matters(counted: Sequence[Counted]) -> Iterator[tuple[Matter, list[Conflict]]]:
    """What several passages count, with the conflicts where their figures differ."""
    weights = Weights(tuple(sorted(c.context)) for c in counted)
    groups = Groups(len(counted))
    shared: dict[tuple[int, int], list[str]] = {}
    for i, j in _candidates(counted, weights):
        common = _common(counted[i], counted[j], weights)
        if common:
            shared[i, j] = common
            groups.join(i, j)
    for members in groups.several():
        pairs = [(i, j) for i in members for j in members if (i, j) in shared]
        yield _matter(counted, members, pairs, shared)


def _matter(
    counted: Sequence[Counted],
    members: Sequence[int],
    pairs: Sequence[tuple[int, int]],
    shared: Mapping[tuple[int, int], list[str]],
) -> tuple[Matter, list[Conflict]]:
    first = counted[members[0]].figure
    reasons = (f"the passages count {first.unit}", f"they speak of {', '.join(shared[pairs[0]])}")
    accounts = tuple(Account(counted[i].place) for i in members)
    matter = Matter(f"figure:{members[0]}", "figure", f"number of {first.of or first.unit}", accounts, reasons)
    found: dict[tuple[Value, Value], Conflict] = {}
    for i, j in pairs:
        conflict = _conflict(counted[i], counted[j], matter, shared[i, j])
        if conflict:
            found.setdefault((counted[i].figure.value, counted[j].figure.value), conflict)
    return matter, list(found.values())


def _candidates(counted: Sequence[Counted], weights: Weights) -> list[tuple[int, int]]:
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, one in enumerate(counted):
        rare = [r for r in one.context if 2 <= weights.count[r] <= SHARED]
        for root in sorted(rare, key=lambda r: (weights.count[r], r))[:8]:
            holders[one.figure.unit or "", root].append(i)
    together: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        together.update((i, j) for n, i in enumerate(numbers) for j in numbers[n + 1 :])
    return sorted(pair for pair, count in together.items() if count >= 2)


def _common(a: Counted, b: Counted, weights: Weights) -> list[str]:
    """The rarest of the content words by which the two are known to count one thing; empty where they need not."""
    if a.place.document == b.place.document and abs(a.place.start - b.place.start) < APART:
        return []
    times = a.figure.as_of, b.figure.as_of
    if times[0] and times[1] and compare(bounds(times[0]), bounds(times[1])) in ("before", "after"):
        return []
    common = (a.context & b.context) - a.of
    shorter = min(weights.sum(a.context), weights.sum(b.context))
    if len(common) < CONTEXT or weights.sum(common) < SHARE * shorter:
        return []
    return sorted(common, key=lambda r: (weights.count[r], r))[:6]


def _conflict(a: Counted, b: Counted, matter: Matter, common: Sequence[str]) -> Conflict | None:
    if agree(a.figure.value, b.figure.value, a.loose or b.loose):
        return None
    severity = "strong" if a.figure.as_of and a.figure.as_of == b.figure.as_of else "medium"
    reasons = (f"“{a.words}” and “{b.words}” cannot both be right", f"both passages speak of {', '.join(common)}")
    return Conflict(a.place, b.place, "figure", "contradiction", severity, matter.about, reasons, matter.id)


def agree(a: Value, b: Value, loose: bool = False) -> bool:
    """Whether two values can be one: equal, inside a range, or one the other rounded."""
    (low, high), (least, most) = _range(a), _range(b)
    if low <= most and least <= high:
        return True
    if low != high or least != most:
        return False
    larger = max(abs(low), abs(least))
    return (loose and abs(low - least) <= ROUNDED * larger) or _rounds(low, least) or _rounds(least, low)


def _range(value: Value) -> tuple[float, float]:
    return value if isinstance(value, tuple) else (value, value)


def _rounds(rough: float, exact: float) -> bool:
    """Whether ``rough`` is ``exact`` rounded to as many places as ``rough`` has (at least two zeros or none)."""
    if rough != int(rough) or rough % 10:
        return False
    step = 10.0
    while rough % (step * 10) == 0 and rough:
        step *= 10
    return abs(rough - exact) <= step / 2
