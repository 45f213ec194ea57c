"""Trains the judge of indirect quotations (``testimonia.analysers.quotations.judge``) and writes its weights.

    python -m training.quotations --data FOLDER

FOLDER holds ``quotations/own-*.jsonl`` (annotation of the project; texts CC BY, CC BY-SA or public domain); further
sentences are in sentences.txt beside this file. Logistic models with L2, by gradient descent on all examples; measured
by cross-validation over documents.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from testimonia import exchange
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.indirect import Indirect
from testimonia.analysers.quotations.speakers import Speakers
from testimonia.pipeline import analyse
from testimonia.text import Document

SETS = ("own-news", "own-biographies", "own-interviews", "own-histories", "own-papers", "own-speeches")
OUT = Path(__file__).parent.parent / "src/testimonia/language/en/judge.yml"
HEAD = """# Weights of the models that judge what is an indirect quotation, and its edges; by training/quotations.py.
# A feature is a line of analysers/quotations/judge.py: what is present adds its weight, the sum goes through the
# logistic function. Below the threshold a candidate is dropped.
"""


@dataclass
class Example:
    document: str
    cue: tuple[int, int]  # where it stands: contents of one cue are compared with each other
    features: list[str]
    edges: list[str]
    proposed: bool  # or an edge beside a proposed one
    iou: float  # with the annotated content that has this cue

    @property
    def right(self) -> bool:
        return self.iou >= 0.5


def examples(path: Path) -> list[Example]:
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        document = exchange.document_from_row({k: row.get(k) for k in ("id", "text", "date", "title")}, "")
        found += _of_document(document, row)
    return found


def _of_document(document: Document, row: dict[str, object]) -> list[Example]:
    before = analyse(document, frozenset({"actors", "times"}))
    ground = Ground(document, before)
    gold = [(set(_letters(q["spans"], document.text)), _cues(q)) for q in row["quotations"]]  # type: ignore[attr-defined, index]
    optional = [set(_letters([span], document.text)) for span in row.get("optional") or ()]  # type: ignore[attr-defined]
    found: list[Example] = []
    for c, spans, cue, features, edges in Indirect(ground, Speakers(ground)).candidates():
        letters = set(_letters(spans, document.text))
        at = set(range(cue[0][0], cue[-1][1]))
        near = [other for other, cues in gold if not cues or cues & at]
        iou = max((len(letters & other) / max(1, len(letters | other)) for other in near), default=0.0)
        if iou < 0.5 and any(len(letters & o) / max(1, len(letters | o)) >= 0.5 for o in optional):
            continue
        found.append(Example(document.id, (cue[0].start, cue[-1].end), features, edges, c.by != "edge", iou))
    return found


def of_sentences(path: Path) -> list[Example]:
    """The sentences of our own; see the head of the file."""
    found: list[Example] = []
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if line and not line.startswith("#"):
            text, spans = _unbraced(line)
            document = exchange.document_from_row({"id": f"sentence {n}", "text": text, "date": None}, "")
            rows = [{"spans": group, "cue": []} for group in spans]
            found += _of_document(document, {"quotations": rows})
    return found


def _unbraced(line: str) -> tuple[str, list[list[tuple[int, int]]]]:
    """The text without braces, and the contents; two contents around one verb (a passive with "as") are one."""
    text, spans, begin = "", [], 0
    for char in line:
        if char == "{":
            begin = len(text)
        elif char == "}":
            spans.append((begin, len(text)))
        else:
            text += char
    around = len(spans) == 2 and spans[0][0] == 0 and (" by " in text or text[spans[0][1]] == ",")
    return text, [spans] if around else [[span] for span in spans]


def _letters(spans: object, text: str) -> list[int]:
    return [k for s, e in spans for k in range(s, e) if text[k].isalnum()]  # type: ignore[attr-defined]


def _cues(q: dict[str, object]) -> set[int]:
    return {k for s, e in q["cue"] for k in range(s, e)}  # type: ignore[attr-defined]


def fit(data: list[list[str]], right: list[bool], strength: float, steps: int = 400) -> dict[str, float]:
    """Weights by feature; a feature must stand in two examples."""
    counts = Counter(f for x in data for f in set(x))
    names = sorted(f for f, n in counts.items() if n >= 2)
    number = {f: i for i, f in enumerate(names)}
    rows = [[number[f] for f in set(x) if f in number] for x in data]
    index = np.array([i for r in rows for i in r])
    owner = np.array([k for k, r in enumerate(rows) for _ in r])
    y = np.array(right, dtype=float)
    w, m, v = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, steps + 1):
        p = 1 / (1 + np.exp(-np.bincount(owner, w[index], len(rows))))
        g = np.bincount(index, (p - y)[owner], len(names)) + strength * w
        m, v = 0.9 * m + 0.1 * g, 0.99 * v + 0.01 * g * g
        w -= 0.05 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
    return {f: round(float(x), 3) for f, x in zip(names, w, strict=True) if abs(x) >= 0.02}


def fit_choice(
    groups: list[list[list[str]]], right: list[list[bool]], strength: float, steps: int = 300
) -> dict[str, float]:
    """Weights so that in each group the right one comes first: a softmax over the group."""
    counts = Counter(f for g in groups for x in g for f in set(x))
    names = sorted(f for f, n in counts.items() if n >= 3)
    number = {f: i for i, f in enumerate(names)}
    rows = [[number[f] for f in set(x) if f in number] for g in groups for x in g]
    index = np.array([i for r in rows for i in r])
    owner = np.array([k for k, r in enumerate(rows) for _ in r])
    group = np.array([k for k, g in enumerate(groups) for _ in g])
    y = np.array([r for g in right for r in g], dtype=float)
    w, m, v = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, steps + 1):
        z = np.exp(np.clip(np.bincount(owner, w[index], len(rows)), -30, 30))
        p = z / np.bincount(group, z)[group]
        hoped = p * y / np.maximum(np.bincount(group, p * y), 1e-9)[group]
        g = np.bincount(index, (p - hoped)[owner], len(names)) + strength * w
        m, v = 0.9 * m + 0.1 * g, 0.99 * v + 0.01 * g * g
        w -= 0.05 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.99**step)) + 1e-8)
    return {f: round(float(x), 3) for f, x in zip(names, w, strict=True) if abs(x) >= 0.02}


def by_cue(data: list[Example]) -> list[list[Example]]:
    groups: dict[tuple[str, tuple[int, int]], list[Example]] = {}
    for x in data:
        groups.setdefault((x.document, (x.cue[0], x.cue[0])), []).append(x)
    return list(groups.values())


def by_frame(group: list[Example]) -> list[list[Example]]:
    """The proposed contents of one cue by frame, each with the edges beside it; the proposed one comes first."""
    frames: dict[str, list[Example]] = {}
    for x in sorted(group, key=lambda x: not x.proposed):
        frames.setdefault(x.features[1], []).append(x)
    return [same for same in frames.values() if same[0].proposed]


def trained(data: list[Example], own: list[Example], strength: float) -> tuple[dict[str, float], dict[str, float]]:
    """(weights of saying, weights of edges); the edges learn from cues whose content was proposed more than once."""
    kinds = [same for group in by_cue(data + own) for same in by_frame(group)]
    saying = fit([same[0].features for same in kinds], [any(x.right for x in same) for same in kinds], strength)
    several = [group for group in by_cue(data + own) if len(group) > 1 and any(x.right for x in group)]
    best = [[x.iou >= max(y.iou for y in group) - 0.02 for x in group] for group in several]
    return saying, fit_choice([[x.edges for x in group] for group in several], best, strength)


def chosen(model: tuple[dict[str, float], dict[str, float]], data: list[Example]) -> list[tuple[float, Example]]:
    """For each cue its probability and the content that fits best."""
    found = []
    for group in by_cue(data):
        if not any(x.proposed for x in group):
            continue
        sure = max(1 / (1 + np.exp(-sum(model[0].get(f, 0.0) for f in x.features))) for x in group if x.proposed)
        found.append((float(sure), max(group, key=lambda x: sum(model[1].get(f, 0.0) for f in x.edges))))
    return found


def cross_validated(
    data: list[Example], own: list[Example], strength: float, folds: int = 8
) -> list[tuple[float, Example]]:
    """What is chosen by models that have not seen the document."""
    names = sorted({x.document for x in data}, key=lambda d: hashlib.sha256(d.encode()).hexdigest())
    fold = {d: i % folds for i, d in enumerate(names)}
    found = []
    for k in range(folds):
        model = trained([x for x in data if fold[x.document] != k], own, strength)
        found += chosen(model, [x for x in data if fold[x.document] == k])
    return found


def figures(
    found: list[tuple[float, Example]], gold: int, threshold: float, least: float
) -> tuple[float, float, float]:
    """Precision, recall and F1 of contents with at least the IoU ``least``."""
    taken = [x for p, x in found if p >= threshold]
    right = sum(x.iou >= least for x in taken)
    return right / max(1, len(taken)), right / max(1, gold), 2 * right / max(1, len(taken) + gold)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--strength", type=float, default=4.0)
    args = parser.parse_args()
    files = [args.data / "quotations" / f"{name}.jsonl" for name in SETS]
    data = [x for file in files for x in examples(file)]
    own = of_sentences(Path(__file__).parent / "sentences.txt")
    found = cross_validated(data, own, args.strength)
    gold = sum(any(x.right for x in group) for group in by_cue(data))
    print(len(data), "candidates,", gold, "annotated ones among them")
    steps = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
    for t in steps:
        print(t, *(" ".join(f"{v:.3f}" for v in figures(found, gold, t, least)) for least in (0.5, 0.8)))
    best = max(figures(found, gold, t, 0.8)[2] for t in steps)
    threshold = min(t for t in steps if figures(found, gold, t, 0.8)[2] >= best - 0.005)
    for low in np.arange(0, 1, 0.1):
        inside = [x.right for p, x in found if low <= p < low + 0.1]
        print(f"from {low:.1f}: {sum(inside) / max(1, len(inside)):.2f} right of {len(inside)}")
    saying, edges = trained(data, own, args.strength)
    about = {
        "made by": "python -m training.quotations",
        "trained on": {f.name: hashlib.sha256(f.read_bytes()).hexdigest()[:16] for f in files},
        "cross-validated F1": round(figures(found, gold, threshold, 0.8)[2], 3),
    }
    rules = {"about": about, "threshold": threshold, "weights": saying, "edges": edges}
    OUT.write_bytes(HEAD.encode() + msgspec.yaml.encode(rules))
    print(len(saying), "and", len(edges), "weights")


if __name__ == "__main__":
    main()
