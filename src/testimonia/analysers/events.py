"""Events: what happened, to whom and when, as far as a dated sentence tells it.

A sentence with a time expression that has days, and with a word that tells an event, gives one event for each date.
Dates in citations, in names and in headings give none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from heapq import heappop, heappush
from itertools import pairwise

import msgspec

from testimonia import language
from testimonia.analysers.actors.lists import office_rules
from testimonia.analysers.lives import lives
from testimonia.findings import Event, Findings, Mention, Quotation, TimeExpression
from testimonia.text import Document, Span, passages_of, sentences


class Rules(msgspec.Struct, forbid_unknown_fields=True):
    """See the head of events.yml."""

    verbs: dict[str, list[str]]
    words: dict[str, list[str]]
    weak: list[str]
    nothing: list[str]
    before_posts: list[str]
    finite: list[str]
    present: list[str]
    future: list[str]
    habits: list[str]
    past_ending: str


@dataclass(frozen=True, slots=True)
class _Words:
    types: dict[str, str]  # word or two words -> type
    weak: frozenset[str]
    nothing: frozenset[str]
    before_posts: frozenset[str]
    posts: frozenset[str]
    finite: frozenset[str]
    present: frozenset[str]
    future: frozenset[str]
    habits: frozenset[str]
    past_ending: str


@dataclass(frozen=True, slots=True)
class _Trigger:
    start: int
    end: int
    type: str
    weak: bool


_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_JOIN = re.compile(r"\s*(?:[-–—/]|to|until|till|through)\s*(?:the\s+)?", re.I)
_PAIR = re.compile(r"\s*and\s*(?:the\s+)?", re.I)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.I)
_CLAUSE = re.compile(r"[;:—]|, (?:and|but|while|when|where|who|which)\b|\b(?:and then|but|while|when|after|before)\b|,")
_DIGITS = re.compile(r"\d{3,4}|[’']\d\d")
_POST_REACH = 45  # code points after "became" in which a post is named
_REACH = 400  # code points; a word further away from a date tells nothing of it
_MOST = 20  # actors of a sentence that are given to a date whose clause names none
_COST = {"clause": 60, "comma": 25, "weak": 80, "voice": 100}  # code points that each counts as


@cache
def _rules(code: str) -> _Words:
    rules = language.read(code, "events", Rules)
    types: dict[str, str] = {}
    for kind, verbs in rules.verbs.items():
        types.update((form, kind) for verb in verbs for form in _forms(verb))
    for kind, words in rules.words.items():
        types.update((word, kind) for word in words)
    offices = office_rules(code)
    return _Words(
        types,
        weak=frozenset(rules.weak),
        nothing=frozenset(rules.nothing),
        before_posts=frozenset(rules.before_posts),
        posts=frozenset(post.split()[-1] for post in (*offices.titles, *offices.nouns)),
        finite=frozenset(rules.finite),
        present=frozenset(rules.present),
        future=frozenset(rules.future),
        habits=frozenset(rules.habits),
        past_ending=rules.past_ending,
    )


def _forms(verb: str) -> tuple[str, ...]:
    """Its regular forms: try, tries, tried, trying; ban, banned. The base form is left out: it is a noun as often."""
    if verb.endswith("e"):
        return verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in "aeou":
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    double = verb + verb[-1] if re.fullmatch(r"[^aeiou]*[aeiou][bdgmnpt]|.+[^aeiou](?:el|it)", verb) else verb
    plural = verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")
    return plural, verb + "ed", verb + "ing", double + "ed", double + "ing"


def find(document: Document, found: Findings) -> Findings:
    """``found`` with the events of the document's dated sentences, in the order of the text."""
    rules = _rules(language.known(document.language))
    reader = _Reader(document, found, rules)
    events = [event for sentence in _told(document) for event in reader.events(sentence)]
    own = lives(document.text, found, reader.times)
    if own:
        # A sentence with a bracket such as (born 1880) tells the same birth, but not surely whose.
        known = {(event.earliest, event.type) for event in own}
        events = sorted((*own, *(e for e in events if (e.earliest, e.type) not in known)), key=lambda e: e.start)
    return replace(found, events=tuple(events))


def _told(document: Document) -> Iterator[Span]:
    for passage in document.passages or passages_of(document.text):
        if passage.kind != "heading":
            yield from sentences(document.text, passage.start, passage.end, document.language)


def _dated(time: TimeExpression) -> bool:
    """Whether the expression says when: a date or time of day with days of its own, not part of a name."""
    return time.type in ("DATE", "TIME") and time.edtf is not None and "XXXX" not in time.edtf and time.doubt is None


