"""A small invented archive in a base, with findings planted by hand: tests of questions know what the answers are."""

from __future__ import annotations

from pathlib import Path

from testimonia.base import links, open_base, store
from testimonia.base.rows import to_rows
from testimonia.findings import (
    Account,
    Actor,
    Conflict,
    Copy,
    Event,
    Findings,
    Matter,
    Mention,
    Office,
    Place,
    Quotation,
    TimeExpression,
)
from testimonia.text import Document, OffsetMap, Source, Span, document_id, passages_of

WORDS = "“The ledger was never out of my hands, and no page of it is missing.”"
OTHER = "“The ledger never left my hands, and not a single page is missing.”"

MEMOIR = f"""In the Courier of 3 May 1911 Konrad Vasel wrote: {WORDS} I copied it that night.

Vasel was chairman of the Harbour Board from 1909 until 1912. The strike began on 7 August 1911.
"""
HANDBOOK = f"""The chairman stated (Courier, 5 May 1911): {OTHER}

In 1911 the harbour was closed. In August 1911 the dockers met.
"""
REPOST = f"""Ada Brill remembers. In the Courier of 3 May 1911 Konrad Vasel wrote: {WORDS} And so on.
"""
ODD = "Frau Müller \x1b[31mshouted\x1b[0m across the quay:\nnothing at all. \u202eevil\u202c 100% of_it.\n"


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def _memoir() -> Findings:
    t = MEMOIR
    return Findings(
        times=(TimeExpression(*span(t, "3 May 1911"), "DATE", "1911-05-03", None, "1911-05-03"),),
        actors=(
            Actor("a1", "Konrad Vasel", "person", ("Vasel",)),
            Actor("a2", "Harbour Board", "organisation"),
        ),
        mentions=(
            Mention(*span(t, "Konrad Vasel"), "a1"),
            Mention(*span(t, "Harbour Board"), "a2"),
            Mention(*span(t, "my"), "a1", "pronoun"),
        ),
        offices=(Office(span(t, "Konrad Vasel"), span(t, "chairman"), "a1", "Harbour Board", "1909", "1912"),),
        quotations=(
            Quotation(
                "q1", "direct", (span(t, WORDS),), (span(t, "wrote"),), (span(t, "Konrad Vasel"),), "Konrad Vasel",
                "a1", None, "Courier", "1911-05-03", ("Ada Brill", "Courier", "Konrad Vasel"),
            ),
        ),
        events=(
            Event(*span(t, "The strike began on 7 August 1911."), "1911-08-07", None, (), "other",
                  "1911-08-07", "1911-08-07"),
            Event(*span(t, "Vasel was chairman of the Harbour Board from 1909 until 1912."), "1909", "1912", ("a1",),
                  "office", "1909-01-01", "1912-12-31"),
        ),
    )  # fmt: skip


def _handbook() -> Findings:
    t = HANDBOOK
    return Findings(
        actors=(Actor("a1", "The chairman", "person"),),
        mentions=(Mention(*span(t, "The chairman"), "a1", "nominal"),),
        quotations=(
            Quotation(
                "q1", "direct", (span(t, OTHER),), (span(t, "stated"),), (span(t, "The chairman"),), None, None, None,
                "Courier", "1911-05-05", ("Handbook", "Courier", "The chairman"), doubt="who the chairman was is open",
            ),
        ),
        events=(
            Event(*span(t, "In 1911 the harbour was closed."), "1911", None, (), "other", "1911-01-01", "1911-12-31"),
            Event(*span(t, "In August 1911 the dockers met."), "1911-08", None, (), "other",
                  "1911-08-01", "1911-08-31", "q1"),
        ),
    )  # fmt: skip


def _repost() -> Findings:
    t = REPOST
    return Findings(
        actors=(Actor("a1", "Konrad Vasel", "person"),),
        mentions=(Mention(*span(t, "Konrad Vasel"), "a1"),),
        quotations=(
            Quotation("q1", "direct", (span(t, WORDS),), (), (span(t, "Konrad Vasel"),), "Konrad Vasel", "a1"),
        ),
    )  # fmt: skip


DOCUMENTS = (
    ("memoir", MEMOIR, _memoir, "Under the Crane", "Ada Brill", "Mole Press", "1934-02-01", ("Memoirs",)),
    ("handbook", HANDBOOK, _handbook, "Port Handbook", None, "Harbour Board", "1925-01-01", ()),
    ("repost", REPOST, _repost, "Remembering", "Élodie Küster", "The Observer", "2009-10-09", ("Harbour", "Memoirs")),
    ("odd", ODD, Findings, None, None, None, None, ()),
)


def make(path: Path) -> dict[str, str]:
    """Makes the base; {short name of a document: its identifier}."""
    ids: dict[str, str] = {}
    quotations: dict[str, str] = {}
    with open_base(path, create=True) as base, base.write() as c:
        run = store.begin_run(c, "1", {}, {}, "2020-01-01T00:00:00+00:00")
        for name, text, findings, title, byline, publisher, date, categories in DOCUMENTS:
            content = text.encode()
            source = Source(Source.digest(content), f"/{name}.txt", content, "utf-8", text, "text/plain")
            document = Document(
                document_id(source.id, 0, len(text), text), text, passages_of(text), title, byline, publisher, date,
                categories=categories, end=len(text), offsets=OffsetMap.verbatim(len(text)),
            )  # fmt: skip
            ids[name] = document.id
            rows = to_rows(document, findings())
            if rows["quotation"]:
                quotations[name] = rows["quotation"][0]["id"]
            store.add_source(c, source, f"/{name}.txt", run)
            store.write_document(c, document, rows, source.id, 0, run)
            store.complete_source(c, source.id, [document.id])

        def at(name: str, text: str, words: str) -> Place:
            return Place(ids[name], *span(text, words))

        passage = f"In the Courier of 3 May 1911 Konrad Vasel wrote: {WORDS}"
        copy = Copy(at("memoir", MEMOIR, passage), at("repost", REPOST, passage), "verbatim", 1.0, "a->b", ("earlier",))
        matter = Matter(
            "m1", "utterance", "the ledger",
            (Account(at("memoir", MEMOIR, WORDS), quotations["memoir"]),
             Account(at("handbook", HANDBOOK, OTHER), quotations["handbook"])),
        )  # fmt: skip
        conflicts = (
            Conflict(at("memoir", MEMOIR, WORDS), at("handbook", HANDBOOK, OTHER), "date", "contradiction", "strong",
                     "the Courier's article", ("3 May 1911 and 5 May 1911",), "m1"),
            Conflict(at("memoir", MEMOIR, "7 August 1911"), at("handbook", HANDBOOK, "August 1911"), "date",
                     "refinement", "weak", "the strike"),
        )  # fmt: skip
        links.replace(c, [copy], [matter], conflicts)
    return ids
