"""Indirect quotations: a table of sentences, and the sentences that the judge learns from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from braces import marked

from testimonia.analysers.quotations.judge import judge
from testimonia.findings import Quotation
from testimonia.pipeline import analyse
from testimonia.text import Document, passages_of

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "indirect.yml").read_text(encoding="utf-8"))
HARD = pytest.mark.xfail(reason="marked hard in the table")


def found_in(text: str) -> tuple[Quotation, ...]:
    document = Document("d", text, passages_of(text))
    return analyse(document, frozenset({"quotations"})).quotations


@pytest.mark.parametrize(
    "case", [pytest.param(c, marks=HARD if c.get("hard") else ()) for c in CASES], ids=lambda c: c["why"]
)
def test_cases(case: dict[str, Any]) -> None:
    text, spans = marked(case["text"])
    found = found_in(text)
    assert [text[s:e] for q in found for s, e in q.spans] == [text[s:e] for s, e in spans]
    if spans:
        assert [text[s:e] for s, e in found[0].speaker] == [case["who"]]
        assert found[0].kind == "indirect"


def test_every_indirect_quotation_says_how_sure_it_is_and_why() -> None:
    (found,) = found_in("The ferryman said that the river was too high.")
    assert judge("en").threshold <= found.confidence <= 1
    assert found.reason == "a clause with “that” after the cue"


def test_weights_are_sound() -> None:
    scale = judge("en")
    assert 0 < scale.threshold < 1
    assert scale.saying([]) == 0.5
    assert scale.saying(["bias", "clause listed=True", "sense=speech"]) > scale.saying(["bias", "lemma=*"])


@pytest.mark.parametrize(
    ("text", "going_on"),
    [
        ("The pilot said that he was ill. He would come in spring.", ["He would come in spring."]),
        ("The guild said the walls were weak. The walls must be rebuilt.", ["The walls must be rebuilt."]),
        (
            "She wrote that it was over. They should forget her. She had to leave.",
            ["They should forget her.", "She had to leave."],
        ),
        ("The pilot said that he was ill. He would later become a priest.", []),
        ("The pilot said that he was ill. He went home.", []),
        ("The pilot said that he was ill. The mayor would not wait.", []),
        ("The pilot said that he was ill. She said she would wait.", []),
        ("The pilot went home. He would come in spring.", []),
        ("The pilot said that he was ill.\n\nHe would come in spring.", []),
    ],
)
def test_sentences_that_go_on(text: str, going_on: list[str]) -> None:
    found = found_in(text)
    assert [text[s:e] for q in found for s, e in q.continuation] == going_on


def test_words_before_a_colon_and_marks_are_not_the_content() -> None:
    text = "According to Anna Holm’s new book, The Long Mill: “The river took it all.”"
    assert [(q.kind, text[q.spans[0].start : q.spans[0].end]) for q in found_in(text)] == [
        ("direct", "“The river took it all.”")
    ]


def test_a_pronoun_with_its_verb_is_the_pronoun() -> None:
    tied = found_in("Anna Holm wrote the letters. She’s said that the wall was weak.")
    plain = found_in("Anna Holm wrote the letters. She has said that the wall was weak.")
    assert [q.speaker_name for q in tied] == [q.speaker_name for q in plain] == ["Anna Holm"]
