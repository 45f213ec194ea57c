"""Words in marks, set-off paragraphs and turns: which are quotations, which parts belong together, what the rest is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from braces import marked
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.analysers import quotations
from testimonia.findings import ASIDE_KINDS, Actor, Findings, Mention
from testimonia.text import Document, passages_of

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "quotations_words.yml").read_text(encoding="utf-8"))
PIECES = [
    "“",
    "”",
    "‘",
    "’",
    '"',
    "'",
    "«",
    "»",
    " ",
    "\n",
    "\n\n",
    "> ",
    "— ",
    "THE CHAIR: ",
    "said Anna Holm",
    "book",
    "the",
]
HOSTILE = {
    "open marks in one line": '"a ',
    "marks in marks": '"A "b',
    "marks with spaces": " ' a",
    "lines that are quoted": "> a\n",
    "quoted and not": "> a\nb\n",
    "labels": "THE CHAIR: a b c d.\n",
    "dashes": "— Go, said Anna. Go on, I say!\n",
    "fragments": "The “a b” of it, he said. ",
    "fragments without a tag": "He “a b” and “c d” of, ",
    "measures": "5' 10\" ",
    "lines of one sentence": "— I go on.\n",
    "long lines": "a " * 150 + ":\n",
}


def found_in(text: str, names: list[str] | None = None) -> Findings:
    actors, mentions = [], []
    for n, name in enumerate(names or []):
        actors.append(Actor(f"a{n}", name, "person"))
        mentions.append(Mention(text.index(name), text.index(name) + len(name), f"a{n}"))
    found = Findings(actors=tuple(actors), mentions=tuple(mentions))
    return quotations.find(Document("d", text, passages_of(text)), found)


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_cases(case: dict[str, Any]) -> None:
    text, spans = marked(case["text"])
    found = found_in(text, case.get("actors"))
    said = [q for q in found.quotations if q.kind != "indirect"]
    assert sorted(text[s:e] for q in said for s, e in q.spans) == sorted(text[s:e] for s, e in spans)
    assert sorted(tuple(span) for q in said for span in q.spans) == sorted(spans)
    assert "".join(q.kind[0] for q in said) == case["kinds"]
    assert all(q.reason and 0 < q.confidence < 1 for q in said)
    if "asides" in case:
        assert [f"{text[a.start : a.end]} {a.kind}" for a in found.asides] == case["asides"]


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=60).map("".join)))
def test_any_text_gives_sound_asides(text: str) -> None:
    found = found_in(text)
    starts = {span.start for q in found.quotations if q.kind != "indirect" for span in q.spans}
    for aside in found.asides:
        assert 0 <= aside.start < aside.end <= len(text)
        assert aside.kind in ASIDE_KINDS
        assert aside.start not in starts
    assert list(found.asides) == sorted(found.asides, key=lambda a: (a.start, -a.end))


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_is_linear_in_length(piece: str) -> None:
    assert_linear(found_in, piece, 10_000)
