"""What finally rests on a voice, a work or a publication: the quotations in whose chains it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from testimonia.base import schema as t
from testimonia.errors import InputError
from testimonia.views.common import Texts, folded

_WORD = re.compile(r"[^\W_]+")


def resting_on(connection: Connection, texts: Texts, words: str) -> set[str]:
    """Identifiers of the quotations that rest on what has all of the words in its name, its work or its date.

    One step of the chain must have them all: a voice, or a quotation's speaker with the work, the date and the citation
    that the text gives. What stands inside a quotation rests on what that one rests on.
    """
    wanted = _words(words)
    if not wanted:
        raise InputError("there are no words to look for", hint='Name a voice, a work or a date: "Pravda 1918".')
    q = t.quotation.c
    columns = (q.id, q.document_id, q.parent_id, q.chain, q.work, q.cited_date, q.citation)
    found: set[str] = set()
    # outer quotations come before those inside them, so that one pass suffices
    for row in connection.execute(select(*columns).order_by(q.document_id, q.start, q.end.desc(), q.id)):
        if row.parent_id in found or any(wanted <= names for names in _named(texts, row)):
            found.add(row.id)
    return found


def _named(texts: Texts, row: Any) -> Iterable[set[str]]:
    """The words of each step; those of the innermost with its work, date and citation."""
    yield from (_words(voice) for voice in row.chain[1:])
    if row.work or row.cited_date or row.citation:
        last = row.chain[-1] if len(row.chain) > 1 else ""
        own = _words(" ".join(x for x in (last, row.work, row.cited_date) if x))
        yield own
        if row.citation:
            yield own | _words(texts.words(row.document_id, *row.citation))


def _words(words: str) -> set[str]:
    return set(_WORD.findall((folded(words) or "").replace("'s", "")))
