"""Citations: author, work, page, publisher and date, as a line after a quotation or in brackets beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from testimonia import language
from testimonia.analysers.actors.lists import lists
from testimonia.analysers.quotations import imprints
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.imprints import Imprint
from testimonia.analysers.quotations.sourcewords import source_words
from testimonia.analysers.quotations.works import Works
from testimonia.findings import Findings, TimeExpression
from testimonia.text import Span

_TAIL = re.compile(r"(?:^|(?<=\s))(?:–|—|―|--|-|~)[^\S\n]*(?=[A-Z“\"‘_*])")
_LONGEST = 220  # code points of a citation
_MOST_WORDS = 34


@dataclass(frozen=True, slots=True)
class Citation:
    """``span`` with its dash or brackets; ``author`` where it is named; ``date`` is EDTF.

    ``basis`` says of what the date is: the words, the work or the edition. ``via`` is who passed the words on (quoted
    in VIA), at ``via_span``; ``imprint`` what else the citation says of the work.
    """

    span: Span
    author: Span | None
    name: str | None
    actor: str | None
    work: str | None
    date: str | None
    basis: str | None = None
    via: str | None = None
    via_span: Span | None = None
    imprint: Imprint | None = None


class Citations:
    """Reads citations, with the actors and times that were found before."""

    def __init__(self, ground: Ground, found: Findings) -> None:
        self.ground = ground
        self.text = ground.text
        self.works = Works(ground, found)
        self.code = language.known(ground.document.language)
        names = lists(self.code)
        self.small = ground.lexicon.words.title_words
        self.first_names = names.first | names.first_or_word
        self.relay = _relay_pattern(self.code)
        self.read: dict[Span, Citation] = {}  # the citations that were read, by where they stand

    def after(self, start: int, end: int) -> Citation | None:
        """The citation with which ``[start, end)`` ends, after a dash."""
        for match in reversed(list(_TAIL.finditer(self.text, max(start, end - _LONGEST), end))):
            citation = self._kept(self._read(match.start(), match.end(), end, end))
            if citation is not None:
                return citation
        return None

    def in_brackets(self, offset: int) -> Citation | None:
        """A citation in brackets that begins at ``offset``, white space apart."""
        while offset < len(self.text) and self.text[offset] == " ":
            offset += 1
        pair = {"(": ")", "[": "]"}.get(self.text[offset : offset + 1])
        if pair is None:
            return None
        depth = 0
        for close in range(offset, min(len(self.text), offset + _LONGEST)):
            depth += (self.text[close] == self.text[offset]) - (self.text[close] == pair)
            if not depth:
                return self._kept(self._read(offset, offset + 1, close, close + 1))
        return None

    def work_in(self, start: int, end: int) -> tuple[str | None, str | None]:
        return self.works.work_in(start, end)

    def title_before(self, offset: int) -> str | None:
        return self.works.title_before(offset)

    def times_in(self, start: int, end: int) -> list[TimeExpression]:
        return self.works.times_in(start, end)

    def _kept(self, citation: Citation | None) -> Citation | None:
        if citation is not None:
            self.read[citation.span] = citation
        return citation

    def _read(self, start: int, begin: int, end: int, edge: int) -> Citation | None:
        """The citation in ``[begin, end)``; ``start`` and ``edge`` are where it stands with its dash or brackets."""
        words = self.text[begin:end]
        if "\n\n" in words:
            return None
        relay = self.relay.search(words)
        if relay is None:
            return self._plain(Span(start, edge), begin, end)
        where = Span(begin + relay.start("words"), end)
        voice = self._voice(begin + relay.end(), end)
        if voice is None:
            return None
        head = self.ground.stripped(begin, begin + relay.start())
        if head.end <= head.start:
            return Citation(Span(start, edge), None, None, None, None, None, via=voice, via_span=where)
        first = self._plain(Span(start, edge), head.start, head.end)
        if first is None and not self._is_name(self.text[head.start : head.end]):
            return None
        if first is None:
            name, actor = self.named(self.text[head.start : head.end])
            first = Citation(Span(start, edge), head, name, actor, None, None)
        return Citation(
            first.span, first.author, first.name, first.actor, first.work, first.date, first.basis, voice, where
        )

    def _voice(self, begin: int, end: int) -> str | None:
        """Who passed the words on, with the work: what follows "quoted in"."""
        citation = self._plain(Span(begin, end), begin, end)
        if citation is not None:
            return ", ".join(x for x in (citation.name, citation.work) if x) or None
        words = imprints.cleaned(self.text[begin:end])
        return self.named(words)[0] if words and self._is_name(words) else None

    def _plain(self, span: Span, begin: int, end: int) -> Citation | None:
        if not self._is_citation(self.text[begin:end]):
            return None
        parts = _parts(self.text[begin:end], begin)
        author, pieces = self._author(parts)
        if author is not None and not self._is_name(self._of(author)):
            return None
        name, actor = self.named(self._of(author)) if author is not None else (None, None)
        found = imprints.read(self.code, self.text, [(p, self.works.is_date(p)) for p in pieces])
        date, basis = self._date(found, begin, end)
        if found.title is None and date is None:
            return None
        if date is not None and basis is not None:
            self.works.bases[found.title, date] = basis
        return Citation(span, author, name, actor, found.title, date, basis, imprint=found)

    def _author(self, parts: list[Span]) -> tuple[Span | None, list[Span]]:
        """The author, and the pieces that follow; none where the first piece is a title or a newspaper."""
        first = self._of(parts[0])
        token = first.split()[0]
        paper = first.split()[-1].lower() in self.works.source_words.publications and token not in self.first_names
        if (paper or token.lower() in ("the", "a", "an")) and len(first.split()) > 1:
            return None, parts
        number = 2 if len(parts) > 2 and self._is_turned(parts) else 1
        return Span(parts[0].start, parts[number - 1].end), parts[number:]

    def _date(self, found: Imprint, begin: int, end: int) -> tuple[str | None, str | None]:
        """The date of the citation, and of what it is the date; one inside the title only where there is no other."""
        times = [t for t in self.works.times_in(begin, end) if t.end <= end]
        inside = found.title_span
        beside = [t for t in times if inside is None or not inside.start <= t.start < inside.end]
        time = next(iter(beside or times), None)
        if time is None:
            return None, None
        if any(start < time.start for start in found.printed):
            return time.edtf, "edition"
        utterance = {w.lower() for w in (found.title or "").split()} & self.works.source_words.utterances
        return time.edtf, "words" if found.title is None or utterance else "work"

    def _is_citation(self, words: str) -> bool:
        """Whether it reads as author, title, place: most long words have capitals, and a comma stands early."""
        if "," not in words[:60] or any(mark in words for mark in "?!"):
            return False
        tokens: list[str] = re.findall(r"(?<!\w)[^\W\d_][\w’'-]*", words)
        long = [t for t in tokens if t.lower() not in self.small]
        if not long or len(tokens) > _MOST_WORDS:
            return False
        lists = self.works.source_words
        of_books = lists.pages | lists.editors | lists.editions
        capitals = sum(t[0].isupper() or t.lower() in of_books for t in long)
        return capitals >= 0.7 * len(long)

    def _is_turned(self, parts: list[Span]) -> bool:
        """Surname, First name, Title."""
        first, second = self._of(parts[0]), self._of(parts[1])
        if " " in first or len(second.split()) > 3 or any(c.isdigit() for c in second) or self.works.is_date(parts[2]):
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

    def _of(self, span: Span) -> str:
        return self.text[span.start : span.end]

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


@cache
def _relay_pattern(code: str) -> re.Pattern[str]:
    """``as quoted in``, ``cited by``: at the head of words or after a comma."""
    words = source_words(code)
    forms, links = ("|".join(sorted(group)) for group in (words.relayed, words.relay_links))
    return re.compile(rf"(?:^|[,;])\s*(?P<words>(?:as )?(?:{forms}) (?:{links}))\s+", re.IGNORECASE)


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
