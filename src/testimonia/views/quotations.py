"""Who says what?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, Select, func, or_, select

from testimonia.base import schema as t
from testimonia.findings import QUOTATION_KINDS
from testimonia.views.common import contains, one_of, sliced
from testimonia.views.rows import QuotationRow, Rows


def find(
    connection: Connection,
    *,
    speaker: str | None = None,
    about: str | None = None,
    kind: str | None = None,
    document: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> Rows[QuotationRow]:
    """Quotations that fit all filters, in the order of documents and texts.

    ``speaker`` fits a name, an alias of the actor, or the words that name the speaker. ``about`` fits words of the
    content, and any name of an actor who is mentioned there.
    """
    q, d = t.quotation.c, t.document.c
    one_of(kind, QUOTATION_KINDS, "kind of quotation")
    question = _question().order_by(d.source_id, d.position, q.start, q.end.desc(), q.id)
    if kind:
        question = question.where(q.kind == kind)
    if document:
        question = question.where(q.document_id == document)
    if speaker:
        named = select(t.actor.c.id).where(_called(speaker))
        words = func.substr(d.text, q.speaker[0][0].as_integer() + 1, _length(q.speaker))
        question = question.where(
            or_(contains(q.speaker_name, speaker), q.actor_id.in_(named), contains(words, speaker))
        )
    if about:
        content = func.substr(d.text, q.start + 1, q.end - q.start)
        m = t.mention.c
        mentioned = (
            select(m.id)
            .join(t.actor, t.actor.c.id == m.actor_id)
            .where(m.document_id == q.document_id, m.start >= q.start, m.end <= q.end, _called(about))
        )
        question = question.where(or_(contains(content, about), mentioned.exists()))
    return to_rows(connection.execute(sliced(question, limit, offset)))


def by_ids(connection: Connection, ids: Iterable[str]) -> Rows[QuotationRow]:
    """The quotations of these identifiers, in the order of the texts."""
    q = t.quotation.c
    wanted = sorted(set(ids))
    found: list[Row[Any]] = []
    for i in range(0, len(wanted), 500):
        question = _question().where(q.id.in_(wanted[i : i + 500])).order_by(q.document_id, q.start, q.id)
        found += connection.execute(question).all()
    return to_rows(found)


def _question() -> Select[Any]:
    d = t.document.c
    return select(t.quotation, d.title, d.date, d.text).join(t.document, d.id == t.quotation.c.document_id)


def _called(name: str) -> Any:
    return or_(contains(t.actor.c.name, name), contains(func.json(t.actor.c.aliases), name))


def _length(spans: Any) -> Any:
    return spans[0][1].as_integer() - spans[0][0].as_integer()


def to_rows(found: Iterable[Row[Any]]) -> Rows[QuotationRow]:
    return Rows(
        QuotationRow(
            id=r.id,
            document=r.document_id,
            title=r.title,
            date=r.date,
            start=r.start,
            end=r.end,
            words=" … ".join(r.text[s:e] for s, e in r.spans),
            kind=r.kind,
            speaker=r.speaker_name or (r.text[slice(*r.speaker[0])] if r.speaker else None),
            cue=r.text[slice(*r.cue[0])] if r.cue else None,
            chain=tuple(r.chain),
            work=r.work,
            cited_date=r.cited_date,
            parent=r.parent_id,
            doubt=r.doubt,
            spans=tuple((s, e) for s, e in r.spans),
        )
        for r in found
    )
