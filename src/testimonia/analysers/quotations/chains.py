"""Attribution chains: which quotation stands within which, and the voices through which its words came."""

from __future__ import annotations

from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.speakers import Speakers
from testimonia.findings import Findings, Quotation
from testimonia.text import Document

THIS_TEXT = "this text"


def linked(ground: Ground, speakers: Speakers, drafts: list[Draft], found: Findings) -> tuple[Quotation, ...]:
    """The quotations with their identifiers, parents and chains; ``drafts`` are sorted by start, outer first."""
    done: list[Quotation] = []
    stack: list[tuple[Draft, Quotation]] = []
    own = own_voice(ground.document)
    for number, draft in enumerate(drafts, 1):
        while stack and stack[-1][0].end <= draft.start:
            stack.pop()
        parent = next((q for d, q in reversed(stack) if _within(draft, d)), None)
        if draft.source is not None and draft.name is None:
            draft.actor, draft.name = speakers.who(draft.source)
        voice = draft.name or "not named"
        if draft.work:
            voice = f"{draft.name}, {draft.work}" if draft.name else draft.work
        above = parent.chain if parent is not None else (own,)
        quotation = Quotation(
            id=f"q{number}",
            kind=draft.kind,
            spans=tuple(draft.spans),
            cue=tuple(draft.cue),
            speaker=(speakers.span(draft.source),) if draft.source is not None else (),
            speaker_name=draft.name,
            actor=draft.actor,
            parent=parent.id if parent is not None else None,
            work=draft.work,
            cited_date=draft.cited_date,
            chain=(*above, *draft.via, voice),
            citation=draft.citation,
            doubt=draft.doubt,
        )
        done.append(quotation)
        if len(stack) < 8:
            stack.append((draft, quotation))
    return tuple(done)


def _within(inner: Draft, outer: Draft) -> bool:
    return any(s.start <= inner.start and inner.end <= s.end for s in outer.spans) and (inner.start, inner.end) != (
        outer.start,
        outer.end,
    )


def own_voice(document: Document) -> str:
    """How the document itself is named at the head of a chain."""
    return document.byline or document.publisher or document.title or THIS_TEXT
