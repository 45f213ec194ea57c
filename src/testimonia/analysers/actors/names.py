"""Names in a text: spans first, then what each names, then who is who."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

from testimonia.analysers.actors.address import with_addresses
from testimonia.analysers.actors.chains import Named, chains
from testimonia.analysers.actors.kinds import (
    NOTHING,
    OPEN,
    ORGANISATION,
    PERSON,
    PLACE,
    UNLIKELY,
    WORK,
    Evidence,
    by_evidence,
    by_form,
    cased,
    folded,
    is_initial,
)
from testimonia.analysers.actors.lists import Lists, lists
from testimonia.analysers.actors.pronouns import with_pronouns
from testimonia.analysers.actors.spans import Candidate, candidates, opens_sentence
from testimonia.analysers.actors.tokens import Tokens, tokens_of
from testimonia.findings import Actor, Mention

_LIFE = re.compile(r"[^.()]{0,40} \([^()]{0,200}\b\d{3,4}\b[^()]{0,100}\) (?:was|is)\b")
_FIRST_NAMES = 5
_OFTEN, _RARE = 10, 20  # times a first name stands alone, and for each time that another word stands before it
_OF_PLACE = frozenset(("mayor", "governor", "people", "citizens", "city", "bishop", "archbishop", "streets"))


@dataclass(slots=True)
class _Found:
    """A candidate with its words and its key (the words folded)."""

    candidate: Candidate
    words: tuple[str, ...]
    key: str


def actors_of(text: str, code: str = "en") -> tuple[tuple[Actor, ...], tuple[Mention, ...]]:
    """The actors of a text in the order of their first mention, and all places where they are named."""
    rules = lists(code)
    words = tokens_of(text, rules.tails)
    small = {word for word, capital in zip(words.word, words.capital, strict=True) if not capital}
    found = [_found(words, candidate) for candidate in candidates(words, rules)]
    found = _without_first_words(words, found, small, rules)
    kinds = _kinds(words, found, small, rules)
    named = [_named(words, f, kinds[f.key], rules) for f in found]
    with_addresses(words, named, [f.candidate.first for f in found], rules)
    actors, mentions = chains(text, named, rules)
    adjectives = {words.start[f.candidate.first] for f in found if _is_after_article(words, f.candidate)}
    rivals = _rivals(named, mentions, rules) - adjectives
    return actors, with_pronouns(words, actors, mentions, rivals, _topic(text, mentions), rules)


def _topic(text: str, mentions: tuple[Mention, ...]) -> str | None:
    """Whose life a text tells: it begins with that person's name and dates ("Anna Kessler (1870–1924) was")."""
    for mention in mentions[:_FIRST_NAMES]:
        if _LIFE.match(text, mention.end):
            return mention.actor
    return None


def _is_after_article(words: Tokens, c: Candidate) -> bool:
    """A Salden engineer: what stands between an article and a common noun names nobody."""
    if not c.first or words.lower[c.first - 1] not in ("a", "an") or c.last + 1 >= len(words):
        return False
    return words.gap[c.last + 1] == " " and not words.capital[c.last + 1]


def _rivals(named: list[Named], mentions: tuple[Mention, ...], rules: Lists) -> set[int]:
    """Where names stand that were left open but may be a person's: a pronoun may mean that person too."""
    linked = {mention.start for mention in mentions}
    able = [name for name in named if name.kind in (UNLIKELY, PERSON) and not _is_known(name.words, rules)]
    return {name.start for name in able} - linked


def _named(words: Tokens, f: _Found, kind: str, rules: Lists) -> Named:
    c = f.candidate
    placed = bool(c.first) and words.gap[c.first] == " " and words.lower[c.first - 1] in rules.places_after
    firm = kind == by_form(f.words, rules)
    return Named(words.start[c.first], words.end[c.last], f.words, f.key, kind, firm, placed)


def _found(words: Tokens, candidate: Candidate) -> _Found:
    own = tuple(words.word[candidate.first : candidate.last + 1])
    return _Found(candidate, own, folded(" ".join(own)))


def _without_first_words(words: Tokens, found: list[_Found], small: set[str], rules: Lists) -> list[_Found]:
    """Takes off a word that has its capital from beginning a sentence; leaves out names that only such a word makes."""
    sure = {f.key for f in found if not f.candidate.initial and not f.candidate.headline}
    parts = {folded(word) for f in found if not f.candidate.initial and len(f.words) > 1 for word in f.words}
    counts = Counter(f.key for f in found)
    kept = []
    for f in found:
        c = f.candidate
        stray = _stray(f, counts, rules)
        if stray:
            kept.append(_found(words, Candidate(c.first + stray, c.last, joined=c.joined)))
        elif _is_before_name(f, sure, rules):
            kept.append(_found(words, Candidate(c.first + 1, c.last, joined=c.joined)))
        elif f.key in sure or not (c.initial or c.headline):
            kept.append(f)
        elif len(f.words) == 1:
            if f.key in parts or not _is_common(f.words[0], small, rules):
                kept.append(f)
        elif c.initial and _drops_first(f, sure, parts, small, rules):
            kept.append(_found(words, Candidate(c.first + 1, c.last, headline=c.headline, joined=c.joined)))
        else:
            kept.append(f)
    return kept


