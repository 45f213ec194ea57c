"""Who speaks in direct speech where the tag gives no name, and whom a pronoun in a tag means."""

from __future__ import annotations

from testimonia.analysers.quotations.dialogue.resolve import Dialogue, Meant

__all__ = ["Dialogue", "Meant"]
