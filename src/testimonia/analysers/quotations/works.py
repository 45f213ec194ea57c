"""The works that words before a quotation name as its source: "in his 1942 book TITLE", "in The Star, 10 November"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from testimonia import language
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.sourcewords import source_words
from testimonia.findings import Findings, TimeExpression
from testimonia.text import Span

_BEFORE = 3000  # code points back to the work that "this pamphlet" means
_BESIDE = 12  # code points between a word for a work and its date
_REACH = 16  # words of a title
_DAY = len("1911-08-12")


@dataclass(frozen=True, slots=True)
class Named:
    """A work that the text named at ``at``, as which kind of work (a word of the language), and its date."""

    at: int
    noun: str
    title: str
    date: str | None


class Works:
    """Reads works and their dates, with the actors and times that were found before."""

    def __init__(self, ground: Ground, found: Findings) -> None:
        self.ground = ground
        self.text = ground.text
        self.source_words = source_words(language.known(ground.document.language))
        self.times = [t for t in found.times if t.edtf and t.type in ("DATE", "TIME")]
        self.time_starts = [t.start for t in self.times]
        self.small = ground.lexicon.words.title_words
        self.bases: dict[tuple[str | None, str], str] = {}  # (work, date): of what it is the date
        self.named = self._named()
        self.named_at = [n.at for n in self.named]

    def times_in(self, start: int, end: int) -> list[TimeExpression]:
        low, high = bisect_left(self.time_starts, start), bisect_left(self.time_starts, end)
        return self.times[low:high]

    def date_in(self, start: int, end: int) -> str | None:
        """The first date of ``[start, end)``."""
        return next((t.edtf for t in self.times_in(start, end) if t.end <= end), None)

    def is_date(self, part: Span) -> bool:
        """Whether a part is nothing but a date or a piece of one."""
        words = self.text[part.start : part.end].strip("()[]. ")
        if len(words) == len("1911") and words.isascii() and words.isdigit():
            return True
        times = self.times_in(part.start - 1, part.end + 8)
        return any(t.start <= part.start and t.end >= part.end for t in times)

    def basis(self, work: str | None, date: str | None) -> str | None:
        """Of what the date is: the words, the work or the edition; as it was read with this work."""
        return self.bases.get((work, date), "words") if date is not None else None

    def work_in(self, start: int, end: int) -> tuple[str | None, str | None]:
        """(work, date) that the words ``[start, end)`` name as the source of what they introduce."""
        work, date, basis = self._work_in(self.ground.word_at(start), self.ground.word_at(end), start, end)
        if date is not None:
            self.bases[work, date] = basis
        return work, date

    def _work_in(self, low: int, high: int, start: int, end: int) -> tuple[str | None, str | None, str]:
        words, lists = self.ground.words, self.ground.lexicon.words
        date = self.date_in(start, end)
        own: tuple[str, int] | None = None
        for i in range(low, high):
            noun = words.lower[i]
            if noun in lists.works and not words.headline[i]:
                meant = self._meant(i, low)
                if meant is not None:
                    return meant.title, meant.date or date, "work" if meant.date else "words"
                title = self.presented(i, high)
                if title is not None:
                    return title, date, self._basis_beside(i)
            if own is None and (noun in lists.works or noun in self.source_words.utterances) and not words.capital[i]:
                phrase = self._where_said(i, low)
                own = (phrase, i) if phrase is not None else None
            elif own is None and noun in lists.works and self._where_said(i, low) is not None:
                own = (self.title(i, high) or words.word[i], i)
            found = self._titled(i, low, high)
            if found is not None:
                return found[0], found[1] or date, "work" if found[1] else "words"
        if own is None:
            return None, date, "words"
        return own[0], self._date_beside(own[1]), self._basis_beside(own[1])

    def _titled(self, i: int, low: int, high: int) -> tuple[str, str | None] | None:
        """A title after "in", or at the head of the words, that a date follows or that is known for a work."""
        words = self.ground.words
        begins = words.lower[i] in self.source_words.in_words
        first = i + 1 if begins else i if i == low else high
        # "in The Star" keeps its article; one in small letters, or at the head of the sentence, is no part of it
        first += first < high and (words.word[first] == "the" or (first == low and words.lower[first] == "the"))
        if first >= high or not words.capital[first]:
            return None
        title = self.title(first, high)
        if title is None:
            return None
        stated = self._dated_after(first, high)
        if stated is not None or (begins and self._is_work(first)):
            return title, stated
        return (title, None) if begins and i == low and self._heads_sentence(first, title) else None

    def _heads_sentence(self, first: int, title: str) -> bool:
        """In The Long Quay, Holm argues: a title with an article or a small word inside it, a comma after it."""
        end = self.ground.words.start[first] + len(title)
        small = any(w.lower() in self.small for w in title.split()[:-1])
        known = self.ground.mention_of_word(first)
        actor = self.ground.actors.get(known.actor) if known is not None else None
        is_title = actor is None or actor.kind == "work" or known is None or known.end < end
        return small and is_title and self.text.startswith(",", end)

    def _date_beside(self, noun: int) -> str | None:
        """The date within "her 1912 letter", or right after the word: her letter of 4 May 1912."""
        words = self.ground.words
        end = words.end[noun]
        after = (t for t in self.times_in(end, end + _BESIDE) if self.ground.count(end, t.start) <= 1)
        before = self.date_in(words.start[max(0, noun - 4)], words.start[noun])
        return before or next((t.edtf for t in after), None)

    def _basis_beside(self, noun: int) -> str:
        """Of what a date before the word for a work is: his 1931 book, but her letter of 1931."""
        words = self.ground.words
        if words.lower[noun] in self.source_words.utterances:
            return "words"
        begin = words.start[max(0, noun - 3)]
        return "work" if self.times_in(begin, words.start[noun]) else "words"

    # works named before

    def _meant(self, i: int, low: int) -> Named | None:
        """The work that "this pamphlet" or "the same book" means: the last of its kind that was named."""
        words = self.ground.words
        if i <= low or words.lower[i - 1] not in self.source_words.this or words.gap[i] != " ":
            return None
        at = words.start[i - 1]
        last = bisect_right(self.named_at, at)
        near = [n for n in self.named[max(0, last - 20) : last] if n.at >= at - _BEFORE]
        same = [n for n in near if n.noun == words.lower[i]]
        return same[-1] if same else next((n for n in reversed(near) if not n.noun), None)

    def _named(self) -> list[Named]:
        """Every work that a word for one presents (his pamphlet The Wheel), or "in" a title known for a work."""
        words, ground = self.ground.words, self.ground
        found: list[Named] = []
        for i in range(len(words) - 1):
            noun = words.lower[i]
            if noun in ground.lexicon.words.works and words.capital[i + 1]:
                title = self.presented(i, len(words))
                if title is not None:
                    end = words.start[i + 1] + len(title)
                    found.append(Named(words.start[i], noun, title, self._date_around(i, end)))
            elif noun in self.source_words.in_words and words.capital[i + 1] and self._is_work(i + 1):
                title = self.title(i + 1, len(words))
                if title is not None:
                    found.append(Named(words.start[i], "", title, self._dated_after(i + 1, len(words))))
        return found

    def _date_around(self, noun: int, end: int) -> str | None:
        """His 1931 book TITLE, and his book TITLE (1931)."""
        before = self.times_in(self.ground.words.start[max(0, noun - 2)], self.ground.words.start[noun])
        after = [t for t in self.times_in(end, end + 4) if self.text[end : t.start] in (" (", ", ")]
        return next((t.edtf for t in (*before, *after)), None)

    # titles

    def presented(self, noun: int, high: int) -> str | None:
        """His book TITLE; her pamphlet, TITLE, with a comma on both sides."""
        words = self.ground.words
        title = self.title(noun + 1, high)
        if title is None or words.gap[noun + 1] == " ":
            return title
        end = words.start[noun + 1] + len(title)
        return (
            title if self.text[end : end + 1] in (",", ".", ";", ":", ")") or self.text.startswith(" (", end) else None
        )

    def _where_said(self, noun: int, low: int) -> str | None:
        """In his LETTER, from a LONG DIARY, at her MAY 1912 HEARING: not any letter that the sentence names."""
        words, lists = self.ground.words, self.ground.lexicon.words
        for k in range(noun - 1, max(low, noun - 6), -1):
            if words.lower[k] in lists.possessives | lists.determiners and words.lower[k] not in self.source_words.this:
                led = words.lower[k - 1] in self.source_words.in_own and words.gap[k] == " "
                return " ".join(self.text[words.start[k + 1] : words.end[noun]].split()) if led else None
            if words.gap[k + 1] != " ":
                return None
        return None

    def before_cue(self, cue: int) -> str | None:
        """Issued a STATEMENT saying: the work that is the object right before a cue."""
        words, lists = self.ground.words, self.ground.lexicon.words
        if cue < 2 or words.lower[cue - 1] not in lists.works or words.gap[cue].strip():
            return None
        for k in range(cue - 2, max(-1, cue - 6), -1):
            if words.lower[k] in lists.possessives | lists.determiners:
                return " ".join(self.text[words.start[k + 1] : words.end[cue - 1]].split())
            if words.gap[k + 1] != " ":
                return None
        return None

    def title(self, first: int, high: int) -> str | None:
        """The capitalised words from ``first`` on, small ones between them."""
        words = self.ground.words
        if first >= high or not words.capital[first] or any(c in words.gap[first] for c in ".;:!?)"):
            return None
        last = first
        for j in range(first + 1, min(high, first + _REACH)):
            if words.gap[j] not in (" ", "’s ", "'s ", ": ", " & ", "’ "):
                break
            if words.capital[j]:
                last = j
            elif words.lower[j] not in self.small:
                break
        if (
            self.is_date(Span(words.start[first], words.end[first]))
            or words.lower[first] in self.ground.lexicon.words.plain_subjects
        ):
            return None
        return None if self._is_person(first, last) else self.text[words.start[first] : words.end[last]]

    def _is_person(self, first: int, last: int) -> bool:
        """In this pamphlet, HOLM explains: a person's name, not a title."""
        mention = self.ground.mention_of_word(first)
        actor = self.ground.actors.get(mention.actor) if mention is not None else None
        return (
            mention is not None
            and actor is not None
            and actor.kind == "person"
            and mention.end >= self.ground.words.end[last]
        )

    def title_before(self, offset: int) -> str | None:
        """The capitalised words that end at ``offset``."""
        words = self.ground.words
        last = self.ground.word_at(offset) - 1
        first = last
        while (
            first > 0
            and words.gap[first] in (" ", ": ", "’s ", "'s ")
            and (words.capital[first - 1] or words.lower[first - 1] in self.small)
        ):
            first -= 1
        while first <= last and not words.capital[first]:
            first += 1
        return self.text[words.start[first] : words.end[last]] if 0 <= first <= last else None

    def _dated_after(self, first: int, high: int) -> str | None:
        """The date in "TITLE, 10 November 1918", "TITLE (1918)", "TITLE of 10 November 1918", "TITLE, written in"."""
        words = self.ground.words
        for j in range(first, min(high, first + 10)):
            if not words.capital[j] and words.lower[j] not in self.small:
                return None
            end = words.end[j]
            if j + 1 < len(words) and words.gap[j + 1] in (", ", " ") and words.lower[j + 1] in self.source_words.dated:
                return next((t.edtf for t in self.times_in(words.end[j + 1], words.end[j + 1] + 6)), None)
            for link in (", ", " (", " of "):
                if self.text.startswith(link, end):
                    for time in self.times_in(end, end + len(link) + 2):
                        # "the Battle of 1911" is no publication; "the Star of 12 August 1911" is one
                        if time.start == end + len(link) and (link != " of " or len(time.edtf or "") == _DAY):
                            return time.edtf
        return None

    def _is_work(self, word: int) -> bool:
        """Whether a name is known for a work's, or ends like a newspaper's."""
        words = self.ground.words
        following = word + (words.word[word] == "The" and word + 1 < len(words))
        mention = self.ground.mention_of_word(word) or self.ground.mention_of_word(following)
        actor = self.ground.actors.get(mention.actor) if mention is not None else None
        if mention is None or actor is None:
            return False
        last = words.lower[max(0, self.ground.word_at(mention.end) - 1)]
        return actor.kind == "work" or (actor.kind == "organisation" and last in self.source_words.publications)
