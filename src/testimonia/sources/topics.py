"""Whether a text speaks of the same persons, bodies and places as the text before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_NAME = re.compile(r"[A-Z\u00c0-\u00de\u0400-\u042f][\w’']{2,}")
_SMALL = re.compile(r"\b[a-z\u00df-\u00ff\u0430-\u044f][\w’']{2,}")
_WINDOW = 1500  # code points of text below a heading that are looked at
_SHORT = 500  # code points; so short a text before says little about its names
_FEWEST = 4  # names; with fewer nothing is said
_LEADING = 6  # names that a text speaks of most


class Topics:
    """The names in each block; a word that also stands in small letters somewhere in the text is none."""

    def __init__(self, blocks: Sequence[str]) -> None:
        small: set[str] = set()
        for words in blocks:
            small.update(_SMALL.findall(words))
        self.names = [
            [name.removesuffix("’s").removesuffix("'s") for name in _NAME.findall(words) if name.lower() not in small]
            for words in blocks
        ]
        self.lengths = [len(words) for words in blocks]
        self.restart()

    def restart(self) -> None:
        """Forgets what was counted; ``change`` may then be asked from the beginning."""
        self._from = -1
        self._upto = 0
        self._length = 0
        self._before: Counter[str] = Counter()

    def change(self, opened: int, first: int, body: int) -> list[str]:
        """Reasons for or against a beginning at ``first``: names since ``opened`` against those from ``body`` on.

        Calls come in the order of ``first``, so that the names before are counted once.
        """
        self._count(opened, first)
        after = self._after(first, body)
        if len(after) < _FEWEST or len(self._before) < _FEWEST:
            return []
        shared = sum(name in self._before for name in after) / len(after)
        leading = [name for name, times in self._before.most_common(_LEADING) if times > 1]
        kept = any(name in after for name in leading)
        if shared > 0.5:
            return ["the same names as before"]
        if kept or self._length < _SHORT:
            return []
        if shared <= 0.1:
            return ["other names than before"]
        return ["mostly other names than before"] if shared <= 0.3 else []

    def _count(self, opened: int, first: int) -> None:
        if opened != self._from:
            self._from, self._upto, self._length, self._before = opened, opened, 0, Counter()
        for i in range(self._upto, first):
            self._before.update(self.names[i])
            self._length += self.lengths[i]
        self._upto = max(self._upto, first)

    def _after(self, first: int, body: int) -> set[str]:
        found: set[str] = set()
        seen = 0
        for i in range(first, len(self.names)):
            found.update(self.names[i][:200])
            seen += self.lengths[i] if i >= body else 0
            if seen >= _WINDOW:
                break
        return found
