"""All documents as one row of words in comparable form, each with its place in its document's text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from testimonia import language
from testimonia.analysers.copies.tokens import tokens
from testimonia.analysers.copies.words import normal, openings, shape, stem
from testimonia.text import Document

Ints = NDArray[Any]  # whole numbers
Bits = NDArray[np.float32]
Credit = tuple[int, int, str]

SHORTEST_NAME = 4  # letters; a shorter name would be found inside other words
RAREST = 16.0  # bits
LANGUAGE = 1 << 16  # words; the size at least of what a share is taken of: of more, two texts on one matter are copies
AT_ONCE = 500_000  # code points whose words are found at one time
_CUT = re.compile(r"[^\W_] ")  # where a long text may be cut without parting a word
_BETWEEN = "\0"  # between texts; joins no words


@dataclass(frozen=True, slots=True)
class Head:
    """What is kept of a document besides its words.

    ``names``: by which others may credit it, casefolded; ``credits``: where it credits another: (start, end, words).
    """

    id: str
    date: str | None
    length: int
    names: tuple[str, ...]
    credits: tuple[Credit, ...]


@dataclass(frozen=True)
class Corpus:
    """All documents as one row of words, the oldest document first, undated ones last.

    ``word`` and ``root`` are numbers of normal words and of stems (-1: no content) for each word; ``start``/``end`` its
    place in its document's text, ``document`` that document; ``begins`` the first word of each document, and the number
    of all at the end; ``bits`` how much each word says: the rarer, the more.
    """

    heads: tuple[Head, ...]
    word: Ints
    root: Ints
    start: Ints
    end: Ints
    document: Ints
    begins: Ints
    bits: Bits


def read(documents: Iterable[Document]) -> Corpus:
    """The words of all documents; the documents are read once and not kept."""
    vocabulary = _Vocabulary()
    rows: list[_Row] = []
    for batch in _batches(_pieces(documents)):
        for piece, found in zip(batch, vocabulary.parts(batch), strict=True):
            if piece.begin == 0:
                rows.append(_Row(piece.document))
            rows[-1].parts.append(found)
    rows.sort(key=lambda row: row.date or "9999-99-99")
    parts = [part for row in rows for part in row.parts]
    word, start, end = (_joined([getattr(part, column) for part in parts]) for column in ("word", "start", "end"))
    sizes = [sum(len(part.word) for part in row.parts) for row in rows]
    root = np.array(vocabulary.stem_of, dtype=np.int32)[word] if len(word) else word
    document = np.repeat(np.arange(len(rows), dtype=np.int32), sizes)
    begins = np.cumsum([0, *sizes])
    return Corpus(tuple(row.head() for row in rows), word, root, start, end, document, begins, _bits(word, root))


def _bits(word: Ints, root: Ints) -> Bits:
    """How much each word says, by how often it occurs; a small archive does not show how rare its words are."""
    if not len(word):
        return np.zeros(0, dtype=np.float32)
    counts = np.bincount(word)
    common = np.minimum(RAREST, np.log2(len(word) / np.maximum(counts, 1))).astype(np.float32)
    content = np.minimum(RAREST, np.log2(max(len(word), LANGUAGE) / np.maximum(counts, 1))).astype(np.float32)
    return np.where(root >= 0, content[word], common[word])


def _joined(parts: list[Any]) -> Any:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)


def _names(document: Document) -> tuple[str, ...]:
    named = (document.publisher, document.title, document.byline)
    return tuple(n.casefold() for n in named if n and len(n) >= SHORTEST_NAME)


# ---------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a document from ``begin`` on: all of it but for the long ones."""

    document: Document
    begin: int
    text: str
    code: str


@dataclass(frozen=True, slots=True)
class _Part:
    """The words of a piece, and where it credits another text."""

    word: Ints
    start: Ints
    end: Ints
    credits: list[Credit]


class _Row:
    """A document's words, without its text."""

    def __init__(self, document: Document) -> None:
        self.id, self.date, self.length = document.id, document.date, len(document.text)
        self.names = _names(document)
        self.parts: list[_Part] = []

    def head(self) -> Head:
        return Head(self.id, self.date, self.length, self.names, tuple(c for part in self.parts for c in part.credits))


def _pieces(documents: Iterable[Document]) -> Iterator[_Piece]:
    for document in documents:
        text, code, begin = document.text, language.known(document.language, "copies"), 0
        while len(text) - begin > AT_ONCE:
            cut = _CUT.search(text, begin + AT_ONCE)
            if cut is None:
                break
            yield _Piece(document, begin, text[begin : cut.end()], code)
            begin = cut.end()
        yield _Piece(document, begin, text[begin:], code)


def _batches(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces of one language that are read together."""
    batch: list[_Piece] = []
    size = 0
    for piece in pieces:
        if batch and (size + len(piece.text) > AT_ONCE or piece.code != batch[0].code):
            yield batch
            batch, size = [], 0
        size += len(piece.text)
        batch.append(piece)
    if batch:
        yield batch


class _Vocabulary:
    """Numbers for words and stems, in the order in which they are first seen."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.normals: dict[str, int] = {}
        self.stems: dict[str, int] = {}
        self.stem_of: list[int] = []  # by number of normal word
        self.openings: dict[int, re.Pattern[str]] = {}  # of credits, by number of normal word

    def parts(self, batch: Sequence[_Piece]) -> Iterator[_Part]:
        """The words of each piece of a batch."""
        text, code = _BETWEEN.join([piece.text for piece in batch]), batch[0].code
        found = tokens(text)
        spellings = [text[s:e] for s, e in zip(found.start[found.first], found.end[found.first], strict=True)]
        known = self.words
        numbers = np.array([known[s] if s in known else self.number(s, code) for s in spellings], dtype=np.int32)
        word = numbers[found.kind]
        opening = np.flatnonzero(np.isin(word, list(self.openings)))
        at = np.cumsum([0, *(len(piece.text) + len(_BETWEEN) for piece in batch)])
        first, first_opening = found.start.searchsorted(at), found.start[opening].searchsorted(at)
        for i, piece in enumerate(batch):
            part = slice(int(first[i]), int(first[i + 1]))
            shift, end = int(at[i]) - piece.begin, int(at[i]) + len(piece.text)
            credits = [
                (start - shift, credit.end() - shift, text[start : credit.end()].strip())
                for n in opening[first_opening[i] : first_opening[i + 1]].tolist()
                for start in [int(found.start[n])]
                for credit in [self.openings[int(word[n])].match(text, int(found.end[n]), end)]
                if credit
            ]
            yield _Part(word[part], found.start[part] - shift, found.end[part] - shift, credits)

    def number(self, spelling: str, code: str) -> int:
        form = normal(spelling)
        known = self.normals.get(form)
        if known is None:
            known = self.normals[form] = len(self.normals)
            root = stem(form, code)
            root = shape(root, code) if root is not None else None
            if form in openings(code):
                self.openings[known] = openings(code)[form]
            self.stem_of.append(-1 if root is None else self.stems.setdefault(root, len(self.stems)))
        self.words[spelling] = known
        return known
