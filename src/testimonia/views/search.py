"""Where do these words stand?"""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, Row, text

from testimonia.views.common import checked
from testimonia.views.rows import PassageRow, Rows

# Marks that hardly a text contains, since they are not characters: FTS5 puts them around what it found.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_TERM = re.compile(r'[“"„«]([^“”"„«»]+)[”"»]|(\S+)')
_WORD = re.compile(r"\w")

_QUESTION = text(
    """
    SELECT p.document_id, d.title, d.date, p.start, p."end", highlight(passage_fts, 0, :open, :close) AS shown,
           passage_fts.words AS plain
    FROM passage_fts JOIN passage p ON p.id = passage_fts.rowid JOIN document d ON d.id = p.document_id
    WHERE passage_fts MATCH :match ORDER BY rank, p.id LIMIT :limit OFFSET :offset
    """
)


def expression(words: str, joined: str = " ") -> str:
    """An FTS5 expression for what a person typed: every word, and every phrase in quotation marks, as itself."""
    terms = [m.group(1) or m.group(2) for m in _TERM.finditer(words.replace("\0", " "))]
    quoted = ['"' + term.replace('"', " ") + '"' for term in terms if _WORD.search(term)]
    return joined.join(quoted)


def find(connection: Connection, words: str, limit: int | None = None, offset: int = 0) -> Rows[PassageRow]:
    """Passages with all of the words, best first (BM25)."""
    limit, offset = checked(limit, offset)
    return Rows(passage(r) for r in matches(connection, expression(words), limit, offset))


def matches(connection: Connection, match: str, limit: int | None, offset: int = 0) -> list[Row[Any]]:
    """Rows that FTS5 finds for an expression; none for an empty one."""
    if not match:
        return []
    values = {
        "match": match,
        "open": _OPEN,
        "close": _CLOSE,
        "limit": -1 if limit is None else limit,
        "offset": offset,
    }
    return list(connection.execute(_QUESTION, values))


def passage(row: Row[Any]) -> PassageRow:
    """A row of ``matches``, with the marks as spans of its words."""
    marks: list[tuple[int, int]] = []
    at = start = 0
    for piece in re.split(f"([{_OPEN}{_CLOSE}])", row.shown):
        if piece in (_OPEN, _CLOSE) and not row.plain.startswith(piece, at):  # else it is the text's own
            if piece == _OPEN:
                start = at
            else:
                marks.append((start, at))
        else:
            at += len(piece)
    return PassageRow(row.document_id, row.title, row.date, row.start, row.end, row.plain, tuple(marks))
