"""Direct quotations: what stands in marks, and the speech tag beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from testimonia.analysers.quotations.asides import Asides
from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.marks import Marked
from testimonia.analysers.quotations.speakers import Source, Speakers
from testimonia.text import Span

_TAG_REACH = 14  # words between marks and the verb of a tag
_FAR_REACH = 30  # the same where a comma stands before the verb, after what the speaker is
_MOST_SPANS = 20  # parts of one quotation
_TITLE = 12  # words of a title
_LONGEST_TAG = 300  # code points between two parts of one quotation
_SPACE = " ,.;:—–-\n"
_CLOSING = "”’\"'»“ "
_UNFINISHED = (",", ";", ":", "—", "–", "-")
_STOPS = ".!?…,—–-;"
_LONGEST_HALF = 40  # words before the marks in a sentence that stands in marks only in part
_HALF_TAG = 60  # code points between two parts of it
_LONGEST_REST = 240  # code points after them
_MOST_COMMAS = 3
_BREAK = re.compile(r"[“”\"‘;:\n]|''|``|[.!?]\s")
_SENTENCE_END = re.compile(r"[.!?]\s+[^\W\d_]")
_DASHES = ("–", "—", "―", "--", "-")
_FEW = 5  # words in marks up to which they may be a term, a title or scare quotes


Tag = tuple[Span, Source | None]


@dataclass(slots=True)
class _Level:
    """Marks that stand inside the same marks: the last quotation among them, and where its tag ends."""

    end: int
    last: Draft | None = None
    after: int = 0


class Direct:
    """Goes through the marked stretches of a document once."""

    def __init__(self, ground: Ground, speakers: Speakers) -> None:
        self.ground = ground
        self.words = ground.words
        self.lexicon = ground.lexicon
        self.lists = ground.lexicon.words
        self.speakers = speakers
        self.whole = set(ground.whole)
        self.asides = Asides(ground)
        self.rules = self.asides.rules

    def find(self) -> list[Draft]:
        """Marks inside others are read beside each other, so that they do not part what goes on around them."""
        found: list[Draft] = []
        levels: list[_Level] = [_Level(len(self.ground.text) + 1)]
        for mark in self.ground.marks:
            while mark.start >= levels[-1].end:
                levels.pop()
            level = levels[-1]
            draft = level.last
            if draft is not None and self._goes_on(mark, draft, level.after):
                self._join(mark, draft)
            else:
                draft = self._read(mark)
                if draft is not None:
                    found.append(draft)
            if draft is not None:
                level.last, level.after = draft, self._end_with_tag(draft, mark.end)
            levels.append(_Level(mark.end))
        return found

    def _end_with_tag(self, draft: Draft, end: int) -> int:
        if not draft.cue:
            return end
        tag = [*draft.cue, self.speakers.span(draft.source)] if draft.source is not None else draft.cue
        return max(end, *(span.end for span in tag))

    def _goes_on(self, mark: Marked, draft: Draft, end: int) -> bool:
        """Whether only the speech tag, which ends at ``end``, stands between the last quotation and this mark."""
        if len(draft.spans) >= _MOST_SPANS or draft.end > mark.start or mark.start - draft.end > _LONGEST_TAG:
            return False
        if end <= draft.end:
            return self._is_omission(draft.end, mark)
        if mark.start < end:
            return False
        text = self.ground.text
        between = text[end : mark.start]
        own_tag = "." in between and self.tag_after(mark) is not None
        if "\n\n" in between or own_tag:
            return False
        if draft.kind == "mixed" and mark not in self.whole and between[:1] == "," and len(between) < _HALF_TAG:
            return not _SENTENCE_END.search(between)
        rest = between.strip(_SPACE)
        if len(between) < 40 and not rest:
            return True
        unfinished = text[draft.start : draft.end].rstrip(_CLOSING)[-1:] in _UNFINISHED
        if unfinished and between.rstrip()[-1:] in _UNFINISHED and not _SENTENCE_END.search(between):
            return True
        return bool(draft.cue) and mark in self.whole and self._is_one_sentence(draft.end, mark.start)

    def _is_omission(self, end: int, mark: Marked) -> bool:
        """Whether the writer left words out between two marks: “…” … “…”."""
        between = self.ground.text[end : mark.start].strip()
        return between in ("...", "…", ". . .", "[...]", "[…]", "(...)", "(…)")

    def _is_one_sentence(self, start: int, end: int) -> bool:
        """Whether the rest of a sentence, and no other, stands in ``[start, end)``."""
        return self.ground.sentence_before(end) <= start + 2 and self.ground.text[max(0, end - 4) : end].rstrip()[
            -1:
        ] in (".", "!", "?")

    def _join(self, mark: Marked, draft: Draft) -> None:
        start = mark.start
        if draft.kind == "mixed" and mark not in self.whole:
            end = self._end_with_tag(draft, draft.end)
            comma = self.ground.text[end : end + 1] == ","
            start = self.ground.stripped(end + 1, start).start if comma else start
        draft.spans.append(Span(start, mark.end))
        if draft.kind == "direct":
            draft.confidence, draft.reason = self.rules.grade("joined")
        self._add_tag_after(mark, draft)

    def _add_tag_after(self, mark: Marked, draft: Draft) -> None:
        if not draft.cue:
            tag = self.tag_after(mark)
            if tag is not None:
                draft.cue, draft.source = [tag[0]], tag[1]

    def _read(self, mark: Marked) -> Draft | None:
        start, end = self.ground.inner(mark)
        count = self.ground.count(start, end)
        if not count and not mark.closed:
            return None
        whole = mark in self.whole
        before, after = self.tag_before(mark), self.tag_after(mark)
        first = before is not None and (not whole or self._is_adjacent(before[0], mark))
        tag = before if first else (after or before)
        is_near = tag is not None and (tag is after or self._is_adjacent(tag[0], mark))
        kind = self.asides.kind(mark)
        if kind is not None and (kind == "title" or not (whole and is_near)):
            return None
        if not whole and not first:
            mixed = self._mixed(mark, after)
            if mixed is not None:
                return mixed
        slogan = self.asides.is_slogan(mark)
        if not self._is_said(mark, tag, whole, slogan, count) or (not is_near and not slogan and self._is_title(mark)):
            return None
        draft = Draft("direct", [Span(mark.start, mark.end)])
        if tag is None:
            draft.source = self._name_before(mark) or self._name_after(mark)
        else:
            draft.cue = [tag[0]]
            draft.source = tag[1] if tag[1] is not None and self.speakers.may_speak(tag[1]) else None
        draft.confidence, draft.reason = self.rules.grade(self._rule(mark, draft, tag is after, whole, slogan))
        return draft

    # sentences of which a part stands in marks

    def _mixed(self, mark: Marked, after: Tag | None) -> Draft | None:
        """A sentence that holds marks and ends in a tag: The plan “is dead,” he said; “A plan” for all, he said."""
        begin = self._begin(mark)
        end = mark.end
        if after is None:
            found = self._tag_behind(mark, begin)
            if found is None:
                return None
            end, after = found
        frames = self.lexicon.verbs.get(self.ground.text[after[0].start : after[0].end].lower(), frozenset())
        if (
            "clause" not in frames
            or after[1] is None
            or not self.speakers.may_speak(after[1])
            or (begin == mark.start and end == mark.end)
        ):
            return None
        if self.ground.count(begin, mark.start) > _LONGEST_HALF or not self._ends_sentence(after):
            return None
        draft = Draft("mixed", [Span(begin, end)], [after[0]], after[1])
        draft.confidence, draft.reason = self.rules.grade("mixed_tag")
        return draft

    def _begin(self, mark: Marked) -> int:
        """Where the sentence of the marks begins; the marks themselves where it cannot be a part of what is said."""
        ground = self.ground
        begin = max(
            ground.sentence_before(mark.start + 1), ground.text.rfind("\n", mark.start - _LONGEST_REST, mark.start) + 1
        )
        if begin >= mark.start or not ground.text[mark.start - 2 : mark.start - 1].isalnum():
            return mark.start
        return begin if ground.text[begin].isupper() or ground.text[begin].isdigit() else mark.start

    def _ends_sentence(self, tag: Tag) -> bool:
        """Whether nothing follows the tag that its verb could govern."""
        edges = [tag[0].end, *([tag[1].end] if tag[1] is not None else [])]
        following = self.ground.word_at(max(edges))
        gap = self.ground.text[max(edges) : max(edges) + 1]
        return gap in ("", ".", ",", ";", "\n") or (
            following < len(self.words) and self.words.lower[following] in self.lists.away | self.lists.joins
        )

    def _tag_behind(self, mark: Marked, begin: int) -> tuple[int, Tag] | None:
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
            tag = self.tag_after(Marked(begin, comma, False, True, 0))
            if tag is not None and tag[1] is not None and min(tag[0].start, tag[1].start) <= comma + 1:
                return comma - 1, tag
        return None

    def _is_said(self, mark: Marked, tag: Tag | None, whole: bool, slogan: bool, count: int) -> bool:
        """Whether somebody says the words, and they are no term, title or scare quotes."""
        is_title = self._is_title(mark)
        if tag is None:
            if self._is_heading(mark, count):
                return False
            if slogan and mark.closed:
                return True
            return not ((not whole and count <= _FEW) or (count <= _TITLE and is_title)) and (mark.closed or whole)
        if not whole and ((tag[1] is None and count <= _FEW) or (is_title and count > 1)):
            return slogan
        return True

    def _rule(self, mark: Marked, draft: Draft, is_after: bool, whole: bool, slogan: bool) -> str:
        """The name of the rule that found the words, for its reason."""
        if not mark.closed:
            return "unclosed"
        if draft.cue:
            near = whole or is_after or self._is_adjacent(draft.cue[0], mark)
            return ("tag_after" if is_after else "tag_before") if near else "named"
        if draft.source is not None:
            return "label" if draft.source.start < mark.start else "signed"
        if slogan:
            return "slogan"
        if not whole:
            return "phrase"
        return "whole" if self.ground.text[self.ground.inner(mark).end - 1] in _STOPS else "beginning"

    def _is_adjacent(self, cue: Span, mark: Marked) -> bool:
        """Whether nothing but a comma or a colon stands between the cue and the marks."""
        return self.ground.text[cue.end : mark.start].strip() in (",", ":")

    def _is_title(self, mark: Marked) -> bool:
        """Words that all have capitals, but for small ones, in the middle of a sentence."""
        start, end = self.ground.inner(mark)
        if self.ground.text[end - 1 : end] in ("!", "?", "…"):
            return False
        if mark in self.whole and not self.ground.text[max(0, mark.start - 2) : mark.start].strip()[-1:].isalnum():
            return False
        low, high = self.ground.word_at(start), self.ground.word_at(end)
        long = [i for i in range(low, high) if len(self.words.lower[i]) > 3 or i == low]
        return bool(long) and all(self.words.capital[i] for i in long)

    def _is_heading(self, mark: Marked, count: int) -> bool:
        """A line of its own in single marks, with capitals."""
        text = self.ground.text
        alone = text[mark.start - 1 : mark.start] in ("", "\n") and text[mark.end : mark.end + 1] in ("", "\n")
        return alone and mark.single and 1 < count <= _TITLE and self.asides.has_capitals(mark)

    # the tag after the marks

    def tag_after(self, mark: Marked) -> Tag | None:
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
            return None
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
            return None
        return cue, source

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
            if j >= first + _TAG_REACH and "," not in self.words.gap[j]:
                continue
            frames = self.lexicon.verbs.get(self.words.lower[j])
            if frames and frames & {"clause", "that", "addressed", "utterance"} and not self._is_noun(j, first):
                return j
        return None

    def _is_noun(self, j: int, first: int) -> bool:
        return j > first and self.words.lower[j - 1] in self.lists.before_nouns

    # the tag before the marks

    def tag_before(self, mark: Marked) -> Tag | None:
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

    def _name_before(self, mark: Marked) -> Source | None:
        """NAME: “…”."""
        last = self.ground.word_at(mark.start) - 1
        if last < 0 or self.ground.text[self.words.end[last] : mark.start].strip() != ":":
            return None
        mention = self.ground.mention_that_ends(self.words.end[last])
        if mention is None or mention.form != "name":
            return None
        return Source(mention.start, mention.end, self.ground.word_at(mention.start), last)

    def _name_after(self, mark: Marked) -> Source | None:
        """“…” – NAME: a name that a dash puts under somebody's words."""
        word = self.ground.word_at(mark.end)
        mention = self.ground.mention_of_word(word) if word < len(self.words) else None
        if mention is None or self.ground.text[mark.end : mention.start].strip() not in _DASHES:
            return None
        after = self.ground.text[mention.end : mention.end + 2].lstrip(" ")[:1]
        if after not in ("", "\n", ",", ".", "(", "“", '"'):
            return None
        return Source(mention.start, mention.end, word, self.ground.word_at(mention.end) - 1)

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
