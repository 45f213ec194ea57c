"""Actors: a table of cases, and what holds for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from braces import marked
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.analysers import actors, offices, relations, times
from testimonia.findings import ACTOR_KINDS, MENTION_FORMS, Findings
from testimonia.text import Document, passages_of

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "actors.yml").read_text(encoding="utf-8"))


def document(text: str) -> Document:
    return Document("d", text, passages_of(text))


def everything(text: str) -> Findings:
    found = Findings()
    for find in (times.find, actors.find, offices.find, relations.find):
        found = find(document(text), found)
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_cases(case: dict[str, Any]) -> None:
    text, spans = marked(case["text"])
    found = actors.find(document(text), Findings())
    names = {actor.id: actor.name for actor in found.actors}
    named = [m for m in found.mentions if m.form == "name"]
    assert [text[m.start : m.end] for m in named] == [text[s:e] for s, e in spans]
    assert [(m.start, m.end) for m in named] == spans
    assert [names[m.actor] for m in named] == case["is"]
    assert [actor.kind for actor in found.actors] == case.get("kinds", ["person"] * len(found.actors))
    assert [names[m.actor] for m in found.mentions if m.form == "pronoun"] == case.get("pronouns", [])
    if "aliases" in case:
        assert sorted(found.actors[0].aliases) == case["aliases"]


WORDS = [
    *[
        "Anna",
        "Kessler",
        "Jonas",
        "Harlow",
        "Kestrel",
        "Workers",
        "Party",
        "(KWP)",
        "president",
        "of",
        "the",
        "Salden",
        "Bank",
        "and",
        "for",
        "President",
        "Secretary",
        "State",
        "J.",
        "P.",
        "He",
        "she",
        "van",
        "der",
        "’s",
        "'s",
        "U.S.",
        "(",
        ")",
        ",",
        ".",
        "“",
        "”",
        "–",
        "joined",
        "founded",
        "born",
        "also",
        "known",
        "as",
        "May",
        "in",
        "1911",
        "until",
        "from",
        "to",
        "Lake",
        "General",
        "leader",
        "elected",
        "was",
        "mayor",
        "No",
        "21",
        "ANNA",
        "KESSLER",
        "al-Nasri",
        "Sri",
        "Lanka",
        "&",
        "II",
        "I",
    ],
    "\n",
    "\n\n",
]


@settings(max_examples=80, deadline=None)
@given(st.one_of(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join), st.text(max_size=200)))
def test_any_text(text: str) -> None:
    found = everything(text)
    ids = [actor.id for actor in found.actors]
    assert len(set(ids)) == len(ids)
    assert all(a.kind in ACTOR_KINDS and a.name.strip() and a.name not in a.aliases for a in found.actors)
    starts = [(m.start, m.end) for m in found.mentions]
    assert starts == sorted(starts)
    assert all(0 <= m.start < m.end <= len(text) and m.actor in ids and m.form in MENTION_FORMS for m in found.mentions)
    assert all(a.end <= b.start for a, b in zip(found.mentions, found.mentions[1:], strict=False))
    assert {m.actor for m in found.mentions} == set(ids)
    for office in found.offices:
        assert all(0 <= s < e <= len(text) for s, e in (office.mention, office.office))
        assert office.actor in ids
    for relation in found.relations:
        assert 0 <= relation.start < relation.end <= len(text)
        assert {relation.subject, relation.object} <= set(ids)
    assert everything(text) == found


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))
def test_name_stands_in_the_text(text: str) -> None:
    found = actors.find(document(text), Findings())
    spaced = " ".join(text.split())
    assert all(name in spaced for actor in found.actors for name in (actor.name, *actor.aliases))


HARD = {
    "quotation marks": "“" * 200_000,
    "capitals": "A" * 200_000,
    "capitalised words": "Kessler " * 40_000,
    "initials": "J. " * 60_000,
    "dotted letters": "J." * 100_000,
    "hyphens": "A-" * 100_000,
    "apostrophes": "O’" * 100_000,
    "of": "Bank of " * 30_000,
    "and": "Ministry of Trade and " * 15_000,
    "titles": "President " * 30_000,
    "titles and names": "President Anna Kessler, " * 10_000,
    "many persons": " ".join(
        f"Anna K{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}ssler met Jonas Kessler." for i in range(5_000)
    ),
    "one surname": " ".join(f"{chr(65 + i % 26)}{chr(97 + i // 26 % 26)}na Kessler." for i in range(5_000)),
    "namesakes": " ".join(
        f"We saw {chr(65 + i % 26)}{'abcdefghij'[i // 26 % 10]}{'abcdefghij'[i // 260 % 10]}na Kessler."
        for i in range(2_600)
    ),
    "brackets": "Kestrel Party (KP " * 10_000,
    "lone surrogates": "Anna \ud800 Kessler " * 10_000,
    "nothing but NUL": "\0" * 100_000,
    "determiners": "Anna Kessler, " + "the " * 50_000,
    "lines": "Anna\n" * 40_000,
}


@pytest.mark.parametrize("text", HARD.values(), ids=HARD)
def test_hard_texts_are_read_in_time(text: str) -> None:
    quarter = text[: len(text) // 4]
    assert_linear(everything, quarter, short=len(quarter))


def test_a_word_before_a_first_name_that_stands_alone() -> None:
    text = "Lest Anna wept, they sang. " + "Then he saw Anna and left. " * 25
    found = actors.find(document(text), Findings())
    assert [actor.name for actor in found.actors] == ["Anna"]
    assert all(text[m.start : m.end] == "Anna" for m in found.mentions if m.form == "name")
