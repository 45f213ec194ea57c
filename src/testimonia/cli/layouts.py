"""The columns of each table."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from testimonia import exchange
from testimonia.cli.safe import one_line
from testimonia.cli.show import Layout, place, words
from testimonia.findings import Conflict, Copy, Place
from testimonia.views.rows import (
    ActorRow,
    Cited,
    ConflictRow,
    CopyRow,
    DocumentRow,
    EventRow,
    PassageRow,
    QuotationRow,
)


def _joined(*parts: str | None, by: str = "\n") -> str:
    return by.join(one_line(p) for p in parts if p)


def _found(row: PassageRow) -> str:
    """The words around the first mark."""
    first = row.marks[0][0] if row.marks else 0
    start = max(0, first - 80)
    return ("…" if start else "") + one_line(row.words[start:])


def according(row: Any) -> str:
    """The voices and the source that a quotation's text names."""
    voices = [str(step) for step in row.steps] or list(row.chain[1:])
    chain = " › ".join((*row.chain[:1], *voices)) if len(row.chain) > 1 else ""
    broken = f"breaks at {row.breaks}" if row.breaks else None
    return _joined(row.speaker or "speaker not known", chain, _joined(row.work, dated(row), by=", "), broken)


def dated(row: Any) -> str | None:
    """The date that a quotation's text cites, and of what it is."""
    if row.cited_date is None or row.cited_basis in (None, "words"):
        return row.cited_date  # type: ignore[no-any-return]
    return f"{row.cited_date} ({row.cited_basis})"


def _sure(row: QuotationRow) -> str:
    """Kind and confidence, with the reasons."""
    found = f"{row.confidence:.0%} {row.reason}" if row.reason else None
    named = f"speaker {row.speaker_confidence:.0%} {row.speaker_reason}" if row.speaker_reason else None
    return _joined(row.kind, found, named)


def _known_as(row: ActorRow) -> str:
    others = [a for a in row.aliases if a != row.name]
    return _joined(row.name, f"also {', '.join(others)}" if others else None)


def _counts(row: ActorRow) -> str:
    return f"{row.mentions} in {row.documents} doc.\n{row.quotations} quotations\n{row.events} events"


def _side(cited: Cited) -> str:
    """The words in their sentence, set off with marks that the text has not where that says more."""
    around = one_line(f"{cited.before}⟨{cited.words}⟩{cited.after}") if cited.before or cited.after else words(cited)
    return f"{around}\n{place(cited)}"


def _likeness(row: CopyRow) -> str:
    way = {"a->b": "second from first", "b->a": "first from second"}.get(row.direction or "", "direction open")
    return f"{row.kind}\n{row.similarity:.0%}\n{way}"


def _difference(row: ConflictRow) -> str:
    return _joined(row.severity, row.kind, row.difference)


def _place(cited: Cited) -> Place:
    return Place(cited.document, cited.start, cited.end)


def _copy_row(r: CopyRow) -> dict[str, Any]:
    return exchange.copy_to_row(Copy(_place(r.a), _place(r.b), r.kind, r.similarity, r.direction, r.reasons))


def _conflict_row(r: ConflictRow) -> dict[str, Any]:
    found = Conflict(_place(r.a), _place(r.b), r.kind, r.difference, r.severity, r.about, r.reasons)
    return exchange.conflict_to_row(found)


DOCUMENTS = Layout(
    DocumentRow,
    (
        ("Document", 4, lambda r: _joined(r.title or "untitled", r.document)),
        ("By", 2, lambda r: _joined(r.byline, r.publisher)),
        ("Date", 2, lambda r: _joined(r.date, f"says {r.dated_by}" if r.dated_by else None)),
        ("Filed under", 2, lambda r: _joined(*r.categories)),
        ("From", 3, lambda r: f"{one_line(Path(r.source).name)}\n{r.start}–{r.end}"),
        ("Begins", 4, lambda r: one_line(r.words, 100)),
    ),
)
PASSAGES = Layout(PassageRow, (("Where", 2, place), ("Words", 5, _found)))
QUOTATIONS = Layout(
    QuotationRow,
    (("Speaker, according to", 3, according), ("Words", 5, words), ("Kind, how sure", 2, _sure), ("Where", 3, place)),
)
EVENTS = Layout(EventRow, ())  # as a table: cli/chronicle.py
ACTORS = Layout(
    ActorRow,
    (
        ("Name", 4, _known_as),
        ("Kind", 2, lambda r: r.kind),
        ("Named", 2, _counts),
        ("Offices", 4, lambda r: _joined(*r.offices[:6])),
        ("First named", 4, lambda r: f"“{one_line(r.words, 60)}”\n{r.document} {r.start}–{r.end}"),
    ),
)
COPIES = Layout(
    CopyRow,
    (("First", 5, lambda r: _side(r.a)), ("Second", 5, lambda r: _side(r.b)), ("Copy", 2, _likeness)),
    _copy_row,
)
CONFLICTS = Layout(
    ConflictRow,
    (
        ("Conflict", 2, _difference),
        ("About", 3, lambda r: _joined(r.about, *r.reasons)),
        ("One account", 5, lambda r: _side(r.a)),
        ("Another", 5, lambda r: _side(r.b)),
    ),
    _conflict_row,
)
