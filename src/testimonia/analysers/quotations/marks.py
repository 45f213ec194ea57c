"""Quotation marks: which of them open, which close, and which belong together.

One pass over the marks of a text. Apostrophes, feet and inches are no marks. A quotation may go on over a paragraph's
end when the next one repeats the opening mark or only closes; a mark that never closes ends with its paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

_MARK = re.compile(r"[“”„‟«»‹›\"‘’‚‛']|``")
_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_OPENING = re.compile(r"[“„«‹\"‘‚']|``")
_BEFORE_OPEN = frozenset("([{—–-/=>*_|“‘\"'«‹„‚…")
_AFTER_CLOSE = frozenset(".,;:!?)]}—–-/…’'”\"*_<»›|")
_DASHES = frozenset("—–-")
_DEEPEST = 4
_FARTHEST = 20_000  # code points over which one quotation may reach
_PLURAL_REACH = 240  # code points after a plural's apostrophe in which the closing single mark is looked for
_FEW = 24  # code points of a term in single marks that have spaces around them
_SHORTENED = 3  # letters from which on a word before a single mark is a whole one (not o ' clock)
_MISPLACED = 60  # code points in which a closing mark that stands before the next word is still understood
_HOLDS = 2_000  # code points in which straight marks inside straight ones are understood
_WORD = re.compile(r"\w+")
_SPACED = re.compile(r"(\S)[^\S\n]['’](?=\s)")
_LAST_WORD = re.compile(r"(\w+)[^\S\n]$")
_DECADE = re.compile(r"\d0s\b|\d\d\b")


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch in quotation marks, the marks inside it; ``closed`` is False where the closing mark is missing."""

    start: int
    end: int
    single: bool
    closed: bool
    width: int = 1  # of the opening mark, and of the closing one where there is one


@dataclass(slots=True)
class _Open:
    start: int
    width: int
    group: str
    plural: int = -1  # an apostrophe after a plural that may be the closing mark
    doubtful: bool = False  # the same mark opens once more inside: one of the two lacks its closing mark, or they nest


def marked(text: str, elisions: frozenset[str]) -> list[Marked]:
    """The stretches in quotation marks, sorted by start, outer before inner; they nest and do not cross."""
    reader = _Reader(text, elisions)
    for match in _MARK.finditer(text):
        if match.start() >= reader.at:
            reader.read(match.start(), match.group())
    reader.finish(len(text))
    return _nested(reader.found)


def _nested(found: list[Marked]) -> list[Marked]:
    """Sorted, without those that cross an earlier one."""
    kept: list[Marked] = []
    stack: list[Marked] = []
    for mark in sorted(found, key=lambda m: (m.start, -m.end)):
        while stack and stack[-1].end <= mark.start:
            stack.pop()
        if stack and (mark.end > stack[-1].end or mark.start == stack[-1].start):
            continue
        stack.append(mark)
        kept.append(mark)
    return kept


