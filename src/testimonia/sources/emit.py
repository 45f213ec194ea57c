"""A part of a page as text: white space folded, entities decoded, blocks apart, each character with its origin."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from testimonia.sources.draft import trimmed
from testimonia.sources.markup import ENTITY, Tree
from testimonia.text import OffsetMap, OffsetMapBuilder, Passage

_PIECE = re.compile(rf"(?P<space>[ \t\n\r\f]+)|(?P<entity>{ENTITY.pattern})|[^ \t\n\r\f&]+|&")
_LINE_END = re.compile(r"\r\n?")
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "nobr", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img",
))  # fmt: skip
_HEADINGS = {f"h{n}": n for n in range(1, 7)}


@dataclass(slots=True)
class Emitted:
    """The text, its way back, and its passages."""

    text: str
    offsets: OffsetMap
    passages: tuple[Passage, ...]


class Page:
    """A tree prepared for drawing texts from it.

    ``left_out``: by element, whether its text belongs to no document; ``kinds``: by element, the kind and level of the
    passage that its text makes.
    """

    def __init__(self, tree: Tree, left_out: Sequence[bool], kinds: Sequence[tuple[str, int]]) -> None:
        self.tree, self.kinds = tree, kinds
        self.blocks = _blocks(tree)
        # Texts (start, end, element) and line breaks (the same with element < 0), in the order of the source.
        self.pieces = [t for t in tree.texts if not left_out[t[2]]]
        self.pieces += [(e.start, e.end, -1) for i, e in enumerate(tree.elements) if e.tag == "br" and not left_out[i]]
        self.pieces.sort()

    def draw(self, start: int, end: int) -> Emitted:
        """The text of the source's stretch ``[start, end)``."""
        return _Emitter(self).run(start, end)

    def within(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        first = bisect_right(self.pieces, start, key=lambda p: p[1])
        for i in range(first, len(self.pieces)):
            begin, stop, index = self.pieces[i]
            if begin >= end:
                return
            yield max(begin, start), min(stop, end), index


def passage_kinds(tree: Tree, captions: list[bool]) -> list[tuple[str, int]]:
    """(kind, level) of the text in each element: the nearest heading, list, quotation, caption it stands in."""
    found: list[tuple[str, int]] = []
    depths: list[tuple[int, int]] = []  # of quotations, of lists
    for index, element in enumerate(tree.elements):
        above = found[element.parent] if element.parent >= 0 else ("paragraph", 0)
        quotes, lists = depths[element.parent] if element.parent >= 0 else (0, 0)
        tag = element.tag
        quotes += tag == "blockquote"
        lists += tag in ("ul", "ol", "menu", "dir")
        depths.append((quotes, lists))
        if tag in _HEADINGS:
            found.append(("heading", _HEADINGS[tag]))
        elif tag == "blockquote":
            found.append(("blockquote", quotes))
        elif tag == "li":
            found.append(("list", max(lists, 1)) if not quotes else ("blockquote", quotes))
        elif tag == "pre":
            found.append(("preformatted", 0))
        elif tag in ("figcaption", "caption") or captions[index]:
            found.append(("caption", 0))
        elif tag in ("td", "th", "article", "section"):
            found.append(("paragraph", 0) if not quotes else above)
        else:
            found.append(above)
    return found


def _blocks(tree: Tree) -> list[int]:
    """For each element the nearest one, itself or around it, that is no inline element."""
    found: list[int] = []
    for index, element in enumerate(tree.elements):
        inline = element.tag in _INLINE or element.tag == "br"
        found.append(found[element.parent] if inline and element.parent >= 0 else index)
    return found


class _Emitter:
    def __init__(self, page: Page) -> None:
        self.page, self.source = page, page.tree.source
        self.builder = OffsetMapBuilder()
        self.passages: list[Passage] = []
        self.begun = 0  # where the passage at hand begins
        self.kind: tuple[str, int] = ("paragraph", 0)
        self.space: tuple[int, int] | None = None  # white space that waits for a word after it
        self.breaks: list[tuple[int, int]] = []  # line breaks that wait
        self.block: int | None = None
        self.last = 0  # end in the source of what was drawn

    def run(self, start: int, end: int) -> Emitted:
        for begin, stop, index in self.page.within(start, end):
            if index < 0:
                self.breaks.append((begin, stop))
            else:
                self._text(begin, stop, index)
        self._end_passage()
        text, offsets = self.builder.build()
        return Emitted(text, offsets, trimmed(text, self.passages))

    def _text(self, start: int, end: int, index: int) -> None:
        words = self.source[start:end]
        block = self.page.blocks[index]
        kind = self.page.kinds[index]
        if kind[0] == "preformatted":
            self._preformatted(start, words, block, kind)
            return
        if block != self.block:
            if not words.strip(" \t\n\r\f"):
                return
            self._enter(block, kind)
        for match in _PIECE.finditer(words):
            at = start + match.start()
            if match["space"]:
                self.space = self.space or (at, start + match.end())
            elif match["entity"]:
                self._word(html.unescape(match.group()), at, start + match.end())
            else:
                self._word(match.group(), at, at + len(match.group()))

    def _enter(self, block: int, kind: tuple[str, int]) -> None:
        row = self._same_row(block)
        if row:
            self.space = self.space or (self.last, self.last)
        else:
            self._end_passage()
            self.kind = kind
        self.block = block

    def _same_row(self, block: int) -> bool:
        """Whether the block is the next cell in the row of the table at hand."""
        if self.block is None or self.begun == self.builder.length:
            return False
        here, there = self.page.tree.elements[self.block], self.page.tree.elements[block]
        return here.tag in ("td", "th") and there.tag in ("td", "th") and here.parent == there.parent

    def _word(self, words: str, start: int, end: int) -> None:
        if len(self.breaks) > 1:
            block = self.block
            self._end_passage()
            self.block = block
        empty = self.builder.length == self.begun
        if empty and not words.strip():
            return
        if empty and self.begun:
            self.builder.change("\n\n", self.last, self.last)
            self.begun = self.builder.length
        if not empty and self.breaks:
            self.builder.change("\n", *self.breaks[0])
        elif not empty and self.space:
            source = self.source[self.space[0] : self.space[1]]
            if source == " ":
                self.builder.copy(" ", self.space[0])
            else:
                self.builder.change(" ", *self.space)
        self.space, self.breaks = None, []
        self._put(words, start, end)

    def _put(self, words: str, start: int, end: int) -> None:
        if self.source[start:end] == words:
            self.builder.copy(words, start)
        else:
            self.builder.change(words, start, end)
        self.last = end

    def _preformatted(self, start: int, words: str, block: int, kind: tuple[str, int]) -> None:
        """White space as it stands, but no blank lines at its edges."""
        if block != self.block:
            if not words.strip():
                return
            self._enter(block, kind)
            lead = len(words) - len(words.lstrip("\r\n"))
            start, words = start + lead, words[lead:]
            if self.builder.length == self.begun and self.begun:
                self.builder.change("\n\n", self.last, self.last)
                self.begun = self.builder.length
        self.space, self.breaks = None, []
        at = 0
        for match in re.finditer(rf"{_LINE_END.pattern}|{ENTITY.pattern}", words):
            if at < match.start():
                self._put(words[at : match.start()], start + at, start + match.start())
            new = "\n" if match.group()[0] == "\r" else html.unescape(match.group())
            self._put(new, start + match.start(), start + match.end())
            at = match.end()
        if at < len(words):
            self._put(words[at:], start + at, start + len(words))

    def _end_passage(self) -> None:
        if self.builder.length > self.begun:
            self.passages.append(Passage(self.begun, self.builder.length, *self.kind))
            self.begun = self.builder.length
        self.space, self.breaks, self.block = None, [], None
