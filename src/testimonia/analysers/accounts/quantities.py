"""Quantities: figures that two passages give for one thing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from testimonia.analysers.accounts.rules import rules
from testimonia.analysers.accounts.words import Weights, stems
from testimonia.findings import Account, Conflict, Figure, Findings, Matter, Place
from testimonia.intervals import bounds, compare
from testimonia.text import Document, sentences

CONTEXT = 5  # content words that the two sentences must share besides what is counted
SHARE = 0.5  # and their share of the shorter sentence, weighted by rarity
SHARED = 20  # figures that may share a word by which they are looked up
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
    context: frozenset[str]
    loose: bool


def collect(number: int, document: Document, found: Findings) -> Iterator[Counted]:
    """The figures of a document. Small whole numbers of things ("two parties") say too little to be compared."""
    loose = tuple(word + " " for word in rules(document.language).loose)
    spans = _sentences(document, found.figures)
    for figure in found.figures:
        start, end = spans[figure.start]
        around = document.text[start : figure.start] + " " + document.text[figure.end : end]
        before = document.text[max(0, figure.start - 20) : figure.start].lower()
        context = frozenset(stems(around, document.language))
        of = frozenset(stems(figure.of, document.language))
        yield Counted(
            number, Place(document.id, figure.start, figure.end), figure, document.text[figure.start : figure.end],
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


def matters(counted: Sequence[Counted]) -> Iterator[tuple[Matter, Conflict | None]]:
    """Pairs of figures for one thing, with their conflict where they differ."""
    weights = Weights(tuple(sorted(c.context)) for c in counted)
    for i, j in _candidates(counted, weights):
        a, b = counted[i], counted[j]
        common = (a.context & b.context) - frozenset(stems(a.figure.unit or "", "en"))
        if not _one_thing(a, b, common, weights):
            continue
        about = f"number of {a.figure.of or a.figure.unit}"
        shared = ", ".join(sorted(common, key=lambda r: (weights.count[r], r))[:6])
        reasons = (f"both count {a.figure.unit}", f"both speak of {shared}")
        matter = Matter(f"figure:{i}:{j}", "figure", about, (Account(a.place), Account(b.place)), reasons)
        yield matter, _conflict(a, b, matter)


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


def _one_thing(a: Counted, b: Counted, common: frozenset[str], weights: Weights) -> bool:
    if a.place.document == b.place.document and abs(a.place.start - b.place.start) < APART:
        return False
    if (
        a.figure.as_of
        and b.figure.as_of
        and compare(bounds(a.figure.as_of), bounds(b.figure.as_of)) in ("before", "after")
    ):
        return False
    shorter = min(weights.sum(a.context), weights.sum(b.context))
    return len(common) >= CONTEXT and weights.sum(common) >= SHARE * shorter


def _conflict(a: Counted, b: Counted, matter: Matter) -> Conflict | None:
    if agree(a.figure.value, b.figure.value, a.loose or b.loose):
        return None
    severity = "strong" if a.figure.as_of and a.figure.as_of == b.figure.as_of else "medium"
    reasons = (f"“{a.words}” and “{b.words}” cannot both be right", *matter.reasons)
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
