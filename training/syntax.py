"""Trains the tagger and parser of ``testimonia.analysers.syntax`` and writes its weights.

    python -m training.syntax --data FOLDER [--epochs 15]

FOLDER holds ``actors/open/*.conllu.gz`` (UD English EWT, CC BY-SA 4.0; GUM without its non-commercial genres,
annotations CC BY 4.0). Needs the extra ``train``. The network: embeddings of the word, its first and last letters and
its shape, two layers of LSTM in both directions, a linear layer for the tag, and deep biaffine attention for heads and
relations (Dozat and Manning 2017). At run time numpy alone computes it.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from testimonia.analysers.syntax.tokens import normal, shape

TRAIN = ("ud-ewt-train.conllu.gz", "gum-train.conllu.gz")
DEV = ("ud-ewt-dev.conllu.gz", "gum-dev.conllu.gz")
OUT = Path(__file__).parent.parent / "src/testimonia/language/en/syntax.npz"
SIZES = {"word": 80, "suffix": 32, "prefix": 24, "shape": 8}
HIDDEN, LAYERS, ARC, REL = 128, 2, 128, 64
UNKNOWN = 0  # number of what was not seen
KEEP = frozenset({"nsubj:pass", "csubj:pass", "aux:pass", "acl:relcl", "nmod:poss", "obl:agent", "compound:prt"})


@dataclass
class Sentence:
    words: list[str]
    tags: list[str]
    heads: list[int]  # 0 is the root, else the number of the word counted from 1
    rels: list[str]
    document: int = 0  # its number in the file


def sentences(path: Path) -> Iterator[Sentence]:
    now, document = Sentence([], [], [], []), 0
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if len(cells) == 10 and cells[0].isdigit():
                now.words.append(normal(cells[1]))
                now.tags.append(cells[4])
                now.heads.append(int(cells[6]))
                now.rels.append(cells[7] if cells[7] in KEEP else cells[7].split(":")[0])
            elif not line.strip() and now.words:
                yield now
                now = Sentence([], [], [], [], document)
            elif line.startswith("# newdoc"):
                document += 1
                now.document = document


def features(word: str) -> dict[str, str]:
    lower = word.lower()
    return {"word": lower, "suffix": lower[-3:], "prefix": lower[:3], "shape": shape(word)}


def vocabulary(items: Counter[str], least: int) -> dict[str, int]:
    """Numbers from 1 on, the most frequent first."""
    return {
        w: i for i, w in enumerate((w for w, n in sorted(items.items(), key=lambda x: (-x[1], x[0])) if n >= least), 1)
    }


class Network(nn.Module):
    def __init__(self, sizes: dict[str, int], tags: int, rels: int) -> None:
        super().__init__()
        self.embed = nn.ModuleDict({name: nn.Embedding(n + 1, SIZES[name]) for name, n in sizes.items()})
        self.lstm = nn.LSTM(sum(SIZES.values()), HIDDEN, LAYERS, batch_first=True, bidirectional=True, dropout=0.33)
        self.tag = nn.Linear(2 * HIDDEN, tags)
        self.arc_d, self.arc_h = nn.Linear(2 * HIDDEN, ARC), nn.Linear(2 * HIDDEN, ARC)
        self.rel_d, self.rel_h = nn.Linear(2 * HIDDEN, REL), nn.Linear(2 * HIDDEN, REL)
        self.root = nn.Parameter(torch.zeros(2 * HIDDEN))
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.rel = nn.Parameter(torch.zeros(rels, REL + 1, REL + 1))
        nn.init.normal_(self.root, std=0.1)
        nn.init.orthogonal_(self.arc.data[:ARC])
        nn.init.normal_(self.rel, std=0.02)
        self.drop = nn.Dropout(0.33)

    def forward(self, ids: dict[str, Tensor], lengths: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        x = self.drop(torch.cat([self.embed[name](ids[name]) for name in SIZES], -1))
        packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        h, _ = nn.utils.rnn.pad_packed_sequence(self.lstm(packed)[0], batch_first=True)
        h = self.drop(h)
        rooted = torch.cat([self.root.expand(h.shape[0], 1, -1), h], 1)
        d, hd = self.drop(torch.relu(self.arc_d(h))), self.drop(torch.relu(self.arc_h(rooted)))
        ones = torch.ones(*d.shape[:2], 1)
        arcs = torch.cat([d, ones], -1) @ self.arc @ hd.transpose(1, 2)
        rd, rh = self.drop(torch.relu(self.rel_d(h))), self.drop(torch.relu(self.rel_h(rooted)))
        return self.tag(h), arcs, torch.cat([rd, ones], -1), torch.cat([rh, torch.ones(*rh.shape[:2], 1)], -1)

    def relations(self, rd: Tensor, rh: Tensor, heads: Tensor) -> Tensor:
        chosen = torch.gather(rh, 1, heads.unsqueeze(-1).expand(-1, -1, rh.shape[-1]))
        return torch.einsum("bnd,rde,bne->bnr", rd, self.rel, chosen)


class Data:
    def __init__(self, train: list[Sentence]) -> None:
        counts = {name: Counter[str]() for name in SIZES}
        for s in train:
            for w in s.words:
                for name, value in features(w).items():
                    counts[name][value] += 1
        least = {"word": 3, "suffix": 3, "prefix": 3, "shape": 5}
        self.vocabulary = {name: vocabulary(counts[name], least[name]) for name in SIZES}
        self.counts = counts["word"]
        self.tags = sorted({t for s in train for t in s.tags})
        self.rels = sorted({r for s in train for r in s.rels})

    def batches(self, data: list[Sentence], shuffle: bool, size: int = 1600) -> Iterator[list[Sentence]]:
        order = sorted(data, key=lambda s: len(s.words) + (random.random() * 4 if shuffle else 0))
        batches: list[list[Sentence]] = [[]]
        for s in order:
            if batches[-1] and (len(batches[-1]) + 1) * len(s.words) > size:
                batches.append([])
            batches[-1].append(s)
        if shuffle:
            random.shuffle(batches)
        return iter(batches)

    def tensors(self, batch: list[Sentence], drop: bool) -> tuple[dict[str, Tensor], Tensor, Tensor, Tensor, Tensor]:
        longest = max(len(s.words) for s in batch)
        ids = {name: torch.zeros(len(batch), longest, dtype=torch.long) for name in SIZES}
        tags, heads, rels = (torch.full((len(batch), longest), -100) for _ in range(3))
        tag_of, rel_of = {t: i for i, t in enumerate(self.tags)}, {r: i for i, r in enumerate(self.rels)}
        for b, s in enumerate(batch):
            for i, w in enumerate(s.words):
                f = features(w)
                for name in SIZES:
                    ids[name][b, i] = self.vocabulary[name].get(f[name], UNKNOWN)
                n = self.counts[f["word"]]
                if drop and n and random.random() < 0.25 / (0.25 + n) + 0.05:
                    ids["word"][b, i] = UNKNOWN
                tags[b, i], heads[b, i], rels[b, i] = (
                    tag_of.get(s.tags[i], -100),
                    s.heads[i],
                    rel_of.get(s.rels[i], -100),
                )
        return ids, torch.tensor([len(s.words) for s in batch]), tags, heads, rels


def score(net: Network, data: Data, dev: list[Sentence]) -> dict[str, float]:
    """Share of words with the right tag, head (UAS), head and relation (LAS), punctuation left out of the last two."""
    net.eval()
    right = Counter[str]()
    with torch.no_grad():
        for batch in data.batches(dev, False):
            ids, lengths, tags, heads, rels = data.tensors(batch, False)
            t, a, rd, rh = net(ids, lengths)
            mask = torch.arange(a.shape[2])[None, :] > lengths[:, None]
            a = a.masked_fill(mask[:, None, :], -1e9)
            best = a.argmax(-1)
            r = net.relations(rd, rh, best).argmax(-1)
            real = heads >= 0
            words = real & torch.tensor(
                [[w < len(s.rels) and s.rels[w] != "punct" for w in range(heads.shape[1])] for s in batch]
            )
            right["tag"] += int(((t.argmax(-1) == tags) & real).sum())
            right["n"] += int(real.sum())
            right["uas"] += int(((best == heads) & words).sum())
            right["las"] += int(((best == heads) & (r == rels) & words).sum())
            right["m"] += int(words.sum())
    net.train()
    return {"tag": right["tag"] / right["n"], "uas": right["uas"] / right["m"], "las": right["las"] / right["m"]}


def train(data: Data, sentences_: list[Sentence], dev: list[Sentence], epochs: int) -> Network:
    net = Network({name: len(v) for name, v in data.vocabulary.items()}, len(data.tags), len(data.rels))
    optimiser = torch.optim.Adam(net.parameters(), lr=2e-3, betas=(0.9, 0.95))
    cross = nn.CrossEntropyLoss(ignore_index=-100)
    for epoch in range(epochs):
        begin = time.time()
        for group in optimiser.param_groups:
            group["lr"] = 2e-3 * (1 - epoch / epochs) + 5e-5
        for batch in data.batches(sentences_, True):
            ids, lengths, tags, heads, rels = data.tensors(batch, True)
            t, a, rd, rh = net(ids, lengths)
            a = a.masked_fill((torch.arange(a.shape[2])[None, :] > lengths[:, None])[:, None, :], -1e9)
            r = net.relations(rd, rh, heads.clamp(min=0))
            loss = cross(a.flatten(0, 1), heads.flatten()) + cross(r.flatten(0, 1), rels.flatten())
            loss = loss + 0.5 * cross(t.flatten(0, 1), tags.flatten())
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
        figures = {k: round(v, 4) for k, v in score(net, data, dev).items()}
        print(epoch + 1, figures, f"{time.time() - begin:.0f} s", flush=True)
    return net


def save(net: Network, data: Data, path: Path, about: dict[str, object]) -> None:
    weights = {f"net.{k}": v.detach().numpy().astype(np.float16) for k, v in net.state_dict().items()}
    words = {f"words.{name}": np.array("\n".join(v)) for name, v in data.vocabulary.items()}
    extra = {
        "tags": np.array("\n".join(data.tags)),
        "rels": np.array("\n".join(data.rels)),
        "about": np.array(json.dumps(about)),
    }
    np.savez_compressed(path, **weights, **words, **extra)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=15)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--half", type=int, choices=(0, 1), help="train on every second document, from this one on")
    parser.add_argument("--output", type=Path, default=OUT)
    args = parser.parse_args()
    random.seed(1)
    torch.manual_seed(1)
    torch.set_num_threads(args.threads)
    folder = args.data / "actors" / "open"
    sources = [s for name in TRAIN for s in sentences(folder / name)]
    if args.half is not None:
        sources = [s for s in sources if s.document % 2 == args.half]
    dev = [s for name in DEV for s in sentences(folder / name)]
    data = Data(sources)
    print(
        len(sources),
        "sentences",
        sum(len(s.words) for s in sources),
        "words",
        {k: len(v) for k, v in data.vocabulary.items()},
    )
    net = train(data, sources, dev, args.epochs)
    about = {
        "made by": "python -m training.syntax",
        "trained on": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest()[:16] for name in TRAIN},
        "figures": {name: score(net, data, list(sentences(folder / name))) for name in DEV},
        "licence": "CC BY-SA 4.0 (UD English EWT); CC BY 4.0 (GUM)",
    }
    save(net, data, args.output, about)
    print(json.dumps(about["figures"], indent=1))


if __name__ == "__main__":
    main()
