"""Where posts stand in a text and how far they reach: "chairwoman of the Weavers’ Guild", "former foreign minister"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from testimonia.analysers.actors.lists import Lists, OfficeRules, lists, office_rules
from testimonia.analysers.actors.tokens import Tokens, tokens_of
from testimonia.analysers.terms import Clauses
from testimonia.findings import Actor, Findings
from testimonia.text import Document

_WORDS_BEFORE = 6
_WORDS_AFTER = 14
_PREPOSITIONS = frozenset(("of", "for", "at", "to", "in"))


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a language, ready for looking up phrases of words."""

    posts: frozenset[tuple[str, ...]]
    plurals: frozenset[tuple[str, ...]]
    verbs: dict[tuple[str, ...], str]  # phrase -> holding, gaining or losing
    before: dict[str, str]  # word before the holder -> giving or taking
    changes: dict[str, str]  # noun before "of" and the holder -> gaining or losing
    links: frozenset[tuple[str, ...]]
    served: frozenset[tuple[str, ...]]
    short: frozenset[str]
    determiners: frozenset[str]
    qualifiers: frozenset[str]
    stops: frozenset[str]


@cache
def rules_of(code: str) -> Rules:
    rules: OfficeRules = office_rules(code)
    posts = {tuple(noun.split()) for noun in (*rules.titles, *rules.nouns, *rules.phrases)}
    plurals = {(*post[:-1], post[-1] + "s") for post in posts if "of" not in post}
    verbs = {}
    for kind, phrases in (("holding", rules.holding), ("gaining", rules.gaining), ("losing", rules.losing)):
        verbs.update({tuple(phrase.split()): kind for phrase in phrases})
    return Rules(
        posts=frozenset(posts),
        plurals=frozenset(plurals),
        verbs=verbs,
        before={**dict.fromkeys(rules.giving, "gaining"), **dict.fromkeys(rules.taking, "losing")},
        changes={**dict.fromkeys(rules.gains, "gaining"), **dict.fromkeys(rules.losses, "losing")},
        links=frozenset(tuple(link.split()) for link in rules.links),
        served=frozenset(tuple(phrase.split()) for phrase in rules.served),
        short=frozenset(rules.short),
        determiners=frozenset(rules.determiners),
        qualifiers=frozenset(rules.qualifiers),
        stops=frozenset(rules.stops),
    )


@dataclass(frozen=True, slots=True)
class Post:
    """A post where it stands: its words ``first`` to ``last`` (inclusive), and the body named with it."""

    first: int
    last: int
    organisation: str | None = None


