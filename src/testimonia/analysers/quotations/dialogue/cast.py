"""Who takes part: the persons of a text, where each is seen, in which part of its sentence, and of what sex."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from testimonia.analysers.actors.lists import Lists, lists
from testimonia.analysers.quotations.dialogue.roles import (
    CALLED,
    OWNER,
    SUBJECT,
    TOLD,
    is_called,
    role_of,
)
from testimonia.analysers.quotations.dialogue.rules import EITHER, Rules, rules
from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.speakers import Speakers
from testimonia.findings import Mention

NAMED, DESCRIBED, NARRATOR = "named", "described", "narrator"
_BEFORE_NOUN = 4  # words between a determiner and its noun
_VOTE_REACH = 120  # code points from a name to the pronoun that tells its sex
_FEWEST_VOTES = 2
_AGREEING = 0.75
_FEWEST_I = 5  # "I" in narration that make a narrator
_WORDS_TO_I = 150  # words of a text to one "I" of its narration, at most
_CALLED_BY_NAME = 2  # times that others call the narrator by name
_FAR = 15  # times a narrator's name may stand in narration for each 100 times in speech, at most


@dataclass(slots=True)
class Person:
    """``actor`` is None for one who is only described, or whose name was not found to be one."""

    name: str
    form: str
    actor: str | None = None
    sex: str = EITHER
    titles: set[str] = field(default_factory=set)
    head: str = ""  # the noun of a description
    count: int = 0


@dataclass(frozen=True, slots=True)
class Sight:
    """A place where a person is seen. ``role`` is the part of the sentence, CALLED or TOLD inside somebody's words."""

    start: int
    end: int
    person: int
    form: str
    role: str


