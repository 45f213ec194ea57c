"""Direction: which of two documents took the passage from the other, as far as there are reasons."""

from __future__ import annotations

from testimonia.analysers.copies.corpus import Head

BEFORE, AFTER = 500, 400  # code points around a passage in which a credit belongs to it


def way(a: Head, a_span: tuple[int, int], b: Head, b_span: tuple[int, int]) -> tuple[str | None, list[str]]:
    """("a->b", "b->a" or None; the reasons in words)."""
    if a.id == b.id:
        return None, ["both stand in one document"]
    reasons: list[str] = []
    votes = set()
    if a.date and b.date and a.date != b.date:
        older, newer = sorted((a.date, b.date))
        reasons.append(f"one document is dated {older}, the other {newer}")
        votes.add("a->b" if a.date < b.date else "b->a")
    elif a.date and a.date == b.date:
        reasons.append(f"both documents are dated {a.date}")
    else:
        reasons.append("not both documents are dated")
    for taker, span, giver, way in ((a, a_span, b, "b->a"), (b, b_span, a, "a->b")):
        credit = _credit(taker, span, giver)
        if credit:
            reasons.append(credit)
            votes.add(way)
    if len(votes) == 2:
        reasons.append("the reasons contradict each other")
    return (votes.pop() if len(votes) == 1 else None), reasons


def _credit(taker: Head, span: tuple[int, int], giver: Head) -> str | None:
    """The words near the passage by which ``taker`` names ``giver`` as where it is from."""
    for start, end, words in taker.credits:
        near = span[0] - BEFORE <= end and start <= span[1] + AFTER
        if near and any(name in words.casefold() for name in giver.names):
            return f"it says “{words}”, which names the other document"
    return None
