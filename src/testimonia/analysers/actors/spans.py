"""Where names begin and end: stretches of capitalised words, with titles, offices and function words taken off."""

from __future__ import annotations

import re
from dataclasses import dataclass

from testimonia.analysers.actors.kinds import PERSON, by_form, cased, is_acronym
from testimonia.analysers.actors.lists import Lists
from testimonia.analysers.actors.tokens import Tokens

_SPACE = re.compile(r"[^\S\n]+|[^\S\n]*\n[^\S\n]*")
_OPENS = re.compile(r"[.!?…:;“”\"«•*\n]|^\W*[‘']")
_POSSESSIVES = ("’ ", "' ", "’s ", "'s ", "‘s ")
_LONGEST_OF_GROUP = 5  # words of a body's name after the group whose body it is
_LONGEST = 12  # words; a longer stretch of capitalised words is no name
_LINKS = {("of",), ("of", "the"), ("for",), ("for", "the"), ("for", "a"), ("on",), ("and",), ("for", "an"), ("of", "a")}
_OF_PLACES = frozenset(
    ("republic", "kingdom", "isle", "gulf", "bay", "province", "strait", "straits", "district", "city")
)


@dataclass(slots=True)
class Candidate:
    """A stretch that may be a name: tokens ``first`` to ``last`` (inclusive).

    ``titled``: a title or office stands right before it; ``initial``: it begins a sentence, so that its capital says
    nothing; ``headline``: it stands in a line in title case; ``joined``: parts were joined over "of", "for" or "and";
    ``work``: the words before it say that it is the title of a work.
    """

    first: int
    last: int
    titled: bool = False
    initial: bool = False
    headline: bool = False
    joined: bool = False
    work: bool = False


def candidates(words: Tokens, lists: Lists) -> list[Candidate]:
    """All stretches of ``words`` that may be names, in order."""
    found: list[Candidate] = []
    i = 0
    while i < len(words):
        title_end = _work_end(words, i, lists) if words.capital[i] else i - 1
        if title_end > i:
            found.append(Candidate(i, title_end, work=True))
            i = title_end + 1
            continue
        if not words.capital[i] or (_is_opener(words, i, lists) and not _begins_name(words, i, lists)):
            i += 1
            continue
        last = _run_end(words, i, lists)
        if last - i < _LONGEST:
            found.extend(_parts(words, i, last, lists))
        i = last + 1
    return _join(words, found, lists)


def _work_end(words: Tokens, i: int, lists: Lists) -> int:
    """The last word of a title that "his novel" or the like announces; ``i - 1`` where there is none."""
    announced = i > 0 and words.lower[i - 1] in lists.work_words and words.gap[i] in (" ", ", ")
    if not announced or words.headline[i]:
        return i - 1
    last = j = i
    while j + 1 < len(words) and j < i + _LONGEST and _is_space(words, j + 1):
        j += 1
        if words.capital[j]:
            last = j
        elif words.lower[j] not in lists.work_small:
            break
    return i - 1 if by_form(words.word[i : last + 1], lists) == PERSON else last


def opens_sentence(words: Tokens, i: int, lists: Lists) -> bool:
    """Whether word ``i`` begins a sentence, a line or a quotation."""
    if i == 0:
        return True
    gap = words.gap[i]
    if gap[:1] == "." and _shortened(words, i - 1, lists) and len(gap.strip()) == 1:
        return False
    return bool(_OPENS.search(gap)) and not _is_space(words, i)


def _is_opener(words: Tokens, i: int, lists: Lists) -> bool:
    if words.lower[i] not in lists.openers:
        return False
    return not (
        len(words.word[i]) == 1 and words.word[i] != "I" and words.gap[i + 1 : i + 2] and words.gap[i + 1][:1] == "."
    )


def _begins_name(words: Tokens, i: int, lists: Lists) -> bool:
    """Will Smith: a function word that is a first name too, inside a sentence and before a capital."""
    if words.word[i] not in lists.first_or_word or i + 1 >= len(words) or not words.capital[i + 1]:
        return False
    return _is_space(words, i + 1) and not opens_sentence(words, i, lists) and words.word[i] != "May"


def _shortened(words: Tokens, i: int, lists: Lists) -> bool:
    word = words.word[i]
    return (len(word) == 1 and word.isupper()) or word in lists.after_address


def _is_space(words: Tokens, i: int) -> bool:
    """Whether only a space, or the end of a line that was broken at its width, stands before word ``i``."""
    gap = words.gap[i]
    if gap == " ":
        return True
    if not _SPACE.fullmatch(gap):
        return False
    return "\n" not in gap or _broken_line(words, i)


