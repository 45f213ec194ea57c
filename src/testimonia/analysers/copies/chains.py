"""Chains: seeds of two documents that lie close together in both make up one stretch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from testimonia.analysers.copies.words import Corpus, Ints

GAP = 40  # words between seeds of one stretch
SHIFT = 250  # words by which the order inside a stretch may be turned; GAP inside one document


@dataclass(frozen=True, slots=True)
class Chain:
    """A stretch of words in ``[a_start, a_end)`` and ``[b_start, b_end)`` of the corpus that seeds hold together."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    run: int  # words of the longest run that both have


def chains(corpus: Corpus, a: Ints, b: Ints, length: Ints) -> list[Chain]:
    """Stretches that at least a run of words or some pairs of content words have in common."""
    if not len(a):
        return []
    left, right = corpus.of(a), corpus.of(b)
    key = left.astype(np.int64) * len(corpus.heads) + right
    order = np.argsort(key, kind="stable")
    a, b, length, key = a[order].astype(np.int64), b[order].astype(np.int64), length[order], key[order]
    alone = (left == right)[order]
    group = _numbered(key)
    for _ in range(3):
        for along, gap in ((a, GAP), (b, GAP), (b - a, np.where(alone, GAP, SHIFT))):
            group = _split(group, along, gap)
        a, b, length, alone, group = _drop_weak(a, b, length, alone, group)
    return _extents(a, b, length, group)


def _numbered(key: Ints) -> Ints:
    return np.cumsum(np.r_[0, key[1:] != key[:-1]])


def _split(group: Ints, along: Ints, gap: Ints | int) -> Ints:
    """Groups split wherever two neighbours are more than ``gap`` apart."""
    order = np.lexsort((along, group))
    g, x = group[order], along[order]
    limit = gap[order][1:] if isinstance(gap, np.ndarray) else gap
    parted = np.r_[0, (g[1:] != g[:-1]) | (x[1:] - x[:-1] > limit)]
    numbers = np.empty_like(group)
    numbers[order] = np.cumsum(parted)
    return numbers


def _drop_weak(a: Ints, b: Ints, length: Ints, alone: NDArray[np.bool_], group: Ints) -> tuple[Ints, ...]:
    """Without the groups that too few seeds hold together to be worth a look."""
    order = np.argsort(group, kind="stable")
    a, b, length, alone, group = a[order], b[order], length[order], alone[order], group[order]
    group = _numbered(group)
    weight = np.bincount(group, weights=np.where(length > 1, LONG, 1))
    keep = weight[group] >= ENOUGH
    return a[keep], b[keep], length[keep], alone[keep], _numbered(group[keep]) if keep.any() else group[:0]


LONG = 3  # a run counts as so many pairs of content words
ENOUGH = 6


def _extents(a: Ints, b: Ints, length: Ints, group: Ints) -> list[Chain]:
    if not len(a):
        return []
    order = np.lexsort((a, b - a, group))
    a, b, length, group = a[order], b[order], length[order], group[order]
    first = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    columns = (
        np.minimum.reduceat(a, first),
        np.maximum.reduceat(a + length, first),
        np.minimum.reduceat(b, first),
        np.maximum.reduceat(b + length, first),
        np.maximum.reduceat(_runs(a, b, length, group), first),
    )
    return [Chain(*row) for row in zip(*(c.tolist() for c in columns), strict=True)]


def _runs(a: Ints, b: Ints, length: Ints, group: Ints) -> Ints:
    """For each seed the length of the run of words it ends, by the seeds before it; 0 for pairs of content words."""
    goes_on = (group[1:] == group[:-1]) & (b[1:] - a[1:] == b[:-1] - a[:-1]) & (a[1:] - a[:-1] <= length[:-1])
    begin = np.maximum.accumulate(np.where(np.r_[True, ~goes_on], np.arange(len(a)), 0))
    return np.where(length > 1, a + length - a[begin], 0)
