"""The local web app: its pages, each a question to the views and a template."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

import testimonia
from testimonia.errors import InputError, TestimoniaError
from testimonia.findings import ACTOR_KINDS, CONFLICT_KINDS, DATE_BASES, FACTUALITIES, QUOTATION_KINDS, SEVERITIES
from testimonia.views.archive import Archive
from testimonia.views.compare import compare
from testimonia.web.asked import AskedChronology
from testimonia.web.edition import edition
from testimonia.web.links import WebLinks
from testimonia.web.safety import Safety
from testimonia.web.templating import environment
from testimonia.web.timeline import Pictures, by_year, timeline

PAGE = 50  # rows on a page of a list
NAVIGATION = (
    ("/documents", "Documents"),
    ("/quotations", "Quotations"),
    ("/chronology", "Chronology"),
    ("/actors", "Actors"),
    ("/copies", "Copies"),
    ("/conflicts", "Conflicts"),
    ("/trace", "Trace"),
)
LINKS = WebLinks()


class Pages:
    """The pages of one archive."""

    def __init__(self, archive: Archive, name: str) -> None:
        self.archive = archive
        self.name = name
        self._pictures = Pictures()

    def routes(self) -> list[Route]:
        pages: tuple[tuple[str, Callable[[Request], Response]], ...] = (
            ("/", self.documents),
            ("/documents", self.documents),
            ("/documents/{id}", self.document),
            ("/search", self.search),
            ("/quotations", self.quotations),
            ("/chronology", self.chronology),
            ("/actors", self.actors),
            ("/copies", self.copies),
            ("/copies/{id}", self.copy),
            ("/conflicts", self.conflicts),
            ("/conflicts/{id}", self.conflict),
            ("/trace", self.trace),
        )
        return [Route(path, page, methods=["GET"]) for path, page in pages]

    def show(self, request: Request, template: str, heading: str, status: int = 200, **values: Any) -> HTMLResponse:
        path = request.url.path
        common = {
            "heading": heading,
            "navigation": NAVIGATION,
            "here": "/" + path.split("/")[1] if path != "/" else "/documents",
            "links": LINKS,
            "base_name": self.name,
            "version": testimonia.__version__,
            "q": None,
        }
        return HTMLResponse(environment().get_template(template).render({**common, **values}), status)

    def _list(self, request: Request, ask: Callable[..., Any], asked: Mapping[str, object]) -> dict[str, Any]:
        """One page of a list, and whether there are further rows."""
        page = _page(request)
        given = {k: v for k, v in asked.items() if v}
        rows = ask(**given, limit=PAGE + 1, offset=(page - 1) * PAGE)
        return {
            "rows": rows[:PAGE],
            "more": len(rows) > PAGE,
            "page": page,
            "asked": asked,
            "filtered": bool(given),
            "query": lambda number: urlencode({**dict(request.query_params), "page": number}),
        }

    def documents(self, request: Request) -> Response:
        listed = self._list(request, self.archive.documents, _asked(request, "category", "publisher", "author"))
        return self.show(request, "documents.html", "Documents", categories=self.archive.categories(), **listed)

    def document(self, request: Request) -> Response:
        page = self.archive.page(request.path_params["id"])
        at = _span(request.query_params.get("at"))
        heading = page.title or "Untitled document"
        asides = bool(request.query_params.get("asides"))
        shown = edition(page, LINKS, at, asides=asides)
        return self.show(request, "document.html", heading, page=page, edition=shown, asides=asides)

    def search(self, request: Request) -> Response:
        q = request.query_params.get("q", "").strip()
        listed = self._list(request, self.archive.search, {"words": q}) if q else {"rows": []}
        return self.show(request, "search.html", f"Passages with “{q}”" if q else "Search", **{**listed, "q": q})

    def quotations(self, request: Request) -> Response:
        asked = _asked(request, "speaker", "about", "kind", "document", "rests_on", "cited", "minimum_confidence")
        given: dict[str, object] = {**asked, "minimum_confidence": _number(asked["minimum_confidence"])}
        given |= {name: bool(request.query_params.get(name)) for name in ("broken", "doubtful")}
        listed = self._list(request, self.archive.quotations, given)
        return self.show(request, "quotations.html", "Quotations", kinds=QUOTATION_KINDS, **listed)

    def chronology(self, request: Request) -> Response:
        asked, page = AskedChronology(request.query_params), _page(request)
        found = self.archive.chronology(**asked.question, limit=PAGE, offset=(page - 1) * PAGE)
        return self.show(
            request,
            "chronology.html",
            "Chronology",
            asked=asked,
            found=found,
            years=by_year(found),
            timeline=timeline(found, LINKS, asked, self._pictures) if found.total else None,
            types=self.archive.event_types(),
            factualities=FACTUALITIES,
            bases=DATE_BASES,
            page=page,
            more=page * PAGE < found.total,
            first=(page - 1) * PAGE + 1,
        )

    def actors(self, request: Request) -> Response:
        listed = self._list(request, self.archive.actors, _asked(request, "name", "kind"))
        return self.show(request, "actors.html", "Actors", kinds=ACTOR_KINDS, **listed)

    def copies(self, request: Request) -> Response:
        listed = self._list(request, self.archive.copies, _asked(request, "document", "kind"))
        return self.show(request, "copies.html", "Copies", **listed)

    def copy(self, request: Request) -> Response:
        row = self.archive.copy(request.path_params["id"])
        left, right = compare(row.a.words, row.b.words)
        return self.show(request, "copy.html", "A copy, side by side", row=row, left=left, right=right)

    def conflicts(self, request: Request) -> Response:
        listed = self._list(request, self.archive.conflicts, _asked(request, "kind", "severity"))
        heading = "Where accounts differ"
        return self.show(request, "conflicts.html", heading, kinds=CONFLICT_KINDS, severities=SEVERITIES, **listed)

    def conflict(self, request: Request) -> Response:
        row = self.archive.conflict(request.path_params["id"])
        left, right = compare(row.a.words, row.b.words)
        return self.show(request, "conflict.html", row.about, row=row, left=left, right=right)

    def trace(self, request: Request) -> Response:
        words = request.query_params.get("words", "").strip()
        return self.show(request, "trace.html", "Trace", trace=self.archive.trace(words))

    def failed(self, request: Request, error: Exception) -> Response:
        """Any error, as a page with a sentence."""
        if isinstance(error, InputError):
            missing = bool(request.path_params)
            heading, status = ("Not found", 404) if missing else ("That cannot be answered", 400)
            return self.show(request, "error.html", heading, status, words=str(error))
        if isinstance(error, TestimoniaError):
            return self.show(request, "error.html", "That did not work", 500, words=str(error))
        words = "There is no page of this address. The links above lead to those there are."
        return self.show(request, "error.html", "Not found", 404, words=words)


def application(archive: Archive, name: str) -> Starlette:
    """The ASGI app of an open archive; ``name`` is shown as the base's name."""
    pages = Pages(archive, name)
    static = Mount("/static", StaticFiles(packages=[("testimonia.web", "static")]))
    return Starlette(
        routes=[*pages.routes(), static],
        middleware=[Middleware(Safety)],
        exception_handlers={404: pages.failed, TestimoniaError: pages.failed},
    )


