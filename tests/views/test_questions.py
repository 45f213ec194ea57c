"""Each question to an archive whose answers are known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_archive import MEMOIR, ODD, OTHER, WORDS, make

import testimonia
from testimonia.errors import BaseError, InputError
from testimonia.views.archive import Archive


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    path = tmp_path_factory.mktemp("base") / "a.db"
    return path, make(path)


@pytest.fixture
def archive(base: tuple[Path, dict[str, str]]) -> Iterator[Archive]:
    with testimonia.open(base[0]) as archive:
        yield archive


@pytest.fixture
def ids(base: tuple[Path, dict[str, str]]) -> dict[str, str]:
    return base[1]


def test_a_base_that_is_not_there() -> None:
    with pytest.raises(BaseError, match="there is no evidence base"):
        testimonia.open("nowhere.db")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["handbook", "memoir", "odd", "repost"]),
        ({"category": "memoirs"}, ["memoir", "repost"]),
        ({"category": "harbour"}, ["repost"]),
        ({"publisher": "observer"}, ["repost"]),
        ({"author": "brill"}, ["memoir"]),
        ({"author": "élodie"}, ["repost"]),
        ({"author": "ÉLODIE küster"}, ["repost"]),
        ({"author": "Elodie Kuster"}, ["repost"]),
        ({"title": "crane"}, ["memoir"]),
        ({"title": "%"}, []),
        ({"from_": "1934"}, ["memoir", "repost"]),
        ({"to": "1934-02"}, ["handbook", "memoir"]),
        ({"from_": "1926", "to": "2008"}, ["memoir"]),
        ({"publisher": "nobody"}, []),
    ],
)
def test_documents(archive: Archive, ids: dict[str, str], asked: dict[str, str], expected: list[str]) -> None:
    names = {id: name for name, id in ids.items()}
    assert [names[row.document] for row in archive.documents(**asked)] == expected


def test_a_document_row_cites_its_source(archive: Archive) -> None:
    row = archive.documents(author="Brill")[0]
    assert (row.source, row.start, row.end, row.length) == ("/memoir.txt", 0, len(MEMOIR), len(MEMOIR))
    assert MEMOIR.startswith(row.words)
    assert archive.categories() == ["Harbour", "Memoirs"]


def test_limit_and_offset(archive: Archive) -> None:
    every = archive.documents()
    assert archive.documents(limit=2) + archive.documents(limit=2, offset=2) == every
    assert archive.documents(limit=0) == []
    for ask in (archive.documents, archive.quotations, archive.chronology, archive.actors, archive.copies):
        with pytest.raises(InputError):
            ask(limit=-1)
    with pytest.raises(InputError):
        archive.search("ledger", offset=-1)


def test_rows_become_a_data_frame(archive: Archive) -> None:
    frame = archive.quotations().to_dataframe()
    assert list(frame.speaker) == [r.speaker for r in archive.quotations()]


def test_search_marks_the_words(archive: Archive, ids: dict[str, str]) -> None:
    rows = archive.search('ledger "my hands"')
    assert {r.document for r in rows} == {ids["memoir"], ids["handbook"], ids["repost"]}
    for row in rows:
        assert {row.words[s:e].lower() for s, e in row.marks} == {"ledger", "my hands"}
    row = next(r for r in rows if r.document == ids["memoir"])
    assert row.words == MEMOIR[row.start : row.end]
    assert [r.document for r in archive.search("muller")] == [ids["odd"]]
    assert archive.search("!!") == []


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from(['"', "*", "AND", "NEAR(", "ledger", "-", "^", ":", "“", "\0", "words:", "{"])).map(
            " ".join
        ),
    )
)
def test_whatever_is_typed_is_no_syntax_error(archive: Archive, words: str) -> None:
    archive.search(words, limit=3)
    archive.trace(words)
    archive.quotations(about=words, speaker=words, limit=3)
    archive.actors(words, limit=3)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"speaker": "vasel"}, ["memoir", "repost"]),
        ({"speaker": "chairman"}, ["handbook"]),
        ({"speaker": "Brill"}, []),
        ({"about": "ledger"}, ["handbook", "memoir", "repost"]),
        ({"about": "single page"}, ["handbook"]),
        ({"about": "Konrad Vasel"}, ["memoir"]),  # named only by a pronoun in the content
        ({"kind": "direct"}, ["handbook", "memoir", "repost"]),
        ({"kind": "block"}, []),
        ({"text": "never out of my hands"}, ["memoir", "repost"]),
    ],
)
def test_quotations(archive: Archive, ids: dict[str, str], asked: dict[str, str], expected: list[str]) -> None:
    names = {id: name for name, id in ids.items()}
    assert sorted(names[row.document] for row in archive.quotations(**asked)) == expected


def test_a_quotation_cites_itself(archive: Archive, ids: dict[str, str]) -> None:
    (row,) = archive.quotations(document=ids["memoir"])
    assert row.words == WORDS == MEMOIR[row.start : row.end]
    assert (row.speaker, row.cue, row.work, row.cited_date) == ("Konrad Vasel", "wrote", "Courier", "1911-05-03")
    with pytest.raises(InputError, match="block"):
        archive.quotations(kind="spoken")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["1909", "1911", "1911-08", "1911-08-07"]),
        ({"from_": "1911-08"}, ["1909", "1911", "1911-08", "1911-08-07"]),
        ({"from_": "1912"}, ["1909"]),
        ({"to": "1910"}, ["1909"]),
        ({"from_": "1911-08-07", "to": "1911-08-07", "type": "other"}, ["1911", "1911-08", "1911-08-07"]),
        ({"actor": "vasel"}, ["1909"]),
        ({"type": "office"}, ["1909"]),
    ],
)
def test_chronology(archive: Archive, asked: dict[str, str], expected: list[str]) -> None:
    assert [row.when for row in archive.chronology(**asked)] == expected


def test_events_are_told_by_someone(archive: Archive) -> None:
    voices = {r.when: r.voice for r in archive.chronology()}
    assert voices["1911-08"] == "The chairman"
    assert voices["1911"] is None
    assert archive.chronology(actor="vasel")[0].who == ("Konrad Vasel",)


def test_actors(archive: Archive, ids: dict[str, str]) -> None:
    row = archive.actors("vasel")[0]
    assert (row.name, row.kind, row.documents, row.quotations) == ("Konrad Vasel", "person", 2, 2)
    assert row.events == len(archive.chronology(actor="Konrad Vasel", unfold=True))
    assert row.offices == ("chairman, Harbour Board (1909–1912)",)
    assert row.words == "Konrad Vasel"
    assert [r.name for r in archive.actors(kind="organisation")] == ["Harbour Board"]


def test_copies_and_conflicts(archive: Archive, ids: dict[str, str]) -> None:
    (copy,) = archive.copies()
    assert copy.a.words == copy.b.words
    assert archive.copies(kind="edited") == archive.copies(document=ids["odd"]) == []
    for none in (1.1, -0.1, float("nan"), float("inf")):
        with pytest.raises(InputError, match="between 0 and 1"):
            archive.copies(minimum=none)
        with pytest.raises(InputError, match="between 0 and 1"):
            archive.quotations(minimum_confidence=none)
    assert archive.copy(copy.id) == copy
    first, second = archive.conflicts()
    assert (first.severity, first.a.words, first.b.words) == ("strong", WORDS, OTHER)
    assert archive.conflicts(severity="weak") == [second]
    assert archive.conflict(first.id) == first
    with pytest.raises(InputError, match="nothing"):
        archive.conflict("nothing")


def test_counts(archive: Archive) -> None:
    assert archive.counts() == {
        "document": 4, "quotation": 3, "date": 1, "actor": 4, "event": 4, "copy": 1, "conflict": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "The ledger was never out of my hands",
        "the LEDGER never left my hands",
        "ledger never out of hands, single page missing",  # no place has these words in this order
    ],
)
def test_trace_finds_all_wordings(archive: Archive, ids: dict[str, str], words: str) -> None:
    trace = archive.trace(words)
    assert [w.place.document for w in trace.wordings] == [ids["handbook"], ids["memoir"], ids["repost"]]
    assert [w.place.words for w in trace.wordings] == [OTHER, WORDS, WORDS]
    _, memoir, repost = trace.wordings
    assert (memoir.speaker, memoir.work, memoir.cited_date) == ("Konrad Vasel", "Courier", "1911-05-03")
    assert memoir.copies == (f"{ids['repost']}:{repost.place.start}",)
    assert dict(trace.earliest) == {"by the date cited": 1, "by the document’s date": 0}
    assert trace.witnesses == ((0, 1, 2),)  # two rest on the Courier, the third is a copy
    assert [c.severity for c in trace.conflicts] == ["strong"]


def test_trace_of_a_passage(archive: Archive, ids: dict[str, str]) -> None:
    trace = archive.trace("the dockers met")
    assert [(w.place.words, w.kind) for w in trace.wordings] == [("In August 1911 the dockers met.", "passage")]
    assert len(trace.witnesses) == 1


def test_trace_of_what_stands_nowhere(archive: Archive) -> None:
    for words in ("", "…", "an elephant came by yesterday morning"):
        assert archive.trace(words).wordings == ()


def test_words_of_a_text_with_odd_characters(archive: Archive, ids: dict[str, str]) -> None:
    (row,) = archive.search("quay")
    assert row.words == ODD[row.start : row.end]
