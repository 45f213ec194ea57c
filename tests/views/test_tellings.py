"""Which passages tell the same event: as many that do not as do."""

from __future__ import annotations

from pathlib import Path

import pytest
from told_events import Told, make

from testimonia.views.archive import Archive

ONE = Told("Jon Brand was arrested on 6 May 1921.", "1921-05-06", "arrest", ("Jon Brand",))
FOUNDED, ELSEWHERE = "The union was founded in 1904.", "The union was founded in 1906."
TOGETHER = {
    "the same day, type and name": [
        ONE,
        Told("They arrested Brand that day.", "1921-05-06", "arrest", ("Jon Brand",)),
    ],
    "a month joins the only day in it": [ONE, Told("In May they took Brand.", "1921-05", "arrest", ("Jon Brand",))],
    "two that give the same month": [
        Told("In May they took Brand.", "1921-05", "arrest", ("Jon Brand",)),
        Told("It was in May that they took Brand.", "1921-05", "arrest", ("Jon Brand",)),
    ],
    "one of several names is the same": [
        ONE,
        Told("Holm and Brand were arrested.", "1921-05-06", "arrest", ("Vera Holm", "Jon Brand")),
    ],
    "told by a speaker, too": [ONE, Told("“Brand was taken.”", "1921-05-06", "arrest", ("Jon Brand",), speaker="Marr")],
}
APART = {
    "another day": [ONE, Told("Brand was arrested once more.", "1921-05-07", "arrest", ("Jon Brand",))],
    "another type": [ONE, Told("Brand was tried.", "1921-05-06", "trial", ("Jon Brand",))],
    "another name": [ONE, Told("Holm was arrested.", "1921-05-06", "arrest", ("Vera Holm",))],
    "no name": [ONE, Told("Someone was arrested.", "1921-05-06", "arrest")],
    "only the place is the same": [
        Told("There was a meeting at Halm.", "1921-05-06", "congress", where=("Halm",)),
        Told("At Halm others met.", "1921-05-06", "congress", where=("Halm",)),
    ],
    "a year is too long a stretch": [ONE, Told("In 1921 Brand was arrested.", "1921", "arrest", ("Jon Brand",))],
    "of no type": [
        Told("Brand rowed.", "1921-05-06", who=("Jon Brand",)),
        Told("Brand swam.", "1921-05-06", who=("Jon Brand",)),
    ],
    "a plan and a fact": [
        ONE,
        Told("Brand was to be arrested.", "1921-05-06", "arrest", ("Jon Brand",), factuality="plan"),
    ],
    "a date that no sentence states": [
        Told("Brand spoke.", "1921-05-06", "speech", ("Jon Brand",), basis="document"),
        Told("Brand spoke of it again.", "1921-05-06", "speech", ("Jon Brand",), basis="document"),
    ],
    "about that day": [ONE, Told("About 6 May Brand was arrested.", "1921-05-06~", "arrest", ("Jon Brand",))],
}


def rows(tmp_path: Path, events: list[Told], same: list[list[str]] | None = None, **asked: str) -> list[int]:
    """How many passages each row holds."""
    make(tmp_path / "a.db", {f"Book {n}": [event] for n, event in enumerate(events)}, same or ())
    with Archive.open(tmp_path / "a.db") as archive:
        return [row.passages for row in archive.chronology(**({"factuality": "all"} | asked))]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", TOGETHER)
def test_together(tmp_path: Path, name: str) -> None:
    assert rows(tmp_path, TOGETHER[name]) == [2]


@pytest.mark.parametrize("name", APART)
def test_apart(tmp_path: Path, name: str) -> None:
    assert rows(tmp_path, APART[name]) == [1, 1]


def test_a_month_with_two_days_in_it_joins_neither(tmp_path: Path) -> None:
    later = Told("Brand was arrested again on 20 May.", "1921-05-20", "arrest", ("Jon Brand",))
    month = Told("In May they took Brand.", "1921-05", "arrest", ("Jon Brand",))
    assert rows(tmp_path, [ONE, later, month]) == [1, 1, 1]


def test_two_events_of_one_sentence_stay_two(tmp_path: Path) -> None:
    words = "Brand left Halm on 6 May 1921 and came to Skerra."
    twice = [Told(words, "1921-05-06", "travel", ("Jon Brand",)), Told(words, "1921-05-06", "travel", ("Jon Brand",))]
    make(tmp_path / "a.db", {"Book": twice[:1], "Other": [*twice]})
    with Archive.open(tmp_path / "a.db") as archive:
        assert sum(len(row.tellings) + 1 for row in archive.chronology()) == 3


def test_accounts_of_one_matter_stand_together_though_their_dates_differ(tmp_path: Path) -> None:
    events = [Told(FOUNDED, "1904", "founding"), Told(ELSEWHERE, "1906", "founding")]
    make(tmp_path / "a.db", {"One": events[:1], "Two": events[1:]}, [[FOUNDED, ELSEWHERE]])
    with Archive.open(tmp_path / "a.db") as archive:
        (row,) = archive.chronology()
        assert (row.dated, row.otherwise, row.reasons) == ("1904", ("1906",), ("both tell it",))
        (other,) = row.tellings
        assert (other.dated, other.agrees) == ("1906", False)
        assert archive.chronology(to="1905")[0].tellings == (), "filters choose passages"


def test_of_a_matter_only_what_is_alike_stands_together(tmp_path: Path) -> None:
    events = [Told(FOUNDED, "1904", "founding"), Told("The union was banned in 1904.", "1904", "dissolution")]
    assert rows(tmp_path, events, [[e.words for e in events]]) == [1, 1]


def test_the_most_precise_date_in_the_texts_own_voice_stands_for_all(tmp_path: Path) -> None:
    texts = {
        "A": [Told("“Brand was taken on 6 May 1921.”", "1921-05-06", "arrest", ("Jon Brand",), speaker="Marr")],
        "B": [Told("Brand was taken in May 1921.", "1921-05", "arrest", ("Jon Brand",))],
        "C": [Told("Brand was taken on that 6 May.", "1921-05-06", "arrest", ("Jon Brand",))],
    }
    make(tmp_path / "a.db", texts)
    with Archive.open(tmp_path / "a.db") as archive:
        (row,) = archive.chronology()
        assert (row.title, row.dated, row.voice) == ("C", "6 May 1921", None)
        assert sorted(t.title or "" for t in row.tellings) == ["A", "B"]
