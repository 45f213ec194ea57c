"""Testimonies: a text that prints witnesses one after the other, each under a paragraph that begins with the NAME."""

from __future__ import annotations

import re

from testimonia import language
from testimonia.analysers.actors.lists import lists
from testimonia.analysers.quotations.asides import mark_rules
from testimonia.analysers.quotations.citations import Citations
from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.speakers import Source
from testimonia.text import Span

_NAME = re.compile(r"[^\W\d_]{2,}(?:[ ’'-][^\W\d_]{2,}){1,4}(?=,? )")
_CLOSING = re.compile(r"[-–—*•]")
_REFERENCE = re.compile(r"\w+ (\w+):")
_FEWEST = 3  # witnesses that make such a text


class Testimonies:
    """Finds the witnesses of a text."""

    def __init__(self, ground: Ground, citations: Citations) -> None:
        self.ground = ground
        self.citations = citations
        self.passages = [p for p in ground.document.passages if p.end > p.start]

    def find(self) -> list[Draft]:
        """A block for each witness, from the paragraph after the one that presents them to the next witness."""
        heads = {i: name for i, p in enumerate(self.passages) if (name := _name_at(self.ground, p.start, p.end))}
        if len(heads) < _FEWEST:
            return []
        via, work = _collection(self.ground, self.citations)
        found = [self._testimony(i, name, heads) for i, name in heads.items()]
        for draft in found:
            if draft is not None:
                draft.work, draft.via = work, via
        return [draft for draft in found if draft is not None]

    def _testimony(self, i: int, name: Span, heads: dict[int, Span]) -> Draft | None:
        ground, passages = self.ground, self.passages
        last = i
        while last + 1 < len(passages) and last + 1 not in heads and not _closes(ground, passages[last + 1].start):
            last += 1
        if last == i:
            return None
        draft = Draft("block", [ground.stripped(passages[i + 1].start, passages[last].end)])
        draft.confidence, draft.reason = mark_rules(ground.document.language).grade("testimony")
        draft.source = Source(name.start, name.end, ground.word_at(name.start), ground.word_at(name.end) - 1)
        draft.name, draft.actor = self.citations.named(ground.text[name.start : name.end].title())
        return draft


def _name_at(ground: Ground, start: int, end: int) -> Span | None:
    """A name of two words or more in capitals at the beginning of a paragraph of prose."""
    match = _NAME.match(ground.text, start, min(end, start + 80))
    if match is None:
        return None
    words = re.split(r"[ ’'-]", match.group())
    while words and not words[-1].isupper():
        words.pop()
    known = lists(language.known(ground.document.language)).openers
    if len(words) < 2 or not all(word.isupper() and word.lower() not in known for word in words):
        return None
    stop = start + len(" ".join(words))
    rest = ground.text[stop : min(end, stop + 200)]
    return Span(start, stop) if any(char.islower() for char in rest) else None


def _closes(ground: Ground, start: int) -> bool:
    """Whether a paragraph is no testimony: a note, an item, a reference (Read more: …)."""
    reference = _REFERENCE.match(ground.text, start)
    referring = mark_rules(ground.document.language).referring
    return _CLOSING.match(ground.text, start) is not None or (
        reference is not None and reference.group(1).lower() in referring
    )


def _collection(ground: Ground, citations: Citations) -> tuple[tuple[str, ...], str | None]:
    """The work that the testimonies are taken from: TITLE, edited by NAME."""
    for match in mark_rules(ground.document.language).edited.finditer(ground.text):
        title = citations.title_before(match.start())
        editor = next(
            (
                ground.actors[m.actor].name
                for m in ground.mentions_in(match.end(), match.end() + 90)
                if m.actor in ground.actors and ground.actors[m.actor].kind == "person"
            ),
            None,
        )
        if title is not None:
            return (f"{title} (ed. {editor})" if editor else title,), title
    return (), None
