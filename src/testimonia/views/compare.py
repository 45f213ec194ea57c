"""Two wordings side by side: which words they share, in order, and which differ."""

from __future__ import annotations

import re
from typing import NamedTuple

from rapidfuzz.distance import Indel

_WORD = re.compile(r"\w+(?:[’'-]\w+)*|[^\w\s]")


class Stretch(NamedTuple):
    """A run of characters of one side: ``same`` when the other side has it too."""

    words: str
    same: bool


def compare(a: str, b: str) -> tuple[list[Stretch], list[Stretch]]:
    """Both texts cut into stretches that are the same or differ, by words; case does not count.

    The characters of all stretches, joined, are the text again.
    """
    left, right = list(_WORD.finditer(a)), list(_WORD.finditer(b))
    blocks = Indel.opcodes([m.group().casefold() for m in left], [m.group().casefold() for m in right])
    same_left = {i for o in blocks if o.tag == "equal" for i in range(o.src_start, o.src_end)}
    same_right = {i for o in blocks if o.tag == "equal" for i in range(o.dest_start, o.dest_end)}
    return _stretches(a, left, same_left), _stretches(b, right, same_right)


def _stretches(text: str, words: list[re.Match[str]], same: set[int]) -> list[Stretch]:
    found: list[Stretch] = []
    at = 0
    for i, word in enumerate(words):
        state = i in same
        between = text[at : word.start()]
        if found and found[-1].same == state:
            found[-1] = Stretch(found[-1].words + between + word.group(), state)
        elif found and not state:  # the space before words that differ belongs to those that are the same
            found[-1] = Stretch(found[-1].words + between, True)
            found.append(Stretch(word.group(), False))
        else:
            found.append(Stretch(between + word.group(), state))
        at = word.end()
    rest = text[at:]
    if rest:
        found = [*found[:-1], Stretch(found[-1].words + rest, found[-1].same)] if found else [Stretch(rest, False)]
    return found
