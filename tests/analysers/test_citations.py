"""Citations and the works that a sentence names: a table of lines and sentences, and what holds for any words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.analysers import quotations, times
from testimonia.analysers.quotations.citations import Citation, Citations
from testimonia.analysers.quotations.ground import Ground
from testimonia.findings import CITED_BASES, Actor, Findings, Mention, Quotation
from testimonia.text import Document, passages_of

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "citations.yml").read_text(encoding="utf-8"))
ACTORS = (Actor("a1", "Anna Holm", "person"), Actor("a2", "Vera Lund", "person"))


def named(text: str) -> Findings:
    """Anna Holm and Vera Lund, by full or last name."""
    mentions = []
    for actor in ACTORS:
        last = actor.name.split()[-1]
        at = text.find(last)
        while at >= 0:
            start = at - len(actor.name) + len(last)
            begin = start if start >= 0 and text[start : at + len(last)] == actor.name else at
            mentions.append(Mention(begin, at + len(last), actor.id))
            at = text.find(last, at + 1)
    return Findings(actors=ACTORS, mentions=tuple(sorted(mentions, key=lambda m: m.start)))


def citations(text: str) -> Citations:
    document = Document("d", text, passages_of(text))
    found = times.find(document, named(text))
    return Citations(Ground(document, found), found)


@pytest.mark.parametrize("case", CASES["lines"], ids=lambda c: c["why"])
@pytest.mark.parametrize("around", ["– {}", "({})"], ids=["after a dash", "in brackets"])
def test_lines(case: dict[str, Any], around: str) -> None:
    text = around.format(case["line"])
    read = citations(text)
    found = read.in_brackets(0) if text.startswith("(") else read.after(0, len(text))
    wanted = {key: case.get(key) for key in ("author", "work", "page", "publisher", "container", "editor", "edition")}
    wanted |= {key: case.get(key) for key in ("date", "basis", "via")}
    assert said(found) == wanted
    assert found is None or found.span == (0, len(text))


def said(found: Citation | None) -> dict[str, str | None]:
    parts = found.imprint if found is not None else None
    values = {key: getattr(parts, key, None) for key in ("page", "publisher", "container", "editor", "edition")}
    return values | {
        "author": found.name if found else None,
        "work": found.work if found else None,
        "date": found.date if found else None,
        "basis": found.basis if found else None,
        "via": found.via if found else None,
    }


def found_in(text: str) -> tuple[Quotation, ...]:
    document = Document("d", text, passages_of(text))
    return quotations.find(document, times.find(document, named(text))).quotations


@pytest.mark.parametrize("case", CASES["sentences"], ids=lambda c: c["why"])
def test_sentences(case: dict[str, Any]) -> None:
    start = case["text"].index("{")
    text = case["text"].replace("{", "").replace("}", "")
    found = next(q for q in found_in(text) if q.spans[0].start == start)
    assert (found.work, found.cited_date, found.cited_basis) == (case.get("work"), case.get("date"), case.get("basis"))


def test_she_added_is_of_the_same_hearing() -> None:
    text = "In her May 1912 hearing, Anna Holm said: “The mill is sold.” She added that “the house is not for sale.”"
    works = [(q.work, q.cited_date, q.cited_basis) for q in found_in(text) if q.kind != "indirect"]
    assert works == [("May 1912 hearing", "1912-05", "words")] * 2


def test_the_citation_is_no_part_of_the_content() -> None:
    text = "Holm wrote:\n\nThe mill is sold, the river is low at night. – Anna Holm, The Wheel, p. 4, Crane Press, 1931"
    (found,) = found_in(text)
    assert text[slice(*found.spans[0])].endswith("at night.")
    assert found.citation is not None
    assert text[slice(*found.citation)].startswith("– Anna Holm")
    assert (found.work, found.cited_date, found.cited_basis) == ("The Wheel", "1931", "edition")


PIECES = [
    *"(),.–-“”[]",
    "p. 4",
    "1912",
    "Holm",
    "The",
    "Star",
    "quoted in",
    "as cited by",
    "Press",
    "ed.",
    "in ",
    " ",
    "\n",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=80))
def test_any_line(words: str) -> None:
    text = f"({words}) – {words}"
    read = citations(text)
    for found in (read.in_brackets(0), read.after(0, len(text))):
        if found is not None:
            assert 0 <= found.span.start < found.span.end <= len(text)
            assert found.basis is None or found.basis in CITED_BASES
            assert (found.basis is None) == (found.date is None)
            assert found.via_span is None or 0 <= found.via_span.start < found.via_span.end <= len(text)


@pytest.mark.parametrize(
    "unit", ["in this book ", "his book The ", "in The Star, ", "quoted in ", "until 1912 ", "(Holm, 1912) "]
)
def test_time_is_linear_in_length(unit: str) -> None:
    assert_linear(lambda text: quotations.find(Document("d", text, passages_of(text)), Findings()), unit)
