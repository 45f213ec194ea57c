"""A table of figures as plain text."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Table:
    title: str
    columns: tuple[str, ...]
    rows: list[tuple[str, ...]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def text(self) -> str:
        widths = [max(len(r[i]) for r in [self.columns, *self.rows]) for i in range(len(self.columns))]
        lines = [self.title, "", *(self._line(r, widths) for r in [self.columns, *self.rows])]
        return "\n".join([*lines, *(f"- {note}" for note in self.notes)])

    def markdown(self) -> str:
        rows = [self.columns, tuple("---" for _ in self.columns), *self.rows]
        lines = [f"## {self.title}", "", *("| " + " | ".join(row) + " |" for row in rows)]
        return "\n".join([*lines, "", *(f"- {note}" for note in self.notes)]).rstrip()

    @staticmethod
    def _line(row: tuple[str, ...], widths: list[int]) -> str:
        return "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
