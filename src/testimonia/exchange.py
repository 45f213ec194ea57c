"""The exchange format: documents in, findings out, a JSON object a line. A public contract; see docs/exchange.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import msgspec

from testimonia import intervals
from testimonia.errors import InputError
from testimonia.findings import Conflict, Copy, Event, Findings, Place, Quotation, TimeExpression
from testimonia.text import Document, OffsetMap, passages_of

Row = dict[str, Any]

# What ``only`` may name, in the order of the keys of a row.
KINDS = ("quotations", "times", "actors", "offices", "relations", "events", "figures")

_HINT = 'A line is an object such as {"id": "a", "text": "words", "date": "1918-11-06", "title": null}.'
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_decoder = msgspec.json.Decoder()
_encoder = msgspec.json.Encoder()


def only(words: str | None) -> frozenset[str]:
    """The kinds of findings named in ``"quotations,times"``; None is all. Raises ``InputError`` for another name."""
    if words is None:
        return frozenset(KINDS)
    names = frozenset(name.strip() for name in words.split(",") if name.strip())
    wrong = ", ".join(sorted(names.difference(KINDS)))
    if wrong or not names:
        raise InputError(f"there is no kind of findings {wrong or words!r}", "--only", f"Kinds: {', '.join(KINDS)}.")
    return names


def document_from_line(line: bytes, number: int) -> Document:
    """The document of a JSON line; raises ``InputError`` naming the line (``number`` counts from 1)."""
    try:
        row = _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f"this is no JSON object: {error}", f"line {number}", _HINT) from None
    return document_from_row(row, f"line {number}")


class _Tagged(msgspec.Struct):
    language: str | None = None


_tags = msgspec.json.Decoder(_Tagged)


def language_of_line(line: bytes) -> str | None:
    """The language that a JSON line names, where it can be used; the rest of the line is not read."""
    try:
        tag = _tags.decode(line).language
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return tag.partition("-")[0].lower() if tag and _LANGUAGE.fullmatch(tag) else None


def document_from_row(row: object, where: str) -> Document:
    """The document of a decoded JSON object; keys of no meaning here are left alone.

    Raises ``InputError`` that names ``where`` for a row that is no object, has no ``id`` or ``text`` or a ``date``
    that is no day.
    """
    if not isinstance(row, dict):
        raise InputError("this is no JSON object", where, _HINT)
    id, text = row.get("id"), row.get("text")
    if not isinstance(id, str) or not id:
        raise InputError('"id" must be a string that is not empty', where, _HINT)
    if not isinstance(text, str):
        raise InputError('"text" must be a string', where, _HINT)
    return Document(
        id=id,
        text=text,
        passages=passages_of(text),
        title=_maybe(row, "title", where),
        byline=_maybe(row, "byline", where),
        publisher=_maybe(row, "publisher", where),
        date=_day(row.get("date"), where),
        url=_maybe(row, "url", where),
        language=_language(row.get("language"), where),
        categories=_names(row.get("categories"), where),
        end=len(text),
        offsets=OffsetMap.verbatim(len(text)),
    )


def _maybe(row: Row, name: str, where: str) -> str | None:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise InputError(f'"{name}" must be a string or null', where)
    return value


def _day(value: object, where: str) -> str | None:
    if value is None:
        return None
    try:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value).isoformat()
    except ValueError:
        pass
    raise InputError(f'"date" must be a day written YYYY-MM-DD or null, not {value!r:.60}', where)


def _language(value: object, where: str) -> str:
    """The first part of a tag such as de or de-AT; a text that names none is in English."""
    if value is None:
        return "en"
    if isinstance(value, str) and _LANGUAGE.fullmatch(value):
        return value.partition("-")[0].lower()
    raise InputError(f'"language" must be a tag such as "de" or null, not {value!r:.60}', where)


def _names(value: object, where: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise InputError('"categories" must be a list of strings', where)
    return tuple(value)


def document_to_row(document: Document) -> Row:
    """A document as ``split`` prints it: an input row of ``analyse`` with its place in the file's text."""
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


def findings_to_row(document_id: str, found: Findings, kinds: Iterable[str] = KINDS) -> Row:
    """What was found in a document: the keys of ``kinds``, with actors their mentions, with quotations the asides."""
    wanted = frozenset(kinds)
    row: Row = {"id": document_id}
    for kind in KINDS:
        if kind in wanted:
            for key, write in _KEYS[kind].items():
                row[key] = [write(item) for item in getattr(found, key)]
    return row


