"""The whole base as one self-contained HTML file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

import testimonia
from testimonia import intervals
from testimonia.views import picture
from testimonia.views.archive import Archive
from testimonia.views.compare import compare
from testimonia.views.drawing import Box
from testimonia.views.rows import EventRow
from testimonia.views.written import replace_with, target
from testimonia.web.edition import edition
from testimonia.web.links import ReportLinks
from testimonia.web.templating import environment, style
from testimonia.web.timeline import by_year, svgs

COPIES = 500  # copies set side by side; the longest come first


def write(archive: Archive, name: str, output: Path) -> None:
    """Writes the report to ``output``: whole or not at all.

    Raises ``InputError`` for a place where no report can be written.
    """
    place = target(output, archive.base.path, "the report")
    documents = archive.documents()
    copies = archive.copies(limit=COPIES)
    further = archive.counts()["copy"] - len(copies)
    pages = [archive.page(row.document) for row in documents]
    links = ReportLinks({p.document: [x.start for x in p.passages] for p in pages}, {row.id for row in copies})
    events = archive.chronology(factuality="all")
    years = [(year, f"year-{number}", rows) for number, (year, rows) in enumerate(by_year(events))]
    made = picture.drawn(events)
    wide, slim = svgs(events, made, _leading(links, years)) if made else (None, None)
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
            years=years,
            wide=wide,
            slim=slim,
            caption=picture.caption(made) if made else "",
            actors=archive.actors(),
            copies=[(row, *compare(row.a.words, row.b.words)) for row in copies],
            further_copies=further,
            conflicts=[(row, *compare(row.a.words, row.b.words)) for row in archive.conflicts()],
        )
    )
    stream.enable_buffering(64)
    replace_with(place, (piece.encode("utf-8", "replace") for piece in stream), output)


def _leading(links: ReportLinks, years: Sequence[tuple[str, str, list[EventRow]]]) -> picture.Href:
    """A mark leads to its passage, a column to the year in which its stretch begins, or the next one in the list."""
    dated = [(year, name) for _, name, rows in years if (year := _year(rows[0])) is not None]

    def href(box: Box) -> str | None:
        if box.event:
            return links.document(box.event.document, box.event.start, box.event.end)
        if box.part is None or not dated:
            return None
        at = bisect_left(dated, (intervals.civil(box.part.first)[0], ""))
        return f"#{dated[min(at, len(dated) - 1)][1]}"

    return href


def _year(row: EventRow) -> int | None:
    day = row.earliest or row.latest
    return int(day[: -len("-MM-DD")]) if day else None
