"""The turns of a text: what one person says in one paragraph, with what the narration beside it tells."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from testimonia.analysers.quotations.dialogue.cast import Cast, Sight
from testimonia.analysers.quotations.dialogue.roles import CALLED, SUBJECT, TOLD, TOWARDS
from testimonia.analysers.quotations.dialogue.rules import EITHER
from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.speakers import Speakers

# How a turn's speaker is told.
KNOWN, NOBODY, PRONOUN, REPORT, NOUN, OTHER = "K", "N", "P", "R", "D", "O"
# How a turn follows the one before: in the next paragraph, after one of narration, later; soon, in a text without any.
NEXT, ONE, SOON, FAR = "next", "one", "soon", "far"
_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_BESIDE = 300  # code points of narration beside words, in a text without paragraphs
_SAME = 200  # code points between two parts of one turn there
_LONG = 2500  # code points after which a turn no longer follows another
_DASHES = frozenset("—―–-")


@dataclass(slots=True)
class Turn:
    """``begin`` to ``stop``: its paragraph, ``start`` to ``end``: its words; ``sex``: what a pronoun or noun tells."""

    drafts: list[Draft]
    how: str
    start: int
    end: int
    begin: int
    stop: int
    known: int | None = None  # the person, where the tag says it
    sex: str = EITHER
    noun: int | None = None  # the description in the tag
    at: int = 0  # where the tag's pronoun or noun stands, else ``start``
    link: str = FAR
    beats_before: list[Sight] = field(default_factory=list)
    beats_after: list[Sight] = field(default_factory=list)
    between: list[Sight] = field(default_factory=list)  # in narration between the turn before and its own paragraph
    called: frozenset[int] = frozenset()
    told: frozenset[int] = frozenset()
    towards: frozenset[int] = frozenset()
    called_sex: str = EITHER
    beat_sex: str = EITHER


class Scenes:
    """Cuts the quotations that stand in no other into turns."""

    def __init__(self, ground: Ground, speakers: Speakers, cast: Cast) -> None:
        self.ground = ground
        self.speakers = speakers
        self.cast = cast
        self.text = ground.text
        self.breaks = [(m.start(), m.end()) for m in _BREAK.finditer(ground.text)]
        self.break_starts = [start for start, _ in self.breaks]
        self.break_ends = [end for _, end in self.breaks]

    def turns(self, drafts: list[Draft]) -> list[Turn]:
        found: list[Turn] = []
        for draft in drafts:
            turn = self._turn(draft)
            last = found[-1] if found else None
            if last is not None and self._is_same(last, turn):
                self._join(last, turn)
            else:
                found.append(turn)
        for number, turn in enumerate(found):
            before = found[number - 1] if number else None
            turn.link = self._link(before, turn)
            following = found[number + 1] if number + 1 < len(found) else None
            self._see(turn, before, following)
        return found

    def _turn(self, draft: Draft) -> Turn:
        begin, stop = self.paragraph(draft.start)
        turn = Turn([draft], NOBODY, draft.start, draft.end, begin, max(stop, draft.end), at=draft.start)
        direct = draft.kind == "direct"
        if not direct:
            turn.how = OTHER
        source = draft.source
        if draft.name is not None:
            turn.how, turn.known = KNOWN, self._of_name(draft)
        elif draft.doubt is not None:
            turn.how = OTHER
        elif source is not None:
            turn.at = source.start
            self._by_source(draft, turn)
        return turn

    def _of_name(self, draft: Draft) -> int | None:
        if draft.actor is not None and draft.actor in self.ground.actors:
            return self.cast.of_actor(draft.actor)
        return self.cast.of_words(draft.name, "\0" + draft.name.lower(), "named") if draft.name else None

    def _by_source(self, draft: Draft, turn: Turn) -> None:
        """Who the phrase in the tag means: a name, the narrator, or whom a pronoun or a noun leaves open."""
        source, cast = draft.source, self.cast
        assert source is not None
        word = self.speakers.pronoun(source) or self.ground.words.lower[source.first]
        sex = cast.lists.pronouns.get(word)
        if source.first == source.last and sex is not None:
            turn.how, turn.sex = PRONOUN if draft.kind == "direct" else REPORT, sex
            return
        if sex is not None and self.ground.words.lower[source.last] in cast.rules.voices:
            turn.how, turn.sex = PRONOUN if draft.kind == "direct" else REPORT, sex
            return
        if self.speakers.is_first_person(source):
            turn.how = KNOWN if cast.narrator is not None else OTHER
            turn.known = cast.narrator
            return
        naming = self.speakers.who(source)
        if naming.actor is not None:
            turn.how, turn.known = KNOWN, cast.of_actor(naming.actor)
            return
        noun = cast.described(source.first, source.last) if draft.kind == "direct" else None
        if noun is not None:
            turn.how, turn.noun, turn.sex = NOUN, noun, cast.persons[noun].sex
        elif naming.name is not None:
            turn.how, turn.known = KNOWN, cast.of_words(naming.name, "\0" + naming.name.lower(), "named")
        else:
            turn.how = OTHER

    def paragraph(self, at: int) -> tuple[int, int]:
        """Where the paragraph begins and ends in which ``at`` lies."""
        i = bisect_right(self.break_ends, at)
        begin = self.break_ends[i - 1] if i else 0
        stop = self.break_starts[i] if i < len(self.breaks) else len(self.text)
        return begin, stop

    def _is_same(self, last: Turn, turn: Turn) -> bool:
        """Whether the words go on with the turn before: in its paragraph, and nothing says that it is somebody else."""
        if last.drafts[-1].kind != "direct" or turn.drafts[0].kind != "direct":
            return False
        between = self.text[last.end : turn.start]
        if len(between) > _LONG or _BREAK.search(between) or not any(c.isalnum() for c in between):
            return False
        if not self.breaks and (len(between) > _SAME or turn.how != NOBODY):
            return False
        if self.text[turn.start] in _DASHES and "\n" in between:
            return False
        return (
            turn.how == NOBODY
            or last.how == NOBODY
            or (last.how, last.known, last.noun, last.sex)
            == (
                turn.how,
                turn.known,
                turn.noun,
                turn.sex,
            )
        )

    def _join(self, last: Turn, turn: Turn) -> None:
        last.drafts.extend(turn.drafts)
        last.end, last.stop = turn.end, max(last.stop, turn.stop)
        if last.how == NOBODY:
            last.how, last.known, last.noun, last.sex, last.at = turn.how, turn.known, turn.noun, turn.sex, turn.at

    def _link(self, before: Turn | None, turn: Turn) -> str:
        if before is None or turn.start - before.end > _LONG:
            return FAR
        if not self.breaks:
            between = turn.start - before.end
            adjacent = not any(c.isalnum() for c in self.text[before.end : turn.start])
            return NEXT if adjacent else SOON if between < _BESIDE else ONE if between < 3 * _BESIDE else FAR
        low, high = bisect_left(self.break_starts, before.end), bisect_left(self.break_starts, turn.start)
        return NEXT if high - low <= 1 else ONE if high - low == 2 else FAR

    def _see(self, turn: Turn, before: Turn | None, following: Turn | None) -> None:
        """Notes who acts beside the words, who is called in them and of whom they tell."""
        cast = self.cast
        begin = max(turn.begin, before.end if before is not None else 0)
        stop = min(turn.stop, following.start if following is not None else turn.stop)
        if not self.breaks:
            begin, stop = self._beside(turn, before, following)
        low, middle = bisect_left(cast.narrated_starts, begin), bisect_left(cast.narrated_starts, turn.start)
        high = bisect_left(cast.narrated_starts, max(stop, turn.end))
        turn.beats_before, turn.beats_after = cast.narrated[low:middle], cast.narrated[middle:high]
        if before is not None and before.stop < begin:
            turn.between = cast.narrated[bisect_left(cast.narrated_starts, max(before.stop, begin - _LONG)) : low]
        spoken_to = [*turn.beats_after, *turn.beats_before[-1:]]
        turn.towards = frozenset(s.person for s in spoken_to if s.role == TOWARDS)
        low, high = bisect_left(cast.spoken_starts, turn.start), bisect_left(cast.spoken_starts, turn.end)
        said = cast.spoken[low:high]
        turn.called = frozenset(s.person for s in said if s.role == CALLED)
        turn.told = frozenset(s.person for s in said if s.role == TOLD)
        turn.called_sex = self._called_sex(turn)
        if turn.how == NOBODY:
            turn.beat_sex = self._beat_sex(begin, turn, stop)

    def _beside(self, turn: Turn, before: Turn | None, following: Turn | None) -> tuple[int, int]:
        """The narration beside a turn in a text without paragraphs: without the sentences of its neighbours' tags."""
        begin, stop = turn.start - _BESIDE, turn.end + _BESIDE
        starts = self.ground.sentence_starts
        if before is not None:
            begin = max(begin, before.end)
            if before.end < before.at < turn.start:
                after = bisect_right(starts, before.at)
                begin = max(begin, starts[after] if after < len(starts) else before.at)
        if following is not None:
            stop = min(stop, following.start)
            if turn.end < following.at < following.start:
                stop = min(stop, self.ground.sentence_before(following.at + 1))
        return min(begin, turn.start), max(stop, turn.end)

    def _called_sex(self, turn: Turn) -> str:
        """The sex of whom "sir" or "madam" calls."""
        words, address = self.ground.words, self.cast.rules.address
        for i in range(self.ground.word_at(turn.start), self.ground.word_at(turn.end)):
            if words.lower[i] not in address or words.capital[i]:
                continue
            if "," in words.gap[i] or (i + 1 < len(words) and words.gap[i + 1].lstrip()[:1] in tuple(",.!?")):
                return address[words.lower[i]]
        return EITHER

    def _beat_sex(self, begin: int, turn: Turn, stop: int) -> str:
        """The pronoun with which a sentence of narration beside the words begins."""
        words = self.ground.words
        places = [(self.ground.word_at(turn.end), stop), (self.ground.word_at(begin), turn.start)]
        for first, limit in places:
            for i in range(first, min(first + 40, len(words))):
                if words.start[i] >= limit:
                    break
                lower = words.lower[i]
                if lower in self.cast.rules.acting and not self.cast.speech.holds(words.start[i]):
                    return self.cast.lists.pronouns.get(lower, EITHER)
                if lower in self.cast.lists.pronouns or lower in self.ground.lexicon.words.first_person:
                    break
        return EITHER


def subjects(beats: list[Sight]) -> list[int]:
    return [s.person for s in beats if s.role == SUBJECT]
