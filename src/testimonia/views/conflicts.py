"""Where do the accounts differ?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from testimonia.base import schema as t
from testimonia.errors import InputError
from testimonia.findings import CONFLICT_KINDS, SEVERITIES
from testimonia.views.common import Texts, one_of, sliced
from testimonia.views.rows import ConflictRow, Rows


def find(
    connection: Connection,
    *,
    kind: str | None = None,
    severity: str | None = None,
    document: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> Rows[ConflictRow]:
    """Conflicts, most severe first."""
    c = t.conflict.c
    one_of(kind, CONFLICT_KINDS, "kind of conflict")
    one_of(severity, SEVERITIES, "severity")
    question = select(t.conflict).order_by(c.rank)
    if kind:
        question = question.where(c.kind == kind)
    if severity:
        question = question.where(c.severity == severity)
    if document:
        question = question.where(or_(c.a_document == document, c.b_document == document))
    return to_rows(connection, connection.execute(sliced(question, limit, offset)).all())


def one(connection: Connection, conflict: str) -> ConflictRow:
    """The conflict of this identifier; raises ``InputError`` when there is none."""
    found = to_rows(connection, connection.execute(select(t.conflict).where(t.conflict.c.id == conflict)).all())
    if not found:
        raise InputError(f"there is no conflict {conflict}", hint="`testimonia conflicts` lists those there are.")
    return found[0]


def to_rows(connection: Connection, found: Iterable[Row[Any]]) -> Rows[ConflictRow]:
    texts = Texts(connection)
    return Rows(
        ConflictRow(
            r.id,
            texts.cited(r.a_document, r.a_start, r.a_end),
            texts.cited(r.b_document, r.b_start, r.b_end),
            r.kind,
            r.difference,
            r.severity,
            r.about,
            tuple(r.reasons),
        )
        for r in found
    )
