"""Direct quotations: what stands in marks, and the speech tag beside it."""

from __future__ import annotations

from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.marks import Marked
from testimonia.analysers.quotations.speakers import Source, Speakers
from testimonia.text import Span

_TAG_REACH = 14  # words between marks and the verb of a tag
_MOST_SPANS = 20  # parts of one quotation
_TITLE = 12  # words of a title
_DASHES = ("–", "—", "―", "--", "-")
_FEW = 5  # words in marks up to which they may be a term, a title or scare quotes


class Direct:
    """Goes through the marked stretches of a document once."""

    def __init__(self, ground: Ground, speakers: Speakers) -> None:
        self.ground = ground
        self.words = ground.words
        self.lexicon = ground.lexicon
        self.lists = ground.lexicon.words
        self.speakers = speakers
        self.whole = set(ground.whole)

    def find(self) -> list[Draft]:
        found: list[Draft] = []
        last: tuple[Draft, int] | None = None  # the last quotation and where its tag ends
        for mark in self.ground.marks:
            if last is not None and self._goes_on(mark, last):
                draft: Draft | None = last[0]
                last[0].spans.append(Span(mark.start, mark.end))
                self._add_tag_after(mark, last[0])
            else:
                draft = self._read(mark)
                if draft is not None:
                    found.append(draft)
            if draft is not None:
                tag = [*draft.cue, self.speakers.span(draft.source)] if draft.source and draft.cue else draft.cue
                last = (draft, max(mark.end, *(span.end for span in tag)) if tag else mark.end)
        return found

    def _goes_on(self, mark: Marked, last: tuple[Draft, int]) -> bool:
        """Whether only the speech tag stands between the last quotation and this mark."""
        draft, end = last
        if (
            len(draft.spans) >= _MOST_SPANS
            or mark.start < draft.end
            or end <= draft.end
            or mark.start - draft.end > 200
        ):
            return False
        if mark.start < end:
            return False
        between = self.ground.text[end : mark.start]
        own_tag = "." in between and self.tag_after(mark) is not None
        if "\n\n" in between or own_tag:
            return False
        if len(between) < 40 and not between.strip(" ,.;:—–-\n").strip():
            return True
        return bool(draft.cue) and mark in self.whole and self._is_one_sentence(draft.end, mark.start)

    def _is_one_sentence(self, start: int, end: int) -> bool:
        """Whether the rest of a sentence, and no other, stands in ``[start, end)``."""
        return self.ground.sentence_before(end) <= start + 2 and self.ground.text[max(0, end - 4) : end].rstrip()[
            -1:
        ] in (".", "!", "?")

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
        before = self._tag_before(mark)
        first = before is not None and (not whole or self._is_adjacent(before[0], mark))
        tag = before if first else (self.tag_after(mark) or before)
        if tag is not None and tag[1] is None and not whole and count <= _FEW:
            return None
        if tag is None and ((not whole and count <= _FEW) or (count <= _TITLE and self._is_title(mark))):
            return None
        if not mark.closed and not (whole or tag):
            return None
        if tag is not None and not whole and self._is_title(mark) and count > 1:
            return None
        draft = Draft("direct", [Span(mark.start, mark.end)])
        if tag is None:
            draft.source = self._name_before(mark) or self._name_after(mark)
        else:
            draft.cue = [tag[0]]
            draft.source = tag[1] if tag[1] is not None and self.speakers.may_speak(tag[1]) else None
        return draft

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

    # the tag after the marks

    def tag_after(self, mark: Marked) -> tuple[Span, Source | None] | None:
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
        if source is None or source.first > first + 2:
            return None
        return cue, source

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
        for j in range(first, min(first + _TAG_REACH, ceiling)):
            frames = self.lexicon.verbs.get(self.words.lower[j])
            if frames and frames & {"clause", "that", "addressed", "utterance"} and not self._is_noun(j, first):
                return j
        return None

    def _is_noun(self, j: int, first: int) -> bool:
        return j > first and self.words.lower[j - 1] in self.lists.before_nouns

    # the tag before the marks

    def _tag_before(self, mark: Marked) -> tuple[Span, Source | None] | None:
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
