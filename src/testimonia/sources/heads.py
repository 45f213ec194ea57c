"""What one line at the edge of a text says: author, day, publisher, filing; or that the text ends here."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import msgspec

from testimonia import language

LONGEST = 200  # code points; a longer line is part of a text, whatever it says
_LONGEST_CREDIT = 400
_YEAR = re.compile(r"\d{4}")
_TIME = re.compile(r"\b\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?|\b\d{1,2}\s?[ap]\.?m\b\.?", re.IGNORECASE)
_NAME_ENDS = re.compile(r"[|•·\n(\[,;]|\s[–—-]+(?:\s|$)|\s(?:on|at|for|in)\s|\s{2,}|\t|\xa0{2,}")
_PARTICLES = frozenset((
    "de", "del", "della", "der", "den", "van", "von", "la", "le", "du", "di", "da", "dos", "al", "el", "bin",
    "ibn", "and", "&", "ter", "ten", "zu", "af",
))  # fmt: skip
_TWICE = re.compile(r"(\S.{2,80}?)\s*\1")
_WORD = re.compile(r"[^\W_][\w.’'-]*")


@dataclass(frozen=True, slots=True)
class Fact:
    """What a text states of a document: ``field`` is title, byline, publisher, date, url or category."""

    field: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line's part at a text's edge.

    ``kind``: "rule" (only strokes), "page" (filing of all that follows), "filing" (of one text), "closing", "credit",
    "byline", "date", "label", "mast" (a publication's name), "opening" (which kind of text follows), or "" for words
    of the text itself.
    """

    kind: str = ""
    facts: tuple[Fact, ...] = ()


class _Lists(msgspec.Struct, forbid_unknown_fields=True):
    months: dict[str, int]
    weekdays: list[str]
    beside_date: list[str]
    byline: list[str]
    labels: dict[str, list[str]]
    publications: list[str]
    page_filing: list[str]
    text_filing: list[str]
    closing: list[str]
    opening: list[str]
    credits: list[str]
    publishes: list[str]
    sections: list[str]
    section_forms: list[str]
    series: list[str]
    salutation: list[str]
    source: list[str]
    goes_on: list[str]
    left_out: list[str]
    titles: list[str]
    bylines: list[str]
    dates: list[str]
    filings: list[str]
    containers: list[str]


class Rules:
    """The lists of ``language/<code>/sources.yml``, compiled."""

    def __init__(self, code: str) -> None:
        lists = language.read(code, "sources", _Lists)
        self.lists = lists
        self.months = lists.months
        self.calendar = frozenset(lists.months) | frozenset(lists.weekdays)
        self.beside_date = frozenset(lists.beside_date) | self.calendar
        self.publications = frozenset(lists.publications)
        self.labels = {label: field for field, labels in lists.labels.items() for label in labels}
        self.byline = _any(lists.byline)
        self.page_filing = [re.compile(p, re.IGNORECASE) for p in lists.page_filing]
        self.text_filing = [re.compile(p, re.IGNORECASE) for p in lists.text_filing]
        self.closing, self.opening = _any(lists.closing), _any(lists.opening)
        self.credits, self.publishes = _words(lists.credits), _words(lists.publishes)
        self.sections = frozenset(lists.sections)
        self.section_forms, self.series = _any(lists.section_forms), _any(lists.series)
        self.salutation, self.source = _any(lists.salutation), _any(lists.source)
        self.goes_on = frozenset(lists.goes_on)
        month = "|".join(sorted(lists.months, key=len, reverse=True))
        day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
        self.dates = [
            re.compile(rf"\b(?P<month>{month})\b\.?\s+{day},?\s+(?P<year>\d{{4}})\b", re.IGNORECASE),
            re.compile(rf"(?<![\d–—/-])\b{day}\.?\s+(?:of\s+)?(?P<month>{month})\b\.?,?\s+(?P<year>\d{{4}})\b", re.I),
            re.compile(r"(?<![\d/-])(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)"),
            re.compile(r"(?<![\d/.-])(?P<day>\d{1,2})([-/.])(?P<month>\d{1,2})\2(?P<year>\d{4})(?!\d)"),
        ]


@cache
def rules(code: str = "en") -> Rules:
    return Rules(language.known(code))


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.IGNORECASE)


