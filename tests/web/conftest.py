"""A small base made by hand, so that the pages are tested apart from the analysers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from testimonia.base import links, store
from testimonia.base.connection import open_base
from testimonia.base.rows import to_rows
from testimonia.findings import (
    Account,
    Actor,
    Aside,
    Conflict,
    Copy,
    Event,
    Findings,
    Link,
    Matter,
    Mention,
    Place,
    Quotation,
    TimeExpression,
)
from testimonia.text import Document, OffsetMap, Source, Span, document_id, passages_of
from testimonia.views.archive import Archive
from testimonia.web.app import application

LAST = Link("quotes", "Ilse Brandt")
LETTER = (
    "A letter about the quay\n\nOn 3 May 1921 Ilse Brandt said: “The ledger was never in my hands.” "
    "Nobody <b>believed</b> her & she left.\n\nThe crane stood still for forty days, and the barrels rotted."
)
NOTICE = (
    "Notice of the Board\n\nIn the Courier of 5 May 1921 Ilse Brandt is quoted: “The ledger was never in my keeping.” "
    "The Board makes no comment.\n\nThe crane stood still for thirty days, and the barrels rotted."
)


def made(text: str, path: str, title: str | None, date: str) -> tuple[Source, Document]:
    source = Source(Source.digest(text.encode()), path, text.encode(), "utf-8", text, "text/plain")
    return source, Document(
        id=document_id(source.id, 0, len(text), text),
        text=text,
        passages=passages_of(text),
        title=title,
        byline="A. Clerk",
        publisher="The Courier",
        date=date,
        categories=("Harbour",),
        end=len(text),
        offsets=OffsetMap.verbatim(len(text)),
    )


def span(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def findings(text: str, content: str, day: str) -> Findings:
    said, name = span(text, content), span(text, "Ilse Brandt")
    when = span(text, "3 May 1921" if day.endswith("03") else "5 May 1921")
    sentence = span(text, text.split("\n\n")[1].split("” ")[0])
    return Findings(
        times=(TimeExpression(*when, "DATE", day, None, day, day, day),),
        actors=(Actor("a1", "Ilse Brandt", "person", ("Brandt",)),),
        mentions=(Mention(*name, "a1"),),
        quotations=(
            Quotation(
                "q1",
                "direct",
                (said,),
                (),
                (name,),
                "Ilse Brandt",
                "a1",
                work="The Courier",
                cited_date=day,
                chain=("A. Clerk", "The Courier", "Ilse Brandt"),
                links=(Link("cites", "The Courier", when), LAST),
                cited_basis="work",
                continuation=(span(text, "forty days" if "forty days" in text else "makes no comment"),),
                confidence=0.95,
                reason="in marks <b>",
                speaker_confidence=0.3,
                speaker_reason="the nearest name",
            ),
        ),
        asides=(Aside(*span(text, "barrels"), "term"),),
        events=(Event(*sentence, day, None, ("a1",), "speech", day, day),),
    )


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "made.db"
    letter = made(LETTER, "letters/quay.txt", "A letter about the quay", "1921-06-01")
    notice = made(NOTICE, "board/<notice>.txt", None, "1922-01-10")
    contents = ("“The ledger was never in my hands.”", "“The ledger was never in my keeping.”")
    found = [findings(LETTER, contents[0], "1921-05-03"), findings(NOTICE, contents[1], "1921-05-05")]
    with open_base(path, create=True) as opened, opened.write() as c:
        run = store.begin_run(c, "0", {}, {}, "2026-01-01T00:00:00")
        quotations = []
        for (source, document), f in zip((letter, notice), found, strict=True):
            store.add_source(c, source, source.path, run)
            rows = to_rows(document, f)
            quotations.append(rows["quotation"][0]["id"])
            store.write_document(c, document, rows, source.id, 0, run)
            store.complete_source(c, source.id, [document.id])
        a, b = letter[1].id, notice[1].id
        crane = (
            Place(a, *span(LETTER, LETTER.split("\n\n")[2])),
            Place(b, *span(NOTICE, NOTICE.split("\n\n")[2])),
        )
        said = (Place(a, *span(LETTER, contents[0])), Place(b, *span(NOTICE, contents[1])))
        copy = Copy(*crane, "edited", 0.94, "a->b", ("the letter is dated earlier",))
        accounts = tuple(Account(place, quotation) for place, quotation in zip(said, quotations, strict=True))
        matter = Matter("m1", "utterance", "what Ilse Brandt said", accounts)
        conflict = Conflict(
            *said, "date", "contradiction", "strong", "day of the Courier", ("two days are cited",), "m1"
        )
        links.replace(c, [copy], [matter], [conflict])
    return path


@pytest.fixture(scope="session")
def archive(base: Path) -> Iterator[Archive]:
    with Archive.open(base) as opened:
        yield opened


@pytest.fixture(scope="session")
def client(archive: Archive) -> Iterator[TestClient]:
    with TestClient(application(archive, "made.db"), base_url="http://127.0.0.1:8765") as opened:
        yield opened
