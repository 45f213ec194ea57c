"""When did what happen, who says so, and how surely?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from testimonia.base import schema as t
from testimonia.errors import InputError
from testimonia.findings import DATE_BASES, EVENT_TYPES, FACTUALITIES
from testimonia.intervals import Interval, bounds, compare
from testimonia.views.common import Texts, called, checked, folded
from testimonia.views.dates import day_words, days_of, event_words, place_in_time, possible
from testimonia.views.periods import Period, asked, block
from testimonia.views.rows import EventRow, Rows, TellingRow
from testimonia.views.tellings import Matter, Told, grouped, lead

OWN, QUOTED, ALL = "text", "quoted", "all"
NOBODY = "a speaker who is not known"
NO_YEAR = "the text does not say of which year"
_COLUMNS = (
    "id", "document_id", "start", "end", "when", "until", "earliest", "latest", "type", "quotation_id", "factuality",
    "basis", "doubt",
)  # fmt: skip
_SLICE = 500  # SQLite limits the number of parameters

Several = str | Iterable[str] | None
_Span = tuple[int, int] | None


class Drawn(NamedTuple):
    """An event as a picture shows it."""

    id: str
    document: str
    title: str | None
    start: int
    end: int
    type: str
    when: str
    until: str | None
    days: Interval
    factuality: str
    passages: int

    @property
    def dated(self) -> str:
        """In words."""
        return event_words(self.when, self.until, self.days)

    @property
    def lasting(self) -> bool:
        """From one date until another; else some time within its days, be they a century that EDTF writes as two."""
        return self.until is not None


class Chronology(Rows[EventRow]):
    """A page of events, and what is known of all that fit.

    ``total`` events that fit, of which ``surely`` lie wholly within the period, are told in ``passages`` of
    ``documents``; ``left_out`` counts what is told otherwise than as was asked ({"plan": 3}), ``undated`` what a period
    cannot be asked of. ``hull`` are the years of all that fit the
    other filters. ``drawn`` are all that fit, in order.
    """

    total: int
    surely: int
    passages: int
    documents: int
    left_out: dict[str, int]
    undated: int
    hull: Period | None
    wanted: Interval
    drawn: Sequence[Drawn]
    words: Callable[[Sequence[str]], Mapping[str, str]]

    def picture(self, width: int = 1000) -> Any:
        """The events on a line of time, as an Altair chart."""
        from testimonia.views import picture

        return picture.chart(self, width)

    def _repr_html_(self) -> str:
        from testimonia.views import picture

        return picture.notebook(self)


class _Found(NamedTuple):
    """A row of the base with its days."""

    row: Any
    days: Interval


def find(
    connection: Connection,
    *,
    from_: str | None = None,
    to: str | None = None,
    actor: str | None = None,
    type: Several = None,
    document: str | None = None,
    voice: str | None = None,
    factuality: Several = "fact",
    basis: Several = None,
    within: bool = False,
    unfold: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> Chronology:
    """Events that may lie between ``from_`` and ``to`` (EDTF, both included), by earliest and latest day.

    A partial date stands at the head of its stretch, before the days that lie in it; what has no place in time comes
    last, with the reason in ``doubt``. ``within``: only what surely lies in the period. ``type``, ``factuality`` and
    ``basis`` take one or several names; ``factuality`` is "fact" unless something else is asked, "all" for all.
    ``voice``: "text" for the text's own, "quoted" for any speaker's, or a part of a speaker's name. Passages that tell
    the same event stand in one row, unless ``unfold``.
    """
    limit, offset = checked(limit, offset)
    wanted, texts = asked(from_, to), Texts(connection)
    facts = several(factuality, (*FACTUALITIES, ALL), "factuality") or ("fact",)
    chosen: list[_Found] = []
    others: list[_Found] = []
    for found in _told(connection, texts, (actor, document, voice), (type, basis)):
        (chosen if ALL in facts or found.row.factuality in facts else others).append(found)
    inside = [f for f in chosen if _asked(f, wanted, within)]
    events = _events(connection, inside, unfold)
    page = events[offset : None if limit is None else offset + limit]
    result = Chronology(_rows(connection, texts, inside, page))
    result.total, result.passages = len(events), len({_spot(f.row) for f in inside})
    result.surely = sum(_fits(inside[e.lead].days, wanted, True) for e in events)
    result.documents = len({f.row.document_id for f in inside})
    result.left_out = _left_out(connection, [f for f in others if _asked(f, wanted, within)], unfold)
    result.undated = sum(place_in_time(f.days)[0] for f in chosen) if from_ or to else 0
    result.hull, result.wanted = hull(f.days for f in chosen), wanted
    result.drawn = [_drawn(inside[e.lead], len(e.members)) for e in events]
    result.words = partial(words, connection)
    return result


def types(connection: Connection) -> tuple[str, ...]:
    """The types that an event can have: those of ``findings.EVENT_TYPES``, and any others in the base."""
    e = t.event.c
    there = connection.scalars(select(e.type).distinct().order_by(e.type))
    return tuple(dict.fromkeys((*EVENT_TYPES, *there)))


def several(given: Several, allowed: Sequence[str], what: str) -> tuple[str, ...]:
    """The names given, as a list, with commas between, or both; ``office`` stands for office-begun and office-ended.

    Raises ``InputError`` for a name that is not allowed.
    """
    parts = [given] if isinstance(given, str) else given or ()
    names = [name for part in parts for x in part.split(",") if (name := x.strip())]
    chosen: list[str] = []
    for name in names:
        meant = [x for x in allowed if x == name or x.startswith(f"{name}-")]
        if not meant:
            raise InputError(f"there is no {what} {name!r}", hint=f"One of: {', '.join(allowed)}.")
        chosen += meant
    return tuple(dict.fromkeys(chosen))


def words(connection: Connection, events: Sequence[str]) -> dict[str, str]:
    """{event: the words that tell it}."""
    e, texts, found = t.event.c, Texts(connection), {}
    for i in range(0, len(events), _SLICE):
        question = select(e.id, e.document_id, e.start, e.end).where(e.id.in_(events[i : i + _SLICE]))
        for r in connection.execute(question.order_by(e.document_id)):
            found[r.id] = texts.words(r.document_id, r.start, r.end)
    return found


# ---------------------------------------------------------------- what fits


def _told(
    connection: Connection,
    texts: Texts,
    names: tuple[str | None, str | None, str | None],
    kinds: tuple[Several, Several],
) -> list[_Found]:
    """What fits all filters but the period and the factuality, in the order of the texts."""
    actor, document, voice = names
    e, d, q = t.event.c, t.document.c, t.quotation.c
    question = (
        select(*(e[name] for name in _COLUMNS), d.title, d.date, q.speaker_name, q.speaker, q.actor_id)
        .join(t.document, d.id == e.document_id)
        .join(t.quotation, q.id == e.quotation_id, isouter=True)
        .order_by(d.source_id, d.position, e.start, e.id)
    )
    if wanted := several(kinds[0], types(connection), "type of event"):
        question = question.where(e.type.in_(wanted))
    if bases := several(kinds[1], DATE_BASES, "basis of a date"):
        question = question.where(e.basis.in_(bases))
    if document:
        question = question.where(e.document_id == document)
    if actor:
        x = t.event_actor.c
        there = select(x.event_id).join(t.actor, t.actor.c.id == x.actor_id).where(called(actor))
        question = question.where(e.id.in_(there))
    spoken = _spoken_by(connection, texts, voice)
    rows = (r for r in connection.execute(question) if spoken(r))
    return [_Found(r, days_of(r.when, r.until, r.earliest, r.latest)) for r in rows]


def _spoken_by(connection: Connection, texts: Texts, voice: str | None) -> Callable[[Any], bool]:
    if not voice:
        return lambda r: True
    if voice in (OWN, QUOTED):
        return lambda r: (r.quotation_id is None) == (voice == OWN)
    wanted = folded(voice) or ""
    actors = set(connection.scalars(select(t.actor.c.id).where(called(voice))))
    return lambda r: r.quotation_id is not None and (r.actor_id in actors or wanted in (folded(_voice(texts, r)) or ""))


def _asked(found: _Found, wanted: Interval, within: bool) -> bool:
    """Whether it may lie in the period, or ``within``: surely does, which nothing that is open on a side does."""
    return _fits(found.days if within else _placed(found), wanted, within)


def _placed(found: _Found) -> Interval:
    """Where a period finds an event: what the course of the text dates lies where the text stands, if open behind."""
    days, when = found.days, found.row.when
    if found.row.basis != "narrative" or days.earliest is None or days.latest is not None:
        return days
    return Interval(days.earliest, bounds(when.partition("/")[0]).latest, days.approximate)


def _fits(days: Interval, wanted: Interval, within: bool) -> bool:
    """Whether the days may lie in the period, or ``within``: surely do."""
    first, last, _ = possible(days)
    if wanted.earliest is None and wanted.latest is None:
        return True
    if first is None and last is None:
        return False
    if within:
        begins = wanted.earliest is None or (first is not None and first >= wanted.earliest)
        return begins and (wanted.latest is None or (last is not None and last <= wanted.latest))
    early = last is not None and wanted.earliest is not None and last < wanted.earliest
    return not early and not (first is not None and wanted.latest is not None and first > wanted.latest)


def hull(stretches: Iterable[Interval]) -> Period | None:
    """The years from the first to the last day that any of them names."""
    ends = [day for s in stretches for day in (s.earliest, s.latest) if day is not None]
    return Period(block("year", min(ends)).first, block("year", max(ends)).last) if ends else None


# ---------------------------------------------------------------- events and their tellings


class _Event(NamedTuple):
    """Indexes of the passages that tell one event, and of that which stands for them."""

    lead: int
    members: Sequence[int]
    reasons: tuple[str, ...]


def _events(connection: Connection, found: Sequence[_Found], unfold: bool) -> list[_Event]:
    """The events in the order of time."""
    if unfold:
        events = [_Event(i, (i,), ()) for i in range(len(found))]
    else:
        names = _names(connection, found)
        told = [
            Told(_spot(f.row), f.row.type, f.row.factuality, f.row.basis, f.days, names.get(f.row.id, frozenset()))
            for f in found
        ]
        own = {i: f.row.quotation_id is None for i, f in enumerate(found)}
        events = [_Event(lead(g.members, told, own), *g) for g in grouped(told, _matters(connection))]
    return sorted(events, key=lambda e: (place_in_time(found[e.lead].days), e.lead))


def _left_out(connection: Connection, others: Sequence[_Found], unfold: bool) -> dict[str, int]:
    """{factuality: events}, in the order of ``FACTUALITIES``."""
    numbers = Counter(others[e.lead].row.factuality for e in _events(connection, others, unfold)) if others else {}
    return {name: numbers[name] for name in FACTUALITIES if name in numbers}


def _spot(r: Any) -> tuple[str, int, int]:
    return r.document_id, r.start, r.end


def _matters(connection: Connection) -> list[Matter]:
    """The matters of kind "event" in the base."""
    a, m = t.account.c, t.matter.c
    question = select(a.matter_id, a.document_id, a.start, a.end, m.reasons).join(t.matter, m.id == a.matter_id)
    spots: dict[str, list[tuple[str, int, int]]] = {}
    reasons: dict[str, str] = {}
    for r in connection.execute(question.where(m.kind == "event").order_by(a.id)):
        spots.setdefault(r.matter_id, []).append(_spot(r))
        reasons[r.matter_id] = "; ".join(r.reasons) or "both are accounts of one matter"
    return [Matter(places, reasons[matter]) for matter, places in spots.items()]


def _names(connection: Connection, found: Sequence[_Found]) -> dict[str, frozenset[str]]:
    """{event: names of the persons and bodies in it}, of the events that a date may join."""
    wanted = {f.row.id for f in found if f.row.type != "other" and f.row.basis == "stated"}
    a, x = t.actor.c, t.event_actor.c
    question = select(x.event_id, a.name).join(t.actor, a.id == x.actor_id)
    question = question.where(a.kind.in_(("person", "organisation")), x.role == "who")
    names: dict[str, set[str]] = {}
    for r in connection.execute(question):
        if r.event_id in wanted:
            names.setdefault(r.event_id, set()).add(r.name)
    return {event: frozenset(those) for event, those in names.items()}


def _drawn(found: _Found, passages: int) -> Drawn:
    r = found.row
    return Drawn(
        r.id, r.document_id, r.title, r.start, r.end, r.type, r.when, r.until, found.days, r.factuality, passages
    )


# ---------------------------------------------------------------- rows


def _rows(connection: Connection, texts: Texts, found: Sequence[_Found], page: Sequence[_Event]) -> list[EventRow]:
    ids = [found[e.lead].row.id for e in page]
    named, spans = _named(connection, ids), _spans(connection, ids)
    return [_row(texts, found, event, named, spans) for event in page]


def _row(
    texts: Texts,
    found: Sequence[_Found],
    event: _Event,
    named: Mapping[tuple[str, str], Sequence[str]],
    spans: Mapping[str, tuple[_Span, _Span]],
) -> EventRow:
    r, days = found[event.lead]
    trigger, anchor = spans[r.id]
    others = [_telling(texts, found[i], days) for i in event.members if i != event.lead]
    spots = {_spot(found[i].row) for i in event.members}
    return EventRow(
        id=r.id, document=r.document_id, title=r.title, start=r.start, end=r.end,
        words=texts.words(r.document_id, r.start, r.end), date=r.date, dated=event_words(r.when, r.until, days),
        when=r.when, until=r.until, earliest=day_words(days.earliest), latest=day_words(days.latest), type=r.type,
        who=tuple(named.get((r.id, "who"), ())), voice=_voice(texts, r), where=tuple(named.get((r.id, "where"), ())),
        factuality=r.factuality, basis=r.basis, doubt=r.doubt or (NO_YEAR if place_in_time(days)[0] else None),
        trigger=trigger, anchor=anchor,
        passages=len(spots), documents=len({spot[0] for spot in spots}), tellings=tuple(others), reasons=event.reasons,
    )  # fmt: skip


def _telling(texts: Texts, found: _Found, days: Interval) -> TellingRow:
    r, own = found
    return TellingRow(
        id=r.id,
        document=r.document_id, title=r.title, start=r.start, end=r.end,
        words=texts.words(r.document_id, r.start, r.end), date=r.date, dated=event_words(r.when, r.until, own),
        when=r.when, until=r.until, voice=_voice(texts, r), basis=r.basis,
        agrees=compare(own, days) not in ("before", "after"),
    )  # fmt: skip


def _voice(texts: Texts, r: Any) -> str | None:
    """In whose words the event is told; None: the document's own."""
    if r.quotation_id is None:
        return None
    named: str | None = r.speaker_name or (texts.words(r.document_id, *r.speaker[0]) if r.speaker else None)
    return named or NOBODY


def _spans(connection: Connection, events: Sequence[str]) -> dict[str, tuple[_Span, _Span]]:
    """{event: (trigger, anchor)}."""
    e = t.event.c
    spans: dict[str, tuple[_Span, _Span]] = {}
    for i in range(0, len(events), _SLICE):
        for r in connection.execute(select(e.id, e.trigger, e.anchor).where(e.id.in_(events[i : i + _SLICE]))):
            trigger, anchor = (tuple(x) if x else None for x in (r.trigger, r.anchor))
            spans[r.id] = trigger, anchor
    return spans


def _named(connection: Connection, events: Sequence[str]) -> dict[tuple[str, str], list[str]]:
    """{(event, role): names, in the order in which the text has them}."""
    a, x = t.actor.c, t.event_actor.c
    named: dict[tuple[str, str], list[str]] = {}
    for i in range(0, len(events), _SLICE):
        question = select(x.event_id, x.role, a.name).join(t.actor, a.id == x.actor_id)
        question = question.where(x.event_id.in_(events[i : i + _SLICE])).order_by(x.event_id, x.position)
        for r in connection.execute(question):
            named.setdefault((r.event_id, r.role), []).append(r.name)
    return named
