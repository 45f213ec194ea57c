"""Readers: bytes to documents."""

from __future__ import annotations

from testimonia.errors import Refused
from testimonia.sources import html, markdown, plain
from testimonia.sources.decode import decode
from testimonia.sources.files import read_source, shown, walk
from testimonia.text import Document, Source

__all__ = ["decode", "documents_of", "read_source", "shown", "walk"]

READERS = {"text/plain": plain.read, "text/html": html.read, "text/markdown": markdown.read}


def documents_of(source: Source) -> tuple[Document, ...]:
    """The documents that a source holds, in their order; each has at least one letter.

    Raises ``Refused`` where there is none.
    """
    found = READERS[source.media_type](source)
    if not found:
        raise Refused("there is no text in it", source.path, "Nothing can be read from it.")
    return tuple(found)
