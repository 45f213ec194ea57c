"""The words of a language that name sources and relays: ``language/<code>/citations.yml``."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

import msgspec

from testimonia import language


class _Rules(msgspec.Struct, forbid_unknown_fields=True):
    """See the head of citations.yml."""

    relayed: list[str]
    relay_links: list[str]
    interviews: list[str]
    interview_links: list[str]
    publications: list[str]
    told: list[str]
    this: list[str]
    utterances: list[str]
    pages: list[str]
    editors: list[str]
    editions: list[str]
    publishers: list[str]
    dated: list[str]
    as_words: list[str]
    relatives: list[str]
    in_words: list[str]
    in_own: list[str]
    before: list[str]
    since: list[str]
    going_on: list[str]


@dataclass(frozen=True, slots=True)
class SourceWords:
    """The lists of the rules as sets."""

    relayed: frozenset[str]
    relay_links: frozenset[str]
    interviews: frozenset[str]
    interview_links: frozenset[str]
    publications: frozenset[str]
    told: frozenset[str]
    this: frozenset[str]
    utterances: frozenset[str]
    pages: frozenset[str]
    editors: frozenset[str]
    editions: frozenset[str]
    publishers: frozenset[str]
    dated: frozenset[str]
    as_words: frozenset[str]
    relatives: frozenset[str]
    in_words: frozenset[str]
    in_own: frozenset[str]
    before: frozenset[str]
    since: frozenset[str]
    going_on: frozenset[str]


@cache
def source_words(code: str) -> SourceWords:
    rules = language.read(code, "citations", _Rules)
    return SourceWords(**{f.name: frozenset(getattr(rules, f.name)) for f in fields(SourceWords)})
