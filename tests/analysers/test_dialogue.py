"""Who speaks: a table of cases, and what holds for every text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.analysers import actors, quotations, times
from testimonia.findings import Findings, Quotation
from testimonia.text import Document, passages_of

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "dialogue.yml").read_text(encoding="utf-8"))


def found_in(text: str, byline: str | None = None) -> tuple[Quotation, ...]:
    document = Document("d", text, passages_of(text), byline=byline)
    return quotations.find(document, actors.find(document, times.find(document, Findings()))).quotations


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_cases(case: dict[str, Any]) -> None:
    text = case["text"].replace("{", "").replace("}", "")
    found = found_in(text, case.get("byline"))
    assert [q.speaker_name for q in found if q.kind == "direct"] == case["who"]


def test_a_speaker_has_a_confidence_and_a_reason() -> None:
    text = "“It is sold,” said Anna Holm.\n\n“To whom?” asked Jonas Berg.\n\n“To the council.”"
    told, asked, answered = found_in(text)
    assert told.speaker_confidence > answered.speaker_confidence > 0.3
    assert told.speaker_reason == asked.speaker_reason == "named in the tag"
    assert answered.speaker_reason == "turns alternate"


def test_a_doubt_names_both() -> None:
    text = "Anna Holm and Vera Lund came in together.\n\n“The mill is sold,” she said."
    (found,) = found_in(text)
    assert found.speaker_name is None
    assert found.doubt is not None
    assert "Anna Holm" in found.doubt
    assert "Vera Lund" in found.doubt


def test_a_narrator_without_a_name_is_a_doubt() -> None:
    text = "I knocked, and I waited. I heard a step. I called, and I sat down.\n\n“Is it sold?” I asked."
    (found,) = found_in(text)
    assert found.speaker_name == "the narrator"
    assert found.doubt is not None


WORDS = [
    "“",
    "”",
    "‘",
    "\n\n",
    "—",
    ",",
    ".",
    " ",
    "said",
    "he",
    "she",
    "I",
    "Anna",
    "Jonas",
    "Mr.",
    "the",
    "mill",
    "her",
    "mother",
    "?",
]


@given(st.lists(st.sampled_from(WORDS), max_size=120))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read(parts: list[str]) -> None:
    text = " ".join(parts)
    for quotation in found_in(text):
        assert 0 <= quotation.speaker_confidence <= 1
        assert quotation.speaker_name is None or quotation.speaker_name.strip()


def test_time_is_linear() -> None:
    scene = "“It is sold,” said Anna Holm.\n\n“To whom?”\n\n“To you, Jonas.”\n\nJonas Berg sat down. “No,” he said.\n\n"
    assert_linear(found_in, scene)
