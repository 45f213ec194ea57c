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
from dataclasses import dataclass, replace

from testimonia.sources.blocks import BODY, Block
from testimonia.sources.draft import Part
from testimonia.sources.heads import Fact, Rules, rules
from testimonia.sources.topics import Topics

ENOUGH = 5.0
POINTS = {
    "a byline": 4.0,
    "a dateline": 4.0,
    "labelled as a title": 5.0,
    "the text before is closed": 3.5,
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
    "a place and agency open the text": 3.0,
    "other names than before": 4.0,
    "mostly other names than before": 2.5,
    "no heading where the other texts have theirs": -2.0,
    "the same names as before": -1.5,
    "a section heading": -4.0,
    "a numbered or dated section": -4.0,
    "the text goes on": -4.0,
    "under another heading": -3.0,
    "hardly any text follows": -2.0,
    "the text before announces it": -4.0,
    "the others here have a byline or dateline": -2.5,
    "several headings of this kind follow": -1.5,
}
_HEAD_BLOCKS = 9
_LONGEST_TITLE = 170
_DECK = (40, 300)  # code points
_REPEATED = 80  # code points from which a paragraph that stands twice is an introduction or footer
_LEDE = re.compile(
    r"[A-Z][A-Za-z.’' ]{2,40}(?:, [A-Z][A-Za-z.’' ]{2,30}|, \w+\.? \d{1,2}){0,2} "
    r"(?:\([A-Z][\w .]{1,30}\) ?)?[–—-]{1,2} ?\S"
)
_TWO_SENTENCES = 100  # code points; a longer line of two sentences is a paragraph
_BREAK = re.compile(r"[.!?]\s+[A-Z“‘]")
_FULL_STOP = re.compile(r"[.…][”’»\"')\]]*$")
_UPPER = re.compile(r"[A-Z]{3}")


@dataclass(slots=True)
class _Head:
    """What stands over a text: blocks ``[first, body)``; ``title`` is the index of the title's block."""

    first: int
    body: int
    title: int | None
    facts: tuple[Fact, ...]
    kinds: frozenset[str]
    deck: bool


def split(text: str, blocks: Sequence[Block], code: str = "en") -> list[Part]:
    """The documents of a text, in order, without overlap; lines that tell of the page's filing lie outside.

    What the page says of its filing becomes a category of each document below it.
    """
    return _Splitter(text, blocks, rules(code)).split()


