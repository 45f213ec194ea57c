"""Events: a table of cases, and what holds for any text."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.analysers import events, offices, times
from testimonia.findings import (
    DATE_BASES,
    EVENT_TYPES,
    FACTUALITIES,
    Actor,
    Findings,
    Mention,
    Quotation,
)
from testimonia.text import Document, Span, passages_of, sentences

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "events.yml").read_text(encoding="utf-8"))


def found_in(text: str, case: dict[str, Any]) -> Findings:
    document = Document("d", text, passages_of(text), date=case.get("date"))
    kinds = {"mentions": "person", "places": "place", "bodies": "organisation"}
    named = [(text.index(name), name, kind) for key, kind in kinds.items() for name in case.get(key, [])]
    mentions = tuple(Mention(at, at + len(name), name) for at, name, _ in named)
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in case.get("quotations", [])]
    quotations = tuple(Quotation(f"q{n}", "direct", (span,)) for n, span in enumerate(spans, 1))
    actors = tuple(Actor(name, name, kind, ()) for _, name, kind in named)
    found = times.find(document, Findings(actors=actors, mentions=mentions, quotations=quotations))
    return events.find(document, offices.find(document, found))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_cases(case: dict[str, Any]) -> None:
    text = case["text"]
    found = found_in(text, case).events
    assert [(e.when, e.until, e.type) for e in found] == [
        (str(e["when"]), e.get("until"), e["type"]) for e in case["events"]
    ]
    for event, expected in zip(found, case["events"], strict=True):
        assert event.voice == expected.get("voice")
        assert event.factuality == expected.get("factuality", "fact")
        assert event.basis == expected.get("basis", "stated")
        assert (event.doubt is not None) == expected.get("doubt", False)
        for role in ("who", "where"):
            if role in expected:
                assert list(getattr(event, role)) == expected[role]
        if "trigger" in expected:
            assert event.trigger
            assert text[slice(*event.trigger)] == expected["trigger"]


def test_an_event_spans_its_sentence_and_bounds_its_range() -> None:
    text = "Nobody knew. From 1922 to 1924 Greta Holm lived in exile. Then she returned."
    (event,) = found_in(text, {"mentions": ["Greta Holm"]}).events
    assert text[event.start : event.end] == "From 1922 to 1924 Greta Holm lived in exile."
    assert (event.earliest, event.latest) == ("1922-01-01", "1924-12-31")
    assert event.anchor
    assert text[slice(*event.anchor)] == "1922 to 1924"


VOCABULARY = (
    "In 1918 the mill was founded and sold by May 4, 1921 ; ( ) “ ” . from 1922 to 1924 he died who left , not would "
    "to have been arrested if until congress held said officials Tuesday after when had tried shot"
)
WORDS = [*VOCABULARY.split(), "\n\n", "\n4 May 1921\n"]
UNITS = (
    "Holm was arrested on 4 May 1921 and ", "1921, Holm, ", "(Holm died 1921 ", "death in 1921 was held ", "who was ",
    "Holm fell on Tuesday. ", "he would be arrested, ", "4 May 1921\n", " - 1921 - ", "to found to found ",
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)),
    st.sampled_from([None, "1921-05-04"]),
)
def test_any_text(text: str, date: str | None) -> None:
    found = found_in(text, {"date": date})
    assert found == found_in(text, {"date": date})
    told = {span for p in passages_of(text) for span in sentences(text, p.start, p.end)}
    for event in found.events:
        assert any(start <= event.start and event.end <= end for start, end in told)
        for place in (event.trigger, event.anchor):
            assert place is None or 0 <= place.start < place.end <= len(text)
        assert event.type in EVENT_TYPES
        assert event.factuality in FACTUALITIES
        assert event.basis in DATE_BASES
        assert event.when
        assert (event.earliest or "") <= (event.latest or "9")


@pytest.mark.parametrize("unit", UNITS)
def test_time_is_linear(unit: str) -> None:
    def work(text: str) -> object:
        places = [m.start() for m in re.finditer("Holm", text)]
        mentions = tuple(Mention(at, at + 4, "Holm") for at in places)
        document = Document("d", text, passages_of(text), date="1921-05-04")
        found = times.find(document, Findings(actors=(Actor("Holm", "Holm", "person"),), mentions=mentions))
        return events.find(document, found)

    assert_linear(work, unit)


def test_time_is_linear_in_the_dates_of_a_sentence() -> None:
    """Each date another one, so that none is told twice."""

    def seconds(number: int) -> float:
        days = " ".join(f"on {1 + n % 28} May {1100 + n // 28}" for n in range(number))
        text = f"{'Holm and ' * number} Holm were arrested {days} and shot."
        document = Document("d", text, passages_of(text))
        mentions = tuple(Mention(m.start(), m.end(), "Holm") for m in re.finditer("Holm", text))
        found = times.find(document, Findings(actors=(Actor("Holm", "Holm", "person"),), mentions=mentions))
        begin = time.process_time()
        events.find(document, found)
        return time.process_time() - begin

    assert any(seconds(1600) < 12 * seconds(400) + 0.1 for _ in range(4))
