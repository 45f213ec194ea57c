"""Words of a text with what stands before each: the ground on which names are found."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

# Dotted letters (U.S., K.C.) are one word; hyphens and apostrophes stand inside a word.
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?|\w+(?:[’'‘‐‑-]\w+)*")
_TIED = re.compile(r"[^\W\d_]{1,2}[’'‘-]([^\W\d_])")
_LOOSE = re.compile(
    r"(?:^|(?<=[.)\]]))[ \t]+(?=[,.;:!?)\]]|['’]s\b)|(?<=[(\[])[ \t]+$"
)  # of texts whose marks stand apart as words do
_LONGEST_GAP = 24
_LONGEST_WORD = 60
_APART = (" '", " ’")
_TITLE_CASE = 0.7  # share of capitalised words in a line, of those with four letters or more, that makes it a headline


@dataclass(slots=True)
class Tokens:
    """Parallel lists: word ``i`` is ``text[start[i]:end[i]]``; ``gap[i]`` is what stands between it and the one before.

    A possessive ending stands in the gap after its word. Long gaps are cut; spaces before a comma or a full stop are
    left out of them. ``capital[i]``: it begins with a capital,
    or with a small article tied to one (al-Nahda, d'Orsay). ``lower``: the words in small letters. ``headline[i]``: it
    stands in a line that is set in capitals or title case, where a capital says nothing.
    """

    word: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    gap: list[str] = field(default_factory=list)
    capital: list[bool] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    headline: list[bool] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.word)


def tokens_of(text: str, tails: frozenset[str] = frozenset()) -> Tokens:
    """The words of ``text`` in order; ``tails`` are endings after a hyphen that are cut off (Whig-led)."""
    words = Tokens()
    last = 0
    for match in _WORD.finditer(text):
        word, start, end = match.group(), match.start(), match.end()
        if word == "s" and text[last:start] in _APART:
            continue
        if len(word) > 3 and word[-1] in "sS" and word[-2] in "’'‘":
            word, end = word[:-2], end - 2
        if "-" in word and _is_tail(word[word.rindex("-") + 1 :], tails):
            end -= len(word) - word.rindex("-")
            word = word[: word.rindex("-")]
        words.word.append(word)
        words.start.append(start)
        words.end.append(end)
        gap = text[last : min(start, last + _LONGEST_GAP)]
        words.gap.append(_LOOSE.sub("", gap) if len(gap) > 1 else gap)
        words.capital.append(len(word) <= _LONGEST_WORD and _is_capital(word) and not _in_address(words))
        words.lower.append(word.lower())
        last = end
    _mark_headlines(text, words)
    return words


def _is_capital(word: str) -> bool:
    if word[0].isupper():
        return True
    tied = _TIED.match(word)
    return tied is not None and tied.group(1).isupper()


def _is_tail(word: str, tails: frozenset[str]) -> bool:
    return word in tails or (word.islower() and len(word) > 4 and word.endswith("ed"))


def _in_address(words: Tokens) -> bool:
    """Whether the last word belongs to the address of a page, a mail or an account."""
    gap = words.gap[-1]
    if gap[-1:] not in ("/", "@", "_", "=", "#", "%"):
        return gap in (".", "?", "&") and len(words) > 1 and words.word[-2].islower()
    return gap[-1:] != "/" or (len(words) > 1 and not words.capital[-1])


def _mark_headlines(text: str, words: Tokens) -> None:
    begin = 0
    for i in range(1, len(words) + 1):
        if i == len(words) or "\n" in words.gap[i]:
            stops = text[words.end[i - 1] : words.end[i - 1] + 1] in (".", ";", ":", ",")
            words.headline.extend([_is_headline(words, begin, i, stops)] * (i - begin))
            begin = i


def _is_headline(words: Tokens, begin: int, stop: int, ends_sentence: bool) -> bool:
    """Whether a line is set in title case and ends no sentence, or is set in capitals."""
    long = [i for i in range(begin, stop) if len(words.word[i]) > 3]
    if len(long) < 3 or stop - begin < 4:
        return False
    if ends_sentence:
        return all(words.word[i].isupper() for i in long)
    return sum(words.capital[i] for i in long) >= _TITLE_CASE * len(long)
