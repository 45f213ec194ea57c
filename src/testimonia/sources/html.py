"""Web pages: the main text or the several texts of a page, with what the page states of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace

from testimonia.sources import facts as markup_facts
from testimonia.sources.blocks import blocks_of_passages
from testimonia.sources.draft import Draft, Part, documents
from testimonia.sources.emit import Emitted, Page, passage_kinds
from testimonia.sources.heads import Fact, byline_in, categories, date_in, is_name, read_line, rules
from testimonia.sources.markup import RAW, Attribute, Element, Tree, parse, unescape
from testimonia.sources.splitting import split
from testimonia.text import Document, Source

_LEFT_OUT = RAW | frozenset((
    "head", "nav", "footer", "aside", "form", "button", "select", "option", "svg", "math", "canvas", "audio",
    "video", "object", "template", "dialog",
))  # fmt: skip
_NEVER_LEFT_OUT = frozenset(("", "html", "body", "main", "article"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_MAIN_SHARE = 0.7  # of a page's words: the main text is in the deepest element that holds so much
_LONGEST_FACT = 1000  # code points looked at of what may be a title or byline
_FEWEST = 80  # letters of a text in a container; less is a teaser
_TEASER = 0.02  # of the longest text of the page


def read(source: Source) -> list[Document]:
    """The documents that a page holds: one for each container of a text, or the main text divided by its headings."""
    tree = parse(source.text)
    reader = _Reader(tree)
    containers = reader.containers()
    if len(containers) > 1:
        return [d for start, end, root in containers for d in documents(source, *reader.one_of_many(start, end, root))]
    root = containers[0][2] if containers else reader.main()
    return documents(source, *reader.single(root))


class _Reader:
    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.classes = [_classes(e) for e in tree.elements]
        self.tokens = [_tokens(e) for e in tree.elements]
        lists = rules().lists
        self.is_title = self._named(lists.titles)
        self.is_byline, self.is_date, self.is_filing = map(self._named, (lists.bylines, lists.dates, lists.filings))
        self.meta = [self._is_meta_line(i) for i in range(len(tree.elements))]
        self.unread = self._unread()
        self.out = self._left_out()
        self.letters = self._letters(self.out)
        self.page = Page(tree, self.out, passage_kinds(tree, self._captions()))
        self.code = (next((e.get("lang") for e in tree.elements if e.tag == "html"), "") or "en")[:2].lower()
        self.filed = self._page_filing()
        self.stated = [*markup_facts.of_json(tree), *markup_facts.of_meta(tree)]

    def _named(self, names: Sequence[str]) -> Callable[[int], bool]:
        wanted = [frozenset(name.split()) for name in names]
        return lambda index: any(w <= self.tokens[index] for w in wanted)

    # What belongs to no text

    def _unread(self) -> list[bool]:
        """By element: whether it, or one it stands in, is navigation, a comment, advertising, hidden ..."""
        named = self._named(rules().lists.left_out)
        letters = self._letters([e.tag in _LEFT_OUT for e in self.tree.elements])
        found: list[bool] = []
        for i, e in enumerate(self.tree.elements):
            above = e.parent >= 0 and found[e.parent]
            by_name = e.tag not in _NEVER_LEFT_OUT and e.tag not in _HEADINGS and named(i)
            by_tag = e.tag in _LEFT_OUT and e.tag != "footer"
            found.append(above or by_tag or (by_name and letters[i] < 0.5 * letters[0]) or _is_hidden(e))
        return found

    def _left_out(self) -> list[bool]:
        """By element: whether its text belongs to no document; lines of meta data are left out, but read for facts."""
        found: list[bool] = []
        for i, e in enumerate(self.tree.elements):
            above = e.parent >= 0 and found[e.parent]
            found.append(above or self.unread[i] or self.meta[i] or e.tag == "footer")
        return found

    def _is_meta_line(self, i: int) -> bool:
        """A line under the title or the text that gives author, date or filing, by its class."""
        tokens = self.tokens[i]
        return bool({"meta", "postmetadata"} & tokens) and bool({"entry", "post", "article", "postmetadata"} & tokens)

    def _captions(self) -> list[bool]:
        return [("caption" in tokens and "text" in tokens) or "gallery-caption" in tokens for tokens in self.tokens]

    def _letters(self, out: Sequence[bool]) -> list[int]:
        """By element: how many characters other than white space its text has, without what is left out."""
        found = [0] * len(self.tree.elements)
        for start, end, i in self.tree.texts:
            if not out[i]:
                found[i] += len("".join(self.tree.source[start:end].split()))
        for i in range(len(found) - 1, 0, -1):
            found[self.tree.elements[i].parent] += found[i]
        return found

    # Where the texts are

    def containers(self) -> list[tuple[int, int, int]]:
        """(start, end, element) of each text that has an element of its own."""
        wanted = frozenset(rules().lists.containers)
        inside: list[bool] = []
        found = []
        for i, e in enumerate(self.tree.elements):
            above = e.parent >= 0 and inside[e.parent]
            holds = not above and not self.out[i] and self._holds_text(i, wanted)
            inside.append(above or holds)
            if holds:
                found.append((e.inner, e.close, i))
        found = [c for c in found if self._heading(c[0], c[1]) is not None] if len(found) > 1 else found
        longest = max((self.letters[i] for _, _, i in found), default=0)
        found = [c for c in found if self.letters[c[2]] >= max(_FEWEST, _TEASER * longest)]
        return found if found else self._under_titles()

    def _holds_text(self, i: int, wanted: frozenset[str]) -> bool:
        e = self.tree.elements[i]
        kinds = e.get("itemtype").rsplit("/", 1)[-1]
        return (
            e.tag == "article"
            or (e.tag in ("div", "section", "li", "td") and bool(wanted & self.classes[i]))
            or kinds in ("Article", "NewsArticle", "BlogPosting")
        )

    def _heading(self, start: int, end: int) -> int | None:
        """The heading of the text in a stretch of source: the first one."""
        elements = self.tree.elements
        for i in range(bisect_left(elements, start, key=lambda e: e.start), len(elements)):
            if elements[i].start >= end:
                return None
            titled = elements[i].tag in _HEADINGS or self.is_title(i)
            if titled and not self.out[i] and self.letters[i]:
                return i
        return None

    def _under_titles(self) -> list[tuple[int, int, int]]:
        """Texts that only the headings of a theme hold apart, each up to the next heading of its kind."""
        elements = self.tree.elements
        titles = [
            i
            for i, e in enumerate(elements)
            if e.tag in _HEADINGS
            and not self.out[i]
            and ({"entry-title", "post-title"} & self.classes[i] or self._bookmarked(i))
        ]
        if len(titles) < 2:
            return []
        stop = elements[self.main()].close
        edges = [elements[i].start for i in titles] + [max(stop, elements[titles[-1]].end)]
        return [(start, end, i) for start, end, i in zip(edges, edges[1:], titles, strict=False)]

    def _bookmarked(self, i: int) -> bool:
        following = self.tree.elements[i + 1 : i + 2]
        return any(e.tag == "a" and "bookmark" in e.get("rel") and e.parent == i for e in following)

    def main(self) -> int:
        """The element of the main text: the deepest that holds most of the page's words."""
        elements = self.tree.elements
        marked = [i for i, e in enumerate(elements) if e.tag == "main" or e.get("itemprop") == "articleBody"]
        marked = [i for i in marked if self.letters[i] >= 0.5 * self.letters[0]]
        best = marked[0] if marked else 0
        for i in range(best + 1, len(elements)):
            e = elements[i]
            if (
                e.parent == best
                and self.letters[i] >= _MAIN_SHARE * self.letters[best]
                and e.tag not in _HEADINGS | {"p"}
            ):
                best = i
        return best

    # One text

    def single(self, root: int) -> tuple[Draft, list[Part]]:
        """The page's one text, or the texts that are run together in it."""
        e = self.tree.elements[root]
        drawn = self.page.draw(e.inner, e.close)
        parts = split(drawn.text, blocks_of_passages(drawn.text, drawn.passages), self.code)
        visible = self._visible(e.inner, e.close)
        if len(parts) > 1:
            shared = tuple(f for f in self.stated if f.field == "publisher") + self.filed
            return self._draft(drawn, shared), parts
        heading = [f for f in visible if f.field == "title"] or self._first_heading(e.start)
        title = (heading or [f for f in self.stated if f.field == "title"] or self._page_title())[:1]
        others = [f for f in self.stated if f.field != "title"] + [f for f in visible if f.field != "title"]
        whole = [Part(0, len(drawn.text), tuple(f for p in parts for f in p.facts if f.field != "title"))]
        return self._draft(drawn, (*title, *others, *self.filed)), whole

    def one_of_many(self, start: int, end: int, root: int) -> tuple[Draft, list[Part]]:
        drawn = self.page.draw(start, end)
        shared = [f for f in self.stated if f.field == "publisher"]
        head = split(drawn.text, blocks_of_passages(drawn.text, drawn.passages), self.code)[:1]
        whole = Part(0, len(drawn.text), tuple(f for p in head for f in p.facts if f.field != "title"))
        return self._draft(drawn, (*self._visible(start, end), *shared, *self.filed)), [whole]

    def _draft(self, drawn: Emitted, facts: tuple[Fact, ...]) -> Draft:
        return Draft(drawn.text, drawn.offsets, drawn.passages, facts, self.code)

    def _visible(self, start: int, end: int) -> list[Fact]:
        """What the elements of a stretch of source state by their class, tag or rel."""
        elements = self.tree.elements
        found: list[Fact] = []
        heading = self._heading(start, end)
        if heading is not None:
            found += self._as_fact("title", heading)
            links = [elements[heading], *elements[heading + 1 : heading + 3]]
            found += [Fact("url", a.value, a.start, a.end) for e in links for a in _address(e)]
        for i in range(bisect_left(elements, start, key=lambda e: e.start), len(elements)):
            e = elements[i]
            if e.start >= end:
                break
            if self.unread[i]:
                continue
            if e.tag == "time" or (e.tag == "abbr" and "published" in self.classes[i]):
                found += _machine_date(e)
            rel = e.get("rel").split()
            if "tag" in rel or "category" in rel:
                found += self._as_fact("category", i)
            elif self.is_byline(i) or "author" in rel or e.get("itemprop") == "author":
                found += self._byline(i)
            elif self.is_date(i):
                found += self._written(i)
            elif self.is_filing(i) and e.tag not in _NEVER_LEFT_OUT | {"div", "section", "li"}:
                found += self._filings(i)
            elif self.meta[i]:
                found += self._byline(i) + self._written(i)
        return found

    def _words(self, i: int) -> tuple[str, int, int]:
        """(words, start, end): the text of an element without its tags, and where it stands in the source."""
        e = self.tree.elements[i]
        texts = self.tree.texts
        pieces: list[tuple[int, int]] = []
        length = 0
        for at in range(bisect_left(texts, e.inner, key=lambda t: t[0]), len(texts)):
            start, stop, _ = texts[at]
            if start >= e.close or length > _LONGEST_FACT or len(pieces) > _LONGEST_FACT:
                break
            pieces.append((start, min(stop, start + _LONGEST_FACT)))
            length += stop - start
        words = "".join(self.tree.source[s:t] for s, t in pieces)
        stripped = " ".join(unescape(words).split())
        if not stripped:
            return "", e.inner, e.inner
        first = next(s + len(w) - len(w.lstrip()) for s, t in pieces for w in (self.tree.source[s:t],) if w.strip())
        last = next(s + len(w.rstrip()) for s, t in reversed(pieces) for w in (self.tree.source[s:t],) if w.strip())
        return stripped, first, last

    def _as_fact(self, field: str, i: int) -> list[Fact]:
        words, start, end = self._words(i)
        return [Fact(field, words, start, end)] if words and len(words) <= 400 else []

    def _byline(self, i: int) -> list[Fact]:
        words, start, end = self._words(i)
        if not words or len(words) > 200:
            return []
        named = byline_in(words)
        if named:
            return [Fact("byline", named.value, start, end)]
        return [Fact("byline", words, start, end)] if is_name(words) and not self.meta[i] else []

    def _written(self, i: int) -> list[Fact]:
        words, start, end = self._words(i)
        found = date_in(words[:200])
        return [Fact("date", found[0], start, end)] if found else []

    def _filings(self, i: int) -> list[Fact]:
        words, start, end = self._words(i)
        line = read_line(words, 0, len(words))
        facts = line.facts if line.kind == "filing" else tuple(categories(words, 0)) if len(words) <= 80 else ()
        return [Fact("category", f.value, start, end) for f in facts]

    # The page

    def _page_filing(self) -> tuple[Fact, ...]:
        """What the page's headings and breadcrumbs say of the category that all its texts are filed under."""
        for i, e in enumerate(self.tree.elements):
            if e.tag in _HEADINGS or (self.is_title(i) and "page" in self.tokens[i]) or e.tag == "title":
                words, start, end = self._words(i)
                line = read_line(words, 0, len(words)) if len(words) <= 200 else None
                if line and line.kind == "page":
                    return tuple(Fact("category", f.value, start, end) for f in line.facts)
        return ()

    def _first_heading(self, before: int) -> list[Fact]:
        """An ``h1`` that stands before the main text."""
        for i, e in enumerate(self.tree.elements):
            if e.start >= before:
                break
            if e.tag == "h1" and self.letters[i]:
                return self._as_fact("title", i)
        return []

    def _page_title(self) -> list[Fact]:
        """``<title>`` without the site's name after a stroke."""
        i = next((i for i, e in enumerate(self.tree.elements) if e.tag == "title"), None)
        found = self._as_fact("title", i) if i is not None else []
        sites = {f.value.lower() for f in self.stated if f.field == "publisher"}
        return [replace(f, value=_without_site(f.value, sites)) for f in found]


