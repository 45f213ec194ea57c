"""Which quotation stands within which, where the text lets one go on with another: put right before chains are made."""

from __future__ import annotations

import re
from bisect import bisect_right

from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.speakers import Speakers
from testimonia.text import Span

_NEAR = 12  # drafts before one that are looked at for its frame
_TAG_LENGTH = 60  # code points of the rest of a tag
_TAG = 4  # words of a tag ("Holm said in May") beside its speaker and cue
_BETWEEN = re.compile(r"[\s,.:;–—-]*(?:that)?[\s,:]*")  # between a speech tag and its words
_EDGES = re.compile(r"[\s.,;:!?…”’\"'»“‘«)\]]*")  # by which an inner content may stand out


def nested(ground: Ground, drafts: list[Draft]) -> tuple[list[Draft], frozenset[int]]:
    """The drafts, sorted again, and the ``id`` of those that took another in.

    The words that a reported speech tag introduces are a part of what is reported: what the Star says holds the words
    in "the Star wrote that Holm had said: “It is sold.”" and in "“It is sold,” Holm said, according to the Star".
    """
    wider: set[int] = set()
    for i, inner in enumerate(drafts):
        if not inner.cue or inner.kind == "block":
            continue
        for outer in drafts[max(0, i - _NEAR) : i + _NEAR]:
            if outer is not inner and outer.kind in ("indirect", "mixed") and _frames(ground, outer, inner):
                _take_in(ground, outer, inner)
                wider.add(id(outer))
    return (sorted(drafts, key=lambda d: (d.start, -d.end, d.kind)) if wider else drafts), frozenset(wider)


def within(ground: Ground, inner: Draft, outer: Draft) -> bool:
    """Whether one content lies in the other, marks and stops at its end apart."""
    if (inner.start, inner.end) == (outer.start, outer.end):
        return False
    span = _span_at(outer, inner.start)
    if span is None or inner.start >= span.end:
        return False
    return inner.end <= span.end or _is_edge(ground, span.end, inner.end)


def _span_at(draft: Draft, offset: int) -> Span | None:
    """The last span that begins at ``offset`` or before; a speech of a thousand tags has as many spans."""
    i = bisect_right(draft.spans, offset, key=lambda span: span.start) - 1
    return draft.spans[i] if i >= 0 else None


def _is_edge(ground: Ground, start: int, end: int) -> bool:
    return end - start < 8 and _EDGES.fullmatch(ground.text, start, end) is not None


def _frames(ground: Ground, outer: Draft, inner: Draft) -> bool:
    """Whether the tag of ``inner`` is a part of ``outer`` and its words stand beside that part."""
    if inner.start < outer.end and outer.start < inner.end:
        return False
    if inner.cue[0] in outer.cue[:1]:
        return False
    if not _holds(outer, inner.cue[0]):
        return _is_cut(ground, outer, inner)
    if inner.source is not None and not _holds(outer, Speakers.span(inner.source)):
        return False
    if ground.words.lower[ground.word_at(inner.cue[0].start)] not in ground.lexicon.verbs:
        return False
    if outer.end <= inner.start:
        return inner.start - outer.end < 12 and _BETWEEN.fullmatch(ground.text, outer.end, inner.start) is not None
    if inner.end > outer.start or not outer.cue or outer.cue[0].start < outer.end:
        return False
    tag = ground.count(outer.start, outer.end) - ground.count(*inner.cue[0])
    named = inner.source.last - inner.source.first + 1 if inner.source is not None else 0
    return tag - named <= _TAG and _BETWEEN.fullmatch(ground.text, inner.end, outer.start) is not None


def _is_cut(ground: Ground, outer: Draft, inner: Draft) -> bool:
    """Whether ``outer`` is nothing but the speaker of a tag that goes on right after it: "that HOLM had | said: …"."""
    source, cue = inner.source, inner.cue[0]
    if source is None or source.start != outer.start or source.end > outer.end or not outer.end <= cue.start:
        return False
    between = ground.text[outer.end : inner.start]
    return len(between) <= _TAG_LENGTH and cue.end <= inner.start and not any(c in between for c in ".!?;\n")


def _holds(outer: Draft, part: Span) -> bool:
    span = _span_at(outer, part.start)
    return span is not None and part.end <= span.end


def _take_in(ground: Ground, outer: Draft, inner: Draft) -> None:
    if inner.start >= outer.end:
        outer.spans[-1] = Span(outer.spans[-1].start, inner.end)
    else:
        outer.spans[0] = Span(inner.start, outer.spans[0].end)
    if ground.marks_in(outer.start, outer.end):
        outer.kind = "mixed"
