"""The chronology on a terminal, for other programs, and as a picture."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from testimonia.cli.options import As, BaseFile, Format, Limit, Offset, base_path
from testimonia.cli.questions import InDocument, none_found, opened
from testimonia.cli.safe import complain, in_line, one_line, safe, say

if TYPE_CHECKING:
    from testimonia.views.chronology import Chronology
    from testimonia.views.rows import EventRow

_Text = str | None
_Many = list[str] | None
_WHEN = 20  # columns of the date
_MANY = {"possibility": "possibilities"}

First = Annotated[
    _Text,
    typer.Option("--from", metavar="DATE", help='From this date on: 1918, 1918-11-06, 192X, -0489, or "spring 1921".'),
]
Last = Annotated[_Text, typer.Option("--to", metavar="DATE", help="Up to this date, which is included.")]


def chronology(
    first: First = None,
    last: Last = None,
    actor: Annotated[_Text, typer.Option(help="With this person, body or place; a part of the name will do.")] = None,
    type: Annotated[
        _Many,
        typer.Option("--type", help="Only of this type (arrest, office, ...); with commas, or given several times."),
    ] = None,
    document: InDocument = None,
    voice: Annotated[
        _Text,
        typer.Option(help='In whose words: "text" for its own, "quoted" for any speaker, or a part of a name.'),
    ] = None,
    factuality: Annotated[
        _Many, typer.Option("--factuality", help="fact, plan, denial, possibility, or all. [default: fact]")
    ] = None,
    basis: Annotated[
        _Many, typer.Option("--basis", help="Whence the date: stated (in the sentence), narrative, or document.")
    ] = None,
    within: Annotated[bool, typer.Option("--within", help="Only what surely lies within the dates.")] = False,
    unfold: Annotated[bool, typer.Option("--unfold", help="Every passage by itself.")] = False,
    picture: Annotated[
        Path | None, typer.Option("--picture", metavar="FILE", help="Draw it to this file instead, .svg or .png.")
    ] = None,
    base: BaseFile = None,
    form: As = Format.table,
    limit: Limit = None,
    offset: Offset = 0,
) -> None:
    """List what happened, in the order of time.

    A date known to the month or year stands before the days in it; --from and --to find what may lie between them.
    What has no place in time, as a day without its year, comes last with the reason.

    Shown is what the texts tell as facts, in their own voice or a speaker's. Plans, denials and possibilities are
    counted below the table, and shown with --factuality.

    Passages that tell the same event stand in one row; json, jsonl and csv hold them all, --unfold lists them. The same
    it is where an account of one matter says so, or where both state the same day, type and a name.

    \b
    Example:
      testimonia chronology --from 1911-08 --to 1912 --actor "Harbour Board"
      testimonia chronology --type arrest --type trial --voice text
      testimonia chronology --picture chronology.svg
    """
    asked: dict[str, Any] = {"from_": first, "to": last, "actor": actor, "type": type or None, "document": document}
    asked |= {"voice": voice, "factuality": factuality or None, "basis": basis or None}
    named = {k.strip("_"): ", ".join(v) if isinstance(v, list) else v for k, v in asked.items()}
    none = none_found("events", "`testimonia chronology` lists all events.", **named)
    asked |= {"within": within or None, "unfold": unfold or None}
    given = {k: v for k, v in asked.items() if v is not None}
    with opened(base) as archive:
        if picture is not None:
            _draw(archive.chronology(**given, limit=0), picture, base_path(base))
            return
        rows = (50 if form is Format.table else None) if limit is None else limit or None
        found = archive.chronology(**given, limit=rows, offset=offset)
    if form is not Format.table:
        _other(found, form)
    elif found:
        _table(found)
        _foot(found, offset)
    else:
        say(none if not offset or not found.total else "There are no further rows.")
        if found.hull and not found.total:
            say(f"With the other filters there are events {found.hull.between}.")
        _left_out(found, say)


def _draw(found: Chronology, output: Path, base: Path) -> None:
    from testimonia.views.picture import write

    write(found, output, base)
    say(f"{in_line(str(output))}: {_count(found.total, 'event')}, {output.stat().st_size:,} bytes.")


def _other(found: Chronology, form: Format) -> None:
    from testimonia.cli.layouts import EVENTS
    from testimonia.cli.show import show

    show(lambda limit, offset: found, EVENTS, form, (0, 0), "")
    _left_out(found, complain)


# ---------------------------------------------------------------- the table


def _table(found: Chronology) -> None:
    """Dates on the left, under their years; on the right what is told, of whom, by whom and where."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from testimonia.cli.show import console
    from testimonia.views.dates import heading

    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0), leading=1)
    table.add_column("When", width=_WHEN, overflow="fold")
    table.add_column("What is told, and where", overflow="fold")
    for year, rows in groupby(found, key=lambda r: heading(r.earliest, r.latest)):
        above = Text(year or "No place in time", style="bold")
        for row in rows:
            when = _short(row, year)
            date = Text(safe(when)) if not above else above if when == year else Text.assemble(above, "\n", safe(when))
            table.add_row(date, Text(safe("\n".join(_told(row)))))
            above = Text()
    console().print(table)


