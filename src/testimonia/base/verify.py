"""Re-checks everything in a base: that bytes, texts, spans and identifiers still belong together."""

from __future__ import annotations

import html
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, select, text
from sqlalchemy.exc import DatabaseError

from testimonia.base import schema as s
from testimonia.base.connection import Base
from testimonia.base.judgements import DOCUMENT_DATE
from testimonia.intervals import from_iso
from testimonia.text import Source, document_id

_SHOWN = 1000  # problems kept; the rest are only counted


@dataclass(slots=True)
class Verification:
    """``checked``: how many of each kind were looked at; ``problems``: what does not hold, each in a sentence."""

    checked: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    failed: int = 0  # all problems, also those beyond the first thousand

    @property
    def holds(self) -> bool:
        return not self.failed

    def report(self, problem: str) -> None:
        self.failed += 1
        if len(self.problems) < _SHOWN:
            self.problems.append(problem)


def verify(base: Base) -> Verification:
    """Checks sources, documents, spans, search and keys; changes nothing.

    Raises ``BaseError`` when the file cannot be read at all.
    """
    outcome = Verification()
    with base.connect() as c:
        lengths: dict[str, int] = {}
        for source in c.execute(select(s.source).execution_options(yield_per=1)):
            _check_source(c, source, lengths, outcome)
        _check_spans(c, lengths, outcome)
        _check_judgements(c, outcome)
        _check_search(c, outcome)
        _check_database(c, outcome)
    return outcome


def _check_source(c: Connection, row: Row[Any], lengths: dict[str, int], outcome: Verification) -> None:
    """The bytes have the digest that names them, and each document of the source is what they say."""
    outcome.checked["sources"] += 1
    where = f"source {row.id[:16]}"
    words: str | None = None
    try:
        content = zlib.decompress(row.content)
        if Source.digest(content) != row.id or len(content) != row.size:
            outcome.report(f"{where}: its bytes are not those that were read.")
        words = content.decode(row.encoding)
    except (zlib.error, ValueError, LookupError) as error:
        outcome.report(f"{where}: its bytes cannot be decoded as {row.encoding}: {error}.")
    documents = select(s.document).where(s.document.c.source_id == row.id).execution_options(yield_per=16)
    for document in c.execute(documents):
        outcome.checked["documents"] += 1
        lengths[document.id] = len(document.text)
        for problem in _document_problems(document, words):
            outcome.report(f"document {document.id}: {problem}")
    if words is not None:
        stated = select(s.stated).join(s.document).where(s.document.c.source_id == row.id)
        for place in c.execute(stated):
            outcome.checked["stated"] += 1
            if not 0 <= place.start < place.end <= len(words):
                what = (
                    f"[{place.start}, {place.end}), where its {place.field} is stated, is empty or outside the source."
                )
                outcome.report(f"document {place.document_id}: {what}")


def _document_problems(d: Row[Any], source: str | None) -> Iterator[str]:
    if document_id(d.source_id, d.start, d.end, d.text) != d.id:
        yield "its text or its place in the source is not what its identifier was made from."
    if source is None:
        return
    if not 0 <= d.start <= d.end <= len(source):
        yield f"its place [{d.start}, {d.end}) lies outside the source (0 to {len(source)})."
    reached = 0
    for start, end, source_start, source_end, verbatim in d.offsets:
        if start != reached or end <= start:
            yield f"its offsets leave a gap at character {reached}."
        reached = end
        if not 0 <= source_start <= source_end <= len(source):
            yield f"characters {start} to {end} lead to no place in the source."
        elif not _same(d.text[start:end], source[source_start:source_end], bool(verbatim)):
            yield f"characters {start} to {end} are not what the source says at {source_start} to {source_end}."
    if reached != len(d.text):
        yield f"its offsets cover {reached} of {len(d.text)} characters."


_MARKUP = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]*>", re.DOTALL)


def _same(words: str, source: str, verbatim: bool) -> bool:
    """Whether a stretch of text is the source's; a changed one may differ only in what is no letter or digit."""
    if verbatim:
        return words == source
    letters = _letters(words)
    return not letters or letters in (_letters(html.unescape(source)), _letters(html.unescape(_MARKUP.sub("", source))))


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, words))


_SPANS = (
    ("passages", s.passage, (("start", "end"),)),
    ("times", s.time_expression, (("start", "end"),)),
    ("mentions", s.mention, (("start", "end"),)),
    ("offices", s.office, (("start", "end"), ("mention_start", "mention_end"))),
    ("relations", s.relation, (("start", "end"),)),
    ("quotations", s.quotation, (("start", "end"),)),
    ("asides", s.aside, (("start", "end"),)),
    ("events", s.event, (("start", "end"),)),
    ("figures", s.figure, (("start", "end"),)),
    ("accounts", s.account, (("start", "end"),)),
)


