"""A draft: the text that a reader drew from a source, before it is divided into documents."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from testimonia.sources.heads import Fact
from testimonia.text import Document, OffsetMap, Passage, Segment, Source, Stated, document_id, passages_of

_SPACES = re.compile(r"\s+")
FIELDS = ("title", "byline", "publisher", "date", "url")


@dataclass(frozen=True, slots=True)
class Draft:
    """A text with its way back to the source; ``facts`` hold for all of it, their offsets are in the source's text."""

    text: str
    offsets: OffsetMap
    passages: tuple[Passage, ...] | None = None  # None: they follow from the blank lines of each document
    facts: tuple[Fact, ...] = ()
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a draft that is one document; offsets, also of ``facts``, are in the draft's text.

    ``reasons`` say why a document begins here, each with its points.
    """

    start: int
    end: int
    facts: tuple[Fact, ...] = ()
    reasons: tuple[tuple[str, float], ...] = ()


def documents(source: Source, draft: Draft, parts: Iterable[Part]) -> list[Document]:
    """The documents that the parts of a draft make; a part without a letter makes none."""
    found = []
    for part in parts:
        text = draft.text[part.start : part.end]
        if any(c.isalpha() for c in text):
            found.append(_document(source, draft, part, text))
    return found


def _document(source: Source, draft: Draft, part: Part, text: str) -> Document:
    offsets = cut(draft.offsets, part.start, part.end)
    start, end = offsets.to_source(0, len(text))
    inside = [replace(f, start=s, end=e) for f in part.facts for s, e in [draft.offsets.to_source(f.start, f.end)]]
    facts = (*draft.facts, *inside)
    chosen = {field: next((f for f in facts if f.field == field), None) for field in FIELDS}
    filed = {f.value: f for f in reversed(facts) if f.field == "category"}
    stated = [f for f in (*chosen.values(), *reversed(filed.values())) if f and f.start < f.end]
    return Document(
        id=document_id(source.id, start, end, text),
        text=text,
        passages=_passages(draft, part, text),
        **{field: _folded(fact.value) if fact else None for field, fact in chosen.items()},
        language=draft.language,
        categories=tuple(sorted(filed, key=lambda name: filed[name].start)),
        start=start,
        end=end,
        offsets=offsets,
        stated=tuple(
            Stated("categories" if f.field == "category" else f.field, f.start, f.end)
            for f in sorted(stated, key=lambda f: (f.start, f.end, f.field))
        ),
    )


def _folded(value: str) -> str:
    return _SPACES.sub(" ", value).strip()


def _passages(draft: Draft, part: Part, text: str) -> tuple[Passage, ...]:
    if draft.passages is None:
        return tuple(_by_facts(passage, part) for passage in passages_of(text))
    first = bisect_right(draft.passages, part.start, key=lambda p: p.end)
    last = bisect_left(draft.passages, part.end, key=lambda p: p.start)
    return tuple(
        replace(p, start=max(p.start, part.start) - part.start, end=min(p.end, part.end) - part.start)
        for p in draft.passages[first:last]
    )


def _by_facts(passage: Passage, part: Part) -> Passage:
    """A title is a heading however long it is; a byline or dateline is none however short."""
    begin, stop = passage.start + part.start, passage.end + part.start
    inside = {f.field: f for f in part.facts if begin <= f.start and f.end <= stop}
    title = inside.get("title")
    if title and (title.start, title.end) == (begin, stop):
        return replace(passage, kind="heading", level=1)
    return replace(passage, kind="paragraph") if inside else passage


def cut(offsets: OffsetMap, start: int, end: int) -> OffsetMap:
    """The map of ``text[start:end]``; a change that the cut goes through keeps its whole stretch of source."""
    segments = offsets.segments
    found = []
    for segment in segments[bisect_right(segments, start, key=lambda s: s.end) :]:
        if segment.start >= end:
            break
        left, right = max(segment.start, start), min(segment.end, end)
        source_start, source_end = segment.source_start, segment.source_end
        if segment.verbatim:
            source_start, source_end = source_start + left - segment.start, source_end - (segment.end - right)
        found.append(Segment(left - start, right - start, source_start, source_end, segment.verbatim))
    return OffsetMap(tuple(found))


def trimmed(text: str, passages: Iterable[Passage]) -> tuple[Passage, ...]:
    """The passages without white space at their edges, and without those that are nothing else."""
    found = []
    for passage in passages:
        words = text[passage.start : passage.end]
        start = passage.end - len(words.lstrip())
        if words.strip():
            found.append(replace(passage, start=start, end=passage.start + len(words.rstrip())))
    return tuple(found)
