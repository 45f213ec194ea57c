"""Where what is said ends inside its sentence."""

from __future__ import annotations

from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Clause, Ground
from testimonia.analysers.quotations.speakers import Source
from testimonia.text import Span

LONGEST = 300  # words of a content


class Extents:
    """Cuts contents out of clauses."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.words = ground.words
        self.lists = ground.lexicon.words

    def draft(self, start: int, cue: Span, source: Source | None, clause: Clause, matter: bool = False) -> Draft | None:
        """An indirect quotation whose content begins with the word ``start``; ``matter``: a noun phrase."""
        if start >= clause.last:
            return None
        begin = self.words.start[start]
        mark = self.ground.text[self.words.end[start - 1] : begin]
        for k, char in enumerate(mark):
            if char in "“‘\"'«„`([":
                begin = self.words.end[start - 1] + k
                break
        end = self._marked_end(begin, clause) or self.end(start, clause, matter)
        return Draft("indirect", [Span(begin, end)], [cue], source) if end > begin else None

    def _marked_end(self, begin: int, clause: Clause) -> int | None:
        """Where a content ends that stands in marks from its beginning, if a comma follows the marks."""
        mark = self.ground.marks_from(begin)
        if mark is None or mark.start != begin or mark.end > clause.end:
            return None
        rest = self.ground.text[mark.end : mark.end + 2]
        inside = self.ground.text[mark.end - 2 : mark.end - 1] in (",", ";")
        return mark.end if rest[:1] in (",", ";", ":", ")") or inside else None

    def end(self, start: int, clause: Clause, phrase: bool = False) -> int:
        """Where the content that begins with the word ``start`` ends; ``phrase``: it is no clause but a noun phrase."""
        words, text = self.words, self.ground.text
        last = min(clause.last, start + LONGEST)
        for j in range(start + 1, last):
            gap = words.gap[j]
            if ";" in gap or (gap.strip() in ("—", "–", "--") and self._outside_marks(start, j)):
                return words.end[j - 1]
            if self._turns(j, clause) or (phrase and self._leaves_phrase(j, gap, clause)):
                end = words.end[j - 1]
                while end < words.start[j] and text[end] in "”\"’'.":
                    end += 1
                return end if any(c in text[words.end[j - 1] : end] for c in "”\"’'") else words.end[j - 1]
        return max(clause.content_end, words.end[start]) if last == clause.last else words.end[last - 1]

    def _outside_marks(self, start: int, j: int) -> bool:
        between = self.ground.text[max(0, self.words.start[start] - 2) : self.words.start[j]]
        return between.count("“") <= between.count("”") and between.count('"') % 2 == 0

    def _leaves_phrase(self, j: int, gap: str, clause: Clause) -> bool:
        """Whether a noun phrase is over: a colon, a new clause, a verb that goes on with the subject."""
        words = self.words
        if ":" in gap:
            return True
        lower = words.lower[j]
        if "," in gap:
            return lower in self.lists.leaving
        if lower != "and" or j + 1 >= clause.last:
            return False
        following = words.lower[j + 1]
        return following in self.lists.going_on or (following.endswith("ed") and not words.capital[j + 1])

    def _turns(self, j: int, clause: Clause) -> bool:
        """Whether another cue of the same sentence begins with the word ``j``."""
        words = self.words
        lower, gap = words.lower[j], words.gap[j]
        if "," in gap and (
            lower == "according" or (lower.endswith("ing") and self.ground.frames(j)[0] & {"clause", "that"})
        ):
            return True
        if lower in self.lists.turning and "," in gap:
            return j + 1 < clause.last and words.lower[j + 1] not in self.lists.adding
        if lower not in self.lists.coordinators:
            return False
        k = j + 1
        while k < clause.last and (words.lower[k] in self.lists.auxiliaries or words.lower[k] in self.lists.adverbs):
            k += 1
        named = k
        while k < min(clause.last, named + 5) and words.capital[k]:
            k += 1
        if k >= clause.last:
            return False
        frames, width = self.ground.frames(k)
        if (
            not frames & {"clause", "that", "infinitive", "addressed", "with:for"}
            or words.lower[k] in self.ground.lexicon.nouns
        ):
            return False
        following = k + width
        return following < clause.last and words.lower[following] in {"that", "to", "for", *self.lists.starts}
