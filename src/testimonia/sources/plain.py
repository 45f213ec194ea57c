"""Plain text: line ends unified, form feeds to blank lines, every other character as it stands."""

from __future__ import annotations

import re

from testimonia.sources.blocks import blocks_of
from testimonia.sources.draft import Draft, documents
from testimonia.sources.splitting import split
from testimonia.text import Document, OffsetMapBuilder, Source

_CHANGED = re.compile(r"\r\n?|\f")


def read(source: Source) -> list[Document]:
    """The documents that a plain text holds."""
    draft = draft_of(source.text)
    return documents(source, draft, split(draft.text, blocks_of(draft.text)))


def draft_of(text: str) -> Draft:
    """The text with ``\\n`` for other line ends and a blank line for a page break."""
    builder = OffsetMapBuilder()
    done = 0
    for match in _CHANGED.finditer(text):
        builder.copy(text[done : match.start()], done)
        builder.change("\n\n" if match.group() == "\f" else "\n", match.start(), match.end())
        done = match.end()
    builder.copy(text[done:], done)
    drawn, offsets = builder.build()
    return Draft(drawn, offsets)
