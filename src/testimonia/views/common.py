"""What the questions share: filters, and how rows cite a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select

from testimonia import intervals
from testimonia.base import schema as t
from testimonia.errors import InputError
from testimonia.views.rows import Cited


def contains(column: Any, words: str) -> ColumnElement[bool]:
    """The column holds the words, regardless of (ASCII) case; ``%`` and ``_`` stand for themselves."""
    return column.icontains(words, autoescape=True)  # type: ignore[no-any-return]


def sliced(question: Select[Any], limit: int | None, offset: int) -> Select[Any]:
    if (limit is not None and limit < 0) or offset < 0:
        raise InputError("limit and offset are counts, 0 or more")
    return question.limit(-1 if limit is None else limit).offset(offset)


def one_of(value: str | None, allowed: Iterable[str], what: str) -> str | None:
    """The value, checked against the names that are allowed."""
    if value is not None and value not in allowed:
        raise InputError(f"there is no {what} {value!r}", hint=f"One of: {', '.join(allowed)}.")
    return value


def texts(connection: Connection, documents: Iterable[str]) -> Mapping[str, Any]:
    """{document id: row of id, title, date, text} for citing places of these documents."""
    d, wanted = t.document.c, sorted(set(documents))
    found: dict[str, Any] = {}
    for i in range(0, len(wanted), 500):  # SQLite limits the number of parameters
        question = select(d.id, d.title, d.date, d.text).where(d.id.in_(wanted[i : i + 500]))
        found.update({row.id: row for row in connection.execute(question)})
    return found


def cited(documents: Mapping[str, Any], document: str, start: int, end: int) -> Cited:
    row = documents[document]
    return Cited(document, row.title, row.date, start, end, row.text[start:end])


def first_day(edtf: str) -> str:
    """The first day (YYYY-MM-DD) of a date that a person asked for; raises ``InputError`` when it is none."""
    return _day(edtf, intervals.bounds(edtf.strip()).earliest)


def last_day(edtf: str) -> str:
    """The last day (YYYY-MM-DD) of a date that a person asked for; raises ``InputError`` when it is none."""
    return _day(edtf, intervals.bounds(edtf.strip()).latest)


def _day(edtf: str, number: int | None) -> str:
    day = intervals.iso(number)
    if day is None:
        raise InputError(f"{edtf!r} is not a date", hint="Give a year (1918), a month (1918-11) or a day (1918-11-06).")
    return day
