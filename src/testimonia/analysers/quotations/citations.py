"""Citations: author, work and date, as a line after a quotation or as words before it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from testimonia import language
from testimonia.analysers.actors.lists import lists
from testimonia.analysers.quotations.ground import Ground
from testimonia.findings import Findings, TimeExpression
from testimonia.text import Span

_TAIL = re.compile(r"(?:^|(?<=\s))(?:–|—|―|--|-|~)[^\S\n]*(?=[A-Z“\"‘_*])")
_LONGEST = 220  # code points of a citation


@dataclass(frozen=True, slots=True)
class Citation:
    """``span`` with its dash or brackets; ``author`` where it is named; ``date`` is EDTF."""

    span: Span
    author: Span | None
    name: str | None
    actor: str | None
    work: str | None
    date: str | None


class Citations:
    """Reads citations, with the actors and times that were found before."""

    def __init__(self, ground: Ground, found: Findings) -> None:
        self.ground = ground
        self.text = ground.text
        self.times = [t for t in found.times if t.edtf and t.type in ("DATE", "TIME")]
        self.time_starts = [t.start for t in self.times]
        names = lists(language.known(ground.document.language))
        self.small = ground.lexicon.words.title_words
        self.first_names = names.first | names.first_or_word

    def after(self, start: int, end: int) -> Citation | None:
        """The citation with which ``[start, end)`` ends, after a dash."""
        for match in reversed(list(_TAIL.finditer(self.text, max(start, end - _LONGEST), end))):
            citation = self._read(match.start(), match.end(), end)
            if citation is not None:
                return citation
        return None

    def in_brackets(self, offset: int) -> Citation | None:
        """A citation in brackets that begins at ``offset``, white space apart."""
        while offset < len(self.text) and self.text[offset] == " ":
            offset += 1
        if self.text[offset : offset + 1] not in ("(", "["):
            return None
        close = self.text.find(")" if self.text[offset] == "(" else "]", offset, offset + _LONGEST)
        return self._read(offset, offset + 1, close, close + 1) if close > 0 else None

    def _read(self, start: int, begin: int, end: int, edge: int | None = None) -> Citation | None:
        words = self.text[begin:end]
        if "\n\n" in words or not self._is_citation(words):
            return None
        parts = _parts(words, begin)
        author_parts = 1
        if len(parts) > 2 and self._is_turned(parts):
            author_parts = 2
        author = Span(parts[0].start, parts[author_parts - 1].end)
        if not self._is_name(self._of(author)):
            return None
        name, actor = self.named(self._of(author))
        date = self.date_in(begin, end)
        rest = [p for p in parts[author_parts:] if not (self._is_date(p) and p is not parts[author_parts])]
        if len(rest) == 1 and self._is_date(rest[0]):
            rest = []
        work = self.text[rest[0].start : rest[-1].end] if rest else None
        if work is not None:
            work = " ".join(re.sub(r"\[\w{1,4}\]", "", work).strip(' .,;“”"‘_*').split())
        if work is None and date is None:
            return None
        return Citation(Span(start, edge or end), author, name, actor, work or None, date)

    def _is_citation(self, words: str) -> bool:
        """Whether it reads as author, title, place: most long words have capitals, and a comma stands early."""
        if "," not in words[:60] or any(mark in words for mark in "?!"):
            return False
        tokens: list[str] = re.findall(r"[^\W\d_][\w’'-]*", words)
        long = [t for t in tokens if t.lower() not in self.small]
        if not long or len(tokens) > 34:
            return False
        capitals = sum(t[0].isupper() for t in long)
        return capitals >= 0.7 * len(long)

    def _is_turned(self, parts: list[Span]) -> bool:
        """Surname, First name, Title."""
        first, second = self._of(parts[0]), self._of(parts[1])
        if " " in first or len(second.split()) > 3 or any(c.isdigit() for c in second) or self._is_date(parts[2]):
            return False
        given: str = second.split()[0]
        return given in self.first_names or len(given.rstrip(".")) == 1

    def _is_name(self, words: str) -> bool:
        tokens = words.replace(",", " ").split()
        return (
            0 < len(tokens) <= 6
            and all(t[0].isupper() or t.lower() in self.small for t in tokens)
            and not any(c.isdigit() for c in words)
        )

    def _is_date(self, part: Span) -> bool:
        """Whether a part is nothing but a date or a piece of one."""
        words = self._of(part)
        if re.fullmatch(r"\d{4}", words):
            return True
        times = self.times_in(part.start - 1, part.end + 8)
        return any(t.start <= part.start and t.end >= part.end for t in times)

    def _of(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def times_in(self, start: int, end: int) -> list[TimeExpression]:
        low, high = bisect_left(self.time_starts, start), bisect_left(self.time_starts, end)
        return self.times[low:high]

    def date_in(self, start: int, end: int) -> str | None:
        """The first date of ``[start, end)``."""
        return next((t.edtf for t in self.times_in(start, end) if t.end <= end), None)

    def named(self, words: str) -> tuple[str, str | None]:
        """(full name, actor id) of an author; "Surname, First" is turned; the name itself where no actor has it."""
        name = " ".join(words.split())
        if ", " in name:
            last, first = name.split(", ", 1)
            name = f"{first} {last}"
        able = [a for a in self.ground.actors.values() if name in (a.name, *a.aliases)]
        if not able:
            last = name.split()[-1]
            able = [
                a
                for a in self.ground.actors.values()
                if a.kind == "person" and a.name.split()[-1] == last and len(name.split()) == 1
            ]
        if len(able) == 1:
            return able[0].name, able[0].id
        return name, None

    # words before a quotation: "in his 1942 book TITLE", "in The Star, 10 November 1918"

    def work_in(self, start: int, end: int) -> tuple[str | None, str | None]:
        """(work, date) that the words ``[start, end)`` name as the source of what they introduce."""
        words, ground = self.ground.words, self.ground
        low, high = ground.word_at(start), ground.word_at(end)
        date = self.date_in(start, end)
        own = None
        for i in range(low, high):
            if words.lower[i] in ground.lexicon.words.works and not words.headline[i]:
                title = self._title(i + 1, high)
                if title is not None:
                    return title, date
                if i > low and words.lower[i - 1] in ground.lexicon.words.possessives:
                    own = own or self._title(i, high) or words.word[i]
            first = i + 1 if words.lower[i] in ("in", "for") else i if i == low else high
            # "in The Star" keeps its article; one in small letters, or at the head of the sentence, is no part of it
            first += first < high and (words.word[first] == "the" or (first == low and words.lower[first] == "the"))
            if first < high and words.capital[first]:
                title = self._title(first, high)
                stated = self._dated_after(first, high)
                if title is not None and (stated is not None or (first > low and self._is_work(first))):
                    return title, stated or date
        return own, date

    def _title(self, first: int, high: int) -> str | None:
        """The capitalised words from ``first`` on, small ones between them."""
        words = self.ground.words
        if first >= high or not words.capital[first] or any(c in words.gap[first] for c in ".;:!?)"):
            return None
        last = first
        for j in range(first + 1, min(high, first + 16)):
            if words.gap[j] not in (" ", "’s ", "'s ", ": ", " & ", "’ "):
                break
            if words.capital[j]:
                last = j
            elif words.lower[j] not in self.small:
                break
        if (
            self._is_date(Span(words.start[first], words.end[first]))
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
        """The date in "TITLE, 10 November 1918", "TITLE (1918)", "TITLE of 10 November 1918"."""
        words = self.ground.words
        for j in range(first, min(high, first + 10)):
            if not words.capital[j] and words.lower[j] not in self.small:
                return None
            end = words.end[j]
            for link in (", ", " (", " of "):
                if self.text.startswith(link, end):
                    for time in self.times_in(end, end + len(link) + 2):
                        # "the Battle of 1911" is no publication; "the Star of 12 August 1911" is one
                        if time.start == end + len(link) and (
                            link != " of " or len(time.edtf or "") == len("1911-08-12")
                        ):
                            return time.edtf
        return None

    def _is_work(self, word: int) -> bool:
        mention = self.ground.mention_of_word(word)
        return (
            mention is not None
            and mention.actor in self.ground.actors
            and self.ground.actors[mention.actor].kind == "work"
        )


def _parts(words: str, offset: int) -> list[Span]:
    """The pieces between commas, without white space around them."""
    found: list[Span] = []
    begin = 0
    for piece in words.split(","):
        start = begin + len(piece) - len(piece.lstrip())
        end = begin + len(piece.rstrip())
        begin += len(piece) + 1
        if end > start:
            found.append(Span(offset + start, offset + end))
    return found
