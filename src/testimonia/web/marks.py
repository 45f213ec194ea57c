"""Text with what was found in it, as HTML that is escaped throughout."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

DEEPEST = 8  # marks shown over one place; beyond that no reader can tell them apart, and pages would not end


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch ``[start, end)`` of the document's text to be shown as an element.

    ``layer``: outer layers enclose inner ones (0: stretch asked for or flagged, 1: voice, 2: date or name).
    ``anchor`` becomes the element's id where the mark begins.
    """

    start: int
    end: int
    layer: int
    kind: str  # CSS class
    href: str | None = None
    title: str | None = None
    anchor: str | None = None
    letter: str | None = None  # shown before the mark begins, so that colour is never the only sign


def marked(text: str, start: int, end: int, marks: Iterable[Mark]) -> Markup:
    """``text[start:end]`` with its marks; marks may overlap and reach beyond the stretch."""
    inside = [m for m in marks if m.start < end and m.end > start]
    edges = {start, end}
    for mark in inside:
        edges.update((max(start, mark.start), min(end, mark.end)))
    opening: dict[int, list[Mark]] = {}
    for mark in inside:
        opening.setdefault(max(start, mark.start), []).append(mark)
    pieces: list[str] = []
    open_marks: list[Mark] = []
    ordered = sorted(edges)
    for left, right in pairwise(ordered):
        open_marks = [m for m in open_marks if m.end > left] + opening.get(left, [])
        open_marks.sort(key=lambda m: (m.layer, m.start, -m.end, m.kind))
        pieces.append(_piece(text[left:right], left, right, open_marks[:DEEPEST]))
    return Markup("".join(pieces))  # _piece escapes every word of it


def _piece(words: str, left: int, right: int, covering: Sequence[Mark]) -> str:
    html = str(escape(words))
    linked = False
    for mark in reversed(covering):
        link = mark.href is not None and not linked  # HTML allows no link inside a link: the innermost one counts
        linked = linked or link
        html = _element(html, mark, (left == mark.start, right == mark.end), link)
    return html


def _element(html: str, mark: Mark, edges: tuple[bool, bool], link: bool) -> str:
    """``html`` is escaped already. Plain strings: a page may have a million elements, and ``Markup.format`` is slow."""
    begins, ends = edges
    attributes = f' class="{escape(mark.kind)}{" begins" if begins else ""}{" ends" if ends else ""}"'
    if mark.anchor and begins:
        attributes += f' id="{escape(mark.anchor)}"'
    if mark.title:
        attributes += f' title="{escape(mark.title)}"'
    if mark.letter and begins:
        html = f'<sup class="letter">{escape(mark.letter)}</sup>{html}'
    if link:
        return f'<a{attributes} href="{escape(mark.href)}">{html}</a>'
    return f"<span{attributes}>{html}</span>"
