"""The lineage of some words: all their wordings, who says so according to whom, the earliest, the witnesses.

Places are found by the exact phrase and by shared rare words, then widened over what the analysers tied together:
accounts of one utterance, and copies. Wordings that are copies of one another, cite the same work, end in the same two
voices, or stand in one document that cites nothing for one of them, rest on one source: they are one witness.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select, text

from testimonia import intervals
from testimonia.base import schema as t
from testimonia.findings import Place
from testimonia.text.sentences import sentences
from testimonia.views import conflicts, life, search
from testimonia.views.common import Texts
from testimonia.views.quotations import by_ids
from testimonia.views.rows import ConflictRow, QuotationRow, Trace, Wording

CANDIDATES = 200  # passages looked at for other wordings
WORDS = 60  # words of the question that are weighed
SHARED = 0.55  # weight of the question's words that another wording must share
FEWEST = 4  # words it must share at least; all, where fewer are asked for
TOO_FEW = 3  # fewer words are found as a phrase only
STEM = 6  # letters by which forms of a word are taken for one
HITS = 400  # words of a passage that are tried as a beginning
ROUNDS = 3  # how often the places are widened over copies and utterances
MOST = 200  # wordings
# How a date that is cited is told, and of what it is the date (None: a base of an earlier version does not say).
DATED = {
    "by the date of the words": "words",
    "by the date of the work cited": "work",
    "by the date of the edition cited": "edition",
    "by the date cited": None,
}
LOOKED_AT = 2000  # copies of the places in all: what is copied everywhere is told by fewer

_WORD = re.compile(r"\w+")
_COUNT = text("SELECT count(*) FROM passage_fts WHERE passage_fts MATCH :match")


def trace(connection: Connection, words: str) -> Trace:
    """All places where the words, or another wording of them, stand."""
    texts = Texts(connection)
    places = _distinct(_found(connection, words))[:MOST]
    direct = set(_quoting(connection, places))
    quotations: dict[str, QuotationRow] = {}
    for _ in range(ROUNDS):
        before = len(places) + len(quotations)
        quotations |= {q.id: q for q in by_ids(connection, _quoting(connection, places))}
        places = _distinct([*places, *(_hull(q) for q in quotations.values())])
        room = max(0, MOST - len(quotations))
        more = by_ids(connection, _same_utterance(connection, quotations)[:room])
        quotations |= {q.id: q for q in more}
        places = _distinct([*places, *map(_hull, more), *_copied(connection, texts, places)])[:MOST]
        if len(places) + len(quotations) == before:
            break
    wordings = _wordings(connection, texts, places, _unnested(quotations, direct))
    ties = _copy_ties(connection, wordings)
    names = [f"{w.place.document}:{w.place.start}" for w in wordings]
    wordings = [
        replace(w, copies=tuple(names[j] for j in sorted(tied))) for w, tied in zip(wordings, ties, strict=True)
    ]
    return Trace(
        words=words,
        wordings=tuple(wordings),
        earliest=tuple(_earliest(wordings)),
        witnesses=_witnesses(wordings, ties),
        conflicts=tuple(_conflicts(connection, wordings, quotations)),
        speakers=life.speakers(wordings),
        sources=life.sources(wordings),
    )


# ---------------------------------------------------------------- finding places


@dataclass(frozen=True, slots=True)
class _Question:
    """What was asked, as stems with the weight of their rarity."""

    stems: dict[str, float]

    @property
    def fewest(self) -> int:
        """Stems that another wording must share at least."""
        return min(FEWEST, len(self.stems))

    def share(self, words: Iterable[str]) -> tuple[float, int]:
        """Weight (0 to 1) and number of the question's stems among some words."""
        common = {_stem(w) for w in words} & self.stems.keys()
        total = sum(self.stems.values())
        return (sum(self.stems[s] for s in common) / total if total else 0.0), len(common)


def _stem(word: str) -> str:
    return word.casefold()[:STEM]


