"""Testimonia: whose words are these, where did they come from, and do the accounts agree?

``testimonia.open("archive.db")`` opens an evidence base; its methods are the questions of the command line.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from testimonia.views.archive import Archive

__version__ = "0.1.0"
__all__ = ["__version__", "open"]


def open(path: str | Path) -> Archive:
    """The archive in the evidence base ``path``; raises ``BaseError`` when that is none."""
    from testimonia.views.archive import Archive

    return Archive.open(path)
