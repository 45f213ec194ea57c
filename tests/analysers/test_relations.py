"""Relations: a table of cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from testimonia import pipeline
from testimonia.text import Document, passages_of

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "relations.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["why"])
def test_cases(case: dict[str, Any]) -> None:
    text = case["text"]
    found = pipeline.analyse(Document("d", text, passages_of(text)), frozenset(("offices", "relations")))
    names = {actor.id: actor.name for actor in found.actors}
    said = [
        [names[r.subject], r.relation, names.get(r.object, r.object), r.since or "", r.until or ""]
        for r in found.relations
    ]
    assert said == [[*row, "", ""][:5] for row in case["is"]]
