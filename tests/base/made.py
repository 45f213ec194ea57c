"""Sources, documents and findings made for tests of the base."""

from __future__ import annotations

from testimonia.findings import (
    Actor,
    Aside,
    Event,
    Figure,
    Findings,
    Link,
    Mention,
    Office,
    Quotation,
    Relation,
    TimeExpression,
)
from testimonia.text import Document, OffsetMap, Source, Span, Stated, document_id, passages_of


def source(words: str) -> Source:
    content = words.encode()
    return Source(Source.digest(content), "/a.txt", content, "utf-8", words, "text/plain")


def document(words: str) -> Document:
    """The one document of ``source(words)``."""
    return Document(
        id=document_id(source(words).id, 0, len(words), words),
        text=words,
        passages=passages_of(words),
        title="The ledger",
        byline="A. Writer",
        publisher="The Courier",
        date="1921-05-04",
        url="https://example.org/ledger",
        categories=("Archive", "Halm"),
        start=0,
        end=len(words),
        offsets=OffsetMap.verbatim(len(words)),
        stated=(Stated("title", 0, 10),),
    )


def everything() -> Findings:
    """One of each kind; fits any text of 60 characters or more."""
    return Findings(
        times=(
            TimeExpression(
                *(41, 51, "DATE", "1921-05-03", None, "1921-05-03", "1921-05-03", "1921-05-03", "julian"),
                doubt="two remain",
                readings=("1921-05-04",),
            ),
        ),
        actors=(Actor("a1", "Vera Holm", "person", ("Holm",)), Actor("a2", "Archive", "organisation")),
        mentions=(Mention(22, 31, "a1"), Mention(52, 55, "a2", "nominal")),
        offices=(Office(Span(22, 31), Span(32, 36), "a1", "Archive", "1920", None),),
        relations=(Relation(22, 55, "a1", "member", "a2"), Relation(22, 40, "a1", "born", "Halm")),
        quotations=(
            Quotation("q1", "direct", (Span(0, 21),), (Span(32, 36),), (Span(22, 31),), "Vera Holm", "a1"),
            Quotation(
                "q2",
                "direct",
                (Span(1, 11),),
                parent="q1",
                chain=("the text", "Holm", "not named"),
                citation=Span(3, 5),
                doubt="two",
                cited_basis="work",
                links=(Link("quotes", "Holm", Span(32, 36)), Link("cites", None)),
                continuation=(Span(12, 20),),
                confidence=0.5,
                reason="in marks",
                speaker_confidence=0.25,
                speaker_reason="two could be meant",
            ),
        ),
        asides=(Aside(4, 10, "title"),),
        events=(
            Event(
                *(0, 51, "1921-05-03", None, ("a1",), "other", "1921-05-03", "1921-05-03", "q1"),
                where=("a2",),
                factuality="plan",
                trigger=Span(32, 36),
                anchor=Span(41, 51),
                basis="narrative",
                doubt="two persons",
            ),
        ),
        figures=(Figure(41, 42, 3.0, None, "days"), Figure(43, 46, (1.0, 2.5), "km", "road", "1921")),
    )