def _stray(f: _Found, counts: Counter[str], rules: Lists) -> int:
    """Lest Anna: how many words before a first name that stands alone again and again are none of its own."""
    last = f.words[-1]
    named = last in rules.first or last in rules.first_or_word
    if len(f.words) < 2 or not named or f.candidate.joined or f.candidate.work:
        return 0
    least = _OFTEN if last in rules.first else 3 * _OFTEN
    if counts[folded(last)] < max(least, _RARE * counts[f.key]) or " ".join(f.words) in rules.places:
        return 0
    if any(word in rules.first or word in rules.first_or_word or is_initial(word) for word in f.words[:-1]):
        return 0
    return 0 if f.words[0].lower() in rules.place_openers else len(f.words) - 1


def _is_before_name(f: _Found, sure: set[str], rules: Lists) -> bool:
    """At the congress: "Congress Smith"; a common word or an occupation before a first name: "Comedian Jon Smith"."""
    if len(f.words) < 2 or f.candidate.joined or f.candidate.titled or f.candidate.work:
        return False
    first, rest = f.words[0], f.words[1:]
    if first in rules.first or first in rules.first_or_word:
        return False
    if len(rest) == 1:
        heads = first.lower() in rules.organisations or first in rules.calendar
        return (
            heads and folded(rest[0]) in sure and by_form(rest, rules) in (PERSON, OPEN) and not _is_known(rest, rules)
        )
    if _is_adjective(first, rules) and folded(" ".join(rest)) in sure:
        return True
    common = first.lower() in rules.words or f.candidate.initial
    known = by_form(rest, rules) == PERSON and rest[0] in rules.first
    return common and known and first not in rules.surnames and not is_initial(first)


def _is_known(words: tuple[str, ...], rules: Lists) -> bool:
    return any(word.lower() in rules.words for word in words)


def _is_adjective(word: str, rules: Lists) -> bool:
    """French, Marxist: what may stand before a body's name without being a part of it."""
    return word in rules.peoples or (word.lower().endswith(rules.group_endings) and word not in rules.never)


def _is_common(word: str, small: set[str], rules: Lists) -> bool:
    lower = word.lower()
    return lower in small or lower in rules.words


def _drops_first(f: _Found, sure: set[str], parts: set[str], small: set[str], rules: Lists) -> bool:
    """Asked Trotsky, Critics of Stalin: the first word is common and what follows is a name without it."""
    first, rest = cased(f.words[0]), f.words[1:]
    if (
        first not in rules.first
        and len(rest) == 1
        and by_form(rest, rules) == PLACE
        and by_form(f.words, rules) == OPEN
    ):
        return True
    if not _is_common(first, small, rules) or first in rules.first:
        return False
    key = folded(" ".join(rest))
    if key in sure or cased(rest[0]) in rules.first or (len(rest) == 1 and key in parts):
        return True
    return len(rest) == 1 and by_form(rest, rules) not in (NOTHING, OPEN)


def _kinds(words: Tokens, found: list[_Found], small: set[str], rules: Lists) -> dict[str, str]:
    """{key: kind}: by the words of the name itself, else by what stands around it in the whole document."""
    evidence: dict[str, Evidence] = defaultdict(Evidence)
    for f in found:
        _observe(words, f, evidence[f.key], rules)
    forms = _forms(words, found)
    sails = not rules.ships.isdisjoint(small)
    kinds = {key: by_form(own, rules) for key, own in forms.items()}
    _observe_company(words, found, evidence, kinds)
    for key, own in forms.items():
        seen = evidence[key]
        held = seen.titled and (kinds[key] == UNLIKELY or (kinds[key] == NOTHING and len(own) > 1))
        if kinds[key] == OPEN or held:
            seen.lower, seen.sails = len(own) == 1 and own[0].lower() in small, sails
            kinds[key] = by_evidence(own, seen, rules)
    kinds.update((f.key, WORK) for f in found if f.candidate.work)
    kinds.update((key, ORGANISATION) for key, seen in evidence.items() if _is_periodical(seen, forms[key], kinds[key]))
    kinds.update((key, NOTHING) for key, seen in evidence.items() if _is_ship(seen, kinds[key], sails))
    return kinds


def _forms(words: Tokens, found: list[_Found]) -> dict[str, tuple[str, ...]]:
    """{key: words as they are written}: what is set in capitals says nothing where the name is written elsewhere."""
    capitals = [f for f in found if all(word.isupper() for word in f.words)]
    mixed = [f for f in found if any(not word.isupper() for word in f.words)]
    written = {folded(word) for f in mixed for word in f.words if not word.isupper()}
    forms: dict[str, tuple[str, ...]] = {}
    for f in mixed:
        forms.setdefault(f.key, f.words)
    for f in (f for f in capitals if not _in_capitals(words, f.candidate)):
        shouted = all(len(word) > 1 and folded(word) in written for word in f.words)
        forms.setdefault(f.key, tuple(map(cased, f.words)) if shouted else f.words)
    for f in capitals:
        forms.setdefault(f.key, tuple(map(cased, f.words)))
    return forms


