"""The cues of a language: which words introduce a quotation, and what follows them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

import msgspec

from testimonia import language

FRAMES = ("clause", "that", "matter", "infinitive", "addressed", "as", "naming", "utterance")
BASE = "base"  # the form without an ending: it needs a plural subject or an auxiliary
_VOWELS = "aeiou"


class _Rules(msgspec.Struct, forbid_unknown_fields=True):
    """See the head of quotations.yml."""

    clause: list[str]
    that: list[str]
    matter: list[str]
    infinitive: list[str]
    addressed: list[str]
    with_word: dict[str, list[str]]
    of_person: dict[str, list[str]]
    as_: list[str] = msgspec.field(name="as")
    naming: list[str]
    utterance: list[str]
    nouns: list[str]
    noun_links: list[str]
    phrases: list[str]
    irregular: dict[str, list[str]]
    auxiliaries: list[str]
    adverbs: list[str]
    objects: list[str]
    starts: list[str]
    stops: list[str]
    joins: list[str]
    determiners: list[str]
    sources: list[str]
    plain_subjects: list[str]
    weekdays: list[str]
    no_source: list[str]
    works: list[str]
    writings: list[str]
    elisions: list[str]
    questions: list[str]
    answers: list[str]
    first_person: list[str]
    relaying: list[str]
    finite: list[str]
    reflexives: list[str]
    openers: list[str]
    passive: list[str]
    coordinators: list[str]
    relatives: list[str]
    question_words: list[str]
    leaving: list[str]
    going_on: list[str]
    adding: list[str]
    turning: list[str]
    before_marks: list[str]
    before_nouns: list[str]
    possessives: list[str]
    conjunctions: list[str]
    title_words: list[str]
    plurals: list[str]
    base_after: list[str]
    phrase_openers: list[str]
    away: list[str]
    after_nouns: list[str]
    reported_forms: list[str]
    narrative: list[str]
    going_pronouns: list[str]
    senses: dict[str, list[str]]
    reasons: dict[str, str]


@dataclass(frozen=True, slots=True)
class Words:
    """The plain lists of the rules as sets."""

    auxiliaries: frozenset[str]
    adverbs: frozenset[str]
    objects: frozenset[str]
    starts: frozenset[str]
    stops: frozenset[str]
    joins: frozenset[str]
    determiners: frozenset[str]
    sources: frozenset[str]
    plain_subjects: frozenset[str]
    weekdays: frozenset[str]
    no_source: frozenset[str]
    works: frozenset[str]
    writings: frozenset[str]
    elisions: frozenset[str]
    questions: frozenset[str]
    answers: frozenset[str]
    first_person: frozenset[str]
    relaying: frozenset[str]
    finite: frozenset[str]
    reflexives: frozenset[str]
    openers: frozenset[str]
    passive: frozenset[str]
    coordinators: frozenset[str]
    relatives: frozenset[str]
    question_words: frozenset[str]
    leaving: frozenset[str]
    going_on: frozenset[str]
    adding: frozenset[str]
    turning: frozenset[str]
    before_marks: frozenset[str]
    before_nouns: frozenset[str]
    possessives: frozenset[str]
    conjunctions: frozenset[str]
    title_words: frozenset[str]
    plurals: frozenset[str]
    base_after: frozenset[str]
    phrase_openers: frozenset[str]
    away: frozenset[str]
    after_nouns: frozenset[str]
    reported_forms: frozenset[str]
    narrative: frozenset[str]
    going_pronouns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """``verbs``: form -> {frame}; a frame is a name of FRAMES, "with:for", "person:of", or BASE.

    Forms of two words ("pointed out") are in ``pairs`` under their first word.
    """

    verbs: dict[str, frozenset[str]]
    pairs: dict[str, dict[str, frozenset[str]]]
    nouns: frozenset[str]
    noun_links: tuple[tuple[str, ...], ...]
    phrases: dict[str, tuple[tuple[str, ...], ...]]
    words: Words
    lemmas: dict[str, str]
    bases: frozenset[str]  # the base forms among them
    links: frozenset[str]  # small words between a verb and what was said
    reasons: dict[str, str]  # frame -> words
    senses: dict[str, str]  # base form -> kind of saying, several joined by "+"

    def lemma(self, form: str) -> str:
        """The base form of a verb; what is not listed without its regular ending."""
        known = self.lemmas.get(form)
        if known is not None:
            return known
        for ending in ("ing", "ed", "s"):
            if form.endswith(ending) and len(form) > len(ending) + 3:
                return form[: -len(ending)]
        return form


@cache
def lexicon(code: str) -> Lexicon:
    """The cues of ``language/<code>/quotations.yml``."""
    rules = language.read(code, "quotations", _Rules)
    verbs: dict[str, set[str]] = {}
    for frame in FRAMES:
        for verb in rules.as_ if frame == "as" else getattr(rules, frame):
            _add(verbs, verb, frame, rules)
    for prefix, table in (("with", rules.with_word), ("person", rules.of_person)):
        for word, heads in table.items():
            for verb in heads:
                _add(verbs, verb, f"{prefix}:{word}", rules)
    lemmas = {form: verb for verb in _all_verbs(rules) for form in (verb, *rules.irregular.get(verb, _regular(verb)))}
    small = frozenset({*rules.with_word, *rules.of_person})
    single = {form: frozenset(frames) for form, frames in verbs.items() if " " not in form}
    pairs: dict[str, dict[str, frozenset[str]]] = {}
    for form, frames in verbs.items():
        if " " in form:
            first, second = form.split(" ", 1)
            pairs.setdefault(first, {})[second] = frozenset(frames)
    phrases: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in rules.phrases:
        words = tuple(phrase.split())
        phrases[words[0]] = (*phrases.get(words[0], ()), words)
    plain = Words(**{f.name: frozenset(getattr(rules, f.name)) for f in fields(Words)})
    links = tuple(sorted((tuple(link.split()) for link in rules.noun_links), key=len, reverse=True))
    nouns = frozenset(rules.nouns) | {_plural(noun) for noun in rules.nouns}
    return Lexicon(
        single,
        pairs,
        nouns,
        links,
        phrases,
        plain,
        lemmas,
        frozenset(lemmas.values()),
        small,
        rules.reasons,
        _senses(rules),
    )


def _senses(rules: _Rules) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for sense, verbs in rules.senses.items():
        for verb in dict.fromkeys(verbs):
            found.setdefault(verb, []).append(sense)
    return {verb: "+".join(senses) for verb, senses in found.items()}


def _all_verbs(rules: _Rules) -> list[str]:
    plain = [verb for frame in FRAMES for verb in (rules.as_ if frame == "as" else getattr(rules, frame))]
    more = [verb for table in (rules.with_word, rules.of_person) for verbs in table.values() for verb in verbs]
    return sorted({*plain, *more, *rules.irregular}, key=lambda verb: (" " in verb, verb))


def _add(verbs: dict[str, set[str]], verb: str, frame: str, rules: _Rules) -> None:
    forms = rules.irregular.get(verb, _regular(verb))
    for form in (verb, *forms):
        verbs.setdefault(form, set()).add(frame)
    if verb not in forms:
        verbs[verb].add(BASE)


def _regular(verb: str) -> list[str]:
    """Third person, past and -ing of a regular verb."""
    if verb.endswith("e"):
        return [verb + "s", verb + "d", verb[:-1] + "ing"]
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return [verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        return [verb + "es", verb + "ed", verb + "ing"]
    return [verb + "s", verb + "ed", verb + "ing"]


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "sh", "ch", "x")) else "s")
