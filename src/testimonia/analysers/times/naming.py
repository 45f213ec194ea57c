"""Words of time that are part of a name: the China Daily, a song called Tomorrow, the Game of the Year."""

from __future__ import annotations

from testimonia.analysers.times.lexicon import Tokens
from testimonia.analysers.times.raw import Raw

# What has a capital in any case, or may have one.
_CAPITAL = frozenset({"month", "weekday", "shortweekday", "weekdays", "season", "feast", "era", "zone", "meridiem"})
_DATES = frozenset({"moment", "weekday"})  # kinds of expressions that name their day


def is_name(tokens: Tokens, raw: Raw) -> bool:
    """Whether a word of the expression has a capital for which neither the word nor its place is the reason.

    A length of time is one in a name, too (the Seven Years' War).
    """
    if raw.kind in _DATES or raw.type == "DURATION" or tokens.lexicon.rules.capitalised != "name":
        return False
    return any(_capital(tokens, i) for i in range(raw.first, raw.last))


def _capital(tokens: Tokens, i: int) -> bool:
    own = tokens.classes(i)
    if not tokens.word(i)[0].isupper() or own & _CAPITAL or _century(tokens, i):
        return False
    before = tokens.word(i - 1) if i else ""
    if not before[:1].isalnum() or "break" in tokens.classes(i - 1):
        return False  # the head of a sentence, a quotation or an item
    if tokens.word(i).isupper():
        after = tokens.word(i + 1) if i + 1 < len(tokens.line) else "."
        return not (before.isupper() and (after.isupper() or not after[0].isalpha()))  # all of it is in capitals
    return True


def _century(tokens: Tokens, i: int) -> bool:
    """The 20th Century is often written so."""
    return any(tokens.lexicon.values.get((name, tokens.word(i).lower())) in ("CE", "ML") for name in ("unit", "units"))
