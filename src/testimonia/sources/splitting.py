"""The documents that were run together in one text.

Each place where a document may begin is given points for what speaks for it and against it; from ``ENOUGH`` on it
begins one. What speaks for a beginning is what people put there: a title over a byline or dateline, a closing line
before, a wider gap, an introduction that the page repeats, other names than before. What speaks against it is what
marks a section: its number, its years, a usual section heading, a paragraph that goes on ("But …").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from testimonia.sources.blocks import BODY, Block
from testimonia.sources.draft import Part
from testimonia.sources.heads import Fact, Rules, rules
from testimonia.sources.openings import Head, Heads
from testimonia.sources.topics import Topics

Reasons = tuple[tuple[str, float], ...]  # what speaks for a beginning and against it, with its points
ENOUGH = 5.0
POINTS = {
    "a byline": 4.0,
    "a dateline": 4.0,
    "labelled as a title": 5.0,
    "the text before is closed": 4.0,
    "several closing lines before": 6.5,
    "the text before ends with its author or filing": 6.5,
    "a line of strokes before": 2.0,
    "a much wider gap before": 4.0,
    "a wider gap before": 3.0,
    "a wider gap, as before most headings": 1.0,
    "a wider gap after": 2.0,
    "an introduction that the page repeats": 4.0,
    "one of a series": 3.0,
    "the form of a headline": 1.0,
    "a long headline": 2.0,
    "capitals as in a headline": 2.0,
    "a deck": 2.0,
    "a place and day or agency open the text": 4.0,
    "a dateline over a salutation": 5.0,
    "a publication's name": 3.0,
    "a line that says what follows": 3.0,
    "the gap that parts the others here": 5.0,
    "other names than before": 4.0,
    "mostly other names than before": 2.5,
    "the same names as before": -1.0,
    "a section heading": -4.0,
    "a numbered or dated section": -4.0,
    "the text goes on": -4.0,
    "under another heading": -3.0,
    "hardly any text follows": -2.0,
    "the text before announces it": -4.0,
    "the others here have a byline or dateline": -2.5,
}
_UNTITLED = 250  # code points; a shorter stretch without a title is the foot of a page
_SHORTEST = 30  # code points of text that a titled document has at least
_REPEATED = 80  # code points from which a paragraph that stands twice is an introduction or footer


def split(text: str, blocks: Sequence[Block], code: str = "en") -> list[Part]:
    """The documents of a text, in order, without overlap; lines that tell of the page's filing lie outside.

    What the page says of its filing becomes a category of each document below it.
    """
    return _Splitter(text, blocks, rules(code)).split()


class _Splitter:
    def __init__(self, text: str, blocks: Sequence[Block], known: Rules) -> None:
        self.text, self.rules = text, known
        self.openings = Heads(text, blocks, known)
        self.blocks, self.heads = self.openings.blocks, self.openings.at
        self.topics = Topics([text[b.start : b.end] for b in blocks])
        self.repeated = self._repeated()
        self.usual_gap = Counter(b.gap for b in blocks[1:]).most_common(1)[0][0] if len(blocks) > 1 else 1
        self.wide = self._wide()
        self.regular = False  # whether most texts here have a byline or dateline

    def split(self) -> list[Part]:
        starts = self._starts({})
        dated = sum(i in self.heads and bool(self.heads[i].kinds & {"byline", "date"}) for i in starts)
        if dated >= 3 and dated >= 0.6 * len(starts):
            self.regular = True
            starts = self._starts({})
        parting = self._parting_gap(starts)
        if parting:
            wide = [i for i, block in enumerate(self.blocks) if block.gap >= parting and self._opens(i)]
            taken = sum(i in starts for i in wide)
            if taken >= 3 and taken >= 0.7 * len(wide):
                stops = [self.blocks[i - 1].end for i in wide[1:]] + [self.blocks[-1].end]
                lengths = {i: stop - self.blocks[i].start for i, stop in zip(wide, stops, strict=True)}
                starts = self._starts(lengths)
        parts = self._parts(starts)
        if not parts and self.blocks:
            return [Part(self.blocks[0].start, self.blocks[-1].end)]
        return parts

    def _starts(self, parted: dict[int, int]) -> dict[int, Reasons]:
        """{block where a document or a page of several begins: reasons}.

        ``parted``: blocks that the gap stands before which parts the documents, with the code points to the next one.
        """
        starts: dict[int, Reasons] = {}
        self.topics.restart()
        fresh, opened, text, i = True, 0, 0, 0  # text: code points of running text since the last beginning
        while i < len(self.blocks):
            block, head = self.blocks[i], self.heads.get(i)
            if block.line.kind == "page":
                starts[i] = ()
                fresh, i = True, i + 1
                continue
            reasons: Reasons = ()
            if fresh:
                reasons = (("the first text", ENOUGH),) if block.line.kind not in ("rule", "closing") else ()
            elif text >= (_SHORTEST if opened in self.heads else _UNTITLED / 2):
                reasons = self._reasons(i, head, opened, parted)
            if sum(points for _, points in reasons) >= ENOUGH:
                starts[i] = reasons
                fresh, opened, text = False, i, self._text_in(i, head)
                i = max(i + 1, head.body if head else 0)
            else:
                text += self._text_in(i, None)
                i += 1
        return starts

    def _text_in(self, i: int, head: Head | None) -> int:
        """Code points of running text in the block, if it is no line of a head."""
        block = self.blocks[i]
        return block.end - block.start if block.body and (head is None or head.body == i) else 0

    def _parting_gap(self, starts: dict[int, Reasons]) -> int:
        """The gap that stands before every document but the first, if it is wider than usual; else 0."""
        gaps = [self.blocks[i].gap for i, reasons in starts.items() if reasons][1:]
        return min(gaps) if gaps and min(gaps) > self.usual_gap else 0

    def _opens(self, i: int) -> bool:
        """Whether a text could begin at a block that a wide gap stands before: not just below its own title."""
        before = self.blocks[i - 1] if i else None
        return before is not None and (before.body or before.line.kind in ("closing", "credit", "filing", "rule"))

    def _parts(self, starts: dict[int, Reasons]) -> list[Part]:
        found: list[Part] = []
        filed: list[Fact] = []
        page = -1
        edges = sorted(starts)
        for first, after in pairwise((*edges, len(self.blocks))):
            if self.blocks[first].line.kind == "page":
                filed = [*(filed if page == first - 1 else ()), *self.blocks[first].line.facts]
                page = first
                continue
            last = after - 1
            while last > first and self.blocks[last].line.kind == "rule":
                last -= 1
            facts = (*filed, *self._facts(first, last))
            found.append(Part(self.blocks[first].start, self.blocks[last].end, facts, starts[first]))
        return found

    def _facts(self, first: int, last: int) -> list[Fact]:
        """What the document of blocks ``[first, last]`` states of itself, its head before its foot."""
        head = self.openings.opening(first, last)
        facts = list(head.facts)
        said = {f.field for f in facts}
        for block in self.blocks[max(head.body, last - 5) : last + 1]:
            if block.line.kind in ("filing", "credit", "byline") or len(block.line.facts) > 1:
                facts += [f for f in block.line.facts if f.field == "category" or f.field not in said]
        return facts

    # Points

    def _reasons(self, i: int, head: Head | None, opened: int, parted: dict[int, int]) -> Reasons:
        found: list[str] = []
        if head:
            found += [*self._of_head(head), *self._of_place(head), *self._of_text(head, opened)]
        if i in parted and (head or parted[i] >= _UNTITLED):
            found.append("the gap that parts the others here")
        return tuple((reason, POINTS[reason]) for reason in found)

    def _of_head(self, head: Head) -> list[str]:
        found = []
        if any(f.field == "byline" for f in head.facts):
            found.append("a byline")
        if "date" in head.kinds and head.title is not None:
            found.append("a dateline")
        if any(f.field == "title" for f in head.facts) and head.title is None:
            found.append("labelled as a title")
        if head.deck:
            found.append("a deck")
        if "mast" in head.kinds:
            found.append("a publication's name")
        if "opening" in head.kinds:
            found.append("a line that says what follows")
        if "lede" in head.kinds:
            found.append("a place and day or agency open the text")
        if "letter" in head.kinds:
            found.append("a dateline over a salutation")
        if head.title is None:
            return found
        block = self.blocks[head.title]
        words = self.text[block.start : block.end]
        if self.rules.series.match(words) and not self.rules.section_forms.match(words):
            found.append("one of a series")
        elif self.rules.section_forms.match(words):
            found.append("a numbered or dated section")
        if words.strip(" :.").lower() in self.rules.sections:
            found.append("a section heading")
        found += _form(words)
        if not head.kinds and self.regular:
            found.append("the others here have a byline or dateline")
        return found

    def _of_place(self, head: Head) -> list[str]:
        found = []
        before = self.blocks[head.first - 1]
        closing = ("closing", "filing", "credit", "rule")
        if head.first > 1 and before.line.kind in closing and self.blocks[head.first - 2].line.kind in closing[:3]:
            found.append("several closing lines before")
        elif before.line.kind in ("credit", "filing"):
            found.append("the text before ends with its author or filing")
        elif before.line.kind == "closing":
            found.append("the text before is closed")
        elif before.line.kind == "rule":
            found.append("a line of strokes before")
        elif "letter" not in head.kinds and self.openings.is_heading(head.first - 1):
            found.append("under another heading")
        elif self.text[before.start : before.end].rstrip().endswith(":"):
            found.append("the text before announces it")
        gap = self.blocks[head.first].gap
        if gap > self.usual_gap:
            found.append(self._gap(gap))
        inner = self.blocks[head.first + 1 : head.body + 1]
        if any(b.gap > self.usual_gap for b in inner):
            found.append("a wider gap after")
        return found

    def _of_text(self, head: Head, opened: int) -> list[str]:
        found = []
        body = self.blocks[head.body]
        words = self.text[body.start : body.start + 200]
        if any(i in self.repeated for i in (head.body, head.first - 1)):
            found.append("an introduction that the page repeats")
        opening = re.match(r"\W*(\w+)", words)
        if opening and opening[1].lower() in self.rules.goes_on and not head.kinds:
            found.append("the text goes on")
        if not head.kinds and self._text_below(head) < BODY:
            found.append("hardly any text follows")
        found += self.topics.change(opened, head.first, head.body)
        return found

    def _text_below(self, head: Head) -> int:
        total = 0
        for i in range(head.body, min(head.body + 12, len(self.blocks))):
            if i in self.heads:
                break
            total += self.blocks[i].end - self.blocks[i].start
        return total

    def _gap(self, gap: int) -> str:
        if gap not in self.wide:
            return "a wider gap, as before most headings"
        return "a much wider gap before" if gap > self.usual_gap + 1 else "a wider gap before"

    # The page as a whole

    def _wide(self) -> frozenset[int]:
        """Gaps that are wider than usual and stand before few of the places where a text may begin."""
        gaps = [self.blocks[i].gap for i in self.heads if i]
        return frozenset(
            g for g in set(gaps) if g > self.usual_gap and sum(h >= g for h in gaps) <= max(2, 0.35 * len(gaps))
        )

    def _repeated(self) -> frozenset[int]:
        """Introductions and footers: blocks that stand on the page more than once, and not only over the same words."""
        where: dict[str, list[int]] = {}
        for i, block in enumerate(self.blocks):
            if block.end - block.start >= _REPEATED:
                where.setdefault(self.text[block.start : block.end], []).append(i)
        found: set[int] = set()
        for places in where.values():
            below = {self.text[b.start : b.end] for i in places for b in self.blocks[i + 1 : i + 2]}
            if len(below) > 1:
                found.update(places)
        return frozenset(found)


def _form(words: str) -> list[str]:
    """Whether the words look like a headline: long, or in capitals where prose has small letters."""
    parts = words.split()
    if len(parts) < 6 or len(words) < 35:
        return []
    found = ["a long headline" if len(parts) >= 12 and len(words) >= 70 else "the form of a headline"]
    long = [p for p in (part.strip("“”‘’\"'(–—-") for part in parts) if len(p) > 3]
    if len(parts) >= 7 and sum(p[0].isupper() or not p[0].isalpha() for p in long) >= 0.9 * len(long):
        found.append("capitals as in a headline")
    return found
