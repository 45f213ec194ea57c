"""Seeds: short runs of words that stand in two places, found by one sort of fingerprints."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from testimonia.analysers.copies.corpus import Corpus, Ints

RUN = 5  # words in a row
REACH = 4  # content words that may stand between the two of a pair
ALL_PAIRS = 12  # up to so many places of a fingerprint, each is paired with each
FIRST = 3  # of more places, each is paired with the first ones only, so that pairs grow with the text
MOST = 256  # a pair of content words that stands in more places is a common phrase
AT_ONCE = 24_000_000  # fingerprints sorted at one time; more are done in portions of the hash's range

Hashes = NDArray[np.uint64]


def matches(corpus: Corpus) -> tuple[Ints, Ints, Ints]:
    """(a, b, length): word ``a`` begins a run (or pair of content words) that begins again at word ``b`` > ``a``."""
    total = len(corpus.word) * (1 + REACH // 2) + 1
    portions = -(-total // AT_ONCE)
    found = [pairs for portion in range(portions) for pairs in _portion(corpus, portion, portions)]
    if not found:
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, nothing
    a, b, length = (np.concatenate([part[k] for part in found]) for k in range(3))
    return a, b, length


def _portion(corpus: Corpus, portion: int, portions: int) -> Iterator[tuple[Ints, Ints, Ints]]:
    for kind, (hashes, at) in enumerate((_runs(corpus), _pairs(corpus))):
        if portions > 1:
            mine = hashes % np.uint64(portions) == portion
            hashes, at = hashes[mine], at[mine]
        hashes, at = _repeated(hashes, at)
        for a, b in _paired(corpus, hashes, at, 10**9 if kind == 0 else MOST):
            yield a, b, np.full(len(a), RUN if kind == 0 else 1, dtype=np.int8)


def _mix(left: Hashes, right: Hashes) -> Hashes:
    # ``left`` is spread over all bits first: added up as they are, small numbers of many pairs would have one sum.
    mixed = (left * np.uint64(0x9E3779B97F4A7C15)) ^ right
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return np.asarray(mixed ^ (mixed >> np.uint64(29)), dtype=np.uint64)


def _runs(corpus: Corpus) -> tuple[Hashes, Ints]:
    n = len(corpus.word) - RUN + 1
    if n <= 0:
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int32)
    words = corpus.word.astype(np.uint64) + np.uint64(1)
    hashes = words[:n].copy()
    for k in range(1, RUN):
        hashes = _mix(hashes, words[k : n + k])
    at = np.arange(n, dtype=np.int32)
    inside = corpus.document[at] == corpus.document[at + RUN - 1]
    return hashes[inside], at[inside]


def _pairs(corpus: Corpus) -> tuple[Hashes, Ints]:
    """Two content words near each other, whichever comes first."""
    content = np.flatnonzero(corpus.root >= 0).astype(np.int32)
    roots, document = corpus.root[content].astype(np.uint64), corpus.document[content]
    hashes, places = [np.zeros(0, dtype=np.uint64)], [np.zeros(0, dtype=np.int32)]
    for step in range(1, REACH + 1):
        left, right = roots[:-step], roots[step:]
        good = (document[:-step] == document[step:]) & (left != right)
        low, high = np.minimum(left, right)[good], np.maximum(left, right)[good]
        hashes.append(_mix(low, high + np.uint64(1 << 40)))
        places.append(content[:-step][good])
    return np.concatenate(hashes), np.concatenate(places)


def _repeated(hashes: Hashes, at: Ints) -> tuple[Hashes, Ints]:
    """Those that occur more than once, sorted; what a table of counts shows to be single is dropped before sorting."""
    if len(hashes):
        slot = (hashes >> np.uint64(64 - 24)).astype(np.int32)
        often = np.bincount(slot, minlength=1)[slot] > 1
        hashes, at = hashes[often], at[often]
    order = np.lexsort((at, hashes))
    hashes, at = hashes[order], at[order]
    same = hashes[1:] == hashes[:-1]
    keep = np.zeros(len(hashes), dtype=bool)
    keep[1:] |= same
    keep[:-1] |= same
    return hashes[keep], at[keep]


def _paired(corpus: Corpus, hashes: Hashes, at: Ints, most: int) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of places with one fingerprint."""
    # A run that overlaps the one before it ("ha ha ha …") is the same place.
    fresh = np.ones(len(at), dtype=bool)
    fresh[1:] = (hashes[1:] != hashes[:-1]) | (at[1:] - at[:-1] >= RUN)
    hashes, at = hashes[fresh], at[fresh]
    if not len(at):
        return
    first = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]])
    size = np.diff(np.r_[first, len(at)])
    group = np.repeat(np.arange(len(first)), size)
    rank = np.arange(len(at)) - first[group]
    few = size[group] <= ALL_PAIRS
    used = size[group] <= most
    for step in range(1, ALL_PAIRS):
        right = np.flatnonzero(few & used & (rank >= step))
        if len(right):
            yield at[right - step], at[right]
    for k in range(FIRST):
        right = np.flatnonzero(~few & used & (rank > k))
        if len(right):
            yield at[first[group[right]] + k], at[right]
