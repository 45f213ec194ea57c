"""Stretches: what two places have in common, word by word or reworded, each told once."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from testimonia.analysers.copies.chains import CLOSE, WIDE, Chain, chained
from testimonia.analysers.copies.corpus import Corpus
from testimonia.analysers.copies.edges import MARGIN, Edges, Stretch
from testimonia.analysers.copies.gathering import gathered
from testimonia.analysers.copies.seeds import matches

ALIKE = 0.9  # similarity from which word-by-word copies alone show where a passage begins and ends
HARDLY = 3  # words of a chain that may lie outside a copy that holds it
MOSTLY = 0.5  # share of a reworded stretch that word-by-word copies must fill to stand for it

Pairs = Mapping[tuple[int, int], Sequence[Stretch]]  # stretches by the two documents, in the order of their places


def stretches(corpus: Corpus) -> list[Stretch]:
    """All copied stretches, in the order of their places."""
    a, b, length = matches(corpus)
    runs = length > 1
    edges = Edges(corpus)
    close: dict[tuple[int, int], list[Stretch]] = defaultdict(list)
    for chain in chained(corpus, a[runs], b[runs], length[runs], CLOSE):
        stretch = edges.close(chain)
        if stretch:
            close[_documents(corpus, stretch)].append(stretch)
    for found in close.values():
        found.sort(key=lambda s: (s.a_start, s.b_start))
    wide = _wide(corpus, edges, chained(corpus, a, b, length, WIDE), close)
    gathering = gathered(corpus, edges, _merged(corpus, edges, close, wide))
    return sorted(gathering, key=lambda s: (s.a_start, s.b_start, s.a_end, s.b_end))


def _wide(corpus: Corpus, edges: Edges, chains: Iterable[Chain], close: Pairs) -> Iterator[Stretch]:
    """The reworded stretches, without those that one word-by-word copy holds alone."""
    for chain in chains:
        pair = _documents(corpus, chain)
        near = list(_near(close.get(pair, ()), chain.a_start - MARGIN, chain.a_end + MARGIN))
        if len(near) == 1 and near[0].similarity >= ALIKE and _holds(near[0], chain):
            continue
        stretch = edges.wide(chain)
        if stretch:
            yield stretch


def _merged(corpus: Corpus, edges: Edges, close: Pairs, wide: Iterable[Stretch]) -> Iterator[Stretch]:
    """Of a reworded stretch and the word-by-word copies in it, those that say more."""
    taken: set[Stretch] = set()
    for stretch in wide:
        near = _near(close.get(_documents(corpus, stretch), ()), stretch.a_start, stretch.a_end)
        inside = [s for s in near if s not in taken and _inside(s, stretch)]
        taken.update(inside)
        filled = sum(s.a_end - s.a_start for s in inside)
        if filled >= MOSTLY * (stretch.a_end - stretch.a_start):
            joined = edges.joined(inside)
            yield joined if joined.similarity >= ALIKE else edges.joined([*inside, stretch])
        else:
            yield stretch
    yield from (s for found in close.values() for s in found if s not in taken)


def _documents(corpus: Corpus, stretch: Stretch | Chain) -> tuple[int, int]:
    return int(corpus.document[stretch.a_start]), int(corpus.document[stretch.b_start])


def _near(close: Sequence[Stretch], start: int, end: int) -> Iterator[Stretch]:
    """Those of one pair of documents that reach into ``[start, end)`` on the first side."""
    first = bisect_left(close, start, key=lambda s: s.a_end) if close else 0
    for i in range(max(0, first - 1), len(close)):
        if close[i].a_start >= end:
            break
        if close[i].a_end > start:
            yield close[i]


def _inside(close: Stretch, wide: Stretch) -> bool:
    """Whether it lies mostly inside ``wide`` on both sides."""
    return _held(close.a_start, close.a_end, wide.a_start, wide.a_end) and _held(
        close.b_start, close.b_end, wide.b_start, wide.b_end
    )


def _holds(close: Stretch, chain: Chain) -> bool:
    """Whether it ends hardly before the chain does, on both sides."""
    a = min(chain.a_start - close.a_start, close.a_end - chain.a_end)
    return min(a, chain.b_start - close.b_start, close.b_end - chain.b_end) >= -HARDLY


def _held(start: int, end: int, outer_start: int, outer_end: int) -> bool:
    return 2 * (min(end, outer_end) - max(start, outer_start)) > end - start
