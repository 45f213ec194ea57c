"""The chronology as a picture, made by Altair: in a notebook, as SVG and PNG without a browser, in the web app.

Where there are too many events for a mark each, columns count them (``views.drawing``); each leads to its stretch.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import escape

from testimonia.errors import InputError
from testimonia.views.dates import place_in_time
from testimonia.views.drawing import Box, Drawing, drawing, period_of
from testimonia.views.periods import Period
from testimonia.views.written import replace_with, target

if TYPE_CHECKING:
    from testimonia.views.chronology import Chronology

WIDE, SLIM = 1000, 340  # pixels
ENDINGS = (".svg", ".png")
_ROWS = 50  # of a notebook's table
_WORDS = 160  # code points of an event's words in a label
_RESOLUTION = 2.0  # pixels of a PNG for each of the SVG
# Attributes that the medium's style sheet says better, that a strict style policy forbids, or that say nothing.
_STYLE = re.compile(r'\s(?:style|font-family|font-size|aria-roledescription|role)="[^"]*"')
# Vega completes relative addresses with one of its own: marks carry a placeholder until the SVG is there.
_PLACEHOLDER = "https://event.invalid/"
_LINK = re.compile(r'xlink:href="' + re.escape(_PLACEHOLDER) + r'(\d+)"')
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what no XML file may hold
_LABELLED = re.compile(r'<path aria-label="([^"]*)"([^>]*?)/>')

Words = Mapping[str, str]
Href = Callable[[Box], str | None]


class Look(NamedTuple):
    """Colours: on a page those of the text around; in a file and a notebook dark on white."""

    ink: str
    paper: str


PAGE, FILE = Look("currentColor", "transparent"), Look("#1d1b18", "#ffffff")
_STYLES: dict[str, dict[str, Any]] = {
    "dark": {"fillOpacity": 1, "strokeOpacity": 0},
    "pale": {"fillOpacity": 0.55, "strokeOpacity": 0},
    "more": {"fillOpacity": 0.35, "strokeOpacity": 0},
    "dashed": {"fillOpacity": 0.16, "strokeOpacity": 0.8, "strokeDash": [3, 2]},
    "hollow": {"fillOpacity": 0, "strokeOpacity": 0.8},
}


def drawn(found: Chronology, width: int = WIDE, period: Period | None = None) -> Drawing | None:
    """What there is to draw of the events found; None when none has a place in time."""
    shown = period or period_of(found.drawn, found.wanted.earliest, found.wanted.latest)
    return drawing(found.drawn, shown, width) if shown and found.drawn else None


def chart(found: Chronology, width: int = WIDE) -> Any:
    """An Altair chart of the events found, which a notebook shows as SVG; Altair's own way loads a script from the net.

    Raises ``InputError`` when no event has a place in time.
    """
    made = drawn(found, width)
    if made is None:
        raise InputError("there is no event to draw", hint="Ask for another period, or with fewer filters.")
    title = f"{found.total:,} {'event' if found.total == 1 else 'events'}, {made.period}"
    outside = [f"{n:,} {when}" for n, when in ((made.before, "before"), (made.after, "after")) if n]
    outside += [f"{undated:,} without a place in time"] if (undated := _undated(found)) else []
    title += f" (not drawn: {', '.join(outside)})" if outside else ""
    return _offline(_chart(made, words_of(found, made), FILE, title))


def _offline(chart: Any) -> Any:
    class Picture(type(chart)):  # type: ignore[misc]
        """A chart that displays without a script and without a network."""

        def _repr_mimebundle_(self, *_: object, **__: object) -> dict[str, str]:
            return {
                "image/svg+xml": _file_svg(self),
                "text/plain": "the chronology as a picture",
            }

    object.__setattr__(chart, "__class__", Picture)  # Altair takes a plain assignment for a field of the chart
    return chart


def _undated(found: Chronology) -> int:
    return sum(place_in_time(event.days)[0] for event in found.drawn)


def caption(made: Drawing) -> str:
    """What the marks that are in the picture mean."""
    marks = [box for box in made.boxes if box.event]
    styles = {box.style for box in marks}
    lasting = any(box.style == "dark" and box.event and box.event.lasting for box in marks)
    days = any(box.style == "dark" and box.event and not box.event.lasting for box in marks)
    parts = (
        (days, "a narrow dark mark is a day"),
        ("pale" in styles, "a pale bar is a date known to a month, a year or more, and as long as that"),
        (lasting, "a long dark bar is what lasted"),
        ("dashed" in styles, "a dashed edge is approximate or open"),
        ("hollow" in styles, "an outline is no fact but a plan, denial or possibility"),
        (bool(made.arrows), "an arrow leads on, beyond the picture or no one knows how far"),
        (len(marks) < len(made.boxes), "a column counts: dark what surely lies in its stretch, pale what may"),
    )
    said = "; ".join(words for there, words in parts if there)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def words_of(found: Chronology, made: Drawing) -> Words:
    """The words of the events that have a mark of their own."""
    return found.words([box.event.id for box in made.boxes if box.event])


def page_svg(made: Drawing, words: Words, href: Href) -> str:
    """An SVG for a page with a strict style policy, in the colours of the text around it; marks lead to ``href``."""
    import vl_convert

    spec = _spec(_chart(made, words, PAGE, None, link=True))
    svg = _STYLE.sub("", vl_convert.vegalite_to_svg(spec))

    def address(match: re.Match[str]) -> str:
        to = href(made.boxes[int(match.group(1))])
        return f'href="{escape(to)}"' if to else ""

    return _LABELLED.sub(r"<path\2><title>\1</title></path>", _LINK.sub(address, svg))


def notebook(found: Chronology) -> str:
    """The picture and the first rows, as HTML."""
    svg = chart(found)._repr_mimebundle_()["image/svg+xml"] if drawn(found) else ""
    rows = "".join(
        f"<tr><td>{escape(r.dated)}</td><td>{escape(r.type)}</td><td>{escape(r.words)}</td>"
        f"<td>{escape(r.title or 'Untitled document')}, {r.start}–{r.end}</td></tr>"
        for r in found[:_ROWS]
    )
    head = "<tr><th>When</th><th>Type</th><th>Words</th><th>Where</th></tr>"
    shown = f"{min(len(found), _ROWS):,} of {found.total:,} events, told in {found.passages:,} passages"
    return f"{svg}<p>{shown}</p><table>{head}{rows}</table>"


def write(found: Chronology, output: Path, base: Path) -> None:
    """The picture as a file, SVG or PNG by the ending of its name: whole or not at all.

    Raises ``InputError`` for another ending, for no event to draw, and for a place that cannot be written.
    """
    import vl_convert

    ending = output.suffix.lower()
    if ending not in ENDINGS:
        raise InputError("a picture is written as .svg or .png", str(output), "Give its name one of these endings.")
    place = target(output, base, "the picture")
    made = chart(found)
    if ending == ".svg":
        content = _file_svg(made).encode()
    else:
        content = vl_convert.vegalite_to_png(_spec(made), scale=_RESOLUTION)
    replace_with(place, [content], output)


def _file_svg(chart: Any) -> str:
    """An SVG that stands alone; what a mark is for is its title."""
    import vl_convert

    return _LABELLED.sub(r"<path\2><title>\1</title></path>", vl_convert.vegalite_to_svg(_spec(chart)))


# ---------------------------------------------------------------- the chart


def _chart(made: Drawing, words: Words, look: Look, title: str | None, *, link: bool = False) -> Any:
    import altair

    rows = [_row(made, i, box, words, link) for i, box in enumerate(made.boxes)]
    layers = [_names(altair, made, look), *([_above(altair, made, look)] if made.tall else [])]
    for style, values in _STYLES.items():
        those = [row for row, box in zip(rows, made.boxes, strict=True) if box.style == style]
        if those:
            layers.append(_boxes(altair, made, those, look, values))
    layers += [_arrows(altair, made, way, look) for way in (-1, 1) if any(a.way == way for a in made.arrows)]
    whole = altair.layer(*layers).properties(width=made.width, height=made.height)
    if title:
        legend = textwrap.wrap(caption(made), 125)
        whole = whole.properties(
            title=altair.TitleParams(title, subtitle=legend, anchor="start", frame="group", color=look.ink, offset=12,
                                     subtitleColor=look.ink, subtitleFontSize=10, fontSize=15),
            padding=14,
        )  # fmt: skip
    return whole.configure(background=look.paper).configure_view(stroke=None)


def _spec(chart: Any) -> dict[str, Any]:
    spec: dict[str, Any] = chart.to_dict(validate=False)  # checking thousands of rows takes longer than drawing them
    return spec


def _row(made: Drawing, number: int, box: Box, words: Words, link: bool) -> dict[str, Any]:
    row: dict[str, Any] = {
        "first": round(box.first, 2), "last": round(box.last, 2),
        "top": round(box.top, 1), "bottom": round(box.bottom, 1), "label": _NO_XML.sub("\ufffd", _label(box, words)),
    }  # fmt: skip
    return row | ({"href": f"{_PLACEHOLDER}{number}"} if link else {})


def _label(box: Box, words: Words) -> str:
    event = box.event
    if event is None:
        parts = [f"{box.sure:,} dated in it" if box.sure else "", f"{box.more:,} more that may be" if box.more else ""]
        return f"{box.part}: {', '.join(x for x in parts if x)}"
    told = " ".join(words.get(event.id, "").split())
    told = told if len(told) <= _WORDS else told[: _WORDS - 1].rstrip() + "…"
    kind = "" if event.factuality == "fact" else f" ({event.factuality})"
    times = f" [{event.passages} passages]" if event.passages > 1 else ""
    place = f"{event.title or 'Untitled document'}, characters {event.start}–{event.end}"
    return f"{event.dated}{kind}: {told}{times} ({place})"


def _x(altair: Any, made: Drawing, field: str, look: Look) -> Any:
    labels = json.dumps({str(day): label for day, label in made.ticks}, ensure_ascii=True)
    axis = altair.Axis(
        values=[day for day, _ in made.ticks], labelExpr=f"({labels})[datum.value]", title=None, labelOverlap=False,
        labelFontSize=12, labelColor=look.ink, tickColor=look.ink, domainColor=look.ink, gridColor=look.ink,
        gridOpacity=0.15, labelBound=False, labelFlush=False,
    )  # fmt: skip
    domain = [made.period.first, made.period.last + 1]
    return altair.X(f"{field}:Q", axis=axis, scale=altair.Scale(domain=domain, nice=False, zero=False))


def _y(altair: Any, made: Drawing, field: str) -> Any:
    scale = altair.Scale(domain=[0, made.height], range=[0, made.height], nice=False)
    return altair.Y(f"{field}:Q", axis=None, scale=scale)


def _boxes(altair: Any, made: Drawing, rows: Sequence[dict[str, Any]], look: Look, values: dict[str, Any]) -> Any:
    channels = {"href": "href:N"} if "href" in rows[0] else {}
    mark = altair.Chart(altair.Data(values=list(rows))).mark_rect(fill=look.ink, stroke=look.ink, **values)
    return mark.encode(
        x=_x(altair, made, "first", look), x2="last:Q", y=_y(altair, made, "top"), y2="bottom:Q",
        description="label:N", tooltip="label:N", **channels,
    )  # fmt: skip


def _arrows(altair: Any, made: Drawing, way: int, look: Look) -> Any:
    rows = [{"day": round(a.day, 2), "middle": a.middle} for a in made.arrows if a.way == way]
    shape = "triangle-right" if way > 0 else "triangle-left"
    mark = altair.Chart(altair.Data(values=rows)).mark_point(
        shape=shape, size=36, fill=look.ink, stroke=None, xOffset=3 * way, aria=False
    )
    return mark.encode(x=_x(altair, made, "day", look), y=_y(altair, made, "middle"))


def _above(altair: Any, made: Drawing, look: Look) -> Any:
    """The labels of the ticks above the plot."""
    rows = [{"day": day, "label": label} for day, label in made.ticks]
    mark = altair.Chart(altair.Data(values=rows)).mark_text(
        baseline="bottom", dy=-6, fontSize=12, fill=look.ink, aria=False
    )
    return mark.encode(x=_x(altair, made, "day", look), y=altair.value(0), text="label:N")


def _names(altair: Any, made: Drawing, look: Look) -> Any:
    """The names of the lanes: left of the plot, or above each lane where there is no room."""
    rows = [{"label": _NO_XML.sub("\ufffd", lane.label), "middle": lane.middle} for lane in made.lanes]
    where = {"align": "left", "dx": 0} if made.narrow else {"align": "right", "dx": -8}
    mark = altair.Chart(altair.Data(values=rows)).mark_text(baseline="middle", fontSize=12, fill=look.ink, **where)
    return mark.encode(x=altair.value(0), y=_y(altair, made, "middle"), text="label:N", description="label:N")
