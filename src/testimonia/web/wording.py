"""How dates and counts are said to a reader."""

from __future__ import annotations

import re

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_DAY = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?%]?)")


def date_words(edtf: str | None) -> str:
    """An EDTF date as an English reader would write it; what has no short form is given as it is."""
    if not edtf:
        return ""
    if "/" in edtf:
        first, last = edtf.split("/", 1)
        if first in ("", ".."):
            return f"until {date_words(last)}"
        if last in ("", ".."):
            return f"from {date_words(first)}"
        return f"{date_words(first)} to {date_words(last)}"
    if re.fullmatch(r"\d{3}X", edtf):
        return f"{edtf[:3]}0s"
    if re.fullmatch(r"\d\dXX", edtf):
        return f"{edtf[:2]}00s"
    match = _DAY.fullmatch(edtf)
    return _day_words(*match.groups()) if match else edtf


def _day_words(year: str, month: str | None, day: str | None, mark: str) -> str:
    number = int(year)
    words = f"{1 - number} BC" if number <= 0 else str(number)
    if month and 1 <= int(month) <= 12:
        words = f"{MONTHS[int(month) - 1]} {words}"
    elif month:
        words = f"{SEASONS.get(month, month)} {words}"
    if day:
        words = f"{int(day)} {words}"
    return {"~": "about ", "?": "perhaps ", "%": "perhaps about "}.get(mark, "") + words


DOUBTFUL = 0.6  # confidence below which a reader is told so


def sure_words(confidence: float) -> str:
    """A confidence as a reader would say it."""
    for least, words in ((0.9, "sure"), (0.75, "likely"), (DOUBTFUL, "less sure")):
        if confidence >= least:
            return words
    return "doubtful"


def count_words(count: int, one: str, many: str | None = None) -> str:
    """``1 document``, ``2 documents``, ``no document``."""
    if count == 0:
        return f"no {one}"
    return f"{count:,} {one if count == 1 else many or one + 's'}"
