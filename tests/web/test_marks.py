"""Text with marks is the text, whatever overlaps, and hostile characters stay characters."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from testimonia.web.marks import DEEPEST, Mark, marked

TEXTS = st.text(alphabet=st.sampled_from("ab <>&\"'é\n"), max_size=30)
MARKS = st.lists(
    st.builds(
        lambda start, length, layer, kind, href: Mark(start, start + length, layer, kind, href, "t<", f"x{start}"),
        st.integers(0, 30),
        st.integers(1, 12),
        st.integers(0, 2),
        st.sampled_from(["voice", "name", 'odd"<kind']),
        st.sampled_from([None, "/x?a=1&b=2"]),
    ),
    max_size=6,
)


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.open: list[str] = []
        self.links = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("a", "span", "sup")
        assert not (tag == "a" and "a" in self.open), "a link inside a link"
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@given(TEXTS, MARKS)
def test_the_words_are_all_there_and_the_elements_are_nested(text: str, marks: list[Mark]) -> None:
    reader = Reader()
    reader.feed(str(marked(text, 0, len(text), marks)))
    reader.close()
    assert "".join(reader.words) == text
    assert reader.open == []


@given(TEXTS, MARKS, st.data())
def test_a_stretch_of_it_too(text: str, marks: list[Mark], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    reader = Reader()
    reader.feed(str(marked(text, start, end, marks)))
    reader.close()
    assert "".join(reader.words) == text[start:end]


def test_a_letter_stands_where_the_mark_begins_only() -> None:
    marks = [Mark(1, 5, 1, "voice v1", letter="a", anchor="q1"), Mark(3, 8, 2, "name", "/actors")]
    html = str(marked("abcdefghij", 0, 10, marks))
    assert html.count('<sup class="letter">a</sup>') == 1
    assert html.count('id="q1"') == 1


def test_marks_without_number_over_one_place_stay_bounded() -> None:
    text = "word " * 2000
    marks = [Mark(5 * n, len(text), 1, "voice v1", anchor=f"q{n}") for n in range(2000)]
    html = str(marked(text, 0, len(text), marks))
    assert html.count("<span") <= DEEPEST * 2000
