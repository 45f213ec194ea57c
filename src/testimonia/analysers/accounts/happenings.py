"""Happenings and offices: events and terms that two passages date otherwise."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from testimonia.analysers.accounts.dates import differs
from testimonia.analysers.accounts.rules import rules
from testimonia.analysers.accounts.words import Stems, stems
from testimonia.analysers.copies.words import normal, split
from testimonia.findings import Account, Conflict, Event, Findings, Matter, Place
from testimonia.text import Document

ONCE = frozenset({"birth", "death"})  # what happens to a person once
BEGINNINGS = frozenset({"founding", "dissolution"})  # what happens to a body once
SHARE, COMMON = 0.6, 5  # of the shorter sentence's content words, for what may happen more often
BESIDE = 40  # code points between a verb and its date
MOST = 40  # events of one actor and type that are compared with each other


@dataclass(frozen=True, slots=True)
class Happened:
    """An event with the names of its actors as they are compared."""

    document: int
    place: Place
    type: str
    when: str
    who: frozenset[str]
    names: tuple[str, ...]
    begun: str | None  # the body of which the sentence says that it was founded or dissolved
    context: frozenset[str]


@dataclass(frozen=True, slots=True)
class Term:
    """A post that a person held."""

    document: int
    place: Place
    holder: str
    name: str
    post: Stems
    words: str
    since: str | None
    until: str | None


def key_of(name: str) -> str:
    """A name as it is compared."""
    return " ".join(map(normal, split(name)))


def events(number: int, document: Document, found: Findings) -> Iterator[Happened]:
    """The events that a document tells as facts with a date of their own, and that have an actor.

    A plan, a denial and what may have been give no account of when it was; nor does a date taken from another sentence,
    or one of which another reading is possible.
    """
    names = {a.id: a.name for a in found.actors if a.kind in ("person", "organisation")}
    begun = _begun(document, found, names)
    for event in found.events:
        known = tuple(names[w] for w in event.who if w in names)
        told = event.factuality == "fact" and event.basis == "stated" and event.doubt is None
        if known and told and event.type != "other":
            yield _happened(number, document, event, known, begun)


@dataclass(frozen=True, slots=True)
class _Begun:
    """Where the text says of a body when it was founded or dissolved."""

    start: int
    name: str
    when: str | None


def _begun(document: Document, found: Findings, names: dict[str, str]) -> list[_Begun]:
    """What the text says right after the name of a body, in order; the date is the one right after the verb."""
    founded = "|".join(rules(document.language).begun)
    pattern = re.compile(rf",?(?: which| that)? (?:was|were|had been)(?: \w+ly| first)? (?:{founded})\b")
    times = sorted((t.start, t.edtf) for t in found.times if t.edtf)
    told = []
    for mention in sorted(found.mentions, key=lambda m: m.start):
        match = pattern.match(document.text, mention.end) if mention.actor in names else None
        if match and mention.form == "name":
            i = bisect_left(times, (match.end(), ""))
            near = i < len(times) and times[i][0] - match.end() <= BESIDE
            told.append(_Begun(mention.start, names[mention.actor], times[i][1] if near else None))
    return told


def _happened(
    number: int, document: Document, event: Event, names: tuple[str, ...], begun: Sequence[_Begun]
) -> Happened:
    place = Place(document.id, event.start, event.end)
    context = frozenset(stems(document.text[event.start : event.end], document.language))
    when = event.when if event.until is None else f"{event.when}/{event.until}"
    first = bisect_left(begun, event.start, key=lambda b: b.start)
    inside = first < len(begun) and begun[first].start < event.end and begun[first].when == when
    body = begun[first].name if inside else None
    return Happened(number, place, event.type, when, frozenset(map(key_of, names)), names, body, context)


def terms(number: int, document: Document, found: Findings) -> Iterator[Term]:
    """The posts held from or until a date."""
    names = {a.id: a.name for a in found.actors}
    for office in found.offices:
        if office.actor in names and (office.since or office.until):
            words = document.text[office.office.start : office.office.end]
            name = names[office.actor]
            start, end = min(office.mention.start, office.office.start), max(office.mention.end, office.office.end)
            yield Term(
                number, Place(document.id, start, end), key_of(name), name,
                tuple(sorted(stems(words, document.language))), words, office.since, office.until,
            )  # fmt: skip


# ---------------------------------------------------------------- matters


def event_matters(happened: Sequence[Happened]) -> Iterator[tuple[Matter, Conflict | None]]:
    """Pairs of passages that tell one event, with their conflict where the dates cannot both hold."""
    seen: set[tuple[int, int]] = set()
    for indices in _by_actor(happened).values():
        for n, i in enumerate(indices[:MOST]):
            for j in indices[n + 1 : MOST]:
                a, b = happened[i], happened[j]
                if (i, j) not in seen and a.place != b.place and (why := _one_event(a, b)):
                    seen.add((i, j))
                    yield _event_matter(a, b, why, f"event:{i}:{j}")


def _by_actor(happened: Sequence[Happened]) -> dict[tuple[str, str], list[int]]:
    """Events of one type by an actor; those of a body's beginning by the first word of its name."""
    by: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, one in enumerate(happened):
        keys = {key_of(one.begun).split(" ")[0]} if one.begun and one.type in BEGINNINGS else one.who
        for name in sorted(keys):
            by[one.type, name].append(i)
    return by