def _found(connection: Connection, words: str) -> list[Place]:
    asked = _WORD.findall(words)[:WORDS]
    if not asked:
        return []
    phrase = '"' + " ".join(asked) + '"'
    places = []
    for row in search.matches(connection, phrase, CANDIDATES):
        found = search.passage(row)
        places += [Place(found.document, found.start + start, found.start + end) for start, end in found.marks]
    return places + _reworded(connection, asked)


def _reworded(connection: Connection, asked: Sequence[str]) -> list[Place]:
    """Passages that share enough of the rare words; the place is from the first to the last sentence with one."""
    passages = connection.scalar(select(func.count()).select_from(t.passage)) or 1
    terms = dict.fromkeys(w.casefold() for w in asked)
    stems: dict[str, float] = {}
    rare: list[str] = []
    for term in terms:
        standing = connection.scalar(_COUNT, {"match": f'"{term}"'}) or 0
        weight = math.log((1 + passages) / (1 + standing))
        if len(term) > 3:
            stems[_stem(term)] = max(weight, stems.get(_stem(term), 0.0))
            rare.append(term)
    question = _Question(stems)
    if len(stems) < TOO_FEW:
        return []
    match = " OR ".join(f'"{term[:STEM]}"*' for term in rare)
    places = []
    for row in search.matches(connection, match, CANDIDATES):
        place = _best_stretch(row.document_id, row.start, row.plain, question)
        if place:
            places.append(place)
    return places


def _best_stretch(document: str, start: int, passage: str, question: _Question) -> Place | None:
    """The shortest run of words in the passage, which begins at ``start``, that shares enough with the question."""
    words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(passage)]
    share, number = question.share(w for w, _, _ in words)
    if share < SHARED or number < question.fewest:
        return None
    hits = [i for i, (w, _, _) in enumerate(words) if _stem(w) in question.stems][:HITS]
    widest = 3 * len(question.stems) + 20
    best: tuple[float, int, int] | None = None
    for k, first in enumerate(hits):
        last = max(i for i in hits[k : k + widest] if i - first <= widest)
        share, number = question.share(words[i][0] for i in range(first, last + 1))
        if share >= SHARED and number >= question.fewest and (best is None or share > best[0] + 1e-9):
            best = (share, first, last)
    if best is None:
        return None
    return Place(document, start + words[best[1]][1], start + words[best[2]][2])


def _quoting(connection: Connection, places: Sequence[Place]) -> list[str]:
    """Of each place, the innermost quotation that shares most of it."""
    q = t.quotation.c
    chosen = []
    for p in places:
        question = select(q.id, q.start, q.end).where(q.document_id == p.document, q.start < p.end, q.end > p.start)
        over = [(r, min(r.end, p.end) - max(r.start, p.start)) for r in connection.execute(question)]
        good = [(r.end - r.start, r.id) for r, shared in over if 2 * shared >= min(p.end - p.start, r.end - r.start)]
        if good:
            chosen.append(min(good)[1])
    return chosen


def _same_utterance(connection: Connection, quotations: Collection[str]) -> list[str]:
    """The other quotations of the utterances that these are accounts of."""
    a, m = t.account.c, t.matter.c
    wanted = sorted(quotations)[:500]
    matters = (
        select(a.matter_id).join(t.matter, m.id == a.matter_id).where(a.quotation_id.in_(wanted), m.kind == "utterance")
    )
    question = select(a.quotation_id).where(a.matter_id.in_(matters), a.quotation_id.is_not(None))
    found = connection.scalars(question.order_by(a.quotation_id))
    return [x for x in found if x is not None and x not in quotations]


def _overlapping(table: Any, place: Place) -> Any:
    c = table.c
    sides = [
        and_(c[f"{s}_document"] == place.document, c[f"{s}_start"] < place.end, c[f"{s}_end"] > place.start)
        for s in ("a", "b")
    ]
    return select(table).where(or_(*sides))


