"""Source, document, passage, span.

A *source* is the bytes read. A *document* is one text with its own author and date; a source may hold several. A
*passage* is a paragraph, heading, list item or set-off quotation of a document. A *span* is a stretch of characters.
All offsets are Unicode code points, ends exclusive. Offsets of passages and findings are in the document's ``text``;
offsets of ``Document.start``/``end`` and of ``Stated`` are in the source's text, which is the source's bytes decoded
with the source's encoding, nothing else changed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import NamedTuple

from testimonia.text.offsets import OffsetMap


class Span(NamedTuple):
    """A stretch ``[start, end)`` in code points; serialises as ``[start, end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of a document. ``level`` is a heading's (1 to 6) or a blockquote's or list's depth, else 0."""

    start: int
    end: int
    kind: str  # one of KINDS
    level: int = 0

    KINDS = ("heading", "paragraph", "list", "blockquote", "preformatted", "caption")


@dataclass(frozen=True, slots=True)
class Stated:
    """Where the source states something of a document: ``field`` is a name of a Document attribute.

    ``start``/``end`` are in the source's text.
    """

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes as they were read. ``id`` is their SHA-256 in hex; ``text`` is ``content`` decoded with ``encoding``."""

    id: str
    path: str
    content: bytes
    encoding: str
    text: str
    media_type: str  # text/plain, text/html or text/markdown

    @staticmethod
    def digest(content: bytes) -> str:
        return hashlib.sha256(content).hexdigest()


@dataclass(frozen=True, slots=True)
class Document:
    """One text with its own author and date.

    ``date`` is YYYY-MM-DD; title, byline, publisher, date and url are None where the source does not state them.
    ``categories`` are the source's own filing (category, tag, series). ``[start, end)`` is the stretch of the source's
    text it was taken from, ``offsets`` leads from each character of ``text`` back to the source's text.
    """

    id: str
    text: str
    passages: tuple[Passage, ...]
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    language: str = "en"
    categories: tuple[str, ...] = ()
    start: int = 0
    end: int = 0
    offsets: OffsetMap = field(default_factory=lambda: OffsetMap(()))
    stated: tuple[Stated, ...] = ()


def document_id(source_id: str, start: int, end: int, text: str) -> str:
    """The identifier of a document: the same source, place and text give the same one, on every machine."""
    key = f"{source_id}\0{start}\0{end}\0".encode() + text.encode("utf-8", "surrogatepass")
    return "d" + hashlib.sha256(key).hexdigest()[:16]
