"""Copies: passages that stand in more than one place.

Words are made comparable (``words``); short runs of them and pairs of content words that stand in two places are
found by one sort (``seeds``) and chained (``chains``); each chain gets tight edges and is judged (``edges``), those of
one passage are made one (``stretches``); then come its kind (``kind``) and who copied whom (``directions``).

A passage that stands in up to ``seeds.RUNS.all_pairs`` places is reported pair by pair; one that stands in more is
reported with the ``seeds.RUNS.first`` oldest of them only, so that a thousand reprints give some thousands of rows and
not a million.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from testimonia.analysers.copies.corpus import Corpus, read
from testimonia.analysers.copies.directions import way
from testimonia.analysers.copies.edges import Stretch
from testimonia.analysers.copies.kind import kinds_of
from testimonia.analysers.copies.stretches import stretches
from testimonia.findings import Copy, Place
from testimonia.text import Document


def find(documents: Iterable[Document]) -> Iterator[Copy]:
    """The copies among the documents and inside each, in the order of the places they were found in.

    The documents are gone through once; words in comparable form are kept, texts are not.
    """
    corpus = read(documents)
    found = stretches(corpus)
    for one, kind in zip(found, kinds_of(corpus, found), strict=True):
        yield _copy(corpus, one, kind)


def _copy(corpus: Corpus, found: Stretch, kind: str) -> Copy:
    heads, spans = [], []
    for first, end in ((found.a_start, found.a_end), (found.b_start, found.b_end)):
        heads.append(corpus.heads[int(corpus.begins.searchsorted(first, side="right")) - 1])
        spans.append((int(corpus.start[first]), int(corpus.end[end - 1])))
    direction, reasons = way(heads[0], spans[0], heads[1], spans[1])
    a, b = (Place(head.id, *span) for head, span in zip(heads, spans, strict=True))
    return Copy(a, b, kind, round(found.similarity, 3), direction, tuple(reasons))
