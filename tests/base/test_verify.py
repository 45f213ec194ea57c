"""A base that holds is found to hold; whatever is changed in it behind our back is reported."""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from made import document, everything, source

from testimonia.base import Base, links, open_base, store, verify
from testimonia.base.rows import to_rows
from testimonia.findings import Account, Conflict, Copy, Findings, Matter, Place
from testimonia.text import Document, OffsetMapBuilder, Source, document_id, passages_of

TEXT = "“The ledger is gone,” Vera Holm said on 3 May 1921.\n\nNobody else had seen it.\n"


def put(base: Base, held: Source, one: Document, found: Findings) -> None:
    with base.write() as c:
        run = store.begin_run(c, "1", {}, {}, "2020")
        store.add_source(c, held, f"/{held.id}.txt", run)
        store.write_document(c, one, to_rows(one, found), held.id, 0, run)
        store.complete_source(c, held.id, [one.id])


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    """Two documents, every kind of finding, a copy and a conflict between them."""
    with open_base(tmp_path / "a.db", create=True) as base:
        one, two = document(TEXT), document(TEXT + "\nSo it is said.\n")
        put(base, source(one.text), one, everything())
        put(base, source(two.text), two, everything())
        a, b = Place(one.id, 0, 5), Place(two.id, 0, 5)
        with base.write() as c:
            links.replace(
                c,
                [Copy(a, b, "verbatim", 1.0)],
                [Matter("m", "utterance", "x", (Account(a), Account(b)))],
                [Conflict(a, b, "date", "contradiction", "weak", "x", (), "m")],
            )
        yield base


def test_what_was_stored_holds(base: Base) -> None:
    found = verify(base)
    assert found.problems == []
    assert found.holds
    assert found.checked["documents"] == found.checked["sources"] == 2
    for kind in ("passages", "times", "mentions", "offices", "relations", "quotations", "asides", "events", "figures"):
        assert found.checked[kind] > 0
    assert (found.checked["copies"], found.checked["conflicts"], found.checked["accounts"]) == (1, 1, 2)


def test_an_empty_base_holds(tmp_path: Path) -> None:
    with open_base(tmp_path / "a.db", create=True) as base:
        assert verify(base).holds


STEP = """UPDATE quotation SET links = '[{{"kind": "cites", "voice": null, "span": {}}}]'"""
FIRST = f"'{document(TEXT).id}'"
TAMPERING = [
    ("UPDATE source SET size = size + 1", "its bytes are not those that were read"),
    ("UPDATE source SET content = x'00'", "cannot be decoded"),
    ("UPDATE source SET encoding = 'utf-32'", "cannot be decoded"),
    ("UPDATE source SET encoding = 'none such'", "cannot be decoded"),
    ("UPDATE document SET text = replace(text, 'gone', 'lost')", "its text or its place in the source"),
    ("UPDATE document SET text = replace(text, 'gone', 'lost')", "are not what the source says"),
    ("UPDATE document SET start = start + 1", "its text or its place in the source"),
    ('UPDATE document SET "end" = 9999', "lies outside the source"),
    ("UPDATE document SET text = text || '!'", "its offsets cover"),
    ("UPDATE document SET offsets = '[[0, 3, 0, 3, 1], [4, 9, 4, 9, 1]]'", "leave a gap at character 3"),
    ("UPDATE document SET offsets = '[[0, 3, 900, 903, 1]]'", "lead to no place in the source"),
    ("UPDATE document SET offsets = '[[0, 3, 1, 4, 1]]'", "are not what the source says"),
    ("UPDATE document SET offsets = '[[0, 9, 1, 4, 0]]'", "are not what the source says"),
    ('UPDATE passage SET "end" = 9999 WHERE position = 0', "passages 1: [0, 9999) lies outside"),
    ('UPDATE time_expression SET start = "end"', "is empty"),
    ("UPDATE mention SET start = -1", "mentions 1: [-1, 31) lies outside"),
    ("UPDATE office SET mention_end = 9999", "lies outside its text"),
    ('UPDATE relation SET "end" = 9999', "lies outside its text"),
    ('UPDATE quotation SET "end" = 9999', "its start and end are not those of its content"),
    ("UPDATE quotation SET cue = '[[3, 9999]]'", "[3, 9999) lies outside its text"),
    ("UPDATE quotation SET speaker = '[[3, 3]]'", "is empty"),
    ("UPDATE quotation SET citation = '[5, 2]' WHERE citation IS NOT NULL AND citation != 'null'", "is empty"),
    ("UPDATE quotation SET continuation = '[[3, 9999]]'", "[3, 9999) lies outside its text"),
    (STEP.format("[9, 9999]"), "[9, 9999) lies outside its text"),
    (STEP.format("[3]"), "its spans are damaged"),
    ("UPDATE quotation SET chain = '[1, 2]' WHERE chain != '[]'", "its steps are not those between the voices"),
    ('UPDATE aside SET "end" = 9999', "lies outside its text"),
    ("UPDATE quotation SET spans = '[3]'", "its spans are damaged"),
    ("UPDATE event SET start = 9999", "lies outside its text"),
    ("UPDATE event SET anchor = '[3, 9999]'", "lies outside its text"),
    ("UPDATE event SET \"trigger\" = '[3]'", "its trigger or anchor is damaged"),
    ('UPDATE figure SET "end" = 9999', "lies outside its text"),
    ('UPDATE account SET "end" = 9999', "lies outside its text"),
    ("UPDATE copy SET a_start = 5", "is empty"),
    ("UPDATE conflict SET b_end = 9999", "lies outside its text"),
    ("DELETE FROM passage_fts WHERE rowid = 1", "passage 1 cannot be found"),
    ("DELETE FROM passage_fts", "passage 4 cannot be found"),
    ("UPDATE passage_fts SET words = 'other' WHERE rowid = 2", "passage 2 is stored with other words"),
    ("INSERT INTO passage_fts (rowid, words) VALUES (0, 'x')", "entry 0 belongs to no passage"),
    ("INSERT INTO passage_fts (rowid, words) VALUES (77, 'x')", "entry 77 belongs to no passage"),
    ("UPDATE passage_fts_content SET c0 = 'other' WHERE id = 2", "its index is not that of the words"),
    (f"DELETE FROM document WHERE id = {FIRST}", "leads to no row of document"),
    (f"DELETE FROM document WHERE id = {FIRST}", "is not in the base"),
    ("DELETE FROM actor", "leads to no row of actor"),
    ("DELETE FROM source", "is not in the base"),
]


