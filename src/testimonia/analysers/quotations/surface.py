"""Indirect quotations by the order of words alone: what follows a verb, a noun or a phrase of reporting."""

from __future__ import annotations

from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.extents import LONGEST, Extents
from testimonia.analysers.quotations.ground import Clause, Ground
from testimonia.analysers.quotations.lexicon import BASE
from testimonia.analysers.quotations.speakers import Source, Speakers
from testimonia.text import Span

_REACH = 7  # words between a verb and its "that"
_FINITE_NEAR = 5  # the same where the clause begins with a word that may begin anything
_FINITE_REACH = 16  # words in which a clause without "that" has its verb


class Surface:
    """Goes through the clauses of a document once."""

    def __init__(self, ground: Ground, speakers: Speakers) -> None:
        self.ground = ground
        self.words = ground.words
        self.lexicon = ground.lexicon
        self.lists = ground.lexicon.words
        self.speakers = speakers
        self.extents = Extents(ground)

    def find(self, clause: Clause) -> list[Draft]:
        drafts: list[Draft] = []
        i = clause.first
        while i < clause.last:
            draft = None
            if self.words.lower[i] in self.lexicon.phrases:
                draft = _as(self._phrase(i, clause), "phrase")
            if draft is None:
                frames, width = self.ground.frames(i)
                if frames and i + width <= clause.last:
                    draft = self._verb(i, width, frames, clause, drafts)
            if draft is None and self.words.lower[i] in self.lexicon.nouns:
                draft = _as(self._noun(i, clause), "noun")
            if draft is not None:
                drafts.append(draft)
            i += 1
        return drafts

    # a verb and what follows it

    def _verb(self, i: int, width: int, frames: frozenset[str], clause: Clause, earlier: list[Draft]) -> Draft | None:
        if self.words.capital[i] and i > clause.first:
            return None
        cue = Span(self.words.start[i], self.words.end[i + width - 1])
        source = self._subject(i, clause, earlier)
        if source is not None and (
            self._is_own_opinion(i, source, frames) or (BASE in frames and not self.speakers.agrees(i, source))
        ):
            return None
        after = i + width
        beside = self._parenthesis(i, after, source, clause) if frames & {"clause", "that"} else None
        if beside is not None:
            return _as(beside, "parenthesis")
        start = self._content_start(i, after, frames, source, clause)
        if start is None:
            return self._with_person(i, after, frames, source, clause)
        if source is None or not (self.speakers.is_source(source) or self._is_after_that(start, source)):
            return None
        frame = self._frame(start, frames)
        return _as(self.extents.draft(start, cue, source, clause, matter=self._is_phrase(start, frames)), frame)

    def _frame(self, start: int, frames: frozenset[str]) -> str:
        before, first = self.words.lower[start - 1], self.words.lower[start]
        if before == "that":
            return "clause"
        if first == "to":
            return "infinitive"
        if f"with:{before}" in frames:
            return "with"
        if not self._is_phrase(start, frames):
            return "bare"
        return "naming" if "naming" in frames and "matter" not in frames else "matter"

    def _subject(self, i: int, clause: Clause, earlier: list[Draft]) -> Source | None:
        """Who does what the verb ``i`` says; "and warned" goes on with the speaker of the last cue."""
        joined = i > clause.first and self.words.lower[i - 1] in self.lists.coordinators
        if joined and earlier and earlier[-1].source is not None and earlier[-1].source.last < i:
            return earlier[-1].source
        return self.speakers.subject(i, clause.first)

    def _is_own_opinion(self, i: int, source: Source, frames: frozenset[str]) -> bool:
        """I think, I hope: said of oneself, now."""
        return (
            BASE in frames and self.words.lower[source.last] in ("i", "we", "you") and self.words.lower[i - 1] != "to"
        )

    def _content_start(
        self, i: int, after: int, frames: frozenset[str], source: Source | None, clause: Clause
    ) -> int | None:
        """Number of the word with which the content begins, or None."""
        words = self.words
        j = self._over_small_words(after, clause)
        if j >= clause.last:
            return None
        lower, gap = words.lower[j], words.gap[j]
        takes_that = frames & {"clause", "that", "matter", "addressed"}
        plain = not any(c in gap for c in ".;!?)")
        if takes_that and plain:
            that = self._that(after, frames, clause)
            if that is not None:
                return that
            if lower in self.lists.question_words and gap == " " and frames & {"clause", "that", "addressed"}:
                asks = words.lower[i].startswith("ask")
                return (
                    j if lower in ("whether", "how", "why") or asks or (lower == "what" and "that" in frames) else None
                )
        if "infinitive" in frames and lower == "to" and gap == " " and not self._is_passive(i):
            return j
        if "clause" in frames and source is not None and self._is_relative(j, gap, source, clause):
            return j
        if "naming" in frames or "as" in frames:
            named = self._after_reflexive(j, clause)
            if named is not None:
                return named
        if gap not in (" ", " “", " ‘", ' "', " '", " `` ", ' " ', " ‘"):
            return None
        if "clause" in frames and self._has_own_subject(i) and self._begins_clause(j, clause):
            return j
        if "matter" in frames and self._begins_phrase(j) and source is not None and not self._is_passive(i):
            return j
        return self._after_small(j, frames, clause)

    def _is_after_that(self, start: int, source: Source) -> bool:
        """Whether "that" stands before the content: then whatever is the subject speaks (the agreement stated that)."""
        lower = self.words.lower
        return lower[start - 1] == "that" and lower[source.last] not in self.lists.no_source

    def _has_own_subject(self, i: int) -> bool:
        """Not "in writing" or "of thinking": there only "that" tells that a clause follows."""
        before = self.words.lower[i - 1] if i else ""
        return not self.words.lower[i].endswith("ing") or before not in self.lists.joins | self.lists.away

    def _is_relative(self, j: int, gap: str, source: Source, clause: Clause) -> bool:
        """Which X argue must not …; X argues, the …"""
        words = self.words
        if gap == " " and words.lower[j] in self.lists.finite:
            return source.first > clause.first and words.lower[source.first - 1] in self.lists.relatives
        opens = source.first == clause.first or (
            words.lower[clause.first] in self.lists.openers and source.first == clause.first + 1
        )
        return gap == ", " and opens and words.lower[j] in self.lists.starts

    def _after_reflexive(self, j: int, clause: Clause) -> int | None:
        """Called himself X; described themselves as X."""
        words = self.words
        if words.lower[j] not in self.lists.reflexives or j + 1 >= clause.last or words.gap[j + 1] != " ":
            return None
        following = j + 1
        if words.lower[following] == "as" and following + 1 < clause.last:
            following += 1
        return following if words.lower[following] not in self.lists.joins | self.lists.stops else None

    def _over_small_words(self, j: int, clause: Clause) -> int:
        words, lists = self.words, self.lists
        while j < clause.last and words.gap[j].strip() in ("", ","):
            lower = words.lower[j]
            if lower in lists.weekdays:
                j += 1
            elif lower == "on" and j + 1 < clause.last and words.lower[j + 1] in lists.weekdays:
                j += 2
            elif (lower.endswith("ly") and len(lower) > 4) or lower in ("again", "also", "later"):
                j += 1
            else:
                break
        return j

    def _that(self, after: int, frames: frozenset[str], clause: Clause) -> int | None:
        """The word after "that", within reach; what stands between is enclosed in commas, or has none."""
        words = self.words
        commas = 0
        for j in range(after, min(after + _REACH, clause.last - 1)):
            commas += words.gap[j].count(",")
            if words.lower[j] == "that":
                if commas % 2:
                    return None
                if j == after and not self._is_that_clause(j, clause):
                    return None
                return j + 1
            if any(c in words.gap[j] for c in ".;:!?") or words.lower[j] in self.lists.stops - {"by", "also", "not"}:
                return None
            if words.lower[j] in self.lexicon.verbs and words.lower[j] not in self.lexicon.nouns:
                return None
        return None

    def _is_that_clause(self, j: int, clause: Clause) -> bool:
        """Whether "that" begins a clause, not "said that much" or "said that."."""
        following = j + 1
        return following < clause.last and not any(c in self.words.gap[following] for c in ".;:!?")

    def _begins_clause(self, j: int, clause: Clause) -> bool:
        """Whether a clause without "that" begins: a usual beginning or a name, and a verb that is finite."""
        words, lists = self.words, self.lists
        lower = words.lower[j]
        if lower in ("it", "this", "that", "so", "the", "a") and j + 1 >= clause.last:
            return False
        plain = lower in lists.starts or words.capital[j] or lower[0].isdigit() or lower.endswith("s")
        if not plain and (lower in lists.joins | lists.stops | lists.away or lower.endswith("ly") or lower == "to"):
            return False
        for k in range(j + 1, min(j + (_FINITE_REACH if plain else _FINITE_NEAR), clause.last)):
            word = words.lower[k]
            if "." in words.gap[k] or ";" in words.gap[k] or ("," in words.gap[k] and words.lower[k] in lists.stops):
                return False
            if (
                word in self.lists.finite
                or (word.endswith(("n't", "n’t")))
                or words.gap[k].strip() == "’s"
                or words.gap[k].strip() == "'s"
            ):
                return True
            if word.endswith("ed") and words.lower[k - 1] not in ("the", "a", "an", "of"):
                return True
        return "’" in lower or "'" in lower

    def _begins_phrase(self, j: int) -> bool:
        lower = self.words.lower[j]
        return (
            lower not in self.lists.joins
            and lower not in self.lists.stops
            and not lower.endswith("ly")
            and lower != "to"
        )

    def _is_passive(self, i: int) -> bool:
        return any(self.words.lower[k] in self.lists.passive for k in range(max(0, i - 2), i))

    def _after_small(self, j: int, frames: frozenset[str], clause: Clause) -> int | None:
        lower = self.words.lower[j]
        if f"with:{lower}" in frames and j + 1 < clause.last and self.words.gap[j + 1] != ", ":
            return j + 1
        return None

    def _is_phrase(self, start: int, frames: frozenset[str]) -> bool:
        """Whether what begins with the word ``start`` is a noun phrase or an infinitive."""
        lower = self.words.lower
        return lower[start - 1] != "that" and (lower[start] == "to" or "clause" not in frames)

    # a verb, a person, and what is said of or to that person

    def _with_person(
        self, i: int, after: int, frames: frozenset[str], source: Source | None, clause: Clause
    ) -> Draft | None:
        words = self.words
        cue = [Span(words.start[i], words.end[after - 1])]
        if after >= clause.last or any(c in words.gap[after] for c in ".;:!?,("):
            return None
        for j in range(after, min(after + 12, clause.last - 1)):
            lower = words.lower[j]
            if j > after and any(c in words.gap[j] for c in ";:"):
                break
            if lower == "to" and "addressed" in frames and j > after and self._is_named(source):
                return _as(self.extents.draft(j, cue[0], source, clause), "infinitive")
            if lower == "as" and "as" in frames and j > after:
                return self._described(i, after, j, cue, source, clause)
            if f"person:{lower}" in frames and j > after and self._is_named(source):
                cue.append(Span(words.start[j], words.end[j]))
                draft = self.extents.draft(j + 1, cue[0], source, clause)
                if draft is not None:
                    draft.cue = cue
                return _as(draft, "with")
            if lower in self.lists.relatives | self.lists.coordinators and j > after:
                break
        return None

    def _described(
        self, i: int, after: int, j: int, cue: list[Span], source: Source | None, clause: Clause
    ) -> Draft | None:
        """Described X as Y: the content is "X as Y"; was described by X as Y: it is what was described, and Y."""
        words = self.words
        if words.lower[after] == "by" and self._is_passive(i):
            speaker = self.speakers.after(after + 1, j)
            if speaker is None or source is None:
                return None
            end = self.extents.end(j + 1, clause)
            spans = [Span(source.start, source.end), Span(words.start[j + 1], end)]
            return _as(Draft("indirect", spans, [*cue, Span(words.start[j], words.end[j])], speaker), "as")
        if not self._is_named(source) or self._is_passive(i):
            return None
        return _as(self.extents.draft(after, cue[0], source, clause), "as")

    def _is_named(self, source: Source | None) -> bool:
        return source is not None and self.speakers.is_source(source)

    # said she, the mayor argues, according to

    def _parenthesis(self, i: int, after: int, source: Source | None, clause: Clause) -> Draft | None:
        """CONTENT, X said, CONTENT; CONTENT, X said."""
        words = self.words
        tail = self.ground.text[words.end[after - 1] : words.end[after - 1] + 2].strip()
        if source is None or not (tail[:1] in (",", ".", "") or after >= clause.last):
            return None
        if after < clause.last and not words.gap[after].lstrip().startswith(","):
            return None
        if "," not in words.gap[source.first] and not (
            source.first > clause.first and words.lower[source.first - 1] == "as"
        ):
            return None
        left = self._left(source.first, clause)
        if not self.speakers.is_source(source) or source.first == clause.first:
            return None
        if left is not None and self.ground.is_mark_end(left.end, words.start[source.first]):
            return None
        spans = [left] if left is not None else []
        if after < clause.last:
            right = Span(words.start[after], self.extents.end(after, clause))
            spans.append(right)
        cue = Span(words.start[i], words.end[after - 1])
        return Draft("indirect", spans, [cue], source) if spans else None

    def _left(self, word: int, clause: Clause) -> Span | None:
        """What stands before a parenthesis, without its comma and an "as" before it."""
        words = self.words
        if word > clause.first and words.lower[word - 1] == "as":
            word -= 1
        first = clause.first
        while first < word and words.lower[first] in self.lists.openers and words.gap[first + 1].strip() in ("", ","):
            first += 1
        if word <= first or word - first > LONGEST:
            return None
        return Span(words.start[first], words.end[word - 1])

    def _phrase(self, i: int, clause: Clause) -> Draft | None:
        words = self.words
        for phrase in self.lexicon.phrases[words.lower[i]]:
            if tuple(words.lower[i : i + len(phrase)]) == phrase:
                break
        else:
            return None
        after = i + len(phrase)
        source = self.speakers.after(after, clause.last)
        if source is None:
            return None
        cue = Span(words.start[i], words.end[after - 1])
        following = source.last + 1
        beyond = min(clause.last, following + LONGEST)
        while following < beyond and "," not in words.gap[following]:
            following += 1
        following = clause.last if following == beyond else following
        spans = []
        left = self._left(i, clause)
        if left is not None and left.end - left.start > 3 and "," not in words.gap[i] and following < clause.last:
            following = clause.last
        if left is not None and self.ground.count(*left) > 1:
            spans.append(left)
        if following < clause.last:
            spans.append(Span(words.start[following], self.extents.end(following, clause)))
        return Draft("indirect", spans, [cue], source) if spans else None

    # his claim that

    def _noun(self, i: int, clause: Clause) -> Draft | None:
        words = self.words
        for link in self.lexicon.noun_links:
            if tuple(words.lower[i + 1 : i + 1 + len(link)]) == link:
                break
        else:
            return None
        start = i + 1 + len(link)
        if start >= clause.last or words.gap[i + 1] != " ":
            return None
        source = self._possessor(i, clause)
        if source is None:
            return None
        return self.extents.draft(start, Span(words.start[i], words.end[i]), source, clause)

    def _possessor(self, i: int, clause: Clause) -> Source | None:
        words = self.words
        for j in range(i, max(clause.first, i - 4), -1):
            if words.gap[j].startswith(("’s", "'s", "‘s", "’ ", "' ")):
                return self.speakers.phrase(j - 1, clause.first)
            if words.lower[j - 1] in self.lists.possessives:
                return Source(words.start[j - 1], words.end[j - 1], j - 1, j - 1)
        if i > clause.first + 2 and words.lower[i - 1] in ("the", "a", "an"):
            return self.speakers.first_subject(i - 2, clause.first)
        return None


def _as(draft: Draft | None, frame: str) -> Draft | None:
    if draft is not None:
        draft.reason = frame
    return draft
