"""Edges: where exactly a copied stretch begins and ends, and whether the words it shares are enough."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from testimonia.analysers.copies.chains import Chain
from testimonia.analysers.copies.corpus import Corpus, Ints

MARGIN = 20  # words looked at beyond the outermost seeds
READ_ON = 80  # words beyond a run that are read, from one that differs on to the next that agree
SURROUNDINGS = 150  # words around a stretch that show how many words the two have in common by chance
FEW = 30  # content words; fewer surroundings show nothing
CHANCE = 0.15  # what is taken then
OUTSIDE = 0.2  # what a content word outside a passage costs on the average, beside one that both have (about 1)
LARGEST = 30_000  # words of a stretch that are compared one by one; a longer one is judged by its beginning
SKIP = 4  # words that one side may have more, or otherwise, before the two read the same again
RUN_WORDS, RUN_BITS = 8, 62.0  # a run of so many words that say so much is a copy …
SHORT_BITS = 110.0  # … or a shorter one of rarer words, …
REWORDED_BITS = 95.0  # … or content words that say so much, as far as words are common in order
LEAST_BITS = 70.0  # what common content words must say before the edges are looked for

_TWOS = 1 << 20  # size of the table of pairs

Edge = tuple[int, int]  # first word, and the one after the last
Flags = NDArray[np.bool_]
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A copied stretch, in words of the corpus; ``similarity`` is the share of words common to both, in order."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    run: int
    similarity: float


class Edges:
    """Finds and judges stretches of one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        # Tables in which the words of one side are marked while the other's are looked up; cleared after each use.
        self._roots = np.zeros(int(corpus.root.max(initial=0)) + 2, dtype=np.int32)
        self._twos = np.zeros(_TWOS, dtype=bool)

    def close(self, chain: Chain) -> Stretch | None:
        """The stretch around runs that both sides have, as far as they read alike; None if it may be chance."""
        corpus = self._corpus
        a, b, low, high = _sides(corpus, chain)
        before = _alike(_back(corpus, a[0], low[0]), _back(corpus, b[0], high[0]))
        after = _alike(_on(corpus, a[1], low[1]), _on(corpus, b[1], high[1]))
        a, b = (a[0] - before[0], a[1] + after[0]), (b[0] - before[1], b[1] + after[1])
        similarity = _similarity(corpus, a, b)
        bits = float(corpus.bits[a[0] : a[1]].sum()) * similarity
        long = chain.run >= RUN_WORDS and bits >= RUN_BITS
        return Stretch(*a, *b, chain.run, similarity) if long or (bits >= SHORT_BITS and similarity >= 0.5) else None

    def wide(self, chain: Chain) -> Stretch | None:
        """The stretch in which both sides share content words, in whatever order; None if they may be chance."""
        a, b, low, high = _sides(self._corpus, chain)
        a = max(low[0], a[0] - MARGIN), min(low[1], a[1] + MARGIN)
        b = max(high[0], b[0] - MARGIN), min(high[1], b[1] + MARGIN)
        if self._common_bits(a, b) < LEAST_BITS:
            return None
        for _ in range(2):
            a, b = self._trimmed(a, b, low), self._trimmed(b, a, high)
            if a[0] >= a[1] or b[0] >= b[1]:
                return None
        similarity = _similarity(self._corpus, a, b)
        says = max(sum(_weights(self._corpus, side).values()) for side in (a, b))
        enough = says * similarity >= REWORDED_BITS
        return Stretch(*a, *b, chain.run, similarity) if enough else None

    def joined(self, parts: Sequence[Stretch]) -> Stretch:
        """One stretch from the first to the last of several."""
        a = min(s.a_start for s in parts), max(s.a_end for s in parts)
        b = min(s.b_start for s in parts), max(s.b_end for s in parts)
        return Stretch(*a, *b, max(s.run for s in parts), _similarity(self._corpus, a, b))

    def _times(self, roots: Ints, among: Ints) -> Ints:
        """How often each of ``roots`` stands ``among`` others; 0 for -1, a word without content."""
        np.add.at(self._roots, among, 1)
        self._roots[-1] = 0
        found = self._roots[roots]
        self._roots[among] = 0
        return found

    def _shared(self, roots: Ints, other: Ints) -> Values:
        """How far each of ``roots`` has its like among ``other``: one that stands there less often only in part."""
        return np.minimum(1.0, self._times(roots, other) / np.maximum(1, self._times(roots, roots)))

    def _common_bits(self, a: Edge, b: Edge) -> float:
        """How much the content words of ``a`` say that ``b`` has too, each counted once."""
        root, bits = self._corpus.root[a[0] : a[1]], self._corpus.bits[a[0] : a[1]]
        common = self._times(root, self._corpus.root[b[0] : b[1]]) > 0
        return sum(dict(zip(root[common].tolist(), bits[common].tolist(), strict=True)).values())

    def _trimmed(self, span: Edge, other: Edge, limits: Edge) -> Edge:
        """The part of ``span`` in which the other side's words are denser than by chance."""
        corpus = self._corpus
        root, roots = corpus.root[span[0] : span[1]], corpus.root[other[0] : other[1]]
        by_chance = self._chance(span, roots, limits)
        miss = (by_chance + OUTSIDE) / (1 - by_chance)
        together = self._together(corpus.word[span[0] : span[1]], corpus.word[other[0] : other[1]])
        shared = self._shared(root, roots)
        content = shared * corpus.bits[span[0] : span[1]] * 0.1 - (1 - shared) * miss
        value = np.where(root >= 0, content, np.where(together, 0.15, -0.1))
        total = np.zeros(len(value) + 1)
        np.cumsum(value, out=total[1:])
        lowest = np.minimum.accumulate(total)
        end = int(np.argmax(total - lowest))
        # The last of equal lows, so that words which count nothing stay outside.
        begin = int(np.flatnonzero(total[: end + 1] == lowest[end])[-1])
        return span[0] + begin, span[0] + end

    def _together(self, word: Ints, other: Ints) -> Flags:
        """Which words follow, or are followed by, the same word on the other side."""
        here, there = _twos(word), _twos(other)
        self._twos[there] = True
        paired = self._twos[here]
        self._twos[there] = False
        together = np.zeros(len(word), dtype=bool)
        together[:-1] |= paired
        together[1:] |= paired
        return together

    def _chance(self, span: Edge, roots: Ints, limits: Edge) -> float:
        """Share of the content words around ``span`` that the other side has too, at most a half."""
        root = self._corpus.root
        before = root[max(limits[0], span[0] - SURROUNDINGS) : span[0]]
        after = root[span[1] : min(limits[1], span[1] + SURROUNDINGS)]
        around = np.concatenate((before, after))
        content = int(np.count_nonzero(around >= 0))
        if content < FEW:
            return CHANCE
        return min(0.5, int(np.count_nonzero(self._times(around, roots))) / content)


