"""Dates as an English reader writes them."""

from __future__ import annotations

import pytest

from testimonia.web.wording import count_words, date_words


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("1918-11-06", "6 November 1918"),
        ("1918-11", "November 1918"),
        ("1918", "1918"),
        ("192X", "1920s"),
        ("19XX", "1900s"),
        ("1918~", "about 1918"),
        ("1918-05?", "perhaps May 1918"),
        ("1922-22", "summer 1922"),
        ("1929/1953", "1929 to 1953"),
        ("1929/..", "from 1929"),
        ("../1953-03-05", "until 5 March 1953"),
        ("-0489", "490 BC"),
        ("XXXX-09-25", "XXXX-09-25"),
        ("", ""),
        (None, ""),
    ],
)
def test_dates(edtf: str | None, words: str) -> None:
    assert date_words(edtf) == words


def test_counts() -> None:
    assert [count_words(n, "copy", "copies") for n in (0, 1, 2000)] == ["no copy", "1 copy", "2,000 copies"]
