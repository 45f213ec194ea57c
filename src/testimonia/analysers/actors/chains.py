"""Who is who in a document: which names are one person, body or place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from testimonia.analysers.actors.kinds import (
    NOTHING,
    ORGANISATION,
    PERSON,
    PLACE,
    UNLIKELY,
    cased,
    folded,
    is_acronym,
    is_initial,
)
from testimonia.analysers.actors.lists import Lists
from testimonia.findings import Actor, Mention

_OPENS_BRACKET = re.compile(r"[’'”\"]?,?\s*[(\[](?:the |or |now |later |abbreviated |short )?[“\"‘']?")
_SMALL = frozenset(("of", "the", "for", "and", "a", "an", "on", "in", "de", "del", "la", "du", "des", "et", "y", "und"))
_GENERATION = frozenset(("jr", "sr"))
_LONGEST_BETWEEN = 60
ADDRESSED = "\1"  # between a form of address and a surname in the key of one who is named so alone
_FAR_MORE = 6
_OFTEN = 25  # times that the shorter form of a name stands where a longer one that stands once is odd
_MOST_NAMESAKES = 100  # where more bear a surname nothing is joined: comparing all with all would take too long


@dataclass(slots=True)
class Named:
    """A name where it stands: its words, its key (the words folded), the kind found for that key."""

    start: int
    end: int
    words: tuple[str, ...]
    key: str
    kind: str
    firm: bool  # the kind was told by the name's own words
    placed: bool = False  # a preposition of place stands before it
    address: str = ""  # what keeps a bare surname apart from others who bear it, as written: "Mrs."


class _Same:
    """Keys that name the same actor (union-find)."""

    def __init__(self) -> None:
        self._home: dict[str, str] = {}

    def of(self, key: str) -> str:
        path = []
        while (home := self._home.get(key, key)) != key:
            path.append(key)
            key = home
        for step in path:
            self._home[step] = key
        return key

    def join(self, key: str, other: str) -> None:
        a, b = self.of(key), self.of(other)
        if a != b:
            self._home[a] = b


def chains(text: str, named: Sequence[Named], lists: Lists) -> tuple[tuple[Actor, ...], tuple[Mention, ...]]:
    """The actors in the order of their first mention, and their mentions in the order of the text."""
    same = _Same()
    kinds = _kinds_of(named)
    _join_stated(text, named, kinds, same, lists)
    _join_bodies(kinds, same, lists)
    firm = {name.key for name in named if name.firm}
    links = _person_links(kinds, Counter(name.key for name in named), firm, same, lists)
    kept: list[tuple[Named, str]] = []
    for name in named:
        home = _home(name, kinds, links, same, lists)
        if home is not None:
            kept.append((name, home))
    return _actors(text, kept, kinds)


def _kinds_of(named: Iterable[Named]) -> dict[str, str]:
    return {name.key: name.kind for name in named}


def _home(name: Named, kinds: dict[str, str], links: dict[str, str | None], same: _Same, lists: Lists) -> str | None:
    """The cluster of a name; None where it names nobody or where two candidates remain."""
    key = name.key
    if key in links and not (name.placed and cased(name.words[0]) in lists.places_or_names):
        link = links[key]
        return None if link is None else same.of(link)
    if key in links:
        return key + "\0place"
    return None if kinds[key] in (NOTHING, UNLIKELY) else same.of(key)


# ---------------------------------------------------------------- stated by the text


@cache
def _alias_pattern(aliases: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(re.escape(alias) for alias in sorted(aliases, key=len, reverse=True))
    return re.compile(rf"[’'”\"]?[,;(\s–—-]*(?:{words})[,:]?\s+(?:as |the |of |was )?[“\"‘']?")


def _join_stated(text: str, named: Sequence[Named], kinds: dict[str, str], same: _Same, lists: Lists) -> None:
    """Socialist Workers Party (SWP); Lev Davidovich Bronstein, a.k.a. Trotsky."""
    pattern = _alias_pattern(lists.aliases)
    for left, right in pairwise(named):
        if right.start - left.end > _LONGEST_BETWEEN:
            continue
        between = text[left.end : right.start]
        if _OPENS_BRACKET.fullmatch(between):
            _join_acronym(text, left, right, kinds, same)
        elif pattern.fullmatch(between) and {kinds[left.key], kinds[right.key]} <= {PERSON, UNLIKELY}:
            kinds[left.key] = kinds[right.key] = PERSON
            same.join(right.key, left.key)


def _join_acronym(text: str, left: Named, right: Named, kinds: dict[str, str], same: _Same) -> None:
    if not text[right.end : right.end + 2].lstrip("”\"’'").startswith((")", "]", ";", ",")):
        return
    if is_acronym(left.words[0]) and len(left.words) == 1:
        left, right = right, left
    if len(right.words) != 1 or kinds[right.key] == PLACE or not is_acronym(right.words[0]) or len(left.words) < 2:
        return
    if not _fits(right.words[0], left.words) and kinds[left.key] != ORGANISATION:
        return
    kinds[left.key] = kinds[right.key] = PLACE if kinds[left.key] == PLACE else ORGANISATION
    same.join(right.key, left.key)


def _fits(acronym: str, words: Sequence[str]) -> bool:
    """Whether the letters of an acronym are the initials of the words, small words counted or not."""
    letters = acronym.replace(".", "").replace("-", "").casefold()
    parts = [part for word in words for part in folded(word).split("-") if part]
    return letters in (
        "".join(part[0] for part in parts),
        "".join(part[0] for part in parts if part not in _SMALL),
    )


# ---------------------------------------------------------------- bodies


def _join_bodies(kinds: dict[str, str], same: _Same, lists: Lists) -> None:
    """An acronym without a bracket whose letters only one body has; a short form that only one body goes on from."""
    bodies = [key for key, kind in kinds.items() if kind == ORGANISATION and " " in key]
    legal = {folded(form) for form in lists.legal_forms}
    by_initials: dict[str, set[str]] = defaultdict(set)
    by_start: dict[str, set[str]] = defaultdict(set)
    for key in bodies:
        parts = key.replace("-", " ").split()
        by_initials["".join(part[0] for part in parts)].add(same.of(key))
        by_initials["".join(part[0] for part in parts if part not in _SMALL)].add(same.of(key))
        if parts[-1] in legal and len(parts) > 2:
            by_initials["".join(part[0] for part in parts[:-1] if part not in _SMALL)].add(same.of(key))
        words = key.split()
        for i in range(2, len(words) - 1):
            if words[i] in ("of", "for"):
                by_start[" ".join(words[:i])].add(same.of(key))
    for key, kind in list(kinds.items()):
        if kind != ORGANISATION:
            continue
        homes = by_start.get(key, set()) if " " in key else by_initials.get(key.replace("-", ""), set())
        if len(homes) == 1:
            same.join(key, next(iter(homes)))


# ---------------------------------------------------------------- persons


def _person_links(
    kinds: dict[str, str], counts: Counter[str], firm: set[str], same: _Same, lists: Lists
) -> dict[str, str | None]:
    """{key of a person's name: key of the fullest name}; None where two persons share it."""
    full = sorted(
        (key for key, kind in kinds.items() if kind == PERSON and " " in key),
        key=lambda k: (-len(k.split()), -len(k), k),
    )
    links: dict[str, str | None] = {}
    by_last: dict[str, list[str]] = defaultdict(list)
    by_word: dict[str, list[str]] = defaultdict(list)
    for key in full:
        words = _plain(key)
        namesakes = by_last[words[-1]]
        few = len(namesakes) <= _MOST_NAMESAKES
        fits = {same.of(other) for other in namesakes if _compatible(words, _plain(other))} if few else set()
        if len(fits) == 1:
            same.join(key, next(iter(fits)))
        links[key] = key
        by_last[words[-1]].append(key)
        for word in {words[0], *words[-1:]}:
            by_word[word].append(key)
    for key, kind in kinds.items():
        named_otherwise = key in firm and kind in (ORGANISATION, PLACE) and key.title() not in lists.places_or_names
        if " " in key or kind == NOTHING or named_otherwise:
            continue
        homes = _homes_of_single(key, by_word, same)
        if homes:
            links[key] = next(iter(homes)) if len(homes) == 1 else _usual(key, homes, counts, same, full)
    return links


def _usual(key: str, homes: set[str], counts: Counter[str], same: _Same, full: Sequence[str]) -> str | None:
    """Whose a name is that several bear: his who is named far more often; its own where it mostly stands alone."""
    times = dict.fromkeys(homes, 0)
    for other in full:
        if same.of(other) in times:
            times[same.of(other)] += counts[other]
    first, second = sorted(times.values(), reverse=True)[:2]
    if first >= _FAR_MORE * second:
        return max(times, key=lambda home: (times[home], home))
    return key if counts[key] >= _OFTEN and counts[key] >= _FAR_MORE * (first + second) else None


def _homes_of_single(key: str, by_word: dict[str, list[str]], same: _Same) -> set[str]:
    """Clusters whose last name is ``key``; failing that, those whose first name is."""
    owners = by_word.get(key, [])
    homes = {same.of(owner) for owner in owners if _plain(owner)[-1] == key}
    return homes or {same.of(owner) for owner in owners}


def _plain(key: str) -> list[str]:
    words = key.split()
    while len(words) > 2 and words[-1] in _GENERATION:
        words.pop()
    return words


def _compatible(short: list[str], long: list[str]) -> bool:
    """Whether two full names with the same last word may be one person: J. P. Cannon, James Cannon, James P. Cannon."""
    if short == long[-len(short) :]:
        return True  # Bethmann Hollweg of Theobald von Bethmann Hollweg
    if not _same_first(short[0], long[0]):
        return False
    rest = long[1:-1]
    for word in short[1:-1]:
        fit = next((i for i, other in enumerate(rest) if _same_first(word, other)), None)
        if fit is None:
            return not rest
        rest = rest[fit + 1 :]
    return True


def _same_first(a: str, b: str) -> bool:
    if a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b)):
        return True
    return len(a) > 4 and len(b) > 4 and _spelling(a) == _spelling(b)


