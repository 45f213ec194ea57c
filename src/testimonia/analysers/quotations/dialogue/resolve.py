"""The speakers of a text's quotations, each with a confidence and the reason in words."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass

from testimonia.analysers.quotations.dialogue.cast import NARRATOR, Cast
from testimonia.analysers.quotations.dialogue.decode import NO_ONE, Decoder, follow
from testimonia.analysers.quotations.dialogue.features import Features, is_open
from testimonia.analysers.quotations.dialogue.rules import weights
from testimonia.analysers.quotations.dialogue.turns import NOUN, PRONOUN, REPORT, Scenes, Turn
from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.speakers import Speakers

_ENOUGH = 0.34  # share of the likelihood from which on a choice is made
_AHEAD = 0.12  # how far it must be ahead of the next
_DEEPEST = 8
_SLOPE, _SHIFT, _LEAST = 0.22, -0.2, 0.001  # of the measured accuracy over the log-odds of the shares


@dataclass(frozen=True, slots=True)
class Meant:
    """Who speaks; ``name`` is None and ``doubt`` set where two could be meant."""

    actor: str | None
    name: str | None
    confidence: float
    reason: str
    doubt: str | None = None


class Dialogue:
    """``meant`` holds the speakers of those quotations that stand in no other and whose tag leaves them open."""

    def __init__(self, ground: Ground, speakers: Speakers, drafts: list[Draft]) -> None:
        self.meant: dict[int, Meant] = {}
        outer = outermost(drafts)
        if not outer:
            return
        self.cast = Cast(ground, speakers, outer)
        self.turns = Scenes(ground, speakers, self.cast).turns(outer)
        self.decoder = Decoder(Features(self.cast, self.turns), weights(ground.document.language))
        self._resolve()

    def of(self, draft: Draft) -> Meant | None:
        return self.meant.get(id(draft))

    def _resolve(self) -> None:
        path = self.decoder.best()
        persons = [self.decoder.choices[n][k].person for n, k in enumerate(path)]
        for number, turn in enumerate(self.turns):
            if is_open(turn) or (turn.known is not None and self.cast.persons[turn.known].form == NARRATOR):
                meant = self._meant(number, turn, persons)
                for draft in turn.drafts:
                    self.meant[id(draft)] = meant
            elif turn.known is not None:
                for draft in turn.drafts:
                    if draft.source is None:
                        self.meant[id(draft)] = self._same(turn.known)

    def _same(self, person: int) -> Meant:
        about = self.cast.persons[person]
        return Meant(about.actor, about.name, 0.9, self.cast.rules.reasons["same"])

    def _meant(self, number: int, turn: Turn, persons: list[int]) -> Meant:
        reasons = self.cast.rules.reasons
        if turn.known is not None:
            about = self.cast.persons[turn.known]
            doubt = None if about.actor else reasons["unnamed"]
            return Meant(about.actor, about.name, 0.9 if about.actor else 0.5, reasons["self"], doubt)
        if persons[number] == NO_ONE:
            return Meant(None, None, 0.0, reasons["nobody"])
        shares = self.decoder.shares(number, persons)
        able = self.decoder.choices[number][: len(shares)]
        chosen = next(i for i, c in enumerate(able) if c.person == persons[number])
        about = self.cast.persons[persons[number]]
        ahead = shares[chosen] - max((s for i, s in enumerate(shares) if i != chosen), default=0.0)
        close = shares[chosen] < _ENOUGH or ahead < _AHEAD or _is_one_of_two(turn, able[chosen].features)
        close = close or (turn.how in (PRONOUN, REPORT) and self._are_joined(turn, [c.person for c in able]))
        if len(able) > 1 and close:
            return self._open(able_names(self.cast, [(s, c.person) for s, c in zip(shares, able, strict=True)]))
        reason = self._reason(number, turn, persons, able[chosen].features)
        return Meant(about.actor, about.name, sureness(shares[chosen]), reason)

    def _are_joined(self, turn: Turn, persons: list[int]) -> bool:
        """Whether the last two persons seen before a pronoun were one subject: Anna Holm and Vera Lund came in."""
        cast = self.cast
        k = bisect_left(cast.narrated_starts, turn.at) - 1
        if k < 1 or turn.beats_before:
            return False
        last, second = cast.narrated[k], cast.narrated[k - 1]
        joined = cast.ground.text[second.end : last.start].strip().lower() in cast.rules.both
        return joined and last.person != second.person and {last.person, second.person} <= set(persons)

    def _open(self, names: list[str]) -> Meant:
        reasons = self.cast.rules.reasons
        doubt = reasons["open"].replace("{}", " or ".join(names))
        return Meant(None, None, 0.3, reasons["nobody"], doubt)

    def _reason(self, number: int, turn: Turn, persons: list[int], features: list[str]) -> str:
        reasons = self.cast.rules.reasons
        names = {name.partition(":")[2] for name in features}
        if turn.how in (PRONOUN, REPORT):
            word = self.cast.words.lower[self.cast.ground.word_at(turn.at)]
            alone = len(self.decoder.choices[number]) == 1
            return reasons["one" if alone else "pronoun"].replace("{}", word)
        if turn.how == NOUN:
            return (
                reasons["described"]
                if "itself" in " ".join(names)
                else reasons["linked"].replace("{}", self._noun(turn))
            )
        if names & {"acts after", "acts before"}:
            return reasons["beat"]
        if any(name.startswith("called before") for name in names):
            return reasons["called"]
        last = persons[number - 1] if number else NO_ONE
        second = persons[number - 2] if number > 1 else NO_ONE
        before = self.turns[number - 1] if number else None
        way = follow(turn, before, persons[number], last, second)
        return reasons["turns" if ":back" in way else "scene"]

    def _noun(self, turn: Turn) -> str:
        source = next((d.source for d in turn.drafts if d.source is not None), None)
        return self.cast.ground.text[source.start : source.end] if source is not None else ""


def sureness(share: float) -> float:
    """How often a choice with this share of the likelihood is right: the shares themselves are too sure."""
    odds = math.log(max(share, _LEAST) / max(1.0 - share, _LEAST))
    return round(1.0 / (1.0 + math.exp(-_SLOPE * odds - _SHIFT)), 2)


def _is_one_of_two(turn: Turn, features: list[str]) -> bool:
    """Whether a pronoun before reported speech follows a sentence with two persons of whom neither is its subject."""
    if turn.how != REPORT:
        return False
    names = {name.partition(":")[2] for name in features}
    last = "last0" if "rank0" in names else "last1"
    return f"{last} among" in names and f"{last} subject" not in names


def able_names(cast: Cast, shares: list[tuple[float, int]]) -> list[str]:
    """The names of the two likeliest."""
    return [cast.persons[person].name for _, person in sorted(shares, key=lambda s: -s[0])[:2]]


def outermost(drafts: list[Draft]) -> list[Draft]:
    """Those that stand in no other; ``drafts`` are sorted by start, outer first."""
    kept: list[Draft] = []
    for draft in drafts:
        around = kept[-_DEEPEST:]
        if not any(s.start <= draft.start and draft.end <= s.end for d in around for s in d.spans):
            kept.append(draft)
    return kept
