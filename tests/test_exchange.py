"""The exchange format: what goes in, what comes out, and what is said of a line that cannot be used."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia import exchange
from testimonia.errors import InputError
from testimonia.findings import (
    Actor,
    Aside,
    Conflict,
    Copy,
    Event,
    Figure,
    Findings,
    Link,
    Mention,
    Office,
    Place,
    Quotation,
    Relation,
    TimeExpression,
)
from testimonia.text import Document, Span

CASES = settings(max_examples=100, deadline=None)
WORDS = st.text(st.characters(exclude_categories=["Cs"]))
DAYS = st.none() | st.dates().map(lambda d: d.isoformat())
MAYBE = st.none() | WORDS
ROWS = st.fixed_dictionaries(
    {
        "id": WORDS.filter(bool),
        "text": WORDS,
        "date": DAYS,
        **dict.fromkeys(("title", "byline", "publisher", "url"), MAYBE),
        "categories": st.lists(WORDS),
    }
)


@CASES
@given(ROWS)
def test_a_document_goes_in_and_comes_out(row: dict[str, object]) -> None:
    document = exchange.document_from_line(exchange.to_line(row), 1)
    place = {"start": 0, "end": len(str(row["text"]))}
    assert json.loads(exchange.to_line(exchange.document_to_row(document))) == {**row, **place}
    assert document == exchange.document_from_row(exchange.document_to_row(document), "line 1")


@CASES
@given(st.binary() | st.recursive(st.none() | st.integers() | WORDS, st.lists).map(lambda v: json.dumps(v).encode()))
def test_no_line_is_a_surprise(line: bytes) -> None:
    with pytest.raises(InputError, match="line 7"):
        exchange.document_from_line(line, 7)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"text": "x"}', '"id"'),
        ('{"id": "", "text": "x"}', '"id"'),
        ('{"id": 3, "text": "x"}', '"id"'),
        ('{"id": "a"}', '"text"'),
        ('{"id": "a", "text": null}', '"text"'),
        ('{"id": "a", "text": "x", "date": "1921"}', '"date"'),
        ('{"id": "a", "text": "x", "date": "1921-02-30"}', '"date"'),
        ('{"id": "a", "text": "x", "date": "19210203"}', '"date"'),
        ('{"id": "a", "text": "x", "date": 1921}', '"date"'),
        ('{"id": "a", "text": "x", "title": 5}', '"title"'),
        ('{"id": "a", "text": "x", "categories": "y"}', '"categories"'),
        ("[" * 100_000, "JSON"),
        ('{"id": "a", "text": "\\ud800"}', "JSON"),
    ],
)
def test_what_is_said_of_a_line_that_cannot_be_used(line: str, said: str) -> None:
    with pytest.raises(InputError, match="line 3") as told:
        exchange.document_from_line(line.encode(), 3)
    assert said in str(told.value)


def test_other_keys_are_left_alone() -> None:
    document = exchange.document_from_row({"id": "a", "text": "x", "quotations": [1], "start": 4}, "line 1")
    assert (document.start, document.end, document.date) == (0, 1, None)


FOUND = Findings(
    times=(
        TimeExpression(0, 4, "DATE", "1921", "APPROX", "1921~", "1921-01-01", "1921-12-31", None, "a doubt", ("1922",)),
    ),
    actors=(Actor("a1", "Vera Holm", "person", ("Holm",)),),
    mentions=(Mention(5, 9, "a1", "pronoun"),),
    offices=(Office(Span(5, 9), Span(10, 12), "a1", "Archive", "1920", None),),
    relations=(Relation(1, 2, "a1", "member", "a1", None, "1921"),),
    quotations=(
        Quotation("q1", "direct", (Span(0, 3), Span(5, 9)), (Span(3, 4),), (Span(4, 5),), "Vera Holm", "a1"),
        Quotation(
            "q2",
            "block",
            (Span(0, 1),),
            parent="q1",
            work="Courier",
            cited_date="1921",
            chain=("A", "B", "not named"),
            links=(Link("cites", "B", Span(2, 3)), Link("quotes", None)),
            cited_basis="work",
            continuation=(Span(5, 9),),
            confidence=0.75,
            reason="set off",
            speaker_confidence=0.5,
            speaker_reason="the nearest name",
        ),
    ),
    asides=(Aside(2, 4, "nickname"),),
    events=(
        Event(
            *(0, 9, "1921", "1922", ("a1",), "other", "1921-01-01", "1922-12-31", "q1", ("a1",), "plan"),
            *(Span(5, 9), Span(0, 4), "narrative", "two persons"),
        ),
    ),
    figures=(Figure(0, 1, 3.0, "km", "road"), Figure(1, 2, (1.5, 2.0), None, "days", "1921")),
)
ROW = {
    "id": "d",
    "quotations": [
        {"id": "q1", "kind": "direct", "spans": [[0, 3], [5, 9]], "cue": [[3, 4]], "speaker": [[4, 5]],
         "speaker_name": "Vera Holm", "parent": None, "work": None, "cited_date": None, "chain": [],
         "links": [], "cited_basis": None, "continuation": [], "confidence": 1.0, "reason": "",
         "speaker_confidence": 1.0, "speaker_reason": ""},
        {"id": "q2", "kind": "block", "spans": [[0, 1]], "cue": [], "speaker": [], "speaker_name": None,
         "parent": "q1", "work": "Courier", "cited_date": "1921", "chain": ["A", "B", "not named"],
         "links": [{"kind": "cites", "voice": "B", "span": [2, 3]}, {"kind": "quotes", "voice": None, "span": None}],
         "cited_basis": "work", "continuation": [[5, 9]], "confidence": 0.75, "reason": "set off",
         "speaker_confidence": 0.5, "speaker_reason": "the nearest name"},
    ],
    "asides": [{"start": 2, "end": 4, "kind": "nickname"}],
    "times": [
        {"start": 0, "end": 4, "type": "DATE", "value": "1921", "mod": "APPROX", "edtf": "1921~",
         "earliest": "1921-01-01", "latest": "1921-12-31", "calendar": None, "doubt": "a doubt",
         "readings": ["1922"]},
    ],
    "actors": [{"id": "a1", "name": "Vera Holm", "kind": "person", "aliases": ["Holm"]}],
    "mentions": [{"start": 5, "end": 9, "actor": "a1", "form": "pronoun"}],
    "offices": [
        {"mention": [5, 9], "office": [10, 12], "actor": "a1", "organisation": "Archive", "from": "1920",
         "until": None},
    ],
    "relations": [
        {"start": 1, "end": 2, "subject": "a1", "relation": "member", "object": "a1", "from": None, "until": "1921"},
    ],
    "events": [
        {"start": 0, "end": 9, "when": "1921", "until": "1922", "who": ["a1"], "type": "other", "where": ["a1"],
         "earliest": "1921-01-01", "latest": "1922-12-31", "voice": "q1", "factuality": "plan", "trigger": [5, 9],
         "anchor": [0, 4], "basis": "narrative", "doubt": "two persons"},
    ],
    "figures": [
        {"start": 0, "end": 1, "value": 3, "unit": "km", "of": "road", "as_of": None},
        {"start": 1, "end": 2, "value": [1.5, 2], "unit": None, "of": "days", "as_of": "1921"},
    ],
}  # fmt: skip


def test_findings_are_written_exactly_so() -> None:
    written = json.loads(exchange.to_line(exchange.findings_to_row("d", FOUND)))
    assert written == ROW
    assert list(written) == list(ROW)


def test_days_before_the_year_1_are_written_with_a_minus_sign() -> None:
    found = Findings(
        times=(TimeExpression(0, 6, "DATE", "BC0490", edtf="-0489"),), events=(Event(0, 9, "-0489", until="-0479-08"),)
    )
    row = exchange.findings_to_row("d", found)
    assert (row["times"][0]["earliest"], row["times"][0]["latest"]) == ("-0489-01-01", "-0489-12-31")
    assert (row["events"][0]["earliest"], row["events"][0]["latest"]) == ("-0489-01-01", "-0479-08-31")


@pytest.mark.parametrize("kind", exchange.KINDS)
def test_only_what_is_asked_for(kind: str) -> None:
    keys = {"id", kind} | {"actors": {"mentions"}, "quotations": {"asides"}}.get(kind, set())
    assert exchange.findings_to_row("d", FOUND, exchange.only(kind)).keys() == keys


def test_kinds_that_there_are() -> None:
    assert exchange.only(None) == set(exchange.KINDS)
    assert exchange.only(" times, events,") == {"times", "events"}
    for wrong in ("time", "", ",", "times,what"):
        with pytest.raises(InputError, match="Kinds: quotations"):
            exchange.only(wrong)


def test_copies_and_conflicts() -> None:
    a, b = Place("d", 1, 5), Place("e", 2, 6)
    assert json.loads(exchange.to_line(exchange.copy_to_row(Copy(a, b, "edited", 0.5, None, ("x",))))) == {
        "a": "d", "b": "e", "a_span": [1, 5], "b_span": [2, 6], "similarity": 0.5, "direction": None, "kind": "edited",
        "reasons": ["x"],
    }  # fmt: skip
    conflict = Conflict(a, b, "date", "contradiction", "strong", "the article", ("two days",))
    assert json.loads(exchange.to_line(exchange.conflict_to_row(conflict))) == {
        "a": {"doc": "d", "start": 1, "end": 5}, "b": {"doc": "e", "start": 2, "end": 6}, "kind": "date",
        "difference": "contradiction", "severity": "strong", "about": "the article", "reasons": ["two days"],
    }  # fmt: skip


@CASES
@given(st.text())
def test_any_words_make_one_line(words: str) -> None:
    line = exchange.to_line({"id": words, "chain": (words,)})
    assert line.count(b"\n") == 1
    back = json.loads(line)
    assert len(back["id"]) <= len(words)
    assert back["chain"] == [back["id"]]
    assert isinstance(exchange.document_to_row(Document("a", words, ()))["text"], str)
