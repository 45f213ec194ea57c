"""The chronology as a picture: one line a type of event, time from left to right, as SVG made without a browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import escape

from testimonia.views.rows import EventRow

WIDTH = 1000  # pixels
LANE = 22
FEW = 25  # so few events are all drawn
# Attributes that only say what the medium's style sheet says better, or that a strict style policy forbids.
_STYLE = re.compile(r'\s(?:style|font-family|font-size)="[^"]*"')
_INK = "currentColor"
# Vega completes relative addresses with one of its own: marks carry a placeholder until the SVG is there.
_PLACEHOLDER = "https://event.invalid/"
_LINK = re.compile(r'xlink:href="' + re.escape(_PLACEHOLDER) + r'(\d+)"')
_LABELLED = re.compile(r'(<path aria-label="([^"]*)"[^>]*?)/>')


def drawable(events: Sequence[EventRow]) -> list[EventRow]:
    """The events that a picture shows: those that have a first and a last day (what is before the year 1 or open at an
    end has none), but not the few that lie so far from the rest that they would press it into a corner.
    """
    dated = [e for e in events if e.earliest and e.latest and e.earliest <= e.latest]
    years = sorted(int(e.earliest[:4]) for e in dated if e.earliest)
    if len(years) < FEW:
        return dated
    low, high = years[len(years) // 25], years[-1 - len(years) // 25]
    room = max(10, (high - low) // 2)
    return [
        e
        for e in dated
        if e.earliest and e.latest and low - room <= int(e.earliest[:4]) <= int(e.latest[:4]) <= high + room
    ]


def chronology_svg(events: Sequence[EventRow], href: Callable[[EventRow], str]) -> str | None:
    """An SVG whose marks lead to ``href``; None when no event can be drawn.

    A day is a tick, a longer stretch (a month, a year, a range) a pale bar from its first to its last day.
    """
    shown = drawable(events)
    if not shown:
        return None
    import altair
    import vl_convert

    rows = [_row(event, f"{_PLACEHOLDER}{number}") for number, event in enumerate(shown)]
    bars = [r for r in rows if r["long"]]
    ticks = [r for r in rows if not r["long"]]
    base = [_layer(altair, bars, "bar"), _layer(altair, ticks, "tick")]
    types = sorted({r["type"] for r in rows})
    chart = altair.layer(*[layer for layer in base if layer is not None])
    chart = chart.properties(width=WIDTH, height=LANE * len(types)).configure(background="transparent")
    chart = chart.configure_axis(
        labelColor=_INK,
        titleColor=_INK,
        tickColor=_INK,
        domainColor=_INK,
        gridOpacity=0.15,
        gridColor=_INK,
        labelFontSize=12,
    ).configure_view(stroke=None)
    svg = vl_convert.vegalite_to_svg(chart.to_dict())
    svg = _LINK.sub(lambda m: f'href="{escape(href(shown[int(m.group(1))]))}"', _STYLE.sub("", svg))
    return _LABELLED.sub(r"\1><title>\2</title></path>", svg)


def _row(event: EventRow, href: str) -> dict[str, Any]:
    long = event.earliest != event.latest
    label = f"{event.when}{' to ' + event.until if event.until else ''}: {' '.join(event.words.split())[:200]}"
    return {
        "type": event.type,
        "first": f"{event.earliest}T00:00:00",
        "last": f"{event.latest}T23:59:59",
        "long": long,
        "href": href,
        "label": label,
    }


def _layer(altair: Any, rows: list[dict[str, Any]], mark: str) -> Any:
    if not rows:
        return None
    lane = altair.Y("type:N", title=None, sort="ascending")
    first = altair.X("first:T", title=None)
    common = {"y": lane, "href": "href:N", "description": "label:N"}
    chart = altair.Chart(altair.Data(values=rows))
    if mark == "bar":
        return chart.mark_bar(height=9, opacity=0.3, color=_INK).encode(x=first, x2="last:T", **common)
    return chart.mark_tick(thickness=2.5, size=15, opacity=0.8, color=_INK).encode(x=first, **common)
