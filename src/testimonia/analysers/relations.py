"""Stated ties between two actors: kinship, membership, founding, leading; splits, mergers and new names of bodies."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

import msgspec

from testimonia import language
from testimonia.analysers.terms import Clauses
from testimonia.findings import Findings, Mention, Office, Relation
from testimonia.text import Document

_LONGEST_BETWEEN = 90  # code points between two mentions that may be tied
_LEFT_OUT = re.compile(r"[,()\[\]–—“”\"]|\s+")
_ENDS = re.compile(r"[.!?;:]\s|\n\s*\n")
_BRACKET = re.compile(r"\s*\([^()]{1,40}\)")

Dated = Literal["since", "until", "both", "nothing"]


class _Rule(msgspec.Struct, forbid_unknown_fields=True):
    relation: str
    subject: list[str]
    object: list[str]
    between: list[str]
    dated: Dated
    reversed: list[str] = []


class _Rules(msgspec.Struct, forbid_unknown_fields=True):
    ignored: list[str]
    leading: list[str]
    seconds: list[str]
    rules: list[_Rule]


class _Tie(NamedTuple):
    relation: str
    dated: Dated
    backwards: bool


class _Ready(NamedTuple):
    """The rules, ready for looking up: {(words between, kind of the first, kind of the second): tie}."""

    ties: dict[tuple[str, str, str], _Tie]
    ignored: re.Pattern[str]
    leading: frozenset[str]
    seconds: frozenset[str]


@cache
def _read(code: str) -> _Ready:
    rules = language.read(language.known(code), "relations", _Rules)
    ties: dict[tuple[str, str, str], _Tie] = {}
    for rule in rules.rules:
        for subject in rule.subject:
            for object_ in rule.object:
                for words in rule.between:
                    ties[words, subject, object_] = _Tie(rule.relation, rule.dated, False)
                for words in rule.reversed:
                    ties[words, object_, subject] = _Tie(rule.relation, rule.dated, True)
    ignored = sorted(map(re.escape, rules.ignored), key=len, reverse=True)
    pattern = re.compile(rf"\b(?:{'|'.join(ignored)})\b")
    return _Ready(ties, pattern, frozenset(rules.leading), frozenset(rules.seconds))


def find(document: Document, found: Findings) -> Findings:
    """Adds ``relations``; needs ``actors``, ``mentions``, ``times``, and takes ``offices`` into account."""
    rules = _read(document.language)
    kinds = {actor.id: actor.kind for actor in found.actors}
    clauses = Clauses(document, found)
    relations: list[Relation] = []
    for first, second in pairwise(_named(found)):
        if first.actor == second.actor or not 0 < second.start - first.end <= _LONGEST_BETWEEN:
            continue
        words = _words_between(document.text, first, second, clauses, rules.ignored)
        tie = rules.ties.get((words, kinds[first.actor], kinds[second.actor])) if words else None
        if tie is not None:
            relations.append(_relation(tie, first, second, clauses))
    relations += _led(document.text, found, rules)
    unique = {(r.subject, r.relation, r.object, r.start): r for r in relations}
    return replace(found, relations=tuple(sorted(unique.values(), key=lambda r: (r.start, r.end, r.relation))))


def _named(found: Findings) -> list[Mention]:
    return [mention for mention in found.mentions if mention.form == "name"]


def _words_between(text: str, first: Mention, second: Mention, clauses: Clauses, ignored: re.Pattern[str]) -> str:
    """The words between two mentions, small, without dates and ignored words; empty where a sentence ends between."""
    between = text[first.end : second.start]
    if _ENDS.search(between):
        return ""
    between = clauses.without_dates(first.end, second.start)
    between = _BRACKET.sub("", between)
    plain = ignored.sub(" ", _LEFT_OUT.sub(" ", between.lower().replace("’", "'")))
    return " ".join(plain.split())


def _relation(tie: _Tie, first: Mention, second: Mention, clauses: Clauses) -> Relation:
    subject, object_ = (second, first) if tie.backwards else (first, second)
    since, until = clauses.stated_after(second.end)
    if tie.dated != "nothing" and since is None and until is None:
        when = clauses.date_between(first.end, second.start) or clauses.time_of(second.end, first.start)
        since = when if tie.dated in ("since", "both") else None
        until = when if tie.dated in ("until", "both") else None
    return Relation(first.start, second.end, subject.actor, tie.relation, object_.actor, since, until)


def _led(text: str, found: Findings, rules: _Ready) -> list[Relation]:
    """A leading office in a body that is itself an actor: the holder leads the body."""
    bodies = {actor.name: actor.id for actor in found.actors if actor.kind == "organisation"}
    relations = []
    for office in found.offices:
        body = bodies.get(office.organisation or "")
        words = text[office.office.start : office.office.end].lower().split()
        if body is None or not rules.seconds.isdisjoint(words):
            continue
        if any(" ".join(words[i:j]) in rules.leading for i, j in _stretches(len(words))):
            relations.append(_leads(office, body))
    return relations


def _stretches(length: int) -> list[tuple[int, int]]:
    """All stretches of one to three words."""
    return [(i, j) for i in range(length) for j in range(i + 1, min(length, i + 3) + 1)]


def _leads(office: Office, body: str) -> Relation:
    start, end = min(office.mention.start, office.office.start), max(office.mention.end, office.office.end)
    return Relation(start, end, office.actor, "leads", body, office.since, office.until)
