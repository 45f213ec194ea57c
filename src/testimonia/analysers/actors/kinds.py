"""What a name names: decided by its own words first, then by the words around it in the whole document."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.analysers.actors.lists import Lists

PERSON, ORGANISATION, PLACE, WORK = "person", "organisation", "place", "work"
NOTHING = "nothing"  # a war, a doctrine, a people, a common word
UNLIKELY = "unlikely"  # nothing around it speaks for a name, but it may be somebody's surname
OPEN = "open"  # the name's own words do not tell

_LINKS = frozenset(("of", "for", "on", "in"))
_ROMAN = frozenset("IVXLC")
_GENERATIONS = frozenset(("jr", "sr"))


@dataclass(slots=True)
class Evidence:
    """What stands around a name in the document: how often each, and how often it stands inside a sentence."""

    inside: int = 0
    titled: int = 0
    speaks: int = 0
    acts: int = 0
    placed: int = 0
    article: int = 0
    body: int = 0
    ship: int = 0
    paper: int = 0
    lower: bool = False  # its word stands in small letters elsewhere in the document
    sails: bool = False  # the document speaks of ships


def folded(name: str) -> str:
    """A name without accents, capitals and full stops, for comparing."""
    plain = name if name.isascii() else unicodedata.normalize("NFKD", name)
    kept = "".join(c for c in plain if not unicodedata.combining(c)) if plain is not name else plain
    return kept.casefold().replace(".", "").replace("’", "'").replace("‘", "'")


def cased(word: str) -> str:
    """DOLGUN as Dolgun, so that lists know it; short capitals are left, for they may be an acronym."""
    return word.capitalize() if len(word) > 1 and word.isupper() and word.isalpha() else word


def is_acronym(word: str) -> bool:
    """FCC, NKVD, AFL-CIO, RCP(B) without the bracket; no Roman number."""
    letters = word.replace(".", "").replace("-", "")
    return 2 <= len(letters) <= 8 and letters.isupper() and letters.isalpha() and not set(letters) <= _ROMAN


def is_initial(word: str) -> bool:
    return (len(word) == 1 and word.isupper()) or (word[1:2] == "." and word[0].isupper() and len(word) <= 6)


def by_form(words: Sequence[str], lists: Lists) -> str:
    """The kind that the words of a name tell by themselves."""
    phrase = " ".join(words)
    plain = " ".join(map(cased, words)) if phrase.isupper() else phrase
    if plain in lists.bodies:
        return ORGANISATION
    if plain != phrase and plain in lists.places:
        return PLACE
    if phrase in lists.never or phrase in lists.peoples:
        return NOTHING
    if phrase in lists.places and not (len(words) == 1 and phrase in lists.places_or_names):
        return PLACE
    return _single(words[0], lists) if len(words) == 1 else _several(words, lists)


def _single(word: str, lists: Lists) -> str:
    lower, plain = word.lower(), cased(word)
    if "-" in plain and all(part in lists.peoples for part in plain.split("-")):
        return NOTHING
    if plain in lists.never or plain in lists.peoples or is_initial(word) or not any(c.isalpha() for c in word):
        return NOTHING
    if lower in lists.words and lower + "s" not in lists.plural_groups and plain in lists.first:
        return OPEN
    if lower in lists.titles or lower in lists.organisations or lower in lists.place_heads or lower in lists.things:
        return UNLIKELY
    if plain in lists.first and lower not in lists.words:
        return PERSON
    if is_acronym(word):
        return UNLIKELY if len(word) > 3 and lower in lists.words else ORGANISATION  # a HUGE mistake
    if set(word) <= _ROMAN and len(word) > 1:
        return NOTHING
    if (
        any(c.isupper() for c in word[1:])
        and not word.isupper()
        and "-" not in word
        and word[:2] not in ("Mc", "Ma", "O'", "O’", "De", "Di", "D'", "D’", "Le", "La")
    ):
        return ORGANISATION  # PayPal, BuzzFeed
    if lower.endswith(lists.group_endings) and len(lower) > 5:
        return NOTHING
    return OPEN


def _several(words: Sequence[str], lists: Lists) -> str:
    lower = [word.lower() for word in words]
    head = _head(words, lower)
    if words[-1] in lists.legal_forms or "&" in words:
        return ORGANISATION
    if all(word in lists.titles or word in lists.modifiers for word in lower):
        return NOTHING
    first = cased(words[0])
    if _is_event(words, lower, head, lists):
        return NOTHING
    person = _looks_like_person(words, lower, lists)
    if person == 2:
        return PERSON
    if person == 1 and len(words) == 2 and lower[-1] in lists.surname_heads:
        return OPEN
    if lower[-1] in lists.open_heads:
        return OPEN
    if lower[head] in lists.things or lower[-1] in lists.things or lower[-1].removesuffix("s") in lists.things:
        return NOTHING
    if words[-1] in lists.peoples or words[-1] in lists.calendar:
        return NOTHING
    if lower[0] in lists.body_openers:
        return ORGANISATION
    if lower[head] in lists.organisations:
        return ORGANISATION
    if any(word in lists.plural_groups for word in lower):
        return ORGANISATION
    if lower[head] in lists.place_heads:
        return PLACE
    opens_place = lower[0] in lists.place_openers and len(words) <= 3 and lower[1] not in lists.words
    if opens_place and not any(word in lists.peoples for word in words):
        return PLACE
    if person:
        return PERSON
    if first in lists.peoples or any(word.endswith(lists.group_endings) and len(word) > 6 for word in lower):
        return NOTHING
    return OPEN


def _is_event(words: Sequence[str], lower: Sequence[str], head: int, lists: Lists) -> bool:
    """April theses; the Tenth Congress of a party."""
    if words[0] in lists.calendar:
        return lower[head] not in lists.organisations and words[0] not in lists.first_or_word
    numbered = lower[0] in lists.ordinals or set(words[0].removesuffix("th")) <= _ROMAN
    return lower[head] in lists.sessions and numbered and head > 0


def _head(words: Sequence[str], lower: Sequence[str]) -> int:
    """The word that says what it is: the last, the one before the first "of" or "for", or before a number."""
    for i in range(1, len(lower)):
        if lower[i] in _LINKS or lower[i] in ("no", "nr"):
            return i - 1
    numbered = len(lower) > 1 and (set(words[-1]) <= _ROMAN or words[-1].isdigit())
    return len(lower) - 1 - numbered


def _looks_like_person(words: Sequence[str], lower: Sequence[str], lists: Lists) -> int:
    """2: surely; 1: as far as nothing speaks against it; 0: no sign of it."""
    if len(words) > 6 or any(word in _LINKS for word in lower):
        return 0
    last = cased(words[-1])
    if lower[-1] in _GENERATIONS and len(words) > 2:
        return 2
    if last in lists.peoples and last not in lists.surnames:
        return 0
    initials = sum(is_initial(word) for word in words[:-1])
    if (
        initials
        and not is_initial(words[-1])
        and (is_initial(words[0]) or cased(words[0]) in lists.first or initials == 1)
    ):
        return 2 if lower[-1] not in lists.organisations or len(words) > 2 else 1
    first = cased(words[0])
    if first in lists.first:
        return (
            2
            if lower[-1] not in lists.organisations
            and lower[-1] not in lists.place_heads
            and lower[-1] not in lists.things
            else 0
        )
    if first in lists.first_or_word and (lower[-1] not in lists.words or lower[-1] in lists.surname_heads):
        return 1
    if set(words[-1]) <= _ROMAN and len(words) == 2:
        return int(lower[0] not in lists.words)
    if any(word in lists.particles for word in lower[1:-1]) and lower[0] not in lists.words:
        return 1
    return int(last in lists.surnames and lower[0] not in lists.words)


def by_evidence(words: Sequence[str], seen: Evidence, lists: Lists) -> str:
    """The kind of a name whose words do not tell, from what stands around it; UNLIKELY where nothing is found."""
    common = [word.lower() in lists.words for word in words]
    if seen.titled:
        return PERSON
    if seen.body and not seen.speaks:
        return ORGANISATION
    if words[-1].lower() in lists.open_heads:
        return ORGANISATION if seen.sails and not common[0] and words[0] not in lists.peoples else NOTHING
    return (
        _several_by_evidence(words, seen, common, lists)
        if len(words) > 1
        else _single_by_evidence(words[0], seen, common[0], lists)
    )


def _several_by_evidence(words: Sequence[str], seen: Evidence, common: Sequence[bool], lists: Lists) -> str:
    first = cased(words[0])
    named = first in lists.first or first in lists.first_or_word
    if len(words) == 2 and named and not seen.article and (seen.inside or not all(common)):
        return PERSON
    if all(common):
        return ORGANISATION if seen.inside > 1 and seen.article else UNLIKELY
    if seen.article > seen.speaks and seen.article * 2 > seen.inside:
        return ORGANISATION if any(common) and seen.inside > 1 else UNLIKELY
    if seen.placed * 2 > max(1, seen.inside) and not seen.speaks:
        return PLACE
    if not any(common) or seen.speaks:
        return PERSON
    return ORGANISATION if seen.inside > 1 else UNLIKELY


def _single_by_evidence(word: str, seen: Evidence, common: bool, lists: Lists) -> str:
    plain = cased(word)
    if plain in lists.places_or_names or plain in lists.places:
        return PERSON if seen.speaks and not seen.placed else PLACE
    if common or seen.lower:
        return PERSON if seen.speaks > 1 or (seen.speaks and not seen.lower and plain in lists.surnames) else UNLIKELY
    if not seen.inside:
        return UNLIKELY
    if seen.placed * (2 if seen.acts else 3) >= seen.inside and not seen.speaks:
        return PLACE
    lower = word.lower()
    if plain in lists.surnames or lower.endswith(lists.person_endings) or seen.speaks:
        return PERSON
    if lower.endswith(lists.place_endings) and not seen.article:
        return PLACE
    if seen.article:
        return ORGANISATION if seen.article * 2 > seen.inside and word[-1:] != "s" else UNLIKELY
    return PERSON if seen.inside > 1 and seen.acts else UNLIKELY
