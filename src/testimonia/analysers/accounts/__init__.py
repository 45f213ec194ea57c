"""Accounts: what is told more than once, and where it differs.

Passages are put together by blocking keys (rare words they share, copies, names), never by comparing all pairs. A
matter is what several accounts tell of; a conflict is a pair of accounts that cannot both be true or that differ in a
way worth reading. Refinements, roundings, calendars and editions are agreements with a difference and no conflicts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from testimonia.analysers.accounts import denials, happenings, quantities, utterances, wordings
from testimonia.analysers.accounts.happenings import Happened, Term
from testimonia.analysers.accounts.quantities import Counted
from testimonia.analysers.accounts.utterances import Told
from testimonia.findings import CONFLICT_KINDS, SEVERITIES, Account, Conflict, Copy, Findings, Matter
from testimonia.text import Document

UNDATED = "9999-99-99"  # after all dates


class _Gathered:
    """What is kept of the documents while they are gone through once."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.dates: list[str] = []
        self.told: list[Told] = []
        self.counted: list[Counted] = []
        self.happened: list[Happened] = []
        self.held: list[Term] = []
        self.disputes: list[Conflict] = []

    def add(self, number: int, document: Document, found: Findings) -> None:
        self.numbers[document.id] = number
        self.dates.append(document.date or UNDATED)
        self.told.extend(utterances.collect(number, document, found))
        self.counted.extend(quantities.collect(number, document, found))
        self.happened.extend(happenings.events(number, document, found))
        self.held.extend(happenings.terms(number, document, found))
        self.disputes.extend(denials.find(document))


def find(
    documents: Sequence[Document], found: Mapping[str, Findings], copies: Sequence[Copy]
) -> tuple[list[Matter], list[Conflict]]:
    """(matters with two or more accounts, conflicts among them, most severe first)."""
    gathered = _Gathered()
    for number, document in enumerate(documents):
        gathered.add(number, document, found[document.id])
    matters, conflicts = _utterances(gathered, documents, found, copies)
    for matter, differing in quantities.matters(gathered.counted):
        matters.append(matter)
        conflicts.extend(differing)
    for matter, conflict in (
        *happenings.event_matters(gathered.happened),
        *happenings.term_matters(gathered.held),
    ):
        matters.append(matter)
        conflicts.extend([conflict] if conflict else [])
    return matters, _ordered([*conflicts, *gathered.disputes], gathered.numbers)


def _utterances(
    gathered: _Gathered, documents: Sequence[Document], found: Mapping[str, Findings], copies: Sequence[Copy]
) -> tuple[list[Matter], list[Conflict]]:
    told = gathered.told
    pairs, alone = utterances.links(told, copies)
    for like, place in alone:
        number = gathered.numbers[place.document]
        told.append(utterances.derived(number, documents[number], found[place.document], place, told[like]))
        pairs.append((like, len(told) - 1))
    matters: list[Matter] = []
    conflicts: list[Conflict] = []
    for members in utterances.group(told, pairs):
        group = sorted(
            (told[i] for i in members), key=lambda t: (gathered.dates[t.document], t.document, t.place.start)
        )
        name = f"utterance:{len(matters)}"
        accounts = tuple(Account(t.place, t.quotation) for t in group)
        matters.append(
            Matter(name, "utterance", wordings.about(group), accounts, ("the passages give the same words",))
        )
        conflicts.extend(wordings.conflicts(group, name))
    return matters, conflicts


def _ordered(conflicts: Iterable[Conflict], numbers: Mapping[str, int]) -> list[Conflict]:
    """Most severe first; then by kind, and by where the accounts stand."""

    def rank(conflict: Conflict) -> tuple[int, int, int, int]:
        place = conflict.a
        kind = CONFLICT_KINDS.index(conflict.kind)
        return SEVERITIES.index(conflict.severity), kind, numbers[place.document], place.start

    return sorted(conflicts, key=rank)
