"""What tests of reading share: reading small archives, and all that a base holds."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from sqlalchemy import select, text

from testimonia.base import open_base, schema, verify
from testimonia.errors import Refused
from testimonia.reading import ReadReport, Step, read
from testimonia.settings import Settings

STORY = """The ledger of Halm

By Vera Holm

On 3 May 1921 the clerk Jon Brand said: “The ledger is gone, and I was not there.” Nobody else had seen it.

Two days later the Halm Courier wrote that 40 barrels were missing.
"""


def settings(**values: Any) -> Settings:
    return Settings(**({"jobs": 1, "timeout": 60} | values))


def read_into(base: Path, *paths: Path, steps: list[Step] | None = None, **values: Any) -> ReadReport:
    """Reads, and checks that the base holds afterwards."""
    report = read(paths, base, settings(**values), steps.append if steps is not None else lambda _: None)
    with open_base(base) as opened:
        assert verify(opened).problems == []
    return report


def refusal(report: ReadReport, name: str) -> Refused:
    """The one refusal of the file of that name."""
    (found,) = [r for r in report.refused if r.where and name in r.where]
    assert found.hint or "fault" not in found.what, found
    return found


def dump(base: Path) -> dict[str, list[str]]:
    """All rows of all tables but those of runs and refusals, without the run a row was made in."""
    found: dict[str, list[str]] = {}
    with open_base(base) as opened, opened.connect() as c:
        for table in schema.metadata.sorted_tables:
            if table.name not in ("run", "refusal"):
                columns = [column for column in table.c if column.name != "run_id"]
                found[table.name] = sorted(repr(tuple(row)) for row in c.execute(select(*columns)))
        found["passage_fts"] = [repr(tuple(r)) for r in c.execute(text("SELECT rowid, words FROM passage_fts"))]
    return found


def archive(folder: Path, files: int = 8) -> Path:
    """A folder of small texts, all different."""
    folder.mkdir()
    for n in range(files):
        (folder / f"{n:03}.txt").write_text(STORY.replace("40", str(n + 2)) + f"\nThis was written in {1900 + n}.\n")
    return folder


if __name__ == "__main__":  # so that tests can interrupt it: python reads.py BASE FOLDER

    def say(step: Step) -> None:
        sys.stdout.write(f"{step.documents}\n")
        sys.stdout.flush()

    read([Path(sys.argv[2])], Path(sys.argv[1]), settings(), say)
