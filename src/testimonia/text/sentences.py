"""Sentences of a stretch of text, in time linear in its length."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from testimonia import language
from testimonia.text.model import Span

# A full stop, question or exclamation mark with the marks that close a quotation or bracket, before white space; or a
# blank line.
_STOP = re.compile(r"(?:[.!?…]+[”’»\"')\]]*)(?=\s)|\n[^\S\n]*\n")
_WORD_BEFORE = re.compile(r"(?:\w+\.)*\w+$")
_WORD_AFTER = re.compile(r"[\s“‘«\"'(\[—–-]*(\w+)?")


class _Rules(msgspec.Struct, forbid_unknown_fields=True):
    titles: list[str]
    shortened: list[str]
    openers: list[str]


@cache
def _rules(code: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    rules = language.read(code, "sentences", _Rules)
    return frozenset(rules.titles), frozenset(rules.shortened), frozenset(rules.openers)


def sentences(text: str, start: int = 0, end: int | None = None, code: str = "en") -> list[Span]:
    """The sentences of ``text[start:end]``, in order, without the white space between them.

    Closing quotation marks and brackets belong to the sentence they end. Abbreviations are those of
    ``language/<code>/sentences.yml``.
    """
    end = len(text) if end is None else end
    found: list[Span] = []
    begin = start
    for match in _STOP.finditer(text, start, end):
        blank = text[match.start()] == "\n"
        if blank or _ends(text, match.start(), match.end(), end, code):
            _add(text, begin, match.start() if blank else match.end(), found)
            begin = match.end()
    _add(text, begin, end, found)
    return found


def _add(text: str, begin: int, stop: int, found: list[Span]) -> None:
    while begin < stop and text[begin].isspace():
        begin += 1
    while stop > begin and text[stop - 1].isspace():
        stop -= 1
    if begin < stop:
        found.append(Span(begin, stop))


def _ends(text: str, stop: int, after: int, end: int, code: str) -> bool:
    """Whether the mark at ``stop`` (closing marks up to ``after``) ends a sentence."""
    titles, shortened, openers = _rules(code)
    next_word = _WORD_AFTER.match(text, after, min(end, after + 60))
    follower = next_word.group(1) if next_word else None
    if follower is None:
        return True
    if follower[0].islower():
        return False
    if text[stop] != "." or after > stop + 1:
        return True
    before = _WORD_BEFORE.search(text, max(0, stop - 20), stop)
    word = before.group() if before else ""
    if word in titles or (len(word) == 1 and word.isupper() and word != "I"):
        return False
    return word not in shortened or follower in openers