class Posts:
    """The words of one document, with the names of its persons and bodies."""

    def __init__(self, document: Document, found: Findings, clauses: Clauses, persons: dict[str, Actor]) -> None:
        self.rules = rules_of(document.language)
        self.lists: Lists = lists(document.language)
        self.words: Tokens = tokens_of(document.text, self.lists.tails)
        self.clauses = clauses
        self.named = {m.start for m in found.mentions if m.actor in persons}
        self.bodies = {m.start: m for m in found.mentions if m.actor not in persons}
        self.names = {actor.id: actor.name for actor in found.actors}

    def ending(self, last: int, posts: frozenset[tuple[str, ...]]) -> Post | None:
        """The post whose last word is ``last``, with nationality, body and qualifiers before it."""
        begin = self._noun_ending(last, posts)
        if begin is None or (len(self.words.word[begin]) == 1):
            return None
        stop = begin
        while begin > 0 and stop - begin < _WORDS_BEFORE and self.words.gap[begin] == " " and self.belongs(begin - 1):
            begin -= 1
        while begin < stop and self.words.lower[begin] in self.lists.openers:
            begin += 1
        return Post(begin, last, self._body_in(begin, stop))

    def _noun_ending(self, last: int, posts: frozenset[tuple[str, ...]]) -> int | None:
        for length in (5, 4, 3, 2, 1):
            begin = last - length + 1
            if begin >= 0 and tuple(self.words.lower[begin : last + 1]) in posts:
                return begin
        return None

    def belongs(self, i: int) -> bool:
        """Whether word ``i`` may stand before the noun of a post as a part of it."""
        lower = self.words.lower[i]
        if self.words.start[i] in self.named:
            return False
        if self.words.capital[i] and lower not in self.lists.openers:
            return True
        return lower in self.rules.qualifiers or lower == "&"

    def _body_in(self, first: int, stop: int) -> str | None:
        for i in range(first, stop):
            mention = self.bodies.get(self.words.start[i])
            if mention is not None:
                return self.names[mention.actor]
        return None

    def after_determiners(self, i: int) -> int:
        while i < len(self.words) and self.words.lower[i] in self.rules.determiners:
            i += 1
        return i

    def all_from(self, i: int, titles: bool = False) -> list[Post]:
        """The post that begins at word ``i``, and those joined to it by "and" or a comma; ``titles``: also where they
        are the titles of the next name."""
        posts: list[Post] = []
        while len(posts) < 4:
            post = self._post_at(i)
            if post is None or (not titles and self._is_title_of_next(post)):
                return posts
            posts.append(post)
            i = post.last + 1
            if i + 1 >= len(self.words):
                return posts
            if self.words.lower[i] == "and" and self.words.gap[i] in (" ", ", "):
                i = self.after_determiners(i + 1)
            elif self.words.gap[i] == ", ":
                i = self.after_determiners(i)
            else:
                return posts
        return posts

    def _is_title_of_next(self, post: Post) -> bool:
        """Whether the post is the title of the next name, as in a list (Smith, President Brown)."""
        i = post.last + 1
        return i < len(self.words) and self.words.gap[i] == " " and self.words.start[i] in self.named

    def _post_at(self, i: int) -> Post | None:
        """The post that begins at word ``i``: words that belong to it, its noun, what it is a post of."""
        first = i
        while i < len(self.words) and i - first <= _WORDS_BEFORE:
            if i > first and self.words.gap[i] not in (" ", "’s ", "'s ", "’ ", "' "):
                return None
            length = self._noun_at(i)
            if length and not self._noun_at(i + length):
                last = self._complement_end(i + length - 1)
                return Post(first, last, self._body_in(first, last + 1))
            if not length and not self.belongs(i):
                return None
            i += length or 1
        return None

    def _noun_at(self, i: int) -> int:
        """How many words from ``i`` on are the noun of a post; 0 for none."""
        for length in (5, 4, 3, 2, 1):
            if tuple(self.words.lower[i : i + length]) in self.rules.posts:
                return min(length, len(self.words) - i)
        return 0

    def _complement_end(self, last: int) -> int:
        """The last word of "of the League", "for trade", "at the University of X" after the noun of a post."""
        i = last + 1
        if i + 1 >= len(self.words) or self.words.gap[i] != " " or self.words.lower[i] not in _PREPOSITIONS:
            return last
        if self.words.lower[i] in ("in", "to", "for") and not self._names_body(i + 1):
            return last
        end, small = last, 0
        for j in range(i + 1, min(len(self.words), i + _WORDS_AFTER)):
            if self.words.gap[j] not in (" ", "’s ", "'s ", "’ ", " & ", "\n"):
                break
            if self._begins_another(j):
                break
            lower = self.words.lower[j]
            if self.words.capital[j] and lower not in ("he", "she", "i"):
                end, small = j, 0
            elif lower in ("the", "of", "a", "an", "his", "her", "its", "their") or (
                lower in ("and", "for", "at", "in") and self._goes_on(j)
            ):
                continue
            elif lower in self.rules.stops or small >= 2:
                break
            else:
                small += 1
                end = j if small == 1 or self._at_edge(j) else end
        return end

    def _begins_another(self, j: int) -> bool:
        """Whether at ``j`` the holder's name or a time begins, and the complement of the post has ended."""
        named = self.words.start[j] in self.named and self.words.capital[j - 1]
        return named or self.clauses.begins(self.words.start[j])

    def _names_body(self, i: int) -> bool:
        j = i + (self.words.lower[i] in ("the", "a", "an") and i + 1 < len(self.words))
        return self.words.capital[j]

    def _goes_on(self, j: int) -> bool:
        """Whether after "and", "at" … at ``j`` the name of a body goes on: a capital that begins no person's name."""
        k = j + 1
        if k < len(self.words) and self.words.lower[k] == "the":
            k += 1
        if k >= len(self.words) or not self.words.capital[k] or self.words.start[k] in self.named:
            return False
        return self.words.lower[j] != "and" or (self.words.capital[j - 1] and not self._noun_at(k))

    def _at_edge(self, j: int) -> bool:
        return j + 1 >= len(self.words) or self.words.gap[j + 1][:1] in (",", ".", ";", ")", ":", "\n", "!", "?")
