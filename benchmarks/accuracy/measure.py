"""Runs each set of ``sets.yml`` through the command line and its scorer."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from benchmarks.accuracy import planted
from benchmarks.tables import Table

HERE = Path(__file__).parent
FLOORS = HERE / "floors.yml"
SLACK = 0.002  # a floor is this much below what was reached, for changes of rounding


class Missing(Exception):  # noqa: N818
    """A set that is not there; the message says why."""


def measure(data: Path | None, only: Sequence[str] = (), set_floors: bool = False) -> tuple[Table, bool]:
    """The table of figures, and whether every floor was kept; prints each row as it is known."""
    floors = yaml.safe_load(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    table = Table("Accuracy", ("set", "figure", "reached", "floor", ""))
    sets = yaml.safe_load((HERE / "sets.yml").read_text(encoding="utf-8"))
    kept = True
    for entry in [{"name": "sample archive"}, *sets]:
        if only and entry["name"] not in only:
            continue
        try:
            figures, digest = _figures(entry, data)
        except Missing as reason:
            table.notes.append(f"{entry['name']}: skipped, {reason}")
            continue
        known = floors.get(entry["name"], {})
        same_data = known.get("data") == digest
        for name, reached in figures.items():
            floor = known.get(name) if same_data else None
            low = floor is not None and reached < floor
            kept = kept and (not low or set_floors)
            table.rows.append(
                (
                    entry["name"],
                    name,
                    f"{reached:.3f}",
                    "-" if floor is None else f"{floor:.3f}",
                    "LOWER" if low else "",
                )
            )
            print("  ".join(table.rows[-1]), flush=True)
        if set_floors:
            floors[entry["name"]] = {"data": digest, **{k: round(max(0.0, v - SLACK), 3) for k, v in figures.items()}}
    if set_floors:
        head = "# What has been reached, by set, with the digest of the data; `--set-floors` writes it.\n"
        FLOORS.write_text(head + yaml.safe_dump(floors, sort_keys=True), encoding="utf-8")
    for note in table.notes:
        print(f"- {note}")
    return table, kept


def _figures(entry: dict[str, Any], data: Path | None) -> tuple[dict[str, float], str]:
    if entry["name"] == "sample archive":
        return planted.figures()
    if data is None:
        raise Missing("TESTIMONIA_DATA or --data is not given")
    gold, scorer = data / "data" / entry["gold"], data / "score" / entry["scorer"]
    for path in (gold, scorer):
        if not path.exists():
            raise Missing(f"{path} is not there")
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "found.jsonl"
        extra = _run(entry, gold, data, output)
        command = [sys.executable, str(scorer), str(gold), str(output), *entry["flags"], *extra, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Missing(f"the scorer says: {done.stderr.strip()}")
        result = json.loads(done.stdout)
    return {name: _at(result, path) for name, path in entry["figures"].items()}, _digest(gold)


def _run(entry: dict[str, Any], gold: Path, data: Path, output: Path) -> list[str]:
    """Writes what the program finds to ``output``; returns further arguments for the scorer."""
    folder = output.parent
    file = data / "archive" / entry.get("file", "")
    match entry["command"]:
        case "analyse":
            _testimonia(
                ["analyse", "--documents", str(_plain(_documents(gold), folder)), "--only", entry["only"]], output
            )
        case "copies":
            _testimonia(["copies", "--documents", str(_plain(gold / "documents.jsonl.gz", folder))], output)
        case "split":
            _testimonia(["split", str(file)], output)
        case "conflicts":
            base = folder / "archive.db"
            _testimonia(["read", str(file), "--base", str(base)], folder / "log")
            _testimonia(["conflicts", "--base", str(base), "--format", "jsonl", "--limit", "0"], output)
        case "copies-of-file":
            _testimonia(["split", str(file)], folder / "documents.jsonl")
            _testimonia(["copies", "--documents", str(folder / "documents.jsonl")], output)
    if entry["command"] in ("conflicts", "copies-of-file"):
        _testimonia(["split", str(file)], folder / "documents.jsonl")
        extra = ["--documents", str(folder / "documents.jsonl")]
        false = gold.with_name("disagreements_false.jsonl")
        return [*extra, "--false", str(false)] if entry["command"] == "conflicts" else extra
    return []


def _testimonia(arguments: list[str], output: Path) -> None:
    with output.open("w", encoding="utf-8") as file:
        done = subprocess.run(
            [sys.executable, "-m", "testimonia", *arguments],
            stdout=file,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    if done.returncode:
        raise SystemExit(f"testimonia {' '.join(arguments)} ended with {done.returncode}: {done.stderr.strip()}")


def _documents(gold: Path) -> Path:
    return gold / "documents.jsonl" if gold.is_dir() else gold


def _plain(file: Path, folder: Path) -> Path:
    """The file, unpacked into ``folder`` when it is gzipped."""
    if file.suffix != ".gz":
        return file
    target = folder / file.stem
    with gzip.open(file) as packed, target.open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    return target


def _digest(gold: Path) -> str:
    files = sorted(p for p in gold.rglob("*") if p.is_file()) if gold.is_dir() else [gold]
    return hashlib.sha256(b"".join(hashlib.sha256(p.read_bytes()).digest() for p in files)).hexdigest()[:12]


def _at(result: dict[str, Any], path: str) -> float:
    value: Any = result
    for key in path.split("/"):
        value = value[key]
    return float(value or 0.0)
