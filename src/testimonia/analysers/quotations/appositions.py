"""The whole phrase that names a speaker: with what stands beside the name between commas or in brackets."""

from __future__ import annotations

import re
from dataclasses import replace

from testimonia.analysers.quotations.ground import Ground
from testimonia.findings import Quotation
from testimonia.text import Span

_BRACKET = re.compile(r"\s?\([^()\n]{1,60}\)")
_COMMA = re.compile(r"\s?, ?(?=\S)")
_STOP = re.compile(r"\s?[,.;:!?()“”\"\n—–]|\s?``|\s''|\s[-‑]+\s")
_LONGEST = 22  # words of an apposition


def whole(ground: Ground, quotations: tuple[Quotation, ...]) -> tuple[Quotation, ...]:
    """The quotations with the bracket and the apposition that follow a name: Anna Holm (Aldby), the mayor, said."""
    return tuple(replace(q, speaker=tuple(_whole(ground, s, q.cue, q.spans) for s in q.speaker)) for q in quotations)


def _whole(ground: Ground, source: Span, cue: tuple[Span, ...], content: tuple[Span, ...]) -> Span:
    start, end = source
    first = ground.word_at(start)
    if first >= len(ground.words) or ground.words.lower[first] in ground.lexicon.words.plain_subjects:
        return source
    bracket = _BRACKET.match(ground.text, end)
    if bracket is not None and not _holds(cue, bracket.span()):
        end = bracket.end()
    comma = _COMMA.match(ground.text, end)
    stop = _STOP.search(ground.text, comma.end()) if comma is not None else None
    if comma is None or stop is None or _holds(cue, (comma.end(), stop.start())):
        return Span(start, end)
    following = cue[0].start if cue and cue[0].start > stop.start() else None
    stop_at = stop.start()
    if following is not None and not _only_small(ground, stop.end(), following):
        last = _last_comma(ground, comma.end(), following)
        stop_at = last if last is not None else stop_at
    if _is_apposition(ground, source, comma.end(), stop_at, beside_cue=following is not None) and not any(
        part.start < stop_at and end < part.end for part in content
    ):
        end = stop_at
    return Span(start, end)


def _holds(cue: tuple[Span, ...], place: tuple[int, int]) -> bool:
    return any(place[0] <= span.start < place[1] for span in cue)


def _only_small(ground: Ground, start: int, cue: int) -> bool:
    """Whether nothing but auxiliaries and adverbs stands between the comma and the cue."""
    lists = ground.lexicon.words
    words = ground.words.lower[ground.word_at(start) : ground.word_at(cue)]
    return all(word in lists.auxiliaries or word in lists.adverbs for word in words)


def _last_comma(ground: Ground, start: int, cue: int) -> int | None:
    """The comma before the cue with only small words between: an apposition may have commas of its own."""
    if cue - start > 200:
        return None
    at = ground.text.rfind(",", start, cue)
    if at < 0 or not _only_small(ground, at, cue) or any(c in ground.text[start:at] for c in '.;:!?“”"\n'):
        return None
    return at - 1 if ground.text[at - 1] == " " else at


def _is_apposition(ground: Ground, source: Span, start: int, end: int, beside_cue: bool) -> bool:
    """Whether the words say who somebody is: no clause, no place or time, no other person."""
    words, lists = ground.words, ground.lexicon.words
    first, last = ground.word_at(start), ground.word_at(end)
    if not 0 < last - first <= _LONGEST or ground.is_time(start, end):
        return False
    lower = words.lower[first]
    if lower in lists.relatives | lists.joins | lists.away | lists.coordinators | lists.stops | lists.adverbs:
        return False
    if lower in lists.plain_subjects or (lower.endswith(("ing", "ed", "ly")) and not words.capital[first]):
        return False
    if not beside_cue and any(
        words.lower[k] in lists.finite or words.lower[k] in lists.relatives for k in range(first, last)
    ):
        return False
    here = ground.mention_of_word(first)
    actor = ground.actors.get(here.actor) if here is not None and here.form == "name" else None
    if actor is not None and actor.kind in ("person", "place"):
        own = {m.actor for m in ground.mentions_in(source.start, source.end)}
        named = {ground.actors[a].kind for a in own if a in ground.actors}
        return actor.kind == "person" and "person" not in named
    return True
