"""Sentences and passages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from testimonia.text import Span, passages_of, sentences
from testimonia.text.passages import LONGEST

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "sentences.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_sentences(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [text[s.start : s.end] for s in sentences(text)] == case["sentences"]


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(list("ab A.?!…”’\n (")))))
def test_sentences_hold_every_visible_character_in_order(text: str) -> None:
    found = sentences(text)
    at = 0
    for start, end in found:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert not text[start].isspace()
        assert not text[end - 1].isspace()
        at = end
    assert not text[at:].strip()


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(list("ab A.\n")))))
def test_passages_hold_every_visible_character_in_order(text: str) -> None:
    at = 0
    for passage in passages_of(text):
        assert at <= passage.start < passage.end <= len(text)
        assert not text[at : passage.start].strip()
        at = passage.end
    assert not text[at:].strip()


@pytest.mark.parametrize("text", ["word " * 30_000, "x" * 70_000, "A sentence. " * 9_000])
def test_no_passage_is_a_whole_book(text: str) -> None:
    found = passages_of(text)
    assert all(p.end - p.start <= LONGEST for p in found)
    assert sum(len(text[p.start : p.end].replace(" ", "")) for p in found) == len(text.replace(" ", ""))


def test_headings_and_paragraphs() -> None:
    text = "The Harbour Board\n\nIt met on Monday.\n\nEnd of the strike\n\nTwo lines\nof one paragraph"
    assert [(p.kind, text[p.start : p.end]) for p in passages_of(text)] == [
        ("heading", "The Harbour Board"),
        ("paragraph", "It met on Monday."),
        ("heading", "End of the strike"),
        ("paragraph", "Two lines\nof one paragraph"),
    ]


def test_a_span_is_a_pair() -> None:
    assert Span(1, 3) == (1, 3)
