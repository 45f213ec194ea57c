"""Blocks: the lines and paragraphs of a text, with what each says at a text's edge and the blank lines before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from testimonia.sources.heads import LONGEST, Line, read_line
from testimonia.text import Passage

BODY = 160  # code points from which a block is running text, whatever its form
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_LINES_ARE_PARAGRAPHS = 120  # median length of a line in texts that have no blank lines between paragraphs
_PEELED = 8  # lines at the head or foot of a paragraph that may be a title, byline, dateline or closing
_META = ("byline", "date", "label", "page", "filing")
_ENDS = re.compile(r"[.!?…][”’»\"')\]]*\s*$|[:;,]\s*$")


@dataclass(frozen=True, slots=True)
class Block:
    """``text[start:end]``; ``gap`` blank lines stand before it. ``kind``: "heading" where markup says so, else ""."""

    start: int
    end: int
    gap: int
    line: Line
    kind: str = ""
    body: bool = False  # running text


def blocks_of(text: str, code: str = "en") -> list[Block]:
    """The blocks of a text without markup: paragraphs, and single lines at their edges that are no part of them."""
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text)]
    gaps = [text.count("\n", 0 if not i else lines[i - 1][1], start) - 1 for i, (start, _) in enumerate(lines)]
    lengths = sorted(end - start for start, end in lines)
    single = (
        sum(g > 0 for g in gaps) <= 0.05 * len(gaps)
        and lengths
        and lengths[len(lengths) // 2] > (_LINES_ARE_PARAGRAPHS)
    )
    found: list[Block] = []
    first = 0
    for i in range(1, len(lines) + 1):
        if i == len(lines) or gaps[i] > 0 or single:
            found.extend(_paragraph(text, lines[first:i], max(gaps[first], 0), code))
            first = i
    return found


def _paragraph(text: str, lines: list[tuple[int, int]], gap: int, code: str) -> list[Block]:
    """A paragraph's lines as one block, with the lines of a head before it and of a foot after it on their own."""
    head = _head(text, lines, code)
    foot = len(lines)
    while (
        foot > head and len(lines) - foot < _PEELED and _read(text, lines[foot - 1], code).kind in ("closing", "filing")
    ):
        foot -= 1
    pieces = [[line] for line in lines[:head]] + [lines[head:foot]] * (head < foot) + [[line] for line in lines[foot:]]
    return [_block(text, piece[0][0], piece[-1][1], gap if i == 0 else 0, code) for i, piece in enumerate(pieces)]


def _head(text: str, lines: list[tuple[int, int]], code: str) -> int:
    """How many of the first lines are a head: up to the last that gives an author, a day or a filing."""
    head = 0
    for i, line in enumerate(lines[:_PEELED]):
        if line[1] - line[0] > LONGEST:
            break
        kind = _read(text, line, code).kind
        if kind in _META or (kind in ("closing", "credit", "rule") and head == i):
            head = i + 1
    return head


def _read(text: str, line: tuple[int, int], code: str) -> Line:
    start, end = _stripped(text, *line)
    return read_line(text, start, end, code)


def _block(text: str, start: int, end: int, gap: int, code: str) -> Block:
    start, end = _stripped(text, start, end)
    one = "\n" not in text[start:end]
    line = read_line(text, start, end, code) if one else Line()
    body = not line.kind and (end - start >= BODY or (_ENDS.search(text, max(start, end - 20), end) is not None))
    return Block(start, end, gap, line, body=body)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def blocks_of_passages(text: str, passages: tuple[Passage, ...], code: str = "en") -> list[Block]:
    """The blocks of a text whose passages are known from its markup."""
    found = []
    for passage in passages:
        block = _block(text, passage.start, passage.end, 1, code)
        heading = passage.kind == "heading"
        body = block.body and not heading if passage.kind in ("heading", "paragraph") else True
        line = block.line if passage.kind in ("heading", "paragraph", "list") else Line()
        found.append(Block(block.start, block.end, 1, line, "heading" if heading else "", body))
    return found
