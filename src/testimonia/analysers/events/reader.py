"""The events of one sentence after the other, with the running date of the passage."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from testimonia import language
from testimonia.analysers.events.actors import Actors, clause_at
from testimonia.analysers.events.clauses import Sentence
from testimonia.analysers.events.dates import Dates, When, carried
from testimonia.analysers.events.rules import rules
from testimonia.analysers.events.triggers import Trigger, holds_post, main_verb, may_tell, triggers, verb_at
from testimonia.analysers.events.voices import Voices
from testimonia.findings import Event, Findings, TimeExpression
from testimonia.intervals import from_iso
from testimonia.text import Document, Span

_WORD = re.compile(r"[^\W\d_]+")
_REACH = 400  # code points; a word further away from a date tells nothing of it
_COST = {"clause": 60, "comma": 25, "weak": 80, "voice": 100}  # code points that each counts as
_LASTS = 3  # sentences for which a running date holds
_BACKGROUND = 31  # days before a report; what happened earlier is no part of it
_HOPS = 4  # clauses back to the one whose date a verb shares
_MOST = 2  # events of a sentence that has no date
_LONGEST = 1_500  # code points of a sentence without a date that is read


class Reader:
    """Reads a document's sentences in order."""

    def __init__(self, document: Document, found: Findings) -> None:
        self.text = document.text
        self.rules = rules(language.known(document.language))
        self.dates = Dates(document, found, self.rules)
        self.actors = Actors(found)
        self.voices = Voices(found.quotations)
        self.running: When | None = None
        self.age = 0  # sentences since the running date
        self.subject: str | None = None

    def is_headline(self, span: Span) -> bool:
        """Whether the words stand above the line with the report's own date."""
        return bool(self.dates.lines) and self.dates.reported is not None and span.end <= self.dates.lines[0].start

    def headline(self, span: Span) -> list[Event]:
        """A heading: it names of whom the passages after it speak; that of a report tells what it reports."""
        self.subject = self.actors.first(span)
        if not self.is_headline(span) or self.dates.reported is None:
            return []
        sentence = Sentence(self.text, span, self.rules)
        found = [t for t in triggers(sentence, self.actors.names) if t.factuality == "fact"]
        verb = next((t for t in found if t.verb), found[0] if found else None)
        return [self._event(sentence, verb, self.dates.reported, None)] if sentence.words else []

    def open_passage(self) -> None:
        self.running = None

    def events(self, span: Span) -> list[Event]:
        """The events of a sentence."""
        anchors = self.dates.within(span)
        events: list[Event] = []
        if anchors:
            events = self._dated(span, anchors)
        elif (self.running or self.dates.reported) and span.end - span.start <= _LONGEST:
            events = self._undated(span)
        self.subject = self.actors.first(span) or self.subject
        return events

    # ------------------------------------------------------------ sentences with a date

    def _dated(self, span: Span, anchors: list[TimeExpression]) -> list[Event]:
        sentence = Sentence(self.text, span, self.rules)
        found = triggers(sentence, self.actors.names)
        told = any(not t.weak for t in found) or any(may_tell(word.lower, self.rules) for word in sentence.words)
        if not told or self.dates.recurs(sentence, anchors):
            self.running = None
            return []
        out: list[Event] = []
        used: set[tuple[str | None, str | None, str]] = set()
        owned: dict[int, tuple[Trigger, When]] = {}  # clause -> what its date is
        dated = [(time, when, self._trigger(sentence, time, found)) for time, when in self.dates.stated(anchors)]
        for n, (time, when, trigger) in enumerate(dated):
            beside = (*dated[max(0, n - 1) : n], *dated[n + 1 : n + 2])
            if any(_one(trigger, other) and _refines(finer, when) for _, finer, other in beside):
                continue
            kind = trigger.type if trigger else "other"
            if kind == "other":
                when = self.dates.of_state(time, when)
            # One day in two calendars, or said twice, is one event.
            key = (when.earliest, when.latest, kind) if when.earliest else (when.when, None, kind)
            if key not in used:
                used.add(key)
                out += self._told(sentence, trigger, when, time)
            if trigger and trigger.clause not in owned:
                owned[trigger.clause] = (trigger, when)
        out += self._governed(sentence, found, owned)
        self._run(sentence, owned)
        return out

    def _told(self, sentence: Sentence, trigger: Trigger | None, when: When, time: TimeExpression) -> Iterator[Event]:
        """The event of a date; who held a post from one date to another entered it and left it."""
        if trigger is None or not when.until or trigger.type != "other" or not holds_post(sentence, trigger):
            yield self._event(sentence, trigger, when, time)
            return
        first, last = self.dates.ends(when)
        for kind, edge in (("office-begun", first), ("office-ended", last)):
            yield self._event(sentence, replace(trigger, type=kind), edge, time)

    def _trigger(self, sentence: Sentence, time: TimeExpression, found: Sequence[Trigger]) -> Trigger | None:
        """The word that the date dates: of an event, or else the verb of its clause."""
        nearest = self._nearest(sentence, time, found)
        if nearest and nearest.clause == clause_at(sentence, time.start):
            return nearest
        return self._verb(sentence, time) or nearest

    def _nearest(self, sentence: Sentence, time: TimeExpression, found: Sequence[Trigger]) -> Trigger | None:
        """The word nearest to the date; one in another clause or voice, or a weak one, counts as further away."""
        best: tuple[int, Trigger] | None = None
        voice, own = self.voices.at(time.start), clause_at(sentence, time.start)
        first = bisect_left(found, time.start - _REACH, key=lambda t: t.start)
        last = bisect_left(found, time.end + _REACH, key=lambda t: t.start)
        for trigger in sorted(found[first:last], key=lambda t: abs(t.start - time.start)):
            left, right = min(trigger.end, time.end), max(trigger.start, time.start)
            weak = trigger.weak and not self._touches(sentence, trigger, time)
            cost = right - left + _COST["weak"] * weak
            if best is not None and cost >= best[0]:
                continue
            cost += _COST["voice"] * (self.voices.at(trigger.start) != voice)
            cost += self._cuts(sentence, left, right) + _COST["clause"] * (trigger.clause != own)
            if best is None or cost < best[0]:
                best = cost, trigger
        return best[1] if best else None

    def _touches(self, sentence: Sentence, trigger: Trigger, time: TimeExpression) -> bool:
        """His death in 1924, the congress of 1921: whether at most one word stands between a noun and the date."""
        if trigger.verb or trigger.end > time.start:
            return False
        between = self.text[trigger.end : time.start].split()
        return len(between) <= 1 and (
            not between or between[0].lower() in self.rules["locatives"] | self.rules["determiners"]
        )

    def _cuts(self, sentence: Sentence, left: int, right: int) -> int:
        """What marks and joining words between two places cost."""
        total = 0
        first, last = bisect_left(sentence.starts, left), bisect_left(sentence.starts, right)
        for word in sentence.words[first:last]:
            if word.lower in (";", ":", "—"):
                total += _COST["clause"]
            elif word.lower == ",":
                total += _COST["comma"]
        return total

    def _verb(self, sentence: Sentence, time: TimeExpression) -> Trigger | None:
        """The verb of the date's clause, where no word of it names a type."""
        number = clause_at(sentence, time.start)
        if number not in sentence.verbs:
            pieces = sentence.clauses[number].pieces
            told = ((i, last) for first, last in pieces for i in range(first, last) if verb_at(sentence, i))
            i, last = next(told, (-1, -1))
            sentence.verbs[number] = (main_verb(sentence, i, last) or verb_at(sentence, i)) if last >= 0 else None
        return sentence.verbs[number]

    def _governed(
        self, sentence: Sentence, found: Sequence[Trigger], owned: dict[int, tuple[Trigger, When]]
    ) -> list[Event]:
        """Events of verbs that have no date of their own but go on with a clause that has one."""
        taken = {trigger.start for trigger, _ in owned.values()}
        known, events = dict(owned), dict[int, Event]()
        free = [t for t in found if self._may_follow(sentence, t, taken, owned)]
        for trigger in (*free[::-1], *free):  # backwards for verbs in a row before a date, then forwards
            backwards = trigger.start not in events and trigger.clause not in known
            when = self._date_of(sentence, trigger, known) if backwards else None
            if when:
                known[trigger.clause] = (trigger, when)
                events[trigger.start] = self._event(sentence, trigger, when, None)
        return [events[start] for start in sorted(events)]

    def _may_follow(
        self, sentence: Sentence, trigger: Trigger, taken: set[int], owned: dict[int, tuple[Trigger, When]]
    ) -> bool:
        if trigger.start in taken or trigger.weak or not trigger.verb or trigger.clause in owned:
            return False
        return trigger.tense in ("past", "perfect") or self._follows(sentence, trigger)

    def _follows(self, sentence: Sentence, trigger: Trigger) -> bool:
        """Was arrested, tried and exiled: whether the verb shares the auxiliary of the verb before."""
        clause = sentence.clauses[trigger.clause]
        return clause.opener == "coordinate" and trigger.at - clause.first <= 2 and trigger.tense == "none"

    def _date_of(self, sentence: Sentence, trigger: Trigger, known: dict[int, tuple[Trigger, When]]) -> When | None:
        clause = sentence.clauses[trigger.clause]
        following = known.get(trigger.clause + 1)
        if following and self._paired(sentence, trigger, following[0]):
            return following[1]
        beside = self._beside_of(sentence, trigger, known)
        if beside and trigger.type != "other":
            return carried(beside, "narrative", later=False)
        before = self._before(sentence, trigger.clause, known)
        if before is None:
            return self._reported(trigger, clause.opener)
        earlier, when = before
        fronted = when.anchor is not None and when.anchor.start < earlier.start
        if fronted and self.voices.at(trigger.start) == self.voices.at(earlier.start):
            return when
        return carried(when, "narrative", later=False) if trigger.type != "other" else None

    def _beside_of(self, sentence: Sentence, trigger: Trigger, known: dict[int, tuple[Trigger, When]]) -> When | None:
        """When he died in 1953, she fled; he fled in 1953 after she had died: the date of the clause beside."""
        number, clauses = trigger.clause, sentence.clauses
        for other in (number - 1, number + 1):
            if other in known:
                told, aside = (number, other) if clauses[other].opener == "subordinate" else (other, number)
                opening = sentence.words[clauses[aside].first : clauses[aside].first + 2]
                temporal = any(word.lower in self.rules["temporal"] for word in opening)
                if temporal and clauses[told].opener in ("main", "coordinate"):
                    return known[other][1]
        return None

    def _before(
        self, sentence: Sentence, number: int, known: dict[int, tuple[Trigger, When]]
    ) -> tuple[Trigger, When] | None:
        """The clause with a date that this one goes on with."""
        for earlier in range(number - 1, max(-1, number - 1 - _HOPS), -1):
            if sentence.clauses[earlier + 1].opener != "coordinate":
                return None
            if earlier in known:
                return known[earlier]
        return None

    def _reported(self, trigger: Trigger, opener: str) -> When | None:
        reports = opener in ("main", "coordinate") and trigger.tense in ("past", "perfect")
        return self.dates.reported if reports and trigger.factuality == "fact" else None

    def _paired(self, sentence: Sentence, trigger: Trigger, following: Trigger) -> bool:
        """Tried and shot in 1938: two verbs with nothing but a joining word between."""
        opener = sentence.clauses[following.clause].opener
        return opener == "coordinate" and following.at - trigger.at <= 2

    def _run(self, sentence: Sentence, owned: dict[int, tuple[Trigger, When]]) -> None:
        """The running date: that of the last clause told in the text's own voice, as a fact."""
        self.running = None
        for number, (trigger, when) in sorted(owned.items()):
            clause = sentence.clauses[number]
            if (
                clause.opener in ("main", "coordinate")
                and trigger.factuality == "fact"
                and trigger.tense in ("past", "none")
                and self.voices.at(trigger.start) is None
                and "/" not in when.when
                and when.until is None
                and when.anchor is not None
                and not self._beside(when)
            ):
                self.running, self.age = when, 0

    def _beside(self, when: When) -> bool:
        """Since 1993, compared with 2008: a date by which something is measured."""
        assert when.anchor is not None
        words = self.text[max(0, when.anchor.start - 16) : when.anchor.start].lower().split()
        return (
            bool(words) and bool({words[-1], " ".join(words[-2:])} & self.rules["aside"]) and words[-1] not in ("in",)
        )

    # ------------------------------------------------------------ sentences without a date

    def _undated(self, span: Span) -> list[Event]:
        self.age += 1
        if self.rules.last_words.isdisjoint(_WORD.findall(self.text[span.start : span.end].lower())):
            return []
        sentence = Sentence(self.text, span, self.rules)
        if self.age > _LASTS or self.dates.unresolved(*span) or self._turns(sentence):
            self.running = None
        out: list[Event] = []
        for trigger in triggers(sentence, self.actors.names):
            if not trigger.verb or trigger.factuality != "fact" or len(out) >= _MOST:
                continue
            when = self._carried(sentence, trigger)
            if when:
                out.append(self._event(sentence, trigger, when, None))
        return out

    def _turns(self, sentence: Sentence) -> bool:
        """After the war the party split: whether the sentence begins with a time of its own that no date gives."""
        return bool(sentence.words) and sentence.words[0].lower in self.rules["turns"]

    def _carried(self, sentence: Sentence, trigger: Trigger) -> When | None:
        """The running date, or that of a report."""
        opener = sentence.clauses[trigger.clause].opener
        if self.voices.speaks(trigger.start):
            return None
        says = trigger.tense == "none" and sentence.words[trigger.at].lower in self.rules["sayings"]
        if opener not in ("main", "coordinate") or not (says or trigger.tense in ("past", "perfect")):
            return None
        if any(self.dates.unresolved(*stretch) for stretch in sentence.stretches(trigger.clause)):
            return None
        reported, running = self.dates.reported, self.running
        if reported and (running is None or not _background(running, reported)):
            return reported
        if (
            running is None
            or trigger.weak
            or trigger.tense != "past"
            or trigger.type == "other"
            or self.voices.at(trigger.start)
        ):
            return None
        return carried(running, "narrative", later=True)

    # ------------------------------------------------------------ events

    def _event(self, sentence: Sentence, trigger: Trigger | None, when: When, time: TimeExpression | None) -> Event:
        place = time.start if time else trigger.start if trigger else sentence.span.start
        if trigger is None:
            number = clause_at(sentence, place)
            trigger = Trigger(place, place, bisect_right(sentence.starts, place) - 1, "other", True, False, number)
        who, where = self.actors.of(sentence, trigger, self.subject)
        kind = self._kind(sentence, trigger, who)
        span = Span(trigger.start, trigger.end) if trigger.end > trigger.start else None
        return Event(
            start=sentence.span.start, end=sentence.span.end, when=when.when, until=when.until, who=who,
            type=kind, earliest=when.earliest, latest=when.latest,
            voice=self.voices.at(trigger.start if span else place), where=where, factuality=trigger.factuality,
            trigger=span, anchor=when.anchor, basis=when.basis, doubt=trigger.doubt,
        )  # fmt: skip

    def _kind(self, sentence: Sentence, trigger: Trigger, who: Sequence[str]) -> str:
        """Who seizes a town arrests nobody: what is taken is a person only where one is named."""
        taken = trigger.type == "arrest" and sentence.words[trigger.at].lower in self.rules["takings"]
        kinds = {self.actors.kinds[actor] for actor in who}
        return "attack" if taken and kinds and "person" not in kinds else trigger.type


def _one(a: Trigger | None, b: Trigger | None) -> bool:
    return a is not None and b is not None and a.start == b.start


def _refines(finer: When, when: When) -> bool:
    """Whether a date lies within another: 8 December within 1941, where both date one word."""
    if None in (finer.earliest, finer.latest, when.earliest, when.latest) or finer.when == when.when:
        return False
    inside = (when.earliest or "") <= (finer.earliest or "") and (finer.latest or "") <= (when.latest or "")
    return inside and (finer.earliest, finer.latest) != (when.earliest, when.latest)


def _background(running: When, reported: When) -> bool:
    """Whether the running date lies well before the report."""
    first, own = (from_iso(d) if d else None for d in (running.latest, reported.earliest))
    return first is not None and own is not None and first < own - _BACKGROUND
