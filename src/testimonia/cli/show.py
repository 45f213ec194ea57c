"""Rows as a table for people, or as JSON, JSON lines or CSV for programs."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass
from typing import Any, get_type_hints

from testimonia.cli.options import Format
from testimonia.cli.safe import one_line, safe, say, write

ROWS = 50  # rows of a table when no limit is given
_PIPED_WIDTH = 120  # columns where no terminal says how many it has


@dataclass(frozen=True, slots=True)
class Layout:
    """How one kind of row is shown: ``columns`` are (heading, share of the width, words of a row)."""

    row: type
    columns: Sequence[tuple[str, int, Callable[[Any], str]]]
    exchange: Callable[[Any], dict[str, Any]] | None = None  # for JSON lines, where they are a public contract


def show(
    ask: Callable[..., Sequence[Any]], layout: Layout, form: Format, page: tuple[int | None, int], none: str
) -> None:
    """Asks and prints. ``page`` is (limit, offset) as given; ``none`` is said when there is no row."""
    given, offset = page
    limit = (ROWS if form is Format.table else None) if given is None else given or None
    rows = ask(limit=None if limit is None else limit + 1, offset=offset)
    more = limit is not None and len(rows) > limit
    rows = rows[:limit]
    if form is Format.table:
        if not rows:
            say(none if not offset else "There are no further rows.")
            return
        _table(rows, layout)
        if more:
            say(f"Rows {offset + 1} to {offset + len(rows)}; there are more: --limit 0 shows all.")
    elif form is Format.csv:
        _csv(rows, layout)
    else:
        _json(rows, layout, form)


def console() -> Any:
    """Where tables go: standard output, without interpretation of what texts contain."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else _PIPED_WIDTH
    return Console(file=sys.stdout, width=width, markup=False, highlight=False, emoji=False)


def _table(rows: Sequence[Any], layout: Layout) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0), leading=1)
    for heading, share, _ in layout.columns:
        table.add_column(heading, ratio=share, overflow="fold")
    for row in rows:
        table.add_row(*(Text(safe(words(row))) for _, _, words in layout.columns))
    console().print(table)


def _json(rows: Sequence[Any], layout: Layout, form: Format) -> None:
    from testimonia.exchange import to_line

    if form is Format.jsonl:
        for row in rows:
            write(to_line(layout.exchange(row) if layout.exchange else asdict(row)))
        return
    for i, row in enumerate(rows):
        write((b"[\n" if not i else b",\n") + to_line(asdict(row)).rstrip(b"\n"))
    write(b"\n]\n" if rows else b"[]\n")


def _csv(rows: Sequence[Any], layout: Layout) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_headings(layout.row))
    for row in rows:
        writer.writerow(_cells(row))
    words = text.getvalue()
    sys.stdout.flush()
    if sys.stdout.isatty():
        sys.stdout.write(safe(words))
    else:
        sys.stdout.buffer.write(words.encode("utf-8", "replace"))


def _headings(row: Any, prefix: str = "") -> list[str]:
    kinds = get_type_hints(row)
    names: list[str] = []
    for field in fields(row):
        kind = kinds[field.name]
        names += _headings(kind, f"{field.name}_") if is_dataclass(kind) else [prefix + field.name]
    return names


def _cells(row: Any) -> list[object]:
    cells: list[object] = []
    for field in fields(row):
        value = getattr(row, field.name)
        if is_dataclass(value):
            cells += _cells(value)
        elif isinstance(value, tuple):
            cells.append(_cell(value))
        else:
            cells.append(value)
    return cells


def _cell(values: tuple[Any, ...]) -> str:
    """A span is ``start-end``; of other values each stands after a semicolon."""
    if values and all(isinstance(v, int) for v in values):
        return "-".join(map(str, values))
    return "; ".join(_cell(v) if isinstance(v, tuple) else str(v) for v in values)


def place(row: Any) -> str:
    """Where a row's words stand: title, date, document and characters."""
    name = one_line(row.title, 60) if row.title else "untitled"
    day = getattr(row, "date", None)
    return f"{name}{f', {day}' if day else ''}\n{row.document} {row.start}–{row.end}"


def words(row: Any) -> str:
    return one_line(row.words)
