"""Direct quotations: what stands in marks, and the speech tag beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from testimonia.analysers.quotations.asides import Asides
from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.marks import Marked
from testimonia.analysers.quotations.speakers import Speakers
from testimonia.analysers.quotations.tags import Tag, Tags
from testimonia.text import Span

_MOST_SPANS = 20  # parts of one quotation
_TITLE = 12  # words of a title
_FEW = 5  # words in marks up to which they may be a term, a title or scare quotes
_LONGEST_TAG = 300  # code points between two parts of one quotation
_REST_OF_TAG = 100  # code points between a tag's verb and speaker and the next part
_LONGEST_HALF = 40  # words before the marks in a sentence that stands in marks only in part
_HALF_TAG = 60  # code points between two parts of it
_LONGEST_LINE = 240  # code points back to the beginning of its line
_SPACE = " ,.;:—–-\n"
_UNFINISHED = (",", ";", ":", "—", "–", "-")
_STOPS = ".!?…,—–-;"
_ENDS = (".", "!", "?")
_SENTENCE_END = re.compile(r"[.!?]\s+[^\W\d_]")
_CLOSING = " \n”’\"'»"
_NONE: frozenset[str] = frozenset()
_SAYING = frozenset(("clause", "addressed"))
_OMISSIONS = ("...", "…", ". . .", "[...]", "[…]", "(...)", "(…)")


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
        self.tags = Tags(ground, speakers)
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
            return self._is_omission(draft.end, mark) or self._is_and(mark, draft)
        if mark.start < end:
            return False
        text = self.ground.text
        between = text[end : mark.start]
        if "\n\n" in between or self._has_own_tag(mark, between):
            return False
        if draft.kind == "mixed" and mark not in self.whole and between[:1] == "," and len(between) < _HALF_TAG:
            return not _SENTENCE_END.search(between)
        rest = between.strip(_SPACE)
        if len(between) < 40 and not rest:
            return True
        if between.rstrip()[-1:] in _UNFINISHED and len(between) < _REST_OF_TAG and not _SENTENCE_END.search(between):
            words = rest.split()
            return not self._has_cue(end, mark.start) and not (words and words[0] in self.lists.coordinators)
        return bool(draft.cue) and mark in self.whole and self._is_one_sentence(draft.end, mark.start)

    def _has_own_tag(self, mark: Marked, between: str) -> bool:
        """Whether the marks have their own tag, after the end of a sentence; a comma at their end shows one."""
        if "." not in between:
            return False
        is_cut = self.ground.text[self.ground.inner(mark).end - 1] == ","
        return is_cut or self.tags.after(mark) is not None or self.tags.behind(mark, mark.start) is not None

    def _is_and(self, mark: Marked, draft: Draft) -> bool:
        """“…” and “…” under one tag before them."""
        between = self.ground.text[draft.end : mark.start]
        if len(between) > _HALF_TAG or not draft.cue or draft.cue[0].start > draft.start or "\n" in between:
            return False
        words = between.replace(",", " ").split()
        return bool(words) and words[0] in self.lists.coordinators and set(words[1:]) <= self.rules.articles

    def _is_omission(self, end: int, mark: Marked) -> bool:
        """Whether the writer left words out between two marks, “…” … “…”; or only began the second one anew."""
        between = self.ground.text[end : mark.start].strip()
        if not between:
            is_cut = self.ground.text[max(0, end - 6) : end].rstrip(_CLOSING).endswith(",")
            return is_cut and mark in self.whole and self.ground.count(mark.start, mark.end) > _FEW
        return between in _OMISSIONS

    def _is_one_sentence(self, start: int, end: int) -> bool:
        """Whether the rest of a sentence, and no other, stands in ``[start, end)``."""
        last = self.ground.text[max(0, end - 6) : end].rstrip(_CLOSING)[-1:]
        return self.ground.sentence_before(end) <= start + 2 and last in _ENDS

    def _has_cue(self, start: int, end: int) -> bool:
        """Whether a verb of speech stands in ``[start, end)``."""
        low, high = self.ground.word_at(start), self.ground.word_at(end)
        return any(not self.lexicon.verbs.get(self.words.lower[k], _NONE).isdisjoint(_SAYING) for k in range(low, high))

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
            tag = self.tags.after(mark)
            if tag is not None:
                draft.cue, draft.source = [tag[0]], tag[1]

    def _read(self, mark: Marked) -> Draft | None:
        start, end = self.ground.inner(mark)
        count = self.ground.count(start, end)
        if not count and not mark.closed:
            return None
        whole = mark in self.whole
        before, after = self.tags.before(mark), self.tags.after(mark)
        if after is not None and not whole and not self.tags.ends_sentence(after):
            after = None
        first = before is not None and (not whole or self.tags.is_adjacent(before[0], mark))
        tag = before if first else (after or before)
        is_near = tag is not None and (tag is after or self.tags.is_adjacent(tag[0], mark))
        kind = self.asides.kind(mark)
        if kind is not None and (kind == "title" or not (whole and is_near)):
            return None
        if not whole and not first:
            mixed = self._mixed(mark, after)
            if mixed is not None:
                return mixed
        slogan = self.asides.is_slogan(mark)
        if not slogan and not self._is_said(mark, tag, tag is after, count):
            return None
        if slogan and not mark.closed:
            return None
        draft = Draft("direct", [Span(mark.start, mark.end)])
        if tag is None:
            draft.source = self.tags.name_before(mark) or self.tags.name_after(mark)
        else:
            draft.cue = [tag[0]]
            draft.source = tag[1] if tag[1] is not None and self.speakers.may_speak(tag[1]) else None
        draft.confidence, draft.reason = self.rules.grade(self._rule(mark, draft, tag is after, slogan))
        return draft

    # sentences of which a part stands in marks

    def _mixed(self, mark: Marked, after: Tag | None) -> Draft | None:
        """A sentence that holds marks and ends in a tag: The plan “is dead,” he said; “A plan” for all, he said."""
        begin = self._begin(mark)
        end = mark.end
        if after is None:
            found = self.tags.behind(mark, begin)
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
        if self.ground.count(begin, mark.start) > _LONGEST_HALF or not self.tags.ends_sentence(after):
            return None
        draft = Draft("mixed", [Span(begin, end)], [after[0]], after[1])
        draft.confidence, draft.reason = self.rules.grade("mixed_tag")
        return draft

    def _begin(self, mark: Marked) -> int:
        """Where the sentence of the marks begins; the marks themselves where it cannot be a part of what is said."""
        ground = self.ground
        begin = max(
            ground.sentence_before(mark.start + 1), ground.text.rfind("\n", mark.start - _LONGEST_LINE, mark.start) + 1
        )
        if begin >= mark.start or not ground.text[mark.start - 2 : mark.start - 1].isalnum():
            return mark.start
        return begin if ground.text[begin].isupper() or ground.text[begin].isdigit() else mark.start

    def _is_said(self, mark: Marked, tag: Tag | None, is_after: bool, count: int) -> bool:
        """Whether somebody says the words, and they are no term, title or scare quotes."""
        whole, is_title = mark in self.whole, self._is_title(mark)
        if tag is None:
            if self._is_heading(mark, count) or (count <= _TITLE and is_title):
                return False
            return whole or (count > _FEW and mark.closed)
        if is_title and count > 1 and not self._is_named(mark, tag, is_after):
            return False
        if whole:
            return True
        if tag[1] is None and count <= _FEW:
            return False
        return self.tags.gives_name(tag[0], mark) or not self.asides.is_noun_phrase(mark)

    def _is_named(self, mark: Marked, tag: Tag, is_after: bool) -> bool:
        """Whether the tag makes words with capitals something said: called him “The Lion”; “Good Night,” he said."""
        if is_after:
            inner = self.ground.inner(mark)
            return mark in self.whole or self.ground.text[inner.end - 1] in _STOPS
        return mark in self.whole and (self.tags.is_adjacent(tag[0], mark) or self.tags.gives_name(tag[0], mark))

    def _rule(self, mark: Marked, draft: Draft, is_after: bool, slogan: bool) -> str:
        """The name of the rule that found the words, for its reason."""
        whole = mark in self.whole
        if not mark.closed:
            return "unclosed"
        if draft.cue:
            near = whole or is_after or self.tags.is_adjacent(draft.cue[0], mark)
            return ("tag_after" if is_after else "tag_before") if near else "named"
        if draft.source is not None:
            return "label" if draft.source.start < mark.start else "signed"
        if slogan:
            return "slogan"
        if not whole:
            return "phrase"
        return "whole" if self.ground.text[self.ground.inner(mark).end - 1] in _STOPS else "beginning"

    def _is_title(self, mark: Marked) -> bool:
        """Words that all have capitals, but for small ones, in the middle of a sentence."""
        if self.ground.text[self.ground.inner(mark).end - 1] in ("!", "?", "…"):
            return False
        if mark in self.whole and not self.ground.text[max(0, mark.start - 2) : mark.start].strip()[-1:].isalnum():
            return False
        return self.asides.has_capitals(mark)

    def _is_heading(self, mark: Marked, count: int) -> bool:
        """A line of its own in single marks, with capitals."""
        text = self.ground.text
        alone = text[mark.start - 1 : mark.start] in ("", "\n") and text[mark.end : mark.end + 1] in ("", "\n")
        return alone and mark.single and 1 < count <= _TITLE and self.asides.has_capitals(mark)
