"""Turns of an interview or a transcript: paragraphs that begin with a speaker's name or with Q and A."""

from __future__ import annotations

import re

from testimonia.analysers.quotations.citations import Citations
from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.speakers import Source

_LABEL = re.compile(r"^[*_]*(?P<name>[^\W\d_][^\n:“”\"]{0,40}?)[*_]*:[*_]*[^\S\n]+(?=\S)", re.MULTILINE)
_BREAK = re.compile(r"\n[^\S\n]*\n")
_FEWEST = 4  # turns that make an interview
_MOST_WORDS = 5  # words of a label


def labelled(ground: Ground, citations: Citations) -> list[Draft]:
    """A quotation for each turn, from its label to the next one or to the end of its paragraph.

    None unless there are several turns of at least two speakers, one of whom speaks twice.
    """
    found = [match for match in _LABEL.finditer(ground.text) if _is_label(ground, match)]
    names = [match.group("name") for match in found]
    if len(found) < _FEWEST or not 1 < len(set(names)) <= len(names) / 2 + 1:
        return []
    lines = sum(1 for _ in re.finditer(r"^\S", ground.text, re.MULTILINE))
    if len(found) * 4 < lines:
        return []
    ends = [match.start() for match in found[1:]] + [len(ground.text)]
    drafts = (_turn(ground, citations, match, end) for match, end in zip(found, ends, strict=True))
    return [draft for draft in drafts if draft is not None]


def _is_label(ground: Ground, match: re.Match[str]) -> bool:
    """Q, A, or words that all have capitals."""
    words = match.group("name").split()
    lists = ground.lexicon.words
    if len(words) == 1 and words[0].lower() in lists.questions | lists.answers:
        return words[0][0].isupper()
    return len(words) <= _MOST_WORDS and all(word[0].isupper() or word.lower() in lists.title_words for word in words)


def _turn(ground: Ground, citations: Citations, match: re.Match[str], limit: int) -> Draft | None:
    stop = _BREAK.search(ground.text, match.end(), limit)
    span = ground.stripped(match.end(), stop.start() if stop else limit)
    if span.end <= span.start:
        return None
    start, end = match.span("name")
    draft = Draft("direct", [span])
    draft.source = Source(start, end, ground.word_at(start), max(ground.word_at(start), ground.word_at(end) - 1))
    name = match.group("name")
    lists = ground.lexicon.words
    if name.lower() in lists.questions | lists.answers:
        draft.doubt = "the label of the turn names nobody"
    else:
        draft.name, draft.actor = citations.named(name.title() if name.isupper() else name)
    return draft
