"""Block quotations: paragraphs of another's words, set off, with the line that names their source."""

from __future__ import annotations

import re

from testimonia.analysers.quotations.asides import mark_rules
from testimonia.analysers.quotations.citations import Citation, Citations
from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.speakers import Source, Speakers
from testimonia.text import Passage, Span

_LIST = re.compile(r"(?:[-*•·–—]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s")
_LINE = re.compile(r"\S[^\n]*")
_STOPS = (".", "!", "?", ";", ":", "”", "’", '"', "'", "…", "—", "–")
_MARKS = "“\"‘'«„"
_LONGEST_LINE = 200  # code points of a line; where one is longer, lines are no wrapped ones but paragraphs
_HEADING = 100  # code points
_HEAD = 2000  # code points before such a speech
_LITTLE = 6  # the part of a text that may stand before a speech which is the rest of it
_FEWEST = 8  # words of a block
_LONGEST = 12  # paragraphs of a block that a citation ends
_AHEAD = 3  # paragraphs after which the narration takes up again with the speaker's name
_INTRO = 400  # code points of an introduction that are read for its speaker


class Blocks:
    """Goes through the paragraphs of a document once."""

    def __init__(self, ground: Ground, speakers: Speakers, citations: Citations) -> None:
        self.ground = ground
        self.text = ground.text
        self.words = ground.words
        self.speakers = speakers
        self.citations = citations
        self.rules = mark_rules(ground.document.language)
        self.passages = [q for p in ground.document.passages if p.end > p.start for q in _paragraphs(self.text, p)]
        self.ends = [self._citation_of(p) for p in self.passages]

    def find(self) -> list[Draft]:
        found: list[Draft] = []
        i = 0
        while i < len(self.passages):
            draft, after = self._at(i)
            if draft is not None:
                found.append(draft)
            i = max(i + 1, after)
        return found

    def _citation_of(self, passage: Passage) -> Citation | None:
        return self.citations.after(passage.start, passage.end)

    def _at(self, i: int) -> tuple[Draft | None, int]:
        """The block that begins with paragraph ``i``, and the number of the paragraph after it."""
        passage = self.passages[i]
        intro = self._intro(i)
        if passage.kind == "blockquote":
            last = i
            while last + 1 < len(self.passages) and self.passages[last + 1].kind == "blockquote":
                last += 1
            return self._block(i, last, intro), last + 1
        if passage.kind == "heading" and not self.ends[i] and (intro is None or not self._ends(i - 1, ":")):
            return None, i + 1
        if intro is None:
            if self.ends[i] is not None and self._is_long(i) and not self._is_list(i):
                return self._block(i, i, None), i + 1
            return None, i + 1
        if self._is_list(i) or self._in_marks(i) or not self._is_long(i):
            return None, i + 1
        last = self._last(i, intro) if not self._is_whole_text(intro) else self._end_of_text(i)
        draft = self._block(i, last, intro)
        return (draft, last + 1) if draft is not None and self._is_anothers(draft, intro) else (None, i + 1)

    def _is_anothers(self, draft: Draft, intro: Span) -> bool:
        """Whether somebody is named whose words they are, or somebody says "I" in a text that does not."""
        if draft.source is not None or draft.doubt is not None or draft.citation is not None or draft.work is not None:
            return True
        return self._is_first_person(draft.start, draft.end) and not self._is_first_person(intro.start, intro.end)

    def _is_first_person(self, start: int, end: int) -> bool:
        low, high = self.ground.word_at(start), self.ground.word_at(end)
        return not self.rules.first_person.isdisjoint(self.words.lower[low:high])

    def _is_long(self, i: int) -> bool:
        return self.ground.count(self.passages[i].start, self.passages[i].end) >= _FEWEST

    def _is_list(self, i: int) -> bool:
        """Items, or several lines of which most end neither as sentences nor as verses do."""
        passage = self.passages[i]
        if passage.kind == "list" or _LIST.match(self.text, passage.start) is not None:
            return True
        lines = self.text[passage.start : passage.end].split("\n")
        return len(lines) > 1 and sum(line.rstrip().endswith((*_STOPS, ",")) for line in lines) * 2 < len(lines)

    def _in_marks(self, i: int) -> bool:
        """Whether the paragraph begins with a mark: then it is a direct quotation, or told with one."""
        return self.text[self.passages[i].start] in _MARKS

    def _is_whole_text(self, intro: Span) -> bool:
        """Below are the Speaker's remarks: what follows to the end is the speech, where little stands before it."""
        if intro.end > min(_HEAD, len(self.text) // _LITTLE):
            return False
        low, high = self.ground.word_at(intro.start), self.ground.word_at(intro.end)
        words = set(self.words.lower[low:high])
        return not (self.rules.pointing.isdisjoint(words) or self.rules.texts.isdisjoint(words))

    def _end_of_text(self, i: int) -> int:
        while i + 1 < len(self.passages) and self.passages[i + 1].kind != "heading":
            i += 1
        return i

    # what introduces it

    def _intro(self, i: int) -> Span | None:
        """The sentence before the block that introduces it."""
        if i == 0 or (self.passages[i - 1].kind in ("heading", "preformatted") and not self._ends(i - 1, ":")):
            return None
        before = self.passages[i - 1]
        clauses = self.ground.sentence_before(before.end)
        start = max(before.start, clauses, before.end - _INTRO)
        if self._ends(i - 1, ":") and before.kind != "list":
            return Span(start, before.end) if self._has_source(start, before.end) else None
        if self._ends(i - 1, ",") and self.text[self.passages[i].start].islower():
            return Span(start, before.end)
        match = self.rules.following.search(self.text, max(before.start, before.end - _INTRO), before.end)
        if match is not None and self.text[before.end - 1] in ".)":
            following = self.ground.word_at(match.end())
            if set(self.words.lower[following : following + 3]) & self.ground.lexicon.words.writings:
                return Span(match.start(), before.end)
        return None

    def _ends(self, i: int, mark: str) -> bool:
        return self.text[self.passages[i].end - 1] == mark

    def _has_source(self, start: int, end: int) -> bool:
        low, high = self.ground.word_at(start), self.ground.word_at(end)
        verbs, nouns = self.ground.lexicon.verbs, self.ground.lexicon.nouns
        cue = any(self.words.lower[k] in verbs or self.words.lower[k] in nouns for k in range(low, high))
        return cue or bool(self.ground.mentions_in(start, end))

    def _last(self, i: int, intro: Span) -> int:
        """The last paragraph of the block: the one with its citation, or the one before the speaker is named again."""
        for j in range(i, min(i + _LONGEST, len(self.passages))):
            if self.ends[j] is not None:
                return j
            if self.passages[j].kind == "heading":
                break
        names = {
            self.words.word[self.ground.word_at(m.end - 1) - 1] for m in self.ground.mentions_in(intro.start, intro.end)
        }
        for j in range(i + 1, min(i + 1 + _AHEAD, len(self.passages))):
            if self.passages[j].kind == "heading":
                break
            first = self.ground.word_at(self.passages[j].start)
            if names & set(self.words.word[first : first + 3]):
                return j - 1
        return i

    # what it becomes

    def _block(self, first: int, last: int, intro: Span | None) -> Draft | None:
        citation = self.ends[last]
        start, end = self.passages[first].start, self.passages[last].end
        if citation is None and last + 1 < len(self.passages):
            line = self.ends[last + 1]
            if line is not None and line.span.start == self.passages[last + 1].start:
                citation = line
        span = self.ground.stripped(start, min(end, citation.span.start) if citation else end)
        if span.end <= span.start:
            return None
        draft = Draft("block", [span])
        draft.confidence, draft.reason = self.rules.grade(self._rule(first, intro, citation))
        if intro is not None:
            self._read_intro(draft, intro)
        if citation is not None:
            self._add_citation(draft, citation)
        return draft

    def _rule(self, first: int, intro: Span | None, citation: Citation | None) -> str:
        if self.passages[first].kind == "blockquote":
            return "block_markup"
        if citation is None:
            return "block_intro"
        return "block_citation" if intro is None else "block_both"

    def _read_intro(self, draft: Draft, intro: Span) -> None:
        ground, words = self.ground, self.words
        low, high = ground.word_at(intro.start), ground.word_at(intro.end)
        for k in range(high - 1, low - 1, -1):
            frames = ground.lexicon.verbs.get(words.lower[k])
            if not frames or not frames & {"clause", "that", "utterance", "person:of", "as"}:
                continue
            source = self._speaker_of(k, low, high)
            if source is not None:
                draft.cue, draft.source = [Span(words.start[k], words.end[k])], source
                break
        if draft.source is None:
            draft.source, draft.doubt = self._only_person(intro)
        draft.work, draft.cited_date = self.citations.work_in(intro.start, intro.end)

    def _only_person(self, intro: Span) -> tuple[Source | None, str | None]:
        """The one person, or the pair, that an introduction without a verb of speech names; else the doubt."""
        ground, actors = self.ground, self.ground.actors
        named = ground.mentions_in(intro.start, intro.end)
        persons = [m for m in named if m.actor in actors and actors[m.actor].kind == "person"]
        pair = len(persons) == 2 and self._is_joined(persons[0].end, persons[1].start)
        names = list(dict.fromkeys(actors[m.actor].name for m in persons))
        if len(names) > 1 and not pair:
            return None, "the introduction names " + " and ".join(names[:3])
        if not persons:
            return None, None
        start, end = (persons[0].start if pair else persons[-1].start), persons[-1].end
        return Source(start, end, ground.word_at(start), ground.word_at(end) - 1), None

    def _is_joined(self, start: int, end: int) -> bool:
        return self.text[start:end].strip() in self.ground.lexicon.words.coordinators

    def _speaker_of(self, k: int, low: int, high: int) -> Source | None:
        words = self.words
        if k + 1 < high and words.lower[k + 1] == "by":
            return self.speakers.after(k + 2, high)
        if k > low and words.lower[k - 1] in self.ground.lexicon.words.passive | {"first"}:
            return None
        source = self.speakers.subject(k, low)
        return source if source is not None and self.speakers.is_source(source) else None

    def _add_citation(self, draft: Draft, citation: Citation) -> None:
        draft.citation = citation.span
        draft.work, draft.cited_date = citation.work or draft.work, citation.date or draft.cited_date
        intro_name = self.speakers.who(draft.source).name if draft.source is not None else None
        if citation.name is not None and citation.author is not None and not _same(intro_name, citation.name):
            author = citation.author
            draft.name, draft.actor = citation.name, citation.actor
            if draft.source is None or intro_name is not None:
                low, high = self.ground.word_at(author.start), self.ground.word_at(author.end)
                draft.source = Source(author.start, author.end, low, max(low, high - 1))
                draft.cue = []


def _paragraphs(text: str, passage: Passage) -> list[Passage]:
    """The passage; its lines where each is a paragraph of its own, and what ">" quotes apart from what it does not."""
    if passage.kind != "paragraph" or "\n" not in text[passage.start : passage.end]:
        return [passage] if not _is_quoted(text, passage.start) else [_unquoted(text, passage.start, passage.end)]
    lines = [m.span() for m in _LINE.finditer(text, passage.start, passage.end)]
    each = max(end - start for start, end in lines) > _LONGEST_LINE
    found: list[Passage] = []
    for start, end in lines:
        quoted = _is_quoted(text, start)
        if quoted:
            if found and found[-1].kind == "blockquote":
                found[-1] = Passage(found[-1].start, end, "blockquote", 1)
            else:
                found.append(_unquoted(text, start, end))
        elif found and not each and found[-1].kind == "paragraph":
            found[-1] = Passage(found[-1].start, end, "paragraph")
        else:
            is_heading = each and end - start < _HEADING and not text[start:end].endswith(_STOPS)
            found.append(Passage(start, end, "heading" if is_heading else "paragraph"))
    return found


def _is_quoted(text: str, start: int) -> bool:
    return text.startswith(">", start)


def _unquoted(text: str, start: int, end: int) -> Passage:
    while start < end and text[start] in "> \t":
        start += 1
    return Passage(start, end, "blockquote", 1)


def _same(a: str | None, b: str) -> bool:
    return a is not None and a.split()[-1].lower() == b.split()[-1].lower()
