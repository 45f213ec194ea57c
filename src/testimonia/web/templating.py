"""The template environment that the web app and the report share; everything is escaped."""

from __future__ import annotations

from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from testimonia.views.dates import DATED_BY, date_words
from testimonia.views.rows import PassageRow
from testimonia.web.marks import Mark, marked
from testimonia.web.wording import TOLD_AS, count_words, sure_words

SHORT = 400  # code points of a passage in a list


@cache
def environment() -> Environment:
    """Jinja with the filters below; a name that is not there is an error."""
    made = Environment(
        loader=PackageLoader("testimonia.web"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(date=date_words, count=count_words, short=_short, found=_found, sure=sure_words)
    made.globals.update(told_as=TOLD_AS, dated_by=DATED_BY)
    return made


@cache
def style() -> str:
    return resources.files(__package__).joinpath("static", "style.css").read_text(encoding="utf-8")


def _short(words: str) -> str:
    if len(words) <= SHORT:
        return words
    return words[:SHORT].rsplit(" ", 1)[0] + " …"


def _found(row: PassageRow) -> Markup:
    """The passage around the first word found, with the words found marked."""
    first = row.marks[0][0] if row.marks else 0
    start = max(0, first - SHORT // 2)
    end = min(len(row.words), start + SHORT)
    while 0 < start < first and not row.words[start - 1].isspace():
        start += 1
    marks = [Mark(s, e, 0, "found") for s, e in row.marks]
    before, after = "… " if start else "", " …" if end < len(row.words) else ""
    return Markup("{}{}{}").format(before, marked(row.words, start, end, marks), after)
