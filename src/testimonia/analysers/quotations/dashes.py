"""Dialogue that a dash opens at the beginning of a line, in texts that set their dialogue so."""

from __future__ import annotations

import re

from testimonia.analysers.quotations.direct import Direct
from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.marks import Marked
from testimonia.text import Span

_DASH = re.compile(r"(?:^|(?<=: ))[^\S\n]*(?P<dash>(?:—|―|–|--)[^\S\n]*)(?=[\w¿¡…])", re.MULTILINE)
_STOP = re.compile(r"[,.!?…](?=\s)")
_FEWEST = 4  # lines with a dash that make such a text
_MOST_STOPS = 30  # places in a line at which a tag is looked for


def dashes(ground: Ground, direct: Direct) -> list[Draft]:
    """A quotation for each line that a dash opens, up to its speech tag or its end.

    None where double marks are the text's way of setting speech, or where no such line has a tag: then it is a list.
    """
    found = list(_DASH.finditer(ground.text))
    if len(found) < _FEWEST or len(found) < sum(not mark.single for mark in ground.marks):
        return []
    drafts = [
        draft for match in found if (draft := _line(ground, direct, match.start("dash"), match.end())) is not None
    ]
    return drafts if sum(bool(draft.cue) for draft in drafts) * 5 >= len(found) else []


def _line(ground: Ground, direct: Direct, dash: int, start: int) -> Draft | None:
    end = ground.text.find("\n", start)
    end = len(ground.text) if end < 0 else end
    for number, stop in enumerate(_STOP.finditer(ground.text, start, min(end + 1, len(ground.text)))):
        if number == _MOST_STOPS:
            break
        tag = direct.tag_after(Marked(start, stop.end(), False, True, 0))
        if tag is not None:
            return Draft("direct", [Span(dash, stop.end())], [tag[0]], tag[1])
    span = ground.stripped(dash, end)
    return Draft("direct", [span]) if span.end > span.start else None
