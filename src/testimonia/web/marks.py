"""Text with what was found in it, as HTML that is escaped throughout."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape


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
    pieces: list[Markup] = []
    open_marks: list[Mark] = []
    ordered = sorted(edges)
    for left, right in pairwise(ordered):
        open_marks = [m for m in open_marks if m.end > left] + opening.get(left, [])
        open_marks.sort(key=lambda m: (m.layer, m.start, -m.end, m.kind))
        pieces.append(_piece(text[left:right], left, right, open_marks))
    return Markup("").join(pieces)


def _piece(words: str, left: int, right: int, covering: Sequence[Mark]) -> Markup:
    html = escape(words)
    linked = False
    for mark in reversed(covering):
        link = mark.href is not None and not linked  # HTML allows no link inside a link: the innermost one counts
        linked = linked or link
        html = _element(html, mark, (left == mark.start, right == mark.end), link)
    return html


def _element(html: Markup, mark: Mark, edges: tuple[bool, bool], link: bool) -> Markup:
    begins, ends = edges
    attributes = Markup(' class="{}{}{}"').format(mark.kind, " begins" if begins else "", " ends" if ends else "")
    if mark.anchor and begins:
        attributes += Markup(' id="{}"').format(mark.anchor)
    if mark.title:
        attributes += Markup(' title="{}"').format(mark.title)
    if mark.letter and begins:
        html = Markup('<sup class="letter">{}</sup>').format(mark.letter) + html
    if link:
        return Markup('<a{} href="{}">{}</a>').format(attributes, mark.href, html)
    return Markup("<span{}>{}</span>").format(attributes, html)
