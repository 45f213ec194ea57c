"""Puts together what was found in marks and without them: which stretch is direct, which mixed, which both."""

from __future__ import annotations

from bisect import bisect_left

from testimonia.analysers.quotations.asides import Asides
from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.marks import Marked
from testimonia.text import Span

_SURE = 0.8  # confidence from which on words in marks are another's words, not a part of the content around them
_PHRASE = 4  # words of a phrase after the marks that tells when or where somebody said it
_SENTENCE = 6  # words of a sentence in marks after a colon
_TAG_GAP = 4  # code points between a tag and its marks
_NEW_CUE = frozenset(("clause", "as", "naming", "matter"))
_NO_FRAMES: frozenset[str] = frozenset()


def merged(ground: Ground, direct: list[Draft], indirect: list[Draft], blocks: list[Draft]) -> list[Draft]:
    """All drafts, each stretch once, sorted by start; what has whole quotations or fragments in marks is mixed."""
    kept = _Merger(ground, direct).merge(indirect)
    ends = {d.start: d.end for d in blocks}
    kept = [d for d in kept if d.kind == "indirect" or not _is_block(d, ends.get(d.start))]
    return sorted([*kept, *blocks], key=lambda d: (d.start, -d.end, d.kind))


def _is_block(draft: Draft, end: int | None) -> bool:
    """Whether what begins where a block does is the block, most of it, and no quotation at its beginning."""
    return end is not None and (draft.end - draft.start) * 2 > end - draft.start


