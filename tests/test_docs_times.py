"""The page of times is true: every row of its tables says what the analyser says.

A table is checked where its head begins with "in the text". What stands in asterisks there is the expression; before a
table ``<!-- date: 1998-02-12 -->``, ``<!-- language: de -->`` and ``<!-- ranges -->`` say how it is read. A row without
asterisks holds no time expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from testimonia import times
from testimonia.findings import TimeExpression

PAGE = Path(__file__).parent.parent / "docs" / "times.md"
COLUMNS = {
    "type": "type",
    "value": "value",
    "mod": "mod",
    "EDTF": "edtf",
    "first day": "earliest",
    "last day": "latest",
    "calendar": "calendar",
    "why": "doubt",
    "or": "readings",
}


def tables() -> Iterator[tuple[list[str], str, dict[str, str]]]:
    """(names of the columns, a row, how it is read) of each row that is checked."""
    head: list[str] | None = None
    how: dict[str, str] = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        comment = re.fullmatch(r"<!-- (\w+)(?:: (.+))? -->", line)
        if comment:
            how[comment.group(1)] = comment.group(2) or "yes"
        elif line.startswith("| in the text"):
            head = [cell.strip() for cell in line.strip("|").split("|")]
        elif head and line.startswith("|") and not line.startswith("| ---"):
            yield head, line, how
        elif head and not line.startswith("|"):
            head, how = None, {}


def row(head: list[str], line: str, how: dict[str, str]) -> str:
    """The row as it should stand."""
    marked = line.strip().strip("|").split("|")[0].strip()
    text = marked.replace("**", "")
    found = times.find(text, how.get("date"), language=how.get("language", "en"), ranges="ranges" in how)
    if "**" not in marked:
        return f"| {marked} |" if not found else f"| {marked} | finds {[text[t.start : t.end] for t in found]}"
    start = marked.index("**")
    end = marked.index("**", start + 2) - 2
    here = [time for time in found if (time.start, time.end) == (start, end)]
    if not here:
        return f"| {marked} | finds {[text[t.start : t.end] for t in found]}"
    return "| " + " | ".join([marked, *(cell(here[0], name) for name in head[1:])]) + " |"


def cell(time: TimeExpression, name: str) -> str:
    value = getattr(time, COLUMNS[name])
    return " ".join(value) if isinstance(value, tuple) else str(value or "")


ROWS = list(tables())


def test_the_page_has_tables() -> None:
    assert len(ROWS) > 100


@pytest.mark.parametrize(("head", "line", "how"), ROWS, ids=lambda value: value if isinstance(value, str) else "")
def test_row(head: list[str], line: str, how: dict[str, str]) -> None:
    def tight(text: str) -> list[str]:
        return [cell.strip() for cell in text.split("|")]

    assert "| finds" not in line
    assert tight(line) == tight(row(head, line, how)), "this row should be: " + row(head, line, how)


def test_examples_of_the_library_run() -> None:
    examples = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert examples
    for example in examples:
        scope: dict[str, object] = {}
        exec(example, scope)
