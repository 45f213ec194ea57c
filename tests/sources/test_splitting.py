"""Pages on which texts run together: tests/cases/pages, where a line ⟦document …⟧ stands before each text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from sources.checks import read

from testimonia.sources import plain
from testimonia.sources.blocks import blocks_of
from testimonia.sources.splitting import ENOUGH, split

PAGES = sorted((Path(__file__).parent.parent / "cases" / "pages").glob("*.txt"))
MARK = re.compile(r"⟦document(.*?)⟧\n")


@dataclass
class Page:
    text: str
    wanted: list[tuple[int, dict[str, str]]]


def page_of(path: Path) -> Page:
    marked = path.read_text(encoding="utf-8")
    text, at = "", 0
    wanted = []
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        wanted.append((len(text), dict(p.strip().split("=", 1) for p in match[1].split("|") if "=" in p)))
        at = match.end()
    return Page(text + marked[at:], wanted)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_each_text_of_a_page_is_found_and_no_other(path: Path) -> None:
    page = page_of(path)
    documents = read(page.text)
    assert [page.text[d.start :][:60] for d in documents] == [page.text[start:][:60] for start, _ in page.wanted]
    for document, (_, stated) in zip(documents, page.wanted, strict=True):
        for field in ("title", "byline", "publisher", "date"):
            assert getattr(document, field) == stated.get(field), f"{field} of {document.text[:40]!r}"
        if "categories" in stated:
            assert ", ".join(document.categories) == stated["categories"]


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_line_ends_change_nothing(path: Path, ends: str) -> None:
    page = page_of(path)
    ours = [(d.title, d.date, d.text) for d in read(page.text)]
    assert [(d.title, d.date, d.text) for d in read(page.text.replace("\n", ends))] == ours


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_what_is_stated_stands_there(path: Path) -> None:
    page = page_of(path)
    for document in read(page.text):
        for stated in document.stated:
            words = " ".join(page.text[stated.start : stated.end].split())
            value = getattr(document, stated.field)
            assert stated.field == "date" or words == value or words in value


def test_each_beginning_has_its_reasons() -> None:
    text = page_of(PAGES[0]).text
    for part in split(text, blocks_of(text)):
        assert sum(points for _, points in part.reasons) >= ENOUGH


@pytest.mark.parametrize(
    "text",
    [
        "One line.",
        "Read more:\n\nShare this:\n",
        "Archive for the ‘Ports’ Category\n",
        "May 3, 1911\n\nMay 4, 1911\n\nMay 5, 1911\n",
        "---\n\n---\n\nwords\n\n---",
        "Title\n" * 50,
        "By Jane Roe\n" * 50,
    ],
)
def test_odd_pages_are_one_text(text: str) -> None:
    (document,) = read(text)
    assert document.text == text.strip() or document.text in text


def test_titles_and_datelines_have_their_kinds() -> None:
    (document,) = read("The night the mill burned\n\nBy Jane Roe\n\nMay 3, 1911\n\nThe mill burned on Tuesday night.\n")
    assert [(p.kind, p.level) for p in document.passages] == [
        ("heading", 1), ("paragraph", 0), ("paragraph", 0), ("paragraph", 0),
    ]  # fmt: skip


def test_form_feeds_part_paragraphs_and_lead_back() -> None:
    text = "Page one ends here.\fPage two begins\r\nand goes on."
    (document,) = read(text)
    assert document.text == "Page one ends here.\n\nPage two begins\nand goes on."
    at = document.text.index("goes on")
    assert text[slice(*document.offsets.to_source(at, at + 7))] == "goes on"


@pytest.mark.data
def test_the_nine_articles_of_the_archive(data: Path) -> None:
    text = (data / "archive" / "category-archive.txt").read_text(encoding="utf-8")
    rows = (data / "data" / "archive" / "documents.jsonl").read_text(encoding="utf-8").split("\n")
    gold = [json.loads(row) for row in rows if row]
    documents = read(text)
    assert len(documents) == 9
    starts = {d.start: d for d in documents}
    for row in gold:
        document = starts[min(starts, key=lambda s: abs(s - row["start"]))]
        assert abs(document.start - row["start"]) <= 2
        assert document.title == row["title"]
        assert (document.byline, document.publisher, document.date) == (None, None, None)


def test_drafts_keep_every_character() -> None:
    text = "a\r\nb\rc\fd\n\ne\u2028f\x0bg"
    draft = plain.draft_of(text)
    assert draft.text == "a\nb\nc\n\nd\n\ne\u2028f\x0bg"
    assert draft.offsets.to_source(0, len(draft.text)) == (0, len(text))
