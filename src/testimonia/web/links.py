"""Where a link leads: to a page of the web app, or to a place in a self-contained report."""

from __future__ import annotations

from collections.abc import Container
from typing import Protocol
from urllib.parse import quote, urlencode


class Links(Protocol):
    """Addresses of things; ``None`` where the medium has no page for it."""

    def document(self, document: str, start: int | None = None, end: int | None = None) -> str: ...
    def speaker(self, name: str) -> str | None: ...
    def actor(self, name: str) -> str | None: ...
    def day(self, earliest: str) -> str | None: ...
    def chronology(self, actor: str) -> str | None: ...
    def copy(self, copy: str) -> str | None: ...
    def conflict(self, conflict: str) -> str: ...
    def trace(self, words: str) -> str | None: ...


class WebLinks:
    """Addresses in the local web app."""

    def document(self, document: str, start: int | None = None, end: int | None = None) -> str:
        path = f"/documents/{quote(document, safe='')}"
        return path if start is None else f"{path}?at={start}-{end}#at"

    def speaker(self, name: str) -> str | None:
        return "/quotations?" + urlencode({"speaker": name})

    def actor(self, name: str) -> str | None:
        return "/actors?" + urlencode({"name": name})

    def day(self, earliest: str) -> str | None:
        return "/chronology?" + urlencode({"from": earliest, "to": earliest})

    def chronology(self, actor: str) -> str | None:
        return "/chronology?" + urlencode({"actor": actor})

    def copy(self, copy: str) -> str:
        return f"/copies/{quote(copy, safe='')}"

    def conflict(self, conflict: str) -> str:
        return f"/conflicts/{quote(conflict, safe='')}"

    def trace(self, words: str) -> str | None:
        return "/trace?" + urlencode({"words": " ".join(words.split())[:300]})


class ReportLinks:
    """Places in one HTML file. A span leads to the passage it begins in: ``starts`` are the passages' beginnings.

    ``copies`` are those that the report shows.
    """

    def __init__(self, starts: dict[str, list[int]], copies: Container[str]) -> None:
        self._starts = starts
        self._copies = copies

    def document(self, document: str, start: int | None = None, end: int | None = None) -> str:
        if start is None:
            return f"#{document}"
        first = max((s for s in self._starts.get(document, []) if s <= start), default=None)
        return f"#{document}" if first is None else f"#{document}-{first}"

    def speaker(self, name: str) -> str | None:
        return None

    def actor(self, name: str) -> str | None:
        return None

    def day(self, earliest: str) -> str | None:
        return None

    def chronology(self, actor: str) -> str | None:
        return None

    def copy(self, copy: str) -> str | None:
        return f"#copy-{copy}" if copy in self._copies else None

    def conflict(self, conflict: str) -> str:
        return f"#conflict-{conflict}"

    def trace(self, words: str) -> str | None:
        return None
