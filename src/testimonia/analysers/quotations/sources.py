"""What a quotation cites: the citation beside it, the work and the date that the words around it name."""

from __future__ import annotations

from testimonia.analysers.quotations.citations import Citation, Citations
from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.moments import Moments
from testimonia.analysers.quotations.speakers import Speakers

_INTRO = 400  # code points before words in marks that may name their source
_GOING_ON = 400  # code points after which "she added" no longer speaks of the same source
_TAG = 160  # code points of a tag
_NAMED = "named by the citation"


class Sources:
    """Gives quotations their work, date and citation, in the order of the text."""

    def __init__(self, ground: Ground, citations: Citations) -> None:
        self.ground = ground
        self.citations = citations
        self.works = citations.works
        self.last: Draft | None = None  # the quotation before that named its source
        self.bases: dict[int, str] = {}
        self.moments = Moments(ground, citations.works)
        self.cue_words = self.works.source_words.going_on

    def basis(self, draft: Draft) -> str | None:
        """Of what ``cited_date`` is the date."""
        if draft.cited_date is None:
            return None
        return self.bases.get(id(draft)) or self.works.basis(draft.work, draft.cited_date)

    def cite(self, draft: Draft) -> None:
        """Sets what the text says of the source of a quotation, before its speaker is named."""
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
            draft.cited_date = self.moments.of(draft)
            if draft.cited_date is not None:
                self.bases[id(draft)] = "words"

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
        if work is None and draft.cue:
            at = self.ground.word_at(draft.cue[0].start)
            work = self.works.before_cue(at) if self.ground.words.lower[at].endswith("ing") else None
        if work is not None:
            draft.work, draft.cited_date = work, date
        if draft.cited_date is not None and self.works.basis(work, date) == "words":
            time = next((t for t in self.works.times_in(begin, draft.start) if t.edtf == date), None)
            draft.cited_date = self.moments.ended(time) if time is not None else date

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
        low, high = self.ground.word_at(start), self.ground.word_at(end)
        for k in range(low, high - 1):
            following = words.lower[k + 1]
            relayed = words.lower[k] in lists.relayed and following in lists.relay_links
            if relayed or (words.lower[k] in lists.interviews and following in lists.interview_links):
                return words.start[k]
        return end

    def complete(self, draft: Draft, around: Draft | None) -> None:
        """Sets what follows from the speaker, once named; ``around`` is the quotation it stands within."""
        self._of_source(draft)
        if draft.work is not None or draft.cited_date is not None:
            self.last = draft
        elif self.last is not None and self._goes_on(draft, around, self.last):
            draft.work, draft.cited_date = self.last.work, self.last.cited_date
            basis = self.basis(self.last)
            if basis is not None:
                self.bases[id(draft)] = basis
            self.last = draft

    def _of_source(self, draft: Draft) -> None:
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
        title = self.works.presented(last, len(words)) if last + 1 < len(words) else None
        draft.work = title or " ".join(self.ground.text[words.start[first] : words.end[last]].split())

    def _goes_on(self, draft: Draft, around: Draft | None, last: Draft) -> bool:
        """She added that; and the same speaker in the same paragraph, where a speech is cited."""
        if last is around or not draft.cue or last.end > draft.start or draft.start - last.end > _GOING_ON:
            return False
        if self.ground.words.lower[self.ground.word_at(draft.cue[0].start)] in self.cue_words:
            return True
        same = draft.actor is not None and draft.actor == last.actor and draft.citation is None
        spoken = last.work is not None and bool(set(last.work.lower().split()) & self.works.source_words.utterances)
        one = self.basis(last) == "words" and self.ground.sentence_before(draft.start) <= last.start  # in one sentence
        return same and (spoken or one) and "\n\n" not in self.ground.text[last.end : draft.start]
