"""Tokens, trees and the parser: what must hold for any text, and a few sentences that a reader could parse."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from testimonia.analysers.syntax import Tree, parser
from testimonia.analysers.syntax.tokens import normal, shape, tokens_of
from testimonia.analysers.syntax.trees import ROOT, heads_of
from testimonia.text import Span, sentences

MARKED = st.text(st.sampled_from("ab Zn1.,'’“”\"()-—…\n ‘é\u0301t"), max_size=200)


def parsed(text: str) -> list[Tree]:
    reader = parser("en")
    assert reader is not None
    return [tree for trees in reader.parse(text, sentences(text)) for tree in trees]


def words(text: str, shortened: frozenset[str] = frozenset(("Mr", "Dr"))) -> list[str]:
    return [text[s.start : s.end] for s in tokens_of(text, 0, len(text), shortened)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("She didn’t go.", ["She", "did", "n’t", "go", "."]),
        ("It's Mr. Holm's mill", ["It", "'s", "Mr.", "Holm", "'s", "mill"]),
        ("1,400 men, 3.5 tons", ["1,400", "men", ",", "3.5", "tons"]),
        ("the U.S. fleet...", ["the", "U.S.", "fleet", "..."]),
        ("well-known—and old", ["well", "-", "known", "—", "and", "old"]),
        ("“Yes,” ``no''", ["“", "Yes", ",", "”", "``", "no", "''"]),
        ("in the 1920s", ["in", "the", "1920s"]),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert words(text) == tokens


@given(MARKED)
def test_tokens_lie_in_order_and_leave_out_white_space_only(text: str) -> None:
    spans = tokens_of(text, 0, len(text), frozenset(("a",)))
    assert all(a.end <= b.start for a, b in pairwise(spans))
    left = set(range(len(text))) - {k for s in spans for k in range(s.start, s.end)}
    assert all(text[k].isspace() for k in left)
    assert all(shape(normal(text[s.start : s.end])) for s in spans)


@settings(deadline=None)
@given(st.integers(1, 12).flatmap(lambda n: arrays.arrays(np.float32, (n, n + 1), elements=st.floats(-9, 9, width=16))))
def test_any_scores_give_one_tree(scores: np.ndarray) -> None:
    heads = heads_of(scores)
    assert heads.count(ROOT) == 1
    for i in range(len(heads)):
        steps = 0
        while i != ROOT:
            assert heads[i] != i
            i, steps = heads[i], steps + 1
            assert steps <= len(heads)


def test_the_best_tree_where_every_token_agrees() -> None:
    scores = np.full((3, 4), -5.0, dtype=np.float32)
    scores[0, 2] = scores[1, 0] = scores[2, 2] = 5.0
    assert heads_of(scores) == [1, ROOT, 1]


@settings(deadline=None, max_examples=25)
@given(MARKED)
def test_any_text_is_parsed_token_by_token(text: str) -> None:
    reader = parser("en")
    assert reader is not None
    trees = reader.parse(text, [Span(0, len(text))])
    assert len(trees) == 1
    spans = [s for tree in trees[0] for s in tree.spans]
    assert spans == tokens_of(text, 0, len(text), reader.shortened)
    for tree in trees[0]:
        assert tree.head.count(ROOT) == 1
        assert len(tree.tag) == len(tree.rel) == len(tree.head) == len(tree)


@pytest.mark.parametrize(
    ("text", "verb", "subject", "clause"),
    [
        ("The miller said that the river would rise.", "said", "miller", "rise"),
        ("Anna told them that she would leave.", "told", "Anna", "leave"),
        ("The old council believes the mill is safe.", "believes", "council", "safe"),
    ],
)
def test_subject_and_clause_of_a_verb(text: str, verb: str, subject: str, clause: str) -> None:
    (tree,) = parsed(text)
    at = tree.lower.index(verb)
    own, said = tree.child(at, "nsubj"), tree.child(at, "ccomp")
    assert own is not None
    assert said is not None
    assert (tree.lower[own], tree.lower[said]) == (subject.lower(), clause)
    assert tree.tag[at].startswith("VB")
    assert tree.under(own, at)
    assert not tree.under(at, own)


def test_a_tree_knows_its_reach_and_its_place() -> None:
    text = "Yes. The miller said that the river had risen."
    tree = parsed(text)[1]
    said = tree.lower.index("said")
    assert tree.reach[said] == (0, len(tree) - 1)
    assert (tree.start, tree.end) == (5, len(text))
    assert [tree.lower[k] for k in tree.within(9, 15)] == ["miller"]


def test_the_same_text_gives_the_same_trees() -> None:
    text = "The miller said that the river had risen. She did not believe him. " * 20
    assert [t.head for t in parsed(text)] == [t.head for t in parsed(text)]


def test_a_language_without_weights_has_no_parser() -> None:
    assert parser("xx") is None


def test_a_sentence_without_end_is_parsed_in_pieces_in_linear_time() -> None:
    reader = parser("en")
    assert reader is not None
    text = "and the river rose " * 200
    assert len(reader.parse(text, [Span(0, len(text))])[0]) > 4
    assert_linear(lambda t: reader.parse(t, [Span(0, len(t))]), "and the river rose, ")