def _words(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def date_in(words: str, code: str = "en") -> tuple[str, int, int] | None:
    """The first full date in ``words``: (YYYY-MM-DD, start, end). 3/4/2010 is none: it may be March or April.

    A date that is said to be that of a change ("updated") is taken only when there is no other.
    """
    found = sorted(_dates(words, code), key=lambda d: ("updat" in words[max(0, d[1] - 14) : d[1]].lower(), d[1]))
    return found[0] if found else None


def _dates(words: str, code: str) -> Iterator[tuple[str, int, int]]:
    if not _YEAR.search(words):
        return
    months = rules(code).months
    for pattern in rules(code).dates:
        for match in pattern.finditer(words):
            named = match["month"].lower()
            month = months.get(named) or int(named)
            day = int(match["day"])
            if named.isdigit() and month != day and match.start("day") < match.start("month"):
                if month <= 12 and day <= 12:
                    continue
                month, day = (day, month) if month > 12 else (month, day)
            try:
                yield datetime.date(int(match["year"]), month, day).isoformat(), match.start(), match.end()
            except ValueError:
                continue


def read_line(text: str, start: int, end: int, code: str = "en") -> Line:
    """Reads the line ``text[start:end]``; the facts' offsets are in ``text``."""
    if end - start > _LONGEST_CREDIT:
        return Line()
    line = _said(text[start:end], code)
    return _shifted(line, start) if line.facts else line


@lru_cache(maxsize=1024)  # a line is asked for when its paragraph is read and again when its text's head is
def _said(words: str, code: str) -> Line:
    if not any(c.isalnum() for c in words) and not rules(code).closing.match(words):
        return Line("rule") if len(words.strip()) >= 3 else Line()
    if len(words) <= LONGEST:
        for reader in (_page_filing, _labelled, _text_filing, _dateline, _masthead):
            line = reader(words, code)
            if line:
                return line
        if rules(code).closing.match(words):
            return Line("closing")
        if rules(code).opening.match(words):
            return Line("opening")
    return _credit(words, code)


def _shifted(line: Line, by: int) -> Line:
    return Line(line.kind, tuple(Fact(f.field, f.value, f.start + by, f.end + by) for f in line.facts))


def _page_filing(words: str, code: str) -> Line | None:
    for pattern in rules(code).page_filing:
        match = pattern.fullmatch(words.strip())
        if match:
            start = words.index(match["name"])
            return Line("page", (Fact("category", match["name"].strip(), start, start + len(match["name"])),))
    return None


def _text_filing(words: str, code: str) -> Line | None:
    if words.rstrip().endswith((".", "!", "?", ":")) or date_in(words, code):
        return None
    for pattern in rules(code).text_filing:
        match = pattern.fullmatch(words.strip())
        if match:
            names = re.split(r"\s*[|»]", match["names"])[0]
            return Line("filing", tuple(categories(names, words.index(match["names"]))))
    return None


def categories(names: str, start: int) -> Iterator[Fact]:
    """The categories in a list such as "Ports, Strikes and lockouts"; commas part them."""
    for match in re.finditer(r"[^,;#\s][^,;#]*", names):
        name = match.group().rstrip()
        if len(name) <= 80 and any(c.isalnum() for c in name):
            yield Fact("category", name, start + match.start(), start + match.start() + len(name))


def _labelled(words: str, code: str) -> Line | None:
    match = re.match(r"\s*([A-Za-z-]+(?: [A-Za-z-]+)?)\s*:\s+(?=\S)", words)
    field = rules(code).labels.get(match[1].lower()) if match else None
    if not match or not field:
        return None
    value = words[match.end() :].rstrip()
    if field == "date":
        found = date_in(words, code)
        return Line("label", (Fact("date", *found),)) if found else None
    if field == "byline":
        return _dateline(words, code) or Line("label", (_fact("byline", value, match.end()),))
    return Line("label", (_fact(field, value, match.end()),))


def _fact(field: str, value: str, start: int) -> Fact:
    return Fact(field, value, start, start + len(value))


def _dateline(words: str, code: str) -> Line | None:
    """A line that gives the author, the day or both, and nothing else but a place, a publication or a time."""
    byline = byline_in(words, code)
    date = date_in(words, code)
    if not byline and not date:
        return None
    taken = [(f.start, f.end) for f in (byline,) if f] + [d[1:] for d in (date,) if d]
    if byline and byline.start <= 20 and not date:
        facts = [byline, *_publication(words, byline.end, code)]
        return Line("byline", tuple(facts)) if _rest(words, taken, code) <= 10 else None
    rest = _rest(words, taken, code)
    if rest > (6 if byline else 4):
        return None
    facts = [f for f in (byline,) if f] + ([Fact("date", *date)] if date else [])
    facts += _publication(words, 0, code, taken)
    return Line("date" if date else "byline", tuple(facts))


def _rest(words: str, taken: list[tuple[int, int]], code: str) -> int:
    """How many words are left that do not belong to a dateline; a small-letter one counts four."""
    blank = list(words)
    for start, end in [*taken, *((m.start(), m.end()) for m in _TIME.finditer(words))]:
        blank[start:end] = " " * (end - start)
    known = rules(code).beside_date
    left = [w for w in _WORD.findall("".join(blank)) if w.lower().strip(".") not in known and not w.isdigit()]
    return sum(4 if w[0].islower() else 1 for w in left)


def byline_in(words: str, code: str = "en") -> Fact | None:
    """The author that a byline names: "By Jane Roe", "By JANE ROE, Staff", "… | Author: The Meister"."""
    for match in rules(code).byline.finditer(words):
        before = words[: match.start()].rstrip()
        if before and (before[-1].isalnum() and not date_in(before, code) and not _is_posted(before, code)):
            continue
        begin = match.end()
        rest = words[begin:]
        cut = _NAME_ENDS.search(rest)
        name = (rest[: cut.start()] if cut else rest).rstrip(" \xa0.:-–—")
        inner = date_in(name, code)
        if inner:
            name = name[: inner[1]].rstrip(" \xa0.:-–—")
        twice = _TWICE.fullmatch(name)
        name = twice[1] if twice else name
        handle = ":" in match.group() or " by" in match.group().lower() or bool(before)
        if is_name(name, code) or (handle and re.fullmatch(r"[\w.@-]{2,30}(?: [\w.@-]{2,30})?", name)):
            return Fact("byline", name, begin, begin + len(name))
    return None


def _is_posted(before: str, code: str) -> bool:
    return before.split()[0].lower() in rules(code).beside_date


def is_name(words: str, code: str = "en") -> bool:
    """Whether the words have the form of one or more persons' (or an agency's) names: capitals and particles."""
    parts = words.split()
    if not 1 <= len(parts) <= 10 or len(words) > 100 or not parts[0][0].isalpha() or parts[0].islower():
        return False
    if any(p.lower().strip(".,") in rules(code).calendar and len(p) > 3 for p in parts) and len(parts) < 3:
        return False
    if len(parts) == 1 and len(words) < 3:
        return False
    return all(p.lower() in _PARTICLES or (p[0].isupper() and not any(c.isdigit() for c in p)) for p in parts)


def _publication(words: str, start: int, code: str, taken: list[tuple[int, int]] | None = None) -> Iterator[Fact]:
    """A publication's name among the parts of a dateline."""
    for match in re.finditer(r"[^|•·,;\n(){}–—\xa0]+", words[start:]):
        begin = start + match.start() + len(match.group()) - len(match.group().lstrip())
        name = match.group().strip()
        if any(begin < e and s < begin + len(name) for s, e in taken or ()):
            continue
        if is_publication(name, code):
            yield _fact("publisher", name, begin)
            return


def is_publication(words: str, code: str = "en") -> bool:
    """Whether the words have the form of a newspaper's or site's name: "The Halmora Courier"."""
    parts = words.split()
    if not 1 <= len(parts) <= 6 or not re.fullmatch(r"[\w\s’'.&-]+", words) or parts[0].islower():
        return False
    known = rules(code).publications
    of = next((i for i, p in enumerate(parts) if p.lower() == "of"), len(parts))
    if of == 0 or parts[of - 1].lower() not in known:
        return False
    return all(p[0].isupper() or p.lower() in ("of", "the", "and", "for", "&", "de") for p in parts)


def _masthead(words: str, code: str) -> Line | None:
    opened = rules(code).source.match(words)
    name = (re.split(r"[,;|(]", words[opened.end() :])[0] if opened else words).strip()
    if is_publication(name, code) and not name.endswith("."):
        return Line("mast", (_fact("publisher", name, words.index(name)),))
    return None


_DASH = re.compile(r"\s*[—–*-]{1,3}\s*")
_IS = re.compile(r"\b(?:is|was|are|writes|teaches|edits|covers)\b")
_FOR = re.compile(r"\b(?:for|at|of|with)\s+(?:the\s+)?([A-Z][\w’'&.-]*(?:\s+(?:of\s+|the\s+)?[A-Z][\w’'&-]*){0,5})")


def _credit(words: str, code: str) -> Line:
    """ "— Jane Roe is a columnist for the Star.": ends a text, and may name the publication."""
    if "\n" in words.strip():
        return Line()
    dash = _DASH.match(words)
    body = words[dash.end() :] if dash else words
    verb = _IS.search(body)
    if not verb or len(body[: verb.start()].split()) > 6 or not is_name(body[: verb.start()].strip(" ,"), code):
        return Line("closing") if dash and _is_imprint(body) else Line()
    role = rules(code).credits.search(body, verb.start(), verb.start() + 80)
    if not role or (not dash and len(words) > 250):
        return Line()
    facts: tuple[Fact, ...] = ()
    if rules(code).publishes.search(body, verb.start(), verb.start() + 80):
        place = _FOR.search(body, role.end())
        if place and place.start() <= role.end() + 25:
            begin = place.start(1) + len(words) - len(body)
            facts = (_fact("publisher", place[1].rstrip("."), begin),)
    return Line("credit", facts)


def _is_imprint(body: str) -> bool:
    """ "- Letters from the Fish Steps, edited by Anne Lind, is published by the Halmora Press"."""
    return bool(re.search(r"\b(?:is|was|are) (?:published|reprinted|available|printed|translated)\b", body))
