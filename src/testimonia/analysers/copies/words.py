"""Words in a comparable form, and the words by which a text credits another."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import msgspec

from testimonia import language
from testimonia.analysers.copies.tokens import WORD

_PARTING = re.compile(r"[\W_]+")
LONG = 5  # letters of a stem that is recognised although misread
CREDIT = 120  # code points after the words of a credit that belong to it


class _Credit(msgspec.Struct, forbid_unknown_fields=True):
    words: list[str]
    then: str = ""


class _Rules(msgspec.Struct, forbid_unknown_fields=True):
    common: list[str]
    stem: int
    endings: list[str]
    misread: list[str]
    misread_pairs: dict[str, str]
    credits: list[_Credit]


@cache
def _rules(code: str) -> tuple[frozenset[str], int, tuple[str, ...]]:
    rules = language.read(code, "copies", _Rules)
    return frozenset(rules.common), rules.stem, tuple(sorted(rules.endings, key=len, reverse=True))


@cache
def openings(code: str) -> dict[str, re.Pattern[str]]:
    """{word that may begin a credit: what must follow it, and what it credits}."""
    found: dict[str, list[str]] = {}
    for credit in language.read(code, "copies", _Rules).credits:
        for word in credit.words:
            found.setdefault(word, []).append(credit.then)
    return {
        word: re.compile(rf"(?:{'|'.join(then)})(?!\w)[^\n.!?]{{0,{CREDIT}}}", re.IGNORECASE)
        for word, then in found.items()
    }


def normal(word: str) -> str:
    """The form under which two spellings count as one word: case, marks inside it, ligatures and long s apart."""
    if not word.isascii():
        word = unicodedata.normalize("NFKC", word)
    return _PARTING.sub("", word.casefold()) if not word.isalnum() else word.casefold()


def split(text: str) -> list[str]:
    """The words of a text as they are spelt."""
    return WORD.findall(text)


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
