"""What persons decided, apart from what the program found. A judgement outlives the analysis of its document."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from testimonia.base import schema as s

DOCUMENT_DATE = "document date"  # ``value`` is a day: YYYY-MM-DD


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision: of what kind, on which document, by whom, when (ISO 8601) and why.

    ``known``: whether the document is in the base. One that is not was removed or changed since; the judgement waits.
    """

    kind: str
    document: str
    value: str
    by: str
    at: str
    reason: str | None = None
    known: bool = True


def decide(c: Connection, judgement: Judgement) -> None:
    """Stores a judgement in place of an earlier one of its kind on the document."""
    forget(c, judgement.kind, judgement.document)
    values = {"kind": judgement.kind, "value": judgement.value, "by": judgement.by, "at": judgement.at}
    c.execute(insert(s.judgement).values(values | {"document_id": judgement.document, "reason": judgement.reason}))


def forget(c: Connection, kind: str, document: str) -> bool:
    """Removes a judgement; whether there was one."""
    gone = delete(s.judgement).where(s.judgement.c.kind == kind, s.judgement.c.document_id == document)
    return bool(c.execute(gone).rowcount)


def value(c: Connection, kind: str, document: str) -> str | None:
    """What a person says of the document now; None: nothing."""
    j = s.judgement.c
    return c.scalar(select(j.value).where(j.kind == kind, j.document_id == document))


def of_kind(c: Connection, kind: str) -> dict[str, Judgement]:
    """{document: the judgement on it}, in the order in which they were made."""
    j, known = s.judgement.c, s.document.c.id.label("known")
    query = select(s.judgement, known).join(s.document, s.document.c.id == j.document_id, isouter=True)
    return {
        r.document_id: Judgement(r.kind, r.document_id, r.value, r.by, r.at, r.reason, r.known is not None)
        for r in c.execute(query.where(j.kind == kind).order_by(j.at, j.id))
    }
