"""Trains the weights by which ``testimonia.analysers.quotations.dialogue`` chooses a speaker, and writes them.

    python -m training.speakers --data FOLDER [--folds 5]

FOLDER holds ``quotations/litbank.jsonl`` (LitBank, CC BY 4.0) and ``quotations/own-*.jsonl`` (the project's own
annotation). A conditional logistic model over the candidates of each turn whose tag does not name its speaker; the
speakers of the turns around are taken from the annotation. Weights are drawn towards those set by hand (``start`` in
the file), so that what the data do not show keeps its value. ``--folds`` prints the accuracy of a cross-validation by
document, of the weights set by hand and of the trained ones.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from testimonia.analysers import actors, quotations, times
from testimonia.analysers.quotations import turns as turns_module
from testimonia.analysers.quotations.dialogue.cast import Cast
from testimonia.analysers.quotations.dialogue.decode import NO_ONE, Decoder, follow
from testimonia.analysers.quotations.dialogue.features import is_open
from testimonia.analysers.quotations.dialogue.resolve import Dialogue
from testimonia.analysers.quotations.dialogue.turns import Turn
from testimonia.findings import Findings
from testimonia.text import Document, passages_of

OUT = Path(__file__).parent.parent / "src/testimonia/language/en/dialogue_weights.yml"
SETS = ("litbank", "own-news", "own-biographies", "own-interviews", "own-histories", "own-papers")
EPOCHS, RATE, TIE = 10, 0.1, 0.1  # TIE: how strongly a weight is drawn to the one set by hand
RUNS = 8
LEAST = 0.5  # share of the words that a quotation and an annotated one have in common

# Not trained: LitBank has no paragraphs, and the turns of other texts follow each other in paragraphs.
KEPT = re.compile(r".:(?:again|back|new|first|known|called before|narrator|absent) ?")

Weights = dict[str, float]


@dataclass
class Problem:
    """A document: its decoder, and for each turn the annotated person, None where it is not known."""

    name: str
    decoder: Decoder
    gold: list[int | None]


def documents(data: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in SETS:
        with (data / "quotations" / f"{name}.jsonl").open(encoding="utf-8") as file:
            for line in file:
                yield name, json.loads(line)


def problem(name: str, row: dict[str, Any]) -> Problem | None:
    seen: list[Dialogue] = []

    class Recorder(Dialogue):
        def _resolve(self) -> None:
            seen.append(self)
            super()._resolve()

    turns_module.Dialogue = Recorder  # type: ignore[misc]
    document = Document(row["id"], row["text"], passages_of(row["text"]), date=row.get("date"))
    quotations.find(document, actors.find(document, times.find(document, Findings())))
    if not seen:
        return None
    dialogue = seen[0]
    found = [gold_of(dialogue.cast, turn, row) for turn in dialogue.turns]
    return Problem(name, dialogue.decoder, found)


def gold_of(cast: Cast, turn: Turn, row: dict[str, Any]) -> int | None:
    """The annotated speaker of a turn as one of the cast."""
    spans = [span for draft in turn.drafts for span in draft.spans]
    for quotation in row["quotations"]:
        shared = sum(max(0, min(s.end, e) - max(s.start, b)) for s in spans for b, e in quotation["spans"])
        whole = sum(e - b for b, e in quotation["spans"])
        if shared >= LEAST * whole and quotation.get("speaker_name"):
            return person_of(cast, quotation["speaker_name"], row)
    return None


def person_of(cast: Cast, name: str, row: dict[str, Any]) -> int | None:
    mentions = (row.get("entities") or {}).get(name)
    if mentions:
        starts = {m[1] for m in mentions if m[3] != "PRON"}
        counts: dict[int, int] = defaultdict(int)
        for sight in (*cast.narrated, *cast.spoken):
            if sight.end in starts and sight.form != "pronoun":
                counts[sight.person] += 1
        if counts:
            return max(counts, key=lambda p: (counts[p], -p))
    plain = words_of(name)
    able = [
        n
        for n, p in enumerate(cast.persons)
        if words_of(p.name) == plain or (plain and words_of(p.name)[-1:] == plain[-1:])
    ]
    exact = [n for n in able if words_of(cast.persons[n].name) == plain]
    return exact[0] if len(exact) == 1 else able[0] if len(able) == 1 else None


def words_of(name: str) -> list[str]:
    return re.findall(r"\w+", re.sub(r"-\d+$", "", name.replace("_", " ")).lower())


# ---------------------------------------------------------------- learning


def set_weights(decoder: Decoder, weights: Weights) -> None:
    decoder.weights = weights
    for number, turn in enumerate(decoder.turns):
        if is_open(turn):
            for choice in decoder.choices[number]:
                choice.score = sum(weights.get(f, 0.0) for f in choice.features)
            decoder.choices[number].sort(key=lambda c: (-c.score, c.person))


def persons_of(p: Problem) -> list[int]:
    """The speakers of all turns: as annotated, else as decoded."""
    path = p.decoder.best()
    return [
        g if g is not None else p.decoder.choices[n][k].person
        for n, (g, k) in enumerate(zip(p.gold, path, strict=True))
    ]


def all_features(decoder: Decoder, number: int, person: int, own: list[str], persons: list[int]) -> list[str]:
    """The features of a choice and of what follows what around it."""
    found = list(own)
    turns = decoder.turns
    for at in (number, number + 1, number + 2):
        if at >= len(turns):
            break
        who = [*persons[:number], person, *persons[number + 1 :]]
        last = who[at - 1] if at else NO_ONE
        second = who[at - 2] if at > 1 else NO_ONE
        before = turns[at - 1] if at else None
        if is_open(turns[at]):
            found.append(follow(turns[at], before, who[at], last, second))
        elif at > number and who[at] == last and turns[at].link == "next":
            found.append("K:again next")
    return found


def train(problems: list[Problem], start: Weights) -> Weights:
    """The mean of what several orders of the documents give: one alone is a matter of chance."""
    runs = [train_once(problems, start, seed) for seed in range(RUNS)]
    names = {name for weights in runs for name in weights}
    return {name: sum(weights.get(name, 0.0) for weights in runs) / RUNS for name in names}


def train_once(problems: list[Problem], start: Weights, seed: int) -> Weights:
    weights = dict(start)
    squares: dict[str, float] = defaultdict(lambda: 1.0)
    order = list(problems)
    shuffled = random.Random(seed)
    for _ in range(EPOCHS):
        shuffled.shuffle(order)
        for p in order:
            set_weights(p.decoder, weights)
            persons = persons_of(p)
            for number in range(len(p.gold)):
                learn(p, number, persons, weights, start, squares)
    return weights


def learn(
    p: Problem, number: int, persons: list[int], weights: Weights, start: Weights, squares: dict[str, float]
) -> None:
    gold = p.gold[number]
    choices = p.decoder.choices[number]
    if gold is None or not is_open(p.decoder.turns[number]) or all(c.person != gold for c in choices):
        return
    features = [all_features(p.decoder, number, c.person, c.features, persons) for c in choices]
    scores = [sum(weights.get(f, 0.0) for f in own) for own in features]
    top = max(scores)
    powers = [math.exp(s - top) for s in scores]
    change: dict[str, float] = defaultdict(float)
    for choice, own, power in zip(choices, features, powers, strict=True):
        error = (choice.person == gold) - power / sum(powers)
        for f in own:
            change[f] += error
    for f, c in change.items():
        if KEPT.match(f):
            continue
        step = c - TIE * (weights.get(f, 0.0) - start.get(f, 0.0))
        squares[f] += step * step
        weights[f] = weights.get(f, 0.0) + RATE * step / math.sqrt(squares[f])


def accuracy(problems: list[Problem], weights: Weights) -> dict[str, tuple[int, int]]:
    """{kind of turn: (right, all)} over the open turns whose speaker is annotated."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for p in problems:
        set_weights(p.decoder, weights)
        path = p.decoder.best()
        for number, gold in enumerate(p.gold):
            turn = p.decoder.turns[number]
            if gold is None or not is_open(turn):
                continue
            right = p.decoder.choices[number][path[number]].person == gold
            for kind in (turn.how, "all"):
                counts[kind][0] += right
                counts[kind][1] += 1
    return {kind: (right, of) for kind, (right, of) in sorted(counts.items())}


