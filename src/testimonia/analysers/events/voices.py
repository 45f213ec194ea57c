"""Which quotation's words stand at a place."""

from __future__ import annotations

from bisect import bisect_right
from heapq import heappop, heappush

from testimonia.findings import Quotation


class Voices:
    """The innermost quotation at a place, found by bisection."""

    def __init__(self, quotations: tuple[Quotation, ...]) -> None:
        self.spoken = {q.id for q in quotations if q.kind in ("direct", "block")}
        spans = sorted((s.start, s.end, q.id) for q in quotations for s in q.spans)
        edges = sorted({edge for start, end, _ in spans for edge in (start, end)})
        self.edges: list[int] = []
        self.owners: list[str | None] = []
        open_now: list[tuple[int, int, str]] = []  # (length, end, id): the shortest is the innermost
        at = 0
        for edge in edges:
            while at < len(spans) and spans[at][0] <= edge:
                start, end, owner = spans[at]
                heappush(open_now, (end - start, end, owner))
                at += 1
            while open_now and open_now[0][1] <= edge:
                heappop(open_now)
            self.edges.append(edge)
            self.owners.append(open_now[0][2] if open_now else None)

    def at(self, place: int) -> str | None:
        i = bisect_right(self.edges, place) - 1
        return self.owners[i] if i >= 0 else None

    def speaks(self, place: int) -> bool:
        """Whether the place stands in somebody's own words."""
        return self.at(place) in self.spoken
