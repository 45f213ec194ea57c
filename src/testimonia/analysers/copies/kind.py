"""Kinds of copies: verbatim, edited, reworded, or boilerplate that stands in the same place of several documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from testimonia.analysers.copies.corpus import Corpus
from testimonia.analysers.copies.edges import Stretch

VERBATIM, EDITED = 0.97, 0.6  # share of words in common, in order
EDGE = 8  # words between a piece of boilerplate and the beginning or end of its document
LONGEST = 70  # words; what is longer is no footer
PLACES = 3
MOSTLY = 0.8  # share of the places that must lie at an edge; a stretch that makes up more of its document is no footer


def kinds_of(corpus: Corpus, stretches: Sequence[Stretch]) -> list[str]:
    """The kind of each stretch."""
    nodes = _Nodes(corpus, stretches)
    return [
        "boilerplate" if nodes.is_boilerplate(i) else _kind(stretch.similarity) for i, stretch in enumerate(stretches)
    ]


def _kind(similarity: float) -> str:
    return "verbatim" if similarity >= VERBATIM else "edited" if similarity >= EDITED else "reworded"


class _Nodes:
    """Places (overlapping sides of stretches taken as one), and the groups that copies make of them."""

    def __init__(self, corpus: Corpus, stretches: Sequence[Stretch]) -> None:
        self._corpus = corpus
        sides = sorted(
            [(s.a_start, s.a_end, 2 * i) for i, s in enumerate(stretches)]
            + [(s.b_start, s.b_end, 2 * i + 1) for i, s in enumerate(stretches)]
        )
        self._node_of = [0] * len(sides)
        self._spans: list[tuple[int, int]] = []
        for start, end, side in sides:
            if self._spans and self._overlap(start, end):
                last = self._spans[-1]
                self._spans[-1] = (last[0], max(last[1], end))
            else:
                self._spans.append((start, end))
            self._node_of[side] = len(self._spans) - 1
        self._parent = list(range(len(self._spans)))
        for i in range(len(stretches)):
            self._parent[self._root(self._node_of[2 * i])] = self._root(self._node_of[2 * i + 1])
        self._boilerplate = self._find_boilerplate()

    def _overlap(self, start: int, end: int) -> bool:
        last = self._spans[-1]
        return 2 * (min(last[1], end) - start) > min(end - start, last[1] - last[0])

    def _root(self, node: int) -> int:
        while self._parent[node] != node:
            self._parent[node] = self._parent[self._parent[node]]
            node = self._parent[node]
        return node

    def _find_boilerplate(self) -> set[int]:
        members: dict[int, list[int]] = defaultdict(list)
        for node in range(len(self._spans)):
            members[self._root(node)].append(node)
        return {root for root, nodes in members.items() if self._at_edges(nodes)}

    def _at_edges(self, nodes: Sequence[int]) -> bool:
        """Whether there are enough of them, short ones, most of them at the beginning or end of a document."""
        if len(nodes) < PLACES or any(self._spans[n][1] - self._spans[n][0] > LONGEST for n in nodes):
            return False
        return sum(self._at_edge(*self._spans[n]) for n in nodes) >= MOSTLY * len(nodes)

    def _at_edge(self, start: int, end: int) -> bool:
        corpus = self._corpus
        i = int(corpus.begins.searchsorted(start, side="right")) - 1
        first, last = int(corpus.begins[i]), int(corpus.begins[i + 1])
        whole = end - start > MOSTLY * (last - first)
        return not whole and (start - first <= EDGE or last - end <= EDGE)

    def is_boilerplate(self, stretch: int) -> bool:
        return self._root(self._node_of[2 * stretch]) in self._boilerplate
