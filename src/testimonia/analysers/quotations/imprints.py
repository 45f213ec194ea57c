"""The pieces of a citation after its author: title, container, page, publisher, editor, edition, date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from testimonia.analysers.quotations.sourcewords import SourceWords, source_words
from testimonia.text import Span

_EDITION_SIGNS = frozenset(("publisher", "page", "edition", "editor"))
_EDGES = " .,;:“”\"‘’'_*()[]"
_CUT = re.compile(r"(?<=\w) ?\((?=[^()]*\d{4}\W*$|[^()]*$)|\. (?=[A-Z][^.]*:)")
_YEAR = re.compile(r"(?<=\w)\s+\d{4}$")
_FOOTNOTE = re.compile(r"\[\w{1,4}\]")


@dataclass(frozen=True, slots=True)
class Imprint:
    """``title`` is the work; ``printed``: where what belongs to an edition begins: a date after it is the edition's."""

    title: str | None = None
    title_span: Span | None = None
    container: str | None = None
    page: str | None = None
    publisher: str | None = None
    editor: str | None = None
    edition: str | None = None
    printed: tuple[int, ...] = ()


class _Reader:
    """The patterns of one language."""

    def __init__(self, words: SourceWords) -> None:
        alternatives = "|".join(sorted((re.escape(w) for w in words.pages), key=len, reverse=True))
        self.page = re.compile(
            rf"(?:(?:{alternatives})(?:\.\s?|\s|(?=\d)))?(?:\d[\d\s–—:-]*|[ivxlc]+)|(?:{alternatives})(?:\.\s?|\s)\w{{1,6}}",
            re.IGNORECASE,
        )
        self.words = words

    def kind(self, words: str, first: bool) -> str:
        """What a piece is; ``first``: no title has been read yet."""
        tokens = {t.lower() for t in re.findall(r"[^\W_]+", words)}
        if self.page.fullmatch(words):
            return "page"
        opening = words.split()[0].lower().strip(".") if words.split() else ""
        if opening in self.words.editors:
            return "editor"
        if first:
            return "title"
        if tokens & self.words.editions:
            return "edition"
        if opening in self.words.in_words:
            return "container"
        if tokens & self.words.publishers or ":" in words or re.search(r"\(\d{4}$", words):
            return "publisher"
        if words[0].islower():
            return "more"
        return "other"


@cache
def _reader(code: str) -> _Reader:
    return _Reader(source_words(code))


def read(code: str, text: str, pieces: list[tuple[Span, bool]]) -> Imprint:
    """What the pieces say; each comes with whether it is nothing but a date."""
    reader = _reader(code)
    found: dict[str, str] = {}
    span: Span | None = None
    printed: list[int] = []
    last = ""
    for piece, is_date in _cut(text, pieces):
        words = cleaned(text[piece.start : piece.end])
        if is_date or not words:
            continue
        kind = (
            "publisher" if "(" in text[piece.start - 1 : piece.start + 1] and span else reader.kind(words, span is None)
        )
        if kind == "other":
            kind = "container" if last == "title" and "container" not in found and not printed else "publisher"
        if kind == "more" and last == "title" and span is not None:
            span = Span(span.start, piece.end)
            continue
        if kind == "title":
            year = _YEAR.search(text[piece.start : piece.end])
            span = Span(piece.start, piece.start + year.start()) if year is not None else piece
        elif kind in _EDITION_SIGNS or kind == "more":
            printed.append(piece.start)
        if kind not in ("title", "more"):
            found.setdefault(kind, words)
        last = kind
    title = cleaned(text[span.start : span.end]) if span is not None else None
    return Imprint(title or None, span, printed=tuple(printed), **found)


def cleaned(words: str) -> str:
    """Without footnote marks, quotation marks and stops at the edges, on one line."""
    plain = " ".join(_FOOTNOTE.sub("", words).split()).strip(_EDGES)
    return plain + ")" if plain.count("(") > plain.count(")") and "(" in plain[1:] and plain[-1].isalpha() else plain


def _cut(text: str, pieces: list[tuple[Span, bool]]) -> list[tuple[Span, bool]]:
    """Pieces cut where a bracket with a date or a place begins, and where a full stop ends a title."""
    found: list[tuple[Span, bool]] = []
    for piece, is_date in pieces:
        words = text[piece.start : piece.end]
        at = next(
            (m.start() for m in re.finditer(r"(?<=\w) ?\((?=[^()]*\d{4}\W*$|[^()]*$)|\. (?=[A-Z][^.]*:)", words)), -1
        )
        if is_date or at <= 0:
            found.append((piece, is_date))
            continue
        head, tail = Span(piece.start, piece.start + at), Span(piece.start + at + 1, piece.end)
        bare = re.sub(r"\W", "", text[tail.start : tail.end])
        found += [(head, False), (tail, bool(re.fullmatch(r"\d{4}", bare)))]
    return found
