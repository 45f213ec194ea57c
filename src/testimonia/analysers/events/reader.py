"""The events of one sentence after the other, with the running date of the passage."""

from __future__ import annotations

import re
from bisect import bisect_right

from testimonia import language
from testimonia.analysers.events.actors import MOST, Actors, clause_at
from testimonia.analysers.events.clauses import Sentence
from testimonia.analysers.events.dates import Dates, When, carried
from testimonia.analysers.events.governing import Governing, Owned
from testimonia.analysers.events.pairing import Pairing
from testimonia.analysers.events.rules import rules
from testimonia.analysers.events.triggers import Trigger, goes_on_before, headline_verb, may_tell, triggers
from testimonia.analysers.events.voices import Voices
from testimonia.findings import Event, Findings, TimeExpression
from testimonia.intervals import from_iso
from testimonia.text import Document, Span

_WORD = re.compile(r"[^\W\d_]+")
_LASTS = 3  # sentences for which a running date holds
_BACKGROUND = 31  # days before a report; what happened earlier is no part of it
_OWN = ("other", "birth")  # types that a running date says nothing of: a story does not begin in its middle
_BRACKET = 200  # code points before a date in which a bracket may open
_WORDY, _SENTENCE = 4, 3  # letters of a word, and so many such words in small letters, that make a headline a sentence
_BE = 3  # words before a verb that make it passive
_NEAR = 12  # words before a verb among which its subject stands
_BEFORE = 16  # code points before a date that say what it is there for
_MOST = 2  # events of a sentence that has no date
_LONGEST = 1_500  # code points of a sentence without a date that is read


