"""HTML to a flat tree with positions, in time linear in its length on any input, and without recursion."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field

VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
))  # fmt: skip
RAW = frozenset((
    "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript",
))  # fmt: skip
_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "center", "details", "dialog", "dd", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "ul",
))  # fmt: skip
# An opening tag that ends an open one which stands nearer than any tag of the second list.
_CLOSES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "th": (frozenset({"td", "th"}), frozenset({"table", "tr"})),
    "option": (frozenset({"option"}), frozenset({"select"})),
}
_SEEK = 40  # open elements looked at for one that an opening tag ends by implication

_NAME = re.compile(r"[A-Za-z][^\s/>\x00]{0,60}")
_ATTRIBUTE = re.compile(r"[\s/]*([^\s/>=][^\s/>=]*)(\s*=\s*)?")
_BARE = re.compile(r"[^\s>]*")


@dataclass(frozen=True, slots=True)
class Attribute:
    """A value as it is meant (entities decoded) and where it stands in the source."""

    value: str
    start: int
    end: int


@dataclass(slots=True)
class Element:
    """A tag with its place: ``[start, end)`` with both tags, ``[inner, close)`` without; ``parent`` is an index."""

    tag: str
    attributes: dict[str, Attribute]
    start: int
    inner: int
    parent: int
    end: int = 0
    close: int = 0

    def get(self, name: str) -> str:
        found = self.attributes.get(name)
        return found.value if found else ""


@dataclass(slots=True)
class Tree:
    """Elements in the order of their opening tags (index 0 is the page), and the stretches of text.

    ``texts`` are (start, end, index of the element they stand in), in the order of the source.
    """

    source: str
    elements: list[Element] = field(default_factory=list)
    texts: list[tuple[int, int, int]] = field(default_factory=list)


def parse(source: str) -> Tree:
    """The tree of a page. Tags that are not closed end with the element they stand in."""
    return _Parser(source).parse()


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.tree = Tree(source, [Element("", {}, 0, 0, -1)])
        self.open = [0]
        self.counts: Counter[str] = Counter()  # of open tags by name, so that a stray end tag costs nothing
        self.spent: set[str] = set()  # quotation marks that do not occur any more

    def parse(self) -> Tree:
        source, at = self.source, 0
        while at < len(source):
            mark = source.find("<", at)
            self._text(at, mark if mark >= 0 else len(source))
            if mark < 0:
                break
            after = self._markup(mark)
            if after is None:  # a "<" that opens nothing is text
                after = mark + 1
                self._text(mark, after)
            at = after
        while self.open:
            self._pop(len(source), len(source))
        return self.tree

    def _text(self, start: int, end: int) -> None:
        if start < end:
            self.tree.texts.append((start, end, self.open[-1]))

    def _markup(self, at: int) -> int | None:
        """Reads what begins with "<" at ``at``; the offset after it, or None when it is no markup."""
        source = self.source
        follows = source[at + 1 : at + 2]
        if follows == "!" and source.startswith("<!--", at):
            return (
                self._after("-->", at + 4) if not source.startswith(("<!-->", "<!--->"), at) else self._after(">", at)
            )
        if follows in ("!", "?"):
            return self._after(">", at)
        if follows == "/":
            name = _NAME.match(source, at + 2)
            stop = self._after(">", at)
            if name:
                self._end_tag(name.group().lower(), at, stop)
            return stop
        name = _NAME.match(source, at + 1)
        return self._start_tag(name.group().lower(), at, name.end()) if name else None

    def _after(self, words: str, at: int) -> int:
        found = self.source.find(words, at)
        return len(self.source) if found < 0 else found + len(words)

    def _start_tag(self, tag: str, start: int, at: int) -> int:
        attributes, stop, closed = self._attributes(at)
        if tag in RAW and not closed:
            close = re.compile(rf"</{tag}(?=[\s/>])", re.IGNORECASE).search(self.source, stop)
            end = close.start() if close else len(self.source)
            index = self._add(tag, attributes, start, stop)
            if stop < end:
                self.tree.texts.append((stop, end, index))
            after = self._after(">", end)
            self.tree.elements[index].close, self.tree.elements[index].end = end, after
            return after
        self._imply(tag, start)
        index = self._add(tag, attributes, start, stop)
        if tag in VOID or (closed and tag not in _BLOCKS):
            self.tree.elements[index].close = self.tree.elements[index].end = stop
        else:
            self.open.append(index)
            self.counts[tag] += 1
        return stop

    def _add(self, tag: str, attributes: dict[str, Attribute], start: int, inner: int) -> int:
        self.tree.elements.append(Element(tag, attributes, start, inner, self.open[-1]))
        return len(self.tree.elements) - 1

    def _imply(self, tag: str, at: int) -> None:
        """Ends what the opening of ``tag`` ends: a paragraph by any block, a list item by the next."""
        if tag in _BLOCKS and self.counts["p"]:
            self._end_nearest(frozenset({"p"}), frozenset({"table", "td", "th", "button", "object", "div"}), at)
        if tag in _CLOSES:
            self._end_nearest(*_CLOSES[tag], at)

    def _end_nearest(self, tags: frozenset[str], bounds: frozenset[str], at: int) -> None:
        for depth in range(len(self.open) - 1, max(0, len(self.open) - 1 - _SEEK), -1):
            name = self.tree.elements[self.open[depth]].tag
            if name in tags:
                while len(self.open) > depth:
                    self._pop(at, at)
                return
            if name in bounds:
                return

    def _end_tag(self, tag: str, close: int, end: int) -> None:
        if not self.counts[tag]:
            return
        while self.tree.elements[self.open[-1]].tag != tag:
            self._pop(close, close)
        self._pop(close, end)

    def _pop(self, close: int, end: int) -> None:
        element = self.tree.elements[self.open.pop()]
        element.close, element.end = close, end
        self.counts[element.tag] -= 1

    def _attributes(self, at: int) -> tuple[dict[str, Attribute], int, bool]:
        """(attributes, offset after the tag, whether it closes itself)."""
        source = self.source
        found: dict[str, Attribute] = {}
        while True:
            match = _ATTRIBUTE.match(source, at)
            if not match:
                stop = source.find(">", at)
                stop = len(source) if stop < 0 else stop + 1
                return found, stop, source[stop - 2 : stop] == "/>"
            at = match.end()
            start = end = at
            if match[2]:
                start, end, at = self._value(at)
            name = match[1].lower()
            if name not in found:
                found[name] = Attribute(unescape(source[start:end]), start, end)

    def _value(self, at: int) -> tuple[int, int, int]:
        """(start, end, offset after) of an attribute's value; a mark that is never closed is an ordinary character."""
        mark = self.source[at : at + 1]
        if mark in ("'", '"') and mark not in self.spent:
            end = self.source.find(mark, at + 1)
            if end >= 0:
                return at + 1, end, end + 1
            self.spent.add(mark)
        bare = _BARE.match(self.source, at)
        end = bare.end() if bare else at
        return at, end, end


ENTITY = re.compile(r"&(?:#[0-9]{1,7}(?![0-9]);?|#[xX][0-9A-Fa-f]{1,6}(?![0-9A-Fa-f]);?|[A-Za-z][A-Za-z0-9]{1,31};?)")


def unescape(words: str) -> str:
    """Entities decoded; a number of more than seven digits stays as it stands."""
    return ENTITY.sub(lambda m: html.unescape(m.group()), words) if "&" in words else words
