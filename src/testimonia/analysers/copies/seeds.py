"""Seeds: short runs of words, and pairs of content words, that stand in two places."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from testimonia.analysers.copies.corpus import Corpus, Ints

RUN = 5  # words in a row
REACH = 4  # content words that may stand between the two of a pair


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fingerprint, over so many words (``length``). Up to ``all_pairs`` places of one, each is paired with
    each; of more, each with the ``first`` ones only, so that pairs grow with the text; one that stands in more than
    ``most`` says nothing.
    """

    length: int
    all_pairs: int
    first: int
    most: int = 1 << 30


RUNS = Kind(length=RUN, all_pairs=12, first=3)
PAIRS = Kind(length=1, all_pairs=12, first=3, most=256)  # fewer lose reworded passages in a small archive of one matter
FAR = 64  # words beyond a chunk in which the second word of a pair is looked for
CHUNK = 1_000_000  # words whose fingerprints are made at one time
AT_ONCE = 24_000_000  # fingerprints sorted at one time; more are done in portions of the hash's range
SLOTS = 28  # bits of the largest table in which fingerprints that occur twice are marked

Hashes = NDArray[np.uint64]
Chunks = Callable[[], Iterator[tuple[Hashes, Ints]]]


def matches(corpus: Corpus) -> tuple[Ints, Ints, Ints]:
    """(a, b, length): word ``a`` begins a run (or pair of content words) that begins again at word ``b`` > ``a``."""
    runs, pairs = _matched(lambda: _runs(corpus), RUNS), _matched(lambda: _pairs(corpus), PAIRS)
    found = [*runs, *pairs]
    if not found:
        nothing = np.zeros(0, dtype=np.int32)
        return nothing, nothing, nothing
    a, b, length = (np.concatenate([part[k] for part in found]) for k in range(3))
    return a, b, length


def _matched(chunks: Chunks, kind: Kind) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Matches of the fingerprints of a kind."""
    hashes, at = _repeated(chunks)
    portions = -(-len(hashes) // AT_ONCE)
    for portion in range(portions):
        mine = slice(None) if portions == 1 else hashes % np.uint64(portions) == portion
        for a, b in _paired(_sorted(hashes[mine], at[mine]), kind):
            yield a, b, np.full(len(a), kind.length, dtype=np.int8)


# ---------------------------------------------------------------- fingerprints


def _mix(left: Hashes, right: Hashes) -> Hashes:
    # ``left`` is spread over all bits first: added up as they are, small numbers of many pairs would have one sum.
    mixed = (left * np.uint64(0x9E3779B97F4A7C15)) ^ right
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    return np.asarray(mixed ^ (mixed >> np.uint64(29)), dtype=np.uint64)


def _runs(corpus: Corpus) -> Iterator[tuple[Hashes, Ints]]:
    for begin in range(0, len(corpus.word) - RUN + 1, CHUNK):
        end = min(begin + CHUNK + RUN - 1, len(corpus.word))
        words, document = corpus.word[begin:end].astype(np.uint64), corpus.document[begin:end]
        n = len(words) - RUN + 1
        hashes = words[:n]
        for k in range(1, RUN):
            hashes = _mix(hashes, words[k : n + k])
        inside = np.flatnonzero(document[:n] == document[RUN - 1 :]).astype(np.int32)
        yield hashes[inside], inside + np.int32(begin)


def _pairs(corpus: Corpus) -> Iterator[tuple[Hashes, Ints]]:
    """Two content words near each other, whichever comes first."""
    for begin in range(0, len(corpus.word), CHUNK):
        end = min(begin + CHUNK, len(corpus.word))
        content = np.flatnonzero(corpus.root[begin:end] >= 0).astype(np.int32) + np.int32(begin)
        beyond = np.flatnonzero(corpus.root[end : end + FAR] >= 0)[:REACH].astype(np.int32) + np.int32(end)
        here = len(content)
        content = np.concatenate((content, beyond))
        roots, document = corpus.root[content].astype(np.uint64), corpus.document[content]
        for step in range(1, min(REACH, len(content) - 1) + 1):
            n = min(here, len(content) - step)
            left, right = roots[:n], roots[step : step + n]
            good = (document[:n] == document[step : step + n]) & (left != right)
            yield _mix(np.minimum(left, right)[good], np.maximum(left, right)[good]), content[:n][good]


def _repeated(chunks: Chunks) -> tuple[Hashes, Ints]:
    """The fingerprints that occur more than once, and a few others, without sorting: each marks a slot of a table."""
    total = sum(len(hashes) for hashes, _ in chunks())
    bits = min(SLOTS, max(16, (2 * total).bit_length()))
    once, twice = np.zeros(1 << bits, dtype=bool), np.zeros(1 << bits, dtype=bool)
    shift = np.uint64(64 - bits)
    for hashes, _ in chunks():
        slot = np.sort((hashes >> shift).astype(np.uint32))
        twice[slot[1:][slot[1:] == slot[:-1]]] = True
        twice[slot[once[slot]]] = True
        once[slot] = True
    kept = [(hashes[often], at[often]) for hashes, at in chunks() for often in [twice[hashes >> shift]]]
    if not kept:
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int32)
    return np.concatenate([hashes for hashes, _ in kept]), np.concatenate([at for _, at in kept])


# ---------------------------------------------------------------- matches


def _sorted(hashes: Hashes, at: Ints) -> tuple[Ints, Ints]:
    """(number of the fingerprint, place) for those that occur more than once, in this order."""
    order = np.argsort(hashes)
    hashes, at = hashes[order], at[order]
    fresh = np.ones(len(hashes), dtype=bool)
    fresh[1:] = hashes[1:] != hashes[:-1]
    single = fresh.copy()
    single[:-1] &= fresh[1:]
    both = np.cumsum(fresh)[~single].astype(np.uint64) << np.uint64(32) | at[~single].astype(np.uint64)
    both.sort()
    return (both >> np.uint64(32)).astype(np.int32), (both & np.uint64(0xFFFFFFFF)).astype(np.int32)


def _paired(found: tuple[Ints, Ints], kind: Kind) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of places with one fingerprint."""
    number, at = found
    # A run that overlaps the one before it ("ha ha ha …") is the same place.
    fresh = np.ones(len(at), dtype=bool)
    fresh[1:] = (number[1:] != number[:-1]) | (at[1:] - at[:-1] >= RUN)
    number, at = number[fresh], at[fresh]
    if not len(at):
        return
    first = np.flatnonzero(np.append(True, number[1:] != number[:-1])).astype(np.int32)
    size: Ints = np.diff(np.append(first, np.int32(len(at))))
    size, first = np.repeat(size, size), np.repeat(first, size)
    rank = np.arange(len(at), dtype=np.int32) - first
    few = size <= kind.all_pairs
    many = ~few & (size <= kind.most)
    for step in range(1, kind.all_pairs):
        right = np.flatnonzero(few & (rank >= step))
        if len(right):
            yield at[right - step], at[right]
    for k in range(kind.first):
        right = np.flatnonzero(many & (rank > k))
        if len(right):
            yield at[first[right] + k], at[right]
