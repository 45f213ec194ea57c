"""Answers on a terminal, or for other programs; what hostile text holds never reaches the terminal as a command."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

FORMATS = ("table", "json", "jsonl", "csv")
SHOWN = 280  # code points of a passage in a table
# Control and format characters other than line ends and tabs: escape sequences, overrides of the writing direction.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def safe(words: str) -> str:
    """The words with each control character shown as a replacement character."""
    return _CONTROL.sub("\ufffd", words)


def short(words: str, length: int = SHOWN) -> str:
    """The words on one line, cut at a space when they are long."""
    line = " ".join(safe(words).split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + " …"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, and its cell for a row."""

    head: str
    cell: Callable[[Any], object]
    ratio: int = 1
    style: str = ""


def show(rows: Sequence[Any], columns: Sequence[Column], form: str, empty: str) -> None:
    """Rows as a table for people, or as JSON, JSON lines or CSV with every field of the row."""
    if form == "table":
        _table(rows, columns, empty)
    elif form == "csv":
        _csv([asdict(row) for row in rows])
    else:
        show_dicts([asdict(row) for row in rows], form)


def show_dicts(rows: Iterable[dict[str, Any]], form: str) -> None:
    """Rows as JSON (one list) or JSON lines."""
    from testimonia.exchange import to_line

    lines = [to_line(row) for row in rows]
    if form == "jsonl":
        for line in lines:
            print(line)
    else:
        print("[" + ",\n ".join(lines) + "]")


def _csv(rows: Sequence[dict[str, Any]]) -> None:
    flat = [_flat(row) for row in rows]
    if flat:
        writer = csv.DictWriter(sys.stdout, list(flat[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(flat)


def _flat(row: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    from testimonia.exchange import to_line

    flat: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, dict):
            flat |= _flat(value, f"{prefix}{key}_")
        elif isinstance(value, tuple) and all(isinstance(v, str) for v in value):
            flat[prefix + key] = "; ".join(value)
        elif isinstance(value, tuple):
            flat[prefix + key] = to_line({"v": value})[5:-1]
        else:
            flat[prefix + key] = value
    return flat


def _table(rows: Sequence[Any], columns: Sequence[Column], empty: str) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    if not rows:
        console.print(Text(empty))
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=False)
    for column in columns:
        table.add_column(column.head, ratio=column.ratio, style=column.style, overflow="fold")
    table.expand = True
    for row in rows:
        cells = (column.cell(row) for column in columns)
        table.add_row(*(Text("" if cell is None else short(str(cell))) for cell in cells))
    console.print(table)


def say(words: str) -> None:
    """A line for people on standard output."""
    print(safe(words))


def warn(words: str) -> None:
    """A line for people on standard error."""
    print(safe(words), file=sys.stderr)
