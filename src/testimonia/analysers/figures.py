"""Figures: quantities, with what they count or measure and as of when."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache

import msgspec

from testimonia import language
from testimonia.findings import Figure, Findings, TimeExpression
from testimonia.text import Document, Span, sentences

# Digits with marks of thousands, or with one point or comma; never a part of a longer number, date or version.
_DIGITS = r"(?<![\w.,/])(?:\d{1,3}(?:[,.\u00a0\u2009]\d{3})+(?:[.,]\d{1,2})?|\d{1,15}(?:[.,]\d{1,3})?)(?![\d/]|[,.]\d)"
_RANGE = re.compile(r"\s?[–—-]\s?|\s+(?:to|and|or)\s+")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_GAP = re.compile(r"[ \u00a0\n]{1,3}")
_BEFORE = re.compile(r"([A-Za-z]+\.?)[ \u00a0]?$")
_LETTERS = re.compile(r"[a-z]+")
_SPACES = re.compile(r"\s+")
_CLAUSE = re.compile(r"[;:()—]|,\s+(?:and|but|while|which|whereas)\b")
_AROUND = 300  # code points of a sentence in which the date of a figure is sought
_HEAD_WORDS = 4  # words of a noun phrase from its number to its noun
_OF_WORDS = 5  # words kept of what follows it
_YEARS = range(1400, 2101)  # a bare number of this size is rather a year
_LONGEST_LINE = 20_000  # code points of a sentence; a longer one is no sentence


class _Rules(msgspec.Struct, forbid_unknown_fields=True):
    numbers: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    measures: dict[str, str]
    currencies: dict[str, str]
    plurals: list[str]
    not_counted: list[str]
    stops: list[str]
    not_after: list[str]
    of: list[str]
    articles: list[str]


@dataclass(frozen=True)
class _Forms:
    """The rules of a language in the form in which they are looked up."""

    number: re.Pattern[str]
    values: dict[str, int]
    scales: dict[str, int]
    measure: re.Pattern[str]
    measures: dict[str, str]
    currencies: dict[str, str]
    plurals: frozenset[str]
    not_counted: frozenset[str]
    stops: frozenset[str]
    not_after: frozenset[str]
    of: frozenset[str]
    articles: frozenset[str]


@cache
def _forms(code: str) -> _Forms:
    rules = language.read(code, "figures", _Rules)
    values = {**rules.numbers, **rules.tens}
    for ten in rules.tens:
        values |= {f"{ten}-{n}": rules.tens[ten] + rules.numbers[n] for n in rules.numbers if rules.numbers[n] < 10}
        values[f"{ten}-one"] = rules.tens[ten] + 1
    scales = "|".join(rules.scales)
    words = "|".join(sorted(values, key=len, reverse=True))
    signs = "".join(map(re.escape, rules.currencies))
    number = re.compile(
        rf"(?P<sign>[{signs}])?(?:(?P<digits>{_DIGITS})(?P<scales>(?:[\s-](?:{scales})\b){{0,2}})"
        rf"|\b(?P<words>(?:{words}|(?:an?|one)(?=\s(?:{scales})\b))\b(?:[\s-](?:and\s)?(?:{words}|{scales})\b){{0,6}}))",
        re.IGNORECASE,
    )
    measures = sorted(rules.measures, key=len, reverse=True)
    measure = re.compile(r"[\s-]?(" + "|".join(map(re.escape, measures)) + r")(?!\w)", re.IGNORECASE)
    return _Forms(
        number,
        values,
        rules.scales,
        measure,
        rules.measures,
        rules.currencies,
        *(
            frozenset(x)
            for x in (rules.plurals, rules.not_counted, rules.stops, rules.not_after, rules.of, rules.articles)
        ),
    )


@dataclass(frozen=True, slots=True)
class _Number:
    start: int
    end: int
    value: float | tuple[float, float]
    unit: str | None  # of a sign before it
    bare: bool  # digits without marks or scale
    thousands: float | None  # its value if a point in it parts thousands


def find(document: Document, found: Findings) -> Findings:
    """Adds ``figures``: each spans its number and the noun or unit it counts."""
    forms = _forms(language.known(document.language))
    times = _Times(found.times)
    figures: list[Figure] = []
    for passage in document.passages:
        if passage.kind == "heading":
            continue
        for sentence in sentences(document.text, passage.start, passage.end, language.known(document.language)):
            if sentence.end - sentence.start <= _LONGEST_LINE:
                figures.extend(_in_sentence(document.text, sentence, times, forms))
    return replace(found, figures=tuple(figures))


class _Times:
    """Time expressions by where they stand."""

    def __init__(self, times: tuple[TimeExpression, ...]) -> None:
        self._times = sorted(times, key=lambda t: (t.start, t.end))
        self._starts = [t.start for t in self._times]

    def between(self, start: int, end: int) -> list[TimeExpression]:
        low = max(0, bisect_left(self._starts, start) - 3)
        return [t for t in self._times[low : bisect_left(self._starts, end)] if t.end > start]


def _in_sentence(text: str, sentence: Span, times: _Times, forms: _Forms) -> list[Figure]:
    figures: list[Figure] = []
    taken = sentence.start
    for number in _numbers(text, sentence, forms):
        if number.start < taken or times.between(number.start, number.end):
            continue
        near = Span(max(sentence.start, number.start - _AROUND), min(sentence.end, number.end + _AROUND))
        dated = times.between(*near)
        figure = _figure(text, number, sentence.end, forms)
        if figure is None and figures:
            figure = _elliptic(text, number, figures[-1], dated)
        if figure is not None:
            figures.append(replace(figure, as_of=_as_of(text, figure, near, dated)))
            taken = figure.end
    return figures


# ---------------------------------------------------------------- numbers


def _numbers(text: str, sentence: Span, forms: _Forms) -> list[_Number]:
    found: list[_Number] = []
    for match in forms.number.finditer(text, sentence.start, sentence.end):
        if _is_label(text, match.start(), sentence, forms):
            continue
        number = _number(match, forms)
        previous = found[-1] if found else None
        if previous and isinstance(previous.value, float) and isinstance(number.value, float):
            joint = _RANGE.fullmatch(text, previous.end, number.start)
            between = text[max(0, previous.start - 8) : previous.start].lower().endswith("between ")
            if joint and previous.value < number.value and (joint.group().strip() != "and" or between):
                found[-1] = replace(number, start=previous.start, value=(previous.value, number.value), thousands=None)
                continue
        found.append(number)
    return found


def _is_label(text: str, start: int, sentence: Span, forms: _Forms) -> bool:
    """Whether the word before makes the number a label (page 12), or it numbers the item of a list."""
    before = _BEFORE.search(text, max(sentence.start, start - 20), start)
    if before and before.group(1).rstrip(".").lower() in forms.not_after:
        return True
    return start == sentence.start and re.compile(r"\d{1,3}[.)]\s").match(text, start) is not None


def _number(match: re.Match[str], forms: _Forms) -> _Number:
    unit = forms.currencies[match["sign"]] if match["sign"] else None
    if match["digits"] is None:
        return _Number(match.start(), match.end(), _spelt(match["words"], forms), unit, False, None)
    factor = 1.0
    for scale in _LETTERS.findall(match["scales"].lower()):
        factor *= forms.scales[scale]
    value, thousands = _read(match["digits"])
    bare = match["digits"].isdigit() and factor == 1 and not unit
    return _Number(match.start(), match.end(), value * factor, unit, bare, thousands if factor == 1 else None)


def _spelt(words: str, forms: _Forms) -> float:
    """The value of a number in words: "two thousand three hundred and five" is 2305."""
    total, part = 0.0, 0.0
    for word in _SPACES.split(words.lower()):
        scale = forms.scales.get(word.rpartition("-")[2] if word not in forms.values else word)
        if word in forms.values:
            part += forms.values[word]
        elif scale is None:
            part += word in ("a", "an", "one")  # else "and"
        elif scale == 100:
            part = max(part, 1) * scale
        else:
            total += max(part, 1) * scale
            part = 0.0
    return total + part


def _read(digits: str) -> tuple[float, float | None]:
    """The value; and the value if the one point or comma in it were a mark of thousands, where that is open."""
    plain = digits.replace("\u00a0", "").replace("\u2009", "")
    marks = [c for c in plain if c in ".,"]
    if not marks:
        return float(plain), None
    tail = plain[max(plain.rfind("."), plain.rfind(",")) + 1 :]
    whole = float(plain.replace(",", "").replace(".", ""))
    if len(tail) != 3:
        head = plain[: -len(tail) - 1].replace(",", "").replace(".", "")
        return float(f"{head}.{tail}"), None
    if len(marks) > 1 or marks[0] == ",":
        return whole, None
    return float(plain), whole


# ---------------------------------------------------------------- what is counted


def _figure(text: str, number: _Number, end: int, forms: _Forms) -> Figure | None:
    measure = forms.measure.match(text, number.end, end)
    if measure:
        of, _ = _goes_on(text, measure.end(), end, forms)
        unit = forms.measures[measure.group(1).lower()]
        return Figure(number.start, measure.end(), number.value, unit, of)
    if number.unit:
        of, _ = _goes_on(text, number.end, end, forms)
        return Figure(number.start, number.end, number.value, number.unit, of)
    if number.bare and isinstance(number.value, float) and int(number.value) in _YEARS:
        return None
    noun = _noun(text, number.end, end, forms)
    if noun is None:
        return None
    words, stop = noun
    of, _ = _goes_on(text, stop, end, forms)
    # Persons and things are counted in whole numbers: 580.944 voters are 580,944.
    value = number.thousands if number.thousands is not None else number.value
    return Figure(number.start, stop, value, words[-1].lower(), " ".join([*words, of]).strip())


def _noun(text: str, at: int, end: int, forms: _Forms) -> tuple[list[str], int] | None:
    """The words from a number to the plural noun it counts, and where that ends."""
    words: list[str] = []
    while len(words) < _HEAD_WORDS:
        gap = _GAP.match(text, at, end)
        word = _WORD.match(text, gap.end(), end) if gap else None
        if word is None:
            return None
        low = word.group().lower()
        if low in forms.stops:
            return None
        words.append(word.group())
        at = word.end()
        if _is_plural(low, forms):
            return words, at
        if low in forms.not_counted:
            return None
    return None


def _is_plural(word: str, forms: _Forms) -> bool:
    if word in forms.plurals:
        return True
    return (
        word.endswith("s")
        and len(word) > 3
        and not word.endswith(("ss", "’s", "'s", "ous"))
        and word not in forms.not_counted
    )


def _goes_on(text: str, at: int, end: int, forms: _Forms) -> tuple[str, int]:
    """The words after a noun or unit that say of what, in what: "of the electorate", "at the lower yard"."""
    words: list[str] = []
    stop = at
    while len(words) < _OF_WORDS:
        gap = _GAP.match(text, at, end)
        word = _WORD.match(text, gap.end(), end) if gap else None
        if word is None:
            break
        low = word.group().lower()
        preposition = low in forms.of
        if not words and not preposition:
            break
        if not preposition and low in forms.stops and low not in forms.articles:
            break
        if low.endswith("ed") and words and words[-1].lower() not in forms.of | forms.articles:  # rather a verb
            break
        words.append(word.group())
        at = stop = word.end()
    while words and (words[-1].lower() in forms.of or words[-1].lower() in forms.articles):
        words.pop()
    kept = [w for w in words if w.lower() not in forms.articles]
    return " ".join(kept), stop


def _elliptic(text: str, number: _Number, before: Figure, dated: list[TimeExpression]) -> Figure | None:
    """ "12,000 workers in 1900 and 36,000 in July 1917": the unit of the figure before is meant again."""
    if number.unit or number.start - before.end > 60 or not dated:
        return None
    follows = re.compile(r"\s(?:in|by|on|at the end of|during)\s(?:the\s)?").match(text, number.end)
    if follows is None or not any(t.start <= follows.end() <= t.end for t in dated):
        return None
    return Figure(number.start, number.end, number.value, before.unit, before.of)


# ---------------------------------------------------------------- as of when


def _as_of(text: str, figure: Figure, sentence: Span, dated: list[TimeExpression]) -> str | None:
    """The date of the figure's clause; the only one of its sentence if the clause has none; else None."""
    days = [t for t in dated if t.edtf and t.type == "DATE"]
    begin = max((m.end() for m in _CLAUSE.finditer(text, sentence.start, figure.start)), default=sentence.start)
    stop = _CLAUSE.search(text, figure.end, sentence.end)
    here = [t for t in days if begin <= t.start < (stop.start() if stop else sentence.end)]
    after = [t for t in here if t.start >= figure.end and t.start - figure.end <= 40]
    for candidates in (here, after[:1], days):
        if len({t.edtf for t in candidates}) == 1:
            return candidates[0].edtf
    return None
