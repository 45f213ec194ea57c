"""Each stage in a process of its own, so that its peak memory is its own; CPU seconds, since machines are noisy."""

from __future__ import annotations

import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.tables import Table
from testimonia import sample

REPEAT = 3  # each stage is run this often in its process; the fastest run counts


def measure(data: Path | None) -> Table:
    """Words a second (of one core) and peak memory, on the sample archive and, where it is given, the real one."""
    table = Table("Speed, one core", ("archive", "stage", "words", "CPU s", "words/s", "peak MB"))
    archives = {"sample": sample.folder()}
    if data is not None and (data / "archive").is_dir():
        archives["category page"] = data / "archive"
    else:
        table.notes.append("category page: skipped, TESTIMONIA_DATA or --data is not given")
    for name, folder in archives.items():
        words = _in_process(_count, str(folder), "")[0]
        for stage in ("sources", *_analysers(), "copies", "accounts"):
            seconds, peak = _in_process(_stage, str(folder), stage)
            _row(table, name, stage, words, seconds, peak)
        _row(table, name, "whole way", words, *_whole(folder))
    for note in table.notes:
        print(f"- {note}")
    return table


def _row(table: Table, archive: str, stage: str, words: float, seconds: float, peak: float) -> None:
    rate = words / seconds if seconds > 0 else float("inf")
    table.rows.append((archive, stage, f"{words:,.0f}", f"{seconds:.3f}", f"{rate:,.0f}", f"{peak:.0f}"))
    print("  ".join(table.rows[-1]), flush=True)


def _analysers() -> tuple[str, ...]:
    from testimonia import pipeline

    return tuple(name for name, _ in pipeline.ANALYSERS)


def _in_process(work, folder: str, stage: str) -> tuple[float, float]:  # type: ignore[no-untyped-def]
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, (folder, stage))  # type: ignore[no-any-return]


def _documents(folder: str):  # type: ignore[no-untyped-def]
    from testimonia import sources
    from testimonia.errors import Refused

    for path in sources.walk([Path(folder)]):
        if not isinstance(path, Refused):
            yield from sources.documents_of(sources.read_source(path, 1 << 26))


def _count(folder: str, _: str) -> tuple[float, float]:
    return float(sum(len(d.text.split()) for d in _documents(folder))), 0.0


def _stage(folder: str, stage: str) -> tuple[float, float]:
    from testimonia import pipeline
    from testimonia.analysers import accounts, copies
    from testimonia.findings import Findings

    documents = list(_documents(folder))
    before = [Findings() for _ in documents]
    times = []
    for name, find in pipeline.ANALYSERS:
        if stage in ("sources", "copies") or name == stage:
            break
        before = [find(d, f) for d, f in zip(documents, before, strict=True)]
    pairs = list(copies.find(documents)) if stage == "accounts" else []
    for _ in range(REPEAT):
        start = time.process_time()
        if stage == "sources":
            list(_documents(folder))
        elif stage == "copies":
            list(copies.find(documents))
        elif stage == "accounts":
            accounts.find(documents, {d.id: f for d, f in zip(documents, before, strict=True)}, pairs)
        else:
            find = dict(pipeline.ANALYSERS)[stage]
            for document, found in zip(documents, before, strict=True):
                find(document, found)
        times.append(time.process_time() - start)
    return min(times), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _whole(folder: Path) -> tuple[float, float]:
    """`testimonia read` as a whole process with one worker; CPU seconds and peak memory of its largest process."""
    with tempfile.TemporaryDirectory() as target:
        command = [
            sys.executable,
            "-m",
            "testimonia",
            "read",
            str(folder),
            "--base",
            str(Path(target) / "a.db"),
            "--jobs",
            "1",
        ]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
