"""Copies: passages that stand in more than one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from testimonia.findings import Copy
from testimonia.text import Document


def find(documents: Iterable[Document]) -> Iterator[Copy]:
    return iter(())
