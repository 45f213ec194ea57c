"""The order of work, as one list.

Each analyser is a pure function of the document and of what was found before it: no base, no engine, no settings, no
clock. It returns the findings with its own added.
"""

from __future__ import annotations

from collections.abc import Callable

from testimonia.analysers import actors, events, figures, offices, quotations, relations, times
from testimonia.findings import Findings
from testimonia.text import Document

Analyser = Callable[[Document, Findings], Findings]

ANALYSERS: tuple[tuple[str, Analyser], ...] = (
    ("times", times.find),
    ("actors", actors.find),
    ("offices", offices.find),
    ("relations", relations.find),
    ("quotations", quotations.find),
    ("events", events.find),
    ("figures", figures.find),
)

NEEDS = {
    "times": (),
    "actors": (),
    "offices": ("times", "actors"),
    "relations": ("times", "actors"),
    "quotations": ("times", "actors"),
    "events": ("times", "actors", "offices", "quotations"),
    "figures": ("times",),
}


def analyse(document: Document, only: frozenset[str] = frozenset(NEEDS)) -> Findings:
    """Runs the analysers named in ``only``, and those they need, in order."""
    wanted = only.union(*(NEEDS[name] for name in only))
    found = Findings()
    for name, find in ANALYSERS:
        if name in wanted:
            found = find(document, found)
    return found
