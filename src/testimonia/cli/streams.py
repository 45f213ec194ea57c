"""Commands without a base, that speak JSON lines: the exchange format."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from testimonia.cli.options import Jobs
from testimonia.cli.safe import complain, write
from testimonia.errors import InputError, Refused

if TYPE_CHECKING:
    from testimonia.settings import Settings
    from testimonia.text import Document, Source

DocumentsFile = Annotated[
    Path | None,
    typer.Option("--documents", metavar="FILE.jsonl", help='Documents, a JSON object a line; "-": standard input.'),
]
_STDIN = Path("-")


def analyse(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE]...", help="Texts; none: standard input.", show_default=False, readable=False
        ),  # one that may not be read is refused, and the rest goes on
    ] = None,
    documents: DocumentsFile = None,
    only: Annotated[
        str | None,
        typer.Option(
            metavar="KINDS",
            help="Only these: quotations, times, actors, offices, relations, events, figures; with commas between.",
        ),
    ] = None,
    jobs: Jobs = None,
) -> None:
    """Texts in, findings out as JSON lines, without a base.

    A plain text is one document. With --documents every line is one, {"id": …, "text": …, "date": …}; answers come in
    the same order. Offsets count characters of "text".

    \b
    Example:
      testimonia analyse --documents docs.jsonl --only quotations,times > findings.jsonl
      testimonia analyse letter.txt
    """
    from testimonia import exchange, settings

    kinds = exchange.only(only)
    settings_in_force = settings.load({"jobs": jobs})
    if documents is not None:
        if files:
            raise InputError("give either files or --documents, not both")
        seen: set[str] = set()
        try:
            _print_lines(partial(_line_to_findings, kinds), _noting(_lines(documents), seen), settings_in_force)
        finally:
            _say_languages(seen)
        return
    limit = settings_in_force.limit
    items = [path if path != _STDIN else _source(path, limit) for path in files or [_STDIN]]
    _print_lines(partial(_file_to_findings, kinds, limit), items, settings_in_force)


def split(
    file: Annotated[Path, typer.Argument(metavar="FILE", help='A file; "-": standard input.', readable=False)],
) -> None:
    """Find the documents that run together in a file.

    They come out as JSON lines, ready for `analyse` and `copies`.

    \b
    Example:
      testimonia split category-page.txt > docs.jsonl
    """
    from testimonia import exchange, settings
    from testimonia.sources import documents_of

    for document in documents_of(_source(file, settings.load().limit)):
        write(exchange.to_line(exchange.document_to_row(document)))


def copies_among(file: Path) -> None:
    """Prints the copies among the documents of a file of JSON lines."""
    from testimonia import exchange
    from testimonia.analysers import copies

    held = [exchange.document_from_line(line, number) for number, line in _lines(file)]
    seen: dict[str, int] = {}
    for number, document in enumerate(held, 1):
        if seen.setdefault(document.id, number) != number:
            raise InputError(f"two documents have the id {document.id!r}", str(file), "Give each its own.")
    for copy in copies.find(held):
        write(exchange.to_line(exchange.copy_to_row(copy)))


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, numbered from 1."""
    with nullcontext(sys.stdin.buffer) if file == _STDIN else file.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if line.strip(b"\xef\xbb\xbf \t\r\n"):
                yield number, line.removeprefix(b"\xef\xbb\xbf")


def _noting(lines: Iterable[tuple[int, bytes]], seen: set[str]) -> Iterator[tuple[int, bytes]]:
    """The lines, and in ``seen`` the languages they name."""
    from testimonia import exchange

    for number, line in lines:
        code = exchange.language_of_line(line) if b'"language"' in line else None
        seen.update([code] if code else [])
        yield number, line


def _say_languages(seen: set[str]) -> None:
    """What was read with rules of another language is said once."""
    from testimonia import language

    for said in filter(None, map(language.coverage, sorted(seen))):
        complain(said)


def _print_lines(function: Callable[[Any], bytes], items: Iterable[Any], settings: Settings) -> None:
    """Runs the function in worker processes and prints its lines in order; exits with 1 if one was refused."""
    from testimonia.cli.progress import counting
    from testimonia.engines.local import Local

    refused = 0
    engine = Local(settings.jobs, settings.timeout, settings.memory)
    with counting("documents") as count, closing(engine.map(function, items)) as done:
        for item, result in done:
            count()
            if isinstance(result, Refused):
                refused += 1
                where = result.where or (f"line {item[0]}" if isinstance(item, tuple) else str(item))
                complain(f"Refused: {Refused(result.what, where, result.hint)}")
            else:
                write(result)
    if refused:
        raise typer.Exit(1)


def _line_to_findings(kinds: frozenset[str], item: tuple[int, bytes]) -> bytes:
    """In a worker."""
    from testimonia import exchange

    try:
        document = exchange.document_from_line(item[1], item[0])
    except InputError as error:
        raise Refused(error.what, error.where, error.hint) from None
    return _findings(kinds, document)


def _file_to_findings(kinds: frozenset[str], limit: int, item: Path | Source) -> bytes:
    """In a worker. A plain text is one document even where several run together in it."""
    from testimonia.sources import documents_of
    from testimonia.text import Document, OffsetMap, document_id, passages_of

    source = _source(item, limit) if isinstance(item, Path) else item
    parts = documents_of(source)
    if len(parts) == 1:
        return _findings(kinds, parts[0])
    text = source.text
    id, length = document_id(source.id, 0, len(text), text), len(text)
    whole = Document(id, text, passages_of(text), end=length, offsets=OffsetMap.verbatim(length))
    return _findings(kinds, whole)


def _source(file: Path, limit: int) -> Source:
    """A file, or standard input, decoded."""
    from testimonia.sources import read_source
    from testimonia.sources.decode import decode
    from testimonia.text import Source

    if file != _STDIN:
        return read_source(file, limit)
    content = sys.stdin.buffer.read(limit + 1)
    if len(content) > limit:
        raise Refused(f"it has more than {limit:,} bytes", "standard input", "Raise the setting max_size.")
    encoding, text = decode(content, "standard input")
    return Source(Source.digest(content), "-", content, encoding, text, "text/plain")


def _findings(kinds: frozenset[str], document: Document) -> bytes:
    from testimonia import exchange, pipeline

    return exchange.to_line(exchange.findings_to_row(document.id, pipeline.analyse(document, kinds), kinds))