def _sides(corpus: Corpus, chain: Chain) -> tuple[Edge, Edge, Edge, Edge]:
    """Both sides of a chain, and within what limits each lies: its document, or the part before or after the other."""
    left, right = (int(i) - 1 for i in corpus.begins.searchsorted((chain.a_start, chain.b_start), side="right"))
    low = int(corpus.begins[left]), int(corpus.begins[left + 1])
    high = int(corpus.begins[right]), int(corpus.begins[right + 1])
    a, b = (chain.a_start, chain.a_end), (chain.b_start, chain.b_end)
    if left == right:
        middle = (max(a[0] + 1, min(a[1], b[0])) + b[0]) // 2
        a, b = (a[0], min(a[1], middle)), (max(b[0], middle), max(b[1], middle + 1))
        low, high = (low[0], middle), (middle, high[1])
    return a, b, low, high


# ---------------------------------------------------------------- reading on


def _back(corpus: Corpus, at: int, limit: int) -> list[int]:
    words: list[int] = corpus.word[max(limit, at - READ_ON) : at][::-1].tolist()
    return words


def _on(corpus: Corpus, at: int, limit: int) -> list[int]:
    words: list[int] = corpus.word[at : min(limit, at + READ_ON)].tolist()
    return words


def _alike(left: Sequence[int], right: Sequence[int]) -> tuple[int, int]:
    """How far two rows of words read alike; a few words that differ are passed where two that agree follow."""
    i = j = 0
    while True:
        while i < len(left) and j < len(right) and left[i] == right[j]:
            i, j = i + 1, j + 1
        step = _step(left[i : i + SKIP + 2], right[j : j + SKIP + 2])
        if step is None:
            return i, j
        i, j = i + step[0], j + step[1]


def _step(left: Sequence[int], right: Sequence[int]) -> tuple[int, int] | None:
    for total in range(1, 2 * SKIP + 1):
        for x in range(max(0, total - SKIP), min(SKIP, total) + 1):
            y = total - x
            here, there = left[x : x + 2], right[y : y + 2]
            if len(here) == 2 and here == there:
                return x, y
    return None


# ---------------------------------------------------------------- sharing words


def _twos(word: Ints) -> Ints:
    """A number for each two words in a row; a few others have it too."""
    return (word[:-1].astype(np.int64) * 1_000_003 + word[1:]) & (_TWOS - 1)


def _weights(corpus: Corpus, side: Edge) -> dict[int, float]:
    """The stems of a side, and how much each says."""
    root = corpus.root[side[0] : side[1]].tolist()
    return {r: w for r, w in zip(root, corpus.bits[side[0] : side[1]].tolist(), strict=True) if r >= 0}


def _similarity(corpus: Corpus, a: Edge, b: Edge) -> float:
    left, right = (corpus.word[side[0] : min(side[1], side[0] + LARGEST)].tolist() for side in (a, b))
    return float(LCSseq.similarity(left, right)) / max(len(left), len(right), 1)
