"""The forms of times.yml as regular expressions over classes of tokens."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import msgspec


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``pattern`` over classes (see the head of times.yml), the builder it is handed to, and what it is given."""

    build: str
    pattern: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Forms:
    """All forms, sorted by the characters they may begin with, so that few are tried at a place."""

    starts: re.Pattern[str]
    by_start: dict[str, tuple[re.Pattern[str], tuple[Form, ...]]]  # group n + 1 is the form n

    def search(self, line: str, at: int) -> tuple[int, int, Form] | None:
        """The first form from ``at`` on: its first token, the token after it, and which it is."""
        for start in self.starts.finditer(line, at):
            pattern, forms = self.by_start[start.group()]
            match = pattern.match(line, start.start())
            if match and match.end() > match.start():
                return match.start(), match.end(), forms[(match.lastindex or 1) - 1]
        return None


def compiled(forms: list[Form], parts: dict[str, str], chars_of: Callable[[str], str]) -> Forms:
    """``chars_of`` gives the characters of a class, and raises where there is no such class."""
    read = [_Pattern(form.pattern, parts, chars_of).alternatives() for form in forms]
    whole: dict[tuple[int, ...], re.Pattern[str]] = {}
    by_start = {}
    for char in sorted(set().union(*(first for _, first, _ in read))):
        own = tuple(n for n, (_, first, _) in enumerate(read) if char in first)
        if own not in whole:
            whole[own] = re.compile("|".join(f"({read[n][0]})" for n in own))
        by_start[char] = whole[own], tuple(forms[n] for n in own)
    return Forms(re.compile(f"[{''.join(by_start)}]"), by_start)


_PIECE = re.compile(r"'[^']+'|\{[0-9,]+\}|\(\?[=!<]+|[A-Z]+|[a-z0-9]+|\S")
_Read = tuple[str, frozenset[str], bool]  # regular expression, characters it may begin with, whether it may be empty


class _Pattern:
    """Reads one pattern by recursive descent."""

    def __init__(self, pattern: str, parts: dict[str, str], chars_of: Callable[[str], str]) -> None:
        self.pieces = _PIECE.findall(pattern)
        self.parts = parts
        self.chars_of = chars_of
        self.at = 0

    def _peek(self) -> str:
        return self.pieces[self.at] if self.at < len(self.pieces) else ""

    def _next(self) -> str:
        self.at += 1
        return str(self.pieces[self.at - 1])

    def alternatives(self) -> _Read:
        read = [self._sequence()]
        while self._peek() == "|":
            self._next()
            read.append(self._sequence())
        return "|".join(r for r, _, _ in read), frozenset().union(*(f for _, f, _ in read)), any(e for _, _, e in read)

    def _sequence(self) -> _Read:
        out, first, empty = "", frozenset[str](), True
        while self._peek() not in ("", "|", ")"):
            regex, begins, optional = self._item()
            out += regex
            first = first | begins if empty else first
            empty = empty and optional
        return out, first, empty

    def _item(self) -> _Read:
        piece = self._next()
        if piece.startswith("(?"):
            inside = self.alternatives()[0]
            return f"{piece}{inside}{self._next()}", frozenset(), True
        if piece == "(":
            regex, first, empty = self.alternatives()
            regex = f"(?:{regex}{self._next()}"
        elif piece in self.parts:
            regex, first, empty = _Pattern(self.parts[piece], self.parts, self.chars_of).alternatives()
            regex = f"(?:{regex})"
        else:
            chars = self.chars_of(piece)
            regex, first, empty = f"[{chars}]", frozenset(chars), False
        times = self._next() if self._peek()[:1] in ("?", "*", "+", "{") and self._peek() else ""
        return regex + times, first, empty or times in ("?", "*")
