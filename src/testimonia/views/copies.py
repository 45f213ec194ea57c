"""What was taken from where?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from testimonia.base import schema as t
from testimonia.errors import InputError
from testimonia.findings import COPY_KINDS
from testimonia.views.common import Texts, one_of, share, sliced
from testimonia.views.rows import CopyRow, Rows


def find(
    connection: Connection,
    *,
    document: str | None = None,
    kind: str | None = None,
    minimum: float = 0.0,
    limit: int | None = None,
    offset: int = 0,
) -> Rows[CopyRow]:
    """Pairs of passages, longest first; boilerplate after all others."""
    c = t.copy.c
    one_of(kind, COPY_KINDS, "kind of copy")
    length = c.a_end - c.a_start
    question = select(t.copy).where(c.similarity >= share(minimum, "similarity"))
    question = question.order_by(c.kind == "boilerplate", length.desc(), c.id)
    if document:
        question = question.where(or_(c.a_document == document, c.b_document == document))
    if kind:
        question = question.where(c.kind == kind)
    return _rows(connection, connection.execute(sliced(question, limit, offset)).all())


def one(connection: Connection, copy: str) -> CopyRow:
    """The copy of this identifier; raises ``InputError`` when there is none."""
    found = _rows(connection, connection.execute(select(t.copy).where(t.copy.c.id == copy)).all())
    if not found:
        raise InputError(f"there is no copy {copy}", hint="`testimonia copies` lists those there are.")
    return found[0]


def _rows(connection: Connection, found: Iterable[Row[Any]]) -> Rows[CopyRow]:
    texts = Texts(connection)
    return Rows(
        CopyRow(
            r.id,
            texts.cited(r.a_document, r.a_start, r.a_end),
            texts.cited(r.b_document, r.b_start, r.b_end),
            r.kind,
            r.similarity,
            r.direction,
            tuple(r.reasons),
        )
        for r in found
    )
