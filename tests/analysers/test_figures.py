"""Figures: a table of cases, and what holds for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.analysers import figures, times
from testimonia.findings import Figure, Findings
from testimonia.text import Document, passages_of

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "figures.yml").read_text(encoding="utf-8"))


def found_in(text: str) -> tuple[Figure, ...]:
    document = Document("d", text, passages_of(text))
    return figures.find(document, times.find(document, Findings())).figures


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_cases(case: dict[str, Any]) -> None:
    shown = [
        {"words": case["text"][f.start : f.end], "value": f.value, "unit": f.unit, "of": f.of, "as_of": f.as_of}
        for f in found_in(case["text"])
    ]
    expected = [{"as_of": None, **figure} for figure in case["figures"]]
    for figure in expected:
        if isinstance(figure["value"], list):
            figure["value"] = tuple(figure["value"])
    assert shown == expected


def test_a_line_of_numbers_takes_no_long_time() -> None:
    assert found_in("1,234,567,890 " * 5000) == ()
    found_in("two hundred " * 5000)


WORDS = [
    "12,000",
    "3.5",
    "two",
    "hundred",
    "million",
    "per cent",
    "%",
    "$",
    "men",
    "workers",
    "of",
    "the",
    "in 1917",
    "–",
    "to",
    ".",
]


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)))
def test_any_text(text: str) -> None:
    found = found_in(text)
    assert found == found_in(text)
    end = 0
    for figure in found:
        assert end <= figure.start < figure.end <= len(text)
        end = figure.end
        low, high = figure.value if isinstance(figure.value, tuple) else (figure.value, figure.value)
        assert low <= high
