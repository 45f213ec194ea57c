"""Where passages that give one utterance differ: in its date, its wording, or whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq, Levenshtein

from testimonia.analysers.accounts.dates import differs, is_day, is_year
from testimonia.analysers.accounts.utterances import Told, overlap, same_voice, surname
from testimonia.analysers.copies.words import stem
from testimonia.findings import Conflict, Place

_ELLIPSIS = re.compile(r"…|\.\.\.|\. \. \.")
SAME, EDITED = 0.85, 0.6  # share of the shorter wording's words that the other has too, in order
MOST = 4  # pairs of each kind that one utterance gives, so that a much quoted one does not fill the list
LONGEST = 3000  # words that are compared; of a longer utterance the beginning
SPELLING = 70  # two words more alike than this (0 to 100) are one, misspelt or misread
SURE = 15  # words; so long a wording in common is one text, whoever speaks
SHOWN = 9  # words of an utterance by which it is named


@dataclass(frozen=True, slots=True)
class _Cited:
    """A date and the passages that give it."""

    date: str
    told: list[Told]


def conflicts(told: Sequence[Told], matter: str) -> list[Conflict]:
    """The conflicts among passages of one utterance, in the order of kinds."""
    return [*_dates(told, matter), *_voices(told, matter), *_words(told, matter)]


def about(told: Sequence[Told]) -> str:
    """A name for the utterance: whose it is, and how it begins."""
    first = min(told, key=lambda t: (t.kind == "indirect", -len(t.words)))
    names = [t.speaker for t in told if t.speaker]
    words = " ".join(first.text.split()).strip("“”\"'‘’ ").split(" ")
    opening = " ".join(words[:SHOWN]) + ("…" if len(words) > SHOWN else "")
    return f"{max(names, key=len)}: “{opening}”" if names else f"“{opening}”"


# ---------------------------------------------------------------- dates


def _dates(told: Sequence[Told], matter: str) -> Iterator[Conflict]:
    dated = _by_date(told)
    pairs = [(a, b) for i, a in enumerate(dated) for b in dated[i + 1 :]]
    found = 0
    for a, b in pairs:
        difference = differs(a.date, b.date)
        if difference is None or difference.difference != "contradiction" or _edition(a.date, b.date):
            continue
        one, other = _closest(a.told, b.told)
        if _relayed(one, other):
            continue
        if not (one.cited or other.cited or is_day(a.date) or is_day(b.date)):
            continue
        yield Conflict(
            _date_place(one), _date_place(other), "date", "contradiction", _date_severity(one, other),
            f"date of {about(told)}", (difference.reason, *_date_reasons(one, other, a, b)), matter,
        )  # fmt: skip
        found += 1
        if found == MOST:
            return


def _by_date(told: Sequence[Told]) -> list[_Cited]:
    dated: dict[str, _Cited] = {}
    for one in told:
        if one.date and (one.cited or len(one.date) >= len("1918-11")):
            dated.setdefault(one.date, _Cited(one.date, [])).told.append(one)
    return list(dated.values())[:50]


def _closest(a: Sequence[Told], b: Sequence[Told]) -> tuple[Told, Told]:
    """One passage of each date: of one voice if there are such, quoted by the document itself rather than relayed."""
    pairs = [(x, y) for x in a[:10] for y in b[:10]]
    return min(pairs, key=lambda p: (not same_voice(*p), len(p[0].chain) + len(p[1].chain)))


def _relayed(a: Told, b: Told) -> bool:
    """Whether the dates may be those of the words and of a text that hands them on: one stands at no citation, and
    they lie years apart.
    """
    years = [int(t.date[:4]) for t in (a, b) if t.date and t.date[:4].isdigit()]
    placed = a.dated is not None and b.dated is not None
    return not placed and (len(years) < 2 or abs(years[0] - years[1]) > 1)


def _edition(a: str, b: str) -> bool:
    """Whether the later date may be that of an edition: a mere year, or both are."""
    late = max(a, b)
    return is_year(late) or (is_year(a) and is_year(b))


def _date_place(told: Told) -> Place:
    return Place(told.place.document, *told.dated) if told.dated else told.place


def _date_severity(a: Told, b: Told) -> str:
    exact = is_day(a.date or "") and is_day(b.date or "")
    return "strong" if exact and same_voice(a, b) else "medium" if exact or (a.cited and b.cited) else "weak"


def _date_reasons(a: Told, b: Told, first: _Cited, second: _Cited) -> Iterator[str]:
    yield from _voice_reasons(a, b)
    for cited in (first, second):
        if len(cited.told) > 1:
            yield f"{len(cited.told)} passages give {cited.date}"


def _voice_reasons(a: Told, b: Told) -> Iterator[str]:
    name = surname(a.speaker)
    if name and name == surname(b.speaker):
        yield f"both name {max(a.speaker or '', b.speaker or '', key=len)} as the speaker"
    if a.work and b.work and a.work.casefold() == b.work.casefold():
        yield f"both cite {a.work}"
    elif a.work and b.work:
        yield f"one cites {a.work}, the other {b.work}"


# ---------------------------------------------------------------- voices


def _voices(told: Sequence[Told], matter: str) -> Iterator[Conflict]:
    """The same words given to two persons, unless one relays the other."""
    spoken: dict[str, Told] = {}
    for one in told:
        name = surname(one.speaker)
        if name and one.person and one.kind != "indirect":
            spoken.setdefault(name, one)
    voices = list(spoken.items())[:MOST]
    for i, (name, a) in enumerate(voices):
        for other, b in voices[i + 1 :]:
            if _similarity(a, b) < SAME or _relays(a, other) or _relays(b, name):
                continue
            reasons = (f"one gives the words to {a.speaker}, the other to {b.speaker}", *_voice_reasons(a, b))
            yield Conflict(
                a.place,
                b.place,
                "attribution",
                "contradiction",
                "medium",
                f"whose words: {about(told)}",
                reasons,
                matter,
            )


def _relays(told: Told, name: str) -> bool:
    """Whether ``name`` is among the voices through which the words come, or inside the speaker's own name."""
    voices = " ".join((*told.chain, told.speaker or "", told.work or "")).casefold()
    return name in voices


