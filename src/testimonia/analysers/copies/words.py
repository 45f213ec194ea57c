"""Words of a text in a comparable form, each with its place in the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from testimonia import language
from testimonia.text import Document

Ints = NDArray[Any]  # whole numbers
Bits = NDArray[np.float32]

# A word; an apostrophe or soft hyphen inside it, or a hyphen at the end of a line, does not part it.
_WORD = re.compile(r"[^\W_]+(?:(?:['’ʼ\u00ad]|[-¬‐\u00ad][^\S\n]*\n[^\S\n]*)[^\W_]+)*")
_JOINTS = re.compile(r"[\W_]+")
LONG = 5  # letters of a stem that is recognised although misread
SHORTEST_NAME = 4  # letters; a shorter name would be found inside other words
RAREST = 16.0  # bits
LANGUAGE = 1 << 16  # words; a content word's share of a smaller archive is taken of so many


class _Rules(msgspec.Struct, forbid_unknown_fields=True):
    common: list[str]
    stem: int
    endings: list[str]
    misread: list[str]
    misread_pairs: dict[str, str]
    credits: list[str]


@cache
def _rules(code: str) -> tuple[frozenset[str], int, tuple[str, ...]]:
    rules = language.read(code, "copies", _Rules)
    return frozenset(rules.common), rules.stem, tuple(sorted(rules.endings, key=len, reverse=True))


@cache
def _credit(code: str) -> re.Pattern[str]:
    openers = "|".join(language.read(code, "copies", _Rules).credits)
    return re.compile(rf"\b(?:{openers})\b[^\n.!?]{{0,120}}", re.IGNORECASE)


def credits_in(text: str, code: str) -> tuple[tuple[int, int, str], ...]:
    """Where the text says that something in it comes from elsewhere: (start, end, words)."""
    return tuple((m.start(), m.end(), m.group().strip()) for m in _credit(code).finditer(text))


def _names(document: Document) -> tuple[str, ...]:
    named = (document.publisher, document.title, document.byline)
    return tuple(n.casefold() for n in named if n and len(n) >= SHORTEST_NAME)


def normal(word: str) -> str:
    """The form under which two spellings count as one word: case, marks inside it, ligatures and long s apart."""
    if not word.isascii():
        word = unicodedata.normalize("NFKC", word)
    return _JOINTS.sub("", word.casefold()) if not word.isalnum() else word.casefold()


def split(text: str) -> list[str]:
    """The words of a text as they are spelt."""
    return _WORD.findall(text)


def stem(word: str, code: str) -> str | None:
    """The stem of a normal word that carries content; None for one that does not."""
    common, least, endings = _rules(code)
    if word in common or len(word) < 2:
        return None
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)]
    return word


@cache
def _shapes(code: str) -> tuple[dict[str, str], dict[int, str]]:
    rules = language.read(code, "copies", _Rules)
    return rules.misread_pairs, str.maketrans({letter: c[0] for c in rules.misread for letter in c[1:]})


def shape(root: str, code: str) -> str:
    """The stem with letters that scanning takes for each other made one; a short one as it is, or it would be any."""
    if len(root) < LONG:
        return root
    pairs, letters = _shapes(code)
    for pair, letter in pairs.items():
        root = root.replace(pair, letter)
    return root.translate(letters)


@dataclass(frozen=True, slots=True)
class Head:
    """What is kept of a document besides its words.

    ``names``: by which others may credit it, casefolded; ``credits``: where it credits another: (start, end, words).
    """

    id: str
    date: str | None
    length: int
    names: tuple[str, ...]
    credits: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class Corpus:
    """All documents as one row of words, the oldest document first, undated ones last.

    ``word`` and ``root`` are numbers of normal words and of stems (-1: no content) for each word; ``start``/``end`` its
    place in its document's text; ``begins`` the first word of each document, and the number of all
    at the end; ``bits`` how much each word says: the rarer, the more.
    """

    heads: tuple[Head, ...]
    word: Ints
    root: Ints
    start: Ints
    end: Ints
    begins: Ints
    bits: Bits

    def of(self, at: Ints) -> Ints:
        """The document (its number) in which each of the words stands."""
        return np.searchsorted(self.begins, at, side="right") - 1


class _Vocabulary:
    """Numbers for words and stems, in the order in which they are first seen."""

    def __init__(self) -> None:
        self.words: dict[str, int] = {}
        self.normals: dict[str, int] = {}
        self.stems: dict[str, int] = {}
        self.stem_of: list[int] = []  # by number of normal word

    def number(self, spelling: str, code: str) -> int:
        form = normal(spelling)
        known = self.normals.get(form)
        if known is None:
            known = self.normals[form] = len(self.normals)
            root = stem(form, code)
            root = shape(root, code) if root is not None else None
            self.stem_of.append(-1 if root is None else self.stems.setdefault(root, len(self.stems)))
        self.words[spelling] = known
        return known


def read(documents: Iterable[Document]) -> Corpus:
    """The words of all documents; the documents are read once and not kept."""
    vocabulary = _Vocabulary()
    rows = [_row(document, vocabulary) for document in documents]
    order = sorted(range(len(rows)), key=lambda i: (rows[i][0].date or "9999-99-99", i))
    rows = [rows[i] for i in order]
    word, start, end = (_joined([row[k] for row in rows]) for k in (1, 2, 3))
    begins = np.cumsum([0, *(len(row[1]) for row in rows)])
    root = np.array(vocabulary.stem_of, dtype=np.int32)[word] if len(word) else word
    bits = _bits(word, root)
    heads = tuple(row[0] for row in rows)
    return Corpus(heads, word, root, start, end, begins, bits)


def _bits(word: Ints, root: Ints) -> Bits:
    """How much each word says, by how often it occurs; a small archive does not show how rare its words are."""
    if not len(word):
        return np.zeros(0, dtype=np.float32)
    counts = np.bincount(word)[word]
    total = np.where(root >= 0, max(len(word), LANGUAGE), len(word))
    return np.minimum(RAREST, np.log2(total / counts)).astype(np.float32)


def _joined(parts: list[Any]) -> Any:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int32)


def _row(document: Document, vocabulary: _Vocabulary) -> tuple[Head, Ints, Ints, Ints]:
    text, code = document.text, language.known(document.language)
    known, number = vocabulary.words.get, vocabulary.number
    found = list(_WORD.finditer(text))
    spellings = [m.group() for m in found]
    numbers = [known(s) for s in spellings]
    words = np.array(
        [number(s, code) if n is None else n for s, n in zip(spellings, numbers, strict=True)], dtype=np.int32
    )
    starts, ends = (np.fromiter(edge, dtype=np.int32, count=len(found)) for edge in _edges(found))
    head = Head(document.id, document.date, len(text), _names(document), credits_in(text, code))
    return head, words, starts, ends


def _edges(found: list[re.Match[str]]) -> tuple[Iterator[int], Iterator[int]]:
    return (m.start() for m in found), (m.end() for m in found)
