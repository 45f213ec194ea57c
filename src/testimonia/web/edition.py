"""A document set as a critical edition: text with marks, and notes in the margin beside the passage they belong to."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from markupsafe import Markup

from testimonia.text import Passage
from testimonia.views.dates import date_words
from testimonia.views.page import Elsewhere, Marked, ReadingPage, Voice
from testimonia.web.links import Links
from testimonia.web.marks import Mark, marked
from testimonia.web.wording import DOUBTFUL

COPIES = 12  # notes on copies beside one passage
COLOURS = 8  # voices beyond these share colours; letters tell them apart
ASKED, VOICE, INLINE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Note:
    """A note in the margin: ``kind`` is voice, copy or conflict."""

    kind: str
    words: str
    href: str | None
    css: str = ""
    letter: str | None = None
    detail: str = ""
    more: str | None = None  # a further link: the trace of the words
    title: str = ""  # on what the finding rests
    doubtful: bool = False


@dataclass(slots=True)
class Set:
    """A passage as it is shown."""

    passage: Passage
    html: Markup
    notes: list[Note] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Edition:
    passages: list[Set]
    legend: list[tuple[str, str, str]]  # letter, CSS class, name


def edition(page: ReadingPage, links: Links, asked: tuple[int, int] | None = None, *, asides: bool = False) -> Edition:
    """The page with marks and notes; ``asked`` is a span to be shown and scrolled to.

    ``asides``: titles, terms and other words in marks that are nobody's words are marked too.
    """
    letters = _letters(page.voices)
    passages = _covered(page)
    starts = [p.start for p in passages]
    marks: list[list[Mark]] = [[] for _ in passages]
    notes: list[list[tuple[int, Note]]] = [[] for _ in passages]
    more = [Mark(a.start, a.end, VOICE, f"aside {a.label}", title=a.label) for a in page.asides] if asides else []
    for mark in _all_marks(page, links, letters, asked) + more:
        for i in range(max(0, bisect_right(starts, mark.start) - 1), bisect_right(starts, mark.end - 1)):
            marks[i].append(mark)
    for at, note in _all_notes(page, links, letters):
        notes[max(0, bisect_right(starts, at) - 1)].append((at, note))
    shown = [
        Set(p, marked(page.text, p.start, p.end, m), _few([note for _, note in sorted(n, key=lambda pair: pair[0])]))
        for p, m, n in zip(passages, marks, notes, strict=True)
    ]
    return Edition(shown, [(letter, _colour(letter), name) for name, letter in letters.items()])


def _few(notes: list[Note]) -> list[Note]:
    """The notes of a passage, those on copies cut: what was copied everywhere would fill the margin."""
    copies = [note for note in notes if note.kind == "copy"]
    if len(copies) <= COPIES:
        return notes
    left = set(map(id, copies[COPIES:]))
    more = Note("copy", f"and in {len(left):,} further places", None)
    return [*(note for note in notes if id(note) not in left), more]


def _covered(page: ReadingPage) -> tuple[Passage, ...]:
    return page.passages or (Passage(0, len(page.text), "paragraph"),)


def _letters(voices: tuple[Voice, ...]) -> dict[str, str]:
    """A letter a speaker, in the order in which they are first heard: a … z, aa, ab …"""
    letters: dict[str, str] = {}
    for voice in voices:
        if voice.speaker and voice.speaker not in letters:
            number, letter = len(letters), ""
            while number >= 0:
                letter = chr(ord("a") + number % 26) + letter
                number = number // 26 - 1
            letters[voice.speaker] = letter
    return letters


def _colour(letter: str | None) -> str:
    if letter is None:
        return "v0"
    number = 0
    for c in letter:
        number = number * 26 + ord(c) - ord("a") + 1
    return f"v{(number - 1) % COLOURS + 1}"


def _all_marks(page: ReadingPage, links: Links, letters: dict[str, str], asked: tuple[int, int] | None) -> list[Mark]:
    length = len(page.text)
    found = []
    if asked and 0 <= asked[0] < asked[1] <= length:
        found.append(Mark(*asked, ASKED, "asked", anchor="at"))
    found += [Mark(e.start, e.end, ASKED, e.what, anchor=None) for e in page.elsewhere]
    for voice in page.voices:
        letter = letters.get(voice.speaker or "")
        for number, (start, end) in enumerate(voice.spans):
            css = f"voice {voice.kind} {_colour(letter)}"
            anchor = voice.id if number == 0 else None
            found.append(
                Mark(start, end, VOICE, css, title=voice.speaker or "speaker not known", anchor=anchor, letter=letter)
            )
        css, name = f"voice {voice.kind} continued {_colour(letter)}", voice.speaker or "speaker not known"
        found += [Mark(start, end, VOICE, css, title=f"{name}, continued") for start, end in voice.continuation]
    return found + [_inline(mark, links) for mark in page.marks]


def _inline(mark: Marked, links: Links) -> Mark:
    if mark.kind == "time":
        day = mark.label if mark.label and mark.label[:4].isdigit() else None
        return Mark(mark.start, mark.end, INLINE, "time", links.day(day) if day else None, date_words(mark.label))
    return Mark(mark.start, mark.end, INLINE, "name", links.actor(mark.label or ""), mark.label)


def _all_notes(page: ReadingPage, links: Links, letters: dict[str, str]) -> list[tuple[int, Note]]:
    notes = [(v.spans[0][0], _voice_note(v, links, letters, page)) for v in page.voices if v.spans]
    return notes + [(e.start, _elsewhere_note(e, links, page.document)) for e in page.elsewhere]


def _voice_note(voice: Voice, links: Links, letters: dict[str, str], page: ReadingPage) -> Note:
    letter = letters.get(voice.speaker or "")
    cited = ", ".join(x for x in (voice.work, date_words(voice.cited_date)) if x)
    chain = " › ".join([step.voice or "nobody named" for step in voice.steps[:-1]] or voice.chain[1:-1])
    perhaps = f"perhaps no quotation: {voice.reason}" if voice.confidence < DOUBTFUL and voice.reason else ""
    parts = (cited and f"in {cited}", chain and f"through {chain}", voice.doubt, perhaps)
    words = page.text[slice(*voice.spans[0])]
    href = links.speaker(voice.speaker) if voice.speaker else None
    reasons = (voice.reason, voice.speaker_reason and f"the speaker: {voice.speaker_reason}")
    return Note(
        "voice", voice.speaker or "speaker not known", href, _colour(letter), letter,
        "; ".join(x for x in parts if x), links.trace(words), "; ".join(x for x in reasons if x),
        min(voice.confidence, voice.speaker_confidence if voice.speaker else 1.0) < DOUBTFUL,
    )  # fmt: skip


def _elsewhere_note(place: Elsewhere, links: Links, here: str) -> Note:
    other = place.other_title or "an untitled document"
    if place.what == "copy":
        where = "elsewhere on this page" if place.other == here else f"in {other}"
        detail = "; ".join(x for x in (place.kind, place.direction) if x)
        return Note("copy", f"also {where}", links.copy(place.id), detail=detail)
    where = "this page" if place.other == here else other
    return Note("conflict", f"{place.about} differs: {where}", links.conflict(place.id), detail=place.kind)
