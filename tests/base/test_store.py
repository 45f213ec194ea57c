"""What is stored comes back, once, whole, and goes when its file goes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from made import document, everything, source
from sqlalchemy import func, select

from testimonia.base import Base, Documents, Found, document_of, documents, findings_of, links, open_base, schema, store
from testimonia.base.rows import TABLES, from_rows, to_rows
from testimonia.findings import Account, Conflict, Copy, Findings, Matter, Mention, Place, Quotation
from testimonia.text import Span

TEXT = "“The ledger is gone,” Vera Holm said on 3 May 1921.\n\nNobody else had seen it.\n"


@pytest.fixture
def base(tmp_path: Path) -> Iterator[Base]:
    with open_base(tmp_path / "a.db", create=True) as base:
        yield base


def put(base: Base, words: str = TEXT, path: str = "/a.txt", run: int | None = None) -> str:
    """Stores a source of one document with all kinds of findings; the document's identifier."""
    held, one = source(words), document(words)
    with base.write() as c:
        run = run or store.begin_run(c, "1", {}, {"x": "y"}, "2020-01-01T00:00:00+00:00")
        store.add_source(c, held, path, run)
        store.write_document(c, one, to_rows(one, everything()), held.id, 0, run)
        store.complete_source(c, held.id, [one.id])
        store.locate(c, held.id, path)
    return one.id


def count(base: Base, table: str) -> int:
    with base.connect() as c:
        return int(c.execute(select(func.count()).select_from(schema.metadata.tables[table])).scalar_one())


def dump(base: Base) -> dict[str, list[tuple[object, ...]]]:
    with base.connect() as c:
        return {t.name: sorted(map(tuple, c.execute(select(t)).all()), key=repr) for t in schema.metadata.sorted_tables}


def test_a_document_comes_back_as_it_was(base: Base) -> None:
    id = put(base)
    assert document_of(base, id) == document(TEXT)
    assert list(documents(base)) == [document(TEXT)]
    assert list(Documents(base)) == [document(TEXT)]
    with pytest.raises(KeyError):
        document_of(base, "d0")


def test_findings_come_back_with_the_identifiers_of_the_base(base: Base) -> None:
    id = put(base)
    back, made = findings_of(base, id), from_rows(to_rows(document(TEXT), everything()))
    assert back == Found(base)[id]
    for kind in ("times", "actors", "mentions", "offices", "relations", "quotations", "asides", "events", "figures"):
        assert set(getattr(back, kind)) == set(getattr(made, kind))
    assert back.times == everything().times
    assert back.figures == everything().figures
    assert [m.start for m in back.mentions] == [m.start for m in everything().mentions]
    assert back.events[0].voice == back.quotations[0].id
    assert [a.name for a in back.actors if a.id in back.events[0].who] == ["Vera Holm"]


def test_writing_twice_changes_nothing(base: Base) -> None:
    with base.write() as c:
        run = store.begin_run(c, "1", {}, {}, "2020")
    put(base, run=run)
    before = dump(base)
    put(base, run=run)
    assert dump(base) == before
    assert all(count(base, table) for table in TABLES)


def test_identifiers_depend_on_content_alone() -> None:
    one, two = to_rows(document(TEXT), everything()), to_rows(document(TEXT), everything())
    other = to_rows(document(TEXT + "More."), everything())
    assert one == two
    assert not {r["id"] for r in one["quotation"]} & {r["id"] for r in other["quotation"]}


def test_two_findings_just_alike_are_two_rows() -> None:
    twins = Findings(quotations=(Quotation("q1", "direct", (Span(0, 5),)), Quotation("q2", "direct", (Span(0, 5),))))
    rows = to_rows(document(TEXT), twins)["quotation"]
    assert len({r["id"] for r in rows}) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        Findings(mentions=(Mention(0, 3, "a9"),)),
        Findings(quotations=(Quotation("q1", "direct", (Span(0, 1000),)),)),
        Findings(quotations=(Quotation("q1", "direct", (Span(5, 5),)),)),
        Findings(quotations=(Quotation("q1", "direct", (Span(0, 5),), parent="q7"),)),
        Findings(quotations=(Quotation("q1", "direct", ()),)),
    ],
)
def test_findings_that_contradict_themselves_are_not_stored(wrong: Findings) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        to_rows(document(TEXT), wrong)


