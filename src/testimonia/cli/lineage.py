"""The lineage of some words, told on a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from testimonia.cli.layouts import CONFLICTS, according
from testimonia.cli.options import Format
from testimonia.cli.safe import one_line, say, write
from testimonia.cli.show import Layout, place, show, words
from testimonia.views.rows import Told, Trace, Wording


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


def _agree(what: str, nobody: str, told: Iterable[Told]) -> None:
    """Who or what, and the numbers of the wordings that say so."""
    parts = [f"{cited(t) or nobody}: {', '.join(str(i + 1) for i in t.wordings)}" for t in told]
    if parts:
        say(f"{what} {'; '.join(parts)}.")


def cited(told: Told) -> str:
    basis = f" (date of the {told.basis})" if told.basis in ("work", "edition") else ""
    return one_line(", ".join(x for x in (told.name, told.date) if x) + (basis if told.date else ""))


def _tell(trace: Trace) -> None:
    earliest: dict[str, list[str]] = {}
    for reason, index in trace.earliest:
        earliest.setdefault(reason, []).append(str(index + 1))
    for reason, numbers in earliest.items():
        one = len(numbers) == 1
        say(f"Earliest {reason}: {'number' if one else 'one of'} {', '.join(numbers)}.")
    _agree("Said by", "nobody who is named", trace.speakers)
    _agree("Cited", "no work", trace.sources)
    for number, wording in enumerate(trace.wordings, 1):
        if wording.breaks:
            say(f"The chain of number {number} breaks at {wording.breaks}.")
    groups = trace.witnesses
    counted = "1 independent witness" if len(groups) == 1 else f"{len(groups)} independent witnesses"
    shared = [f"{', '.join(str(i + 1) for i in g)} rest on one source" for g in groups if len(g) > 1]
    say(f"{counted}{': numbers ' + '; '.join(shared) if shared else ''}.")
    if not trace.conflicts:
        say("No account of it differs from another.")
        return
    say("\nWhere the accounts differ:")
    show(_page(trace.conflicts), CONFLICTS, Format.table, (0, 0), "")
