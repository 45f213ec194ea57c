"""Findings as rows of the tables, and back. No database here: worker processes make the rows.

Identifiers of findings are content hashes: of the document's identifier and of what makes the finding that one (its
kind, its spans, its value). The same finding has the same identifier in every run and on every machine.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from testimonia.findings import (
    Actor,
    Aside,
    Event,
    Figure,
    Findings,
    Link,
    Mention,
    Office,
    Place,
    Quotation,
    Relation,
    TimeExpression,
)
from testimonia.text import Document, Span

Row = dict[str, Any]
Rows = dict[str, list[Row]]  # table name: its rows

TABLES = (
    "time_expression",
    "actor",
    "mention",
    "office",
    "relation",
    "quotation",
    "aside",
    "event",
    "event_actor",
    "figure",
)


def hashed(prefix: str, *parts: object) -> str:
    """An identifier: ``prefix`` and 16 hex digits of a SHA-256 of the parts."""
    return prefix + hashlib.sha256(json.dumps([prefix, *parts]).encode()).hexdigest()[:16]


class _Identifiers:
    """Identifiers within one document; a second finding just like the first gets its own."""

    def __init__(self, document: str) -> None:
        self._document = document
        self._seen: Counter[str] = Counter()

    def new(self, prefix: str, *parts: object) -> str:
        plain = hashed(prefix, self._document, *parts)
        self._seen[plain] += 1
        return plain if self._seen[plain] == 1 else hashed(prefix, self._document, *parts, self._seen[plain])


def to_rows(document: Document, found: Findings) -> Rows:
    """The rows of all that was found in a document.

    Raises ``ValueError`` for a span that is empty or outside the text, and for an actor or quotation that is named but
    not among the findings.
    """
    _check(len(document.text), found)
    new = _Identifiers(document.id).new
    actors = {a.id: new("a", a.kind, a.name) for a in found.actors}
    quotations = {q.id: new("q", q.kind, q.spans) for q in found.quotations}
    events = [new("e", e.start, e.end, e.type, e.when, e.until, e.trigger) for e in found.events]
    rows: Rows = {
        "time_expression": [_time_row(new, t) for t in found.times],
        "actor": [
            {"id": actors[a.id], "name": a.name, "kind": a.kind, "aliases": list(a.aliases)} for a in found.actors
        ],
        "mention": [
            {"start": m.start, "end": m.end, "actor_id": _known(actors, m.actor), "form": m.form}
            for m in found.mentions
        ],
        "office": [_office_row(new, actors, o) for o in found.offices],
        "relation": [_relation_row(new, actors, r) for r in found.relations],
        "quotation": [_quotation_row(quotations, actors, q) for q in found.quotations],
        "aside": [
            {"id": new("w", a.start, a.end, a.kind), "start": a.start, "end": a.end, "kind": a.kind}
            for a in found.asides
        ],
        "event": [_event_row(id, quotations, e) for id, e in zip(events, found.events, strict=True)],
        "event_actor": [],
        "figure": [_figure_row(new, f) for f in found.figures],
    }
    for table in TABLES:
        for row in rows[table]:
            row["document_id"] = document.id
    rows["event_actor"] = [
        {"event_id": id, "actor_id": _known(actors, actor), "position": position, "role": role}
        for id, e in zip(events, found.events, strict=True)
        for position, (actor, role) in enumerate(_roles(e).items())
    ]
    return rows


def _known(identifiers: Mapping[str, str], local: str) -> str:
    if local not in identifiers:
        raise ValueError(f"{local} is named but was not found")
    return identifiers[local]


def _maybe(identifiers: Mapping[str, str], local: str | None) -> str | None:
    return None if local is None else _known(identifiers, local)


def _time_row(new: Any, t: TimeExpression) -> Row:
    return {
        "id": new("t", t.type, t.start, t.end, t.value), "start": t.start, "end": t.end, "type": t.type,
        "value": t.value, "mod": t.mod, "edtf": t.edtf, "earliest": t.earliest, "latest": t.latest,
        "calendar": t.calendar, "doubt": t.doubt, "readings": list(t.readings),
    }  # fmt: skip


def _office_row(new: Any, actors: Mapping[str, str], o: Office) -> Row:
    return {
        "id": new("o", o.mention, o.office), "actor_id": _known(actors, o.actor),
        "mention_start": o.mention.start, "mention_end": o.mention.end, "start": o.office.start, "end": o.office.end,
        "organisation": o.organisation, "since": o.since, "until": o.until,
    }  # fmt: skip


def _relation_row(new: Any, actors: Mapping[str, str], r: Relation) -> Row:
    subject, other = _known(actors, r.subject), actors.get(r.object)
    return {
        "id": new("r", r.start, r.end, subject, r.relation, other or r.object), "start": r.start, "end": r.end,
        "subject_id": subject, "relation": r.relation, "object_id": other, "object": r.object,
        "since": r.since, "until": r.until,
    }  # fmt: skip


def _quotation_row(quotations: Mapping[str, str], actors: Mapping[str, str], q: Quotation) -> Row:
    return {
        "id": quotations[q.id], "kind": q.kind,
        "start": min(s.start for s in q.spans), "end": max(s.end for s in q.spans),
        "spans": q.spans, "cue": q.cue, "speaker": q.speaker, "speaker_name": q.speaker_name,
        "actor_id": _maybe(actors, q.actor), "parent_id": _maybe(quotations, q.parent), "work": q.work,
        "cited_date": q.cited_date, "chain": list(q.chain), "citation": q.citation, "doubt": q.doubt,
        "links": [{"kind": x.kind, "voice": x.voice, "span": x.span} for x in q.links], "cited_basis": q.cited_basis,
        "continuation": q.continuation, "confidence": q.confidence, "reason": q.reason,
        "speaker_confidence": q.speaker_confidence, "speaker_reason": q.speaker_reason,
    }  # fmt: skip


def _event_row(id: str, quotations: Mapping[str, str], e: Event) -> Row:
    return {
        "id": id, "start": e.start, "end": e.end, "when": e.when, "until": e.until, "earliest": e.earliest,
        "latest": e.latest, "type": e.type, "quotation_id": _maybe(quotations, e.voice),
        "factuality": e.factuality, "trigger": e.trigger, "anchor": e.anchor, "basis": e.basis, "doubt": e.doubt,
    }  # fmt: skip


def _roles(e: Event) -> dict[str, str]:
    """{actor: "who" or "where"}, those who act or suffer first; an actor has one role in an event."""
    return dict.fromkeys(e.who, "who") | dict.fromkeys((w for w in e.where if w not in e.who), "where")


def _figure_row(new: Any, f: Figure) -> Row:
    low, high = f.value if isinstance(f.value, tuple) else (f.value, f.value)
    return {
        "id": new("f", f.start, f.end, low, high, f.unit), "start": f.start, "end": f.end, "low": low, "high": high,
        "unit": f.unit, "of": f.of, "as_of": f.as_of,
    }  # fmt: skip


def spans_of(found: Findings) -> Iterable[tuple[int, int]]:
    """Every span of the findings."""
    for group in (found.times, found.mentions, found.relations, found.asides, found.events, found.figures):
        yield from ((f.start, f.end) for f in group)
    for event in found.events:
        yield from (span for span in (event.trigger, event.anchor) if span)
    for office in found.offices:
        yield from (office.mention, office.office)
    for q in found.quotations:
        yield from (*q.spans, *q.cue, *q.speaker, *q.continuation)
        if q.citation:
            yield q.citation
        yield from (x.span for x in q.links if x.span)


def _check(length: int, found: Findings) -> None:
    for start, end in spans_of(found):
        if not 0 <= start < end <= length:
            raise ValueError(f"a finding [{start}, {end}) lies outside the text (0 to {length}) or is empty")
    if not all(q.spans for q in found.quotations):
        raise ValueError("a quotation has no content")


def from_rows(rows: Mapping[str, Sequence[Row]]) -> Findings:
    """The findings that ``to_rows`` made these rows of; identifiers are now those of the base."""
    named: dict[tuple[str, str], list[str]] = {}
    for row in rows["event_actor"]:
        named.setdefault((row["event_id"], row["role"]), []).append(row["actor_id"])
    return Findings(
        times=tuple(
            TimeExpression(**_without(r, "id", "readings"), readings=tuple(r["readings"]))
            for r in rows["time_expression"]
        ),
        actors=tuple(Actor(r["id"], r["name"], r["kind"], tuple(r["aliases"])) for r in rows["actor"]),
        mentions=tuple(Mention(r["start"], r["end"], r["actor_id"], r["form"]) for r in rows["mention"]),
        offices=tuple(
            Office(
                Span(r["mention_start"], r["mention_end"]), Span(r["start"], r["end"]),
                r["actor_id"], r["organisation"], r["since"], r["until"],
            )
            for r in rows["office"]
        ),
        relations=tuple(
            Relation(
                r["start"], r["end"], r["subject_id"], r["relation"], r["object_id"] or r["object"],
                r["since"], r["until"],
            )
            for r in rows["relation"]
        ),
        quotations=tuple(_quotation(r) for r in rows["quotation"]),
        asides=tuple(Aside(r["start"], r["end"], r["kind"]) for r in rows["aside"]),
        events=tuple(_event(r, named) for r in rows["event"]),
        figures=tuple(
            Figure(
                r["start"], r["end"], r["low"] if r["low"] == r["high"] else (r["low"], r["high"]),
                r["unit"], r["of"], r["as_of"],
            )
            for r in rows["figure"]
        ),
    )  # fmt: skip


def _without(row: Row, *names: str) -> Row:
    return {k: v for k, v in row.items() if k not in {*names, "document_id"}}


def _event(r: Row, named: Mapping[tuple[str, str], Sequence[str]]) -> Event:
    return Event(
        start=r["start"], end=r["end"], when=r["when"], until=r["until"], who=tuple(named.get((r["id"], "who"), ())),
        type=r["type"], earliest=r["earliest"], latest=r["latest"], voice=r["quotation_id"],
        where=tuple(named.get((r["id"], "where"), ())), factuality=r["factuality"],
        trigger=_span(r["trigger"]), anchor=_span(r["anchor"]), basis=r["basis"], doubt=r["doubt"],
    )  # fmt: skip


def _quotation(r: Row) -> Quotation:
    return Quotation(
        id=r["id"], kind=r["kind"], spans=_spans(r["spans"]), cue=_spans(r["cue"]), speaker=_spans(r["speaker"]),
        speaker_name=r["speaker_name"], actor=r["actor_id"], parent=r["parent_id"], work=r["work"],
        cited_date=r["cited_date"], chain=tuple(r["chain"]), citation=_span(r["citation"]),
        doubt=r["doubt"], cited_basis=r["cited_basis"], links=tuple(_link(x) for x in r["links"]),
        continuation=_spans(r["continuation"]), confidence=r["confidence"], reason=r["reason"],
        speaker_confidence=r["speaker_confidence"], speaker_reason=r["speaker_reason"],
    )  # fmt: skip


def _link(x: Row) -> Link:
    return Link(x["kind"], x["voice"], _span(x["span"]))


def _span(pair: Sequence[int] | None) -> Span | None:
    return Span(*pair) if pair else None


def _spans(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(*pair) for pair in pairs)


def place_row(side: str, place: Place) -> Row:
    """One side of a copy or conflict."""
    return {f"{side}_document": place.document, f"{side}_start": place.start, f"{side}_end": place.end}
