"""Chains as rows: their steps, and where they break."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row

from testimonia.views.rows import StepRow

_NOBODY = "not named"  # how a chain without steps, of a base that an earlier version wrote, names nobody


def steps_of(links: Iterable[Any]) -> tuple[StepRow, ...]:
    """The steps of a stored quotation."""
    return tuple(StepRow(x["kind"], x["voice"], *(x["span"] or (None, None))) for x in links)


def breaks(row: Row[Any]) -> str | None:
    """Where the chain of a stored quotation breaks, and why: at nobody, or at a voice without name and source."""
    voices: Sequence[str | None] = [x["voice"] for x in row.links]
    if not voices:
        voices = [None if voice == _NOBODY else voice for voice in row.chain[1:]]
    for number, voice in enumerate(voices, 1):
        if voice is None:
            return f"step {number}: nobody is named"
    last = voices[-1] if voices else None
    if last is not None and row.actor_id is None and row.work is None and not row.citation and _is_described(last):
        return f"step {len(voices)}: “{last}” has no name and no source"
    return None


def _is_described(voice: str) -> bool:
    """Whether a voice is only described (the critics, an official of the board), not named (Ann Holm of the board)."""
    words = voice.split()
    named = len(words) > 1 and words[0][0].isupper() and words[1][0].isupper()
    return bool(words) and words[-1][0].islower() and not named
