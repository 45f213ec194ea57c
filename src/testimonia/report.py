"""The whole base as one self-contained HTML file."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from markupsafe import Markup

import testimonia
from testimonia.views.archive import Archive
from testimonia.views.compare import compare
from testimonia.views.picture import chronology_svg
from testimonia.web.edition import edition
from testimonia.web.links import ReportLinks
from testimonia.web.templating import environment, style


def write(archive: Archive, name: str, output: Path) -> None:
    """Writes the report to ``output``: whole or not at all. Raises ``OSError`` when it cannot be written."""
    documents = archive.documents()
    pages = [archive.page(row.document) for row in documents]
    links = ReportLinks({p.document: [x.start for x in p.passages] for p in pages})
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
            copies=[(row, *compare(row.a.words, row.b.words)) for row in archive.copies()],
            conflicts=[(row, *compare(row.a.words, row.b.words)) for row in archive.conflicts()],
        )
    )
    stream.enable_buffering(64)
    handle, part = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            file.writelines(stream)
        Path(part).chmod(0o644)
        Path(part).replace(output)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
