"""The word lists behind names, loaded once a language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import msgspec

from testimonia import language


class _Rules(msgspec.Struct, forbid_unknown_fields=True):
    openers: list[str]
    particles: list[str]
    address: list[str]
    modifiers: list[str]
    after_address: list[str]
    organisations: list[str]
    joining: list[str]
    legal_forms: list[str]
    bodies: list[str]
    place_heads: list[str]
    place_openers: list[str]
    things: list[str]
    open_heads: list[str]
    ships: list[str]
    paper_cues: list[str]
    never: list[str]
    calendar: list[str]
    speech: list[str]
    places_after: list[str]
    aliases: list[str]
    person_endings: list[str]
    place_endings: list[str]
    group_endings: list[str]
    plural_groups: list[str]
    place_words: list[str]
    tails: list[str]
    body_openers: list[str]
    body_words: list[str]
    surname_heads: list[str]
    ordinals: list[str]
    sessions: list[str]
    auxiliaries: list[str]
    work_words: list[str]
    work_small: list[str]
    masculine: list[str]
    feminine: list[str]
    masculine_titles: list[str]
    feminine_titles: list[str]
    surname_address: dict[str, str]
    address_sexes: dict[str, str]
    men_named: str
    women_named: str


class _Names(msgspec.Struct, forbid_unknown_fields=True):
    first: str
    first_or_word: str
    surnames: str


class _Places(msgspec.Struct, forbid_unknown_fields=True):
    countries: dict[str, list[str]]
    peoples: list[str]
    cities: list[str]
    regions: list[str]
    also_names: list[str]


class _Words(msgspec.Struct, forbid_unknown_fields=True):
    words: str


class OfficeRules(msgspec.Struct, forbid_unknown_fields=True):
    """language/<code>/offices.yml; the head of the file says what each field means."""

    titles: list[str]
    nouns: list[str]
    phrases: list[str]
    qualifiers: list[str]
    determiners: list[str]
    holding: list[str]
    gaining: list[str]
    losing: list[str]
    served: list[str]
    short: list[str]
    tenures: list[str]
    keeping: list[str]
    gains: list[str]
    losses: list[str]
    giving: list[str]
    taking: list[str]
    links: list[str]
    stops: list[str]


@dataclass(frozen=True, slots=True)
class Lists:
    """All lists as sets; lower case except ``bodies``, ``never``, ``calendar``, ``legal_forms``, places and names."""

    openers: frozenset[str]
    particles: frozenset[str]
    address: frozenset[str]
    titles: frozenset[str]
    modifiers: frozenset[str]
    title_phrases: frozenset[tuple[str, ...]]
    after_address: frozenset[str]
    organisations: frozenset[str]
    joining: frozenset[str]
    legal_forms: frozenset[str]
    bodies: frozenset[str]
    place_heads: frozenset[str]
    place_openers: frozenset[str]
    things: frozenset[str]
    open_heads: frozenset[str]
    ships: frozenset[str]
    paper_cues: frozenset[tuple[str, ...]]
    never: frozenset[str]
    peoples: frozenset[str]
    places: frozenset[str]
    places_or_names: frozenset[str]
    first: frozenset[str]
    first_or_word: frozenset[str]
    surnames: frozenset[str]
    words: frozenset[str]
    speech: frozenset[str]
    places_after: frozenset[str]
    aliases: tuple[str, ...]
    plural_groups: frozenset[str]
    place_words: frozenset[str]
    tails: frozenset[str]
    body_openers: frozenset[str]
    body_words: frozenset[str]
    surname_heads: frozenset[str]
    ordinals: frozenset[str]
    sessions: frozenset[str]
    auxiliaries: frozenset[str]
    work_words: frozenset[str]
    work_small: frozenset[str]
    calendar: frozenset[str]
    pronouns: dict[str, str]  # word -> "m" or "f"
    genders: dict[str, str]  # title -> "m" or "f"
    surname_address: dict[str, str]  # form of address before a surname -> its class
    address_sexes: dict[str, str]  # class -> "m" or "f"
    sexes: dict[str, str]  # first name -> "m" or "f"; without those that both bear
    person_endings: tuple[str, ...]
    place_endings: tuple[str, ...]
    group_endings: tuple[str, ...]


def office_rules(code: str) -> OfficeRules:
    rules: OfficeRules = language.read(language.known(code), "offices", OfficeRules)
    return rules


@cache
def lists(code: str) -> Lists:
    """The lists of a language; those of English where it has none."""
    code = language.known(code)
    rules = language.read(code, "actors", _Rules)
    names = language.read(code, "names", _Names)
    places = language.read(code, "places", _Places)
    offices = office_rules(code)
    single = frozenset(noun for noun in offices.nouns if " " not in noun)
    several = [noun for noun in offices.nouns if " " in noun]
    first_or_word = frozenset(names.first_or_word.split())
    common = frozenset(language.read(code, "words", _Words).words.split())
    words = {word.capitalize() for word in common} | set(places.also_names)
    told = frozenset(rules.men_named.split()) | frozenset(rules.women_named.split())
    peoples = {word for people in places.countries.values() for word in people} | set(places.peoples)
    peoples |= {word + "s" for word in peoples if not word.endswith("s")}
    return Lists(
        openers=frozenset(rules.openers),
        particles=frozenset(rules.particles),
        address=frozenset(rules.address),
        titles=frozenset(offices.titles) | frozenset(rules.address) | single,
        modifiers=frozenset(rules.modifiers),
        title_phrases=frozenset(tuple(phrase.split()) for phrase in (*offices.phrases, *several)),
        after_address=frozenset(rules.after_address),
        organisations=frozenset(rules.organisations),
        joining=frozenset(rules.joining),
        legal_forms=frozenset(rules.legal_forms),
        bodies=frozenset(rules.bodies),
        place_heads=frozenset(rules.place_heads),
        place_openers=frozenset(rules.place_openers),
        things=frozenset(rules.things),
        open_heads=frozenset(rules.open_heads),
        ships=frozenset((*rules.ships, *(ship + "s" for ship in rules.ships if "." not in ship))),
        paper_cues=frozenset(tuple(cue.split()) for cue in rules.paper_cues),
        never=frozenset(rules.never) | frozenset(rules.calendar) | frozenset(day + "s" for day in rules.calendar),
        peoples=frozenset(peoples),
        places=frozenset(places.countries) | frozenset(places.cities) | frozenset(places.regions),
        places_or_names=frozenset(places.also_names),
        first=frozenset(names.first.split()) | (told - words - first_or_word),
        first_or_word=first_or_word,
        surnames=frozenset(names.surnames.split()),
        words=common,
        speech=frozenset(rules.speech),
        places_after=frozenset(rules.places_after),
        aliases=tuple(rules.aliases),
        plural_groups=frozenset(rules.plural_groups),
        place_words=frozenset(rules.place_words),
        tails=frozenset(rules.tails),
        body_openers=frozenset(rules.body_openers),
        body_words=frozenset(rules.body_words),
        surname_heads=frozenset(rules.surname_heads),
        ordinals=frozenset(rules.ordinals),
        sessions=frozenset(rules.sessions),
        auxiliaries=frozenset(rules.auxiliaries),
        work_words=frozenset(rules.work_words),
        work_small=frozenset(rules.work_small),
        calendar=frozenset(rules.calendar),
        pronouns={**dict.fromkeys(rules.masculine, "m"), **dict.fromkeys(rules.feminine, "f")},
        genders={**dict.fromkeys(rules.masculine_titles, "m"), **dict.fromkeys(rules.feminine_titles, "f")},
        surname_address=rules.surname_address,
        address_sexes=rules.address_sexes,
        sexes=_sexes(rules.men_named.split(), rules.women_named.split()),
        person_endings=tuple(rules.person_endings),
        place_endings=tuple(rules.place_endings),
        group_endings=tuple(rules.group_endings),
    )


def _sexes(men: list[str], women: list[str]) -> dict[str, str]:
    both = set(men) & set(women)
    return {name: sex for names, sex in ((men, "m"), (women, "f")) for name in names if name not in both}
