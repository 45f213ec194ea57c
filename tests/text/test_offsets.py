"""Offset maps lead every character of a text back to its source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimonia.text import OffsetMap, OffsetMapBuilder

# A source as pieces; each is copied, changed to something else, or (as markup) left out of the text.
PIECES = st.lists(st.tuples(st.sampled_from(["copy", "change", "skip", "insert"]), st.text(min_size=1, max_size=5)))


def build(pieces: list[tuple[str, str]]) -> tuple[str, str, OffsetMap]:
    builder, source = OffsetMapBuilder(), ""
    for action, words in pieces:
        if action == "insert":
            builder.change("\n", len(source), len(source))
            continue
        if action == "copy":
            builder.copy(words, len(source))
        elif action == "change":
            builder.change("~", len(source), len(source) + len(words))
        source += words
    text, offsets = builder.build()
    return source, text, offsets


@given(PIECES)
def test_segments_tile_the_text_and_verbatim_ones_equal_the_source(pieces: list[tuple[str, str]]) -> None:
    source, text, offsets = build(pieces)
    at = 0
    for segment in offsets.segments:
        assert segment.start == at < segment.end
        assert 0 <= segment.source_start <= segment.source_end <= len(source)
        if segment.verbatim:
            assert text[segment.start : segment.end] == source[segment.source_start : segment.source_end]
        at = segment.end
    assert at == len(text)


@given(PIECES, st.data())
def test_a_span_leads_to_a_stretch_that_holds_its_characters(
    pieces: list[tuple[str, str]], data: st.DataObject
) -> None:
    source, text, offsets = build(pieces)
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    left, right = offsets.to_source(start, end)
    assert 0 <= left <= right <= len(source)
    if all(s.verbatim for s in offsets.segments if s.end > start and s.start < end):
        kept = iter(source[left:right])
        assert all(c in kept for c in text[start:end])  # in the same order, with what was left out between


@given(PIECES)
def test_rows_round_trip(pieces: list[tuple[str, str]]) -> None:
    _, _, offsets = build(pieces)
    assert OffsetMap.from_rows(offsets.to_rows()) == offsets


def test_neighbouring_copies_are_one_segment() -> None:
    builder = OffsetMapBuilder()
    builder.copy("ab", 3)
    builder.copy("cd", 5)
    builder.copy("ef", 9)
    text, offsets = builder.build()
    assert text == "abcdef"
    assert [(s.start, s.end, s.source_start) for s in offsets.segments] == [(0, 4, 3), (4, 6, 9)]


def test_an_entity_leads_to_the_whole_entity() -> None:
    source = "Ash &amp; Rowe"
    builder = OffsetMapBuilder()
    builder.copy("Ash ", 0)
    builder.change("&", 4, 9)
    builder.copy(" Rowe", 9)
    text, offsets = builder.build()
    assert text == "Ash & Rowe"
    assert source[slice(*offsets.to_source(4, 5))] == "&amp;"
    assert source[slice(*offsets.to_source(6, 10))] == "Rowe"


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 2), (3, 1), (0, 6), (9, 12)])
def test_a_span_outside_the_text_is_an_error(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="outside the text"):
        OffsetMap.verbatim(5).to_source(start, end)


def test_a_verbatim_map_shifts() -> None:
    assert OffsetMap.verbatim(5, 100).to_source(1, 3) == (101, 103)
    assert OffsetMap.verbatim(0).segments == ()
