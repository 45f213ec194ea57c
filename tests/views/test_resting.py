"""What rests on what, where chains break, how sure a quotation is: asked of texts as they are analysed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from testimonia.base import open_base, store
from testimonia.base.rows import to_rows
from testimonia.errors import InputError
from testimonia.findings import Actor, Aside, Findings, Link, Quotation
from testimonia.text import Document, OffsetMap, Source, Span, document_id, passages_of
from testimonia.views import life
from testimonia.views.archive import Archive
from testimonia.views.rows import Cited, Wording

BOOK = "Holm wrote: “Lund said, ‘The mill is sold.’ I was there.” (The Wheel, 1931). Critics said that it was so.\n"
PAPER = (
    "“The river is low,” Lund said (The Aldby Star, 6 November 1912). “Who knows?” somebody asked. ‘Wheels’ it is.\n"
)


def span(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def book() -> Findings:
    t = BOOK
    outer, inner = span(t, "“Lund said, ‘The mill is sold.’ I was there.”"), span(t, "‘The mill is sold.’")
    citation, said = span(t, "(The Wheel, 1931)"), span(t, "said")
    steps = (Link("quotes", "Anna Holm, The Wheel", span(t, "wrote")), Link("quotes", "Vera Lund", said))
    return Findings(
        actors=(Actor("a1", "Anna Holm", "person"), Actor("a2", "Vera Lund", "person")),
        quotations=(
            Quotation(
                "q1", "direct", (outer,), speaker_name="Anna Holm", actor="a1", work="The Wheel", cited_date="1931",
                cited_basis="work", citation=citation, chain=("this text", "Anna Holm, The Wheel"), links=steps[:1],
                confidence=0.95, reason="words in marks with a tag",
            ),
            Quotation(
                "q2", "direct", (inner,), speaker_name="Vera Lund", actor="a2", parent="q1", links=steps,
                chain=("this text", "Anna Holm, The Wheel", "Vera Lund"), confidence=0.7,
            ),
            Quotation(
                "q3", "indirect", (span(t, "it was so"),), speaker_name="Critics said", confidence=0.4,
                cited_date="1920", cited_basis="words",
                chain=("this text", "the critics"), links=(Link("reports", "the critics"),),
            ),
        ),
    )  # fmt: skip


def paper() -> Findings:
    t = PAPER
    return Findings(
        actors=(Actor("a1", "Vera Lund", "person"),),
        quotations=(
            Quotation(
                "q1", "direct", (span(t, "“The river is low,”"),), speaker_name="Vera Lund", actor="a1",
                work="The Aldby Star", cited_date="1912-11-06", cited_basis="work",
                citation=span(t, "(The Aldby Star, 6 November 1912)"), chain=("this text", "Vera Lund, The Aldby Star"),
                links=(Link("quotes", "Vera Lund, The Aldby Star"),),
            ),
            Quotation(
                "q2", "direct", (span(t, "“Who knows?”"),), chain=("this text", "not named"),
                links=(Link("quotes", None),),
            ),
        ),
        asides=(Aside(*span(t, "‘Wheels’"), "title"),),
    )  # fmt: skip


def stored(path: Path, *documents: tuple[str, str, Findings]) -> Path:
    """A base of these documents: title, text, findings."""
    with open_base(path, create=True) as base, base.write() as c:
        run = store.begin_run(c, "1", {}, {}, "2020")
        for name, text, found in documents:
            source = Source(Source.digest(text.encode()), f"/{name}", text.encode(), "utf-8", text, "text/plain")
            id = document_id(source.id, 0, len(text), text)
            offsets = OffsetMap.verbatim(len(text))
            one = Document(id, text, passages_of(text), title=name, end=len(text), offsets=offsets)
            store.add_source(c, source, f"/{name}", run)
            store.write_document(c, one, to_rows(one, found), source.id, 0, run)
            store.complete_source(c, source.id, [id])
    return path


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    path = tmp_path_factory.mktemp("resting") / "a.db"
    stored(path, ("book", BOOK, book()), ("paper", PAPER, paper()))
    with Archive.open(path) as opened:
        yield opened


MILL, SO, LOW, WHO = "‘The mill is sold.’", "it was so", "“The river is low,”", "“Who knows?”"
WHOLE = "“Lund said, ‘The mill is sold.’ I was there.”"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"rests_on": "The Wheel"}, {WHOLE, MILL}),  # what stands within rests on it too
        ({"rests_on": "wheel 1931"}, {WHOLE, MILL}),
        ({"rests_on": "wheel 1912"}, set()),
        ({"rests_on": "Aldby Star 1912"}, {LOW}),
        ({"rests_on": "star november"}, {LOW}),
        ({"rests_on": "Lund"}, {MILL, LOW}),
        ({"rests_on": "LUND’S"}, {MILL, LOW}),
        ({"rests_on": "Holm Lund"}, set()),  # one step has to have all of the words
        ({"rests_on": "hee"}, set()),  # whole words
        ({"rests_on": "this text"}, set()),  # the document's own voice is no source
        ({"rests_on": "Lund", "cited": "1912"}, {LOW}),
        ({"cited": "1931-05"}, {WHOLE}),
        ({"cited": "1930"}, set()),
        ({"said": "1931"}, set()),  # it is the date of the work
        ({"said": "1920-05"}, {SO}),
        ({"broken": True}, {SO, WHO}),
        ({"minimum_confidence": 0.9}, {WHOLE, LOW, WHO}),
        ({"minimum_confidence": 0.5, "kind": "indirect"}, set()),
    ],
)
def test_filters(archive: Archive, asked: dict[str, object], expected: set[str]) -> None:
    assert {row.words for row in archive.quotations(**asked)} == expected


def test_the_least_certain_first(archive: Archive) -> None:
    rows = archive.quotations(doubtful=True)
    assert [row.confidence for row in rows] == sorted(row.confidence for row in archive.quotations())
    assert archive.quotations(doubtful=True, limit=1)[0].words == SO


def test_a_row_says_by_which_steps_and_where_the_chain_breaks(archive: Archive) -> None:
    rows = {row.words: row for row in archive.quotations()}
    assert [str(step) for step in rows[MILL].steps] == ["quotes Anna Holm, The Wheel", "quotes Vera Lund"]
    step = rows[MILL].steps[1]
    assert step.start is not None
    assert BOOK[step.start : step.end] == "said"
    assert rows[MILL].breaks is rows[WHOLE].breaks is rows[LOW].breaks is None
    assert rows[WHO].breaks == "step 1: nobody is named"
    assert rows[SO].breaks == "step 1: “the critics” has no name and no source"
    assert (rows[WHOLE].cited_basis, rows[WHOLE].confidence) == ("work", 0.95)
    assert rows[WHOLE].reason == "words in marks with a tag"


@pytest.mark.parametrize("words", ["", " ", "…", "“”"])
def test_no_words_are_no_question(archive: Archive, words: str) -> None:
    if words:
        with pytest.raises(InputError, match="no words"):
            archive.quotations(rests_on=words)


def test_asides_are_on_the_page_and_no_quotations(archive: Archive) -> None:
    (row,) = archive.documents(title="paper")
    (aside,) = archive.page(row.document).asides
    assert (PAPER[aside.start : aside.end], aside.label) == ("‘Wheels’", "title")
    assert "‘Wheels’" not in {q.words for q in archive.quotations()}


def test_earliest_by_what_is_dated(archive: Archive) -> None:
    trace = archive.trace("The river is low")
    assert dict(trace.earliest) == {"by the date of the work cited": 0}
    assert trace.wordings[0].steps[0].voice == "Vera Lund, The Aldby Star"
    assert archive.trace("Who knows?").wordings[0].breaks == "step 1: nobody is named"


def test_marks_of_a_search_are_not_those_of_the_text(tmp_path: Path) -> None:
    text = "The mill \ufdd0 stands\ufdd1 by the \ufdd1\ufdd0 river. The river is low."
    with Archive.open(stored(tmp_path / "a.db", ("odd", text, Findings()))) as archive:
        (row,) = archive.search("river")
    assert row.words == text
    assert [row.words[s:e] for s, e in row.marks] == ["river", "river"]


def told(speaker: str | None, work: str | None = None, date: str | None = None, basis: str | None = None) -> Wording:
    place = Cited("d", None, None, 0, 1, "x")
    return Wording(place, "direct", speaker, (), work, date, cited_basis=basis)


def test_who_is_said_to_have_said_it_and_what_is_cited() -> None:
    wordings = [
        told("Holm", "The Star", "1912-11-06", "work"), told("Anna Holm", "the star", "1912-11-06", "work"),
        told("Vera Lund", "The Star", "1912-11-10", "work"), told(None), told("Lund"), told("Ivar Lund"),
    ]  # fmt: skip
    assert [(t.name, t.wordings) for t in life.speakers(wordings)] == [
        ("Anna Holm", (0, 1)), ("Vera Lund", (2,)), (None, (3,)), ("Lund", (4,)), ("Ivar Lund", (5,)),
    ]  # fmt: skip
    assert [(t.name, t.date, t.wordings) for t in life.sources(wordings)] == [
        ("The Star", "1912-11-06", (0, 1)), ("The Star", "1912-11-10", (2,)),
    ]  # fmt: skip
