"""Gathering: pieces that follow one another in one document and come from another are one passage, told once.

So a summary, or sentences in another order, is one copy and not many. The other side is then the stretch from which the
pieces were taken, with what stands between them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from testimonia.analysers.copies.corpus import Corpus
from testimonia.analysers.copies.edges import Edges, Stretch

PIECE = 120  # words; what is longer is a passage of its own
NEAR = 30  # words between two pieces on the side on which they follow one another
FAR = 1000  # words over which they may lie apart on the other side
VERBATIM, FAR_VERBATIM = 0.97, 250  # pieces all so similar are quotations each of its own, unless they lie nearer

Span = tuple[int, int]


def gathered(corpus: Corpus, edges: Edges, stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """The stretches, with those that are pieces of one passage joined."""
    by_pair: dict[tuple[int, int], list[Stretch]] = defaultdict(list)
    for stretch in stretches:
        by_pair[int(corpus.document[stretch.a_start]), int(corpus.document[stretch.b_start])].append(stretch)
    for (left, right), found in by_pair.items():
        if left == right or len(found) == 1:
            yield from found
            continue
        alone = []
        for group in _groups(found, turned=False):
            if len(group) > 1:
                yield edges.joined(group)
            else:
                alone += group
        for group in _groups(alone, turned=True):
            yield edges.joined(group) if len(group) > 1 else group[0]


def _groups(stretches: Sequence[Stretch], turned: bool) -> list[list[Stretch]]:
    """Pieces that follow one another in the first document; in the second where ``turned``."""
    groups: list[list[Stretch]] = []
    end, far = 0, (0, 0)
    for stretch in sorted(stretches, key=lambda s: _sides(s, turned)):
        here, there = _sides(stretch, turned)
        wider = min(far[0], there[0]), max(far[1], there[1])
        if groups and here[0] - end <= NEAR and _one_passage(groups[-1], stretch, wider):
            groups[-1].append(stretch)
            end, far = max(end, here[1]), wider
        else:
            groups.append([stretch])
            end, far = here[1], there
    return groups


def _sides(stretch: Stretch, turned: bool) -> tuple[Span, Span]:
    a, b = (stretch.a_start, stretch.a_end), (stretch.b_start, stretch.b_end)
    return (b, a) if turned else (a, b)


def _one_passage(group: Sequence[Stretch], stretch: Stretch, far: Span) -> bool:
    apart = FAR_VERBATIM if stretch.similarity >= VERBATIM and group[-1].similarity >= VERBATIM else FAR
    return far[1] - far[0] <= apart and all(min(_lengths(piece)) <= PIECE for piece in (group[-1], stretch))


def _lengths(stretch: Stretch) -> Span:
    return stretch.a_end - stretch.a_start, stretch.b_end - stretch.b_start
