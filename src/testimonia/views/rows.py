"""Answers as typed rows. Every row cites its document, its position and the words themselves.

``start``/``end`` are code points in the document's text, ends exclusive; ``words`` are the characters between them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from testimonia.errors import InputError

if TYPE_CHECKING:
    import pandas

Row = TypeVar("Row")


class Rows(list[Row], Generic[Row]):
    """A list of rows that also becomes plain dicts or a pandas DataFrame."""

    def to_dicts(self) -> list[dict[str, Any]]:
        return [asdict(row) for row in self]  # type: ignore[call-overload]

    def to_dataframe(self) -> pandas.DataFrame:
        """A DataFrame with a column a field; raises ``InputError`` when pandas is not installed."""
        try:
            import pandas
        except ImportError:
            raise InputError("pandas is not installed", hint="pip install 'testimonia[dataframe]'") from None
        return pandas.DataFrame(self.to_dicts())


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document; ``start``/``end`` are in its source's text, ``words`` its opening words."""

    document: str
    title: str | None
    byline: str | None
    publisher: str | None
    date: str | None
    categories: tuple[str, ...]
    source: str  # where it was read from
    start: int
    end: int
    length: int  # code points
    words: str
    dated_by: str | None = None  # who gave the date, where that is a person and not the source


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage that a search found; ``marks`` are the spans of the words searched for, within ``words``."""

    document: str
    title: str | None
    date: str | None
    start: int
    end: int
    words: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of a chain: ``kind`` (quotes, reports, paraphrases, cites), the voice it leads to, and where it is made.

    ``voice`` is None where the text names nobody; ``start``/``end`` are None where only the order of the text makes it.
    """

    kind: str
    voice: str | None
    start: int | None = None
    end: int | None = None

    def __str__(self) -> str:
        return f"{self.kind} {self.voice or 'nobody named'}"


@dataclass(frozen=True, slots=True)
class QuotationRow:
    """A quotation. ``breaks`` says at which step its chain breaks, and why; None where it does not."""

    id: str
    document: str
    title: str | None
    date: str | None  # the document's
    start: int
    end: int
    words: str
    kind: str
    speaker: str | None  # full name, or the words that name the speaker
    cue: str | None
    chain: tuple[str, ...]
    work: str | None
    cited_date: str | None
    parent: str | None
    doubt: str | None
    spans: tuple[tuple[int, int], ...] = ()
    steps: tuple[StepRow, ...] = ()  # between the voices of the chain
    cited_basis: str | None = None  # of what cited_date is the date: words, work or edition
    citation: str | None = None  # the words of the citation beside it
    breaks: str | None = None
    confidence: float = 1.0
    reason: str = ""
    speaker_confidence: float = 1.0
    speaker_reason: str = ""


@dataclass(frozen=True, slots=True)
class TellingRow:
    """Another passage that tells an event; ``agrees``: its date and the event's may be the same day."""

    id: str
    document: str
    title: str | None
    start: int
    end: int
    words: str
    date: str | None  # the document's
    dated: str  # when it happened, in words
    when: str
    until: str | None
    voice: str | None
    basis: str
    agrees: bool

    def __str__(self) -> str:
        return f"{self.document} {self.start}-{self.end} ({self.dated})"


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event, as the passage tells it that stands for all its ``tellings``; ``reasons`` say why those are the same.

    ``earliest``/``latest`` are days (EDTF, of any year); None: open, or not known. ``factuality``, ``basis``,
    ``trigger`` and ``anchor`` as in ``findings.Event``; ``passages`` and ``documents`` count this one and the tellings.
    """

    id: str
    document: str
    title: str | None
    start: int
    end: int
    words: str
    date: str | None  # the document's
    dated: str  # when it happened, in words: "6 November 1918", "late 1918"
    when: str  # EDTF
    until: str | None
    earliest: str | None
    latest: str | None
    type: str
    who: tuple[str, ...]
    voice: str | None  # speaker in whose words it is told; None: the document's own
    where: tuple[str, ...] = ()
    factuality: str = "fact"
    basis: str = "stated"
    doubt: str | None = None
    trigger: tuple[int, int] | None = None
    anchor: tuple[int, int] | None = None
    passages: int = 1
    documents: int = 1
    tellings: tuple[TellingRow, ...] = ()
    reasons: tuple[str, ...] = ()

    @property
    def otherwise(self) -> tuple[str, ...]:
        """The dates in words that other passages give and that cannot be the same."""
        return tuple(dict.fromkeys(x.dated for x in self.tellings if not x.agrees))


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor over all documents in which that name and kind stand; the words are its first mention's."""

    name: str
    kind: str
    aliases: tuple[str, ...]
    mentions: int
    documents: int
    quotations: int
    events: int
    offices: tuple[str, ...]
    document: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Cited:
    """One side of a copy or conflict, or one account.

    ``before`` and ``after``: the rest of its sentence, where the words are few.
    """

    document: str
    title: str | None
    date: str | None
    start: int
    end: int
    words: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class CopyRow:
    id: str
    a: Cited
    b: Cited
    kind: str
    similarity: float
    direction: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConflictRow:
    id: str
    a: Cited
    b: Cited
    kind: str
    difference: str
    severity: str
    about: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """One place where traced words stand: who says so according to whom, and from when."""

    place: Cited
    kind: str  # a quotation's kind, or "passage"
    speaker: str | None
    chain: tuple[str, ...]
    work: str | None
    cited_date: str | None
    copies: tuple[str, ...] = ()  # "document:start" of other wordings that are a copy of this one
    steps: tuple[StepRow, ...] = ()
    cited_basis: str | None = None
    citation: str | None = None  # the words of the citation beside it
    breaks: str | None = None  # at which step the chain breaks, and why
    confidence: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What several wordings agree in: a speaker, or a work with its date; None where they name none."""

    name: str | None
    date: str | None = None  # EDTF
    basis: str | None = None  # of what it is the date: words, work or edition
    wordings: tuple[int, ...] = ()  # indexes


@dataclass(frozen=True, slots=True)
class Trace:
    """The lineage of some words."""

    words: str
    wordings: tuple[Wording, ...] = ()
    earliest: tuple[tuple[str, int], ...] = ()  # (reason, index into wordings): by what is dated
    witnesses: tuple[tuple[int, ...], ...] = ()  # groups of indexes; each group is one independent witness
    conflicts: tuple[ConflictRow, ...] = field(default=())
    speakers: tuple[Told, ...] = ()  # who is said to have said it, most wordings first
    sources: tuple[Told, ...] = ()  # what is cited for it