def _copied(connection: Connection, texts: Texts, places: Sequence[Place]) -> list[Place]:
    """The other sides of copies of the places, where they hold the words of the place."""
    found: list[Place] = []
    left = LOOKED_AT
    for p in places:
        question = _Question({_stem(w): 1.0 for w in _WORD.findall(texts.words(*_key(p))) if len(w) > 3})
        if len(question.stems) < TOO_FEW or not left:
            continue
        copies = connection.execute(_overlapping(t.copy, p).order_by(t.copy.c.id).limit(left)).all()
        left -= len(copies)
        for r in copies:
            a = Place(r.a_document, r.a_start, r.a_end)
            b = Place(r.b_document, r.b_start, r.b_end)
            for here, there in ((a, b), (b, a)):
                if _meet(p, here):
                    there = _around(p, here, there)
                    place = _best_stretch(there.document, there.start, texts.words(*_key(there)), question)
                    found += [place] if place else []
    return found


def _around(place: Place, here: Place, there: Place) -> Place:
    """The part of ``there`` where the words of ``place`` are to be expected: as far along as in ``here``, and more."""
    scale = (there.end - there.start) / (here.end - here.start)
    room = 2 * (place.end - place.start) + 200
    start = there.start + int((place.start - here.start) * scale) - room
    end = there.start + int((place.end - here.start) * scale) + room
    return Place(there.document, max(there.start, start), max(there.start + 1, min(there.end, end)))


def _key(place: Place) -> tuple[str, int, int]:
    return place.document, place.start, place.end


def _meet(a: Place, b: Place) -> bool:
    return a.document == b.document and a.start < b.end and b.start < a.end


def _hull(quotation: QuotationRow) -> Place:
    return Place(quotation.document, quotation.start, quotation.end)


def _distinct(places: Iterable[Place]) -> list[Place]:
    """Places that do not share characters; of two that do, the one found first stays."""
    kept: dict[str, list[Place]] = {}
    result = []
    for place in places:
        if not any(_meet(place, other) for other in kept.get(place.document, [])):
            kept.setdefault(place.document, []).append(place)
            result.append(place)
    return result


# ---------------------------------------------------------------- what is told of them


def _wordings(
    connection: Connection, texts: Texts, places: Sequence[Place], quotations: Sequence[QuotationRow]
) -> list[Wording]:
    """A wording a quotation, and one for each place that no quotation holds, in the order of dates and texts."""
    result = [
        Wording(
            texts.cited(q.document, q.start, q.end),
            q.kind,
            q.speaker,
            q.chain,
            q.work,
            q.cited_date,
            steps=q.steps,
            cited_basis=q.cited_basis,
            citation=q.citation,
            breaks=q.breaks,
            confidence=q.confidence,
            reason=q.reason,
        )
        for q in quotations
    ]
    hulls = [_hull(q) for q in quotations]
    free = [p for p in places if not any(_meet(p, hull) for hull in hulls)]
    whole = _distinct(_sentences(connection, texts, p) for p in free)
    result += [Wording(texts.cited(p.document, p.start, p.end), "passage", None, (), None, None) for p in whole]
    return sorted(result, key=lambda w: (w.place.date or "9999", w.place.document, w.place.start, -w.place.end))


def _unnested(quotations: dict[str, QuotationRow], direct: set[str]) -> list[QuotationRow]:
    """Of quotations within each other one: the inner, where the words asked for were found in it, else the outer."""
    kept: list[QuotationRow] = []
    for q in sorted(quotations.values(), key=lambda q: (q.document, q.start, -q.end)):
        outer = kept[-1] if kept and kept[-1].document == q.document and q.end <= kept[-1].end else None
        if outer is None:
            kept.append(q)
        elif q.id in direct and outer.id not in direct:
            kept[-1] = q
    return kept


def _sentences(connection: Connection, texts: Texts, place: Place) -> Place:
    """The place widened to whole sentences of its passage."""
    p = t.passage.c
    question = select(p.start, p.end).where(p.document_id == place.document, p.start <= place.start)
    passage = connection.execute(question.order_by(p.start.desc()).limit(1)).first()
    if passage is None or passage.end <= place.start:
        return place
    inside = [s for s in sentences(texts[place.document].text, *passage) if s.start < place.end and place.start < s.end]
    if not inside:
        return place
    return Place(place.document, min(inside[0].start, place.start), max(inside[-1].end, place.end))


