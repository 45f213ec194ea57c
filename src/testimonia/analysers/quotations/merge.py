"""Puts together what was found in marks and without them: which stretch is direct, which mixed, which both."""

from __future__ import annotations

from bisect import bisect_left

from testimonia.analysers.quotations.asides import mark_rules
from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Ground


def merged(ground: Ground, direct: list[Draft], indirect: list[Draft], blocks: list[Draft]) -> list[Draft]:
    """All drafts, each stretch once, sorted by start; what has whole quotations or fragments in marks is mixed."""
    by_start = {draft.start: draft for draft in direct}
    starts = sorted(by_start)
    cues = {cue: d.start for d in direct if _is_whole(ground, d) for cue in d.cue}
    mixed = {cue for d in direct if d.kind == "mixed" for cue in d.cue}
    dropped: set[int] = set()
    kept: list[Draft] = []
    for draft in indirect:
        if not mixed.isdisjoint(draft.cue):
            continue
        inside = [by_start[s] for s in starts[bisect_left(starts, draft.start) : bisect_left(starts, draft.end)]]
        same = [d for d in inside if _covers(ground, d, draft)]
        if same:
            if not same[0].cue:
                same[0].cue, same[0].source = draft.cue, draft.source
            continue
        if draft.cue and draft.cue[0] in cues and cues[draft.cue[0]] not in [d.start for d in inside]:
            continue
        if any(ground.count(m.start, m.end) for span in draft.spans for m in ground.marks_in(span.start, span.end)):
            draft.kind = "mixed"
            if not draft.reason:
                draft.confidence, draft.reason = mark_rules(ground.document.language).grade("mixed")
            dropped.update(id(d) for d in inside if len(d.spans) == 1 and not _is_whole(ground, d))
        kept.append(draft)
    kept.extend(d for d in direct if id(d) not in dropped)
    taken = {d.start for d in blocks}
    kept = [d for d in kept if d.start not in taken or d.kind == "indirect" or d.end <= 0]
    return sorted([*kept, *blocks], key=lambda d: (d.start, -d.end, d.kind))


def _covers(ground: Ground, direct: Draft, indirect: Draft) -> bool:
    """Whether the two are the same but for marks and stops at the edges."""
    outer = ground.count(indirect.start, indirect.end)
    return (
        len(indirect.spans) == 1
        and ground.count(direct.start, direct.end) == outer
        and direct.start - indirect.start < 3
    )


def _is_whole(ground: Ground, draft: Draft) -> bool:
    return draft.start in ground.whole_starts