def _one_event(a: Happened, b: Happened) -> str | None:
    """Why the two tell of one event; None where they need not."""
    names = a.who & b.who
    full = next((n for n in sorted(names) if " " in n), None)
    if a.type in ONCE and a.who == b.who and len(a.who) == 1 and full:
        return f"both tell the {a.type} of {a.names[0]}"
    if a.type in BEGINNINGS and a.begun and b.begun:
        one, other = sorted((key_of(a.begun), key_of(b.begun)), key=len)
        same = " " in one and (other == one or other.startswith(one + " "))
        return f"both tell the {a.type} of {a.begun}" if same else None
    common = a.context & b.context
    alike = len(common) >= COMMON and len(common) >= SHARE * min(len(a.context), len(b.context))
    if alike and len(names) >= 2:
        return f"both tell of {', '.join(sorted(names))}, in the words {', '.join(sorted(common)[:6])}"
    return None


def _event_matter(a: Happened, b: Happened, why: str, name: str) -> tuple[Matter, Conflict | None]:
    who = a.begun or a.names[0]
    about = f"{a.type} of {who}" if a.type in ONCE | BEGINNINGS else f"{a.type}: {', '.join(a.names)}"
    matter = Matter(name, "event", about, (Account(a.place), Account(b.place)), (why,))
    difference = differs(a.when, b.when)
    if difference is None or difference.difference != "contradiction":
        return matter, None
    severity = "strong" if a.type in ONCE else "medium"
    conflict = Conflict(
        a.place, b.place, "date", "contradiction", severity, f"date of the {about}", (difference.reason, why), name
    )
    return matter, conflict


def term_matters(held: Sequence[Term]) -> Iterator[tuple[Matter, Conflict | None]]:
    """Pairs of passages that give one term, with their conflict where its beginning or end disagrees."""
    by: dict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(held):
        by[one.holder].append(i)
    for indices in by.values():
        for n, i in enumerate(indices[:MOST]):
            for j in indices[n + 1 : MOST]:
                a, b = held[i], held[j]
                if a.place != b.place and _one_post(a, b):
                    about = f"{a.name} as {max(a.words, b.words, key=len)}"
                    accounts = Account(a.place), Account(b.place)
                    matter = Matter(f"office:{i}:{j}", "office", about, accounts, (f"both say when {about}",))
                    yield matter, _term_conflict(a, b, matter)


def _one_post(a: Term, b: Term) -> bool:
    """Whether one names the post with all the words of the other."""
    left, right = frozenset(a.post), frozenset(b.post)
    return bool(left) and bool(right) and (left <= right or right <= left)


def _term_conflict(a: Term, b: Term, matter: Matter) -> Conflict | None:
    """A conflict where one end of the term agrees and the other does not; two other dates may be two terms."""
    for here, there, other_here, other_there, word in (
        (a.since, b.since, a.until, b.until, "began"),
        (a.until, b.until, a.since, b.since, "ended"),
    ):
        if not (here and there and other_here and other_there):
            continue
        difference, anchor = differs(here, there), differs(other_here, other_there)
        holds = anchor is None or anchor.difference != "contradiction"
        if difference and difference.difference == "contradiction" and holds:
            reasons = (f"the term {word}: {difference.reason}", *matter.reasons)
            return Conflict(a.place, b.place, "office", "contradiction", "medium", matter.about, reasons, matter.id)
    return None
