"""The exchange format: JSON lines in and out, a public contract (docs/exchange.md)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import msgspec

from testimonia.errors import InputError
from testimonia.findings import Copy, Findings
from testimonia.text import Document, OffsetMap, passages_of

PARTS = ("quotations", "times", "actors", "offices", "relations", "events", "figures")
LONGEST_LINE = 256_000_000  # bytes

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


def to_line(row: dict[str, Any]) -> str:
    """A row as a line of JSON, without the line end."""
    return _encode(_plain(row)).decode("utf-8")


def _plain(value: Any) -> Any:
    """The value with what JSON cannot hold (lone surrogates) replaced."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value


def read_lines(lines: BinaryIO, where: str) -> Iterator[Document]:
    """The documents of a JSON-lines file, one after the other.

    Raises ``InputError`` naming the line for what is no such row, and for an id that occurs twice.
    """
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        place = f"{where}, line {number}"
        if len(line) > LONGEST_LINE:
            raise InputError(f"the line is longer than {LONGEST_LINE:,} bytes", place)
        if not line.strip():
            continue
        try:
            row = _decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            hint = 'Each line is one object: {"id": "…", "text": "…"}. A plain text goes in without --documents.'
            raise InputError(f"this is not JSON ({error})", place, hint) from None
        document = document_from_row(row, place)
        if document.id in seen:
            raise InputError(f"the id {document.id!r} occurs twice", place)
        seen.add(document.id)
        yield document


def document_from_row(row: object, where: str = "row") -> Document:
    """A document of ``{"id", "text", "date", "title", …}``; other keys are left alone.

    Raises ``InputError`` when id or text are missing or a value is of the wrong kind.
    """
    if not isinstance(row, dict):
        raise InputError(f"expected an object, found {type(row).__name__}", where)
    for key in ("id", "text"):
        if not isinstance(row.get(key), str):
            raise InputError(f'"{key}" is missing or no string', where)
    categories = row.get("categories") or []
    if not isinstance(categories, list) or not all(isinstance(c, str) for c in categories):
        raise InputError('"categories" is no list of strings', where)
    text = row["text"]
    return Document(
        id=row["id"],
        text=text,
        passages=passages_of(text),
        title=_string(row, "title", where),
        byline=_string(row, "byline", where),
        publisher=_string(row, "publisher", where),
        url=_string(row, "url", where),
        date=_date(row, where),
        categories=tuple(categories),
        end=len(text),
        offsets=OffsetMap.verbatim(len(text)),
    )


def _string(row: dict[str, Any], key: str, where: str) -> str | None:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise InputError(f'"{key}" is no string', where)
    return value


def _date(row: dict[str, Any], where: str) -> str | None:
    value = _string(row, "date", where)
    if value is None:
        return None
    try:
        return datetime.date.fromisoformat(value).isoformat()
    except ValueError:
        raise InputError(f'"date" is {value!r}', where, "A date is YYYY-MM-DD, or null.") from None


def document_to_row(document: Document) -> dict[str, Any]:
    """The row of ``split``: an input row of ``analyse``, with the document's place in the file's text."""
    return {
        "id": document.id,
        "text": document.text,
        "date": document.date,
        "title": document.title,
        "byline": document.byline,
        "publisher": document.publisher,
        "url": document.url,
        "categories": list(document.categories),
        "start": document.start,
        "end": document.end,
    }


def findings_to_row(document: str, found: Findings, only: Iterable[str] = PARTS) -> dict[str, Any]:
    """The row of ``analyse``, with the parts asked for; actors bring their mentions."""
    wanted = set(only)
    row: dict[str, Any] = {"id": document}
    if "quotations" in wanted:
        keys = ("id", "kind", "spans", "cue", "speaker", "speaker_name", "parent", "work", "cited_date", "chain")
        row["quotations"] = _rows(found.quotations, *keys)
    if "times" in wanted:
        row["times"] = _rows(found.times, "start", "end", "type", "value", "mod", "edtf", "earliest", "latest")
    if wanted & {"actors", "offices", "relations", "events"}:  # the others name actors by their ids
        row["actors"] = _rows(found.actors, "id", "name", "kind", "aliases")
    if "actors" in wanted:
        row["mentions"] = _rows(found.mentions, "start", "end", "actor", "form")
    if "offices" in wanted:
        row["offices"] = [
            {
                "mention": o.mention,
                "office": o.office,
                "actor": o.actor,
                "organisation": o.organisation,
                "from": o.since,
                "until": o.until,
            }
            for o in found.offices
        ]
    if "relations" in wanted:
        row["relations"] = [
            {
                "start": r.start,
                "end": r.end,
                "subject": r.subject,
                "relation": r.relation,
                "object": r.object,
                "from": r.since,
                "until": r.until,
            }
            for r in found.relations
        ]
    if "events" in wanted:
        row["events"] = _rows(found.events, "start", "end", "when", "until", "who", "type")
    if "figures" in wanted:
        row["figures"] = _rows(found.figures, "start", "end", "value", "unit", "of", "as_of")
    return row


def _rows(items: Iterable[object], *keys: str) -> list[dict[str, Any]]:
    return [{key: getattr(item, key) for key in keys} for item in items]


def copy_to_row(copy: Copy) -> dict[str, Any]:
    """The row of ``copies``."""
    return {
        "a": copy.a.document,
        "b": copy.b.document,
        "a_span": [copy.a.start, copy.a.end],
        "b_span": [copy.b.start, copy.b.end],
        "similarity": round(copy.similarity, 4),
        "direction": copy.direction,
        "kind": copy.kind,
        "reasons": copy.reasons,
    }


def conflict_to_row(conflict: Any) -> dict[str, Any]:
    """The row of ``conflicts``; of a ``views.rows.ConflictRow``."""
    keys = ("kind", "difference", "severity", "about", "reasons")
    sides = {side: _place(getattr(conflict, side)) for side in ("a", "b")}
    return {**sides, **{key: getattr(conflict, key) for key in keys}}


def _place(place: Any) -> dict[str, Any]:
    return {"doc": place.document, "start": place.start, "end": place.end}
