"""German time expressions: a second language is only rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from braces import marked
from edtf import parse_edtf
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia import exchange, language, pipeline
from testimonia.analysers import times
from testimonia.errors import InputError
from testimonia.findings import Findings, TimeExpression
from testimonia.text import Document, passages_of

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "times_de.yml").read_text(encoding="utf-8"))


def found_in(text: str, date: str | None = None) -> tuple[TimeExpression, ...]:
    return times.find(Document("d", text, passages_of(text), date=date, language="de"), Findings()).times


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_cases(case: dict[str, Any]) -> None:
    text, spans = marked(case["text"])
    found = found_in(text, str(case["date"]) if "date" in case else None)
    assert [text[t.start : t.end] for t in found] == [text[s:e] for s, e in spans]
    assert [t.value for t in found] == case["is"]
    for name, key in (("mod", "mods"), ("type", "types"), ("calendar", "calendars"), ("edtf", "edtf")):
        if key in case:
            assert [getattr(t, name) for t in found] == case[key]
    if "days" in case:
        assert [f"{t.earliest}/{t.latest}" for t in found] == case["days"]
    if "doubt" in case:
        assert all(case["doubt"] in (t.doubt or "") for t in found)


VOCABULARY = """der die das am im vom zum bis und 4. 31. 1918 1500 490 v. Chr. Mai März Sept. Montag Frühjahr Anfang
Ende – - ( ) „ “ 1920er zwanziger Jahre Jahrhundert dritten Quartal halbes zwei hundert Tage später
zuvor letzten nächste dieses vorigen folgenden Monat Woche jeden Nacht Morgen morgen 5 Uhr 10:30
Mitternacht einige ein um circa mehr als weniger 1.500 3,5 25.12.1921 4.5. heute gestern Weihnachten
a. St. 29-jährige 29jährige vor seit bis wird sagte . ,"""
WORDS = [*VOCABULARY.split(), "\n\n"]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join), st.booleans())
def test_any_text(text: str, dated: bool) -> None:
    at = 0
    for t in found_in(text, "1998-02-12" if dated else None):
        assert at <= t.start < t.end <= len(text)
        at = t.end
        assert t.value
        if t.edtf is not None:
            parse_edtf(t.edtf)
        if t.earliest and t.latest:
            assert t.earliest <= t.latest


UNITS = [
    "4. ",
    "4.",
    "1918 ",
    "Uhr ",
    "5 Uhr ",
    "v. ",
    "der ",
    "letzten ",
    "jeden ",
    "und ",
    "ein ",
    "vor ",
    "zum 4. ",
    "einund",
]


@pytest.mark.parametrize("unit", UNITS)
def test_time_is_linear_in_length(unit: str) -> None:
    assert_linear(found_in, unit)


def test_what_has_no_german_rules_is_read_with_the_english_ones() -> None:
    """A document in German goes through all analysers, and its times are read as German."""
    text = "Am 4. Mai 1921 sagte er: „Die Mühle brennt.“ Am folgenden Tag war sie weg."
    found = pipeline.analyse(Document("d", text, passages_of(text), language="de"))
    assert [t.value for t in found.times] == ["1921-05-04", "1921-05-05"]
    assert language.known("de", "times") == "de"
    assert language.known("de") == language.known("de", "quotations") == "en"
    assert language.rules_of("de") == ("times",)
    assert language.rules_of("xx") == ()


@pytest.mark.parametrize(("tag", "code"), [("de", "de"), ("de-AT", "de"), ("DE", "de"), (None, "en"), ("fr", "fr")])
def test_a_row_names_its_language(tag: str | None, code: str) -> None:
    assert exchange.document_from_row({"id": "a", "text": "", "language": tag}, "line 1").language == code


@pytest.mark.parametrize("tag", ["", "German", "../en", "d", 5, ["de"], "de\n"])
def test_what_is_no_language(tag: object) -> None:
    with pytest.raises(InputError, match=r'line 1: "language" must be a tag such as "de" or null'):
        exchange.document_from_row({"id": "a", "text": "", "language": tag}, "line 1")
