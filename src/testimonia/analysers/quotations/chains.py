"""Attribution chains: which quotation stands within which, and the voices through which its words came."""

from __future__ import annotations

from bisect import bisect_left

from testimonia.analysers.quotations.citations import Citations
from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.speakers import Speakers
from testimonia.analysers.quotations.turns import Turns
from testimonia.findings import Quotation
from testimonia.text import Document

THIS_TEXT = "this text"
NOT_NAMED = "not named"
_DEEPEST = 8
_INTRO = 400  # code points before words in marks that may name their source
_RELAYS_NEAR = 20  # "X quotes Y" that are looked at before a quotation
_RELAY_REACH = 900  # code points between "quotes X" and X's words


def linked(ground: Ground, speakers: Speakers, citations: Citations, drafts: list[Draft]) -> tuple[Quotation, ...]:
    """The quotations with their identifiers, parents and chains; ``drafts`` are sorted by start, outer first."""
    done: list[Quotation] = []
    stack: list[tuple[Draft, Quotation]] = []
    own = own_voice(ground.document)
    relays = _relays(ground, speakers, citations)
    turns = Turns(ground, speakers)
    for number, draft in enumerate(drafts, 1):
        while stack and stack[-1][0].end <= draft.start:
            stack.pop()
        around = next(((d, q) for d, q in reversed(stack) if _within(draft, d)), None)
        parent = around[1] if around is not None else None
        _cite(ground, citations, draft)
        turns.name(draft, around[0] if around is not None else None)
        above = parent.chain if parent is not None else (own, *_relay(draft, relays))
        quotation = _quotation(f"q{number}", draft, parent, above)
        done.append(quotation)
        if len(stack) < _DEEPEST:
            stack.append((draft, quotation))
    return tuple(done)


def _quotation(name: str, draft: Draft, parent: Quotation | None, above: tuple[str, ...]) -> Quotation:
    voice = draft.name or (draft.work if draft.work and draft.source is None else NOT_NAMED)
    if draft.work and draft.name and not any(draft.work in voice for voice in draft.via):
        voice = f"{draft.name}, {draft.work}"
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
        chain=(*above, *draft.via, voice),
        citation=draft.citation,
        doubt=draft.doubt,
        continuation=tuple(draft.continuation),
        confidence=draft.confidence,
        reason=draft.reason,
        speaker_confidence=draft.speaker_confidence,
        speaker_reason=draft.speaker_reason,
    )


def _within(inner: Draft, outer: Draft) -> bool:
    inside = any(s.start <= inner.start and inner.end <= s.end for s in outer.spans)
    return inside and (inner.start, inner.end) != (outer.start, outer.end)


def own_voice(document: Document) -> str:
    """How the document itself is named at the head of a chain."""
    return document.byline or document.publisher or document.title or THIS_TEXT


def _cite(ground: Ground, citations: Citations, draft: Draft) -> None:
    """A citation in brackets after words in marks, and a work named in the sentence that introduces them."""
    if draft.kind not in ("direct", "mixed") or draft.citation is not None:
        return
    citation = citations.in_brackets(draft.end)
    if citation is not None:
        draft.citation, draft.work, draft.cited_date = citation.span, citation.work, citation.date
        if draft.source is None or (
            citation.actor is not None and not ground.mentions_in(*Speakers.span(draft.source))
        ):
            draft.name, draft.actor = citation.name, citation.actor
        return
    introduced = ground.text[max(0, draft.start - 2) : draft.start].strip() == ":"
    cue = draft.cue[0].start if draft.cue else draft.start - 2
    if draft.work is None and (introduced or (draft.cue and cue < draft.start)):
        begin = max(ground.sentence_before(min(cue, draft.start) + 1), draft.start - _INTRO)
        work, date = citations.work_in(begin, draft.start)
        if draft.cue or work is not None:  # without a cue, a day alone may be of anything
            draft.work, draft.cited_date = work, date


def _relays(ground: Ground, speakers: Speakers, citations: Citations) -> list[tuple[int, str, str]]:
    """(where, actor who is quoted, voice that quotes) for each "X quotes Y"."""
    found: list[tuple[int, str, str]] = []
    words = ground.words
    for i in range(len(words)):
        if words.lower[i] not in ground.lexicon.words.relaying or i + 1 >= len(words):
            continue
        clause = ground.clause_at(words.start[i])
        quoted = next(
            (ground.mention_of_word(k) for k in range(i + 1, min(i + 5, len(words))) if ground.mention_of_word(k)), None
        )
        source = speakers.before(i, clause.first) if clause is not None else None
        if quoted is None or clause is None:
            continue
        if source is None and words.lower[i - 1] in ground.lexicon.words.coordinators:
            source = next(
                (
                    s
                    for s in [
                        speakers.before(k, clause.first)
                        for k in range(i - 1, clause.first, -1)
                        if words.lower[k] in ground.lexicon.verbs
                    ]
                    if s
                ),
                None,
            )
        if source is None:
            continue
        naming = speakers.who(source)
        name = naming.name
        if name is not None and naming.actor is not None and quoted.actor != naming.actor:
            work, _ = citations.work_in(clause.start, source.start)
            found.append((words.start[i], quoted.actor, f"{name}, {work}" if work else name))
    return found


def _relay(draft: Draft, relays: list[tuple[int, str, str]]) -> tuple[str, ...]:
    if draft.actor is None or draft.kind == "indirect":
        return ()
    last = bisect_left(relays, draft.start, key=lambda relay: relay[0])
    for at, actor, voice in reversed(relays[max(0, last - _RELAYS_NEAR) : last]):
        if draft.start - at >= _RELAY_REACH:
            break
        if actor == draft.actor:
            return (voice,)
    return ()
