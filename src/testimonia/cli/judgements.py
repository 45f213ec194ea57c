"""Commands by which a person decides."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from testimonia.cli.options import BaseFile, base_path
from testimonia.cli.safe import one_line, say
from testimonia.errors import InputError

_HINT = "testimonia date DOCUMENT DATE, or testimonia date DOCUMENT --forget; without a document: all that were given."


def date(
    document: Annotated[
        str | None, typer.Argument(metavar="DOCUMENT", help="Its identifier, as `testimonia documents` shows it.")
    ] = None,
    day: Annotated[str | None, typer.Argument(metavar="DATE", help="A day: 1921-05-04 or “4 May 1921”.")] = None,
    forget: Annotated[bool, typer.Option("--forget", help="Take back the date that was given.")] = False,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who says so. [default: your login name]")] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why; it is kept with the date.")] = None,
    base: BaseFile = None,
) -> None:
    """Say on what day a document was written, where its source does not, or is wrong.

    The document is analysed anew: “yesterday” and “last March” get their dates, reports date what they tell, and
    conflicts are sought anew. What you say is kept apart from what the program found, with your name, and holds when
    the archive is read again. Without a document, the dates that persons gave are listed.

    \b
    Example:
      testimonia date d3a51 1921-05-04 --by "A. Kessler" --reason "postmark"
    """
    path = base_path(base)
    if document is None and day is None and not forget:
        _list(path)
    elif document is None or (day is None) != forget:
        raise InputError("a document wants either a date or --forget", "date", _HINT)
    else:
        _decide(path, document, day, by, reason)


def _decide(path: Path, document: str, day: str | None, by: str | None, reason: str | None) -> None:
    from testimonia import reading, settings
    from testimonia.cli import progress

    name = (settings.person() if by is None else by).strip()
    if day is not None and not name:
        raise InputError("it is not known who says so", "--by", "Give a name: --by “A. Kessler”.")
    given = reading.GivenDate(day, name, reason) if day is not None else None
    with progress.reading() as show:
        done = reading.date_document(path, document, settings.load(), given, show)
    title = one_line(done.title or "untitled", 60)
    if day is not None:
        said = f"dated {done.after} by {one_line(name, 60)} (before: {done.before or 'no date'})"
    else:
        said = f"dated {done.after} again, as its source states" if done.after else "without a date again"
    say(f"{document} ({title}): {said}. It was analysed anew.")
    if done.linked:
        say("Copies and conflicts were sought anew.")


def _list(path: Path) -> None:
    from testimonia.base import open_base
    from testimonia.base.judgements import DOCUMENT_DATE, of_kind

    with open_base(path) as opened, opened.connect() as c:
        given = list(of_kind(c, DOCUMENT_DATE).values())
    for j in given:
        why = f": {one_line(j.reason, 120)}" if j.reason else ""
        gone = "" if j.known else " (its document is no longer in the base)"
        say(f"{j.document}  {j.value}  by {one_line(j.by, 60)}, {j.at[:10]}{why}{gone}")
    if not given:
        say("Nobody gave a document a date. `testimonia date DOCUMENT DATE` does.")