def _spelling(word: str) -> str:
    """Joseph and Josef, Barack and Barak, Lyudmila and Liudmila are spelt alike."""
    for old, new in (
        ("ph", "f"),
        ("ck", "k"),
        ("y", "i"),
        ("tz", "ts"),
        ("w", "v"),
        ("sch", "sh"),
        ("kh", "h"),
        ("j", "i"),
    ):
        word = word.replace(old, new)
    return re.sub(r"(.)\1+", r"\1", word)


# ---------------------------------------------------------------- the result


def _actors(
    text: str, kept: Sequence[tuple[Named, str]], kinds: dict[str, str]
) -> tuple[tuple[Actor, ...], tuple[Mention, ...]]:
    groups: dict[str, list[Named]] = defaultdict(list)
    for name, home in kept:
        groups[home].append(name)
    identifiers = {home: f"a{number}" for number, home in enumerate(groups, 1)}
    actors = tuple(_actor(text, identifiers[home], home, names, kinds) for home, names in groups.items())
    mentions = tuple(Mention(name.start, name.end, identifiers[home]) for name, home in kept)
    return actors, mentions


def _actor(text: str, identifier: str, home: str, names: Sequence[Named], kinds: dict[str, str]) -> Actor:
    forms = Counter(" ".join(text[name.start : name.end].split()) for name in names)
    kind = PLACE if home.endswith("\0place") else _kind(names, kinds)
    usual = _usual_surname(forms) if kind == PERSON else ""
    ordered = sorted(forms, key=lambda form: (_is_odd(form, forms, kind), _rank(form, kind, usual), -forms[form], form))
    address = next((name.address for name in names if name.address), "")
    if address and all(" " not in form for form in forms):
        return Actor(identifier, f"{address} {ordered[0]}", kind, tuple(ordered))
    return Actor(identifier, ordered[0], kind, tuple(ordered[1:]))


