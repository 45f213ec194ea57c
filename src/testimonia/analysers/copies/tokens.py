"""Words of a text, found for the whole text at once: where each begins and ends, and which are spelt alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

LETTER, JOINT, BREAK = 1, 2, 4  # classes of characters: part of a word, joins two parts, joins them over a line end
JOINTS, BREAKS = "'’ʼ\u00ad", "-¬‐\u00ad"
USUAL = 0x3000  # code points below are looked up in a small table, which is quick to make

# The same as a regular expression, for one text: a word; what parts it and does not end it is taken into it.
WORD = re.compile(rf"[^\W_]+(?:(?:[{JOINTS}]|[{BREAKS}][^\S\n]*\n[^\S\n]*)[^\W_]+)*")
_LINE_END = re.compile(rf"[{BREAKS}][^\S\n]*\n[^\S\n]*")
_ALPHANUMERIC = re.compile(r"[^\W_]+")

Places = NDArray[np.int32]
Wide = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text in ``[start, end)``; ``kind`` numbers their spellings in the order in which they are first
    seen, ``first`` is the first word of each kind.
    """

    start: Places
    end: Places
    kind: Places
    first: Places


def tokens(text: str) -> Tokens:
    """The words that ``WORD`` finds in a text; takes about 60 bytes a character."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    start, end = _words(text, codes)
    kind, first = _kinds(codes, start, end)
    return Tokens(start.astype(np.int32), end.astype(np.int32), kind, first)


@cache
def _classes(size: int) -> NDArray[np.uint8]:
    """The class of each code point below ``size``."""
    classes = np.zeros(size, dtype=np.uint8)
    for found in _ALPHANUMERIC.finditer("".join(map(chr, range(size)))):
        classes[found.start() : found.end()] = LETTER
    for characters, bit in ((JOINTS, JOINT), (BREAKS, BREAK)):
        for character in characters:
            classes[ord(character)] |= bit
    return classes


def _words(text: str, codes: NDArray[np.uint32]) -> tuple[Wide, Wide]:
    size = USUAL if not len(codes) or int(codes.max()) < USUAL else 0x110000
    classes = _classes(size)[codes]
    letter = np.zeros(len(codes) + 2, dtype=np.int8)
    letter[1:-1] = classes & LETTER
    edges = np.flatnonzero(letter[1:] != letter[:-1])
    start, end = edges[::2], edges[1::2]
    if not len(start):
        return start, end
    joined = _joined(text, classes, end[:-1], start[1:])
    return start[np.append(True, ~joined)], end[np.append(~joined, True)]


def _joined(text: str, classes: NDArray[np.uint8], begin: Wide, end: Wide) -> Flags:
    """Which of the gaps between two stretches of letters leave them one word."""
    opening, width = classes[begin], end - begin
    joined: Flags = (width == 1) & (opening & JOINT > 0)
    for i in np.flatnonzero((width > 1) & (opening & BREAK > 0)).tolist():
        joined[i] = _LINE_END.fullmatch(text, int(begin[i]), int(end[i])) is not None
    return joined


def _kinds(codes: NDArray[np.uint32], start: Wide, end: Wide) -> tuple[Places, Places]:
    """Words that are spelt alike have one number; two spellings that differ share one by chance once in 2^64 pairs."""
    if not len(start):
        nothing = np.zeros(0, dtype=np.int32)
        return nothing, nothing
    prints = _prints(codes, start, end)
    order = np.argsort(prints)
    prints = prints[order]
    fresh = np.append(True, prints[1:] != prints[:-1])
    first = np.minimum.reduceat(order, np.flatnonzero(fresh))
    by_place = np.argsort(first)
    number = np.empty(len(first), dtype=np.int32)
    number[by_place] = np.arange(len(first), dtype=np.int32)
    kind = np.empty(len(start), dtype=np.int32)
    kind[order] = number[np.cumsum(fresh) - 1]
    return kind, first[by_place].astype(np.int32)


def _prints(codes: NDArray[np.uint32], start: Wide, end: Wide) -> NDArray[np.uint64]:
    """A fingerprint of each word: the sum of those of its characters at their places in it."""
    place = np.arange(len(codes), dtype=np.int32)
    place[: start[0]] = 0
    place[start[0] :] -= np.repeat(start, np.diff(np.append(start, len(codes)))).astype(np.int32)
    mixed = codes.astype(np.uint64) << np.uint64(32) | place.astype(np.uint64)
    mixed *= np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(32)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(29)
    total = np.zeros(len(codes) + 1, dtype=np.uint64)
    np.cumsum(mixed, out=total[1:])
    return total[end] - total[start]
