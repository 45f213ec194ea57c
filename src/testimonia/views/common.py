"""What the questions share: filters, slices, and how rows cite a place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from testimonia import intervals
from testimonia.base import schema as t
from testimonia.errors import InputError
from testimonia.text.sentences import sentences
from testimonia.views.rows import Cited

FEW = 200  # code points; shorter words are cited with the rest of their sentence
AROUND = 300  # code points of a sentence on each side that are cited
_MOST_ROWS = 2**62  # the database counts no further than to twice that
_HELD = 10_000_000  # code points of documents that are kept in memory


def folded(words: str | None) -> str | None:
    """The words as filters compare them: regardless of case, accents, kinds of white space and of apostrophe."""
    if words is None:
        return None
    if not words.isascii():
        apart = unicodedata.normalize("NFKD", words.replace("’", "'"))
        words = "".join(c for c in apart if not unicodedata.combining(c))
    return " ".join(words.casefold().split())


def prepare(connection: Connection) -> None:
    """Makes ``folded`` known to the database, which compares only ASCII regardless of case."""
    driver: Any = connection.connection.driver_connection
    driver.create_function("folded", 1, folded, deterministic=True)


def contains(column: Any, words: str) -> ColumnElement[bool]:
    """The column holds the words, compared as ``folded``; no character stands for others, no length is too great."""
    return func.instr(func.folded(column), folded(words)) > 0


def called(name: str) -> ColumnElement[bool]:
    """The row of ``actor`` has the words in its name or in another form of it."""
    alias = func.json_each(t.actor.c.aliases).table_valued("value")
    other = select(alias.c.value).where(contains(alias.c.value, name)).exists()
    return contains(t.actor.c.name, name) | other


def checked(limit: int | None, offset: int) -> tuple[int | None, int]:
    if (limit is not None and limit < 0) or offset < 0:
        raise InputError("limit and offset are counts, 0 or more")
    return None if limit is None else min(limit, _MOST_ROWS), min(offset, _MOST_ROWS)


def sliced(question: Select[Any], limit: int | None, offset: int) -> Select[Any]:
    limit, offset = checked(limit, offset)
    return question.limit(-1 if limit is None else limit).offset(offset)


def share(value: float, what: str) -> float:
    """A share from 0 to 1; raises ``InputError`` for any other number, and for what is none."""
    if not 0 <= value <= 1:  # false for what is no number, too
        raise InputError(f"the {what} {value} is not between 0 and 1", hint="Give a number such as 0.8.")
    return value


def one_of(value: str | None, allowed: Iterable[str], what: str) -> str | None:
    """The value, checked against the names that are allowed."""
    if value is not None and value not in allowed:
        raise InputError(f"there is no {what} {value!r}", hint=f"One of: {', '.join(allowed)}.")
    return value


class Texts:
    """Documents as (id, title, date, text), by identifier; each is fetched once while there is room in memory."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._held: dict[str, Any] = {}
        self._size = 0  # code points

    def _load(self, document: str) -> Any:
        row = self._held.get(document)
        if row is None:
            d = t.document.c
            row = self._connection.execute(select(d.id, d.title, d.date, d.text).where(d.id == document)).one()
            if self._size > _HELD:
                self._held.clear()
                self._size = 0
            self._held[document] = row
            self._size += len(row.text)
        return row

    def __getitem__(self, document: str) -> Any:
        return self._load(document)

    def words(self, document: str, start: int, end: int) -> str:
        text: str = self._load(document).text
        return text[start:end]

    def cited(self, document: str, start: int, end: int) -> Cited:
        row = self._load(document)
        before, after = _around(row.text, start, end) if end - start < FEW else ("", "")
        return Cited(document, row.title, row.date, start, end, row.text[start:end], before, after)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The rest of the sentence that a span stands in, before and after it, within its paragraph."""
    gap = text.rfind("\n\n", max(0, start - AROUND), start)
    low = max(start - AROUND, gap + 2 if gap >= 0 else 0, 0)
    stop = text.find("\n\n", end, end + AROUND)
    high = min(end + AROUND, stop if stop >= 0 else len(text))
    inside = [s for s in sentences(text, low, high) if s.start < end and start < s.end]
    if not inside:
        return "", ""
    first, last = min(inside[0].start, start), max(inside[-1].end, end)
    cut = "… " if first == low and low and not text[low - 1].isspace() else ""
    return cut + text[first:start], text[end:last]


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
