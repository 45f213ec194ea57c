"""Words and punctuation of a sentence as the treebanks of Universal Dependencies cut them, with their offsets."""

from __future__ import annotations

import re

from testimonia.text import Span

_TOKEN = re.compile(
    r"""
      (?:[^\W\d_]\.){2,}                                   # U.S., a.m.
    | \d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?\b                 # 1,000; 3.5; 1920s
    | [^\W\d_]+(?=n['’‘]t\b)                               # did|n't
    | n['’‘]t\b
    | ['’‘](?:s|re|ve|ll|d|m)\b                            # he|'s
    | \w+
    | \.{2,} | -{2,} | ``|'' | [^\w\s]
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SAME = {
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "``": '"', "''": '"',
    "‘": "'", "’": "'", "‚": "'", "‹": "'", "›": "'", "`": "'",
    "–": "—", "―": "—", "--": "—", "---": "—", "…": "...",
}  # fmt: skip


def tokens_of(text: str, start: int, end: int, shortened: frozenset[str]) -> list[Span]:
    """The tokens of ``text[start:end]``; a full stop belongs to the word before it where that is in ``shortened``."""
    found: list[Span] = []
    for match in _TOKEN.finditer(text, start, end):
        at, stop = match.span()
        if text[at:stop] == "." and found and found[-1].end == at and text[found[-1].start : at] in shortened:
            found[-1] = Span(found[-1].start, stop)
        else:
            found.append(Span(at, stop))
    return found


def normal(word: str) -> str:
    """The word with straight marks and one kind of dash, its case kept."""
    return _SAME.get(word) or word.replace("’", "'").replace("‘", "'")


def shape(word: str) -> str:
    """What a word looks like: x, X, Xx, xX, d, dx, or the mark itself."""
    if word.isalpha():
        if word.islower():
            return "x"
        if word.isupper():
            return "X" if len(word) == 1 else "XX"
        return "Xx" if word[0].isupper() else "xX"
    if any(c.isdigit() for c in word):
        return "d" if all(c.isdigit() or c in ".,:" for c in word) else "dx"
    return word[:2] if not any(c.isalpha() for c in word) else ("X." if word[0].isupper() else "x.")
