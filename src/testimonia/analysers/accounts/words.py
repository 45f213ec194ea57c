"""Words by which passages are compared, and groups made of pairs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from testimonia import language
from testimonia.analysers.copies.words import normal, split, stem

Stems = tuple[str, ...]
FEW = 100  # passages; fewer do not show which words are rare, and are taken for so many


def stems(text: str, code: str) -> Stems:
    """The stems of the content words of a text, in order."""
    known = language.known(code)
    found = (stem(normal(word), known) for word in split(text))
    return tuple(root for root in found if root is not None)


class Weights:
    """How much each stem says: the fewer passages have it, the more (natural logarithm of passages over those)."""

    def __init__(self, passages: Iterable[Stems]) -> None:
        self.count: Counter[str] = Counter()
        self.total = 0
        for passage in passages:
            self.count.update(set(passage))
            self.total += 1

    def of(self, root: str) -> float:
        return math.log(max(self.total, FEW) / (self.count[root] + 0.5)) if self.count[root] else 0.0

    def sum(self, roots: Iterable[str]) -> float:
        return sum(map(self.of, sorted(roots)))


class Groups:
    """Union-find over the numbers 0 to ``size`` - 1."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, i: int) -> int:
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def join(self, i: int, j: int) -> None:
        low, high = sorted((self.root(i), self.root(j)))
        self._parent[high] = low

    def several(self) -> list[list[int]]:
        """The groups of two or more, each in order, by their first member."""
        members: dict[int, list[int]] = {}
        for i in range(len(self._parent)):
            members.setdefault(self.root(i), []).append(i)
        return [group for group in members.values() if len(group) > 1]
