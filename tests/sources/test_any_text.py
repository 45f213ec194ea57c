"""Any text at all: documents or a refusal, in a time that grows with its length and no faster."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sources.checks import read, source

from testimonia.errors import Refused
from testimonia.sources import documents_of

MEDIA = ("text/plain", "text/html", "text/markdown")
PIECES = st.sampled_from(
    [
        "<article>", "</article>", "<p>", "</p>", "<h2 class='entry-title'>", "</h2>", "<br>", "<div class=post>",
        "</div>", "<!--", "-->", "<![CDATA[", "&amp;", "&#32;", "&nbsp;", "&#0;", "&#xd800;", "<a rel=tag href='x'>",
        "</a>", "<pre>", "</pre>", "<td>", "<tr>", "<table>", "<title>T | S</title>",
        "<meta name=date content='2001-02-03'>", "<li>", "<ul>",
        "<script type=\"application/ld+json\">{\"@type\":\"Article\",\"headline\":\"H\"}</script>", " ", "\n", "\r\n",
        "\r", "\f", "\n\n", "\n\n\n", "By Jane Roe", "May 3, 2011", "Title Words Here",
        "Archive for the ‘X’ Category", "Read more:",
        "A sentence of running text, with Ostra and Brenn in it, that "
        "goes on until it counts as the body of a text, which takes a while. ", "# ", "> ", "- ", "**", "_", "`",
        "```", "[a](b)", "![", "](", "---", "    ", "\t", "1. ", "\\*", "é", "😀", "\u202e", "\u0000", "\ufeff",
        "Posted in A, B", "— Jane Roe is a columnist for the Star.", "Dear Anna,",
    ]
)  # fmt: skip


@pytest.mark.parametrize("media_type", MEDIA)
@given(text=st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=80, deadline=None)
def test_pieces_in_any_order(media_type: str, text: str) -> None:
    try:
        first = read(text, media_type)
    except Refused:
        return
    assert first == documents_of(source(text, media_type))


@pytest.mark.parametrize("media_type", MEDIA)
@given(text=st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_any_characters(media_type: str, text: str) -> None:
    try:
        read(text, media_type)
    except Refused:
        assert media_type != "text/plain" or not any(c.isalpha() for c in text)


LONG = {
    "quotation marks": '"', "angles": "<", "spaces": " ", "tags": "<div>", "paragraphs": "<p>", "comments": "<!--",
    "sections": "a<![CDATA[", "open attributes": '<a "', "ampersands": "&#", "brackets": "[", "links": "](",
    "emphasis": "*a ", "code": "`a``", "one line": "a b. ", "titles": "Title Words\n\n", "breaks": "a<br>",
    "stray end tags": "</b>", "items": "<li>a", "headings": "# a\n", "dashes": "-", "dates": "May 3, 2011\n\n",
    "closings": "Read more:\n", "bylines": "By ", "line ends": "a\r\n", "scripts": "<script>", "cells": "<td>a",
    "posts": "<article><h2>Ti tle</h2><p>" + "word " * 30 + "</p></article>",
    "titled": "<h2 class=entry-title>a b</h2>c ",
    "texts": "A title\n\nBody of a text, with Ostra, that goes on until it counts, for a hundred characters.\n\n\n",
}  # fmt: skip


@pytest.mark.parametrize("piece", LONG.values(), ids=LONG.keys())
@pytest.mark.parametrize("media_type", MEDIA)
def test_time_grows_with_length_and_no_faster(media_type: str, piece: str) -> None:
    short = _seconds(piece * (8_000 // len(piece)) + "a", media_type)
    long = _seconds(piece * (64_000 // len(piece)) + "a", media_type)
    assert long < max(1.0, 40 * short)  # eight times the length; 64 times would be quadratic


def _seconds(text: str, media_type: str) -> float:
    started = time.process_time()
    with suppress(Refused):
        documents_of(source(text, media_type))
    return time.process_time() - started
