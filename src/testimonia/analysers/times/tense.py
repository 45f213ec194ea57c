"""Whether a date lies ahead or behind, by the words of tense around it."""

from __future__ import annotations

from testimonia.analysers.times.lexicon import Tokens
from testimonia.analysers.times.raw import Raw

_REACH = 25  # tokens; how far from a date its tense is looked for
_SHORT = 3  # letters of a word with a capital that is shortened, if a full stop stands behind it


def ahead(tokens: Tokens, raw: Raw) -> bool | None:
    """Whether the nearest word of tense says that the date lies ahead: before it in its sentence, else behind it.

    None where there is no such word.
    """
    if "poss" in _classes(tokens, raw.last):
        return False  # Wednesday's ruling
    i = nearest(tokens, raw)
    if i is None:
        return None
    own = tokens.classes(i)
    return not own.isdisjoint(("future", "limit", "destined"))


def promised(tokens: Tokens, raw: Raw) -> bool:
    """Whether it is told of the writer's own future: will, shall."""
    i = nearest(tokens, raw)
    return i is not None and "promise" in tokens.classes(i)


def nearest(tokens: Tokens, raw: Raw) -> int | None:
    """The word of tense that governs a date."""
    for i in range(raw.first - 1, max(raw.first - _REACH, -1), -1):
        own = tokens.classes(i)
        if "stop" in own and ("dot" not in own or (i + 1 < raw.first and _ends(tokens, i))):
            break
        if _tells(tokens, i) or ("limit" in own and i == raw.first - 1 and not _opens(tokens, i)):
            return i
        if i == raw.first - 1 and "opening" in own and tokens.word(i).istitle():
            break  # On Tuesday: a sentence begins, also where no stop ends what is before
    for i in range(raw.last, min(raw.last + _REACH, len(tokens.line))):
        if "stop" in tokens.classes(i):
            return None
        if _tells(tokens, i):
            return i
    return None


def _classes(tokens: Tokens, i: int) -> frozenset[str]:
    return tokens.classes(i) if 0 <= i < len(tokens.line) else frozenset()


def _tells(tokens: Tokens, i: int) -> bool:
    """A word of tense; but May is a month, and "next to" a place."""
    own, before, after = tokens.classes(i), _classes(tokens, i - 1), _classes(tokens, i + 1)
    if "future" in own and not ("month" in own and tokens.word(i)[0].isupper()):
        return not ("which" in own and "join" in after) and "negation" not in after  # he could not be reached
    if "destined" in own:
        return "tobe" in before  # is to resume, agreed to meet
    # What is to be done is told with the same form as what was done.
    return ("past" in own or _ended(tokens, i)) and "be" not in before


def _ended(tokens: Tokens, i: int) -> bool:
    return "word" in tokens.classes(i) and tokens.word(i).endswith(tokens.lexicon.past_ending)


def _opens(tokens: Tokens, i: int) -> bool:
    """Whether the token is the first of its sentence."""
    return i == 0 or bool(tokens.classes(i - 1) & {"stop", "break"})


def _ends(tokens: Tokens, i: int) -> bool:
    """Whether a full stop ends a sentence; not behind a month, an initial or a title (Sept., P., Gen.)."""
    own, word = (tokens.classes(i - 1), tokens.word(i - 1)) if i else (frozenset[str](), "")
    if "month" in own or (len(word) <= _SHORT and word[:1].isupper()):
        return False
    return i + 1 >= len(tokens.line) or not tokens.word(i + 1)[0].islower()
