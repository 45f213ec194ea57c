"""The word lists of ``language/<code>/accounts.yml``."""

from __future__ import annotations

import msgspec

from testimonia import language


class Rules(msgspec.Struct, forbid_unknown_fields=True):
    telling: list[str]
    between: list[str]
    claiming: list[str]
    denials: list[str]
    doubting: list[str]
    negative: list[str]
    loose: list[str]
    begun: list[str]


def rules(code: str) -> Rules:
    """The rules of a language, or the English ones where it has none."""
    words: Rules = language.read(language.known(code), "accounts", Rules)
    return words
