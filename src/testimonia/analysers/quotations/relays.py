"""Relays: who passed the words of another on. "As quoted in The Star", "X quotes Y", "X told Y, who wrote that"."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from testimonia.analysers.quotations.citations import Citations
from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.sourcewords import SourceWords
from testimonia.analysers.quotations.speakers import Source, Speakers
from testimonia.findings import Link, Mention
from testimonia.text import Span

_NEAR = 20  # relays that are looked at before a quotation
_REACH = 900  # code points between "X quotes Y" and Y's words
_OBJECT = 5  # words after "quotes" in which Y is named
_ADDRESS = 60  # code points of a site's address
_NAME = 6  # code points between "quoted by" and the name
_AS = 8  # words after "quotes" in which "saying" stands


@dataclass(frozen=True, slots=True)
class Quoting:
    """ "X quotes Y": the word, X as a voice, and Y, who is quoted."""

    word: int
    span: Span
    voice: str
    source: Source
    quoted: Source
    actor: str | None  # of the one quoted; None for a pronoun
    saying: bool  # "as saying" follows


@dataclass(frozen=True, slots=True)
class Passed:
    """ "Quoted in X", "in an interview with X": where it stands, and X as a voice."""

    span: Span
    kind: str
    voice: str


class Relays:
    """The relays of a document, looked up by where a quotation stands."""

    def __init__(self, ground: Ground, speakers: Speakers, citations: Citations) -> None:
        self.ground = ground
        self.speakers = speakers
        self.citations = citations
        self.words = citations.works.source_words
        self.quoting = self._quoting()
        self.quoting_at = [q.span.start for q in self.quoting]
        self.passed = self._passed()
        self.passed_at = [p.span.start for p in self.passed]

    def steps(self, draft: Draft, nested: bool) -> tuple[Link, ...]:
        """The steps between whoever is above and the speaker, who has been named.

        ``nested``: the quotation stands within another, whose voice passes its words on.
        """
        cited = self.citations.read.get(draft.citation) if draft.citation is not None else None
        if cited is not None and cited.via is not None:
            return (Link("cites", cited.via, cited.via_span),)
        passed = self._beside(draft) or self._told(draft)
        if passed is not None and passed.voice != draft.name:
            return (Link(passed.kind, passed.voice, passed.span),)
        return () if nested else self._quoted_before(draft)

    # X quotes Y

    def _quoting(self) -> list[Quoting]:
        relaying = self.ground.lexicon.words.relaying
        words = self.ground.words
        found = (self._quoting_at(i) for i in range(len(words) - 1) if words.lower[i] in relaying)
        return [quoting for quoting in found if quoting is not None]

    def _quoting_at(self, i: int) -> Quoting | None:
        ground, words = self.ground, self.ground.words
        near = (ground.mention_of_word(k) for k in range(i + 1, min(i + _OBJECT, len(words))))
        mention = next((m for m in near if m is not None and m.form != "pronoun"), None)
        clause = ground.clause_at(words.start[i])
        if clause is None:
            return None
        source = self.speakers.before(i, clause.first) or self._joined_subject(i, clause.first)
        if source is None or (i > 0 and words.lower[i - 1] in ground.lexicon.words.passive):
            return None
        naming = self.speakers.who(source)
        if naming.name is None or (mention is not None and naming.actor == mention.actor):
            return None
        work, _ = self.citations.work_in(clause.start, source.start)
        name = self._site(source) or naming.name
        voice = f"{name}, {work}" if work else name
        quoted = self._object(i, mention)
        if quoted is None:
            return None
        saying = quoted.last + 1 < len(words) and words.lower[quoted.last + 1] in self.words.as_words
        if mention is None and not saying:
            return None
        actor = mention.actor if mention is not None else None
        return Quoting(i, Span(words.start[i], words.end[i]), voice, source, quoted, actor, saying)

    def _site(self, source: Source) -> str | None:
        """The address of a site, where the source is its last part: the star.com."""
        text, start = self.ground.text, source.start
        while start > 0 and (text[start - 1].isalnum() or text[start - 1] in ".-") and source.start - start < _ADDRESS:
            start -= 1
        return text[start : source.end] if "." in text[start : source.start] else None

    def _object(self, i: int, mention: Mention | None) -> Source | None:
        """Whom "quotes" is followed by: a name, or a pronoun right after it."""
        words = self.ground.words
        if mention is not None:
            first = self.ground.word_at(mention.start)
            return Source(mention.start, mention.end, first, max(first, self.ground.word_at(mention.end) - 1))
        if words.gap[i + 1] != " " or words.lower[i + 1] not in self.ground.lexicon.words.objects:
            return None
        return Source(words.start[i + 1], words.end[i + 1], i + 1, i + 1)

    def _joined_subject(self, i: int, floor: int) -> Source | None:
        """Lund wrote of it and QUOTED Holm: the subject of the verb before."""
        words, lexicon = self.ground.words, self.ground.lexicon
        if i <= floor or words.lower[i - 1] not in lexicon.words.coordinators:
            return None
        verbs = (k for k in range(i - 1, floor, -1) if words.lower[k] in lexicon.verbs)
        return next((source for k in verbs if (source := self.speakers.before(k, floor)) is not None), None)

    def as_saying(self, draft: Draft) -> Link | None:
        """X quotes Y as saying, X cites Y: the words are Y's, who becomes the source, and X passes them on."""
        if not draft.cue or draft.source is None:
            return None
        self._before_relay(draft)
        at = self.ground.word_at(draft.cue[0].start)
        low = bisect_left(self.quoting_at, self.ground.words.start[max(0, at - _AS)])
        for quoting in self.quoting[low : bisect_left(self.quoting_at, draft.cue[0].start + 1)]:
            own = quoting.word == at and (draft.start >= quoting.quoted.end or quoting.saying)
            if own or (quoting.saying and quoting.quoted.last + 2 == at):
                if draft.source not in (quoting.source, quoting.quoted):
                    return None
                draft.source, draft.actor, draft.name, draft.doubt = quoting.quoted, None, None, None
                draft.speaker_reason = "named as the one who is quoted"
                return Link("cites", quoting.voice, quoting.span)
        return None

    def _before_relay(self, draft: Draft) -> None:
        """X, quoted by Y, said: the source is X, not Y."""
        source = draft.source
        i = bisect_left(self.passed_at, source.start) - 1 if source is not None else -1
        if (
            source is None
            or i < 0
            or source.start - self.passed[i].span.end > _NAME
            or source.start > draft.cue[0].start
        ):
            return
        word = self.ground.word_at(self.passed[i].span.start)
        clause = self.ground.clause_at(self.passed[i].span.start)
        before = self.speakers.phrase(word - 1, clause.first) if clause is not None and word > clause.first else None
        if before is not None and self.speakers.is_source(before):
            draft.source, draft.actor, draft.name, draft.doubt = before, None, None, None

    def _quoted_before(self, draft: Draft) -> tuple[Link, ...]:
        """In the sentences before, X quotes the one whose words these are."""
        if draft.actor is None or draft.kind == "indirect":
            return ()
        last = bisect_left(self.quoting_at, draft.start)
        for quoting in reversed(self.quoting[max(0, last - _NEAR) : last]):
            if draft.start - quoting.span.start >= _REACH:
                break
            if quoting.actor == draft.actor:
                return (Link("cites", quoting.voice, quoting.span),)
        return ()

    # quoted in X

    def _passed(self) -> list[Passed]:
        words, lists = self.ground.words, self.words
        found: list[Passed] = []
        for i in range(len(words) - 2):
            relayed = words.lower[i] in lists.relayed and words.lower[i + 1] in lists.relay_links
            spoken = words.lower[i] in lists.interviews and words.lower[i + 1] in lists.interview_links
            if (relayed or spoken) and words.gap[i + 1] == words.gap[i + 2] == " ":
                voice = self._voice(i + 2)
                if voice is not None and (relayed or self._is_paper(voice)):
                    kind = "cites" if relayed else "reports"
                    found.append(Passed(Span(words.start[i], words.end[i + 1]), kind, voice))
        return found

    def _is_paper(self, voice: str) -> bool:
        """Whether a voice is a newspaper's or station's: one who is written to, or interviews, need not print it."""
        return voice.split(",")[0].split()[-1].lower() in self.words.publications

    def _voice(self, word: int) -> str | None:
        """The voice that the words from ``word`` on name: a name with its work, a title, or a body's."""
        ground, words = self.ground, self.ground.words
        clause = ground.clause_at(words.start[word])
        if clause is None:
            return None
        first = word + (words.lower[word] in ("the", "a", "an") and word + 1 < clause.last)
        mention = ground.mention_of_word(first) or ground.mention_of_word(word)
        actor = ground.actors.get(mention.actor) if mention is not None and mention.form == "name" else None
        if actor is not None and mention is not None:
            after = ground.word_at(mention.end)
            work = self.citations.works.work_in(mention.end, min(clause.end, mention.end + 80))[0]
            own = self.citations.works.title(after, clause.last) if after < clause.last else None
            return ", ".join(x for x in (actor.name, work or own) if x)
        if words.capital[first]:
            return self.citations.works.title(word if words.capital[word] else first, clause.last)
        return None

    def _beside(self, draft: Draft) -> Passed | None:
        """The relay in the sentence of the cue, outside the content."""
        at = draft.cue[0].start if draft.cue else draft.end
        clause = self.ground.clause_at(at)
        if clause is None:
            return None
        low = bisect_left(self.passed_at, clause.start)
        for passed in self.passed[low : bisect_left(self.passed_at, clause.end)]:
            if not any(span.start <= passed.span.start < span.end for span in draft.spans):
                return passed
        return None

    def _told(self, draft: Draft) -> Passed | None:
        """Holm told The Star that: whoever is told something for print passes it on."""
        words = self.ground.words
        at = self.ground.word_at(draft.cue[0].start) if draft.cue else len(words)
        if at + 1 >= len(words) or words.lower[at] not in self.words.told or words.gap[at + 1] != " ":
            return None
        voice = self._voice(at + 1)
        return Passed(draft.cue[0], "reports", voice) if voice is not None and self._is_paper(voice) else None


