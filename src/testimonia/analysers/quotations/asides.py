"""Words in marks that are nobody's reported words: titles, nicknames, terms, scare quotes, measures, mottos.

``Asides.kind`` says what the words around the marks make of them, before quotations are looked for; ``asides`` gives
everything in marks a class that became no quotation and is no part of one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

import msgspec

from testimonia import language
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.marks import Marked
from testimonia.findings import Aside, Quotation

_MEASURE = re.compile(
    r"(?<![\w.,])\d{1,3}(?:[.,]\d{1,2})?\s?['’′](?:\s?\d{1,2}(?:\.\d)?\s?(?:[\"”″]|''))?(?!\w)|(?<![\w.,])\d{1,3}(?:\.\d{1,2})?\s?[\"″](?!\w)"
)
_FEW = 6  # words of a term
_TITLE = 14  # words of a title
_NAME = 3  # words of a nickname
_BEHIND = 3  # words after the marks that may say it
_REACH = 4  # words before the marks that may say what they are


class _Rules(msgspec.Struct, forbid_unknown_fields=True):
    """See the head of marks.yml."""

    works: list[str]
    titled: list[str]
    nicknames: list[str]
    terms: list[str]
    naming: list[str]
    slogans: list[str]
    inscribed: list[str]
    small: list[str]
    before: list[str]
    articles: list[str]
    addressing: list[str]
    third_person: list[str]
    participles: list[str]
    past: list[str]
    qualifying: list[str]
    telling: list[str]
    following: list[str]
    edited: list[str]
    referring: list[str]
    first_person: list[str]
    pointing: list[str]
    texts: list[str]
    reasons: dict[str, tuple[float, str]]


def _any(pattern: str, phrases: list[str]) -> re.Pattern[str]:
    return re.compile(pattern.format("|".join(re.escape(phrase) for phrase in phrases)), re.IGNORECASE)


class MarkRules:
    """The rules of ``language/<code>/marks.yml`` as sets."""

    def __init__(self, code: str) -> None:
        rules: _Rules = language.read(code, "marks", _Rules)
        self.works = frozenset(rules.works)
        self.titled = frozenset(rules.titled)
        self.nicknames = frozenset(rules.nicknames)
        self.terms = frozenset(rules.terms)
        self.naming = frozenset(rules.naming)
        self.slogans = frozenset(rules.slogans)
        self.inscribed = frozenset(rules.inscribed)
        self.small = frozenset(rules.small)
        self.before = frozenset(rules.before)
        self.articles = frozenset(rules.articles)
        self.addressing = frozenset(rules.addressing)
        self.third_person = frozenset(rules.third_person)
        self.first_person = frozenset(rules.first_person)
        self.pointing = frozenset(rules.pointing)
        self.texts = frozenset(rules.texts)
        self.past = tuple(rules.past)
        self.qualifying = frozenset(rules.qualifying)
        self.following = _any(r"\b(?:{})\b", rules.following)
        self.edited = _any(r",? (?:{}) ", rules.edited)
        self.referring = frozenset(rules.referring)
        self.telling = frozenset(rules.telling)
        self.participles = tuple(rules.participles)
        self.reasons: dict[str, tuple[float, str]] = rules.reasons

    def grade(self, rule: str) -> tuple[float, str]:
        """How sure a rule is, and its reason in words."""
        return self.reasons[rule]


@cache
def _rules(code: str) -> MarkRules:
    return MarkRules(code)


def mark_rules(code: str) -> MarkRules:
    """The rules of a document's language."""
    return _rules(language.known(code))