def cross_validation(problems: list[Problem], start: Weights, folds: int) -> None:
    order = list(problems)
    random.Random(3).shuffle(order)
    total: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for fold in range(folds):
        held = order[fold::folds]
        kept = [p for i, p in enumerate(order) if i % folds != fold]
        weights = train(kept, start)
        before, after = accuracy(held, start), accuracy(held, weights)
        for kind, (right, of) in after.items():
            for i, value in enumerate((before[kind][0], right, of)):
                total[kind][i] += value
    for kind, (by_hand, trained, of) in sorted(total.items()):
        print(f"{kind:4} by hand {100 * by_hand / of:5.1f}  trained {100 * trained / of:5.1f}  of {of}")


def write(out: Path, head: str, start: Weights, weights: Weights) -> None:
    lines = [head]
    for key, values in (("start", start), ("weights", weights)):
        lines.append(f"{key}:\n")
        lines += [f'  "{f}": {round(v, 3)}\n' for f, v in sorted(values.items()) if abs(v) >= 0.005]
    out.write_text("".join(lines), encoding="utf-8")


def head(data: Path) -> str:
    text = (
        "# Weights by which a speaker is chosen (analysers/quotations/dialogue). A feature is KIND:what; kinds: N no\n"
        "# tag, P a pronoun in the tag, R a pronoun before reported speech, D a description in it, K a name in it.\n"
        "# start: set by hand. weights: trained from them by training/speakers.py on LitBank (David Bamman et al.,\n"
        "# github.com/dbamman/litbank, CC BY 4.0) and the project's own annotation; the files by SHA-256:\n"
    )
    for name in SETS:
        digest = hashlib.sha256((data / "quotations" / f"{name}.jsonl").read_bytes()).hexdigest()
        text += f"#   {name}.jsonl {digest[:16]}\n"
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--folds", type=int, default=0, help="cross-validate instead of writing the weights")
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    start = yaml.safe_load(OUT.read_text(encoding="utf-8"))["start"]
    problems = [p for name, row in documents(args.data) if (p := problem(name, row)) is not None]
    if args.folds:
        cross_validation(problems, start, args.folds)
        return
    weights = train(problems, start)
    print(accuracy(problems, weights))
    write(args.out, head(args.data), start, weights)


if __name__ == "__main__":
    main()
