"""Quotations: a table of cases, and what holds for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from braces import marked
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.analysers import quotations, times
from testimonia.findings import QUOTATION_KINDS, Actor, Findings, Mention, Quotation
from testimonia.text import Document, passages_of

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "quotations.yml").read_text(encoding="utf-8"))


def named(text: str, names: list[str]) -> Findings:
    """The actors of a case, named in full or by their last name."""
    actors: list[Actor] = []
    mentions: list[Mention] = []
    for n, entry in enumerate(names, 1):
        name, _, kind = entry.partition("/")
        actors.append(Actor(f"a{n}", name, kind or "person"))
        for form in (name, name.split()[-1]):
            at = text.find(form)
            while at >= 0:
                if not any(m.start <= at < m.end for m in mentions):
                    mentions.append(Mention(at, at + len(form), f"a{n}"))
                at = text.find(form, at + 1)
    return Findings(actors=tuple(actors), mentions=tuple(sorted(mentions, key=lambda m: m.start)))


def found_in(text: str, names: list[str] | None = None) -> tuple[Quotation, ...]:
    document = Document("d", text, passages_of(text))
    return quotations.find(document, times.find(document, named(text, names or []))).quotations


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_cases(case: dict[str, Any]) -> None:
    text, spans = marked(case["text"])
    found = found_in(text, case.get("actors"))
    assert [text[s:e] for q in found for s, e in q.spans] == [text[s:e] for s, e in spans]
    assert [tuple(span) for q in found for span in q.spans] == spans
    assert "".join(q.kind[0] for q in found) == case["kinds"]
    assert len(found) == 1 or not case.get("one")
    assert [q.speaker_name for q in found] == case["who"]
    if "cues" in case:
        assert [text[s:e] for q in found for s, e in q.cue] == case["cues"]
    if "works" in case:
        assert [q.work for q in found] == case["works"]
    if "dates" in case:
        assert [q.cited_date for q in found] == case["dates"]
    if "chains" in case:
        assert [" > ".join(q.chain[1:]) for q in found] == case["chains"]


def test_one_article_quoted_with_two_dates() -> None:
    """The same words with the same work and two dates: what a comparison of quotations must be able to see."""
    words = "The wheel was stopped by order of the council before the flood had reached the town."
    text = f"Holm wrote:\n\n{words} – Holm, The Star, November 6, 1912\n\nMuch later it was printed again.\n\n"
    text += (
        f"The following account of the flood was written by Holm in The Star, 10 November 1912.\n\n{words}\n\nNo more."
    )
    first, second = (q for q in found_in(text, ["Anna Holm"]) if q.kind == "block")
    assert {text[slice(*q.spans[0])] for q in (first, second)} == {words}
    assert (first.work, second.work) == ("The Star", "The Star")
    assert (first.cited_date, second.cited_date) == ("1912-11-06", "1912-11-10")
    assert first.speaker_name == second.speaker_name == "Anna Holm"


def test_voices_of_a_quotation_within_a_block() -> None:
    text = (
        "Vera Lund accused the council of neglect:\n\nIn the year 1912 Holm found it necessary to write the following "
        "words:\n\n“The wheel was stopped by order of the council.” (Holm, The Star, Nov. 6, 1912)\n\nI need not add "
        "anything to this, and the town knows it. – Lund, Vera, The Flood, p. 87, Aldby Press (1931)\n\nShe left."
    )
    inner = next(q for q in found_in(text, ["Vera Lund", "Anna Holm"]) if q.work == "The Star")
    assert inner.parent is not None
    assert inner.cited_date == "1912-11-06"
    assert inner.chain[1:] == ("Vera Lund, The Flood", "Anna Holm, The Star")


def test_a_quotation_relayed_by_a_work() -> None:
    text = (
        "In The Flood, Vera Lund quotes Holm’s 1912 pamphlet, The Wheel. In this pamphlet, Holm explains the matter, "
        "writing: “The wheel was stopped by order of the council.”"
    )
    found = [q for q in found_in(text, ["Vera Lund", "Anna Holm"]) if q.kind == "direct"]
    assert [q.speaker_name for q in found] == ["Anna Holm"]
    assert found[0].chain[1].startswith("Vera Lund")
    assert found[0].chain[-1].startswith("Anna Holm")


def test_a_doubt_names_both() -> None:
    text = "The letter from Anna Holm to Vera Lund is lost. In it she said that the mill was sold."
    (found,) = found_in(text, ["Anna Holm", "Vera Lund"])
    assert found.speaker_name is None
    assert found.doubt is not None
    assert "Anna Holm" in found.doubt
    assert "Vera Lund" in found.doubt


PIECES = """“ ” ‘ ’ " ' « » „ `` '' said , . : ; ? ! – — ( ) Holm she he they that the mill wrote argued according to
Star 1912 accused of described as by called for in his book claim ’s and who I think was following passage”, “The"""
WORDS = PIECES.split()
WORDS += ["\n\n", "\n", "The Star, November 6, 1918", "– Holm, Star, 1912", " "]
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=80).map(" ".join))


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_any_text(text: str) -> None:
    found = found_in(text, ["Anna Holm"])
    assert found == found_in(text, ["Anna Holm"])
    ids = [q.id for q in found]
    assert len(set(ids)) == len(ids)
    assert [q.spans[0].start for q in found] == sorted(q.spans[0].start for q in found)
    for q in found:
        assert q.kind in QUOTATION_KINDS
        assert q.parent is None or q.parent in ids[: ids.index(q.id)]
        assert len(q.chain) >= 2
        at = 0
        for start, end in q.spans:
            assert at <= start < end <= len(text)
            at = end
        for start, end in (*q.cue, *q.speaker, *((q.citation,) if q.citation else ())):
            assert 0 <= start < end <= len(text)


UNITS = [
    "“",
    '"',
    "'",
    "‘",
    "’ ",
    "“a",
    '"a" ',
    "“\n\n",
    "said ",
    "he said ",
    "that ",
    "the ",
    "X, ",
    "– X, ",
    "(X, 1912) ",
    "of ",
    ":\n\n",
]
UNITS += [
    "\0",
    "\ud800",
    "“A,” he said, ",
    "s’ ‘a ",
    "according to ",
    "as ",
    "and ",
    "– ",
    "a\n\n",
    "A:\n\nb c d e f g h i j k\n\n",
    "X quotes ",
]


@pytest.mark.parametrize("unit", UNITS)
def test_time_is_linear_in_length(unit: str) -> None:
    assert_linear(lambda text: quotations.find(Document("d", text, passages_of(text)), Findings()), unit)


@pytest.mark.parametrize("mark", ["“", '"', "’"])
def test_a_million_marks(mark: str) -> None:
    text = mark * 1_000_000
    quotations.find(Document("d", text, passages_of(text)), Findings())