# ---------------------------------------------------------------- wordings


def _words(told: Sequence[Told], matter: str) -> Iterator[Conflict]:
    """Each further wording beside the one nearest to it among those seen before."""
    wordings: list[Told] = []
    found = 0
    for one in told:
        if one.kind in ("indirect", "mixed") or any(overlap(one.place, w.place) for w in wordings):
            continue
        nearest = max(wordings, key=lambda w: _similarity(w, one), default=None)
        if nearest is not None:
            difference = _difference(nearest, one)
            if difference is None:
                continue
            yield _wording(nearest, one, difference, about(told), matter)
            found += 1
        wordings.append(one)
        if found == MOST:
            return


def _difference(a: Told, b: Told) -> tuple[str, str] | None:
    """(difference, reason) of two wordings; None where they read alike."""
    similarity = _similarity(a, b)
    if similarity < EDITED:
        shared = f"the same content, but only {similarity:.0%} of the shorter one's words in the same order"
        return "translation", f"{shared}: another translation, or a retelling"
    if similarity < SAME:
        return "contradiction", f"{similarity:.0%} of the shorter one's words are common to both, in order"
    changed = altered(a, b)
    return ("contradiction", changed) if changed else None


def altered(a: Told, b: Told) -> str | None:
    """What one of two nearly equal wordings has inside that the other has not; spellings and marked gaps apart."""
    left, right = a.words[:LONGEST], b.words[:LONGEST]
    for step in list(Levenshtein.opcodes(left, right))[1:-1]:
        here, there = left[step.src_start : step.src_end], right[step.dest_start : step.dest_end]
        gap_marked = (not here and _ELLIPSIS.search(a.text)) or (not there and _ELLIPSIS.search(b.text))
        if step.tag == "equal" or gap_marked or not (_content(here, a) or _content(there, b)):
            continue
        if fuzz.ratio("".join(here), "".join(there)) < SPELLING:
            missing = " ".join(here or there)
            return (
                f"one reads “{' '.join(here)}”, the other “{' '.join(there)}”"
                if here and there
                else f"one leaves out “{missing}”"
            )
    return None


def _content(words: Sequence[str], told: Told) -> bool:
    return any(stem(word, told.language) is not None for word in words)


def _wording(a: Told, b: Told, difference: tuple[str, str], what: str, matter: str) -> Conflict:
    voice = same_voice(a, b)
    one_text = difference[0] == "contradiction" and min(len(a.words), len(b.words)) >= SURE
    severity = "strong" if voice and (a.cited or b.cited) else "medium" if voice or one_text else "weak"
    reasons = (difference[1], *_voice_reasons(a, b))
    return Conflict(a.place, b.place, "wording", difference[0], severity, f"wording of {what}", reasons, matter)


def _similarity(a: Told, b: Told) -> float:
    """Share of the shorter one's words that the other has too, in order."""
    left, right = a.words[:LONGEST], b.words[:LONGEST]
    return LCSseq.similarity(left, right) / max(1, min(len(left), len(right)))
