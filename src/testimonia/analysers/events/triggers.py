"""The words of a sentence that tell an event: their type, their tense, and in what sense it is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from testimonia.analysers.events.clauses import Sentence, ends_in_past, of_noun, tells
from testimonia.analysers.events.rules import Rules

_GROUP = 7  # words before a verb that may belong to it
_AROUND = 4  # words beside a noun that say in what sense it is told
_SAID = 30  # words before "would" in which somebody says it
_OBJECT = 6  # words between a verb and the noun that says what it did
_POST_REACH = 7  # words after "became" in which a post is named


@dataclass(frozen=True, slots=True)
class Trigger:
    """``[start, end)`` of the text; ``at``: its word. ``tense``: "past", "perfect", "past perfect", "present", "none".

    ``weak`` ones tell an event only where a date says so.
    """

    start: int
    end: int
    at: int
    type: str
    weak: bool
    verb: bool
    clause: int
    tense: str = "none"
    factuality: str = "fact"
    doubt: str | None = None


class _Group(NamedTuple):
    """The words before a verb that belong to it, nearest first, and the word before them."""

    words: tuple[str, ...]
    before: str


def triggers(sentence: Sentence, names: dict[int, int]) -> list[Trigger]:
    """The words that tell an event, in order; ``names`` maps the starts of names to their ends, and none lie inside."""
    rules, named_until = sentence.rules, 0
    out: list[Trigger] = []
    known = rules.last_words
    starts = sentence.starts
    for i, word in enumerate(sentence.words):
        if starts[i] in names:
            named_until = max(named_until, names[starts[i]])
        if word not in known:
            continue
        pair = sentence.pair(i)
        if word not in rules.single and pair not in rules.paired:
            continue
        if pair in rules["nothing"]:
            if out and out[-1].at == i - 1:
                out.pop()
            continue
        if starts[i] < named_until:
            continue
        found = _at(sentence, i, pair)
        if found and found.verb and i and (sentence.text[starts[i]].isupper() or of_noun(sentence.words, i, rules)):
            continue  # the political Left, the newly created post
        if found:
            before = out.pop() if out and out[-1].at == i - 1 else None
            if before and _head_of(found, before, sentence):
                found = replace(found, weak=found.weak and before.weak)
            elif before and found.start > before.start:
                out.append(before)
            out.append(found)
    return _carried_out(sentence, out)


def _head_of(noun: Trigger, before: Trigger, sentence: Sentence) -> bool:
    """A peace conference, the unification congress: whether a noun is said more closely by the one before it."""
    return not noun.verb and not before.verb and not sentence.text[before.end : noun.start].strip("\"'“”‘’ ")


def _carried_out(sentence: Sentence, found: list[Trigger]) -> list[Trigger]:
    """The congress was held, signed a treaty: the noun says what it was, the verb in what sense; both are one."""
    out: list[Trigger] = []
    skip = -1
    for n, trigger in enumerate(found):
        if n == skip:
            continue
        word, noun = sentence.words[trigger.at], None
        if trigger.verb and not sentence.rules["carriers"].isdisjoint((word, sentence.pair(trigger.at + 1))):
            near = range(max(0, len(out) - 2), len(out))
            noun = next((k for k in near[::-1] if _object(out[k], trigger)), None)
        if noun is not None:
            out[noun] = replace(trigger, type=out[noun].type, start=out[noun].start, weak=False)
            continue
        following = found[n + 1] if n + 1 < len(found) else None
        if following and trigger.verb and word in sentence.rules["lights"] and _object(following, trigger):
            trigger, skip = replace(trigger, type=following.type, end=following.end, weak=False), n + 1
        out.append(trigger)
    return out


def _object(noun: Trigger, verb: Trigger) -> bool:
    return not noun.verb and noun.clause == verb.clause and abs(noun.at - verb.at) <= _OBJECT


def headline_verb(sentence: Sentence, names: dict[int, int]) -> Trigger | None:
    """What a headline tells, as a fact: Harbour board resigns, Markets fall, Talks suspended."""
    rules, named_until = sentence.rules, 0
    for i, word in enumerate(sentence.words):
        named_until = max(named_until, names.get(sentence.starts[i], 0))
        if i and word in rules.headlines and sentence.starts[i] >= named_until:
            found = _verb(sentence, i, rules.headlines[word], sentence.starts[i], weak=True)
            if found.factuality == "fact" and sentence.words[i - 1] not in rules["infinitive"]:
                return found
    return None


def goes_on_before(sentence: Sentence, trigger: Trigger) -> bool:
    """Had been killed or captured; did not sign until …: whether a verb tells of what was before, or came later."""
    rules, clause = sentence.rules, sentence.clauses[trigger.clause]
    denied = not rules["denials"].isdisjoint(sentence.words[max(0, trigger.at - _AROUND) : trigger.at])
    if denied and _until_follows(sentence, trigger.at):
        return True
    between = sentence.words[clause.first : trigger.at]
    joined = all(not w[0].isalpha() or w in rules["coordinators"] or w in rules.auxiliaries for w in between)
    before = sentence.words[max(0, clause.first - _GROUP) : clause.first]
    return clause.opener == "coordinate" and joined and not rules["past_perfect"].isdisjoint(before)


def main_verb(sentence: Sentence, first: int, last: int) -> Trigger | None:
    """The verb of which the word ``first`` is an auxiliary, before the word ``last``; None where it is a verb alone."""
    words, rules, i = sentence.words, sentence.rules, first
    while i < last and (words[i] in rules.auxiliaries or words[i].endswith(rules.adverb_ending)):
        i += 1
    other = rules["determiners"] | rules["locatives"] | rules["prepositions"]
    if i in (first, last) or words[i] in other or sentence.text[sentence.starts[i]].isupper():
        return None
    told = tells(words[i], rules) or words[i] in rules["participles"] or words[i].endswith(rules.present_ending)
    if not told and not set(words[first:i]) & (rules["modals"] | rules["do"]):  # was mayor, had ten
        return None
    return _verb(sentence, i, "other", sentence.starts[i], weak=True)


def may_tell(word: str, rules: Rules) -> bool:
    """Whether the word may be a verb of no type."""
    return word in rules["finite"] or ends_in_past(word, rules)


def verb_at(sentence: Sentence, i: int) -> Trigger | None:
    """The word as a verb of no type, if it may be one."""
    start = sentence.starts[i]
    named = i > 0 and sentence.text[start].isupper()
    if named or not may_tell(sentence.words[i], sentence.rules) or _adjectival(sentence, i):
        return None
    return _verb(sentence, i, "other", start, weak=True)


def _at(sentence: Sentence, i: int, pair: str) -> Trigger | None:
    rules, lower, place = sentence.rules, sentence.words[i], sentence.starts[i]
    if lower in rules["works"] and sentence.text[max(0, place - 2) : place].strip().isdigit():  # her 1908 book
        return _noun(sentence, i, "publication", place, weak=True)
    begin = sentence.starts[i - 1] if i else place
    for known, key, start in ((rules.verbs, pair, begin), (rules.nouns, pair, begin), (rules.verbs, lower, place)):
        if key in known and not (lower in rules["before_posts"] and key == lower and not _before_post(sentence, i)):
            weak = key in rules["weak"]
            if known is rules.nouns:
                return _noun(sentence, i, known[key], start, weak)
            if not (key == lower and lower in rules.nouns and _is_noun(sentence, i)):
                return _verb(sentence, _head(sentence, i, paired=key == pair), known[key], start, weak, last=i)
    if lower in rules.bases and not (lower in rules["before_posts"] and not _before_post(sentence, i)):
        found = _base(sentence, i, rules.bases[lower], lower in rules["weak"])
        if found:
            return found
    return _noun(sentence, i, rules.nouns[lower], place, lower in rules["weak"]) if lower in rules.nouns else None


def _is_noun(sentence: Sentence, i: int) -> bool:
    return i > 0 and sentence.words[i - 1] in sentence.rules["determiners"]


def _before_post(sentence: Sentence, i: int) -> bool:
    """Became mayor, but became ill: whether a post is named right after."""
    following = sentence.words[i + 1 : i + 1 + _POST_REACH]
    return any(word in sentence.rules.posts for word in following)


def _group(sentence: Sentence, i: int) -> _Group:
    rules, words, j = sentence.rules, sentence.words, i - 1
    while j >= max(0, i - _GROUP):
        word = words[j]
        if word not in rules.auxiliaries and not word.endswith(rules.adverb_ending):
            break
        j -= 1
    return _Group(tuple(words[j + 1 : i][::-1]), words[j] if j >= 0 else "")


def _base(sentence: Sentence, i: int, kind: str, weak: bool) -> Trigger | None:
    """A base form: resign, after "to", "will" or "did"; after "to" only where the word before says what came of it."""
    rules, group = sentence.rules, _group(sentence, i)
    if group.words and group.words[0] in rules["infinitive"] and not set(group.words[1:]) & rules["be"]:
        known = rules["happened"] | rules["plans"] | rules["possibilities"] | rules["denials"] | rules["modals"]
        if not known & {group.before, *group.words}:
            return None
    elif not set(group.words) & (rules["modals"] | rules["do"]):
        return None
    return _verb(sentence, i, kind, sentence.starts[i], weak or group.words[0] in rules["infinitive"])


def _head(sentence: Sentence, i: int, *, paired: bool) -> int:
    """The verb of a pair: broke with, but was shot."""
    first = sentence.words[i - 1]
    return i - 1 if paired and tells(first, sentence.rules) and first not in sentence.rules.auxiliaries else i


def _verb(sentence: Sentence, i: int, kind: str, start: int, weak: bool, last: int | None = None) -> Trigger:
    """The event of the verb ``i``; ``last``: the last of the words that tell it."""
    end = sentence.ends[i if last is None else last]
    group = _group(sentence, i)
    factuality, doubt = _sense(sentence, i, group)
    tense = _tense(sentence, i, group)
    weak = weak or (tense == "none" and not group.words and group.before in sentence.rules["determiners"])
    return Trigger(
        start, end, i, kind, weak, True, sentence.clause_of[i], tense, factuality, doubt
    )  # fmt: skip


def _tense(sentence: Sentence, i: int, group: _Group) -> str:
    rules, lower = sentence.rules, sentence.words[i]
    near = set(group.words)
    if near & rules["past_perfect"]:
        return "past perfect"
    if near & rules["perfect"]:
        return "perfect"
    helped = near & (rules["be"] | rules["do"])
    if helped:
        return "present" if helped <= rules["present"] else "past"
    if lower.endswith(rules.past_ending) or lower in rules["finite"] - rules["present"]:
        return "none" if _participle(sentence, i, group) else "past"
    return "none"


def _adjectival(sentence: Sentence, i: int) -> bool:
    """The planned economy, a party led by him: whether a past form tells of a noun."""
    lower, rules = sentence.words[i], sentence.rules
    past = ends_in_past(lower, rules) or lower in rules["finite"] - rules["present"]
    group = _group(sentence, i) if past else None
    if past and of_noun(sentence.words, i, rules):
        return True
    return group is not None and not group.words and _participle(sentence, i, group)


def _participle(sentence: Sentence, i: int, group: _Group) -> bool:
    """The captured town, a book published by him: a past form that tells of a noun."""
    rules, words = sentence.rules, sentence.words
    if i + 1 < len(words) and words[i + 1] in rules["agents"]:
        return not sentence.text[sentence.ends[i + 1] : sentence.ends[i + 1] + 2].strip().isdigit()  # rose by 41 points
    return group.before in rules["determiners"]


def _noun(sentence: Sentence, i: int, kind: str, start: int, weak: bool) -> Trigger:
    words, rules = sentence.words, sentence.rules
    after = words[i + 1 : i + 1 + _AROUND + 2]
    before = words[max(0, i - _AROUND) : i][::-1]
    said = next((n for n, word in enumerate(after[:3]) if word in rules["be"] or word in rules["past_perfect"]), None)
    factuality = _sense_of_noun(after[:2], rules)
    if said is not None and factuality == "fact":
        factuality = _first_sense(after[said:], rules, forward=True)
    if factuality == "fact":
        factuality = _sense_of_noun(before, rules)
    if rules["undone"] & set(after[:3] if said is None else after[said : said + 3]):
        factuality = "denial"
    weak = weak or bool(rules["temporal"] & set(before[:3]))  # after the escape of the leaders
    return Trigger(start, sentence.ends[i], i, kind, weak, False, sentence.clause_of[i], "none", factuality)


# ---------------------------------------------------------------- factuality


def _sense(sentence: Sentence, i: int, group: _Group) -> tuple[str, str | None]:
    """What the sentence's own voice says of the verb, and why that is not sure."""
    rules = sentence.rules
    alone = sentence.words[i : i + 3][::-1] if sentence.words[i] in rules["modals"] else ()  # would be a blow
    near = (*alone, *group.words, group.before)
    sense = _first_sense(near, rules, forward=False)
    if sense == "denial" and _until_follows(sentence, i):
        return "fact", None
    if sense == "plan" and rules["future_past"] & {*alone, *group.words}:
        if rules["came_true"] & {*near, *_pairs(near)}:
            return "fact", None
        if not _said_before(sentence, i):
            return "plan", "“would” may tell of what came true"
    if sense == "fact":
        sense = _from_outside(sentence, i, group)
    return sense, None


