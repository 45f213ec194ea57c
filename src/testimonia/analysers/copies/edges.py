"""Edges: where exactly a copied stretch begins and ends, and whether the words it shares are enough."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from testimonia.analysers.copies.chains import Chain
from testimonia.analysers.copies.words import Corpus, Ints

MARGIN = 20  # words looked at beyond the outermost seeds
LARGEST = 4_000_000  # cells of a comparison word by word; a larger one is judged by its seeds
MISS = -0.35  # what a content word costs that the other side lacks; one that it has counts about 1
RUN_WORDS, RUN_BITS = 8, 48.0  # a run of so many words that say so much is a copy …
SHORT_WORDS, SHORT_BITS = 5, 72.0  # … or a shorter one of rarer words,
ROOTS, SHARE = 8, 0.35  # … or so many content words, and so great a share of all that both sides have

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A copied stretch, in words of the corpus; ``similarity`` is the share of words common to both, in order."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    run: int
    similarity: float


def stretch(corpus: Corpus, chain: Chain) -> Stretch | None:
    """The chain with tight edges; None where what it shares may be chance."""
    left, right = (int(corpus.of(np.array([at]))[0]) for at in (chain.a_start, chain.b_start))
    low, high = _limits(corpus, left), _limits(corpus, right)
    if left == right:
        middle = max(chain.a_end, (chain.a_end + chain.b_start) // 2)
        low, high = (low[0], min(low[1], middle)), (max(high[0], middle), high[1])
    a = max(low[0], chain.a_start - MARGIN), min(low[1], chain.a_end + MARGIN)
    b = max(high[0], chain.b_start - MARGIN), min(high[1], chain.b_end + MARGIN)
    for _ in range(2):
        a, b = _trimmed(corpus, a, b), _trimmed(corpus, b, a)
        if a[0] >= a[1] or b[0] >= b[1]:
            return None
    a, b = _extended(corpus, a, b, low, high)
    return _judged(corpus, a, b, chain.run)


def _limits(corpus: Corpus, document: int) -> tuple[int, int]:
    return int(corpus.begins[document]), int(corpus.begins[document + 1])


def _trimmed(corpus: Corpus, span: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    """The part of ``span`` whose words the other side has too, as a whole more than it lacks."""
    root = corpus.root[span[0] : span[1]]
    has = np.isin(root, corpus.root[other[0] : other[1]])
    word = corpus.word[span[0] : span[1]]
    common = np.isin(word, corpus.word[other[0] : other[1]])
    pair = _twos(word)
    paired = np.isin(pair, _twos(corpus.word[other[0] : other[1]]))
    together = np.r_[paired, False] | np.r_[False, paired]
    value = np.where(root >= 0, np.where(has, corpus.bits[span[0] : span[1]] * np.float32(0.1), MISS), 0)
    value = np.where(root < 0, np.where(together & common, np.float32(0.15), np.float32(-0.1)), value)
    total = np.r_[0, np.cumsum(value)]
    lowest = np.minimum.accumulate(total)
    end = int(np.argmax(total - lowest))
    # The last of equal lows, so that words which count nothing stay outside.
    begin = int(np.flatnonzero(total[: end + 1] == lowest[end])[-1])
    return span[0] + begin, span[0] + end


def _twos(word: Ints) -> Ints:
    return word[:-1].astype(np.int64) << 32 | word[1:]


def _extended(
    corpus: Corpus, a: tuple[int, int], b: tuple[int, int], low: tuple[int, int], high: tuple[int, int]
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Further in both directions as long as the two read the same."""
    word = corpus.word
    before, after = 0, 0
    alone = low[0] <= b[0] <= low[1] or high[0] <= a[0] <= high[1]
    top = b[0] if alone else low[1]
    while a[0] - before > low[0] and b[0] - before > high[0] and word[a[0] - before - 1] == word[b[0] - before - 1]:
        before += 1
    while a[1] + after < min(low[1], top) and b[1] + after < high[1] and word[a[1] + after] == word[b[1] + after]:
        after += 1
    return (a[0] - before, a[1] + after), (b[0] - before, b[1] + after)


def _judged(corpus: Corpus, a: tuple[int, int], b: tuple[int, int], run: int) -> Stretch | None:
    left, right = corpus.word[a[0] : a[1]], corpus.word[b[0] : b[1]]
    n, m = len(left), len(right)
    if n * m <= LARGEST:
        similarity = LCSseq.similarity(left.tolist(), right.tolist()) / max(n, m)
    else:
        similarity = min(float(np.isin(left, right).mean()), float(np.isin(right, left).mean()))
    found = Stretch(a[0], a[1], b[0], b[1], run, similarity)
    bits = float(corpus.bits[a[0] : a[1]].sum()) * similarity
    if (run >= RUN_WORDS and bits >= RUN_BITS) or (run >= SHORT_WORDS and bits >= SHORT_BITS and similarity >= 0.5):
        return found
    return found if _shares_enough(corpus, a, b) else None


def _shares_enough(corpus: Corpus, a: tuple[int, int], b: tuple[int, int]) -> bool:
    left, right = (np.unique(r[r >= 0]) for r in (corpus.root[a[0] : a[1]], corpus.root[b[0] : b[1]]))
    common = len(np.intersect1d(left, right, assume_unique=True))
    return common >= ROOTS and common >= SHARE * max(len(left), len(right))
