"""Commands that put a question to a base."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from testimonia.cli.options import As, BaseFile, Format, Limit, Offset, base_path
from testimonia.cli.safe import one_line
from testimonia.cli.streams import DocumentsFile, copies_among
from testimonia.errors import InputError

if TYPE_CHECKING:
    from testimonia.views.archive import Archive

_Text = str | None
First = Annotated[_Text, typer.Option("--from", metavar="DATE", help="From this day, month or year on: 1918-11.")]
Last = Annotated[_Text, typer.Option("--to", metavar="DATE", help="Up to this day, month or year: 1921.")]
InDocument = Annotated[_Text, typer.Option(metavar="ID", help="Only in the document of this identifier.")]


@contextmanager
def opened(base: Path | None) -> Iterator[Archive]:
    from testimonia.views.archive import Archive

    with Archive.open(base_path(base)) as archive:
        yield archive


def _show(
    base: Path | None, method: str, asked: dict[str, Any], form: Format, page: tuple[int | None, int], none: str
) -> None:
    """Puts the question ``method`` of the archive and prints the rows."""
    from testimonia.cli import layouts
    from testimonia.cli.show import show

    layout = {
        "documents": layouts.DOCUMENTS,
        "search": layouts.PASSAGES,
        "quotations": layouts.QUOTATIONS,
        "actors": layouts.ACTORS,
        "copies": layouts.COPIES,
        "conflicts": layouts.CONFLICTS,
    }[method]
    with opened(base) as archive:
        ask: Callable[..., Any] = getattr(archive, method)

        def put(**page: int | None) -> Any:
            return ask(**{k: v for k, v in asked.items() if v is not None}, **page)

        show(put, layout, form, page, none)


def _named(**filters: object) -> str:
    """What was asked, for the sentence that nothing was found."""
    return " and ".join(f"{name} “{one_line(str(value), 120)}”" for name, value in filters.items() if value is not None)


def none_found(what: str, hint: str, **filters: object) -> str:
    asked = _named(**filters)
    if asked:
        return f"No {what} with {asked}. {hint}"
    return f"There are no {what} in this base. `testimonia read FOLDER` reads an archive into it."


def documents(
    category: Annotated[_Text, typer.Option(help="Filed under this category, tag or series.")] = None,
    publisher: Annotated[_Text, typer.Option(help="Published by; a part of the name will do.")] = None,
    author: Annotated[_Text, typer.Option(help="With this name in the byline.")] = None,
    title: Annotated[_Text, typer.Option(help="With these words in the title.")] = None,
    first: First = None,
    last: Last = None,
    base: BaseFile = None,
    form: As = Format.table,
    limit: Limit = None,
    offset: Offset = 0,
) -> None:
    """List the documents, and where they were read from.

    \b
    Example:
      testimonia documents --publisher Courier --from 1911 --to 1912
    """
    asked = {"category": category, "publisher": publisher, "author": author, "title": title, "from_": first, "to": last}
    none = none_found("documents", "`testimonia documents` lists all.", **{k.strip("_"): v for k, v in asked.items()})
    _show(base, "documents", asked, form, (limit, offset), none)


def search(
    words: Annotated[str, typer.Argument(metavar="WORDS", help="Words; those in quotation marks are a phrase.")],
    base: BaseFile = None,
    form: As = Format.table,
    limit: Limit = None,
    offset: Offset = 0,
) -> None:
    """Find the passages that have all of these words.

    \b
    Example:
      testimonia search 'ledger "harbour strike"'
    """
    none = f"No passage has all the words “{words}”. Fewer words find more."
    _show(base, "search", {"words": words}, form, (limit, offset), none)


def quotations(
    speaker: Annotated[_Text, typer.Option(help="Said or written by; a part of the name will do.")] = None,
    about: Annotated[_Text, typer.Option(help="With these words, or this person or body, in what is quoted.")] = None,
    kind: Annotated[_Text, typer.Option(help="direct, block, mixed or indirect.")] = None,
    document: InDocument = None,
    rests_on: Annotated[
        _Text, typer.Option("--rests-on", help="Resting on this voice, work or paper: words and dates of one source.")
    ] = None,
    cited: Annotated[_Text, typer.Option(metavar="DATE", help="Citing a source of this day, month or year.")] = None,
    said: Annotated[_Text, typer.Option(metavar="DATE", help="Said on this day, in this month or year.")] = None,
    broken: Annotated[
        bool, typer.Option("--broken", help="Only where the chain ends in nobody, or has no source.")
    ] = False,
    minimum_confidence: Annotated[float | None, typer.Option(help="Least confidence, 0 to 1.")] = None,
    doubtful: Annotated[bool, typer.Option("--doubtful", help="The least certain first.")] = False,
    base: BaseFile = None,
    form: As = Format.table,
    limit: Limit = None,
    offset: Offset = 0,
) -> None:
    """List who is quoted with which words, according to whom.

    The chain names the voices through which the words came, and what each does: quotes, reports, paraphrases or cites
    the next. --rests-on finds a source anywhere in it; a quotation within another rests on what that one rests on.

    \b
    Example:
      testimonia quotations --speaker Vasel --about ledger
      testimonia quotations --rests-on "Courier 1911"
      testimonia quotations --broken --doubtful
    """
    asked: dict[str, Any] = {"speaker": speaker, "about": about, "kind": kind, "document": document}
    asked |= {
        "rests_on": rests_on,
        "cited": cited,
        "said": said,
        "broken": broken or None,
        "minimum_confidence": minimum_confidence,
    }
    named = {("source" if k == "rests_on" else k.replace("_", " ")): v for k, v in asked.items() if k != "broken"} | (
        {"chain": "broken"} if broken else {}
    )
    none = none_found("quotations", "`testimonia actors` lists who is named.", **named)
    asked["doubtful"] = doubtful or None
    _show(base, "quotations", asked, form, (limit, offset), none)


def actors(
    name: Annotated[_Text, typer.Option(help="With this in the name, or in another form of it.")] = None,
    kind: Annotated[_Text, typer.Option(help="person, organisation, place or work.")] = None,
    base: BaseFile = None,
    form: As = Format.table,
    limit: Limit = None,
    offset: Offset = 0,
) -> None:
    """List who is named, how often, and with which offices.

    \b
    Example:
      testimonia actors --kind person
    """
    none = none_found("actors", "`testimonia actors` lists all who are named.", name=name, kind=kind)
    _show(base, "actors", {"name": name, "kind": kind}, form, (limit, offset), none)


def copies(
    documents: DocumentsFile = None,
    document: InDocument = None,
    kind: Annotated[_Text, typer.Option(help="verbatim, edited, reworded or boilerplate.")] = None,
    minimum: Annotated[float | None, typer.Option(help="Least similarity, 0 to 1.")] = None,
    base: BaseFile = None,
    form: As = Format.table,
    limit: Limit = None,
    offset: Offset = 0,
) -> None:
    """List passages that stand in more than one place.

    Of a base; or, with --documents, of the documents in a file of JSON lines.

    \b
    Example:
      testimonia copies --kind reworded
      testimonia copies --documents docs.jsonl > pairs.jsonl
    """
    if documents is not None:
        if base is not None:
            raise InputError("give either --base or --documents, not both")
        copies_among(documents)
        return
    asked = {"document": document, "kind": kind, "minimum": minimum}
    none = none_found("copies", "`testimonia copies` lists all.", **asked)
    _show(base, "copies", asked, form, (limit, offset), none)


def conflicts(
    kind: Annotated[
        _Text, typer.Option(help="date, figure, wording, name, attribution, office, place, cause or other.")
    ] = None,
    severity: Annotated[_Text, typer.Option(help="strong, medium or weak.")] = None,
    document: InDocument = None,
    base: BaseFile = None,
    form: As = Format.table,
    limit: Limit = None,
    offset: Offset = 0,
) -> None:
    """List where accounts differ, most severe first.

    Which of them is right it does not say.

    \b
    Example:
      testimonia conflicts --kind date
    """
    asked = {"kind": kind, "severity": severity, "document": document}
    none = none_found("conflicts", "`testimonia conflicts` lists all.", **asked)
    _show(base, "conflicts", asked, form, (limit, offset), none)


def trace(
    words: Annotated[str, typer.Argument(metavar="WORDS", help="Some words of the quotation or passage.")],
    base: BaseFile = None,
    form: As = Format.table,
) -> None:
    """Follow some words: their wordings, and who says so.

    All wordings, who says so according to whom, which is the earliest, how many independent witnesses there are, and
    where accounts differ.

    \b
    Example:
      testimonia trace "the ledger was never lost"
    """
    from testimonia.cli.lineage import show_trace

    with opened(base) as archive:
        show_trace(archive.trace(words), form)
