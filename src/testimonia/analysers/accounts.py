"""Accounts: what is told more than once, and where it differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from testimonia.findings import Conflict, Copy, Findings, Matter
from testimonia.text import Document


def find(
    documents: Sequence[Document], found: Mapping[str, Findings], copies: Sequence[Copy]
) -> tuple[list[Matter], list[Conflict]]:
    return [], []