class Reader:
    """Reads a document's sentences in order."""

    def __init__(self, document: Document, found: Findings) -> None:
        self.text = document.text
        self.rules = rules(language.known(document.language))
        self.voices = Voices(found.quotations)
        self.dates = Dates(document, found, self.rules, self.voices)
        self.actors = Actors(found)
        self.pairing = Pairing(self.dates, self.voices)
        self.governing = Governing(self.voices, self.dates.reported)
        self.told: list[Span] = []  # the sentences read, in order
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
        verb = headline_verb(sentence, self.actors.names)
        words = [w for w in self.text[span.start : span.end].split() if w.islower() and len(w) >= _WORDY]
        told = verb or len(words) >= _SENTENCE  # else it may be the name of a newspaper, or of who wrote
        return [self._event(sentence, verb, self.dates.reported, None)] if told else []

    def open_passage(self) -> None:
        self.running = None

    def events(self, span: Span) -> list[Event]:
        """The events of a sentence."""
        self.told.append(span)
        anchors = self.dates.within(span)
        events: list[Event] = []
        if anchors:
            events = self._dated(span, anchors)
        elif (self.running or self.dates.reported) and span.end - span.start <= _LONGEST:
            events = self._undated(span)
        self.subject = self.actors.first(span) or self.subject
        self.actors.read(span)
        return events

    # ------------------------------------------------------------ sentences with a date

    def _dated(self, span: Span, anchors: list[TimeExpression]) -> list[Event]:
        sentence = Sentence(self.text, span, self.rules)
        found = triggers(sentence, self.actors.names)
        told = any(not t.weak for t in found) or any(may_tell(word, self.rules) for word in sentence.words)
        if not told or self.dates.recurs(sentence, anchors):
            self.running = None
            return []
        out: list[Event] = []
        used: set[tuple[str | None, str | None, str]] = set()
        owned: Owned = {}
        pairs = self.pairing.dated(sentence, anchors, found)
        if not pairs:
            return self._undated(span)
        for time, when, trigger in pairs:
            kind = trigger.type if trigger else "other"
            if kind == "other":
                when = self.dates.of_state(time, when)
            # One day in two calendars, or said twice, is one event.
            key = (when.earliest, when.latest, kind) if when.earliest else (when.when, None, kind)
            if key not in used:
                used.add(key)
                out.append(self._event(sentence, trigger, when, time))
            if trigger and trigger.clause not in owned:
                owned[trigger.clause] = (trigger, when)
        shared = self.governing.shared(sentence, found, owned)
        out += [self._event(sentence, trigger, when, None) for trigger, when in shared]
        self._run(sentence, owned)
        return out

    def _run(self, sentence: Sentence, owned: dict[int, tuple[Trigger, When]]) -> None:
        """The running date: that of the last clause told in the text's own voice, as a fact."""
        before, self.running = self.running, None
        for number, (trigger, when) in sorted(owned.items()):
            clause = sentence.clauses[number]
            if (
                clause.opener in ("main", "coordinate")
                and trigger.factuality == "fact"
                and trigger.tense in ("past", "none")
                and self.voices.at(trigger.start) is None
                and "/" not in when.when
                and when.doubt is None
                and when.until is None
                and when.anchor is not None
                and (self._stands(sentence, trigger, when.anchor.start) or not _precedes(when, before))
                and not self._beside(when)
            ):
                self.running, self.age = when, 0

    def _stands(self, sentence: Sentence, trigger: Trigger, date: int) -> bool:
        """He described the seizure of 1917: the date of a noun after another verb may not be where the story stands."""
        verb = sentence.clauses[trigger.clause].verb
        return trigger.verb or trigger.at <= verb or date < sentence.starts[min(verb, len(sentence.words) - 1)]

    def _beside(self, when: When) -> bool:
        """Since 1993, (died 1993): a date at which the story does not stand."""
        assert when.anchor is not None
        before = self.text[max(0, when.anchor.start - _BRACKET) : when.anchor.start]
        if before.rfind("(") > before.rfind(")"):
            return True
        words = self.text[max(0, when.anchor.start - _BEFORE) : when.anchor.start].lower().split()
        return bool(words) and words[-1] in self.rules["elsewhere"]

    # ------------------------------------------------------------ sentences without a date

    def _undated(self, span: Span) -> list[Event]:
        self.age += 1
        telling = self.rules.last_words if self.dates.reported else self.rules.strong
        if telling.isdisjoint(_WORD.findall(self.text[span.start : span.end].lower())):
            return []
        sentence = Sentence(self.text, span, self.rules)
        if self.age > _LASTS or self.dates.unresolved(*span) or self._turns(sentence):
            self.running = None
        out: list[Event] = []
        for trigger in triggers(sentence, self.actors.names):
            if (
                not trigger.verb
                or trigger.factuality != "fact"
                or len(out) >= _MOST
                or goes_on_before(sentence, trigger)
            ):
                continue
            when = self._carried(sentence, trigger)
            if when:
                out.append(self._event(sentence, trigger, when, None))
        return out

    def _turns(self, sentence: Sentence) -> bool:
        """After the war the party split: whether the sentence begins with a time of its own that no date gives."""
        return bool(sentence.words) and sentence.words[0] in self.rules["turns"]

    def _carried(self, sentence: Sentence, trigger: Trigger) -> When | None:
        """The running date, or that of a report."""
        opener = sentence.clauses[trigger.clause].opener
        if self.voices.speaks(trigger.start):
            return None
        word = sentence.words[trigger.at]
        says = trigger.tense == "none" and word in self.rules["sayings"] and not word.endswith(self.rules.past_ending)
        if opener not in ("main", "coordinate") or not (says or trigger.tense in ("past", "perfect")):
            return None
        if any(self.dates.unresolved(*stretch) for stretch in sentence.stretches(trigger.clause)):
            return None
        reported, running = self.dates.reported, self.running
        if reported and (running is None or not _background(running, reported)):
            near = sentence.words[max(sentence.clauses[trigger.clause].first, trigger.at - _NEAR) : trigger.at]
            return reported if self.rules["persons"].isdisjoint(near) else None
        if (
            running is None
            or word in self.rules["sayings"]
            or trigger.weak
            or trigger.tense != "past"
            or trigger.type in _OWN
            or self.voices.at(trigger.start)
        ):
            return None
        return carried(running, "narrative", later=True, soon=self.age == 1)

    # ------------------------------------------------------------ events

    def _event(self, sentence: Sentence, trigger: Trigger | None, when: When, time: TimeExpression | None) -> Event:
        place = time.start if time else trigger.start if trigger else sentence.span.start
        if trigger is None:
            number = clause_at(sentence, place)
            trigger = Trigger(place, place, bisect_right(sentence.starts, place) - 1, "other", True, False, number)
        who, where = self.actors.of(sentence, trigger, self.subject)
        kind = self._kind(sentence, trigger)
        span = Span(trigger.start, trigger.end) if trigger.end > trigger.start else None
        doubts = [doubt for doubt in (when.doubt, trigger.doubt) if doubt]
        return Event(
            start=sentence.span.start, end=sentence.span.end, when=when.when, until=when.until, who=who,
            type=kind, earliest=when.earliest, latest=when.latest,
            voice=self.voices.at(trigger.start if span else place), where=where, factuality=trigger.factuality,
            trigger=span, anchor=when.anchor, basis=when.basis, doubt="; ".join(doubts) or None,
        )  # fmt: skip

    def _kind(self, sentence: Sentence, trigger: Trigger) -> str:
        """Who seizes a town or a horse arrests nobody: what is taken is a person only where one is named."""
        if trigger.type != "arrest" or sentence.words[trigger.at] not in self.rules["takings"]:
            return trigger.type
        suffers = not self.rules["be"].isdisjoint(sentence.words[max(0, trigger.at - _BE) : trigger.at])
        if suffers:
            first = sentence.starts[sentence.clauses[trigger.clause].first]
            named = self.actors.within(first, trigger.start)[-MOST:]
            known = {self.actors.kinds[m.actor] for m in named}
            return "attack" if known and "person" not in known else "arrest"
        named = self.actors.within(trigger.end, sentence.stretches(trigger.clause)[-1][1])[:MOST]
        known = {self.actors.kinds[m.actor] for m in named}
        return "arrest" if "person" in known else "attack" if known else "other"


def _precedes(when: When, running: When | None) -> bool:
    return running is not None and (when.latest or "") < (running.earliest or "")


def _background(running: When, reported: When) -> bool:
    """Whether the running date lies well before the report."""
    first, own = (from_iso(d) if d else None for d in (running.latest, reported.earliest))
    return first is not None and own is not None and first < own - _BACKGROUND