def cited_in_passing(ground: Ground, speakers: Speakers, drafts: list[Draft]) -> dict[int, Link]:
    """ "The Star reported, citing Holm, that": the words are Holm's, and the Star passes them on; steps by ``id``.

    What was taken for a part of the words, "The Star reported", is left out of them.
    """
    links: dict[int, Link] = {}
    words, relaying = ground.words, ground.lexicon.words.relaying
    for draft in drafts:
        if len(draft.spans) < 2 or not draft.cue or words.lower[ground.word_at(draft.cue[0].start)] not in relaying:
            continue
        verb = ground.word_at(draft.spans[0].end) - 1
        low = ground.word_at(draft.spans[0].start)
        if verb <= low or words.lower[verb] not in ground.lexicon.verbs or draft.spans[0].end > draft.cue[0].start:
            continue
        source = speakers.before(verb, low)
        name = speakers.who(source).name if source is not None else None
        if name is not None:
            draft.spans = [_without_that(ground, draft.spans[1]), *draft.spans[2:]]
            links[id(draft)] = Link("cites", name, Span(words.start[verb], words.end[verb]))
    return links


def _without_that(ground: Ground, span: Span) -> Span:
    words, lists = ground.words, ground.lexicon.words
    first = ground.word_at(span.start)
    if first + 1 < len(words) and words.lower[first] in lists.before_marks & lists.relatives:
        return Span(words.start[first + 1], span.end) if words.start[first + 1] < span.end else span
    return span