class Cast:
    """``persons`` by number, ``places`` where each is seen in narration.

    ``narrated`` and ``spoken``: the sights in narration and in speech, in the order of the text.
    """

    def __init__(self, ground: Ground, speakers: Speakers, drafts: list[Draft]) -> None:
        self.ground = ground
        self.words = ground.words
        self.rules: Rules = rules(ground.document.language)
        self.lists: Lists = lists(ground.document.language)
        self.persons: list[Person] = []
        self.places: dict[int, list[int]] = {}
        self.by_actor: dict[str, int] = {}
        self.by_words: dict[str, int] = {}
        self.speech = _Spans([(s.start, s.end) for d in drafts if d.kind in ("direct", "block") for s in d.spans])
        self.narrator: int | None = None
        self.nouns = dict(self.rules.persons)
        self.proper: set[str] = set()
        self.full = self._full_names()
        self.speaking = self._speaking(speakers, drafts)
        self._learn(drafts)
        narrated, spoken = self._sights()
        self.narrated, self.spoken = narrated, spoken
        self._find_narrator()
        self.narrated_starts = [s.start for s in self.narrated]
        self.spoken_starts = [s.start for s in self.spoken]
        self._tell_sexes()
        for sight in self.narrated:
            self.persons[sight.person].count += 1
            self.places.setdefault(sight.person, []).append(sight.start)

    # who there is

    def of_actor(self, actor: str) -> int:
        number = self.by_actor.get(actor)
        if number is None:
            found = self.ground.actors[actor]
            fuller = self.full.get(found.name)
            number = self.of_actor(fuller) if fuller else self._add(Person(found.name, NAMED, actor))
            self.by_actor[actor] = number
        return number

    def _full_names(self) -> dict[str, str]:
        """{short form of a first name: the one actor who bears the full form, and is named as often}."""
        bearers: dict[str, list[str]] = {}
        counts = Counter(mention.actor for mention in self.ground.mentions if mention.form == "name")
        for actor in self.ground.actors.values():
            if actor.kind == "person":
                bearers.setdefault(actor.name.split()[0], []).append(actor.id)
        found: dict[str, str] = {}
        for short, names in self.rules.short.items():
            able = [actor for name in names for actor in bearers.get(name, ())]
            times = sum(counts[actor] for actor in bearers.get(short, ()))
            if len(able) == 1 and 0 < times <= counts[able[0]]:
                found[short] = able[0]
        return found

    def _speaking(self, speakers: Speakers, drafts: list[Draft]) -> set[str]:
        """Actors named in the tag of direct speech whose name may be a person's, though it looks like a body's."""
        sources = [d.source for d in drafts if d.kind == "direct" and d.source is not None and d.cue]
        found = {naming.actor for naming in map(speakers.who, sources) if naming.actor is not None}
        first = {actor: self.ground.actors[actor].name.split()[0] for actor in found}
        return {a for a, word in first.items() if word in self.lists.first or word in self.lists.first_or_word}

    def of_words(self, name: str, key: str, form: str, head: str = "") -> int:
        number = self.by_words.get(key)
        if number is None:
            sex = self.nouns.get(head, EITHER)
            number = self.by_words[key] = self._add(Person(name, form, None, sex, head=head))
        return number

    def _add(self, person: Person) -> int:
        self.persons.append(person)
        return len(self.persons) - 1

    def described(self, first: int, last: int) -> int | None:
        """The person whom words ``first`` to ``last`` describe: "the old man", "his wife", "the Hatter"."""
        words = self.words
        last = next((k - 1 for k in range(first + 1, last) if words.lower[k] in self.ground.lexicon.words.joins), last)
        while last > first and words.lower[last] not in self.nouns and words.lower[last].endswith("ly"):
            last -= 1
        head = words.lower[last]
        if head not in self.nouns:
            return None
        begin = max(first, last - _BEFORE_NOUN)
        marks = [words.lower[k] for k in range(begin, last) if words.lower[k] in self.rules.distinct]
        owner = words.lower[first] if words.lower[first] in self.rules.owners else ""
        key = " ".join([*([owner] if head in self.rules.kin else []), *marks, head])
        return self.of_words(" ".join(words.word[first : last + 1]), key, DESCRIBED, head)

    def _learn(self, drafts: list[Draft]) -> None:
        """Nouns and names that speak in this text and that no list holds: the Hatter, Grimble."""
        words, lists_ = self.words, self.ground.lexicon.words
        for draft in drafts:
            source = draft.source
            if source is None or draft.kind != "direct" or not draft.cue or source.last >= len(words):
                continue
            last = source.last
            while last > source.first and words.lower[last].endswith("ly"):
                last -= 1
            lower = words.lower[last]
            if lower in self.nouns or lower in lists_.plain_subjects or lower.endswith("s"):
                continue
            titled = any(words.lower[k] in self.lists.surname_address for k in range(source.first, last + 1))
            titled = titled or any(words.lower[k] in lists_.joins for k in range(source.first, last))
            if titled or self.ground.mentions_in(source.start, source.end):
                continue
            if last > source.first and words.lower[source.first] in self.rules.determiners:
                if words.capital[last] or lower.endswith(self.rules.endings):
                    self.nouns[lower] = EITHER
            elif words.capital[last] and lower not in self.lists.words:
                self.proper.add(words.word[last])

    # where they are seen

    def _sights(self) -> tuple[list[Sight], list[Sight]]:
        found = [*self._named(), *self._by_nouns()]
        found.sort(key=lambda s: (s.start, -s.end))
        narrated: list[Sight] = []
        spoken: list[Sight] = []
        end = 0
        for sight in found:
            if sight.start < end:
                continue
            end = sight.end
            (spoken if sight.role in (CALLED, TOLD) else narrated).append(sight)
        return narrated, spoken

    def _named(self) -> list[Sight]:
        found: list[Sight] = []
        actors = self.ground.actors
        for mention in self.ground.mentions:
            actor = actors.get(mention.actor)
            if actor is not None and (actor.kind == "person" or actor.id in self.speaking):
                found.append(self._sight(mention))
        return found

    def _sight(self, mention: Mention) -> Sight:
        number = self.of_actor(mention.actor)
        first, last = self.ground.word_at(mention.start), self.ground.word_at(mention.end) - 1
        if mention.form == "name":
            self._note_titles(number, first)
        return self._placed(mention.start, mention.end, number, mention.form, first, last)

    def _placed(self, start: int, end: int, number: int, form: str, first: int, last: int) -> Sight:
        if self.speech.holds(start):
            called = form == "name" and is_called(self.ground, self.rules, self.lists, first, last)
            return Sight(start, end, number, form, CALLED if called else TOLD)
        return Sight(start, end, number, form, role_of(self.ground, self.rules, self.lists, first, last))

    def _note_titles(self, number: int, first: int) -> None:
        words = self.words
        k = first - 1
        while k >= 0 and k >= first - 2 and words.gap[k + 1] in (" ", ". ") and words.capital[k]:
            if words.lower[k] not in self.lists.titles:
                break
            if words.gap[k + 1] == ". " and words.word[k] not in self.lists.after_address:
                break
            self.persons[number].titles.add(words.lower[k])
            k -= 1

    def _by_nouns(self) -> list[Sight]:
        words, nouns, proper = self.words, self.nouns, self.proper
        found: list[Sight] = []
        for i, lower in enumerate(words.lower):
            if lower in nouns:
                first = self._determiner(i)
                if first is not None:
                    number = self.described(first, i)
                    if number is not None:
                        found.append(self._placed(words.start[first], words.end[i], number, "nominal", first, i))
            elif proper and words.word[i] in proper:
                number = self.of_words(words.word[i], "\0" + lower, NAMED)
                found.append(self._placed(words.start[i], words.end[i], number, "name", i, i))
        return found

    def _determiner(self, noun: int) -> int | None:
        """The determiner of a noun that is not a part of another name or noun."""
        words = self.words
        following = noun + 1
        if following < len(words) and words.gap[following] == " " and words.capital[following]:
            return None
        for k in range(noun - 1, max(-1, noun - 1 - _BEFORE_NOUN), -1):
            if words.gap[k + 1] != " ":
                return None
            if words.lower[k] in self.rules.determiners:
                return None if words.lower[k] in self.rules.open_determiners else k
        return None

    # the one who tells

    def _find_narrator(self) -> None:
        """ "I" of the narration: a person whom the others call by name, or nobody's name."""
        words = self.words
        told = [
            i
            for i, word in enumerate(words.word)
            if word == self.rules.narrating and not self.speech.holds(words.start[i])
        ]
        if len(told) < _FEWEST_I or len(told) * _WORDS_TO_I < len(words):
            return
        number = self._own_name() or self._called_only()
        if number is None:
            byline = self.ground.document.byline
            self.narrator = self._add(Person(byline or self.rules.narrator, NARRATOR))
        else:
            self.narrator = number
            self.persons[number].form = NARRATOR
        me = self.narrator
        assert me is not None
        self.narrated += [Sight(words.start[i], words.end[i], me, "pronoun", SUBJECT) for i in told]
        self.narrated.sort(key=lambda s: s.start)

    def _called_only(self) -> int | None:
        """The one who is called by name again and again, and of whom the narration hardly speaks."""
        called = Counter(s.person for s in self.spoken if s.role == CALLED and s.form == "name")
        inside = Counter(s.person for s in self.narrated if s.form == "name" and s.role != OWNER)
        able = [
            (count, -number)
            for number, count in called.items()
            if count >= _CALLED_BY_NAME and inside[number] * 100 <= _FAR * count
        ]
        able.sort(reverse=True)
        if not able or (len(able) > 1 and able[0][0] < 2 * able[1][0]):
            return None
        return -able[0][1]

    def _own_name(self) -> int | None:
        """My name is X; call me X, in narration."""
        words = self.words
        for sight in self.narrated:
            if sight.form != "name":
                continue
            i = self.ground.word_at(sight.start)
            if any(tuple(words.lower[max(0, i - len(phrase)) : i]) == phrase for phrase in self.rules.own_name):
                return sight.person
        return None

    # he or she

    def _tell_sexes(self) -> None:
        votes = self._votes()
        for number, person in enumerate(self.persons):
            told = {self.lists.genders[t] for t in person.titles if t in self.lists.genders}
            if len(told) == 1:
                person.sex = told.pop()
                continue
            ballot = votes.get(number, Counter())
            total = sum(ballot.values())
            best = max(ballot, key=lambda sex: ballot[sex]) if total else EITHER
            sure = total >= _FEWEST_VOTES and ballot[best] >= _AGREEING * total
            if person.form != DESCRIBED:
                named = self.lists.sexes.get(person.name.split()[0], EITHER) if person.name else EITHER
                person.sex = named or (best if sure else EITHER)
            elif not person.sex and sure:
                person.sex = best

    def _votes(self) -> dict[int, Counter[str]]:
        """Pronouns after which only one person was seen, in narration."""
        words, pronouns = self.words, self.lists.pronouns
        votes: dict[int, Counter[str]] = {}
        seen = [s for s in self.narrated if s.form != "pronoun"]
        starts = [s.start for s in seen]
        for i, lower in enumerate(words.lower):
            sex = pronouns.get(lower)
            if sex is None or self.speech.holds(words.start[i]):
                continue
            k = bisect_left(starts, words.start[i]) - 1
            if k < 0 or words.start[i] - seen[k].end > _VOTE_REACH:
                continue
            before = seen[k - 1] if k else None
            if before is not None and before.person != seen[k].person and seen[k].start - before.end < _VOTE_REACH:
                continue
            if seen[k].role in (SUBJECT, OWNER):
                votes.setdefault(seen[k].person, Counter())[sex] += 1
        return votes


class _Spans:
    """Stretches of text; whether a place lies in one of them."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in sorted(spans):
            if self.ends and start <= self.ends[-1]:
                self.ends[-1] = max(end, self.ends[-1])
            else:
                self.starts.append(start)
                self.ends.append(end)

    def holds(self, at: int) -> bool:
        i = bisect_left(self.starts, at + 1) - 1
        return i >= 0 and at < self.ends[i]
