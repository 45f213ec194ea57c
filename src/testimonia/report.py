"""The whole base as one self-contained HTML file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from markupsafe import Markup

import testimonia
from testimonia.errors import InputError
from testimonia.views.archive import Archive
from testimonia.views.compare import compare
from testimonia.views.picture import chronology_svg
from testimonia.web.edition import edition
from testimonia.web.links import ReportLinks
from testimonia.web.templating import environment, style

COPIES = 500  # copies set side by side; the longest come first


def write(archive: Archive, name: str, output: Path) -> None:
    """Writes the report to ``output``: whole or not at all.

    Raises ``InputError`` for a place where no report can be written.
    """
    target = _target(archive, output)
    documents = archive.documents()
    copies = archive.copies(limit=COPIES)
    further = archive.counts()["copy"] - len(copies)
    pages = [archive.page(row.document) for row in documents]
    links = ReportLinks({p.document: [x.start for x in p.passages] for p in pages}, {row.id for row in copies})
    events = archive.chronology()
    svg = chronology_svg(events, lambda e: links.document(e.document, e.start, e.end))
    stream = (
        environment()
        .get_template("report.html")
        .stream(
            heading=name,
            version=testimonia.__version__,
            style=Markup(style()),
            links=links,
            documents=documents,
            editions=((page, edition(page, links)) for page in pages),
            quotations=archive.quotations(),
            events=events,
            picture=Markup(svg) if svg else None,
            actors=archive.actors(),
            copies=[(row, *compare(row.a.words, row.b.words)) for row in copies],
            further_copies=further,
            conflicts=[(row, *compare(row.a.words, row.b.words)) for row in archive.conflicts()],
        )
    )
    stream.enable_buffering(64)
    try:
        _replace(target, stream)
    except OSError as error:
        hint = "Check that the folder may be written to and has room."
        raise InputError(f"the report cannot be written ({error.strerror})", str(output), hint) from None


def _replace(target: Path, pieces: Iterable[str]) -> None:
    handle, part = tempfile.mkstemp(dir=target.parent, prefix=".report.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            file.writelines(pieces)
        Path(part).chmod(0o644)
        Path(part).replace(target)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def _target(archive: Archive, output: Path) -> Path:
    """The file to write, links followed: never a device, nor an evidence base."""
    target = output.resolve()
    hint = "Name another file with --output."
    if not target.parent.is_dir():
        raise InputError("there is no such folder", str(target.parent), "Make it first, or name another file.")
    if target.exists() and not target.is_file():
        raise InputError("this is no file that a report can be written to", str(output), hint)
    if target == archive.base.path.resolve() or (target.exists() and _is_base(target)):
        raise InputError("this is an evidence base; the report does not overwrite it", str(output), hint)
    return target


def _is_base(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(15) == b"SQLite format 3"
