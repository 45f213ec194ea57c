"""Copies: words found for a whole text at once are those that the regular expression finds one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.analysers.copies import corpus
from testimonia.analysers.copies.tokens import WORD, tokens
from testimonia.text import Document, passages_of
from tests.growth import assert_linear

PIECES = [
    "ferry",
    "Ferry",
    "’",
    "'",
    "-",
    "¬",
    "\u00ad",
    "\n",
    " ",
    "\t",
    "_",
    "9",
    "é",
    "\ufb01n",
    "\U00010400",
    "\0",
    "\ud800",
]
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=60).map("".join))


def document(text: str, name: str = "d") -> Document:
    return Document(name, text, passages_of(text))


@given(TEXTS)
def test_words_are_those_of_the_expression(text: str) -> None:
    found = tokens(text)
    spans = list(zip(found.start.tolist(), found.end.tolist(), strict=True))
    assert spans == [m.span() for m in WORD.finditer(text)]
    spellings = [text[s:e] for s, e in spans]
    first = [spellings[i] for i in found.first.tolist()]
    assert first == list(dict.fromkeys(spellings))
    assert [first[k] for k in found.kind.tolist()] == spellings


@given(st.lists(TEXTS, max_size=4), st.integers(1, 40))
def test_texts_read_in_parts_have_the_same_words(texts: list[str], at_once: int) -> None:
    documents = [document(text, f"d{i}") for i, text in enumerate(texts)]
    whole = corpus.read(documents)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(corpus, "AT_ONCE", at_once)
        parts = corpus.read(documents)
    for column in ("word", "root", "start", "end", "document", "begins"):
        assert getattr(parts, column).tolist() == getattr(whole, column).tolist(), column


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("The ferry sank. Source: The Velm Herald.", "Source: The Velm Herald"),
        ("As first reported by the Velm Herald, it sank.", "As first reported by the Velm Herald, it sank"),
        ("Reprinted by permission of Coastal Notes", "Reprinted by permission of Coastal Notes"),
        ("it went via Skarn", "via Skarn"),
        ("As reporters bye the sea say", None),
        ("The sources: nobody", None),
    ],
)
def test_credits(text: str, credit: str | None) -> None:
    (head,) = corpus.read([document("Title. " + text)]).heads
    assert [words for _, _, words in head.credits] == ([credit] if credit else [])
    for start, _, words in head.credits:
        assert ("Title. " + text)[start:].startswith(words)


@pytest.mark.parametrize("unit", ["a-\n", "a- \n ", "'", "-\n", "as reported by ", "a’", "\u00ad"])
def test_reading_is_linear(unit: str) -> None:
    assert_linear(lambda text: corpus.read([document(text)]), unit)