def _first_sense(near: tuple[str, ...] | list[str], rules: Rules, *, forward: bool) -> str:
    """The strongest sense in a row of words; ``forward``: they are in the order of the text, else nearest first."""
    row = list(near) if forward else list(near)[::-1]
    pairs = {f"{a} {b}" for a, b in pairwise(row)}
    both = pairs.union(row)
    if both & rules["denials"] and not pairs & rules["not_denials"]:
        return "denial"
    if both & rules["possibilities"]:
        return "possibility"
    return "plan" if both & rules["plans"] else "fact"


def _pairs(near: tuple[str, ...]) -> set[str]:
    return {f"{b} {a}" for a, b in pairwise(near)}


def _until_follows(sentence: Sentence, i: int) -> bool:
    """Did not resign until 1921: he resigned."""
    return any(word in sentence.rules["until"] for word in sentence.words[i + 1 : i + 6])


def _said_before(sentence: Sentence, i: int) -> bool:
    return any(word in sentence.rules["sayings"] for word in sentence.words[max(0, i - _SAID) : i])


def _sense_of_noun(before: list[str], rules: Rules) -> str:
    """Of the words before a noun, nearest first: no merger, a planned merger. Who did not attend denies no congress."""
    if rules["denials"] & rules["determiners"] & set(before[:2]):
        return "denial"
    sense = _first_sense(before, rules, forward=False)
    return "fact" if sense == "denial" else sense


def _from_outside(sentence: Sentence, i: int, group: _Group) -> str:
    """The sense that the words before a clause give it: denied that he had met her; if he had met her."""
    rules, clause = sentence.rules, sentence.clauses[sentence.clause_of[i]]
    first = clause.first
    opening = sentence.words[first : first + 2]
    if rules["conditions"] & set(opening):
        return "possibility"
    if clause.opener == "relative" and first:
        before = sentence.words[max(0, first - 2) : first]
        for name, sense in (("denials", "denial"), ("possibilities", "possibility")):
            if rules[name] & set(before):
                return sense
    return "fact"
