"""From words to classes: each token becomes one character, so that a rule is a regular expression over classes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import msgspec

from testimonia import language
from testimonia.analysers.times.patterns import Form, Forms
from testimonia.errors import RuleError

Value = int | str


class Rules(msgspec.Struct, forbid_unknown_fields=True):
    past_ending: str
    plural_ending: str
    cased: list[str]
    words: dict[str, dict[str, Value]]
    parts: dict[str, str]
    forms: list[Form]


_TOKEN = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])"
    r"|[0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{4}|[0-9]{2})(?![0-9/])"
    r"|[0-9]{1,2}:[0-9]{2}(?![0-9])(?:hrs\b|[ap]m\b)?"
    r"|[1lI](?=[lIoO]*[0-9][lIoO]*[0-9])[0-9lIoO]{3}(?!\w)"
    r"|[0-9]+(?:[.,][0-9]+)*[^\W\d_]*(?:(?<=0)['’]s\b)?"
    r"|['’‘][0-9]{2}(?:['’]?s\b)?(?![0-9])"
    r"|[AaPp]\.\s?[Mm]\b\.?|B\.\s?C\.(?:\s?E\.)?|A\.\s?D\.|C\.E\.|B\.C\b|A\.D\b|[ON]\.\s?S\."
    r"|[Oo]['’]clock\b|['’]s\b|[^\W\d_]+|\n[^\S\n]*\n|[^\w\s]"
)
_DIGITS = frozenset("0123456789")
_DIGITS_AT_MOST = 9  # of a number; no time is told with more
_SCANNED = str.maketrans("lIOo", "1100")
_MARKS = {
    ",": "comma", "–": "dash", "—": "dash", "‑": "dash", "−": "dash", "-": "hyphen", "(": "open", "[": "open",
    ")": "close", "]": "close", "/": "slant", ";": "semicolon", ":": "colon", "$": "money", "£": "money",
    "€": "money", "%": "percent", "“": "openquote", "”": "closequote", '"': "quote", "«": "openquote",
    "»": "closequote",
}  # fmt: skip
_SHAPES = (
    (re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), {"iso"}),
    (re.compile(r"[0-9]+/[0-9]+/[0-9]+"), {"slash"}),
    (re.compile(r"[0-9]{1,2}:[0-9]{2}(?:hrs|[ap]m)?"), {"clock"}),
    (re.compile(r"(?:[01]?[0-9]|2[0-3])[0-5][0-9]hrs"), {"clock"}),
    (re.compile(r"(?:0?[1-9]|1[0-2])(?:\.[0-5][0-9])?[ap]m", re.I), {"halfday"}),
    (re.compile(r"0?[1-9]|[12][0-9]|3[01]"), {"day", "int"}),
    (re.compile(r"[0-9]{2}"), {"two", "int"}),
    (re.compile(r"[0-9]{3}"), {"three", "int"}),
    (re.compile(r"[1lI][0-9lIoO]{3}|2[01][0-9]{2}"), {"year", "int"}),  # scans read 1 as l and 0 as O
    (re.compile(r"[0-9]+"), {"int"}),
    (re.compile(r"(?:[01]?[0-9]|2[0-3])\.[0-5][0-9]"), {"amount", "dotclock"}),
    (re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+\.[0-9]+"), {"amount"}),
    (re.compile(r"(?:[12]?1st|[12]?2nd|[12]?3rd|[12]?[04-9]th|1[1-3]th|30th|31st)", re.I), {"ordday", "ordinalish"}),
    (re.compile(r"[0-9]+(?:st|nd|rd|th)", re.I), {"ordnum"}),
    (re.compile(r"[12][0-9]{2}0['’]?s"), {"decade"}),
    (re.compile(r"['’‘]?[0-9]0['’]?s"), {"shortdecade"}),
    (re.compile(r"['’‘][0-9]{2}"), {"shortyear"}),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that is compiled from one language's times.yml."""

    chars: dict[str, str]  # token -> the character of its classes
    classes: dict[str, frozenset[str]]  # character -> classes
    values: dict[tuple[str, str], Value]  # (class, word in lower case) -> value
    past_ending: str  # of verbs that tell of the past
    plural_ending: str  # of nouns
    forms: Forms

    def of(self, *names: str) -> str:
        """The characters of all tokens of one of these classes."""
        return "".join(c for c, own in self.classes.items() if not own.isdisjoint(names))


