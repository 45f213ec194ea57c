"""Persons, organisations and places by the names a document uses for them."""

from __future__ import annotations

from dataclasses import replace

from testimonia.analysers.actors.names import actors_of
from testimonia.findings import Findings
from testimonia.text import Document

__all__ = ["find"]


def find(document: Document, found: Findings) -> Findings:
    """Adds ``actors`` and their ``mentions`` to what was found; the language's lists are those of ``document``."""
    actors, mentions = actors_of(document.text, document.language)
    return replace(found, actors=actors, mentions=mentions)
