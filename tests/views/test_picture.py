"""The picture: readable with 20 and with 20,000 events, and nothing at a day that no text gives it."""

from __future__ import annotations

import random
import re
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told_events import Told, make

from testimonia import intervals
from testimonia.errors import InputError
from testimonia.views import picture
from testimonia.views.archive import Archive
from testimonia.views.chronology import Drawn
from testimonia.views.dates import days_of
from testimonia.views.drawing import ALL, EACH, ROW, THIN, Box, Drawing, drawing, period_of, ticks
from testimonia.views.periods import Period, asked

TYPES = ("arrest", "birth", "death", "speech", "travel", "trial", "vote", "other")


def event(number: int, when: str, type: str = "other", until: str | None = None, factuality: str = "fact") -> Drawn:
    return Drawn(f"e{number}", "d", "Book", 0, 9, type, when, until, days_of(when, until), factuality, 1)


def many(number: int) -> list[Drawn]:
    chance = random.Random(7)
    found = []
    for n in range(number):
        year = int(chance.triangular(1861, 1989, 1918)) if chance.random() < 0.98 else -489
        month, day = chance.randint(1, 12), chance.randint(1, 28)
        when = chance.choice([(year,), (year, month), (year, month, day), (year, month, day)])
        found.append(event(n, intervals.edtf(*when), chance.choice(TYPES)))
    return found


def of(first: str, last: str | None = None) -> Period:
    span = asked(first, last or first)
    return Period(span.earliest or 0, span.latest or 0)


def one(when: str, until: str | None = None, factuality: str = "fact", period: str = "191X") -> tuple[Box, Drawing]:
    made = drawing([event(1, when, "arrest", until, factuality)], of(period), 1000)
    (box,) = made.boxes
    return box, made


@pytest.mark.parametrize(
    ("when", "until", "factuality", "style", "first", "last", "arrows"),
    [
        ("1911", None, "fact", "pale", "1911-01-01", "1911-12-31", []),
        ("1911-22", None, "fact", "pale", "1911-06-01", "1911-08-31", []),
        ("1911", "1913", "fact", "dark", "1911-01-01", "1913-12-31", []),
        ("1912~", None, "fact", "dashed", "1911-01-01", "1913-12-31", []),
        ("1911", "..", "fact", "dashed", "1911-01-01", "1911-04-20", [1]),
        ("..", "1911", "fact", "dashed", "1911-09-13", "1911-12-31", [-1]),
        ("1905", "..", "fact", "dashed", "1910-01-01", "1919-12-31", [-1, 1]),
        ("1905", "1930", "fact", "dark", "1910-01-01", "1919-12-31", [-1, 1]),
        ("1911", None, "plan", "hollow", "1911-01-01", "1911-12-31", []),
    ],
)  # fmt: skip
def test_a_mark_shows_what_is_known(
    when: str, until: str | None, factuality: str, style: str, first: str, last: str, arrows: list[int]
) -> None:
    box, made = one(when, until, factuality)
    assert box.style == style
    assert abs(box.first - of(first).first) <= 1
    assert abs(box.last - of(last).last - 1) <= 1
    assert [a.way for a in made.arrows] == arrows


def test_a_day_is_a_narrow_mark_on_its_day() -> None:
    box, made = one("1911-08-07")
    assert box.style == "dark"
    assert box.first == of("1911-08-07").first
    assert (box.last - box.first) / (made.period.length / made.width) == pytest.approx(THIN)
    edge, made = one("1919-12-31")
    assert edge.last <= made.period.last + 1


def test_what_has_no_place_or_lies_outside_is_not_drawn_but_counted() -> None:
    events = [event(1, "XXXX-05-03"), event(2, "1905"), event(3, "1915"), event(4, "1921"), event(5, "1925")]
    made = drawing(events, of("191X"), 1000)
    assert [b.event.id for b in made.boxes if b.event] == ["e3"]
    assert (made.before, made.after) == (1, 2)
    assert period_of([events[0]], None, None) is None
    assert period_of(events, None, of("1920").last) == Period(of("1905").first, of("1920").last)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 400), st.sampled_from([340, 700, 1000]), st.randoms(use_true_random=False))
def test_marks_do_not_cover_each_other_and_columns_count_all(number: int, width: int, chance: random.Random) -> None:
    events = chance.sample(many(400), number)
    period = period_of(events, None, None)
    assert period is not None
    made = drawing(events, period, width)
    for lane in made.lanes:
        assert 0 <= lane.top <= lane.middle <= made.height
    marks = [b for b in made.boxes if b.event]
    assert len(marks) <= ALL
    for a in marks:
        assert b_free(a, marks)
    for b in made.boxes:
        assert period.first <= b.first < b.last <= period.last + 1.001
        assert 0 <= b.top < b.bottom <= made.height
    marked = {b.event.id for b in marks if b.event}
    counted = sum(lane.label.split()[-1].isdigit() and int(lane.label.split()[-1]) for lane in made.lanes)
    meeting = [e for e in events if e.days.latest >= period.first and e.days.earliest <= period.last]  # type: ignore[operator]
    assert counted == len(meeting) == len(events) - made.before - made.after
    by_type = {e.type: [o for o in meeting if o.type == e.type] for e in meeting}
    for those in by_type.values():
        assert len({e.id for e in those} & marked) in (0, len(those)), "all of a lane have a mark, or none"
    assert sum(b.sure for b in made.boxes if b.style == "dark") <= len(meeting) - len(marked)


