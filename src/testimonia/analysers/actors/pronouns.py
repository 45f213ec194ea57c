"""He and she, where only one person can be meant."""

from __future__ import annotations

import re

from testimonia.analysers.actors.lists import Lists
from testimonia.analysers.actors.spans import opens_sentence
from testimonia.analysers.actors.tokens import Tokens
from testimonia.findings import Actor, Mention

_OPEN = "?"  # a person, maybe, whom nothing links
_ENDS = re.compile(r"[.!?…]|\n\s*\n")


def with_pronouns(
    words: Tokens,
    actors: tuple[Actor, ...],
    mentions: tuple[Mention, ...],
    rivals: set[int],
    topic: str | None,
    lists: Lists,
) -> tuple[Mention, ...]:
    """``mentions`` and those pronouns before which one person alone stands, in the sentence or the one before it.

    ``rivals``: where names stand that were left open; a pronoun after one of them stays open too. ``topic``: whose life
    the text tells; a pronoun that begins a paragraph means that person.
    """
    persons = {actor.id: lists.sexes.get(actor.name.split()[0], "") for actor in actors if actor.kind == "person"}
    if not persons:
        return mentions
    return _Reader(words, mentions, persons, rivals, topic if topic in persons else None, lists).read()


class _Reader:
    """Goes through a text once, with the persons of this sentence and of the one before."""

    def __init__(
        self,
        words: Tokens,
        mentions: tuple[Mention, ...],
        persons: dict[str, str],
        rivals: set[int],
        topic: str | None,
        lists: Lists,
    ) -> None:
        self.topic = topic
        self.rivals = rivals
        self.words = words
        self.lists = lists
        self.mentions = mentions
        self.named = {m.start: m for m in mentions}
        self.ends = {end: i for i, end in enumerate(words.end)}
        self.persons = persons
        self.gender = {actor: sex for actor, sex in persons.items() if sex}
        self.here: list[str] = []
        self.before: list[str] = []

    def read(self) -> tuple[Mention, ...]:
        found: list[Mention] = []
        for i in range(len(self.words)):
            if _ENDS.search(self.words.gap[i]) and opens_sentence(self.words, i, self.lists):
                self.before, self.here = (self.here or self.before), []
            mention = self.named.get(self.words.start[i])
            if mention is not None:
                self._note(mention, i)
            elif self.words.start[i] in self.rivals:
                self.here.append(_OPEN)
            elif self.words.lower[i] in self.lists.pronouns:
                actor = self._meant(self.lists.pronouns[self.words.lower[i]], "\n" in self.words.gap[i])
                if actor is not None:
                    found.append(Mention(self.words.start[i], self.words.end[i], actor, "pronoun"))
        return tuple(sorted((*self.mentions, *found), key=lambda m: (m.start, m.end)))

    def _note(self, mention: Mention, i: int) -> None:
        if mention.actor not in self.persons or self._labels_turn(mention):
            return
        title = self.lists.genders.get(self.words.lower[i - 1]) if i else None
        if title is not None and self.words.gap[i] in (" ", ". "):
            self.gender[mention.actor] = title
        if mention.actor not in self.here:
            self.here.append(mention.actor)

    def _labels_turn(self, mention: Mention) -> bool:
        """ANNA KESSLER: He was late. Who speaks says "he" of somebody else."""
        after = self.ends.get(mention.end, len(self.words)) + 1
        return after < len(self.words) and self.words.gap[after][:1] == ":"

    def _meant(self, gender: str, opens: bool) -> str | None:
        """The one person of this sentence, else of the one before, whom a pronoun of ``gender`` can mean."""
        topic = self.topic if self.topic and self.gender.get(self.topic, gender) == gender else None
        if topic and opens and topic not in self.here:
            self.here.append(topic)
            return topic
        for persons in (self.here, self.before):
            able = [actor for actor in persons if self.gender.get(actor, gender) == gender]
            if able:
                if topic in able and set(able) <= {topic, _OPEN}:
                    able = [topic]
                if len(able) > 1 or able == [_OPEN]:
                    return None
                self.gender.setdefault(able[0], gender)
                if able[0] not in self.here:
                    self.here.append(able[0])
                return able[0]
        return None