def told_on(
    ground: Ground, speakers: Speakers, words: SourceWords, drafts: list[Draft]
) -> tuple[list[Draft], dict[int, Link]]:
    """For "X told Y, who wrote that": the words are X's and come through Y. The drafts, and the step of each by ``id``.

    What is taken for X's words there, "who wrote that …", is none of its own.
    """
    links: dict[int, Link] = {}
    gone: set[Span] = set()  # the cues of what is none
    for draft in drafts:
        found = _teller(ground, speakers, words, draft) if draft.cue and draft.kind != "block" else None
        if found is not None:
            draft.source, voice, told = found
            links[id(draft)] = Link("reports", voice, draft.cue[0])
            gone.add(told)
    return [d for d in drafts if not (d.cue and d.cue[0] in gone and id(d) not in links)], links


def _teller(ground: Ground, speakers: Speakers, lists: SourceWords, draft: Draft) -> tuple[Source, str, Span] | None:
    """(who told it, the name of whoever passed it on, the verb) for a cue in "X told Y, who wrote that"."""
    words = ground.words
    who = ground.word_at(draft.cue[0].start) - 1
    while who > 0 and speakers.skips(who):
        who -= 1
    if who < 2 or words.lower[who] not in lists.relatives or words.gap[who].strip() != ",":
        return None
    mention, clause = ground.mention_that_ends(words.end[who - 1]), ground.clause_at(words.start[who])
    actor = ground.actors.get(mention.actor) if mention is not None else None
    told = ground.word_at(mention.start) - 1 if mention is not None else -1
    while told > 0 and words.lower[told] in ground.lexicon.words.determiners:
        told -= 1
    if actor is None or clause is None or told <= clause.first or words.lower[told] not in lists.told:
        return None
    teller = speakers.before(told, clause.first)
    return (teller, actor.name, Span(words.start[told], words.end[told])) if teller is not None else None
