"""Subjects and noun phrases in a tree: who does what a verb says, and where the phrase that names them ends."""

from __future__ import annotations

from dataclasses import dataclass

from testimonia.analysers.syntax import Tree

_SUBJECTS = ("nsubj", "nsubj:pass", "csubj")
_SHARED = ("conj", "xcomp", "advcl", "parataxis")  # relations over which a verb has the subject of the one above
_OUTSIDE = frozenset(
    ("acl:relcl", "punct", "parataxis", "cc", "conj", "appos", "dep", "advcl", "ccomp", "discourse", "cop")
)
_RELATIVE = frozenset(("who", "which", "that", "whom"))
_FARTHEST = 4  # verbs up to the one that has the subject


@dataclass(frozen=True, slots=True)
class Subject:
    token: int
    passive: bool  # of the verb asked for
    expletive: bool  # it, there: nobody


def subject(tree: Tree, verb: int) -> Subject | None:
    """The subject of a verb, its own or the one it shares with the verb above it."""
    passive = tree.child(verb, "aux:pass", "nsubj:pass", "obl:agent") is not None or _is_bare_participle(tree, verb)
    at = verb
    for _ in range(_FARTHEST):
        own = tree.child(at, *_SUBJECTS)
        if own is not None:
            return Subject(_antecedent(tree, own, at), passive, tree.child(at, "expl") is not None and own > at)
        if tree.child(at, "expl") is not None:
            return Subject(at, passive, True)
        rel, head = tree.rel[at], tree.head[at]
        if head < 0:
            return None
        if rel in ("acl", "acl:relcl"):
            return Subject(head, passive, False) if tree.tag[at] == "VBG" or passive else None
        if rel == "xcomp" and (person := tree.child(head, "obj", "iobj")) is not None:
            return Subject(person, passive, False)
        if rel not in _SHARED:
            return None
        at = head
    return None


def _is_bare_participle(tree: Tree, verb: int) -> bool:
    """A theory advanced by X: a past participle that hangs on a noun without an auxiliary."""
    return tree.tag[verb] == "VBN" and tree.rel[verb] == "acl" and tree.child(verb, "aux") is None


def _antecedent(tree: Tree, own: int, verb: int) -> int:
    """For "critics who say" the critics."""
    head = tree.head[verb]
    if tree.lower[own] in _RELATIVE and tree.rel[verb] == "acl:relcl" and head >= 0:
        return head
    return own


def noun_phrase(tree: Tree, head: int, without_case: bool = False, first: int = 0) -> tuple[int, int] | None:
    """First and last token of the phrase of ``head``, without clauses, remarks and what a comma adds to it.

    ``without_case`` leaves out the preposition before it; ``first`` is the first token it may have.
    """
    low = high = head
    for k in tree.children[head]:
        if tree.rel[k] in ("case", "mark") and (without_case or tree.lower[k] in ("'s", "'")):
            continue
        if tree.rel[k] in _OUTSIDE and not (tree.rel[k] == "conj" and _is_list(tree, k)):
            continue
        begin, end = tree.reach[k]
        if k > head and "punct" in {tree.rel[j] for j in range(high + 1, begin + 1)}:
            continue
        if k > head and tree.rel[k] == "acl" and tree.tag[k] == "VBG":
            continue
        low, high = min(low, begin), max(high, end)
    low, high = _unbroken(tree, head, max(low, first), high)
    while low < high and tree.rel[low] in ("punct", "case", "cc") and tree.head[low] == head:
        low += 1
    while high > low and tree.rel[high] == "punct":
        high -= 1
    return (low, high) if low <= high else None


def _unbroken(tree: Tree, head: int, low: int, high: int) -> tuple[int, int]:
    """The stretch around the head without a gap: a tree may hang on it what stands beyond its verb."""
    begin = end = head
    while begin > low and tree.under(begin - 1, head):
        begin -= 1
    while end < high and tree.under(end + 1, head):
        end += 1
    return max(begin, low), end


def _is_list(tree: Tree, k: int) -> bool:
    """Names and nouns joined by "and" speak together."""
    return tree.tag[k].startswith(("NN", "PRP"))
