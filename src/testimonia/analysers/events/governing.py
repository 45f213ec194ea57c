"""Verbs without a date of their own that go on with a clause that has one."""

from __future__ import annotations

from collections.abc import Sequence

from testimonia.analysers.events.clauses import Sentence
from testimonia.analysers.events.dates import When, carried
from testimonia.analysers.events.triggers import Trigger
from testimonia.analysers.events.voices import Voices

_NOUN = 2  # words before a noun among which "after" stands
_HOPS = 4  # clauses back to the one whose date a verb shares

Owned = dict[int, tuple[Trigger, When]]  # clause -> its word and its date


class Governing:
    """``reported``: the day of the report that the document is, if it is one."""

    def __init__(self, voices: Voices, reported: When | None) -> None:
        self.voices, self.reported = voices, reported

    def shared(self, sentence: Sentence, found: Sequence[Trigger], owned: Owned) -> list[tuple[Trigger, When]]:
        """The verbs that share a date, with it, in the order of the text."""
        taken = {trigger.start for trigger, _ in owned.values()}
        known, shared = dict(owned), dict[int, tuple[Trigger, When]]()
        free = [t for t in found if self._may_follow(sentence, t, taken, owned)]
        for trigger in (*free[::-1], *free):  # backwards for verbs in a row before a date, then forwards
            due = trigger.start not in shared and trigger.clause not in known
            when = self._date_of(sentence, trigger, known) if due else None
            if when:
                known[trigger.clause] = (trigger, when)
                shared[trigger.start] = (trigger, when)
        shared.update((t.start, (t, when)) for t in found if (when := self._background_of(sentence, t, taken, owned)))
        return [shared[start] for start in sorted(shared)]

    def _background_of(self, sentence: Sentence, trigger: Trigger, taken: set[int], owned: Owned) -> When | None:
        """In 1921, following the escape of the leaders, the guild dissolved: they escaped about then."""
        rules, (verb, when) = sentence.rules, owned.get(trigger.clause, (None, None))
        if verb is None or when is None or when.is_day or "/" in when.when or not verb.verb or trigger.verb:
            return None
        words, told = sentence.words, trigger.factuality == verb.factuality == "fact"
        places = range(max(0, trigger.at - _NOUN), trigger.at)
        opens = any(words[i] in rules["after"] and (not i or not words[i - 1][0].isalpha()) for i in places)
        plain = trigger.start not in taken and words[trigger.at] not in rules["weak"]
        return carried(when, "narrative", later=False) if told and opens and plain else None

    def _may_follow(self, sentence: Sentence, trigger: Trigger, taken: set[int], owned: Owned) -> bool:
        if trigger.start in taken or trigger.weak or not trigger.verb or trigger.clause in owned:
            return False
        return trigger.tense in ("past", "perfect") or self._follows(sentence, trigger)

    def _follows(self, sentence: Sentence, trigger: Trigger) -> bool:
        """Was arrested, tried and exiled: whether the verb shares the auxiliary of the verb before."""
        clause = sentence.clauses[trigger.clause]
        return clause.opener == "coordinate" and trigger.at - clause.first <= 2 and trigger.tense == "none"

    def _date_of(self, sentence: Sentence, trigger: Trigger, known: Owned) -> When | None:
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

    def _beside_of(self, sentence: Sentence, trigger: Trigger, known: Owned) -> When | None:
        """When he died in 1953, she fled; he fled in 1953 after she had died: the date of the clause beside."""
        number, clauses = trigger.clause, sentence.clauses
        for other in (number - 1, number + 1):
            if other in known:
                told, aside = (number, other) if clauses[other].opener == "subordinate" else (other, number)
                opening = sentence.words[clauses[aside].first : clauses[aside].first + 2]
                rules, when = sentence.rules, known[other][1]
                temporal = any(word in rules["temporal"] for word in opening)
                apart = (
                    any(word in rules["prepositions"] for word in opening) and when.is_day
                )  # two days after she fled
                if temporal and not apart and clauses[told].opener in ("main", "coordinate"):
                    return when
        return None

    def _before(self, sentence: Sentence, number: int, known: Owned) -> tuple[Trigger, When] | None:
        """The clause with a date that this one goes on with."""
        for earlier in range(number - 1, max(-1, number - 1 - _HOPS), -1):
            if sentence.clauses[earlier + 1].opener != "coordinate":
                return None
            if earlier in known:
                return known[earlier]
        return None

    def _reported(self, trigger: Trigger, opener: str) -> When | None:
        reports = opener in ("main", "coordinate") and trigger.tense in ("past", "perfect")
        return self.reported if reports and trigger.factuality == "fact" else None

    def _paired(self, sentence: Sentence, trigger: Trigger, following: Trigger) -> bool:
        """Tried and shot in 1938: two verbs with nothing but a joining word between."""
        opener = sentence.clauses[following.clause].opener
        return opener == "coordinate" and following.at - trigger.at <= 2
