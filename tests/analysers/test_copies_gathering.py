"""Copies: what is taken from several places of a document and put together is one passage."""

from __future__ import annotations

from testimonia.analysers import copies
from testimonia.text import Document, passages_of

SENTENCES = [
    "The miller of Orrin counted eleven drowned sheep below the weir before breakfast.",
    "Governor Hale Tamsin forbade every lantern on the quay until the smugglers were hanged.",
    "A cartload of broken clocks arrived from Brennock and nobody would sign for it.",
    "Three widows bought the abandoned chapel and opened a school for bargemen inside.",
    "Frost split the great bell on the night the ferry company declared itself bankrupt.",
    "Doctor Ambel Quist prescribed honey, silence and long walks against the coughing fever.",
]


def filler(count: int, name: str) -> str:
    """So many words that stand nowhere else."""
    return " ".join(f"{name}{i}x" for i in range(count)) + "."


def found(*texts: str) -> list[tuple[str, str]]:
    documents = [Document(f"d{i}", text, passages_of(text)) for i, text in enumerate(texts)]
    return [
        (texts[0][c.a.start : c.a.end], texts[1][c.b.start : c.b.end])
        for c in copies.find(documents)
        if (c.a.document, c.b.document) == ("d0", "d1")
    ]


def test_sentences_in_another_order_are_one_copy() -> None:
    straight, turned = " ".join(SENTENCES), " ".join(SENTENCES[i] for i in (3, 0, 5, 2, 4, 1))
    ((a, b),) = found(
        f"{filler(60, 'k')} {straight} {filler(60, 'l')}", f"{filler(60, 'm')} {turned} {filler(60, 'n')}"
    )
    assert (a, b) == (straight[:-1], turned[:-1])


def test_a_summary_of_places_near_each_other_is_one_copy() -> None:
    source = " ".join(f"{sentence} {filler(25, f'k{i}')}" for i, sentence in enumerate(SENTENCES))
    summary = " ".join(SENTENCES)
    ((a, b),) = found(source, f"{filler(60, 'm')} {summary} {filler(60, 'n')}")
    assert b == summary[:-1]
    assert (a.split()[0], a.split()[-1]) == ("The", "fever")


def test_quotations_from_far_apart_stay_apart() -> None:
    source = f"{SENTENCES[0]} {filler(600, 'k')} {SENTENCES[1]}"
    assert found(source, f"{filler(60, 'm')} {SENTENCES[1]} {SENTENCES[0]} {filler(60, 'n')}") == [
        (s[:-1], s[:-1]) for s in SENTENCES[:2]
    ]


def test_long_passages_that_follow_one_another_stay_apart() -> None:
    first, second = (" ".join(f"{name}{i}q" for i in range(150)) for name in "vw")
    source = f"{first} {filler(80, 'k')} {second}"
    assert found(source, f"{filler(60, 'm')} {second} {first} {filler(60, 'n')}") == [(first, first), (second, second)]
