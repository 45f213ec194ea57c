"""Offices: a table of cases."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from testimonia import pipeline
from testimonia.text import Document, passages_of

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "offices.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_cases(case: dict[str, Any]) -> None:
    text = re.sub(r"[{}]", "", case["text"])
    posts = re.findall(r"\{([^}]*)\}", case["text"])
    found = pipeline.analyse(Document("d", text, passages_of(text)), frozenset(("offices",)))
    names = {actor.id: actor.name for actor in found.actors}
    said = [[names[o.actor], o.since or "", o.until or ""] for o in found.offices]
    assert said == [[*map(str, row), "", ""][:3] for row in case["is"]]
    marked = posts * len(case["is"]) if case.get("same") else posts
    assert [text[slice(*o.office)] for o in found.offices] == marked
