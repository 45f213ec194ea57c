"""Quotation marks: a table of cases, and what holds for any marks at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.analysers import quotations
from testimonia.analysers.quotations.lexicon import lexicon
from testimonia.analysers.quotations.marks import Marked, marked
from testimonia.findings import QUOTATION_KINDS, Findings, Quotation
from testimonia.text import Document, passages_of

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "quotations_marks.yml").read_text(encoding="utf-8"))
MARKS = "“”‘’\"'«»‹›„‚`"
PIECES = [*MARKS, "''", "``", " ", "\n\n", "s", "A word", "said", ",", ".", "—", "12", "he", ":", "\ud800", "\0", "אב"]


def in_marks(text: str) -> list[Marked]:
    return marked(text, lexicon("en").words.elisions)


def quotations_in(text: str) -> tuple[Quotation, ...]:
    return quotations.find(Document("d", text, passages_of(text)), Findings()).quotations


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_cases(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [text[m.start : m.end] + ("" if m.closed else "…open") for m in in_marks(text)]
    assert found == case["stretches"]


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=60).map("".join)))
def test_any_marks_nest_inside_the_text(text: str) -> None:
    found = in_marks(text)
    assert found == in_marks(text)
    around: list[Marked] = []
    for mark in found:
        assert 0 <= mark.start < mark.end <= len(text)
        while around and around[-1].end <= mark.start:
            around.pop()
        assert not around or mark.end <= around[-1].end
        around.append(mark)


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join)))
def test_any_text_gives_sound_quotations(text: str) -> None:
    found = quotations_in(text)
    assert found == quotations_in(text)
    names = [q.id for q in found]
    assert len(set(names)) == len(names)
    for quotation in found:
        assert quotation.kind in QUOTATION_KINDS
        assert quotation.parent is None or quotation.parent in names
        assert quotation.spans
        assert list(quotation.spans) == sorted(quotation.spans)
        for span in (*quotation.spans, *quotation.cue, *quotation.speaker):
            assert 0 <= span.start < span.end <= len(text)


HOSTILE = {
    "one kind of mark": '"',
    "opening marks": "“",
    "closing marks": "”",
    "single marks": "'",
    "apostrophes": "’",
    "every mark": MARKS,
    "marks with spaces": '" ',
    "opening single marks": " ‘",
    "plurals": "s’ a",
    "short quotations": "“No,” he said. ",
    "paragraphs that never close": "“No.\n\n",
    "cues": "said that ",
    "commas and cues": "he, said, ",
    "citations": "(Holm, Courier, 1911) – ",
    "dashes": " – A, B",
    "introductions": "he wrote:\n\n",
    "one long sentence": "the man who said the king of the queen of ",
    "interruptions": "“no,” he said, ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    assert_linear(quotations_in, piece, 20_000)
