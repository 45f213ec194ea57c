"""Reading documents and findings back as what they were before they were stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, overload

from sqlalchemy import Connection, Table, select

from testimonia.base import schema as s
from testimonia.base.connection import Base
from testimonia.base.rows import TABLES, from_rows
from testimonia.findings import Findings
from testimonia.text import Document, OffsetMap, Passage, Stated

# In the order of the text, so that what is read back does not depend on how rows were stored.
_ORDER: dict[str, tuple[str, ...]] = {
    "actor": ("name", "kind", "id"),
    "mention": ("start", "end", "id"),
    "office": ("start", "end", "id"),
    "event_actor": ("event_id", "position"),
}
_HELD = 64  # documents kept in memory by ``Documents`` and ``Found``


def document_ids(base: Base) -> list[str]:
    """All documents, in the order of their identifiers (the same in every base that holds the same documents)."""
    with base.connect() as c:
        return list(c.execute(select(s.document.c.id).order_by(s.document.c.id)).scalars())


def documents(base: Base) -> Iterator[Document]:
    """All documents, one at a time, in the order of their identifiers."""
    for id in document_ids(base):
        with base.connect() as c:
            yield _document(c, id)


def document_of(base: Base, document: str) -> Document:
    """The document with this identifier; raises ``KeyError``."""
    with base.connect() as c:
        return _document(c, document)


def findings_of(base: Base, document: str) -> Findings:
    """What was found in a document, in the order of its text; identifiers are those of the base."""
    with base.connect() as c:
        return _findings(c, document)


class Documents(Sequence[Document]):
    """The documents of a base as a sequence of which only a few are in memory."""

    def __init__(self, base: Base) -> None:
        self.ids = document_ids(base)
        self._load = lru_cache(_HELD)(lambda id: document_of(base, id))

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, index: int) -> Document: ...
    @overload
    def __getitem__(self, index: slice) -> list[Document]: ...
    def __getitem__(self, index: int | slice) -> Document | list[Document]:
        if isinstance(index, slice):
            return [self._load(id) for id in self.ids[index]]
        return self._load(self.ids[index])


class Found(Mapping[str, Findings]):
    """{document identifier: its findings} of which only a few are in memory."""

    def __init__(self, base: Base) -> None:
        self._ids = dict.fromkeys(document_ids(base))
        self._load = lru_cache(_HELD)(lambda id: findings_of(base, id))

    def __getitem__(self, document: str) -> Findings:
        if document not in self._ids:
            raise KeyError(document)
        return self._load(document)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def _document(c: Connection, id: str) -> Document:
    row = c.execute(select(s.document).where(s.document.c.id == id)).one_or_none()
    if row is None:
        raise KeyError(id)
    categories = select(s.category.c.name).where(s.category.c.document_id == id).order_by(s.category.c.name)
    return Document(
        id=id, text=row.text, title=row.title, byline=row.byline, publisher=row.publisher, date=row.date, url=row.url,
        language=row.language, start=row.start, end=row.end, offsets=OffsetMap.from_rows(row.offsets),
        passages=tuple(Passage(r["start"], r["end"], r["kind"], r["level"]) for r in _rows(c, s.passage, id, "id")),
        categories=tuple(c.execute(categories).scalars()),
        stated=tuple(Stated(r["field"], r["start"], r["end"]) for r in _rows(c, s.stated, id, "id")),
    )  # fmt: skip


def _findings(c: Connection, id: str) -> Findings:
    rows = {}
    for name in TABLES:
        table = s.metadata.tables[name]
        if name == "event_actor":
            query = select(table).join(s.event).where(s.event.c.document_id == id)
            rows[name] = [dict(r) for r in c.execute(query.order_by(*_columns(table))).mappings()]
        else:
            rows[name] = _rows(c, table, id)
    return from_rows(rows)


def _rows(c: Connection, table: Table, document: str, *order: str) -> list[dict[str, Any]]:
    query = select(table).where(table.c.document_id == document).order_by(*(_columns(table, *order)))
    return [dict(row) for row in c.execute(query).mappings()]


def _columns(table: Table, *order: str) -> list[Any]:
    return [table.c[name] for name in order or _ORDER.get(table.name, ("start", "end", "id"))]
