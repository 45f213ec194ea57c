"""How likely a candidate is an indirect quotation: a logistic model over features that a person can read.

The weights are ``language/<code>/judge.yml``, trained by ``training/quotations.py``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache

import msgspec

from testimonia import language
from testimonia.analysers.quotations.candidates import Candidate
from testimonia.analysers.quotations.lexicon import Lexicon

_FRAMES = {
    "clause": ("clause", "that"),
    "bare": ("clause",),
    "parenthesis": ("clause", "that", "utterance"),
    "infinitive": ("infinitive", "addressed"),
    "matter": ("matter",),
    "as": ("as",),
    "naming": ("naming",),
    "xcomp": ("naming", "matter"),
}


class _Weights(msgspec.Struct, forbid_unknown_fields=True):
    about: dict[str, object]
    threshold: float
    weights: dict[str, float]
    edges: dict[str, float]


@cache
def judge(code: str) -> Judge:
    rules = language.read(code, "judge", _Weights)
    return Judge(rules.weights, rules.edges, rules.threshold)


class Judge:
    """``saying`` (0 to 1): whether the cue introduces a quotation of this kind; ``threshold``: from where on it counts.

    ``fitting`` compares contents of one cue: the greater, the likelier are its edges right.
    """

    def __init__(self, weights: dict[str, float], edges: dict[str, float], threshold: float) -> None:
        self.weights = weights
        self.edges = edges
        self.threshold = threshold

    def saying(self, features: list[str]) -> float:
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, sum(self.weights.get(f, 0.0) for f in features)))))

    def fitting(self, features: list[str]) -> float:
        return sum(self.edges.get(f, 0.0) for f in features)


def features(c: Candidate, lexicon: Lexicon, kind_of: Callable[[int, int], str]) -> list[str]:
    """The features of a candidate; ``kind_of`` tells what kind of actor a stretch of the text names, "" for none."""
    tree, cue = c.tree, c.cue[0]
    listed = is_listed(c, lexicon)
    known = c.lemma in lexicon.bases or c.lemma in lexicon.nouns or c.frame == "phrase"
    lemma = c.lemma if known else "*"
    source = _source(c, lexicon, kind_of)
    sense = lexicon.senses.get(c.lemma, "-")
    head = c.head
    found = [
        "bias", f"frame={c.frame}", f"{c.frame} lemma={lemma}", f"lemma={lemma}", f"{c.frame} listed={listed}",
        f"{c.frame} sense={sense}", f"sense={sense}", f"{c.frame} sense={sense} source={source}",
        f"{c.frame} sense={sense} tag={tree.tag[cue]}", f"{c.frame} listed={listed} source={source}",
        f"{c.frame} listed={listed} tag={tree.tag[cue]}",
        f"{c.frame} link={c.link}", f"source={source}", f"{c.frame} source={source}", f"tag={tree.tag[cue]}",
        f"rel={tree.rel[cue]}", f"{c.frame} content={tree.tag[head]}", f"content rel={tree.rel[head]}",
        f"{c.frame} length={c.length}", f"{c.frame} passive={c.passive}",
    ]  # fmt: skip
    for k in tree.children[cue]:
        if tree.rel[k] in ("aux", "advmod") and (tree.rel[k] == "aux" or tree.lower[k] in ("not", "n't", "never")):
            found.append(f"{tree.rel[k]}={tree.lower[k]}")
            found.append(f"{c.frame} {tree.rel[k]}={tree.lower[k]}")
    if c.frame in ("matter", "with", "noun of", "as", "naming"):
        found += _of_phrase(c, lexicon, kind_of)
    else:
        own = next((k for k in tree.children[head] if tree.rel[k].startswith("nsubj")), None)
        pronoun = tree.lower[own] if own is not None and tree.tag[own] == "PRP" else "-"
        found.append(f"{sense} content subject={pronoun}")
        found.append(f"content subject={tree.tag[own] if own is not None else '-'}")
        found += [f"{c.frame} content aux={tree.lower[k]}" for k in tree.children[head] if tree.rel[k] == "aux"]
    if any(tree.lower[k] == '"' for k in c.content):
        found.append(f"{c.frame} marks")
    if c.frame == "parenthesis":
        alone = _stands_alone(c)
        found += [f"parenthesis alone={alone} sense={sense}", f"parenthesis alone={alone}"]
    if c.person is not None:
        found.append(f"{c.frame} person={tree.tag[c.person]}")
    if tree.lower[-1] == "?":
        found.append("question")
    return found


def is_listed(c: Candidate, lexicon: Lexicon) -> bool:
    form = " ".join(c.tree.lower[k] for k in c.cue)
    frames = lexicon.verbs.get(form) or lexicon.pairs.get(form.split(" ")[0], {}).get(
        form.partition(" ")[2], frozenset()
    )
    if c.frame == "with":
        return bool(frames & {f"with:{c.link}", f"person:{c.link}"})
    return bool(frames.intersection(_FRAMES.get(c.frame, ())))


def _stands_alone(c: Candidate) -> bool:
    """Whether nothing but the speaker and the cue stands between two commas, or a comma and the end."""
    tree, cue = c.tree, c.cue
    if c.source is None:
        return False
    first, last = min(c.source[0], cue[0]), max(c.source[1], cue[-1])
    opens = first > 0 and tree.lower[first - 1] == ","
    closes = last + 1 >= len(tree) or tree.lower[last + 1] in (",", ".", "?", "!")
    between = set(range(first, last + 1)) - set(range(c.source[0], c.source[1] + 1)) - set(cue)
    return opens and closes and all(tree.tag[k] in ("RB", "MD", "VBD", "VBZ", "VBP") for k in between)


def _source(c: Candidate, lexicon: Lexicon, kind_of: Callable[[int, int], str]) -> str:
    if c.source is None:
        return "none"
    tree, (low, high) = c.tree, c.source
    if low == high and tree.tag[low] in ("PRP", "PRP$", "DT", "WP", "EX"):
        return tree.lower[low]
    kind = kind_of(tree.spans[low].start, tree.spans[high].end)
    if any(tree.lower[k] in lexicon.words.sources for k in range(low, high + 1)):
        return f"listed {kind}"
    return kind or ("name" if any(tree.tag[k].startswith("NNP") for k in range(low, high + 1)) else "noun")


def _of_phrase(c: Candidate, lexicon: Lexicon, kind_of: Callable[[int, int], str]) -> list[str]:
    tree, head = c.tree, c.head
    first = min(c.content)
    kind = kind_of(tree.spans[head].start, tree.spans[head].end)
    lower = tree.lower[head]
    ending = lower[-3:] if tree.tag[head] in ("NN", "NNS") and len(lower) > 5 else "-"
    determiner = next((tree.lower[k] for k in tree.children[head] if tree.rel[k] in ("det", "nmod:poss")), "-")
    return [
        f"{c.frame} content kind={kind}", f"{c.frame} content ending={ending}", f"{c.frame} determiner={determiner}",
        f"{c.frame} content noun={lower in lexicon.nouns}", f"{c.frame} first={tree.tag[first]}",
        f"{c.frame} more={any(tree.rel[k] in ('acl', 'acl:relcl', 'nmod') for k in tree.children[head])}",
    ]  # fmt: skip
