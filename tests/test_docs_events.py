"""The page of events is true: its tables say what the program finds in their sentences, no more and no less."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from testimonia import pipeline
from testimonia.findings import EVENT_TYPES
from testimonia.text import Document, passages_of

PAGE = Path(__file__).parent.parent / "docs" / "events.md"
WORDS = PAGE.read_text(encoding="utf-8")


def tables() -> Iterator[tuple[str, list[list[str]]]]:
    """(sentence, with the date of its document in brackets; the rows of its events)."""
    told: list[tuple[str, list[list[str]]]] = []
    for line in WORDS.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 6 and cells[0] not in ("in the text", "---"):
            if cells[0]:
                told.append((cells[0], []))
            told[-1][1].append(cells[1:])
    yield from told


def found_in(shown: str) -> list[list[str]]:
    match = re.fullmatch(r"(?:\((\d{4}-\d\d-\d\d)\) )?(.*)", shown)
    assert match
    text = match[2]
    found = pipeline.analyse(Document("d", text, passages_of(text), date=match[1]), frozenset({"events"}))
    names = {actor.id: actor.name for actor in found.actors}
    rows = []
    for event in found.events:
        who, where = (", ".join(names[w] for w in ids) for ids in (event.who, event.where))
        when = event.when + (f" until {event.until}" if event.until else "")
        sense = event.factuality + (f" ({event.doubt})" if event.doubt else "")
        rows.append([when, event.type, f"{who}; {where}" if where else who, sense, event.basis])
    return rows


@pytest.mark.parametrize(("shown", "rows"), list(tables()), ids=lambda value: value if isinstance(value, str) else "")
def test_the_tables_are_true(shown: str, rows: list[list[str]]) -> None:
    assert found_in(shown) == rows


def test_all_types_are_named() -> None:
    named = WORDS.partition("## Types")[2].partition("##")[0]
    assert [kind for kind in EVENT_TYPES if not re.search(rf"\b{kind}\b", named)] == []