def _without_site(words: str, sites: set[str]) -> str:
    parts = re.split(r"\s+([|»–—-]|::)\s+", words)
    if len(parts) >= 3 and (parts[-2] != "-" or parts[-1].lower() in sites):
        return "".join(f" {p} " if i % 2 else p for i, p in enumerate(parts[:-2]))
    return words


def _classes(e: Element) -> frozenset[str]:
    return frozenset(e.get("class").split())


def _tokens(e: Element) -> frozenset[str]:
    words = f"{e.get('class')} {e.get('id')} {e.get('itemprop')} {e.get('role')}"[:400]
    return (
        frozenset(t.lower() for t in _TOKEN.findall(words)) | frozenset(words.lower().split())
        if words.strip()
        else frozenset()
    )


def _is_hidden(e: Element) -> bool:
    style = e.get("style").replace(" ", "").lower()
    return "hidden" in e.attributes or "display:none" in style or "visibility:hidden" in style


def _address(e: Element) -> list[Attribute]:
    found = e.attributes.get("href") if e.tag == "a" else None
    return [found] if found and found.value.startswith(("http://", "https://", "/")) and len(found.value) > 1 else []


def _machine_date(e: Element) -> list[Fact]:
    value = e.attributes.get("datetime") or e.attributes.get("title")
    date = markup_facts.day(value.value) if value else None
    return [Fact("date", date, value.start, value.end)] if value and date else []