def _check_spans(c: Connection, lengths: dict[str, int], outcome: Verification) -> None:
    """Every span lies inside the text of its document and is not empty."""
    for name, table, pairs in _SPANS:
        for row in c.execute(select(table).execution_options(yield_per=1000)).mappings():
            outcome.checked[name] += 1
            spans = [(row[a], row[b]) for a, b in pairs]
            if table is s.quotation:
                spans += _quotation_spans(row, outcome)
            if table is s.event:
                spans += _event_spans(row, outcome)
            _check_each(name, row["id"], [(row["document_id"], *span) for span in spans], lengths, outcome)
    for name, table in (("copies", s.copy), ("conflicts", s.conflict)):
        for row in c.execute(select(table).execution_options(yield_per=1000)).mappings():
            outcome.checked[name] += 1
            places = [(row[f"{side}_document"], row[f"{side}_start"], row[f"{side}_end"]) for side in "ab"]
            _check_each(name, row["id"], places, lengths, outcome)


def _quotation_spans(row: Any, outcome: Verification) -> list[tuple[int, int]]:
    try:
        steps = [link["span"] for link in row["links"]]
        single = [span for span in (row["citation"], *steps) if span]
        groups = [*row["spans"], *row["cue"], *row["speaker"], *row["continuation"], *single]
        spans = [(int(start), int(end)) for start, end in groups]
        content = spans[: len(row["spans"])]
        if (row["start"], row["end"]) != (min(a for a, _ in content), max(b for _, b in content)):
            outcome.report(f"quotations {row['id']}: its start and end are not those of its content.")
        if row["links"] and len(row["links"]) != len(row["chain"]) - 1:
            outcome.report(f"quotations {row['id']}: its steps are not those between the voices of its chain.")
    except (TypeError, ValueError, KeyError):
        outcome.report(f"quotations {row['id']}: its spans are damaged.")
        return []
    return spans


def _event_spans(row: Any, outcome: Verification) -> list[tuple[int, int]]:
    try:
        return [(int(start), int(end)) for start, end in filter(None, (row["trigger"], row["anchor"]))]
    except (TypeError, ValueError):
        outcome.report(f"events {row['id']}: its trigger or anchor is damaged.")
        return []


def _check_each(
    name: str, id: object, places: list[tuple[str, int, int]], lengths: dict[str, int], outcome: Verification
) -> None:
    for document, start, end in places:
        if document not in lengths:
            outcome.report(f"{name} {id}: its document {document} is not in the base.")
        elif not 0 <= start < end <= lengths[document]:
            outcome.report(
                f"{name} {id}: [{start}, {end}) lies outside its text (0 to {lengths[document]}) or is empty."
            )


def _check_judgements(c: Connection, outcome: Verification) -> None:
    """A date that a person gave is a day, it is said whose it is, and its document has it."""
    query = select(s.judgement, s.document.c.date).join(
        s.document, s.document.c.id == s.judgement.c.document_id, isouter=True
    )
    for row in c.execute(query.where(s.judgement.c.kind == DOCUMENT_DATE)):
        outcome.checked["judgements"] += 1
        if from_iso(row.value) is None or not row.by:
            outcome.report(f"judgements {row.id}: it names no day, or nobody who says so.")
        elif row.date not in (None, row.value):
            outcome.report(f"document {row.document_id}: it is dated {row.date}, but {row.by} says {row.value}.")


def _check_search(c: Connection, outcome: Verification) -> None:
    """The words that can be searched are those of the passages, no more and no fewer."""
    stored = c.execute(text("SELECT rowid, words FROM passage_fts ORDER BY rowid").execution_options(yield_per=1000))
    held: tuple[str, str] = ("", "")
    passages = select(s.passage).order_by(s.passage.c.id).execution_options(yield_per=1000)
    entry = next(stored, None)
    for passage in c.execute(passages):
        outcome.checked["search"] += 1
        while entry is not None and entry.rowid < passage.id:
            outcome.report(f"search: entry {entry.rowid} belongs to no passage.")
            entry = next(stored, None)
        if entry is None or entry.rowid != passage.id:
            outcome.report(f"search: passage {passage.id} cannot be found.")
            continue
        if held[0] != passage.document_id:
            query = select(s.document.c.text).where(s.document.c.id == passage.document_id)
            held = (passage.document_id, c.execute(query).scalar_one_or_none() or "")
        if entry.words != held[1][passage.start : passage.end]:
            outcome.report(f"search: passage {passage.id} is stored with other words.")
        entry = next(stored, None)
    for left in [entry] if entry is not None else []:
        outcome.report(f"search: entry {left.rowid} belongs to no passage.")
    for left in stored:
        outcome.report(f"search: entry {left.rowid} belongs to no passage.")


def _check_database(c: Connection, outcome: Verification) -> None:
    """The database's own checks."""
    for row in c.exec_driver_sql("PRAGMA integrity_check"):
        if row[0] != "ok":
            outcome.report(f"database: {row[0]}.")
    try:
        c.exec_driver_sql("INSERT INTO passage_fts (passage_fts) VALUES ('integrity-check')")  # changes nothing
    except DatabaseError as error:
        if "malformed" in str(error.orig):  # else it is only that this base cannot be written
            outcome.report("search: its index is not that of the words it holds.")
    for row in c.exec_driver_sql("PRAGMA foreign_key_check"):
        outcome.report(f"database: row {row[1]} of {row[0]} leads to no row of {row[2]}.")
