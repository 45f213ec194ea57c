"""Chains: seeds of two documents that lie close together in both make up one stretch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from testimonia.analysers.copies.corpus import Corpus, Ints

Flags = NDArray[np.bool_]

CHUNK = 4_000_000  # seeds counted at one time
LONG = 3  # a run counts as so many pairs of content words


@dataclass(frozen=True, slots=True)
class Reach:
    """How far apart the seeds of a chain may lie (``gap``, words), by how much its order may be turned (``shift``,
    words; ``gap`` inside one document), how many seeds it needs (``enough``, a run counting ``LONG``), and how many
    words its longest run (``run``).
    """

    gap: int
    shift: int
    enough: int
    run: int


CLOSE = Reach(gap=15, shift=15, enough=3, run=6)  # of runs: what is copied word by word
WIDE = Reach(gap=40, shift=250, enough=6, run=0)  # of all seeds: what is reworded or turned about


@dataclass(frozen=True, slots=True)
class Chain:
    """A stretch of words in ``[a_start, a_end)`` and ``[b_start, b_end)`` of the corpus that seeds hold together."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    run: int  # words of the longest run that both have


def chained(corpus: Corpus, a: Ints, b: Ints, length: Ints, reach: Reach) -> list[Chain]:
    """Stretches of two documents, or of two parts of one, that enough seeds hold together."""
    may = _frequent(corpus, a, b, length, reach.enough)
    a, b, length = a[may], b[may], length[may]
    left, right = corpus.document[a], corpus.document[b]
    seeds = _Seeds(a, b, length, left == right, left.astype(np.uint64) * np.uint64(len(corpus.heads)) + right)
    seeds = seeds.only(np.argsort(seeds.group))
    seeds.group = _numbered(seeds.group)
    for _ in range(3):
        seeds = seeds.split(seeds.a, reach.gap, reach.enough)
        seeds = seeds.split(seeds.b, reach.gap, reach.enough)
        shift = np.where(seeds.alone, np.int32(reach.gap), np.int32(reach.shift))
        seeds = seeds.split(seeds.b - seeds.a, shift, reach.enough)
    return _extents(seeds, reach.run)


def _frequent(corpus: Corpus, a: Ints, b: Ints, length: Ints, enough: int) -> Flags:
    """Which pairs of documents may have enough seeds: counted in slots, so that most are dropped without sorting."""
    bits = min(26, max(10, len(a).bit_length()))
    weight = np.zeros(1 << bits, dtype=np.int32)
    slots = np.empty(len(a), dtype=np.int32)
    for begin in range(0, len(a), CHUNK):
        part = slice(begin, begin + CHUNK)
        left, right = (corpus.document[side[part]].astype(np.uint64) for side in (a, b))
        mixed = (left * np.uint64(len(corpus.heads)) + right) * np.uint64(0x9E3779B97F4A7C15)
        slots[part] = slot = (mixed >> np.uint64(64 - bits)).astype(np.int32)
        np.add.at(weight, slot, np.where(length[part] > 1, np.int32(LONG), np.int32(1)))
    return np.asarray(weight[slots] >= enough)


@dataclass(slots=True)
class _Seeds:
    """Seeds in columns; those of one ``group`` stand together."""

    a: Ints
    b: Ints
    length: Ints
    alone: Flags
    group: Ints

    def only(self, which: Ints | Flags) -> _Seeds:
        return _Seeds(self.a[which], self.b[which], self.length[which], self.alone[which], self.group[which])

    def split(self, along: Ints, gap: Ints | int, enough: int) -> _Seeds:
        """Groups split wherever two neighbours are more than ``gap`` apart, without those that are then too weak."""
        order = np.argsort(self.group.astype(np.uint64) << np.uint64(32) | along.astype(np.uint64))
        limit = gap[order][1:] if isinstance(gap, np.ndarray) else gap
        x, found = along[order], self.only(order)
        parted = np.zeros(len(x), dtype=bool)
        parted[1:] = (found.group[1:] != found.group[:-1]) | (x[1:] - x[:-1] > limit)
        found.group = np.cumsum(parted, dtype=np.int32)
        return found.strong(enough)

    def strong(self, enough: int) -> _Seeds:
        """Without the groups that have too few seeds."""
        first = _heads(self.group)
        size = np.diff(np.append(first, len(self.group)))
        weight = np.add.reduceat(np.where(self.length > 1, LONG, 1), first) if len(first) else first
        kept = self.only(np.repeat(weight >= enough, size))
        kept.group = _numbered(kept.group)
        return kept


def _heads(group: Ints) -> Ints:
    """Where each group begins."""
    if not len(group):
        return np.zeros(0, dtype=np.int64)
    return np.append(0, np.flatnonzero(group[1:] != group[:-1]) + 1)


def _numbered(key: Ints) -> Ints:
    """Groups numbered from 0 on, in the order in which they stand."""
    numbers = np.zeros(len(key), dtype=np.int32)
    numbers[1:] = np.cumsum(key[1:] != key[:-1])
    return numbers


def _extents(seeds: _Seeds, run: int) -> list[Chain]:
    if not len(seeds.a):
        return []
    seeds = seeds.only(np.lexsort((seeds.a, seeds.b.astype(np.int64) - seeds.a, seeds.group)))
    first = _heads(seeds.group)
    ends = seeds.length.astype(np.int64)
    columns = (
        np.minimum.reduceat(seeds.a, first),
        np.maximum.reduceat(seeds.a + ends, first),
        np.minimum.reduceat(seeds.b, first),
        np.maximum.reduceat(seeds.b + ends, first),
        np.maximum.reduceat(_runs(seeds), first),
    )
    long = columns[-1] >= run
    return [Chain(*row) for row in zip(*(c[long].tolist() for c in columns), strict=True)]


def _runs(seeds: _Seeds) -> Ints:
    """For each seed the length of the run of words it ends, by the seeds before it; 0 for pairs of content words."""
    a, b, length, group = seeds.a.astype(np.int64), seeds.b.astype(np.int64), seeds.length, seeds.group
    fresh = np.ones(len(a), dtype=bool)
    fresh[1:] = (group[1:] != group[:-1]) | (b[1:] - a[1:] != b[:-1] - a[:-1]) | (a[1:] - a[:-1] > length[:-1])
    begin = np.maximum.accumulate(np.where(fresh, np.arange(len(a)), 0))
    return np.where(length > 1, a + length - a[begin], 0)
