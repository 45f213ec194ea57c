"""What a quotation cites: the citation beside it, the work and the date that the words around it name."""

from __future__ import annotations

import re
from bisect import bisect_left

from testimonia.analysers.quotations.citations import Citation, Citations
from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.speakers import Speakers
from testimonia.findings import TimeExpression

_INTRO = 400  # code points before words in marks that may name their source
_GOING_ON = 400  # code points after which "she added" no longer speaks of the same source
_TAG = 160  # code points of a tag
_DATE_WORDS = 4  # words between "before" and its date
_NAMED = "named by the citation"
_YEAR = re.compile(r"\d{4}")


class Sources:
    """Gives quotations their work, date and citation, in the order of the text."""

    def __init__(self, ground: Ground, citations: Citations) -> None:
        self.ground = ground
        self.citations = citations
        self.works = citations.works
        self.last: Draft | None = None  # the quotation before that named its source
        self.bases: dict[int, str] = {}
        self.cue_words = self.works.source_words.going_on

    def basis(self, draft: Draft) -> str | None:
        """Of what ``cited_date`` is the date."""
        if draft.cited_date is None:
            return None
        return self.bases.get(id(draft)) or self.works.basis(draft.work, draft.cited_date)

    def cite(self, draft: Draft, around: Draft | None) -> None:
        """Sets what the text says of the source of a quotation; ``around`` is the one it stands within."""
        self._name_author(draft)
        if draft.citation is None and draft.kind != "indirect" and draft.kind != "block":
            citation = self.citations.in_brackets(draft.end)
            if citation is not None:
                self._take(draft, citation)
        if draft.citation is None and draft.kind != "block" and draft.work is None:
            self._from_intro(draft)
        if draft.citation is None and draft.kind != "block" and draft.work is None:
            self._from_tag(draft)
        if draft.cited_date is None and draft.citation is None:
            self._date_of_words(draft)
        if draft.work is not None or draft.cited_date is not None:
            self.last = draft
        elif self._goes_on(draft, around):
            assert self.last is not None
            draft.work, draft.cited_date = self.last.work, self.last.cited_date
            if self.basis(self.last) is not None:
                self.bases[id(draft)] = self.basis(self.last) or "words"
            self.last = draft

    def _name_author(self, draft: Draft) -> None:
        """The line under a block names its author, whatever pronoun introduces it."""
        citation = self.citations.read.get(draft.citation) if draft.citation is not None else None
        if draft.name is None and citation is not None and citation.name is not None:
            draft.name, draft.actor, draft.doubt = citation.name, citation.actor, None
            draft.speaker_reason = _NAMED

    def _take(self, draft: Draft, citation: Citation) -> None:
        draft.citation, draft.work, draft.cited_date = citation.span, citation.work, citation.date
        unnamed = draft.source is None or not self.ground.mentions_in(*Speakers.span(draft.source))
        if citation.name is not None and (draft.source is None or (citation.actor is not None and unnamed)):
            draft.name, draft.actor = citation.name, citation.actor
            draft.speaker_reason = _NAMED

    def _from_intro(self, draft: Draft) -> None:
        """The work, and its date, that the sentence with the cue names before the words."""
        introduced = self.ground.text[max(0, draft.start - 2) : draft.start].strip() == ":"
        cue = draft.cue[0].start if draft.cue else draft.start - 2
        if not introduced and not (draft.cue and cue < draft.start):
            return
        begin = max(self.ground.sentence_before(min(cue, draft.start) + 1), draft.start - _INTRO)
        work, date = self.works.work_in(begin, draft.start)
        if work is not None:
            draft.work, draft.cited_date = work, date
        elif date is not None and draft.cue and draft.kind == "direct":  # a day alone may be of anything
            draft.cited_date = date
        if draft.cited_date is not None and self.works.basis(work, date) == "words":
            time = next((t for t in self.works.times_in(begin, draft.start) if t.edtf == date), None)
            draft.cited_date = self._ended(time) if time is not None else date

    def _from_tag(self, draft: Draft) -> None:
        """The work that a tag after the words names: "…," Holm wrote in The Star of 6 November 1912."""
        if not draft.cue or draft.cue[0].start < draft.end:
            return
        begin = draft.cue[0].end
        clause = self.ground.clause_at(draft.cue[0].start)
        if clause is not None:
            work, date = self.works.work_in(begin, self._before_relay(begin, min(clause.end, begin + _TAG)))
            if work is not None and work != draft.name:
                draft.work, draft.cited_date = work, date or draft.cited_date

    def _before_relay(self, start: int, end: int) -> int:
        """Where "as quoted in" begins: what it names passes the words on, and is no work of the speaker's."""
        words, lists = self.ground.words, self.works.source_words
        relayed = lists.relayed | lists.interviews
        low, high = self.ground.word_at(start), self.ground.word_at(end)
        return next((words.start[k] for k in range(low, high) if words.lower[k] in relayed), end)

    def _date_of_words(self, draft: Draft) -> None:
        """The date at the head of the sentence, beside the cue, or in the name of the source."""
        if not draft.cue:
            return
        cue = draft.cue[0]
        if cue.end <= draft.start:
            time = self._time_in(cue.end, draft.start)
            if time is None and draft.source is not None and draft.source.start < cue.start:
                source = Speakers.span(draft.source)
                time = self._time_in(source.start, source.end) or self._heading(source.start)
        else:
            time = next((t for t in self.works.times_in(cue.end, cue.end + 6) if self._is_stated(t)), None)
        if time is not None:
            draft.cited_date = self._ended(time)
            self.bases[id(draft)] = "words"

    def _time_in(self, start: int, end: int) -> TimeExpression | None:
        return next((t for t in self.works.times_in(start, end) if t.end <= end and self._is_stated(t)), None)

    def _heading(self, source: int) -> TimeExpression | None:
        """In 1927, HOLM said: a date with which the sentence begins, right before the source."""
        begin = self.ground.sentence_before(source + 1)
        if source - begin > _INTRO // 4:
            return None
        time = self._time_in(begin, source)
        if time is None or self.ground.text[time.end : source].strip() not in ("", ","):
            return None
        return time if self.ground.count(begin, time.start) <= _DATE_WORDS else None

    def _is_stated(self, time: TimeExpression) -> bool:
        """Whether the text names the year: "on Tuesday" dates nothing by itself."""
        return _YEAR.search(self.ground.text, time.start, time.end) is not None

    def _ended(self, time: TimeExpression) -> str | None:
        """The date; all the time until it for "until 1905"."""
        words = self.ground.words
        at = bisect_left(words.start, time.start)
        for k in range(at - 1, max(-1, at - 1 - _DATE_WORDS), -1):
            if words.gap[k + 1].strip():
                break
            if words.lower[k] in self.works.source_words.before and time.edtf and "/" not in time.edtf:
                return f"../{time.edtf}"
        return time.edtf

    def of_source(self, draft: Draft) -> None:
        """Holm's letter says, the League report read: the words that name the speaker name the work too."""
        if draft.work is not None or draft.source is None or draft.actor is None:
            return
        words, lists = self.ground.words, self.ground.lexicon.words
        first, last = draft.source.first, draft.source.last
        if words.lower[last] not in lists.works or first == last:
            return
        between = words.lower[first:last]
        if any(w.endswith("ed") or w in self.ground.lexicon.verbs for w in between):
            return
        owned = [m for m in self.ground.mentions_in(*Speakers.span(draft.source)) if m.end < words.start[last]]
        if owned and words.gap[self.ground.word_at(owned[-1].end)].strip():
            first = self.ground.word_at(owned[-1].end)
        elif words.lower[first] in lists.determiners:
            first += 1
        draft.work = " ".join(self.ground.text[words.start[first] : words.end[last]].split())

    def _goes_on(self, draft: Draft, around: Draft | None) -> bool:
        """She added that: what the last quotation cites is cited still."""
        last = self.last
        if last is None or last is around or not draft.cue or draft.start - last.end > _GOING_ON:
            return False
        word = self.ground.word_at(draft.cue[0].start)
        return self.ground.words.lower[word] in self.cue_words and last.end <= draft.start
