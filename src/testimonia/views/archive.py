"""An archive that can be questioned: one method a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from testimonia.base import schema as t
from testimonia.base.connection import Base, open_base
from testimonia.errors import InputError
from testimonia.views import actors, chronology, conflicts, copies, documents, lineage, quotations, search
from testimonia.views.chronology import Chronology
from testimonia.views.common import prepare
from testimonia.views.page import ReadingPage, reading_page
from testimonia.views.rows import (
    ActorRow,
    ConflictRow,
    CopyRow,
    DocumentRow,
    PassageRow,
    QuotationRow,
    Rows,
    Trace,
)


class Archive:
    """An open evidence base. Every list takes ``limit`` (None: all) and ``offset``; filters left out do not filter.

    Filters match regardless of case and accents, and as parts: ``publisher="times"`` finds the Harbour Times.
    Raises ``BaseError`` for a base that cannot be read and ``InputError`` for a question that cannot be answered.
    """

    def __init__(self, base: Base) -> None:
        self.base = base

    @classmethod
    def open(cls, path: str | Path) -> Archive:
        return cls(open_base(Path(path)))

    def close(self) -> None:
        self.base.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def _ask(self) -> Iterator[Connection]:
        try:
            with self.base.connect() as connection:
                prepare(connection)
                yield connection
        except UnicodeEncodeError:  # as from a terminal of another encoding
            hint = "Type it anew, or copy it from a text."
            raise InputError("the question holds bytes that are no characters", hint=hint) from None

    def documents(
        self, *, category: str | None = None, publisher: str | None = None, author: str | None = None, **more: Any
    ) -> Rows[DocumentRow]:
        """Documents in the order of their sources; further filters: ``from_``, ``to`` (EDTF), ``title``."""
        with self._ask() as c:
            return documents.find(c, category=category, publisher=publisher, author=author, **more)

    def categories(self) -> list[str]:
        """All names under which the sources file their documents."""
        with self._ask() as c:
            return documents.categories(c)

    def counts(self) -> dict[str, int]:
        """{kind of thing: how many the base holds}, kinds in the singular."""
        tables = (t.document, t.quotation, t.time_expression, t.actor, t.event, t.copy, t.conflict)
        names = ("document", "quotation", "date", "actor", "event", "copy", "conflict")
        with self._ask() as c:
            return {n: c.scalar(select(func.count()).select_from(x)) or 0 for n, x in zip(names, tables, strict=True)}

    def page(self, document: str) -> ReadingPage:
        """A document with all that was found in it."""
        with self._ask() as c:
            return reading_page(c, document)

    def search(self, words: str, *, limit: int | None = None, offset: int = 0) -> Rows[PassageRow]:
        """Passages that have all of the words; words in quotation marks are a phrase. Best first."""
        with self._ask() as c:
            return search.find(c, words, limit, offset)

    def quotations(
        self, *, speaker: str | None = None, about: str | None = None, kind: str | None = None, **more: Any
    ) -> Rows[QuotationRow]:
        """Quotations in the order of the texts; ``about``: words or a name in it; also ``text``, ``document``."""
        with self._ask() as c:
            return quotations.find(c, speaker=speaker, about=about, kind=kind, **more)

    def chronology(
        self, *, from_: str | None = None, to: str | None = None, actor: str | None = None, **more: Any
    ) -> Chronology:
        """Events by their earliest and latest day; ``from_``/``to`` are EDTF.

        Also ``type``, ``factuality`` and ``basis`` (one name or several), ``voice``, ``document``, ``within``,
        ``unfold``: see ``views.chronology.find``. The answer has a ``picture()`` and shows itself in a notebook.
        """
        with self._ask() as c:
            found = chronology.find(c, from_=from_, to=to, actor=actor, **more)
        found.words = self._words
        return found

    def _words(self, events: Sequence[str]) -> dict[str, str]:
        with self._ask() as c:
            return chronology.words(c, events)

    def event_types(self) -> tuple[str, ...]:
        """All types that an event can have."""
        with self._ask() as c:
            return chronology.types(c)

    def actors(self, name: str | None = None, *, kind: str | None = None, **more: Any) -> Rows[ActorRow]:
        """Actors by name and kind over all documents, most often named first."""
        with self._ask() as c:
            return actors.find(c, name=name, kind=kind, **more)

    def copies(self, *, document: str | None = None, kind: str | None = None, **more: Any) -> Rows[CopyRow]:
        """Pairs of passages, longest first; ``minimum`` is the least similarity, 0 to 1."""
        with self._ask() as c:
            return copies.find(c, document=document, kind=kind, **more)

    def copy(self, copy: str) -> CopyRow:
        with self._ask() as c:
            return copies.one(c, copy)

    def conflicts(self, *, kind: str | None = None, severity: str | None = None, **more: Any) -> Rows[ConflictRow]:
        """Conflicts, most severe first; also ``document``."""
        with self._ask() as c:
            return conflicts.find(c, kind=kind, severity=severity, **more)

    def conflict(self, conflict: str) -> ConflictRow:
        with self._ask() as c:
            return conflicts.one(c, conflict)

    def trace(self, words: str) -> Trace:
        """The lineage of some words: all wordings, who says so according to whom, the earliest, the witnesses."""
        with self._ask() as c:
            return lineage.trace(c, words)
