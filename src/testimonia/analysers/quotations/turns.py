"""Whom a pronoun means, and who speaks where no tag says so: what the quotations before tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from testimonia.analysers.quotations.dialogue.resolve import Dialogue
from testimonia.analysers.quotations.dialogue.rules import rules
from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.speakers import Naming, Source, Speakers
from testimonia.findings import Mention

_NEAR = 600  # code points back to the last speaker
_FAR = 1500  # code points back to whom a pronoun can mean
_BESIDE = 300  # code points between two quotations of one paragraph
_DASHES = frozenset("—―–-")
_SINGULAR = frozenset(("he", "she", "his", "her", "him"))
_BODY = frozenset(("it", "its"))
_GROUP = frozenset(("they", "their", "them"))
_PRONOUNS = _SINGULAR | _BODY | _GROUP
# How often a speaker is right that is told so, as measured.
_NAMED, _DESCRIBED, _GUESSED, _LABELLED, _LEFT_OPEN = 0.95, 0.8, 0.6, 0.9, 0.0


@dataclass(frozen=True, slots=True)
class _Turn:
    """A quotation that has its speaker: where it ends, and who that was."""

    end: int
    actor: str | None
    name: str
    plural: bool
    direct: bool


class Turns:
    """Names the speakers of quotations in the order of the text."""

    def __init__(self, ground: Ground, speakers: Speakers, drafts: Sequence[Draft] = ()) -> None:
        self.ground = ground
        self.speakers = speakers
        self.reasons = rules(ground.document.language).reasons
        self.dialogue = Dialogue(ground, speakers, list(drafts))
        self.turns: list[_Turn] = []

    def name(self, draft: Draft, around: Draft | None) -> None:
        """Sets name, actor and doubt of ``draft``; ``around`` is the quotation within which it stands."""
        meant = self.dialogue.of(draft) if draft.name is None else None
        if meant is not None:
            draft.actor, draft.name, draft.doubt = meant.actor, meant.name, meant.doubt
            draft.speaker_confidence, draft.speaker_reason = meant.confidence, meant.reason
        elif draft.name is None:
            naming = self._naming(draft, around)
            draft.actor, draft.name = naming.actor, naming.name
            draft.doubt = draft.doubt or naming.doubt
            self._explain(draft, around)
        elif not draft.speaker_reason:
            draft.speaker_reason = self.reasons["label" if draft.citation is None else "cited"]
            draft.speaker_confidence = _LABELLED
        if draft.name is not None:
            source = draft.source
            plural = source is not None and self._is_plural(source)
            self.turns.append(_Turn(draft.end, draft.actor, draft.name, plural, draft.kind == "direct"))

    def _explain(self, draft: Draft, around: Draft | None) -> None:
        """How sure the speaker is, and why, where the tag or the quotation around tells it."""
        source = draft.source
        if draft.name is None or source is None:
            draft.speaker_confidence = _LEFT_OPEN if draft.name is None else _GUESSED
            draft.speaker_reason = self.reasons["nobody" if draft.name is None else "scene"]
        elif self.speakers.is_first_person(source):
            draft.speaker_confidence, draft.speaker_reason = _NAMED, self.reasons["self" if around is None else "outer"]
        elif source.first == source.last and self.ground.words.lower[source.first] in _PRONOUNS:
            word = self.ground.text[source.start : source.end]
            draft.speaker_confidence, draft.speaker_reason = _GUESSED, self.reasons["pronoun"].replace("{}", word)
        elif draft.actor is not None:
            draft.speaker_confidence, draft.speaker_reason = _NAMED, self.reasons["tag"]
        else:
            draft.speaker_confidence, draft.speaker_reason = _DESCRIBED, self.reasons["described"]

    def _naming(self, draft: Draft, around: Draft | None) -> Naming:
        if draft.source is None:
            return self._implicit(draft) if draft.kind == "direct" else Naming()
        if draft.doubt is not None:
            return Naming()
        if self.speakers.is_first_person(draft.source):
            if around is not None:
                return Naming(around.actor, around.name)
            return Naming(None, self.ground.document.byline)
        naming = self.speakers.who(draft.source)
        if naming.name is not None or draft.source.first != draft.source.last:
            return naming
        return self._pronoun(draft.source, around.actor if around is not None else None)

    def _is_plural(self, source: Source) -> bool:
        word = self.ground.words.lower[source.last]
        return word.endswith("s") or word in _GROUP

    def _pronoun(self, source: Source, not_meant: str | None) -> Naming:
        """Whom a pronoun means; never ``not_meant``, in whose own words it stands."""
        word = self.ground.words.lower[source.first]
        earlier = (t for t in reversed(self.turns[-6:]) if t.end <= source.start)
        before = next((t for t in earlier if t.actor is None or t.actor != not_meant), None)
        last = before if before is not None and source.start - before.end < _NEAR else None
        if word in _GROUP:
            return Naming(last.actor, last.name) if last is not None and last.plural else Naming()
        kind = "person" if word in _SINGULAR else "organisation" if word in _BODY else None
        if kind is None:
            return Naming()
        since = last.end if last is not None else source.start
        between = {m.actor for m in self._named(since, source.start, kind)} - {not_meant}
        if last is not None and self._is_kind(last, kind) and between <= {last.actor}:
            return Naming(last.actor, last.name)
        return self._from_sentences(source, kind, not_meant)

    def _is_kind(self, turn: _Turn, kind: str) -> bool:
        if turn.actor is None:
            return False
        return self.ground.actors[turn.actor].kind == kind

    def _named(self, start: int, end: int, kind: str) -> list[Mention]:
        actors = self.ground.actors
        return [m for m in self.ground.mentions_in(start, end) if m.actor in actors and actors[m.actor].kind == kind]

    def _from_sentences(self, source: Source, kind: str, not_meant: str | None) -> Naming:
        """The one who is named in this sentence or the one before; else the subject of the one before; else a doubt."""
        ground = self.ground
        here = ground.sentence_before(source.start + 1)
        begin = max(here, source.start - _FAR)
        for _ in range(3):
            named = self._named(begin, source.start, kind)
            actors = list(dict.fromkeys(m.actor for m in named if m.actor != not_meant))
            if len(actors) == 1:
                return Naming(actors[0], ground.actors[actors[0]].name)
            if actors:
                return self._subject(begin, source, actors)
            begin = max(ground.sentence_before(begin), source.start - _FAR)
        return Naming()

    def _subject(self, begin: int, source: Source, actors: list[str]) -> Naming:
        ground = self.ground
        subject = self.speakers.first_subject(source.first, ground.word_at(begin))
        naming = self.speakers.who(subject) if subject is not None else Naming()
        if naming.actor in actors:
            return naming
        names = " or ".join(ground.actors[a].name for a in actors[:3])
        return Naming(doubt=f"the pronoun can mean {names}")

    def _implicit(self, draft: Draft) -> Naming:
        """A quotation without a tag: the speaker of the last one in the paragraph, or who spoke before that one."""
        direct = [t for t in self.turns[-6:] if t.direct and t.end <= draft.start]
        if not direct or draft.start - direct[-1].end > _BESIDE:
            return Naming()
        last = direct[-1]
        paragraphs = self.ground.text[last.end : draft.start].split("\n\n")
        turn = len(paragraphs) > 1 or self.ground.text[draft.start] in _DASHES
        if not turn:
            return Naming(last.actor, last.name, "no speaker is named; the one before in this paragraph")
        if len(paragraphs) <= 2 and not paragraphs[-1].strip() and len(direct) > 1 and direct[-2].name != last.name:
            return Naming(direct[-2].actor, direct[-2].name, "no speaker is named; taken from the order of turns")
        return Naming()
