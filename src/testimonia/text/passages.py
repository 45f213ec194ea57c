"""Passages of a text without markup: stretches between blank lines."""

from __future__ import annotations

import re

from testimonia.text.model import Passage
from testimonia.text.sentences import sentences

LONGEST = 20_000  # code points; a longer stretch is cut at the end of a sentence, so that no passage is a whole book

_STRETCH = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
_HEADING_LENGTH = 100
_ENDS_SENTENCE = (".", "!", "?", ":", ";", ",", "”", "’", '"', "'", "…", "—", "–", "-", ")")


def passages_of(text: str) -> tuple[Passage, ...]:
    """The paragraphs of a plain text, in order; a short single line that ends no sentence is a heading."""
    found: list[Passage] = []
    for match in _STRETCH.finditer(text):
        start, end = match.start(), match.end()
        while end > start and text[end - 1].isspace():
            end -= 1
        if end - start > LONGEST:
            found.extend(_cut(text, start, end))
        else:
            found.append(Passage(start, end, "heading" if _is_heading(text[start:end]) else "paragraph"))
    return tuple(found)


def _is_heading(words: str) -> bool:
    return len(words) <= _HEADING_LENGTH and "\n" not in words and not words.endswith(_ENDS_SENTENCE)


def _cut(text: str, start: int, end: int) -> list[Passage]:
    pieces: list[Passage] = []
    begin = start
    for sentence in sentences(text, start, end):
        while sentence.end - begin > LONGEST:
            edge = sentence.start if sentence.start > begin else begin + LONGEST
            stop = edge
            while stop > begin and text[stop - 1].isspace():
                stop -= 1
            if stop > begin:
                pieces.append(Passage(begin, stop, "paragraph"))
            begin = edge
    if begin < end:
        pieces.append(Passage(begin, end, "paragraph"))
    return pieces
