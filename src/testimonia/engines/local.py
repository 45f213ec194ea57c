"""Runs a pure function over items in worker processes on this machine.

Items run apart from the process that asks: one that takes too long, needs too much memory or crashes its worker costs
that item and nothing else. Processes are spawned, so a script that reads an archive guards its start with
``if __name__ == "__main__":``.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from testimonia.errors import Refused, TestimoniaError

Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 3  # items a worker: how far finished ones may wait for a slow one before them
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
_GRACE = 5.0  # seconds past its time after which a worker whose parent is gone ends itself


@dataclass(frozen=True, slots=True)
class Local:
    """The engine of this machine. ``timeout``: seconds an item; ``memory``: MB of address space a worker."""

    jobs: int = 1
    timeout: float = 120
    memory: int = 4096

    def map(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Generator[tuple[Item, Result | Refused], None, None]:
        """See ``engines.Engine.map``; raises ``TestimoniaError`` when worker processes cannot start at all."""
        crew: _Crew[Item, Result] = _Crew(function, self)
        coming = enumerate(items)
        handed, yielded, exhausted = 0, 0, False
        try:
            while True:
                while not exhausted and handed - yielded < self.jobs * _AHEAD and crew.has_room():
                    entry = next(coming, None)
                    if entry is None:
                        exhausted = True
                    else:
                        crew.hand(*entry)
                        handed += 1
                while yielded in crew.done:
                    yield crew.done.pop(yielded)
                    yielded += 1
                if exhausted and yielded == handed:
                    return
                if yielded < handed:
                    crew.collect()
        finally:
            crew.end()


class _Worker(Generic[Item]):
    """A process, the line to it, and the item it has."""

    def __init__(self, process: BaseProcess, line: Connection[Any, Any]) -> None:
        self.process = process
        self.line = line
        self.started = False
        self.index: int | None = None
        self.item: Item | None = None
        self.deadline = 0.0

    def send(self, timeout: float) -> None:
        self.deadline = time.monotonic() + timeout
        with contextlib.suppress(OSError):  # it has died: its closed line is noticed when collecting
            self.line.send(self.item)

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.line.close()


class _Crew(Generic[Item, Result]):
    """The workers, and ``done``: {index: (item, result)}."""

    def __init__(self, function: Callable[[Item], Result], limits: Local) -> None:
        self.done: dict[int, tuple[Item, Result | Refused]] = {}
        self._function = function
        self._limits = limits
        self._workers: list[_Worker[Item]] = []

    def has_room(self) -> bool:
        return len(self._workers) < self._limits.jobs or any(w.index is None for w in self._workers)

    def hand(self, index: int, item: Item) -> None:
        """Gives the item to an idle worker, or to a new one."""
        worker = next((w for w in self._workers if w.index is None), None) or self._start()
        worker.index, worker.item = index, item
        if worker.started:
            worker.send(self._limits.timeout)

    def collect(self) -> None:
        """Waits until a worker has something to say or is past its time, and takes it in."""
        busy = {w.line: w for w in self._workers if w.index is not None}
        deadlines = [w.deadline for w in busy.values() if w.started]
        pause = max(0.0, min(deadlines) - time.monotonic()) if deadlines else None
        ready = wait(list(busy), pause)
        for line in ready:
            self._take(busy[line])  # type: ignore[index]
        now = time.monotonic()
        for worker in busy.values():
            if worker.line not in ready and worker.started and worker.deadline <= now:
                hint = "Raise the setting timeout, or split the file."
                self._lose(worker, Refused(f"it took longer than {self._limits.timeout:g} seconds", hint=hint))

    def end(self) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _take(self, worker: _Worker[Item]) -> None:
        try:
            message = worker.line.recv()
        except (EOFError, OSError):
            self._died(worker)
            return
        if not worker.started:  # its first word: it is ready
            worker.started = True
            worker.send(self._limits.timeout)
        else:
            assert worker.index is not None
            self.done[worker.index] = (worker.item, message)  # type: ignore[assignment]
            worker.index = worker.item = None

    def _died(self, worker: _Worker[Item]) -> None:
        worker.process.join(_GRACE)
        code = worker.process.exitcode
        if not worker.started:
            hint = 'A script starts its work below: if __name__ == "__main__":'
            raise TestimoniaError("worker processes cannot start", f"exit status {code}", hint)
        if code == _NO_MEMORY:
            what = f"it needs more than {self._limits.memory} MB of memory"
            self._lose(worker, Refused(what, hint="Raise the setting memory, or split the file."))
        else:
            self._lose(worker, Refused(f"the process working on it ended (exit status {code})"))

    def _lose(self, worker: _Worker[Item], reason: Refused) -> None:
        assert worker.index is not None
        self.done[worker.index] = (worker.item, reason)  # type: ignore[assignment]
        self._workers.remove(worker)
        worker.end()

    def _start(self) -> _Worker[Item]:
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe()
        arguments = (self._function, there, self._limits.timeout + _GRACE, self._limits.memory)
        process = context.Process(target=_serve, args=arguments, daemon=True)
        with _without_interrupts(), _one_thread():
            process.start()
        there.close()
        worker: _Worker[Item] = _Worker(process, here)
        self._workers.append(worker)
        return worker


_NO_MEMORY = 77  # exit status of a worker that ran into its memory limit


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """A process started within inherits that Ctrl-C is held back: only the parent answers it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _one_thread() -> Iterator[None]:
    """A process started within computes matrices on one core: the workers share the cores already."""
    missing = [name for name in _THREADS if name not in os.environ]
    os.environ.update(dict.fromkeys(missing, "1"))
    try:
        yield
    finally:
        for name in missing:
            del os.environ[name]


def _serve(function: Callable[[Any], Any], line: Connection[Any, Any], timeout: float, memory: int) -> None:
    """A worker's life: an item in, its result out, until the line is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(memory)
    word: Any = "ready"
    while True:
        try:
            line.send(word)
            _alarm(0)
            item = line.recv()
            _alarm(timeout)
            word = _result(function, item)
        except MemoryError:
            raise SystemExit(_NO_MEMORY) from None
        except (EOFError, OSError):  # the parent is gone
            return


def _result(function: Callable[[Any], Any], item: Any) -> Any:
    try:
        return function(item)
    except Refused as refused:
        return refused
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it costs this item only
        return Refused(f"this is a fault in Testimonia: {type(error).__name__}: {error}"[:500])


def _limit_memory(memory: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    size = memory * 1_000_000
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (size if most == resource.RLIM_INFINITY else min(size, most), most))


def _alarm(seconds: float) -> None:
    """Ends this process after that time even when its parent no longer can (0: not at all)."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)
