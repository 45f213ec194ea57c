"""Who held which post, and from when until when, as the text says it.

Before a name (President Smith), after it (Smith, leader of the League), with a verb (Smith was elected mayor in 1911),
and after a verb (the king dismissed Smith as chancellor). Posts are the nouns of ``language/<code>/offices.yml``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from testimonia.analysers.actors.spans import opens_sentence
from testimonia.analysers.posts import Post, Posts
from testimonia.analysers.tenures import Tenures
from testimonia.analysers.terms import Clauses
from testimonia.findings import Actor, Findings, Mention, Office
from testimonia.text import Document, Span

_LONGEST_VERB = 4
_LONGEST_BEFORE = 14  # words of the posts before a name
_LONGEST_BRACKET = 60  # words of a bracket between a name and its verb
_FURTHEST_VERB = 45  # words between a subject and its last verb
_ADDRESS = frozenset(("mr", "mrs", "ms", "miss", "dr", "sir"))
_CLAUSE_OPENERS = frozenset(
    ("when", "that", "while", "as", "because", "if", "before", "after", "but", "where", "until")
)
_ENDS = re.compile(r"[.;:!?\n“”\"]")


def find(document: Document, found: Findings) -> Findings:
    """Adds ``offices``; needs ``actors``, ``mentions`` and ``times``."""
    persons = {actor.id: actor for actor in found.actors if actor.kind == "person"}
    mentions = [m for m in found.mentions if m.actor in persons]
    if not mentions:
        return replace(found, offices=())
    reader = _Reader(document, found, persons)
    offices: dict[tuple[Span, str], Office] = {}
    for number, mention in enumerate(mentions):
        for office in reader.around(mention, number, mentions):
            offices.setdefault((office.office, office.actor), reader.tenures.of(office))
    ordered = sorted(offices.values(), key=lambda o: (min(o.mention.start, o.office.start), o.office))
    return replace(found, offices=tuple(ordered))


class _Reader:
    """Reads the words around the mentions of one document."""

    def __init__(self, document: Document, found: Findings, persons: dict[str, Actor]) -> None:
        self.text = document.text
        self.clauses = Clauses(document, found)
        self.tenures = Tenures(document, found, self.clauses)
        self.places = Posts(document, found, self.clauses, persons)
        self.rules = self.places.rules
        self.lists = self.places.lists
        self.words = self.places.words
        self.named = self.places.named
        self.name_starts = sorted(m.start for m in found.mentions if m.actor in persons and m.form == "name")
        self.all_posts = self.rules.posts | self.rules.plurals
        self.starts = {start: i for i, start in enumerate(self.words.start)}
        self.ends = {end: i for i, end in enumerate(self.words.end)}

    def around(self, mention: Mention, number: int, mentions: list[Mention]) -> list[Office]:
        """The posts that the words before and after one mention give to its actor."""
        first, last = self.starts.get(mention.start), self.ends.get(mention.end)
        if first is None or last is None:
            return []
        if mention.form == "pronoun":
            found = self._by_verb(mention, last) + self._by_further_verbs(mention, first, last)
            return found + (self._by_verb_before(mention, first, last) if self.words.lower[first] == "him" else [])
        found = [self._changed(self._left(office, last), last) for office in self._before(mention, first)]
        found += self._listed(mention, number, mentions) if not found else []
        found += self._apposed(mention, last)
        found += self._by_verb(mention, last)
        found += self._by_further_verbs(mention, first, last)
        found += self._by_verb_before(mention, first, last)
        return found

    # ------------------------------------------------------------ before the name

    def _before(self, mention: Mention, first: int) -> list[Office]:
        while first and self.words.lower[first - 1] in _ADDRESS and self.words.gap[first] in (" ", ". "):
            first -= 1
        if first and self.words.gap[first] == ". " and self.words.lower[first - 1] in self.rules.short:
            return [self._office(mention, Post(first - 1, first - 1))]
        if first == 0 or self.words.gap[first] not in (" ", ", ", "\n"):
            return []
        if self.words.gap[first] == ", ":
            return self._before_comma(mention, first)
        post = self.places.ending(first - 1, self.all_posts)
        return [self._office(mention, one) for one in ([post] if post else self._posts_before(first))]

    def _posts_before(self, first: int) -> list[Post]:
        """Secretary of the Treasury Smith; the secretary and chairman of the Weavers Smith."""
        for begin in range(max(0, first - _LONGEST_BEFORE), first - 2):
            if self.words.gap[begin][-1:] in ("’", "'") or (
                begin and self.places.belongs(begin - 1) and self._joins(begin)
            ):
                continue
            posts = self.places.all_from(begin, titles=True)
            if posts and posts[-1].last == first - 1 and self._joins(first):
                return posts
        return []

    def _joins(self, i: int) -> bool:
        return self.words.gap[i] == " "

    def _left(self, office: Office, last: int) -> Office:
        """Chancellor Smith resigned in 1920; its first secretary, Smith, served from 1903 until 1906."""
        for length in range(_LONGEST_VERB, 0, -1):
            end = last + length
            verb = tuple(self.words.lower[last + 1 : end + 1])
            if end < len(self.words) and verb in self.rules.served and self.words.gap[last + 1] in (" ", ", "):
                since, until = self.clauses.stated_after(self.words.end[end])
                return replace(office, since=office.since or since, until=office.until or until)
            if end < len(self.words) and self.rules.verbs.get(verb) == "losing" and self.words.gap[last + 1] == " ":
                return replace(office, until=self._when(self.words.end[end], office.mention.start))
        return office

    def _changed(self, office: Office, last: int) -> Office:
        """The abdication of Emperor Smith in 1917; in 1917 the coming to power of President Smith."""
        first = self.starts[office.office.start]
        first -= first > 1 and self.words.lower[first - 1] == "the"
        if first < 2 or self.words.lower[first - 1] != "of" or office.since or office.until:
            return office
        kind = self.rules.changes.get(self.words.lower[first - 2])
        when = self._when(self.words.end[last], self.words.start[first - 2]) if kind else None
        return replace(office, since=when) if kind == "gaining" else replace(office, until=when) if kind else office

    def _when(self, end: int, start: int) -> str | None:
        """The date of a change: beside its words, else the next one of the sentence before another person is named."""
        when = self.clauses.time_of(end, start)
        if when is not None:
            return when
        later = self.clauses.later(end)
        if later is None or bisect_left(self.name_starts, end) != bisect_left(self.name_starts, later[0]):
            return None
        return later[1]

    def _before_comma(self, mention: Mention, first: int) -> list[Office]:
        """Its chair, Joyce Smith; the president of the League, Joyce Smith: a determiner must begin it."""
        for begin in range(first - 1, max(-1, first - 12), -1):
            owned = self.words.gap[begin + 1][:1] in ("’", "'")
            if begin + 1 < first and not owned and self.words.gap[begin + 1] not in (" ", " & "):
                return []
            if self.words.lower[begin] in self.rules.determiners or owned:
                posts = self.places.all_from(begin + 1)
                if posts and posts[-1].last == first - 1:
                    return [self._office(mention, post) for post in posts]
        return []

    def _listed(self, mention: Mention, number: int, mentions: list[Mention]) -> list[Office]:
        """Senators Smith and Brown: the second of a list takes the plural before the first."""
        last = mention
        for before in reversed(mentions[max(0, number - 4) : number]):
            if self.text[before.end : last.start] not in (" and ", ", ", ", and "):
                return []
            first = self.starts.get(before.start)
            if first is None:
                return []
            if first and self.words.gap[first] == " ":
                post = self.places.ending(first - 1, self.rules.plurals)
                if post is not None:
                    return [self._office(mention, post)]
            last = before
        return []

    # ------------------------------------------------------------ after the name

    def _apposed(self, mention: Mention, last: int) -> list[Office]:
        """Smith, leader of the League; Smith (secretary of the League)."""
        i = last + 1
        if i >= len(self.words) or self.words.gap[i] not in (", ", " (", " – ", " — ", "—", ", ("):
            return []
        return [self._office(mention, post) for post in self.places.all_from(self.places.after_determiners(i))]

    # ------------------------------------------------------------ with a verb

    def _by_verb(self, mention: Mention, last: int) -> list[Office]:
        """Smith was elected mayor in 1911; Smith, who served as mayor from 1911 to 1920."""
        i = last + 1
        if i < len(self.words) and self.words.gap[i] == " (":
            i = self._after_bracket(i)
        if i >= len(self.words) or self.words.gap[i] not in (" ", ", ", ") ", "), "):
            return []
        found = self._verb_at(mention, i)
        if not found and self.words.gap[i] == ", ":  # Smith, a foreigner, was appointed
            j = self._after_inserted(i)
            if j < len(self.words) and self.words.gap[j] == ", ":
                found = self._verb_at(mention, j)
        return found

    def _after_inserted(self, i: int) -> int:
        """The word after the comma that closes what was inserted at ``i``; it may name no other person."""
        for j in range(i, min(len(self.words), i + 8)):
            if self.words.start[j] in self.named:
                break
            if j > i and self.words.gap[j] not in (" ", "’s ", "'s ", "’ "):
                return j
        return len(self.words)

    def _by_further_verbs(self, mention: Mention, first: int, last: int) -> list[Office]:
        """Smith resigned, was sworn in as judge and in 1683 became mayor: further verbs of one subject."""
        if not self._is_subject(first):
            return []
        found: list[Office] = []
        for i in range(last + 2, min(len(self.words), last + _FURTHEST_VERB)):
            gap = self.words.gap[i]
            if _ENDS.search(gap) or self.words.start[i] in self.named or self.words.gap[last + 1][:1] in ("’", "'"):
                break
            if self.words.lower[i - 1] in ("and", "then", "later") or gap == ", ":
                begin = self._after_date(i)
                found += [self._dated_before(office, i) for office in self._verb_at(mention, begin)]
        return found

    def _is_subject(self, first: int) -> bool:
        """Whether a holder is the subject of a clause: he and she, or a name with which a clause begins."""
        if first == 0 or self.words.lower[first] in ("he", "she"):
            return True
        begins = self.words.gap[first] == ", " or opens_sentence(self.words, first, self.lists)
        return begins or self.words.lower[first - 1] in _CLAUSE_OPENERS

    def _after_date(self, i: int) -> int:
        """And in 1683 was made: the word after a date that begins a clause."""
        if self.words.lower[i] not in ("in", "on") or i + 1 >= len(self.words):
            return i
        end = self.clauses.end_of(self.words.start[i + 1])
        return next((j for j in range(i + 1, min(len(self.words), i + 7)) if end and self.words.start[j] >= end), i)

    def _dated_before(self, office: Office, i: int) -> Office:
        when = self.clauses.date_between(self.words.start[i], office.office.start)
        return replace(office, since=when) if when and not office.until else office

    def _after_bracket(self, i: int) -> int:
        for j in range(i + 1, min(len(self.words), i + _LONGEST_BRACKET)):
            if ")" in self.words.gap[j]:
                return j
        return len(self.words)

    def _verb_at(self, mention: Mention, i: int) -> list[Office]:
        for length in range(_LONGEST_VERB, 0, -1):
            kind = self.rules.verbs.get(tuple(self.words.lower[i : i + length]))
            if kind is None:
                continue
            posts = self.places.all_from(self._after_links(self._after_agent(i + length)))
            return [self._dated(mention, post, kind) for post in posts]
        return []

    def _after_agent(self, i: int) -> int:
        """Was appointed by the government as secretary."""
        if self.words.lower[i : i + 1] == ["by"]:
            return next((j for j in range(i + 2, min(len(self.words), i + 7)) if self.words.lower[j] == "as"), i)
        return i

    def _after_links(self, i: int) -> int:
        for length in range(4, 0, -1):
            if tuple(self.words.lower[i : i + length]) in self.rules.links:
                return self.places.after_determiners(i + length)
        return self.places.after_determiners(i)

    def _by_verb_before(self, mention: Mention, first: int, last: int) -> list[Office]:
        """The king dismissed Smith as chancellor; the congress elected Smith secretary."""
        kind = self.rules.before.get(self.words.lower[first - 1]) if first else None
        i = last + 1
        if kind is None or self.words.gap[first] != " " or i >= len(self.words) or self.words.gap[i] != " ":
            return []
        after = self._after_links(i)
        posts = self.places.all_from(after) if kind == "gaining" or after > i else []
        return [self._dated(mention, post, kind) for post in posts]

    # ------------------------------------------------------------ the result

    def _office(self, mention: Mention, post: Post) -> Office:
        span = Span(self.words.start[post.first], self.words.end[post.last])
        since, until = self.clauses.stated_after(span.end)
        own = Span(mention.start, mention.end)
        return Office(own, span, mention.actor, post.organisation, since, until)

    def _dated(self, mention: Mention, post: Post, kind: str) -> Office:
        office = self._office(mention, post)
        if office.since or office.until or kind == "holding":
            return office
        when = self.clauses.time_of(office.office.end, mention.start)
        return replace(office, since=when) if kind == "gaining" else replace(office, until=when)
