"""A document as the search for quotations sees it: words, clauses, marks, and who is named where."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from testimonia import language
from testimonia.analysers.actors.tokens import Tokens, tokens_of
from testimonia.analysers.quotations.lexicon import Lexicon, lexicon
from testimonia.analysers.quotations.marks import Marked, marked
from testimonia.findings import Actor, Findings, Mention
from testimonia.text import Document, Span, sentences

_ENDS = frozenset(",.!?…—–-;:")
_STOPS = frozenset(".,;:!?—–- \n")
_LONGEST = 300  # words of a clause
_TERM = 2  # words of a term
_LONGEST_HEADING = 100  # code points
_HEADING = re.compile(r"^[^\s\n][^\n]{1,98}[\w)](?=\n[\w])", re.MULTILINE)
_DATE_LINE = re.compile(r"^(?=.{6,40}$).*\b\d{4}$")
_ENDINGS = frozenset(".!?…”\"’'")
_WHOLE = 12  # words in marks from which on they are taken for a quotation of their own, whatever stands around


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence, or what is left of it beside whole quotations; ``first`` to ``last`` are its words."""

    start: int
    end: int
    first: int
    last: int  # exclusive
    content_end: int  # ``end`` without the stops that end a sentence


class Ground:
    """``marks`` are all stretches in quotation marks; ``whole`` those that are sentences of their own."""

    def __init__(self, document: Document, found: Findings) -> None:
        self.document = document
        self.text = document.text
        self.lexicon: Lexicon = lexicon(language.known(document.language))
        self.words: Tokens = tokens_of(self.text)
        self.marks: list[Marked] = marked(self.text, self.lexicon.words.elisions)
        self.actors: dict[str, Actor] = {actor.id: actor for actor in found.actors}
        self.times = [Span(time.start, time.end) for time in found.times]
        self.time_starts = [time.start for time in self.times]
        self.mentions: list[Mention] = sorted(found.mentions, key=lambda m: (m.start, -m.end))
        self.mention_starts = [m.start for m in self.mentions]
        self.mention_ends = {m.end: m for m in reversed(self.mentions)}
        self.mark_ends = {m.end for m in self.marks}
        self.mark_starts = [m.start for m in self.marks]
        self.whole = [mark for mark in self.marks if self.is_whole(mark)]
        self.whole_starts = {mark.start for mark in self.whole}
        self.sentence_starts: list[int] = []
        self.clauses = self._clauses()
        self.clause_starts = [c.start for c in self.clauses]

    def frames(self, word: int) -> tuple[frozenset[str], int]:
        """The frames of the verb that begins with ``word``, none where it is no cue; and how many words it has."""
        lower = self.words.lower
        pair = self.lexicon.pairs.get(lower[word])
        if pair is not None and word + 1 < len(lower) and self.words.gap[word + 1] == " ":
            frames = pair.get(lower[word + 1])
            if frames is not None:
                return frames, 2
        return self.lexicon.verbs.get(lower[word], frozenset()), 1

    def word_at(self, offset: int) -> int:
        """Number of the first word that begins at or after ``offset``."""
        return bisect_left(self.words.start, offset)

    def inner(self, mark: Marked) -> Span:
        """What stands between the marks, without white space."""
        start, end = mark.start + mark.width, mark.end - (mark.width if mark.closed else 0)
        return self.stripped(start, max(start, end))

    def stripped(self, start: int, end: int) -> Span:
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Span(start, end)

    def count(self, start: int, end: int) -> int:
        """Words in ``[start, end)``."""
        return self.word_at(end) - self.word_at(start)

    def is_whole(self, mark: Marked) -> bool:
        """Whether the words in marks are a sentence, as in dialogue, and not a part of the sentence around them."""
        start, end = self.inner(mark)
        if start == end:
            return False
        ends = self.text[end - 1] in _ENDS
        first = self.text[start]
        if self._is_fragment(mark):
            return False
        begins = first.isupper() or first in "…—–-([‘“'\"" or (first == "." and self.text.startswith("..", start))
        if begins and ends:
            return True
        return begins and self.count(start, end) >= _WHOLE

    def _is_fragment(self, mark: Marked) -> bool:
        """One or two words in the middle of a sentence, with its comma or full stop inside the marks."""
        start, end = self.inner(mark)
        before = self.text[max(0, mark.start - 2) : mark.start].strip()[-1:]
        return self.text[end - 1] in ",." and before.isalnum() and self.count(start, end) <= _TERM

    def clause_at(self, offset: int) -> Clause | None:
        i = bisect_right(self.clause_starts, offset) - 1
        return self.clauses[i] if i >= 0 and self.clauses[i].end > offset else None

    def mention_of_word(self, word: int) -> Mention | None:
        """The longest mention that begins with the word."""
        i = bisect_left(self.mention_starts, self.words.start[word])
        if i < len(self.mentions) and self.mentions[i].start == self.words.start[word]:
            return self.mentions[i]
        return None

    def is_time(self, start: int, end: int) -> bool:
        """Whether a stretch is a date or a time, and nothing beside it."""
        i = bisect_left(self.time_starts, start - 3)
        if i >= len(self.times) or self.times[i].start > start + 3:
            return False
        return self.times[i].end >= end - 3 and self.times[i].end <= end + 8

    def mention_around(self, offset: int) -> Mention | None:
        """A name in which the offset lies."""
        i = bisect_right(self.mention_starts, offset) - 1
        if i >= 0 and self.mentions[i].end > offset and self.mentions[i].form == "name":
            return self.mentions[i]
        return None

    def mention_that_ends(self, offset: int) -> Mention | None:
        """The longest mention that ends at ``offset``."""
        return self.mention_ends.get(offset)

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        low, high = bisect_left(self.mention_starts, start), bisect_left(self.mention_starts, end)
        return [m for m in self.mentions[low:high] if m.end <= end]

    def marks_in(self, start: int, end: int) -> list[Marked]:
        low, high = bisect_left(self.mark_starts, start), bisect_left(self.mark_starts, end)
        return [m for m in self.marks[low:high] if m.end <= end]

    def is_mark_end(self, start: int, end: int) -> bool:
        """Whether a closing mark stands in ``[start, end)``."""
        return any(edge in self.mark_ends for edge in range(start, min(end, start + 6) + 1))

    def marks_from(self, offset: int) -> Marked | None:
        """The first marked stretch that begins at or after ``offset``."""
        i = bisect_left(self.mark_starts, offset)
        return self.marks[i] if i < len(self.marks) else None

    def sentence_before(self, offset: int) -> int:
        """Where the sentence begins that ends at ``offset``."""
        i = bisect_left(self.sentence_starts, offset) - 1
        return self.sentence_starts[i] if i >= 0 else 0

    def _is_heading(self, start: int, end: int) -> bool:
        """Whether a line without a full stop is a heading: a date, or after a sentence, before a longer line."""
        if self.is_time(start, end):
            return True
        before = self.text[max(0, start - 4) : start].rstrip()[-1:]
        if before and before not in _ENDINGS:
            return False
        stop = self.text.find("\n", end + 1, end + 1 + 2 * _LONGEST_HEADING)
        following = self.text[end + 1 : stop if stop >= 0 else end + 1 + 2 * _LONGEST_HEADING]
        return len(following) > 1.5 * (end - start) or _DATE_LINE.search(following) is not None

    def _clauses(self) -> list[Clause]:
        headings = (m.end() for m in _HEADING.finditer(self.text) if self._is_heading(m.start(), m.end()))
        edges = sorted({edge for mark in self.whole for edge in (mark.start, mark.end)}.union(headings))
        found: list[Clause] = []
        for sentence in sentences(self.text, code=language.known(self.document.language)):
            self.sentence_starts.append(sentence.start)
            low, high = bisect_right(edges, sentence.start), bisect_left(edges, sentence.end)
            for start, end in zip((sentence.start, *edges[low:high]), (*edges[low:high], sentence.end), strict=True):
                found.extend(self._pieces(start, end))
        return found

    def _pieces(self, start: int, end: int) -> list[Clause]:
        """``[start, end)`` as one clause; what is longer than any sentence in several, so that time stays linear."""
        found: list[Clause] = []
        low, high = self.word_at(start), self.word_at(end)
        for first in range(low, high, _LONGEST):
            last = min(first + _LONGEST, high)
            begin, stop = self.stripped(
                start if first == low else self.words.start[first], end if last == high else self.words.start[last]
            )
            content_end = stop
            while content_end > begin and self.text[content_end - 1] in _STOPS:
                content_end -= 1
            found.append(Clause(begin, stop, first, last, content_end))
        return found
