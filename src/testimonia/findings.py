"""All that can be found in a text, on one page.

Every span is ``[start, end)`` in Unicode code points of the document's text. Identifiers such as ``q1`` and ``a1`` are
local to one document. Dates that may be partial are EDTF (ISO 8601-2) strings, ``earliest``/``latest`` are days
(YYYY-MM-DD; years before 1 have no day and leave them None). ``doubt`` says in words why a finding was left open.
"""

from __future__ import annotations

from dataclasses import dataclass

from testimonia.text.model import Span

QUOTATION_KINDS = ("direct", "block", "mixed", "indirect")
TIME_TYPES = ("DATE", "TIME", "DURATION", "SET")
ACTOR_KINDS = ("person", "organisation", "place", "work")
MENTION_FORMS = ("name", "nominal", "pronoun")
EVENT_TYPES = (
    "birth", "death", "arrest", "trial", "exile", "escape", "travel", "office-begun", "office-ended", "election",
    "founding", "dissolution", "split", "merger", "congress", "publication", "speech", "letter", "vote", "battle",
    "treaty", "marriage", "expulsion", "attack", "other",
)  # fmt: skip
FACTUALITIES = ("fact", "plan", "denial", "possibility")
DATE_BASES = ("stated", "narrative", "document")
LINK_KINDS = ("quotes", "reports", "paraphrases", "cites")
CITED_BASES = ("words", "work", "edition")
ASIDE_KINDS = ("title", "scare", "nickname", "term", "measure", "motto")
COPY_KINDS = ("verbatim", "edited", "reworded", "boilerplate")
MATTER_KINDS = ("utterance", "event", "office", "figure", "name", "origin")
CONFLICT_KINDS = ("date", "figure", "wording", "name", "attribution", "office", "place", "cause", "other")
DIFFERENCES = ("contradiction", "refinement", "rounding", "calendar", "edition", "translation", "ocr", "scope", "claim")
SEVERITIES = ("strong", "medium", "weak")


@dataclass(frozen=True, slots=True)
class Link:
    """One step of an attribution chain: by what the voice before it lets ``voice`` speak.

    ``kind``: "quotes" its words, "reports" that it said something, "paraphrases" in a phrase of its own, "cites" as the
    source. ``span`` is where the text makes the step: the cue, or the citation line; None where only the order of the
    text makes it. ``voice`` is None where the text names nobody: there the chain breaks.
    """

    kind: str
    voice: str | None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """Reported speech, writing or thought (PARC/PolNeAR: content, cue, source).

    ``spans``: the content; marks of a direct quotation lie inside; several when a speech tag interrupts. ``speaker``
    is where the speaker is named; ``speaker_name`` the actor's full name as far as the document gives it. ``parent``
    is the quotation within which this one stands. ``chain`` names the voices from the outermost, the document's own, to
    the innermost, and ``links`` the steps between them (``len(chain) - 1``); ``work`` and ``cited_date`` (EDTF) are
    what the text cites as its source, and ``cited_basis`` says of what the date is: the words, the work or the edition.
    ``continuation``: sentences after an indirect content that go on with it without a cue.

    ``confidence`` (0 to 1) that this is a quotation with these edges, ``reason`` the rule in words; the same for the
    speaker. ``doubt`` says why the speaker was left open.
    """

    id: str
    kind: str
    spans: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    speaker: tuple[Span, ...] = ()
    speaker_name: str | None = None
    actor: str | None = None
    parent: str | None = None
    work: str | None = None
    cited_date: str | None = None
    chain: tuple[str, ...] = ()
    citation: Span | None = None
    doubt: str | None = None
    cited_basis: str | None = None
    links: tuple[Link, ...] = ()
    continuation: tuple[Span, ...] = ()
    confidence: float = 1.0
    reason: str = ""
    speaker_confidence: float = 1.0
    speaker_reason: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """Words in marks that nobody is reported to say: a title, scare quotes, a nickname, a term, a measure, a motto."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A TIMEX3 (TimeML): type, value, mod; the same as EDTF, and as earliest and latest day.

    ``readings``: the other readings (EDTF) where two or more remain; ``doubt`` then says why.
    """

    start: int
    end: int
    type: str
    value: str
    mod: str | None = None
    edtf: str | None = None
    earliest: str | None = None
    latest: str | None = None
    # "julian" where the text says Old Style (earliest/latest are then Gregorian), "gregorian" where it says New Style,
    # "julian or gregorian" where place and time leave it open.
    calendar: str | None = None
    doubt: str | None = None
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, body, place or work by all the names this document uses; ``name`` is the fullest of them."""

    id: str
    name: str
    kind: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where an actor is named (``form`` name), described (nominal) or pointed at (pronoun)."""

    start: int
    end: int
    actor: str
    form: str = "name"


@dataclass(frozen=True, slots=True)
class Office:
    """A post that an actor held: ``mention`` names the holder, ``office`` the post; since/until are EDTF."""

    mention: Span
    office: Span
    actor: str
    organisation: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A stated tie: subject (actor id), relation (a verb-like word of language/<code>/), object (actor id or words)."""

    start: int
    end: int
    subject: str
    relation: str
    object: str
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: the sentence ``[start, end)`` that tells it, its date and its actors.

    ``voice`` is the quotation in whose words it is told; None is the document's own voice. ``factuality`` is what that
    voice says of it (Saurí and Pustejovsky 2009, FactBank): that it happened, was planned, did not happen, or may have.
    ``earliest``/``latest`` are the days of ``when`` to ``until``. ``trigger`` are the words that tell it, ``anchor``
    the time expression that dates it; ``basis`` says whether that stands in the sentence ("stated"), is the running
    date of the narrative, or is the date of the document, which no words state. ``who`` and ``where`` are actors.
    """

    start: int
    end: int
    when: str
    until: str | None = None
    who: tuple[str, ...] = ()
    type: str = "other"
    earliest: str | None = None
    latest: str | None = None
    voice: str | None = None
    where: tuple[str, ...] = ()
    factuality: str = "fact"
    trigger: Span | None = None
    anchor: Span | None = None
    basis: str = "stated"
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity: ``value`` is a number or a range, ``of`` what it measures, ``as_of`` when (EDTF)."""

    start: int
    end: int
    value: float | tuple[float, float]
    unit: str | None
    of: str
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """What the analysers found in one document. Analysers add to it in the order of ``pipeline.ANALYSERS``."""

    times: tuple[TimeExpression, ...] = ()
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    offices: tuple[Office, ...] = ()
    relations: tuple[Relation, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    asides: tuple[Aside, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A span in a document named by its identifier."""

    document: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Copy:
    """A passage that stands in two places; ``a.document == b.document`` for one repeated inside a document.

    ``direction`` is "a->b" (b was taken from a), "b->a", or None when the reasons do not suffice.
    """

    a: Place
    b: Place
    kind: str
    similarity: float  # 0 to 1: share of words the two have in common, in order
    direction: str | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """What one passage says of a matter; ``quotation`` is its local id where the account is a quotation."""

    place: Place
    quotation: str | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """What several accounts speak of; ``reasons`` say why they were put together."""

    id: str
    kind: str
    about: str
    accounts: tuple[Account, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two accounts that cannot both be true, or that differ; neither is ever retired.

    ``matter`` is the id of the matter both speak of, where one was formed.
    """

    a: Place
    b: Place
    kind: str
    difference: str
    severity: str
    about: str
    reasons: tuple[str, ...] = ()
    matter: str | None = None