def _in_capitals(words: Tokens, c: Candidate) -> bool:
    """Whether the words on the same line around a name are set in capitals too."""
    sides = [i for i in (*range(c.first - 1, c.first - 4, -1), *range(c.last + 1, c.last + 4)) if 0 <= i < len(words)]
    beside = []
    for i in sides:
        between = range(i + 1, c.first + 1) if i < c.first else range(c.last + 1, i + 1)
        if not any("\n" in words.gap[k] for k in between):
            beside.append(words.word[i])
    return any(len(word) > 1 and word.isupper() for word in beside) and all(
        word.isupper() or not word.isalpha() for word in beside
    )


def _is_periodical(seen: Evidence, own: tuple[str, ...], kind: str) -> bool:
    return kind in (PERSON, PLACE, UNLIKELY) and len(own) == 1 and seen.paper > seen.titled + seen.speaks


def _is_ship(seen: Evidence, kind: str, sails: bool) -> bool:
    """The steamer Aurelie; the Aurelie, in a document that speaks of ships."""
    if kind not in (PERSON, ORGANISATION, UNLIKELY) or seen.titled or seen.body:
        return False
    return seen.ship > 0 or (sails and kind == PERSON and not seen.speaks and seen.article * 2 > seen.inside)


def _observe_company(words: Tokens, found: list[_Found], evidence: dict[str, Evidence], kinds: dict[str, str]) -> None:
    """A name beside a sure one in a list is likely of its kind: Lemberg and Vienna; Harlow, Anna Kessler."""
    for left, right in pairwise(found):
        between = words.gap[left.candidate.last + 1 : right.candidate.first + 1]
        small = words.lower[left.candidate.last + 1 : right.candidate.first]
        if between not in ([", "], [" ", " "], [", ", " "]) or small not in ([], ["and"], ["or"]):
            continue
        for one, other in ((left, right), (right, left)):
            if kinds[one.key] == OPEN and kinds[other.key] == PERSON:
                evidence[one.key].speaks += 1
            elif kinds[one.key] == OPEN and kinds[other.key] == PLACE:
                evidence[one.key].placed += 1


def _observe(words: Tokens, f: _Found, seen: Evidence, rules: Lists) -> None:
    c = f.candidate
    seen.inside += not c.initial and not c.headline
    adjective = c.titled and len(f.words) == 1 and words.lower[c.first - 1] in rules.modifiers
    seen.titled += c.titled and not (adjective and f.words[0].lower() in rules.words)  # a general strike
    if c.last + 1 < len(words) and words.gap[c.last + 1] in (" ", ", "):
        seen.speaks += words.lower[c.last + 1] in rules.speech or words.lower[c.last + 1] == "who"
        seen.acts += words.lower[c.last + 1].endswith("ed") or words.lower[c.last + 1] in rules.auxiliaries
    if c.first and words.gap[c.first] == " " and not opens_sentence(words, c.first, rules):
        before = words.lower[c.first - 1]
        seen.article += before == "the"
        seen.body += before in rules.body_words
        seen.paper += _is_paper(words, c, rules)
        seen.ship += before in rules.ships
        seen.placed += before in rules.places_after or (
            before == "of" and c.first > 1 and _has_place(words.lower[c.first - 2], rules)
        )
    seen.placed += _before_place(words, c, rules)


def _has_place(word: str, rules: Lists) -> bool:
    """The town of Kano, the University of Kano, the mayor of Kano."""
    return word in rules.place_words or word in rules.organisations or word in _OF_PLACE


def _is_paper(words: Tokens, c: Candidate, rules: Lists) -> bool:
    """Published in Dawn, an editor of the Dawn: whether the words before say that it is a newspaper."""
    if c.last + 1 < len(words) and words.gap[c.last + 1][:1] in ("’", "'"):
        return False  # edited Smith's letters
    end = c.first - (words.lower[c.first - 1] == "the")
    if words.lower[end - 1] == "in" and end == c.first and words.word[c.first] not in rules.first:
        return False  # published in Dawn, or in Vienna: two candidates
    return any(tuple(words.lower[max(0, end - length) : end]) in rules.paper_cues for length in (1, 2, 3))


def _before_place(words: Tokens, c: Candidate, rules: Lists) -> bool:
    """Whether a word such as "district", or a comma and a known place, follows."""
    i = c.last + 1
    if i >= len(words):
        return False
    if words.gap[i] == " ":
        return words.lower[i] in rules.place_words
    if words.gap[i] != ", " or words.headline[c.first]:
        return False
    return words.word[i] in rules.places or " ".join(words.word[i : i + 2]) in rules.places
