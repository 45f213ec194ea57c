"""Utterances: passages that give the same words, or the same words in another translation."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from testimonia.analysers.accounts.citations import Near
from testimonia.analysers.accounts.words import Groups, Stems, Weights, stems
from testimonia.analysers.copies.words import normal, split
from testimonia.findings import Copy, Findings, Place, Quotation
from testimonia.language import known
from testimonia.text import Document, Span

LEAST, SURE = 3, 6  # content words of a passage that a copy shows to be another's; that need no copy for it
KEYS, SHARED = 8, 20  # rarest words by which a passage is looked up; passages that may share such a word
SAME_WORK, SAME_VOICE, ANY_VOICE = 0.4, 0.5, 0.75  # share of the shorter one's words, weighted by rarity
_MARKED = re.compile(r"[“\"«][^“”\"«»]+[”\"»]?[,.]?$")
_TAG, _FRAGMENT = 60, 120  # code points between the parts of a quotation; of a first part that is no sentence yet
COPIED = 0.6  # share of the shorter one's words, where a copy says that both are one
SAME_VOICE_WORDS, ANY_VOICE_WORDS = 5, 6


@dataclass(frozen=True, slots=True)
class Told:
    """A passage that gives someone's words.

    ``words``: its words as compared; ``date`` (EDTF) is what the text cites as theirs and ``dated`` where it does so;
    ``cited``: by a proper citation. ``chain`` names the voices.
    """

    document: int
    language: str
    place: Place
    quotation: str | None
    kind: str
    text: str
    words: tuple[str, ...]
    stems: Stems
    speaker: str | None = None
    work: str | None = None
    date: str | None = None
    dated: Span | None = None
    cited: bool = False
    chain: tuple[str, ...] = ()
    person: bool = True  # whether the speaker, where named, is not known to be something else


def collect(number: int, document: Document, found: Findings) -> Iterator[Told]:
    """The quotations of a document that are long enough to be recognised elsewhere."""
    near = Near(document.text, found.times, document.language)
    children: dict[str, list[Span]] = defaultdict(list)
    for quotation in found.quotations:
        if quotation.parent:
            children[quotation.parent].extend(quotation.spans)
    others = {a.id for a in found.actors if a.kind != "person"}
    before: Quotation | None = None
    for quotation in sorted(found.quotations, key=lambda q: (q.spans[0], q.id)):
        text = _own_words(document.text, quotation, children.get(quotation.id, []))
        start = quotation.spans[0].start
        fragment = _fragment(document.text, before, quotation) if before else None
        if fragment:
            start = fragment.start
            text = document.text[fragment.start : fragment.end] + " " + text
        before = quotation
        roots = stems(text, document.language)
        if len(roots) >= LEAST:
            told = _told(number, document, quotation, start, text, roots, near)
            yield told if quotation.actor not in others else replace(told, person=False)


def _fragment(text: str, before: Quotation, quotation: Quotation) -> Span | None:
    """The first part of a quotation that a speech tag parts: “it is the duty”, he said, / to keep the peace …"""
    opening = text[quotation.spans[0].start : quotation.spans[0].end].lstrip(" “‘\"'")
    end = before.spans[-1].end
    near = 0 <= quotation.spans[0].start - end <= _TAG
    if not (near and opening[:1].islower() and before.speaker_name == quotation.speaker_name):
        return None
    marked = _MARKED.search(text, max(before.spans[-1].start, end - _FRAGMENT), end)
    return Span(marked.start(), marked.end()) if marked and quotation.kind in ("direct", "block") else None


def _own_words(text: str, quotation: Quotation, inner: Sequence[Span]) -> str:
    """The words of a quotation without those of the quotations inside it."""
    pieces: list[str] = []
    cuts = sorted(inner)
    for start, end in quotation.spans:
        for cut in cuts:
            if start <= cut.start < end:
                pieces.append(text[start : cut.start])
                start = max(start, min(cut.end, end))
        pieces.append(text[start:end])
    return " ".join(pieces)


def _told(number: int, document: Document, q: Quotation, start: int, text: str, roots: Stems, near: Near) -> Told:
    end = q.spans[-1].end
    date, dated, cited = _cited(q, near)
    return Told(
        number, known(document.language), Place(document.id, start, end), q.id, q.kind, text,
        tuple(map(normal, split(text))), roots,
        _name(q.speaker_name), q.work, date, dated, cited, q.chain,
    )  # fmt: skip


def _cited(q: Quotation, near: Near) -> tuple[str | None, Span | None, bool]:
    """(date of the words, where the text gives it, whether in a citation).

    A date that stands in a citation comes first, then one beside the name of a publication, then what else was found.
    """
    if q.cited_date and q.citation:
        inside = near.date_in(*q.citation)
        return q.cited_date, Span(inside.start, inside.end) if inside else q.citation, True
    time = near.citation(q.spans[0].start, q.spans[-1].end) if q.kind != "indirect" else None
    if time is not None:
        return time.edtf, Span(time.start, time.end), q.cited_date == time.edtf
    return q.cited_date, None, False


def _name(speaker: str | None) -> str | None:
    """The speaker if it is a name: the call for peace and the report speak for nobody."""
    return speaker if speaker and speaker[:1].isupper() else None


def derived(number: int, document: Document, found: Findings, place: Place, like: Told) -> Told:
    """A passage that is a copy of a quotation, but was not itself found to be one."""
    text = document.text[place.start : place.end]
    time = Near(document.text, found.times, document.language).citation(place.start, place.end)
    introduced = normal_set(document.text[max(0, place.start - 400) : place.start])
    name = surname(like.speaker)
    speaker = like.speaker if name and name in introduced else None
    work = like.work if like.work and set(map(normal, split(like.work))) <= introduced else None
    return Told(
        number, known(document.language), place, None, "copy", text,
        tuple(map(normal, split(text))), stems(text, document.language),
        speaker, work, time.edtf if time else None, Span(time.start, time.end) if time else None,
    )  # fmt: skip


def normal_set(text: str) -> frozenset[str]:
    return frozenset(map(normal, split(text)))


def surname(name: str | None) -> str | None:
    """The last word of a name, by which two forms of it are taken for one."""
    words = split(name) if name else []
    return normal(words[-1]) if words else None


# ---------------------------------------------------------------- grouping


def group(told: Sequence[Told], linked: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Numbers of passages that give one utterance; ``linked`` are pairs known to be copies."""
    weights = Weights(t.stems for t in told)
    groups = Groups(len(told))
    for i, j in linked:
        groups.join(i, j)
    same: dict[Stems, int] = {}
    for i, one in enumerate(told):
        if len(one.stems) >= SURE:
            groups.join(same.setdefault(one.stems, i), i)
    for i, j in _candidates(told, weights):
        if groups.root(i) != groups.root(j) and alike(told[i], told[j], weights):
            groups.join(i, j)
    return groups.several()


