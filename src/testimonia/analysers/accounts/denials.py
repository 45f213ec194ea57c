"""Denials: a passage that calls what stands before it untrue, and claims set against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from testimonia.analysers.accounts.rules import rules
from testimonia.analysers.accounts.words import stems
from testimonia.findings import Conflict, Place
from testimonia.text import Document, Passage, Span, sentences

REACH = 3  # sentences between a claim and the one that disputes it
SHARED_START = 5  # letters by which two words are taken for one ("expelled", "expulsions" need fewer)
_LOST_SPACE = re.compile(r"(?<=[a-z0-9][a-z0-9])\.(?=[A-Z][a-z])")
_LONGEST = 5000  # code points of a sentence


@cache
def _patterns(code: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = rules(code)
    return (
        re.compile("|".join(words.denials), re.IGNORECASE),
        re.compile("|".join(words.doubting), re.IGNORECASE),
        re.compile(r"\b(?:" + "|".join(words.claiming) + r")\b", re.IGNORECASE),
        re.compile(r"\b(?:" + "|".join(words.negative) + r")\b", re.IGNORECASE),
    )


def find(document: Document) -> Iterator[Conflict]:
    """The disputes that a document reports within a paragraph, or between one paragraph and the next."""
    denial, doubting, claim, negative = _patterns(document.language)
    before: list[Span] = []
    for passage in document.passages:
        if passage.kind == "heading":
            before = []
            continue
        here = [s for s in _sentences(document, passage) if s.end - s.start <= _LONGEST]
        for n, sentence in enumerate(here):
            words = document.text[sentence.start : sentence.end]
            earlier = (before[-1:] + here[:n])[-REACH:]
            if earlier and denial.match(words):
                yield _denied(document, earlier[-1], sentence)
                continue
            inside = here[max(0, n - REACH) : n]
            if doubting.search(words) or (claim.search(words) and negative.search(words)):
                disputed = next((s for s in reversed(inside) if _disputes(document, s, sentence, claim)), None)
                if disputed:
                    yield _disputed(document, disputed, sentence)
        before = here


def _sentences(document: Document, passage: Passage) -> list[Span]:
    """The sentences of a passage; also where the space after a full stop was lost ("in 1907.The others")."""
    found = []
    for sentence in sentences(document.text, passage.start, passage.end, document.language):
        begin = sentence.start
        for stop in _LOST_SPACE.finditer(document.text, sentence.start, sentence.end):
            found.append(Span(begin, stop.end()))
            begin = stop.end()
        found.append(Span(begin, sentence.end))
    return found


def _denied(document: Document, claim: Span, denial: Span) -> Conflict:
    return Conflict(
        Place(document.id, *claim), Place(document.id, *denial), "other", "claim", "strong", _short(document, claim),
        ("the passage calls what stands before it untrue",),
    )  # fmt: skip


def _disputes(document: Document, earlier: Span, later: Span, claim: re.Pattern[str]) -> bool:
    """Whether ``earlier`` claims something that ``later`` speaks of, in words of which one is a name."""
    said = document.text[earlier.start : earlier.end]
    if not claim.search(said):
        return False
    left, right = (
        set(stems(said, document.language)),
        set(stems(document.text[later.start : later.end], document.language)),
    )
    common = {
        a for a in left for b in right if a == b or (a[:SHARED_START] == b[:SHARED_START] and len(a) >= SHARED_START)
    }
    named = {
        root for root in common if re.search(rf"\b{re.escape(root)}", said, re.IGNORECASE) and _is_name(said, root)
    }
    return len(common) >= 2 and bool(named)


def _is_name(text: str, root: str) -> bool:
    match = re.search(rf"\b{re.escape(root)}", text, re.IGNORECASE)
    return match is not None and match.start() > 0 and text[match.start()].isupper()


def _disputed(document: Document, claim: Span, answer: Span) -> Conflict:
    reasons = ("one sentence claims what the other disputes", "the text itself reports the dispute")
    places = Place(document.id, *claim), Place(document.id, *answer)
    return Conflict(*places, "other", "claim", "medium", _short(document, claim), reasons)


def _short(document: Document, span: Span) -> str:
    words = document.text[span.start : span.end].split()
    return " ".join(words[:12]) + ("…" if len(words) > 12 else "")
