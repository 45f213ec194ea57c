"""Commands that build a base, show it, and check it."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from testimonia.cli.options import BaseFile, Jobs, base_path
from testimonia.cli.safe import complain, one_line, say

if TYPE_CHECKING:
    from testimonia.reading import ReadReport


def demo(
    base: Annotated[Path, typer.Option("--base", metavar="FILE", help="Where the evidence base is made.")] = Path(
        "demo.db"
    ),
    jobs: Jobs = None,
) -> None:
    """Read the sample archive and say what was found.

    It comes with Testimonia: an invented affair, told by those who were there and by others.

    \b
    Example:
      testimonia demo
    """
    from testimonia import sample
    from testimonia.views.archive import Archive

    folder = sample.folder()
    say(f"The sample archive: {folder}")
    report = _read([folder], base, {"jobs": jobs})
    with Archive.open(base) as archive:
        conflicts = archive.conflicts(limit=3)
    if conflicts:
        say("\nThe first of the places where its accounts differ:")
    for row in conflicts:
        say(f"  {one_line(row.about, 70)} ({row.severity}, {row.kind})")
        for side in (row.a, row.b):
            say(f"    {one_line(side.title or 'untitled', 50)}: {one_line(side.words, 90)}")
    say("\nLook at it:")
    for command in ("serve", "conflicts", "quotations", "chronology", "report --output demo-report.html"):
        say(f"  testimonia {command} --base {base}")
    if report.refused:
        raise typer.Exit(1)


def read(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Files, and folders of any depth.", readable=False)
    ],
    base: BaseFile = None,
    jobs: Jobs = None,
    max_size: Annotated[float | None, typer.Option(help="Refuse larger files, in MB. [default: 32]")] = None,
    timeout: Annotated[float | None, typer.Option(help="Seconds for one document. [default: 120]")] = None,
) -> None:
    """Read files and folders into a base, and analyse them.

    Plain text, HTML and Markdown. Nothing is read twice. What cannot be read is named with its reason, and the rest
    goes on; after an interruption the same command goes on where it stopped. The exit status is 1 if anything was
    refused.

    \b
    Example:
      testimonia read my-archive/ --base archive.db
    """
    if _read(paths, base_path(base), {"jobs": jobs, "max_size": max_size, "timeout": timeout}).refused:
        raise typer.Exit(1)


def _read(paths: list[Path], base: Path, given: dict[str, object]) -> ReadReport:
    from testimonia import reading, settings
    from testimonia.cli import progress

    with progress.reading() as show:
        report = reading.read(paths, base, settings.load(given), show)
    counts = report.counts
    say(
        f"{_count(counts.files, 'file')}: {counts.read:,} read, {counts.same:,} in the base already, "
        f"{counts.refused:,} refused. {_count(counts.documents, 'document')} analysed"
        f"{f', {counts.removed:,} removed' if counts.removed else ''}."
    )
    say(f"{_contents(base)}: {base}")
    return report


def _contents(base: Path) -> str:
    """What the base holds, in one line."""
    from testimonia.views.archive import Archive

    with Archive.open(base) as archive:
        numbers = archive.counts()
    return ", ".join(_count(number, name) for name, number in numbers.items())


def _count(number: int, name: str) -> str:
    many = {"copy": "copies"}.get(name, name + "s")
    return f"{number:,} {name if number == 1 else many}"


def serve(
    base: BaseFile = None,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on this machine.")] = 8765,
) -> None:
    """Open the base in the browser: read, search, compare.

    Only this machine can reach it.

    \b
    Example:
      testimonia serve --base archive.db
    """
    from testimonia.web.app import serve as run

    path = base_path(base)
    with contextlib.suppress(KeyboardInterrupt):  # how a person ends it
        run(path, port, lambda: say(f"{path}: http://127.0.0.1:{port}/ in the browser; Ctrl-C ends it."))


def report(
    output: Annotated[Path, typer.Option("--output", metavar="FILE.html", help="The file to write.")],
    base: BaseFile = None,
) -> None:
    """Write the whole base as one HTML file that needs nothing else.

    \b
    Example:
      testimonia report --base archive.db --output report.html
    """
    from testimonia.report import write
    from testimonia.views.archive import Archive

    path = base_path(base)
    with Archive.open(path) as archive:
        write(archive, path.name, output)
    say(f"{output}: {output.stat().st_size:,} bytes.")


def verify(base: BaseFile = None) -> None:
    """Check that every finding leads to its words.

    Every text is compared with the bytes it was read from, and every span with its text. The exit status is 1 if
    anything does not hold.

    \b
    Example:
      testimonia verify --base archive.db
    """
    from testimonia.base import open_base
    from testimonia.base import verify as check

    path = base_path(base)
    with open_base(path) as opened:
        outcome = check(opened)
    say(", ".join(f"{number:,} {name}" for name, number in outcome.checked.items()) + " checked.")
    for problem in outcome.problems:
        say(f"  {problem}")
    if outcome.holds:
        say(f"{path}: everything holds.")
        return
    complain(f"{path}: {_count(outcome.failed, 'thing')} in it {'does' if outcome.failed == 1 else 'do'} not hold.")
    raise typer.Exit(1)
