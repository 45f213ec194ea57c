"""The lineage of some words, told on a terminal."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from testimonia.cli.layouts import CONFLICTS, according
from testimonia.cli.options import Format
from testimonia.cli.safe import say, write
from testimonia.cli.show import Layout, place, show, words
from testimonia.views.rows import Trace, Wording


def show_trace(trace: Trace, form: Format) -> None:
    """As a table with what follows from it; in json and jsonl whole, in csv the wordings."""
    if form in (Format.json, Format.jsonl):
        from testimonia.exchange import to_line

        write(to_line(asdict(trace)))
        return
    numbers = {id(w): n for n, w in enumerate(trace.wordings, 1)}
    layout = Layout(
        Wording,
        (
            ("No.", 1, lambda w: str(numbers[id(w)])),
            ("Who says so, according to whom", 3, lambda w: according(w) if w.kind != "passage" else "the document"),
            ("Words", 6, lambda w: words(w.place)),
            ("Kind", 1, lambda w: w.kind),
            ("Where", 3, lambda w: place(w.place)),
        ),
    )
    hint = "`testimonia search` finds single words."
    none = f"“{trace.words}” stands nowhere in this base, in these or similar words. {hint}"
    show(_page(trace.wordings), layout, form, (0, 0), none)
    if form is Format.table and trace.wordings:
        _tell(trace)


def _page(rows: Any) -> Any:
    return lambda limit, offset: rows[offset : None if limit is None else offset + limit]


def _tell(trace: Trace) -> None:
    earliest: dict[str, list[str]] = {}
    for reason, index in trace.earliest:
        earliest.setdefault(reason, []).append(str(index + 1))
    for reason, numbers in earliest.items():
        one = len(numbers) == 1
        say(f"Earliest {reason}: {'number' if one else 'one of'} {', '.join(numbers)}.")
    groups = trace.witnesses
    counted = "1 independent witness" if len(groups) == 1 else f"{len(groups)} independent witnesses"
    shared = [f"{', '.join(str(i + 1) for i in g)} rest on one source" for g in groups if len(g) > 1]
    say(f"{counted}{': numbers ' + '; '.join(shared) if shared else ''}.")
    if not trace.conflicts:
        say("No account of it differs from another.")
        return
    say("\nWhere the accounts differ:")
    show(_page(trace.conflicts), CONFLICTS, Format.table, (0, 0), "")