def _broken_line(words: Tokens, i: int) -> bool:
    """Whether the line before word ``i`` is long enough to have been broken at its width."""
    j = i - 1
    while j > 0 and "\n" not in words.gap[j] and words.end[i - 1] - words.start[j] < 50:
        j -= 1
    return words.end[i - 1] - words.start[j] >= 50


def _tied(words: Tokens, i: int, lists: Lists) -> bool:
    """Whether word ``i`` goes on with the name that word ``i - 1`` stands in."""
    if _is_space(words, i):
        return True
    gap = words.gap[i]
    if gap in (". ", "."):
        return _shortened(words, i - 1, lists)
    if gap in _POSSESSIVES:
        return words.lower[i - 1] in lists.plural_groups or _is_group(words, i, lists)
    return gap == " & "


def _is_group(words: Tokens, i: int, lists: Lists) -> bool:
    """Dockers' Benevolent Union: whether a group's possessive belongs to the body named from word ``i`` on."""
    word, lower = words.word[i - 1], words.lower[i - 1]
    plural = words.gap[i] in ("’ ", "' ") and lower.endswith("s")
    if not words.capital[i - 1] or not (plural or lower.endswith(("men", "people"))):
        return False
    if word in lists.bodies or word in lists.peoples or word in lists.places or lower in lists.organisations:
        return False
    if word in lists.first or word in lists.surnames or lower in lists.titles:
        return False
    if word.isupper() != words.word[i].isupper():
        return False
    for j in range(i, min(len(words), i + _LONGEST_OF_GROUP)):
        if not words.capital[j] or (j > i and not _is_space(words, j)):
            return False
        if words.lower[j] in lists.organisations:
            return True
    return False


def _run_end(words: Tokens, i: int, lists: Lists) -> int:
    """The last word of the stretch of capitalised words that begins at ``i``."""
    last = i
    while last + 1 < len(words):
        if words.lower[last] in lists.titles:
            last = _phrase_end(words, last, lists)
            if last + 1 >= len(words):
                break
        j = last + 1
        while (
            j < len(words)
            and j <= last + 3
            and words.lower[j] in lists.particles
            and not words.capital[j]
            and _is_space(words, j)
        ):
            j += 1
        if j >= len(words) or not words.capital[j] or not _tied(words, j, lists) or _breaks(words, j, lists):
            break
        last = j
    return _number_end(words, last, lists)


def _number_end(words: Tokens, last: int, lists: Lists) -> int:
    """Camp No 21: a number that belongs to the name of a body or place."""
    if words.lower[last] in ("no", "nr") and last > 0:
        numbered, number = words.lower[last - 1], last + 1
    else:
        numbered, number = words.lower[last], last + 1
        if words.lower[number : number + 1] in (["no"], ["nr"]) and words.gap[number] == " ":
            number += 1
    if number < len(words) and words.word[number].isdigit() and words.gap[number] in (" ", ". "):
        return number if numbered in lists.place_heads or numbered in lists.organisations else last
    return last


def _phrase_end(words: Tokens, i: int, lists: Lists) -> int:
    """Secretary of State: the last word of an office of several words that begins at ``i``."""
    for length in (5, 4, 3, 2):
        phrase = tuple(words.lower[i : i + length])
        if phrase in lists.title_phrases and all(_is_space(words, k) for k in range(i + 1, i + len(phrase))):
            return i + len(phrase) - 1
    return i


def _breaks(words: Tokens, i: int, lists: Lists) -> bool:
    """Whether a capitalised word inside a stretch ends it: a function word, or any common word of a headline."""
    word = words.word[i]
    if words.headline[i] and words.lower[i] in lists.auxiliaries:
        return True
    if words.headline[i] and words.lower[i] in lists.words and words.lower[i] not in lists.titles:
        return word not in lists.first_or_word and words.word[i - 1] not in lists.first
    if not _is_opener(words, i, lists):
        return False
    return not (word in lists.first_or_word and words.word[i - 1] in lists.first)


def _parts(words: Tokens, first: int, last: int, lists: Lists) -> list[Candidate]:
    """The names in a stretch: what stands before an office, and who holds it."""
    initial = opens_sentence(words, first, lists)
    headline = words.headline[first]
    if headline and words.lower[first] in lists.words and words.lower[first] not in lists.titles:
        if last == first:
            return []
        first, initial = first + 1, False
    phrase = " ".join(words.word[first : last + 1])
    if phrase in lists.places or phrase in lists.bodies:
        return [Candidate(first, last, False, initial, headline)]
    if words.word[first] in lists.calendar and first < last and _dates(words, first, lists):
        return _parts(words, first + 1, last, lists)
    holder = _holder_after_body(words, first, last, lists)
    if holder:
        return [*_parts(words, first, holder - 1, lists), Candidate(holder, last, True, False, headline)]
    begin, end = _last_title(words, first, last, lists)
    if begin > last or _is_whole(words, first, last, end, lists):
        return [Candidate(first, last, False, initial, headline)]
    if end == last and words.word[first] in lists.first and begin == last:
        return [Candidate(first, last, False, initial, headline)]  # Martin Luther King
    found = []
    if not all(_describes(words, i, lists) for i in range(first, begin)):
        found.append(Candidate(first, begin - 1, False, initial, headline))
    if end < last:
        found.append(Candidate(end + 1, last, True, False, headline))
    return found


