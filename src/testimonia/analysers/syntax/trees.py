"""A sentence as a tree, and the way from scores to a tree."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from testimonia.text import Span

ROOT = -1
_Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Tree:
    """Parallel lists over the tokens of a sentence. ``head`` is the number of a token or ``ROOT``.

    ``tag`` is a Penn Treebank tag, ``rel`` a relation of Universal Dependencies (subtypes kept: nsubj:pass, aux:pass,
    acl:relcl, nmod:poss, obl:agent, compound:prt). ``lower`` has straight marks and one kind of dash.
    """

    spans: list[Span]
    lower: list[str]
    tag: list[str]
    head: list[int]
    rel: list[str]
    text: str = field(repr=False, default="")

    def __len__(self) -> int:
        return len(self.spans)

    @property
    def start(self) -> int:
        return self.spans[0].start

    @property
    def end(self) -> int:
        return self.spans[-1].end

    def within(self, start: int, end: int) -> list[int]:
        """The tokens that lie in ``[start, end)`` of the text."""
        first = bisect_left(self.spans, start, key=lambda s: s.start)
        stop = bisect_right(self.spans, end, key=lambda s: s.end)
        return list(range(first, stop))

    @cached_property
    def children(self) -> list[list[int]]:
        """For each token the tokens that hang on it, in order."""
        found: list[list[int]] = [[] for _ in self.head]
        for i, head in enumerate(self.head):
            if head >= 0:
                found[head].append(i)
        return found

    @cached_property
    def reach(self) -> list[tuple[int, int]]:
        """For each token the first and the last token of what hangs on it, directly or not, itself included."""
        low, high = list(range(len(self.head))), list(range(len(self.head)))
        for i in self._inward():
            head = self.head[i]
            if head >= 0:
                low[head], high[head] = min(low[head], low[i]), max(high[head], high[i])
        return list(zip(low, high, strict=True))

    def _inward(self) -> list[int]:
        """The tokens so that each comes before its head."""
        order: list[int] = [i for i, head in enumerate(self.head) if head < 0]
        for i in order:
            order.extend(self.children[i])
        return order[::-1]

    def child(self, i: int, *rels: str) -> int | None:
        """The first token that hangs on ``i`` by one of the relations."""
        return next((k for k in self.children[i] if self.rel[k] in rels), None)

    def all(self, i: int, *rels: str) -> list[int]:
        return [k for k in self.children[i] if self.rel[k] in rels]

    def under(self, i: int, above: int) -> bool:
        """Whether ``i`` is ``above`` or hangs on it, directly or not."""
        while i >= 0 and i != above:
            i = self.head[i]
        return i == above


def heads_of(scores: _Scores) -> list[int]:
    """The heads (``ROOT`` or a token) of a tree with one root; ``scores[i, h]``: token ``i`` under ``h - 1``.

    The best head of each token, and where that gives no tree, the cheapest changes found one after the other: one root,
    then cycles broken at the token that loses least. Not always the best tree, always a tree.
    """
    n = scores.shape[0]
    scores = scores.copy()
    scores[np.arange(n), np.arange(n) + 1] = -np.inf
    best = scores.argmax(1)
    roots = np.flatnonzero(best == 0)
    if len(roots) != 1:
        root = int(scores[:, 0].argmax()) if not len(roots) else int(roots[scores[roots, 0].argmax()])
        scores[:, 0] = -np.inf
        best = scores.argmax(1)
        best[root] = 0
    heads: list[int] = (best - 1).tolist()
    for _ in range(n):
        cycle = _cycle(heads)
        if not cycle:
            break
        _break(heads, cycle, scores)
    return heads


def _cycle(heads: list[int]) -> list[int]:
    """The tokens of a cycle; none where every token leads to the root."""
    state = [0] * len(heads)  # 1: on the way now, 2: leads to the root
    for i in range(len(heads)):
        way = []
        while i >= 0 and state[i] == 0:
            state[i] = 1
            way.append(i)
            i = heads[i]
        if i >= 0 and state[i] == 1:
            return way[way.index(i) :]
        for k in way:
            state[k] = 2
    return []


def _break(heads: list[int], cycle: list[int], scores: _Scores) -> None:
    """Hangs one token of the cycle on the token outside of all that hangs on the cycle that costs least."""
    inside = set(cycle)
    below = [i for i in range(len(heads)) if _leads(i, heads, inside)]
    allowed = np.ones(scores.shape[1], dtype=bool)
    allowed[[0, *(i + 1 for i in below)]] = False
    rows = np.array(cycle)
    loss = scores[rows, np.array([heads[i] for i in cycle]) + 1][:, None] - np.where(allowed, scores[rows], -np.inf)
    at, head = np.unravel_index(int(loss.argmin()), loss.shape)
    heads[cycle[int(at)]] = int(head) - 1


def _leads(i: int, heads: list[int], inside: set[int]) -> bool:
    for _ in range(len(heads) + 1):
        if i in inside:
            return True
        if i < 0:
            return False
        i = heads[i]
    return True
