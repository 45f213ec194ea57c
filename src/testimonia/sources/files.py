"""Files and folders: which are read, and which are refused and why."""

from __future__ import annotations

import os
import stat
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

from testimonia.errors import Refused
from testimonia.sources.decode import decode, looks_like_text
from testimonia.text import Source

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    "": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
}
_HEAD = 4096  # bytes read to tell whether a file is a text
_HTML_OPENS = ("<!doctype html", "<html")


def shown(path: Path) -> str:
    """The path as text that can be stored and printed: bytes of a name that are no UTF-8 become ``\\xNN``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def read_source(path: Path, limit: int) -> Source:
    """The file at ``path``, decoded; at most ``limit`` bytes.

    Raises ``Refused`` for what cannot be opened, is no regular file, is larger, or is no text.
    """
    where = shown(path)
    content = _content(path, limit)
    media_type = MEDIA_TYPES.get(path.suffix.lower(), "text/plain")
    encoding, text = decode(content, where, html=media_type == "text/html")
    if text.lstrip("\ufeff \t\r\n")[:20].lower().startswith(_HTML_OPENS):
        media_type = "text/html"
        encoding, text = decode(content, where, html=True)
    return Source(Source.digest(content), where, content, encoding, text, media_type)


def _content(path: Path, limit: int) -> bytes:
    where = shown(path)
    try:
        _refuse_special(path.stat().st_mode, where)
        with path.open("rb") as file:
            content = file.read(limit + 1)
            size = os.fstat(file.fileno()).st_size
    except (OSError, ValueError) as error:
        raise Refused(_reason(error), where, "Check the path and the permissions.") from None
    if len(content) > limit:
        what = f"the file has {size:,} bytes, more than the limit of {limit:,}"
        raise Refused(what, where, "Raise the limit with --max-size or cut the file into parts.")
    return content


def _reason(error: OSError | ValueError, kind: str = "file") -> str:
    if isinstance(error, FileNotFoundError):
        return f"there is no such {kind}"
    if isinstance(error, PermissionError):
        return f"the {kind} may not be read"
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"the {kind} cannot be read ({words})"


def _refuse_special(mode: int, where: str) -> None:
    if stat.S_ISDIR(mode):
        raise Refused("this is a folder, not a file", where, "Give the folder itself to read all files in it.")
    if not stat.S_ISREG(mode):
        raise Refused("this is a device, pipe or socket, not a file", where, "Save its content to a file first.")


def walk(paths: Iterable[Path]) -> Iterator[Path | Refused]:
    """The files to read, folders recursively and in the order of their names; a ``Refused`` for each that is not read.

    Hidden files and folders are passed over in silence. No folder is entered twice, so a loop of links ends. A file
    that is named itself is read whatever its suffix, if it looks like a text.
    """
    entered: set[tuple[int, int]] = set()
    for path in paths:
        if os.path.isdir(path):
            yield from _folder(path, entered)
        else:
            yield _judged(path, named=True)


def _folder(top: Path, entered: set[tuple[int, int]]) -> Iterator[Path | Refused]:
    waiting, links = [top], deque[Path]()  # links come last, so that a folder is read under its own name
    while waiting or links:
        path = waiting.pop() if waiting else links.popleft()
        if not os.path.isdir(path):
            yield _judged(path, named=False)
            continue
        try:
            state = path.stat()
            if (state.st_dev, state.st_ino) in entered:
                continue
            entered.add((state.st_dev, state.st_ino))
            names = sorted(name for name in os.listdir(path) if not name.startswith("."))
        except OSError as error:
            yield Refused(_reason(error, "folder"), shown(path), "Check the permissions.")
            continue
        inside = [path / name for name in names]
        links.extend(p for p in inside if p.is_symlink() and os.path.isdir(p))
        waiting.extend(p for p in reversed(inside) if not (p.is_symlink() and os.path.isdir(p)))


def _judged(path: Path, named: bool) -> Path | Refused:
    where = shown(path)
    try:
        _refuse_special(path.stat().st_mode, where)
        known = path.suffix.lower() in MEDIA_TYPES
        if known and path.suffix:
            return path
        if not known and not named:
            return Refused(f"files of the kind {shown(Path(path.suffix))} are not read", where, _KINDS)
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except Refused as refused:
        return refused
    except (OSError, ValueError) as error:
        return Refused(_reason(error), where, "Check the path and the permissions.")
    return path if looks_like_text(head) else Refused("this does not look like a text", where, _KINDS)


_KINDS = "Kinds that are read: plain text (.txt, .text, no suffix), HTML (.html, .htm, .xhtml), Markdown (.md)."