def b_free(a: Box, marks: list[Box]) -> bool:
    return not any(a is not b and a.top == b.top and a.first < b.last and b.first < a.last for b in marks)


def test_20_events_have_a_mark_each_and_20_000_are_counted_in_seconds() -> None:
    few = many(20)
    made = drawing(few, period_of(few, None, None) or of("19XX"), 1000)
    drawn = len([b for b in made.boxes if b.event])
    assert drawn + made.before + made.after == 20
    begun = time.perf_counter()
    crowd = many(20_000)
    period = period_of(crowd, None, None)
    assert period is not None
    assert period.first > 0, "the few before Christ do not press the rest into a corner"
    for width in (340, 1000):
        made = drawing(crowd, period, width)
        svg = picture.page_svg(made, {}, lambda box: f"/chronology?from={box.part}")
        assert len(svg) < 2_000_000
        assert made.height < len(TYPES) * (EACH * ROW)
    assert time.perf_counter() - begun < 30, "4 seconds on an idle machine; a busy one is given more"


@settings(max_examples=60, deadline=None)
@given(st.integers(-700_000, 730_000), st.integers(1, 900_000), st.sampled_from([328, 870]))
def test_labels_of_the_axis_have_room_and_say_the_year(first: int, length: int, width: int) -> None:
    period = Period(first, first + length - 1)
    found = ticks(period, width)
    assert found
    assert all(period.first <= day <= period.last for day, _ in found)
    assert len({day for day, _ in found}) == len(found) <= width / 20
    assert re.search(r"\d+( BC)?$", found[0][1])


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("1911-08-07", None, ["7 Aug 1911"]),
        ("1911", None, ["Jan 1911", "Feb", "Mar"]),
        ("191X", None, ["1910", "1911", "1912"]),
        ("1900", "1999", ["1900", "1905", "1910"]),
        ("-0499", "-0400", ["500 BC", "490 BC", "480 BC"]),
        ("-0100", "0100", ["100 BC", "80 BC", "60 BC"]),
    ],
)
def test_the_axis_fits_the_zoom(first: str, last: str | None, labels: list[str]) -> None:
    assert [label for _, label in ticks(of(first, last), 870)][:3] == labels


HOSTILE = "<script>alert(1)</script> \"quoted\" & 'single' ]]> \x07 datum.value \u202e"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("picture") / "a.db"
    texts = [
        Told(f"On 6 May 1921 {HOSTILE} came.", "1921-05-06", "speech"),
        Told("Brand left in 1921.", "1921", "travel"),
        Told("The fleet was lost.", "-0489", "battle"),
        Told("It is always on 3 May.", "XXXX-05-03"),
    ]
    make(path, {f"The {HOSTILE} book": texts})
    return path


def test_the_svg_is_whole_and_holds_no_script_and_no_style(base: Path) -> None:
    with Archive.open(base) as archive:
        found = archive.chronology()
        made = picture.drawn(found)
        assert made is not None
        svg = picture.page_svg(made, picture.words_of(found, made), lambda box: '/a?b="c"&d=<e>')
    root = ET.fromstring(svg)
    assert {e.tag.split("}")[1] for e in root.iter()} <= {"svg", "g", "path", "text", "line", "a", "title", "rect"}
    assert not [a for e in root.iter() for a in e.attrib if a == "style" or a.startswith("on")]
    links = [e.attrib["href"] for e in root.iter() if e.tag.endswith("}a")]
    assert links == ['/a?b="c"&d=<e>'] * len(made.boxes)
    titles = " ".join(e.text or "" for e in root.iter() if e.tag.endswith("}title"))
    assert "<script>alert(1)</script>" in titles


def test_the_chart_is_altairs_and_shows_itself_without_a_network(base: Path) -> None:
    with Archive.open(base) as archive:
        chart = archive.chronology(from_="1921").picture()
        shown = chart._repr_mimebundle_()
        assert shown["image/svg+xml"].startswith("<svg")
        assert chart.to_dict()["title"]["text"].startswith("2 events, 1921")
        assert "1 event" in archive.chronology(type="battle").picture().to_dict()["title"]["text"]
        with pytest.raises(InputError, match="no event to draw"):
            archive.chronology(from_="1600", to="1700").picture()
        whole = archive.chronology(factuality="all").picture().to_dict()["title"]["text"]
        assert "1 without a place in time" in whole


@pytest.mark.parametrize(("name", "head"), [("out.svg", b"<svg"), ("out.PNG", b"\x89PNG"), ("a b.svg", b"<svg")])
def test_a_picture_is_a_file_by_its_ending(base: Path, tmp_path: Path, name: str, head: bytes) -> None:
    with Archive.open(base) as archive:
        picture.write(archive.chronology(), tmp_path / name, base)
    assert (tmp_path / name).read_bytes().startswith(head)
    assert [p.name for p in tmp_path.iterdir()] == [name]
    if head == b"<svg":
        ET.fromstring((tmp_path / name).read_bytes())


def test_a_picture_never_takes_the_place_of_a_base(base: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.svg"
    link.symlink_to(base)
    before = base.read_bytes()
    with Archive.open(base) as archive:
        found = archive.chronology()
        for name, sentence in (
            ("out.gif", r"\.svg or \.png"),
            ("out", r"\.svg or \.png"),
            ("no/out.svg", "no such folder"),
            ("link.svg", "evidence base"),
        ):
            with pytest.raises(InputError, match=sentence):
                picture.write(found, tmp_path / name, base)
    assert base.read_bytes() == before
    assert list(tmp_path.iterdir()) == [link]
