"""Who is quoted with which words, according to whom?"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from testimonia.base import schema as t
from testimonia.errors import InputError
from testimonia.findings import QUOTATION_KINDS
from testimonia.views.chains import breaks, steps_of
from testimonia.views.common import Texts, called, checked, first_day, folded, last_day, one_of, share, sliced
from testimonia.views.resting import resting_on
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
    rests_on: str | None = None,
    cited: str | None = None,
    said: str | None = None,
    broken: bool = False,
    minimum_confidence: float | None = None,
    doubtful: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> Rows[QuotationRow]:
    """Quotations that fit all filters, in the order of documents and texts; ``doubtful``: the least certain first.

    ``speaker`` fits a name, an alias of the actor, or the words that name the speaker. ``text`` fits words of the
    content as they stand; ``about`` fits those too, and any name of an actor who is mentioned there. ``rests_on`` fits
    a voice, work, publication or date anywhere in the chain after the document's own voice, by its words; ``cited`` a
    date (EDTF) that the cited date may be, ``said`` the same where it is the date of the words. ``broken``: only where
    the chain breaks.
    """
    q, texts = t.quotation.c, Texts(connection)
    question = _ordered(_question(), doubtful)
    one_of(kind, QUOTATION_KINDS, "kind of quotation")
    if kind:
        question = question.where(q.kind == kind)
    if document:
        question = question.where(q.document_id == document)
    if minimum_confidence is not None:
        question = question.where(q.confidence >= share(minimum_confidence, "confidence"))
    tests: list[Test] = []
    if rests_on:
        resting = resting_on(connection, texts, rests_on)
        tests.append(lambda r: r.id in resting)
    if cited:
        tests.append(_dated(cited, None))
    if said:
        tests.append(_dated(said, "words"))
    if broken:
        tests.append(lambda r: breaks(r) is not None)
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


def _ordered(question: Select[Any], doubtful: bool) -> Select[Any]:
    q, d = t.quotation.c, t.document.c
    place = (d.source_id, d.position, q.start, q.end.desc(), q.id)
    return question.order_by(*((q.confidence, q.speaker_confidence) if doubtful else ()), *place)


def _dated(date: str, basis: str | None) -> Test:
    """What it cites is dated, and may be of this date; where ``basis`` is given, the date of that."""
    first, last = first_day(date), last_day(date)

    def test(r: Row[Any]) -> bool:
        try:
            wanted = bool(r.cited_date) and basis in (None, r.cited_basis)
            return wanted and first_day(r.cited_date) <= last and last_day(r.cited_date) >= first
        except InputError:  # a date without bounds, as a decade of an unknown century
            return False

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
            steps=steps_of(r.links),
            cited_basis=r.cited_basis,
            citation=texts.words(r.document_id, *r.citation) if r.citation else None,
            breaks=breaks(r),
            confidence=r.confidence,
            reason=r.reason,
            speaker_confidence=r.speaker_confidence,
            speaker_reason=r.speaker_reason,
        )
        for r in found
    )