class _Merger:
    def __init__(self, ground: Ground, direct: list[Draft]) -> None:
        self.ground = ground
        self.asides = Asides(ground)
        self.direct = direct
        self.whole = set(ground.whole)
        self.by_start = {draft.start: draft for draft in direct}
        self.starts = sorted(self.by_start)
        self.cues = {cue: d.start for d in direct if self._is_whole(d) for cue in d.cue}
        self.mixed = {cue for d in direct if d.kind == "mixed" for cue in d.cue}
        self.slogan = self.asides.rules.grade("slogan")[1]
        self.linking = ground.lexicon.words.coordinators | ground.lexicon.words.adverbs
        self.dropped: set[int] = set()

    def merge(self, indirect: list[Draft]) -> list[Draft]:
        kept = [draft for draft in indirect if self._is_own(draft)]
        kept.extend(d for d in self.direct if id(d) not in self.dropped)
        return kept

    def _is_own(self, draft: Draft) -> bool:
        """Whether a content found without regard to marks stays; it becomes mixed where marks stand in it."""
        if not self.mixed.isdisjoint(draft.cue):
            return False
        self._trim(draft)
        low, high = bisect_left(self.starts, draft.start), bisect_left(self.starts, draft.end)
        inside = [self.by_start[s] for s in self.starts[low:high]]
        if any(d.cue == draft.cue and self._after_colon(d.start) for d in inside if d.cue):
            return False
        same = next((d for d in inside if self._covers(d, draft)), None)
        if same is not None:
            if not same.cue:
                same.cue, same.source = draft.cue, draft.source
            return False
        if draft.cue and draft.cue[0] in self.cues and self.cues[draft.cue[0]] not in [d.start for d in inside]:
            return False
        if self._has_marks(draft):
            draft.kind = "mixed"
            if not draft.reason:
                draft.confidence, draft.reason = self.asides.rules.grade("mixed")
            self.dropped.update(id(d) for d in inside if self._is_part(d, draft))
        return True

    def _has_marks(self, draft: Draft) -> bool:
        """Whether words of the content stand in marks, titles and nicknames apart."""
        return any(
            self.ground.count(mark.start, mark.end) and self.asides.kind(mark) not in ("title", "nickname")
            for span in draft.spans
            for mark in self.ground.marks_in(span.start, span.end)
        )

    def _is_part(self, direct: Draft, around: Draft) -> bool:
        """Whether words in marks are only a part of the content around them, and nobody else's words in it."""
        if len(direct.spans) > 1 or self._is_whole(direct) or direct.reason == self.slogan:
            return False
        own_cue = bool(direct.cue) and direct.cue != around.cue and direct.cue[0].start >= around.start
        return not own_cue or direct.confidence < _SURE

    def _covers(self, direct: Draft, indirect: Draft) -> bool:
        """Whether the two are the same but for marks and stops, or the marks go on after a tag or an "and"."""
        if direct.start - indirect.start >= 3 or len(indirect.spans) != 1:
            return False
        if len(direct.spans) > 1 and direct.cue == indirect.cue and direct.end >= indirect.end:
            return True
        return self.ground.count(direct.start, direct.end) == self.ground.count(indirect.start, indirect.end)

    def _is_whole(self, draft: Draft) -> bool:
        return draft.start in self.ground.whole_starts

    # where a content ends that has marks

    def _trim(self, draft: Draft) -> None:
        """Ends a content with the marks after which another cue or only a time or place of the saying follows."""
        self._without_tag(draft)
        last = draft.spans[-1]
        for mark in self.ground.marks_in(last.start, last.end):
            if mark.start > last.start and self._begins_anew(mark):
                draft.spans[-1] = self.ground.stripped(last.start, self.ground.text.rfind(":", last.start, mark.start))
                return
            if mark.end >= last.end - 1 and self._is_article(last.start, mark.start):
                draft.spans[-1] = Span(mark.start, last.end)
                return
            begins = mark.start - draft.start < 3 and mark.end < last.end
            if self._new_cue_after(mark, last, begins) or (begins and self._is_phrase(mark.end, last.end)):
                draft.spans[-1] = Span(last.start, mark.end)
                return

    def _after_colon(self, start: int) -> bool:
        return self.ground.text[max(0, start - 2) : start].rstrip().endswith(":")

    def _begins_anew(self, mark: Marked) -> bool:
        """…: “Whole sentences”: these are not said by the verb before the colon alone."""
        is_long = self.ground.count(mark.start, mark.end) >= _SENTENCE
        return is_long and mark in self.whole and self._after_colon(mark.start)

    def _is_article(self, start: int, end: int) -> bool:
        low, high = self.ground.word_at(start), self.ground.word_at(end)
        return high - low == 1 and self.ground.words.lower[low] in self.asides.rules.articles

    def _without_tag(self, draft: Draft) -> None:
        """Takes the tag of the quotation that follows off the end of a content."""
        last = draft.spans[-1]
        i = bisect_left(self.starts, last.end)
        following = self.by_start[self.starts[i]] if i < len(self.starts) else None
        if following is None or following.start - last.end > _TAG_GAP or not following.cue:
            return
        cue, source = following.cue[0], following.source
        if not last.start < cue.start < cue.end <= last.end or cue in draft.cue:
            return
        begin = source.start if source is not None and last.start < source.start < cue.start else cue.start
        words, first = self.ground.words, self.ground.word_at(last.start)
        k = self.ground.word_at(begin) - 1
        while k > first and words.lower[k] in self.linking:
            k -= 1
        if k >= first:
            draft.spans[-1] = Span(last.start, words.end[k])

    def _new_cue_after(self, mark: Marked, span: Span, begins: bool) -> bool:
        """…” and described …: what another verb introduces."""
        words = self.ground.words
        first = self.ground.word_at(mark.end)
        if first + 1 >= len(words) or words.end[first + 1] > span.end or words.start[first] - mark.end > 4:
            return False
        if words.lower[first] not in self.ground.lexicon.words.coordinators:
            return False
        following = words.lower[first + 1]
        frames = self.ground.lexicon.verbs.get(following, _NO_FRAMES)
        return not _NEW_CUE.isdisjoint(frames) and (begins or following.endswith("ed"))

    def _is_phrase(self, start: int, end: int) -> bool:
        low, high = self.ground.word_at(start), self.ground.word_at(end)
        return 0 < high - low <= _PHRASE and self.ground.words.lower[low] in self.ground.lexicon.words.away
