"""Who is quoted with which words, according to whom?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from testimonia.base import schema as t
from testimonia.findings import QUOTATION_KINDS
from testimonia.views.common import Texts, called, checked, folded, one_of, sliced
from testimonia.views.rows import QuotationRow, Rows

Test = Callable[[Row[Any]], bool]


def find(
    connection: Connection,
    *,
    speaker: str | None = None,
    about: str | None = None,
    text: str | None = None,
    kind: str | None = None,
    document: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> Rows[QuotationRow]:
    """Quotations that fit all filters, in the order of documents and texts.

    ``speaker`` fits a name, an alias of the actor, or the words that name the speaker. ``text`` fits words of the
    content as they stand; ``about`` fits those too, and any name of an actor who is mentioned there.
    """
    q, d, texts = t.quotation.c, t.document.c, Texts(connection)
    one_of(kind, QUOTATION_KINDS, "kind of quotation")
    question = _question().order_by(d.source_id, d.position, q.start, q.end.desc(), q.id)
    if kind:
        question = question.where(q.kind == kind)
    if document:
        question = question.where(q.document_id == document)
    tests: list[Test] = []
    if speaker:
        tests.append(_spoken_by(connection, texts, speaker))
    if text:
        tests.append(_with_words(texts, text))
    if about:
        tests.append(_about(connection, texts, about))
    if not tests:
        return to_rows(texts, connection.execute(sliced(question, limit, offset)))
    limit, offset = checked(limit, offset)
    found = (row for row in connection.execute(question) if all(test(row) for test in tests))
    return to_rows(texts, islice(found, offset, None if limit is None else offset + limit))


# The filters work on texts as Python holds them: the database would go through a long text anew for each quotation.


def _spoken_by(connection: Connection, texts: Texts, speaker: str) -> Test:
    wanted = folded(speaker) or ""
    actors = set(connection.scalars(select(t.actor.c.id).where(called(speaker))))

    def test(r: Row[Any]) -> bool:
        return r.actor_id in actors or wanted in (folded(_speaker(texts, r)) or "")

    return test


def _with_words(texts: Texts, words: str) -> Test:
    wanted = folded(words) or ""
    return lambda r: wanted in (folded(texts.words(r.document_id, r.start, r.end)) or "")


def _about(connection: Connection, texts: Texts, about: str) -> Test:
    m = t.mention.c
    question = select(m.document_id, m.start, m.end).join(t.actor, t.actor.c.id == m.actor_id).where(called(about))
    mentions: dict[str, list[tuple[int, int]]] = {}
    for row in connection.execute(question.order_by(m.document_id, m.start, m.end)):
        mentions.setdefault(row.document_id, []).append((row.start, row.end))
    stands = _with_words(texts, about)

    def test(r: Row[Any]) -> bool:
        of_document = mentions.get(r.document_id, [])
        first = bisect_left(of_document, (r.start, 0))
        return (first < len(of_document) and of_document[first][1] <= r.end) or stands(r)

    return test


def by_ids(connection: Connection, ids: Iterable[str]) -> Rows[QuotationRow]:
    """The quotations of these identifiers, in the order of the texts."""
    q, wanted, texts = t.quotation.c, sorted(set(ids)), Texts(connection)
    found: Rows[QuotationRow] = Rows()
    for i in range(0, len(wanted), 500):  # SQLite limits the number of parameters
        question = _question().where(q.id.in_(wanted[i : i + 500])).order_by(q.document_id, q.start, q.id)
        found += to_rows(texts, connection.execute(question))
    return found


def _question() -> Select[Any]:
    return select(t.quotation).join(t.document, t.document.c.id == t.quotation.c.document_id)


def _speaker(texts: Texts, r: Row[Any]) -> str | None:
    """The speaker's name, or the words that name the speaker."""
    name: str | None = r.speaker_name
    return name or (texts.words(r.document_id, *r.speaker[0]) if r.speaker else None)


def to_rows(texts: Texts, found: Iterable[Row[Any]]) -> Rows[QuotationRow]:
    return Rows(
        QuotationRow(
            id=r.id,
            document=r.document_id,
            title=texts[r.document_id].title,
            date=texts[r.document_id].date,
            start=r.start,
            end=r.end,
            words=" … ".join(texts.words(r.document_id, s, e) for s, e in r.spans),
            kind=r.kind,
            speaker=_speaker(texts, r),
            cue=texts.words(r.document_id, *r.cue[0]) if r.cue else None,
            chain=tuple(r.chain),
            work=r.work,
            cited_date=r.cited_date,
            parent=r.parent_id,
            doubt=r.doubt,
            spans=tuple((s, e) for s, e in r.spans),
        )
        for r in found
    )