def _is_odd(form: str, forms: Counter[str], kind: str) -> bool:
    """A longer form that stands once where a shorter one that ends alike stands often: its first word is no name's."""
    if kind != PERSON or forms[form] > 1 or " " not in form:
        return False
    rest = form.split(" ", 1)[1]
    return forms[rest] >= _OFTEN


def _kind(names: Sequence[Named], kinds: dict[str, str]) -> str:
    """The kind of the fullest names; a surname alone is told less surely."""
    longest = max(len(name.words) for name in names)
    counts = Counter(kinds[name.key] for name in names if len(name.words) == longest or longest == 1)
    for kind in (NOTHING, UNLIKELY):
        counts.pop(kind, None)
    return max(counts, key=lambda kind: (counts[kind], kind)) if counts else PERSON


def _usual_surname(forms: Counter[str]) -> str:
    """The last word that stands most often: a person born under another name goes by the usual one."""
    last: Counter[str] = Counter()
    for form, count in forms.items():
        last[form.split()[-1].casefold()] += count
    return max(last, key=lambda word: (last[word], word))


def _rank(form: str, kind: str, usual: str) -> tuple[bool, int, bool, int]:
    """Fullest first: the usual surname, then more words, then fewer capitals, then longer."""
    words = form.split()
    full = sum(not is_initial(word) for word in words)
    single = len(words) == 1 and kind == PERSON
    return (
        single or words[-1].casefold() != usual if usual else False,
        -full,
        form.isupper() and kind == PERSON,
        -len(form),
    )
