"""The library of dates: what a string is, what a text holds, and which of two dates comes first."""

from __future__ import annotations

import datetime
import doctest
import subprocess
import sys

import pytest
from edtf import parse_edtf
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

import testimonia
from testimonia import times
from testimonia.errors import InputError

# text -> EDTF, first and last day
WHOLE = [
    ("late 1922", "1922", "1922-07-01", "1922-12-31"),
    ("[1922]", "1922", "1922-01-01", "1922-12-31"),
    (" in May 1922. ", "1922-05", "1922-05-01", "1922-05-31"),
    ("On the 4th of May, 1921", "1921-05-04", "1921-05-04", "1921-05-04"),
    ("c. 1818", "1818~", "1818-01-01", "1818-12-31"),
    ("the third quarter of 1989", "1989-35", "1989-07-01", "1989-09-30"),
    ("the 17th century", "16XX", "1600-01-01", "1699-12-31"),
    ("490 BC", "-0489", None, None),
    # ranges
    ("1922-24", "1922/1924", "1922-01-01", "1924-12-31"),
    ("1922–24", "1922/1924", "1922-01-01", "1924-12-31"),
    ("1922/23", "1922/1923", "1922-01-01", "1923-12-31"),
    ("1914 – 1918", "1914/1918", "1914-01-01", "1918-12-31"),
    ("between 1929 and 1953", "1929/1953", "1929-01-01", "1953-12-31"),
    ("from March to May 1921", "1921-03/1921-05", "1921-03-01", "1921-05-31"),
    ("from December to February 1922", "1921-12/1922-02", "1921-12-01", "1922-02-28"),
    ("16–18 January 1924", "1924-01-16/1924-01-18", "1924-01-16", "1924-01-18"),
    ("March 5-9, 1918", "1918-03-05/1918-03-09", "1918-03-05", "1918-03-09"),
    ("from early 1914 until the end of 1918", "1914/1918", "1914-01-01", "1918-12-31"),
    ("490–480 BC", "-0489/-0479", None, None),
    ("from the 1920s to the 1950s", "192X/195X", "1920-01-01", "1959-12-31"),
    # with one end
    ("since 1918", "1918/..", "1918-01-01", None),
    ("until May 1924", "../1924-05", None, "1924-05-31"),
    ("by 1924", "../1924", None, "1924-12-31"),
    ("after 1924", "1925-01-01/..", "1925-01-01", None),
    ("before 4 May 1921", "../1921-05-03", None, "1921-05-03"),
    ("before 490 BC", "../-0490-12-31", None, None),
    ("1890–", "1890/..", "1890-01-01", None),
    # doubted
    ("1922?", "1922?", "1922-01-01", "1922-12-31"),
    ("[c. 1922?]", "1922%", "1922-01-01", "1922-12-31"),
    ("the summer of 1918?", "1918-22", "1918-06-01", "1918-08-31"),
]
NOT_WHOLE = [
    "",
    " ",
    "nothing",
    "page 1918",
    "May",
    "1922 and 1924",
    "1922, 1924",
    "between 1929",
    "1924–1922",
    "the bridge of 1922",
    "1922 was dry",
    "1922–24?",
    "since 1922?",
    "1922 ??",
    "since 1922–",
    "from 1922 to the bridge",
    "every Tuesday to 1922",
    "\ud800",
    "\0" * 9,
]


@pytest.mark.parametrize(("text", "edtf", "earliest", "latest"), WHOLE)
def test_a_string_that_is_a_date_or_a_range(text: str, edtf: str, earliest: str | None, latest: str | None) -> None:
    time = times.parse(text)
    assert time is not None
    assert (time.edtf, time.earliest, time.latest) == (edtf, earliest, latest)
    parse_edtf(edtf)


@pytest.mark.parametrize("text", NOT_WHOLE)
def test_a_string_that_is_neither(text: str) -> None:
    assert times.parse(text) is None


def test_ranges_in_a_text_have_their_places() -> None:
    text = "Closed from 16 to 18 January 1924 and again between 1929 and 1953, but not in 1930 and 1931."
    found = times.find(text, ranges=True)
    assert [text[t.start : t.end] for t in found] == [
        "from 16 to 18 January 1924",
        "between 1929 and 1953",
        "1930",
        "1931",
    ]
    assert [t.edtf for t in found] == ["1924-01-16/1924-01-18", "1929/1953", "1930", "1931"]
    assert [t.value for t in found][:2] == ["1924-01-16/1924-01-18", "1929/1953"]


def test_the_day_of_writing_may_be_a_date_or_its_iso_form() -> None:
    one = times.parse("yesterday", datetime.date(1998, 2, 12))
    assert one == times.parse("yesterday", "1998-02-12")
    assert one is not None
    assert one.value == "1998-02-11"


