"""The text model: documents, passages, spans, and the way back to the source."""

from testimonia.text.model import Document, Passage, Source, Span, Stated, document_id
from testimonia.text.offsets import OffsetMap, OffsetMapBuilder, Segment
from testimonia.text.passages import passages_of
from testimonia.text.sentences import sentences

__all__ = [
    "Document",
    "OffsetMap",
    "OffsetMapBuilder",
    "Passage",
    "Segment",
    "Source",
    "Span",
    "Stated",
    "document_id",
    "passages_of",
    "sentences",
]
