"""Who is involved?"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, Row, func, select

from testimonia.base import schema as t
from testimonia.findings import ACTOR_KINDS, FACTUALITIES
from testimonia.views.common import Texts, called, checked, one_of
from testimonia.views.rows import ActorRow, Rows


def find(
    connection: Connection,
    *,
    name: str | None = None,
    kind: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> Rows[ActorRow]:
    """Actors of one name and kind over all documents, most often named first.

    Across documents only equal full names are put together: two people may share a shorter form.
    """
    limit, offset = checked(limit, offset)
    one_of(kind, ACTOR_KINDS, "kind of actor")
    groups = _groups(connection, name, kind)
    ordered = sorted(groups.items(), key=lambda g: (-sum(r.mentions for r in g[1]), g[0]))
    chosen = ordered[offset : None if limit is None else offset + limit]
    ids = {r.id for _, rows in chosen for r in rows}
    quoted, told, posts = _quotations(connection, ids), _events(connection, ids), _offices(connection, ids)
    texts = Texts(connection)
    result: Rows[ActorRow] = Rows()
    for (full_name, its_kind), rows in chosen:
        first = rows[0]
        offices = dict.fromkeys(post for r in rows for post in posts.get(r.id, ()))
        result.append(
            ActorRow(
                name=full_name,
                kind=its_kind,
                aliases=tuple(dict.fromkeys(a for r in rows for a in r.aliases if a != full_name)),
                mentions=sum(r.mentions for r in rows),
                documents=len({r.document_id for r in rows}),
                quotations=sum(quoted.get(r.id, 0) for r in rows),
                events=len({event for r in rows for event in told.get(r.id, ())}),
                offices=tuple(offices),
                document=first.document_id,
                start=first.start,
                end=first.end,
                words=texts.words(first.document_id, first.start, first.end),
            )
        )
    return result


def _groups(connection: Connection, name: str | None, kind: str | None) -> dict[tuple[str, str], list[Row[Any]]]:
    a, m, d = t.actor.c, t.mention.c, t.document.c
    counted = (
        select(m.actor_id, func.count().label("mentions"), func.min(m.start).label("start"))
        .where(m.form == "name")
        .group_by(m.actor_id)
        .subquery("counted")
    )
    ends = select(m.actor_id, m.start, func.max(m.end).label("end")).group_by(m.actor_id, m.start).subquery("ends")
    question = (
        select(t.actor, counted.c.mentions, counted.c.start, ends.c.end)
        .join(counted, counted.c.actor_id == a.id)
        .join(ends, (ends.c.actor_id == a.id) & (ends.c.start == counted.c.start))
        .join(t.document, d.id == a.document_id)
        .order_by(d.source_id, d.position, a.id)
    )
    if kind:
        question = question.where(a.kind == kind)
    if name:
        question = question.where(called(name))
    groups: dict[tuple[str, str], list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(question):
        groups[row.name, row.kind].append(row)
    return groups


def _quotations(connection: Connection, actors: set[str]) -> dict[str, int]:
    q = t.quotation.c
    question = select(q.actor_id, func.count().label("n")).where(q.actor_id.is_not(None)).group_by(q.actor_id)
    return {r.actor_id: r.n for r in connection.execute(question) if r.actor_id in actors}


def _events(connection: Connection, actors: set[str]) -> dict[str, list[str]]:
    """The events in which they have a part, told as facts."""
    x, e = t.event_actor.c, t.event.c
    told: dict[str, list[str]] = defaultdict(list)
    question = select(x.actor_id, x.event_id).join(t.event, e.id == x.event_id).where(e.factuality == FACTUALITIES[0])
    for r in connection.execute(question):
        if r.actor_id in actors:
            told[r.actor_id].append(r.event_id)
    return told


def _offices(connection: Connection, actors: set[str]) -> dict[str, list[str]]:
    o, texts = t.office.c, Texts(connection)
    posts: dict[str, list[str]] = defaultdict(list)
    for r in connection.execute(select(t.office).order_by(o.since, o.document_id, o.start)):
        if r.actor_id in actors:
            words = " ".join(texts.words(r.document_id, r.start, r.end).split())
            body = f", {r.organisation}" if r.organisation and r.organisation not in words else ""
            term = f" ({r.since or ''}–{r.until or ''})" if r.since or r.until else ""
            posts[r.actor_id].append(words + body + term)
    return posts
