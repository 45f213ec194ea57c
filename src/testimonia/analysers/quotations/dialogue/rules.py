"""The words by which persons of a dialogue are known, loaded once a language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import msgspec

from testimonia import language

MAN, WOMAN, EITHER = "m", "f", ""


class _Rules(msgspec.Struct, forbid_unknown_fields=True):
    """See the head of dialogue.yml."""

    men: list[str]
    women: list[str]
    persons: list[str]
    kin: dict[str, str]
    kin_men: list[str]
    kin_women: list[str]
    titles: dict[str, list[str]]
    distinct: list[str]
    determiners: list[str]
    open_determiners: list[str]
    owners: list[str]
    men_addressed: list[str]
    women_addressed: list[str]
    fond: list[str]
    hails: list[str]
    after_hails: list[str]
    before_object: list[str]
    towards: list[str]
    joins: list[str]
    own_name: list[str]
    acting: list[str]
    narrating: str
    definite: list[str]
    going_on: list[str]
    short: dict[str, list[str]]
    bodies: list[str]
    both: list[str]
    endings: list[str]
    voices: list[str]
    narrator: str
    reasons: dict[str, str]


class _Weights(msgspec.Struct, forbid_unknown_fields=True):
    """dialogue_weights.yml: {feature: weight}, set by hand and trained from there."""

    start: dict[str, float]
    weights: dict[str, float]


@dataclass(frozen=True, slots=True)
class Rules:
    """``persons`` and ``address`` are {word: "m", "f" or ""}; all words are lower case but first names."""

    persons: dict[str, str]
    kin: dict[str, str]
    titles: dict[str, frozenset[str]]
    distinct: frozenset[str]
    determiners: frozenset[str]
    open_determiners: frozenset[str]
    owners: frozenset[str]
    address: dict[str, str]
    fond: frozenset[str]
    hails: frozenset[str]
    after_hails: frozenset[str]
    before_object: frozenset[str]
    towards: frozenset[str]
    joins: frozenset[str]
    own_name: tuple[tuple[str, ...], ...]
    acting: frozenset[str]
    narrating: str
    definite: frozenset[str]
    going_on: frozenset[str]
    short: dict[str, list[str]]
    bodies: frozenset[str]
    both: frozenset[str]
    endings: tuple[str, ...]
    voices: frozenset[str]
    narrator: str
    reasons: dict[str, str]


@cache
def rules(code: str) -> Rules:
    read: _Rules = language.read(language.known(code), "dialogue", _Rules)
    kin = {noun: MAN if noun in read.kin_men else WOMAN if noun in read.kin_women else EITHER for noun in read.kin}
    persons = dict.fromkeys(read.persons, EITHER) | kin
    persons |= dict.fromkeys(read.men, MAN) | dict.fromkeys(read.women, WOMAN)
    return Rules(
        persons=persons,
        kin=read.kin,
        titles={noun: frozenset(words) for noun, words in read.titles.items()},
        distinct=frozenset(read.distinct),
        determiners=frozenset(read.determiners),
        open_determiners=frozenset(read.open_determiners),
        owners=frozenset(read.owners),
        address=dict.fromkeys(read.men_addressed, MAN) | dict.fromkeys(read.women_addressed, WOMAN),
        fond=frozenset(read.fond),
        hails=frozenset(read.hails),
        after_hails=frozenset(read.after_hails),
        before_object=frozenset(read.before_object),
        towards=frozenset(read.towards),
        joins=frozenset(read.joins),
        own_name=tuple(tuple(phrase.split()) for phrase in read.own_name),
        short=read.short,
        bodies=frozenset(read.bodies),
        both=frozenset(read.both),
        endings=tuple(read.endings),
        voices=frozenset(read.voices),
        acting=frozenset(read.acting),
        narrating=read.narrating,
        definite=frozenset(read.definite),
        going_on=frozenset(read.going_on),
        narrator=read.narrator,
        reasons=read.reasons,
    )


@cache
def weights(code: str) -> dict[str, float]:
    read: _Weights = language.read(language.known(code), "dialogue_weights", _Weights)
    return read.weights
