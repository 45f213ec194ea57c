"""Time expressions: a table of cases, and what holds for any text."""

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

from testimonia import intervals, language
from testimonia.analysers import times
from testimonia.analysers.times.lexicon import lexicon
from testimonia.findings import TIME_TYPES, Findings, TimeExpression
from testimonia.text import Document, passages_of

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "times.yml").read_text(encoding="utf-8"))


def found_in(text: str, date: str | None = None) -> tuple[TimeExpression, ...]:
    return times.find(Document("d", text, passages_of(text), date=date), Findings()).times


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_cases(case: dict[str, Any]) -> None:
    text, spans = marked(case["text"])
    date = case.get("date")
    found = found_in(text, str(date) if date else None)
    assert [text[t.start : t.end] for t in found] == [text[s:e] for s, e in spans]
    assert [(t.start, t.end) for t in found] == spans
    assert [t.value for t in found] == case["is"]
    for name, key in (("mod", "mods"), ("type", "types"), ("calendar", "calendars"), ("edtf", "edtf")):
        if key in case:
            assert [getattr(t, name) for t in found] == case[key]
    if "days" in case:
        assert [f"{t.earliest}/{t.latest}" for t in found] == case["days"]
    if "readings" in case:
        assert [list(t.readings) for t in found] == case["readings"]
    for time, doubt in zip(found, case.get("doubts", [case.get("doubt")]), strict=False):
        assert doubt in (time.doubt or "") if doubt else "doubts" not in case or time.doubt is None


VOCABULARY = """the of in on at and to from 4 31 1918 490 BC May March Sept. Monday spring early late mid - – ( ) “ ” '
’45 's 1920s century third quarter half two hundred years days ago later last next this that previous following year
month week every each night morning 5 p.m. 10:30 noon a few one couple circa about more than less 1,500 3.5
Easter Good Friday half past ten six to EST inst. ult. Q3 19th c. cent. decade then time period age over spent
if will Moscow New Style 1753 8 second first half from Daily Today 25/12/1921 now 1921-02-30 today yesterday
Christmas Eve O.S. old style aged 21 until through will said . ,"""
WORDS = [*VOCABULARY.split(), "\n\n"]


@settings(max_examples=80, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)), st.booleans())
def test_any_text(text: str, dated: bool) -> None:
    date = "1998-02-12" if dated else None
    found = found_in(text, date)
    assert found == found_in(text, date)
    at = 0
    for t in found:
        assert at <= t.start < t.end <= len(text)
        at = t.end
        assert t.type in TIME_TYPES
        assert t.value
        assert (t.earliest is None) == (t.latest is None)
        if t.earliest and t.latest:
            assert t.earliest <= t.latest
            assert t.edtf is not None
        if t.edtf is not None:
            parse_edtf(t.edtf)
            span = intervals.bounds(t.edtf)
            if t.earliest and t.mod is None and t.calendar is None and "T" not in t.value:
                assert (intervals.iso(span.earliest), intervals.iso(span.latest)) == (t.earliest, t.latest)


UNITS = [
    '"',
    "1",
    "1,",
    "the ",
    "May ",
    "1918 ",
    "5 ",
    "5-",
    "one hundred ",
    "twenty-",
    "\n",
    "a.m.",
    "49 BC ",
    "every ",
]
UNITS += [
    "from October to March ",
    "In May. ",
    "1917. June. ",
    "A (1918–1920)\n\n",
    "by then ",
    "“a” ",
    "Moscow 3 March 1881. ",
]
UNITS += ["every ", "\0", "\ud800", "(", "“", "’", "5 and ", "last ", "and a half ", "in the "]


@pytest.mark.parametrize("unit", UNITS)
def test_time_is_linear_in_length(unit: str) -> None:
    assert_linear(found_in, unit)


def test_every_form_has_its_builder() -> None:
    codes = [code for code in language.languages() if language.known(code, "times") == code]
    assert {form.build for code in codes for form in lexicon(code).forms.forms} == set(times.BUILDERS)


@pytest.mark.parametrize("number", ["9" * 5000, "1," + "000," * 2000 + "000", "1.5" + "0" * 5000, "1/0", "2 1/0", "00"])
def test_numbers_beyond_measure(number: str) -> None:
    found_in(
        f"{number} days later, {number} years ago, every {number} hours, a {number}-year-old, {number} BC, {number}s."
    )
