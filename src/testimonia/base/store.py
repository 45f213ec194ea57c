"""Writing into an evidence base. Every function works in the transaction of the connection it is given.

A *source* is stored when it is read, each of its documents in a transaction of its own, and the source is *complete*
when all of them are in. A file whose bytes changed is a new source: once that is complete, the path belongs to it, and
an earlier source that no path leads to any more is removed with its documents, for it is no longer in the archive.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, delete, exists, func, insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as upsert

from testimonia.base import schema as s
from testimonia.base.rows import TABLES, Rows
from testimonia.text import Document, Source


def begin_run(c: Connection, version: str, settings: Mapping[str, Any], digests: Mapping[str, str], now: str) -> int:
    """A new row of ``run``; its identifier. ``now`` is a time in ISO 8601."""
    values = {"version": version, "settings": dict(settings), "digests": dict(digests), "started": now}
    return int(c.execute(insert(s.run).values(values).returning(s.run.c.id)).scalar_one())


def finish_run(c: Connection, run: int, counts: Mapping[str, int], now: str) -> None:
    c.execute(update(s.run).where(s.run.c.id == run).values(finished=now, counts=dict(counts)))


def runs_like(c: Connection, version: str, digests: Mapping[str, str]) -> set[int]:
    """The runs of this version with these rules: what they analysed need not be analysed again."""
    rows = c.execute(select(s.run.c.id, s.run.c.digests).where(s.run.c.version == version))
    return {row.id for row in rows if row.digests == dict(digests)}


def add_refusal(c: Connection, run: int, path: str, reason: str) -> None:
    statement = upsert(s.refusal).values(run_id=run, path=path, reason=reason)
    c.execute(statement.on_conflict_do_update(index_elements=["run_id", "path"], set_={"reason": reason}))


def finished_sources(c: Connection, runs: Collection[int]) -> frozenset[str]:
    """The complete sources that were split, and all of whose documents were analysed, in one of ``runs``."""
    stale = exists().where(s.document.c.source_id == s.source.c.id, s.document.c.run_id.not_in(runs))
    fresh = select(s.source.c.id).where(s.source.c.complete == 1, s.source.c.run_id.in_(runs), ~stale)
    return frozenset(c.execute(fresh).scalars())


def analysed(c: Connection, source: str, runs: Collection[int]) -> set[str]:
    """The documents of a source that were analysed in one of ``runs``."""
    found = select(s.document.c.id).where(s.document.c.source_id == source, s.document.c.run_id.in_(runs))
    return set(c.execute(found).scalars())


def add_source(c: Connection, source: Source, path: str, run: int) -> None:
    """Stores the bytes, if they are new; the source counts as complete only after ``complete_source``.

    Its ``run_id`` is the last run that split it into documents.
    """
    values = {
        "id": source.id, "media_type": source.media_type, "encoding": source.encoding, "size": len(source.content),
        "content": zlib.compress(source.content), "run_id": run,
    }  # fmt: skip
    change = {"media_type": source.media_type, "encoding": source.encoding, "run_id": run, "complete": 0}
    c.execute(upsert(s.source).values(values).on_conflict_do_update(index_elements=["id"], set_=change))
    c.execute(upsert(s.location).values(source_id=source.id, path=path).on_conflict_do_nothing())


def source_of(c: Connection, source: str) -> Source:
    """A source as it was stored; its ``text`` is left empty, for it follows from the bytes. Raises ``KeyError``."""
    row = c.execute(select(s.source).where(s.source.c.id == source)).one_or_none()
    if row is None:
        raise KeyError(source)
    path = c.execute(select(func.min(s.location.c.path)).where(s.location.c.source_id == source)).scalar_one()
    return Source(row.id, path or "", zlib.decompress(row.content), row.encoding, "", row.media_type)


def complete_source(c: Connection, source: str, documents: Collection[str]) -> None:
    """Marks a source as complete; documents that an earlier run took from it and this one does not are removed."""
    before = c.execute(select(s.document.c.id).where(s.document.c.source_id == source)).scalars().all()
    for gone in set(before) - set(documents):
        c.execute(delete(s.document).where(s.document.c.id == gone))
    c.execute(update(s.source).where(s.source.c.id == source).values(complete=1))


def locate(c: Connection, source: str, path: str) -> int:
    """From now on ``path`` holds this source. The number of documents removed with sources no path leads to."""
    c.execute(upsert(s.location).values(source_id=source, path=path).on_conflict_do_nothing())
    others = select(s.location.c.source_id).where(s.location.c.path == path, s.location.c.source_id != source)
    removed = 0
    for other in c.execute(others).scalars().all():
        c.execute(delete(s.location).where(s.location.c.path == path, s.location.c.source_id == other))
        if not c.execute(select(exists().where(s.location.c.source_id == other))).scalar_one():
            count = select(func.count()).select_from(s.document).where(s.document.c.source_id == other)
            removed += int(c.execute(count).scalar_one())
            c.execute(delete(s.source).where(s.source.c.id == other))
    return removed


def write_document(c: Connection, document: Document, rows: Rows, source: str, position: int, run: int) -> None:
    """Stores a document with its passages and findings in place of what was there of it.

    ``position``: its place among the documents of its source, from 0 on.
    """
    c.execute(delete(s.document).where(s.document.c.id == document.id))
    c.execute(insert(s.document).values(_document_row(document, source, position, run)))
    _add(c, "category", [{"document_id": document.id, "name": n} for n in dict.fromkeys(document.categories)])
    stated = [{"field": x.field, "start": x.start, "end": x.end} for x in document.stated]
    _add(c, "stated", [row | {"document_id": document.id} for row in stated])
    _add_passages(c, document)
    for table in TABLES:
        _add(c, table, rows[table])


def _document_row(d: Document, source: str, position: int, run: int) -> dict[str, Any]:
    return {
        "id": d.id, "source_id": source, "position": position, "start": d.start, "end": d.end, "title": d.title,
        "byline": d.byline, "publisher": d.publisher, "date": d.date, "url": d.url, "language": d.language,
        "text": d.text, "offsets": d.offsets.to_rows(), "run_id": run,
    }  # fmt: skip


def _add_passages(c: Connection, document: Document) -> None:
    last = int(c.execute(select(func.coalesce(func.max(s.passage.c.id), 0))).scalar_one())
    rows: list[dict[str, Any]] = [
        {"id": last + n, "document_id": document.id, "position": n - 1, "kind": p.kind, "level": p.level,
         "start": p.start, "end": p.end}
        for n, p in enumerate(document.passages, 1)
    ]  # fmt: skip
    _add(c, "passage", rows)
    words = [{"id": last + n, "words": document.text[p.start : p.end]} for n, p in enumerate(document.passages, 1)]
    if words:
        c.execute(text("INSERT INTO passage_fts (rowid, words) VALUES (:id, :words)"), words)


def _add(c: Connection, table: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        c.execute(insert(s.metadata.tables[table]), rows)