@pytest.mark.parametrize(("statement", "said"), TAMPERING)
def test_tampering_is_reported(base: Base, statement: str, said: str) -> None:
    with base.engine.connect() as c:
        c.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        c.connection.cursor().execute(statement)
    found = verify(base)
    assert not found.holds
    assert any(said in problem for problem in found.problems), found.problems


def test_other_bytes_under_the_same_name_are_reported(base: Base) -> None:
    with base.write() as c:
        c.exec_driver_sql("UPDATE source SET content = ?", (zlib.compress(TEXT.replace("3", "4").encode()),))
    assert any("its bytes are not those that were read" in p for p in verify(base).problems)


def test_problems_are_counted_but_not_kept_without_end(base: Base) -> None:
    with base.write() as c:
        rows = [(n, "x") for n in range(1000, 3500)]
        c.exec_driver_sql("INSERT INTO passage_fts (rowid, words) VALUES (?, ?)", rows)
    found = verify(base)
    assert found.failed == 2500
    assert len(found.problems) == 1000


MARKED_UP = [
    ("a &amp; b", "a & b", True, "an entity"),
    ("it&rsquo;s", "it’s", True, "an entity inside a word"),
    ("<b>bo</b>ld", "bold", True, "markup inside a word"),
    ("a \r\n b", "a b", True, "white space folded"),
    ("", "\n\n", True, "a break where the source has only markup"),
    ("<li>", "• ", True, "a bullet for markup"),
    ("caf&eacute;", "café", True, "an accented letter"),
    ("gone", "lost", False, "another word"),
    ("not gone", "gone", False, "a word left out"),
    ("gone", "not gone", False, "a word put in"),
    ("", "gone", False, "a word from nowhere"),
    ("1921", "1912", False, "digits swapped"),
]


@pytest.mark.parametrize(("written", "read", "holds", "why"), MARKED_UP)
def test_what_may_change_between_source_and_text(
    tmp_path: Path, written: str, read: str, holds: bool, why: str
) -> None:
    whole = f"Before {written} after."
    held = source(whole)
    builder = OffsetMapBuilder()
    builder.copy("Before ", 0)
    builder.change(read, 7, 7 + len(written))
    builder.copy(" after.", 7 + len(written))
    text, offsets = builder.build()
    one = replace(
        document(whole), id=document_id(held.id, 0, len(whole), text), text=text, offsets=offsets,
        passages=passages_of(text), stated=(),
    )  # fmt: skip
    with open_base(tmp_path / "a.db", create=True) as base:
        put(base, held, one, Findings())
        assert verify(base).holds is holds, why


def test_thousands_of_documents_take_seconds(tmp_path: Path) -> None:
    with open_base(tmp_path / "a.db", create=True) as base:
        with base.write() as c:
            run = store.begin_run(c, "1", {}, {}, "2020")
            for n in range(1000):
                one = document(f"{TEXT}{n}\n" * 20)
                store.add_source(c, source(one.text), f"/{n}", run)
                store.write_document(c, one, to_rows(one, everything()), source(one.text).id, 0, run)
        begun = time.monotonic()
        assert verify(base).checked["documents"] == 1000
        assert time.monotonic() - begun < 10