def _quotation(q: Quotation) -> Row:
    return {
        "id": q.id,
        "kind": q.kind,
        "spans": q.spans,
        "cue": q.cue,
        "speaker": q.speaker,
        "speaker_name": q.speaker_name,
        "parent": q.parent,
        "work": q.work,
        "cited_date": q.cited_date,
        "chain": q.chain,
        "links": [{"kind": x.kind, "voice": x.voice, "span": x.span} for x in q.links],
        "cited_basis": q.cited_basis,
        "continuation": q.continuation,
        "confidence": q.confidence,
        "reason": q.reason,
        "speaker_confidence": q.speaker_confidence,
        "speaker_reason": q.speaker_reason,
    }


def _written_day(known: str | None, counted: int | None) -> str | None:
    """A day as it was found; one before the year 1, which findings do not write out, from its count."""
    return known if known or counted is None else intervals.edtf(*intervals.civil(counted))


def _time(t: TimeExpression) -> Row:
    span = intervals.bounds(t.edtf or "")
    return {
        "start": t.start,
        "end": t.end,
        "type": t.type,
        "value": t.value,
        "mod": t.mod,
        "edtf": t.edtf,
        "earliest": _written_day(t.earliest, span.earliest),
        "latest": _written_day(t.latest, span.latest),
        "calendar": t.calendar,
        "doubt": t.doubt,
        "readings": t.readings,
    }


def _event(e: Event) -> Row:
    begin, end = intervals.bounds(e.when), intervals.bounds(e.until or e.when)
    return {
        "start": e.start,
        "end": e.end,
        "when": e.when,
        "until": e.until,
        "who": e.who,
        "type": e.type,
        "where": e.where,
        "earliest": _written_day(e.earliest, begin.earliest),
        "latest": _written_day(e.latest, end.latest),
        "voice": e.voice,
        "factuality": e.factuality,
        "trigger": e.trigger,
        "anchor": e.anchor,
        "basis": e.basis,
        "doubt": e.doubt,
    }


def _quantity(value: float | tuple[float, float]) -> float | tuple[float, ...]:
    if isinstance(value, tuple):
        return tuple(_number(side) for side in value)
    return _number(value)


def _number(value: float) -> float:
    return int(value) if float(value).is_integer() else value


# {kind: {key of the row, which is also the attribute of Findings: how one of them is written}}
_KEYS: dict[str, dict[str, Callable[[Any], Row]]] = {
    "quotations": {
        "quotations": _quotation,
        "asides": lambda a: {"start": a.start, "end": a.end, "kind": a.kind},
    },
    "times": {"times": _time},
    "actors": {
        "actors": lambda a: {"id": a.id, "name": a.name, "kind": a.kind, "aliases": a.aliases},
        "mentions": lambda m: {"start": m.start, "end": m.end, "actor": m.actor, "form": m.form},
    },
    "offices": {
        "offices": lambda o: {
            "mention": o.mention,
            "office": o.office,
            "actor": o.actor,
            "organisation": o.organisation,
            "from": o.since,
            "until": o.until,
        }
    },
    "relations": {
        "relations": lambda r: {
            "start": r.start,
            "end": r.end,
            "subject": r.subject,
            "relation": r.relation,
            "object": r.object,
            "from": r.since,
            "until": r.until,
        }
    },
    "events": {"events": _event},
    "figures": {
        "figures": lambda f: {
            "start": f.start,
            "end": f.end,
            "value": _quantity(f.value),
            "unit": f.unit,
            "of": f.of,
            "as_of": f.as_of,
        }
    },
}


def copy_to_row(copy: Copy) -> Row:
    return {
        "a": copy.a.document,
        "b": copy.b.document,
        "a_span": (copy.a.start, copy.a.end),
        "b_span": (copy.b.start, copy.b.end),
        "similarity": copy.similarity,
        "direction": copy.direction,
        "kind": copy.kind,
        "reasons": copy.reasons,
    }


def conflict_to_row(conflict: Conflict) -> Row:
    return {
        "a": _place(conflict.a),
        "b": _place(conflict.b),
        "kind": conflict.kind,
        "difference": conflict.difference,
        "severity": conflict.severity,
        "about": conflict.about,
        "reasons": conflict.reasons,
    }


def _place(place: Place) -> Row:
    return {"doc": place.document, "start": place.start, "end": place.end}


def to_line(row: object) -> bytes:
    """A row as a line of JSON with its line end; half characters (lone surrogates), unknown to JSON, become U+FFFD."""
    try:
        return _encoder.encode(row) + b"\n"
    except UnicodeEncodeError:
        return _encoder.encode(_whole(row)) + b"\n"


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {k: _whole(v) for k, v in value.items()}
    return [_whole(v) for v in value] if isinstance(value, list | tuple) else value
