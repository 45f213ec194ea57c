"""Offset maps: from the characters of a document's text back to the characters of its source.

A map is a list of segments in the order of the text. A segment that is ``verbatim`` has the same characters on both
sides; any other stands for a change (an entity decoded, white space folded, a line end unified, a break inserted
where the source has only markup: then its source side is empty).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text and the stretch of source it comes from; code points, ends exclusive."""

    start: int
    end: int
    source_start: int
    source_end: int
    verbatim: bool


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Segments that tile the text from 0 to its length without gaps."""

    segments: tuple[Segment, ...]

    @classmethod
    def verbatim(cls, length: int, source_start: int = 0) -> OffsetMap:
        """The map of a text that stands in the source as it is, from ``source_start`` on."""
        if not length:
            return cls(())
        return cls((Segment(0, length, source_start, source_start + length, True),))

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The smallest stretch of source that holds the text span ``[start, end)``.

        Raises ``ValueError`` when the span is empty or lies outside the text.
        """
        length = self.segments[-1].end if self.segments else 0
        if not 0 <= start < end <= length:
            raise ValueError(f"span [{start}, {end}) lies outside the text (0 to {length}) or is empty")
        first, last = self._segment_at(start), self._segment_at(end - 1)
        left = first.source_start + (start - first.start if first.verbatim else 0)
        right = last.source_start + (end - last.start) if last.verbatim else last.source_end
        return left, max(left, right)

    def _segment_at(self, offset: int) -> Segment:
        return self.segments[bisect_right(self.segments, offset, key=lambda s: s.start) - 1]

    def to_rows(self) -> list[list[int]]:
        """Plain lists ``[start, end, source_start, source_end, verbatim]`` for storing."""
        return [[s.start, s.end, s.source_start, s.source_end, int(s.verbatim)] for s in self.segments]

    @classmethod
    def from_rows(cls, rows: Iterable[Iterable[int]]) -> OffsetMap:
        return cls(tuple(Segment(a, b, c, d, bool(v)) for a, b, c, d, v in rows))


class OffsetMapBuilder:
    """Builds a text and its offset map together, piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._segments: list[Segment] = []
        self.length = 0

    def copy(self, words: str, source_start: int) -> None:
        """Appends ``words`` that stand in the source just so, from ``source_start`` on."""
        self._append(words, source_start, source_start + len(words), True)

    def change(self, words: str, source_start: int, source_end: int) -> None:
        """Appends ``words`` that stand for the source's ``[source_start, source_end)``, which reads otherwise."""
        self._append(words, source_start, source_end, False)

    def _append(self, words: str, source_start: int, source_end: int, verbatim: bool) -> None:
        if not words:
            return
        end = self.length + len(words)
        last = self._segments[-1] if self._segments else None
        if last and verbatim and last.verbatim and last.source_end == source_start:
            self._segments[-1] = Segment(last.start, end, last.source_start, source_end, True)
        else:
            self._segments.append(Segment(self.length, end, source_start, source_end, verbatim))
        self._pieces.append(words)
        self.length = end

    def build(self) -> tuple[str, OffsetMap]:
        return "".join(self._pieces), OffsetMap(tuple(self._segments))
