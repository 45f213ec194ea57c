"""Attribution chains: which quotation stands within which, and the voices through which its words came."""

from __future__ import annotations

from testimonia.analysers.quotations.citations import Citations
from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.nesting import nested, within
from testimonia.analysers.quotations.relays import Relays, cited_in_passing, told_on
from testimonia.analysers.quotations.sources import Sources
from testimonia.analysers.quotations.speakers import Speakers
from testimonia.analysers.quotations.turns import Turns
from testimonia.findings import Link, Quotation
from testimonia.text import Document, Span

THIS_TEXT = "this text"
NOT_NAMED = "not named"
DEEPEST = 8  # quotations within each other whose voices a chain tells apart
_TOO_DEEP = f"more than {DEEPEST} quotations stand within each other; the voices between are left out"


def linked(ground: Ground, speakers: Speakers, citations: Citations, drafts: list[Draft]) -> tuple[Quotation, ...]:
    """The quotations with their identifiers, parents and chains; ``drafts`` are sorted by start, outer first."""
    drafts, wider = nested(ground, drafts)
    drafts, told = told_on(ground, speakers, citations.works.source_words, drafts)
    told |= cited_in_passing(ground, speakers, drafts)
    drafts.sort(key=lambda d: (d.start, -d.end, d.kind))
    done: list[Quotation] = []
    stack: list[tuple[Draft, Quotation]] = []
    own = own_voice(ground.document)
    relays = Relays(ground, speakers, citations)
    sources = Sources(ground, citations)
    turns = Turns(ground, speakers, drafts)
    for number, draft in enumerate(drafts, 1):
        while stack and stack[-1][0].end <= draft.start:
            stack.pop()
        around = next(((d, q) for d, q in reversed(stack) if within(ground, draft, d)), None)
        parent = around[1] if around is not None else None
        sources.cite(draft)
        own_step = told.get(id(draft)) or relays.as_saying(draft)
        turns.name(draft, around[0] if around is not None else None)
        sources.complete(draft, around[0] if around is not None else None)
        if own_step is not None and (draft.name or "").lower() in ground.lexicon.words.objects:
            draft.name = None  # "quotes her as saying": a pronoun that could not be resolved is nobody
        steps = (own_step,) if own_step is not None else relays.steps(draft, parent is not None)
        if len(stack) == DEEPEST:
            draft.doubt = draft.doubt or _TOO_DEEP
        above = (parent.chain, parent.links) if parent is not None else ((own,), ())
        kind = "reports" if id(draft) in wider else _kind(ground, draft)
        quotation = _quotation(f"q{number}", draft, parent, above, steps, sources.basis(draft), kind)
        done.append(quotation)
        if len(stack) < DEEPEST:
            stack.append((draft, quotation))
    return tuple(done)


def _quotation(
    name: str,
    draft: Draft,
    parent: Quotation | None,
    above: tuple[tuple[str, ...], tuple[Link, ...]],
    steps: tuple[Link, ...],
    basis: str | None,
    kind: str,
) -> Quotation:
    between = (*(Link("cites", voice, draft.citation) for voice in draft.via), *steps)
    voice = _voice(draft, between)
    last = Link(kind, voice, _where(draft, between[-1].span if between else None))
    chain, links = above
    return Quotation(
        id=name,
        kind=draft.kind,
        spans=tuple(draft.spans),
        cue=tuple(draft.cue),
        speaker=(Speakers.span(draft.source),) if draft.source is not None else (),
        speaker_name=draft.name,
        actor=draft.actor,
        parent=parent.id if parent is not None else None,
        work=draft.work,
        cited_date=draft.cited_date,
        cited_basis=basis,
        chain=(*chain, *(step.voice or NOT_NAMED for step in (*between, last))),
        links=(*links, *between, last),
        citation=draft.citation,
        doubt=draft.doubt,
        continuation=tuple(draft.continuation),
        confidence=draft.confidence,
        reason=draft.reason,
        speaker_confidence=draft.speaker_confidence,
        speaker_reason=draft.speaker_reason,
    )


def _voice(draft: Draft, between: tuple[Link, ...]) -> str | None:
    """The innermost voice with its work, unless a step before names the work already; None where nobody is named."""
    work = draft.work
    if draft.name is None:
        return work if work and draft.source is None else None
    if not work or work in draft.name or any(work in (step.voice or "") for step in between):
        return draft.name
    return f"{draft.name}, {work}"


def _where(draft: Draft, before: Span | None) -> Span | None:
    """Where the text makes the step to the speaker: its cue, else its citation, else where the speaker is named.

    ``before``: where the step before is made, which is no place for this one.
    """
    source = Speakers.span(draft.source) if draft.source is not None else None
    places = (*draft.cue[:1], *((draft.citation,) if draft.citation else ()), *((source,) if source else ()))
    return next((place for place in places if place != before), None)


def _kind(ground: Ground, draft: Draft) -> str:
    """What the step to the speaker is: its words, what it said, or what it said in a phrase of the one above."""
    if draft.kind != "indirect":
        return "quotes"
    words, lexicon = ground.words, ground.lexicon
    low, high = ground.word_at(draft.start), ground.word_at(draft.end)
    says = any(
        words.lower[i] in lexicon.words.finite or words.lower[i] in lexicon.verbs or words.lower[i].endswith("ed")
        for i in range(low + 1, high)
    )
    return "reports" if says and words.lower[low] not in lexicon.words.base_after else "paraphrases"


def own_voice(document: Document) -> str:
    """How the document itself is named at the head of a chain."""
    return document.byline or document.publisher or document.title or THIS_TEXT
