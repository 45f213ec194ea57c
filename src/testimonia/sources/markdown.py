"""Markdown: marks taken off, headings, lists, quotations and code kept as passages, front matter read."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from testimonia.sources.blocks import blocks_of_passages
from testimonia.sources.draft import Draft, Part, documents, trimmed
from testimonia.sources.heads import Fact, rules
from testimonia.sources.markup import ENTITY
from testimonia.sources.splitting import split
from testimonia.text import Document, OffsetMapBuilder, Passage, Source

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_ATX_END = re.compile(r"[ \t]+#+[ \t]*$")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_QUOTE = re.compile(r" {0,3}> ?")
_ITEM = re.compile(r"(\s{0,40})(?:[-*+]|\d{1,9}[.)])(?:[ \t]+|$)")
_REFERENCE = re.compile(r" {0,3}\[[^\]\[]{1,200}\]:\s*\S{1,2000}(?:\s+[\"'(].{0,500}[\"')])?\s*$")
_COMMENT = re.compile(r"\s*<!--.*-->\s*$")
_KEY = re.compile(r"([A-Za-z_][\w -]{0,30})\s*:\s*(.*?)\s*$")
_DEEPEST = 20  # quotations in quotations; more marks are text

# What stands for something else inside a line. Each alternative has a length that is bounded or ends at a character
# that it cannot begin with, so that a search is linear.
_INLINE = re.compile(
    "|".join(
        (
            r"(?P<escape>\\[!-/:-@\[-`{-~])",
            r"(?P<code>`+)",
            r"(?P<image>!\[)",
            r"(?P<open>\[)",
            r"(?P<close>\](?:\([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,500})?(?:[ \t]+\"[^\"\n]{0,300}\")?\)"
            r"|\[[^\]\[\n]{0,200}\])?)",
            r"(?P<auto><(?:https?://|mailto:)[^<>\s]{1,500}>)",
            r"(?P<tag></?[A-Za-z][A-Za-z0-9-]{0,20}(?:\s[^<>]{0,300})?/?>)",
            rf"(?P<entity>{ENTITY.pattern})",
            r"(?P<mark>\*+|_+|~~)",
        )
    )
)


@dataclass(slots=True)
class _Row:
    """A line without its block marks: ``[start, end)`` in the source; ``quote`` marks stood before it."""

    start: int
    end: int
    after: int  # where the next line begins
    quote: int = 0
    item: int = 0  # depth in lists of the item that begins here; 0 where none begins
    kind: str = "text"  # text, blank, heading, under (a heading's underline), rule, code, fence, none
    level: int = 0


def read(source: Source) -> list[Document]:
    """The documents that a Markdown text holds: one, or several with a title, byline or dateline each."""
    text = source.text
    stated, begin = _front_matter(text)
    drawn = _Drawing(text)
    for rows in _passages(list(_rows(text, begin))):
        drawn.passage(rows)
    body, offsets = drawn.builder.build()
    passages = trimmed(body, drawn.passages)
    parts = split(body, blocks_of_passages(body, passages))
    first = next((p for p in passages if p.kind == "heading"), None)
    if len(parts) == 1:
        facts = parts[0].facts
        if first and first.level == 1 and not any(f.field == "title" for f in facts):
            facts = (Fact("title", body[first.start : first.end], first.start, first.end), *facts)
        parts = [Part(0, len(body), facts)]
    elif stated:
        stated = [f for f in stated if f.field in ("publisher", "category")]
    return documents(source, Draft(body, offsets, passages, tuple(stated)), parts)


def _front_matter(text: str) -> tuple[list[Fact], int]:
    """(facts, where the text begins): YAML between two lines of dashes, read line by line to keep the places."""
    begin = 1 if text.startswith("\ufeff") else 0
    lines = _LINE.finditer(text, begin)
    if next(lines).group().rstrip() != "---":
        return [], begin
    facts: list[Fact] = []
    field = ""
    for _, match in zip(range(200), lines, strict=False):
        line = match.group()
        if line.rstrip() in ("---", "..."):
            return facts, match.end()
        if not line:
            break
        entry, item = _KEY.match(line), re.match(r"\s*-\s+(.*?)\s*$", line)
        if entry and not line[0].isspace():
            field = _front_field(entry[1].strip().lower())
            facts += _front_facts(field, entry[2], match.start() + entry.start(2))
        elif item:
            facts += _front_facts(field, item[1], match.start() + item.start(1))
    return [], begin


def _front_field(key: str) -> str:
    if key in ("categories", "category", "tags", "tag", "series", "topics", "keywords"):
        return "category"
    return {"canonical_url": "url", "site": "publisher"}.get(key) or rules().labels.get(key, "")


def _front_facts(field: str, value: str, start: int) -> Iterator[Fact]:
    if not field or not value:
        return
    listed = value.startswith("[") and value.endswith("]")
    pieces = re.finditer(r"[^,\[\]]+", value) if listed else [re.match(r".*", value)]
    for piece in pieces:
        words = piece.group() if piece else ""
        bare = words.strip().strip("\"'").strip()
        if not bare or not piece:
            continue
        begin = start + piece.start() + words.index(bare)
        if field == "date":
            from testimonia.sources.facts import day

            found = day(bare)
            if found:
                yield Fact("date", found, begin, begin + len(bare))
        else:
            yield Fact(field, bare, begin, begin + len(bare))


def _rows(text: str, begin: int) -> Iterator[_Row]:
    """The lines from ``begin`` on, each with what its marks make of it."""
    fence = ""
    blank, items = True, 0
    for match in _LINE.finditer(text, begin):
        if match.start() == match.end():
            return
        line = match.group().rstrip("\r\n")
        start, end = match.start(), match.start() + len(line)
        row = _Row(start, end, match.end())
        mark = _FENCE.match(line)
        if fence:
            row.kind = "fence" if mark and mark[1].startswith(fence) and not line.strip(" `~") else "code"
            fence = "" if row.kind == "fence" else fence
            yield row
            continue
        _take_quotes(row, line)
        rest = text[row.start : end]
        mark = _FENCE.match(rest)
        if mark:
            row.kind, fence = "fence", mark[1]
        else:
            _classify(row, rest, blank)
        item = _ITEM.match(rest) if row.kind == "text" else None
        if item:
            row.item = len(item[1].expandtabs(4)) // 2 + 1
            row.start += item.end()
            items = 1
        elif items and row.kind == "code":  # text below a list item is indented too
            row.kind = "text"
        if row.kind not in ("blank", "code") and not item and not rest.startswith((" ", "\t")):
            items = 0
        row.start, row.end = _trim(text, row.start, row.end, row.kind)
        blank = row.kind == "blank"
        yield row


def _take_quotes(row: _Row, line: str) -> None:
    at = 0
    while row.quote < _DEEPEST:
        match = _QUOTE.match(line, at)
        if not match:
            break
        at = match.end()
        row.quote += 1
    row.start += at


def _classify(row: _Row, rest: str, after_blank: bool) -> None:
    heading = _ATX.match(rest)
    if not rest.strip():
        row.kind = "blank"
    elif heading:
        row.kind, row.level = "heading", len(heading[1])
        closing = _ATX_END.search(rest[-60:])
        row.end -= len(closing.group()) if closing else 0
        row.start = min(row.start + heading.end(), row.end)
    elif not after_blank and _SETEXT.match(rest):
        row.kind, row.level = "under", 1 if "=" in rest else 2
    elif _RULE.match(rest[:300]):
        row.kind = "rule"
    elif after_blank and rest.startswith(("    ", "\t")):
        row.kind = "code"
    elif _COMMENT.match(rest[:3000]) or (rest.lstrip().startswith("[") and _REFERENCE.match(rest[:3000])):
        row.kind = "none"


def _trim(text: str, start: int, end: int, kind: str) -> tuple[int, int]:
    if kind == "code":
        return start, end
    while start < end and text[start] in " \t":
        start += 1
    while end > start and text[end - 1] in " \t":
        end -= 1
    return start, end


def _passages(rows: list[_Row]) -> Iterator[list[_Row]]:
    """Rows of one passage each."""
    run: list[_Row] = []
    for row in rows:
        joins = bool(run) and row.kind == run[-1].kind and row.kind in ("text", "code") and not row.item
        joins = joins and (row.quote == run[-1].quote or (row.quote == 0 and row.kind == "text"))
        if row.kind == "under" and run and run[-1].kind == "text" and not run[0].item:
            for r in run:
                r.kind, r.level = "heading", row.level
            yield run
            run = []
        elif joins:
            run.append(row)
        else:
            if run:
                yield run
            shown = row.kind in ("text", "code", "heading", "rule")
            run = [row] if shown and row.start < row.end else []
    if run:
        yield run


class _Drawing:
    def __init__(self, source: str) -> None:
        self.source = source
        self.builder = OffsetMapBuilder()
        self.passages: list[Passage] = []

    def passage(self, rows: list[_Row]) -> None:
        """Adds the rows as one passage, with a blank line before it."""
        before = self.builder.length
        if before:
            self.builder.change("\n\n", rows[0].start, rows[0].start)
        start = self.builder.length
        for i, row in enumerate(rows):
            if i:
                self._between(rows[i - 1].end, row.start)
            if row.kind in ("code", "rule"):
                self.builder.copy(self.source[row.start : row.end], row.start)
            else:
                self._inline(row.start, row.end)
        if self.builder.length > start:
            self.passages.append(Passage(start, self.builder.length, *_kind(rows[0])))

    def _between(self, start: int, end: int) -> None:
        if self.source[start:end] == "\n":
            self.builder.copy("\n", start)
        else:
            self.builder.change("\n", start, end)

    def _inline(self, start: int, end: int) -> None:
        words = self.source[start:end]
        at = 0
        for begin, stop, put in _changes(words):
            if begin < at:
                continue
            self.builder.copy(words[at:begin], start + at)
            self.builder.change(put, start + begin, start + stop)
            at = stop
        self.builder.copy(words[at:], start + at)


def _kind(row: _Row) -> tuple[str, int]:
    if row.kind == "heading":
        return "heading", row.level
    if row.kind == "code":
        return "preformatted", 0
    if row.quote:
        return "blockquote", row.quote
    return ("list", row.item) if row.item else ("paragraph", 0)


def _changes(words: str) -> list[tuple[int, int, str]]:
    """What the inline marks of a line stand for: (start, end, words), in order."""
    found: list[tuple[int, int, str]] = []
    brackets: list[tuple[int, int]] = []
    marks: dict[str, list[tuple[int, int]]] = {}
    skip = 0
    for match in _INLINE.finditer(words):
        start, end, kind = match.start(), match.end(), match.lastgroup
        if start < skip:
            continue
        if kind == "escape":
            found.append((start, end, match.group()[1:]))
        elif kind == "code":
            close = words.find(match.group(), end, end + 2000)
            if close >= 0:
                found += [(start, end, ""), (close, close + end - start, "")]
                skip = close + end - start
        elif kind in ("image", "open"):
            brackets.append((start, end))
        elif kind == "close" and brackets:
            begin = brackets.pop()
            if end - start > 1:
                found += [(*begin, ""), (start, end, "")]
        elif kind == "auto":
            found += [(start, start + 1, ""), (end - 1, end, "")]
        elif kind == "tag":
            found.append((start, end, ""))
        elif kind == "entity":
            found.append((start, end, html.unescape(match.group())))
        elif kind == "mark":
            _pair(words, start, end, marks, found)
    return sorted(found)


def _pair(
    words: str, start: int, end: int, marks: dict[str, list[tuple[int, int]]], found: list[tuple[int, int, str]]
) -> None:
    """Takes off an emphasis mark and the one that opened it; marks without a partner are text."""
    before, after = words[start - 1 : start], words[end : end + 1]
    if words[start] == "_" and before.isalnum() and after.isalnum():
        return
    waiting = marks.setdefault(words[start], [])
    while start < end and waiting and before and not before.isspace():
        opened = waiting.pop()
        width = min(end - start, opened[1] - opened[0])
        found += [(opened[1] - width, opened[1], ""), (start, start + width, "")]
        start += width
        if opened[1] - width > opened[0]:
            waiting.append((opened[0], opened[1] - width))
    if start < end and after and not after.isspace():
        waiting.append((start, end))
