"""Testimonia: whose words are these, where did they come from, and do the accounts agree?

``testimonia.open("archive.db")`` is an archive that can be questioned; ``testimonia.times`` reads dates. Everything is
imported when it is first needed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from testimonia.errors import BaseError, InputError, Refused, TestimoniaError

if TYPE_CHECKING:
    from testimonia import times
    from testimonia.views.archive import Archive

__version__ = "0.1.0"
__all__ = ["Archive", "BaseError", "InputError", "Refused", "TestimoniaError", "__version__", "open", "times"]


def open(path: str | Path = "archive.db") -> Archive:
    """The evidence base in the file ``path``; raises ``BaseError`` when it cannot be used."""
    from testimonia.views.archive import Archive

    return Archive.open(path)


def __getattr__(name: str) -> Any:
    if name == "Archive":
        from testimonia.views.archive import Archive

        return Archive
    if name == "times":
        import testimonia.times as times

        return times
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