def _place(wording: Wording) -> Place:
    return Place(wording.place.document, wording.place.start, wording.place.end)


def _copy_ties(connection: Connection, wordings: Sequence[Wording]) -> list[set[int]]:
    """For each wording, the numbers of those that a copy ties it to."""
    ties: list[set[int]] = [set() for _ in wordings]
    of_document: dict[str, list[tuple[int, Place]]] = {}
    for i, wording in enumerate(wordings):
        of_document.setdefault(wording.place.document, []).append((i, _place(wording)))
    for i, wording in enumerate(wordings):
        for r in connection.execute(_overlapping(t.copy, _place(wording))):
            a = Place(r.a_document, r.a_start, r.a_end)
            b = Place(r.b_document, r.b_start, r.b_end)
            for here, there in ((a, b), (b, a)):
                if _meet(_place(wording), here):
                    ties[i] |= {j for j, p in of_document.get(there.document, ()) if j != i and _meet(p, there)}
    return ties


def _witnesses(wordings: Sequence[Wording], ties: Sequence[set[int]]) -> tuple[tuple[int, ...], ...]:
    root = list(range(len(wordings)))

    def find(i: int) -> int:
        while root[i] != i:
            i = root[i]
        return i

    works = {_bare(w.work) for w in wordings if w.work}
    first: dict[tuple[str, ...], int] = {}
    for i, wording in enumerate(wordings):
        for j in ties[i]:
            root[find(j)] = find(i)
        for key in _source_keys(wording, works):
            root[find(i)] = find(first.setdefault(key, i))
        for j, other in enumerate(wordings[:i]):
            if other.place.document == wording.place.document and not (other.work and wording.work):
                root[find(i)] = find(j)
    groups: dict[int, list[int]] = {}
    for i in range(len(wordings)):
        groups.setdefault(find(i), []).append(i)
    return tuple(tuple(g) for g in sorted(groups.values()))


def _source_keys(wording: Wording, works: set[str]) -> Iterable[tuple[str, ...]]:
    """What, if two wordings share it, makes them rest on one source; ``works`` are all that are cited."""
    if wording.work and not wording.work.islower():  # "statement" may be any
        yield ("work", _bare(wording.work))
    title = _bare(wording.place.title or "")
    if title in works:  # one document cites the other
        yield ("work", title)
    if len(wording.chain) > 2:  # the document's own voice, a relay, and who is quoted
        yield ("voices", *(v.casefold() for v in wording.chain[-2:]))


def _bare(name: str) -> str:
    """A work's name without its article and its case, for comparing."""
    return name.casefold().removeprefix("the ")


def _earliest(wordings: Sequence[Wording]) -> Iterable[tuple[str, int]]:
    """All that may be the earliest: of dates that overlap or are the same it cannot be told."""
    dates = {
        reason: [w.cited_date if w.cited_basis == basis else None for w in wordings] for reason, basis in DATED.items()
    }
    dates["by the document’s date"] = [w.place.date for w in wordings]
    for reason, given in dates.items():
        spans = [(i, intervals.bounds(date)) for i, date in enumerate(given) if date]
        known = [(i, s.earliest, s.latest) for i, s in spans if s.earliest is not None and s.latest is not None]
        first = min((latest for _, _, latest in known), default=0)
        yield from ((reason, i) for i, earliest, _ in known if earliest <= first)


def _conflicts(connection: Connection, wordings: Sequence[Wording], quotations: Iterable[str]) -> Iterable[ConflictRow]:
    """Conflicts that touch one of the places, or the matter that one of the quotations is an account of."""
    found = {r.id: r for w in wordings for r in connection.execute(_overlapping(t.conflict, _place(w)))}
    a = t.account.c
    matters = select(a.matter_id).where(a.quotation_id.in_(sorted(quotations)[:500]))
    found |= {r.id: r for r in connection.execute(select(t.conflict).where(t.conflict.c.matter_id.in_(matters)))}
    return conflicts.to_rows(connection, sorted(found.values(), key=lambda r: r.rank))
