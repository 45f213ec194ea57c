"""Which word of a sentence each of its dates dates."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from testimonia.analysers.events.actors import clause_at
from testimonia.analysers.events.clauses import Sentence
from testimonia.analysers.events.dates import Dates, When
from testimonia.analysers.events.triggers import Trigger, main_verb, verb_at
from testimonia.analysers.events.voices import Voices
from testimonia.findings import TimeExpression

_REACH = 400  # code points; a word further away from a date tells nothing of it
_COST = {"clause": 60, "comma": 25, "weak": 80, "voice": 100}  # code points that each counts as
_FRONTED = 2  # words before a date with which a clause begins

Dated = tuple[TimeExpression, When, Trigger | None]


class Pairing:
    """Pairs the dates of one document's sentences with the words that they date."""

    def __init__(self, dates: Dates, voices: Voices) -> None:
        self.text, self.rules, self.dates, self.voices = dates.text, dates.rules, dates, voices

    def dated(self, sentence: Sentence, anchors: Sequence[TimeExpression], found: Sequence[Trigger]) -> list[Dated]:
        """The dates with their words, without those that another date of the same word makes needless."""
        pairs = [(time, when, self._trigger(sentence, time, found)) for time, when in self.dates.stated(anchors)]
        return [
            pair for n, pair in enumerate(pairs) if not self._needless(sentence, pair, pairs[max(0, n - 1) : n + 2])
        ]

    def _needless(self, sentence: Sentence, pair: Dated, beside: Sequence[Dated]) -> bool:
        time, when, trigger = pair
        if trigger and trigger.tense in ("past", "present") and self.dates.preceded(time, "since"):
            return True  # the worst day since 1987
        for other_time, other_when, other in beside:
            if trigger is None or other is None or other_time is time or other.start != trigger.start:
                continue
            if _refines(other_when, when) or self._of_subject(sentence, trigger, time, other_time):
                return True
            if trigger.verb and self.dates.attributive(time) and not self.dates.attributive(other_time):
                return True
        return False

    def _of_subject(self, sentence: Sentence, trigger: Trigger, time: TimeExpression, other: TimeExpression) -> bool:
        """The review of the year 1917 was written in 1918: whether the first date stands within the subject."""
        if not time.end <= trigger.start < other.start:
            return False
        first = sentence.starts[sentence.clauses[trigger.clause].first]
        return len(self.text[max(first, time.start - _REACH) : time.start].split()) > _FRONTED

    def _trigger(self, sentence: Sentence, time: TimeExpression, found: Sequence[Trigger]) -> Trigger | None:
        """The word that the date dates: of an event, or else the verb of its clause."""
        nearest = self._nearest(sentence, time, found)
        if nearest and nearest.clause == clause_at(sentence, time.start) and not self._far(sentence, nearest, time):
            return nearest
        verb = self._verb(sentence, time)
        known = (t for t in found[bisect_left(found, verb.start, key=lambda t: t.start) :][:1]) if verb else iter(())
        return next((t for t in known if verb and t.at == verb.at), verb) or nearest

    def _far(self, sentence: Sentence, trigger: Trigger, time: TimeExpression) -> bool:
        """Whether a noun that may name an event stands too far from the date to be dated by it."""
        left, right = min(trigger.end, time.end), max(trigger.start, time.start)
        return (
            trigger.weak
            and not trigger.verb
            and (right - left > _COST["weak"] or self._cuts(sentence, left, right) > 0)
        )

    def _nearest(self, sentence: Sentence, time: TimeExpression, found: Sequence[Trigger]) -> Trigger | None:
        """The word nearest to the date; one in another clause or voice, or a weak one, counts as further away."""
        best: tuple[int, Trigger] | None = None
        voice, own = self.voices.at(time.start), clause_at(sentence, time.start)
        first = bisect_left(found, time.start - _REACH, key=lambda t: t.start)
        last = bisect_left(found, time.end + _REACH, key=lambda t: t.start)
        for trigger in sorted(found[first:last], key=lambda t: abs(t.start - time.start)):
            left, right = min(trigger.end, time.end), max(trigger.start, time.start)
            weak = trigger.weak and not self._touches(trigger, time)
            cost = right - left + _COST["weak"] * weak
            if best is not None and cost >= best[0]:
                continue
            cost += _COST["voice"] * (self.voices.at(trigger.start) != voice)
            cost += self._cuts(sentence, left, right) + _COST["clause"] * (trigger.clause != own)
            if best is None or cost < best[0]:
                best = cost, trigger
        return best[1] if best else None

    def _touches(self, trigger: Trigger, time: TimeExpression) -> bool:
        """His death in 1924, the congress of 1921, her 1908 book: whether a noun stands right beside the date."""
        if self.text[trigger.start : trigger.end].lower() in self.rules["works"]:
            return not self.text[time.end : trigger.start].strip()
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
            if word in (";", ":", "—"):
                total += _COST["clause"]
            elif word == ",":
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


def _refines(finer: When, when: When) -> bool:
    """Whether a date lies within another: 8 December within 1941, where both date one word."""
    if None in (finer.earliest, finer.latest, when.earliest, when.latest) or finer.when == when.when:
        return False
    inside = (when.earliest or "") <= (finer.earliest or "") and (finer.latest or "") <= (when.latest or "")
    return inside and (finer.earliest, finer.latest) != (when.earliest, when.latest)
