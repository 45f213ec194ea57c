"""Where work runs."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from typing import Protocol, TypeVar

from testimonia.errors import Refused

Item = TypeVar("Item")
Result = TypeVar("Result")


class Engine(Protocol):
    """What runs a pure function over items."""

    def map(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Generator[tuple[Item, Result | Refused], None, None]:
        """``(item, result)`` in the order of ``items``; a ``Refused`` in place of the result where there is none.

        ``items`` is taken lazily, only a few ahead. ``function`` must be importable, items and results picklable.
        """
