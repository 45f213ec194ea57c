"""Which documents are there?"""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from testimonia.base import schema as t
from testimonia.base.judgements import DOCUMENT_DATE, of_kind
from testimonia.views.common import contains, first_day, last_day, sliced
from testimonia.views.rows import DocumentRow, Rows

OPENING = 200  # code points of a document that a row shows


def find(
    connection: Connection,
    *,
    category: str | None = None,
    publisher: str | None = None,
    author: str | None = None,
    title: str | None = None,
    from_: str | None = None,
    to: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> Rows[DocumentRow]:
    """Documents that fit all filters, in the order of their sources' paths and their place there."""
    d, place = t.document.c, t.location.c
    first = select(place.source_id, func.min(place.path).label("path")).group_by(place.source_id).subquery("first_path")
    question = (
        select(t.document, first.c.path)
        .join(first, first.c.source_id == d.source_id, isouter=True)
        .order_by(first.c.path, d.position)
    )
    for column, words in ((d.publisher, publisher), (d.byline, author), (d.title, title)):
        if words:
            question = question.where(contains(column, words))
    if category:
        filed = select(t.category.c.document_id).where(contains(t.category.c.name, category))
        question = question.where(d.id.in_(filed))
    if from_:
        question = question.where(d.date >= first_day(from_))
    if to:
        question = question.where(d.date <= last_day(to))
    found = connection.execute(sliced(question, limit, offset)).all()
    filing = _filing(connection, [r.id for r in found])
    given = of_kind(connection, DOCUMENT_DATE)
    return Rows(
        DocumentRow(
            document=r.id,
            title=r.title,
            byline=r.byline,
            publisher=r.publisher,
            date=r.date,
            categories=filing.get(r.id, ()),
            source=r.path or "",
            start=r.start,
            end=r.end,
            length=len(r.text),
            words=r.text[:OPENING],
            dated_by=given[r.id].by if r.id in given else None,
        )
        for r in found
    )


def categories(connection: Connection) -> list[str]:
    return list(connection.scalars(select(t.category.c.name).distinct().order_by(t.category.c.name)))


def _filing(connection: Connection, documents: list[str]) -> dict[str, tuple[str, ...]]:
    c = t.category.c
    filing: dict[str, list[str]] = {}
    for i in range(0, len(documents), 500):
        part = documents[i : i + 500]
        question = select(c.document_id, c.name).where(c.document_id.in_(part)).order_by(c.name)
        for row in connection.execute(question):
            filing.setdefault(row.document_id, []).append(row.name)
    return {document: tuple(names) for document, names in filing.items()}