def _describes(words: Tokens, i: int, lists: Lists) -> bool:
    """Whether word ``i`` before an office is no part of a body's name: a people, a faith, a word such as "former"."""
    return words.word[i] in lists.peoples or words.word[i] in lists.never or words.lower[i] in lists.modifiers


def _dates(words: Tokens, i: int, lists: Lists) -> bool:
    """In July Smith: whether a month or weekday belongs to what stands before it."""
    before = words.lower[i - 1] if i else ""
    return (
        before.isdigit()
        or before in lists.places_after
        or before in ("by", "on", "since", "until", "early", "late", "of")
    )


def _holder_after_body(words: Tokens, first: int, last: int, lists: Lists) -> int:
    """National Assembly Kim Min: where a person's name follows that of a body within one stretch; 0 where none does."""
    for i in range(first + 1, last):
        before = words.word[i - 1]
        ends_body = words.lower[i - 1] in lists.organisations or is_acronym(before) or before in lists.legal_forms
        if ends_body and cased(words.word[i]) in lists.first and not words.word[i].isupper():
            return 0 if words.lower[last] in lists.organisations or words.lower[last] in lists.place_heads else i
    return 0


def _last_title(words: Tokens, first: int, last: int, lists: Lists) -> tuple[int, int]:
    """The last title in a stretch, (its first, its last word); (last + 1, last + 1) where there is none."""
    ends = {k: _phrase_end(words, k, lists) for k in range(first, last + 1)}
    ends = {k: stop for k, stop in ends.items() if stop <= last}
    titles = {k for k in range(first, last + 1) if _is_title(words, k, lists)}
    titles |= {k for start, stop in ends.items() if stop > start for k in range(start, stop + 1)}
    if not titles:
        return last + 1, last + 1
    begin = end = max(titles)
    while begin > first and (begin - 1 in titles or words.lower[begin - 1] in lists.modifiers):
        begin -= 1
    return begin, end


def _is_title(words: Tokens, i: int, lists: Lists) -> bool:
    return words.lower[i] in lists.titles and words.capital[i]


def _is_whole(words: Tokens, first: int, last: int, end: int, lists: Lists) -> bool:
    """General Assembly, Prince Edward Island: a title that is part of the name of a body or a place."""
    head = words.lower[last]
    if last == first or end >= last:
        return False
    if (
        head in lists.organisations
        or head in lists.place_heads
        or head in lists.things
        or words.word[last] in lists.legal_forms
    ):
        return last - end == 1 or head in lists.place_heads
    return words.lower[end + 1] in lists.organisations and words.capital[end + 1]


def _join(words: Tokens, found: list[Candidate], lists: Lists) -> list[Candidate]:
    """Joins the parts of names that go on over "of", "for", "on" or "and"."""
    joined: list[Candidate] = []
    heads: dict[int, str] = {}
    for candidate in found:
        before = joined[-1] if joined else None
        if before is not None and _goes_on(words, before, candidate, heads.get(id(before), ""), lists):
            heads.setdefault(id(before), words.lower[before.last])
            before.last, before.joined = candidate.last, True
        else:
            joined.append(candidate)
    return joined


def _goes_on(words: Tokens, left: Candidate, right: Candidate, head: str, lists: Lists) -> bool:
    between = range(left.last + 1, right.first)
    if not 1 <= len(between) <= 2 or right.titled or left.work or right.work or left.headline != right.headline:
        return False
    link = tuple(words.lower[i] for i in between)
    if link not in _LINKS or not all(_is_space(words, i) for i in range(left.last + 1, right.first + 1)):
        return False
    end = words.lower[left.last]
    if link == ("and",):
        return _goes_on_after_and(words, left, right, head, lists)
    if link[0] == "of":
        return not left.titled and (end in lists.organisations or end in _OF_PLACES or end in lists.things)
    return not left.titled and end in lists.joining


def _goes_on_after_and(words: Tokens, left: Candidate, right: Candidate, head: str, lists: Lists) -> bool:
    first, tail = words.word[right.first], words.lower[right.last]
    if head in lists.joining:
        return first not in lists.first and tail not in lists.organisations
    word = words.lower[left.last]
    adjective = (word in lists.words or word.endswith("ism")) and word not in lists.organisations
    return left.last == left.first and adjective and tail in lists.organisations and right.last > right.first
