"""The words of a sentence and its clauses: how commas, joining words and verbs divide it. Linear in its length."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from testimonia.analysers.events.rules import Rules
from testimonia.text import Span

if TYPE_CHECKING:
    from testimonia.analysers.events.triggers import Trigger

_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|[,;:()\[\]—–]")
_MARKS = dict.fromkeys(",()[]—–", "mark") | dict.fromkeys(";:", "stop")
_ADVERBS = 2  # words between an article and a form that tells of its noun
_SHORTEST = 5  # letters of a word that may be told for a verb by its ending alone


@dataclass(slots=True)
class Clause:
    """A verb with what goes with it: pieces of the sentence, which another clause may interrupt.

    ``opener``: "main", "coordinate" (goes on with the clause before), "relative" (about the noun before) or
    "subordinate"; ``loose``: whether a mark stands before it. Pieces are ranges of words.
    """

    opener: str
    loose: bool
    pieces: list[tuple[int, int]] = field(default_factory=list)
    verbal: bool = False
    verb: int = 0  # its first word that shows that something is told

    @property
    def first(self) -> int:
        return self.pieces[0][0]


class _Piece(NamedTuple):
    first: int
    last: int  # exclusive
    opener: str
    mark: bool
    verbal: bool


class Sentence:
    """A sentence as its words and clauses.

    ``words``: in lower case, and marks, with their ``starts`` and ``ends`` in the text. ``clauses``: in the order in
    which they begin. ``clause_of``: the number of each word's clause.
    """

    def __init__(self, text: str, span: Span, rules: Rules) -> None:
        self.text, self.span, self.rules = text, span, rules
        places = [m.span() for m in _TOKEN.finditer(text, *span)]
        self.starts, self.ends = [start for start, _ in places], [end for _, end in places]
        self.words = [text[start:end].lower() for start, end in places]
        modals = rules["modals"]
        for i, word in enumerate(self.words):
            dated = text[self.ends[i] : self.ends[i] + 2].strip()[:1].isdigit()
            if (i or dated) and word in modals and text[self.starts[i]].isupper():  # May, Will: a name
                self.words[i] = text[self.starts[i] : self.ends[i]]
        told = [
            tells(word, rules) and not (_reduced(self.words, i, rules) or of_noun(self.words, i, rules))
            for i, word in enumerate(self.words)
        ]
        self.clauses = _clauses(_pieces(self.words, told, rules), self.words, rules)
        self.clause_of = [0] * len(self.words)
        for number, clause in enumerate(self.clauses):
            clause.verb = clause.pieces[-1][1]
            for first, last in clause.pieces:
                self.clause_of[first:last] = [number] * (last - first)
                clause.verb = min(clause.verb, next((i for i in range(first, last) if told[i]), clause.verb))
        self.verbs: dict[int, Trigger | None] = {}  # clause -> its verb, as far as it was asked for

    def stretches(self, clause: int) -> list[tuple[int, int]]:
        """Where a clause stands in the text."""
        pieces = self.clauses[clause].pieces
        return [(self.starts[first], self.ends[last - 1]) for first, last in pieces if last > first]

    def pair(self, i: int) -> str:
        """The word before and this one."""
        return f"{self.words[i - 1]} {self.words[i]}" if 0 < i < len(self.words) else ""


def tells(word: str, rules: Rules) -> bool:
    """Whether the word is a verb that shows that something is told."""
    return word in rules.telling or (word.endswith(rules.past_ending) and ends_in_past(word, rules))


def ends_in_past(word: str, rules: Rules) -> bool:
    return len(word) >= _SHORTEST and word.endswith(rules.past_ending) and word not in rules["no_past"]


def of_noun(words: list[str], i: int, rules: Rules) -> bool:
    """The newly created post: a past form between an article and its noun, which tells nothing."""
    if not ends_in_past(words[i], rules) or (i + 1 < len(words) and words[i + 1] in rules["agents"]):
        return False
    first = i - 1
    while first > max(0, i - _ADVERBS) and words[first].endswith(rules.adverb_ending):
        first -= 1
    return first >= 0 and (words[first] in rules["articles"] or words[first] in rules["possessives"])


def _pieces(words: list[str], told: list[bool], rules: Rules) -> list[_Piece]:
    """The stretches between marks and joining words; a mark and the word after it open one piece together.

    ``told``: which words show that something is told.
    """
    out: list[_Piece] = []
    first, opener, mark, verbal = 0, "main", False, False
    for i, word in enumerate(words):
        kind = _MARKS.get(word) or rules.openers.get(word)
        if kind is None:
            verbal = verbal or told[i]
            continue
        if i > first and not (mark and i == first + 1 and word not in _MARKS):
            out.append(_Piece(first, i, opener, mark, verbal))
            first, opener, mark, verbal = i, "coordinate", False, False
        if word in _MARKS:
            mark, opener = True, "main" if kind == "stop" else "coordinate"
        else:
            opener = kind
    out.append(_Piece(first, len(words), opener, mark, verbal))
    return out


def _reduced(words: list[str], i: int, rules: Rules) -> bool:
    """A party led by him: a form before an agent without an auxiliary makes no clause."""
    agent = i + 1 < len(words) and words[i + 1] in rules["agents"]
    return agent and (i == 0 or words[i - 1] not in rules.auxiliaries)


def _clauses(pieces: list[_Piece], words: list[str], rules: Rules) -> list[Clause]:
    """Pieces without a verb belong to the clause before, or to the one that they begin."""
    out: list[Clause] = []
    opened: Clause | None = None  # begun, its verb still to come
    told = max((n for n, piece in enumerate(pieces) if piece.verbal), default=-1)
    for n, piece in enumerate(pieces):
        span = (piece.first, piece.last)
        beside = piece.opener in ("relative", "subordinate")
        if piece.verbal and (opened is None or (beside and opened.pieces)):
            out.append(Clause(piece.opener, piece.mark, [span], True))
        elif opened is not None and (n <= told or piece.opener == "main" or opened is out[-1]):
            opened.pieces.append(span)
            if piece.verbal:
                opened.verbal = True
                opened = None
        elif (
            not out
            or piece.opener == "main"
            or (beside and _opens(piece, words, rules))
            or _begins(piece, pieces, n, words, rules)
        ):
            opened = Clause(piece.opener if out else "main", piece.mark, [span])
            out.append(opened)
        else:
            out[-1].pieces.append(span)
    return out


def _opens(piece: _Piece, words: list[str], rules: Rules) -> bool:
    """When Hungary, Slovakia and Romania joined: a clause whose verb is still to come; after the war is none."""
    opening = set(words[piece.first : min(piece.last, piece.first + 2)])
    return not opening & rules["prepositions"]


def _begins(piece: _Piece, pieces: list[_Piece], n: int, words: list[str], rules: Rules) -> bool:
    """… and in 1921, after the war, he fled: whether a piece without a verb begins the clause that follows."""
    i = piece.first
    while i < piece.last - 1 and (words[i] in _MARKS or words[i] in rules["coordinators"]):
        i += 1
    ranged = words[i] in rules["between"]  # and, between 1929 and 1934, they surrendered
    follows = any(p.mark and p.opener in ("coordinate", "main") for p in pieces[n + 1 : n + 2 + ranged])
    return i > piece.first and follows and (ranged or words[i] in rules["locatives"])
