"""Stretches: what two places have in common, word by word or reworded, each told once."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from testimonia.analysers.copies.chains import CLOSE, WIDE, chained
from testimonia.analysers.copies.corpus import Corpus
from testimonia.analysers.copies.edges import Edges, Stretch
from testimonia.analysers.copies.gathering import gathered
from testimonia.analysers.copies.seeds import matches

ALIKE = 0.9  # similarity from which word-by-word copies alone show where a passage begins and ends
MOSTLY = 0.5  # share of a reworded stretch that word-by-word copies must fill to stand for it


def stretches(corpus: Corpus) -> list[Stretch]:
    """All copied stretches, in the order of their places."""
    a, b, length = matches(corpus)
    runs = length > 1
    edges = Edges(corpus)
    close = [edges.close(chain) for chain in chained(corpus, a[runs], b[runs], length[runs], CLOSE)]
    wide = [edges.wide(chain) for chain in chained(corpus, a, b, length, WIDE)]
    found = gathered(corpus, edges, _merged(corpus, edges, [s for s in close if s], [s for s in wide if s]))
    return sorted(found, key=lambda s: (s.a_start, s.b_start, s.a_end, s.b_end))


def _merged(corpus: Corpus, edges: Edges, close: Sequence[Stretch], wide: Sequence[Stretch]) -> Iterator[Stretch]:
    """Of a reworded stretch and the word-by-word copies in it, those that say more."""
    by_pair: dict[tuple[int, int], list[Stretch]] = defaultdict(list)
    for stretch in sorted(close, key=lambda s: (s.a_start, s.b_start)):
        by_pair[_documents(corpus, stretch)].append(stretch)
    taken: set[Stretch] = set()
    for stretch in wide:
        inside = [s for s in _near(by_pair[_documents(corpus, stretch)], stretch) if s not in taken]
        taken.update(inside)
        filled = sum(s.a_end - s.a_start for s in inside)
        if filled >= MOSTLY * (stretch.a_end - stretch.a_start):
            joined = edges.joined(inside)
            yield joined if joined.similarity >= ALIKE else edges.joined([*inside, stretch])
        else:
            yield stretch
    yield from (s for s in close if s not in taken)


def _documents(corpus: Corpus, stretch: Stretch) -> tuple[int, int]:
    left, right = corpus.begins.searchsorted([stretch.a_start, stretch.b_start], side="right")
    return int(left), int(right)


def _near(close: Sequence[Stretch], wide: Stretch) -> list[Stretch]:
    """Those that lie mostly inside ``wide`` on both sides."""
    first = bisect_left(close, wide.a_start, key=lambda s: s.a_end) if close else 0
    found = []
    for stretch in close[max(0, first - 1) :]:
        if stretch.a_start >= wide.a_end:
            break
        if _held(stretch.a_start, stretch.a_end, wide.a_start, wide.a_end) and _held(
            stretch.b_start, stretch.b_end, wide.b_start, wide.b_end
        ):
            found.append(stretch)
    return found


def _held(start: int, end: int, outer_start: int, outer_end: int) -> bool:
    return 2 * (min(end, outer_end) - max(start, outer_start)) > end - start
