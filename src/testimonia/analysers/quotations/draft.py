"""A quotation while it is being put together."""

from __future__ import annotations

from dataclasses import dataclass, field

from testimonia.analysers.quotations.speakers import Source
from testimonia.text import Span


@dataclass(slots=True)
class Draft:
    """As ``Quotation``, before identifiers, parents and chains are known; ``source`` is the speaker's noun phrase."""

    kind: str
    spans: list[Span]
    cue: list[Span] = field(default_factory=list)
    source: Source | None = None
    actor: str | None = None
    name: str | None = None
    work: str | None = None
    cited_date: str | None = None
    citation: Span | None = None
    doubt: str | None = None
    via: tuple[str, ...] = ()  # voices between the document and the speaker
    continuation: list[Span] = field(default_factory=list)
    confidence: float = 1.0  # that it is a quotation with these edges
    reason: str = ""  # the rule that found it, in words
    speaker_confidence: float = 1.0
    speaker_reason: str = ""

    @property
    def start(self) -> int:
        return self.spans[0].start

    @property
    def end(self) -> int:
        return self.spans[-1].end
