"""The planted truth of the sample archive and the visible text of its files, for tests and measurements."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from lxml import html

from testimonia import sample

CASES = Path(__file__).parent / "cases" / "sample.yml"
_WHITE = re.compile(r"\s+")
_ENCODINGS = {"papers/interview-renke-1974.txt": "utf-16", "newspapers/lantern-1911-08-07.txt": "windows-1252"}
_BREAKS = ".//p|.//h1|.//h2|.//h3|.//li|.//div"


def fold(text: str) -> str:
    """The text with each stretch of white space as one space."""
    return _WHITE.sub(" ", text).strip()


@cache
def truth() -> dict[str, list[dict[str, Any]]]:
    """The sections of tests/cases/sample.yml; its head says what each field means."""
    sections: dict[str, list[dict[str, Any]]] = yaml.safe_load(CASES.read_text(encoding="utf-8"))
    return sections


@cache
def visible(file: str) -> str:
    """The folded text of a file of the archive; of a web page what a browser shows of its body."""
    text = (sample.folder() / file).read_bytes().decode(_ENCODINGS.get(file, "utf-8"))
    if not file.endswith(".html"):
        return fold(text)
    body = html.fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8")).find("body")
    for element in body.xpath(_BREAKS):
        element.tail = " " + (element.tail or "")
    return fold(body.text_content())


def pieces(entry: dict[str, Any]) -> list[str]:
    """The words of an entry as a list; a document's opening words, an actor's name."""
    words: str | list[str] = entry.get("words") or entry.get("opens") or entry["name"]
    return words if isinstance(words, list) else [words]
