"""When did what happen?"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select

from testimonia.base import schema as t
from testimonia.views.common import Texts, called, first_day, last_day, sliced
from testimonia.views.rows import EventRow, Rows


def find(
    connection: Connection,
    *,
    from_: str | None = None,
    to: str | None = None,
    actor: str | None = None,
    type: str | None = None,
    document: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> Rows[EventRow]:
    """Events that may lie between ``from_`` and ``to`` (EDTF, both included), by earliest and latest day.

    A partial date stands at its first day; of events that begin on one day the more precise comes first.
    """
    e, d, q, texts = t.event.c, t.document.c, t.quotation.c, Texts(connection)
    question = (
        select(t.event, d.title, q.speaker_name, q.speaker)
        .join(t.document, d.id == e.document_id)
        .join(t.quotation, q.id == e.quotation_id, isouter=True)
        .order_by(e.earliest.is_(None), e.earliest, e.latest, d.source_id, d.position, e.start, e.id)
    )
    if from_:
        question = question.where(e.latest >= first_day(from_))
    if to:
        question = question.where(e.earliest <= last_day(to))
    if type:
        question = question.where(e.type == type)
    if document:
        question = question.where(e.document_id == document)
    if actor:
        x = t.event_actor.c
        there = select(x.event_id).join(t.actor, t.actor.c.id == x.actor_id).where(called(actor))
        question = question.where(e.id.in_(there))
    found = connection.execute(sliced(question, limit, offset)).all()
    who = _who(connection, [r.id for r in found])
    return Rows(
        EventRow(
            id=r.id,
            document=r.document_id,
            title=r.title,
            start=r.start,
            end=r.end,
            words=texts.words(r.document_id, r.start, r.end),
            when=r.when,
            until=r.until,
            earliest=r.earliest,
            latest=r.latest,
            type=r.type,
            who=who.get(r.id, ()),
            voice=_voice(texts, r),
        )
        for r in found
    )


def _voice(texts: Texts, r: Row[Any]) -> str | None:
    """In whose words the event is told; None: the document's own."""
    if r.quotation_id is None:
        return None
    named: str | None = r.speaker_name or (texts.words(r.document_id, *r.speaker[0]) if r.speaker else None)
    return named or "a speaker who is not known"


def _who(connection: Connection, events: list[str]) -> dict[str, tuple[str, ...]]:
    a, x = t.actor.c, t.event_actor.c
    who: dict[str, list[str]] = {}
    for i in range(0, len(events), 500):
        question = (
            select(x.event_id, a.name)
            .join(t.actor, a.id == x.actor_id)
            .where(x.event_id.in_(events[i : i + 500]))
            .order_by(a.name)
        )
        for row in connection.execute(question):
            who.setdefault(row.event_id, []).append(row.name)
    return {event: tuple(names) for event, names in who.items()}
