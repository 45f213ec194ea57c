"""Counts as an English reader says them; dates are in tests/views/test_dates.py."""

from __future__ import annotations

from testimonia.web.wording import count_words


def test_counts() -> None:
    assert [count_words(n, "copy", "copies") for n in (0, 1, 2000)] == ["no copy", "1 copy", "2,000 copies"]
