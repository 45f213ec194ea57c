"""The forms of times.yml as regular expressions over classes of tokens."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``pattern`` over classes (see the head of times.yml), the builder it is handed to, and what it is given."""

    build: str
    pattern: str
    value: str = ""


class Forms:
    """All forms, sorted by the characters they may begin with, so that few are tried at a place.

    ``chars_of`` gives the characters of a class, and raises where there is no such class.
    """

    def __init__(self, forms: list[Form], parts: dict[str, str], chars_of: Callable[[str], str]) -> None:
        read = [_Pattern(form.pattern, parts, chars_of).alternatives() for form in forms]
        self.forms = tuple(forms)
        chars = sorted(set().union(*(first for _, first, _ in read)))
        self._starts = re.compile(f"[{''.join(chars)}]")
        # One by one: what begins alike as one expression would take ten times as long to compile, and no less to match.
        tries = [(re.compile(regex).match, form) for (regex, _, _), form in zip(read, forms, strict=True)]
        self._by_start = {c: [t for t, (_, first, _) in zip(tries, read, strict=True) if c in first] for c in chars}

    def search(self, line: str, at: int) -> tuple[int, int, Form] | None:
        """The first form from ``at`` on: its first token, the token after it, and which it is."""
        for start in self._starts.finditer(line, at):
            place = start.start()
            for matches, form in self._by_start[start.group()]:
                match = matches(line, place)
                if match and match.end() > place:
                    return place, match.end(), form
        return None


def compiled(pattern: str, parts: dict[str, str], chars_of: Callable[[str], str]) -> re.Pattern[str]:
    """One pattern by itself."""
    return re.compile(_Pattern(pattern, parts, chars_of).alternatives()[0])


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
