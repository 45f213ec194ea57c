"""Where one text was copied everywhere, answers stay bounded in number and time."""

from __future__ import annotations

import time
from itertools import combinations
from pathlib import Path

from testimonia.base import links, store
from testimonia.base.connection import open_base
from testimonia.base.rows import to_rows
from testimonia.findings import Account, Copy, Findings, Matter, Place, Quotation
from testimonia.text import Document, OffsetMap, Source, Span, document_id, passages_of
from testimonia.views.archive import Archive
from testimonia.views.lineage import MOST

WORDS = "“The ledger was never in my hands, and the crane stood still all winter.”"
NUMBER = 220


def make(path: Path) -> None:
    places, accounts = [], []
    with open_base(path, create=True) as base, base.write() as c:
        run = store.begin_run(c, "0", {}, {}, "2026-01-01T00:00:00")
        for n in range(NUMBER):
            text = f"Notice {n}\n\nThe clerk said: {WORDS}"
            source = Source(Source.digest(text.encode()), f"{n}.txt", text.encode(), "utf-8", text, "text/plain")
            id, length = document_id(source.id, 0, len(text), text), len(text)
            document = Document(id, text, passages_of(text), end=length, offsets=OffsetMap.verbatim(length))
            span = Span(text.index(WORDS), length)
            rows = to_rows(document, Findings(quotations=(Quotation("q1", "direct", (span,), (), ()),)))
            store.add_source(c, source, source.path, run)
            store.write_document(c, document, rows, source.id, 0, run)
            store.complete_source(c, source.id, [id])
            places.append(Place(id, *span))
            accounts.append(Account(places[-1], rows["quotation"][0]["id"]))
        copies = [Copy(a, b, "verbatim", 1.0, None, ()) for a, b in combinations(places, 2)]
        links.replace(c, copies, [Matter("m1", "utterance", "the ledger", tuple(accounts))], [])


def test_what_stands_everywhere_is_traced_and_listed_in_time(tmp_path: Path) -> None:
    make(tmp_path / "a.db")
    with Archive.open(tmp_path / "a.db") as archive:
        begun = time.perf_counter()
        trace = archive.trace(WORDS)
        assert MOST <= len(trace.wordings) <= 2 * MOST
        assert len(trace.witnesses) == 1
        assert len(archive.copies()) == NUMBER * (NUMBER - 1) // 2
        assert time.perf_counter() - begun < 20, "3 seconds on an idle machine; a busy one is given more"
