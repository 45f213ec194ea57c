"""Events: a table of cases, and what holds for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.analysers import events, times
from testimonia.findings import Actor, Findings, Mention, Quotation
from testimonia.text import Document, Span, passages_of, sentences

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "events.yml").read_text(encoding="utf-8"))


def found_in(text: str, names: list[str], quoted: list[str]) -> Findings:
    document = Document("d", text, passages_of(text))
    places = [(text.index(name), name) for name in names]
    mentions = tuple(Mention(at, at + len(name), name) for at, name in places)
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in quoted]
    quotations = tuple(Quotation(f"q{n}", "direct", (span,)) for n, span in enumerate(spans, 1))
    actors = tuple(Actor(name, name, "person", ()) for name in names)
    return events.find(
        document, times.find(document, Findings(actors=actors, mentions=mentions, quotations=quotations))
    )


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_cases(case: dict[str, Any]) -> None:
    found = found_in(case["text"], case.get("mentions", []), case.get("quotations", [])).events
    assert [(e.when, e.until, e.type) for e in found] == [
        (e["when"], e.get("until"), e["type"]) for e in case["events"]
    ]
    for event, expected in zip(found, case["events"], strict=True):
        assert event.voice == expected.get("voice")
        if "who" in expected:
            assert list(event.who) == expected["who"]


def test_an_event_spans_its_sentence_and_bounds_its_range() -> None:
    text = "Nobody knew. From 1922 to 1924 Greta Holm lived in exile. Then she returned."
    (event,) = found_in(text, ["Greta Holm"], []).events
    assert text[event.start : event.end] == "From 1922 to 1924 Greta Holm lived in exile."
    assert (event.earliest, event.latest) == ("1922-01-01", "1924-12-31")


VOCABULARY = "In 1918 the mill was founded and sold by May 4, 1921 ; ( ) “ ” . from 1922 to 1924 he died who left ,"
WORDS = [*VOCABULARY.split(), "\n\n"]


@settings(max_examples=80, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)))
def test_any_text(text: str) -> None:
    found = found_in(text, [], [])
    assert found == found_in(text, [], [])
    told = {span for p in passages_of(text) for span in sentences(text, p.start, p.end)}
    for event in found.events:
        assert (event.start, event.end) in told
        assert event.when
        assert (event.earliest or "") <= (event.latest or "9")
