"""What holds for every document, whatever it was read from."""

from __future__ import annotations

from itertools import pairwise

from testimonia.sources import documents_of
from testimonia.text import Document, Source


def source(text: str, media_type: str = "text/plain") -> Source:
    content = text.encode("utf-8", "surrogatepass")
    return Source(Source.digest(content), "a file", content, "utf-8", text, media_type)


def read(text: str, media_type: str = "text/plain") -> tuple[Document, ...]:
    """The documents of a text, each checked."""
    documents = documents_of(source(text, media_type))
    for document in documents:
        check(document, text)
    for before, after in pairwise(documents):
        assert before.end <= after.start
    return documents


def check(document: Document, text: str) -> None:
    assert any(c.isalpha() for c in document.text)
    at = 0
    for segment in document.offsets.segments:
        assert segment.start == at < segment.end
        at = segment.end
        assert document.start <= segment.source_start <= segment.source_end <= document.end <= len(text)
        if segment.verbatim:
            words = document.text[segment.start : segment.end]
            assert words == text[segment.source_start : segment.source_end]
    assert at == len(document.text)
    at = 0
    for passage in document.passages:
        assert at <= passage.start < passage.end <= len(document.text)
        assert passage.kind in passage.KINDS
        words = document.text[passage.start : passage.end]
        assert words == words.strip()
        at = passage.end
    for stated in document.stated:
        assert 0 <= stated.start < stated.end <= len(text)
        assert getattr(document, stated.field)


def passages(document: Document) -> list[tuple[str, int, str]]:
    return [(p.kind, p.level, document.text[p.start : p.end]) for p in document.passages]
