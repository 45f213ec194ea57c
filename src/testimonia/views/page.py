"""A document as a page to read: its text, passages, and all that was found in it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from testimonia.base import schema as t
from testimonia.base.judgements import DOCUMENT_DATE, of_kind
from testimonia.errors import InputError
from testimonia.text import Passage
from testimonia.views.chains import breaks, steps_of
from testimonia.views.rows import StepRow


@dataclass(frozen=True, slots=True)
class Voice:
    """A quotation of the page; spans are in the document's text."""

    id: str
    kind: str
    spans: tuple[tuple[int, int], ...]
    cue: tuple[tuple[int, int], ...]
    speaker_spans: tuple[tuple[int, int], ...]
    speaker: str | None
    chain: tuple[str, ...]
    work: str | None
    cited_date: str | None
    parent: str | None
    doubt: str | None
    steps: tuple[StepRow, ...] = ()
    cited_basis: str | None = None
    breaks: str | None = None
    confidence: float = 1.0
    reason: str = ""
    speaker_confidence: float = 1.0
    speaker_reason: str = ""
    continuation: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """A date or a name of the page: ``label`` is the date's EDTF or the actor's full name."""

    start: int
    end: int
    kind: str  # "time", or the actor's kind
    label: str | None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A stretch of the page that a copy or conflict ties to another place."""

    id: str
    what: str  # "copy" or "conflict"
    start: int
    end: int
    kind: str
    about: str
    other: str  # the other document's id
    other_title: str | None
    other_start: int
    other_end: int
    direction: str | None = None  # of a copy: "taken from there", "taken from here" or None


@dataclass(frozen=True, slots=True)
class ReadingPage:
    document: str
    title: str | None
    byline: str | None
    publisher: str | None
    date: str | None
    url: str | None
    categories: tuple[str, ...]
    source: str
    start: int
    end: int
    text: str
    passages: tuple[Passage, ...]
    voices: tuple[Voice, ...]
    marks: tuple[Marked, ...]
    elsewhere: tuple[Elsewhere, ...]
    asides: tuple[Marked, ...] = ()  # words in marks that are nobody's words; ``kind`` and ``label`` say what they are
    dated_by: str | None = None  # who gave the date, where that is a person and not the source


def reading_page(connection: Connection, document: str) -> ReadingPage:
    """The page of a document; raises ``InputError`` when the base has no such document."""
    row = connection.execute(select(t.document).where(t.document.c.id == document)).one_or_none()
    if row is None:
        raise InputError(f"there is no document {document}", hint="`testimonia documents` lists those there are.")
    given = of_kind(connection, DOCUMENT_DATE).get(document)
    paths = select(t.location.c.path).where(t.location.c.source_id == row.source_id).order_by(t.location.c.path)
    names = select(t.category.c.name).where(t.category.c.document_id == document).order_by(t.category.c.name)
    return ReadingPage(
        document=row.id,
        title=row.title,
        byline=row.byline,
        publisher=row.publisher,
        date=row.date,
        url=row.url,
        categories=tuple(connection.scalars(names)),
        source=connection.scalars(paths).first() or "",
        start=row.start,
        end=row.end,
        text=row.text,
        passages=_passages(connection, document),
        voices=_voices(connection, document),
        marks=_marks(connection, document),
        elsewhere=(*_copies(connection, document), *_conflicts(connection, document)),
        asides=_asides(connection, document),
        dated_by=given.by if given else None,
    )


def _passages(connection: Connection, document: str) -> tuple[Passage, ...]:
    p = t.passage.c
    found = connection.execute(
        select(p.start, p.end, p.kind, p.level).where(p.document_id == document).order_by(p.position)
    )
    return tuple(Passage(*row) for row in found)


def _pairs(value: list[list[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((s, e) for s, e in value)


def _voices(connection: Connection, document: str) -> tuple[Voice, ...]:
    q = t.quotation.c
    found = connection.execute(
        select(t.quotation).where(q.document_id == document).order_by(q.start, q.end.desc(), q.id)
    ).all()
    text = connection.scalar(select(t.document.c.text).where(t.document.c.id == document)) or ""
    return tuple(
        Voice(
            id=r.id,
            kind=r.kind,
            spans=_pairs(r.spans),
            cue=_pairs(r.cue),
            speaker_spans=_pairs(r.speaker),
            speaker=r.speaker_name or (text[slice(*r.speaker[0])] if r.speaker else None),
            chain=tuple(r.chain),
            work=r.work,
            cited_date=r.cited_date,
            parent=r.parent_id,
            doubt=r.doubt,
            steps=steps_of(r.links),
            cited_basis=r.cited_basis,
            breaks=breaks(r),
            confidence=r.confidence,
            reason=r.reason,
            speaker_confidence=r.speaker_confidence,
            speaker_reason=r.speaker_reason,
            continuation=_pairs(r.continuation),
        )
        for r in found
    )


def _asides(connection: Connection, document: str) -> tuple[Marked, ...]:
    a = t.aside.c
    found = connection.execute(select(a.start, a.end, a.kind).where(a.document_id == document).order_by(a.start, a.id))
    return tuple(Marked(r.start, r.end, "aside", r.kind) for r in found)


def _marks(connection: Connection, document: str) -> tuple[Marked, ...]:
    x, m, a = t.time_expression.c, t.mention.c, t.actor.c
    times = connection.execute(select(x.start, x.end, x.edtf, x.value).where(x.document_id == document))
    names = connection.execute(
        select(m.start, m.end, a.kind, a.name)
        .join(t.actor, a.id == m.actor_id)
        .where(m.document_id == document, m.form == "name")
    )
    found = [Marked(r.start, r.end, "time", r.edtf or r.value) for r in times]
    found += [Marked(r.start, r.end, r.kind, r.name) for r in names]
    return tuple(sorted(found, key=lambda mark: (mark.start, -mark.end, mark.kind)))


def _copies(connection: Connection, document: str) -> list[Elsewhere]:
    c = t.copy.c
    found = connection.execute(
        select(t.copy).where(or_(c.a_document == document, c.b_document == document)).order_by(c.id)
    ).all()
    titles = _titles(connection, {r.a_document for r in found} | {r.b_document for r in found})
    result = []
    for r in found:
        sides = ((r.a_document, r.a_start, r.a_end), (r.b_document, r.b_start, r.b_end))
        for mine, (here, there) in (("a", sides), ("b", sides[::-1])):
            if here[0] == document:
                way = {f"{mine}->": "taken from here", f"->{mine}": "taken from there"}
                direction = next((words for mark, words in way.items() if r.direction and mark in r.direction), None)
                result.append(
                    Elsewhere(
                        r.id, "copy", here[1], here[2], r.kind, "", there[0], titles[there[0]], *there[1:], direction
                    )
                )
    return result


def _conflicts(connection: Connection, document: str) -> list[Elsewhere]:
    c = t.conflict.c
    found = connection.execute(
        select(t.conflict).where(or_(c.a_document == document, c.b_document == document)).order_by(c.rank)
    ).all()
    titles = _titles(connection, {r.a_document for r in found} | {r.b_document for r in found})
    result = []
    for r in found:
        sides = ((r.a_document, r.a_start, r.a_end), (r.b_document, r.b_start, r.b_end))
        for here, there in (sides, sides[::-1]):
            if here[0] == document:
                result.append(
                    Elsewhere(
                        r.id, "conflict", here[1], here[2], r.kind, r.about, there[0], titles[there[0]], *there[1:]
                    )
                )
    return result


def _titles(connection: Connection, documents: set[str]) -> dict[str, str | None]:
    found = connection.execute(select(t.document.c.id, t.document.c.title).where(t.document.c.id.in_(documents)))
    return {r.id: r.title for r in found}
