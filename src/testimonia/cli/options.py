"""Options that several commands have."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


BaseFile = Annotated[
    Path | None,
    typer.Option(
        "--base", metavar="FILE", help="The evidence base. [default: archive.db in this folder]", readable=False
    ),
]
As = Annotated[Format, typer.Option("--format", help="A table to read, or json, jsonl or csv for other programs.")]
Limit = Annotated[
    int | None,
    typer.Option("--limit", min=0, help="At most so many rows; 0: all. [default: 50 in a table, all elsewhere]"),
]
Offset = Annotated[int, typer.Option("--offset", min=0, help="Leave out so many rows at the beginning.")]
Jobs = Annotated[int | None, typer.Option("--jobs", min=1, help="Worker processes. [default: one for each processor]")]


def base_path(given: Path | None) -> Path:
    """The base that a command works on: the option, else what the settings say."""
    from testimonia import settings

    return settings.load({"base": given}).base
