"""The local engine: order, limits, isolation, and that it takes no more than it can use."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from testimonia.engines.local import Local
from testimonia.errors import Refused

# What workers run must be importable by them: these functions are taken from here by name.


def double(n: int) -> int:
    return 2 * n


def work(order: str) -> str:
    """Does what the order says; most of it is what a process should not do."""
    word, _, rest = order.partition(" ")
    if word == "sleep":
        time.sleep(float(rest))
    elif word == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    elif word == "leave":
        os._exit(3)
    elif word == "raise":
        raise KeyError(rest)
    elif word == "refuse":
        raise Refused("it is empty", "a.txt", "Leave it out.")
    elif word == "eat":
        bytearray(10_000_000_000)
    elif word == "grow":
        pile = []
        while True:
            pile.append("x" * 50_000_000)
    return order


def orders(engine: Local, items: list[str]) -> list[str | Refused]:
    return [result for _, result in engine.map(work, items)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    items = ["sleep 0.4", "ready", "sleep 0.1", "d", "e", "f", "g", "h", "i"]
    assert list(Local(jobs).map(work, items)) == [(i, i) for i in items]


def test_no_items() -> None:
    assert list(Local(2).map(double, [])) == []


@pytest.mark.parametrize("bad", ["die", "leave", "raise x", "refuse", "eat", "grow"])
def test_a_bad_item_costs_only_itself(bad: str) -> None:
    results = orders(Local(1, timeout=60, memory=1000), ["a", bad, "b", bad, "c"])
    assert [r for r in results if isinstance(r, str)] == ["a", "b", "c"]
    assert isinstance(results[1], Refused)
    assert isinstance(results[3], Refused)


def test_reasons_are_said_in_words() -> None:
    results = orders(Local(1, timeout=60, memory=1000), ["raise x", "refuse", "eat", "die"])
    assert [str(r) for r in results] == [
        "this is a fault in Testimonia: KeyError: 'x'.",
        "a.txt: it is empty. Leave it out.",
        "it needs more than 1000 MB of memory. Raise the setting memory, or split the file.",
        "the process working on it ended (exit status -9).",
    ]


def test_an_item_that_takes_too_long_is_given_up() -> None:
    begun = time.monotonic()
    results = orders(Local(2, timeout=1), ["a", "sleep 600", "b", "c"])
    assert [r for r in results if isinstance(r, str)] == ["a", "b", "c"]
    assert str(results[1]) == "it took longer than 1 seconds. Raise the setting timeout, or split the file."
    assert time.monotonic() - begun < 30


def test_items_are_taken_only_as_they_are_needed() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for n in range(10_000):
            taken.append(n)
            yield n

    results = Local(2).map(double, items())
    for _ in range(20):
        next(results)
    results.close()
    assert len(taken) <= 20 + 2 * 3


def test_stopping_early_leaves_no_process() -> None:
    results = Local(2, timeout=60).map(work, ["a", "sleep 50", "sleep 50", "b"])
    next(results)
    begun = time.monotonic()
    results.close()
    assert time.monotonic() - begun < 5
    assert not _children()


def _children() -> list[str]:
    """Live worker processes of this one."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = (folder / "stat").read_text().rsplit(")", 1)[1].split()[1]
            words = (folder / "cmdline").read_text()
        except OSError:
            continue
        if parent == str(os.getpid()) and "spawn_main" in words:
            found.append(words)
    return found


SCRIPT = """
import sys
sys.path.insert(0, {folder!r})
from test_local import work
from testimonia.engines.local import Local

if __name__ == "__main__":
    for item, result in Local(2, timeout=300).map(work, ["a", "sleep 200", "sleep 200"]):
        print(item, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX systems")
def test_an_interrupt_ends_it_promptly(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(folder=str(Path(__file__).parent)))
    process = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "a\n"
    begun = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers as well
    _, said = process.communicate(timeout=20)
    assert time.monotonic() - begun < 10
    assert said.count("KeyboardInterrupt") == 1, "only the parent speaks"


def test_workers_that_cannot_start_are_an_error_not_a_loop(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(folder=str(Path(__file__).parent)).replace("if __name__", "if True or __name__"))
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    assert "worker processes cannot start" in done.stderr


def threads(_: int) -> str | None:
    return os.environ.get("OPENBLAS_NUM_THREADS")


def test_a_worker_computes_on_one_core_unless_told_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    assert [result for _, result in Local(jobs=1).map(threads, [1])] == ["1"]
    assert "OPENBLAS_NUM_THREADS" not in os.environ
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    assert [result for _, result in Local(jobs=1).map(threads, [1])] == ["3"]