class _Chars(dict[str, str]):
    """Characters by token; a token not listed is classed by its shape, once."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon.chars)
        self.plural_ending = lexicon.plural_ending
        self._by_classes = {own: char for char, own in lexicon.classes.items()}

    def __missing__(self, token: str) -> str:
        char = self._by_classes[self._classes_of(token)]
        self[token] = char
        return char

    def _classes_of(self, token: str) -> frozenset[str]:
        if token[0] in _DIGITS or (len(token) > 2 and not _DIGITS.isdisjoint(token)):
            return shape(token)
        if "." in token and len(token) > 1:
            plain = self.get(re.sub(r"[.\s]", "", token))
            return next((own for own, char in self._by_classes.items() if char == plain), frozenset({"word"}))
        if token[0].isupper():
            return frozenset({"name"})
        if token[0].isalpha():
            plural = len(token) > 3 and token.endswith(self.plural_ending)
            return frozenset({"plural" if plural else "word"})
        return mark(token)


def shape(token: str) -> frozenset[str]:
    for pattern, classes in _SHAPES:
        if pattern.fullmatch(token):
            return frozenset(classes)
    return frozenset({"word"})


def mark(token: str) -> frozenset[str]:
    if token[0] == "\n":
        return frozenset({"break"})
    if token in ".!?…":
        return frozenset({"dot", "stop"} if token == "." else {"stop"})
    if token in ("'s", "’s"):
        return frozenset({"poss"})
    return frozenset({_MARKS.get(token, "mark")})


class Tokens:
    """The tokens of a stretch of text; ``line`` has one character a token, for its classes."""

    __slots__ = ("lexicon", "line", "matches", "text")

    def __init__(self, text: str, start: int, end: int, lexicon: Lexicon, chars: dict[str, str]) -> None:
        self.text = text
        self.lexicon = lexicon
        self.matches = list(_TOKEN.finditer(text, start, end))
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


def tokens_of(text: str, spans: list[tuple[int, int]], lexicon: Lexicon) -> Iterator[Tokens]:
    chars = _Chars(lexicon)
    for start, end in spans:
        yield Tokens(text, start, end, lexicon, chars)


def _cases(word: str, cased: bool) -> set[str]:
    return {word, word.upper()} if cased else {word, word.capitalize(), word.upper()}


@cache
def lexicon(code: str) -> Lexicon:
    """The compiled rules of a language; raises ``RuleError`` where the file is not of its form."""
    rules = language.read(code, "times", Rules)
    patterns = [*rules.parts.values(), *(form.pattern for form in rules.forms)]
    literal = {word for pattern in patterns for word in re.findall(r"'([^']+)'", pattern)}
    classes: dict[str, set[str]] = {}
    values: dict[tuple[str, str], Value] = {}
    for name, words in [*rules.words.items(), *((f"'{word}'", {word: 0}) for word in sorted(literal))]:
        for word, value in words.items():
            values[name, word.lower()] = value
            for variant in _cases(word, name in rules.cased):
                classes.setdefault(variant, set()).add(name)
    known = {frozenset(own) for own in classes.values()} | _shape_classes()
    by_classes = {own: chr(0xE000 + n) for n, own in enumerate(sorted(known, key=sorted))}
    chars = {word: by_classes[frozenset(own)] for word, own in classes.items()}
    own = {char: names for names, char in by_classes.items()}

    def chars_of(name: str) -> str:
        found = "".join(char for char, names in own.items() if name in names)
        if not found:
            raise RuleError(f"no word is of the class {name}", f"language/{code}/times.yml", "A pattern names it.")
        return found

    forms = Forms(rules.forms, rules.parts, chars_of)
    return Lexicon(chars, own, values, rules.past_ending, rules.plural_ending, forms)


def _shape_classes() -> set[frozenset[str]]:
    marks = (mark(token) for token in (".", "!", "'s", "\n\n", "*", *_MARKS))
    return (
        {frozenset(own) for _, own in _SHAPES} | set(marks) | {frozenset({name}) for name in ("word", "name", "plural")}
    )