class Asides:
    """What the words around a marked stretch say of it."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.words = ground.words
        self.text = ground.text
        self.rules = mark_rules(ground.document.language)

    def kind(self, mark: Marked) -> str | None:
        """The class that the words around the marks give it; None where they say nothing."""
        start, end = self.ground.inner(mark)
        count = self.ground.count(start, end)
        if not count or not mark.closed or count > _TITLE or self.is_slogan(mark):
            return None
        before = self._before(mark)
        if self._is_nickname(mark, before, count):
            return "nickname"
        if self._is_titled(mark, before):
            return "title"
        if count <= _FEW and self._is_term(mark, before):
            return "term"
        if not self.rules.inscribed.isdisjoint(before[:2]) and not self._stands_alone(mark):
            return "motto"
        return None

    def is_slogan(self, mark: Marked) -> bool:
        """Beside a noun such as slogan or battle cry: words that many say."""
        return not self.rules.slogans.isdisjoint((*self._before(mark)[:2], *self._after(mark)))

    def rest(self, mark: Marked) -> str:
        """The class of what became no quotation and of which nothing else is known."""
        known = self.kind(mark)
        if known is not None:
            return known
        if self.is_slogan(mark):
            return "motto"
        return "title" if self.has_capitals(mark) and self.ground.count(*self.ground.inner(mark)) > 1 else "scare"

    def has_capitals(self, mark: Marked) -> bool:
        """Whether all words but small ones have capitals."""
        start, end = self.ground.inner(mark)
        low, high = self.ground.word_at(start), self.ground.word_at(end)
        long = [i for i in range(low, high) if i == low or self.words.lower[i] not in self.rules.small]
        return bool(long) and all(self.words.capital[i] or self.words.word[i][:1].isdigit() for i in long)

    # the words around

    def _before(self, mark: Marked) -> tuple[str, ...]:
        """The last words of the sentence before the marks, the nearest first."""
        last = self.ground.word_at(mark.start) - 1
        found: list[str] = []
        edge = mark.start
        for i in range(last, max(-1, last - _REACH), -1):
            if any(char in self.text[self.words.end[i] : edge] for char in ".!?;\n”"):
                break
            found.append(self.words.lower[i])
            edge = self.words.start[i]
        return tuple(found)

    def _after(self, mark: Marked) -> tuple[str, ...]:
        """The words that follow the marks directly."""
        first = self.ground.word_at(mark.end)
        found: list[str] = []
        for i in range(first, min(first + _BEHIND, len(self.words))):
            gap = self.words.gap[i] if i > first else self.text[mark.end : self.words.start[i]]
            if gap not in (" ", " ("):
                break
            found.append(self.words.lower[i])
        return tuple(found)

    def _stands_alone(self, mark: Marked) -> bool:
        """Whether a comma or colon sets the marks off, as it does before somebody's words."""
        return self.text[max(0, mark.start - 2) : mark.start].strip() in (",", ":")

    def _is_nickname(self, mark: Marked, before: tuple[str, ...], count: int) -> bool:
        if count > _NAME:
            return False
        if self._near(before) in self.rules.nicknames:
            return True
        if not self.has_capitals(mark):
            return False
        last, first = self.ground.word_at(mark.start) - 1, self.ground.word_at(mark.end)
        if last < 0 or first >= len(self.words) or not (self.words.capital[last] and self.words.capital[first]):
            return False
        gaps = self.text[self.words.end[last] : mark.start], self.text[mark.end : self.words.start[first]]
        return gaps == (" ", " ") and self.words.lower[last] not in self.ground.lexicon.words.starts

    def _is_titled(self, mark: Marked, before: tuple[str, ...]) -> bool:
        """After "entitled"; with capitals beside a noun of what has a title."""
        rules = self.rules
        if before and before[0] in rules.titled:
            return True
        if not self.has_capitals(mark):
            return False
        if self.ground.text[self.ground.inner(mark).end - 1] in "!?…" and self._stands_alone(mark):
            return False
        near = before[: 3 if not self._stands_alone(mark) else 2]
        return not rules.works.isdisjoint((*near, *self._after(mark)[:1]))

    def _is_term(self, mark: Marked, before: tuple[str, ...]) -> bool:
        rules = self.rules
        around = self.text[mark.start - 1 : mark.start], self.text[mark.end : mark.end + 1]
        if around in (("(", ")"), ("[", "]")):
            return True
        if self._stands_alone(mark) or not before:
            return False
        near = self._near(before)
        return near in rules.terms or (near in rules.naming and self._is_passive(before))

    def _near(self, before: tuple[str, ...]) -> str:
        """The nearest word before the marks that is no small one."""
        return next((word for word in before if word not in self.rules.small and word not in self.rules.before), "")

    def is_noun_phrase(self, mark: Marked) -> bool:
        """The “silent majority” of: a few words in marks after an article, that a sentence only mentions."""
        before = self._before(mark)[:1]
        start, end = self.ground.inner(mark)
        return (
            bool(before)
            and before[0] in self.rules.articles
            and self.ground.count(start, end) <= _NAME
            and not self._stands_alone(mark)
            and (self.text[start].islower() or self._after(mark)[:1] == ("as",))
        )

    def _is_passive(self, before: tuple[str, ...]) -> bool:
        """Known as, is called, a man called: not what somebody called it."""
        at = next(i for i, word in enumerate(before) if word in self.rules.naming)
        return at + 1 >= len(before) or before[at + 1] not in self.ground.lexicon.words.plain_subjects


def asides(ground: Ground, quotations: tuple[Quotation, ...]) -> tuple[Aside, ...]:
    """Everything in marks that is no quotation and no part of a mixed one, and all measures; sorted by start."""
    classes = Asides(ground)
    own = {span.start for q in quotations if q.kind != "indirect" for span in q.spans}
    parts = _union([(s.start, s.end) for q in quotations if q.kind in ("mixed", "indirect") for s in q.spans])
    starts = [start for start, _ in parts]
    found: list[Aside] = []
    for mark in ground.marks:
        inner = ground.inner(mark)
        if mark.start in own or not ground.count(inner.start, inner.end) or not mark.closed:
            continue
        i = bisect_right(starts, mark.start) - 1
        known = classes.kind(mark)
        if known is None and i >= 0 and parts[i][1] >= mark.end:
            continue
        found.append(Aside(mark.start, mark.end, known or classes.rest(mark)))
    taken = {aside.start for aside in found}
    found.extend(Aside(m.start(), m.end(), "measure") for m in _measures(ground) if m.start() not in taken)
    return tuple(sorted(found, key=lambda a: (a.start, -a.end)))


def _measures(ground: Ground) -> list[re.Match[str]]:
    """Feet and inches: numbers with a mark that opens and closes nothing."""
    edges = {edge for mark in ground.marks for edge in range(mark.end - 2, mark.end + 1)}
    edges.update(edge for mark in ground.marks for edge in range(mark.start, mark.start + 2))
    return [m for m in _MEASURE.finditer(ground.text) if m.end() not in edges and m.end() - 1 not in edges]


def _union(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
