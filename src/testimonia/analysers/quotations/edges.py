"""Where a content may begin and end: the proposed edges and those beside them, and what tells which are right."""

from __future__ import annotations

from dataclasses import replace

from testimonia.analysers.quotations.candidates import Candidate

_MOST = 10  # ends tried for one content
_THAT = 9  # tokens in which a "that" may stand behind a remark (said at a conference that)
_STOPS = frozenset((",", ";", ":", "—", "(", ")", "-"))
_SMALL = frozenset((",", ".", ":", "CC", "IN", "-LRB-", "-RRB-", "WDT", "TO", "``", "''", "WP", "WRB"))


def widened(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates of one cue, and for each content further ones with other edges; each content once."""
    found = {_key(c): c for c in reversed(candidates)}
    for c in candidates:
        for begin in _starts(c):
            for end in _ends(c, begin):
                other = replace(c, content=list(range(begin, end + 1)), by="edge")
                found.setdefault(_key(other), other)
    return list(found.values())


def _key(c: Candidate) -> tuple[int, ...]:
    words = [k for k in c.content if c.tree.rel[k] != "punct"]
    return (len(words), *words[:1], *words[-1:])


def _starts(c: Candidate) -> list[int]:
    first, last = min(c.content), max(c.content)
    if first <= c.cue[-1] or len(c.content) < last - first + 1:
        return []
    tree = c.tree
    found = [first]
    if c.frame in ("clause", "bare", "matter", "phrase"):
        for k in range(c.cue[-1] + 1, min(c.cue[-1] + _THAT, len(tree) - 1)):
            opens = tree.lower[k] == "," if c.frame == "phrase" else tree.lower[k] == "that" and tree.tag[k] == "IN"
            found += [k + 1] if opens else []
    return sorted(set(found))


def _ends(c: Candidate, begin: int) -> list[int]:
    """The given end, and what stands before each comma, dash, bracket and conjunction up to the sentence's end."""
    tree, found = c.tree, [max(c.content)]
    for k in range(begin + 1, len(tree)):
        if len(found) >= _MOST:
            break
        if tree.lower[k] in _STOPS or tree.tag[k] == "CC":
            end = k - 1
        elif k == len(tree) - 1:
            end = k
        else:
            continue
        while end > begin and tree.rel[end] == "punct" and tree.tag[end] not in ("''", "``"):
            end -= 1
        found.append(end)
    return sorted({end for end in found if end >= begin})


def features(c: Candidate, listed: bool) -> list[str]:
    """What stands at the edges, what a cut there tears apart in the tree, and who proposed them."""
    tree, first, last = c.tree, min(c.content), max(c.content)
    after = last + 1
    following = "end" if after >= len(tree) else tree.lower[after] if tree.tag[after] in _SMALL else tree.tag[after]
    beyond = "end" if after + 1 >= len(tree) else tree.tag[after + 1]
    before = "-" if not first else tree.lower[first - 1] if tree.tag[first - 1] in _SMALL else tree.tag[first - 1]
    whole = after >= len(tree) - 1
    rel = tree.rel[c.head] if tree.head[c.head] == c.cue[0] else "other"
    commas = min(3, sum(tree.lower[k] == "," for k in c.content))
    found = [
        "bias", f"by={c.by}", f"{c.frame} by={c.by}", f"after={following}", f"after={following} {beyond}",
        f"{c.by} after={following}", f"{c.frame} after={following}", f"first={tree.tag[first]}",
        f"gaps={len(c.content) < last - first + 1}", f"last={tree.tag[last]}", f"whole={whole}",
        f"{c.by} whole={whole}",
        f"{c.frame} whole={whole}", f"frame={c.frame}", f"{c.frame} listed={listed}", f"{c.frame} length={c.length}",
        f"before={before}", f"{c.frame} before={before}", f"rel={rel}", f"{c.by} rel={rel}", f"commas={commas}",
        f"{c.frame} commas={commas}", f"source={c.source is not None}",
    ]  # fmt: skip
    return found + _cut(c, first, last) + _rest(c, last)


def _cut(c: Candidate, first: int, last: int) -> list[str]:
    """Which relations cross the edges of the content."""
    tree, inside = c.tree, set(c.content)
    found = []
    for k in range(first, len(tree)):
        if tree.rel[k] == "punct":
            continue
        head = tree.head[k]
        if k > last and head in inside:
            found.append(f"left out={tree.rel[k]} {'head' if head == c.head else ''}")
            found.append(f"{c.frame} left out={tree.rel[k]}")
        elif k <= last and k in inside and k != c.head and head not in inside and head not in c.cue:
            found.append(f"taken in={tree.rel[k]}")
    marks = sum(tree.lower[k] == '"' for k in c.content)
    opened = sum(tree.lower[k] == "(" for k in c.content) - sum(tree.lower[k] == ")" for k in c.content)
    return [*(found[:8] or ["clean"]), f"open marks={marks % 2}", f"open brackets={opened}"]


def _rest(c: Candidate, last: int) -> list[str]:
    """The next verb after the content: its form beside the cue's and the content's; whether it has its own subject."""
    tree = c.tree
    verb = next((k for k in range(last + 1, min(last + 9, len(tree))) if tree.tag[k].startswith(("VB", "MD"))), None)
    if verb is None:
        return ["next verb=-"]
    own = tree.child(verb, "nsubj", "nsubj:pass") is not None
    as_cue, as_content = tree.tag[verb] == tree.tag[c.cue[0]], tree.tag[verb] == tree.tag[c.head]
    word = tree.lower[last + 1] if tree.tag[last + 1] in _SMALL else "-"
    return [
        f"next verb={tree.tag[verb]} own={own}", f"next verb as cue={as_cue} as content={as_content} own={own}",
        f"{word} next verb={tree.tag[verb]} own={own} cue={tree.tag[c.cue[0]]}", f"next verb rel={tree.rel[verb]}",
    ]  # fmt: skip
