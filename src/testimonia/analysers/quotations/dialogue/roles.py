"""Which part a person takes in a sentence, and who is called by name in somebody's words."""

from __future__ import annotations

from testimonia.analysers.actors.lists import Lists
from testimonia.analysers.quotations.dialogue.rules import Rules
from testimonia.analysers.quotations.ground import Ground

SUBJECT, OBJECT, OWNER, TOWARDS = "subject", "object", "owner", "towards"
CALLED, TOLD = "called", "told"
_BREAKS = frozenset('.!?;:,—–”“"’‘\n(')
_CALL_ENDS = frozenset(".,!?;:—–…-")
_CALL_BEGINS = frozenset(".,!?;:—–…-“\"‘'`_")


def role_of(ground: Ground, rules: Rules, lists: Lists, first: int, last: int) -> str:
    """SUBJECT, OBJECT, OWNER (X's) or TOWARDS (to X), told by the word before and the letters after."""
    words = ground.words
    lower = words.lower[first]
    if first == last and lower in lists.pronouns:
        return _role_of_pronoun(ground, rules, first)
    after = ground.text[words.end[last] : words.end[last] + 3].lstrip()[:2]
    if after in ("’s", "'s", "‘s") or (after[:1] in ("’", "'") and words.lower[last].endswith("s")):
        return OWNER
    first = _with_titles(ground, rules, lists, first)
    if first == 0 or any(c in _BREAKS for c in words.gap[first]):
        return SUBJECT
    before = words.lower[first - 1]
    if before in rules.towards:
        return TOWARDS
    if before in rules.before_object:
        return OBJECT
    if before in rules.joins:
        return SUBJECT
    # said the man: the tag's own order
    return SUBJECT if before in ground.lexicon.verbs else OBJECT


def _role_of_pronoun(ground: Ground, rules: Rules, word: int) -> str:
    words = ground.words
    lower = words.lower[word]
    if lower in rules.acting:
        return SUBJECT
    if word and words.gap[word] == " " and words.lower[word - 1] in rules.towards:
        return TOWARDS
    return OWNER if lower in rules.owners else OBJECT


def _with_titles(ground: Ground, rules: Rules, lists: Lists, first: int) -> int:
    """The first word with titles and articles before it: "Mr.", "the Reverend", "poor old"."""
    words = ground.words
    while first > 0 and words.gap[first] in (" ", ". "):
        before = words.lower[first - 1]
        if not (before in lists.titles or before in rules.determiners or before in rules.fond):
            break
        if words.gap[first] == ". " and words.word[first - 1] not in lists.after_address:
            break
        first -= 1
    return first


def is_called(ground: Ground, rules: Rules, lists: Lists, first: int, last: int) -> bool:
    """Whether a name in somebody's words calls the one spoken to: between commas, stops and marks."""
    words, text = ground.words, ground.text
    end = words.end[last]
    after = text[end : end + 2].lstrip()[:1]
    if after not in _CALL_ENDS and after not in ("”", '"', "’", "'", "_"):
        return False
    if after in ("’", "'") and text[end : end + 3].lstrip()[1:2] == "s":
        return False
    following = last + 1
    if after == "," and following < len(words) and words.lower[following] in rules.after_hails:
        return False
    begin = first
    while begin > 0 and words.gap[begin] in (" ", ". "):
        before = words.lower[begin - 1]
        if before not in lists.titles and before not in rules.fond:
            break
        begin -= 1
    if begin == 0:
        return True
    gap = words.gap[begin]
    if any(c in _CALL_BEGINS for c in gap):
        return True
    return gap == " " and words.lower[begin - 1] in rules.hails
