"""Speech tags: the verb of speech and the speaker beside words in marks."""

from __future__ import annotations

import re

from testimonia.analysers.quotations.asides import mark_rules
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.marks import Marked
from testimonia.analysers.quotations.speakers import Source, Speakers
from testimonia.text import Span

_TAG_REACH = 14  # words between marks and the verb of a tag
_FAR_REACH = 30  # the same where a comma stands before the verb, after what the speaker is
_LONGEST_REST = 240  # code points after marks in which a tag behind the rest of the sentence is looked for
_MOST_COMMAS = 3
_DASHES = ("–", "—", "―", "--", "-")
_BEFORE_TAG = (",", "?", "!")
_STOPS = ".!?…,—–-;"
_BREAK = re.compile(r"[“”\"‘;:\n]|''|``|[.!?]\s")

Tag = tuple[Span, Source | None]


class Tags:
    """Finds the tag of a marked stretch: the span of its cue, and the speaker where the tag names one."""

    def __init__(self, ground: Ground, speakers: Speakers) -> None:
        self.ground = ground
        self.words = ground.words
        self.lexicon = ground.lexicon
        self.lists = ground.lexicon.words
        self.speakers = speakers
        self.whole = set(ground.whole)
        self.rules = mark_rules(ground.document.language)

    # the tag after the marks

    def after(self, mark: Marked) -> Tag | None:
        words = self.words
        first = self.ground.word_at(mark.end)
        inner = self.ground.inner(mark)
        stop = self.ground.text[inner.start : inner.end].rstrip("’”'\"")[-1:]
        if first >= len(words) or words.start[first] - mark.end > 6:
            return None
        gap = self.ground.text[mark.end : words.start[first]]
        if "\n\n" in gap or any(c in gap for c in '.;:!?“”"‘»(`'):
            return None
        if stop == "." and words.capital[first]:
            return None
        if (
            stop not in (",", "?", "!", "—", "-", "–", "…", ".", ";")
            and "," not in gap
            and "—" not in gap
            and "–" not in gap
            and "-" not in gap
        ):
            return None
        ceiling = self._ceiling(first)
        verb = self._first_verb(first, ceiling)
        if verb is None:
            return self._unknown(mark, first, stop)
        cue = Span(words.start[verb], words.end[verb])
        if verb == first or all(self.speakers.skips(k) for k in range(first, verb)):
            source = self.speakers.after(verb + 1, ceiling)
            if (
                source is None
                or words.lower[source.first] in self.lists.objects - {"people"}
                or not self.speakers.is_source(source)
            ):
                return None if mark not in self.whole else (cue, None)
            return cue, source
        source = self.speakers.before(verb, first)
        if source is None or source.first > first + (0 if self._is_part(mark) else 2):
            source = self._described(first, verb)
        return (cue, source) if source is not None else None

    def _described(self, first: int, verb: int) -> Source | None:
        """NAME, a long description, said: the name directly after the marks, where commas set the description off."""
        mention = self.ground.mention_of_word(first)
        if mention is None or "," not in self.words.gap[verb] or self.ground.text[mention.end : mention.end + 1] != ",":
            return None
        return Source(mention.start, mention.end, first, self.ground.word_at(mention.end) - 1)

    def _unknown(self, mark: Marked, first: int, stop: str) -> Tag | None:
        """“…,” enthused NAME: a verb that no list has, where only a tag can stand."""
        words = self.words
        if stop not in _BEFORE_TAG or mark not in self.whole or first + 1 >= len(words) or words.capital[first]:
            return None
        mention = self.ground.mention_of_word(first + 1)
        if mention is None or words.gap[first + 1] != " " or not words.lower[first].endswith(self.rules.past):
            return None
        last = self.ground.word_at(mention.end) - 1
        return Span(words.start[first], words.end[first]), Source(mention.start, mention.end, first + 1, last)

    def _is_part(self, mark: Marked) -> bool:
        """Whether the words in marks go on with a sentence."""
        return mark.width > 0 and mark not in self.whole and self.ground.text[mark.start - 1 : mark.start] == " "

    def _ceiling(self, first: int) -> int:
        """The word beyond the end of the tag's sentence."""
        words = self.words
        for j in range(first + 1, min(first + 30, len(words))):
            gap = words.gap[j]
            if (
                "\n\n" in gap
                or any(c in gap for c in '“"”;:!?')
                or (". " in gap and words.capital[j] and not len(words.word[j - 1]) <= 3)
            ):
                return j
        return min(first + 30, len(words))

    def _first_verb(self, first: int, ceiling: int) -> int | None:
        for j in range(first, min(first + _FAR_REACH, ceiling)):
            if self.words.capital[j] or (j >= first + _TAG_REACH and "," not in self.words.gap[j]):
                continue
            frames = self.lexicon.verbs.get(self.words.lower[j])
            if frames and frames & {"clause", "that", "addressed", "utterance"} and not self._is_noun(j, first):
                return j
        return None

    def _is_noun(self, j: int, first: int) -> bool:
        return j > first and self.words.lower[j - 1] in self.lists.before_nouns

    # the tag before the marks

    def before(self, mark: Marked) -> Tag | None:
        """X said, “…”; X said: “…”; X called it “…”; in the same sentence, before the marks."""
        words = self.words
        last = self.ground.word_at(mark.start) - 1
        if last < 0 or mark.start - words.end[last] > 6:
            return None
        gap = self.ground.text[words.end[last] : mark.start]
        if "\n\n" in gap and ":" not in gap:
            return None
        if any(c in gap for c in '.;!?)”"'):
            return None
        floor = self._floor(last)
        for j in range(last, max(floor - 1, last - _TAG_REACH), -1):
            frames = self.lexicon.verbs.get(words.lower[j])
            if not frames or (j > floor and self._is_noun(j, floor)) or (words.capital[j] and j > floor):
                continue
            near = 0 if mark in self.whole else last - j
            if not (
                ":" in gap or "," in gap or near == 0 or (near <= 3 and words.lower[last] in self.lists.before_marks)
            ):
                continue
            if self._is_naming(j, frames) and mark not in self.whole:
                return None
            source = self.speakers.subject(j, floor) or (
                self.speakers.after(j + 1, last + 1) if ":" in gap or "," in gap else None
            )
            return Span(words.start[j], words.end[j]), source
        return None

    def _is_naming(self, j: int, frames: frozenset[str]) -> bool:
        """Was called, is known as: a name, not somebody's words."""
        return "naming" in frames and any(self.words.lower[k] in self.lists.passive for k in range(max(0, j - 2), j))

    def _floor(self, last: int) -> int:
        words = self.words
        for j in range(last, max(0, last - 40), -1):
            gap = words.gap[j]
            if (
                "\n\n" in gap
                or any(c in gap for c in '“”";:!?')
                or (". " in gap and words.capital[j] and len(words.word[j - 1]) > 3)
            ):
                return j
        return max(0, last - 40)

    # behind words that follow the marks; names

    def behind(self, mark: Marked, begin: int) -> tuple[int, Tag] | None:
        """A tag at the end of the sentence, after words that follow the marks: where the content ends, and the tag."""
        text = self.ground.text
        inner = self.ground.inner(mark)
        if text[inner.end - 1] in _STOPS or not mark.closed:
            return None
        comma = mark.end
        for _ in range(_MOST_COMMAS):
            comma = text.find(",", comma, mark.end + _LONGEST_REST)
            if comma < 0 or _BREAK.search(text, mark.end, comma) is not None:
                return None
            comma += 1
            tag = self.after(Marked(begin, comma, False, True, 0))
            if tag is not None and tag[1] is not None and min(tag[0].start, tag[1].start) <= comma + 1:
                return comma - 1, tag
        return None

    def ends_sentence(self, tag: Tag) -> bool:
        """Whether nothing follows the tag that its verb could govern."""
        edges = [tag[0].end, *([tag[1].end] if tag[1] is not None else [])]
        following = self.ground.word_at(max(edges))
        gap = self.ground.text[max(edges) : max(edges) + 1]
        return gap in ("", ".", ",", ";", "\n") or (
            following < len(self.words) and self.words.lower[following] in self.lists.away | self.lists.joins
        )

    def is_adjacent(self, cue: Span, mark: Marked) -> bool:
        """Whether nothing but a comma or a colon stands between the cue and the marks."""
        return self.ground.text[cue.end : mark.start].strip() in (",", ":")

    def name_before(self, mark: Marked) -> Source | None:
        """NAME: “…”."""
        last = self.ground.word_at(mark.start) - 1
        if last < 0 or self.ground.text[self.words.end[last] : mark.start].strip() != ":":
            return None
        mention = self.ground.mention_that_ends(self.words.end[last])
        if mention is None or mention.form != "name":
            return None
        return Source(mention.start, mention.end, self.ground.word_at(mention.start), last)

    def name_after(self, mark: Marked) -> Source | None:
        """“…” – NAME: a name that a dash puts under somebody's words."""
        word = self.ground.word_at(mark.end)
        mention = self.ground.mention_of_word(word) if word < len(self.words) else None
        if mention is None or self.ground.text[mark.end : mention.start].strip() not in _DASHES:
            return None
        after = self.ground.text[mention.end : mention.end + 2].lstrip(" ")[:1]
        if after not in ("", "\n", ",", ".", "(", "“", '"'):
            return None
        return Source(mention.start, mention.end, word, self.ground.word_at(mention.end) - 1)

    def gives_name(self, cue: Span, mark: Marked) -> bool:
        """Whether the cue gives something a name or a quality: called it a “…”, described it as a “…”."""
        frames = self.lexicon.verbs.get(self.ground.text[cue.start : cue.end].lower(), frozenset())
        low, high = self.ground.word_at(cue.end), self.ground.word_at(mark.start)
        between = self.words.lower[low:high]
        return "naming" in frames or ("as" in frames and not self.rules.qualifying.isdisjoint(between))
