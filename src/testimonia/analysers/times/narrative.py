"""Reading a text in its order: which dates move the running date, and which do not."""

from __future__ import annotations

import re
from dataclasses import replace

from testimonia.analysers.times.lexicon import Tokens
from testimonia.analysers.times.moment import Moment
from testimonia.analysers.times.raw import Raw
from testimonia.analysers.times.resolve import Cursor, finding, months_named, reporting, resolve
from testimonia.findings import TimeExpression

_REACH = 25  # tokens; how far from a date its tense is looked for
_ORIGIN = 10  # tokens; how far before a year the word is looked for that makes it the year of a founding
_TENSED = frozenset({"moment", "weekday", "weekend"})
_CONNECT = frozenset({"join", "dash", "hyphen", "comma", "'the'", "early", "edge", "'of'", "open", "slant"})


class Reader:
    """Resolves the expressions of one document, passage by passage."""

    def __init__(self, written: Moment | None, raws: list[Raw]) -> None:
        self.cursor = Cursor(written, reporting(raws, written))
        self.named = months_named(raws)

    def passage(self, tokens: Tokens, raws: list[Raw], heading: bool) -> list[TimeExpression]:
        """The findings of one passage. A heading's first date is where the section begins."""
        self.cursor.begin()
        lend_years(tokens, raws)
        scopes = _Scopes(tokens)
        out: list[TimeExpression] = []
        moved = False
        for raw in raws:
            if not heading:
                scopes.follow(raw.first, self.cursor)
            ahead = self.cursor.at_own_day() and raw.kind in _TENSED and tense(tokens, raw)
            moment, doubt = resolve(raw, self.cursor, ahead, self.named)
            if raw.anchor == "era" and moment is None:
                continue
            out.append(finding(raw, moment, doubt))
            if moment is not None and self._moves(tokens, raw, moment) and not (heading and moved):
                self.cursor.move(moment)
                moved = True
        return out

    def _moves(self, tokens: Tokens, raw: Raw, moment: Moment) -> bool:
        """Whether the narrative goes on from this date: not from a name, a look back, a plan or a stray year."""
        if moment.year is None or raw.name or (raw.kind in ("shift", "which") and raw.amount < 0):
            return False
        here, before = self.cursor.narrative, tokens.classes(raw.first - 1) if raw.first else frozenset()
        if here is None or here.year is None or moment.precision not in ("year", "month"):
            return True
        if moment.year > here.year and tense(tokens, raw):
            return False
        aside = before & {"'of'", "'since'", "'the'"} or (here.precision == "day" and _tells_origin(tokens, raw))
        stray = moment.year < here.year - 2 and aside
        return moment.precision == "month" or not stray


def _tells_origin(tokens: Tokens, raw: Raw) -> bool:
    """The school was founded by the guild in 1889: a year of what is spoken of; the narrative does not stay there."""
    for i in range(raw.first - 1, max(raw.first - _ORIGIN, -1), -1):
        own = tokens.classes(i)
        if "origin" in own:
            return True
        if "stop" in own:
            return False
    return False


class _Scopes:
    """Parentheses and quotations opened and closed between expressions."""

    def __init__(self, tokens: Tokens) -> None:
        lexicon = tokens.lexicon
        self.opening = lexicon.of("open", "openquote")
        self.marks = re.compile(f"[{self.opening}{lexicon.of('close', 'closequote')}]")
        self.line = tokens.line
        self.at = 0

    def follow(self, token: int, cursor: Cursor) -> None:
        for mark in self.marks.finditer(self.line, self.at, max(token, self.at)):
            if mark.group() in self.opening:
                cursor.enter()
            else:
                cursor.leave()
        self.at = max(token, self.at)


def lend_years(tokens: Tokens, raws: list[Raw]) -> None:
    """July 1 to July 3, 1863; August and September 1914: the year stands once and serves both."""
    for n in range(len(raws) - 2, -1, -1):
        raw, follower = raws[n], raws[n + 1]
        year, later = follower.moment.year, follower.moment.month or (12 if follower.moment.season else None)
        if year is None or later is None or raw.name or raw.kind != "moment" or raw.moment.known:
            continue
        between = range(raw.last, follower.first)
        if 0 < len(between) < 4 and all(tokens.classes(i) & _CONNECT for i in between):
            raw.moment = replace(raw.moment, year=year - ((raw.moment.month or 0) > later))


def tense(tokens: Tokens, raw: Raw) -> bool:
    """Whether the nearest word of tense says that the date lies ahead."""
    for i in range(raw.first - 1, max(raw.first - _REACH, -1), -1):
        own = tokens.classes(i)
        if "stop" in own and "dot" not in own:
            break
        if "dot" in own and i + 1 < raw.first and "month" not in tokens.classes(i - 1):
            break
        if own & {"future", "past"}:
            return "future" in own
        if "word" in own and tokens.word(i).endswith(tokens.lexicon.past_ending):
            return False
    for i in range(raw.last, min(raw.last + _REACH, len(tokens.line))):
        own = tokens.classes(i)
        if "stop" in own:
            return False
        if own & {"future", "past"}:
            return "future" in own
        if "word" in own and tokens.word(i).endswith(tokens.lexicon.past_ending):
            return False
    return False
