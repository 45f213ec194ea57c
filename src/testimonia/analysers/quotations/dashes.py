"""Dialogue that a dash opens at the beginning of a line, in texts that set their dialogue so."""

from __future__ import annotations

import re

from testimonia.analysers.quotations.asides import MarkRules, mark_rules
from testimonia.analysers.quotations.direct import Direct
from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.marks import Marked
from testimonia.analysers.quotations.speakers import Source
from testimonia.text import Span

_DASH = re.compile(r"(?:^|(?<=: )|(?<=:))[^\S\n]*(?P<dash>(?:—|―|–|--)[^\S\n]*)(?=[\w¿¡…])", re.MULTILINE)
_STOP = re.compile(r"[,.!?…]+(?=\s)")
_SENTENCE = re.compile(r"[.!?…]+(?=\s|$)")
_INSIDE = re.compile(r"[.!?][^\S\n]+[^\W\d_]")
_FEWEST = 4  # lines with a dash that make such a text
_MOST_STOPS = 30  # places in a line at which a tag is looked for
_MOST_LINES = 12  # lines that a turn goes on over in a text of one sentence a line
_SHORT = 12  # words of a sentence that may be said though no word shows it
_TAG = 200  # code points of the rest of a tag's sentence


def dashes(ground: Ground, direct: Direct) -> list[Draft]:
    """A quotation for each line that a dash opens, without its speech tags.

    None where double marks are the text's way of setting speech, or where no such line has a tag: then it is a list.
    """
    found = list(_DASH.finditer(ground.text))
    if len(found) < _FEWEST or len(found) < sum(not mark.single for mark in ground.marks):
        return []
    lines = _Lines(ground, direct, mark_rules(ground.document.language))
    limits = [match.start() for match in found[1:]] + [len(ground.text)]
    drafts = [
        draft
        for match, limit in zip(found, limits, strict=True)
        if (draft := lines.turn(match.start("dash"), match.end(), limit)) is not None
    ]
    return drafts if sum(bool(draft.cue) for draft in drafts) * 5 >= len(found) else []


class _Lines:
    """Reads the turns of one text."""

    def __init__(self, ground: Ground, direct: Direct, rules: MarkRules) -> None:
        self.ground = ground
        self.text = ground.text
        self.direct = direct
        self.rules = rules
        self.by_sentence = len(_INSIDE.findall(self.text)) * 20 < self.text.count("\n") * 2

    def turn(self, dash: int, start: int, limit: int) -> Draft | None:
        """The turn that ``dash`` opens, at the latest to ``limit``, where the next one begins."""
        end = self.text.find("\n", start, limit)
        end = limit if end < 0 else end
        draft = Draft("direct", [])
        draft.confidence, draft.reason = self.rules.grade("dash")
        begin = dash
        tag = self._tag(start, end)
        if tag is not None:
            stop, cue, source, after = tag
            draft.spans.append(Span(dash, stop))
            draft.cue, draft.source = [cue], source
            draft.confidence, draft.reason = self.rules.grade("dash_tag")
            begin = after
            end = max(end, min(limit, self._line_end(after)))
        else:
            before = self.direct.tags.before(Marked(dash, end, False, True, start - dash))
            if before is not None and self.text[before[0].end : dash].rstrip().endswith(":"):
                draft.cue, draft.source = [before[0]], before[1]
                draft.confidence, draft.reason = self.rules.grade("dash_tag")
        rest = self._goes_on(begin, end, limit, tag is not None)
        if rest is not None:
            draft.spans.append(rest)
        return draft if draft.spans else None

    def _tag(self, start: int, end: int) -> tuple[int, Span, Source | None, int] | None:
        """Where the words before the tag end, its cue, its speaker, and where its sentence ends."""
        for number, stop in enumerate(_STOP.finditer(self.text, start, min(end + 1, len(self.text)))):
            if number == _MOST_STOPS:
                return None
            tag = self.direct.tags.after(Marked(start, stop.end(), False, True, 0))
            if tag is None or tag[1] is None:
                continue
            edges = (tag[0].start, tag[1].start, tag[0].end, tag[1].end)
            if min(edges) - stop.end() <= 2:
                return stop.end(), tag[0], tag[1], self._end_of_tag(max(edges), self._line_end(max(edges)))
        return None

    def _end_of_tag(self, start: int, end: int) -> int:
        """Where the tag ends that has its verb and speaker before ``start``: at a comma after which speech goes on."""
        if self.text[start : start + 2].strip() == ",":
            word = self.ground.words.lower[min(self.ground.word_at(start), len(self.ground.words) - 1)]
            if not word.endswith(self.rules.participles):
                return start + 2
        stop = _SENTENCE.search(self.text, start, min(end, start + _TAG))
        return end if stop is None else stop.end()

    def _goes_on(self, start: int, end: int, limit: int, is_after_tag: bool) -> Span | None:
        """What is still said after a tag, or in the following lines of a text that has one sentence a line."""
        span = self.ground.stripped(start, end)
        if is_after_tag and span.end > span.start and not self._is_speech(span.start, span.end):
            return None
        stop = span.end if span.end > span.start else -1
        begin = span.start
        if self.by_sentence:
            for _ in range(_MOST_LINES):
                line = self.ground.stripped(end, min(limit, self._line_end(end + 1)))
                if line.end <= line.start or "\n\n" in self.text[end : line.start]:
                    break
                if not self._is_speech(line.start, line.end):
                    break
                begin, stop, end = (line.start if stop < 0 else begin), line.end, line.end
        return Span(begin, stop) if stop > begin else None

    def _line_end(self, start: int) -> int:
        end = self.text.find("\n", start)
        return len(self.text) if end < 0 else end

    def _is_speech(self, start: int, end: int) -> bool:
        """Whether words in the first or second person, or a cry, show that somebody speaks, and nobody tells."""
        low, high = self.ground.word_at(start), self.ground.word_at(end)
        words = self.ground.words.lower[low:high]
        if not words or words[0] in self.rules.third_person:
            return False
        if self.text[end - 1] in "?!" or not self.rules.addressing.isdisjoint(words):
            return True
        told = any(word in self.rules.telling or word.endswith(self.rules.participles) for word in words)
        return self.by_sentence and not told and len(words) <= _SHORT
