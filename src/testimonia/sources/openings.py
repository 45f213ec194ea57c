"""The heads of texts: titles, mastheads, bylines, datelines, decks, and where the text below them begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from testimonia.sources.blocks import BODY, Block
from testimonia.sources.heads import Fact, Line, Rules, date_in

_HEAD_BLOCKS = 9
_LONGEST_TITLE = 170
_TWO_SENTENCES = 100  # code points; a longer line of two sentences is a paragraph
_DECK = (40, 300)  # code points
_LEDE = re.compile(
    r"[A-Z]{3}[A-Z.’' ]{0,37}(?:, [A-Z][A-Za-z.’' ]{2,30}|,? \w{1,9}\.? \w{1,9}(?:, \d{4}| \d{4})?){0,2} "
    r"(?:\([A-Z][\w .]{1,30}\) ?)?[–—-]{1,2} ?\S"
)
_BREAK = re.compile(r"[.!?]\s+[A-Z“‘]")
_FULL_STOP = re.compile(r"[.…][”’»\"')\]]*$")


@dataclass(slots=True)
class Head:
    """What stands over a text: blocks ``[first, body)``; ``title`` is the index of the title's block.

    ``kinds`` are those of its lines; "lede" where a place and a day or agency open the text, "letter" for a salutation.
    """

    first: int
    body: int
    title: int | None = None
    facts: list[Fact] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    deck: bool = False


class Heads:
    """The heads in a text's blocks. ``at``: by its first block, each head that has text below it."""

    def __init__(self, text: str, blocks: Sequence[Block], known: Rules) -> None:
        self.text, self.rules = text, known
        self.blocks = _with_page_filing(blocks)
        self._dates_are_headings = self._are_dates_headings()
        self.at = {h.first: h for h in map(self._head, range(len(blocks))) if h}

    def is_heading(self, i: int) -> bool:
        """Whether the block has the form of a title or heading."""
        return self.blocks[i].kind == "heading" or (not self.blocks[i].body and self._is_title(i))

    def opening(self, first: int, last: int) -> Head:
        """The head at a document's first block, or what its first lines say where they make no head."""
        for i in range(first, min(first + 3, last + 1)):
            if i in self.at:
                return self.at[i]
            if self.blocks[i].body and self.blocks[i].end - self.blocks[i].start >= BODY / 2:
                break
        head = Head(first, first)
        while head.body <= min(last, first + 3) and self._takes(head):
            head.body += 1
        if head.title is not None and last > head.title:
            block = self.blocks[head.title]
            head.facts.insert(0, Fact("title", self.text[block.start : block.end], block.start, block.end))
        return head

    def _head(self, first: int) -> Head | None:
        """The head that begins at this block: a title, or what else opens a text, with the text below it."""
        head = Head(first, first)
        if self.blocks[first].line.kind in ("closing", "credit", "page", "rule", "filing") or self._is_foot(first):
            return None
        limit = min(first + _HEAD_BLOCKS, len(self.blocks))
        while head.body < limit and self._takes(head):
            head.body += 1
        return head if self._is_whole(head) else None

    def _takes(self, head: Head) -> bool:
        """Adds the block at ``head.body`` to the head, if it belongs there."""
        i = head.body
        line = self.blocks[i].line
        if line.kind == "mast" and head.title is None and not self._is_masthead(i):
            head.title = i
        elif line.kind == "date" and self._dates_are_headings and len(line.facts) == 1 and "mast" not in head.kinds:
            return False
        elif line.kind in ("byline", "date", "label", "filing", "mast", "opening"):
            head.kinds.add(line.kind)
            said = {f.field for f in head.facts}
            head.facts += [f for f in line.facts if f.field == "category" or f.field not in said]
        elif line.kind == "closing":  # a share button under the title
            return head.title is not None and self.blocks[i].end - self.blocks[i].start < 60
        elif line.kind:
            return False
        elif head.title is None and "mast" in head.kinds and "date" not in head.kinds:
            return self._is_title(i)  # the number, between a publication's name and the day
        elif head.title is None and self._is_title(i) and not self._is_address(i):
            head.title = i
        elif head.title is not None and not head.deck and self._is_deck(i, head.title):
            head.deck = True
        else:
            return False
        return True

    def _is_whole(self, head: Head) -> bool:
        """Whether text follows and the head says something; completes the head's facts."""
        if head.body >= len(self.blocks):
            return False
        body = self.blocks[head.body]
        if "date" in head.kinds and self._is_salutation(head.body):
            head.kinds.add("letter")
            return True
        if not self._is_body(head.body):
            return False
        lede = _LEDE.match(self.text, body.start, min(body.end, body.start + 150))
        dated = date_in(lede.group()) if lede else None
        if lede and (dated or "(" in lede.group()):
            head.kinds.add("lede")
            if dated and not any(f.field == "date" for f in head.facts):
                head.facts.append(Fact("date", dated[0], body.start + dated[1], body.start + dated[2]))
        if head.title is not None and not any(f.field == "title" for f in head.facts):
            block = self.blocks[head.title]
            head.facts.insert(0, Fact("title", self.text[block.start : block.end], block.start, block.end))
        return any(f.field == "title" for f in head.facts) or bool(head.kinds & {"byline", "lede"})

    def _is_foot(self, i: int) -> bool:
        """Whether a byline stands under its text: a filing or closing line follows, or a text's head."""
        if self.blocks[i].line.kind != "byline" or i + 1 >= len(self.blocks):
            return False
        after = self.blocks[i + 1].line
        dated = after.kind == "date" and i + 2 < len(self.blocks) and self._is_title(i + 2)
        return after.kind in ("filing", "closing", "rule", "page") or dated or self._is_title(i + 1)

    def _is_salutation(self, i: int) -> bool:
        block = self.blocks[i]
        return block.end - block.start <= 60 and bool(self.rules.salutation.match(self.text, block.start, block.end))

    def _is_address(self, i: int) -> bool:
        """Whether the line stands over a letter: a salutation follows soon."""
        return any(self._is_salutation(j) for j in range(i + 1, min(i + 4, len(self.blocks))))

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
            return length > above.end - above.start and (self._is_meta(i + 1) or self._is_body(i + 1))
        return self._is_meta(i + 1) and not self._is_foot(i + 1)

    def _is_meta(self, i: int) -> bool:
        return self.blocks[i].line.kind in ("byline", "date", "mast")

    def _are_dates_headings(self) -> bool:
        """Whether days stand over paragraphs, as in a diary or chronology."""
        dates = [i for i, b in enumerate(self.blocks[:-1]) if b.line.kind == "date" and len(b.line.facts) == 1]
        bare = [i for i in dates if i and self.blocks[i + 1].body and not self.is_heading(i - 1)]
        bare = [i for i in bare if not self.blocks[i - 1].line.kind]
        return len(bare) >= 2 and len(bare) >= 0.5 * len(dates)


def _with_page_filing(blocks: Sequence[Block]) -> list[Block]:
    """The blocks; a filing at the very top ("Category: Ports") is the page's, not a text's."""
    found = list(blocks)
    for i, block in enumerate(found):
        if block.line.kind == "filing":
            found[i] = replace(block, line=Line("page", block.line.facts))
        elif block.line.kind not in ("page", "rule"):
            break
    return found


def _is_speech(words: str) -> bool:
    """A line that is spoken: it opens with a quotation mark and closes with one, or a verb of saying follows."""
    return words[0] in "“‘\"'«„" and words[-1] in "”’\"'»“.!?"
