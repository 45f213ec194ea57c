"""Whom a description means that names nobody: "the prime minister", "the company", "NAME, chief of police"."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from testimonia.analysers.actors.lists import lists
from testimonia.analysers.quotations.dialogue.rules import rules
from testimonia.analysers.quotations.ground import Ground
from testimonia.findings import Mention

if TYPE_CHECKING:
    from testimonia.analysers.quotations.speakers import Source

_LONGEST_TITLE = 4  # words of a title before a name
_LONGEST_COMMA = 12  # words of a description between commas
_NEAR = 700  # code points back to the body that "the company" means
_CLEAR = 2  # times that the body which a text is about is named more often than the next
_SHORT = 3  # words of a description of a body


class Descriptions:
    """Reads titles beside names once, when they are first asked for."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.words = ground.words
        self.lists = lists(ground.document.language)
        self.rules = rules(ground.document.language)

    def meant(self, source: Source) -> str | None:
        """The actor whom a phrase describes; None where it is not told, or where two could be meant."""
        return self._before_comma(source) or self._holder(source) or self._body(source)

    # a name before a comma

    def _before_comma(self, source: Source) -> str | None:
        """Anna Holm, owner and director of the mill, said: who stands before the comma."""
        words = self.words
        first = source.first
        while (
            first > max(0, source.first - _LONGEST_COMMA) and words.gap[first] == " " and not words.capital[first - 1]
        ):
            first -= 1
        if not first or words.gap[first].strip() != "," or words.lower[source.first] in self.lists.pronouns:
            return None
        mention = self.ground.mention_that_ends(words.end[first - 1])
        actor = self.ground.actors.get(mention.actor) if mention is not None and mention.form == "name" else None
        if mention is None or actor is None or actor.kind != "person":
            return None
        following = source.last + 1
        closed = following < len(words) and words.gap[following].strip()[:1] in (",", ")")
        titled = any(words.lower[k] in self.lists.titles for k in range(first, source.last + 1))
        opens = self.ground.word_at(self.ground.sentence_before(mention.start + 1)) == self.ground.word_at(
            mention.start
        )
        return actor.id if titled and (closed or opens) else None

    # who bears a title

    @cached_property
    def _titled(self) -> dict[tuple[str, ...], set[str]]:
        """{words of a title: persons before whose name it stands, or after it and a comma}."""
        found: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for mention in self.ground.mentions:
            if mention.form != "name" or self.ground.actors[mention.actor].kind != "person":
                continue
            titles = (*self._titles_before(mention), *self._titles_after(mention), *self._titles_of(mention))
            for title in titles:
                found[title].add(mention.actor)
        return found

    def _titles_before(self, mention: Mention) -> list[tuple[str, ...]]:
        words = self.words
        first = self.ground.word_at(mention.start)
        if first >= len(words):
            return []
        titles: list[tuple[str, ...]] = []
        for k in range(first - 1, max(-1, first - 1 - _LONGEST_TITLE), -1):
            if words.gap[k + 1] != " " or words.lower[k] in self.rules.determiners:
                break
            title = tuple(words.lower[k:first])
            if title in self.lists.title_phrases or (len(title) == 1 and title[0] in self.lists.titles):
                titles.append(title)
        return titles[-1:]

    def _titles_after(self, mention: Mention) -> list[tuple[str, ...]]:
        words = self.words
        after = self.ground.word_at(mention.end)
        if after >= len(words) or words.gap[after].strip() != ",":
            return []
        after += words.lower[after] in self.rules.determiners
        for length in range(_LONGEST_TITLE, 0, -1):
            title = tuple(words.lower[after : after + length])
            if title in self.lists.title_phrases or (length == 1 and title and title[0] in self.lists.titles):
                return [title] if self._ends(after + length) else []
        return []

    def _ends(self, word: int) -> bool:
        """Whether a description ends before ``word``, or goes on with whose it is."""
        words = self.words
        return word >= len(words) or words.gap[word] != " " or words.lower[word] in self.rules.going_on

    def _titles_of(self, mention: Mention) -> list[tuple[str, ...]]:
        """The mayor of Aldby, Mr. Holm."""
        words = self.words
        k = self.ground.word_at(mention.start)
        while k > 0 and words.gap[k] in (" ", ". ") and words.lower[k - 1] in self.lists.titles:
            k -= 1
        if not 0 < k < len(words) or words.gap[k].strip() != ",":
            return []
        low = max(0, k - _LONGEST_COMMA)
        begin = next(
            (i for i in range(k - 1, low, -1) if words.lower[i] in self.rules.definite or words.gap[i] != " "), None
        )
        if begin is None or words.lower[begin] not in self.rules.definite:
            return []
        for length in range(_LONGEST_TITLE, 0, -1):
            title = tuple(words.lower[begin + 1 : begin + 1 + length])
            if title in self.lists.title_phrases or (length == 1 and title[0] in self.lists.titles):
                return [title]
        return []

    def _holder(self, source: Source) -> str | None:
        """The prime minister: the one person whom the text gives the title."""
        words = self.words
        if words.lower[source.first] not in self.rules.definite:
            return None
        title = tuple(words.lower[source.first + 1 : source.last + 1])
        holders = self._titled.get(title, set()) if title else set()
        return next(iter(holders)) if len(holders) == 1 else None

    # the body that was named before

    def _body(self, source: Source) -> str | None:
        """The company: the one body of the sentences before, or the one that the text is about."""
        words = self.words
        if words.lower[source.first] not in self.rules.definite or source.last - source.first >= _SHORT:
            return None
        head = words.lower[source.last]
        if head not in self.rules.bodies or any(words.capital[k] for k in range(source.first + 1, source.last + 1)):
            return None
        begin = self.ground.sentence_before(source.start + 1)
        for _ in range(2):
            named = self._bodies(max(begin, source.start - _NEAR), source.start, head)
            if len(named) == 1:
                return next(iter(named))
            if named:
                break
            begin = self.ground.sentence_before(begin)
        return self._topic if self._topic is not None and (not named or self._topic in named) else None

    def _bodies(self, start: int, end: int, head: str) -> set[str]:
        actors = self.ground.actors
        found = {m.actor for m in self.ground.mentions_in(start, end) if actors[m.actor].kind == "organisation"}
        alike = {actor for actor in found if actors[actor].name.lower().endswith(head)}
        return alike or found

    @cached_property
    def _topic(self) -> str | None:
        """The body named far more often than any other."""
        actors = self.ground.actors
        counts = Counter(m.actor for m in self.ground.mentions if actors[m.actor].kind == "organisation")
        ranked = counts.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] < _CLEAR * ranked[1][1]):
            return None
        return ranked[0][0]
