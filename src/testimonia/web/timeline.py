"""The chronology's picture on a page, and the ways through time around it: each is a link."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from testimonia import intervals
from testimonia.views import picture
from testimonia.views.chronology import Chronology, hull
from testimonia.views.dates import MONTHS, heading, possible
from testimonia.views.drawing import Box, Drawing
from testimonia.views.periods import Period, beside, counted, inner, outers
from testimonia.views.picture import SLIM, WIDE
from testimonia.views.rows import EventRow
from testimonia.web.asked import AskedChronology
from testimonia.web.links import Links

HELD = 32  # pictures kept
Address = Callable[[Period | None], str]


class Way(NamedTuple):
    """A link to another period: what it is called, where it leads, and how many events surely lie there."""

    words: str
    href: str
    number: int = 0


class Timeline(NamedTuple):
    """A picture in two widths, and the links around it."""

    wide: Markup
    slim: Markup
    caption: str
    period: str
    outer: list[Way]
    inner: list[Way]
    earlier: Way | None
    later: Way | None
    outside: list[Way]


class Pictures:
    """Pictures that were drawn lately, by the question and the events they show."""

    def __init__(self) -> None:
        self._held: OrderedDict[object, tuple[Markup, Markup]] = OrderedDict()

    def both(self, found: Chronology, made: Drawing, asked: str, href: picture.Href) -> tuple[Markup, Markup]:
        """(wide, slim) SVG."""
        key = (asked, tuple((e.id, e.passages) for e in found.drawn))
        if key not in self._held:
            self._held[key] = svgs(found, made, href)
            while len(self._held) > HELD:
                self._held.popitem(last=False)
        self._held.move_to_end(key)
        return self._held[key]


def svgs(found: Chronology, made: Drawing, href: picture.Href) -> tuple[Markup, Markup]:
    """(wide, slim) SVG. Vega escapes the labels, ``page_svg`` the links."""
    slim = picture.drawn(found, SLIM, made.period)
    assert slim is not None
    return tuple(Markup(picture.page_svg(m, picture.words_of(found, m), href)) for m in (made, slim))  # type: ignore[return-value]


def timeline(found: Chronology, links: Links, asked: AskedChronology, pictures: Pictures) -> Timeline | None:
    """The picture of the events found; None when none has a place in time."""
    made = picture.drawn(found, WIDE)
    if made is None:
        return None

    def href(box: Box) -> str | None:
        if box.event:
            return links.document(box.event.document, box.event.start, box.event.end)
        return asked.address(box.part) if box.part else None

    wide, slim = pictures.both(found, made, asked.address(made.period), href)
    return Timeline(
        wide,
        slim,
        picture.caption(made),
        str(made.period),
        *_ways(found, made, asked.address),
        _outside(found, made, asked.address),
    )


def _outside(found: Chronology, made: Drawing, address: Address) -> list[Way]:
    """Where the events lie that are not in the picture because they are far from the rest."""
    whole = hull(e.days for e in found.drawn) or made.period
    sides = (
        (made.before, Period(whole.first, made.period.first - 1)),
        (made.after, Period(made.period.last + 1, whole.last)),
    )
    return [Way(str(period), address(period), number) for number, period in sides if number]


def _ways(found: Chronology, made: Drawing, address: Address) -> tuple[list[Way], list[Way], Way | None, Way | None]:
    """Outwards, inwards, to the earlier and to the later."""
    period = made.period
    asked = found.wanted.earliest is not None or found.wanted.latest is not None
    outer = [Way("all time", address(None))] if asked else []
    outer += [Way(str(p), address(p)) for p in outers(period) if found.hull and asked and p.length < found.hull.length]
    parts = inner(period)
    counts = counted((possible(e.days) for e in found.drawn), parts)
    ways = [
        Way(_short(part, period), address(part), sure)
        for part, sure, more in zip(parts, *counts, strict=True)
        if sure or more
    ]
    before, after = beside(period, -1), beside(period, 1)
    return outer, ways, before and Way(str(before), address(before)), after and Way(str(after), address(after))


def _short(part: Period, whole: Period) -> str:
    """What part it is of the whole: 7 Aug, August, 1911."""
    _, month, day = intervals.civil(part.first)
    same = intervals.civil(whole.first)[0] == intervals.civil(whole.last)[0]
    if part.length == 1:
        return f"{day} {MONTHS[month - 1][:3]}"
    return MONTHS[month - 1] if part.length < 32 and same and day == 1 else str(part)


def by_year(rows: list[EventRow]) -> list[tuple[str, list[EventRow]]]:
    """The rows under the years in which they begin; "" for those without a place in time."""
    return [(year, list(those)) for year, those in groupby(rows, key=lambda r: heading(r.earliest, r.latest))]