class _Reader:
    def __init__(self, text: str, elisions: frozenset[str]) -> None:
        self.text = text
        self.elisions = elisions
        self.breaks = [(m.start(), m.end()) for m in _BREAK.finditer(text)]
        self.break_ends = [end for _, end in self.breaks]
        self.next_break = 0
        self.stack: list[_Open] = []
        self.found: list[Marked] = []
        self.at = 0

    def read(self, at: int, mark: str) -> None:
        text = self.text
        if text.startswith("''", at) and text[at - 1 : at] != "'" and text[at + 2 : at + 3] != "'":
            mark = "''"
        self.at = at + len(mark)
        before, after = text[at - 1 : at] if at else "", text[self.at : self.at + 1]
        group = _group(mark)
        if group == "single" and before.isalnum() and after.isalnum():
            return
        if self._pass_breaks(at, mark):
            return
        if before == "\n" and mark in "“„«‹" and self._is_open(group):
            return  # repeated at the beginning of a line, as at that of a paragraph
        opens, closes = self._role(at, mark, group, before, after)
        if closes and self._close(at, len(mark), group, before, after):
            return
        if opens:
            self._open(at, len(mark), group)

    def _role(self, at: int, mark: str, group: str, before: str, after: str) -> tuple[bool, bool]:
        """Whether the mark can open and whether it can close here."""
        at_space, to_space = not before or before.isspace(), not after or after.isspace()
        if group == "single":
            return self._single_role(at, mark, at_space, to_space, before, after)
        if mark in ("“", "„", "‟", "``"):
            wrong = not at_space and before not in _BEFORE_OPEN and (to_space or after in _AFTER_CLOSE)
            return not wrong, wrong
        if mark in ("”", "''"):
            wrong = at_space and not to_space and after.isalnum() and not self._is_open(group)
            return wrong, not wrong
        if mark in "«»‹›":
            forward = mark in "«‹"
            turned = bool(self.stack) and self.text[self.stack[-1].start] in ("»", "›")
            opens = (forward and not turned) or (not forward and not self._is_open(group) and not to_space)
            return opens, not opens
        if before.isdigit() and not self._is_open(group):
            return False, False
        if at_space and to_space:  # a text with spaces around every mark
            return self._spaced_double(at, before, after)
        if (
            (at_space or before in _BEFORE_OPEN)
            and not to_space
            and (after not in _AFTER_CLOSE or not self._is_open(group))
        ):
            return True, before in _DASHES or (not at_space and not after.isalnum())
        if not at_space and (to_space or after in _AFTER_CLOSE):
            return False, True
        return not self._is_open(group), True

    def _single_role(
        self, at: int, mark: str, at_space: bool, to_space: bool, before: str, after: str
    ) -> tuple[bool, bool]:
        is_open = self._is_open("single")
        if at_space and to_space:  # a text with spaces around every mark
            return self._spaced_single(at, mark, is_open, before, after)
        if (at_space or before in _BEFORE_OPEN) and not to_space:
            if before in _DASHES and is_open and not after.isalnum():
                return False, True
            return mark != "’" and not self._is_elision(at + 1), False
        return False, is_open and not after.isalnum()

    def _spaced_double(self, at: int, before: str, after: str) -> tuple[bool, bool]:
        """At the beginning of a line it opens, at its end it closes; elsewhere what is open decides."""
        if (before == "\n") != (after == "\n"):
            return before == "\n", after == "\n"
        return not self._is_open("double"), True

    def _spaced_single(self, at: int, mark: str, is_open: bool, before: str, after: str) -> tuple[bool, bool]:
        if before == "\n" and after != "\n" and mark in "'‘":
            return not self._is_elision(at + 2), False
        opens = mark in "'‘" and not is_open and after != "\n" and self._spaced_opens(at)
        return opens, is_open and self._spaced_closes(at)

    def _spaced_opens(self, at: int) -> bool:
        """After a word it is an apostrophe, unless the next mark follows a stop, as a closing one does."""
        if self._is_elision(at + 2):
            return False
        word = _LAST_WORD.search(self.text, max(0, at - 12), at)
        if word is None:
            return True
        following = _SPACED.search(self.text, at + 1, at + _PLURAL_REACH)
        if following is not None and not following.group(1).isalnum():
            return True
        if following is not None and not self.stack and following.end() - at <= _FEW:
            return True
        return len(word.group(1)) >= _SHORTENED and self.text[at + 2 : at + 3].isupper()

    def _spaced_closes(self, at: int) -> bool:
        """After a stop or before one, or after a few words; elsewhere it is the apostrophe of a word."""
        is_short = at - self.stack[-1].start <= _FEW if self.stack else False
        around = self.text[max(0, at - 2) : at].strip(), self.text[at + 2 : at + 3]
        return is_short or not (around[0].isalnum() and around[1].isalnum())

    def _is_elision(self, at: int) -> bool:
        if _DECADE.match(self.text, at):
            return True
        word = _WORD.match(self.text, at, at + 8)
        return (
            word is not None and word.group().lower() in self.elisions and self.text[word.end() : word.end() + 1] != ","
        )

    def _is_open(self, group: str) -> bool:
        return any(o.group == group for o in self.stack)

    def _open(self, at: int, width: int, group: str) -> None:
        if group == "single":
            self._settle_plural()
        top = self.stack[-1] if self.stack else None
        if top is not None and top.group == group and self.text[top.start] in "\"'":
            if self._is_misplaced(top, at):
                self._emit(self.stack.pop(), at + width, True)
                return
            if self._may_hold(top, at, width):
                top.doubtful = True
            else:
                self._give_up(self.stack.pop(), at)
        if len(self.stack) < _DEEPEST:
            self.stack.append(_Open(at, width, group))

    def _may_hold(self, opened: _Open, at: int, width: int) -> bool:
        """Whether straight marks may open inside straight ones: "He said "no," I think." """
        is_spaced = self.text[at + width : at + width + 1].isspace()
        return opened.group == "double" and not is_spaced and at - opened.start < _HOLDS

    def _is_misplaced(self, opened: _Open, at: int) -> bool:
        """Whether a mark that looks like an opening one closes a few words: a name "like this "that goes on."""
        inside = self.text[opened.start + opened.width : at]
        return (
            opened.group == "double"
            and len(inside) <= _MISPLACED
            and inside[:1].isalnum()
            and self.text[at + 1 : at + 2].islower()
            and not any(char in inside for char in ".,;:!?\n")
        )

    def _close(self, at: int, width: int, group: str, before: str, after: str) -> bool:
        if not self._is_open(group):
            return False
        if group == "single":
            top = self.stack[-1]
            if top.group != "single":
                return False
            if top.plural >= 0 and at - top.plural > _PLURAL_REACH:
                self._settle_plural()
                return True
            if before in "sS" and after == " " and self.text[at + 2 : at + 3].isalnum():
                top.plural = at if top.plural < 0 else top.plural
                return True
        while self.stack[-1].group != group:
            self._settle_plural()
            if self.stack and self.stack[-1].group != group:
                self.stack.pop()
        self._emit(self.stack.pop(), at + width, True)
        return True

    def _settle_plural(self) -> None:
        """The mark after a plural was the closing one after all."""
        if self.stack and self.stack[-1].plural >= 0:
            top = self.stack.pop()
            self._emit(top, top.plural + 1, True)

    def _emit(self, opened: _Open, end: int, closed: bool) -> None:
        if end - opened.start > opened.width + (1 if closed else 0):
            self.found.append(Marked(opened.start, end, opened.group == "single", closed, opened.width))

    def _give_up(self, opened: _Open, limit: int) -> None:
        """An opening mark without its closing one: the stretch ends with its line, or is none."""
        if opened.doubtful:
            return
        repeated = self.text[limit - 1 : limit] == "\n" and self.text[limit + 1 : limit + 2] == " "
        stop = limit - 1 if repeated else self.text.find("\n", opened.start, limit)
        if stop > 0 and opened.group != "single":
            self._emit(opened, stop, False)

    def _pass_breaks(self, at: int, mark: str) -> bool:
        """Ends what is open at the paragraphs' ends before ``at``; True when the mark only repeats an opening one."""
        ends = bisect_left(self.break_ends, at + 1, self.next_break)
        if ends == self.next_break:
            return False
        first, last = self.next_break, ends - 1
        self.next_break = ends
        if not self.stack:
            return False
        self._settle_plural()
        if not self.stack:
            return False
        bottom = self.stack[0]
        same = _group(mark) == bottom.group and not bottom.doubtful
        if at - bottom.start < _FARTHEST and same:
            if self.break_ends[last] == at and last == first and _OPENING.match(mark):
                del self.stack[1:]
                return True
            opens, closes = self._role(at, mark, bottom.group, self.text[at - 1 : at], self.text[self.at : self.at + 1])
            if closes and not opens and bottom.group != "single":
                del self.stack[1:]
                return False
        self._end_paragraph(self.breaks[first][0])
        return False

    def _end_paragraph(self, end: int) -> None:
        lasting = next((o for o in self.stack if not o.doubtful), None)
        if lasting is not None and lasting.group != "single":
            line = self.text.find("\n", lasting.start, end) if not self.breaks else -1  # each line is a paragraph
            self._emit(lasting, end if line < 0 else line, False)
        self.stack.clear()

    def finish(self, length: int) -> None:
        self._settle_plural()
        end = self.breaks[self.next_break][0] if self.next_break < len(self.breaks) else length
        while end > 0 and self.text[end - 1].isspace():
            end -= 1
        if self.stack and end > self.stack[0].start:
            self._end_paragraph(end)


def _group(mark: str) -> str:
    if mark in ("‘", "’", "‚", "‛", "'"):
        return "single"
    return "angle" if mark in "«»" else "small angle" if mark in "‹›" else "double"