def _candidates(told: Sequence[Told], weights: Weights) -> list[tuple[int, int]]:
    """Pairs that share two or more of their rarest words."""
    holders: dict[str, list[int]] = defaultdict(list)
    for i, one in enumerate(told):
        shared = [root for root in set(one.stems) if 2 <= weights.count[root] <= SHARED]
        for root in sorted(shared, key=lambda r: (weights.count[r], r))[:KEYS]:
            holders[root].append(i)
    together: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        together.update((i, j) for n, i in enumerate(numbers) for j in numbers[n + 1 :])
    return sorted(pair for pair, count in together.items() if count >= 2)


def alike(a: Told, b: Told, weights: Weights) -> bool:
    """Whether the two give the same words, of one voice more easily than of two."""
    if overlap(a.place, b.place):
        return False
    common = set(a.stems) & set(b.stems)
    shorter = min(weights.sum(set(a.stems)), weights.sum(set(b.stems)))
    share = weights.sum(common) / shorter if shorter else 0.0
    if same_voice(a, b):
        return len(common) >= SAME_VOICE_WORDS and share >= (SAME_WORK if _same_work(a, b) else SAME_VOICE)
    return len(common) >= ANY_VOICE_WORDS and share >= ANY_VOICE


def overlap(a: Place, b: Place) -> bool:
    return a.document == b.document and a.start < b.end and b.start < a.end


def same_voice(a: Told, b: Told) -> bool:
    """Whether the two name the same speaker or work."""
    name = surname(a.speaker)
    return (name is not None and name == surname(b.speaker)) or _same_work(a, b)


def _same_work(a: Told, b: Told) -> bool:
    return bool(a.work) and (a.work or "").casefold() == (b.work or "").casefold()


# ---------------------------------------------------------------- copies of quotations


class Places:
    """The passages of each document by where they stand."""

    def __init__(self, told: Sequence[Told]) -> None:
        self._of: dict[str, list[int]] = defaultdict(list)
        self._told = told
        for i, one in enumerate(told):
            self._of[one.place.document].append(i)

    def inside(self, place: Place) -> list[int]:
        """Those which ``place`` mostly covers, or which mostly cover it; direct ones only."""
        return [
            i
            for i in self.touching(place)
            if _share(self._told[i].place, place) > 0.5 and self._told[i].kind != "indirect"
        ]

    def touching(self, place: Place) -> list[int]:
        """Those that overlap ``place``."""
        return [i for i in self._of.get(place.document, ()) if overlap(self._told[i].place, place)]


def _share(a: Place, b: Place) -> float:
    """Share of the shorter place that lies in the other."""
    return (min(a.end, b.end) - max(a.start, b.start)) / max(1, min(a.end - a.start, b.end - b.start))


def links(told: Sequence[Told], copies: Sequence[Copy]) -> tuple[list[tuple[int, int]], list[tuple[int, Place]]]:
    """(pairs of passages that a copy makes one; passages of which the copy stands where no quotation was found)."""
    places = Places(told)
    pairs: list[tuple[int, int]] = []
    alone: dict[Place, int] = {}
    for copy in copies:
        if copy.kind == "boilerplate":
            continue
        left, right = places.inside(copy.a), places.inside(copy.b)
        for i in left:
            matched = [j for j in right if _shared(told[i], told[j]) >= COPIED]
            pairs.extend((i, j) for j in matched)
        for here, mine, other in ((left, copy.a, copy.b), (right, copy.b, copy.a)):
            if len(here) == 1 and _is_about(told[here[0]].place, mine) and not places.touching(other):
                alone.setdefault(other, here[0])
    return pairs, [(i, place) for place, i in alone.items()]


def _is_about(quotation: Place, copied: Place) -> bool:
    """Whether the quotation is what was copied, and not a small part of it."""
    return 2 * (quotation.end - quotation.start) > copied.end - copied.start


def _shared(a: Told, b: Told) -> float:
    """Share of the shorter one's content words that the other has, where they are some."""
    left, right = set(a.stems), set(b.stems)
    common = len(left & right)
    return common / min(len(left), len(right)) if common >= LEAST else 0.0
