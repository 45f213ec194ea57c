"""Turns of an interview or a transcript: paragraphs that begin with a speaker's name or with Q and A."""

from __future__ import annotations

import re
from bisect import bisect_right

from testimonia.analysers.quotations.asides import mark_rules
from testimonia.analysers.quotations.citations import Citations
from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.speakers import Source

_LABEL = re.compile(r"^[*_]*(?P<name>[^\W\d_][^\n:“”\"]{0,40}?)[*_]*:[*_]*[^\S\n]+(?=\S)", re.MULTILINE)
_BREAK = re.compile(r"\n[^\S\n]*\n")
_CAPS = re.compile(
    r"(?:^|(?<=[.!?] )|(?<=[.!?][”\"] )|(?<=[A-Z]{3} ))(?P<name>[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,4}):(?=\s)",
    re.MULTILINE,
)
_MOSTLY = 0.6  # share of a transcript that its turns cover
_SHORTEST = 4  # words of a turn of a transcript
_FEWEST = 4  # turns that make an interview
_MOST_WORDS = 5  # words of a label


def labelled(ground: Ground, citations: Citations) -> list[Draft]:
    """The turns of an interview, or of a transcript."""
    return _interview(ground, citations) or _transcript(ground, citations)


def _transcript(ground: Ground, citations: Citations) -> list[Draft]:
    """THE SPEAKER: a turn of any length, of which the text mostly consists; several paragraphs are a block."""
    found = [m for m in _CAPS.finditer(ground.text) if not _is_inside(ground, m.start())]
    names = {match.group("name") for match in found}
    if len(names) < 2 or (len(ground.text) - found[0].start()) < _MOSTLY * len(ground.text):
        return []
    ends = [match.start() for match in found[1:]] + [len(ground.text)]
    drafts: list[Draft] = []
    for match, end in zip(found, ends, strict=True):
        draft = _turn(ground, citations, match, end, whole=True)
        if draft is None or ground.count(draft.start, draft.end) < _SHORTEST:
            return []
        draft.kind = "block" if "\n" in ground.text[draft.start : draft.end] else "direct"
        drafts.append(draft)
    return drafts


def _is_inside(ground: Ground, offset: int) -> bool:
    i = bisect_right(ground.mark_starts, offset) - 1
    return i >= 0 and ground.marks[i].end > offset


def _interview(ground: Ground, citations: Citations) -> list[Draft]:
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


def _turn(ground: Ground, citations: Citations, match: re.Match[str], limit: int, whole: bool = False) -> Draft | None:
    stop = None if whole else _BREAK.search(ground.text, match.end(), limit)
    span = ground.stripped(match.end(), stop.start() if stop else limit)
    if span.end <= span.start:
        return None
    start, end = match.span("name")
    draft = Draft("direct", [span])
    draft.confidence, draft.reason = mark_rules(ground.document.language).grade("turn")
    draft.source = Source(start, end, ground.word_at(start), max(ground.word_at(start), ground.word_at(end) - 1))
    name = match.group("name")
    lists = ground.lexicon.words
    if name.lower() in lists.questions | lists.answers:
        draft.doubt = "the label of the turn names nobody"
    else:
        draft.name, draft.actor = citations.named(name.title() if name.isupper() else name)
    return draft
