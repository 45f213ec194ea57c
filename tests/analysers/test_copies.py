"""Copies: a table of cases, and what holds for any documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.analysers import copies
from testimonia.findings import COPY_KINDS, Copy, Place
from testimonia.text import Document, passages_of
from tests.growth import assert_linear

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "copies.yml").read_text(encoding="utf-8"))


def document(name: str, text: str, **more: Any) -> Document:
    return Document(name, text, passages_of(text), **more)


def words_at(place: Place, documents: dict[str, Document]) -> str:
    return " ".join(documents[place.document].text[place.start : place.end].split())


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_cases(case: dict[str, Any]) -> None:
    documents = {name: document(name, **fields) for name, fields in case["documents"].items()}
    found = list(copies.find(documents.values()))
    shown = {
        (c.a.document, words_at(c.a, documents), c.b.document, words_at(c.b, documents), c.kind, c.direction)
        for c in found
    }
    expected = set()
    for copy in case["copies"]:
        (a, a_words), (b, b_words) = next(iter(copy["a"].items())), next(iter(copy["b"].items()))
        expected.add((a, a_words, b, b_words, copy["kind"], copy.get("direction")))
    assert shown == expected
    assert len(found) == len(case["copies"])


def test_the_direction_has_its_reasons() -> None:
    text = "Nine sober fishermen saw the comet fall behind the lighthouse and heard the water hiss until dawn."
    older = document("old", text, date="1907-01-02", publisher="The Velm Herald")
    newer = document("new", text + " Read more in Coastal Notes.", date="1909-01-02", publisher="Coastal Notes")
    (copy,) = copies.find([newer, older])
    assert (copy.a.document, copy.direction) == ("old", "a->b")
    assert copy.reasons == ("one document is dated 1907-01-02, the other 1909-01-02",)


def test_reasons_that_contradict_each_other_decide_nothing() -> None:
    text = "Nine sober fishermen saw the comet fall behind the lighthouse and heard the water hiss until dawn."
    older = document("old", text + " First published in Coastal Notes", date="1907-01-02", publisher="The Velm Herald")
    newer = document("new", text, date="1909-01-02", publisher="Coastal Notes")
    (copy,) = copies.find([older, newer])
    assert copy.direction is None
    assert "the reasons contradict each other" in copy.reasons


def test_a_word_repeated_a_million_times() -> None:
    assert list(copies.find([document("d", "echo " * 1_000_000)])) == []


def test_a_thousand_identical_documents_give_some_thousands_of_rows() -> None:
    text = "The ferry at Velm sank under nine wagons of salt, and the toll keeper wrote it down as an arrival."
    found = list(copies.find(document(f"d{i}", text) for i in range(1000)))
    assert 999 <= len(found) <= 3 * 1000
    assert {c.b.document for c in found} >= {f"d{i}" for i in range(3, 1000)}


def test_a_passage_repeated_inside_one_document_never_overlaps_itself() -> None:
    text = "The ferry at Velm sank under nine wagons of salt, and the toll keeper wrote it down as an arrival. " * 200
    for copy in copies.find([document("d", text)]):
        assert copy.a.end <= copy.b.start


VOCABULARY = [
    "the",
    "ferry",
    "at",
    "velm",
    "sank",
    "under",
    "nine",
    "wagons",
    "of",
    "salt",
    "and",
    "toll",
    "keeper",
    "wrote",
]
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from([*VOCABULARY, ".", "\n\n", "-\n"]), max_size=120).map(" ".join)
)


@settings(max_examples=80, deadline=None)
@given(st.lists(TEXTS, max_size=5))
def test_any_documents(texts: list[str]) -> None:
    documents = {f"d{i}": document(f"d{i}", text) for i, text in enumerate(texts)}
    found = list(copies.find(documents.values()))
    assert found == list(copies.find(documents.values()))
    for copy in found:
        check(copy, documents)


def check(copy: Copy, documents: dict[str, Document]) -> None:
    assert copy.kind in COPY_KINDS
    assert 0 <= copy.similarity <= 1
    for place in (copy.a, copy.b):
        assert 0 <= place.start < place.end <= len(documents[place.document].text)
    if copy.a.document == copy.b.document:
        assert copy.a.end <= copy.b.start


def test_a_passage_reprinted_two_hundred_times_is_found_everywhere() -> None:
    passage = "The ferry at Velm sank under nine wagons of salt, and the toll keeper wrote it down as an arrival"
    texts = [
        f"{' '.join(f'a{i}k{j}' for j in range(40))}. {passage}. {' '.join(f'z{i}k{j}' for j in range(40))}."
        for i in range(200)
    ]
    documents = {f"d{i}": document(f"d{i}", text) for i, text in enumerate(texts)}
    found = list(copies.find(documents.values()))
    assert {c.b.document for c in found} | {c.a.document for c in found} == set(documents)
    assert len(found) <= 3 * 200
    assert {words_at(place, documents) for c in found for place in (c.a, c.b)} == {passage}


SENTENCE = "The ferry at Velm sank under nine wagons of salt, and the toll keeper wrote it down as an arrival. "


@pytest.mark.parametrize("unit", [SENTENCE, "the cat sat down ", "echo ", "Velm salt "])
def test_finding_is_linear_in_what_repeats_itself(unit: str) -> None:
    assert_linear(lambda text: list(copies.find([document("d", text), document("e", text)])), unit, 20_000)