def _short(row: EventRow, year: str) -> str:
    """The date without the year that stands above it."""
    whole = row.until is None and "/" not in row.when and row.dated.endswith(f" {year}")
    short = row.dated.removesuffix(f" {year}") if whole and len(row.when) in (7, 10) else row.dated
    kind = [f"({row.factuality})"] if row.factuality != "fact" else []
    return "\n".join([short, *(f"≠ {other}" for other in row.otherwise), *kind])


def _told(row: EventRow) -> list[str]:
    kinds = [row.type.replace("-", " ") if row.type != "other" else "", *_parts(row)]
    lines = [one_line(row.words), one_line(" · ".join(x for x in kinds if x), 400)]
    if row.doubt:
        lines.append(one_line(f"In doubt: {row.doubt}"))
    if row.tellings:
        lines.append(one_line(_together(row), 400))
    lines.append(f"{one_line(row.title or 'untitled', 50)}, {row.document} {row.start}–{row.end}")
    return [line for line in lines if line]


def _parts(row: EventRow) -> list[str]:
    from testimonia.views.dates import DATED_BY

    return [
        f"with {', '.join(row.who[:6])}{', …' if len(row.who) > 6 else ''}" if row.who else "",
        f"in {', '.join(row.where[:4])}" if row.where else "",
        f"as told by {row.voice}" if row.voice else "",
        DATED_BY.get(row.basis, ""),
    ]


def _together(row: EventRow) -> str:
    """How often it is told, and how else it is dated."""
    other = dict.fromkeys(x.dated for x in row.tellings if x.dated != row.dated)
    told = f"Told in {_count(row.passages, 'passage')} of {_count(row.documents, 'document')}"
    return f"{told}, also as {', '.join(other)}" if other else told


def _foot(found: Chronology, offset: int) -> None:
    told = f"told in {_count(found.passages, 'passage')} of {_count(found.documents, 'document')}"
    if len(found) == found.total:
        say(f"{_count(found.total, 'event')}, {told}.")
    else:
        say(f"Events {offset + 1:,} to {offset + len(found):,} of {found.total:,}, {told}: --limit 0 shows all.")
    if found.surely < found.total:
        say(f"{found.surely:,} of them surely lie within the dates: --within shows only those.")
    _left_out(found, say)


def _left_out(found: Chronology, tell: Any) -> None:
    if found.left_out:
        kinds = ", ".join(_count(n, kind) for kind, n in found.left_out.items())
        tell(f"Not shown: {kinds}. --factuality all shows them.")
    if found.undated:
        tell(f"Not shown: {_count(found.undated, 'event')} without a year; without --from and --to they stand last.")


def _count(number: int, name: str) -> str:
    return f"{number:,} {name if number == 1 else _MANY.get(name, name + 's')}"
