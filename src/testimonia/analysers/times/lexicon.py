"""From words to classes: each token becomes one character, so that a rule is a regular expression over classes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Literal

import msgspec

from testimonia import language
from testimonia.analysers.times.patterns import Form, Forms, compiled
from testimonia.errors import RuleError

Value = int | float | str


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The classes of a token that is not listed and fits ``pattern`` as a whole."""

    classes: list[str]
    pattern: str


class Hedge(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``mod`` of a length of time in which ``pattern`` stands."""

    mod: str
    pattern: str


class Rules(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    past_ending: str
    plural_ending: str
    capitalised: Literal["name", "noun"]
    thousands: str
    decimal: str
    short_years_from: int
    tokens: list[str]
    shapes: list[Shape]
    cased: list[str]
    words: dict[str, dict[str, Value]]
    inflected: dict[str, list[str]] = {}  # class -> endings its words take
    compounds: list[tuple[str, str]] = []  # classes whose words are written together: the word is of both
    parts: dict[str, str]
    forms: list[Form]
    hedges: list[Hedge] = []


# Tokens of every language: those that stand before its own, and those that stand behind.
_FIRST = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])",
    r"[1lI](?=[lIoO]*[0-9][lIoO]*[0-9])[0-9lIoO]{3}(?!\w|[.,][0-9]|['’]s\b)",  # scans read 1 as l and 0 as O
)
_LAST = (r"[^\W\d_]+", r"\n[^\S\n]*\n", r"[^\w\s]")
_DIGITS = frozenset("0123456789")
_DIGITS_AT_MOST = 9  # of a number; no time is told with more
_SCANNED = str.maketrans("lIOo", "1100")
_MARKS = {
    ",": "comma", "–": "dash", "—": "dash", "‑": "dash", "−": "dash", "-": "hyphen", "(": "open", "[": "open",
    ")": "close", "]": "close", "/": "slant", ";": "semicolon", ":": "colon", "$": "money", "£": "money",
    "€": "money", "%": "percent", "“": "openquote", "”": "closequote", '"': "quote", "«": "openquote",
    "»": "closequote",
}  # fmt: skip
# Shapes of every language, tried behind its own.
_SHAPES = (
    Shape(["iso"], "[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    Shape(["clock"], "[0-9]{1,2}:[0-9]{2}"),
    Shape(["day", "int"], "0?[1-9]|[12][0-9]|3[01]"),
    Shape(["two", "int"], "[0-9]{2}"),
    Shape(["three", "int"], "[0-9]{3}"),
    Shape(["year", "int"], "[1lI][0-9lIoO]{3}|2[01][0-9]{2}"),
    Shape(["int"], "[0-9]+"),
    Shape(["shortyear"], "['’‘][0-9]{2}"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All that is compiled from one language's times.yml."""

    chars: dict[str, str]  # token -> the character of its classes
    classes: dict[str, frozenset[str]]  # character -> classes
    by_classes: dict[frozenset[str], str]  # the same, the other way round
    values: dict[tuple[str, str], Value]  # (class, word in lower case) -> value
    rules: Rules
    token: re.Pattern[str]
    shapes: tuple[tuple[re.Pattern[str], frozenset[str]], ...]
    forms: Forms
    hedges: tuple[tuple[re.Pattern[str], str], ...]  # over the characters of tokens, with the mod of each

    @property
    def past_ending(self) -> str:
        """Of verbs that tell of the past."""
        return self.rules.past_ending

    def of(self, *names: str) -> str:
        """The characters of all tokens of one of these classes."""
        return _characters(self, names)


@cache
def _characters(lexicon: Lexicon, names: tuple[str, ...]) -> str:
    return "".join(c for c, own in lexicon.classes.items() if not own.isdisjoint(names))


class _Chars(dict[str, str]):
    """Characters by token; a token not listed is classed by its shape, once."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self.lexicon = lexicon

    def __missing__(self, token: str) -> str:
        char = self.lexicon.chars.get(token) or self.lexicon.by_classes[self._classes_of(token)]
        self[token] = char
        return char

    def _classes_of(self, token: str) -> frozenset[str]:
        if token[0] in _DIGITS or (len(token) > 1 and not _DIGITS.isdisjoint(token)):
            return next((own for pattern, own in self.lexicon.shapes if pattern.fullmatch(token)), frozenset({"word"}))
        if "." in token and len(token) > 1:
            plain = self.lexicon.chars.get(re.sub(r"[.\s]", "", token))
            return self.lexicon.classes[plain] if plain else frozenset({"word"})
        if token[0].isupper():
            return frozenset({self.lexicon.rules.capitalised})
        if token[0].isalpha():
            ending = self.lexicon.rules.plural_ending
            return frozenset({"plural" if ending and len(token) > 3 and token.endswith(ending) else "word"})
        return mark(token)


def mark(token: str) -> frozenset[str]:
    if token[0] == "\n":
        return frozenset({"break"})
    if token in ".!?…":
        return frozenset({"dot", "stop"} if token == "." else {"stop"})
    return frozenset({_MARKS.get(token, "mark")})


class Tokens:
    """The tokens of a stretch of text; ``line`` has one character a token, for its classes."""

    __slots__ = ("lexicon", "line", "matches", "text")

    def __init__(self, text: str, start: int, end: int, lexicon: Lexicon, chars: dict[str, str]) -> None:
        self.text = text
        self.lexicon = lexicon
        self.matches = list(lexicon.token.finditer(text, start, end))
        self.line = "".join([chars[m.group()] for m in self.matches])

    def start(self, i: int) -> int:
        return self.matches[i].start()

    def end(self, i: int) -> int:
        return self.matches[i].end()

    def word(self, i: int) -> str:
        return self.matches[i].group()

    def classes(self, i: int) -> frozenset[str]:
        return self.lexicon.classes[self.line[i]]

    def value(self, i: int, name: str) -> Value:
        """What the token stands for as one of class ``name``; numbers are told by their digits."""
        word = self.word(i)
        known = self.lexicon.values.get((name, re.sub(r"[.\s]", "", word).lower()))
        digits = re.sub(r"[^0-9]", "", word.translate(_SCANNED))
        return known if known is not None else int(digits[:_DIGITS_AT_MOST] or 0)

    def value_of_letters(self, i: int, name: str) -> Value | None:
        """What the letters behind a number stand for as one of class ``name``: those of 3pm."""
        return self.lexicon.values.get((name, self.word(i).lstrip(".:0123456789").lower()))


def tokens_of(text: str, spans: list[tuple[int, int]], lexicon: Lexicon) -> Iterator[Tokens]:
    chars = _Chars(lexicon)
    for start, end in spans:
        yield Tokens(text, start, end, lexicon, chars)


def _cases(word: str, cased: bool) -> set[str]:
    return {word, word.upper()} if cased else {word, word.capitalize(), word.upper()}


def _words(rules: Rules) -> dict[str, dict[str, Value]]:
    """The words of each class, with their inflected forms and the words they make together."""
    out = {name: dict(words) for name, words in rules.words.items()}
    for name, endings in rules.inflected.items():
        out[name] |= {word + ending: value for word, value in out[name].items() for ending in endings}
    made: list[tuple[str, str, Value]] = []
    for first, second in rules.compounds:
        for one, two in product(out[first], out[second]):
            word = one + two.lower()
            made += [(name, word, words[part]) for part in (two, one) for name, words in out.items() if part in words]
    for name, word, value in made:
        out[name][word] = value
    return out


@cache
def lexicon(code: str) -> Lexicon:
    """The compiled rules of a language; raises ``RuleError`` where the file is not of its form."""
    rules = language.read(code, "times", Rules)
    patterns = [*rules.parts.values(), *(rule.pattern for rule in (*rules.forms, *rules.hedges))]
    literal = sorted({word for pattern in patterns for word in re.findall(r"'([^']+)'", pattern)})
    listed = _words(rules)
    listed.update((f"'{word}'", {word: 0}) for word in literal)
    classes: dict[str, set[str]] = {}
    values: dict[tuple[str, str], Value] = {}
    for name, words in listed.items():
        for word, value in words.items():
            values[name, word.lower()] = value
            for variant in _cases(word, name in rules.cased):
                classes.setdefault(variant, set()).add(name)
    shapes = tuple((re.compile(s.pattern), frozenset(s.classes)) for s in (*rules.shapes, *_SHAPES))
    known = {frozenset(own) for own in classes.values()} | {own for _, own in shapes} | _other_classes(rules)
    by_classes = {own: chr(0xE000 + n) for n, own in enumerate(sorted(known, key=sorted))}
    chars = {word: by_classes[frozenset(own)] for word, own in classes.items()}
    own = {char: names for names, char in by_classes.items()}

    def chars_of(name: str) -> str:
        found = "".join(char for char, names in own.items() if name in names)
        if not found:
            raise RuleError(f"no word is of the class {name}", f"language/{code}/times.yml", "A pattern names it.")
        return found

    token = re.compile("|".join((*_FIRST, *rules.tokens, *_LAST)))
    hedges = tuple((compiled(hedge.pattern, rules.parts, chars_of), hedge.mod) for hedge in rules.hedges)
    return Lexicon(
        chars, own, by_classes, values, rules, token, shapes, Forms(rules.forms, rules.parts, chars_of), hedges
    )


def _other_classes(rules: Rules) -> set[frozenset[str]]:
    marks = {mark(token) for token in (".", "!", "\n\n", "*", *_MARKS)}
    return marks | {frozenset({name}) for name in ("word", "plural", rules.capitalised)}
