"""Sentences that go on with an indirect quotation without a cue: “He said that he was ill. He would come later.”"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Clause, Ground
from testimonia.text import Span

_MOST = 3  # sentences that go on
_NEAR = 8  # words in which the verb stands
_LOOSE = frozenset(".!?…”\"’' ")


def continued(ground: Ground, drafts: list[Draft]) -> None:
    """Gives each indirect or mixed draft that ends its sentence the sentences that go on with it.

    One goes on where it begins with a pronoun or with "the" and a word of the content, has its verb in the form that
    reported speech takes (would, should, had to), and no cue, marks or turn of its own.
    """
    for n, draft in enumerate(drafts):
        if draft.kind not in ("indirect", "mixed") or draft.source is None:
            continue
        limit = drafts[n + 1].start if n + 1 < len(drafts) else len(ground.text)
        end = draft.end
        at = bisect_right(ground.clause_starts, end - 1)
        for clause in ground.clauses[at : at + _MOST]:
            between = ground.text[end : clause.start]
            if set(between) - _LOOSE or clause.end > limit or not _goes_on(ground, clause, draft):
                break
            draft.continuation.append(Span(clause.start, clause.end))
            end = clause.end


def _goes_on(ground: Ground, clause: Clause, draft: Draft) -> bool:
    lower, lists = ground.words.lower, ground.lexicon.words
    words = lower[clause.first : clause.last]
    if len(words) < 3 or ground.marks_in(clause.start, clause.end):
        return False
    near = words[1:_NEAR]
    forms = {*near, *(" ".join(pair) for pair in pairwise(near))}
    if lists.reported_forms.isdisjoint(forms) or not lists.narrative.isdisjoint(words):
        return False
    if any("clause" in ground.lexicon.verbs.get(w, ()) for w in near if w not in ground.lexicon.nouns):
        return False
    said = {w for span in draft.spans for w in lower[ground.word_at(span.start) : ground.word_at(span.end)]}
    return words[0] in lists.going_pronouns or (words[0] == "the" and words[1] in said)
