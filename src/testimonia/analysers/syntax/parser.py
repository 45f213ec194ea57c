"""The tagger and parser at run time: two layers of LSTM and biaffine attention (Dozat and Manning 2017), in numpy.

Trained by ``training/syntax.py``. Sentences are computed in batches of one document, so that the same document always
gives the same trees.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from testimonia import language
from testimonia.analysers.syntax.tokens import normal, shape, tokens_of
from testimonia.analysers.syntax.trees import Tree, heads_of
from testimonia.text import Span

LONGEST = 160  # tokens of a sentence; what is longer is parsed in pieces
_BATCH = 64  # sentences
_Array = NDArray[np.float32]


class _Sentences(msgspec.Struct):
    titles: list[str]
    shortened: list[str]


@cache
def parser(code: str) -> Parser | None:
    """The parser of a language; None where the language has no weights."""
    stored = language.arrays(code, "syntax")
    if stored is None:
        return None
    words = language.read(code, "sentences", _Sentences)
    return Parser(stored, frozenset(words.titles) | frozenset(words.shortened))


class Parser:
    """``parse`` gives trees; weights are float32 and laid out for ``x @ weight``."""

    def __init__(self, stored: dict[str, NDArray[np.generic]], shortened: frozenset[str]) -> None:
        self.shortened = shortened
        self.numbers = {
            name: {w: i for i, w in enumerate(str(stored[f"words.{name}"]).split("\n"), 1)}
            for name in ("word", "suffix", "prefix", "shape")
        }
        self.tags = str(stored["tags"]).split("\n")
        self.rels = str(stored["rels"]).split("\n")
        net = {key[4:]: value.astype(np.float32) for key, value in stored.items() if key.startswith("net.")}
        self.embed = {name: net[f"embed.{name}.weight"] for name in self.numbers}
        self.layers = [self._layer(net, k) for k in range(2)]
        self.linear = {
            name: (np.ascontiguousarray(net[f"{name}.weight"].T), net[f"{name}.bias"])
            for name in ("tag", "arc_d", "arc_h", "rel_d", "rel_h")
        }
        self.root, self.arc, rel = net["root"], net["arc"], net["rel"]
        self.rel = np.ascontiguousarray(rel.transpose(1, 0, 2).reshape(rel.shape[1], -1))  # (d, relations * e)

    @staticmethod
    def _layer(net: dict[str, _Array], k: int) -> tuple[_Array, _Array, _Array]:
        """Weights of both directions; the gates in the order in, forget, out, cell, so that one sigmoid does three."""
        hidden = net["lstm.weight_hh_l0"].shape[1]
        order = np.concatenate([np.arange(hidden * g, hidden * (g + 1)) for g in (0, 1, 3, 2)])
        names = [f"l{k}{way}" for way in ("", "_reverse")]
        into = np.stack([net[f"lstm.weight_ih_{name}"][order].T for name in names])
        over = np.stack([net[f"lstm.weight_hh_{name}"][order].T for name in names])
        bias = np.stack([(net[f"lstm.bias_ih_{name}"] + net[f"lstm.bias_hh_{name}"])[order] for name in names])
        return np.ascontiguousarray(into), np.ascontiguousarray(over), bias[:, None, :]

    def parse(self, text: str, sentences: Iterable[Span]) -> list[list[Tree]]:
        """The tree of each sentence, in order; several for more than ``LONGEST`` tokens, none for an empty one."""
        owner: list[int] = []
        cut: list[list[Span]] = []
        found: list[list[Tree]] = []
        for number, s in enumerate(sentences):
            found.append([])
            spans = tokens_of(text, s.start, s.end, self.shortened)
            for i in range(0, len(spans), LONGEST):
                cut.append(spans[i : i + LONGEST])
                owner.append(number)
        order = sorted(range(len(cut)), key=lambda i: -len(cut[i]))
        trees: dict[int, Tree] = {}
        for at in range(0, len(order), _BATCH):
            batch = order[at : at + _BATCH]
            trees.update(zip(batch, self._trees(text, [cut[i] for i in batch]), strict=True))
        for i, number in enumerate(owner):
            found[number].append(trees[i])
        return found

    def _trees(self, text: str, batch: Sequence[list[Span]]) -> list[Tree]:
        words = [[normal(text[s.start : s.end]) for s in spans] for spans in batch]
        lengths = [len(spans) for spans in batch]
        states = self._states(words, lengths)  # (tokens, 2 * hidden), sentence after sentence
        tags = self._apply("tag", states).argmax(1)
        relu = {name: np.maximum(self._apply(name, states), 0) for name in ("arc_d", "arc_h", "rel_d", "rel_h")}
        roots = {name: np.maximum(self._apply(name, self.root[None, :]), 0) for name in ("arc_h", "rel_h")}
        arcs = relu["arc_d"] @ self.arc[:-1] + self.arc[-1]
        trees, begin = [], 0
        for spans, forms, n in zip(batch, words, lengths, strict=True):
            rows = slice(begin, begin + n)
            heads = heads_of(arcs[rows] @ np.concatenate([roots["arc_h"], relu["arc_h"][rows]]).T)
            rels = self._relations(relu["rel_d"][rows], np.concatenate([roots["rel_h"], relu["rel_h"][rows]]), heads)
            lower = [form.lower() for form in forms]
            trees.append(Tree(list(spans), lower, [self.tags[t] for t in tags[rows]], heads, rels, text))
            begin += n
        return trees

    def _apply(self, name: str, x: _Array) -> _Array:
        weight, bias = self.linear[name]
        return x @ weight + bias

    def _relations(self, d: _Array, h: _Array, heads: list[int]) -> list[str]:
        n = len(heads)
        chosen = h[np.array(heads) + 1]
        left = (d @ self.rel[:-1] + self.rel[-1]).reshape(n, len(self.rels), -1)
        scores = np.matmul(left[:, :, :-1], chosen[:, :, None])[:, :, 0] + left[:, :, -1]
        return [self.rels[k] for k in scores.argmax(1)]

    def _states(self, words: Sequence[list[str]], lengths: list[int]) -> _Array:
        """``lengths`` go down, so that the sentences still running at a step are the first ones."""
        longest, count = lengths[0], len(lengths)
        ids = {name: np.zeros((longest, count), dtype=np.int64) for name in self.numbers}
        for b, forms in enumerate(words):
            for i, form in enumerate(forms):
                lower = form.lower()
                ids["word"][i, b] = self.numbers["word"].get(lower, 0)
                ids["suffix"][i, b] = self.numbers["suffix"].get(lower[-3:], 0)
                ids["prefix"][i, b] = self.numbers["prefix"].get(lower[:3], 0)
                ids["shape"][i, b] = self.numbers["shape"].get(shape(form), 0)
        x = np.concatenate([self.embed[name][ids[name]] for name in ("word", "suffix", "prefix", "shape")], -1)
        running = [sum(n > t for n in lengths) for t in range(longest)]
        back = np.zeros((longest, count), dtype=np.int64)  # where a step of the way back stands
        for b, n in enumerate(lengths):
            back[:n, b] = np.arange(n - 1, -1, -1)
        columns = np.arange(count)[None, :]
        for into, over, bias in self.layers:
            ahead, behind = _run(np.stack([x, x[back, columns]]), into, over, bias, running)
            x = np.concatenate([ahead, behind[back, columns]], -1)
        return np.concatenate([x[:n, b] for b, n in enumerate(lengths)])


def _run(x: _Array, into: _Array, over: _Array, bias: _Array, running: list[int]) -> _Array:
    """One layer, both directions at once: ``x`` is (2, steps, sentences, features)."""
    hidden = over.shape[1]
    _, steps, count, _ = x.shape
    gates = (np.matmul(x.reshape(2, steps * count, -1), into) + bias).reshape(2, steps, count, 4 * hidden)
    out = np.zeros((2, steps, count, hidden), dtype=np.float32)
    h, c = np.zeros((2, count, hidden), dtype=np.float32), np.zeros((2, count, hidden), dtype=np.float32)
    for t, n in enumerate(running):
        now = gates[:, t, :n] + np.matmul(h[:, :n], over)
        kept = _sigmoid(now[:, :, : 3 * hidden])
        c = kept[:, :, hidden : 2 * hidden] * c[:, :n] + kept[:, :, :hidden] * np.tanh(now[:, :, 3 * hidden :])
        h = kept[:, :, 2 * hidden :] * np.tanh(c)
        out[:, t, :n] = h
    return out


def _sigmoid(x: _Array) -> _Array:
    half: _Array = np.tanh(x * np.float32(0.5)) * np.float32(0.5) + np.float32(0.5)
    return half
