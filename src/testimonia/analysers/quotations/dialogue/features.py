"""What speaks for a person as the speaker of a turn: candidates, and the features of each."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass

from testimonia.analysers.quotations.dialogue.cast import DESCRIBED, NARRATOR, Cast
from testimonia.analysers.quotations.dialogue.roles import OWNER
from testimonia.analysers.quotations.dialogue.turns import FAR, KNOWN, NEXT, NOBODY, NOUN, Turn, subjects

_WINDOW = 80  # places back at which persons are looked for
_LONG_AGO = 2000  # code points since somebody was seen in narration
_OWNERS = 12  # places back at which the owner of "her mother" is looked for
_REACH = 6000  # code points back
_MOST = 8  # candidates
_AROUND = 6  # turns around whose known speakers are candidates
_SCENE = 8  # turns around that make the scene


@dataclass(slots=True)
class Choice:
    """A candidate: the person, its features, their sum by the weights."""

    person: int
    features: list[str]
    score: float = 0.0


class Features:
    def __init__(self, cast: Cast, turns: list[Turn]) -> None:
        self.cast = cast
        self.turns = turns
        self.titled: set[int] = set()
        self.speaks: dict[int, int] = {}
        for turn in turns:
            if turn.known is not None:
                self.speaks[turn.known] = self.speaks.get(turn.known, 0) + 1
            if turn.noun is not None:
                self.speaks[turn.noun] = self.speaks.get(turn.noun, 0) + 1

    def choices(self, number: int, carried: list[int]) -> list[Choice]:
        """The candidates of a turn whose speaker is open, each with its features; ``carried``: of the turns before."""
        turn = self.turns[number]
        recent = self._recent(turn)
        around = self._known_around(number)
        able = dict.fromkeys(
            [
                *(s.person for s in turn.beats_after),
                *recent,
                *around,
                *(carried if turn.link != FAR else ()),
                *(self.turns[number - 1].called if number else ()),
                *(self.turns[number + 1].called if number + 1 < len(self.turns) else ()),
            ]
        )
        if turn.noun is not None:
            able[turn.noun] = None
        if self.cast.narrator is not None:
            able[self.cast.narrator] = None
        beats = set(subjects(turn.beats_after)) | set(subjects(turn.beats_before))
        persons = [p for p in able if self._is_able(p, turn) and self._is_here(p, turn, around, beats)][: _MOST + 4]
        self.titled = {p for p in persons if turn.how == NOUN and self._bears(p, turn)}
        return [Choice(p, self._features(p, number, recent, around)) for p in persons]

    def _is_here(self, person: int, turn: Turn, around: dict[int, int], beats: set[int]) -> bool:
        """Whether somebody who is only described takes part in this scene."""
        described = self.cast.persons[person].form == DESCRIBED
        return not described or person == turn.noun or person in around or person in beats

    def _recent(self, turn: Turn) -> list[int]:
        """Persons of the narration before the tag, the last seen first."""
        cast = self.cast
        high = bisect_left(cast.narrated_starts, turn.at)
        found: dict[int, None] = {}
        for k in range(high - 1, max(-1, high - _WINDOW), -1):
            sight = cast.narrated[k]
            if turn.at - sight.start > _REACH or len(found) >= _MOST:
                break
            if self._is_able(sight.person, turn):
                found.setdefault(sight.person)
        return list(found)

    def _known_around(self, number: int) -> dict[int, int]:
        """{known speaker: turns between}, of the turns around; the nearest counts, those before are negative."""
        found: dict[int, int] = {}
        for step in range(1, _AROUND + 1):
            for other in (number - step, number + step):
                if 0 <= other < len(self.turns):
                    turn = self.turns[other]
                    person = turn.known if turn.known is not None else turn.noun
                    if person is not None and person not in found:
                        found[person] = other - number
        return found

    def _is_able(self, person: int, turn: Turn) -> bool:
        about = self.cast.persons[person]
        if turn.how == NOUN:
            if person == turn.noun:
                return True
            if about.form == DESCRIBED:
                return False
        if about.form == NARRATOR and turn.how not in (NOBODY,):
            return False
        return not (turn.sex and about.sex and turn.sex != about.sex)

    def _features(self, person: int, number: int, recent: list[int], around: dict[int, int]) -> list[str]:
        turn = self.turns[number]
        how = turn.how
        names = [f"{how}:{name}" for name in self._of_person(person, turn, recent)]
        names += [f"{how}:{name}" for name in self._of_paragraph(person, turn)]
        names += [f"{how}:{name}" for name in self._of_neighbours(person, number)]
        names += [f"{how}:{name}" for name in self._of_scene(person, number)]
        step = around.get(person)
        if step is not None:
            names.append(f"{how}:known{'-' if step < 0 else '+'}{min(abs(step), 4)}")
        if how == NOUN:
            names += [f"{how}:{name}" for name in self._of_noun(person, turn)]
        return names

    def _of_person(self, person: int, turn: Turn, recent: list[int]) -> list[str]:
        about = self.cast.persons[person]
        rank = recent.index(person) if person in recent else 9
        names = [f"rank{min(rank, 4)}" if rank < 9 else "unseen", about.form]
        if rank > 1 and self._is_absent(person, turn):
            names.append("absent")
        if turn.sex:
            names.append("sex" if about.sex else "sex unknown")
        spoken = self.speaks.get(person, 0)
        names.append(f"speaks{min(3, int(math.log2(1 + spoken)))}")
        names.append(f"seen{min(3, int(math.log10(1 + about.count) * 1.5))}")
        if rank < 2:
            names += self._of_last(person, turn, rank)
        return names

    def _is_absent(self, person: int, turn: Turn) -> bool:
        """Whether the narration was long silent about the person."""
        starts = self.cast.places.get(person, [])
        k = bisect_left(starts, turn.at) - 1
        return k < 0 or turn.at - starts[k] > _LONG_AGO

    def _of_last(self, person: int, turn: Turn, rank: int) -> list[str]:
        """How one of the last two was seen last; whether somebody else able was seen in the same sentence."""
        cast = self.cast
        high = bisect_left(cast.narrated_starts, turn.at) - 1
        last = next(
            (cast.narrated[k] for k in range(high, max(-1, high - _WINDOW), -1) if cast.narrated[k].person == person),
            None,
        )
        if last is None:
            return []
        names = [f"last{rank} {last.role}"]
        begin = cast.ground.sentence_before(last.start + 1)
        low = bisect_left(cast.narrated_starts, begin)
        beside = (cast.narrated[k].person for k in range(low, min(high + 1, low + _WINDOW)))
        if any(p != person and self._is_able(p, turn) and cast.persons[p].form != DESCRIBED for p in beside):
            names.append(f"last{rank} among")
        return names

    def _of_paragraph(self, person: int, turn: Turn) -> list[str]:
        names: list[str] = []
        about = self.cast.persons[person]
        before, after = subjects(turn.beats_before), subjects(turn.beats_after)
        if person in after:
            names.append("acts after" if after[0] == person else "acts later")
        if person in before:
            names.append("acts before" if before[-1] == person else "acts earlier")
            if before[0] == person:
                names.append("acts first")
        if not (person in after or person in before):
            if any(s.person == person and s.role == OWNER for s in (*turn.beats_before, *turn.beats_after)):
                names.append("owns")
            elif any(s.person == person for s in (*turn.beats_before, *turn.beats_after)):
                names.append("beside")
        if person in turn.towards:
            names.append("towards")
        if person in turn.called:
            names.append("called")
        if person in turn.told:
            names.append("told")
        if turn.beat_sex and about.sex and not (before or after):
            names.append("beat sex" if turn.beat_sex == about.sex else "beat other sex")
        return names

    def _of_neighbours(self, person: int, number: int) -> list[str]:
        turn, turns = self.turns[number], self.turns
        names: list[str] = []
        about = self.cast.persons[person]
        between = subjects(turn.between)
        if person in between:
            names.append("acts between" if between[-1] == person else "acts between earlier")
            if between[0] == person and len(between) > 1:
                names.append("acts between first")
        elif any(s.person == person for s in turn.between):
            names.append("between")
        if number and turn.link != FAR:
            before = turns[number - 1]
            if person in before.called:
                names.append(f"called before {turn.link}")
            elif before.called:
                names.append("other called before")
            if person in before.towards and before.known != person:
                names.append("spoken to before")
            if before.called_sex and about.sex:
                names.append("called sex" if about.sex == before.called_sex else "called other sex")
        if number + 1 < len(turns) and turns[number + 1].link == NEXT:
            following = turns[number + 1]
            if person in following.called:
                names.append("called after")
            if following.called_sex and about.sex:
                names.append("called sex after" if about.sex == following.called_sex else "called other sex after")
        return names

    def _of_scene(self, person: int, number: int) -> list[str]:
        """Whether the person is called, or acts, in the turns around that follow one another."""
        names: set[str] = set()
        for at in self._scene(number):
            turn = self.turns[at]
            if at not in (number - 1, number, number + 1) and person in turn.called:
                names.add("called in scene")
            if at != number and (person in subjects(turn.beats_before) or person in subjects(turn.beats_after)):
                names.add("acts in scene")
            if person in turn.told:
                names.add("told in scene")
        return sorted(names)

    def _scene(self, number: int) -> range:
        """The turns around that no gap parts from this one."""
        low = high = number
        while low > 0 and number - low < _SCENE and self.turns[low].link != FAR:
            low -= 1
        while high + 1 < len(self.turns) and high - number < _SCENE and self.turns[high + 1].link != FAR:
            high += 1
        return range(low, high + 1)

    def _is_of_owner(self, person: int, turn: Turn) -> bool:
        """Whether somebody of the same surname, whose kin it can be, was seen or spoke just before: her mother."""
        cast = self.cast
        surname = cast.persons[person].name.split()[-1]
        owner = cast.lists.pronouns.get(cast.words.lower[cast.ground.word_at(turn.at)], "")
        high = bisect_left(cast.narrated_starts, turn.at)
        near = [cast.narrated[k].person for k in range(max(0, high - _OWNERS), high)]
        for other in near:
            about = cast.persons[other]
            if (
                other != person
                and about.sex in ("", owner)
                and about.form != DESCRIBED
                and about.name.split()[-1] == surname
            ):
                return True
        return False

    def _bears(self, person: int, turn: Turn) -> bool:
        """Whether the person's title is that of the description in the tag: the doctor, Dr. Lund."""
        if turn.noun is None or person == turn.noun:
            return False
        titles = self.cast.rules.titles.get(self.cast.persons[turn.noun].head, frozenset())
        return bool(titles & self.cast.persons[person].titles)

    def _of_noun(self, person: int, turn: Turn) -> list[str]:
        about = self.cast.persons[person]
        if person == turn.noun:
            return [
                "itself",
                f"itself {'capital' if about.name[-1:] and about.name.split()[-1][0].isupper() else 'small'}",
            ]
        names = [] if person not in self.titled else ["titled" if len(self.titled) == 1 else "titled two"]
        head = self.cast.persons[turn.noun].head if turn.noun is not None else ""
        kin = self.cast.rules.kin.get(head, "")
        if kin and kin in {self.cast.lists.surname_address.get(title, "") for title in about.titles}:
            names.append("kin of owner" if self._is_of_owner(person, turn) else "kin")
        if turn.noun is not None:
            names.append("noun" if self.speaks.get(turn.noun, 0) > 1 else "noun once")
        return names


def is_open(turn: Turn) -> bool:
    return turn.known is None and turn.how not in (KNOWN, "O")
