"""Accounts: a table of cases, and what holds for any documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.analysers import accounts, copies, figures, times
from testimonia.analysers.accounts.dates import differs
from testimonia.analysers.accounts.quantities import agree
from testimonia.findings import (
    CONFLICT_KINDS,
    DIFFERENCES,
    SEVERITIES,
    Actor,
    Conflict,
    Event,
    Findings,
    Matter,
    Mention,
    Office,
    Place,
    Quotation,
)
from testimonia.text import Document, Span, passages_of

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "accounts.yml").read_text(encoding="utf-8"))


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def quotation(number: int, text: str, words: str, kind: str = "direct", **more: Any) -> Quotation:
    citation = span(text, more["citation"]) if "citation" in more else None
    return Quotation(
        f"q{number}", kind, (span(text, words),), speaker_name=more.get("speaker"), work=more.get("work"),
        cited_date=more.get("cited"), citation=citation, chain=tuple(more.get("chain", ())),
    )  # fmt: skip


def described(name: str, given: dict[str, Any]) -> tuple[Document, Findings]:
    text = given["text"]
    document = Document(name, text, passages_of(text), date=given.get("date"))
    names = {who for e in given.get("events", ()) for who in e["who"]}
    names |= {o["holder"] for o in given.get("offices", ())}
    actors = tuple(Actor(n, n, "organisation" if "League" in n else "person") for n in sorted(names))
    found = Findings(
        actors=actors,
        mentions=tuple(Mention(*span(text, n), n) for n in sorted(names)),
        quotations=tuple(quotation(i, text, **q) for i, q in enumerate(given.get("quotations", ()))),
        events=tuple(
            Event(
                *span(text, e["words"]),
                e["when"],
                who=tuple(e["who"]),
                type=e["type"],
                factuality=e.get("factuality", "fact"),
                basis=e.get("basis", "stated"),
            )
            for e in given.get("events", ())
        ),
        offices=tuple(
            Office(span(text, o["holder"]), span(text, o["post"]), o["holder"], since=o["since"], until=o["until"])
            for o in given.get("offices", ())
        ),
    )
    return document, figures.find(document, times.find(document, found))


def found_in(given: dict[str, Any]) -> tuple[list[Matter], list[Conflict], dict[str, Document]]:
    made = [described(name, fields) for name, fields in given.items()]
    documents = [document for document, _ in made]
    found = {document.id: findings for document, findings in made}
    return *accounts.find(documents, found, list(copies.find(documents))), {d.id: d for d in documents}


def shown(place: Place, documents: dict[str, Document]) -> str:
    return documents[place.document].text[place.start : place.end]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_cases(case: dict[str, Any]) -> None:
    matters, conflicts, documents = found_in(case["documents"])
    kinds = [(c.kind, c.difference, c.severity) for c in conflicts]
    assert kinds == [(c["kind"], c["difference"], c["severity"]) for c in case["conflicts"]], conflicts
    for conflict, expected in zip(conflicts, case["conflicts"], strict=True):
        for place, side in ((conflict.a, expected["a"]), (conflict.b, expected["b"])):
            ((name, words),) = side.items()
            assert place.document == name
            assert shown(place, documents).startswith(words)
        assert conflict.reasons
        assert conflict.matter is None or conflict.matter in {m.id for m in matters}


@pytest.mark.parametrize(
    ("a", "b", "difference"),
    [
        ("1918-11-06", "1918-11-10", "contradiction"),
        ("1918-11-06", "1918", "refinement"),
        ("1917-10-25", "1917-11-07", "calendar"),
        ("1850-03-01", "1850-03-13", "calendar"),
        ("1850-03-01", "1850-03-14", "contradiction"),
        ("1912", "1913", "contradiction"),
        ("1912", "1912", None),
        ("1912/..", "1911", None),
        ("no date", "1911", None),
    ],
)
def test_how_dates_differ(a: str, b: str, difference: str | None) -> None:
    for first, second in ((a, b), (b, a)):
        found = differs(first, second)
        assert (found.difference if found else None) == difference


@pytest.mark.parametrize(
    ("a", "b", "loose", "same"),
    [
        (400.0, 412.0, True, True),
        (400.0, 412.0, False, True),
        (1400.0, 2300.0, True, False),
        (1400.0, 1438.0, False, True),
        (1400.0, 1451.0, False, False),
        (12.0, 13.0, False, False),
        ((20.0, 30.0), 25.0, False, True),
        ((20.0, 30.0), 31.0, False, False),
    ],
)
def test_when_figures_agree(a: Any, b: Any, loose: bool, same: bool) -> None:
    assert agree(a, b, loose) is agree(b, a, loose) is same


def test_a_much_repeated_quotation_gives_few_rows_and_takes_no_long_time() -> None:
    given = {}
    for i in range(300):
        text = f"“The lamps of the customs house went out before bell number {i} was rung,” wrote Venn."
        given[f"d{i}"] = {"text": text, "quotations": [{"words": text[: text.index("”") + 1], "speaker": "Orla Venn"}]}
    made = [described(name, fields) for name, fields in given.items()]
    documents = [document for document, _ in made]
    _, conflicts = accounts.find(documents, {d.id: f for d, f in made}, [])
    assert len(conflicts) < 20


WORDS = ["“", "”", "(", ")", "claims", "denies", "But", "that", "is", "not", "true.", "Venn", "wrote", "Tocsin,"]
WORDS += ["6", "November", "1908", "1,400", "men", "lamps", "ferry", "\n\n"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)), max_size=4)
)
def test_any_documents(texts: list[str]) -> None:
    given = {f"d{i}": {"text": text} for i, text in enumerate(texts)}
    matters, conflicts, documents = found_in(given)
    assert (matters, conflicts) == found_in(given)[:2]
    for conflict in conflicts:
        assert conflict.kind in CONFLICT_KINDS
        assert conflict.difference in DIFFERENCES
        assert conflict.severity in SEVERITIES
        for place in (conflict.a, conflict.b):
            assert 0 <= place.start < place.end <= len(documents[place.document].text)