def test_a_range_that_depends_on_the_day_of_writing_says_so() -> None:
    time = times.parse("from Monday to Friday")
    assert time is not None
    assert (time.edtf, time.earliest, time.latest) == (None, None, None)
    assert time.doubt == "depends on the date of the document, which is not known"


def test_german() -> None:
    time = times.parse("zwischen Mai 1921 und Ende 1923", language="de")
    assert time is not None
    assert (time.edtf, time.latest) == ("1921-05/1923", "1923-12-31")
    assert [t.edtf for t in times.find("Er blieb bis zum 4. Mai 1921.", language="de")] == ["1921-05-04"]


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        ("late 1922", "4 May 1921", "after"),
        ("1922–24", "1923", "overlaps"),
        ("the 1920s", "between 1929 and 1953", "overlaps"),
        ("since 1918", "1917", "after"),
        ("until 1924", "1931", "before"),
        ("since 1918", "1930", "cannot tell"),
        ("c. 1818", "1819", "cannot tell"),
        ("490 BC", "AD 70", "before"),
        ("the 5th century BC", "490 BC", "overlaps"),
        ("20 BC–AD 14", "30 BC", "after"),
        ("before 490 BC", "AD 70", "before"),
        ("two years", "1922", "cannot tell"),
        ("the early 1920s", "the late 1920s", "before"),
    ],
)
def test_two_dates(one: str, other: str, order: str) -> None:
    first, second = times.parse(one), times.parse(other)
    assert first is not None
    assert second is not None
    assert times.compare(first, second) == order
    swapped = {"before": "after", "after": "before"}.get(order, order)
    assert times.compare(second, first) == swapped


def test_edtf_is_read_as_edtf() -> None:
    assert times.bounds("1922-24") == ("1922-12-01", "1923-02-28"), "season 24 is winter"
    assert times.bounds("XXXX-05-04") == (None, None)
    assert times.compare("1922-24", "1924") == "before"


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: times.parse("1922", "4 May 1921"), r"document_date: '4 May 1921' is no day\. A day is written"),
        (lambda: times.parse("1922", "1921-02-30"), r"document_date: '1921-02-30' is no day"),
        (lambda: times.parse("1922", 1921), r"document_date: 1921 is no day"),  # type: ignore[arg-type]
        (lambda: times.find("1922", language="xx"), r"no rules for times in 'xx'\. Languages .* de, en"),
        (lambda: times.find("1922", language="../en"), r"no rules for times in '../en'"),
        (lambda: times.find(None), r"text: a text is wanted, not NoneType"),  # type: ignore[arg-type]
        (
            lambda: times.compare("late 1922", "1923"),
            r"'late 1922' is no EDTF date\. times\.parse reads dates in words",
        ),
        (lambda: times.bounds(""), r"'' is no EDTF date"),
        (lambda: times.bounds(None), r"None is no EDTF date"),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_used_is_said_in_a_sentence(ask: object, sentence: str) -> None:
    assert callable(ask)
    with pytest.raises(InputError, match=sentence):
        ask()


VOCABULARY = """from to between and until since – - / 4 18 May March 1921 1924 24 BC c. early the 1920s 17th century
late the third quarter of week last spring Christmas 490 480 , [ ] . ? in on Monday 25/12/1921 1921-05-04 5 p.m. night
January summer AD two years later forty days ago"""


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from(VOCABULARY.split()), max_size=12).map(" ".join),
    st.booleans(),
    st.sampled_from(["en", "de"]),
)
def test_all_that_is_written_is_edtf_and_keeps_its_order(text: str, dated: bool, code: str) -> None:
    day = "1998-02-12" if dated else None
    whole = times.parse(text, day, language=code)
    found = times.find(text, day, language=code, ranges=True)
    assert whole is None or len(found) == 1
    at = 0
    for time in [*found, *([whole] if whole else [])]:
        assert time is whole or at <= time.start
        assert time.start < time.end <= len(text)
        at = time.end
        if time.edtf:
            parse_edtf(time.edtf)
            times.bounds(time.edtf)
        if time.earliest and time.latest:
            assert time.earliest <= time.latest
        assert times.compare(time, time) in ("overlaps", "cannot tell")


@pytest.mark.parametrize("unit", ["from 1922 to ", "1922–", "since ", "the the ", "- ", "between 1 and "])
def test_time_is_linear_in_length(unit: str) -> None:
    assert_linear(lambda text: times.find(text, ranges=True), unit)


def test_the_examples_of_the_docstrings() -> None:
    result = doctest.testmod(times)
    assert result.attempted > 20
    assert result.failed == 0


def test_times_are_imported_when_first_needed() -> None:
    code = "import sys, testimonia; before = 'testimonia.times' in sys.modules; testimonia.times; print(before)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    assert testimonia.times is times
