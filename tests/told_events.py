"""Bases of invented events, made by hand: a document is a list of events, each told in a passage of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from testimonia import intervals
from testimonia.base import links, open_base, store
from testimonia.base.rows import to_rows
from testimonia.findings import Account, Actor, Event, Findings, Matter, Mention, Place, Quotation
from testimonia.text import Document, OffsetMap, Source, Span, document_id, passages_of


@dataclass(frozen=True, slots=True)
class Told:
    """An event to be told; ``speaker``: whose words tell it. Days are made from the dates unless they are given."""

    words: str
    when: str
    type: str = "other"
    who: tuple[str, ...] = ()
    until: str | None = None
    where: tuple[str, ...] = ()
    speaker: str | None = None
    factuality: str = "fact"
    basis: str = "stated"
    doubt: str | None = None
    days: tuple[str | None, str | None] | None = None

    @property
    def first_and_last(self) -> tuple[str | None, str | None]:
        if self.days:
            return self.days
        return intervals.iso(intervals.bounds(self.when).earliest), intervals.iso(
            intervals.bounds(self.until or self.when).latest
        )


def make(
    path: Path, documents: dict[str, Sequence[Told]], same: Sequence[Sequence[str]] = (), date: str | None = None
) -> dict[str, str]:
    """Makes the base; {title: document}. ``same``: words of passages that are accounts of one matter."""
    ids: dict[str, str] = {}
    places: dict[str, Place] = {}
    with open_base(path, create=True) as base, base.write() as c:
        run = store.begin_run(c, "1", {}, {}, "2020-01-01T00:00:00+00:00")
        for number, (title, events) in enumerate(documents.items()):
            text = "\n\n".join(e.words for e in events) + "\n"
            content = f"{text}{number}".encode()
            source = Source(Source.digest(content), f"/{number}.txt", text.encode(), "utf-8", text, "text/plain")
            document = Document(
                document_id(source.id, 0, len(text), text), text, passages_of(text), title, date=date, end=len(text),
                offsets=OffsetMap.verbatim(len(text)),
            )  # fmt: skip
            ids[title] = document.id
            for event in events:
                places[event.words] = Place(document.id, *_span(text, event.words))
            store.add_source(c, source, source.path, run)
            store.write_document(c, document, to_rows(document, _findings(text, events)), source.id, 0, run)
            store.complete_source(c, source.id, [document.id])
        matters = [
            Matter(f"m{n}", "event", "a matter", tuple(Account(places[words]) for words in group), ("both tell it",))
            for n, group in enumerate(same)
        ]
        links.replace(c, [], matters, [])
    return ids


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def _findings(text: str, events: Sequence[Told]) -> Findings:
    names = dict.fromkeys(n for e in events for n in (*e.who, *e.where, *((e.speaker,) if e.speaker else ())))
    places = {n for e in events for n in e.where}
    actors = {n: Actor(f"a{i}", n, "place" if n in places else "person") for i, n in enumerate(names)}
    spoken = [(i, e) for i, e in enumerate(events) if e.speaker]
    return Findings(
        actors=tuple(actors.values()),
        mentions=tuple(Mention(*_span(text, n), actors[n].id) for n in names if n in text),
        quotations=tuple(
            Quotation(f"q{i}", "direct", (_span(text, e.words),), speaker_name=e.speaker, actor=actors[e.speaker].id)
            for i, e in spoken
            if e.speaker
        ),
        events=tuple(
            Event(
                *_span(text, e.words), e.when, e.until, tuple(actors[n].id for n in e.who), e.type, *e.first_and_last,
                f"q{i}" if e.speaker else None, tuple(actors[n].id for n in e.where), e.factuality, None, None, e.basis,
                e.doubt,
            )
            for i, e in enumerate(events)
        ),
    )  # fmt: skip
