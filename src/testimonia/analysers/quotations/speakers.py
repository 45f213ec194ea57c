"""Who speaks: the noun phrase beside a cue, and the actor it means."""

from __future__ import annotations

import re
from dataclasses import dataclass

from testimonia.analysers.quotations.descriptions import Descriptions
from testimonia.analysers.quotations.ground import Ground
from testimonia.findings import Mention
from testimonia.text import Span

_FAR = 80  # words back to the subject of a sentence
_AFTER_DATE = 8  # words after a date in which the subject begins
_LONGEST = 14  # words of a noun phrase
# What may stand between two words of one noun phrase.
_PLAIN_GAPS = frozenset(
    (" ", "  ", "’s ", "'s ", "’ ", "' ", "-", ". ", "\n", " '", " ’", " ‘", " “", "” ", "& ", " & ", "/")
)

_TIED = re.compile(r"['’‘](?:ve|m|d|ll|re|s)$")


@dataclass(frozen=True, slots=True)
class Source:
    """A noun phrase that may speak; ``first`` to ``last`` are its words, ``last`` inclusive."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Naming:
    """Who is meant: the actor's id where there is one, a name where it can be told, or the doubt."""

    actor: str | None = None
    name: str | None = None
    doubt: str | None = None


class Speakers:
    """Finds noun phrases around verbs, and names those who are meant."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.words = ground.words
        self.lists = ground.lexicon.words
        self.joining = self.lists.joins | self.lists.away
        self.descriptions = Descriptions(ground)

    def before(self, word: int, floor: int) -> Source | None:
        """The subject that ends right before ``word``; ``floor`` is the first word it may reach back to."""
        words = self.words
        k = word - 1
        comma = False
        while k >= floor and self.skips(k):
            comma = comma or "," in words.gap[k + 1]
            k -= 1
        if k >= floor and ")" in words.gap[k + 1]:
            return self._before_bracket(k, floor)
        if k < floor or any(c in words.gap[k + 1] for c in '.;:!?(“”"'):
            return None
        if "," in words.gap[k + 1] or comma:
            return self._before_apposition(k, floor)
        if words.lower[k] in self.lists.relatives and k > floor:
            return self.phrase(k - 1, floor) or self._pronoun(k)
        return self.phrase(k, floor)

    def subject(self, verb: int, floor: int) -> Source | None:
        """The phrase before a verb; for "…, arguing" and "and wrote" the subject of the sentence."""
        words = self.words
        before = words.lower[verb - 1] if verb > floor else ""
        joined = before in self.lists.coordinators
        loose = joined or before == "to" or words.lower[verb].endswith("ing")
        direct = None if loose and (joined or "," in words.gap[verb]) else self.before(verb, floor)
        if direct is not None and words.lower[verb].endswith("ing"):
            written = words.lower[direct.last] in self.lists.works | self.lists.writings
            author = self.first_subject(direct.first, floor) if written else None
            return author or (direct if self.is_source(direct) else self.first_subject(verb, floor))
        if direct is not None and (before != "to" or self.is_source(direct)):
            return direct
        return (self.first_subject(verb, floor) if loose else None) or direct

    def first_subject(self, verb: int, floor: int) -> Source | None:
        """The first name or pronoun from ``floor`` on that stands alone, not "of X" or "X's"."""
        words = self.words
        j = max(floor, verb - _FAR)
        floor = j
        while j < verb:
            lower = words.lower[j]
            after_join = j > floor and words.lower[j - 1] in self.joining and words.gap[j] == " "
            mention = self.ground.mention_of_word(j)
            if lower in ("he", "she", "they", "i", "we"):
                return Source(words.start[j], words.end[j], j, j)
            if mention is not None and mention.form == "name":
                last = self.ground.word_at(mention.end) - 1
                possessive = self.ground.text[mention.end : mention.end + 2] in ("’s", "'s", "‘s", "’ ")
                if not after_join and not possessive and last < verb:
                    first = j
                    while first > floor and words.gap[first] == " " and words.capital[first - 1]:
                        first -= 1
                    return Source(words.start[first], words.end[last], first, last)
                j = max(j, last)
            j += 1
        return None

    def agrees(self, verb: int, source: Source) -> bool:
        """Whether a verb without an ending can have the subject: a plural, I, you, or an auxiliary before it."""
        words = self.words
        if verb - 1 > source.last and any(
            words.lower[k] in self.lists.base_after for k in range(max(source.last + 1, verb - 4), verb)
        ):
            return True
        head = words.lower[source.last]
        if head in ("he", "she", "it", "this", "that"):
            return False
        if source.first == source.last and head in self.lists.plain_subjects:
            return True
        conjoined = any(words.lower[k] == "and" for k in range(source.first, source.last))
        return head.endswith("s") or conjoined or head in self.lists.plurals

    def skips(self, k: int) -> bool:
        lower, lists = self.words.lower[k], self.lists
        adverb = lower.endswith("ly") and len(lower) > 4 and not self.words.capital[k]
        return adverb or lower in lists.auxiliaries or lower in lists.adverbs

    def _pronoun(self, k: int) -> Source | None:
        return Source(self.words.start[k], self.words.end[k], k, k) if self.words.lower[k] in ("who",) else None

    def _before_apposition(self, k: int, floor: int) -> Source | None:
        """NAME, the chairman of the board, said: the phrase before the first of the two commas."""
        words = self.words
        for j in range(k, max(floor, k - 18), -1):
            if "," in words.gap[j]:
                bracket = ")" in words.gap[j]
                return self._before_bracket(j - 1, floor) if bracket else self.phrase(j - 1, floor)
            if any(c in words.gap[j] for c in '.;:!?“”"'):
                return None
        return None

    def _before_bracket(self, k: int, floor: int) -> Source | None:
        """NAME (of the Harbour League) said: the phrase before the bracket that ends with the word ``k``."""
        for j in range(k, max(floor, k - _LONGEST), -1):
            if "(" in self.words.gap[j]:
                return self.phrase(j - 1, floor)
        return None

    def phrase(self, last: int, floor: int) -> Source | None:
        """The noun phrase that ends with the word ``last``."""
        words, lists = self.words, self.lists
        if words.lower[last] in lists.plain_subjects:
            if words.lower[last] in lists.no_source and words.lower[last] != "it":
                return None
            return Source(words.start[last], words.end[last], last, last)
        if words.lower[last] in lists.stops or words.lower[last] in lists.joins:
            return None
        first = last
        while first > floor and last - first < _LONGEST:
            if (
                words.lower[first] in lists.determiners
                and words.lower[first - 1] not in lists.joins
                and words.lower[first - 1] not in lists.determiners
            ):
                break
            if words.lower[first - 1] == "and" and self._is_pair(first, floor):
                first -= 2
                continue
            gap = words.gap[first]
            if gap not in _PLAIN_GAPS or words.lower[first - 1] in lists.stops:
                break
            if words.lower[first - 1] in lists.joins and (first - 1 == floor or not self._joins(first - 1, floor)):
                break
            first -= 1
        if first > floor and words.lower[first - 1] in lists.away and words.gap[first] == " ":
            before = self.phrase(first - 2, floor) if first - 2 >= floor and words.gap[first - 1] == " " else None
            if before is not None and self.is_source(before):
                return before
            return self._named_end(first, last) or before
        return self._trimmed(first, last)

    def _is_pair(self, first: int, floor: int) -> bool:
        """Whether two names stand around "and"."""
        words = self.words
        if first - 2 < floor or not words.gap[first] == words.gap[first - 1] == " ":
            return False
        named = self.ground.mention_of_word(first) is not None
        return named and words.end[first - 2] in self.ground.mention_ends

    def _named_end(self, first: int, last: int) -> Source | None:
        """The name with which words after a preposition end: in September OHL; after Boeing."""
        subordinate = self.words.lower[first - 1] in self.lists.conjunctions
        for k in range(first, last + 1):
            mention = self.ground.mention_of_word(k)
            if mention is not None and mention.end >= self.words.end[last] and (k > first or subordinate):
                return Source(mention.start, self.words.end[last], k, last)
        return self._trimmed(first, last) if subordinate else None

    def _joins(self, at: int, floor: int) -> bool:
        """Whether a preposition belongs to a noun phrase: "of" does, others only inside one that a source heads."""
        if self.words.lower[at] in ("of", "de", "von", "van", "for"):
            return True
        before = self.words.lower[at - 1]
        return at - 1 >= floor and before in self.lists.sources

    def _trimmed(self, first: int, last: int) -> Source | None:
        words, lists = self.words, self.lists
        while first < last and (
            words.lower[first] in lists.joins or words.lower[first] in lists.adverbs or words.lower[first][0].isdigit()
        ):
            first += 1
        if words.lower[first] in lists.joins or words.lower[first] in lists.stops:
            return None
        end = words.end[last]
        return Source(words.start[first], end, first, last)

    def after(self, word: int, ceiling: int) -> Source | None:
        """The noun phrase that begins with ``word`` (said THE MAYOR); ``ceiling`` is the first word beyond reach."""
        words, lists = self.words, self.lists
        if word >= ceiling:
            return None
        if words.lower[word] in lists.plain_subjects and words.lower[word] not in (
            "some",
            "many",
            "others",
            "most",
            "one",
        ):
            return (
                None if words.lower[word] in lists.no_source else Source(words.start[word], words.end[word], word, word)
            )
        if words.lower[word] in lists.stops or words.lower[word] in lists.joins:
            return None
        last = word
        while last + 1 < ceiling and last - word < _LONGEST:
            following = last + 1
            if words.gap[following] not in _PLAIN_GAPS or words.lower[following] in lists.stops:
                break
            if words.lower[following] in lists.joins and words.lower[following] not in (
                "of",
                "for",
                "de",
                "von",
                "van",
            ):
                break
            if words.lower[following] in lists.auxiliaries or words.lower[following] in lists.adverbs:
                break
            if words.lower[following] in lists.phrase_openers and words.lower[last] not in lists.joins:
                break
            last = following
        return Source(words.start[word], words.end[last], word, last)

    def may_speak(self, source: Source) -> bool:
        """Whether a phrase beside words in marks can be their speaker: a source, or a thing with its article."""
        return self.words.lower[source.first] in self.lists.determiners or self.is_source(source)

    def is_source(self, source: Source) -> bool:
        """Whether the phrase can speak: a pronoun, an actor, a capitalised head, or a word for one who speaks."""
        words, lists = self.words, self.lists
        pronoun = self.pronoun(source)
        if pronoun in lists.plain_subjects:
            return pronoun not in lists.no_source
        if any(words.lower[i] in lists.sources for i in range(source.first, source.last + 1)):
            return True
        if any(
            words.capital[i] and (i > source.first or words.lower[i] not in lists.determiners)
            for i in range(source.first, source.last + 1)
        ):
            return True
        return bool(self.ground.mentions_in(source.start, source.end))

    def who(self, source: Source) -> Naming:
        """Who a phrase means; the phrase's own words where it names no actor; nobody for an open pronoun."""
        ground = self.ground
        source = self._without_adverb(self._after_date(source))
        if self.pronoun(source) in self.lists.plain_subjects:
            return self._meant(source)
        mention = self._head(source)
        if mention is not None:
            actor = ground.actors.get(mention.actor)
            if actor is not None:
                return Naming(actor.id, actor.name)
        beside = self._beside(source) or self._author(source)
        if beside is not None:
            return beside
        meant = self.descriptions.meant(source)
        if meant is not None:
            return Naming(meant, ground.actors[meant].name)
        return Naming(None, " ".join(ground.text[source.start : source.end].split()))

    def _after_date(self, source: Source) -> Source:
        """The name after a date with which a report begins: "May 14, 1908 The Holm Company said"."""
        words = self.words
        calendar = self.descriptions.lists.calendar
        if any(
            words.word[k] not in calendar and not words.word[k].isdigit() for k in range(source.first, source.last + 1)
        ):
            return source
        floor = source.last + 1
        return self.first_subject(min(floor + _AFTER_DATE, len(words)), floor) or source

    def _without_adverb(self, source: Source) -> Source:
        """The old man of "the old man gently"."""
        last = source.last
        while last > source.first and self.words.lower[last].endswith("ly") and not self.words.capital[last]:
            last -= 1
        return source if last == source.last else Source(source.start, self.words.end[last], source.first, last)

    def _beside(self, source: Source) -> Naming | None:
        """The person whom a comma joins to a description, or who follows it: the firm's president, NAME."""
        words, following = self.words, source.last + 1
        if following >= len(words) or words.gap[following].strip() not in (",", ""):
            return None
        mention = self.ground.mention_of_word(following)
        actor = self.ground.actors.get(mention.actor) if mention is not None and mention.form == "name" else None
        return Naming(actor.id, actor.name) if actor is not None and actor.kind == "person" else None

    def _author(self, source: Source) -> Naming | None:
        """Whose report, statement or letter it is, where its name stands before the word."""
        if self.words.lower[source.last] not in self.lists.works | self.lists.writings:
            return None
        named = {m.actor for m in self.ground.mentions_in(source.start, source.end)}
        actor = self.ground.actors.get(named.pop()) if len(named) == 1 else None
        return Naming(actor.id, actor.name) if actor is not None and actor.kind != "place" else None

    def _head(self, source: Source) -> Mention | None:
        """The mention that names the phrase: the last one, unless a preposition or a common noun makes it another's."""
        mentions = self.ground.mentions_in(source.start, source.end)
        if not mentions:
            return None
        last = mentions[-1]
        if last.end >= source.end - 2:
            start = self.ground.word_at(last.start)
            lower, capital = self.words.lower, self.words.capital
            if any(lower[i] in self.lists.joins or lower[i] == "and" for i in range(source.first, start)):
                return None
            actor = self.ground.actors.get(last.actor)
            longer = start > source.first and capital[start - 1] and lower[start - 1] not in self.lists.determiners
            return None if longer and (actor is None or actor.kind != "person") else last
        first = mentions[0]
        if first.start == source.start and self._is_bracketed(first, source):
            return first
        return first if self._is_titled_head(first, source) else None

    def _is_titled_head(self, mention: Mention, source: Source) -> bool:
        """Mayor Anna Holm of Aldby: whether the person named is whom the whole phrase means."""
        words, actor = self.words, self.ground.actors.get(mention.actor)
        start, after = self.ground.word_at(mention.start), self.ground.word_at(mention.end)
        if actor is None or actor.kind != "person" or after > source.last or words.lower[after] not in self.lists.joins:
            return False
        before = range(source.first, start)
        titled = all(words.lower[k] in self.descriptions.lists.titles or words.capital[k] for k in before)
        return titled and words.gap[after] == " " and words.lower[after - 1] not in self.lists.joins

    def _is_bracketed(self, mention: Mention, source: Source) -> bool:
        return self.ground.text[mention.end : mention.end + 2].strip().startswith((",", "("))

    def _meant(self, source: Source) -> Naming:
        ground = self.ground
        mention = ground.mention_of_word(source.first)
        if mention is not None and mention.form == "pronoun" and mention.actor in ground.actors:
            return Naming(mention.actor, ground.actors[mention.actor].name)
        word = self.pronoun(source)
        if word in ("some", "many", "others", "most", "everyone", "everybody", "one", "critics"):
            return Naming(None, ground.text[source.start : source.end])
        return Naming()

    def is_first_person(self, source: Source) -> bool:
        """Whether the phrase is "I", "me" or "my"."""
        return self.pronoun(source) in self.lists.first_person

    def pronoun(self, source: Source) -> str:
        """The one word of a phrase, without a verb tied to it (I of "I've"); "" where there are several."""
        if source.first != source.last:
            return ""
        return _TIED.sub("", self.words.lower[source.first])

    @staticmethod
    def span(source: Source) -> Span:
        return Span(source.start, source.end)
