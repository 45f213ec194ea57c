"""Who acts in an event or suffers it, and where it happens: the actors of its own clause."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from testimonia.analysers.events.clauses import Sentence
from testimonia.analysers.events.triggers import Trigger
from testimonia.findings import Findings, Mention
from testimonia.text import Span

MOST = 12  # mentions before and after a verb that are taken for its actors
_TITLE = 40  # code points between a word of saying and the name of who says it
_NEAR = 5  # code points between a word such as "in" and its date
_OWNED = 30  # code points between a name and the noun that is that person's
_BEGINNING = 2  # pieces of a sentence in which its subject stands
_HOPS = 6  # clauses back in which a subject is sought


class Actors:
    """The mentions of a document by their place."""

    def __init__(self, found: Findings) -> None:
        self.mentions = sorted(found.mentions, key=lambda m: (m.start, m.end))
        self.starts = [m.start for m in self.mentions]
        self.names = {m.start: m.end for m in found.mentions if m.form == "name"}
        self.times = sorted((t.start, t.end) for t in found.times)
        self.places = {a.id for a in found.actors if a.kind == "place"}
        self.spoken_of: tuple[str, ...] = ()  # the one person and the one body that the sentence before names
        self._last: tuple[Span, int, list[Mention]] = (Span(0, 0), 0, [])  # what was asked for last
        self.kinds = {a.id: a.kind for a in found.actors}
        self.works = {a.id for a in found.actors if a.kind == "work"}

    def within(self, start: int, end: int) -> list[Mention]:
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def of(self, sentence: Sentence, trigger: Trigger, subject: str | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """(who, where). ``subject``: of whom the passage speaks, for a sentence that begins with its verb or "he"."""
        own = self._of_clause(sentence, trigger.clause)
        middle = bisect_left(own, trigger.start, key=lambda m: m.start)
        own = own[max(0, middle - MOST) : middle + MOST]
        verb = self._verb(sentence, trigger)
        where = self._places(sentence, own, verb, trigger)
        who = [m for m in own if m.start not in where]
        owner = None if trigger.verb else self._owner(sentence, who, trigger)
        if owner is not None:
            who = [m for m in who if m is owner or m.start > trigger.start]
        actors = [m.actor for m in who]
        if owner is None and not any(m.start < verb for m in who):
            actors = [*self._taken_over(sentence, trigger, subject), *actors]
        who_ids = tuple(dict.fromkeys(actors))
        return who_ids, tuple(actor for actor in dict.fromkeys(where.values()) if actor not in who_ids)

    def _owner(self, sentence: Sentence, who: list[Mention], trigger: Trigger) -> Mention | None:
        """Holm's death, Holm's early death: whose the event is that a noun tells."""
        i = bisect_left(who, trigger.start, key=lambda m: m.start) - 1
        if i < 0:
            return None
        between = sentence.text[who[i].end : trigger.start][: _OWNED + 1]
        owned = len(between) <= _OWNED and sentence.rules.owner.match(between)
        return who[i] if owned and not any(c in ",;:()" for c in between) else None

    def _places(self, sentence: Sentence, own: list[Mention], verb: int, trigger: Trigger) -> dict[int, str]:
        """{start: place} of the mentions that say where: in Berlin; in Berlin, Prussia; left Berlin."""
        where: dict[int, str] = {}
        goes = trigger.type in sentence.rules["journeys"]
        before: Mention | None = None  # the place before, if it says where
        for m in own:
            if m.actor in self.places:
                listed = before is not None and self._listed(sentence, before, m)
                if listed or self._located(sentence, m, far=m.start > verb) or (goes and m.start > verb):
                    where[m.start] = m.actor
            before = m if m.start in where else None
        return where

    def _listed(self, sentence: Sentence, before: Mention, mention: Mention) -> bool:
        """Salden, Pellworm and Halm: whether nothing but marks and joining words stands between two names."""
        first, last = bisect_left(sentence.starts, before.end), bisect_left(sentence.starts, mention.start)
        return all(word == "," or word in sentence.rules["coordinators"] for word in sentence.words[first:last])

    def _verb(self, sentence: Sentence, trigger: Trigger) -> int:
        """Where the clause's verb begins: the event's own word, if it is one."""
        told = trigger.verb and trigger.end > trigger.start
        i = trigger.at if told else min(sentence.clauses[trigger.clause].verb, len(sentence.words) - 1)
        return min(trigger.start, sentence.starts[i]) if told else sentence.starts[i]

    def _taken_over(self, sentence: Sentence, trigger: Trigger, subject: str | None) -> list[str]:
        """The subject of a verb that names none: that of the clause before, or of the passage."""
        before = self._before(sentence, trigger.clause, self._verb(sentence, trigger))
        if not before and self._turned_round(sentence, trigger):
            return []
        if not before:
            named = (
                self._apposed(sentence, trigger)
                or self._subject(sentence, trigger.clause)
                or self._following(sentence, trigger)
            )
            if named:
                return [m.actor for m in named]
            relative = sentence.clauses[trigger.clause].opener == "relative"  # of a noun that is no name
            own = (
                relative
                or self.first(Span(sentence.span.start, trigger.start))
                or self._other_subject(sentence, trigger)
            )
            return [subject] if subject and not own else []
        kind = sentence.rules.pronouns.get(before[0]) if len(before) == 1 else None
        return [actor for actor in self.spoken_of if kind and self.kinds.get(actor) == kind]

    def _apposed(self, sentence: Sentence, trigger: Trigger) -> list[Mention]:
        """The guild, founded in Salden in 1901: the name right before a form that opens its clause before a place."""
        i, words = trigger.at, sentence.words
        opens = (
            trigger.verb
            and 0 < i < len(words) - 1
            and words[i - 1] == ","
            and words[i + 1] in sentence.rules["apposed"]
        )
        j = bisect_left(self.starts, trigger.start) - 1
        if not opens or j < 0 or self.mentions[j].actor in self.places:
            return []
        return [self.mentions[j]] if self.mentions[j].end == sentence.starts[i - 1] else []

    def _following(self, sentence: Sentence, trigger: Trigger) -> list[Mention]:
        """Jailed in Hamburg, Holm escaped: the subject of the clause after one that begins with its verb."""
        number = trigger.clause + 1
        begins = trigger.clause == 0 and trigger.at == 0 and number < len(sentence.clauses)
        return self._named(sentence, number) if begins and sentence.clauses[number].loose else []

    def _turned_round(self, sentence: Sentence, trigger: Trigger) -> bool:
        """“…,” said Holm: whether the subject follows."""
        i = bisect_left(self.starts, trigger.end)
        if i == len(self.starts) or sentence.words[trigger.at] not in sentence.rules["sayings"]:
            return False
        return self.starts[i] - trigger.end <= _TITLE

    def _other_subject(self, sentence: Sentence, trigger: Trigger) -> bool:
        """The guild, facing ruin, dissolved: whether the sentence begins with a subject that is no name."""
        rules, words, first = sentence.rules, sentence.words, sentence.clauses[0]
        last = min(first.verb, trigger.at)
        before = (i for a, b in first.pieces[:_BEGINNING] for i in range(a, min(b, last, a + MOST)))
        known = [words[i] for i in before if not self._dates(sentence, i)]
        pronoun = not rules.pronouns.keys().isdisjoint(known)
        return not pronoun and not rules["articles"].isdisjoint(known)

    def _before(self, sentence: Sentence, clause: int, verb: int) -> list[str]:
        """The words of a clause that stand before its verb, at ``verb``, and may be its subject."""
        rules, words = sentence.rules, sentence.words
        last = bisect_left(sentence.starts, verb)
        first = next((a for a, b in sentence.clauses[clause].pieces if a <= last <= b), last)
        found: list[str] = []
        bare, led = list[str](), False
        for i in range(first, last):
            word = words[i]
            if self._dates(sentence, i):  # in 1921 he; where nothing follows, Sunday was chosen
                led = led or word in rules["locatives"]
                bare = [] if led else [word]
                continue
            joins = word in rules["coordinators"] or word in rules["relatives"] or not word[0].isalpha()
            helps = word in rules.auxiliaries or word.endswith(rules.adverb_ending)
            if not (joins or helps):
                found.append(word)
            if len(found) > 1:
                break
        return found or bare

    def _dates(self, sentence: Sentence, i: int) -> bool:
        """In late 1921: whether a word is of a date, or stands right before one."""
        start, end = sentence.starts[i], sentence.ends[i]
        j = bisect_right(self.times, (start, len(sentence.text)))
        if j and self.times[j - 1][1] > start:
            return True
        leads = sentence.words[i] in sentence.rules["locatives"]
        return leads and j < len(self.times) and self.times[j][0] - end <= _NEAR

    def read(self, span: Span) -> None:
        """Keeps whom a sentence names, for "he" and "it" in the next one: where two are named, none is meant surely."""
        i, last = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
        named = {m.actor for m in self.mentions[i : min(last, i + 2 * MOST)]}
        kinds = [self.kinds.get(actor) for actor in named]
        sole = tuple(sorted(actor for actor in named if kinds.count(self.kinds.get(actor)) == 1))
        self.spoken_of = sole or (self.spoken_of if not named else ())

    def first(self, span: Span) -> str | None:
        """Of whom a sentence speaks: the first person or body that it names."""
        i = bisect_left(self.starts, span.start)
        while i < len(self.mentions) and self.mentions[i].start < span.end:
            actor = self.mentions[i].actor
            if actor not in self.places and actor not in self.works:
                return actor
            i += 1
        return None

    def _of_clause(self, sentence: Sentence, clause: int) -> list[Mention]:
        if self._last[:2] != (sentence.span, clause):
            told = [m for start, end in sentence.stretches(clause) for m in self.within(start, end)]
            self._last = (sentence.span, clause, told)
        return self._last[2]

    def _located(self, sentence: Sentence, mention: Mention, *, far: bool = False) -> bool:
        """In Berlin, to the Hague: whether a word of place stands right before, or (``far``) before one more word."""
        i = bisect_left(sentence.starts, mention.start) - 1
        other = sentence.rules["articles"] | sentence.rules["locatives"]
        if far and i > 0 and sentence.words[i] not in other and sentence.text[sentence.starts[i]].islower():
            i -= sentence.words[i - 1] in other  # on the dreaded Kolm; from northern Salden
        if i >= 0 and sentence.words[i] in sentence.rules["articles"]:
            i -= 1
        if i < 0 or sentence.words[i] not in sentence.rules["locatives"]:
            return False
        return not any(c.isdigit() for c in sentence.text[sentence.ends[i] : mention.start])

    def _subject(self, sentence: Sentence, number: int) -> list[Mention]:
        """The subject of a clause that names none itself: the noun before "who", or that of a clause before."""
        clauses, clause = sentence.clauses, sentence.clauses[number]
        if clause.opener == "relative":
            i = bisect_left(self.starts, sentence.starts[clause.first]) - 1
            noun = self.mentions[i] if i >= 0 and self.mentions[i].start >= sentence.span.start else None
            if noun is not None and not (noun.actor in self.places and self._located(sentence, noun)):
                return [noun]
            return []
        goes_on = clause.opener == "coordinate" and not clause.loose  # who was tried and shot
        back = range(number - 1, max(-1, number - 1 - _HOPS), -1)
        for allowed in (("main", "coordinate"), ("relative", "subordinate")):
            for earlier in back:
                kind = clauses[earlier].opener
                if goes_on and earlier == number - 1 and kind == "relative":
                    return self._named(sentence, earlier) or self._subject(sentence, earlier)
                named = self._named(sentence, earlier) if kind in allowed else []
                if named:
                    return named
        return []

    def _named(self, sentence: Sentence, number: int) -> list[Mention]:
        """Who is named before the verb of a clause; else the first that it names."""
        verb = sentence.starts[min(sentence.clauses[number].verb, len(sentence.words) - 1)]
        named = [m for m in self._of_clause(sentence, number)[: 2 * MOST] if not self._located(sentence, m)]
        return [m for m in named if m.start < verb][:MOST] or named[:1]


def clause_at(sentence: Sentence, place: int) -> int:
    """The number of the clause in which a place of the text stands."""
    i = max(0, bisect_right(sentence.starts, place) - 1)
    return sentence.clause_of[i] if sentence.clause_of else 0