class _Splitter:
    def __init__(self, text: str, blocks: Sequence[Block], known: Rules) -> None:
        self.text, self.blocks, self.rules = text, blocks, known
        self.topics = Topics([text[b.start : b.end] for b in blocks])
        self.repeated = self._repeated()
        self.heads = {h.first: h for h in map(self._head, range(len(blocks))) if h}
        self.usual_gap = Counter(b.gap for b in blocks[1:]).most_common(1)[0][0] if len(blocks) > 1 else 1
        self.wide = self._wide()
        dated = sum(bool(h.kinds & {"byline", "date"}) and h.title is not None for h in self.heads.values())
        self.regular = dated >= 3

    def split(self) -> list[Part]:
        starts: list[tuple[int, tuple[tuple[str, float], ...]]] = []
        fresh, opened, i = True, 0, 0
        while i < len(self.blocks):
            block = self.blocks[i]
            if block.line.kind == "page":
                starts.append((i, ()))
                fresh, i = True, i + 1
                continue
            head = self.heads.get(i)
            if fresh and block.line.kind not in ("rule", "closing"):
                starts.append((i, (("the first text", ENOUGH),)))
                fresh, opened = False, i
                i = max(i + 1, head.body if head else 0)
                continue
            reasons = self._reasons(head, opened) if head and not fresh else ()
            if head and sum(points for _, points in reasons) >= ENOUGH:
                starts.append((i, reasons))
                opened, i = i, head.body
            else:
                i += 1
        return self._parts(starts)

    def _parts(self, starts: list[tuple[int, tuple[tuple[str, float], ...]]]) -> list[Part]:
        found: list[Part] = []
        filed: tuple[Fact, ...] = ()
        pages = 0
        for n, (first, reasons) in enumerate(starts):
            last = (starts[n + 1][0] if n + 1 < len(starts) else len(self.blocks)) - 1
            if self.blocks[first].line.kind == "page":
                filed = (
                    filed + self.blocks[first].line.facts if pages == first and first else self.blocks[first].line.facts
                )
                pages = first + 1
                continue
            begin, stop = self.blocks[first].start, self.blocks[last].end
            while last > first and self.blocks[last].line.kind == "rule":
                last -= 1
                stop = self.blocks[last].end
            found.append(Part(begin, stop, filed + self._facts(first, last), reasons))
        return found

    def _facts(self, first: int, last: int) -> tuple[Fact, ...]:
        """What the document of blocks ``[first, last]`` states of itself, its head before its foot."""
        head = self.heads.get(first)
        facts = list(head.facts) if head else []
        said = {f.field for f in facts}
        for block in self.blocks[max(first, last - 5, head.body if head else 0) : last + 1]:
            if block.line.kind in ("filing", "credit", "date"):
                facts += [f for f in block.line.facts if f.field == "category" or f.field not in said]
        return tuple(facts)

    # The head of a text

    def _head(self, first: int) -> _Head | None:
        """The head that begins at this block: a title, or a byline without one, with text below it."""
        title = None
        facts: list[Fact] = []
        kinds: list[str] = []
        deck = False
        i = first
        while i < min(first + _HEAD_BLOCKS, len(self.blocks)):
            block = self.blocks[i]
            kind = block.line.kind
            if kind in ("closing", "credit", "page", "rule"):
                if i == first or not (kind == "closing" and block.end - block.start < 60) or title is None:
                    return None
            elif kind in ("byline", "date", "label", "filing", "mast"):
                if kind == "filing" and i == first:
                    return None
                if kind == "mast" and title is None and not self._is_masthead(i):
                    title = i
                else:
                    kinds.append(kind)
                    facts += [
                        f for f in block.line.facts if f.field not in {g.field for g in facts} or f.field == "category"
                    ]
            elif title is None and self._is_title(i):
                title = i
            elif title is not None and not deck and self._is_deck(i, title):
                deck = True
            else:
                break
            i += 1
        return self._checked(_Head(first, i, title, tuple(facts), frozenset(kinds), deck))

    def _checked(self, head: _Head) -> _Head | None:
        """The head with its title among its facts, or none where no text follows or nothing is said."""
        labelled = any(f.field == "title" for f in head.facts)
        if head.body >= len(self.blocks) or (head.title is None and not labelled and "byline" not in head.kinds):
            return None
        if not self._is_body(head.body):
            return None
        if head.title is not None and not labelled:
            block = self.blocks[head.title]
            fact = Fact("title", self.text[block.start : block.end], block.start, block.end)
            return replace(head, facts=(fact, *head.facts))
        return head

    def _is_body(self, i: int) -> bool:
        block = self.blocks[i]
        if block.kind == "heading" or block.line.kind:
            return False
        if block.end - block.start >= 100:
            return True
        after = self.blocks[i + 1] if i + 1 < len(self.blocks) else None
        return block.body and (after is None or after.body or bool(after.line.kind))

    def _is_masthead(self, i: int) -> bool:
        """Whether a publication's name stands over (or under) a dateline and a title of its own follows."""
        for j in range(i + 1, min(i + 4, len(self.blocks))):
            if self.blocks[j].line.kind == "date":
                return any(self._is_title(k) for k in range(j + 1, min(j + 3, len(self.blocks))))
        return False

    def _is_title(self, i: int) -> bool:
        block = self.blocks[i]
        words = self.text[block.start : block.end]
        if (
            block.line.kind
            or len(words) > _LONGEST_TITLE
            or words.count("\n") > 1
            or not any(c.isalpha() for c in words)
        ):
            return False
        if block.kind == "heading":
            return True
        first = next(c for c in words if c.isalnum())
        if first.islower() or words.endswith((":", ";", ",")) or words[0] in "•*-–—+>|":
            return False
        if len(words) > _TWO_SENTENCES and _BREAK.search(words):
            return False
        if _FULL_STOP.search(words) and not words.endswith(("U.S.", "U.K.", "Inc.", "Jr.", "Dr.")):
            after = self.blocks[i + 1].line.kind if i + 1 < len(self.blocks) else ""
            return after in ("byline", "date") and self.blocks[i + 1].gap <= 1
        return not _is_speech(words)

    def _is_deck(self, i: int, title: int) -> bool:
        """A line between a title and its text that says more than the title; it may be a whole sentence."""
        block, above = self.blocks[i], self.blocks[title]
        length = block.end - block.start
        if not _DECK[0] <= length <= _DECK[1] or i + 1 >= len(self.blocks) or block.kind == "heading":
            return False
        words = self.text[block.start : block.end]
        if self.rules.section_forms.match(words) or "\n" in words or len(words.split()) < 7:
            return False
        if not block.body:
            return length > above.end - above.start and self._is_body(i + 1)
        return self.blocks[i + 1].line.kind in ("byline", "date") and length < BODY * 1.5

    # Points

    def _reasons(self, head: _Head, opened: int) -> tuple[tuple[str, float], ...]:
        found = [*self._of_head(head), *self._of_place(head), *self._of_text(head, opened)]
        return tuple((reason, POINTS[reason]) for reason in found)

    def _of_head(self, head: _Head) -> list[str]:
        found = []
        if "byline" in head.kinds or any(f.field == "byline" for f in head.facts):
            found.append("a byline")
        if "date" in head.kinds and head.title is not None:
            found.append("a dateline")
        if any(f.field == "title" for f in head.facts) and head.title is None:
            found.append("labelled as a title")
        if head.deck:
            found.append("a deck")
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

    def _of_place(self, head: _Head) -> list[str]:
        found = []
        before = self.blocks[head.first - 1]
        if before.line.kind in ("closing", "credit", "filing"):
            found.append("the text before is closed")
        elif before.line.kind == "rule":
            found.append("a line of strokes before")
            if head.first > 1 and self.blocks[head.first - 2].line.kind in ("closing", "credit", "filing"):
                found.append("the text before is closed")
        elif before.kind == "heading" or (not before.body and self._is_title(head.first - 1)):
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

    def _of_text(self, head: _Head, opened: int) -> list[str]:
        found = []
        body = self.blocks[head.body]
        words = self.text[body.start : body.start + 200]
        if any(i in self.repeated for i in (head.body, head.first - 1)):
            found.append("an introduction that the page repeats")
        if _LEDE.match(words) and _UPPER.match(words):
            found.append("a place and agency open the text")
        opening = re.match(r"\W*(\w+)", words)
        if opening and opening[1].lower() in self.rules.goes_on and not head.kinds:
            found.append("the text goes on")
        if not head.kinds and self._text_below(head) < BODY:
            found.append("hardly any text follows")
        found += self.topics.change(opened, head.first, head.body)
        return found

    def _text_below(self, head: _Head) -> int:
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
        """Blocks whose words stand on the page more than once."""
        where: dict[str, list[int]] = {}
        for i, block in enumerate(self.blocks):
            if block.end - block.start >= _REPEATED:
                where.setdefault(self.text[block.start : block.end], []).append(i)
        return frozenset(i for places in where.values() if len(places) > 1 for i in places)


def _is_speech(words: str) -> bool:
    """A line that is spoken: it opens with a quotation mark and closes with one, or a verb of saying follows."""
    return words[0] in "“‘\"'«„" and words[-1] in "”’\"'»“.!?"


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