class _Voices:
    """Which quotation's words stand at a place: the innermost, found by bisection."""

    def __init__(self, quotations: tuple[Quotation, ...]) -> None:
        spans = sorted((s.start, s.end, q.id) for q in quotations for s in q.spans)
        edges = sorted({edge for start, end, _ in spans for edge in (start, end)})
        self.edges: list[int] = []
        self.owners: list[str | None] = []
        open_now: list[tuple[int, int, str]] = []  # (length, end, id): the shortest is the innermost
        at = 0
        for edge in edges:
            while at < len(spans) and spans[at][0] <= edge:
                start, end, owner = spans[at]
                heappush(open_now, (end - start, end, owner))
                at += 1
            while open_now and open_now[0][1] <= edge:
                heappop(open_now)
            self.edges.append(edge)
            self.owners.append(open_now[0][2] if open_now else None)

    def at(self, place: int) -> str | None:
        i = bisect_right(self.edges, place) - 1
        return self.owners[i] if i >= 0 else None


class _Reader:
    """The findings of one document by their place."""

    def __init__(self, document: Document, found: Findings, rules: _Words) -> None:
        self.text = document.text
        self.rules = rules
        self.times = [t for t in found.times if _dated(t)]
        self.starts = [t.start for t in self.times]
        self.mentions = sorted(found.mentions, key=lambda m: m.start)
        self.mention_starts = [m.start for m in self.mentions]
        self.names = {m.start: m.end for m in found.mentions if m.form == "name"}
        self.voices = _Voices(found.quotations)
        self.citations = sorted(q.citation for q in found.quotations if q.citation)

    def events(self, sentence: Span) -> list[Event]:
        anchors = self.times[bisect_left(self.starts, sentence.start) : bisect_left(self.starts, sentence.end)]
        anchors = [t for t in anchors if not self._cited(t, sentence)]
        if not anchors or self._recurs(sentence, anchors):
            return []
        triggers, told = self._triggers(sentence)
        if not told:
            return []
        cuts = [m.start() for m in _CLAUSE.finditer(self.text, *sentence)] if len(anchors) > 1 else []
        out: list[Event] = []
        used: set[tuple[str, str | None, str]] = set()
        for begin, until in self._ranges(anchors):
            trigger = self._nearest(begin, triggers)
            event = self._event(sentence, begin, until, trigger.type if trigger else "other", cuts)
            # One day in two calendars, or said twice, is one event.
            key = (event.earliest, event.latest, event.type) if event.earliest else (event.when, None, event.type)
            if key not in used:
                used.add(key)
                out.append(event)
        return out

    def _cited(self, time: TimeExpression, sentence: Span) -> bool:
        """Whether the date belongs to a citation: (Stalin, Pravda, Nov. 6, 1918), Pathfinder (1972)."""
        i = bisect_right(self.citations, (time.start, len(self.text) + 1)) - 1
        if i >= 0 and time.start < self.citations[i].end:
            return True
        first, last = max(sentence.start, time.start - _REACH), min(sentence.end, time.end + _REACH)
        opening = self.text.rfind("(", first, time.start)
        if opening < 0 or self.text.find(")", opening, time.start) >= 0:
            return False
        closing = self.text.find(")", time.end, last)
        inside = self.text[opening + 1 : time.start] + self.text[time.end : closing if closing >= 0 else last]
        return not any(w.islower() and len(w) > 3 for w in _WORD.findall(inside))

    def _triggers(self, sentence: Span) -> tuple[list[_Trigger], bool]:
        """The words of the sentence that tell an event; whether the sentence tells anything at all."""
        out: list[_Trigger] = []
        told, named_until = False, 0
        previous: re.Match[str] | None = None
        for match in _WORD.finditer(self.text, *sentence):
            word = match.group().lower()
            told = told or word in self.rules.finite or (len(word) > 4 and word.endswith(self.rules.past_ending))
            named_until = max(named_until, self.names.get(match.start(), 0))
            pair = f"{previous.group().lower()} {word}" if previous else ""
            if pair in self.rules.nothing and previous and out and out[-1].end == previous.end():
                out.pop()
            if match.start() >= named_until and pair not in self.rules.nothing:
                self._add(out, word, pair, match, previous)
            previous = match
        return out, told or any(not t.weak for t in out)

    def _add(
        self, out: list[_Trigger], word: str, pair: str, match: re.Match[str], previous: re.Match[str] | None
    ) -> None:
        kind = self.rules.types.get(pair)
        if kind and previous:
            out.append(_Trigger(previous.start(), match.end(), kind, pair in self.rules.weak))
        elif word in self.rules.types and (word not in self.rules.before_posts or self._before_post(match.end())):
            out.append(_Trigger(match.start(), match.end(), self.rules.types[word], word in self.rules.weak))

    def _before_post(self, end: int) -> bool:
        """Became mayor, but became ill: whether a post is named right after."""
        following = _WORD.findall(self.text, end, min(len(self.text), end + _POST_REACH))
        return any(word.lower() in self.rules.posts for word in following)

    def _recurs(self, sentence: Span, anchors: list[TimeExpression]) -> bool:
        """The sheds are open from March until October: what a season brings each year has no year of its own."""
        if any(_DIGITS.search(self.text, t.start, t.end) or t.earliest == t.latest for t in anchors):
            return False
        words = [word.lower() for word in _WORD.findall(self.text, *sentence)]
        ranged = len(anchors) == 2 and self._joined(*anchors)
        if not ranged and self.rules.habits.isdisjoint(words):
            return False
        past = self.rules.finite - self.rules.present
        ended = (w.endswith(self.rules.past_ending) and b not in self.rules.present for b, w in pairwise(["", *words]))
        return past.isdisjoint(words) and self.rules.future.isdisjoint(words) and not any(ended)

    def _nearest(self, time: TimeExpression, triggers: list[_Trigger]) -> _Trigger | None:
        """The word nearest to the date; one in another clause or voice, or a weak one, counts as further away."""
        best: tuple[int, _Trigger] | None = None
        voice = self.voices.at(time.start)
        first = bisect_left(triggers, time.start - _REACH, key=lambda t: t.start)
        last = bisect_left(triggers, time.end + _REACH, key=lambda t: t.start)
        for trigger in sorted(triggers[first:last], key=lambda t: abs(t.start - time.start)):
            left, right = min(trigger.end, time.end), max(trigger.start, time.start)
            cost = right - left + _COST["weak"] * trigger.weak
            if best is not None and cost >= best[0]:
                continue
            cost += _COST["voice"] * (self.voices.at(trigger.start) != voice)
            cost += sum(_COST["comma" if mark == "," else "clause"] for mark in _CLAUSE.findall(self.text, left, right))
            if best is None or cost < best[0]:
                best = cost, trigger
        return best[1] if best else None

    def _ranges(self, anchors: list[TimeExpression]) -> Iterator[tuple[TimeExpression, TimeExpression | None]]:
        """Dates, those that are the two ends of a range together."""
        i = 0
        while i < len(anchors):
            follower = anchors[i + 1] if i + 1 < len(anchors) else None
            if follower and self._joined(anchors[i], follower):
                yield anchors[i], follower
                i += 2
            else:
                yield anchors[i], None
                i += 1

    def _joined(self, first: TimeExpression, second: TimeExpression) -> bool:
        between = self.text[first.end : min(second.start, first.end + 20)]
        if (first.earliest or "") > (second.earliest or "") or second.start > first.end + 20:
            return False
        if _JOIN.fullmatch(between):
            return True
        return bool(_PAIR.fullmatch(between) and _BETWEEN.search(self.text, max(0, first.start - 20), first.start))

    def _event(
        self, sentence: Span, begin: TimeExpression, until: TimeExpression | None, kind: str, cuts: list[int]
    ) -> Event:
        when, end = begin.edtf or "", until.edtf if until else None
        if end is None and "/" in when:
            when, _, end = when.partition("/")
        latest = until.latest if until else begin.latest
        who, voice = self._who(sentence, begin, cuts), self.voices.at(begin.start)
        return Event(sentence.start, sentence.end, when, end, who, kind, begin.earliest, latest, voice)

    def _who(self, sentence: Span, time: TimeExpression, cuts: list[int]) -> tuple[str, ...]:
        """Actors named in the date's clause, and the sentence's first one; all where nothing cuts the sentence."""
        own = self._named(sentence.start, sentence.end)
        if cuts and own:
            i = bisect_right(cuts, time.start)
            left = cuts[i - 1] if i else sentence.start
            right = cuts[i] if i < len(cuts) else sentence.end
            inside = self._named(left, right)
            own = [own[0], *inside] if inside else own[:_MOST]
        return tuple(dict.fromkeys(m.actor for m in own))

    def _named(self, start: int, end: int) -> list[Mention]:
        return self.mentions[bisect_left(self.mention_starts, start) : bisect_left(self.mention_starts, end)]
