"""Whether time grows with the length of a text and no faster; a ratio in one run, since machines are noisy."""

from __future__ import annotations

import time
from collections.abc import Callable

TRIES = 4  # a busy machine can spoil a try; what is quadratic spoils all of them


def assert_linear(work: Callable[[str], object], unit: str, short: int = 8_000, times: int = 4) -> None:
    """``work`` on a text ``times`` as long as ``short`` takes at most three times what linear growth would."""
    texts = [unit * max(1, size // len(unit)) for size in (short, short * times)]
    taken = []
    for _ in range(TRIES):
        little, much = (_seconds(work, text) for text in texts)
        taken.append((little, much))
        if much < 3 * times * little + 0.1:
            return
    raise AssertionError(f"{unit!r}: seconds for {short} and {times} times as many characters: {taken}")


def _seconds(work: Callable[[str], object], text: str) -> float:
    begin = time.process_time()
    work(text)
    return time.process_time() - begin