def serve(base_path: Path, port: int, ready: Callable[[], None]) -> None:
    """Serves the base on the loopback interface until it is interrupted; calls ``ready`` when the base is open.

    Raises ``BaseError`` for a base that cannot be opened and ``InputError`` for a port that is taken.
    """
    import uvicorn

    with Archive.open(base_path) as archive:
        try:
            listener = socket.create_server(("127.0.0.1", port))
        except OSError as error:
            reason = os.strerror(error.errno or 0).lower()
            raise InputError(f"port {port} cannot be used: {reason}", hint="Choose another: --port N") from None
        ready()
        config = uvicorn.Config(application(archive, Path(base_path).name), log_level="warning")
        uvicorn.Server(config).run(sockets=[listener])


def _asked(request: Request, *names: str) -> dict[str, str | None]:
    return {name: request.query_params.get(name, "").strip() or None for name in names}


def _number(value: str | None) -> float | None:
    """What was typed as a number; raises ``InputError`` for what is none."""
    try:
        return None if value is None else float(value)
    except ValueError:
        raise InputError(f"{value!r} is no number", hint="Give a number between 0 and 1.") from None


def _page(request: Request) -> int:
    value = request.query_params.get("page", "1")
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 8 else 1


def _span(value: str | None) -> tuple[int, int] | None:
    start, _, end = (value or "").partition("-")
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
        return None
    return int(start[:12]), int(end[:12])
