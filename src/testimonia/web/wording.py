"""How counts, kinds and confidences are said to a reader; dates are in ``views.dates``."""

from __future__ import annotations

TOLD_AS = {"plan": "a plan", "denial": "denied", "possibility": "a possibility"}
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
