"""The word lists of ``language/<code>/events.yml`` as they are asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import msgspec

from testimonia import language
from testimonia.analysers.actors.lists import office_rules
from testimonia.errors import RuleError
from testimonia.findings import EVENT_TYPES


class _File(msgspec.Struct, forbid_unknown_fields=True):
    """See the head of events.yml."""

    past_ending: str
    present_ending: str
    no_past: list[str]
    adverb_ending: str
    verbs: dict[str, list[str]]
    forms: dict[str, list[str]]
    bases: dict[str, list[str]]
    nouns: dict[str, list[str]]
    weak: list[str]
    nothing: list[str]
    before_posts: list[str]
    finite: list[str]
    present: list[str]
    future: list[str]
    habits: list[str]
    coordinators: list[str]
    relatives: list[str]
    subordinators: list[str]
    works: list[str]
    carriers: list[str]
    lights: list[str]
    takings: list[str]
    prepositions: list[str]
    reporters: list[str]
    persons: list[str]
    temporal: list[str]
    turns: list[str]
    sayings: list[str]
    be: list[str]
    perfect: list[str]
    past_perfect: list[str]
    modals: list[str]
    do: list[str]
    participles: list[str]
    inside: list[str]
    infinitive: list[str]
    happened: list[str]
    plans: list[str]
    future_past: list[str]
    came_true: list[str]
    denials: list[str]
    not_denials: list[str]
    until: list[str]
    possibilities: list[str]
    conditions: list[str]
    undone: list[str]
    joins: list[str]
    pair: list[str]
    between: list[str]
    articles: list[str]
    after: list[str]
    before: list[str]
    aside: list[str]
    best: list[str]
    best_ending: str
    vague: list[str]
    since: list[str]
    elsewhere: list[str]
    locatives: list[str]
    journeys: list[str]
    apposed: list[str]
    determiners: list[str]
    agents: list[str]
    possessives: list[str]
    owner: str
    pronouns: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Rules:
    """``sets``: each list of words by its name in the file. ``verbs``, ``bases``, ``nouns``: word or pair -> type."""

    verbs: dict[str, str]
    bases: dict[str, str]
    nouns: dict[str, str]
    headlines: dict[str, str]  # any form of a verb, as a headline has it -> type
    posts: frozenset[str]
    pronouns: dict[str, str]  # pronoun -> kind of actor
    past_ending: str
    present_ending: str
    adverb_ending: str
    best_ending: str
    sets: dict[str, frozenset[str]]
    single: frozenset[str]  # words that alone may tell an event
    paired: frozenset[str]  # pairs that tell one, or that say that a word does not
    last_words: frozenset[str]  # of all that may tell an event, or say that it does not
    strong: frozenset[str]  # of verbs that tell an event of a type even where no words date it
    telling: frozenset[str]  # verbs that are known, whatever their ending
    openers: dict[str, str]  # word that opens a clause -> how
    auxiliaries: frozenset[str]  # all words that may stand in the group before a verb
    join: re.Pattern[str]  # between the two ends of a range
    pair: re.Pattern[str]
    between: re.Pattern[str]  # before the first end
    owner: re.Pattern[str]  # after a name that has something

    def __getitem__(self, name: str) -> frozenset[str]:
        return self.sets[name]


_SETS = (
    "no_past", "weak", "nothing", "before_posts", "finite", "present", "future", "habits", "coordinators",
    "relatives", "subordinators", "temporal", "turns", "sayings", "be", "perfect", "past_perfect", "modals", "do",
    "participles", "infinitive", "happened", "plans", "future_past", "came_true", "denials", "not_denials", "until",
    "possibilities", "conditions", "undone", "works", "carriers", "lights", "takings", "prepositions",
    "reporters", "persons", "articles", "between", "after", "before", "aside", "best", "vague", "since",
    "elsewhere", "locatives", "journeys", "apposed", "determiners", "agents", "possessives",
)  # fmt: skip


@cache
def rules(code: str) -> Rules:
    """Raises ``RuleError`` for a type that there is not."""
    file = language.read(code, "events", _File)
    for kind in (*file.verbs, *file.forms, *file.nouns):
        if kind not in EVENT_TYPES:
            raise RuleError(f"there is no type of event {kind!r}", f"language/{code}/events.yml")
    verbs = {
        form: kind
        for kind, regular in file.verbs.items()
        for verb in regular
        for form in _forms(verb)
        if kind != "other" or form.endswith(file.past_ending)
    }
    verbs |= {form: kind for kind, forms in file.forms.items() for form in forms}
    bases = {verb: kind for group in (file.verbs, file.bases) for kind, known in group.items() for verb in known}
    nouns = {noun: kind for kind, known in file.nouns.items() for noun in known}
    keys = {*verbs, *bases, *nouns, *file.nothing, *file.works}
    offices = office_rules(code)
    article = f"(?:(?:{'|'.join(file.articles)})\\s+)?"
    sets = {name: frozenset(getattr(file, name)) for name in _SETS}
    regular = {form for known in file.verbs.values() for verb in known for form in _forms(verb)}
    sets["weak"] |= {form for form in regular if not form.endswith(file.past_ending)}  # as often nouns
    groups = (file.be, file.perfect, file.past_perfect, file.modals, file.do, file.inside, file.infinitive)
    return Rules(
        verbs=verbs,
        bases=bases,
        nouns=nouns,
        headlines=verbs | bases | _present(bases),
        posts=frozenset(post.split()[-1] for post in (*offices.titles, *offices.nouns)),
        pronouns={word: kind for kind, words in file.pronouns.items() for word in words},
        past_ending=file.past_ending,
        present_ending=file.present_ending,
        adverb_ending=file.adverb_ending,
        best_ending=file.best_ending,
        sets=sets,
        single=frozenset(key for key in keys if " " not in key),
        paired=frozenset(key for key in keys if " " in key),
        last_words=frozenset(key.split()[-1] for key in keys),
        openers=dict.fromkeys(file.subordinators, "subordinate")
        | dict.fromkeys(file.relatives, "relative")
        | dict.fromkeys(file.coordinators, "coordinate"),
        strong=frozenset(key.split()[-1] for key, kind in verbs.items() if kind != "other" and key not in sets["weak"]),
        telling=frozenset((*verbs, *file.finite)),
        auxiliaries=frozenset(word for group in groups for word in group),
        join=re.compile(rf"\s*(?:{'|'.join(file.joins)})\s*{article}", re.I),
        pair=re.compile(rf"\s*(?:{'|'.join(file.pair)})\s*{article}", re.I),
        owner=re.compile(file.owner),
        between=re.compile(rf"\b(?:{'|'.join(file.between)})\s+{article}$", re.I),
    )


def _present(bases: dict[str, str]) -> dict[str, str]:
    """The forms in -s of all verbs: wins, resigns."""
    return {_forms(verb)[0]: kind for verb, kind in bases.items()}


def _forms(verb: str) -> tuple[str, ...]:
    """Its regular forms: try, tries, tried, trying; ban, banned. The base form is left out: it is a noun as often."""
    if verb.endswith("e"):
        return verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2] not in "aeou":
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    double = verb + verb[-1] if re.fullmatch(r"[^aeiou]*[aeiou][bdgmnpt]|.+[^aeiou](?:el|it)", verb) else verb
    plural = verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")
    return plural, verb + "ed", verb + "ing", double + "ed", double + "ing"
