"""Who speaks, turn by turn: the best sequence of speakers by the weights of single turns and of what follows what."""

from __future__ import annotations

import math

from testimonia.analysers.quotations.dialogue.features import Choice, Features, is_open
from testimonia.analysers.quotations.dialogue.turns import FAR, KNOWN, NEXT, Turn

_CARRIED = 3  # candidates of a turn that are candidates of the next two
_KEPT = 5  # candidates of a turn that enter the sequence
NO_ONE = -1


def follow(turn: Turn, before: Turn | None, person: int, last: int, second: int) -> str:
    """The feature of a speaker after the last two."""
    if before is None or turn.link == FAR or last == NO_ONE:
        return f"{turn.how}:first"
    if person == last:
        return f"{turn.how}:again {turn.link}"
    if person == second and before.link != FAR:
        return f"{turn.how}:back {turn.link} {before.link}"
    return f"{turn.how}:new {turn.link}{' other' if second != NO_ONE and before.link == NEXT else ''}"


class Decoder:
    """Viterbi over pairs of speakers; a turn whose tag names its speaker has one candidate."""

    def __init__(self, features: Features, weights: dict[str, float]) -> None:
        self.features = features
        self.turns = features.turns
        self.weights = weights
        self.choices: list[list[Choice]] = []
        for number in range(len(self.turns)):
            carried = [c.person for choices in self.choices[-2:] for c in choices[:_CARRIED] if c.person != NO_ONE]
            self.choices.append(self._choices(number, carried))

    def _choices(self, number: int, carried: list[int]) -> list[Choice]:
        turn = self.turns[number]
        if not is_open(turn):
            return [Choice(turn.known if turn.known is not None else NO_ONE, [])]
        found = self.features.choices(number, carried)
        get = self.weights.get
        for choice in found:
            choice.score = sum(get(name, 0.0) for name in choice.features)
        found.sort(key=lambda c: (-c.score, c.person))
        return found or [Choice(NO_ONE, [])]

    def step(self, number: int, choice: Choice, last: int, second: int) -> float:
        turn = self.turns[number]
        if turn.how == KNOWN:
            # one who is named in the tag answers somebody else
            name = "K:again next" if choice.person == last and turn.link == NEXT else ""
            return self.weights.get(name, 0.0)
        before = self.turns[number - 1] if number else None
        return choice.score + self.weights.get(follow(turn, before, choice.person, last, second), 0.0)

    def best(self) -> list[int]:
        """Number of the choice of each turn."""
        if not self.turns:
            return []
        kept = [choices[:_KEPT] for choices in self.choices]
        states: dict[tuple[int, int], float] = {(0, 0): 0.0}
        states = {(0, i): self.step(0, c, NO_ONE, NO_ONE) for i, c in enumerate(kept[0])}
        back: list[dict[tuple[int, int], tuple[int, int]]] = [{}]
        for n in range(1, len(kept)):
            states, way = self._advance(n, kept, states)
            back.append(way)
        state = max(states, key=lambda s: (states[s], -s[0], -s[1]))
        path = [0] * len(kept)
        for n in range(len(kept) - 1, -1, -1):
            path[n] = state[1]
            if n:
                state = back[n][state]
        return path

    def _advance(
        self, n: int, kept: list[list[Choice]], states: dict[tuple[int, int], float]
    ) -> tuple[dict[tuple[int, int], float], dict[tuple[int, int], tuple[int, int]]]:
        found: dict[tuple[int, int], float] = {}
        way: dict[tuple[int, int], tuple[int, int]] = {}
        earlier = kept[n - 2] if n > 1 else None
        for (i, j), total in states.items():
            second = earlier[i].person if earlier is not None else NO_ONE
            last = kept[n - 1][j].person
            for k, choice in enumerate(kept[n]):
                score = total + self.step(n, choice, last, second)
                if (j, k) not in found or score > found[j, k]:
                    found[j, k], way[j, k] = score, (i, j)
        return found, way

    def shares(self, number: int, persons: list[int]) -> list[float]:
        """The probability of each choice of a turn, the speakers of the turns around taken as they are."""
        last = persons[number - 1] if number else NO_ONE
        second = persons[number - 2] if number > 1 else NO_ONE
        scores = []
        for choice in self.choices[number][:_KEPT]:
            score = self.step(number, choice, last, second)
            for later in (1, 2):
                if number + later < len(persons):
                    score += self._later(number, later, choice.person, persons)
            scores.append(score)
        top = max(scores)
        powers = [math.exp(s - top) for s in scores]
        return [p / sum(powers) for p in powers]

    def _later(self, number: int, later: int, person: int, persons: list[int]) -> float:
        at = number + later
        last = person if later == 1 else persons[at - 1]
        second = person if later == 2 else (persons[at - 2] if at > 1 else NO_ONE)
        chosen = next((c for c in self.choices[at] if c.person == persons[at]), None)
        return self.step(at, chosen, last, second) - chosen.score if chosen is not None else 0.0
