"""Chains: through whom words came, by which steps, and where the text makes each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.analysers import quotations, times
from testimonia.analysers.quotations.chains import DEEPEST, NOT_NAMED
from testimonia.findings import LINK_KINDS, Actor, Findings, Mention, Quotation
from testimonia.text import Document, passages_of

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "chains.yml").read_text(encoding="utf-8"))
ACTORS = (
    Actor("a1", "Anna Holm", "person"),
    Actor("a2", "Vera Lund", "person"),
    Actor("a3", "Aldby Star", "organisation"),
)
KINDS = {"q": "quotes", "r": "reports", "p": "paraphrases", "c": "cites"}


def found_in(text: str) -> tuple[Quotation, ...]:
    mentions: list[Mention] = []
    for actor in ACTORS:
        for form in (actor.name, actor.name.split()[-1]):
            at = text.find(form)
            while at >= 0:
                if not any(m.start <= at < m.end for m in mentions):
                    mentions.append(Mention(at, at + len(form), actor.id))
                at = text.find(form, at + 1)
    found = Findings(actors=ACTORS, mentions=tuple(sorted(mentions, key=lambda m: m.start)))
    document = Document("d", text, passages_of(text))
    return quotations.find(document, times.find(document, found)).quotations


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_cases(case: dict[str, Any]) -> None:
    start, end = case["text"].index("{"), case["text"].index("}") - 1
    text = case["text"].replace("{", "").replace("}", "")
    found = next(q for q in found_in(text) if (q.spans[0].start, q.spans[-1].end) == (start, end))
    wanted = [(KINDS[step[0]], None if step[2:] == "~" else step[2:]) for step in case["chain"]]
    assert [(x.kind, x.voice) for x in found.links] == wanted
    assert [text[slice(*x.span)] if x.span else None for x in found.links] == case["at"]
    assert found.chain[1:] == tuple(x.voice or NOT_NAMED for x in found.links)


def test_what_follows_who_is_not_said_by_the_one_who_told_it() -> None:
    found = found_in("Vera Lund told Anna Holm, who wrote that the mill was sold.")
    assert [q.speaker_name for q in found] == ["Vera Lund"]


def test_a_report_holds_the_words_that_it_reports() -> None:
    text = "“The mill was sold,” Vera Lund said, according to Anna Holm. The Star was not read."
    outer, inner = found_in(text)
    assert text[slice(*outer.spans[0])] == "“The mill was sold,” Vera Lund said"
    assert inner.parent == outer.id
    assert (outer.kind, inner.kind) == ("mixed", "direct")


def test_other_words_between_do_not_put_one_in_the_other() -> None:
    text = "Anna Holm wrote that Vera Lund had spoken. The house was cold. Vera Lund said: “The mill was sold.”"
    assert [q.parent for q in found_in(text) if q.kind == "direct"] == [None]


def test_a_tower_of_sayings_is_bounded_and_loses_nothing() -> None:
    text = "Anna Holm said that Vera Lund said that " * 30 + "the mill was sold."
    found = found_in(text)
    assert len(found) > DEEPEST
    assert max(len(q.chain) for q in found) <= DEEPEST + 2
    deep = [q for q in found if q.doubt is not None and str(DEEPEST) in q.doubt]
    assert deep
    assert all(len(q.links) == len(q.chain) - 1 for q in found)


PIECES = """Anna Holm | Vera Lund | the Aldby Star | said | told | wrote | quotes | cites | , who | that | as saying |
quoted in | quoted by | according to | “The mill is sold,” | ‘It is.’ | : | . | , | the mill was sold | he |
in an interview with | (Holm, The Wheel, 1912)"""
WORDS = [piece.strip() for piece in PIECES.split("|")]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_any_chain(text: str) -> None:
    found = found_in(text)
    parents = {q.id: q for q in found}
    for q in found:
        assert len(q.links) == len(q.chain) - 1
        for link in q.links:
            assert link.kind in LINK_KINDS
            assert link.span is None or 0 <= link.span.start < link.span.end <= len(text)
        if q.parent is not None:
            outer = parents[q.parent]
            assert q.chain[: len(outer.chain)] == outer.chain
            assert q.links[: len(outer.links)] == outer.links


@pytest.mark.parametrize(
    "unit",
    [
        "Anna Holm said that Vera Lund said that ",
        "X told Y, who wrote that ",
        "“It is,” X said, according to Y. ",
        "X quotes Y as saying that ",
        "X, quoted by Y, said that ",
        "quoted in The Star ",
        "X said: “Y said: ‘",
    ],
)
def test_time_is_linear_in_length(unit: str) -> None:
    assert_linear(lambda text: found_in(text), unit)