def test_search_follows_the_passages(base: Base) -> None:
    put(base)
    query = "SELECT count(*) FROM passage_fts WHERE passage_fts MATCH 'ledger'"
    with base.connect() as c:
        assert c.exec_driver_sql(query).scalar_one() == 1
    with base.write() as c:
        c.exec_driver_sql("DELETE FROM source")
    assert count(base, "passage") == 0
    with base.connect() as c:
        assert c.exec_driver_sql("SELECT count(*) FROM passage_fts").scalar_one() == 0


def test_search_knows_words_without_their_accents(base: Base) -> None:
    put(base, "Zoë Brånden arrived.\n\nA second passage stands here for the findings to lie in, said she.")
    with base.connect() as c:
        assert c.exec_driver_sql("SELECT count(*) FROM passage_fts WHERE passage_fts MATCH 'branden'").scalar_one() == 1


def test_one_source_at_two_places(base: Base) -> None:
    put(base, path="/a.txt")
    put(base, path="/b.txt")
    assert (count(base, "source"), count(base, "location"), count(base, "document")) == (1, 2, 1)


def test_a_changed_file_takes_the_place_of_its_earlier_self(base: Base) -> None:
    put(base, path="/a.txt")
    put(base, TEXT + "And more.", path="/a.txt")
    assert (count(base, "source"), count(base, "location"), count(base, "document")) == (1, 1, 1)


def test_a_changed_file_leaves_the_same_bytes_elsewhere(base: Base) -> None:
    put(base, path="/a.txt")
    put(base, path="/b.txt")
    put(base, TEXT + "And more.", path="/a.txt")
    assert (count(base, "source"), count(base, "location"), count(base, "document")) == (2, 2, 2)


def test_documents_a_source_no_longer_yields_are_removed(base: Base) -> None:
    put(base)
    with base.write() as c:
        store.complete_source(c, source(TEXT).id, [])
    assert count(base, "document") == 0


def test_a_transaction_holds_wholly_or_not_at_all(base: Base) -> None:
    def fail() -> None:
        with base.write() as c:
            run = store.begin_run(c, "1", {}, {}, "2020")
            store.add_source(c, source(TEXT), "/a.txt", run)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert count(base, "source") == 0


def test_text_with_nul_and_emoji_and_right_to_left(base: Base) -> None:
    words = "a\0b “שלום” 🙂" * 20
    id = put(base, words)
    assert document_of(base, id).text == words


def test_links_replace_one_another(base: Base) -> None:
    id = put(base)
    quotation = findings_of(base, id).quotations[0].id
    a, b = Place(id, 0, 5), Place(id, 6, 12)
    copy = Copy(a, b, "verbatim", 1.0, None, ("the same words",))
    matter = Matter("m1", "utterance", "the ledger", (Account(a, quotation), Account(b)), ("one speaker",))
    conflict = Conflict(a, b, "date", "contradiction", "strong", "the ledger", ("two days",), "m1")
    for _ in range(2):
        with base.write() as c:
            links.replace(c, [copy, copy], [matter], [conflict])
            assert links.numbers(c) == (1, 1, 1)
    assert (count(base, "copy"), count(base, "account"), count(base, "conflict")) == (1, 2, 1)
    with base.write() as c:
        links.replace(c, [], [], [])
    assert (count(base, "copy"), count(base, "account"), count(base, "conflict")) == (0, 0, 0)


def test_the_state_of_links_follows_documents_and_rules(base: Base) -> None:
    def state(rules: dict[str, str]) -> str:
        with base.connect() as c:
            return links.state(c, "1", rules)

    empty = state({})
    id = put(base)
    one = state({})
    assert empty != one == state({})
    assert state({"x": "other"}) != one
    with base.write() as c:
        c.execute(schema.document.delete().where(schema.document.c.id == id))
    assert state({}) == empty


def test_runs_with_other_rules_are_told_apart(base: Base) -> None:
    with base.write() as c:
        one = store.begin_run(c, "1", {}, {"x": "y"}, "2020")
        two = store.begin_run(c, "1", {}, {"x": "z"}, "2020")
        three = store.begin_run(c, "2", {}, {"x": "y"}, "2020")
        four = store.begin_run(c, "1", {}, {"x": "y"}, "2021")
        assert store.runs_like(c, "1", {"x": "y"}) == {one, four}
    put(base, run=one)
    with base.connect() as c:
        assert store.finished_sources(c, {one, four}) == {source(TEXT).id}
        assert store.finished_sources(c, {two, three}) == frozenset()
